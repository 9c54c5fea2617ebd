"""Two programs on one file, taking turns where it hurts: the other one writes just before ours takes the write lock."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tracker.storage import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


@contextmanager
def meanwhile(other: Callable[[], Any]) -> Iterator[list[str]]:
    """Run `other` once, at the moment the next outermost transaction of any database is about to begin.

    What was looked at before that moment is then out of date; what is looked at after it cannot be. The list that
    `with` gives is empty until the other has written, so that a test can be sure it was in between.
    """
    written: list[str] = []
    transaction = Database.transaction

    @contextmanager
    def begin(self: Database, *statements: Sequence[str]) -> Iterator[None]:
        if not self.connection.in_transaction and not written:
            written.append("written")
            other()
        with transaction(self, *statements):
            yield

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "transaction", begin)
        yield written
