"""What became of the pauses that were declared: read from the sessions each time, never stored.

An *opening* breaks a pause: a session or check on a social channel that begins after the pause does, and before it
ends. What ran already when the pause was declared is no opening, nor is what began in that same second. A pause that
was replaced by another at the very moment it was given up (a longer one, a shorter one) is one abstinence with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import Pause
from tracker.storage import channels, pauses, session_table

if TYPE_CHECKING:
    from collections.abc import Collection

    from tracker.storage import Journal

UNDER_WAY, KEPT, BROKEN, CALLED_OFF = "under way", "kept", "broken", "called off"


class Opening(NamedTuple):
    """A session that began inside a pause."""

    session: int
    channel: str
    at: int
    zone: str


class Abstinence(NamedTuple):
    """A pause and what became of it.

    `end` is when it was to end, `until` when it did: the same, but for one called off. One that was opened in is
    `broken` whatever came after; `under way` is one that nothing was opened in so far.
    """

    id: int
    start: int
    end: int
    until: int
    zone: str
    state: str
    openings: tuple[Opening, ...] = ()

    def lasts(self, now: int) -> bool:
        """Whether it is still going on, opened in or not."""
        return self.start <= now < self.until


def under_way(journal: Journal, now: int) -> Abstinence | None:
    """The pause that is going on at `now`, with what was opened in it so far."""
    pause = pauses.current(journal, now)
    return _judged(journal, _with_what_it_replaced(journal, pause), now, _social(journal)) if pause else None


def around(journal: Journal, at: int) -> Pause | None:
    """The pause that the instant `at` lies in: for a word beside what is begun there."""
    return next((pause for pause in pauses.in_span(journal, at, at + 1) if pause.start < at), None)


def in_span(journal: Journal, lo: int, hi: int, now: int) -> tuple[Abstinence, ...]:
    """Every abstinence that touches [lo, hi), by start."""
    found = declared(journal, lo, hi)
    social = _social(journal) if found else ()
    return tuple(_judged(journal, pause, now, social) for pause in found)


def declared(journal: Journal, lo: int, hi: int) -> list[Pause]:
    """The pauses that touch [lo, hi), by start, one that replaced another as one with it; not judged."""
    found: list[Pause] = []
    for pause in pauses.in_span(journal, lo, hi):
        if found and found[-1].ended == pause.start:
            found[-1] = _joined(found[-1], pause)
        else:
            found.append(_with_what_it_replaced(journal, pause))
    return found


def _with_what_it_replaced(journal: Journal, pause: Pause) -> Pause:
    """The same pause from the start of the first one that it goes on from."""
    before = [one for one in pauses.in_span(journal, pause.start - 1, pause.start) if one.ended == pause.start]
    return _joined(_with_what_it_replaced(journal, before[0]), pause) if before else pause


def _joined(first: Pause, then: Pause) -> Pause:
    return then._replace(start=first.start)


def _social(journal: Journal) -> Collection[str]:
    return {channel.name for channel in channels.channels(journal) if channel.kind == "social"}


def _judged(journal: Journal, pause: Pause, now: int, social: Collection[str]) -> Abstinence:
    until = pause.end if pause.ended is None else pause.ended
    openings = tuple(
        Opening(id, channel, start, zone)
        for id, channel, start, _end, zone, _activity, _estimated in session_table.spans(journal, pause.start, until)
        if pause.start < start < until and channel in social
    )
    return Abstinence(pause.id, pause.start, pause.end, until, pause.zone, _state(pause, openings, now), openings)


def _state(pause: Pause, openings: tuple[Opening, ...], now: int) -> str:
    if openings:
        return BROKEN
    if pause.ended is not None:
        return CALLED_OFF
    return UNDER_WAY if now < pause.end else KEPT
