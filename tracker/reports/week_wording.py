"""The sentences that open the Week: its time against the usual, the verdicts, the commitments, the busiest hour."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.coverage import LEAST_DAYS
from tracker.analytics.worth.judgement import NOT_ENOUGH_DATA
from tracker.formatting.numbers import format_percent
from tracker.formatting.text import format_open_count, format_result_count, format_talk_count, join_phrases
from tracker.formatting.times import format_duration, format_growing_duration
from tracker.locale import N_, _, ngettext
from tracker.reports.worth_wording import say_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.worth.rows import WorthReport
    from tracker.reports.commitments import CommitmentResult
    from tracker.reports.week import Week

#: A change of a smaller share than this is none.
LEAST_CHANGE = 0.01

#: A busiest hour with fewer checks says nothing of weekdays.
LEAST_CHECKS = 4
#: This share of the busiest hour's checks makes it an hour of weekdays, or of weekends.
MOSTLY = 0.8

#: Under each verdict the channels it is for, the best news first.
VERDICT_GROUPS = {
    "more": N_("More: {names}"),
    "keep": N_("Keep: {names}"),
    "cut": N_("Cut down: {names}"),
    "stop": N_("Stop: {names}"),
    NOT_ENOUGH_DATA: N_("Too early: {names}"),
}


class BusiestHour(NamedTuple):
    """The hour of the clock with the most checks, and on which days it is: "", "weekdays" or "weekends"."""

    hour: int
    days: str


def say_against_usual(week: Week, *, grows: bool = False) -> str:
    """`10h 4m of social time, 11% more than your usual 9h 6m.`; `grows` while a timer adds to it."""
    if week.seconds is None:
        return _("No day is logged: the time is unknown, not zero.")
    time = format_growing_duration(week.seconds, grows)
    if week.usual_seconds is None:
        return _("{time} of social time; no earlier week to compare with yet.").format(time=time)
    usual = format_duration(week.usual_seconds)
    if not week.over:
        return _("{time} of social time so far; usually {usual} in a whole week.").format(time=time, usual=usual)
    if week.logged_days < LEAST_DAYS:
        return _("{time} of social time; too few days logged to compare with your usual {usual}.").format(
            time=time, usual=usual
        )
    if week.seconds and not week.usual_seconds:
        return _("{time} of social time; usually {usual}.").format(time=time, usual=usual)
    change = week.seconds / week.usual_seconds - 1 if week.usual_seconds else 0.0
    if abs(change) < LEAST_CHANGE:
        return _("{time} of social time, as usual ({usual}).").format(time=time, usual=usual)
    message = (
        _("{time} of social time, {percent} more than your usual {usual}.")
        if change > 0
        else _("{time} of social time, {percent} less than your usual {usual}.")
    )
    return message.format(time=time, percent=format_percent(abs(change)), usual=usual)


def say_verdicts(report: WorthReport) -> list[str]:
    """`More: Real contact`, `Stop: Instagram, YouTube`, `Too early: LinkedIn`: every row under its verdict."""
    if not report.rows:
        return [_("No verdict yet: no time on a social channel or in person.")]
    if all(row.effective_verdict == NOT_ENOUGH_DATA for row in report.rows):
        return [_("Too early to tell what it was worth.")]
    groups = [
        (message, [say_title(row) for row in report.rows if row.effective_verdict == verdict])
        for verdict, message in VERDICT_GROUPS.items()
    ]
    return [_(message).format(names=", ".join(names)) for message, names in groups if names]


def say_kept_and_results(week: Week, results: Sequence[CommitmentResult], next_review: str = "") -> str:
    """`1 of 3 commitments kept, 1 still open; 4 results, 5 talks.`; `next_review` says how to make some of none."""
    is_open = sum(result.kept is None for result in results)
    parts = [format_open_count(is_open)] if is_open else []
    if results:
        kept = sum(result.kept is True for result in results)
        message = ngettext("{n} of {count} commitment kept", "{n} of {count} commitments kept", len(results))
        parts.insert(0, message.format(n=kept, count=len(results)))
    else:
        none = _("No commitments this week")
        parts = [f"{none} ({next_review})" if next_review else none]
    came, talks = len(week.outcomes), week.talks
    brought = [format_result_count(came) if came else _("no results yet")]
    brought += [format_talk_count(talks)] if talks else []
    return join_phrases(", ".join(parts), ", ".join(brought)) + "."


def busiest_hour(week: Week) -> BusiestHour | None:
    """The hour with the most checks of the logged days; None without a check."""
    by_hour = week.by_hour()
    if not any(by_hour):
        return None
    hour = by_hour.index(max(by_hour))
    #: Its checks on the logged days of Monday to Friday, and of the weekend.
    parts: tuple[list[int], list[int]] = ([], [])
    for date, row in zip(week.dates, week.hours, strict=True):
        if (checks := row[hour]) is not None:
            parts[datetime.date.fromisoformat(date).weekday() > 4].append(checks)
    weekdays, weekends = map(sum, parts)
    days = ""
    if all(parts) and by_hour[hour] >= LEAST_CHECKS:
        most = MOSTLY * by_hour[hour]
        days = "weekdays" if weekdays >= most else "weekends" if weekends >= most else ""
    return BusiestHour(hour, days)


def say_busiest(week: Week, *, short: bool = False) -> str:
    """`mostly 9–10 on weekdays`, or in `short` the hour alone; empty where no day is logged."""
    busiest = busiest_hour(week)
    if busiest is None:
        return _("no checks") if week.logged_days else ""
    messages = {
        "": _("mostly {start}–{end}"),
        "weekdays": _("mostly {start}–{end} on weekdays"),
        "weekends": _("mostly {start}–{end} at weekends"),
    }
    return messages["" if short else busiest.days].format(start=busiest.hour, end=(busiest.hour + 1) % 24)
