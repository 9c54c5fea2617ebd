"""The last touch: the session that an outcome is attributed to while the user has not named a channel.

With a person it is the last session with that person which ended at most 90 days before the outcome. Without a person,
or where there is no such session, it is the last session on a social channel or in person which ended at most 24 hours
before. Sessions are ordered by their end; one that was going on at the outcome, or still runs, ends at that instant; of
several the one that began last counts.

The result is stored with the outcome. When sessions are added, changed or deleted, or the kind of a channel changes,
`follow` computes it again as part of the same undo step. A result that an earlier version of the rule stored, and that
this one would not give, stays until a session with that person changes.
"""

from __future__ import annotations

from bisect import bisect_right

from tracker.domain.models import FOREVER, LONGEST_SESSION, WITH_ANYBODY, WITH_PERSON, Reattributed, Touch
from tracker.domain.text import as_json, same_name
from tracker.formatting.text import channel_word, counted
from tracker.locale import _
from tracker.storage.overlaps import union
from tracker.storage.person_names import IS_PERSON, spellings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from tracker.storage.database import Database
    from tracker.storage.overlaps import Interval

    #: Of a session: channel, start, end (FOREVER while it runs), and the key of the person's name.
    _Place = tuple[str, int, int, str]


#: The running session is queried separately: it may have begun before the range that is searched by start.
_LAST = """
    SELECT channel, start, "end" FROM (
        SELECT id, channel, start, "end" FROM session
        WHERE {which} AND start BETWEEN :at - :reach - :longest AND :at AND "end" >= :at - :reach
        UNION ALL
        SELECT id, channel, start, "end" FROM session INDEXED BY one_session_runs
        WHERE {which} AND "end" IS NULL AND start <= :at
    ) ORDER BY min(coalesce("end", :at), :at) DESC, start DESC, id DESC LIMIT 1
"""
_PERSON = IS_PERSON.format(":person")
_ANYBODY = "channel IN (SELECT name FROM channel WHERE kind IN ('social', 'in_person'))"
_OF_PERSON, _OF_ANYBODY = _LAST.format(which=_PERSON), _LAST.format(which=_ANYBODY)

#: The times of the first and the last outcome (two queries, which the index by time answers without a scan), the
#: channels, a line each, on which any session touches, whoever it was with, and whether a step changed channels.
_WITHIN_REACH = (
    "SELECT (SELECT min(at) FROM outcome), (SELECT max(at) FROM outcome), "
    "(SELECT group_concat(name, char(10)) FROM channel WHERE kind IN ('social', 'in_person')), "
    "EXISTS (SELECT 1 FROM change WHERE id >= ? AND \"table\" = 'channel')"
)

#: The sessions that a step changed in channel, time or person: (channel, start, end, person) before and now. Of added
#: sessions only those within reach of an outcome. A session whose channel was only renamed (`renamed`: `old\nnew`) did
#: not change.
_CHANGED = """
    SELECT json_extract(before, '$.channel'), json_extract(before, '$.start'), json_extract(before, '$.end'),
        json_extract(before, '$.person'), session.channel, session.start, session."end", session.person
    FROM change LEFT JOIN session ON session.id = change.row
    WHERE change.id >= :first AND "table" = 'session' AND CASE WHEN before IS NULL
        THEN start <= :last AND coalesce("end", :ever) >= :earliest - :with_person
        ELSE (session.start, session."end", session.person) IS NOT (
            json_extract(before, '$.start'), json_extract(before, '$.end'), json_extract(before, '$.person')
        ) OR session.channel <> json_extract(before, '$.channel') AND json_extract(before, '$.channel') || char(10)
            || session.channel NOT IN (SELECT value FROM json_each(:renamed))
        END
"""

#: The sessions of channels whose kind a step changed, where an outcome is within their reach.
_OF_CHANNELS = """
    SELECT NULL, NULL, NULL, NULL, channel, start, "end", person FROM session
        WHERE channel IN (SELECT value FROM json_each(:channels))
        AND start <= :last AND coalesce("end", :ever) >= :earliest - :with_anybody
"""


def last_touch(database: Database, at: int, person: str | None) -> Touch | None:
    """The session that an outcome at the instant `at` is attributed to."""
    values: dict[str, Any] = {"at": at, "longest": LONGEST_SESSION}
    if person:
        values["person"] = spellings(database, person)
        row = database.row(_OF_PERSON, values | {"reach": WITH_PERSON})
        if row:
            return Touch._make((*row, person))
    row = database.row(_OF_ANYBODY, values | {"reach": WITH_ANYBODY})
    return Touch._make((*row, None)) if row else None


def attributed(database: Database, at: int, person: str | None) -> tuple[str | None, str]:
    """(channel, attribution) of an outcome for which the user named no channel."""
    touch = last_touch(database, at, person)
    return (touch.channel, "last touch") if touch else (None, "unknown")


def follow(database: Database, first: int) -> list[Reattributed]:
    """Attribute outcomes again after the changes from the one with the id `first` on. Inside an undo step.

    Only outcomes within reach of the changed sessions are looked at, and none whose channel the user chose. Returns
    those that have another channel now.
    """
    earliest, last, touching, changes_channels = database.row(_WITHIN_REACH, (first,))
    if earliest is None:
        return []
    kinds, renamed = _changed_channels(database, first) if changes_channels else (set(), {})
    touching = kinds | set((touching or "").split("\n"))
    changed = _ChangedSessions(database, first, (earliest, last), touching, kinds, renamed)
    span = changed.span()
    if span is None:
        return []
    results = []
    for id, kind, at, person, channel, attribution in database.rows(
        "SELECT id, kind, at, person, channel, attribution FROM outcome WHERE attribution <> 'user' "
        "AND at BETWEEN ? AND ? ORDER BY at, id",
        span,
    ):
        by_person = changed.reach_with_person(at, person)
        if not by_person and not _is_within(changed.anybody, at):
            continue
        now = attributed(database, at, person)
        if now != (channel, attribution) and (
            by_person or not changed.was_found_by_old_rule(database, at, person, channel)
        ):
            results.append((Reattributed(id, kind, now[0]), now))
    for outcome, now in results:
        database.change("UPDATE outcome SET channel = ?, attribution = ? WHERE id = ?", (*now, outcome.id))
    return [outcome for outcome, _now in results]


_several = counted("the channel of {n} result changed as well", "the channels of {n} results changed as well")


def say_reattributed(
    outcomes: Sequence[Reattributed], *, lasting: bool = False, title: Callable[[str], str] | None = None
) -> str:
    """`prospect o3 is via linkedin now`; of more than two only how many; empty for none.

    A `lasting` sentence stays true in the history, after something else was done: `prospect o3 via linkedin`. With the
    `title` of a channel it speaks as the screens, which show no ids: `the prospect is now via LinkedIn`.
    """
    if len(outcomes) > 2:
        return _several(len(outcomes))
    sentences = []
    for outcome in outcomes:
        channel = (title or channel_word)(outcome.channel) if outcome.channel else None
        if title:
            says = _("the {kind} is now via {channel}") if channel else _("the {kind} has no channel any more")
        elif lasting:
            says = _("{kind} {id} via {channel}") if outcome.channel else _("{kind} {id} without a channel")
        else:
            says = _("{kind} {id} is via {channel} now") if outcome.channel else _("{kind} {id} has no channel now")
        sentences.append(says.format(kind=_(outcome.kind), id=f"o{outcome.id}", channel=channel))
    return _("; ").join(sentences)


class _ChangedSessions:
    """The sessions that a step changed, and which outcomes are within their reach."""

    def __init__(
        self,
        database: Database,
        first: int,
        outcomes: Interval,
        touching: set[str],
        kinds: set[str],
        renamed: dict[str, str],
    ) -> None:
        values: dict[str, Any] = {"first": first, "earliest": outcomes[0], "last": outcomes[1], "ever": FOREVER}
        values |= {"with_person": WITH_PERSON, "with_anybody": WITH_ANYBODY}
        pairs = as_json([f"{old}\n{new}" for old, new in renamed.items()]) if renamed else "[]"
        rows = database.rows(_CHANGED, values | {"renamed": pairs})
        if kinds:
            rows += database.rows(_OF_CHANNELS, values | {"channels": as_json(sorted(kinds))})
        self._touching = touching
        #: Each session as it was and as it is.
        self._places: list[_Place] = []
        for old_channel, *old, channel, start, end, person in rows:
            if old_channel is not None:
                self._places.append(_place(renamed.get(old_channel, old_channel), *old))
            if channel is not None:
                self._places.append(_place(channel, start, end, person))
        #: When an outcome may have had a changed session with anybody as its last touch.
        self.anybody = union(
            (start, end + WITH_ANYBODY) for channel, start, end, _key in self._places if channel in self._touching
        )
        persons: dict[str, list[Interval]] = {}
        for _channel, start, end, key in self._places:
            if key:
                persons.setdefault(key, []).append((start, end + WITH_PERSON))
        self._persons = {key: union(intervals) for key, intervals in persons.items()}

    def span(self) -> Interval | None:
        """From the first to the last instant within reach; None where nothing is."""
        reaches = [*self.anybody, *(interval for intervals in self._persons.values() for interval in intervals)]
        return (min(start for start, _end in reaches), max(end for _start, end in reaches)) if reaches else None

    def reach_with_person(self, at: int, person: str | None) -> bool:
        """Whether a changed session with this person could be the last touch of an outcome at that instant."""
        return bool(person) and _is_within(self._persons.get(same_name(person or ""), ()), at)

    def was_found_by_old_rule(self, database: Database, at: int, person: str | None, channel: str | None) -> bool:
        """Whether an outcome has its channel from an earlier version: from that person, however long before."""
        if not person or not channel:
            return False
        key = same_name(person)
        values = {"at": at, "channel": channel, "person": spellings(database, person), "longest": LONGEST_SESSION}
        met = f"SELECT 1 FROM session WHERE {_PERSON} AND channel = :channel AND start <= :at LIMIT 1"
        if not database.row(met, values):
            return False
        for where, reach in ((_PERSON, WITH_PERSON), (_ANYBODY, WITH_ANYBODY)):
            sql = _LAST.format(which=f"channel = :channel AND {where}")
            if database.row(sql, values | {"reach": reach}):
                return False
        return not any(
            other == channel
            and start <= at
            and (
                (at <= end + WITH_ANYBODY and other in self._touching) or (at <= end + WITH_PERSON and with_key == key)
            )
            for other, start, end, with_key in self._places
        )


def _place(channel: str, start: int, end: int | None, person: str | None) -> _Place:
    return channel, start, FOREVER if end is None else end, same_name(person or "")


def _is_within(intervals: Sequence[Interval], at: int) -> bool:
    index = bisect_right(intervals, at, key=lambda interval: interval[0])
    return index > 0 and at <= intervals[index - 1][1]


def _changed_channels(database: Database, first: int) -> tuple[set[str], dict[str, str]]:
    """The channels whose kind a step changed, and new names by the old ones of renamed channels."""
    rows = database.rows(
        "SELECT row, json_extract(before, '$.name'), json_extract(before, '$.kind'), name, kind FROM change "
        "LEFT JOIN channel ON channel.id = change.row WHERE change.id >= ? AND \"table\" = 'channel' "
        "ORDER BY change.id",
        (first,),
    )
    kind_before: dict[int, str | None] = {}
    kinds: set[str] = set()
    had_name: dict[str, set[int]] = {}
    renamed: dict[str, str] = {}
    for id, old, old_kind, name, kind in rows:
        if kind_before.setdefault(id, old_kind) != kind:
            kinds.add(old if name is None else name)
        if old and name:
            had_name.setdefault(old, set()).add(id)
            if old != name:
                renamed[old] = name
    # Where two channels had one name, it is unknown whose a session was: it counts as changed.
    return kinds, {old: name for old, name in renamed.items() if len(had_name[old]) == 1}
