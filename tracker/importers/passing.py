"""What was said of the sessions an import takes the place of passes on to those that take it. Pure."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING

from tracker.domain.models import Session
from tracker.storage.overlaps import with_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.importers.merge import Changes

#: Where a session stands that is about to be written: start, end, the list it is in, its place there.
_Place = tuple[int, int, list[Session], int]


def pass_on(gone: Iterable[Session], changes: Changes) -> list[Session]:
    """Give the words of each session that is gone to one of its channel, of those to be written, that its time meets.

    Returns those of `gone` that met one. A look measured without a length meets the seconds of a check it falls into.
    """
    gone = list(gone)
    if not gone:
        return []
    places = _places({session.channel for session in gone}, changes)
    met = []
    for session in gone:
        place = _meeting(places.get(session.channel, []), session)
        if place:
            _start, _end, written, at = place
            written[at] = with_words(written[at], [session])
            met.append(session)
    return met


def _places(channels: set[str], changes: Changes) -> dict[str, list[_Place]]:
    places: dict[str, list[_Place]] = {}
    for written in (changes.added, changes.changed):
        for at, session in enumerate(written):
            if session.channel in channels:
                end = session.end if session.end is not None else session.start
                places.setdefault(session.channel, []).append((session.start, end, written, at))
    for found in places.values():
        found.sort(key=itemgetter(0, 1))
    return places


def _meeting(places: list[_Place], session: Session) -> _Place | None:
    """The last of the places that meets the session's time: sessions of one channel follow each other."""
    end = session.end if session.end is not None else session.start
    for place in reversed(places[: bisect_left(places, max(end, session.start + 1), key=itemgetter(0))][-2:]):
        if place[1] > session.start or place[0] == place[1] >= session.start:
            return place
    return None
