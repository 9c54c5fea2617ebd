"""The history of Firefox: when a page was visited, and beside it when a page was in front, and for how long.

`moz_places_metadata` has a row for each time that somebody looked at a page. It begins a moment after the visit, or
much later, when the tab comes to the front again; its `total_view_time` is true. Such a row belongs to the last visit
of its page before it. A visit without any lasts until the next visit to anything, at most five minutes, and its end is
an estimate.

Firefox counts visits in microseconds since 1970, on phones in milliseconds. The size tells which, row by row.

Ignored are visits that nobody saw: pages that were never in front, pages inside a frame, downloads, and pages that only
redirected. Firefox marks a redirect on the page that it *led to* (`visit_type` 5 and 6), which was seen; the visit that
it came from (`from_visit`) was not. On phones the mark is on the page that redirected.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from tracker.domain.errors import TrackerError
from tracker.importers import browser_history
from tracker.importers.browser_folders import FIREFOX
from tracker.importers.browser_history import BrowserSource, KnownAddresses, PageView
from tracker.importers.imported_record import ReadContext, ReadResult, record_key
from tracker.locale import _

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from typing import Any

    from tracker.importers.imported_record import Row

FILE = "places.sqlite"

EMBED, REDIRECT_PERMANENT, REDIRECT_TEMPORARY, DOWNLOAD, FRAMED_LINK = 4, 5, 6, 7, 8

#: A smaller number counts milliseconds: in microseconds it would be in March 1973 or before.
_LEAST_MICROSECONDS = 10**14

#: In microseconds: a page may be in front so long before its visit is written, and so long after it at most. A view
#: that begins later is of a tab that was first in the background, or that has come back.
_BEFORE_VISIT, _AFTER_VISIT = 2_000_000, 60_000_000

#: The rows between two reports of the progress.
_REPORTED_EVERY = 10_000


class FirefoxBrowser(BrowserSource):
    """A browser that keeps its history as Firefox does, on the desktop and on a phone."""

    file, family_name = FILE, "firefox"

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """Yield the history of one profile. Raises TrackerError for a file that is no Firefox history."""
        yield _read(path, context)


SOURCES = tuple(map(FirefoxBrowser, FIREFOX))


def _read(path: str, context: ReadContext) -> ReadResult:
    with browser_history.open_history(path, "Firefox") as history:
        visit_columns = browser_history.columns(history, "moz_historyvisits")
        complete = visit_columns >= {"id", "place_id", "visit_date", "visit_type", "from_visit"}
        if not complete and browser_history.columns(history, "visits"):
            raise TrackerError(
                _("{path} is a Chromium history; read it with `tracker import chrome`").format(path=path)
            )
        if not complete or not browser_history.columns(history, "moz_places") >= {"id", "url"}:
            raise TrackerError(
                _("{path} is not a Firefox history: it has no visits in Firefox's format").format(path=path)
            )
        is_phone = "is_local" in visit_columns
        # Where the dates of a phone are microseconds, this limit leaves nothing out.
        since = f"visit_date >= {context.since * (1000 if is_phone else 1_000_000)}" if context.since else "1"
        redirects = f"visit_type IN ({REDIRECT_PERMANENT}, {REDIRECT_TEMPORARY})"
        redirected = {
            row
            for (row,) in history.execute(
                f"SELECT {'id' if is_phone else 'from_visit'} FROM moz_historyvisits WHERE {since} AND {redirects}"
            )
        }
        (count,) = history.execute(f"SELECT sum(1) FROM moz_historyvisits WHERE {since}").fetchone()
        rows = history.execute(
            f"SELECT visit_date, NULL, place_id, id FROM moz_historyvisits WHERE {since} AND "
            f"(visit_type IS NULL OR visit_type NOT IN ({EMBED}, {DOWNLOAD}, {FRAMED_LINK})) ORDER BY visit_date, id"
        )
        visits = [visit for visit in _reported(rows, count, 0.0, context) if visit[3] not in redirected]
        addresses = browser_history.known_addresses(
            browser_history.read_addresses(history, "moz_places", {visit[2] for visit in visits}), context
        )
        metadata = _read_metadata(history, addresses.known, context)
    previous_keys = {}
    if any(_is_milliseconds(visit[0]) for visit in visits):
        # Earlier versions took these for microseconds: the right key to the wrong one.
        for moment, _open_for, page, _row in visits:
            if page in addresses.known and _is_milliseconds(moment):
                text_hash = addresses.known[page][1]
                previous_keys[record_key(moment * 1000, text_hash)] = record_key(moment, text_hash)
        visits = [((moment * 1000 if _is_milliseconds(moment) else moment), *rest) for moment, *rest in visits]
        visits.sort(key=lambda visit: visit[0] if type(visit[0]) is int else 0)
    views = _page_views(visits, metadata, addresses.known)
    result = browser_history.read_visits(visits, addresses, views, context).result
    return result._replace(ignored=result.ignored + (count or 0) - len(visits), previous_keys=previous_keys)


def _is_milliseconds(moment: Any) -> bool:
    return type(moment) is int and 0 < moment < _LEAST_MICROSECONDS


def _reported(
    rows: Iterable[tuple[Any, ...]], count: int | None, begin: float, context: ReadContext
) -> Iterator[tuple[Any, ...]]:
    """The rows, of which there are `count`: half of the progress, from `begin` on. A report may cancel the import."""
    for index, row in enumerate(rows):
        if index % _REPORTED_EVERY == 0:
            context.report_progress(begin + min(1.0, index / (count or 1)) / 2)
        yield row


def _read_metadata(history: sqlite3.Connection, known: KnownAddresses, context: ReadContext) -> list[tuple[Any, ...]]:
    """(page, start, end, time in front) of every view of a known page, in milliseconds, ordered by start."""
    needed = {"id", "place_id", "created_at", "updated_at", "total_view_time"}
    if not browser_history.columns(history, "moz_places_metadata") >= needed:
        return []
    (count,) = history.execute("SELECT count(*) FROM moz_places_metadata").fetchone()
    views = history.execute(
        "SELECT place_id, created_at, iif(typeof(updated_at) = 'integer', updated_at, 0), max(total_view_time, 0) "
        "FROM moz_places_metadata WHERE typeof(created_at) = 'integer' AND typeof(total_view_time) = 'integer' "
        "AND created_at > 0 ORDER BY created_at, id"
    )
    return [view for view in _reported(views, count, 0.5, context) if view[0] in known]


def _page_views(
    visits: list[tuple[Any, ...]], metadata: list[tuple[Any, ...]], known: KnownAddresses
) -> dict[int, list[PageView]]:
    """The views of each visit to a known page until the next visit to it, by index in `visits`.

    A page that was never in front has an empty list; a visit without metadata is not in the result.
    """
    visits_of: dict[Any, tuple[list[int], list[int]]] = {}
    for index, (moment, _open_for, page, _row) in enumerate(visits):
        if page in known and type(moment) is int:
            moments, indexes = visits_of.setdefault(page, ([], []))
            moments.append(moment)
            indexes.append(index)
    views_of: dict[int, list[PageView]] = {}
    make = tuple.__new__  # as PageView._make, without its cost
    for page, created, updated, time_in_front in metadata:
        if page not in visits_of:
            continue
        moments, indexes = visits_of[page]
        start = created * 1000
        last_before = bisect_right(moments, start + _BEFORE_VISIT) - 1
        if last_before < 0:
            continue
        views = views_of.setdefault(indexes[last_before], [])
        if time_in_front:
            if not views and start - moments[last_before] <= _AFTER_VISIT:
                start = moments[last_before]
            views.append(make(PageView, (start, time_in_front * 1000, updated // 1000, 0)))
    return views_of
