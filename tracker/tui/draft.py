"""A session while its fields are typed over: which are changed, and what each would become."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.domain.models import TrackerError
from tracker.tui.fields import read_field, said_field

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.models import Session
    from tracker.workspace import Workspace


class Draft:
    """One rule for every way of editing: an end shows its clock alone, and goes with its start to another day.

    `typed` says what stands in a field now, None where there is no such field to type in.
    """

    def __init__(self, session: Session, workspace: Workspace, typed: Callable[[str], str | None]) -> None:
        self._session, self._workspace, self._typed = session, workspace, typed

    def is_changed(self, name: str) -> bool:
        """Whether a field is to be read again."""
        if self._text(name) != said_field(name, self._session, self._workspace):
            return True
        ended = name == "end" and self._session.end is not None and self.is_changed("start")
        return ended and self._workspace.day_of(self._start()) != self._workspace.day_of(self._session.start)

    def read(self, name: str) -> tuple[Any, str]:
        """What a field means, and that in words; an end is read from the start that is typed. Raises TrackerError."""
        session = self._session._replace(start=self._start()) if name == "end" else self._session
        return read_field(name, self._text(name), session, self._workspace)

    def _text(self, name: str) -> str:
        typed = self._typed(name)
        return said_field(name, self._session, self._workspace) if typed is None else typed

    def _start(self) -> int:
        """The start as it is typed; the session's own while that means nothing."""
        try:
            return int(self.read("start")[0])
        except TrackerError:
            return self._session.start
