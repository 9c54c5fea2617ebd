"""Each pattern as of the end of a week and of the weeks before it: what the review shows beside today's evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.registry import PATTERNS, find, within
from tracker.calendar.days import day_of
from tracker.calendar.weeks import next_week, week_dates
from tracker.reports.findings import logs
from tracker.reports.weekdays import first_weekday

if TYPE_CHECKING:
    from tracker.analytics.patterns.finding import Finding, State
    from tracker.settings import Settings
    from tracker.storage import Journal

WEEKS = 5


class Look(NamedTuple):
    """A pattern as its week shows it, as of the day `date`: its last or the one that is now; `figure` is drawn."""

    week: str
    date: str
    state: State
    figure: float | None


def five_weeks(journal: Journal, settings: Settings, week: str, *, zone: str, now: int) -> dict[str, tuple[Look, ...]]:
    """The looks at every pattern, the earliest first, by its name; of weeks still to come there are none."""
    today = day_of(now, zone, settings.day_starts_at)
    first = first_weekday(settings)
    weeks = [next_week(week, back) for back in range(1 - WEEKS, 1)]
    days = [(name, week_dates(name, first)) for name in weeks]
    ends = [(name, min(dates[-1], today)) for name, dates in days if dates[0] <= today]
    if not ends:
        return {}
    found = [
        within(find(log), week_dates(name, first), set(log.logged_dates), today)
        for (name, _date), log in zip(
            ends, logs(journal, settings, [date for _week, date in ends], zone=zone, now=now), strict=True
        )
    ]
    return {
        one.name: tuple(
            Look(name, date, findings[place].state, _headline(findings[place], one.key_figure.figure))
            for (name, date), findings in zip(ends, found, strict=True)
        )
        for place, one in enumerate(PATTERNS)
    }


def _headline(finding: Finding, name: str) -> float | None:
    """The figure of that name; where it is one of each channel, that of the channel the finding names."""
    figures = finding.figures
    value = figures.get(name, figures.get(f"{name}.{figures.get('channel')}"))
    return value if isinstance(value, (int, float)) else None
