"""From imported records to sessions: what an import must add, change and delete. Pure: no file, no database.

*Measured formats* (a phone, a browser): records of one channel with gaps of at most 30 s are one session, and time that
a person recorded on that channel is cut out. The sessions are computed from all records known so far, once as they were
before the import and once as they are after it, and only the difference is applied. So files may come in any pieces, in
any order and any number of times, and the sessions are the same. Where the sessions in the database are not those of
the records before, the user has changed them: the import does not touch them again, and only adds time around them. A
session that has words of a person may become longer, but never loses time.

*Recorded formats* (a CSV file, another tracker): each record is a session as it is. It yields to what was recorded
here, and measured time yields to it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import Session
from tracker.storage.overlaps import Interval, MeasuredInterval, has_words, joined, subtract, union, with_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class IntervalDifference(NamedTuple):
    """The intervals of one channel that records no longer make, and those that they make instead, in order."""

    removed: list[MeasuredInterval]
    added: list[MeasuredInterval]


class SessionChanges(NamedTuple):
    """What to do to sessions; added ones have the id 0."""

    added: list[Session]
    changed: list[Session]
    deleted: list[int]


class Repairs(NamedTuple):
    """The time that was read wrongly before, by channel, and what happens to the sessions there, by id: `mended` are
    changed or deleted, `kept` stay because a person has changed them or added words to them."""

    wrong: dict[str, list[Interval]]
    mended: list[int]
    kept: list[int]


def interval_difference(before: Iterable[MeasuredInterval], after: Iterable[MeasuredInterval]) -> IntervalDifference:
    """The difference between the intervals of one channel's records before and after an import."""
    joined_before, joined_after = joined(before), joined(after)
    if not joined_before:
        return IntervalDifference([], joined_after)
    same = set(joined_before).intersection(joined_after)
    return IntervalDifference(
        [span for span in joined_before if span not in same], [span for span in joined_after if span not in same]
    )


def apply_difference(
    difference: IntervalDifference,
    new_records: Iterable[MeasuredInterval],
    existing: Sequence[Session],
    taken: Sequence[Interval],
    template: Session,
    changes: SessionChanges,
    repairs: Repairs | None = None,
) -> None:
    """Add to `changes` what a difference means for the sessions of one channel.

    `existing` are the sessions of this format where anything differs, `taken` the time recorded by hand there.
    `template` is a session with the fields of an added one. `repairs` gets what happens where time was read wrongly.
    """
    before, after = subtract(difference.removed, taken), subtract(difference.added, taken)
    if not existing and not before:
        # A first import needs only this. Building 100,000 sessions by `_replace` takes a second.
        head, tail, make = template[:2], template[4:-1], tuple.__new__
        changes.added.extend(
            [make(Session, (*head, start, end, *tail, estimated > 0)) for start, end, estimated in after]
        )
        return
    by_span = {(session.start, session.end or session.start): session for session in existing}
    expected = {span[:2] for span in before}
    changed_by_user = union(span for span in by_span if span not in expected)
    # Where the user has changed the sessions of the records before, only new records count, and only around them.
    avoided = union([*changed_by_user, *(span[:2] for span in before if span[:2] not in by_span)])
    new_spans = subtract(joined(new_records), taken)
    same = set(before).intersection(after)
    # One second longer, because time without length can be wrong too.
    wrong = union((start, end + 1) for start, end in repairs.wrong.get(template.channel, ())) if repairs else []
    wrong_starts = [start for start, _end in wrong]
    for old, wanted in _touching_groups(
        [span for span in before if span not in same], [span for span in after if span not in same]
    ):
        sessions = [by_span[span[:2]] for span in old if span[:2] in by_span]
        begin, last = min(span[0] for span in (*old, *wanted)), max(span[1] for span in (*old, *wanted))
        last_wrong = bisect_right(wrong_starts, last) - 1
        was_wrong = last_wrong >= 0 and wrong[last_wrong][1] > begin
        if len(sessions) == len(old) and not any(_would_lose_time(session, wanted) for session in sessions):
            changed, deleted = len(changes.changed), len(changes.deleted)
            _replace_sessions(sessions, subtract(wanted, changed_by_user), template, changes)
            if repairs and was_wrong:
                repairs.mended.extend(session.id for session in changes.changed[changed:])
                repairs.mended.extend(changes.deleted[deleted:])
        else:
            if repairs and was_wrong:
                repairs.kept.extend(
                    session.id
                    for session in existing
                    if session.start <= last and (session.end or session.start) >= begin
                )
            around = union([*avoided, *(span[:2] for span in old)])
            inside = [span for span in new_spans if begin <= span[0] and span[1] <= last]
            _replace_sessions([], subtract(inside, around), template, changes)


def _would_lose_time(session: Session, wanted: Sequence[MeasuredInterval]) -> bool:
    """Whether a session with words of a person is inside none of the wanted intervals."""
    end = session.end if session.end is not None else session.start
    return has_words(session) and not any(start <= session.start and end <= stop for start, stop, _estimated in wanted)


def _touching_groups(
    removed: list[MeasuredInterval], added: list[MeasuredInterval]
) -> Iterator[tuple[list[MeasuredInterval], list[MeasuredInterval]]]:
    """The intervals removed and added, in groups of intervals that touch each other."""
    old: list[MeasuredInterval] = []
    wanted: list[MeasuredInterval] = []
    group_end = None
    for span, is_removed in sorted([*((span, True) for span in removed), *((span, False) for span in added)]):
        if group_end is not None and span[0] > group_end:
            yield old, wanted
            old, wanted, group_end = [], [], None
        (old if is_removed else wanted).append(span)
        group_end = span[1] if group_end is None else max(group_end, span[1])
    if group_end is not None:
        yield old, wanted


def _replace_sessions(
    sessions: list[Session], wanted: list[MeasuredInterval], template: Session, changes: SessionChanges
) -> None:
    """Turn `sessions` into the intervals `wanted`.

    The first session that touches an interval becomes it, and takes the words of the others that touch it; these are
    deleted. An interval without a session is added, with the words of the session before it, of which it is a piece.
    """
    for start, end, estimated in wanted:
        touching = [other for other in sessions if other.start <= end and (other.end or other.start) >= start]
        if touching:
            sessions = [other for other in sessions if other not in touching]
            template = with_words(touching[0], touching[1:])
            changed = template._replace(start=start, end=end, estimated=estimated > 0)
            if changed != touching[0]:
                changes.changed.append(changed)
            changes.deleted.extend(other.id for other in touching[1:])
        else:
            changes.added.append(template._replace(id=0, start=start, end=end, estimated=estimated > 0))
    changes.deleted.extend(session.id for session in sessions)


def yield_to_recorded(measured: Iterable[Session], recorded: Sequence[Interval], changes: SessionChanges) -> None:
    """Add to `changes` what happens to measured sessions where a person recorded time of their channel."""
    for session in measured:
        if session.end is None:
            continue
        parts = subtract([(session.start, session.end, int(session.estimated))], recorded)
        if [part[:2] for part in parts] != [(session.start, session.end)]:
            _replace_sessions([session], parts, session, changes)


def transfer_notes(replaced: Iterable[Session], changes: SessionChanges) -> list[Session]:
    """Give the words of each replaced session to the session in `changes` that takes its time.

    Returns the replaced sessions whose words found a session. A look that was measured without a length overlaps the
    seconds of a check that it is in.
    """
    replaced = list(replaced)
    channels = {session.channel for session in replaced}
    # By channel: (start, end, the list with the session, its index there).
    targets: dict[str, list[tuple[int, int, list[Session], int]]] = {}
    for sessions in (changes.added, changes.changed) if replaced else ():
        for index, session in enumerate(sessions):
            if session.channel in channels:
                end = session.end if session.end is not None else session.start
                targets.setdefault(session.channel, []).append((session.start, end, sessions, index))
    for candidates in targets.values():
        candidates.sort(key=itemgetter(0, 1))
    transferred = []
    for session in replaced:
        end = max(session.end or session.start, session.start + 1)
        candidates = targets.get(session.channel, [])
        candidates = candidates[: bisect_left(candidates, end, key=itemgetter(0))]
        # Sessions of one channel follow each other: only the last two that begin before its end can overlap it.
        for start, stop, sessions, index in reversed(candidates[-2:]):
            if stop > session.start or start == stop >= session.start:
                sessions[index] = with_words(sessions[index], [session])
                transferred.append(session)
                break
    return transferred
