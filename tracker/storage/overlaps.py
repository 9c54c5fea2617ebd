"""The rule for time that is recorded twice on one channel.

A record by hand wins over measured time, which is cut around it. Two records by hand never overlap: the second is
refused, naming the first, unless the user says which one has the time (TAKE, YIELD). Measured time to which the user
has added words counts as a record. A check has no measured length: it ends where the next record of its channel starts
and takes nothing from measured time. A check inside a session that is recorded later becomes part of that session: the
session takes its note, as it takes the words of everything it covers completely. The history and the program say so
(`undo_steps.effects_on_sessions`).

Cutting makes up no time. People write times to the minute and a timer stops at a second, so where the two meet, a few
seconds remain that nobody meant, and they would count as a check. So a remaining piece of a record must last
SHORTEST_PIECE; shorter ones are dropped. Measured time is cut to the second.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter

from tracker.domain.errors import Overlap, TrackerError
from tracker.domain.models import BY_HAND, BY_PEOPLE, CHECK_LASTS, LONGEST_SESSION, REFUSE, TAKE, YIELD, Session
from tracker.formatting.text import activity_word, channel_word, format_sessions
from tracker.formatting.times import format_duration
from tracker.locale import _, ngettext
from tracker.storage.session_table import in_span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracker.storage.database import Database


#: (start, end) in UTC seconds.
Interval = tuple[int, int]
#: (start, end, how the end was estimated; 0 or less: it was measured), in UTC seconds.
MeasuredInterval = tuple[int, int, int]

#: Measured time on one channel with gaps of at most so many seconds is one session.
GAP = 30

#: So many intervals that may be joined are held before those with small gaps are.
INTERVALS_HELD = 2_000

#: Two sources may note the start of one look with so many seconds between them.
SAME_LOOK = 10


#: The shortest piece that is left of a record, in seconds.
SHORTEST_PIECE = 60

#: The fields that hold a person's words, without the note, which sessions can share.
_WORD_FIELDS = ("activity", "planned_seconds", "intention", "trigger", "person", "ring", "override", "overrun")

#: All fields that hold a person's words.
WORDS = (*_WORD_FIELDS, "note")

# Arithmetic on intervals of time on one channel.


def joined(intervals: Iterable[MeasuredInterval]) -> list[MeasuredInterval]:
    """Join intervals with gaps of at most GAP, in order; results longer than LONGEST_SESSION are cut there.

    The interval that ends last says whether the end is an estimate.
    """
    results = _runs(intervals)
    if all(end - start <= LONGEST_SESSION for start, end, _estimated in results):
        return results
    parts: list[MeasuredInterval] = []
    for start, end, estimated in results:
        while end - start > LONGEST_SESSION:
            parts.append((start, start + LONGEST_SESSION, 0))
            start += LONGEST_SESSION
        parts.append((start, end, estimated))
    return parts


def _runs(intervals: Iterable[MeasuredInterval]) -> list[MeasuredInterval]:
    """What `joined` gives before it cuts what is too long."""
    ordered = sorted(intervals)
    if not ordered:
        return []
    results: list[MeasuredInterval] = []
    first, last, last_estimated = ordered[0]
    for start, end, estimated in ordered:
        if start - last > GAP:
            results.append((first, last, last_estimated))
            first, last, last_estimated = start, end, estimated
        elif end > last or (end == last and estimated <= 0):
            last, last_estimated = end, estimated
    results.append((first, last, last_estimated))
    return results


class Joining:
    """Many intervals, given by start, of which `joined` is asked for: those with small gaps take the place of one."""

    def __init__(self) -> None:
        self._held: list[MeasuredInterval] = []
        self._most = INTERVALS_HELD

    def add(self, interval: MeasuredInterval) -> None:
        """Add an interval."""
        self._held.append(interval)
        if len(self._held) > self._most:
            self._held = _runs(self._held)
            self._most = max(INTERVALS_HELD, 2 * len(self._held))

    def __iter__(self) -> Iterator[MeasuredInterval]:
        """Intervals that `joined` joins to the same as all that were added."""
        return iter(self._held)


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """The union of intervals as disjoint intervals, in order; intervals without length are dropped."""
    results: list[Interval] = []
    for start, end in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if results and start <= results[-1][1]:
            results[-1] = (results[-1][0], max(results[-1][1], end))
        else:
            results.append((start, end))
    return results


def subtract(intervals: Sequence[MeasuredInterval], taken: Sequence[Interval]) -> list[MeasuredInterval]:
    """The intervals without the time in `taken` (disjoint, in order). An end that is a cut is no estimate."""
    if not taken:
        return list(intervals)
    starts = [start for start, _end in taken]
    parts: list[MeasuredInterval] = []
    for start, end, estimated in intervals:
        index = bisect_right(starts, start) - 1
        if start == end:
            if index < 0 or taken[index][1] <= start:
                parts.append((start, end, estimated))
            continue
        for position in range(max(index, 0), len(taken)):  # no slice: `taken` may be long
            taken_start, taken_end = taken[position]
            if taken_start >= end:
                break
            if taken_start > start:
                parts.append((start, taken_start, 0))
            start = max(start, taken_end)
            if start >= end:
                break
        if start < end:
            parts.append((start, end, estimated))
    return parts


def cut(intervals: Iterable[MeasuredInterval], instants: Sequence[int]) -> list[MeasuredInterval]:
    """The intervals, cut at those of these instants (in order) that are inside them. An end that is a cut is no
    estimate."""
    parts = []
    for start, end, estimated in intervals:
        for at in instants[bisect_right(instants, start) : bisect_left(instants, end)]:
            parts.append((start, at, 0))
            start = at
        parts.append((start, end, estimated))
    return parts


class Looks:
    """Looks that were measured, to which the estimates of other sources yield.

    An estimate knows when something was opened, and not for how long. Where it was opened while another source measured
    a look, or within SAME_LOOK of one, it is that look, whose length is known. Else it lasts until the next measured
    look begins, at the latest.
    """

    def __init__(self, measured: Iterable[Interval]) -> None:
        self._looks = joined((start, end, 0) for start, end in measured)
        self._starts = [start - SAME_LOOK for start, _end, _estimated in self._looks]

    def left_of(self, estimate: MeasuredInterval) -> MeasuredInterval | None:
        """What is left of an estimate; None where it is one of the looks."""
        start, end, estimated = estimate
        index = bisect_right(self._starts, start)
        if index and start <= self._looks[index - 1][1] + SAME_LOOK:
            return None
        return (start, min(end, self._looks[index][0]), estimated) if index < len(self._looks) else estimate


def yield_estimates(estimates: Iterable[MeasuredInterval], measured: Iterable[Interval]) -> list[MeasuredInterval]:
    """The estimates of looks that were not measured, each until the next measured look begins at the latest."""
    looks = Looks(measured)
    return [left for estimate in estimates if (left := looks.left_of(estimate))]


def is_covered(start: int, end: int, taken: Sequence[Interval]) -> bool:
    """Whether `taken`, as `union` gives it, leaves nothing of an interval."""
    index = bisect_right(taken, start, key=itemgetter(0)) - 1
    return index >= 0 and taken[index][1] >= max(end, start + 1)


# The rule.


class NothingLeft(TrackerError):
    """A record that yields would yield all of its time."""


def placed(
    database: Database,
    session: Session,
    *,
    now: int,
    excluding: tuple[int, ...] = (),
    on_overlap: str = REFUSE,
    least: int = SHORTEST_PIECE,
    others: Sequence[Session] | None = None,
) -> list[Session]:
    """Make room for a session; returns what to write: the session, or its pieces where it yields. Inside an undo step.

    A piece lasts `least` seconds or more; a running session that yields starts later. A check takes no recorded time.
    `others` are the sessions of its channel that overlap it, where the caller has read them (a check may ask the file
    only so often). Raises Overlap as `make_room` does, NothingLeft where it would yield all of its time, and a
    TrackerError for a check in a session that was measured.
    """
    if is_nominal(session):
        if others is None:
            others = in_span(database, session.start, session.end or session.start, session.channel)
        for other in others:
            if other.id not in excluding and other.end is not None and not is_recorded(other):
                message = _("{channel} was already open then: session {id}, {what}; a check is part of it")
                raise TrackerError(message.format(channel=session.channel, id=other.id, what=naming(other)))
        on_overlap = REFUSE if on_overlap == TAKE else on_overlap
    spans: list[tuple[int, int | None]] = [(session.start, session.end)]
    if on_overlap == YIELD and session.end is None:
        coming = in_the_way(database, session.channel, session.start, max(session.start, now) + 1, excluding=excluding)
        spans = [(max([session.start, *(other.end or 0 for other in coming)]), None)]
    elif on_overlap == YIELD and session.end is not None:
        spans = [*left_free(database, session.channel, session.start, session.end, excluding=excluding, least=least)]
    if not spans:
        raise NothingLeft(_("all of that time is already logged"))
    parts = []
    for start, end in spans:
        covered = make_room(
            *(database, session.channel, start, end),
            now=now,
            excluding=excluding,
            on_overlap=on_overlap,
            others=others if (start, end) == (session.start, session.end) else None,
        )
        estimated = session.estimated and end == session.end
        parts.append(with_words(session, covered)._replace(start=start, end=end, estimated=estimated))
    return parts


def make_room(
    database: Database,
    channel: str,
    start: int,
    end: int | None,
    *,
    now: int,
    excluding: tuple[int, ...] = (),
    on_overlap: str = REFUSE,
    others: Sequence[Session] | None = None,
) -> list[Session]:
    """Cut or delete what this channel has in [start, end). Inside an undo step.

    Returns the sessions that were deleted because the new one covers them completely; it takes their words. Raises
    Overlap where a record is in the way, unless `on_overlap` is TAKE, which cuts records too; then a running one goes
    on from the end of the new session. A running new session (`end` is None) only checks for records up to `now`, and
    takes its time when it ends. `excluding` are the ids of sessions that are being changed themselves, `others`
    the sessions of the channel that overlap the time, where the caller has read them.
    """
    until = end if end is not None else max(start, now) + 1
    covered = []
    for other in in_span(database, start, until, channel) if others is None else others:
        if other.id in excluding or (other.end is not None and other.end <= start):
            continue
        part = _is_part(other, start, until)
        if is_nominal(other) and other.start <= start:
            database.change('UPDATE session SET "end" = ? WHERE id = ?', (start, other.id))
        elif not part and (other.end is None or is_kept(other)) and (on_overlap != TAKE or end is None):
            message = _("{channel} is already logged at that time: session {id}, {what}")
            hint = _("`tracker edit {id} FIELD=VALUE` edits it, `tracker delete {id}` deletes it").format(id=other.id)
            raise Overlap(message.format(channel=channel, id=other.id, what=naming(other)), hint)
        elif end is None:
            continue  # its end is not known, and it may be cancelled: nothing is cut before
        elif part or (other.end is not None and not _pieces(other, start, until)):
            database.delete("session", other.id)
            covered.append(other)
        else:
            _cut_out(database, other, start, until)
    database.say_also(say_taken_in([other for other in covered if _is_part(other, start, until)]))
    return covered


def say_taken_in(parts: Sequence[Session]) -> str:
    """`2 checks at that time are now part of it`; empty for none."""
    n = len(parts)
    says = ngettext("{n} check at that time is now part of it", "{n} checks at that time are now part of it", n)
    return says.format(n=n) if n else ""


def in_the_way(
    database: Database, channel: str, start: int, end: int, *, excluding: tuple[int, ...] = ()
) -> list[Session]:
    """The records of this channel in [start, end) that `make_room` would refuse to cut, by start."""
    return [
        other
        for other in in_span(database, start, end, channel)
        if other.id not in excluding
        and (other.end is None or (is_kept(other) and other.end > start))
        and not (is_nominal(other) and other.start <= start)
        and not _is_part(other, start, end)
    ]


def left_free(
    database: Database,
    channel: str,
    start: int,
    end: int,
    *,
    excluding: tuple[int, ...] = (),
    least: int = SHORTEST_PIECE,
) -> list[tuple[int, int]]:
    """The parts of [start, end) without a record: the whole, or pieces of `least` seconds or more."""
    others = in_the_way(database, channel, start, end, excluding=excluding)
    if not others:
        return [(start, end)]
    spans = []
    at = start
    for other in others:
        if other.start > at:
            spans.append((at, other.start))
        at = max(at, other.end if other.end is not None else end)
    return [span for span in (*spans, (at, end)) if span[1] - span[0] >= least]


def end_of_check(at: int, others: Sequence[Session]) -> int:
    """Where a check that starts at the instant `at` ends: after CHECK_LASTS, or earlier where one of `others` starts.

    Only records count, not what was measured.
    """
    coming = [other.start for other in others if other.start > at and (other.end is None or is_kept(other))]
    return min([at + CHECK_LASTS, *coming])


def _cut_out(database: Database, session: Session, since: int, until: int) -> None:
    """Take [since, until) out of a session: shorten, split or delete it; a running one goes on from `until`."""
    pieces = _pieces(session, since, until)
    if not pieces:
        database.delete("session", session.id)
        return
    if session.end is None:
        pieces.reverse()  # the running piece keeps the id
    for number, (start, end) in enumerate(pieces):
        estimated = session.estimated and end == session.end
        piece = session._replace(start=start, end=end, estimated=estimated)
        if number:
            database.insert("session", piece)
        else:
            database.update("session", piece)


def _pieces(session: Session, since: int, until: int) -> list[tuple[int, int | None]]:
    """What is left of a session without [since, until), by start; of a record only pieces of SHORTEST_PIECE or more."""
    least = SHORTEST_PIECE if is_kept(session) else 1
    pieces: list[tuple[int, int | None]] = []
    if since - session.start >= least:
        pieces.append((session.start, since))
    if session.end is None or session.end - until >= least:
        pieces.append((max(session.start, until), session.end))
    return pieces


def is_recorded(session: Session) -> bool:
    """Whether a person, or another tracker for them, recorded this session."""
    return session.source in BY_PEOPLE


def is_kept(session: Session) -> bool:
    """Whether a session is never cut without a question: it was recorded, or was measured and has words of a person."""
    return is_recorded(session) or has_words(session)


def is_nominal(session: Session) -> bool:
    """Whether this is a check of nominal length; one that was made longer by hand has its true length."""
    return session.source == "check" and session.end is not None and session.end - session.start <= CHECK_LASTS


def _is_part(session: Session, start: int, until: int) -> bool:
    """Whether this is a check, or a record without length, that began inside a new session over [start, until)."""
    moment = session.source in BY_HAND and session.start == session.end
    return start <= session.start < until and (is_nominal(session) or moment)


def has_words(session: Session) -> bool:
    """Whether a person has said anything of this session."""
    return any(getattr(session, field) is not None for field in WORDS)


def with_words(session: Session, others: Iterable[Session]) -> Session:
    """`session` with its empty fields filled from the others, in order, and the notes of all of them.

    Words that its own fields contradict are added to the note, so none is lost; a plan is no word.
    """
    notes = [session.note]
    for other in others:
        words = {field: value for field in _WORD_FIELDS if (value := getattr(other, field)) is not None}
        session = session._replace(**{field: words[field] for field in words if getattr(session, field) is None})
        differing = [field for field in words if field != "planned_seconds" and getattr(session, field) != words[field]]
        left_over = ", ".join(f"@{words[field]}" if field == "person" else words[field] for field in differing)
        if not any(left_over in note for note in notes if note):
            notes.append(left_over)
        notes.append(other.note)
    return session._replace(note="; ".join(dict.fromkeys(filter(None, notes))) or None)


def with_words_of(session: Session, other: Session) -> Session:
    """`session` with all words of the other one in place of its own."""
    return session._replace(**{field: getattr(other, field) for field in WORDS})


def naming(*sessions: Session) -> str:
    """One session in a few words of the reader's, for messages: `linkedin create 24m`; several as their number."""
    if len(sessions) != 1:
        return format_sessions(len(sessions))
    (session,) = sessions
    words = [channel_word(session.channel), activity_word(session.activity)]
    if session.end is not None:
        words.append(format_duration(session.end - session.start))
    return " ".join(word for word in words if word)
