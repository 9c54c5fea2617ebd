"""The year put together: every day by its chapter, what was written in the evening, and what it brought."""

from __future__ import annotations

from bisect import bisect_right
from itertools import cycle
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.openings import MERGE_GAP
from tracker.calendar.days import day_of, next_date
from tracker.calendar.weeks import week_of
from tracker.demo import asking, evenings, habits, routine, story, today, words
from tracker.demo.diary import HOUR, PHONE, Diary, clock
from tracker.domain.models import DayNote, Habit, Outcome, Pause, Session, Spend, Tick, Urge, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

_SEED = 20261123


class Year(NamedTuple):
    """All the records, each sorted by time, none after now."""

    sessions: tuple[Session, ...]
    urges: tuple[Urge, ...]
    outcomes: tuple[Outcome, ...]
    notes: tuple[DayNote, ...]
    habits: tuple[Habit, ...]
    ticks: tuple[Tick, ...]
    pauses: tuple[Pause, ...]
    #: (channel, instant, zone) of what the phone said unasked.
    notifications: tuple[tuple[str, int, str], ...]
    spends: tuple[Spend, ...]
    verdicts: tuple[Verdict, ...]


def tell(now: int, starts_at: int) -> Year:
    """The year that ends at `now` (UTC seconds); days start so many seconds after midnight."""
    last = day_of(now, story.HOME, starts_at)
    pages = [_page(next_date(last, -ago), ago) for ago in range(story.DAYS - 1, -1, -1)]
    edge = now - today.TAKES_OVER
    sessions = _tidy(_cut(session, edge) for page in pages for session in page.sessions if session.start < edge)
    sessions = habits.kept_free(sessions, pages)
    page = Diary(last, story.HOME, 0, Random(_SEED))
    today.last_hours(page, sessions, now)
    told = sorted([*sessions, *page.sessions], key=_by_start)
    return Year(
        sessions=tuple(told),
        urges=tuple(sorted([*_urges(pages, edge), *today.urges(now)], key=lambda urge: urge.at)),
        outcomes=tuple(_outcomes(pages, now)),
        notes=tuple(evenings.closed(pages, _notes(pages))),
        habits=habits.habits(last),
        ticks=tuple(habits.ticks(pages)),
        pauses=tuple(habits.pauses(pages)),
        notifications=tuple(asking.notifications(pages, told, edge)),
        spends=tuple(_spends(pages, now)),
        verdicts=tuple(_verdicts(pages)),
    )


def _page(date: str, ago: int) -> Diary:
    # A generator of its own for each day: a change to one day leaves the others as they were.
    zone = story.AWAY if story.MONTREAL.last < ago < story.MONTREAL.first else story.HOME
    diary = Diary(date, zone, ago, Random(_SEED + 7919 * ago))
    if ago in story.SICK or ago in story.UNLOGGED or ago in story.ZERO or ago in (_OUT, _BACK):
        return diary
    if ago in story.HOLIDAY:
        routine.holiday(diary)
    elif zone == story.AWAY:
        routine.festival(diary)
    elif ago and (diary.weekday >= 5 or date[5:] in story.DAYS_OFF):
        routine.weekend(diary)
    else:
        routine.working_day(diary)
    return diary


#: In the aeroplane: nothing to record.
_OUT, _BACK = story.MONTREAL.first, story.MONTREAL.last


def _cut(session: Session, edge: int) -> Session:
    """What is still under way when the last hours begin ends there."""
    return session._replace(end=edge) if session.end is not None and session.end > edge else session


def _tidy(drafts: Iterable[Session]) -> list[Session]:
    """By time, without two at once on a channel (what was recorded by hand stays), and no phone while talking."""
    last: dict[str, int] = {}
    kept: list[Session | None] = []
    talks: list[tuple[int, int]] = []
    for session in sorted(drafts, key=_by_start):
        end = session.end or session.start
        before = last.get(session.channel)
        other = kept[before] if before is not None else None
        if other is not None and other.end is not None and session.start <= other.end + MERGE_GAP:
            if session.source != "timer" or other.source not in (PHONE, "check"):
                continue
            kept[before] = None  # type: ignore[index]  # other came from there
        if session.person is not None:
            talks.append((session.start, end))
        last[session.channel] = len(kept)
        kept.append(session)
    return [session for session in kept if session is not None and not _while_talking(session, talks)]


def _while_talking(session: Session, talks: list[tuple[int, int]]) -> bool:
    if session.person is not None:
        return False
    place = bisect_right(talks, (session.start, session.start + 10 * 86_400)) - 1
    return place >= 0 and session.start < talks[place][1]


def _urges(pages: list[Diary], edge: int) -> list[Urge]:
    """More of them noticed, and resisted, since the resolution."""
    found = []
    for page in pages:
        if not page.sessions:
            continue
        random = Random(_SEED + 104_729 * (page.ago + 1))
        usual = 1.5 if page.ago < story.RESOLVED else 0.5
        for _urge in range(random.randrange(3) if random.random() < usual / 1.6 else 0):
            at = page.at(random.uniform(9, 22.5) * HOUR)
            channel = random.choices(("instagram", "linkedin", "youtube", "x"), (6, 3, 2, 1))[0]
            trigger = random.choice(words.TRIGGERS) if random.random() < 0.85 else None
            note = random.choice(words.URGES) if random.random() < 0.3 else None
            if at < edge:
                found.append(Urge(0, channel, at, page.zone, trigger, note))
    return found


def _outcomes(pages: list[Diary], now: int) -> list[Outcome]:
    found = []
    for result in story.RESULTS:
        page = pages[story.DAYS - 1 - result.ago]
        talks = [session.end or 0 for session in page.sessions if session.person == result.person]
        at = max([page.at(clock(result.clock)), *(end + 4 * 60 for end in talks)])
        if at < now:
            amount = None if result.amount is None else result.amount * 100
            currency = None if amount is None else "EUR"
            found.append(
                Outcome(
                    *(0, result.kind, at, page.zone, result.channel, "user", amount, currency),
                    *(result.person, result.note),
                )
            )
    return sorted(found, key=lambda outcome: outcome.at)


def _spends(pages: list[Diary], now: int) -> list[Spend]:
    spent = [(one, pages[story.DAYS - 1 - one.ago]) for one in sorted(story.EXPENSES, key=lambda one: -one.ago)]
    return [
        Spend(0, one.channel, page.at(clock(one.clock)), page.zone, one.amount * 100, "EUR", one.note)
        for one, page in spent
        if page.at(clock(one.clock)) < now
    ]


def _verdicts(pages: list[Diary]) -> list[Verdict]:
    """Each in the review of its week, on the day it was resolved in the evening."""
    return [
        Verdict(0, week_of(page.date, 0), channel, computed, verdict, why, page.at(21 * HOUR))
        for ago, channel, computed, verdict, why in story.VERDICTS
        for page in (pages[story.DAYS - 1 - ago],)
    ]


def _notes(pages: list[Diary]) -> list[DayNote]:
    """Four evenings a week or so; each sentence comes back only when all have been used."""
    random = Random(_SEED)
    general = cycle(random.sample(words.NOTES, len(words.NOTES)))
    special = {name: list(reversed(sentences)) for name, sentences in _CHAPTERS.items()}
    found = []
    for page in pages:
        chapter = next((name for name, span in _SPANS.items() if page.ago in span), "")
        if page.ago in story.ZERO:
            found.append(DayNote(page.date, words.ZERO_NOTES[story.ZERO.index(page.ago)], True))
        elif page.ago == story.RESOLVED:
            found.append(DayNote(page.date, words.RESOLVED_NOTE))
        elif page.sessions and page.ago and (random.random() < 0.57 or page.ago == 1):
            if special.get(chapter):
                found.append(DayNote(page.date, special[chapter].pop()))
            elif not chapter:
                found.append(DayNote(page.date, next(general)))
    return found


_SPANS = {"holiday": story.HOLIDAY, "campaign": story.CAMPAIGN, "montreal": story.MONTREAL}
_CHAPTERS = {"holiday": words.HOLIDAY_NOTES, "campaign": words.CAMPAIGN_NOTES, "montreal": words.MONTREAL_NOTES}


def _by_start(session: Session) -> tuple[int, str]:
    return session.start, session.channel
