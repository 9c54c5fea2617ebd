"""The last touch: the session that an outcome is attributed to while the user has not named a channel.

With a person it is the last session with them that ended at most 90 days before the outcome; without a person, or
where there is no such session, the last one on a social channel or in person that ended at most 24 hours before.
Sessions are ordered by their end. One that was going on at the outcome, or still runs, touches in that very moment; of
several the one that began last counts.

What is stored with an outcome is what this rule finds. When sessions come, change or go, `follow` looks again, as a
part of the same step.
"""

from __future__ import annotations

from tracker.locale import _, ngettext
from tracker.model import LONGEST_SESSION
from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from tracker.journal.file import Journal

DAY = 86_400

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
_OF_PERSON = _LAST.format(which="person = :person COLLATE NOCASE")
_OF_ANYBODY = _LAST.format(which="channel IN (SELECT name FROM channel WHERE kind IN ('social', 'in_person'))")

#: The sessions that a step changed in what a touch is found by, as they were and as they are. Nothing else of a step
#: that renames a channel changes any touch.
_CHANGED = """
    WITH changed AS (
        SELECT session.start, session."end", session.person FROM change JOIN session ON session.id = change.row
        WHERE change.id >= :first AND "table" = 'session' AND (before IS NULL OR {differs})
        UNION ALL
        SELECT json_extract(before, '$.start'), json_extract(before, '$.end'), json_extract(before, '$.person')
        FROM change LEFT JOIN session ON session.id = change.row
        WHERE change.id >= :first AND "table" = 'session' AND before IS NOT NULL AND {differs}
    ), span AS (SELECT min(start) AS lo, max(coalesce("end", :ever)) AS hi FROM changed)
    SELECT outcome.id, kind, at, person, channel, attribution FROM span
    JOIN outcome ON at >= lo AND at <= hi + :with_person
    WHERE attribution <> 'user'
        AND (at <= hi + :with_anybody OR person COLLATE NOCASE IN (SELECT person FROM changed))
    ORDER BY at, outcome.id
""".format(
    differs="""(session.channel, session.start, session."end", session.person) IS NOT (
        json_extract(before, '$.channel'), json_extract(before, '$.start'), json_extract(before, '$.end'),
        json_extract(before, '$.person'))"""
)

_ALL = """
    SELECT outcome.id, kind, at, person, channel, attribution FROM outcome
    WHERE attribution <> 'user' ORDER BY at, outcome.id
"""
#: Another kind makes a channel one that touches, or one that does not.
_OTHER_KIND = """
    SELECT 1 FROM change JOIN channel ON channel.rowid = change.row
    WHERE change.id >= ? AND "table" = 'channel' AND what = 'update' AND json_extract(before, '$.kind') IS NOT kind
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
        found = journal.cursor(_OF_PERSON, values | {"reach": WITH_PERSON, "person": person}).fetchone()
        if found:
            return Touch._make((*found, person))
    found = journal.cursor(_OF_ANYBODY, values | {"reach": WITH_ANYBODY}).fetchone()
    return Touch._make((*found, None)) if found else None


def attributed(journal: Journal, at: int, person: str | None) -> tuple[str | None, str]:
    """(channel, attribution) of an outcome whose channel nobody named."""
    touch = last_touch(journal, at, person)
    return (touch.channel, "last touch") if touch else (None, "unknown")


def follow(journal: Journal, first: int) -> list[Moved]:
    """Look for the touch of outcomes again, after the changes from the one with the id `first` on. Inside a step.

    Only outcomes within reach of the changed sessions are looked at (all of them where a channel's kind changed), and
    none whose channel the user chose. Returns those whose channel is another one now.
    """
    if not journal.row("SELECT 1 FROM outcome LIMIT 1"):
        return []
    if journal.row(_OTHER_KIND, (first,)):
        reached = journal.cursor(_ALL, {}).fetchall()
    elif _renames(journal, first):
        return []
    else:
        values = {"first": first, "ever": _EVER, "with_person": WITH_PERSON, "with_anybody": WITH_ANYBODY}
        reached = journal.cursor(_CHANGED, values).fetchall()
    moved = []
    for id, kind, at, person, channel, attribution in reached:
        now = attributed(journal, at, person)
        if now != (channel, attribution):
            journal.change("UPDATE outcome SET channel = ?, attribution = ? WHERE id = ?", (*now, id))
            moved.append(Moved(id, kind, now[0]))
    return moved


def _renames(journal: Journal, first: int) -> bool:
    """Whether a channel got another name: then its sessions and outcomes got it too, and nothing else changed."""
    sql = "SELECT 1 FROM change WHERE id >= ? AND \"table\" = 'channel' AND what = 'update' LIMIT 1"
    return journal.row(sql, (first,)) is not None


def say_moved(moved: Sequence[Moved]) -> str:
    """`prospect o3 is via linkedin now`; of more than two only how many; nothing for none."""
    if len(moved) > 2:
        return ngettext(
            "the channel of {n} outcome changed with it", "the channels of {n} outcomes changed with it", len(moved)
        ).format(n=len(moved))
    return _("; ").join(map(_say, moved))


def _say(moved: Moved) -> str:
    says = _("{kind} {id} is via {channel} now") if moved.channel else _("{kind} {id} has no channel now")
    return says.format(kind=_(moved.kind), id=f"o{moved.id}", channel=moved.channel)
