"""The year of the demo: its days, and all the other records that belong to them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import cycle
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.openings import MERGE_GAP
from tracker.calendar.days import day_of, next_date
from tracker.calendar.durations import HOUR, MINUTE
from tracker.calendar.weeks import week_of
from tracker.demo import habit_story, routine, sentences, story
from tracker.demo.demo_day import PHONE, DemoDay, seconds_after_midnight
from tracker.domain.models import DayNote, Habit, Outcome, Pause, Session, Spend, Tick, Urge, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

_SEED = 20261123

#: The mean number of notifications a day that are not answered, and the share of openings that follow one.
_NOTIFICATIONS: dict[str, tuple[float, float]] = {
    "instagram": (4.0, 0.12),
    "linkedin": (2.5, 0.2),
    "youtube": (0.8, 0.05),
    "x": (1.0, 0.1),
    "whatsapp": (6.0, 0.55),
}

#: The chapters with sentences of their own.
_CHAPTERS = (
    (story.HOLIDAY, sentences.HOLIDAY_NOTES),
    (story.CAMPAIGN, sentences.CAMPAIGN_NOTES),
    (story.MONTREAL, sentences.MONTREAL_NOTES),
)


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


def make_year(now: int, starts_at: int) -> DemoYear:
    """The year that ends at `now` (UTC seconds); days start `starts_at` seconds after midnight."""
    last = day_of(now, story.HOME, starts_at)
    pages = [_page(next_date(last, -ago), ago) for ago in range(story.DAYS - 1, -1, -1)]
    edge = now - routine.LAST_HOURS
    sessions = _tidy(_cut(session, edge) for page in pages for session in page.sessions if session.start < edge)
    sessions = habit_story.kept_free(sessions, pages)
    page = DemoDay(last, story.HOME, 0, Random(_SEED))
    routine.last_hours(page, sessions, now)
    all_sessions = sorted([*sessions, *page.sessions], key=_by_start)
    return DemoYear(
        sessions=tuple(all_sessions),
        urges=tuple(sorted([*_urges(pages, edge), *routine.last_urges(now)], key=lambda urge: urge.at)),
        outcomes=tuple(_outcomes(pages, now)),
        notes=tuple(_with_evenings(pages, _notes(pages))),
        habits=habit_story.habits(last),
        ticks=tuple(habit_story.ticks(pages)),
        pauses=tuple(habit_story.pauses(pages)),
        notifications=tuple(_notifications(pages, all_sessions, edge)),
        spends=tuple(_spends(pages, now)),
        verdicts=tuple(_verdicts(pages)),
    )


def _page(date: str, ago: int) -> DemoDay:
    # Each day has its own random generator: a change to one day does not change the others.
    zone = story.AWAY if story.MONTREAL.last < ago < story.MONTREAL.first else story.HOME
    day = DemoDay(date, zone, ago, Random(_SEED + 7919 * ago))
    if (
        ago in story.SICK
        or ago in story.UNLOGGED
        or ago in story.ZERO
        or ago in (story.MONTREAL.first, story.MONTREAL.last)
    ):
        return day
    if ago in story.HOLIDAY:
        routine.holiday(day)
    elif zone == story.AWAY:
        routine.festival(day)
    elif ago and (day.weekday >= 5 or date[5:] in story.DAYS_OFF):
        routine.weekend(day)
    else:
        routine.working_day(day)
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


def _urges(pages: list[DemoDay], edge: int) -> list[Urge]:
    urges = []
    for page in pages:
        if not page.sessions:
            continue
        random = Random(_SEED + 104_729 * (page.ago + 1))
        usual = 1.5 if page.ago < story.RESOLVED else 0.5
        for _urge in range(random.randrange(3) if random.random() < usual / 1.6 else 0):
            at = page.at(random.uniform(9, 22.5) * HOUR)
            channel = random.choices(("instagram", "linkedin", "youtube", "x"), (6, 3, 2, 1))[0]
            trigger = random.choice(sentences.TRIGGERS) if random.random() < 0.85 else None
            note = random.choice(sentences.URGES) if random.random() < 0.3 else None
            if at < edge:
                urges.append(Urge(0, channel, at, page.zone, trigger, note))
    return urges


def _outcomes(pages: list[DemoDay], now: int) -> list[Outcome]:
    outcomes = []
    for outcome in story.OUTCOMES:
        page = pages[story.DAYS - 1 - outcome.ago]
        talks = [session.end or 0 for session in page.sessions if session.person == outcome.person]
        at = max([page.at(seconds_after_midnight(outcome.clock)), *(end + 4 * 60 for end in talks)])
        if at < now:
            amount = None if outcome.amount is None else outcome.amount * 100
            currency = None if amount is None else "EUR"
            outcomes.append(
                Outcome(
                    *(0, outcome.kind, at, page.zone, outcome.channel, "user", amount, currency),
                    *(outcome.person, outcome.note),
                )
            )
    return sorted(outcomes, key=lambda outcome: outcome.at)


def _spends(pages: list[DemoDay], now: int) -> list[Spend]:
    spends = []
    for expense in sorted(story.EXPENSES, key=lambda expense: -expense.ago):
        page = pages[story.DAYS - 1 - expense.ago]
        at = page.at(seconds_after_midnight(expense.clock))
        if at < now:
            spends.append(Spend(0, expense.channel, at, page.zone, expense.amount * 100, "EUR", expense.note))
    return spends


def _verdicts(pages: list[DemoDay]) -> list[Verdict]:
    return [
        Verdict(0, week_of(page.date, 0), channel, computed, verdict, why, page.at(21 * HOUR))
        for ago, channel, computed, verdict, why in story.VERDICTS
        for page in (pages[story.DAYS - 1 - ago],)
    ]


def _notes(pages: list[DemoDay]) -> list[DayNote]:
    """Notes on about four evenings a week; a sentence comes again only when all have been used."""
    random = Random(_SEED)
    general = cycle(random.sample(sentences.NOTES, len(sentences.NOTES)))
    chapters = [(span, list(reversed(texts))) for span, texts in _CHAPTERS]
    notes = []
    for page in pages:
        chapter = next((texts for span, texts in chapters if page.ago in span), None)
        if page.ago in story.ZERO:
            notes.append(DayNote(page.date, sentences.ZERO_NOTES[story.ZERO.index(page.ago)], True))
        elif page.ago == story.RESOLVED:
            notes.append(DayNote(page.date, sentences.RESOLVED_NOTE))
        elif page.sessions and page.ago and (random.random() < 0.57 or page.ago == 1):
            if chapter:
                notes.append(DayNote(page.date, chapter.pop()))
            elif chapter is None:
                notes.append(DayNote(page.date, next(general)))
    return notes


def _with_evenings(pages: list[DemoDay], notes: list[DayNote]) -> list[DayNote]:
    """The notes by date, with the tasks and the closed evenings since the resolution. Today has its task."""
    by_date = {note.date: note for note in notes}
    for page in pages:
        if page.ago > story.RESOLVED or not page.sessions:
            continue
        random = Random(_SEED + 32_452_843 * (page.ago + 1))
        note = by_date.get(page.date, DayNote(page.date))
        working = page.weekday < 5 and page.ago not in story.MONTREAL
        if not page.ago:
            note = note._replace(task="offer for the gallery")
        elif working and random.random() < 0.8:
            note = note._replace(task=random.choice(sentences.WORK), task_done=random.random() < 0.68)
        by_date[page.date] = note._replace(closed=page.ago == 1 or (page.ago > 1 and random.random() < 0.85))
    return [by_date[date] for date in sorted(by_date)]


def _notifications(pages: Iterable[DemoDay], sessions: Iterable[Session], edge: int) -> list[tuple[str, int, str]]:
    """(channel, instant, zone) of each notification before `edge`, sorted; none on days without any record."""
    zones: dict[tuple[str, int], str] = {}
    random = Random(_SEED)
    for session in sessions:
        if session.source == PHONE and random.random() < _NOTIFICATIONS.get(session.channel, (0, 0))[1]:
            at = session.start - random.randrange(4, 4 * MINUTE)
            zones[session.channel, at] = session.zone
    for page in pages:
        if not page.sessions:
            continue
        random = Random(_SEED + 49_979_687 * (page.ago + 1))
        for channel, (mean, _share) in _NOTIFICATIONS.items():
            for _notification in range(random.randrange(round(2 * mean) + 1)):
                at = page.at(random.uniform(7.5, 22.5) * HOUR)
                zones[channel, at] = page.zone
    return [(channel, at, zones[channel, at]) for at, channel in sorted((at, name) for name, at in zones) if at < edge]


def _by_start(session: Session) -> tuple[int, str]:
    return session.start, session.channel
