"""What a day is made of: a working day, a weekend, a day away, and who is met on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.demo import phone, words
from tracker.demo.diary import HOUR, MINUTE
from tracker.demo.story import CAMPAIGN, HOST, MONTREAL, PEOPLE, RESULTS, level_of_instagram

if TYPE_CHECKING:
    from random import Random

    from tracker.demo.diary import Diary
    from tracker.demo.story import Person


def working_day(diary: Diary) -> None:
    """Posts in the morning, work in blocks, somebody to see, the evening on the sofa."""
    _morning(diary)
    _work(diary, (9.7, 11.1))
    for person in talks(diary):
        talk(diary, person, (11.4 if diary.random.random() < 0.4 or not diary.ago else 14.2) * HOUR)
    if not diary.ago:
        diary.planned("instagram", 12.5 * HOUR, 10, "monitor", "answer Léonie")
        diary.timed("youtube", 12.9 * HOUR, 7 * MINUTE, "scroll", trigger="bored")
        diary.look("x", diary.at(12.3 * HOUR), 55)
    _work(diary, (13.9, 15.1))
    _afternoon(diary)
    phone.usual(diary, 1.0)
    _evening(diary)


def weekend(diary: Diary) -> None:
    """Later, lighter; now and then a Saturday morning of work, a market, a neighbour."""
    random = diary.random
    if diary.weekday == 5 and random.random() < 0.25:
        _focus(diary, 10 * HOUR)
    people = _due(diary)
    known = _known(diary)
    if known and not people and random.random() < 0.12:
        people = [random.choice(known)]
    for person in people:
        talk(diary, person, random.uniform(10.5, 12) * HOUR)
    phone.usual(diary, 0.75)
    _evening(diary)


def holiday(diary: Diary) -> None:
    """Hardly anything."""
    phone.usual(diary, 0.12)
    if diary.random.random() < 0.3:
        _scroll(diary, "instagram", 21.5 * HOUR)


def festival(diary: Diary) -> None:
    """A day in Montréal: people by day, the phone in the evening."""
    if diary.random.random() < 0.5:
        _reply(diary, 9 * HOUR)
    for person in _due(diary) or [person for person in PEOPLE if person.name == HOST]:
        talk(diary, person, diary.random.uniform(10, 15) * HOUR)
    phone.usual(diary, 0.55)
    if diary.random.random() < 0.5:
        _scroll(diary, "instagram", 21 * HOUR)


def posts(diary: Diary) -> bool:
    """Whether the day begins with a post: Tuesdays, Thursdays, every other Monday; every day of the campaign."""
    return diary.weekday in (1, 3) or diary.ago in CAMPAIGN or (diary.weekday == 0 and diary.ago // 7 % 2 == 1)


def talks(diary: Diary) -> list[Person]:
    """Who is met that day: whoever is met first or decides something, and as the year goes on, others more often."""
    people = _due(diary)
    chance = 0.2 + 0.4 * (1 - diary.ago / 365)
    known = [person for person in _known(diary) if person not in people]
    if known and diary.random.random() < chance:
        people.append(_nearest_to_the_edge(known, diary.random))
    return people


def talk(diary: Diary, person: Person, second: float) -> None:
    """A meeting, a call or a video call, logged with the person and the ring."""
    random = diary.random
    channel = _channel_of(person, diary)
    minutes = {"call": random.randrange(4, 22), "video": random.randrange(20, 50)}.get(
        channel, random.randrange(10, 65)
    )
    source = "log" if random.random() < 0.6 else "timer"
    note = person.about if diary.ago == person.met else random.choice(words.TALKS)
    activity = "prospect" if diary.ago > person.met - 14 else "relate"
    diary.timed(
        channel, second, minutes * MINUTE, activity, person=person.name, ring=person.ring, note=note, source=source
    )


def _due(diary: Diary) -> list[Person]:
    deciding = {result.person for result in RESULTS if result.ago == diary.ago and result.channel in _IN_PERSON}
    return [person for person in PEOPLE if person.met == diary.ago or person.name in deciding]


_IN_PERSON = ("call", "video", "meeting")


def _known(diary: Diary) -> list[Person]:
    return [person for person in PEOPLE if person.met > diary.ago]


def _nearest_to_the_edge(known: list[Person], random: Random) -> Person:
    # People are listed from near to far: leaning to the end of the list makes the circle grow.
    return known[max(random.randrange(len(known)), random.randrange(len(known)))]


def _channel_of(person: Person, diary: Diary) -> str:
    for result in RESULTS:
        if result.ago == diary.ago and result.person == person.name and result.channel in _IN_PERSON:
            return str(result.channel)
    if person.ring == "beyond":
        return "meeting" if person.name == HOST and diary.ago in MONTREAL else "video"
    if diary.ago == person.met:
        return "meeting"
    far = person.ring == "city"
    return diary.random.choices(_IN_PERSON, (4, 3 if far else 0, 3 if far else 5))[0]


def _morning(diary: Diary) -> None:
    random = diary.random
    if not diary.ago:
        # Today's post is written now and published in the last hours (today.py).
        diary.planned("linkedin", 8.6 * HOUR, 25, "create", words.TODAYS_POST)
    elif posts(diary):
        campaign = diary.ago in CAMPAIGN
        about = random.choice(words.CAMPAIGN_POSTS if campaign else words.POSTS)
        diary.planned("linkedin", random.uniform(8.4, 8.8) * HOUR, random.choice((20, 25, 25, 30)), "create", about)
        diary.planned("linkedin", 8.9 * HOUR, random.choice((5, 10)), "publish", about)
        published = diary.sessions[-1].end
        assert published is not None, "only today's last session runs"
        phone.after_post(diary, published)
        if campaign and random.random() < 0.5:
            channel = "instagram" if random.random() < 0.3 else "linkedin"
            diary.planned(channel, 9.4 * HOUR, 15, "advertise", random.choice(words.ADVERTS))
    elif random.random() < 0.6:
        _reply(diary, random.uniform(8.5, 9) * HOUR)


def _reply(diary: Diary, second: float) -> None:
    minutes = diary.random.choice((10, 10, 15))
    diary.planned("linkedin", second, minutes, "reply", diary.random.choice(words.REPLIES))


def _work(diary: Diary, hours: tuple[float, ...]) -> None:
    for hour in hours:
        if diary.random.random() < 0.9:
            _focus(diary, hour * HOUR)


def _focus(diary: Diary, second: float) -> None:
    random = diary.random
    lasts = random.uniform(40, 78) * MINUTE
    activity = "client" if random.random() < 0.6 else None
    plan = random.choice((45, 50, 60, 60)) * MINUTE if random.random() < 0.5 else None
    intention = random.choice(words.WORK)
    diary.timed("work", second + random.randrange(0, 900), lasts, activity, planned_seconds=plan, intention=intention)


def _afternoon(diary: Diary) -> None:
    random = diary.random
    if diary.ago in CAMPAIGN:
        _reply(diary, 16 * HOUR)
    if random.random() < 0.45:
        diary.planned("linkedin", 16.3 * HOUR, 20, "prospect", random.choice(words.PROSPECTING))
    if random.random() < 0.5:
        _focus(diary, 16.7 * HOUR)
    if random.random() < 0.4:
        diary.planned("linkedin", 17.8 * HOUR, random.choice((5, 5, 10)), "monitor", random.choice(words.LOOKS))
    if random.random() < 0.35 * level_of_instagram(diary.ago):
        diary.planned("instagram", 18.2 * HOUR, 10, "monitor", random.choice(words.LOOKS_AT_PICTURES))


def _evening(diary: Diary) -> None:
    random = diary.random
    if random.random() < 0.8 * level_of_instagram(diary.ago):
        _scroll(diary, "instagram", random.uniform(19.5, 21.2) * HOUR)
    if random.random() < 0.12:
        _scroll(diary, "x", random.uniform(20, 21.5) * HOUR)
    if random.random() < 0.62:
        _scroll(diary, "youtube", random.uniform(21.7, 23.4) * HOUR)


def _scroll(diary: Diary, channel: str, second: float) -> None:
    """A stay on the sofa, begun for a reason and often without one; the trigger is written down now and then."""
    random = diary.random
    trigger = random.choice(words.TRIGGERS) if random.random() < 0.4 else None
    reasons = words.VIDEOS if channel == "youtube" else words.LOOKS_AT_PICTURES
    if channel != "x" and random.random() < 0.35:
        diary.planned(channel, second, 10 if channel == "instagram" else 15, "scroll", random.choice(reasons))
        diary.sessions[-1] = diary.sessions[-1]._replace(trigger=trigger)
    else:
        minutes = random.triangular(6, 34, 12) if channel != "x" else random.uniform(3, 12)
        diary.timed(channel, second, minutes * MINUTE, "scroll", trigger=trigger)
