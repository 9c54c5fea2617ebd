"""The weekly reviews of the demo, with their estimates and commitments; the review of last week is not yet written.

The earlier reviews are short: they leave out patterns and worth. They are made by the same functions as any review;
only the figures that neighbouring weeks share are computed once.
"""

from __future__ import annotations

import json
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from tracker.analytics.day_slices import LEAST_DAYS
from tracker.calendar.clock import wall_instant
from tracker.calendar.days import day_of, next_date, next_week, week_of
from tracker.demo import sentences, story
from tracker.demo.french import FRENCH, translated
from tracker.domain.models import REVIEW_STEPS, Commitment, Estimate, Review
from tracker.locale import language
from tracker.reports import habit_histories as habit_review
from tracker.reports.review import ReviewData
from tracker.reports.review_figures import review_figures
from tracker.reports.review_page import review_markdown
from tracker.reports.week import WeekRecords, load_week, load_weeks
from tracker.storage import bulk_load
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from tracker.settings import Settings
from tracker.storage import Database

_SEED = 20261123

#: The number of weeks back from which she reviews, and the one she missed.
_WEEKS, _MISSED = 11, 6

#: The number of the latest reviews that have all steps.
_COMPLETE = 2

#: When she writes on Monday mornings, in seconds after midnight.
_WRITES = 8 * 3600 + 40 * 60

#: Her commitments in turn; the last two are not measured.
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


def look_back(database: Database, settings: Settings, now: int) -> None:
    """Add the reviews to the year that ends at `now`, and the commitments up to the week that waits for its review."""
    this = week_of(day_of(now, story.HOME, settings.day_starts_at), 0)
    names = [next_week(this, -back) for back in range(_WEEKS, 1, -1) if back != _MISSED]
    weeks = [
        week
        for week in load_weeks(Workspace(database, settings, story.HOME, now=now), names)
        if sum(date in week.loaded.logged for date in week.dates) >= LEAST_DAYS
    ]
    bulk_load.fill_reviews(
        database,
        now=now,
        estimates=[estimate for week in weeks for estimate in _estimates(week, settings)],
        commitments=[plan for index, week in enumerate(weeks) for plan in _commitments(week, index, settings)],
    )
    bulk_load.fill_reviews(database, now=now, reviews=_reviews(database, settings, weeks, now))


def _written(week: WeekRecords, settings: Settings) -> int:
    """The instant of writing: on the Monday after the week, before work."""
    monday = date.fromisoformat(next_date(week.dates[-1]))
    return wall_instant(story.HOME, monday, max(_WRITES, settings.day_starts_at))


def _estimates(week: WeekRecords, settings: Settings) -> list[Estimate]:
    """Estimates in half hours: too low, but for LinkedIn sometimes too high."""
    random = Random(f"{_SEED} {week.week}")
    channels = week.loaded.channels
    estimates = []
    for channel, low, high in ((None, 0.52, 0.78), ("instagram", 0.5, 0.8), ("linkedin", 0.8, 1.15)):
        seconds = sum(
            part.end - part.start
            for part in week.loaded.slices
            if part.date in week.dates
            and (part.channel == channel if channel else channels[part.channel].kind == "social")
        )
        halves = round(seconds * random.uniform(low, high) / 1800)
        estimates.append(Estimate(week.week, channel, 1800 * max(halves, 1), _written(week, settings) - 800))
    return estimates


def _commitments(week: WeekRecords, index: int, settings: Settings) -> list[Commitment]:
    """Two commitments for the week after, three for every third; most of those without a measure were kept."""
    random = Random(f"{_SEED} plans {week.week}")
    commitments = []
    for position in range(3 if index % 3 == 2 else 2):
        plan = _PLANS[(2 * index + position) % len(_PLANS)]
        plan = translated(plan) if language() == "fr" else plan
        kept = None if plan.measure else random.random() < 0.7
        at = _written(week, settings)
        commitments.append(plan._replace(week=next_week(week.week), kept=kept, position=position, at=at))
    return commitments


def _reviews(database: Database, settings: Settings, weeks: list[WeekRecords], now: int) -> list[Review]:
    habits = habit_review.habits(Workspace(database, settings, story.HOME, now=now))
    reviews = []
    for index, short in enumerate(weeks):
        complete = len(weeks) - index <= _COMPLETE
        # Patterns and worth need weeks further back.
        week = load_week(Workspace(database, settings, story.HOME, now=now), short.week) if complete else short
        at = _written(week, settings)
        steps = REVIEW_STEPS if complete else tuple(step for step in REVIEW_STEPS if step not in ("patterns", "worth"))
        text = sentences.REVIEWS[len(weeks) - 1 - index]
        text = FRENCH[text] if language() == "fr" else text
        review = Review(0, week.week, 1, at - 900, story.HOME, at, at - 700, steps, text)
        then = tuple(habit_then for habit in habits if (habit_then := habit.until(week.dates[-1])))
        data = ReviewData(Workspace(database, settings, story.HOME, now=at), week.week, deep=complete)
        data.records, data.review, data.habits, data.looks = week, review, then, {}
        figures = review_figures(data)
        reviews.append(review._replace(figures=json.dumps(figures, ensure_ascii=False), page=review_markdown(figures)))
    return reviews
