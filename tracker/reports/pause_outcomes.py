"""What became of the declared pauses: computed from the sessions each time, never stored.

A pause is broken by an *opening*: a session or check on a social channel that begins after the start of the pause and
before its end. A session that was running when the pause was declared does not break it, nor does one that began in
that same second. A pause that was replaced by another at the moment it was ended (a longer or a shorter one) counts as
one pause with it.
"""

from __future__ import annotations

from tracker.domain.models import Pause
from tracker.domain.record import Record
from tracker.storage import channels, day_records, session_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from tracker.storage import Database

UNDER_WAY, KEPT, BROKEN, CALLED_OFF = "under way", "kept", "broken", "called off"


class PauseOpening(Record):
    """A session that began inside a pause."""

    session: int
    channel: str
    at: int
    zone: str


class PauseOutcome(Record):
    """A pause and what became of it. Instants in UTC seconds.

    `end` is when it was meant to end, `until` when it did; they differ only for a pause that was called off. `state` is
    BROKEN as soon as there is an opening, whatever came after, and UNDER_WAY while there is none.
    """

    id: int
    start: int
    end: int
    until: int
    zone: str
    state: str
    openings: tuple[PauseOpening, ...] = ()

    def lasts(self, now: int) -> bool:
        """Whether the pause is going on at `now`, broken or not."""
        return self.start <= now < self.until


def under_way(database: Database, now: int) -> PauseOutcome | None:
    """The pause that is going on at `now`, with the openings in it so far."""
    pause = day_records.current_pause(database, now)
    social = channels.names_of(database, "social") if pause else ()
    return _judge(database, _from_first_start(database, pause), now, social) if pause else None


def around(database: Database, at: int) -> Pause | None:
    """The pause that the instant `at` lies in."""
    return next((pause for pause in day_records.pauses_in_span(database, at, at + 1) if pause.start < at), None)


def in_span(database: Database, since: int, until: int, now: int) -> tuple[PauseOutcome, ...]:
    """What became of every pause that touches [since, until), by start."""
    declared_pauses = declared(database, since, until)
    social = channels.names_of(database, "social") if declared_pauses else ()
    return tuple(_judge(database, pause, now, social) for pause in declared_pauses)


def declared(database: Database, since: int, until: int) -> list[Pause]:
    """The pauses that touch [since, until), by start, each as one with those it replaced."""
    joined: list[Pause] = []
    touching = day_records.pauses_in_span(database, since, until)
    ends = {pause.ended for pause in touching}
    for pause in touching:
        if joined and joined[-1].ended == pause.start:
            joined[-1] = pause._replace(start=joined[-1].start)
        elif pause.start <= since or pause.start in ends:  # it may have replaced one that is not the last of these
            joined.append(_from_first_start(database, pause))
        else:
            joined.append(pause)
    return joined


def _from_first_start(database: Database, pause: Pause) -> Pause:
    """The pause with the start of the first of the pauses it replaced."""
    for before in day_records.pauses_in_span(database, pause.start - 1, pause.start):
        if before.ended == pause.start:
            return pause._replace(start=_from_first_start(database, before).start)
    return pause


def _judge(database: Database, pause: Pause, now: int, social: Collection[str]) -> PauseOutcome:
    until = pause.end if pause.ended is None else pause.ended
    openings = tuple(
        PauseOpening(id, channel, start, zone)
        for id, channel, start, _end, zone, _activity, _estimated in session_table.spans(database, pause.start, until)
        if pause.start < start < until and channel in social
    )
    if openings:
        state = BROKEN
    elif pause.ended is not None:
        state = CALLED_OFF
    else:
        state = UNDER_WAY if now < pause.end else KEPT
    return PauseOutcome(pause.id, pause.start, pause.end, until, pause.zone, state, openings)
