"""The phone in her pocket: openings through the hours of the day, and the fidgeting after a post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.demo.diary import HOUR, MINUTE
from tracker.demo.story import CALM, CAMPAIGN, level_of_instagram

if TYPE_CHECKING:
    from tracker.demo.diary import Diary

#: Openings usual from 07:00 on, hour by hour up to 01:00: breakfast, lunch and the long evening; little over work.
_HOURS: dict[str, tuple[float, ...]] = {
    #             7    8    9    10   11   12   13   14   15   16   17   18   19   20   21   22   23   0
    "instagram": (1.8, 2.0, 0.7, 0.8, 0.9, 2.4, 1.0, 0.4, 0.6, 1.2, 1.7, 2.4, 2.8, 3.2, 3.8, 4.0, 2.2, 0.5),
    "linkedin": (0.8, 1.3, 0.6, 0.7, 0.6, 1.2, 0.5, 0.2, 0.4, 0.6, 1.0, 1.1, 0.6, 0.5, 0.4, 0.3, 0.1, 0.0),
    "youtube": (0.1, 0.1, 0.0, 0.0, 0.1, 0.3, 0.2, 0.0, 0.1, 0.1, 0.2, 0.3, 0.4, 0.5, 0.8, 1.0, 0.7, 0.2),
    "x": (0.2, 0.3, 0.1, 0.1, 0.1, 0.3, 0.2, 0.1, 0.1, 0.1, 0.2, 0.2, 0.2, 0.3, 0.3, 0.2, 0.1, 0.0),
    "whatsapp": (0.5, 0.9, 0.7, 0.6, 0.7, 1.1, 0.8, 0.4, 0.5, 0.6, 0.9, 1.0, 1.0, 0.9, 0.7, 0.4, 0.1, 0.0),
}
_FIRST_HOUR = 7

#: How much of a weekday's use there is on a weekend, by channel.
_WEEKEND = {"instagram": 0.85, "linkedin": 0.2, "youtube": 1.1, "x": 0.8, "whatsapp": 0.8}

#: Hours in which a look is sometimes logged by key, because the laptop is in front of her.
_AT_DESK = range(9, 18)


def usual(diary: Diary, level: float) -> None:
    """The day's usual openings; `level` is 1 for a working day at home."""
    random = diary.random
    level *= random.uniform(0.85, 1.15)
    for channel, hours in _HOURS.items():
        share = level * _share(channel, diary)
        for place, rate in enumerate(hours):
            hour = _FIRST_HOUR + place
            for _time in range(diary.times(rate * share) if rate else 0):
                _open(diary, channel, hour)


def _open(diary: Diary, channel: str, hour: int) -> None:
    random = diary.random
    instant = diary.at((hour + random.random()) * HOUR)
    if channel == "youtube":
        diary.look(channel, instant, random.randrange(30, 6 * MINUTE))
    elif channel == "whatsapp":
        diary.look(channel, instant, random.randrange(8, 4 * MINUTE))
    elif hour in _AT_DESK and random.random() < 0.3:
        diary.check(channel, instant)
    else:
        diary.look(channel, instant)


def _share(channel: str, diary: Diary) -> float:
    share = _WEEKEND[channel] if diary.weekday >= 5 else 1.0
    if channel == "instagram":
        share *= level_of_instagram(diary.ago)
    if channel == "linkedin" and diary.ago in CAMPAIGN:
        share *= 1.5
    return share


def after_post(diary: Diary, published: int) -> None:
    """Looks for 10 to 120 minutes after the instant of a post: spread out, or, when restless, all at once."""
    random = diary.random
    calm = any(diary.ago in span for span in CALM)
    for _look in range(random.randrange(2, 5) if calm else random.randrange(4, 8)):
        # The sum of two draws leans early: the first reactions come within the hour.
        _peek(diary, published + int(10 * MINUTE + 110 * MINUTE * random.random() * random.random()))
    if not calm and random.random() < 0.32:
        restless(diary, published + random.randrange(10, 50) * MINUTE, "linkedin", random.randrange(8, 11))


def _peek(diary: Diary, instant: int) -> None:
    if diary.random.random() < 0.5:
        diary.check("linkedin", instant)
    else:
        diary.look("linkedin", instant)


def restless(diary: Diary, instant: int, channel: str, looks: int, minutes: int = 23) -> None:
    """So many looks from this instant on within so many minutes, the first and the last at the ends."""
    random = diary.random
    step = minutes * MINUTE // (looks - 1)
    for place in range(looks):
        shake = random.randrange(-step // 4, step // 4 + 1) if 0 < place < looks - 1 else 0
        when = instant + place * step + shake
        if random.random() < 0.6:
            diary.check(channel, when)
        else:
            diary.look(channel, when, random.randrange(5, 28))
