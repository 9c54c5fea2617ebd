"""How long Chromium's pages were in front: what its `context_annotations` say.

A page that was loaded has its whole time in front, in `total_foreground_duration`, once it has gone; it is negative
where nobody knows. Sites such as LinkedIn load one page and move on inside it: each step is a visit of its own, without
a time of its own (no `response_code`, opened by the visit before it in the same tab), and the time of the page is that
of all its steps. So it is shared out among them: each step has the time until the next visit to anything, at most
UNTIMED_LASTS and as long as it was open, while there is some; what is left is where a step goes on for longer, and the
last one takes the rest.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.importers import browser
from tracker.importers.browser import UNTIMED_LASTS, View

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container, Sequence
    from typing import Any

_SECOND = 1_000_000

#: A step goes on until the next visit to anything, but no longer, in µs, as long as there is time for others.
_MOST = UNTIMED_LASTS * _SECOND

_COLUMNS = ("total_foreground_duration", "window_id", "tab_id", "response_code")


def noted(history: sqlite3.Connection) -> tuple[str, str]:
    """What to select of the notes beside a visit, and how to join them: its time in front in µs (negative: unknown),
    the ids of its window and its tab (-1: unknown), the answer of the server (0: none was asked; -1: unknown).

    All are NULL for a history from before they were kept.
    """
    there = browser.columns(history, "context_annotations")
    keys = [row[1] for row in history.execute("PRAGMA table_info(context_annotations)") if row[5]]
    if keys != ["visit_id"] or _COLUMNS[0] not in there:
        return "NULL, NULL, NULL, NULL", ""
    names = ", ".join(f"context_annotations.{name}" if name in there else "-1" for name in _COLUMNS)
    return names, "LEFT JOIN context_annotations ON context_annotations.visit_id = visits.id"


def views(visits: Sequence[tuple[Any, ...]], known: Container[Any]) -> dict[int, tuple[View, ...]]:
    """The views of those visits whose time in front is known, by their place in `visits`: (µs since 1970, µs open,
    address, row, the row that opened it, and what `noted` says), by time. Only of the `known` addresses; of the others
    it is told which were never in front."""
    steps: dict[int, list[int]] = {}
    page_of: dict[Any, int] = {}
    found: dict[int, tuple[View, ...]] = {}
    make = tuple.__new__
    for place, (moment, open_for, address, row, opener, front, window, tab, answer) in enumerate(visits):
        if type(front) is not int or type(moment) is not int:
            continue
        if not front:
            found[place] = ()
            page_of[row] = place
        elif address in known:
            if front > 0:
                until = (moment + open_for) // _SECOND if type(open_for) is int and open_for > 0 else 0
                found[place] = (make(View, (moment, front, until, window if type(window) is int else -1)),)
                page_of[row] = place
            elif answer == 0 and opener in page_of:
                page = page_of[opener]
                if type(tab) is int and visits[page][7] == tab >= 0:
                    page_of[row] = page
                    steps.setdefault(page, [page]).append(place)
    for page, places in steps.items():
        whole = found[page]
        if whole:
            _share(visits, places, whole[0], found)
        else:
            found.update((place, ()) for place in places)
    return found


def _share(
    visits: Sequence[tuple[Any, ...]], places: list[int], whole: View, found: dict[int, tuple[View, ...]]
) -> None:
    """Share out a page's time in front among its visit and its steps, by their places."""
    last = visits[places[-1]]
    until = (last[0] + last[1]) // _SECOND if type(last[1]) is int and last[1] > 0 else 0
    left, window = whole[1], whole[3]
    shares = []
    for place in places:
        share = _MOST if left > _MOST else left
        open_for = visits[place][1]
        if type(open_for) is int and 0 < open_for < share:
            share = open_for
        if place + 1 < len(visits) and type(visits[place + 1][0]) is int:
            share = min(share, visits[place + 1][0] - visits[place][0])
        shares.append(share)
        left -= share
    if left:
        for at, (place, following) in enumerate(pairwise(places)):
            more = min(left, visits[following][0] - visits[place][0] - shares[at])
            shares[at] += more
            left -= more
        shares[-1] += left
    for place, share in zip(places, shares, strict=True):
        found[place] = (tuple.__new__(View, (visits[place][0], share, until, window)),)
