"""One day, as the Day and Timer screens, `tracker day` and the exports show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.days import day_bounds
from tracker.domain.models import PURPOSES
from tracker.reports import pauses, totals
from tracker.reports.gather import gather, is_brief, is_check
from tracker.reports.reach import widest
from tracker.reports.values import Crossing, Day, Part
from tracker.storage import channels as channel_table
from tracker.storage import notes, session_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.domain.models import Channel
    from tracker.settings import Settings
    from tracker.storage import Journal


def day(journal: Journal, settings: Settings, date: str, *, zone: str, now: int) -> Day:
    """The day `date` as it stands at `now`; its bounds are shown in the reader's `zone`."""
    with journal.snapshot():
        return _day(journal, settings, date, zone, now)


def _day(journal: Journal, settings: Settings, date: str, zone: str, now: int) -> Day:
    gathered = gather(journal, settings, date, date, zone=zone, now=now)
    whole = {
        session.id: session
        for session in session_table.in_span(journal, *widest(journal, date, date, zone, settings.day_starts_at))
    }
    social = [part for part in gathered.slices if gathered.channels[part.channel].kind == "social"]
    activities = {activity.name: activity for activity in channel_table.activities(journal)}
    began = [part for part in social if part.begins]
    checks = sum(is_check(part, settings) for part in began)
    parts = tuple(
        Part(
            session=whole[piece.id],
            start=piece.start,
            end=piece.end,
            check=gathered.channels[piece.channel].kind == "social" and is_brief(piece, settings),
            counts_with=piece.counts_with,
        )
        for piece in gathered.slices
    )
    start, end = day_bounds(date, zone, settings.day_starts_at)
    noted = notes.get(journal, date)
    return Day(
        date=date,
        start=start,
        end=end,
        seconds=totals.seconds(social),
        checks=checks,
        sessions=len(began) - checks,
        first=min((part.start for part in began), default=None),
        last=max((min(part.end, now) for part in social), default=None),
        parts=parts,
        channels=totals.by_channel(gathered.slices, gathered.channels, settings),
        activities=totals.by_activity(social, activities, settings),
        purposes=totals.by_purpose(social, activities, PURPOSES),
        outcomes=tuple(found for _date, found in gathered.outcomes),
        urges=tuple(urge for _date, urge in gathered.urges),
        contacts=tuple(
            part for part in parts if part.begins and gathered.channels[part.session.channel].kind == "in_person"
        ),
        note=noted.note,
        logged=date in gathered.logged,
        budget_seconds=settings.daily_budget,
        task=noted.task,
        task_done=noted.task_done,
        pauses=pauses.in_span(journal, start, end, now),
        crossings=_crossings(journal, parts, gathered.channels),
        closed=noted.closed,
    )


def _crossings(journal: Journal, parts: Iterable[Part], channels: dict[str, Channel]) -> tuple[Crossing, ...]:
    """Of what began here; most days name nobody, and need not ask."""
    named = [part.session for part in parts if part.session.person and part.start == part.session.start]
    if not named:
        return ()
    from tracker.reports.people import crossings

    return crossings(journal, named, channels)
