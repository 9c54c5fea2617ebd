"""The history of Safari, which keeps when a page was visited and nothing about how long.

A visit lasts until the next visit to anything, at most five minutes; its end is an estimate, and yields to what another
source measured. Ignored are visits that nobody saw: pages that failed to load, and pages that redirected (a visit has
the visit that it led to as its `redirect_destination`). Visits of other devices, which iCloud brings, count like those
of this one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from tracker.importers import browser_history
from tracker.importers.browser_history import PartRead, Visit, find_histories, read_parts
from tracker.importers.imported_record import ReadContext, Row
from tracker.importers.source import Source, SourceDescription
from tracker.importers.source_files import is_closed
from tracker.importers.sources.screentime import APPLE_EPOCH
from tracker.locale import N_

FILE = "History.db"

_NEEDED = {"history_visits": {"id", "history_item", "visit_time"}, "history_items": {"id", "url"}}

#: Safari's own folder, the folder of its profiles (since Safari 17), and the folder of its preview.
FOLDERS = (
    "~/Library/Safari",
    "~/Library/Containers/com.apple.Safari/Data/Library/Safari/Profiles",
    "~/Library/SafariTechnologyPreview",
)


class Safari(Source):
    """Safari, on a Mac or copied from one."""

    def describe(self) -> SourceDescription:
        return SourceDescription("safari", N_("Safari's history"), names="domain")

    def detect(self) -> list[str]:
        if sys.platform == "darwin":
            closed = [folder for folder in map(os.path.expanduser, FOLDERS[:1]) if is_closed(folder)]
            return find_histories(FOLDERS, FILE) or [os.path.join(folder, FILE) for folder in closed]
        return []

    def files_in(self, path: str) -> list[str]:
        return browser_history.files_in(path, FILE)

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """Yield the history of one profile. Raises TrackerError for a file that is no history of Safari."""
        with browser_history.open_history(path, "Safari") as history:
            browser_history.refuse_other(history, path, "Safari", _NEEDED)
            columns = browser_history.columns(history, "history_visits")
            seen = " AND ".join(
                [
                    *(["redirect_destination IS NULL"] if "redirect_destination" in columns else []),
                    *(["load_successful IS NOT 0"] if "load_successful" in columns else []),
                    "true",
                ]
            )
            (count,) = history.execute("SELECT sum(1) FROM history_visits").fetchone()
            visits = history.execute(
                f"SELECT {_MICROSECONDS}, NULL, history_item, id FROM history_visits WHERE {seen} ORDER BY 1, id"
            )
            can_be_cut = browser_history.has_integer_key(history, "history_visits")

            def read_part(part: list[Visit], following: Visit | None) -> PartRead:
                items = set(map(browser_history.address_of, part))
                addresses = browser_history.read_addresses(history, "history_items", items, context)
                return browser_history.read_visits(part, addresses, {}, context, following)

            yield from read_parts(visits, count, context, read_part, lambda _visit: can_be_cut)


SOURCES = (Safari(),)

#: SQL for the microseconds since 1970 of a visit; NULL for what is no number. A date beyond year 9999 is none.
_MICROSECONDS = (
    "iif(typeof(visit_time) IN ('real', 'integer') AND abs(visit_time) < 1e12, "
    f"CAST(round((visit_time + {APPLE_EPOCH}) * 1000000) AS INTEGER), NULL)"
)
