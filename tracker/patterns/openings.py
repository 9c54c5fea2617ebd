"""Openings: what the patterns are computed on."""

from __future__ import annotations

from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from tracker.model import Session

    Row = tuple[int, str, int, int | None, str, bool]

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
    """The openings among social sessions, by start; the caller leaves out what is not social."""
    ordered = sorted(sessions, key=_by_start)
    return joined((one.id, one.channel, one.start, one.end, one.zone, one.estimated) for one in ordered)


def joined(rows: Iterable[Row]) -> tuple[Opening, ...]:
    """The openings among social sessions given by start as (id, channel, start, end, zone, estimated).

    Sessions of one channel are joined whatever happened on other channels in between. What follows a session that
    still runs, or lies inside a longer one, is part of it. The first session's zone is the opening's.
    """
    # Plain lists in the order of Opening's fields: ten years are half a million of them.
    merged: list[list[Any]] = []
    latest: dict[str, list[Any]] = {}
    for id, channel, start, end, zone, estimated in rows:
        before = latest.get(channel)
        if before is not None and (before[1] is None or start - before[1] <= MERGE_GAP):
            before[1] = None if before[1] is None or end is None else max(before[1], end)
            before[4] = before[4] or estimated
            before[5] += (id,)
            continue
        latest[channel] = opening = [start, end, channel, zone, estimated, (id,)]
        merged.append(opening)
    return tuple(map(Opening._make, merged))


def _by_start(session: Session) -> tuple[int, int]:
    return session.start, session.id
