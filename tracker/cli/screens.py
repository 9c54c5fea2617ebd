"""No verb, and `demo`: the screens; where there is no terminal, the week as text and a word about it."""

from __future__ import annotations

import os
import sys

from tracker.cli.grammar import Command
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.cli.grammar import Given


def screens(context: Context, given: Given) -> int | None:
    """Open the screens on the user's own file."""
    if not _terminal():
        _week_instead(context, given)
        return None
    from tracker.tui.app import run

    return run(context.db, context.config)


def demo(context: Context, given: Given) -> int | None:
    """Open the screens on a made-up year, in a file that is gone afterwards."""
    import tempfile

    from tracker.demo import make

    with tempfile.TemporaryDirectory(prefix="tracker-demo-") as folder:
        path = os.path.join(folder, "demo.db")
        make(path, context.now)
        context.open(path)
        try:
            return screens(context, given)
        finally:
            context.close()


def _week_instead(context: Context, given: Given) -> None:
    from tracker.cli.show import week

    given.words["WEEK"] = []
    week(context, given)
    context.warn(_("the screens want a terminal; this is the week as text"))


def _terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


COMMANDS = {"": Command(screens), "demo": Command(demo)}
