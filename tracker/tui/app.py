"""The application: the actions that the keys do, what the clock does once a second, and the command palette."""

from __future__ import annotations

import gc
import sys
from functools import cached_property
from typing import TYPE_CHECKING

from tracker.domain.text import clean
from tracker.locale import _
from tracker.services.live_workspace import LiveWorkspace, fingerprint, greeting_is_due, refuse_thresholds
from tracker.settings import load
from tracker.storage import Database
from tracker.tui import layout
from tracker.tui.base_app import DIALOG_STYLES, BaseApp
from tracker.tui.keys import DAY, TIMER, WEEK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import SystemCommand
    from textual.command import Provider
    from textual.screen import Screen

    from tracker.tui.clock_monitor import ClockMonitor

#: What ends the running session: where that may have been forgotten, it is asked about first.
ENDING = ("toggle", "start", "task")


def _palette_commands() -> type[Provider]:
    """What the palette searches; imported when it is opened."""
    from tracker.tui.actions.registry import PaletteCommands

    return PaletteCommands


class TrackerApp(BaseApp):
    """The screens with their actions. Most of these are imported with the first key that needs them."""

    COMMANDS = {_palette_commands}

    @cached_property
    def clock_monitor(self) -> ClockMonitor:
        """The monitor of the clock, made when it is first used."""
        from tracker.tui.clock_monitor import ClockMonitor

        return ClockMonitor(self)

    def act(self, action: str) -> None:
        """Do one action of the table in keys.py. Raises TrackerError with nothing changed."""
        if action in (TIMER, DAY, WEEK):
            self.show_view(action)
            return
        from tracker.tui.actions.registry import RUN
        from tracker.tui.actions.timer_actions import ask_if_forgotten

        if not (action in ENDING and ask_if_forgotten(self)):
            RUN[action](self)

    def action_start_on(self, channel: str) -> None:
        """Ask what to start on a channel that was clicked."""
        from tracker.tui.actions import timer_actions

        timer_actions.start_on(self, channel)

    def each_second(self, now: int) -> None:
        """Run the clock monitor."""
        self.clock_monitor.second(now)

    def ready(self) -> None:
        """Greet who opens a file without records for the first time; in the demo, say how to come back from it."""
        if not self.demo and len(self.screen_stack) == 1 and greeting_is_due(self.workspace):
            from tracker.tui.actions import first_run

            first_run.greet(self)
        elif self.returns_to_own_file:
            self.notify(_("[{key}] leaves the demo, back to your own file").format(key=self.key_of("quit")), timeout=12)

    def patterns_loaded(self) -> None:
        """Suggest a pause in a burst of checks; else mention the new flag of today."""
        from tracker.tui.clock_monitor import mention_burst, mention_flag

        if not mention_burst(self):
            mention_flag(self)

    def action_command_palette(self) -> None:
        """Open the palette, with its prompt in the reader's language."""
        from textual.command import CommandPalette

        if not isinstance(self.screen, CommandPalette):
            self.stylesheet.read_all(DIALOG_STYLES)
            self.push_screen(CommandPalette(placeholder=_("What do you want to do?"), id="--command-palette"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every action, every channel, the themes."""
        from tracker.tui.actions.registry import palette_commands

        yield from palette_commands(self)


def run(
    path: str,
    config: str,
    zone: str,
    *,
    demo: bool = False,
    returns_to_own_file: bool = False,
    make_demo: Callable[[], None] | None = None,
) -> int:
    """Open the screens on the file at `path` with the settings at `config`, by the clocks of `zone`; an exit code.

    Garbage is not collected until the first paint, which makes that a tenth earlier. `demo`: say on the screen that
    the figures are made up; `returns_to_own_file`: and that quitting leads back there. `make_demo` makes the files of
    the demo before the screens are left for it. Raises TrackerError where the file or the settings cannot be used.
    """
    gc.disable()
    seen, settings = fingerprint(config), load(config)
    refuse_thresholds(settings, config)
    with Database.open(path) as database:
        database.file.keep_few_pages()
        workspace = LiveWorkspace(database, settings, zone, config, seen)
        app = TrackerApp(workspace, demo=demo, returns_to_own_file=returns_to_own_file)
        app.make_demo = make_demo
        app.run()
        database.file.settle()
    if app.farewell:
        for line in layout.wrapped(clean(app.farewell), app.size.width):
            sys.stdout.write(f"{line.plain.rstrip()}\n")
    return app.return_code or 0
