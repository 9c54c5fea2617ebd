"""What the social channels took and what they brought: the input of the pattern `time_without_return`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.patterns.log import Return, Worth
from tracker.analytics.worth.unit_economics import new_leads, unit_economics
from tracker.calendar.days import Wall, day_bounds
from tracker.reports.gather import gather
from tracker.reports.reach import widest
from tracker.storage import outcomes

if TYPE_CHECKING:
    from tracker.domain.models import Outcome
    from tracker.reports.gather import Gathered
    from tracker.settings import Settings
    from tracker.storage import Journal


def returns(journal: Journal, settings: Settings, first: str, last: str, *, zone: str, now: int) -> Worth:
    """Seconds and leads of every social channel from the day `first` to the day `last`, both included.

    Every channel with time or a lead in the span is there, in the channels' order. Leads are counted by the first
    appearance of a person in the whole log, on the channel that outcome is attributed to.
    """
    with journal.snapshot():
        gathered = gather(journal, settings, first, last, zone=zone, now=now)
        return returns_of(journal, settings, gathered, first, last, zone=zone, now=now)


def known_until(journal: Journal, settings: Settings, last: str, *, zone: str, now: int) -> tuple[list[Outcome], int]:
    """Every outcome there was by the end of the day `last`, by time, and that end (or now, if that is earlier)."""
    starts_at = settings.day_starts_at
    found = outcomes.in_span(journal, 0, widest(journal, last, last, zone, starts_at)[1])
    return (
        [outcome for outcome in found if Wall.of(outcome.zone, starts_at).day(outcome.at) <= last],
        min(now, day_bounds(last, zone, starts_at)[1]),
    )


def returns_of(
    journal: Journal, settings: Settings, gathered: Gathered, first: str, last: str, *, zone: str, now: int
) -> Worth:
    """The same from what was gathered already, which must reach from `first` to `last` or beyond."""
    known, as_of = known_until(journal, settings, last, zone=zone, now=now)
    new = {lead.id for lead in new_leads(known)}
    social = [name for name, channel in gathered.channels.items() if channel.kind == "social"]
    seconds = gathered.slices.seconds_by_channel(social, first, last)
    brought: dict[str, int] = {}
    for date, outcome in gathered.outcomes:
        if outcome.id in new and outcome.channel and first <= date <= last:
            brought[outcome.channel] = brought.get(outcome.channel, 0) + 1
    economics = unit_economics(settings, known, as_of)
    logged = sorted(date for date in gathered.logged if first <= date <= last)
    used = [name for name in social if name in seconds or name in brought]
    return Worth(
        returns=tuple(Return(name, seconds.get(name, 0), brought.get(name, 0)) for name in used),
        days=len(logged),
        break_even=economics.break_even,
        lacking=economics.missing_settings,
        titles={name: gathered.channels[name].title for name in used},
        dates=(logged[0], logged[-1]) if logged else (),
    )
