"""The longer look in words, for screens and command line alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.coverage import LEAST_DAYS
from tracker.formatting.durations import format_duration
from tracker.formatting.numbers import format_signed_percent, percent_change, round_to_int
from tracker.formatting.text import labelled
from tracker.formatting.times import format_week
from tracker.locale import _
from tracker.reports.worth_wording import say_verdict, say_what_followed

if TYPE_CHECKING:
    from tracker.reports.longer_look import LongerReport, VerdictStory, WeekFigures


def say_shift(found: LongerReport) -> str | None:
    """`last 4 weeks: 9h 6m a week, 9h 40m before … −6 %`: medians; None where too few weeks are known to say so."""
    shift = found.shift()
    if shift is None:
        return None
    now, before = shift
    said = _("last {n} weeks: {now} per week, {before} before (medians of whole weeks)").format(
        n=found.recent, now=format_duration(round_to_int(now)), before=format_duration(round_to_int(before))
    )
    change = percent_change(round_to_int(now), round_to_int(before))
    return said if change is None else f"{said} · {format_signed_percent(change)}"


def say_distortion(one: WeekFigures) -> str:
    """`thought, −21 %`: how far off an estimate was; in percent only of an hour or more, and of days enough."""
    change = None
    if one.estimate is not None and one.logged >= LEAST_DAYS:
        change = percent_change(one.estimate, one.seconds)
    return _("guessed") if change is None else _("guessed, {percent}").format(percent=format_signed_percent(change))


def say_story(one: VerdictStory, currency: str) -> str:
    """`2026-W40: × stop (the figures said - cut down) · 2h 10m a week before · 40m a week since · 1 new lead since`."""
    chapter, verdict = one.chapter, one.chapter.verdict
    head = labelled(format_week(verdict.week), say_verdict(verdict.verdict))
    if verdict.computed != verdict.verdict:
        head += _(" (calculated: {computed})").format(computed=say_verdict(verdict.computed))
    return " · ".join((head, *say_what_followed(chapter, currency)))
