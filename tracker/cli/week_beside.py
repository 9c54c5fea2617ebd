"""What stands beside a week's figures: what one committed to, and whether the week was reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.formatting.text import as_sentence, in_quotation_marks
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.cli.context import Context
    from tracker.reports.commitments import CommitmentResult
    from tracker.reports.week import Week


def went(context: Context, week: str) -> Sequence[CommitmentResult]:
    """The commitments for the week and how each went; without any, at no cost."""
    from tracker.storage import commitments

    if not commitments.of_week(context.journal, week):
        return ()
    from tracker.reports.commitments import results

    return results(context.journal, context.settings, week, zone=context.zone, now=context.now)


def lines(context: Context, shown: Week) -> list[str]:
    """One sentence for each commitment with how it went, and one for the review."""
    said = []
    found = went(context, shown.week)
    if found:
        from tracker.reports.commitment_words import say_commitment, say_result

        said += [f"{say_commitment(one.commitment)} {as_sentence(say_result(one))}" for one in found]
    return said + _review(context, shown)


def _review(context: Context, shown: Week) -> list[str]:
    from tracker.calendar.zones import iso
    from tracker.formatting.times import format_near_date
    from tracker.reports.comparison import changes, say_changes
    from tracker.storage import reviews

    week = shown.week
    written = reviews.latest(context.journal, week)
    if written and written.written is not None:
        date = format_near_date(iso(written.written, written.zone)[:10], context.today)
        said = [_("reviewed {date}; `tracker review {week}` shows it").format(date=date, week=week)]
        found = changes(context.journal, context.settings, written, shown)
        if found:
            said.append(_("changed since that review: {changes}").format(changes=say_changes(found)))
        return [*said, *([in_quotation_marks(written.words)] if written.words else [])]
    if reviews.draft(context.journal, week):
        return [_("its review is begun; `tracker review {week}` shows the draft").format(week=week)]
    return []
