"""People: who crossed between the online and the in-person world, and who to talk to this week.

Somebody was met online (on a social or messaging channel) or in person (on an in-person channel, or on a ring). Their
first session on the other side is a *crossing*. It is computed, not stored, so correcting the log corrects it too.

Outreach goes ring by ring, from the building outwards. The current ring is the innermost one that has talks (the
building, before there is any), or the next one after it that has talks once there were TALKS_FOR_NEXT_RING talks on the
ring before. A *follow-up* is due to whoever became a prospect or recommended the user and has not been heard of for
FOLLOW_UP_DAYS; not to one who has become a client since, nor after FORGET_DAYS. *Waiting* are people who were talked to
on the rings up to the current one, and not for WAITING_DAYS or more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from tracker.domain.models import DAY, ONLINE_KINDS, RINGS, Channel, Person, Session
from tracker.domain.record import Record
from tracker.domain.text import same_name
from tracker.formatting.text import labelled
from tracker.formatting.times import format_ago
from tracker.locale import N_, _, plural
from tracker.storage import Database, outcomes, people
from tracker.workspace import Workspace

IN_PERSON = ("in_person",)

_FROM_RINGS = {
    "building": N_("from your building"),
    "street": N_("from your street"),
    "district": N_("from your district"),
    "city": N_("from your city"),
    "beyond": N_("from far away"),
}
_TO_TALKS = {"call": N_("to a call"), "video": N_("to a video call"), "meeting": N_("to a meeting")}

#: How many people a dialog offers by a digit each, and how many of these are those who have waited the longest.
MOST_OFFERED, WAITING_OFFERED = 9, 3

#: So many talks on a ring, and the next ring is proposed.
TALKS_FOR_NEXT_RING = 3

#: A follow-up is due after FOLLOW_UP_DAYS without contact, until FORGET_DAYS after one of these outcomes.
PROMISING = ("prospect", "recommendation")
FOLLOW_UP_DAYS, FORGET_DAYS = 7, 90

#: Somebody waits after so many days without contact.
WAITING_DAYS = 21

#: How many are shown: follow-ups in all, and people waiting on each ring.
MOST_FOLLOW_UPS, MOST_WAITING = 5, 2

_ON_RINGS = {
    "building": N_("in your building"),
    "street": N_("in your street"),
    "district": N_("in your district"),
    "city": N_("in your city"),
    "beyond": N_("beyond your city"),
}


class Crossing(Record):
    """A session with somebody who was met in the other world and is here for the first time."""

    session: int
    person: str
    #: Where they were met: a channel, a ring, or both for a talk whose ring is known.
    met: str | None
    met_ring: str | None
    #: Where they are for the first time.
    channel: str
    #: Whether that is in person: an online contact became a talk, and not the other way round.
    in_person: bool


class WaitingPerson(Record):
    """Somebody to talk to: days without contact, the channel of the last contact, and why.

    `kind` is `prospect` or `recommendation` for a follow-up, with the note of that outcome; else None.
    """

    name: str
    ring: str | None
    days: int
    channel: str | None
    kind: str | None = None
    note: str | None = None


class RingReach(Record):
    """One ring: the talks on it so far, and who waits there."""

    ring: str
    talks: int
    waiting: tuple[WaitingPerson, ...]


class Outreach(Record):
    """Who to talk to: the rings up to the current one, follow-ups due, and the next ring once it may be proposed."""

    current: str
    rings: tuple[RingReach, ...]
    follow_ups: tuple[WaitingPerson, ...]
    proposed: str | None
    #: How many talks on the current ring are wanted before the next is proposed; 0 where it is, and on the last.
    to_go: int


def crossings_of(
    database: Database, sessions: Iterable[Session], channels: Mapping[str, Channel]
) -> tuple[Crossing, ...]:
    """The crossings among the sessions: with a person who was met on the other side, and is here for the first time."""
    named = [
        (session, session.person, side)
        for session in sessions
        if session.person and (side := _side(session.channel, channels))
    ]
    everybody = people.find_all(database, {name for _session, name, _side in named}) if named else []
    known = {same_name(person.name): person for person in everybody}
    crossings = []
    for session, name, side in named:
        person = known.get(same_name(name))
        if not person or _met_on(person, channels) in (None, side):
            continue
        if people.first_on(database, person.name, side) == session.id:
            met = person.name, person.met, person.met_ring
            crossings.append(Crossing(session.id, *met, session.channel, side == IN_PERSON))
    return tuple(crossings)


def crossing(database: Database, session: Session, channels: Mapping[str, Channel]) -> Crossing | None:
    """The crossing that this session is, if it is one."""
    return next(iter(crossings_of(database, [session], channels)), None)


def say_crossing(crossing: Crossing, titles: Mapping[str, str]) -> str:
    """`Samia crossed the bridge: from LinkedIn to a call`; a talk that became an online contact is worded soberly."""
    now = _TO_TALKS.get(crossing.channel)
    to = _(now) if now else _("to {channel}").format(channel=titles.get(crossing.channel, crossing.channel))
    message = _("{who} is now also a contact online: {met} {now}")
    if crossing.in_person:
        message = _("{who} crossed the bridge: {met} {now}")
    return message.format(who=crossing.person, met=say_met(crossing, titles), now=to)


def say_met(crossing: Crossing, titles: Mapping[str, str]) -> str:
    """`from LinkedIn`, `from your street`: where somebody who crossed was met."""
    if crossing.met_ring:
        return _(_FROM_RINGS[crossing.met_ring])
    return _("from {channel}").format(channel=titles.get(crossing.met or "", crossing.met or ""))


def _side(channel: str, channels: Mapping[str, Channel]) -> tuple[str, ...] | None:
    kind = channels[channel].kind if channel in channels else None
    return next((side for side in (ONLINE_KINDS, IN_PERSON) if kind in side), None)


def _met_on(person: Person, channels: Mapping[str, Channel]) -> tuple[str, ...] | None:
    """The side somebody was met on; a ring alone means in person."""
    return _side(person.met, channels) if person.met else IN_PERSON if person.met_ring else None


def to_offer(everybody: list[Person]) -> list[Person]:
    """The people a dialog offers: the last met first, then, of more than MOST_OFFERED, who waited longest.

    `everybody` is in order of the last contact, the latest first.
    """
    if len(everybody) <= MOST_OFFERED:
        return everybody
    last_met = everybody[: MOST_OFFERED - WAITING_OFFERED]
    waiting = [person for person in everybody[MOST_OFFERED - WAITING_OFFERED :] if person.talks]
    return last_met + list(reversed(waiting[-WAITING_OFFERED:]))


def outreach(workspace: Workspace) -> Outreach:
    """Who to talk to, as the log stands at `now`."""
    now = workspace.now()
    with workspace.database.snapshot():
        everybody = people.people(workspace.database)
        talks = people.talks_by_ring(workspace.database)
        results = outcomes.in_span(workspace.database, 0, now + 1)
    today = date.fromisoformat(workspace.day_of(now))

    def days_since(at: int) -> int:
        return max((today - date.fromisoformat(workspace.day_of(at))).days, 0)

    last_results = {same_name(outcome.person): outcome for outcome in results if outcome.person}
    follow_ups, waiting = [], []
    for person in everybody:
        result, ring = last_results.get(same_name(person.name)), person.ring or person.met_ring
        days = days_since(max(person.last_at or 0, result.at if result else 0))
        if result and result.kind in PROMISING and days >= FOLLOW_UP_DAYS and days_since(result.at) <= FORGET_DAYS:
            channel = person.last or result.channel
            follow_ups.append(WaitingPerson(person.name, ring, days, channel, result.kind, result.note))
        elif person.talks and days >= WAITING_DAYS:
            waiting.append(WaitingPerson(person.name, ring, days, person.last))
    follow_ups.sort(key=_longest_first)
    waiting.sort(key=_longest_first)
    current, proposed, to_go = ring_reached(talks)
    reached = RINGS[: RINGS.index(current) + 1]
    of_rings = {ring: [person for person in waiting if person.ring == ring][:MOST_WAITING] for ring in reached}
    rings = tuple(RingReach(ring, talks[ring], tuple(first)) for ring, first in of_rings.items())
    return Outreach(current, rings, tuple(follow_ups[:MOST_FOLLOW_UPS]), proposed, to_go)


def _longest_first(person: WaitingPerson) -> tuple[int, str]:
    return -person.days, person.name.casefold()


def ring_reached(talks: dict[str, int]) -> tuple[str, str | None, int]:
    """The current ring, the next one if it is proposed, and how many talks are wanted before it is.

    `talks` has the number of talks on each ring.
    """
    index = next((index for index, ring in enumerate(RINGS) if talks[ring]), 0)
    while talks[RINGS[index]] >= TALKS_FOR_NEXT_RING and index + 1 < len(RINGS) and talks[RINGS[index + 1]]:
        index += 1
    ring = RINGS[index]
    if index + 1 == len(RINGS):
        return ring, None, 0
    if talks[ring] >= TALKS_FOR_NEXT_RING:
        return ring, RINGS[index + 1], 0
    return ring, None, TALKS_FOR_NEXT_RING - talks[ring]


def say_ring_reached(outreach: Outreach) -> str:
    """The current ring, and what is wanted before the next."""
    where = _(_ON_RINGS[outreach.current])
    if outreach.proposed:
        message = _("you talked {n} times or more {where}; next, talk to someone {next}")
        return message.format(n=TALKS_FOR_NEXT_RING, where=where, next=_(_ON_RINGS[outreach.proposed]))
    if outreach.to_go:
        return plural(outreach.to_go, "{n} more talk {where} before the next ring",
                      "{n} more talks {where} before the next ring", where=where)  # fmt: skip
    return _("you reached the last ring: {where}").format(where=where)


def say_waiting(person: WaitingPerson) -> str:
    """`Samia, 24 days ago (prospect: a poster)`."""
    since = format_ago(person.days * DAY)
    kind = _(person.kind) if person.kind else ""
    about = labelled(kind, person.note) if kind and person.note else kind or person.note
    return f"{person.name}, {since} ({about})" if about else f"{person.name}, {since}"
