"""`time_without_return`: whether a channel's leads pay for its hours.

**Definition.** For each social channel with at least 20 h: of L leads in H hours, the leads an hour are Gamma(L + ½, H)
a posteriori (Jeffreys' prior of a Poisson rate), and the chance that they are below break-even b is P(L + ½, b·H), the
regularized incomplete gamma function. Flagged if it is at least 0.995 for a channel, or of k channels at least
1 − 0.005/k; the one with the largest is the evidence, of equals the one with the most hours. Silent before 28 logged
days, without the settings break-even comes from, and under 3 leads over all channels in the weeks that `tracker worth`
looks at, as its return test is: where no result is recorded, what the time brought is unknown, not zero.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.analytics.channel_worth import LEAST_LEADS, PRIOR
from tracker.analytics.exact_statistics import gamma_cdf, gamma_ppf
from tracker.analytics.patterns import pattern
from tracker.analytics.patterns.detector_input import DetectorInput, Return, ReturnSummary, window_openings
from tracker.domain.record import Record
from tracker.formatting.numbers import (
    beside_limit,
    format_decimal,
    format_significant,
    rate_decimals,
    round_apart,
    round_half_up,
)
from tracker.locale import N_, _, ngettext, plural
from tracker.settings import say_wanted

NAME = "time_without_return"
LEAST_HOURS = 20
LEAST_DAYS = 28
CHANCE = 0.995


class ChannelLeadRate(Record):
    """What is known of a channel's leads an hour: the chance to be below break-even, their mean and 95 % interval."""

    below: float
    hours: float
    leads: int
    channel: str
    mean: float
    low: float
    high: float


def find(log: DetectorInput) -> pattern.Finding:
    """Each channel's chance to bring fewer leads an hour than would pay for it."""
    worth = log.worth
    enough = [channel for channel in worth.returns if channel.seconds >= LEAST_HOURS * 3600]
    if worth.break_even is None or worth.days < LEAST_DAYS or not enough or _leads_needed(worth):
        return _too_little(log)
    rates = sorted((lead_rate(channel, worth.break_even) for channel in enough), reverse=True)
    top, least = rates[0], 1 - (1 - log.limit(NAME, "chance", CHANCE)) / len(rates)
    flagged = top.below >= least
    # The chance is written on its side of the one that is flagged, and never as 0 or 100.
    percent, decimals, side = round_apart(100 * top.below, 0, round_half_up(100 * least, 10), 0, 100)
    evidence = ngettext(
        "{channel}: {leads} lead in {hours} h; break-even is {even} leads/h, {percent}% likely to be below it",
        "{channel}: {leads} leads in {hours} h; break-even is {even} leads/h, {percent}% likely to be below it",
        top.leads,
    ).format(
        channel=worth.title(top.channel),
        leads=top.leads,
        hours=format_decimal(top.hours, 1),
        percent=beside_limit(format_decimal(percent, decimals), side),
        even=format_decimal(worth.break_even, rate_decimals(worth.break_even)),
    )
    if not flagged:
        evidence = _("{said} (flagged from {least}%)").format(said=evidence, least=format_significant(100 * least, 4))
    figures = {"logged_days": worth.days, "break_even": worth.break_even, "channel": top.channel, **_figures(rates)}
    flagged_channels = {rate.channel for rate in rates if rate.below >= least}
    openings = window_openings(log) if flagged else ()
    return pattern.finding(
        NAME,
        flagged,
        evidence,
        worth.dates or log.window,
        figures,
        sessions=(id for opening in openings if opening.channel in flagged_channels for id in opening.session_ids),
        chance=ngettext(
            "judged from {leads} lead in {hours} h, its usual rate is between {low} and {high} leads/h",
            "judged from {leads} leads in {hours} h, its usual rate is between {low} and {high} leads/h",
            top.leads,
        ).format(
            leads=top.leads,
            hours=format_decimal(top.hours, 1),
            low=format_decimal(top.low, 2),
            high=format_decimal(top.high, 2),
        ),
        margin=top.below / least,
        chart=pattern.BarChart(
            _("leads an hour"),
            tuple(worth.title(rate.channel) for rate in rates),
            tuple(rate.mean for rate in rates),
            (worth.break_even,) * len(rates),
            _("break-even"),
        ),
    )


def lead_rate(channel: Return, break_even: float) -> ChannelLeadRate:
    """What is known of a channel's leads an hour; `break_even` is in leads an hour. ValueError without any time."""
    if channel.seconds <= 0:
        raise ValueError(f"{channel.seconds} s is not a time that leads can come from")
    hours, shape = channel.seconds / 3600, channel.leads + PRIOR
    low, high = (gamma_ppf(share, shape=shape) / hours for share in (0.025, 0.975))
    below = gamma_cdf(break_even * hours, shape=shape)
    return ChannelLeadRate(below, hours, channel.leads, channel.channel, shape / hours, low, high)


def _figures(rates: Iterable[ChannelLeadRate]) -> dict[str, pattern.Figure]:
    figures: dict[str, pattern.Figure] = {}
    for rate in rates:
        figures[f"hours.{rate.channel}"] = round_half_up(rate.hours, 2)
        figures[f"leads.{rate.channel}"] = rate.leads
        figures[f"leads_an_hour.{rate.channel}"] = round_half_up(rate.mean, 4)
        figures[f"leads_an_hour_low.{rate.channel}"] = round_half_up(rate.low, 4)
        figures[f"leads_an_hour_high.{rate.channel}"] = round_half_up(rate.high, 4)
        figures[f"below.{rate.channel}"] = rate.below
    return figures


def _leads_needed(worth: ReturnSummary) -> int:
    """How many leads over all channels are still needed; 0 where nobody asks."""
    return 0 if worth.all_leads is None else max(LEAST_LEADS - worth.all_leads, 0)


def _too_little(log: DetectorInput) -> pattern.Finding:
    worth = log.worth
    days = max(LEAST_DAYS - worth.days, 0)
    most = max((channel.seconds for channel in worth.returns), default=0)
    hours = max(-(-(LEAST_HOURS * 3600 - most) // 3600), 0)
    needs = [pattern.more_days(days)]
    if hours:
        needs.append(plural(hours, "{n} more hour on a channel", "{n} more hours on a channel"))
    if worth.break_even is None:
        needs += say_wanted(worth.lacking) or [_("what a lead is worth to you")]
    if not worth.has_results:
        needs.append(_("a first result (a recommendation, prospect, client or income)"))
    elif leads := _leads_needed(worth):
        needs.append(plural(leads, "{n} more lead over all channels", "{n} more leads over all channels"))
    figures = {"logged_days": worth.days, "days_needed": days, "hours_needed": hours}
    return pattern.not_enough(NAME, worth.dates or log.window, figures, *needs)


PATTERN = pattern.Pattern(
    place=14,
    name=NAME,
    heading=N_("Time that doesn't pay"),
    plain=N_(
        "Channels that most likely bring fewer leads an hour than would pay for the time. Flagged if that is "
        "{chance_percent}% sure or more."
    ),
    text=N_(
        "Per social channel with at least 20 h: the chance that its leads (recommendations, prospects and clients by "
        "their first appearance) per hour are below break-even, from the Gamma–Poisson posterior: with L leads in H "
        "hours the leads per hour are Gamma(L + ½, H). Flagged at {chance} and above; what is missing to 1 is shared "
        "among the channels, so with two of them only half of it may be missing."
    ),
    thresholds=(
        pattern.Threshold(
            N_("at least {percent}% likely, where there is one channel"), "O", "chance", CHANCE, 0.5, 0.999
        ),
    ),
    silent_before=N_("20 h on the channel, 28 logged days and 3 leads over all channels"),
    source=N_("the third of the questions this program is for; Gamma–Poisson posterior with Jeffreys’ prior"),
    note=N_(
        "The return test of `tracker worth` asks for a chance of 0.90: it is read when you ask, and answers for every "
        "channel. A flag speaks unasked, so it is asked for more. The hours here are those of the 13 weeks up to the "
        "day it is looked at; `tracker worth` takes whole weeks of the calendar, so its hours can differ a little."
    ),
    detect=find,
    key_figure=pattern.KeyFigure("below", N_("chance to be below break-even"), pattern.AS_SHARE),
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
