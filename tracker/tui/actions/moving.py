"""Moving about, looking closer, and leaving."""

from __future__ import annotations

from functools import partial

from tracker.domain.models import TrackerError
from tracker.locale import _
from tracker.services import queries
from tracker.tui import pattern_items, words
from tracker.tui.actions.asking import Asking


class Moving(Asking):
    """Its actions, by their names in keys.py."""

    def earlier(self) -> None:
        """The day or week before."""
        self.app.view.turn(-1, self.workspace)

    def later(self) -> None:
        """The day or week after."""
        self.app.view.turn(1, self.workspace)

    def now(self) -> None:
        """Today or this week."""
        self.app.view.back(self.workspace)

    def up(self) -> None:
        """A line up."""
        self.move(-1)

    def down(self) -> None:
        """A line down."""
        self.move(1)

    def move(self, steps: int) -> None:
        """Choose another line of the view."""
        rows = self.app.view.rows()
        if rows:
            rows.move(steps)

    def open(self) -> None:
        """The evidence of the chosen pattern; on the Day, the chosen session."""
        from tracker.tui.screens.evidence import Patterns

        rows = self.app.view.rows()
        if not isinstance(rows, Patterns):
            self.app.doing.do("fields")
        elif item := rows.item():
            self.app.doing.evidence(
                item.about.name, rows.loader or partial(pattern_items.patterns_today, self.workspace)
            )

    def longer(self) -> None:
        """The longer look: the weeks up to the one that is shown."""
        from functools import partial

        from tracker.tui.modals.longer import LongerLook

        name = self.app.view.place or self.workspace.this_week()
        load = partial(partial(queries.longer, self.workspace), name)
        self.app.push_screen(LongerLook(load, self.workspace.first_weekday(), self.workspace.settings.currency))

    def help(self) -> None:
        """Every key."""
        from tracker.tui.modals.help import keys_page

        self.app.push_screen(keys_page(self.app.keymap_changed))

    def palette(self) -> None:
        """Find anything by its name."""
        self.app.action_command_palette()

    def quit(self) -> None:
        """Leave; a running timer goes on without us, and says so - but not the demo's, whose file goes with it.

        Nor where nothing can be recorded; that the file was moved is said again then.
        """
        try:
            self.app.farewell = self._farewell()
            self.app.remember()
        except TrackerError as error:  # a file that cannot be read keeps nobody here
            self.app.farewell = str(error)
        self.app.exit()

    def _farewell(self) -> str | None:
        self.workspace.look_after()
        session = None if self.app.demo or self.workspace.refusal else queries.running(self.workspace)
        if session:
            said = _("{channel} keeps running since {clock}; `tracker status` shows it, `tracker stop` stops it")
            return said.format(channel=self.title(session.channel), clock=words.clock(session.start, session.zone))
        return self.workspace.refusal if self.workspace.lost is not None else None
