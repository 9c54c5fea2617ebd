"""Her weekly reviews since the resolution: what she thought, what she wrote, what she meant to do; last week's waits.

The earlier ones are short: she looked at the figures, and left patterns and worth aside. They are real records, made
by what makes everybody's; only what each of them shares with its neighbours is computed once.
"""

from __future__ import annotations

import json
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from tracker.calendar.days import day_of, next_date
from tracker.calendar.weeks import next_week, week_of
from tracker.calendar.zones import wall_instant
from tracker.demo import story, words
from tracker.domain.models import REVIEW_STEPS, Commitment, Estimate, Review
from tracker.reports import habits as habit_review
from tracker.reports import session
from tracker.reports.coverage import LEAST_DAYS
from tracker.reports.review_figures import review_figures
from tracker.reports.review_page import review_markdown
from tracker.reports.week import around, around_each
from tracker.storage import bulk

if TYPE_CHECKING:
    from tracker.reports.week import Around
    from tracker.settings import Settings
    from tracker.storage import Journal

_SEED = 20261123

#: So many weeks back are looked for, the last one aside; the one so many weeks ago she let pass.
_WEEKS, _MISSED = 11, 6

#: So many of them, the latest, are whole.
_WHOLE = 2

#: She writes on Monday mornings, so many seconds after midnight.
_WRITES = 8 * 3600 + 40 * 60

#: What she committed to, in turns; the last two by her word only.
_PLANS = (
    Commitment(0, "", "I want to check likes", "I call one prospect", "contacts", "at_least", 3.0, "week"),
    Commitment(0, "", "I have just published", "I go out for half an hour", "after_posting", "at_least", 30.0),
    Commitment(
        *(0, "", "I feel like Instagram", "I draw for ten minutes", "social_minutes", "at_most", 30.0, "day"),
        channel="instagram",
    ),
    Commitment(
        *(0, "", "it is half past ten", "the phone goes to the kitchen", "last_opening", "at_most", 81_000.0, "day")
    ),
    Commitment(
        *(0, "", "I begin a planned session", "I end it with its plan", "plan_kept", "at_least", 60.0, "week"),
        channel="linkedin",
    ),
    Commitment(0, "", "a post goes nowhere", "I show the piece to a person"),
    Commitment(0, "", "I sit down to work", "the phone stays in its drawer"),
)


def look_back(journal: Journal, settings: Settings, now: int) -> None:
    """Add the reviews to the year that ends at `now`, and the commitments up to the week that waits for its review."""
    this = week_of(day_of(now, story.HOME, settings.day_starts_at), 0)
    weeks = [next_week(this, -back) for back in range(_WEEKS, 1, -1) if back != _MISSED]
    found = around_each(journal, settings, weeks, zone=story.HOME, now=now)
    told = [one for one in found if sum(date in one.gathered.logged for date in one.dates) >= LEAST_DAYS]
    bulk.look_back(
        journal,
        now=now,
        estimates=[estimate for one in told for estimate in _estimates(one, settings)],
        commitments=[plan for place, one in enumerate(told) for plan in _plans(one, place, settings)],
    )
    bulk.look_back(journal, now=now, reviews=_reviews(journal, settings, told, now))


def _written(one: Around, settings: Settings) -> int:
    """On the Monday after, before work."""
    monday = date.fromisoformat(next_date(one.dates[-1]))
    return wall_instant(story.HOME, monday, max(_WRITES, settings.day_starts_at))


def _estimates(one: Around, settings: Settings) -> list[Estimate]:
    """She thinks it was less than it was, of LinkedIn sometimes more: in half hours."""
    random = Random(f"{_SEED} {one.week}")
    felt = []
    for channel, low, high in ((None, 0.52, 0.78), ("instagram", 0.5, 0.8), ("linkedin", 0.8, 1.15)):
        halves = round(_seconds(one, channel) * random.uniform(low, high) / 1800)
        felt.append(Estimate(one.week, channel, 1800 * max(halves, 1), _written(one, settings) - 800))
    return felt


def _seconds(one: Around, channel: str | None) -> int:
    """Seconds of a channel in the week, or social ones in all, near enough for what somebody thinks."""
    channels = one.gathered.channels
    return sum(
        part.end - part.start
        for part in one.gathered.slices
        if part.date in one.dates and (part.channel == channel if channel else channels[part.channel].kind == "social")
    )


def _plans(one: Around, place: int, settings: Settings) -> list[Commitment]:
    """Two for the week after, some weeks three; of those that only she can tell, most went well."""
    random = Random(f"{_SEED} plans {one.week}")
    plans = []
    for position in range(3 if place % 3 == 2 else 2):
        made = _PLANS[(2 * place + position) % len(_PLANS)]
        kept = None if made.measure else random.random() < 0.7
        week, at = next_week(one.week), _written(one, settings)
        plans.append(made._replace(week=week, kept=kept, position=position, at=at))
    return plans


def _reviews(journal: Journal, settings: Settings, told: list[Around], now: int) -> list[Review]:
    habits = habit_review.habits(journal, settings, zone=story.HOME, now=now)
    made = []
    for place, short in enumerate(told):
        whole = len(told) - place <= _WHOLE
        # Patterns and worth look further back.
        one = around(journal, settings, short.week, zone=story.HOME, now=now) if whole else short
        at = _written(one, settings)
        steps = REVIEW_STEPS if whole else tuple(step for step in REVIEW_STEPS if step not in ("patterns", "worth"))
        said = words.REVIEWS[len(told) - 1 - place]
        review = Review(0, one.week, 1, at - 900, story.HOME, at, at - 700, steps, said)
        then = tuple(kept for kept in (habit.until(one.dates[-1]) for habit in habits) if kept)
        data = review_figures(
            session.from_around(journal, settings, one, review, then, zone=story.HOME, now=at, deep=whole),
            zone=story.HOME,
            now=at,
        )
        made.append(review._replace(figures=json.dumps(data, ensure_ascii=False), page=review_markdown(data)))
    return made
