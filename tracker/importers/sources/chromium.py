"""The history of Chrome and of the browsers built on Chromium, which all store it in the same schema.

A visit lasts as long as its page was in front. Its `visit_duration` is how long it was open, also in a tab in the
background: that only limits the visits whose time in front is not stored, such as those of another device. Ignored are
visits that nobody saw: pages that were never in front, pages inside a frame, and the steps of a chain of redirects but
the last (`t.co` on the way to an article is no look at X). A visit without any marks of a chain counts as seen.

**Time in front** is in the table `context_annotations`. When a page has gone, its row has the time that it was in front
as `total_foreground_duration`, which is negative if not known. Sites such as LinkedIn load one page and change it: each
such step is a visit of its own, without a time of its own (no `response_code`, opened by the visit before it in the
same tab), and the time of the page is that of all its steps. It is shared out: each step gets the time until the next
visit to anything, at most UNTIMED_LASTS and as long as it was open, while there is some; what is left goes to the steps
that lasted longer, and the last step gets the rest.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterator, Sequence
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import Any

from tracker.domain.record import Record
from tracker.importers import browser_history
from tracker.importers.browser_history import (
    MICROSECONDS,
    BrowserSource,
    PageView,
    PartRead,
    Visit,
    address_of,
    moment_of,
    read_parts,
)
from tracker.importers.imported_record import UNTIMED_LASTS, ReadContext, ReadResult, Row, device_key
from tracker.locale import N_
from tracker.storage.imported_facts import MEASURED
from tracker.storage.overlaps import Interval, is_covered

FILE = "History"

#: Microseconds from 1601-01-01, where Chromium counts from, to 1970-01-01.
EPOCH = 11_644_473_600_000_000

#: The core of `transition`: a page in a frame, loaded by the page around it or by a click in it.
AUTO_SUBFRAME, MANUAL_SUBFRAME = 3, 4

CHAIN_START, CHAIN_END, REDIRECT = 0x10000000, 0x20000000, 0xC0000000

#: SQL for "somebody saw the page": SQLite is faster at it than a loop of ours.
_SEEN = (
    f"(transition IS NULL OR transition & 255 NOT IN ({AUTO_SUBFRAME}, {MANUAL_SUBFRAME}) "
    f"AND (transition & {CHAIN_END} OR NOT transition & {CHAIN_START | REDIRECT}))"
)

#: The longest time of a step, in microseconds, while other steps need time.
_LONGEST_STEP = UNTIMED_LASTS * MICROSECONDS

_NEEDED = {"visits": {"id", "url", "visit_time", "visit_duration", "transition"}, "urls": {"id", "url"}}

#: Addresses of other devices' visits that are looked up at once.
_ADDRESSES_AT_ONCE = 10_000


#: Browsers built on Chromium, with their titles.
_TITLES = {
    "chrome": N_("Google Chrome's history"),
    "chromium": N_("Chromium's history"),
    "edge": N_("Microsoft Edge's history"),
    "brave": N_("Brave's history"),
    "vivaldi": N_("Vivaldi's history"),
    "opera": N_("Opera's history"),
    "arc": N_("Arc's history"),
    "dia": N_("Dia's history"),
    "comet": N_("Comet's history"),
    "yandex": N_("Yandex Browser's history"),
    "whale": N_("Whale's history"),
    "thorium": N_("Thorium's history"),
    "helium": N_("Helium's history"),
}


class ChromiumBrowser(BrowserSource):
    """A browser that keeps its history as Chromium does."""

    file, beside, family_name, distrusted = FILE, "Preferences", "chrome", (MEASURED,)

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """Yield the history of one profile. Raises TrackerError for a file that is no Chromium history."""
        return self.of_profile(path, _read(self._name, path, context))


SOURCES = tuple(ChromiumBrowser(name, title) for name, title in _TITLES.items())


def _read(browser: str, path: str, context: ReadContext) -> Iterator[Row]:
    with browser_history.open_history(path, "Chromium") as history:
        browser_history.refuse_other(history, path, "Chromium", _NEEDED)
        visit_columns = browser_history.columns(history, "visits")
        # Not count(*), which SQLite does in one step however long it takes: the limit on steps would not see it.
        since = f"visit_time >= {context.since * MICROSECONDS + EPOCH}" if context.since else "1"
        (count,) = history.execute(f"SELECT sum(1) FROM visits WHERE {since}").fetchone()
        annotations = _annotations(history, visit_columns)
        visits = history.execute(
            f"SELECT visit_time - {EPOCH}, visit_duration, url, id, {annotations.columns} "
            f"FROM visits {annotations.join} WHERE {since} AND {_SEEN} ORDER BY visit_time, id"
        )
        can_be_cut = browser_history.has_integer_key(history, "visits")

        @cache
        def spans_of_steps() -> list[Interval]:  # most histories are one part, and do not need them
            return _spans_of_steps(history, annotations.is_step) if annotations.is_step else []

        def may_follow_cut(visit: Visit) -> bool:
            moment = moment_of(visit)
            return can_be_cut and _front_of(visit) != 0 and not is_covered(moment, moment, spans_of_steps())

        def read_part(part: list[Visit], following: Visit | None) -> PartRead:
            addresses = browser_history.read_addresses(history, "urls", set(map(address_of, part)), context)
            views = _page_views([*part, following] if following else part, addresses.matched)
            return browser_history.read_visits(part, addresses, views, context, following)

        yield from read_parts(visits, count, context, read_part, may_follow_cut)
        if "originator_cache_guid" in visit_columns:
            yield ReadResult(devices=_synchronised(history, browser, since, context))


def _synchronised(
    history: sqlite3.Connection, browser: str, since: str, context: ReadContext
) -> dict[int, tuple[int, int]]:
    """The other devices of which the browser has synchronised visits to channels: first and last sight of each.

    `since` is SQL for the visits that are read: only what was visited in one of them counts.
    """
    devices: dict[int, tuple[int, int]] = {}
    visits = history.execute(
        f"SELECT originator_cache_guid, url, (min(visit_time) - {EPOCH}) / {MICROSECONDS}, "
        f"(max(visit_time) - {EPOCH}) / {MICROSECONDS} FROM visits WHERE originator_cache_guid <> '' "
        "AND typeof(originator_cache_guid) = 'text' AND typeof(visit_time) = 'integer' "
        f"AND url IN (SELECT url FROM visits WHERE {since} AND {_SEEN}) GROUP BY 1, 2"
    )
    while some := visits.fetchmany(_ADDRESSES_AT_ONCE):
        social = browser_history.read_addresses(history, "urls", set(map(itemgetter(1), some)), context).matched
        for id, url, first, last in some:
            if url in social and 0 <= first <= context.now:
                key = device_key(browser, id)
                known_first, known_last = devices.get(key, (first, last))
                devices[key] = min(first, known_first), min(max(last, known_last), context.now)
    return devices


def _spans_of_steps(history: sqlite3.Connection, is_step: str) -> list[Interval]:
    """The time from visits to the steps that they opened, in microseconds since 1970, as disjoint intervals in order.

    `is_step` is that of `_Annotations`. An interval ends one microsecond after its last step.
    """
    spans: list[Interval] = []
    rows = history.execute(
        f"SELECT opener.visit_time - {EPOCH}, visits.visit_time - {EPOCH} + 1 FROM visits "
        "JOIN context_annotations ON context_annotations.visit_id = visits.id "
        f"JOIN visits AS opener ON opener.id = visits.opener_visit WHERE {is_step} "
        "AND typeof(opener.visit_time) = 'integer' AND typeof(visits.visit_time) = 'integer' "
        "AND opener.visit_time <= visits.visit_time ORDER BY opener.visit_time"
    )
    for begin, end in rows:  # not all of them in a list: a history of many years has millions of steps
        if spans and begin <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], end)
        else:
            spans.append((begin, end))
    return spans


class _Annotations(Record):
    """SQL for what `context_annotations` has of visits.

    `columns` are selected beside a visit: its time in front in microseconds (negative: not known), the id of its window
    (-1: not known), and of a step the row of the visit that opened it. All are NULL in old histories. They need `join`.
    `is_step` is the condition of a step: the server was not asked, and the tab is that of the visit before.
    """

    columns: str = "NULL, NULL, NULL"
    join: str = ""
    is_step: str = ""


def _annotations(history: sqlite3.Connection, visit_columns: set[str]) -> _Annotations:
    """The SQL for a history whose visits have these columns."""
    stored = browser_history.columns(history, "context_annotations")
    key = [name for name, _type in browser_history.primary_key(history, "context_annotations")]
    if "total_foreground_duration" not in stored or key != ["visit_id"]:
        return _Annotations()
    front, opener, is_step = "context_annotations.total_foreground_duration", "NULL", ""
    window = "context_annotations.window_id" if "window_id" in stored else "-1"
    if {"tab_id", "response_code"} <= stored and "opener_visit" in visit_columns:
        is_step = (
            f"context_annotations.response_code = 0 AND {front} < 0 AND context_annotations.tab_id >= 0 AND "
            "context_annotations.tab_id = (SELECT tab_id FROM context_annotations AS before "
            "WHERE before.visit_id = visits.opener_visit)"
        )
        opener = f"CASE WHEN {is_step} THEN visits.opener_visit END"
    join = "LEFT JOIN context_annotations ON context_annotations.visit_id = visits.id"
    return _Annotations(f"{front}, {window}, {opener}", join, is_step)


#: Of a visit as `_page_views` takes it.
_front_of = itemgetter(4)


def _page_views(visits: Sequence[tuple[Any, ...]], matched: Container[Any]) -> dict[int, tuple[PageView, ...]]:
    """The views of the visits whose time in front is known, by index in `visits`; none for a page never in front.

    A visit is (microseconds since 1970, microseconds open, address, row, and the columns of `_Annotations`). Addresses
    that are not `matched` have no views, unless they were never in front.
    """
    steps: dict[int, list[int]] = {}
    page_of: dict[Any, int] = {}
    views: dict[int, tuple[PageView, ...]] = {}
    make = PageView._make  # takes half the time of a call of the class
    for index, (moment, open_for, address, row, front, window, opener) in enumerate(visits):
        if (front != 0 and address not in matched) or type(front) is not int or type(moment) is not int:
            continue
        if not front:
            views[index] = ()
            page_of[row] = index
        elif front > 0:
            left_at = (moment + open_for) // MICROSECONDS if type(open_for) is int and open_for > 0 else 0
            views[index] = (make((moment, front, left_at, window if type(window) is int else -1)),)
            page_of[row] = index
        elif opener in page_of:
            page = page_of[row] = page_of[opener]
            steps.setdefault(page, [page]).append(index)
    for page, indexes in steps.items():
        if views[page]:
            (view,) = views[page]
            _share_out(visits, indexes, view, views)
        else:
            views.update((index, ()) for index in indexes)
    return views


def _share_out(
    visits: Sequence[tuple[Any, ...]], indexes: list[int], page: PageView, views: dict[int, tuple[PageView, ...]]
) -> None:
    """Share out the time in front of a page among its visit and its steps, which are given by index."""
    moment, open_for = visits[indexes[-1]][:2]
    left_at = (moment + open_for) // MICROSECONDS if type(open_for) is int and open_for > 0 else 0
    time_left = page.duration
    shares = []
    for index in indexes:
        moment, open_for = visits[index][:2]
        share = min(time_left, _LONGEST_STEP)
        if type(open_for) is int and 0 < open_for < share:
            share = open_for
        next_moment = moment_of(visits[index + 1]) if index + 1 < len(visits) else None
        if type(next_moment) is int:
            share = min(share, next_moment - moment)
        shares.append(share)
        time_left -= share
    if time_left:
        for step, (index, next_index) in enumerate(pairwise(indexes)):
            more = min(time_left, moment_of(visits[next_index]) - moment_of(visits[index]) - shares[step])
            shares[step] += more
            time_left -= more
        shares[-1] += time_left
    for index, share in zip(indexes, shares, strict=True):
        views[index] = (PageView(moment_of(visits[index]), share, left_at, page.window),)
