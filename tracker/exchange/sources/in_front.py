"""How long Chromium's pages were in front: what its `context_annotations` say.

A page that was loaded has its whole time in front, in `total_foreground_duration`, once it has gone; it is negative
where nobody knows. Sites such as LinkedIn load one page and move on inside it: each step is a visit of its own, without
a time of its own (no `response_code`, opened by the visit before it in the same tab), and the time of the page is that
of all its steps. So it is shared out among them: each step has the time until the next visit to anything, at most
UNTIMED_LASTS, as long as there is some, and what is left is where a step goes on for longer; the last one takes the
rest.
"""

from __future__ import annotations

from itertools import pairwise

from tracker.exchange.sources import browser
from tracker.exchange.sources.browser import UNTIMED_LASTS, View
from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from typing import Any

_SECOND = 1_000_000


class Note(Record):
    """What Chromium notes of a visit: the time in front in µs (negative: unknown), the ids of its window and its tab
    (-1: unknown), and the answer of the server (0: none was asked; -1: unknown)."""

    front: int
    window: int
    tab: int
    answer: int


def notes(history: sqlite3.Connection) -> dict[Any, Note]:
    """The notes by the visit's id; empty for a history from before they were kept."""
    there = browser.columns(history, "context_annotations")
    if not there >= {"visit_id", "total_foreground_duration"}:
        return {}
    wanted = ("total_foreground_duration", "window_id", "tab_id", "response_code")
    names = ", ".join(name if name in there else "-1" for name in wanted)
    rows = history.execute(f"SELECT visit_id, {names} FROM context_annotations")
    return {
        row[0]: Note._make(value if type(value) is int else -1 for value in row[1:])  # a made-up one has anything
        for row in rows
    }


def viewed(visits: Sequence[tuple[Any, ...]], notes: dict[Any, Note]) -> list[tuple[Any, ...]]:
    """Visits (µs since 1970, µs open, address, row, the row that opened it), by time, as `browser.facts` takes them."""
    pages: dict[Any, list[int]] = {}
    page_of: dict[Any, Any] = {}
    for place, (moment, _open_for, _address, row, opener) in enumerate(visits):
        note = notes.get(row)
        if note is None or type(moment) is not int:
            continue
        if _is_step(note, notes.get(opener)):
            page = page_of[row] = page_of.get(opener, opener)
        else:
            page = row
        if page in notes and notes[page].front >= 0:
            pages.setdefault(page, []).append(place)
    found: list[tuple[Any, ...]] = [(*visit[:4], None) for visit in visits]
    for page, places in pages.items():
        note = notes[page]
        for place, view in _shared(visits, places, note):
            found[place] = (*visits[place][:4], (view,) if note.front else ())
    return found


def _is_step(note: Note, opener: Note | None) -> bool:
    return opener is not None and note.front < 0 and note.answer == 0 and note.tab == opener.tab >= 0


def _shared(visits: Sequence[tuple[Any, ...]], places: list[int], note: Note) -> list[tuple[int, View]]:
    """The page's time in front, shared out among its visits; all but one are steps."""
    last = visits[places[-1]]
    until = (last[0] + last[1]) // _SECOND if type(last[1]) is int and last[1] > 0 else 0
    if len(places) == 1:
        return [(places[0], View(last[0], note.front, until, note.window))]
    room = [visits[later][0] - visits[earlier][0] for earlier, later in pairwise(places)]
    room.append(note.front)
    left, shares = note.front, []
    for place, most in zip(places, room, strict=True):
        following = visits[place + 1][0] if place + 1 < len(visits) else None
        share = min(UNTIMED_LASTS * _SECOND, most, left)
        if type(following) is int:
            share = min(share, following - visits[place][0])
        shares.append(share)
        left -= share
    for at, most in enumerate(room):
        more = min(left, most - shares[at]) if at + 1 < len(room) else left
        shares[at] += more
        left -= more
    return [
        (place, View(visits[place][0], share, until, note.window)) for place, share in zip(places, shares, strict=True)
    ]
