"""Openings: what the patterns are computed on."""

from __future__ import annotations

from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.model import Session

#: Social sessions of one channel this close together, in seconds, are one opening.
MERGE_GAP = 30


class Opening(Record):
    """The start of a social session, or of several of one channel with gaps of at most MERGE_GAP seconds.

    `end` is None while it runs. `estimated` says that an end inside it was inferred, so `end - start` is no true
    duration.
    """

    start: int
    end: int | None
    channel: str
    zone: str
    estimated: bool
    session_ids: tuple[int, ...]


def openings(sessions: Iterable[Session]) -> tuple[Opening, ...]:
    """The openings among social sessions, by start; the caller leaves out what is not social.

    Sessions of one channel are joined whatever happened on other channels in between. What follows a session that
    still runs, or lies inside a longer one, is part of it. The first session's zone is the opening's.
    """
    merged: list[list[object]] = []
    latest: dict[str, int] = {}
    reach: dict[str, int | None] = {}
    for session in sorted(sessions, key=_by_start):
        channel, start, end = session.channel, session.start, session.end
        place = latest.get(channel)
        if place is not None:
            until = reach[channel]
            if until is None or start - until <= MERGE_GAP:
                opening = merged[place]
                opening[1] = reach[channel] = None if until is None or end is None else max(until, end)
                opening[4] = opening[4] or session.estimated
                opening[5] += (session.id,)  # type: ignore[operator]
                continue
        latest[channel] = len(merged)
        reach[channel] = end
        merged.append([start, end, channel, session.zone, session.estimated, (session.id,)])
    return tuple(map(Opening._make, merged))


def _by_start(session: Session) -> tuple[int, int]:
    return session.start, session.id
