"""The last two hours before now: a post, an offer to write, and what came in between. The same at whatever hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.patterns.scan import HOUR, HourlyCounts
from tracker.analytics.statistics.distributions import poisson_sf
from tracker.demo import phone, words
from tracker.demo.diary import MINUTE
from tracker.demo.story import HOME
from tracker.domain.models import Session, Urge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.demo.diary import Diary

#: The story takes over so many seconds before now; what the routine would have put there is left out.
TAKES_OVER = 112 * MINUTE

_BURST_BEGINS, _BURST_MINUTES = 78 * MINUTE, 22
_FEWEST, _MOST = 6, 10
#: Well under what the pattern asks of a month with two thousand openings.
_IMPROBABLE = 5e-6


def last_hours(diary: Diary, before: Sequence[Session], now: int) -> None:
    """Adds the sessions, the last of which runs; `before` is the year so far, to see what is usual at this hour."""
    diary.sessions.append(_timed("linkedin", now - 103 * MINUTE, 14, "publish", 10, words.TODAYS_POST))
    diary.sessions.append(_timed("work", now - 87 * MINUTE, 46, "client", 45, "offer for the gallery"))
    phone.restless(diary, now - _BURST_BEGINS, "instagram", _looks(diary, before, now), _BURST_MINUTES)
    running = Session(0, "linkedin", now - 37 * MINUTE, None, diary.zone, "create", 25 * MINUTE, source="timer")
    diary.sessions.append(running._replace(intention="carousel on snail prospecting"))


def urges(now: int) -> list[Urge]:
    """Resisted before the burst, and between the burst and the session that runs."""
    return [
        Urge(0, "instagram", now - 104 * MINUTE, HOME, "bored", "went to wash the brushes instead"),
        Urge(0, "instagram", now - 46 * MINUTE, HOME, "procrastinating on the offer", "the offer was right there"),
    ]


def _timed(channel: str, start: int, minutes: int, activity: str, planned: int, intention: str) -> Session:
    session = Session(0, channel, start, start + minutes * MINUTE, HOME, activity, planned * MINUTE, intention)
    return session._replace(source="timer")


def _looks(diary: Diary, before: Sequence[Session], now: int) -> int:
    """Six looks stand out in the middle of work; in the evening, when many are usual, it takes a few more."""
    begins = now - _BURST_BEGINS
    social = ("instagram", "linkedin", "youtube", "x")
    second = (begins - diary.at(0)) % 86_400
    hours = [0] * 24
    for session in before:
        if session.start > now - 28 * 86_400 and session.channel in social:
            hours[(second + session.start - begins) % 86_400 // HOUR] += 1
    rates = HourlyCounts(tuple(hours), 28).rates()
    usual = sum(rates[(second + minute * MINUTE) // HOUR % 24] / 60 for minute in range(30))
    looks = _FEWEST
    while looks < _MOST and poisson_sf(looks - 2, usual) >= _IMPROBABLE:
        looks += 1
    return looks
