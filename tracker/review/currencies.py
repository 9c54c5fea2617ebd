"""What another set currency would mean for the amounts in the log: they keep theirs, and are not converted."""

from __future__ import annotations

from tracker.journal.currencies import counted_in
from tracker.locale import ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.journal import Journal


def say_uncounted(journal: Journal, before: str, after: str) -> str:
    """How many amounts would not count any more if the currency `before` gave way to `after`; nothing for none."""
    count = 0 if after == before else counted_in(journal, before)
    if not count:
        return ""
    return ngettext(
        "{n} amount in {before} would no longer count as income or spending; none is converted to {after}",
        "{n} amounts in {before} would no longer count as income or spending; none is converted to {after}",
        count,
    ).format(n=count, before=before, after=after)
