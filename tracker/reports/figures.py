"""A review as data: what `tracker review --json`, the written page, its HTML and the longer look are made of.

English keys; durations in whole seconds, instants in ISO 8601 with offset, money as a decimal string with its
currency, shares in whole percent and only of what is an hour or more. Seconds and checks of a day that was not logged
are null, and so are the week's, its channels', activities' and purposes' where none was: unknown, not zero. A
difference to the usual week is null where fewer than 4 days were logged. What is text (`changed`, `evidence`, `title`,
`said`) is in the language it was made in, `language`. `format` grows when a key changes its meaning, not when one is
added. Once written, it is never computed again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.coverage import LEAST_DAYS
from tracker.analytics.patterns.registry import pattern
from tracker.analytics.totals import twice
from tracker.calendar.zones import iso
from tracker.domain.models import REVIEW_STEPS
from tracker.formatting.numbers import percent_change, round_half_up, round_to_int
from tracker.locale import language
from tracker.reports.commitment_rows import commitment_row, result_row
from tracker.reports.comparison import say_most
from tracker.reports.suggestions import say_source
from tracker.reports.worth_figures import worth_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from tracker.domain.models import Outcome
    from tracker.reports.comparison import WeekChange
    from tracker.reports.contacts import Outreach, WaitingPerson
    from tracker.reports.habit_histories import HabitHistory
    from tracker.reports.pattern_flags import Flag
    from tracker.reports.review import ComparedEstimate, ReviewData
    from tracker.reports.suggestions import Suggestion
    from tracker.reports.week import RecentWeek

    Row = dict[str, Any]

FORMAT = 1


def figures(found: ReviewData, *, zone: str, now: int) -> Row:
    """The whole review as JSON-able data, as it stands at `now` by the clocks of `zone`."""
    week, review = found.week, found.review
    reviewed = review.reviewed if review else ()
    titles = _titles(found)
    return {
        "format": FORMAT,
        "week": week.week,
        "revision": review.revision if review else 1,
        "from": week.dates[0],
        "to": week.dates[-1],
        "made": iso(now, zone),
        "begun": iso(review.begun, review.zone) if review else None,
        "language": language(),
        "over": found.comparison.over,
        "steps": {
            "reviewed": list(reviewed),
            "skipped": [step for step in REVIEW_STEPS if step not in reviewed],
        },
        "words": review.words if review else None,
        "coverage": {"logged": week.logged_days, "days": week.elapsed},
        "estimate": _estimate(found.felt, known=week.logged_days >= LEAST_DAYS),
        "seconds": week.seconds,
        "checks": week.checks,
        "twice_seconds": twice(week) if week.logged_days else None,
        "usual_seconds": week.usual_seconds,
        "usual_weeks": week.usual_weeks,
        "usual_logged_days": week.usual_days,
        "difference_percent": found.comparison.total.percent,
        "changed": say_most(found.comparison),
        "days": _days(found),
        "channels": _channels(found),
        "activities": [_change(one, "activity") for one in found.comparison.activities],
        "purposes": [_change(one, "purpose") for one in found.comparison.purposes],
        "day_starts_at": found.day_starts_at,
        "hours": [list(hours) for hours in week.hours],
        "weeks": [_week(one) for one in found.five_weeks],
        "patterns": [_pattern(flag, found) for flag in _standing_first(found)],
        "worth": worth_rows(found.worth) if found.worth else [],
        "habits": [_habit(kept, week.dates) for kept in found.habits],
        "kept": [result_row(result, titles) for result in found.results],
        "commitments": [commitment_row(one, titles) for one in found.planned],
        "suggestions": [_suggestion(one, titles) for one in found.suggestions],
        "outreach": _outreach(found.outreach),
        "contacts": dict(week.contacts),
        "people": week.people,
        "outcomes": [_outcome(outcome, titles) for outcome in week.outcomes],
        "urges": week.urges,
    }


def _titles(found: ReviewData) -> dict[str, str]:
    return {one.name: one.title for one in found.comparison.channels if one.name}


def _estimate(felt: Iterable[ComparedEstimate], *, known: bool) -> Row | None:
    """What it felt like beside what was logged; None where nothing was said.

    The difference is None too where the week is not `known`: too few of its days were logged.
    """
    rows = {one.channel: _felt(one, known=known) for one in felt}
    if not rows:
        return None
    whole = rows.pop(None, {"seconds": None, "logged_seconds": None, "difference_seconds": None, "percent": None})
    return whole | {"channels": [{"channel": name} | row for name, row in rows.items()]}


def _felt(one: ComparedEstimate, *, known: bool) -> Row:
    row: Row = {"title": one.title} if one.channel else {}
    return row | {
        "seconds": one.felt,
        "logged_seconds": one.logged,
        "difference_seconds": one.felt - one.logged if known and one.logged is not None else None,
        "percent": percent_change(one.felt, one.logged) if known else None,
    }


def _change(one: WeekChange, key: str) -> Row:
    return {
        key: one.name,
        "title": one.title,
        "seconds": one.seconds if one.logged else None,
        "usual_seconds": one.usual,
        "difference_percent": one.percent,
    }


def _days(found: ReviewData) -> list[Row]:
    rows = []
    days = zip(found.comparison.days, found.checking, found.week.days, strict=True)
    for place, (change, checking, day) in enumerate(days):
        rows.append(
            {
                "date": checking.date,
                "logged": checking.logged,
                "begun": place < found.week.elapsed,
                "seconds": change.seconds if checking.logged else None,
                "usual_seconds": change.usual,
                "checks": checking.checks,
                "first": iso(checking.first, checking.first_zone) if checking.first is not None else None,  # type: ignore[arg-type]
                "last": iso(checking.last, checking.last_zone) if checking.last is not None else None,  # type: ignore[arg-type]
                "channels": [{"channel": name, "seconds": seconds} for name, seconds in day.channels],
            }
        )
    return rows


def _channels(found: ReviewData) -> list[Row]:
    counted = {total.channel: total for total in found.week.channels}
    rows = []
    for one in found.comparison.channels:
        total = counted.get(one.name or "")
        rows.append(
            _change(one, "channel")
            | {
                "kind": one.kind,
                "checks": total.checks if total else 0 if one.logged else None,
                "sessions": total.sessions if total else 0 if one.logged else None,
                "budget_seconds": total.budget_seconds if total else None,
            }
        )
    return rows


def _week(one: RecentWeek) -> Row:
    """One of the last five weeks; `known` where enough of it was logged to stand beside others."""
    return {
        "week": one.week,
        "known": one.known,
        "logged_days": one.logged_days,
        "seconds": one.seconds,
        "checks": one.checks,
        "channels": [{"channel": name, "seconds": seconds} for name, seconds in one.channels],
    }


def _standing_first(found: ReviewData) -> list[Flag]:
    return [*found.flags, *(flag for flag in found.patterns if not flag.stands)]


def _pattern(flag: Flag, found: ReviewData) -> Row:
    """A pattern, what the user said of it, and its state and figure as of each of the five weeks."""
    finding, about = flag.finding, pattern(flag.finding.name)
    return {
        "name": finding.name,
        "title": about.title,
        "state": finding.state,
        "dismissed_until": flag.dismissed_until,
        "expected": flag.expected,
        "evidence": finding.evidence,
        "from": finding.first_date,
        "to": finding.last_date,
        "figures": dict(finding.figures),
        "sessions": list(finding.sessions),
        "weeks": [
            {
                "week": look.week,
                "state": look.state,
                "figure": look.figure,
                "said": None if look.figure is None else about.headline.say(look.figure),
            }
            for look in found.looks.get(finding.name, ())
        ],
    }


def _habit(kept: HabitHistory, dates: tuple[str, ...]) -> Row:
    from tracker.analytics.habits.marks import DONE, MISSED, PART, UNKNOWN, tally
    from tracker.analytics.habits.words import say_tally

    marks = kept.within(dates)
    found = tally(kept.habit, marks)
    return {
        "name": kept.habit.name,
        "done": sum(mark.state == DONE for mark in marks),
        "days": sum(mark.state in (DONE, PART, MISSED) for mark in marks),
        "achieved": round_half_up(found.achieved, 2),
        "asked": None if found.asked is None else round_half_up(found.asked, 2),
        "said": say_tally(kept.habit, found),
        "unknown": sum(mark.state == UNKNOWN for mark in marks),
        "strength_percent": None if kept.strength is None else round_to_int(100 * kept.strength),
        "marks": [{"date": mark.date, "state": mark.state} for mark in marks],
    }


def _suggestion(one: Suggestion, titles: Mapping[str, str]) -> Row:
    """What could be committed to, and what it comes from."""
    row = commitment_row(one.commitment, titles)
    return row | {"id": None, "source": one.source, "about": one.about, "because": say_source(one, titles)}


def _outreach(found: Outreach) -> Row:
    return {
        "ring": found.current,
        "next_ring": found.proposed,
        "to_go": found.to_go,
        "rings": [
            {"ring": one.ring, "talks": one.talks, "waiting": list(map(_waiting, one.waiting))} for one in found.rings
        ],
        "follow_ups": list(map(_waiting, found.follow_ups)),
    }


def _waiting(one: WaitingPerson) -> Row:
    return dict(one._asdict())


def _outcome(outcome: Outcome, titles: Mapping[str, str]) -> Row:
    from tracker.formatting.money import decimal_money

    amount = None
    if outcome.amount is not None and outcome.currency:
        amount = decimal_money(outcome.amount, outcome.currency)
    return {
        "kind": outcome.kind,
        "at": iso(outcome.at, outcome.zone),
        "channel": outcome.channel,
        "title": titles.get(outcome.channel or "", outcome.channel),
        "amount": amount,
        "currency": outcome.currency,
        "person": outcome.person,
        "note": outcome.note,
    }
