"""No verb, and `demo`: the screens; where there is no terminal, the week as text and a word about it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from tracker.cli.grammar import Command
from tracker.locale import _

if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.cli.grammar import Given


def screens(context: Context, given: Given) -> int | None:
    """Open the screens on the user's own file."""
    return _open(context, given, demo=False)


def demo(context: Context, given: Given) -> int | None:
    """Open the screens on a made-up year, in a file that is gone afterwards; all of it goes by the story's clocks.

    The reader's own clocks would be another hour than what the log says, or, told by them, another story on each
    machine; where they differ the header says whose time it is.
    """
    import tempfile

    from tracker.demo import make
    from tracker.demo.story import HOME

    with tempfile.TemporaryDirectory(prefix="tracker-demo-") as folder:
        path, config = os.path.join(folder, "demo.db"), os.path.join(folder, "settings.toml")
        make(path, context.now)
        _demo_settings(context.config, config)
        context.open(path, config, HOME)
        try:
            return _open(context, given, demo=True)
        finally:
            context.close()


#: The settings the made-up year is told with; what is not here is the user's own.
_TOLD_WITH = (
    *("day_starts_at", "daily_budget", "check_limit", "first_weekday", "currency", "sleep", "wakes_at"),
    *("focus_hours", "hour_cost", "sale_value", "client_share", "margin"),
)


def _demo_settings(own: str, config: str) -> None:
    """The user's language, theme and keys, with the days, budgets and money the made-up year is told in."""
    from tracker import settings
    from tracker.demo import SETTINGS
    from tracker.files import file_access

    if os.path.exists(own):
        text = file_access.read_text(own)
        with file_access.atomic_replace(config) as file:
            file.write(text)
    for name in _TOLD_WITH:
        settings.save(config, name, settings.find(name).type.write(getattr(SETTINGS, name)))


def _open(context: Context, given: Given, *, demo: bool) -> int | None:
    if not _terminal():
        _week_instead(context, given)
        return None
    from tracker.tui.app import run

    return run(context.db, context.config, context.zone, demo=demo)


def _week_instead(context: Context, given: Given) -> None:
    from tracker.cli.week import show_week

    show_week(context, given)
    context.warn(_("the screens want a terminal; this is the week as text"))


def _terminal() -> bool:
    streams = (sys.stdin, sys.stdout)
    return all(stream and stream.isatty() for stream in streams) and os.environ.get("TERM") != "dumb"


COMMANDS = {"": Command(screens, reads=()), "demo": Command(demo)}
