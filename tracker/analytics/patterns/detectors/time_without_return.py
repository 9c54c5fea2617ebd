"""`time_without_return`: whether a channel's leads pay for its hours.

**Definition.** For each social channel with at least 20 h: of L leads in H hours, the leads an hour are Gamma(L + ½, H)
a posteriori (Jeffreys' prior of a Poisson rate), and the chance that they are below break-even b is P(L + ½, b·H), the
regularized incomplete gamma function. Flagged if it is at least 0.99 for a channel, or of k channels at least
1 − 0.01/k; the one with the largest is the evidence.

**Decisions.**
- The hours and leads are those of `Worth`, some weeks of them: a lead comes later than the hours that brought it, so
  four weeks would call every channel useless. The 28 logged days are counted there too.
- The return test of `tracker worth` keeps 0.90 (`review.worth_sums.SURE`): it answers a question about each channel,
  while a flag comes unasked and is held to 5 % of months. The note of the pattern says which is which.
- Of channels with an equal chance the one with the most hours is named.
- It says nothing about why: the hours were chosen, not drawn.

**How it was tested** (`python -m tests.studies`, 400 months of each kind, Wilson 95 % intervals; every table and the
lives meant are in docs/patterns.md). Months of 28 logged days in which it is raised; planted was: no lead comes at all.

======  ===============  ===============  ===============  ====================  ===================
use     null A           null B           null C           planted, seen         at first, the worst
======  ===============  ===============  ===============  ====================  ===================
low     3.0 % (1.7–5.2)  1.8 % (0.9–3.6)  0.5 % (0.1–1.8)  100.0 % (99.0–100.0)  A: 9.2 %
middle  1.0 % (0.4–2.5)  1.5 % (0.7–3.2)  1.5 % (0.7–3.2)  100.0 % (99.0–100.0)  C: 10.0 %
high    1.2 % (0.5–2.9)  2.0 % (1.0–3.9)  2.0 % (1.0–3.9)  100.0 % (99.0–100.0)  A: 10.5 %
======  ===============  ===============  ===============  ====================  ===================

Of all kinds of people it is to be silent on, the worst raise it in 3.0 % (1.7–5.2) of months; as first defined, 30.0 %
(25.7–34.7).

**What was changed and why.** As first defined 0.90 was enough, for any of the channels: it is wrong in up to 11 % of
spans of one channel that just pays, and in 30 % of those of three. 0.99 is the least that is wrong in at most 5 %
whatever was to be expected, and shared among the channels it stays so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.finding import Chart, Finding, found, missing, more_days
from tracker.analytics.patterns.pattern import AS_SHARE, Headline, Pattern, Threshold
from tracker.analytics.patterns.window import in_window
from tracker.analytics.statistics.gamma import gamma_below, gamma_quantile
from tracker.formatting.numbers import (
    beside_limit,
    format_decimal,
    format_significant,
    rate_decimals,
    round_apart,
    round_half_up,
)
from tracker.locale import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.finding import Figure
    from tracker.analytics.patterns.log import Log, Return, Worth

NAME = "time_without_return"
LEAST_HOURS = 20
LEAST_DAYS = 28
CHANCE = 0.99
#: Jeffreys' prior for a Poisson rate counts as half an event in no time.
PRIOR = 0.5


class Judged(NamedTuple):
    """A channel's hours and leads, the mean and 95 % interval of its leads an hour, and the chance to be below."""

    below: float
    hours: float
    leads: int
    channel: str
    mean: float
    low: float
    high: float


def find(log: Log) -> Finding:
    """Each channel's chance to bring fewer leads an hour than would pay for it."""
    worth = log.worth
    enough = [one for one in worth.returns if one.seconds >= LEAST_HOURS * 3600]
    if worth.break_even is None or worth.days < LEAST_DAYS or not enough:
        return _not_enough(log)
    judged = sorted((judge(one, worth.break_even) for one in enough), reverse=True)
    top, least = judged[0], 1 - (1 - log.limit(NAME, "chance", CHANCE)) / len(judged)
    flagged = top.below >= least
    said = _evidence(top, worth.title(top.channel), worth.break_even, least)
    return found(
        NAME,
        flagged,
        said
        if flagged
        else _("{said}; it is said at {least} %").format(said=said, least=format_significant(100 * least, 4)),
        worth.dates or log.window,
        {
            "logged_days": worth.days,
            "break_even": worth.break_even,
            "channel": top.channel,
            **_figures(judged),
        },
        sessions=_sessions(log, {one.channel for one in judged if one.below >= least}) if flagged else (),
        chance=ngettext(
            "from {leads} lead in {hours} h, between {low} and {high} an hour are to be expected",
            "from {leads} leads in {hours} h, between {low} and {high} an hour are to be expected",
            top.leads,
        ).format(
            leads=top.leads,
            hours=format_decimal(top.hours, 1),
            low=format_decimal(top.low, 2),
            high=format_decimal(top.high, 2),
        ),
        margin=top.below / least if flagged else 0.0,
        chart=Chart(
            _("leads an hour"),
            tuple(worth.title(one.channel) for one in judged),
            tuple(one.mean for one in judged),
            (worth.break_even,) * len(judged),
            _("break-even"),
        ),
    )


def judge(one: Return, break_even: float) -> Judged:
    """What is known of a channel's leads an hour: `break_even` in leads an hour too. ValueError without any time."""
    if one.seconds <= 0:
        raise ValueError("no time, no leads an hour")
    hours, shape = one.seconds / 3600, one.leads + PRIOR
    low, high = (gamma_quantile(share, shape) / hours for share in (0.025, 0.975))
    return Judged(gamma_below(shape, break_even * hours), hours, one.leads, one.channel, shape / hours, low, high)


def _evidence(top: Judged, title: str, break_even: float, least: float) -> str:
    return ngettext(
        "{channel}: {leads} lead in {hours} h; with a chance of {percent} % that is below the {even} an hour that pay "
        "for it",
        "{channel}: {leads} leads in {hours} h; with a chance of {percent} % that is below the {even} an hour that pay "
        "for it",
        top.leads,
    ).format(
        channel=title,
        leads=top.leads,
        hours=format_decimal(top.hours, 1),
        percent=_percent(top.below, least),
        even=format_decimal(break_even, rate_decimals(break_even)),
    )


def _percent(chance: float, least: float) -> str:
    """`99.2`: on its side of the chance that is flagged, and never certain."""
    rounded, needed, side = round_apart(100 * chance, 0, round_half_up(100 * least, 10), 0, 100)
    return beside_limit(format_decimal(rounded, needed), side)


def _figures(judged: Sequence[Judged]) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for one in judged:
        figures[f"hours.{one.channel}"] = round_half_up(one.hours, 2)
        figures[f"leads.{one.channel}"] = one.leads
        figures[f"leads_an_hour.{one.channel}"] = round_half_up(one.mean, 4)
        figures[f"leads_an_hour_low.{one.channel}"] = round_half_up(one.low, 4)
        figures[f"leads_an_hour_high.{one.channel}"] = round_half_up(one.high, 4)
        figures[f"below.{one.channel}"] = one.below
    return figures


def _sessions(log: Log, channels: set[str]) -> tuple[int, ...]:
    """The window's sessions on these channels."""
    return tuple(id for one in in_window(log) if one.channel in channels for id in one.session_ids)


def _not_enough(log: Log) -> Finding:
    worth = log.worth
    days, hours = max(LEAST_DAYS - worth.days, 0), _more_hours(worth)
    needs = [more_days(days)] if days else []
    if hours:
        needs.append(ngettext("{n} more hour on a channel", "{n} more hours on a channel", hours).format(n=hours))
    if worth.break_even is None:
        named = ", ".join(worth.lacking)
        needs.append(_("the settings {names}").format(names=named) if named else _("what a lead is worth to you"))
    figures: dict[str, Figure] = {"logged_days": worth.days, "days_needed": days, "hours_needed": hours}
    return missing(NAME, worth.dates or log.window, figures, *needs)


def _more_hours(worth: Worth) -> int:
    """Whole hours still needed on the channel that has the most."""
    most = max((one.seconds for one in worth.returns), default=0)
    return max(-(-(LEAST_HOURS * 3600 - most) // 3600), 0)


PATTERN = Pattern(
    place=14,
    name=NAME,
    heading=N_("Time without return"),
    text=N_(
        "Per social channel with at least 20 h: the chance that its leads (recommendations, prospects and clients by "
        "their first appearance) per hour are below break-even, from the Gamma–Poisson posterior: with L leads in H "
        "hours the leads per hour are Gamma(L + ½, H). Flagged at {chance} and above; what is missing to 1 is shared "
        "among the channels, so with two of them only half of it may be missing."
    ),
    thresholds=(
        Threshold(N_("a chance of at least {value} where there is one channel"), "O", "chance", CHANCE, 0.5, 0.999),
    ),
    silent_before=N_("20 h on the channel and 28 logged days"),
    source=N_("the third of the questions this program is for; Gamma–Poisson posterior with Jeffreys’ prior"),
    note=N_(
        "The return test of `tracker worth` asks for a chance of 0.90: it answers whoever asks, and says so of every "
        "channel. A flag speaks unasked, so it is asked for more. The hours here are those of the 13 weeks up to the "
        "day it is looked at; `tracker worth` takes whole weeks of the calendar, so its hours can differ a little."
    ),
    detect=find,
    headline=Headline("below", N_("chance to be below break-even"), AS_SHARE),
    asks=("hour_cost", "sale_value", "client_share"),
    figures={
        "break_even": N_("leads an hour that pay for it"),
        "channel": N_("the channel furthest below"),
        "hours_needed": N_("hours on a channel still needed"),
        "hours": N_("hours"),
        "leads": N_("leads"),
        "leads_an_hour": N_("leads an hour, as expected"),
        "leads_an_hour_low": N_("leads an hour, lower end of the interval"),
        "leads_an_hour_high": N_("leads an hour, upper end of the interval"),
        "below": N_("chance to be below break-even"),
    },
)
