"""Sessions: reading them, and the changes a person makes to them by hand.

Each change reads what it stands on and writes inside one transaction, so that two programs at work on the file never
decide on something the other has just changed.
"""

from __future__ import annotations

from tracker.domain.models import BY_HAND, CHECK_LASTS, RINGS, Session, TrackerError
from tracker.domain.text import all_entered, quoted, typed, with_entered
from tracker.formatting.durations import format_duration
from tracker.formatting.text import read_term
from tracker.locale import _
from tracker.storage.channels import refuse_archived, refuse_unchecked
from tracker.storage.merging import gap, merge, parts_of
from tracker.storage.overlaps import (
    REFUSE,
    TAKE,
    YIELD,
    NothingLeft,
    Overlap,
    end_of_check,
    in_the_way,
    left_free,
    naming,
    placed,
    say_taken_in,
)
from tracker.storage.returning import give_back
from tracker.storage.session_rows import (
    check_span,
    combinations,
    find,
    first_and_last,
    get,
    in_span,
    last,
    meant,
    measured,
    people,
    planned,
    refuse_future,
    running,
    spans,
    spans_in_columns,
    update,
    write,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from tracker.storage.file import Journal

__all__ = [
    "REFUSE",
    "TAKE",
    "YIELD",
    "NothingLeft",
    "Overlap",
    "add",
    "cancel",
    "check",
    "combinations",
    "delete",
    "edit",
    "find",
    "first_and_last",
    "gap",
    "get",
    "in_span",
    "in_the_way",
    "last",
    "meant",
    "measured",
    "merge",
    "parts_of",
    "people",
    "planned",
    "resume",
    "running",
    "say_taken_in",
    "spans",
    "spans_in_columns",
    "split",
    "start",
    "stop",
    "switch",
    "valid_ring",
]


def start(journal: Journal, channel: str, at: int, zone: str, *, now: int, **details: Any) -> Session:
    """Start a session on `channel` at the instant `at`. `details` are further fields of Session.

    Raises TrackerError if another session runs, if `at` is in the future or recorded time of the channel follows, or
    for a text that is too long.
    """
    details = all_entered(details)
    with journal.action(_("started {channel}").format(channel=channel), now):
        details = with_known_person(journal, details)
        _refuse_second(journal)
        return _begin(journal, channel, at, zone, now, details)


def stop(journal: Journal, at: int, *, now: int) -> Session:
    """End the running session at the instant `at`. Raises TrackerError if none runs or the end cannot be.

    One that is stopped now, by a clock that was set back to before its start, ends at its start.
    """
    with journal.transaction():
        session = _running(journal)
        with journal.action(_("stopped {channel}").format(channel=session.channel), now):
            return _end(journal, session, at, now)


def cancel(journal: Journal, *, now: int) -> Session:
    """Drop the running session, as if it had not been started; returns what it was.

    Raises TrackerError if none runs.
    """
    with journal.transaction():
        session = _running(journal)
        with journal.action(_("cancelled {channel}").format(channel=session.channel), now):
            journal.change("DELETE FROM session WHERE id = ?", (session.id,))
        return session


def resume(journal: Journal, at: int, zone: str, *, now: int) -> Session:
    """Start again what ended last, with its activity, intention and company. Raises TrackerError if nothing did."""
    with journal.transaction():
        _refuse_second(journal)
        before = last(journal)
        if not before:
            raise TrackerError(_("there is nothing to resume yet"), _("start with `tracker start CHANNEL`"))
        fields = ("activity", "planned_seconds", "intention", "person", "ring")
        kept = {field: getattr(before, field) for field in fields}
        with journal.action(_("resumed {channel}").format(channel=before.channel), now):
            return _begin(journal, before.channel, at, zone, now, kept)


def switch(journal: Journal, channel: str, at: int, zone: str, *, now: int, **details: Any) -> tuple[Session, Session]:
    """End the running session, as `stop` does, and start another at the instant `at`, as one step; returns both."""
    details = all_entered(details)
    with journal.transaction():
        details = with_known_person(journal, details)
        session = _running(journal)
        with journal.action(_("switched to {channel}").format(channel=channel), now):
            ended = _end(journal, session, at, now)
            return ended, _begin(journal, channel, at, zone, now, details)


def check(journal: Journal, channel: str, at: int, zone: str, note: str | None, *, now: int) -> Session:
    """Record a check: a look of CHECK_LASTS seconds at a channel. Raises TrackerError while that channel runs."""
    note = typed("note", note)
    refuse_future(at, now)
    with journal.action(_("checked {channel}").format(channel=channel), now):
        refuse_archived(journal, channel)
        refuse_unchecked(journal, channel)
        session = running(journal)
        if session and session.channel == channel and (at >= session.start or at == now):
            raise TrackerError(
                _("{channel} is running: a look there is part of it").format(channel=channel),
                _("`tracker stop` ends it"),
            )
        end = end_of_check(journal, channel, at)
        return _insert(journal, Session(0, channel, at, end, zone, note=note, source="check"), now)


def add(
    journal: Journal,
    channel: str,
    start: int,
    end: int,
    zone: str,
    *,
    now: int,
    how: str = REFUSE,
    **details: Any,
) -> Session:
    """Record a session after the fact; `how` says whose the time is that is recorded already.

    Raises TrackerError if it is in the future, too long, or (unless TAKE or YIELD was said) recorded already, or for a
    text that is too long. Where it yields in its middle it becomes several sessions; the first is returned.
    """
    details = all_entered(details)
    refuse_future(end, now)
    with journal.action(_("logged {channel}").format(channel=channel), now):
        details = with_known_person(journal, details)
        refuse_archived(journal, channel)
        return _insert(journal, Session(0, channel, start, end, zone)._replace(**details), now, how)


def edit(journal: Journal, id: int, *, now: int, how: str = REFUSE, **fields: Any) -> Session:
    """Change fields of a session; what it then overlaps is settled by the rule of `overlaps`, and as `how` says.

    Raises TrackerError for a start after the end, a time in the future, an end taken from a finished session, or a text
    that is too long; one that another program made so long may stay.
    """
    with journal.transaction():
        before = get(journal, id)
        after = with_entered(before, with_known_person(journal, fields, before))
        # A check lasts fifteen seconds from now, so editing one at once must not be called the future.
        if (after.start, after.end) != (before.start, before.end):
            # Nor what a clock that was set back leaves in the future: it can be brought nearer.
            there = before.end if before.end is not None else before.start
            refuse_future(after.end if after.end is not None else after.start, max(now + CHECK_LASTS, there))
        if before.end is not None and after.end is None:
            raise TrackerError(_("session {id} has ended").format(id=id), _("`tracker resume` starts it anew"))
        with journal.action(_("edited {what}").format(what=naming(before)), now):
            check_span(after.start, after.end)
            if after.zone != before.zone:
                journal.ensure_zone(after.zone)
            if (after.channel, after.start, after.end) != (before.channel, before.start, before.end):
                after = after._replace(estimated=after.estimated and after.end == before.end)
                after, *rest = placed(journal, after, now=now, but=(id,), how=how)
                for part in rest:
                    write(journal, part)
            if after != before:
                update(journal, after)
            if (after.channel, after.start, after.end) != (before.channel, before.start, before.end):
                give_back(journal, [before])
        return after


def split(journal: Journal, id: int, at: int, *, now: int) -> tuple[Session, Session]:
    """Cut a session in two at the instant `at`; the second part keeps all its fields. A running one runs on."""
    with journal.transaction():
        session = get(journal, id)
        end = session.end if session.end is not None else max(now, session.start)
        if end - session.start < 2:
            raise TrackerError(
                _("session {id} is too short to be split: {time}").format(
                    id=id, time=format_duration(end - session.start)
                )
            )
        if not session.start < at < end:
            raise TrackerError(_("that time is not inside session {id}").format(id=id))
        with journal.action(_("split {what}").format(what=naming(session)), now):
            update(journal, session._replace(end=at, estimated=False))
            second = write(journal, session._replace(start=at))
        return get(journal, id), get(journal, second)


def delete(journal: Journal, ids: Sequence[int], *, now: int) -> list[Session]:
    """Delete sessions (undo brings them back); returns what they were.

    What was measured in their time is shown again.
    """
    with journal.transaction():
        gone = [get(journal, id) for id in dict.fromkeys(ids)]
        with journal.action(_("deleted {what}").format(what=naming(*gone)), now):
            for session in gone:
                journal.change("DELETE FROM session WHERE id = ?", (session.id,))
            give_back(journal, gone)
        return gone


def with_known_person(
    journal: Journal, fields: dict[str, Any], before: Session | None = None, but: Sequence[int] = ()
) -> dict[str, Any]:
    """Fields of a session with the person spelled as known; one that is as it was `before` stays so.

    `but` are sessions whose person is changed in the same step.
    """
    if not fields.get("person") or (before and fields["person"] == before.person):
        return fields
    from tracker.storage.people import known_as  # few sessions name somebody

    return fields | {"person": known_as(journal, fields["person"], but=(*but, *([before.id] if before else [])))}


def valid_ring(word: str) -> str:
    """The ring that `word` names. Raises TrackerError for any other word."""
    ring = read_term(word, RINGS)
    if ring not in RINGS:
        from tracker.calendar.words import RING_WORDS, plain  # French names, whatever the language: as in `tracker log`

        ring = RING_WORDS.get(plain(word), word)
    if ring not in RINGS:
        raise TrackerError(
            _("a ring is one of {rings}, not “{word}”").format(rings=", ".join(RINGS), word=quoted(word))
        )
    return ring


def _begin(journal: Journal, channel: str, at: int, zone: str, now: int, details: dict[str, Any]) -> Session:
    refuse_future(at, now)
    refuse_archived(journal, channel)
    journal.ensure_zone(zone)
    session = Session(0, channel, at, None, zone, source="timer")._replace(**details)
    (session,) = placed(journal, session, now=now)
    return session._replace(id=write(journal, session))


def _end(journal: Journal, session: Session, at: int, now: int) -> Session:
    # Under a clock that was set back to before its start a timer can be stopped all the same, at its start.
    refuse_future(at, max(now, session.start))
    if at == now:
        at = max(at, session.start)
    check_span(session.start, at)
    # A timer cannot be refused its end: what of the user's was measured meanwhile gives it its words.
    how, but = TAKE, (session.id,)
    there = in_the_way(journal, session.channel, session.start, at, but=but)
    if any(other.source in BY_HAND for other in there) and left_free(
        journal, session.channel, session.start, at, but=but, least=1
    ):
        how = YIELD  # recorded when the clock was ahead: it lies after the start, and is no less a record
    # A timer's seconds are its own, however few.
    ended, *rest = placed(journal, session._replace(end=at), now=now, but=but, how=how, least=1)
    update(journal, ended)
    for part in rest:
        write(journal, part)
    return ended


def _insert(journal: Journal, session: Session, now: int, how: str = REFUSE) -> Session:
    check_span(session.start, session.end)
    journal.ensure_zone(session.zone)
    first, *_rest = [part._replace(id=write(journal, part)) for part in placed(journal, session, now=now, how=how)]
    return first


def _running(journal: Journal) -> Session:
    session = running(journal)
    if not session:
        raise TrackerError(_("nothing is running"), _("`tracker start CHANNEL` starts a session"))
    return session


def _refuse_second(journal: Journal) -> None:
    session = running(journal)
    if session:
        raise TrackerError(
            _("{channel} is already running (session {id})").format(channel=session.channel, id=session.id),
            _("`tracker stop` or `tracker switch CHANNEL` first"),
        )
