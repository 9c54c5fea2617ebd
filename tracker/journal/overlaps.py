"""One rule settles time recorded twice on one channel.

What a person recorded wins over what was imported, so imported time is cut around it. Two records by hand never
overlap silently: the second is refused, naming the first, unless the user has said whose time it is. A check's seconds
are nominal: it ends where the next record of its channel starts.
"""

from __future__ import annotations

from tracker.calendar.durations import say_duration
from tracker.journal.session_rows import in_span, update, write
from tracker.locale import _
from tracker.model import BY_HAND, CHECK_LASTS, Session, TrackerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.journal.file import Journal

#: Imports of what a person or another tracker recorded: as good as by hand, and never cut.
RECORDED = ("csv", "tracker", "timewarrior", "watson", "toggl")


#: Whose time it is where two records meet: nobody has said, the new one's, or the one's that is there.
REFUSE, TAKE, YIELD = "refuse", "take", "yield"


def make_room(
    journal: Journal,
    channel: str,
    start: int,
    end: int | None,
    *,
    now: int,
    but: tuple[int, ...] = (),
    how: str = REFUSE,
) -> None:
    """Settle what this channel already has in [start, end), or up to `now` for what still runs. Inside an action.

    Raises TrackerError when something recorded by hand, or by another tracker, is there and `how` is not TAKE, which
    cuts it too - all but what runs. `but` are the sessions that are being changed themselves.
    """
    until = end if end is not None else max(start, now) + 1
    for other in in_span(journal, start, until, channel):
        if other.id in but or (other.end is not None and other.end <= start):
            continue
        if is_nominal(other) and other.start <= start:
            journal.change('UPDATE session SET "end" = ? WHERE id = ?', (start, other.id))
        elif other.end is None or (is_recorded(other) and how != TAKE):
            raise TrackerError(
                _("{channel} is already recorded then: session {id}, {what}").format(
                    channel=channel, id=other.id, what=naming(other)
                )
            )
        else:
            cut_out(journal, other, start, until)


def in_the_way(journal: Journal, channel: str, start: int, end: int, *, but: tuple[int, ...] = ()) -> list[Session]:
    """The records of this channel in [start, end) that `make_room` would refuse to cut, by start."""
    return [
        other
        for other in in_span(journal, start, end, channel)
        if other.id not in but
        and (other.end is None or (is_recorded(other) and other.end > start))
        and not (is_nominal(other) and other.start <= start)
    ]


def left_free(
    journal: Journal, channel: str, start: int, end: int, *, but: tuple[int, ...] = ()
) -> list[tuple[int, int]]:
    """What of [start, end) nothing is recorded in. Raises TrackerError where that is nothing."""
    spans = []
    at = start
    for other in in_the_way(journal, channel, start, end, but=but):
        if other.start > at:
            spans.append((at, other.start))
        at = max(at, other.end if other.end is not None else end)
    if at < end:
        spans.append((at, end))
    if not spans:
        raise TrackerError(_("all of that time is recorded already"))
    return spans


def end_of_check(journal: Journal, channel: str, at: int) -> int:
    """Where a check that starts at the instant `at` ends: after CHECK_LASTS, or where the next record starts."""
    coming = [
        other.start
        for other in in_span(journal, at, at + CHECK_LASTS, channel)
        if other.start > at and (other.end is None or is_recorded(other))
    ]
    return min(coming, default=at + CHECK_LASTS)


def cut_out(journal: Journal, session: Session, lo: int, hi: int) -> None:
    """Take [lo, hi) out of an imported session: shorten it, split it or remove it. Inside an action."""
    end = session.end if session.end is not None else hi
    if session.start < lo and end > hi:
        write(journal, session._replace(start=hi))
    if session.start < lo:
        update(journal, session._replace(end=lo, estimated=False))
    elif end > hi:
        update(journal, session._replace(start=hi))
    else:
        journal.change("DELETE FROM session WHERE id = ?", (session.id,))


def is_recorded(session: Session) -> bool:
    """Whether a person, or another tracker for them, recorded this session: its time is never cut."""
    return session.source in BY_HAND or session.source in RECORDED


def is_nominal(session: Session) -> bool:
    """Whether this is a check whose seconds nobody measured; one made longer by hand has its true length."""
    return session.source == "check" and session.end is not None and session.end - session.start <= CHECK_LASTS


def naming(session: Session) -> str:
    """A session in a few words, for messages: `linkedin create 24m`."""
    words = [session.channel, session.activity or ""]
    if session.end is not None:
        words.append(say_duration(session.end - session.start))
    return " ".join(word for word in words if word)
