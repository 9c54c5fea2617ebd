"""How far back the log goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.storage.file import Journal


def earliest(journal: Journal) -> tuple[int | None, str | None]:
    """When the earliest session, urge or outcome was (UTC seconds), and the date of the first day confirmed as zero."""
    at, date = journal.row(
        "SELECT (SELECT min(at) FROM (SELECT min(start) AS at FROM session UNION ALL SELECT min(at) FROM urge "
        "UNION ALL SELECT min(at) FROM outcome)), (SELECT min(date) FROM day_note WHERE zero = 1)"
    )
    return at, date
