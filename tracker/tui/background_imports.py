"""Once a minute, in a thread: import what is new in the sources of the settings.

The thread has a connection of its own, so what it imports is shown in the same way as a change by another program. A
source that fails is named in the header and in the settings, and is tried again a minute later, without a dialog.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from tracker.domain.errors import TrackerError

if TYPE_CHECKING:
    from textual.worker import Worker

    from tracker.services.live_workspace import LiveWorkspace
    from tracker.tui.base_app import BaseApp


class Cancelled(Exception):
    """The screens are closed, or the user cancelled: nothing is imported."""


class BackgroundImports:
    """Imports at most once a minute, and never twice at once."""

    def __init__(self, app: BaseApp) -> None:
        self.app = app
        self._minute = -1
        self._worker: Worker[None] | None = None
        self._failed: dict[str, str] = {}

    def second(self, now: int) -> None:
        """Called once a second: start an import if one is due."""
        app, workspace = self.app, self.app.workspace
        if self._failed != app.failed_imports:
            app.show_failed_imports(self._failed)
        if app.demo or workspace.refusal or not workspace.database.real_path or self._is_busy():
            return
        if not workspace.settings.sources:
            self._failed = {}
        elif now // 60 != self._minute:
            self._minute = now // 60
            run = partial(self._import, workspace)
            self._worker = app.run_worker(run, thread=True, name="automatic import", exit_on_error=False)

    def _is_busy(self) -> bool:
        """Whether something is imported now, here or on the import screen."""
        return self.app.importing or bool(self._worker and not self._worker.is_finished)

    def _import(self, workspace: LiveWorkspace) -> None:
        """Import, in the thread."""
        from tracker.services.source_imports import import_new_beside

        worker = get_current_worker()

        def report(_fraction: float) -> None:
            if worker.is_cancelled:
                raise Cancelled

        try:
            outcomes = import_new_beside(workspace, report)
        except (TrackerError, Cancelled):
            return  # the screens themselves report a file that was moved
        failed = {outcome.entry: outcome.error for outcome in outcomes if outcome.error}
        self._failed = failed
