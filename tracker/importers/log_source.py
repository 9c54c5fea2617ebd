"""Sources that are whole logs of this program: everything in them is a record, not only time on channels."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from tracker.importers.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from tracker.importers.imported_record import ReadContext, RejectedRow, Row
    from tracker.storage import Database


class LogSource(Source):
    """A file that has a whole log, which `log_import` merges.

    `is_snapshot` says that the file has no change log: what was changed and deleted since is not known.
    """

    is_snapshot = False

    @abstractmethod
    def open(self, path: str) -> AbstractContextManager[tuple[Database, list[RejectedRow]]]:
        """A private copy of the log in memory, as `with` opens it, and the rows that could not be.

        Raises TrackerError for a file that has none.
        """

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """A log is not read by rows: it is opened."""
        raise NotImplementedError
