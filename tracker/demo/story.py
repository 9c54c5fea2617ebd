"""The story of the demo: its facts, from `story.toml`, and what a designer in Paris does on a day of her year.

The facts are the people she meets, the outcomes, what she wrote. The days are working days, weekends and days away;
beside them is what her phone counted, and the last hours before now. Dates are counted in days before today, so that
today and this week are always full, whenever the demo is made.
"""

from __future__ import annotations

import math
from datetime import date as calendar_date
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker import read_data
from tracker.analytics.patterns.detectors.check_cluster import HourlyCounts, chance
from tracker.calendar.clock import offset_at, wall_instant
from tracker.domain.models import CHECK_LASTS, DAY, HOUR, MINUTE, UNSAID, Commitment, Habit, Session, Urge

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random


HOME = "Europe/Paris"
AWAY = "America/Toronto"

#: The number of days of the demo, today included.
DAYS = 365


class DaySpan(NamedTuple):
    """Days counted back from today, both included; `first` is the earlier day and so the larger number."""

    first: int
    last: int

    def __contains__(self, ago: object) -> bool:
        """Whether the day `ago` days before today is in the span."""
        return isinstance(ago, int) and self.last <= ago <= self.first


#: A week of illness without any record.
SICK = DaySpan(300, 294)
#: Three weeks of a campaign for a workshop.
CAMPAIGN = DaySpan(160, 140)
HOLIDAY = DaySpan(112, 99)
#: A week at a festival in Montréal; the first and the last day are spent in the aeroplane, without any record.
MONTREAL = DaySpan(47, 41)
#: The person she visits there.
HOST = "Étienne"
#: Weeks in which she did not check often after a post.
CALM = (DaySpan(285, 240), DaySpan(113, 66))
#: The use of Instagram falls from the day of her resolution to a share of it on the day it has settled.
RESOLVED, SETTLED, DECLINE_TO = 72, 25, 0.45

#: Other days without any record: forgotten, not zero.
UNLOGGED = (331, 263, 231, 190, 110, 108, 107, 103, 101, 79)
#: Public holidays and days of rest (month and day).
DAYS_OFF = ("01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-24", "12-25", "12-26", "12-31")

#: Days confirmed to be without social time.
ZERO = (105, 100)


class Acquaintance(NamedTuple):
    """Somebody who is met in person: the ring, how many days ago they first met, and what it was about.

    From near to far: a ring begins when somebody of the ring before has agreed to something.
    """

    name: str
    ring: str
    met: int
    about: str


class StoryOutcome(NamedTuple):
    """An outcome: how many days ago, the time by the wall clock, the channel; `amount` in euros, 0 for none."""

    ago: int
    clock: str
    kind: str
    channel: str
    person: str
    amount: int
    note: str


class Expense(NamedTuple):
    """Money spent on a channel: how many days ago, the time by the wall clock; `amount` in euros."""

    ago: int
    clock: str
    channel: str
    amount: int
    note: str


class StoryVerdict(NamedTuple):
    """A verdict: how many days ago, the channel ("": contact in person), the computed verdict, hers, and why."""

    ago: int
    channel: str
    computed: str
    verdict: str
    why: str


class StoryHabit(NamedTuple):
    """A habit, and how many days ago it was begun; the file gives the id."""

    begun: int
    habit: Habit


def _habit(begun: int, weekdays: Sequence[int] = (), **fields: Any) -> StoryHabit:
    return StoryHabit(begun, Habit(0, weekdays=tuple(weekdays), **fields))


class StoryPause(NamedTuple):
    """A declared pause: how many days ago, the hour it starts at, its hours, and whether she kept it."""

    ago: int
    hour: int
    hours: int
    is_kept: bool


class PhoneUse(NamedTuple):
    """How she uses a channel on her phone: a weekend day's use as a share of a weekday's, and the usual openings.

    `unanswered` is the mean number of notifications a day that are not answered, `answered` the share of openings that
    follow one. `openings` are the mean numbers in each hour from 07:00 to 01:00.
    """

    channel: str
    weekend: float
    unanswered: float
    answered: float
    openings: tuple[float, ...]


_STORY = read_data("demo/story.toml")
_SENTENCES: dict[str, dict[str, str]] = {name: table for name, table in _STORY.items() if isinstance(table, dict)}

#: What she wrote, by what it is for: posts, replies, notes … Her weekly reviews are the latest first.
TEXTS = {name: list(table) for name, table in _SENTENCES.items()}

#: Each English text of hers with its French. The year is made from the English ones, so that its records are the same
#: in both languages; then each is replaced. They are not in the catalogue, which every French command loads: a message
#: there has one translation, and what she wrote is said by nobody else.
FRENCH = {english: french for table in _SENTENCES.values() for english, french in table.items()}
FRENCH |= {
    english: french
    for name in ("people", "outcomes", "expenses", "verdicts")
    for *_rest, english, french in _STORY[name]
}

PEOPLE = tuple(Acquaintance(*row[:-1]) for row in _STORY["people"])
OUTCOMES = tuple(StoryOutcome(*row[:-1]) for row in _STORY["outcomes"])
EXPENSES = tuple(Expense(*row[:-1]) for row in _STORY["expenses"])
VERDICTS = tuple(StoryVerdict(*row[:-1]) for row in _STORY["verdicts"])
PAUSES = tuple(StoryPause(*row) for row in _STORY["pauses"])
PHONE_USE = tuple(
    PhoneUse(channel, weekend, unanswered, answered, tuple(openings))
    for channel, weekend, unanswered, answered, *openings in _STORY["phone"]
)
HABITS = tuple(_habit(**fields) for fields in _STORY["habits"])
COMMITMENTS = tuple(Commitment(0, "", **fields) for fields in _STORY["commitments"])

TODAYS_POST = "the street as a portfolio"


def level_of_instagram(ago: int) -> float:
    """The share of her usual Instagram that is left, `ago` days before today."""
    gone = min(max((RESOLVED - ago) / (RESOLVED - SETTLED), 0.0), 1.0)
    return 1.0 - (1.0 - DECLINE_TO) * gone


#: The source of what the phone counted: an import from Android.
PHONE = "app-usage"

#: How long a look lasts, in seconds: the share of looks that last at most as long as these bounds say, shortest first.
_LOOK_LASTS = ((0.68, (4, 29)), (0.92, (31, 140)), (1.0, (140, 480)))


class DemoDay:
    """The sessions of one day in one zone, `ago` days before today.

    Times are seconds after midnight; above 86,400 they are in the night after. Sessions by the timer never overlap.
    """

    def __init__(self, date: str, zone: str, ago: int, random: Random) -> None:
        self.date = date
        self.zone = zone
        self.ago = ago
        self.random = random
        self.sessions: list[Session] = []
        self._day = calendar_date.fromisoformat(date)
        self._midnight = wall_instant(zone, self._day, 0)
        self._has_one_offset = offset_at(zone, self._midnight) == offset_at(zone, self._midnight + 30 * HOUR)
        self._timer_is_free = 0

    @property
    def weekday(self) -> int:
        """Monday 0 … Sunday 6."""
        return self._day.weekday()

    def at(self, second: float) -> int:
        """The instant at which the clock shows `second` seconds after midnight."""
        if self._has_one_offset:
            return self._midnight + int(second)
        return wall_instant(self.zone, self._day, int(second))

    def timed(self, channel: str, second: float, lasts: float, activity: str | None = None, **details: Any) -> Session:
        """Add a session by the timer, not before the end of the previous one; `lasts` in seconds."""
        start = max(self.at(second), self._timer_is_free)
        session = Session(0, channel, start, start + int(lasts), self.zone, activity, source="timer")
        session = session._replace(**details)
        self.sessions.append(session)
        self._timer_is_free = start + int(lasts) + self.random.randrange(40, 6 * MINUTE)
        return session

    def planned(self, channel: str, second: float, minutes: int, activity: str | None, intention: str) -> Session:
        """Add a timed session with an intention and a plan; half of them run over it."""
        spent = self.random.uniform(1.04, 2.1) if self.random.random() < 0.5 else self.random.uniform(0.55, 1.0)
        lasts = minutes * MINUTE * spent
        return self.timed(
            channel, second, lasts, activity, planned_seconds=minutes * MINUTE, intention=intention or None
        )

    def check(self, channel: str, instant: int) -> None:
        """Add a check logged by key."""
        self._add(channel, instant, CHECK_LASTS, "check")

    def look(self, channel: str, instant: int, lasts: int | None = None) -> None:
        """Add an opening that the phone counted; it lasts `lasts` seconds, or mostly under half a minute."""
        if not lasts:
            draw = self.random.random()
            lasts = self.random.randrange(*next(bounds for share, bounds in _LOOK_LASTS if draw < share))
        self._add(channel, instant, lasts, PHONE)

    def _add(self, channel: str, instant: int, lasts: int, source: str) -> None:
        # Nine sessions in ten are made here; `_make` takes a third of the time of the constructor.
        fields = (0, channel, instant, instant + lasts, self.zone, *UNSAID, source, False)
        self.sessions.append(Session._make(fields))

    def poisson(self, mean: float) -> int:
        """A Poisson draw with this mean (Knuth's algorithm)."""
        limit, product, count = math.exp(-mean), self.random.random(), 0
        while product > limit:
            product *= self.random.random()
            count += 1
        return count


def seconds_after_midnight(text: str) -> int:
    """`18:40` → 67,200."""
    hours, _colon, minutes = text.partition(":")
    return (int(hours) * HOUR + int(minutes) * MINUTE) % DAY


_FIRST_HOUR = 7

#: The hours at the laptop, in which a look is sometimes logged by key.
_AT_DESK = range(9, 18)

_IN_PERSON = ("call", "video", "meeting")

#: The seconds before now whose routine is replaced by the last hours.
LAST_HOURS = 112 * MINUTE

_BURST_BEGINS, _BURST_MINUTES = 78 * MINUTE, 22
_FEWEST_LOOKS, _MOST_LOOKS = 9, 20
#: Far below what the pattern asks of a month with two thousand openings.
_IMPROBABLE = 2e-6
#: How many times as far as by chance the counts of half hours stray in the demo.
_SPREAD = 1.45


def working_day(day: DemoDay) -> None:
    """A day with a post in the morning, work in blocks, somebody to see, and the evening on the sofa."""
    _morning(day)
    _work(day, (9.7, 11.1))
    for person in _talks(day):
        _talk(day, person, (11.4 if day.random.random() < 0.4 or not day.ago else 14.2) * HOUR)
    if not day.ago:
        day.planned("instagram", 12.5 * HOUR, 10, "monitor", "answer Léonie")
        day.timed("youtube", 12.9 * HOUR, 7 * MINUTE, "scroll", trigger="bored")
        day.look("x", day.at(12.3 * HOUR), 55)
    _work(day, (13.9, 15.1))
    _afternoon(day)
    _usual_openings(day, 1.0)
    _evening(day)


def weekend(day: DemoDay) -> None:
    """A day with fewer openings; sometimes work on a Saturday morning, sometimes a talk."""
    random = day.random
    if day.weekday == 5 and random.random() < 0.25:
        _focus(day, 10 * HOUR)
    people = _due(day)
    acquaintances = _people_known(day)
    if acquaintances and not people and random.random() < 0.12:
        people = [random.choice(acquaintances)]
    for person in people:
        _talk(day, person, random.uniform(10.5, 12) * HOUR)
    _usual_openings(day, 0.75)
    _evening(day)


def holiday(day: DemoDay) -> None:
    """A day with hardly anything."""
    _usual_openings(day, 0.12)
    if day.random.random() < 0.3:
        _scroll(day, "instagram", 21.5 * HOUR)


def festival(day: DemoDay) -> None:
    """A day in Montréal: people by day, the phone in the evening."""
    if day.random.random() < 0.5:
        _reply(day, 9 * HOUR)
    for person in _due(day) or [person for person in PEOPLE if person.name == HOST]:
        _talk(day, person, day.random.uniform(10, 15) * HOUR)
    _usual_openings(day, 0.55)
    if day.random.random() < 0.5:
        _scroll(day, "instagram", 21 * HOUR)


def _talks(day: DemoDay) -> list[Acquaintance]:
    """The people met on a working day: those who are due, and one other, more often as the year goes on."""
    people = _due(day)
    chance = 0.2 + 0.4 * (1 - day.ago / 365)
    acquaintances = [person for person in _people_known(day) if person not in people]
    if acquaintances and day.random.random() < chance:
        # People are listed from near to far: choosing towards the end of the list makes the circle grow.
        index = max(day.random.randrange(len(acquaintances)), day.random.randrange(len(acquaintances)))
        people.append(acquaintances[index])
    return people


def _talk(day: DemoDay, person: Acquaintance, second: float) -> None:
    random = day.random
    channel = _channel_of(person, day)
    minutes = {"call": random.randrange(4, 22), "video": random.randrange(20, 50)}.get(
        channel, random.randrange(10, 65)
    )
    source = "log" if random.random() < 0.6 else "timer"
    note = person.about if day.ago == person.met else random.choice(TEXTS["talks"])
    activity = "prospect" if day.ago > person.met - 14 else "relate"
    day.timed(
        channel, second, minutes * MINUTE, activity, person=person.name, ring=person.ring, note=note, source=source
    )


def _due(day: DemoDay) -> list[Acquaintance]:
    """The people who are met for the first time on the day, or with whom an outcome is due."""
    of_day = [outcome for outcome in OUTCOMES if outcome.ago == day.ago]
    deciding = {outcome.person for outcome in of_day if outcome.channel in _IN_PERSON}
    return [person for person in PEOPLE if person.met == day.ago or person.name in deciding]


def _people_known(day: DemoDay) -> list[Acquaintance]:
    return [person for person in PEOPLE if person.met > day.ago]


def _channel_of(person: Acquaintance, day: DemoDay) -> str:
    for outcome in OUTCOMES:
        if outcome.ago == day.ago and outcome.person == person.name and outcome.channel in _IN_PERSON:
            return str(outcome.channel)
    if person.ring == "beyond":
        return "meeting" if person.name == HOST and day.ago in MONTREAL else "video"
    if day.ago == person.met:
        return "meeting"
    far = person.ring == "city"
    return day.random.choices(_IN_PERSON, (4, 3 if far else 0, 3 if far else 5))[0]


def _morning(day: DemoDay) -> None:
    """A post on Tuesdays, Thursdays, every other Monday, and on every day of the campaign; else some replies."""
    random = day.random
    campaign = day.ago in CAMPAIGN
    if not day.ago:
        # Today's post is written now and published in the last hours (`last_hours`).
        day.planned("linkedin", 8.6 * HOUR, 25, "create", TODAYS_POST)
    elif campaign or day.weekday in (1, 3) or (day.weekday == 0 and day.ago // 7 % 2 == 1):
        about = random.choice(TEXTS["campaign_posts" if campaign else "posts"])
        day.planned("linkedin", random.uniform(8.4, 8.8) * HOUR, random.choice((20, 25, 25, 30)), "create", about)
        day.planned("linkedin", 8.9 * HOUR, random.choice((5, 10)), "publish", about)
        published = day.sessions[-1].end
        assert published is not None, "only today's last session runs"
        _after_post(day, published)
        if campaign and random.random() < 0.5:
            channel = "instagram" if random.random() < 0.3 else "linkedin"
            day.planned(channel, 9.4 * HOUR, 15, "advertise", random.choice(TEXTS["adverts"]))
    elif random.random() < 0.6:
        _reply(day, random.uniform(8.5, 9) * HOUR)


def _reply(day: DemoDay, second: float) -> None:
    minutes = day.random.choice((10, 10, 15))
    day.planned("linkedin", second, minutes, "reply", day.random.choice(TEXTS["replies"]))


def _work(day: DemoDay, hours: tuple[float, ...]) -> None:
    for hour in hours:
        if day.random.random() < 0.9:
            _focus(day, hour * HOUR)


def _focus(day: DemoDay, second: float) -> None:
    random = day.random
    lasts = random.uniform(40, 78) * MINUTE
    activity = "client" if random.random() < 0.6 else None
    plan = random.choice((45, 50, 60, 60)) * MINUTE if random.random() < 0.5 else None
    intention = random.choice(TEXTS["work"])
    day.timed("work", second + random.randrange(0, 900), lasts, activity, planned_seconds=plan, intention=intention)


def _afternoon(day: DemoDay) -> None:
    random = day.random
    if day.ago in CAMPAIGN:
        _reply(day, 16 * HOUR)
    if random.random() < 0.45:
        day.planned("linkedin", 16.3 * HOUR, 20, "prospect", random.choice(TEXTS["prospecting"]))
    if random.random() < 0.5:
        _focus(day, 16.7 * HOUR)
    if random.random() < 0.4:
        day.planned("linkedin", 17.8 * HOUR, random.choice((5, 5, 10)), "monitor", random.choice(TEXTS["looks"]))
    if random.random() < 0.35 * level_of_instagram(day.ago):
        day.planned("instagram", 18.2 * HOUR, 10, "monitor", random.choice(TEXTS["looks_at_pictures"]))


def _evening(day: DemoDay) -> None:
    random = day.random
    if random.random() < 0.8 * level_of_instagram(day.ago):
        _scroll(day, "instagram", random.uniform(19.5, 21.2) * HOUR)
    if random.random() < 0.12:
        _scroll(day, "x", random.uniform(20, 21.5) * HOUR)
    if random.random() < 0.62:
        _scroll(day, "youtube", random.uniform(21.7, 23.4) * HOUR)


def _scroll(day: DemoDay, channel: str, second: float) -> None:
    """Add scrolling on the sofa, with a plan or without, and sometimes with its trigger."""
    random = day.random
    trigger = random.choice(TEXTS["triggers"]) if random.random() < 0.4 else None
    reasons = TEXTS["videos"] if channel == "youtube" else TEXTS["looks_at_pictures"]
    if channel != "x" and random.random() < 0.35:
        day.planned(channel, second, 10 if channel == "instagram" else 15, "scroll", random.choice(reasons))
        day.sessions[-1] = day.sessions[-1]._replace(trigger=trigger)
    else:
        minutes = random.triangular(6, 34, 12) if channel != "x" else random.uniform(3, 12)
        day.timed(channel, second, minutes * MINUTE, "scroll", trigger=trigger)


def _usual_openings(day: DemoDay, level: float) -> None:
    """Add the usual openings of a day; `level` is 1 for a working day at home."""
    random = day.random
    level *= random.uniform(0.85, 1.15)
    for use in PHONE_USE:
        channel, share = use.channel, use.weekend if day.weekday >= 5 else 1.0
        if channel == "instagram":
            share *= level_of_instagram(day.ago)
        if channel == "linkedin" and day.ago in CAMPAIGN:
            share *= 1.5
        share *= level
        for hour, rate in enumerate(use.openings, start=_FIRST_HOUR):
            for _opening in range(day.poisson(rate * share) if rate else 0):
                instant = day.at((hour + random.random()) * HOUR)
                if channel == "youtube":
                    day.look(channel, instant, random.randrange(30, 6 * MINUTE))
                elif channel == "whatsapp":
                    day.look(channel, instant, random.randrange(8, 4 * MINUTE))
                elif hour in _AT_DESK and random.random() < 0.3:
                    day.check(channel, instant)
                else:
                    day.look(channel, instant)


def _after_post(day: DemoDay, published: int) -> None:
    """Add looks from 10 to 120 minutes after the instant of a post, spread out and sometimes also in a burst."""
    random = day.random
    calm = any(day.ago in span for span in CALM)
    for _look in range(random.randrange(2, 5) if calm else random.randrange(4, 8)):
        # The product of two draws is mostly small: the first reactions come within the hour.
        instant = published + int(10 * MINUTE + 110 * MINUTE * random.random() * random.random())
        if random.random() < 0.5:
            day.check("linkedin", instant)
        else:
            day.look("linkedin", instant)
    if not calm and random.random() < 0.32:
        _burst(day, published + random.randrange(10, 50) * MINUTE, "linkedin", random.randrange(13, 16))


def _burst(day: DemoDay, instant: int, channel: str, looks: int, minutes: int = 23) -> None:
    """Add `looks` looks within `minutes` from this instant on, the first and the last at the ends."""
    random = day.random
    step = minutes * MINUTE // (looks - 1)
    for number in range(looks):
        shake = random.randrange(-step // 4, step // 4 + 1) if 0 < number < looks - 1 else 0
        when = instant + number * step + shake
        if random.random() < 0.6:
            day.check(channel, when)
        else:
            day.look(channel, when, random.randrange(5, 28))


def last_hours(day: DemoDay, before: Sequence[Session], now: int) -> None:
    """Add a post, an offer and a burst of looks, and start the session that runs, the same at whatever hour.

    `before` is the year so far, which says what is usual at this hour.
    """
    day.sessions.append(_timed("linkedin", now - 103 * MINUTE, 14, "publish", 10, TODAYS_POST))
    day.sessions.append(_timed("work", now - 87 * MINUTE, 46, "client", 45, "offer for the gallery"))
    _burst(day, now - _BURST_BEGINS, "instagram", _looks_that_stand_out(day, before, now), _BURST_MINUTES)
    running = Session(0, "linkedin", now - 37 * MINUTE, None, day.zone, "create", 25 * MINUTE, source="timer")
    day.sessions.append(running._replace(intention="carousel on snail prospecting"))


def last_urges(now: int) -> list[Urge]:
    """The urges of the last hours: before the burst, and between it and the session that runs."""
    avoided = "procrastinating on the offer"
    return [
        Urge(0, "instagram", now - 104 * MINUTE, HOME, "bored", "went to wash the brushes instead"),
        Urge(0, "instagram", now - 46 * MINUTE, HOME, avoided, "the offer was right there"),
    ]


def _timed(channel: str, start: int, minutes: int, activity: str, planned: int, intention: str) -> Session:
    session = Session(0, channel, start, start + minutes * MINUTE, HOME, activity, planned * MINUTE, intention)
    return session._replace(source="timer")


def _looks_that_stand_out(day: DemoDay, before: Sequence[Session], now: int) -> int:
    """The size of the burst: some ten looks in the middle of work, more in the evening, when many are usual."""
    begins = now - _BURST_BEGINS
    social = ("instagram", "linkedin", "youtube", "x")
    second = (begins - day.at(0)) % 86_400
    hours = [0] * 24
    for session in before:
        if session.start > now - 28 * 86_400 and session.channel in social:
            hours[(second + session.start - begins) % 86_400 // HOUR] += 1
    rates = HourlyCounts(tuple(hours), 28).rates()
    usual = sum(rates[(second + minute * MINUTE) // HOUR % 24] / 60 for minute in range(30))
    looks = _FEWEST_LOOKS
    while looks < _MOST_LOOKS and chance(looks, usual, 27, _SPREAD) >= _IMPROBABLE:
        looks += 1
    return looks
