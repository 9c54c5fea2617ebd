"""What looking back leaves, as rows of the JSON export: what was felt, meant, judged, marked, spent and written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.domain.models import Review, TrackerError
from tracker.exporters.days import ExportDays
from tracker.formatting.serialize import instant, spend_row
from tracker.storage import Journal, commitments, estimates, pattern_flags, reviews, spend, verdicts
from tracker.storage.pattern_flags import PatternMark

_Row = dict[str, Any]

#: What is of no use outside the file, and the instants of what belongs to a week.
_OUR_OWN = ("id", "position", "at")


def rows(journal: Journal, days: ExportDays) -> Iterator[tuple[str, list[_Row]]]:
    """(name of the list, its rows), of those days and of the weeks that they are in."""
    lo, hi = days.reach(journal)
    spent = [one for one in spend.in_span(journal, lo, hi) if days.hold(one.zone, one.at, one.at)]
    yield "spends", [spend_row(one) | {"zone": one.zone} for one in spent]
    yield "pattern_marks", [_said(one) for one in pattern_flags.every(journal) if _touches(one, days)]
    yield "estimates", [_said(one) for one in estimates.every(journal) if days.hold_week(one.week)]
    yield "commitments", [_said(one) for one in commitments.every(journal) if days.hold_week(one.week)]
    yield "verdicts", [_said(one) for one in verdicts.every(journal) if days.hold_week(one.week)]
    yield "reviews", [_review(one) for one in reversed(reviews.listed(journal)) if days.hold_week(one.week)]


def _said(one: Any) -> _Row:
    return {name: value for name, value in one._asdict().items() if name not in _OUR_OWN}


def _touches(mark: PatternMark, days: ExportDays) -> bool:
    first, last = days.dates
    return mark.since <= last and (mark.until is None or mark.until > first)


def _review(one: Review) -> _Row:
    return {
        "week": one.week,
        "revision": one.revision,
        "begun": instant(one.begun, one.zone),
        "written": instant(one.written, one.zone),
        "reviewed": list(one.reviewed),
        "words": one.words,
        "figures": _figures(one),
        "page": one.page,
    }


def _figures(one: Review) -> Any:
    """What the page was made of; as text where another program made it something that cannot be read."""
    try:
        return reviews.figures(one) if one.figures else None
    except TrackerError:
        return one.figures
