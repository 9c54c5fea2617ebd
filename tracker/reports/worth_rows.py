"""The rows of "Is it worth it?": what belongs to each, added up, and then judged beside the others. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics import totals
from tracker.analytics.day_slices import is_check
from tracker.analytics.intervals import covered
from tracker.formatting.numbers import divide_rounded, round_to_int
from tracker.locale import N_
from tracker.reports import worth_sums
from tracker.reports.focus import Focus
from tracker.reports.leads import leads, open_leads
from tracker.reports.worth_values import NOT_ENOUGH, REAL_CONTACT, Brought, Elsewhere, Row

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tracker.analytics.day_slices import DaySlice, LoadedDays
    from tracker.domain.models import Channel, Outcome, Spend, Verdict
    from tracker.reports.business import Business
    from tracker.reports.focus import Meant
    from tracker.settings import Settings

#: The title of the row of all in-person channels, to be translated where it is shown.
REAL_CONTACT_TITLE = N_("Real contact")


class Span(NamedTuple):
    """The weeks looked at: their time by channel, their outcomes and spending, and which outcomes are leads.

    `new` has the ids of the outcomes that brought somebody new, `still_open` those of them that are open.
    """

    settings: Settings
    business: Business
    channels: Mapping[str, Channel]
    parts: Mapping[str, list[DaySlice]]
    outcomes: tuple[Outcome, ...]
    spends: tuple[Spend, ...]
    meant: Meant
    new: frozenset[int]
    still_open: frozenset[int]

    def brought(self, outcomes: Iterable[Outcome]) -> Brought:
        """What these outcomes come to."""
        found = tuple(outcomes)
        kinds = [one.kind for one in found]
        income = _by_currency((one.currency or "", one.income) for one in found if one.income is not None)
        return Brought(
            recommendations=kinds.count("recommendation"),
            prospects=kinds.count("prospect"),
            clients=kinds.count("client"),
            leads=sum(one.id in self.new for one in found),
            open_leads=sum(one.id in self.still_open for one in found),
            income=income.pop(self.business.currency, 0),
            other_income=tuple(sorted(income.items())),
            outcomes=found,
            new=tuple(one.id for one in found if one.id in self.new),
        )


class Sum(NamedTuple):
    """One row before it is judged beside the others."""

    channel: str
    title: str
    kind: str
    channels: tuple[str, ...]
    seconds: int
    sessions: int
    unmeant_seconds: int
    spends: tuple[Spend, ...]
    brought: Brought
    checks: int = 0

    @property
    def used(self) -> bool:
        """Whether there is anything to say of it."""
        return bool(self.sessions or self.checks or self.seconds or self.spends or self.brought.outcomes)


def span(
    settings: Settings,
    business: Business,
    gathered: LoadedDays,
    known: Sequence[Outcome],
    spends: Sequence[Spend],
    meant: Meant,
    *,
    first: str,
    last: str,
    as_of: int,
) -> Span:
    """The weeks from `first` to `last`; `known` are all outcomes until then, `as_of` the instant they are looked at."""
    new = leads(known)
    return Span(
        settings=settings,
        business=business,
        channels=gathered.channels,
        parts=gathered.slices.by_channel(first, last),
        outcomes=tuple(one for date, one in gathered.outcomes if first <= date <= last),
        spends=tuple(spends),
        meant=meant,
        new=frozenset(one.id for one in new),
        still_open=frozenset(one.id for one in open_leads(new, known, as_of)),
    )


def sums(span: Span, touched: Collection[str | None]) -> list[Sum]:
    """The social channels used, the longest first, and then real contact, which is there wherever they are.

    One on which the person of a lead was first met (`touched`) was used too, if only before these weeks.
    """
    social = [name for name, channel in span.channels.items() if channel.kind == "social"]
    met = tuple(name for name, channel in span.channels.items() if channel.kind == "in_person")
    found = [_sum(span, name, span.channels[name].title, "social", (name,)) for name in social]
    used = sorted(
        (one for one in found if one.used or one.channel in touched), key=lambda one: (-one.seconds, one.channel)
    )
    contact = _sum(span, REAL_CONTACT, REAL_CONTACT_TITLE, "in_person", met)
    return [*used, contact] if used or contact.used or contact.channel in touched else []


def elsewhere(span: Span, touched: Sequence[str | None]) -> tuple[Elsewhere, ...]:
    """The other channels, such as messaging, with what came by them, in the channels' order.

    Those that brought nothing, and where no lead was first met (`touched`), are left out.
    """
    found = []
    for name, channel in span.channels.items():
        brought = span.brought(one for one in span.outcomes if one.channel == name)
        met = touched.count(name)
        if channel.kind not in ("social", "in_person") and (brought.outcomes or met):
            of = _sum(span, name, channel.title, channel.kind, (name,))
            found.append(Elsewhere(name, of.title, of.kind, of.seconds, of.sessions, of.checks, brought, met))
    return tuple(found)


def _sum(span: Span, channel: str, title: str, kind: str, channels: tuple[str, ...]) -> Sum:
    parts = [part for name in channels for part in span.parts.get(name, ())]
    declared = Focus(span.settings.focus_hours)
    checks = sum(is_check(part, span.settings) for part in parts) if kind == "social" else 0
    return Sum(
        channel=channel,
        title=title,
        kind=kind,
        channels=channels,
        seconds=totals.seconds(parts),
        sessions=sum(part.begins for part in parts) - checks,
        checks=checks,
        # A talk needs no intention: whom it was with says what it was for.
        unmeant_seconds=covered(declared.unmeant(parts, span.meant, needs_intention=kind != "in_person")),
        spends=tuple(one for one in span.spends if one.channel in channels),
        brought=span.brought(one for one in span.outcomes if one.channel in channels),
    )


def row(
    span: Span, of: Sum, everything: Sequence[Sum], *, first_touch: int, yours: Verdict | None, before: Verdict | None
) -> Row:
    """The row of one sum, judged beside all of them."""
    business, brought = span.business, of.brought
    spent = _by_currency((one.currency, one.amount) for one in of.spends)
    spend = spent.pop(business.currency, 0)
    time_cost = None if business.hour_cost is None else divide_rounded(of.seconds * business.hour_cost, worth_sums.HOUR)
    cost = None if time_cost is None else time_cost + spend
    earned = round_to_int(brought.income * business.margin)
    below = worth_sums.below(of.seconds, brought.leads, business.break_even)
    all_leads = sum(one.brought.leads for one in everything)
    tests = (
        worth_sums.procrastination(of.seconds, of.unmeant_seconds, declared=bool(span.settings.focus_hours)),
        worth_sums.returning(of.seconds, below, all_leads, business.lacking),
        worth_sums.proportion(
            of.seconds,
            sum(one.seconds for one in everything),
            brought.leads,
            all_leads,
            brought.income,
            0 if brought.is_foreign else sum(one.brought.income for one in everything),
        ),
    )
    others = [(one.seconds, one.brought.leads) for one in everything if one.channel != of.channel]
    best = of.seconds > 0 and worth_sums.is_best(of.seconds, brought.leads, others)
    verdict = worth_sums.verdict(tests, best=best)
    return Row(
        channel=of.channel,
        title=of.title,
        kind=of.kind,
        channels=of.channels,
        business=business,
        seconds=of.seconds,
        sessions=of.sessions,
        checks=of.checks,
        unmeant_seconds=of.unmeant_seconds,
        time_cost=time_cost,
        spend=spend,
        cost=cost,
        other_spend=tuple(sorted(spent.items())),
        spends=of.spends,
        brought=brought,
        first_touch=first_touch,
        earned=earned,
        roi_percent=100 * (earned - cost) / cost
        if cost and not brought.is_foreign and _says_much(of.seconds, spend)
        else None,
        cost_per_lead=divide_rounded(cost, brought.leads) if cost is not None and brought.leads else None,
        net_per_hour=worth_sums.per_hour(earned - cost, of.seconds)
        if cost is not None and not brought.is_foreign
        else None,
        rate=worth_sums.rate(of.seconds, brought.leads),
        below=below,
        tests=tests,
        verdict=verdict,
        not_compared=tuple(
            one.channel
            for one in everything
            if one.channel != of.channel and not worth_sums.is_rival(one.seconds) and (one.seconds or one.brought.leads)
        ),
        settle_seconds=worth_sums.settles_in(of.seconds, brought.leads, all_leads, business.break_even)
        if verdict == NOT_ENOUGH and business.break_even is not None
        else None,
        your_verdict=yours,
        last_verdict=before,
    )


def _says_much(seconds: int, spend: int) -> bool:
    """Whether a percentage may be said: not of under an hour with nothing else put in."""
    return seconds >= worth_sums.LEAST_SECONDS or spend > 0


def _by_currency(amounts: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for currency, amount in amounts:
        found[currency] = found.get(currency, 0) + amount
    return found
