"""In which currencies the amounts of the log are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import EARNING_KINDS

if TYPE_CHECKING:
    from tracker.storage.file import Journal


def counted_in(journal: Journal, currency: str) -> int:
    """How many amounts count as income or spending while `currency` is the set one."""
    marks = ", ".join("?" for _kind in EARNING_KINDS)
    [(count,)] = journal.rows(
        f"SELECT (SELECT count(*) FROM outcome WHERE currency = ? AND kind IN ({marks})) "
        "+ (SELECT count(*) FROM spend WHERE currency = ?)",
        (currency, *EARNING_KINDS, currency),
    )
    return int(count)
