"""`rebound`: whether a quiet day is made up for on the next.

**Definition.** A *quiet* day took at most a tenth of the median of the last 42 logged days, in social seconds. The days
after quiet ones are compared with the other days that are not quiet, each with those of its own weekday: who is quiet
every Sunday has Mondays after quiet days only, and nothing to compare them with. Flagged if they are longer with
p < .005 by van Elteren's test (1960: Mann–Whitney's within each weekday, together; one-sided, exact to 50 days). Silent
before 6 days after quiet ones whose weekday also has other days, and where the median is 0.

The day after is the next of the calendar, and counts only if it was logged, is over and is not quiet itself.
"""

from __future__ import annotations

from math import log as log_of

from tracker.analytics.exact_statistics import median, van_elteren
from tracker.analytics.patterns import pattern
from tracker.analytics.patterns.detector_input import DetectorInput, window_openings
from tracker.calendar.days import day_of, next_date, weekday
from tracker.domain.record import Record
from tracker.formatting.numbers import format_odds, round_to_int
from tracker.formatting.times import format_duration
from tracker.locale import N_, _, plural

NAME = "rebound"
#: Logged days looked at: six of each weekday.
DAYS = 42
LEAST_DAYS = 6
QUIET = 0.10
P = pattern.WRONG


class ComparedDay(Record):
    """A day after a quiet one, its social seconds, and the median of the other days of its weekday in seconds."""

    date: str
    seconds: int
    usual: float


def find(log: DetectorInput) -> pattern.Finding:
    """The days after quiet ones against days of their type."""
    window = _compared(log)
    middle = median(log.seconds.get(date, 0) for date in window) if window else 0
    strata = _by_weekday(log, log.limit(NAME, "quiet", QUIET) * middle) if middle else []
    after = sorted(
        ComparedDay(date, seconds, median(others.values()))
        for days, others in strata
        if others
        for date, seconds in days.items()
    )
    if len(after) < LEAST_DAYS:
        more = LEAST_DAYS - len(after)
        needs = plural(more, "{n} more logged day after a quiet one", "{n} more logged days after quiet ones")
        figures = {"logged_days": len(window), "days_after": len(after), "days_after_needed": more}
        return pattern.not_enough(NAME, window, figures, needs)
    p = van_elteren((list(days.values()), list(others.values())) for days, others in strata)
    took, usual = round_to_int(median(day.seconds for day in after)), round_to_int(median(day.usual for day in after))
    flagged = p < P
    openings = window_openings(log, [day.date for day in after]) if flagged else ()
    return pattern.finding(
        NAME,
        flagged,
        _("a day after a quiet one typically took {time} ({n} days); other days of those weekdays, {usual}").format(
            n=len(after), time=format_duration(took), usual=format_duration(usual)
        ),
        window,
        {
            "logged_days": len(window),
            "median_seconds": round_to_int(middle),
            "days_after": len(after),
            "more_than_usual": sum(day.seconds > day.usual for day in after),
            "after_seconds": took,
            "usual_seconds": usual,
            "p": p,
        },
        sessions=(id for opening in openings for id in opening.session_ids),
        usual=_("{time} on the other days of their weekday").format(time=format_duration(usual)),
        chance=_("as many days of the same weekdays, drawn at random, would be as long {odds}").format(
            odds=format_odds(p)
        ),
        margin=log_of(max(p, 1e-300)) / log_of(P),
        chart=pattern.BarChart(
            _("minutes on the day after"),
            tuple(day.date for day in after),
            tuple(day.seconds / 60 for day in after),
            tuple(day.usual / 60 for day in after),
            _("usual on those weekdays"),
        ),
    )


def _compared(log: DetectorInput) -> tuple[str, ...]:
    """The days that are looked at: of a span that was asked for all, else the last DAYS logged ones."""
    return log.window if log.days is None else log.last(DAYS)


def _by_weekday(log: DetectorInput, most: float) -> list[tuple[dict[str, int], dict[str, int]]]:
    """By weekday the seconds of the logged days of more than `most` after a quiet one, and of those that are not.

    The running day is neither.
    """
    days = {date: log.seconds.get(date, 0) for date in _compared(log)}
    today = day_of(log.now, log.zone, log.starts_at)
    after_quiet = {next_date(date) for date, seconds in days.items() if seconds <= most}
    strata: list[tuple[dict[str, int], dict[str, int]]] = [({}, {}) for _weekday in range(7)]
    for date, seconds in days.items():
        if seconds > most and date < today:
            strata[weekday(date)][date not in after_quiet][date] = seconds
    return strata


PATTERN = pattern.Pattern(
    place=10,
    name=NAME,
    heading=N_("More after a quiet day"),
    plain=N_(
        "Whether the day after a quiet day takes longer than usual on that weekday. A quiet day took at most "
        "{quiet_percent}% of your usual time."
    ),
    text=N_(
        "A day is quiet if it took at most {quiet_percent}% of the median of the last 42 logged days. The days after "
        "quiet ones are compared with the other days of their weekday that are not quiet. Flagged if they are longer "
        "with p < 0.005 (van Elteren’s test: Mann–Whitney’s within each weekday, together; one-sided)."
    ),
    thresholds=(
        pattern.Threshold(N_("a quiet day took at most {percent}% of a typical day"), "O", "quiet", QUIET, 0, 0.5),
        pattern.Threshold(N_("p < 0.005"), "O"),
    ),
    silent_before=N_("6 logged days after a quiet one, on weekdays that have others too"),
    source=N_("tested and not found in general by Stieger & Lewetz 2018"),
    detect=find,
    key_figure=pattern.KeyFigure("after_seconds", N_("the day after a quiet one in 42 logged days"), pattern.AS_TIME),
    figures={
        "median_seconds": N_("median day (s)"),
        "days_after": N_("logged days after a quiet one"),
        "days_after_needed": N_("more of these needed"),
        "more_than_usual": N_("longer than usual among them"),
        "after_seconds": N_("the middle one of these (s)"),
        "usual_seconds": N_("usual on such days (s)"),
    },
    note=N_("Stieger & Lewetz (2018) looked for this in many people and did not find it in general; some have it."),
)
