"""`after_posting`: posts that change nothing, on any days or on busy ones, and posts that are looked after."""

from __future__ import annotations

from tests.studies.people import USUAL
from tests.studies.study import PLANTED, Size, Study
from tracker.analytics.patterns.detector_input import DetectorInput, day_number
from tracker.analytics.patterns.detectors.after_posting import RATIO, P, day_and_second, find, openings_by_day, watches
from tracker.analytics.patterns.finding import Finding
from tracker.analytics.statistics.distributions import binomial_sf


def _first(log: DetectorInput, found: Finding) -> bool:
    """The exact binomial of single openings, each once for every watch, on days taken to be alike."""
    days = {day_number(date) for date in log.window}
    posts = [place for post in log.posts if (place := day_and_second(post, log))[0] in days]
    without = days.difference(day for day, _second in posts)
    elsewhere = openings_by_day(log, without)[1]
    there = sum(elsewhere.number(lo, hi) for _day, lo, hi in watches(posts))
    after, others = int(found.figures["openings_after"] or 0), len(without)
    return after * others >= RATIO * there and binomial_sf(after - 1, after + there, 1 / (1 + others)) < P


BUSY = USUAL._replace(uneven=0.4, posts_when_busy=True)

STUDY = Study(
    name="after_posting",
    find=find,
    edge="Posts come between 9:00 and 18:00 on three days of ten and change nothing.",
    size="a post on every second day, and four times the usual openings from 10 min to 2 h after it",
    planted=PLANTED,
    claims={"low": 28, "middle": 28, "high": 28},
    sizes=(
        *(
            Size(f"posts on the busier half of days that vary by ±40 %, {use} use", BUSY, use=use, harmless=True)
            for use in ("low", "middle", "high")
        ),
        *(
            Size(f"{looks:g} times the usual, {use} use", USUAL._replace(posts=0.5, looks=looks), use=use)
            for use in ("low", "middle")
            for looks in (2.0, 3.0)
        ),
        Size("4 times the usual, a post on every tenth day", USUAL._replace(posts=0.1, looks=4.0), days=28),
    ),
    first=_first,
    first_was="p of single openings, against the other days whatever the day's own level: who posts on busy days, or "
    "opens in rounds, was flagged.",
    weakness="With a post on three days of ten, half of all fortnights have fewer than the 5 posts it asks for. Twice "
    "the usual is its threshold, so a true factor of two is seen in one month of three at most.",
)
