"""Who to talk to this week: ring by ring, like a snail, from the building outwards.

The walk begins at the innermost ring that anybody was talked to on (the building, before there is one), and goes on to
the next ring once there were three talks on it: that is when the next is proposed, not before. A *follow-up* is due to
whoever became a prospect or recommended the user, and has not been heard of for a week; one who has become a client
since, or with whom nothing happened for three months, is no follow-up any more. *Waiting* is whoever one has talked to,
on the rings up to where the walk stands, and has not for three weeks or more, the longest first.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.days import day_of
from tracker.domain.models import RINGS
from tracker.domain.text import same_name
from tracker.formatting.text import labelled
from tracker.locale import N_, _, ngettext
from tracker.storage import outcomes, people

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from tracker.domain.models import Outcome, Person
    from tracker.settings import Settings
    from tracker.storage import Journal

    #: From an instant to how many days ago it was.
    Days = Callable[[int], int]

#: So many talks on a ring, and the next one is proposed.
ENOUGH = 3

#: A follow-up is due after so many days without contact, and is one for so many after what made it.
FOLLOW_UP, FORGET = 7, 90

#: Somebody waits from so many days without contact on.
WAITS = 21

#: How many are shown: follow-ups in all, and people waiting on each ring.
MOST_FOLLOW_UPS, MOST_WAITING = 5, 2

_ON_RINGS = {
    "building": N_("in your building"),
    "street": N_("in your street"),
    "district": N_("in your district"),
    "city": N_("in your city"),
    "beyond": N_("beyond your city"),
}


class Waiting(NamedTuple):
    """Somebody to talk to: since how many days there was no contact, on which channel the last one was, and why.

    `kind` is `prospect` or `recommendation` for a follow-up, with what was noted of it; else None.
    """

    name: str
    ring: str | None
    days: int
    channel: str | None
    kind: str | None = None
    note: str | None = None


class Ring(NamedTuple):
    """One ring: the talks on it so far, and who waits there."""

    ring: str
    talks: int
    waiting: tuple[Waiting, ...]


class Outreach(NamedTuple):
    """Who to talk to: the rings up to the current one, follow-ups due, and the next ring once it may be proposed."""

    current: str
    rings: tuple[Ring, ...]
    follow_ups: tuple[Waiting, ...]
    proposed: str | None
    #: How many talks on the current ring are wanted before the next is proposed; 0 where it is, and on the last.
    to_go: int


def outreach(journal: Journal, settings: Settings, *, zone: str, now: int) -> Outreach:
    """Who to talk to, as the log stands at `now`."""
    with journal.snapshot():
        everybody = people.people(journal)
        talks = people.talks_by_ring(journal)
        results = outcomes.in_span(journal, 0, now + 1)

    def days_since(at: int) -> int:
        today = day_of(now, zone, settings.day_starts_at)
        return max(_between(day_of(at, zone, settings.day_starts_at), today), 0)

    current, proposed, to_go = standing(talks)
    last = _last_contact(everybody, results)
    follow_ups = _follow_ups(everybody, results, last, days_since)
    due = {same_name(one.name) for one in follow_ups}
    reached = RINGS[: RINGS.index(current) + 1]
    rings = tuple(Ring(ring, talks[ring], _waiting(everybody, ring, due, last, days_since)) for ring in reached)
    return Outreach(current, rings, follow_ups[:MOST_FOLLOW_UPS], proposed, to_go)


def standing(talks: dict[str, int]) -> tuple[str, str | None, int]:
    """The current ring, the next one if it is proposed, and how many talks are wanted before it is.

    `talks` has the number of talks on each ring.
    """
    place = next((place for place, ring in enumerate(RINGS) if talks[ring]), 0)
    while talks[RINGS[place]] >= ENOUGH and place + 1 < len(RINGS) and talks[RINGS[place + 1]]:
        place += 1
    ring = RINGS[place]
    if place + 1 == len(RINGS):
        return ring, None, 0
    if talks[ring] >= ENOUGH:
        return ring, RINGS[place + 1], 0
    return ring, None, ENOUGH - talks[ring]


def say_standing(found: Outreach) -> str:
    """How far the walk is, and what comes next."""
    where = _(_ON_RINGS[found.current])
    if found.proposed:
        said = _("{n} talks or more {where}; the next ring: {next}")
        return said.format(n=ENOUGH, where=where, next=_(_ON_RINGS[found.proposed]))
    if found.to_go:
        said = ngettext("{n} more talk {where} before the next ring", "{n} more talks {where} before the next ring",
                        found.to_go)  # fmt: skip
        return said.format(n=found.to_go, where=where)
    return _("you have come to the last ring: {where}").format(where=where)


def say_waiting(one: Waiting) -> str:
    """`Samia, 24 days ago (prospect: a poster)`."""
    since = ngettext("{n} day ago", "{n} days ago", one.days).format(n=one.days)
    kind = _(one.kind) if one.kind else ""
    about = labelled(kind, one.note) if kind and one.note else kind or one.note
    return f"{one.name}, {since} ({about})" if about else f"{one.name}, {since}"


def _last_contact(everybody: Iterable[Person], results: Iterable[Outcome]) -> dict[str, int]:
    """When each was last heard of: a session with them, or an outcome."""
    last = {same_name(person.name): person.last_at or 0 for person in everybody}
    for outcome in results:
        if outcome.person:
            key = same_name(outcome.person)
            last[key] = max(last.get(key, 0), outcome.at)
    return last


def _follow_ups(
    everybody: Iterable[Person], results: Iterable[Outcome], last: dict[str, int], days_since: Days
) -> tuple[Waiting, ...]:
    """Whoever's last outcome promised something, the longest without contact first."""
    latest: dict[str, Outcome] = {}
    for outcome in results:
        if outcome.person:
            latest[same_name(outcome.person)] = outcome
    known = {same_name(person.name): person for person in everybody}
    found = []
    for key, outcome in latest.items():
        days = days_since(last[key])
        promising = outcome.kind in ("prospect", "recommendation") and days_since(outcome.at) <= FORGET
        if promising and days >= FOLLOW_UP and key in known:
            person = known[key]
            channel = person.last or outcome.channel
            found.append(Waiting(person.name, _ring(person), days, channel, outcome.kind, outcome.note))
    return tuple(sorted(found, key=_longest_first))


def _waiting(
    everybody: Iterable[Person], ring: str, due: Collection[str], last: dict[str, int], days_since: Days
) -> tuple[Waiting, ...]:
    found = [
        Waiting(person.name, ring, days_since(last[same_name(person.name)]), person.last)
        for person in everybody
        if person.talks and _ring(person) == ring and same_name(person.name) not in due
    ]
    return tuple(sorted((one for one in found if one.days >= WAITS), key=_longest_first)[:MOST_WAITING])


def _ring(person: Person) -> str | None:
    return person.ring or person.met_ring


def _longest_first(one: Waiting) -> tuple[int, str]:
    return -one.days, one.name.casefold()


def _between(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
