"""The history of a Google account's Chrome on all devices, as Google Takeout writes it.

The file is `History.json`, in older downloads `BrowserHistory.json`. It has when a page was opened, and nothing about
how long: each visit lasts until the next one to anything, at most five minutes, and its end is an estimate that yields
to what a browser or a phone measured. Ignored are pages inside a frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.importers.browser_history import FIRST_MOMENT, LAST_MOMENT
from tracker.importers.imported_record import IgnoredRows, ReadContext, RejectedRow, Row, hash_text, host_of
from tracker.importers.shared_reading import Event, EventSource
from tracker.importers.source import SourceDescription
from tracker.importers.source_files import Wanted, json_rows
from tracker.importers.sources.chromium import EPOCH
from tracker.locale import N_, _

#: The key of the list of visits.
VISITS = ("Browser History",)

#: Transitions of pages that somebody did not go to: they were loaded inside a frame.
FRAMES = ("AUTO_SUBFRAME", "MANUAL_SUBFRAME")

#: What Takeout calls the file, in the languages that are known.
_NAMES = (
    *("history.json", "browserhistory.json", "historique.json", "verlauf.json", "historial.json"),
    *("cronologia.json", "histórico.json", "geschiedenis.json", "historia.json"),
)


class ChromeTakeout(EventSource):
    """What was visited with Chrome on all devices of a Google account."""

    wanted = Wanted(_NAMES, lambda beginning: b'"page_transition"' in beginning and b'"time_usec"' in beginning)

    def describe(self) -> SourceDescription:
        return SourceDescription(
            "chrome-takeout",
            N_("Chrome's history from Google Takeout"),
            N_("takeout.google.com: choose Chrome, as JSON; the file is History.json"),
            names="domain",
        )

    def events(self, path: str, context: ReadContext) -> Iterator[Event | Row]:
        missing = _("{path} has no history as Chrome writes it")
        rows = json_rows(path, lambda keys: keys[-1:] == VISITS, context.report_progress, self.wanted, missing)
        for line, row in enumerate(rows, 1):
            url = row.get("url") if isinstance(row, dict) else None
            if not isinstance(url, str):
                yield RejectedRow(line, _("the visit has no address"))
            elif row.get("page_transition") in FRAMES:
                yield IgnoredRows()
            elif (moment := _microseconds(row.get("time_usec"))) is None:
                yield RejectedRow(line, _("the visit has no date"))
            else:
                channel = context.matcher.by_url(url)
                yield Event(line, moment, hash_text(url) if channel else 0, channel, None if channel else host_of(url))


SOURCES = (ChromeTakeout(),)


def _microseconds(value: Any) -> int | None:
    """UTC microseconds; some downloads count them from 1601, as Chrome itself does. None for what is no date."""
    if type(value) is not int:
        return None
    moment = value - EPOCH if value >= EPOCH else value
    return moment if FIRST_MOMENT <= moment < LAST_MOMENT else None
