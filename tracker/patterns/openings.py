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
    # Plain tuples in the order of Opening's fields: ten years are half a million of them, and few are joined.
    merged: list[tuple[Any, ...]] = []
    latest: dict[str, tuple[int, int | None]] = {}  # where a channel's last opening is, and how far it reaches
    for id, channel, start, end, zone, estimated in rows:
        place, until = latest.get(channel, (-1, 0))
        if place >= 0 and (until is None or start - until <= MERGE_GAP):
            until = None if until is None or end is None else max(until, end)
            began, _end, _channel, at_zone, inferred, ids = merged[place]
            merged[place] = (began, until, channel, at_zone, inferred or estimated, (*ids, id))
            latest[channel] = place, until
            continue
        latest[channel] = len(merged), end
        merged.append((start, end, channel, zone, estimated, (id,)))
    return tuple(map(Opening._make, merged))


def _by_start(session: Session) -> tuple[int, int]:
    return session.start, session.id
