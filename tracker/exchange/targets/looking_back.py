"""What weekly reviews leave, as rows of the JSON export: what was felt, meant and written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tracker.calendar.weeks import week_of
from tracker.exchange.targets.days import Days
from tracker.exchange.targets.instants import iso
from tracker.journal import Journal, commitments, estimates, reviews


def rows(journal: Journal, days: Days) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """(name of the list, its rows), of the weeks that those days are in."""
    first = week_of(days.first, 0) if days.first else ""
    last = week_of(days.last, 0) if days.last else "9999"
    felt = [one for one in estimates.every(journal) if first <= one.week <= last]
    meant = [one for one in commitments.every(journal) if first <= one.week <= last]
    told = [one for one in reversed(reviews.listed(journal)) if first <= one.week <= last]
    yield "estimates", [{"week": one.week, "channel": one.channel, "seconds": one.seconds} for one in felt]
    yield (
        "commitments",
        [
            {name: value for name, value in one._asdict().items() if name not in ("id", "position", "at")}
            for one in meant
        ],
    )
    yield (
        "reviews",
        [
            {
                "week": one.week,
                "revision": one.revision,
                "begun": iso(one.begun, one.zone),
                "written": None if one.written is None else iso(one.written, one.zone),
                "reviewed": list(one.reviewed),
                "words": one.words,
                "figures": json.loads(one.figures) if one.figures else None,
                "page": one.page,
            }
            for one in told
        ],
    )
