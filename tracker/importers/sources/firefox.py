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

import sqlite3
from collections.abc import Iterable, Iterator
from functools import partial
from operator import itemgetter
from typing import Any

from tracker.importers import browser_history
from tracker.importers.browser_history import (
    FIRST_MOMENT,
    LAST_MOMENT,
    MICROSECONDS,
    BrowserSource,
    MatchedAddresses,
    PageView,
    PartRead,
    Visit,
    address_of,
    moment_of,
    read_parts,
)
from tracker.importers.imported_record import ImportedRecord, ReadContext, Row, record_key
from tracker.locale import N_
from tracker.storage.imported_facts import IN_FRONT

FILE = "places.sqlite"

_NEEDED = {
    "moz_historyvisits": {"id", "place_id", "visit_date", "visit_type", "from_visit"},
    "moz_places": {"id", "url"},
}

EMBED, REDIRECT_PERMANENT, REDIRECT_TEMPORARY, DOWNLOAD, FRAMED_LINK = 4, 5, 6, 7, 8

#: A smaller number counts milliseconds: in microseconds it would be in March 1973 or before.
_LEAST_MICROSECONDS = 10**14

#: In microseconds: a page may be in front so long before its visit is written, and so long after it at most. A view
#: that begins later is of a tab that was first in the background, or that has come back.
_BEFORE_VISIT, _AFTER_VISIT = 2_000_000, 60_000_000

#: SQL for the microseconds since 1970 of a visit.
_MOMENT = (
    "iif(typeof(visit_date) = 'integer' AND visit_date > 0 "
    f"AND visit_date < {_LEAST_MICROSECONDS}, visit_date * 1000, visit_date)"
)


#: Firefox and the browsers built on it, with their titles.
_TITLES = {
    "firefox": N_("Firefox's history"),
    "librewolf": N_("LibreWolf's history"),
    "waterfox": N_("Waterfox's history"),
    "zen": N_("Zen's history"),
    "floorp": N_("Floorp's history"),
    "palemoon": N_("Pale Moon's history"),
    "basilisk": N_("Basilisk's history"),
    "seamonkey": N_("SeaMonkey's history"),
    "icecat": N_("IceCat's history"),
}


class FirefoxBrowser(BrowserSource):
    """A browser that keeps its history as Firefox does, on the desktop and on a phone."""

    file, beside, family_name = FILE, "prefs.js", "firefox"

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """Yield the history of one profile. Raises TrackerError for a file that is no Firefox history."""
        return self.of_profile(path, _read(path, context))


SOURCES = tuple(FirefoxBrowser(name, title) for name, title in _TITLES.items())


def _read(path: str, context: ReadContext) -> Iterator[Row]:
    with browser_history.open_history(path, "Firefox") as history:
        browser_history.refuse_other(history, path, "Firefox", _NEEDED)
        is_phone = "is_local" in browser_history.columns(history, "moz_historyvisits")
        # Where the dates of a phone are microseconds, this limit leaves nothing out.
        since = f"visit_date >= {context.since * (1000 if is_phone else 1_000_000)}" if context.since else "1"
        (count,) = history.execute(f"SELECT sum(1) FROM moz_historyvisits WHERE {since}").fetchone()
        history.execute("PRAGMA query_only = OFF")
        _list_seen(history, since, "id" if is_phone else "from_visit")
        context.report_progress(0.2)
        _list_views(history, context)
        history.execute("PRAGMA query_only = ON")
        context.report_progress(0.4)
        visits = history.execute("SELECT moment, NULL, page, id, place, written FROM seen ORDER BY place")
        read_part, may_follow_cut = partial(_read_part, history, context), partial(_may_follow_cut, history)
        yield from read_parts(visits, count, context, read_part, may_follow_cut, 0.4)


def _list_seen(history: sqlite3.Connection, since: str, redirecting: str) -> None:
    """List the visits that were seen in the temporary table `seen`, in their order: `place` is their number.

    `moment` is in microseconds, `written` as the history has it. `redirecting` is the column of a redirect that names
    the visit which redirected.
    """
    redirects = f"visit_type IN ({REDIRECT_PERMANENT}, {REDIRECT_TEMPORARY})"
    history.execute("CREATE TEMP TABLE seen (place INTEGER PRIMARY KEY, moment INTEGER, page INTEGER, id, written)")
    history.execute(
        f"INSERT INTO seen(moment, page, id, written) SELECT {_MOMENT}, place_id, id, visit_date "
        f"FROM moz_historyvisits WHERE {since} "
        f"AND (visit_type IS NULL OR visit_type NOT IN ({EMBED}, {DOWNLOAD}, {FRAMED_LINK})) "
        f"AND id NOT IN (SELECT {redirecting} FROM moz_historyvisits WHERE {since} AND {redirects} "
        f"AND {redirecting} IS NOT NULL) ORDER BY 1, id"
    )
    history.execute("CREATE INDEX temp.seen_page ON seen(page, moment)")


def _list_views(history: sqlite3.Connection, context: ReadContext) -> None:
    """List the views of matched pages in the temporary table `view`: their start in microseconds, the milliseconds when
    the page was left and those in front, and the visit that they belong to (a `place` in `seen`)."""
    history.execute("CREATE TEMP TABLE view (start INTEGER, updated, in_front, visit INTEGER)")
    needed = {"id", "place_id", "created_at", "updated_at", "total_view_time"}
    if browser_history.columns(history, "moz_places_metadata") >= needed:
        history.execute("CREATE TEMP TABLE matched_page (id INTEGER PRIMARY KEY)")
        pages = history.execute(
            "SELECT id, url FROM moz_places WHERE id IN (SELECT place_id FROM moz_places_metadata) "
            f"AND {browser_history.IS_TEXT} ORDER BY id"
        )
        while batch := pages.fetchmany(1_000):
            matched = browser_history.match_addresses(history, [batch], context).matched
            history.executemany("INSERT OR IGNORE INTO matched_page VALUES (?)", ((page,) for page in matched))
        is_date = f"typeof(moment) = 'integer' AND moment >= {FIRST_MOMENT}"
        belongs = f"page = place_id AND moment <= created_at * 1000 + {_BEFORE_VISIT} AND {is_date}"
        history.execute(
            "INSERT INTO view SELECT * FROM (SELECT created_at * 1000 AS start, "
            "iif(typeof(updated_at) = 'integer', updated_at, 0), max(total_view_time, 0) AS in_front, "
            f"(SELECT place FROM seen WHERE {belongs} ORDER BY moment DESC, place DESC LIMIT 1) AS visit "
            "FROM moz_places_metadata WHERE typeof(created_at) = 'integer' AND typeof(total_view_time) = 'integer' "
            f"AND created_at > 0 AND created_at < {LAST_MOMENT // 1000} AND place_id IN (SELECT id FROM matched_page) "
            "ORDER BY created_at, id) WHERE visit IS NOT NULL AND (in_front = 0 OR start < ?)",
            ((context.now + 1) * MICROSECONDS,),
        )
    history.execute("CREATE INDEX temp.view_start ON view(start)")
    history.execute("CREATE INDEX temp.view_visit ON view(visit, in_front, start)")


def _may_follow_cut(history: sqlite3.Connection, visit: Visit) -> bool:
    """Whether no view of an earlier visit begins around this visit, where the parts would share it."""
    moment, _open_for, _page, _id, place, _written = visit
    around = history.execute(
        "SELECT 1 FROM view WHERE start >= ? AND start <= ? AND visit < ? LIMIT 1",
        (moment - _BEFORE_VISIT, moment + _AFTER_VISIT, place),
    )
    return around.fetchone() is None


_place_of = itemgetter(4)


def _read_part(
    history: sqlite3.Connection, context: ReadContext, part: list[Visit], following: Visit | None
) -> PartRead:
    """The records of a part of the visits, and of the views in its time of pages that were visited before."""
    first, last = (_place_of(part[0]), _place_of(part[-1])) if part else (1, 0)
    # A view may begin a moment before its visit.
    begin = moment_of(part[0]) - _BEFORE_VISIT if first > 1 else -1
    end = moment_of(following) - _BEFORE_VISIT if following else LAST_MOMENT
    returns = history.execute(
        "SELECT start, updated, in_front, moment, page, NOT EXISTS (SELECT 1 FROM view AS other WHERE "
        "other.visit = view.visit AND other.in_front AND (other.start, other.rowid) < (view.start, view.rowid)) "
        "FROM view JOIN seen ON place = visit WHERE start >= ? AND start < ? AND visit < ? AND in_front",
        (begin, end, first),
    ).fetchall()
    pages = {*map(address_of, part), *(page for *_view, page, _is_first in returns)}
    addresses = browser_history.read_addresses(history, "moz_places", pages, context)
    views_of: dict[int, list[PageView]] = {}
    make = PageView._make  # takes half the time of a call of the class
    for visit, start, updated, in_front in history.execute(
        "SELECT visit, start, updated, in_front FROM view WHERE visit BETWEEN ? AND ? AND start < ? "
        "ORDER BY start, rowid",
        (first, last, end),
    ):
        moment = moment_of(part[visit - first])
        views = views_of.setdefault(visit - first, [])
        if in_front:
            if not views and start - moment <= _AFTER_VISIT:
                start = moment
            views.append(make((start, in_front * 1000, updated // 1000, 0)))
    seen_later = set()
    for visit, in_front in history.execute(
        "SELECT visit, max(in_front) FROM view WHERE visit BETWEEN ? AND ? AND start >= ? GROUP BY visit",
        (first, last, end),
    ):
        views = views_of.setdefault(visit - first, [])
        if in_front and not views:
            seen_later.add(visit - first)
            del views_of[visit - first]
    read = browser_history.read_visits(
        part, addresses, views_of, context, following, seen_later, _returns(returns, addresses.matched, context.now)
    )
    previous_keys = {}
    for moment, _open_for, page, _id, _place, written in part:
        if _is_milliseconds(written) and page in addresses.matched:
            # Earlier versions took these for microseconds: the right key to the wrong one.
            _channel, text_hash = addresses.matched[page]
            previous_keys[record_key(moment, text_hash)] = record_key(written, text_hash)
    last_end = read.last_end and read.last_end + _BEFORE_VISIT // MICROSECONDS
    return PartRead(read.result._replace(previous_keys=previous_keys), last_end)


def _returns(
    rows: Iterable[tuple[Any, ...]], matched: MatchedAddresses, now: int
) -> list[tuple[ImportedRecord, PageView]]:
    """The records of views of pages that were visited in an earlier part: (start, updated, time in front, moment of the
    visit, page, whether it is the first view of that visit)."""
    records = []
    for start, updated, in_front, moment, page, is_first in rows:
        channel, text_hash = matched[page]
        view = PageView(start, in_front * 1000, updated // 1000, 0)
        key = record_key(moment if is_first else start, text_hash)
        times = start // MICROSECONDS, browser_history.end_of_view(view, now)
        records.append((ImportedRecord(channel, *times, key, IN_FRONT, additional=not is_first), view))
    return records


def _is_milliseconds(moment: Any) -> bool:
    return type(moment) is int and 0 < moment < _LEAST_MICROSECONDS
