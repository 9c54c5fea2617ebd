"""Changes that a person makes to sessions: the timer, checks, and editing, splitting, merging and deleting.

Each change reads and writes inside one transaction, so that it never rests on a row that another program has just
changed. Changes to several sessions are one undo step: all of them or none. `on_overlap` (REFUSE, TAKE, YIELD) says
which record has the time where two of one channel meet (`overlaps`).
"""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.domain.models import BY_HAND, CHECK_LASTS, FOREVER, REFUSE, TAKE, YIELD, Session
from tracker.domain.text import all_entered, typed, with_entered
from tracker.formatting.text import channel_word
from tracker.formatting.times import format_duration
from tracker.locale import _
from tracker.storage import overlaps
from tracker.storage.channels import refuse_archived, refuse_unchecked
from tracker.storage.person_names import known_as
from tracker.storage.session_table import check_span, find, get, in_span, last, refuse_future, running
from tracker.storage.undo_steps import undo_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from tracker.storage.database import Database


#: Sessions with gaps of more than this together, in seconds, are merged only with `across`: the time between becomes
#: time that was spent.
WIDEST_GAP = 30 * 60


def start(database: Database, channel: str, at: int, zone: str, *, now: int, **details: Any) -> Session:
    """Start a session on `channel` at the instant `at`. `details` are further fields of Session.

    Raises TrackerError if another session runs, if `at` is in the future or a record of the channel follows, or for a
    text that is too long.
    """
    details = all_entered(details)
    with undo_step(database, _("started {channel}").format(channel=channel_word(channel)), now):
        details = with_known_person(database, details)
        _refuse_second(database)
        return _begin(database, channel, at, zone, now, details)


def stop(database: Database, at: int, *, now: int) -> Session:
    """End the running session at the instant `at`. Raises TrackerError if none runs or the end is impossible.

    If the clock was set back to before its start, it ends at its start.
    """
    with database.transaction():
        session = _running(database)
        with undo_step(database, _("stopped {channel}").format(channel=channel_word(session.channel)), now):
            return _end(database, session, at, now)


def cancel(database: Database, *, now: int) -> Session:
    """Delete the running session; returns it.

    Raises TrackerError if none runs.
    """
    with database.transaction():
        session = _running(database)
        with undo_step(database, _("discarded {channel}").format(channel=channel_word(session.channel)), now):
            database.delete("session", session.id)
        return session


def resume(database: Database, at: int, zone: str, *, now: int) -> Session:
    """Start the last session again, with its activity, plan, intention, person and ring. TrackerError without one."""
    with database.transaction():
        _refuse_second(database)
        before = last(database)
        if not before:
            raise TrackerError(_("there is nothing to resume yet"), _("`tracker start CHANNEL` starts a session"))
        fields = ("activity", "planned_seconds", "intention", "person", "ring")
        kept = {field: getattr(before, field) for field in fields}
        with undo_step(database, _("resumed {channel}").format(channel=channel_word(before.channel)), now):
            return _begin(database, before.channel, at, zone, now, kept)


def switch(
    database: Database, channel: str, at: int, zone: str, *, now: int, **details: Any
) -> tuple[Session, Session]:
    """Stop the running session and start another at the instant `at`, as one step; returns both."""
    details = all_entered(details)
    with database.transaction():
        details = with_known_person(database, details)
        session = _running(database)
        with undo_step(database, _("switched to {channel}").format(channel=channel_word(channel)), now):
            ended = _end(database, session, at, now)
            return ended, _begin(database, channel, at, zone, now, details)


def check(database: Database, channel: str, at: int, zone: str, note: str | None, *, now: int) -> Session:
    """Record a check of CHECK_LASTS seconds on a channel. Raises TrackerError while that channel runs."""
    note = typed("note", note)
    refuse_future(at, now)
    with undo_step(database, _("checked {channel}").format(channel=channel_word(channel)), now):
        refuse_unchecked(database, channel)
        # A check now is part of what runs, also of what began later by a clock that was set back since.
        others = in_span(database, at, at + CHECK_LASTS if at < now else FOREVER, channel)
        if any(other.end is None and (at >= other.start or at == now) for other in others):
            message = _("{channel} is running: a check is part of it")
            raise TrackerError(message.format(channel=channel), _("`tracker stop` stops it"))
        end = overlaps.end_of_check(at, others)
        others = [other for other in others if other.start < end]
        return _add(database, Session(0, channel, at, end, zone, note=note, source="check"), now, others=others)


def add(
    database: Database,
    channel: str,
    start: int,
    end: int,
    zone: str,
    *,
    now: int,
    on_overlap: str = REFUSE,
    **details: Any,
) -> Session:
    """Record a session after the fact; a session that yields may become several, and the first is returned.

    Raises TrackerError if it is in the future, too long, or (with REFUSE) recorded already, or for a text that is too
    long.
    """
    details = all_entered(details)
    refuse_future(end, now)
    with undo_step(database, _("logged {channel}").format(channel=channel_word(channel)), now):
        details = with_known_person(database, details)
        refuse_archived(database, channel)
        return _add(database, Session(0, channel, start, end, zone)._replace(**details), now, on_overlap)


def edit(database: Database, id: int, *, now: int, on_overlap: str = REFUSE, **fields: Any) -> Session:
    """Change fields of a session.

    Raises TrackerError for a start after the end, a time in the future, an end that is removed, or a text that is too
    long; a text that another program made too long may stay.
    """
    with database.transaction():
        before = get(database, id)
        after = with_entered(before, with_known_person(database, fields, before))
        if (after.start, after.end) != (before.start, before.end):
            # A check that was made just now ends in the future, and so may any session after the clock was set back.
            allowed = before.end if before.end is not None else before.start
            refuse_future(after.end if after.end is not None else after.start, max(now + CHECK_LASTS, allowed))
        if before.end is not None and after.end is None:
            raise TrackerError(_("session {id} has ended").format(id=id), _("`tracker resume` resumes it"))
        with undo_step(database, _("edited {what}").format(what=overlaps.naming(before)), now):
            check_span(after.start, after.end)
            if after.zone != before.zone:
                database.ensure_zone(after.zone)
            rest: list[Session] = []
            if after.placement != before.placement:
                after = after._replace(estimated=after.estimated and after.end == before.end)
                after, *rest = overlaps.placed(database, after, now=now, excluding=(id,), on_overlap=on_overlap)
                for part in rest:
                    database.insert("session", part)
            if after != before:
                database.update("session", after)
            if after.placement != before.placement:
                _restore_imported(database, [before])
        return after


def split(database: Database, id: int, at: int, *, now: int) -> tuple[Session, Session]:
    """Cut a session in two at the instant `at`; both parts keep all fields. A running one goes on."""
    with database.transaction():
        session = get(database, id)
        end = session.end if session.end is not None else max(now, session.start)
        if end - session.start < 2:
            message = _("session {id} is too short to be split: {time}")
            raise TrackerError(message.format(id=id, time=format_duration(end - session.start)))
        if not session.start < at < end:
            raise TrackerError(_("that time is not inside session {id}").format(id=id))
        with undo_step(database, _("split {what}").format(what=overlaps.naming(session)), now):
            database.update("session", session._replace(end=at, estimated=False))
            second = database.insert("session", session._replace(start=at))
        return get(database, id), get(database, second)


def delete(database: Database, ids: Sequence[int], *, now: int) -> list[Session]:
    """Delete sessions; returns them. What was measured in their time is shown again."""
    with database.transaction():
        deleted = [get(database, id) for id in dict.fromkeys(ids)]
        with undo_step(database, _("deleted {what}").format(what=overlaps.naming(*deleted)), now):
            for session in deleted:
                database.delete("session", session.id)
            _restore_imported(database, deleted)
        return deleted


def merge(database: Database, ids: Sequence[int], *, now: int, across: bool = False) -> Session:
    """Make one session of several of the same channel, from the first start to the last end.

    The first keeps its id. Its words come first (those of a running one before it): empty fields are filled from the
    others, notes are joined, and other words are added to the note. Raises TrackerError for fewer than two sessions,
    for different channels, for gaps of over WIDEST_GAP together without `across`, or when another record of the channel
    lies between.
    """
    with database.transaction():
        parts = parts_to_merge(database, ids)
        added, whole = gap(parts), _joined(parts)
        if added > WIDEST_GAP and not across:
            message = _("merging them would include the {gap} between them: {time} in total")
            total = format_duration(max((whole.end or now) - whole.start, 0))
            hint = _("`tracker merge {ids} --across` merges them anyway")
            wanted = " ".join(str(part.id) for part in parts)
            raise TrackerError(message.format(gap=format_duration(added), time=total), hint.format(ids=wanted))
        with undo_step(database, _("merged {what}").format(what=overlaps.naming(parts[0])), now):
            check_span(whole.start, whole.end)
            for part in parts[1:]:
                database.delete("session", part.id)
            covered = overlaps.make_room(
                database, whole.channel, whole.start, whole.end, now=now, excluding=(whole.id,)
            )
            whole = overlaps.with_words(whole, covered)
            database.update("session", whole)
        return whole


def parts_to_merge(database: Database, ids: Sequence[int]) -> list[Session]:
    """The sessions to be merged, by start. Raises TrackerError for fewer than two, or of different channels."""
    parts = sorted((get(database, id) for id in set(ids)), key=lambda part: (part.start, part.id))
    if len(parts) < 2:
        raise TrackerError(_("merging needs at least two sessions"))
    if len({part.channel for part in parts}) > 1:
        raise TrackerError(_("only sessions of one channel can be merged"))
    return parts


def gap(parts: Sequence[Session]) -> int:
    """The seconds between the first start and the last end of these sessions (by start) that none of them covers."""
    added, until = 0, parts[0].start
    for part in parts:
        added += max(part.start - until, 0)
        until = max(until, part.end if part.end is not None else part.start)
    return added


def _joined(parts: list[Session]) -> Session:
    ends = [part.end for part in parts]
    last_end = None if None in ends else max(end for end in ends if end is not None)
    # The words of the running session are the newest, and the Timer shows them.
    first, *others = sorted(parts, key=lambda part: part.end is not None)
    # A part by hand makes the whole a record by hand; two checks do not make one check.
    sources = {part.source for part in parts}
    if last_end is None:
        source = "timer"
    elif len(sources) == 1 and "check" not in sources:
        source = parts[0].source
    else:
        source = "log" if any(overlaps.is_recorded(part) for part in parts) else parts[0].source
    return overlaps.with_words(first, others)._replace(
        id=parts[0].id,
        start=parts[0].start,
        zone=parts[0].zone,
        end=last_end,
        estimated=any(part.estimated for part in parts if part.end == last_end),
        source=source,
    )


def with_known_person(
    database: Database, fields: dict[str, Any], before: Session | None = None, excluding: Sequence[int] = ()
) -> dict[str, Any]:
    """Fields of a session with the person spelled as known; a person that is unchanged from `before` stays.

    `excluding` are the ids of sessions whose person is changed in the same step.
    """
    if not fields.get("person") or (before and fields["person"] == before.person):
        return fields
    return fields | {
        "person": known_as(database, fields["person"], excluding=(*excluding, *([before.id] if before else [])))
    }


def _begin(database: Database, channel: str, at: int, zone: str, now: int, details: dict[str, Any]) -> Session:
    refuse_future(at, now)
    refuse_archived(database, channel)
    database.ensure_zone(zone)
    session = Session(0, channel, at, None, zone, source="timer")._replace(**details)
    (session,) = overlaps.placed(database, session, now=now)
    return session._replace(id=database.insert("session", session))


def _end(database: Database, session: Session, at: int, now: int) -> Session:
    # If the clock was set back to before its start, a timer can be stopped at its start.
    refuse_future(at, max(now, session.start))
    if at == now:
        at = max(at, session.start)
    check_span(session.start, at)
    # A timer must always be able to end: measured time with the user's words gives it the words.
    on_overlap, excluding = TAKE, (session.id,)
    others = overlaps.in_the_way(database, session.channel, session.start, at, excluding=excluding)
    if any(other.source in BY_HAND for other in others) and overlaps.left_free(
        database, session.channel, session.start, at, excluding=excluding, least=1
    ):
        on_overlap = YIELD  # recorded when the clock was ahead: it lies after the start, and is a record all the same
    # A timer keeps its seconds, however few.
    ended, *rest = overlaps.placed(
        database, session._replace(end=at), now=now, excluding=excluding, on_overlap=on_overlap, least=1
    )
    database.update("session", ended)
    for part in rest:
        database.insert("session", part)
    return ended


def _add(
    database: Database, session: Session, now: int, on_overlap: str = REFUSE, others: Sequence[Session] | None = None
) -> Session:
    check_span(session.start, session.end)
    database.ensure_zone(session.zone)
    parts = overlaps.placed(database, session, now=now, on_overlap=on_overlap, others=others)
    first, *_rest = [part._replace(id=database.insert("session", part)) for part in parts]
    return first


def _restore_imported(database: Database, released: Iterable[Session]) -> None:
    from tracker.storage.measured_time import restore_imported  # which the timer and checks do without

    restore_imported(database, released)


def _running(database: Database) -> Session:
    session = running(database)
    if not session:
        raise TrackerError(_("no timer running"), _("`tracker start CHANNEL` starts a session"))
    return session


def _refuse_second(database: Database) -> None:
    session = running(database)
    if session:
        raise TrackerError(
            _("{channel} is already running (session {id})").format(channel=session.channel, id=session.id),
            _("use `tracker stop` or `tracker switch CHANNEL` first"),
        )


# Several sessions as one undo step.


def change_several(
    database: Database, ids: Sequence[int], *, now: int, on_overlap: str = REFUSE, **fields: Any
) -> list[Session]:
    """Give all these sessions the same fields, but not times. Raises TrackerError, with none changed."""

    def changed(session: Session) -> Session:
        return with_entered(session, with_known_person(database, fields, session, ids))

    return _change_all(database, ids, _("changed {what}"), now, on_overlap, changed)


def shift_several(
    database: Database, ids: Sequence[int], seconds: int, *, now: int, on_overlap: str = REFUSE
) -> list[Session]:
    """Move these sessions by so many seconds, later or (negative) earlier; of a running one only the start is moved.

    Raises TrackerError, with none moved, where one would reach past `now`, or (with REFUSE) over another record.
    """
    return _change_all(
        database, ids, _("moved {what}"), now, on_overlap, lambda session: shifted(session, seconds, now)
    )


def shifted(session: Session, seconds: int, now: int) -> Session:
    """The session so many seconds later or earlier. Raises TrackerError where that is in the future."""
    end = None if session.end is None else session.end + seconds
    last = session.start if session.end is None else session.end
    refuse_future(last + seconds, max(now, last))
    return session._replace(start=session.start + seconds, end=end)


def repeat_several(
    database: Database, copies: Sequence[Session], *, now: int, on_overlap: str = REFUSE
) -> list[Session]:
    """Record copies of sessions, as if logged by hand, with their own times and zones; their ids are left aside.

    With YIELD, copies without any free time are left out. Raises TrackerError, with none recorded.
    """
    with undo_step(database, _("repeated {what}").format(what=overlaps.naming(*copies)), now):
        copied = []
        for copy in copies:
            if copy.end is None:
                raise TrackerError(_("a running session cannot be repeated"))
            refuse_future(copy.end, now)
            if on_overlap == YIELD and not overlaps.left_free(database, copy.channel, copy.start, copy.end):
                continue
            database.ensure_zone(copy.zone)
            session = copy._replace(source="log", estimated=False, override=None, overrun=None)
            copied += [
                part._replace(id=database.insert("session", part))
                for part in overlaps.placed(database, session, now=now, on_overlap=on_overlap)
            ]
        if copies and not copied:
            raise TrackerError(_("all of that time is already logged"))
        return copied


def _change_all(
    database: Database, ids: Sequence[int], says: str, now: int, on_overlap: str, changed: Callable[[Session], Session]
) -> list[Session]:
    with database.transaction():
        before = [get(database, id) for id in dict.fromkeys(ids)]
        with undo_step(database, says.format(what=overlaps.naming(*before)), now):
            after = [changed(session) for session in before]
            for session in after:
                database.update("session", session)
            # Overlaps are settled after all have moved, because they may take each other's place. Records come first,
            # so that measured time gives way to them and not the other way round.
            moved = [new for old, new in zip(before, after, strict=True) if old.placement != new.placement]
            for session in sorted(moved, key=overlaps.is_kept, reverse=True):
                current = find(database, session.id)
                if current is None:
                    continue  # measured time that another of these sessions has taken
                first, *rest = overlaps.placed(
                    database, current, now=now, excluding=(session.id,), on_overlap=on_overlap
                )
                if first != current:
                    database.update("session", first)
                for part in rest:
                    database.insert("session", part)
            _restore_imported(database, before)
        return [current for session in after if (current := find(database, session.id))]
