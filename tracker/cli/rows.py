"""The rows of the JSON answers: English keys, integer seconds, ISO 8601 with offset, money as a decimal string.

An instant is given in the zone its record was made in; a figure of a whole day in the reader's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.zones import iso
from tracker.reports import glances
from tracker.rounding import half_up
from tracker.storage import channels

if TYPE_CHECKING:
    from typing import Any

    from tracker.analytics.patterns.finding import Chart, Cluster, Finding
    from tracker.cli.context import Context
    from tracker.domain.models import Outcome, Person, Review, Session, Spend, Urge
    from tracker.reports.flags import Flag
    from tracker.reports.values import Day, Part, Week
    from tracker.storage.effects import Effects
    from tracker.storage.flags import Mark
    from tracker.storage.history import Action

    Row = dict[str, Any]


def session(found: Session, *, check: bool, seconds: int) -> Row:
    """A session as it is in the file; `end` is null while it runs."""
    return {
        "id": found.id,
        "channel": found.channel,
        "activity": found.activity,
        "start": iso(found.start, found.zone),
        "end": None if found.end is None else iso(found.end, found.zone),
        "seconds": seconds,
        "check": check,
        "planned_seconds": found.planned_seconds,
        "intention": found.intention,
        "trigger": found.trigger,
        "person": found.person,
        "ring": found.ring,
        "note": found.note,
        "override": found.override,
        "overrun": found.overrun,
        "source": found.source,
        "estimated": found.estimated,
        "zone": found.zone,
    }


def touched(context: Context, *found: Session) -> list[Row]:
    """Whole sessions, as the writing commands answer."""
    known = {channel.name: channel for channel in channels.channels(context.journal)}
    rows = []
    for one in found:
        seconds = (context.now if one.end is None else one.end) - one.start
        check = glances.counts(one, known[one.channel], context.settings)
        rows.append(session(one, check=check, seconds=max(seconds, 0)))
    return rows


def effects(context: Context, found: Effects) -> list[Row]:
    """What a change of sessions has touched: the pieces of what was asked for, then the others.

    Those that are gone come as they were, with `removed`.
    """
    left = [piece for _was, pieces in found.others for piece in pieces]
    gone = [was for was, pieces in found.others if not pieces]
    return [
        *touched(context, *found.mine, *left, *found.shown_again),
        *(row | {"removed": True} for row in touched(context, *gone)),
    ]


def part(found: Part, now: int) -> Row:
    """The part of a session inside one day: `start`, `end` and `seconds` are the part's, `whole_` the session's own.

    `counts_with` is the id of the session that it counts as one with; null for one that counts by itself.
    """
    whole = found.session
    running = whole.end is None and found.end >= now
    return session(whole, check=found.check, seconds=found.end - found.start) | {
        "start": iso(found.start, whole.zone),
        "end": None if running else iso(found.end, whole.zone),
        "whole_start": iso(whole.start, whole.zone),
        "whole_end": None if whole.end is None else iso(whole.end, whole.zone),
        "counts_with": found.counts_with,
    }


def contact(found: Part, person: Person | None, *, bridge: bool) -> Row:
    """A talk; `met` and `met_ring`: where the person was met first; `bridge`: for the first time on the other side."""
    session = found.session
    return {
        "session": session.id,
        "channel": session.channel,
        "start": iso(found.start, session.zone),
        "seconds": found.end - found.start,
        "person": session.person,
        "ring": session.ring,
        "met": person.met if person else None,
        "met_ring": person.met_ring if person else None,
        "bridge": bridge,
    }


def urge(found: Urge) -> Row:
    """A wish resisted."""
    return {
        "id": found.id,
        "channel": found.channel,
        "at": iso(found.at, found.zone),
        "trigger": found.trigger,
        "note": found.note,
    }


def outcome(found: Outcome) -> Row:
    """A recommendation, prospect, client or income."""
    from tracker.calendar.money import decimal_money

    amount = None
    if found.amount is not None and found.currency:
        amount = decimal_money(found.amount, found.currency)
    return {
        "id": found.id,
        "kind": found.kind,
        "at": iso(found.at, found.zone),
        "channel": found.channel,
        "attribution": found.attribution,
        "amount": amount,
        "currency": found.currency,
        "person": found.person,
        "note": found.note,
    }


def spend(found: Spend) -> Row:
    """What a channel cost beside the hours."""
    from tracker.calendar.money import decimal_money

    return {
        "id": found.id,
        "channel": found.channel,
        "at": iso(found.at, found.zone),
        "amount": decimal_money(found.amount, found.currency),
        "currency": found.currency,
        "note": found.note,
    }


def finding(found: Finding) -> Row:
    """A pattern, whatever its state; `events` are what can be shown one by one, `chart` has a bar for each label."""
    from tracker.analytics.patterns.registry import pattern

    return {
        "name": found.name,
        "state": found.state,
        "evidence": found.evidence,
        "from": found.first_date,
        "to": found.last_date,
        "figures": dict(found.figures),
        "sessions": list(found.sessions),
        "events": [event(one) for one in found.events],
        "title": pattern(found.name).title,
        "margin": half_up(found.margin, 4),
        "usual": found.usual or None,
        "chance": found.chance or None,
        "others": found.others or None,
        "chart": found.chart and _chart(found.chart),
    }


def _chart(found: Chart) -> Row:
    bars = zip(found.labels, found.values, found.usual or (None,) * len(found.values), strict=True)
    return {
        "unit": found.unit,
        "usual_is": found.usual_is or None,
        "bars": [{"label": label, "value": value, "usual": usual} for label, value, usual in bars],
    }


def flag(found: Flag) -> Row:
    """A pattern and what is remembered of it: dates of days, and null for what is not so."""
    return finding(found.finding) | {
        "raised": found.raised,
        "new": found.new,
        "waiting": found.waiting,
        "dismissed_until": found.dismissed_until,
        "expected": found.expected,
    }


def mark(found: Mark) -> Row:
    """What the user says of a pattern: `dismissed` or `expected`, from a day on, before another."""
    return {
        "id": found.id,
        "pattern": found.pattern,
        "what": found.what,
        "since": found.since,
        "until": found.until,
        "why": found.why,
    }


def event(found: Cluster) -> Row:
    """One burst of openings."""
    row: Row = dict(found._asdict())
    for field in [name for name in row if name in ("start", "end", "peak_start")]:
        row[field] = iso(row[field], found.zone)
    return row


def review(found: Review) -> Row:
    """A week's review, written or a draft; its figures are `tracker review`'s."""
    return {
        "week": found.week,
        "revision": found.revision,
        "name": found.name,
        "state": "draft" if found.written is None else "written",
        "begun": iso(found.begun, found.zone),
        "written": None if found.written is None else iso(found.written, found.zone),
        "reviewed": list(found.reviewed),
        "words": found.words,
    }


def action(found: Action, zone: str) -> Row:
    """One undo step."""
    return {"id": found.id, "at": iso(found.at, zone), "says": found.says, "state": found.state}


def channel_totals(found: Day | Week) -> list[Row]:
    """Every channel with time in the span, of any kind."""
    return [
        {
            "channel": total.channel,
            "title": total.title,
            "kind": total.kind,
            "seconds": total.seconds,
            "checks": total.checks,
            "sessions": total.sessions,
            "budget_seconds": total.budget_seconds,
        }
        for total in found.channels
    ]


def activity_totals(found: Day | Week) -> list[Row]:
    """Social seconds by activity; `activity` is null for time without total."""
    return [
        {
            "activity": total.activity,
            "purpose": total.purpose,
            "seconds": total.seconds,
            "checks": total.checks,
            "sessions": total.sessions,
        }
        for total in found.activities
    ]


def purpose_totals(found: Day | Week, *, known: bool) -> list[Row]:
    """Social seconds by purpose; `purpose` is null for time without an activity, `seconds` where nothing is known."""
    return [{"purpose": total.purpose, "seconds": total.seconds if known else None} for total in found.purposes]
