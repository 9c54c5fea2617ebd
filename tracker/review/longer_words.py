"""The longer look in words, for screens and command line alike."""

from __future__ import annotations

from tracker.calendar.durations import say_duration
from tracker.calendar.weeks import say_week
from tracker.locale import _, ngettext
from tracker.review.shares import change_percent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.review.longer_values import Longer, Story, WeekSum


def say_shift(found: Longer) -> str | None:
    """`lately 9h 6m a week, 9h 40m before … −6 %`: medians; None where too few weeks are known to say so."""
    shift = found.shift()
    if shift is None:
        return None
    now, before = shift
    said = _("lately {now} a week, {before} before (medians of whole weeks)").format(
        now=say_duration(round(now)), before=say_duration(round(before))
    )
    change = change_percent(round(now), round(before))
    return said if change is None else f"{said} · {_signed(change)}"


def say_distortion(one: WeekSum) -> str:
    """`thought, −21 %`: how far off an estimate was; in percent only of more than an hour."""
    change = None if one.estimate is None else change_percent(one.estimate, one.seconds)
    return _("thought") if change is None else _("thought, {percent}").format(percent=_signed(change))


def say_story(one: Story) -> str:
    """`2026-W40: stop (the figures said cut) — 2h 10m a week before, 40m since`."""
    verdict = one.verdict
    said = f"{say_week(verdict.week)}: {_(verdict.verdict)}"
    if verdict.computed != verdict.verdict:
        said += _(" (the figures said: {computed})").format(computed=_(verdict.computed))
    before, after = (None if value is None else _amount(one, value) for value in (one.before, one.after))
    if before is None:
        return said
    if after is None:
        return _("{said} — {before} a week before, too early to say since").format(said=said, before=before)
    return _("{said} — {before} a week before, {after} since").format(said=said, before=before, after=after)


def _amount(one: Story, value: float) -> str:
    if one.verdict.channel is not None:
        return say_duration(round(value))
    return ngettext("{n} talk", "{n} talks", round(value)).format(n=f"{value:g}")


def _signed(percent: int) -> str:
    return f"{percent:+} %".replace("-", "−")
