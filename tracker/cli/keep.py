"""`tracker backup`, `tracker restore` and `tracker doctor`: keeping the file, bringing it back, checking it."""

from __future__ import annotations

import os
import platform
import sqlite3

from tracker import __version__
from tracker.calendar import clock
from tracker.calendar.quoting import quoted
from tracker.calendar.zones import is_zone, iso
from tracker.cli.grammar import Argument, Command, Option
from tracker.cli.text import joined
from tracker.journal import backup as copies
from tracker.journal.errors import reason
from tracker.journal.wal import check
from tracker.locale import N_, _, ngettext
from tracker.model import TrackerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.journal.restore import Held


def backup(context: Context, given: Given) -> None:
    """Copy the file, beside itself with the date where no other place is said; never over another file."""
    if not os.path.exists(context.db):
        raise TrackerError(_("there is nothing to back up: {path} does not exist").format(path=context.db))
    path = _dated(context)
    said = given.maybe("PATH")
    if said:
        path = os.path.join(said, os.path.basename(path)) if os.path.isdir(said) else said
    written = copies.copy(context.journal, path)
    if context.json:
        context.dump([{"path": written, "bytes": os.path.getsize(written)}])
    else:
        context.say(_("the backup is {path}").format(path=written))


def restore(context: Context, given: Given) -> None:
    """Bring a backup back, the file as it is kept beside; without --yes, say what would change and change nothing."""
    from tracker.journal import restore as restoring

    path, kept = given.one("PATH"), _dated(context, "before-restore-")
    if os.path.exists(path) and os.path.exists(context.db) and os.path.samefile(path, context.db):
        _accept(context, given, kept)
        return
    with restoring.Backup(path) as found:
        now = _now(context)
        if "yes" in given.flags:
            was = os.path.lexists(context.db)
            context.close()
            left = found.restore(context.db, kept)
            said = _("{path} now holds {backup}").format(path=context.db, backup=_held(context, found.held()))
            said = joined(said, _("the file as it was is {kept}").format(kept=left) if was else "")
        else:
            left = None
            said = "\n".join(
                (
                    _("the backup: {held}").format(held=_held(context, found.held())),
                    _("the file now: {held}").format(held=now),
                    _(
                        "Nothing was changed. `tracker restore {path} --yes` restores the backup and keeps {kept}"
                    ).format(path=path, kept=kept),
                )
            )
        held = found.held()
    if context.json:
        facts = {"path": path, "sessions": held.sessions, "kept": left, "restored": "yes" in given.flags}
        instants = {"first": held.first, "last": held.last, "changed": held.changed}
        context.dump([facts | {name: at and iso(at, context.zone) for name, at in instants.items()}])
    else:
        context.say(*said.split("\n"))


def _accept(context: Context, given: Given, kept: str) -> None:
    """Go on with the file itself, without a log beside it that is not fit."""
    from tracker.journal import restore as restoring
    from tracker.journal.wal import UnfitLog, refuse_unfit

    if "yes" in given.flags:
        left = restoring.accept(context.db)
        said = _("{path} is in use again").format(path=context.db)
        said = joined(said, _("its -wal file was set aside as {kept}").format(kept=left) if left else "")
    else:
        left = None
        try:
            refuse_unfit(os.path.realpath(context.db))
        except UnfitLog as error:
            said = joined(str(error), _("`tracker restore {path} --yes` continues without it").format(path=context.db))
        else:
            raise TrackerError(_("{path} is the file in use; name a backup of it").format(path=context.db))
    if context.json:
        context.dump([{"path": context.db, "kept": left, "restored": "yes" in given.flags}])
    else:
        context.say(said)


def _now(context: Context) -> str:
    from tracker.journal.restore import held

    if not os.path.exists(context.db):
        return _("there is none")
    try:
        return _held(context, held(context.journal))
    except TrackerError as error:
        return str(error)


def _held(context: Context, held: Held) -> str:
    """`1234 sessions, 2025-11-20 to 2026-11-23, last change 2026-11-23 15:02`."""
    said = ngettext("{n} session", "{n} sessions", held.sessions).format(n=held.sessions)
    parts = [said]
    if held.first is not None and held.last is not None:
        first, last = iso(held.first, context.zone)[:10], iso(held.last, context.zone)[:10]
        parts.append(_("from {first} to {last}").format(first=first, last=last))
    if held.changed is not None:
        at = iso(held.changed, context.zone)[:16].replace("T", " ")
        parts.append(_("last changed {at}").format(at=at))
    return ", ".join(parts)


def _dated(context: Context, word: str = "") -> str:
    """The name of a copy beside the file, with the date: `tracker-2026-11-23.db`."""
    stem, ending = os.path.splitext(context.db)
    return f"{stem}-{word}{context.today}{ending}"


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
    if not any(os.path.exists(context.db + ending) for ending in ("", "-wal")) and not context.db.startswith("file:"):
        return []
    try:
        check(os.path.realpath(context.db))
        journal = context.journal
        return [*([journal.warning] if journal.warning else []), *copies.problems(journal)]
    except TrackerError as error:
        return [joined(str(error), error.hint)]
    except sqlite3.Error as error:
        return [reason(error)]


COMMANDS = {
    "backup": Command(
        backup,
        (Argument("PATH", "optional", "file"),),
        (),
        N_("Without PATH beside the file, with the date. Nothing is ever written over."),
    ),
    "restore": Command(
        restore,
        (Argument("PATH", completes="file"),),
        (Option(("--yes",), None, N_("do it: without this nothing is changed")),),
        N_(
            "tracker restore tracker-2026-11-23.db          say what would change\n"
            "tracker restore tracker-2026-11-23.db --yes    do it; the file as it is now is kept beside\n"
            "PATH may be the file itself: continue without a damaged or left-over -wal file beside it."
        ),
    ),
    "doctor": Command(doctor),
}
