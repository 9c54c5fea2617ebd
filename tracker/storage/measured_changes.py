"""What a person made of measured time: noted when it is done, and done again in another file by a merge.

It is noted as facts of the undo step that did it, of a format of their own: time that was removed, by deleting or
shortening a session or by putting it on another channel, and where a session was cut in two (such a fact has no length)
or two were joined. Time that a person added is a fact of the measuring format itself, with a note whose start is after
its end: where adding it is undone, that fact is gone, whatever else there is of its time. So the sessions follow from
the facts (`Measured.shape`); undo of the step takes the notes back, and merges carry them to other files.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING

from tracker.domain.models import BY_PEOPLE, FOREVER, LONGEST_SESSION, Session
from tracker.domain.record import Record
from tracker.storage import session_table
from tracker.storage.imported_facts import (
    GONE,
    IMPORT,
    IS_READ,
    REMOVED,
    STANDS,
    Measured,
    looks_of,
    measured_near,
    remember,
    remember_import,
)
from tracker.storage.overlaps import (
    GAP,
    Interval,
    MeasuredInterval,
    cut,
    is_nominal,
    is_recorded,
    subtract,
    union,
    with_words,
)
from tracker.storage.session_table import in_span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tracker.storage.database import Database


def note_changes(database: Database, step: int, before: Iterable[Session], after: Iterable[Session]) -> None:
    """Note in the undo step `step` what a person made of measured time, so that merges carry it to other files.

    `before` are the sessions before it, `after` what there is of them now. Those that were recorded do not matter. What
    is noted is the difference between the sessions that are there and those that the facts make: time that was removed,
    time that was added (as a fact), and where a session was cut in two or two were joined.
    """
    places = [
        {(one.placement, one.source): one for one in sessions if one.source not in BY_PEOPLE and one.end is not None}
        for sessions in (before, after)
    ]
    by_channel: dict[str, list[Session]] = {}
    for some, others in (places, reversed(places)):
        for key, session in some.items():
            if key not in others:
                by_channel.setdefault(session.channel, []).append(session)
    formats: dict[str, list[str]] = {}
    for channel, changed in by_channel.items():
        windows = union((session.start - GAP, (session.end or 0) + GAP + 1) for session in changed)
        here = _Here(database, channel, windows[0][0], windows[-1][1], formats)
        for source in {session.source: here.find_formats(session) for session in changed}:
            for place, format in enumerate(formats[source] or [source]):
                _note_format(database, step, here, format, windows, may_add=not place)


def note_edited(database: Database, step: int, format: str, edited: Iterable[tuple[str, Interval]]) -> None:
    """Note in the import `step` how the sessions differ from the facts, by channel, where a person changed them."""
    by_channel: dict[str, list[Interval]] = {}
    for channel, (start, end) in edited:
        by_channel.setdefault(channel, []).append((start - GAP, end + GAP + 1))
    for channel, spans in by_channel.items():
        windows = union(spans)
        here = _Here(database, channel, windows[0][0], windows[-1][1])
        _note_format(database, step, here, format, windows, may_add=True)
        remember_import(database, step)


class _Here:
    """The measured time of a channel near [since, until): its facts by format, and its sessions."""

    def __init__(
        self, database: Database, channel: str, since: int, until: int, formats: dict[str, list[str]] | None = None
    ) -> None:
        """`formats` are those of sessions by their source, as far as they were found."""
        self.channel = channel
        self.near = measured_near(database, channel, since, until)
        every = in_span(database, since - LONGEST_SESSION, until + LONGEST_SESSION, channel)
        finished = [session for session in every if session.end is not None and not is_nominal(session)]
        self.sessions = [session for session in finished if not is_recorded(session)]
        self._taken = [(session.start, session.end or 0) for session in finished if is_recorded(session)]
        self._formats = {} if formats is None else formats

    def find_formats(self, session: Session) -> list[str]:
        """The formats of which the facts make the sessions of this one's source.

        A browser's history is one format whatever the browser is called. Where two formats have facts of this time, the
        one that is shown as another session is not meant.
        """
        if not self._formats.get(session.source):
            end = session.end or session.start
            formats = [
                format
                for format, known in self.near.items()
                if any(fact[0] <= end and fact[1] >= session.start for fact in known.facts)
            ]
            others = {
                other.source for other in self.sessions if other.start <= end and (other.end or 0) >= session.start
            }
            unshown = [format for format in formats if format not in others - {session.source}]
            self._formats[session.source] = [session.source] if session.source in formats else unshown or formats
        return self._formats[session.source]

    def of(self, format: str) -> list[Session]:
        """The sessions that the facts of a format make."""
        return [session for session in self.sessions if format in (self.find_formats(session) or [session.source])]

    def shape(self, format: str) -> list[MeasuredInterval]:
        """The sessions that the facts of a format are to make."""
        return self.near[format].shape(self._taken, looks_of(self.near, format))


def _note_format(
    database: Database, step: int, here: _Here, format: str, windows: Sequence[Interval], *, may_add: bool
) -> None:
    """Note in a step, in `windows` of time, how the sessions of a format differ from what its facts make."""

    def note(start: int, end: int, sign: int) -> None:
        """Note that time was removed (`sign` is 1), or is there (-1). See `Removal`."""
        _add_fact(database, step, REMOVED, format, (here.channel, start, end), sign)

    def missing(spans: Iterable[MeasuredInterval], others: Iterable[MeasuredInterval]) -> list[Interval]:
        """The time in the windows that is in `spans` and not in `others`; a moment is one second."""
        spans_there = {span[:2] for span in others}
        rest = subtract([span for span in spans if span[:2] not in spans_there], union(spans_there))
        return union((start, max(end, start + 1)) for start, end, _estimated in subtract(rest, outside))

    known = here.near.setdefault(format, Measured([], [], []))
    edges = [windows[0][0] - FOREVER, *chain.from_iterable(windows), windows[-1][1] + FOREVER]
    outside = list(zip(edges[::2], edges[1::2], strict=True))
    sessions = [(one.start, one.end or one.start, int(one.estimated)) for one in here.of(format)]
    there = missing(sessions, here.shape(format)) if may_add else []
    for removed in [one for one in known.removed if subtract([(*one, 0)], there) != [(*one, 0)]]:
        known.removed.remove(removed)
        note(*removed, -1)
        for start, end, _estimated in subtract([(*removed, 0)], there):
            known.removed.append((start, end))
            note(start, end, 1)
    moments = {start for start, end, _estimated in sessions if start == end}
    for start, end in missing(sessions, here.shape(format)) if may_add else []:
        last = start if start in moments and end == start + 1 else end
        known.facts.append((start, last, 0))
        _add_fact(database, step, "", format, (here.channel, start, end), 0, last)
        note(end, start, -1)
    for at in [at for at in known.cuts if cut(sessions, [at]) != sessions]:
        known.cuts.remove(at)
        note(at, at, -1)
    shape = here.shape(format)
    for start, end in missing(shape, sessions):
        note(start, end, 1)
    starts = {start for start, _end, _estimated in sessions}
    for at in {end for _start, end, _estimated in sessions if end in starts}:
        if cut(shape, [at]) != shape and subtract([(at, at, 0)], outside):
            note(at, at, 1)


def _add_fact(
    database: Database,
    step: int,
    what: str,
    format: str,
    place: tuple[str, int, int],
    sign: int,
    last: int | None = None,
) -> None:
    """Add a fact of a change that a person just made, on a channel from a start to an end.

    `what` is REMOVED, or empty where time was added. In the place of an estimate stands `sign` times the instant of
    the change. `last` is the end of the fact where its key has another one: a moment that was added is noted as one
    second.
    """
    key = _change_key(format, *place) if what else added_key(format, *place)
    channel, start, end = place
    database.change(
        'INSERT OR REPLACE INTO imported_fact(action, key, format, channel, start, "end", estimated) '
        "VALUES (?, ?, ?, ?, ?, ?, ? * (SELECT at FROM change ORDER BY id DESC LIMIT 1))",
        (step, key, what + format, channel, start, end if last is None else last, sign),
    )


class Removal(Record):
    """Time [start, end) of a channel that a person removed from what `format` has measured, or that is there again.

    Where it has no length, a session was cut there, or is whole again. Where its start is after its end, that is time
    that was added, and `at` is negative while it is there. `at` is when, in UTC milliseconds: 0 where that is not
    known, negative for what is there again.
    """

    format: str
    channel: str
    start: int
    end: int
    at: int


def removals(database: Database) -> dict[int, Removal]:
    """The last state of everything that a person ever removed or cut, by key.

    Undo of the step that did it reverses it. Undo of a merge does not: the next merge brings it again.
    """
    played, brought = _plays(database), _merge_steps(database)
    results: dict[int, Removal] = {}
    for action, key, format, channel, start, end, at, is_undone in database.rows(
        'SELECT action, key, format, channel, start, "end", estimated, action IN '
        "(SELECT id FROM action WHERE state IN ('undone', 'dropped')) FROM imported_fact "
        f"WHERE NOT {IS_READ} ORDER BY action"
    ):
        if action not in brought and action in played:
            at = played[action] if (at < 0) == is_undone else -played[action]
        elif is_undone:
            continue
        if key not in results or abs(at) >= abs(results[key].at):
            results[key] = Removal(format.removeprefix(REMOVED), channel, start, end, at)
    return results


def added_key(format: str, channel: str, start: int, end: int) -> int:
    """The key of the fact of time that a person added."""
    return _change_key("added", format, channel, start, end)


def dropped(removals: Iterable[Removal]) -> dict[int, Removal]:
    """By the key of their facts, the additions among these that were undone."""
    return {
        added_key(one.format, one.channel, one.end, one.start): one
        for one in removals
        if one.at >= 0 and one.start > one.end
    }


def drop(database: Database, step: int, key: int, addition: Removal) -> None:
    """Let the fact of an addition that was undone elsewhere be gone, in the undo step `step`."""
    place = (addition.channel, addition.end, addition.start)
    remember(database, addition.format, step, [(key, *place, GONE)])


def removal_format(removal: Removal) -> str:
    """The format of the facts that note this time."""
    return REMOVED + removal.format


def remember_removal(database: Database, action: int, key: int, removal: Removal) -> None:
    """Note in the undo step `action`, which is an import, what another file says of time that was taken away."""
    facts = [(key, removal.channel, removal.start, removal.end, removal.at)]
    remember(database, removal_format(removal), action, facts)


def reshape(database: Database, format: str, channel: str, spans: Sequence[Interval], zone: str) -> tuple[int, int]:
    """Let the measured sessions of a format and channel be as its facts make them, where they touch `spans` (by start).

    Inside an undo step. Returns how many sessions were other ones before, and how many are other ones now. `zone` is
    that of sessions where none was.
    """

    def meeting(spans: Iterable[MeasuredInterval]) -> list[MeasuredInterval]:
        return [span for span in spans if subtract([span], around) != [span]]

    def overlap(span: MeasuredInterval, session: Session) -> int:
        return min(span[1], session.end or 0) - max(span[0], session.start) + 1

    here = _Here(database, channel, spans[0][0], max(end for _start, end in spans))
    shape, sessions = here.shape(format) if format in here.near else [], here.of(format)
    by_span = {(one.start, one.end or one.start, int(one.estimated)): one for one in sessions}
    around: list[Interval] = [*spans]
    for every in ((), by_span, shape, by_span):
        around = union((start - 1, end + 1) for start, end, *_rest in (*around, *meeting(every)))
    wanted = {(start, end, int(estimated > 0)) for start, end, estimated in meeting(shape)}
    before = [by_span[span] for span in meeting(by_span) if span not in wanted]
    after = sorted(wanted.difference(by_span))
    of_span: dict[MeasuredInterval, list[Session]] = {}
    for session in before:
        best = max(after, key=lambda span: overlap(span, session), default=None)
        if best and overlap(best, session) > 0:
            of_span.setdefault(best, []).append(session)
        else:
            database.delete("session", session.id)
    for span in after:
        start, end, estimated = span
        mine = of_span.get(span, ())
        template = mine[0] if mine else max(before, key=lambda session: overlap(span, session), default=None)
        if not template or overlap(span, template) <= 0:
            database.ensure_zone(zone)
            template = Session(0, channel, 0, 0, zone, source=format)
        made = with_words(template, mine[1:])._replace(start=start, end=end, estimated=estimated > 0)
        if mine:
            session_table.update(database, made)
        else:
            session_table.insert(database, made)
        for session in mine[1:]:
            database.delete("session", session.id)
    return len(before), len(after)


def removed_and_cut(database: Database) -> dict[tuple[str, str], tuple[list[Interval], list[int]]]:
    """By format and channel the measured time that a person removed, and the instants of cuts, in order."""
    rows = database.rows(
        'SELECT format, channel, start, "end" FROM (SELECT format, channel, start, "end", estimated, max(action) '
        f"FROM imported_fact WHERE NOT {IS_READ} AND {STANDS} GROUP BY key) WHERE estimated >= 0 ORDER BY start"
    )
    found: dict[tuple[str, str], tuple[list[Interval], list[int]]] = {}
    for format, channel, start, end in rows:
        removed, cuts = found.setdefault((format.removeprefix(REMOVED), channel), ([], []))
        if start < end:
            removed.append((start, end))
        elif start == end:
            cuts.append(start)
    return found


def keep_removals(database: Database, last: int) -> None:
    """Keep what undo and redo did with time that was taken away, for merges, when the steps up to `last` are forgotten.

    Inside a transaction.
    """
    played, brought = _plays(database), _merge_steps(database)
    steps = database.rows(
        "SELECT DISTINCT action.id, state FROM imported_fact JOIN action ON action.id = imported_fact.action "
        f"WHERE action.id <= ? AND NOT {IS_READ}",
        (last,),
    )
    for action, state in steps:
        if action in brought or action not in played:
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


def _plays(database: Database) -> dict[int, int]:
    """By step, when it was last undone or done again, in UTC milliseconds."""
    return dict(
        database.rows(
            "SELECT target, coalesce(change.at, action.at * 1000) FROM action LEFT JOIN change "
            "ON change.id = action.last WHERE target IS NOT NULL ORDER BY action.id"
        )
    )


def by_people(database: Database) -> Callable[[int], bool]:
    """Whether a change, by its number, is neither of an import nor of the undo or redo of one."""
    fact = "EXISTS (SELECT 1 FROM imported_fact WHERE action = some.id AND"
    imports = f"source IS NOT NULL OR {fact} {IS_READ}) AND NOT {fact} NOT {IS_READ}) OR {fact} format = '{IMPORT}')"
    spans = database.rows(
        f"WITH imports AS (SELECT id FROM action AS some WHERE {imports}) SELECT first, last FROM action "
        "WHERE id IN (SELECT id FROM imports) OR target IN (SELECT id FROM imports) ORDER BY first"
    )
    starts = [first for first, _last in spans]

    def is_by_people(change: int) -> bool:
        place = bisect_right(starts, change) - 1
        return place < 0 or change > spans[place][1]

    return is_by_people


def _merge_steps(database: Database) -> set[int]:
    """The steps that are imports, by `remember_import`."""
    rows = database.rows("SELECT action FROM imported_fact WHERE format = ?", (IMPORT,))
    return {action for (action,) in rows}


def _change_key(*values: object) -> int:
    """A key of 64 bits, the same on every machine."""
    from hashlib import blake2b

    return int.from_bytes(blake2b(repr(values).encode(), digest_size=8).digest(), "big", signed=True)
