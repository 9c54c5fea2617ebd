"""From facts to sessions: what an import must add, change and delete. Pure; knows no file and no journal.

Measured sources (a phone, a browser): facts of one channel with a gap of at most 30 s are one session, and time that a
person recorded on that channel is cut out. The sessions are computed from *all* facts known so far, once as they were
before the import and once as they are after it, and only the difference is applied. So files may come in any pieces,
in any order and any number of times, and the sessions are the same. Where the log does not hold what the facts known
before amount to, the user has changed it: such sessions are never touched again, and only time around them is added.
A session that the user has said something of may grow, but never loses time.

Recorded sources (a CSV file, another tracker): every fact is a session as it stands. It gives way to what was recorded
here, and measured time gives way to it.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import Session
from tracker.importers.fact import UNTIL_NEXT
from tracker.storage.overlaps import has_words, with_words
from tracker.storage.time_intervals import Interval, MeasuredInterval, joined, subtract, union

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Difference(NamedTuple):
    """What facts come to on one channel: what they do no longer, and what they do instead, in order."""

    left: list[MeasuredInterval]
    come: list[MeasuredInterval]


class Changes(NamedTuple):
    """What to do to the sessions of one channel; added ones have the id 0."""

    added: list[Session]
    changed: list[Session]
    deleted: list[int]


class Mending(NamedTuple):
    """The time that was read wrongly before, by channel, and what becomes of the sessions there, by id: `mended` are
    changed or deleted, `left` stay as they are because a person has changed them or said something of them."""

    wrong: dict[str, list[Interval]]
    mended: list[int]
    left: list[int]


def surer(one: MeasuredInterval, other: MeasuredInterval) -> MeasuredInterval:
    """Of two readings of one fact, the one to believe; the same whichever was read first.

    Time in front beats what the source measured, a measured end beats an estimated one, and one estimated from what
    came next beats one after which nothing came. Of two measured ends the later is true (a browser completes a visit),
    of two that a next visit bounds the earlier.
    """
    if one[2] != other[2]:
        return min(one, other, key=lambda span: span[2])
    return min(one, other) if one[2] == UNTIL_NEXT else max(one, other)


def difference(before: Iterable[MeasuredInterval], after: Iterable[MeasuredInterval]) -> Difference:
    """What the facts of one channel come to `before` an import but not `after` it, and the other way round."""
    was, now = joined(before), joined(after)
    if not was:
        return Difference([], now)
    stays = set(was).intersection(now)
    return Difference([span for span in was if span not in stays], [span for span in now if span not in stays])


def settle(
    differing: Difference,
    fresh: Iterable[MeasuredInterval],
    existing: Sequence[Session],
    taken: Sequence[Interval],
    new: Session,
    changes: Changes,
    mending: Mending | None = None,
) -> None:
    """Note in `changes` what the difference does to the sessions of one channel.

    `fresh` are the facts that are new, `existing` this source's sessions where anything differs, `taken` the time
    recorded by hand there; `new` is what an added session is like. `mending` is told what becomes of what was read
    wrongly before.
    """
    was, now = subtract(differing.left, taken), subtract(differing.come, taken)
    if not existing and not was:
        # A first import is nothing but this; building a hundred thousand sessions field by field takes a second.
        head, tail, make = new[:2], new[4:-1], tuple.__new__
        changes.added.extend(
            [make(Session, (*head, start, end, *tail, estimated > 0)) for start, end, estimated in now]
        )
        return
    expected = {span[:2] for span in was}
    found = {(session.start, session.end or session.start): session for session in existing}
    touched = union(span for span in found if span not in expected)
    # Where the user has changed what the facts known before had come to, only what is new counts, and only around it.
    unmatched = union([*touched, *(span[:2] for span in was if span[:2] not in found)])
    fresh_spans = subtract(joined(fresh), taken)
    stays = set(was).intersection(now)
    # A second longer: what lasted no time was wrong too.
    wrong = union((start, end + 1) for start, end in mending.wrong.get(new.channel, ())) if mending else []
    begins = [start for start, _end in wrong]
    for old, wanted in _groups(
        [span for span in was if span not in stays], [span for span in now if span not in stays]
    ):
        owners = [found[span[:2]] for span in old if span[:2] in found]
        lo, hi = min(span[0] for span in (*old, *wanted)), max(span[1] for span in (*old, *wanted))
        place = bisect_right(begins, hi) - 1
        mends = mending if place >= 0 and wrong[place][1] > lo else None
        if len(owners) == len(old) and not any(_would_lose(owner, wanted) for owner in owners):
            before = len(changes.changed), len(changes.deleted)
            _apply(owners, subtract(wanted, touched), new, changes)
            if mends:
                mends.mended.extend(session.id for session in changes.changed[before[0] :])
                mends.mended.extend(changes.deleted[before[1] :])
        else:
            if mends:
                mends.left.extend(one.id for one in existing if one.start <= hi and (one.end or one.start) >= lo)
            around = union([*unmatched, *(span[:2] for span in old)])
            inside = [span for span in fresh_spans if lo <= span[0] and span[1] <= hi]
            _apply([], subtract(inside, around), new, changes)


def _would_lose(session: Session, wanted: Sequence[MeasuredInterval]) -> bool:
    """Whether a person has said something of a session that would lose time, or be gone."""
    end = session.end if session.end is not None else session.start
    return has_words(session) and not any(start <= session.start and end <= stop for start, stop, _how in wanted)


def _groups(
    left: list[MeasuredInterval], come: list[MeasuredInterval]
) -> Iterable[tuple[list[MeasuredInterval], list[MeasuredInterval]]]:
    """What goes and what comes instead, in groups that touch each other."""
    old: list[MeasuredInterval] = []
    wanted: list[MeasuredInterval] = []
    end = None
    for span, goes in sorted([*((span, True) for span in left), *((span, False) for span in come)]):
        if end is not None and span[0] > end:
            yield old, wanted
            old, wanted, end = [], [], None
        (old if goes else wanted).append(span)
        end = span[1] if end is None else max(end, span[1])
    if end is not None:
        yield old, wanted


def _apply(owners: list[Session], wanted: list[MeasuredInterval], new: Session, changes: Changes) -> None:
    """Make `owners` into `wanted`: each keeps its session while it can, those that join give it what they know."""
    waiting, like = owners, new
    for start, end, estimated in wanted:
        here = [session for session in waiting if session.start <= end and (session.end or session.start) >= start]
        if here:
            waiting = [session for session in waiting if session not in here]
            like = with_words(here[0], here[1:])
            changed = like._replace(start=start, end=end, estimated=estimated > 0)
            if changed != here[0]:
                changes.changed.append(changed)
            changes.deleted.extend(session.id for session in here[1:])
        else:
            changes.added.append(like._replace(id=0, start=start, end=end, estimated=estimated > 0))
    changes.deleted.extend(session.id for session in waiting)


def give_way(existing: Iterable[Session], taken: Sequence[Interval], changes: Changes) -> None:
    """Note in `changes` what becomes of measured sessions where time of their channel was recorded by a person."""
    for session in existing:
        if session.end is None:
            continue
        parts = subtract([(session.start, session.end, int(session.estimated))], taken)
        if [part[:2] for part in parts] != [(session.start, session.end)]:
            _apply([session], parts, session, changes)
