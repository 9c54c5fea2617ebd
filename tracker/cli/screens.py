"""No verb, and `demo`: the screens; without a terminal, the week as text. `serve` comes with a later version."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tracker.cli.context import Context
from tracker.cli.parser import Argument, Command, ParsedArguments
from tracker.domain.errors import TrackerError
from tracker.locale import _

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

#: The settings that the demo's year is made with. All other settings are the user's own.
_DEMO_SETTINGS = (
    "day_starts_at", "daily_budget", "check_limit", "first_weekday", "currency", "sleep", "wakes_at", "focus_hours",
    "hour_cost", "sale_value", "client_share", "margin",
)  # fmt: skip


def screens(context: Context, args: ParsedArguments) -> int | None:
    """Open the screens on the user's own file; the demo, where it was chosen there, and then the file again."""
    own = context.db, context.config, context.zone
    made: list[TemporaryDirectory[str]] = []
    while code := _open(context, args, make_demo=lambda: made.append(_make_demo(context))):
        from tracker.tui.base_app import OPEN_DEMO

        if code != OPEN_DEMO:
            return code
        _show_demo(context, args, made.pop() if made else _make_demo(context), returns_to_own_file=True)
        context.open(*own)
    return code


def demo(context: Context, args: ParsedArguments) -> int | None:
    """Open the screens on a made-up year in a temporary file."""
    return _show_demo(context, args, _make_demo(context))


def _make_demo(context: Context) -> TemporaryDirectory[str]:
    """A folder with the made-up year and its settings."""
    from tempfile import TemporaryDirectory

    from tracker.demo import make

    folder = TemporaryDirectory(prefix="tracker-demo-")
    _remove_when_told_to_end(folder.name)
    path, config = _demo_files(folder)
    make(path, context.now)
    _write_demo_settings(context.config, config)
    return folder


def _remove_when_told_to_end(folder: str) -> None:
    """Remove the folder also where the terminal is closed, or another program ends this one: at once, and it ends."""
    import shutil
    import signal

    def end(number: int, _frame: object) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)

    for name in ("SIGHUP", "SIGTERM"):  # Windows has no SIGHUP
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            with suppress(ValueError):  # the screens make the demo in a thread of theirs, which may not ask for this
                signal.signal(number, end)


def _demo_files(folder: TemporaryDirectory[str]) -> tuple[str, str]:
    return os.path.join(folder.name, "demo.db"), os.path.join(folder.name, "settings.toml")


def _show_demo(
    context: Context, args: ParsedArguments, made: TemporaryDirectory[str], *, returns_to_own_file: bool = False
) -> int | None:
    """Open the screens on the demo in the zone its year was made in, then remove its folder.

    `returns_to_own_file`: say on them that whoever quits is back in their own file.

    In the reader's zone its hours would be other hours than the log tells of; where the zones differ, the header names
    the one that is shown.
    """
    from tracker.demo.story import HOME

    with made:
        _remove_when_told_to_end(made.name)
        context.open(*_demo_files(made), HOME)
        try:
            return _open(context, args, demo=True, returns_to_own_file=returns_to_own_file)
        finally:
            context.close()


def serve(context: Context, args: ParsedArguments) -> int | None:
    """The screens in a browser: comes with a later version."""
    raise TrackerError(_("`tracker {name}` comes with a later version").format(name="serve"))


def _write_demo_settings(own: str, config: str) -> None:
    """Copy the user's settings file to `config`, and set what the demo's year is made with."""
    from tracker import settings
    from tracker.demo import SETTINGS
    from tracker.files import file_access

    if os.path.exists(own):
        text = file_access.read_text(own)
        with file_access.atomic_replace(config) as file:
            file.write(text)
    for name in _DEMO_SETTINGS:
        settings.save(config, name, settings.find(name).type.write(getattr(SETTINGS, name)))


def _open(context: Context, args: ParsedArguments, **options: Any) -> int | None:
    """Open the screens, with the `options` of `tracker.tui.app.run`; without a terminal, write the week."""
    if has_terminal():
        from tracker.tui.app import run

        return run(context.db, context.config, context.zone, **options)
    from tracker.cli.week import show_week

    show_week(context, args)
    context.warn(_("the screens need a terminal; here is the week as text"))
    return None


def has_terminal() -> bool:
    """Whether there is a terminal that the screens can be drawn on."""
    streams = (sys.stdin, sys.stdout)
    return all(stream and stream.isatty() for stream in streams) and os.environ.get("TERM") != "dumb"


COMMANDS = {
    "": Command(screens, reads=()),
    "demo": Command(demo),
    "serve": Command(serve, (Argument("OPTIONS", "any"),), lenient=True),
}
