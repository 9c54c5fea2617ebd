"""The last touch: the session that an outcome is attributed to while the user has not named a channel.

With a person it is the last session with them that ended at most 90 days before the outcome; without a person, or
where there is no such session, the last one on a social channel or in person that ended at most 24 hours before.
Sessions are ordered by their end. One that was going on at the outcome, or still runs, touches in that very moment; of
several the one that began last counts.

What is stored with an outcome is what this rule finds. When sessions come, change or go, or the kind of a channel
changes, `follow` looks again, as a part of the same step; undo and redo put back what was stored. What the rule of an
earlier version found, and this one does not, stays until a session with that person changes.
"""

from __future__ import annotations

from bisect import bisect_right

from tracker.calendar.zones import DAY
from tracker.domain.models import LONGEST_SESSION
from tracker.domain.record import Record
from tracker.domain.text import as_json, same_name
from tracker.locale import _, ngettext
from tracker.storage.spans import united

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import Any

    from tracker.storage.file import Journal
    from tracker.storage.spans import Interval

    #: A session's channel, start, end, and the name of who it was with.
    _Place = tuple[str, int, int, str]

#: How long before the outcome, in seconds, a session may have ended: with the outcome's person, and any other.
WITH_PERSON, WITH_ANYBODY = 90 * DAY, DAY

#: Later than any session ends.
_EVER = 1 << 40

#: `one_session_runs` is asked apart: what runs may have begun longer ago than the index on start is searched.
_LAST = """
    SELECT channel, start, "end" FROM (
        SELECT id, channel, start, "end" FROM session
        WHERE {which} AND start BETWEEN :at - :reach - :longest AND :at AND "end" >= :at - :reach
        UNION ALL
        SELECT id, channel, start, "end" FROM session INDEXED BY one_session_runs
        WHERE {which} AND "end" IS NULL AND start <= :at
    ) ORDER BY min(coalesce("end", :at), :at) DESC, start DESC, id DESC LIMIT 1
"""
_PERSON = "person COLLATE NOCASE IN (SELECT value FROM json_each(:person))"
_ANYBODY = "channel IN (SELECT name FROM channel WHERE kind IN ('social', 'in_person'))"
_OF_PERSON, _OF_ANYBODY = _LAST.format(which=_PERSON), _LAST.format(which=_ANYBODY)

#: The kinds of channels on which any session touches, whoever it was with.
_TOUCHING = ("social", "in_person")

#: Between what instants outcomes are: two questions, which the index by time answers without a scan.
_FOLLOWING = "SELECT (SELECT min(at) FROM outcome), (SELECT max(at) FROM outcome)"

#: What a step changed of sessions in what a touch is found by, with what is there now; of those that it added only
#: what reaches that far. A session that has the new name of its channel is as it was (`renamed`: `old\nnew`).
_CHANGED = """
    SELECT before, session.channel, session.start, session."end", session.person
    FROM change LEFT JOIN session ON session.id = change.row
    WHERE change.id >= :first AND "table" = 'session' AND CASE WHEN before IS NULL
        THEN start <= :last AND coalesce("end", :ever) >= :earliest - :with_person
        ELSE (session.start, session."end", session.person) IS NOT (
            json_extract(before, '$.start'), json_extract(before, '$.end'), json_extract(before, '$.person')
        ) OR session.channel <> json_extract(before, '$.channel') AND json_extract(before, '$.channel') || char(10)
            || session.channel NOT IN (SELECT value FROM json_each(:renamed))
        END
"""

#: The sessions of channels whose kind a step changed, where they reach that far.
_OF_CHANNELS = """
    SELECT NULL, channel, start, "end", person FROM session WHERE channel IN (SELECT value FROM json_each(:channels))
        AND start <= :last AND coalesce("end", :ever) >= :earliest - :with_anybody
"""


class Touch(Record):
    """The session an outcome is attributed to when nobody says otherwise; `end` is None while it runs.

    `person` is set where the person was what it was found by.
    """

    channel: str
    start: int
    end: int | None
    person: str | None

    def gone(self, at: int) -> int:
        """How many seconds before the instant `at` it ended; 0 where it was going on."""
        return 0 if self.end is None else max(at - self.end, 0)


class Moved(Record):
    """An outcome whose channel followed its last touch; None: nothing is known of it any more."""

    id: int
    kind: str
    channel: str | None


def last_touch(journal: Journal, at: int, person: str | None) -> Touch | None:
    """The session that an outcome at the instant `at` is attributed to."""
    values: dict[str, Any] = {"at": at, "longest": LONGEST_SESSION}
    if person:
        from tracker.storage.people import spellings  # few outcomes name somebody

        values["person"] = spellings(journal, person)
        found = journal.cursor(_OF_PERSON, values | {"reach": WITH_PERSON}).fetchone()
        if found:
            return Touch._make((*found, person))
    found = journal.cursor(_OF_ANYBODY, values | {"reach": WITH_ANYBODY}).fetchone()
    return Touch._make((*found, None)) if found else None


def attributed(journal: Journal, at: int, person: str | None) -> tuple[str | None, str]:
    """(channel, attribution) of an outcome whose channel nobody named."""
    touch = last_touch(journal, at, person)
    return (touch.channel, "last touch") if touch else (None, "unknown")


class _Reach:
    """The changes of a step, and which outcomes lie within reach of the sessions that it changed."""

    def __init__(self, journal: Journal, first: int, earliest: int, last: int) -> None:
        kinds, self._renamed = _channels(journal, first)
        self._touching = kinds | {
            name for (name,) in journal.rows("SELECT name FROM channel WHERE kind IN (?, ?)", _TOUCHING)
        }
        #: (channel, start, end, person) of each, as it was and as it is; the person as names are compared.
        self._places = [
            place
            for before, *now in self._rows(journal, first, earliest, last, kinds)
            for place in (*self._before(before), *([self._place(*now)] if now[0] is not None else []))
        ]
        self._anybody = united(
            (start, end + WITH_ANYBODY) for channel, start, end, _who in self._places if channel in self._touching
        )
        persons: dict[str, list[Interval]] = {}
        for _channel, start, end, who in self._places:
            if who:
                persons.setdefault(who, []).append((start, end + WITH_PERSON))
        self._persons = {who: united(spans) for who, spans in persons.items()}

    def _rows(self, journal: Journal, first: int, earliest: int, last: int, kinds: Collection[str]) -> list[Any]:
        values: dict[str, Any] = {"first": first, "earliest": earliest, "last": last, "ever": _EVER}
        values |= {"with_person": WITH_PERSON, "with_anybody": WITH_ANYBODY}
        renamed = as_json([f"{old}\n{new}" for old, new in self._renamed.items()]) if self._renamed else "[]"
        rows = journal.cursor(_CHANGED, values | {"renamed": renamed}).fetchall()
        if kinds:
            rows += journal.cursor(_OF_CHANNELS, values | {"channels": as_json(sorted(kinds))}).fetchall()
        return rows

    def _before(self, image: str | None) -> list[_Place]:
        if image is None:
            return []
        import json

        was = json.loads(image)
        channel = self._renamed.get(was["channel"], was["channel"])
        return [self._place(channel, was["start"], was["end"], was["person"])]

    @staticmethod
    def _place(channel: str, start: int, end: int | None, person: str | None) -> _Place:
        return channel, start, _EVER if end is None else end, same_name(person or "")

    def span(self) -> Interval | None:
        """From the first to the last instant that is within reach; None where nothing is."""
        spans = [*self._anybody, *(span for spans in self._persons.values() for span in spans)]
        return (min(start for start, _end in spans), max(end for _start, end in spans)) if spans else None

    def of_person(self, at: int, person: str | None) -> bool:
        """Whether a changed session with this person could be the last touch of an outcome at that instant."""
        return bool(person) and _is_within(self._persons.get(same_name(person or ""), ()), at)

    def of_anybody(self, at: int) -> bool:
        """Whether a changed session could be so whoever it was with."""
        return _is_within(self._anybody, at)

    def found_otherwise(self, journal: Journal, at: int, person: str | None, channel: str | None) -> bool:
        """Whether an outcome got its channel as earlier versions found it: by that person, however long before."""
        if not person or not channel:
            return False
        from tracker.storage.people import spellings

        who = same_name(person)
        values = {"at": at, "channel": channel, "person": spellings(journal, person), "longest": LONGEST_SESSION}
        met = f"SELECT 1 FROM session WHERE {_PERSON} AND channel = :channel AND start <= :at LIMIT 1"
        if not journal.cursor(met, values).fetchone():
            return False
        for where, reach in ((_PERSON, WITH_PERSON), (_ANYBODY, WITH_ANYBODY)):
            sql = _LAST.format(which=f"channel = :channel AND {where}")
            if journal.cursor(sql, values | {"reach": reach}).fetchone():
                return False
        return not any(
            there == channel
            and start <= at
            and ((at <= end + WITH_ANYBODY and there in self._touching) or (at <= end + WITH_PERSON and whom == who))
            for there, start, end, whom in self._places
        )


def _is_within(spans: Sequence[Interval], at: int) -> bool:
    place = bisect_right(spans, at, key=lambda span: span[0])
    return place > 0 and at <= spans[place - 1][1]


def _channels(journal: Journal, first: int) -> tuple[set[str], dict[str, str]]:
    """What a step changed of channels: the names of those whose kind is another one, and old names by the new one."""
    rows = journal.rows(
        "SELECT row, json_extract(before, '$.name'), json_extract(before, '$.kind'), name, kind FROM change "
        "LEFT JOIN channel ON channel.id = change.row WHERE change.id >= ? AND \"table\" = 'channel' "
        "ORDER BY change.id",
        (first,),
    )
    before: dict[int, str | None] = {}
    kinds: set[str] = set()
    had: dict[str, set[int]] = {}
    renamed: dict[str, str] = {}
    for id, old, old_kind, name, kind in rows:
        if before.setdefault(id, old_kind) != kind:
            kinds.add(old if name is None else name)
        if old and name:
            had.setdefault(old, set()).add(id)
            if old != name:
                renamed[old] = name
    # Where two channels had one name, nobody can tell whose session it was: it is looked at.
    return kinds, {old: name for old, name in renamed.items() if len(had[old]) == 1}


def follow(journal: Journal, first: int) -> list[Moved]:
    """Look for the touch of outcomes again, after the changes from the one with the id `first` on. Inside a step.

    Only outcomes within reach of the changed sessions are looked at, and none whose channel the user chose. Returns
    those whose channel is another one now.
    """
    earliest, last = journal.row(_FOLLOWING)
    if earliest is None:
        return []
    reach = _Reach(journal, first, earliest, last)
    span = reach.span()
    if span is None:
        return []
    found = []
    for id, kind, at, person, channel, attribution in journal.rows(
        "SELECT id, kind, at, person, channel, attribution FROM outcome WHERE attribution <> 'user' "
        "AND at BETWEEN ? AND ? ORDER BY at, id",
        span,
    ):
        of_person = reach.of_person(at, person)
        if not of_person and not reach.of_anybody(at):
            continue
        now = attributed(journal, at, person)
        if now != (channel, attribution) and (of_person or not reach.found_otherwise(journal, at, person, channel)):
            found.append((Moved(id, kind, now[0]), now))
    for moved, now in found:
        journal.change("UPDATE outcome SET channel = ?, attribution = ? WHERE id = ?", (*now, moved.id))
    return [moved for moved, _now in found]


def say_moved(moved: Sequence[Moved], *, lasting: bool = False) -> str:
    """`prospect o3 is via linkedin now`; of more than two only how many; nothing for none.

    A `lasting` sentence is true in a list of changes too, after something else was done: `prospect o3 via linkedin`.
    """
    if len(moved) > 2:
        return ngettext(
            "the channel of {n} outcome changed with it", "the channels of {n} outcomes changed with it", len(moved)
        ).format(n=len(moved))
    return _("; ").join(_say(one, lasting=lasting) for one in moved)


def _say(moved: Moved, *, lasting: bool) -> str:
    if lasting:
        says = _("{kind} {id} via {channel}") if moved.channel else _("{kind} {id} without a channel")
    else:
        says = _("{kind} {id} is via {channel} now") if moved.channel else _("{kind} {id} has no channel now")
    return says.format(kind=_(moved.kind), id=f"o{moved.id}", channel=moved.channel)
