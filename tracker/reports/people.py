"""The bridge between the two worlds: a follower who became a call, a neighbour who became a follower.

Someone was met online (on a social or messaging channel) or in person (on an in-person channel, or on a ring). Their
first session on the other side crosses the bridge; nothing of it is stored, so putting the log right puts it right too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.locale import N_, _
from tracker.reports.values import Crossing
from tracker.storage import people

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.domain.models import Channel, Person, Session
    from tracker.storage import Journal

ONLINE = ("social", "messaging")
IN_PERSON = ("in_person",)

_FROM_RINGS = {
    "building": N_("from your building"),
    "street": N_("from your street"),
    "district": N_("from your district"),
    "city": N_("from your city"),
    "beyond": N_("from far away"),
}
_TO_TALKS = {"call": N_("to a call"), "video": N_("to a video call"), "meeting": N_("to a meeting")}


#: From the index session_by_person; only of the last talk with each the end is looked up.
_LAST_TALKS = """
    WITH talked AS (SELECT name FROM channel WHERE kind = 'in_person')
    SELECT last.person, last.channel, coalesce(last."end", ?)
    FROM (
        SELECT person, max(start) AS at FROM session WHERE person IS NOT NULL AND channel IN talked
        GROUP BY person COLLATE NOCASE
    ) AS known
    JOIN session AS last
        ON last.person = known.person COLLATE NOCASE AND last.start = known.at AND last.channel IN talked
    ORDER BY last.start
"""


def crossings(journal: Journal, sessions: Iterable[Session], channels: Mapping[str, Channel]) -> tuple[Crossing, ...]:
    """Those of the sessions in which someone was for the first time on the other side from where they were met."""
    found = (crossing(journal, session, channels) for session in sessions if session.person)
    return tuple(one for one in found if one)


def crossing(journal: Journal, session: Session, channels: Mapping[str, Channel]) -> Crossing | None:
    """What this session crossed, if it did."""
    side = _side(session.channel, channels)
    person = people.find(journal, session.person) if session.person and side else None
    if not person or not side or _met_on(person, channels) in (None, side):
        return None
    if people.first_on(journal, person.name, side) != session.id:
        return None
    return Crossing(session.id, person.name, person.met, person.met_ring, session.channel, side == IN_PERSON)


def say_crossing(found: Crossing, titles: Mapping[str, str]) -> str:
    """`Samia crossed the bridge: from LinkedIn to a call`.

    The way out is what the bridge is there for, so it is cheered; the way in is said as it is.
    """
    now = _TO_TALKS.get(found.channel)
    to = _(now) if now else _("to {channel}").format(channel=titles.get(found.channel, found.channel))
    says = _("{who} is a contact online too now: {met} {now}")
    if found.in_person:
        says = _("{who} crossed the bridge: {met} {now}")
    return says.format(who=found.person, met=say_met(found, titles), now=to)


def say_met(found: Crossing, titles: Mapping[str, str]) -> str:
    """`from LinkedIn`, `from your street`: where somebody who crossed comes from."""
    if found.met_ring:
        return _(_FROM_RINGS[found.met_ring])
    return _("from {channel}").format(channel=titles.get(found.met or "", found.met or ""))


class Talk(NamedTuple):
    """A talk with somebody: on which in-person channel, and when it ended (UTC seconds; now while it goes on)."""

    channel: str
    end: int


def last_talks(journal: Journal, now: int) -> dict[str, Talk]:
    """The last talk with each whom one talked to, by the name in lower case."""
    rows = journal.rows(_LAST_TALKS, (now,))
    return {str(who).casefold(): Talk(channel, end) for who, channel, end in rows}


def _side(channel: str, channels: Mapping[str, Channel]) -> tuple[str, ...] | None:
    kind = channels[channel].kind if channel in channels else None
    return ONLINE if kind in ONLINE else IN_PERSON if kind in IN_PERSON else None


def _met_on(person: Person, channels: Mapping[str, Channel]) -> tuple[str, ...] | None:
    """The side someone was met on; a ring alone is a place to stand face to face in."""
    if person.met:
        return _side(person.met, channels)
    return IN_PERSON if person.met_ring else None


#: How many people a dialog offers by a digit each, and how many of them are those who wait the longest.
OFFERED, WAITING = 9, 3


def to_offer(everybody: list[Person]) -> list[Person]:
    """Whom one may have talked to: the last met first, then, of a larger crowd, those who have waited the longest.

    `everybody` comes with the last met first.
    """
    if len(everybody) <= OFFERED:
        return everybody
    last_met = everybody[: OFFERED - WAITING]
    waiting = [person for person in everybody[OFFERED - WAITING :] if person.talks]
    return last_met + list(reversed(waiting[-WAITING:]))
