"""Which lines of a day's log are seen: those in which every word of a filter occurs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.words import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.models import Session
    from tracker.reports.day import Part


def sifted(parts: Sequence[Part], words: str, titles: dict[str, str]) -> tuple[Part, ...]:
    """The parts that say all of `words`, in any field, whatever their case and accents; all of them without words."""
    wanted = plain(words).split()
    if not wanted:
        return tuple(parts)
    return tuple(part for part in parts if all(word in _said(part.session, titles) for word in wanted))


def overlapping(parts: Sequence[Part]) -> frozenset[int]:
    """The ids of sessions that go on while another one does; checks apart."""
    found: set[int] = set()
    latest: Part | None = None
    for part in sorted((part for part in parts if not part.check), key=lambda part: part.start):
        if latest is not None and part.start < latest.end and part.session.id != latest.session.id:
            found |= {part.session.id, latest.session.id}
        if latest is None or part.end > latest.end:
            latest = part
    return frozenset(found)


def gap(parts: Sequence[Part], chosen: int, now: int) -> tuple[int, int] | None:
    """The unlogged time before the chosen line, else after it; up to `now` after the last one. None without any."""
    spans = sorted((part.start, part.end) for part in parts)
    part = parts[chosen]
    before = max((end for start, end in spans if start < part.start), default=None)
    if before is not None and before < part.start:
        return before, part.start
    end = max(end for start, end in spans if start <= part.start)
    after = min((start for start, _end in spans if start > part.start), default=now)
    return (end, after) if end < after else None


def _said(session: Session, titles: dict[str, str]) -> str:
    fields = (session.activity, session.intention, session.note, session.person, session.ring, session.trigger)
    said = [titles.get(session.channel, ""), session.channel, *(field for field in fields if field)]
    return plain(" ".join(said))
