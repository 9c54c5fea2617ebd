"""Another file of this program, as from the user's other machine.

The file is not opened by SQLite: a copy of it in memory is, with its write-ahead log. So it stays as it is, also while
another program uses it or a folder is being synchronised.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tracker.importers.browser_history import open_history
from tracker.importers.source import LogSource, SourceDescription
from tracker.locale import N_
from tracker.storage import Database
from tracker.storage.database import bring_up_to_date
from tracker.storage.file_format import refuse_foreign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.importers.imported_record import RejectedRow


class TrackerFile(LogSource):
    """Another tracker file."""

    def describe(self) -> SourceDescription:
        return SourceDescription("tracker", N_("another tracker file: the two are merged"), recorded=True)

    @contextmanager
    def open(self, path: str) -> Iterator[tuple[Database, list[RejectedRow]]]:
        with open_history(path, "tracker") as connection:
            connection.isolation_level = None
            refuse_foreign(connection, path)
            bring_up_to_date(connection)
            connection.execute("PRAGMA query_only = OFF")
            yield Database(connection, path), []


SOURCES = (TrackerFile(),)
