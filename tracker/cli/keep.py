"""`tracker backup` and `tracker doctor`: keeping the file, and looking whether all is well."""

from __future__ import annotations

import os
import platform
import sqlite3

from tracker import __version__
from tracker.calendar import clock
from tracker.calendar.quoting import quoted
from tracker.calendar.zones import is_zone
from tracker.cli.grammar import Argument, Command
from tracker.journal import backup as copies
from tracker.locale import N_, _, ngettext
from tracker.model import TrackerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.cli.grammar import Given


def backup(context: Context, given: Given) -> None:
    """Copy the file, beside itself with the date where no other place is said; never over another file."""
    if not os.path.exists(context.db):
        raise TrackerError(_("there is nothing to back up: {path} does not exist").format(path=context.db))
    stem, ending = os.path.splitext(context.db)
    path = f"{stem}-{context.today}{ending}"
    said = given.maybe("PATH")
    if said:
        path = os.path.join(said, os.path.basename(path)) if os.path.isdir(said) else said
    written = copies.copy(context.journal, path)
    if context.json:
        context.dump([{"path": written, "bytes": os.path.getsize(written)}])
    else:
        context.say(_("the backup is {path}").format(path=written))


def doctor(context: Context, given: Given) -> int:
    """Look at the file, the settings and the clock; exit 1 where something is wrong."""
    problems = [*_settings(context), *_zone(context), *_file(context)]
    facts = {
        "version": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "file": context.db,
        "settings": context.config,
        "zone": context.zone,
        "problems": problems,
    }
    if context.json:
        context.dump(facts)
    else:
        context.say(
            f"tracker {__version__}, Python {facts['python']}, SQLite {facts['sqlite']}",
            _("file: {path}{state}").format(path=context.db, state=_state(context.db)),
            _("settings: {path}{state}").format(path=context.config, state=_state(context.config)),
            _("zone: {zone}").format(zone=context.zone),
            *(f"! {problem}" for problem in problems),
            *([] if problems else [_("all is well")]),
        )
    if problems:
        count = len(problems)
        context.warn(ngettext("{n} thing is wrong", "{n} things are wrong", count).format(n=count))
    return 1 if problems else 0


def _state(path: str) -> str:
    return "" if os.path.exists(path) else _(" (not there yet)")


def _settings(context: Context) -> list[str]:
    from tracker.patterns.registry import refuse_limit

    try:
        thresholds = context.settings.patterns
    except TrackerError as error:
        return [str(error)]
    found = []
    for name, value in thresholds:
        try:
            refuse_limit(name, value)
        except TrackerError as error:
            found.append(f"{context.config}: {error}")
    return found


def _zone(context: Context) -> list[str]:
    wish = os.environ.get("TZ", "").removeprefix(":")
    if wish and not os.path.isabs(wish) and not is_zone(wish):
        return [
            _("TZ is “{wish}”, which is no zone's name; {zone} is used").format(
                wish=quoted(wish), zone=clock.local_zone()
            )
        ]
    return []


def _file(context: Context) -> list[str]:
    if not os.path.exists(context.db):
        return []
    try:
        return copies.problems(context.journal)
    except (TrackerError, sqlite3.Error) as error:
        return [str(error)]


COMMANDS = {
    "backup": Command(
        backup,
        (Argument("PATH", "optional", "file"),),
        (),
        N_("Without PATH beside the file, with the date. Nothing is ever written over."),
    ),
    "doctor": Command(doctor),
}
