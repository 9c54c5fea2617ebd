"""Measured time: the sessions that imported facts make, and what a person made of them.

What a person makes of measured time is noted as facts of the undo step that did it, of formats of their own: from when
to when there is one session now, and from when to when there is nothing any more (`PersonsChange`). The last word about
some time counts, so the sessions follow from the facts and these notes (`Measured.shape`). Undo of the step takes its
notes back, and merges carry them to other files (`reshape`). While a record by hand stands, measured time is not shown;
`restore_imported` shows it again when the record goes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from tracker.domain.models import BY_PEOPLE, ESTIMATED, FOREVER, LONGEST_SESSION, RECORDED, Session
from tracker.domain.record import Record
from tracker.storage import imported_facts, session_table
from tracker.storage.imported_facts import IMPORT, IS_READ, is_merge, is_removal
from tracker.storage.overlaps import (
    GAP,
    Interval,
    MeasuredInterval,
    cut,
    is_nominal,
    is_recorded,
    joined,
    subtract,
    union,
    with_words,
    yield_estimates,
)
from tracker.storage.session_table import in_span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tracker.storage.database import Database


#: What follows the format of a change that says what is there: a session, or one whose end is an estimate.
SESSION, ESTIMATE = "/session", "/estimate"

#: SQL for the rows of facts, with whether their steps were undone.
_NOTED = f'SELECT action, key, format, channel, start, "end", estimated, {imported_facts.IS_UNDONE} FROM imported_fact'


class PersonsChange(Record):
    """What a person made of the time [start, end] of a channel, of what `format` has measured there.

    `what` is SESSION or ESTIMATE where this is one session now; it is empty where nothing is there any more, or, where
    `start` and `end` are the same, where a session was cut (by version 0.7). `at` is when, in UTC milliseconds: 0 where
    that is not known, negative for a change that was taken back.
    """

    format: str
    what: str
    channel: str
    start: int
    end: int
    at: int

    @property
    def span(self) -> Interval:
        """The time of which it says all; a moment is one second."""
        return self.start, self.end + (self.what != "" and self.start == self.end)


class Measured(Record):
    """What is known of the measured time of one format on a channel: its `facts`, and the `changes` that persons made
    of it, the last one last."""

    facts: list[MeasuredInterval]
    changes: list[PersonsChange]

    def shape(self, taken: Iterable[Interval], looks: Iterable[Interval]) -> list[MeasuredInterval]:
        """The sessions that these make where the time `taken` was recorded. Estimates yield to `looks`.

        What a person said of some time counts whatever was measured there, and the last word counts.
        """
        made: list[MeasuredInterval] = []
        moments: set[Interval] = set()
        said: list[Interval] = []  # disjoint, in order: what later changes than the one that is looked at say all of
        for change in reversed(self.changes):
            start, end = change.start, change.end
            if change.what:
                made += subtract([(start, end, int(change.what == ESTIMATE))], said) if start < end else ()
            if start < end:
                first = bisect_left(said, start, key=itemgetter(1))
                last = bisect_right(said, end, key=itemgetter(0))
                said[first:last] = union([*said[first:last], (start, end)])
            elif change.what and (start, end) not in moments and subtract([(start, end, 0)], said):
                made.append((start, end, int(change.what == ESTIMATE)))
                moments.add((start, end))
        cuts = sorted(change.start for change in self.changes if not change.what and change.start == change.end)
        measured = subtract(cut(joined(yield_estimates(self.facts, looks)), cuts), said)
        return sorted(subtract([*(span for span in measured if span[:2] not in moments), *made], union(taken)))


def measured_near(database: Database, channel: str, since: int, until: int) -> dict[str, Measured]:
    """What is known of the measured time of a channel near [since, until), by format.

    "Near" is wide enough to have all facts of every session that overlaps [since, until).
    """
    rows = database.rows(
        f'{_NOTED} WHERE channel = ? AND start < ? AND "end" >= ? '
        f"AND format NOT IN ({', '.join('?' * len(RECORDED))}) ORDER BY action",
        (channel, until + LONGEST_SESSION, since - LONGEST_SESSION, *RECORDED),
    )
    noted = [_NotedFact._make(row) for row in rows]
    latest = {(fact.format, fact.key): fact for fact in noted if not is_removal(fact.format) and not fact.is_undone}
    by_format: dict[str, Measured] = {}
    for fact in latest.values():
        if fact.estimated != imported_facts.GONE:
            facts = by_format.setdefault(fact.format, Measured([], [])).facts
            facts.append((fact.start, fact.end, fact.estimated))
    for change in in_force(_changes(database, [fact for fact in noted if is_removal(fact.format)])):
        by_format.setdefault(change.format, Measured([], [])).changes.append(change)
    return by_format


def changes_by_people(database: Database) -> dict[int, PersonsChange]:
    """The last state of everything that a person ever made of measured time, by key.

    Undo of the step that did it reverses it. Undo of a merge does not: the next merge brings it again.
    """
    rows = database.rows(f"{_NOTED} WHERE NOT {IS_READ} ORDER BY action")
    return _changes(database, [_NotedFact._make(row) for row in rows])


def in_force(changes: Mapping[int, PersonsChange]) -> list[PersonsChange]:
    """Those of these changes that were not taken back, in the order in which they count, on every machine."""
    standing = [(key, change) for key, change in changes.items() if change.at >= 0]
    # What was taken away comes before what was made of it, and moments come after what they are in.
    standing.sort(key=lambda item: (item[1].at, item[1].what != "", item[1].start - item[1].end, item[0]))
    return [change for _key, change in standing]


class _NotedFact(Record):
    """A row of the table of facts, and whether its step was undone. Of a person's change, `estimated` is when."""

    action: int
    key: int
    format: str
    channel: str
    start: int
    end: int
    estimated: int
    is_undone: int


def _changes(database: Database, noted: Sequence[_NotedFact]) -> dict[int, PersonsChange]:
    """The last state of changes by persons by key, from the facts that note them, by action."""
    results: dict[int, PersonsChange] = {}
    steps = {fact.action for fact in noted}
    played = {step: at for step, at in plays(database).items() if step in steps and not is_merge(database, step)}
    for fact in noted:
        at = fact.estimated
        if fact.action in played:
            stands = (at >= 0) != fact.is_undone
            at = played[fact.action] if stands else -played[fact.action]
        elif fact.is_undone:
            continue
        name = fact.format.removeprefix(imported_facts.REMOVED)
        what = next((what for what in (SESSION, ESTIMATE) if name.endswith(what)), "")
        known = results.get(fact.key)
        if fact.start <= fact.end and (known is None or abs(at) >= abs(known.at)):
            results[fact.key] = PersonsChange(name.removesuffix(what), what, fact.channel, fact.start, fact.end, at)
    return results


def plays(database: Database) -> dict[int, int]:
    """By step, when it was last undone or done again, in UTC milliseconds."""
    return dict(
        database.rows(
            "SELECT target, coalesce(change.at, action.at * 1000) FROM action LEFT JOIN change "
            "ON change.id = action.last WHERE target IS NOT NULL ORDER BY action.id"
        )
    )


def looks_of(near: Mapping[str, Measured], format: str) -> list[Interval]:
    """What other formats measured, to which the estimates of `format` yield."""
    if format not in ESTIMATED:
        return []
    return [span[:2] for other, known in near.items() if other not in ESTIMATED for span in known.facts]


def note_changes(database: Database, step: int, first: int, last: int | None = None) -> None:
    """Note in the undo step `step` what a person made of measured time, so that merges carry it to other files.

    That is the difference between the sessions that are there and those that the facts make, near the measured sessions
    that the changes from the number `first` on (to `last`) moved, cut or deleted. Of at most _MOST_MOVED sessions: each
    takes a search, and the next command waits for it.
    """
    from json import loads

    moved = database.rows(
        "SELECT row, before FROM change LEFT JOIN session ON session.id = row WHERE change.id BETWEEN ? AND ? "
        'AND "table" = \'session\' AND before IS NOT NULL AND (channel, start, "end") IS NOT '
        "(json_extract(before, '$.channel'), json_extract(before, '$.start'), json_extract(before, '$.end')) LIMIT ?",
        (first, database.log_position() if last is None else last, _MOST_MOVED),
    )
    images = [Session(**loads(image)) for _row, image in moved]
    now = [session for row in dict(moved) if (session := session_table.find(database, row))]
    by_channel: dict[str, list[Session]] = {}
    for session in (*images, *now):
        if session.source not in BY_PEOPLE and session.end is not None:
            by_channel.setdefault(session.channel, []).append(session)
    formats: dict[str, str] = {}
    for channel, changed in by_channel.items():
        windows = union((session.start - GAP, (session.end or 0) + GAP + 1) for session in changed)
        here = _Here(database, channel, windows[0][0], windows[-1][1], formats)
        for format in {here.find_format(session): None for session in changed}:
            _note_format(database, step, here, format, windows)


def note_edited(database: Database, step: int, format: str, edited: Iterable[tuple[str, Interval]]) -> None:
    """Note in the import `step` how the sessions differ from the facts, by channel, where a person changed them."""
    by_channel: dict[str, list[Interval]] = {}
    for channel, (start, end) in edited:
        by_channel.setdefault(channel, []).append((start - GAP, end + GAP + 1))
    for channel, spans in by_channel.items():
        windows = union(spans)
        _note_format(database, step, _Here(database, channel, windows[0][0], windows[-1][1]), format, windows)
        imported_facts.remember_import(database, step)


#: Where another program deleted or moved more sessions at once, only the time of so many is noted as taken away.
_MOST_MOVED = 5_000

#: How often the sessions of a time are noted until they are what the notes make: one may take the time of another.
_ROUNDS = 3


class _Here:
    """The measured time of a channel near [since, until): its facts by format, and its sessions."""

    def __init__(
        self, database: Database, channel: str, since: int, until: int, formats: dict[str, str] | None = None
    ) -> None:
        """`formats` are those of sessions by their source, as far as they were found."""
        self.channel = channel
        self.near = measured_near(database, channel, since, until)
        every = in_span(database, since - LONGEST_SESSION, until + LONGEST_SESSION, channel)
        finished = [session for session in every if session.end is not None and not is_nominal(session)]
        self.sessions = [session for session in finished if not is_recorded(session)]
        self._taken = [(session.start, session.end or 0) for session in finished if is_recorded(session)]
        self._database = database
        self._formats = {} if formats is None else formats

    def find_format(self, session: Session) -> str:
        """The format of which the facts make the sessions of this one's source.

        A browser's history is one format whatever the browser is called. Where two formats have facts of this time, the
        one that is shown as another session is not meant.
        """
        source = session.source
        if source not in self._formats:
            is_format = source in self.near or self._database.row(
                "SELECT 1 FROM imported_fact WHERE format = ? LIMIT 1", (source,)
            )
            formats = [] if is_format else self._formats_at(session)
            if not is_format and not formats:
                return source
            self._formats[source] = source if is_format else formats[0]
        return self._formats[source]

    def _formats_at(self, session: Session) -> list[str]:
        """The formats that know of the time of a session, those first that are not shown as another one."""

        def touches(start: int, end: int) -> bool:
            return start <= (session.end or session.start) and end >= session.start

        shown = {other.source for other in self.sessions if touches(other.start, other.end or 0)}
        formats = [
            format
            for format, known in self.near.items()
            if any(touches(*fact[:2]) for fact in known.facts) or any(touches(*change.span) for change in known.changes)
        ]
        return sorted(formats, key=lambda format: (format in shown, format))

    def of(self, format: str) -> list[Session]:
        """The sessions that the facts of a format make."""
        return [session for session in self.sessions if self.find_format(session) == format]

    def shape(self, format: str) -> list[MeasuredInterval]:
        """The sessions that the facts of a format are to make."""
        return self.near[format].shape(self._taken, looks_of(self.near, format)) if format in self.near else []


def _span_of(session: Session) -> MeasuredInterval:
    return session.start, session.end or session.start, int(session.estimated)


def _note_format(database: Database, step: int, here: _Here, format: str, windows: Sequence[Interval]) -> None:
    """Note in a step how the sessions of a format differ, in `windows` of time, from what its facts make.

    What is noted can show or hide other measured time: so it is compared again, up to _ROUNDS times.
    """
    known = here.near.setdefault(format, Measured([], []))
    # Later than all that it is made of, whatever the clocks of other machines say.
    (at,) = database.row("SELECT at FROM change ORDER BY id DESC LIMIT 1")
    at = max([at, *(change.at + 1 for change in known.changes)])
    sessions = _touching(windows, map(_span_of, here.of(format)))
    for later in range(_ROUNDS):
        changes = {}
        for start, end, what in _differences(_touching(windows, here.shape(format)), sessions, windows):
            change = PersonsChange(format, what, here.channel, start, end, at + later)
            changes[change_key(change)] = change
        if not changes:
            break
        for key, change in changes.items():
            note_change(database, step, key, change)
        earlier = [change for change in known.changes if change_key(change) not in changes]
        known.changes[:] = [*earlier, *changes.values()]


def _touching(windows: Sequence[Interval], spans: Iterable[MeasuredInterval]) -> list[MeasuredInterval]:
    """The spans that have a second in one of the `windows`, which are disjoint and in order."""
    starts = [start for start, _end in windows]

    def touches(start: int, end: int) -> bool:
        last = bisect_right(starts, max(end - 1, start)) - 1  # the last window that begins before the span ends
        return last >= 0 and windows[last][1] > start

    return [span for span in spans if touches(*span[:2])]


def _differences(
    shape: Sequence[MeasuredInterval], sessions: Sequence[MeasuredInterval], windows: Sequence[Interval]
) -> list[tuple[int, int, str]]:
    """What a person made of the sessions `shape` if these `sessions` are there instead, as (start, end, what).

    First comes the time inside the `windows` where nothing is any more, then every session that is another one, the
    longest first. For `what` see PersonsChange.
    """
    spans = {span[:2] for span in sessions}
    missing = [span for span in shape if span[:2] not in spans]
    moments = [start for start, end, _estimated in missing if start == end]
    edges = [windows[0][0] - FOREVER, *chain.from_iterable(windows), windows[-1][1] + FOREVER]
    outside = list(zip(edges[::2], edges[1::2], strict=True))
    lost = subtract([(start, max(end, start + 1), 0) for start, end, _estimated in missing], union(spans))
    made = set(sessions).difference(shape)
    made.update(span for span in sessions for moment in moments if span[0] <= moment < span[1])
    return [
        *((start, end, "") for start, end, _estimated in subtract(lost, outside)),
        *(
            (start, end, ESTIMATE if estimated else SESSION)
            for start, end, estimated in sorted(made, key=lambda span: (span[0] - span[1], span))
        ),
    ]


def note_change(database: Database, step: int, key: int, change: PersonsChange) -> None:
    """Note in the undo step `step` what a person made of measured time, here or in another file."""
    database.change(
        'INSERT OR REPLACE INTO imported_fact(action, key, format, channel, start, "end", estimated) '
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (step, key, noted_format(change), change.channel, change.start, change.end, change.at),
    )


def noted_format(change: PersonsChange) -> str:
    """The format of the facts that note this change."""
    return imported_facts.REMOVED + change.format + change.what


def change_key(change: PersonsChange) -> int:
    """The key of a change, of 64 bits: the same on every machine."""
    from hashlib import blake2b

    place = (change.format + change.what, change.channel, change.start, change.end)
    return int.from_bytes(blake2b(repr(place).encode(), digest_size=8).digest(), "big", signed=True)


def reshape(
    database: Database,
    format: str,
    channel: str,
    spans: Sequence[Interval],
    place_of: Callable[[MeasuredInterval], tuple[str, str]],
) -> tuple[int, int]:
    """Let the measured sessions of a format and channel be as its facts make them, where they touch `spans` (by start).

    Inside an undo step. Returns how many sessions were other ones before, and how many are other ones now. `place_of`
    tells the source and the zone of sessions where none was.
    """

    def in_reach(spans: Iterable[MeasuredInterval]) -> list[MeasuredInterval]:
        return [span for span in spans if subtract([span], reach) != [span]]

    def overlap(span: MeasuredInterval, session: Session) -> int:
        return min(span[1], session.end or 0) - max(span[0], session.start) + 1

    here = _Here(database, channel, spans[0][0], max(end for _start, end in spans))
    shape = here.shape(format)
    by_span = {_span_of(session): session for session in here.of(format)}
    reach = union((start - 1, end + 1) for start, end in spans)
    # A session may touch a fact that touches another session: so each widens what is looked at, and the first again.
    for touched in (by_span, shape, by_span):
        reach = union((start - 1, end + 1) for start, end, *_estimated in (*reach, *in_reach(touched)))
    wanted = {(start, end, int(estimated > 0)) for start, end, estimated in in_reach(shape)}
    before = [by_span[span] for span in in_reach(by_span) if span not in wanted]
    after = sorted(wanted.difference(by_span))
    replaced: dict[MeasuredInterval, list[Session]] = {span: [] for span in after}
    for session in before:
        best = max(after, key=lambda span: overlap(span, session), default=None)
        if best and overlap(best, session) > 0:
            replaced[best].append(session)
        else:
            database.delete("session", session.id)
    for span, sessions in replaced.items():
        start, end, estimated = span
        template = sessions[0] if sessions else max(before, key=lambda other: overlap(span, other), default=None)
        if not template or overlap(span, template) <= 0:
            source, zone = place_of(span)
            database.ensure_zone(zone)
            template = Session(0, channel, 0, 0, zone, source=source)
        made = with_words(template, sessions[1:])._replace(start=start, end=end, estimated=estimated > 0)
        if sessions:
            database.update("session", made)
        else:
            database.insert("session", made)
        for session in sessions[1:]:
            database.delete("session", session.id)
    return len(before), len(after)


def changed_time(database: Database) -> dict[tuple[str, str], list[Interval]]:
    """By format and channel the measured time of which a person said what is there, in no order."""
    changed: dict[tuple[str, str], list[Interval]] = {}
    for change in in_force(changes_by_people(database)):
        changed.setdefault((change.format, change.channel), []).append(change.span)
    return changed


def keep_changes(database: Database, last: int) -> None:
    """Keep what undo and redo did with changes of measured time, for merges, when the steps up to `last` are forgotten.

    Inside a transaction.
    """
    played = plays(database)
    steps = database.rows(
        "SELECT DISTINCT action.id, state FROM imported_fact JOIN action ON action.id = imported_fact.action "
        f"WHERE action.id <= ? AND NOT {IS_READ}",
        (last,),
    )
    for action, state in steps:
        if action not in played or is_merge(database, action):
            continue
        if state == "done":
            set_, at = "", played[action]
        else:  # no step has this number: it is not undone, and everything else is later
            set_, at = "action = 0,", -played[action]
        database.change(
            f"UPDATE OR REPLACE imported_fact SET {set_} estimated = ? * iif(estimated < 0, -1, 1) "
            f"WHERE action = ? AND NOT {IS_READ}",
            (at, action),
        )


def by_people(database: Database) -> Callable[[int], bool]:
    """A function that says whether a change, by its number, is neither of an import nor of the undo or redo of one.

    The step of an import is automatic, or has the mark of an import, or noted facts and nothing of a person's.
    """

    def has_fact(condition: str) -> str:
        return f"EXISTS (SELECT 1 FROM imported_fact WHERE imported_fact.action = action.id AND {condition})"

    has_mark, has_read, has_persons = map(has_fact, (f"format = '{IMPORT}'", IS_READ, f"NOT {IS_READ}"))
    is_import = f"source IS NOT NULL OR {has_mark} OR ({has_read} AND NOT {has_persons})"
    changes_of_imports = database.rows(
        f"WITH imports AS (SELECT id FROM action WHERE {is_import}) SELECT first, last FROM action "
        "WHERE id IN (SELECT id FROM imports) OR target IN (SELECT id FROM imports) ORDER BY first"
    )
    firsts = [first for first, _last in changes_of_imports]

    def is_by_people(change: int) -> bool:
        index = bisect_right(firsts, change) - 1
        return index < 0 or change > changes_of_imports[index][1]

    return is_by_people


def restore_imported(database: Database, released: Iterable[Session]) -> None:
    """Show what was measured in the time of records that were deleted, moved or shortened, as far as that is free now
    and nobody took it away before.

    `released` are the records as they were before. Inside an undo step.
    """
    for session in released:
        if session.end is None or not is_recorded(session) or is_nominal(session):
            continue
        near = measured_near(database, session.channel, session.start, session.end)
        if not near:
            continue
        others = [
            other
            for other in in_span(database, session.start, session.end, session.channel)
            if other.end is not None and not is_nominal(other)
        ]
        covered = [(other.start, other.end or other.start) for other in others]
        moments = {start for start, end in covered if start == end}
        covered += [(session.start - FOREVER, session.start), (session.end, session.end + FOREVER)]
        recorded = [(other.start, other.end or other.start) for other in others if is_recorded(other)]
        for format, measured in near.items():
            template = Session(0, session.channel, 0, 0, session.zone, source=format)
            for whole in measured.shape(recorded, looks_of(near, format)):
                for part in subtract([whole], union(covered)):
                    if part[0] not in moments or part[0] < part[1]:
                        _restore(database, template, part, whole[:2])


def _restore(database: Database, template: Session, part: MeasuredInterval, whole: Interval) -> None:
    """Write a part of the measured session `whole`, joined with the sessions that are left of it on either side."""
    start, end, estimated = part
    neighbours = [
        other
        for other in in_span(database, max(start - 1, whole[0]), min(end, whole[1]) + 1, template.channel)
        if not is_recorded(other)
        and start < end
        and ((other.end == start and other.start >= whole[0]) or (other.start == end and (other.end or 0) <= whole[1]))
    ]
    # Two devices may have been cut at the same second; one history may have been read under two names.
    neighbours = [other for other in neighbours if other.source == template.source] or neighbours
    if not neighbours:
        database.insert("session", template._replace(start=start, end=end, estimated=estimated > 0))
        return
    first, last = neighbours[0], neighbours[-1]
    session = with_words(first, neighbours[1:])._replace(start=min(start, first.start))
    if last.start == end:
        session = session._replace(end=last.end, estimated=last.estimated)
    else:
        session = session._replace(end=end, estimated=estimated > 0)
    for other in neighbours[1:]:
        database.delete("session", other.id)
    database.update("session", session)
