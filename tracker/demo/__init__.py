"""The demo: a made-up year of a designer who also makes masks, to try the program without a log of one's own.

The year has days, all the other records that belong to them, and weekly reviews. The same `now` makes the same records
on every machine: the zone is Paris, and all random draws are seeded. The review of last week is not yet written. The
earlier reviews are short: they leave out patterns and worth. They are made by the same functions as any review; only
the figures that neighbouring weeks share are computed once.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from itertools import cycle
from random import Random
from typing import NamedTuple, TypeVar

from tracker.analytics.day_slices import LEAST_DAYS
from tracker.analytics.patterns.openings import MERGE_GAP
from tracker.calendar.clock import wall_instant
from tracker.calendar.days import day_of, next_date, next_week, week_of
from tracker.demo import story
from tracker.demo.story import PHONE, DemoDay, seconds_after_midnight
from tracker.domain.models import (
    HOUR,
    MINUTE,
    REVIEW_STEPS,
    Commitment,
    DayNote,
    Estimate,
    Habit,
    Outcome,
    Pause,
    Review,
    Session,
    Spend,
    Tick,
    Urge,
    Verdict,
)
from tracker.domain.record import Record
from tracker.locale import language
from tracker.reports import habit_histories as habit_review
from tracker.reports.review import ReviewData, review_figures
from tracker.reports.review_page import review_markdown
from tracker.reports.week import WeekRecords, load_week, load_weeks
from tracker.settings import Settings
from tracker.storage import Database, bulk_load
from tracker.workspace import Workspace

Written = TypeVar("Written", bound="Record")

_SEED = 20261123

#: The settings the demo is shown with, instead of the user's.
SETTINGS = Settings(
    daily_budget=2 * 3600,
    check_limit=40,
    first_weekday=0,
    sleep=(0, 7 * 3600),
    wakes_at=7 * 3600,
    currency="EUR",
    focus_hours=((9 * 3600 + 1800, 12 * 3600), (14 * 3600, 17 * 3600)),
    hour_cost=4500,
    sale_value=90_000,
    client_share=0.3,
    margin=0.9,
)

#: The budgets of channels in seconds a day.
BUDGETS = {"linkedin": 3600, "instagram": 1800, "youtube": 900, "x": 600}

#: The chapters with sentences of their own.
_CHAPTERS = (
    (story.HOLIDAY, story.TEXTS["holiday_notes"]),
    (story.CAMPAIGN, story.TEXTS["campaign_notes"]),
    (story.MONTREAL, story.TEXTS["montreal_notes"]),
)

_SOCIAL = ("linkedin", "instagram", "youtube", "x")


class DemoYear(NamedTuple):
    """All records of the demo; each kind is sorted by time, none is after now."""

    sessions: tuple[Session, ...]
    urges: tuple[Urge, ...]
    outcomes: tuple[Outcome, ...]
    notes: tuple[DayNote, ...]
    habits: tuple[Habit, ...]
    ticks: tuple[Tick, ...]
    pauses: tuple[Pause, ...]
    #: (channel, instant, zone).
    notifications: tuple[tuple[str, int, str], ...]
    spends: tuple[Spend, ...]
    verdicts: tuple[Verdict, ...]


#: The days by how many days ago they were, the first one first.
DemoDays = dict[int, DemoDay]


def make(path: str, now: int) -> None:
    """Fill the new file at `path` with the year that ends at `now` (UTC seconds), while a session runs.

    What she wrote is in the reader's language. There is nothing to undo. Raises TrackerError, with nothing written, if
    the file has sessions already.
    """
    year = make_year(now, SETTINGS.day_starts_at)
    if language() == "fr":
        year = in_french(year)
    with Database.open(path) as database:
        bulk_load.fill(database, now=now, budgets=BUDGETS, **year._asdict())
        look_back(database, SETTINGS, now)


def make_year(now: int, starts_at: int) -> DemoYear:
    """The year that ends at `now` (UTC seconds); days start `starts_at` seconds after midnight."""
    last = day_of(now, story.HOME, starts_at)
    days = {ago: _make_day(next_date(last, -ago), ago) for ago in range(story.DAYS - 1, -1, -1)}
    edge = now - story.LAST_HOURS
    usual = (session for day in days.values() for session in day.sessions if session.start < edge)
    sessions = _without_kept_pauses(_tidy(_cut(session, edge) for session in usual), days)
    day = DemoDay(last, story.HOME, 0, Random(_SEED))
    story.last_hours(day, sessions, now)
    all_sessions = sorted([*sessions, *day.sessions], key=_by_start)
    return DemoYear(
        sessions=tuple(all_sessions),
        urges=tuple(sorted([*_urges(days, edge), *story.last_urges(now)], key=lambda urge: urge.at)),
        outcomes=tuple(_outcomes(days, now)),
        notes=tuple(_with_evenings(days, _notes(days))),
        habits=_habits(last),
        ticks=tuple(_ticks(days)),
        pauses=tuple(_pause(days[told.ago], told) for told in story.PAUSES),
        notifications=tuple(_notifications(days, all_sessions, edge)),
        spends=tuple(_spends(days, now)),
        verdicts=tuple(_verdicts(days)),
    )


def _make_day(date: str, ago: int) -> DemoDay:
    # Each day has its own random generator: a change to one day does not change the others.
    zone = story.AWAY if story.MONTREAL.last < ago < story.MONTREAL.first else story.HOME
    day = DemoDay(date, zone, ago, Random(_SEED + 7919 * ago))
    without_record = (*story.UNLOGGED, *story.ZERO, story.MONTREAL.first, story.MONTREAL.last)
    if ago in story.SICK or ago in without_record:
        return day
    if ago in story.HOLIDAY:
        story.holiday(day)
    elif zone == story.AWAY:
        story.festival(day)
    elif ago and (day.weekday >= 5 or date[5:] in story.DAYS_OFF):
        story.weekend(day)
    else:
        story.working_day(day)
    return day


def _cut(session: Session, edge: int) -> Session:
    """The session, ended at `edge` where it goes on for longer."""
    return session._replace(end=edge) if session.end is not None and session.end > edge else session


def _tidy(drafts: Iterable[Session]) -> list[Session]:
    """The sessions by time, without overlaps on a channel (the timer wins), and without the phone during a talk."""
    last: dict[str, int] = {}
    tidy: list[Session | None] = []
    talks: list[tuple[int, int]] = []
    for session in sorted(drafts, key=_by_start):
        end = session.end or session.start
        before = last.get(session.channel)
        other = tidy[before] if before is not None else None
        if other is not None and other.end is not None and session.start <= other.end + MERGE_GAP:
            if session.source != "timer" or other.source not in (PHONE, "check"):
                continue
            tidy[before] = None  # type: ignore[index]  # other came from there
        if session.person is not None:
            talks.append((session.start, end))
        last[session.channel] = len(tidy)
        tidy.append(session)
    return [session for session in tidy if session is not None and not _while_talking(session, talks)]


def _while_talking(session: Session, talks: list[tuple[int, int]]) -> bool:
    if session.person is not None:
        return False
    index = bisect_right(talks, (session.start, session.start + 10 * 86_400)) - 1
    return index >= 0 and session.start < talks[index][1]


def _urges(days: DemoDays, edge: int) -> list[Urge]:
    urges = []
    for day in days.values():
        if not day.sessions:
            continue
        random = Random(_SEED + 104_729 * (day.ago + 1))
        usual = 1.5 if day.ago < story.RESOLVED else 0.5
        for _urge in range(random.randrange(3) if random.random() < usual / 1.6 else 0):
            at = day.at(random.uniform(9, 22.5) * HOUR)
            channel = random.choices(("instagram", "linkedin", "youtube", "x"), (6, 3, 2, 1))[0]
            trigger = random.choice(story.TEXTS["triggers"]) if random.random() < 0.85 else None
            note = random.choice(story.TEXTS["urges"]) if random.random() < 0.3 else None
            if at < edge:
                urges.append(Urge(0, channel, at, day.zone, trigger, note))
    return urges


def _outcomes(days: DemoDays, now: int) -> list[Outcome]:
    outcomes = []
    for ago, clock, kind, channel, person, euros, note in story.OUTCOMES:
        day = days[ago]
        talks = [session.end or 0 for session in day.sessions if session.person == person]
        at = max([day.at(seconds_after_midnight(clock)), *(end + 4 * 60 for end in talks)])
        if at < now:
            amount, currency = (euros * 100, "EUR") if euros else (None, None)
            outcomes.append(Outcome(0, kind, at, day.zone, channel, "user", amount, currency, person, note))
    return sorted(outcomes, key=lambda outcome: outcome.at)


def _spends(days: DemoDays, now: int) -> list[Spend]:
    spends = []
    for ago, clock, channel, amount, note in sorted(story.EXPENSES, key=lambda expense: -expense.ago):
        day = days[ago]
        if (at := day.at(seconds_after_midnight(clock))) < now:
            spends.append(Spend(0, channel, at, day.zone, amount * 100, "EUR", note))
    return spends


def _verdicts(days: DemoDays) -> list[Verdict]:
    verdicts = []
    for ago, channel, computed, verdict, why in story.VERDICTS:
        week, at = week_of(days[ago].date, 0), days[ago].at(21 * HOUR)
        verdicts.append(Verdict(0, week, channel or None, computed, verdict, why, at))
    return verdicts


def _notes(days: DemoDays) -> list[DayNote]:
    """Notes on about four evenings a week; a sentence comes again only when all have been used."""
    random = Random(_SEED)
    general = cycle(random.sample(story.TEXTS["notes"], len(story.TEXTS["notes"])))
    chapters = [(span, list(reversed(texts))) for span, texts in _CHAPTERS]
    notes = []
    for day in days.values():
        chapter = next((texts for span, texts in chapters if day.ago in span), None)
        if day.ago in story.ZERO:
            notes.append(DayNote(day.date, story.TEXTS["zero_notes"][story.ZERO.index(day.ago)], True))
        elif day.ago == story.RESOLVED:
            notes.append(DayNote(day.date, story.TEXTS["resolved_note"][0]))
        elif day.sessions and day.ago and (random.random() < 0.57 or day.ago == 1):
            if chapter:
                notes.append(DayNote(day.date, chapter.pop()))
            elif chapter is None:
                notes.append(DayNote(day.date, next(general)))
    return notes


def _with_evenings(days: DemoDays, notes: list[DayNote]) -> list[DayNote]:
    """The notes by date, with the tasks and the closed evenings since the resolution. Today has its task."""
    by_date = {note.date: note for note in notes}
    for day in days.values():
        if day.ago > story.RESOLVED or not day.sessions:
            continue
        random = Random(_SEED + 32_452_843 * (day.ago + 1))
        note = by_date.get(day.date, DayNote(day.date))
        working = day.weekday < 5 and day.ago not in story.MONTREAL
        if not day.ago:
            note = note._replace(task="offer for the gallery")
        elif working and random.random() < 0.8:
            note = note._replace(task=random.choice(story.TEXTS["work"]), task_done=random.random() < 0.68)
        by_date[day.date] = note._replace(closed=day.ago == 1 or (day.ago > 1 and random.random() < 0.85))
    return [by_date[date] for date in sorted(by_date)]


def _notifications(days: DemoDays, sessions: Iterable[Session], edge: int) -> list[tuple[str, int, str]]:
    """(channel, instant, zone) of each notification before `edge`, sorted; none on days without any record."""
    answered = {use.channel: use.answered for use in story.PHONE_USE}
    zones: dict[tuple[str, int], str] = {}
    random = Random(_SEED)
    for session in sessions:
        if session.source == PHONE and random.random() < answered.get(session.channel, 0):
            at = session.start - random.randrange(4, 4 * MINUTE)
            zones[session.channel, at] = session.zone
    for day in days.values():
        if not day.sessions:
            continue
        random = Random(_SEED + 49_979_687 * (day.ago + 1))
        for use in story.PHONE_USE:
            for _notification in range(random.randrange(round(2 * use.unanswered) + 1)):
                at = day.at(random.uniform(7.5, 22.5) * HOUR)
                zones[use.channel, at] = day.zone
    return [(channel, at, zones[channel, at]) for at, channel in sorted((at, name) for name, at in zones) if at < edge]


def _by_start(session: Session) -> tuple[int, str]:
    return session.start, session.channel


def _habits(today: str) -> tuple[Habit, ...]:
    """The habits in their order, as seen from `today`."""
    return tuple(
        habit._replace(created=next_date(today, -begun), position=position)
        for position, (begun, habit) in enumerate(story.HABITS)
    )


def _ticks(days: DemoDays) -> list[Tick]:
    """The ticks by day; today has only those of a morning."""
    ticks: list[Tick] = []
    (draw_since, draw), (walk_since, walk), (read_since, read) = story.HABITS[:3]
    for day in days.values():
        random = Random(_SEED + 15_485_863 * (day.ago + 1))
        away = day.ago in story.HOLIDAY or day.ago in story.MONTREAL
        if day.ago in story.SICK or day.ago in story.UNLOGGED:
            continue
        if day.ago <= draw_since and day.weekday in draw.weekdays:
            if away:  # a day off for this habit
                ticks.append(Tick(draw.name, day.date, None, True))
            elif random.random() < (0.88 if day.ago < story.RESOLVED else 0.55) or not day.ago:
                ticks.append(Tick(draw.name, day.date, 1.0))
        if not day.ago:
            continue
        usual = 0.55 if day.weekday >= 5 else 0.4
        if day.ago <= walk_since and random.random() < (0.15 if away else usual):
            ticks.append(Tick(walk.name, day.date, 1.0))
        if day.ago <= read_since and random.random() >= 0.22:
            count = random.randrange(40, 140) if away else random.choice((6, 10, 12, 15, 20, 22, 24, 26, 30, 34))
            ticks.append(Tick(read.name, day.date, float(count)))
    return ticks


def _pause(day: DemoDay, told: story.StoryPause) -> Pause:
    return Pause(0, day.at(told.hour * HOUR), day.at((told.hour + told.hours) * HOUR), day.zone)


def _without_kept_pauses(sessions: Iterable[Session], days: DemoDays) -> list[Session]:
    """The sessions without the social ones in kept pauses."""
    kept = [_pause(days[told.ago], told) for told in story.PAUSES if told.is_kept]
    return [
        session
        for session in sessions
        if session.channel not in _SOCIAL or not any(pause.start <= session.start < pause.end for pause in kept)
    ]


#: The fields of a record that hold what she wrote.
_WRITTEN = ("intention", "trigger", "note", "person", "task", "why", "name", "habit", "cue", "plan")


def in_french(year: DemoYear) -> DemoYear:
    """The same year, with what she wrote in French; what has no text of hers stays as it is."""
    kinds = ("sessions", "urges", "outcomes", "notes", "habits", "ticks", "spends", "verdicts")
    return year._replace(**{kind: tuple(map(translated, getattr(year, kind))) for kind in kinds})


def translated(record: Written) -> Written:
    """A record with what she wrote in French."""
    texts = {name: getattr(record, name) for name in _WRITTEN if name in record._fields}
    changed = {name: story.FRENCH[text] for name, text in texts.items() if text in story.FRENCH}
    return record._replace(**changed) if changed else record


#: The number of weeks back from which she reviews, and the one she missed.
_WEEKS, _MISSED = 11, 6

#: The number of the latest reviews that have all steps.
_COMPLETE = 2

#: When she writes on Monday mornings, in seconds after midnight.
_WRITES = 8 * 3600 + 40 * 60


def look_back(database: Database, settings: Settings, now: int) -> None:
    """Add the reviews to the year that ends at `now`, and the commitments up to the week that waits for its review."""
    this = week_of(day_of(now, story.HOME, settings.day_starts_at), 0)
    names = [next_week(this, -back) for back in range(_WEEKS, 1, -1) if back != _MISSED]
    weeks = [
        week
        for week in load_weeks(Workspace(database, settings, story.HOME, now=now), names)
        if sum(date in week.loaded.logged for date in week.dates) >= LEAST_DAYS
    ]
    bulk_load.fill(
        database,
        now=now,
        estimates=[estimate for week in weeks for estimate in _estimates(week, settings)],
        commitments=[plan for index, week in enumerate(weeks) for plan in _week_commitments(week, index, settings)],
    )
    bulk_load.fill(database, now=now, reviews=_written_reviews(database, settings, weeks, now))


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


def _week_commitments(week: WeekRecords, index: int, settings: Settings) -> list[Commitment]:
    """Two commitments for the week after, three for every third; most of those without a measure were kept."""
    random = Random(f"{_SEED} plans {week.week}")
    commitments = []
    for position in range(3 if index % 3 == 2 else 2):
        plan = story.COMMITMENTS[(2 * index + position) % len(story.COMMITMENTS)]
        plan = translated(plan) if language() == "fr" else plan
        kept = None if plan.measure else random.random() < 0.7
        at = _written(week, settings)
        commitments.append(plan._replace(week=next_week(week.week), kept=kept, position=position, at=at))
    return commitments


def _written_reviews(database: Database, settings: Settings, weeks: list[WeekRecords], now: int) -> list[Review]:
    habits = habit_review.habits(Workspace(database, settings, story.HOME, now=now))
    reviews = []
    for index, short in enumerate(weeks):
        complete = len(weeks) - index <= _COMPLETE
        # Patterns and worth need weeks further back.
        week = load_week(Workspace(database, settings, story.HOME, now=now), short.week) if complete else short
        at = _written(week, settings)
        steps = REVIEW_STEPS if complete else tuple(step for step in REVIEW_STEPS if step not in ("patterns", "worth"))
        text = story.TEXTS["reviews"][len(weeks) - 1 - index]
        text = story.FRENCH[text] if language() == "fr" else text
        review = Review(0, week.week, 1, at - 900, story.HOME, at, at - 700, steps, text)
        then = tuple(habit_then for habit in habits if (habit_then := habit.until(week.dates[-1])))
        data = ReviewData(Workspace(database, settings, story.HOME, now=at), week.week, deep=complete)
        data.records, data.review, data.habits, data.looks = week, review, then, {}
        figures = review_figures(data)
        reviews.append(review._replace(figures=json.dumps(figures, ensure_ascii=False), page=review_markdown(figures)))
    return reviews
