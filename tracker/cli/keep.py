"""`tracker backup`, `tracker restore` and `tracker doctor`: keeping the file, bringing it back, checking it."""

from __future__ import annotations

import os
import platform
import sqlite3
from typing import TYPE_CHECKING

from tracker import __version__
from tracker.calendar import clock
from tracker.calendar.zones import is_zone, iso
from tracker.cli.grammar import Argument, Command, Option, UsageError
from tracker.cli.terminal import columns
from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.files import paths
from tracker.formatting.serialize import instant
from tracker.formatting.tables import wrap
from tracker.formatting.text import join_phrases
from tracker.locale import N_, _, ngettext
from tracker.storage.doctor import problems
from tracker.storage.errors import reason
from tracker.storage.wal import check

if TYPE_CHECKING:
    from typing import Any

    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.storage.restore import FileSummary


def backup(context: Context, given: Given) -> None:
    """Copy the file, beside itself with the date where no other place is said; never over another file."""
    if not os.path.exists(context.db):
        raise TrackerError(_("there is nothing to back up: {path} does not exist").format(path=context.db))
    path = _dated(context)
    said = given.maybe("PATH")
    if said:
        path = os.path.join(said, os.path.basename(path)) if os.path.isdir(said) else said
    written = context.journal.backup(path)
    if context.json:
        context.dump([{"path": written, "bytes": os.path.getsize(written)}])
    else:
        context.say(_("the backup is {path}").format(path=written))


def restore(context: Context, given: Given) -> None:
    """Bring a backup back, the file as it is kept beside; without --yes, say what would change and change nothing."""
    from tracker.storage import restore as restoring

    path, seconds = given.one("PATH"), context.settings.check_seconds
    if os.path.exists(path) and os.path.exists(context.db) and os.path.samefile(path, context.db):
        _accept(context, given)
        return
    if "apply" in given.flags:
        raise UsageError(_("--apply is for the file in use itself, not for a backup"))
    with restoring.Backup(path) as found:
        backup, (now, why) = found.summary(seconds), _now(context)
        kept = restoring.first_free(_dated(context, "before-restore-")) if _is_there(context.db) else None
        left = None
        if "yes" in given.flags:
            context.close()
            left = found.restore(context.db, kept or _dated(context, "before-restore-"))
            said = _restored(context, backup, left, whole=now is not None)
        else:
            said = _would_change(context, path, backup, now, why, kept)
    if context.json:
        facts = _row(context, backup)
        facts = {name: facts[name] for name in ("path", "sessions", "first", "last", "changed")}
        facts |= {"kept": left, "restored": "yes" in given.flags}
        context.dump([facts | {"backup": _row(context, backup), "file": now and _row(context, now)}])
    else:
        context.say(*said)


def _would_change(
    context: Context, path: str, backup: FileSummary, now: FileSummary | None, why: str, kept: str | None
) -> list[str]:
    """The backup and the file in a line each, and the command that restores."""
    told = _told(context, *(one for one in (backup, now) if one))
    keeps = _("the file as it is now will be kept as {kept}").format(kept=kept)
    said = join_phrases(
        _("Nothing was changed. `{tracker} restore {path} --yes` restores the backup").format(
            tracker=_tracker(context), path=_word(path)
        ),
        keeps if kept else _("there is no file yet, so nothing will be kept"),
    )
    lines = (
        _("the backup: {held}").format(held=told[0]),
        _("the file now: {held}").format(held=told[1] if now else why),
        _("No difference was found between them") if now and told[0] == told[1] else "",
    )
    # What is to be pasted stays on one line.
    return [*(part for line in lines if line for part in wrap(line, columns(), "  ")), said]


def _restored(context: Context, backup: FileSummary, left: str | None, *, whole: bool) -> list[str]:
    """What the file holds now, where it is kept as it was, and how to go back."""
    said = _("{path} now holds {backup}").format(path=context.db, backup=_told(context, backup)[0])
    if left is None:
        return [said]
    if not os.path.lexists(left):
        return [
            join_phrases(
                said,
                _("the changes that were in {wal} are kept in {kept}").format(
                    wal=f"{context.db}-wal", kept=f"{left}-wal"
                ),
            )
        ]
    said = join_phrases(said, _("the file as it was is {kept}").format(kept=left))
    back = _("`{tracker} restore {path} --yes` goes back").format(tracker=_tracker(context), path=_word(left))
    return [join_phrases(said, back if whole else "")]


def _accept(context: Context, given: Given) -> None:
    """Continue with the file itself, where the log beside it is not fit for it."""
    from tracker.storage import wal
    from tracker.storage.restore import accept_unfit_log

    done, apply = "yes" in given.flags, "apply" in given.flags
    try:
        wal.refuse_unfit(os.path.realpath(context.db))
    except wal.UnfitLog as error:
        if error.used or (apply and error.kind != wal.OLDER):
            raise
        unfit = error
    else:
        raise TrackerError(
            _("{path} is the file in use, and nothing is wrong with its -wal file; name a backup to restore").format(
                path=context.db
            )
        )
    left = accept_unfit_log(context.db, apply=apply) if done else None
    if context.json:
        context.dump([{"path": context.db, "kept": left, "restored": done}])
        return
    if not done:
        context.say(join_phrases(str(unfit), unfit.hint))
        return
    if unfit.kind == wal.MISSING:
        said = _("{path} is in use again, without the changes that were in {wal}")
    elif unfit.kind == wal.DAMAGED:
        said = _("{path} is in use again, with the changes of {wal} that could be read; the damaged file is {kept}")
    elif apply:
        said = _("{path} is in use again, with the changes that were in {wal}")
    else:
        said = _("{path} is in use again, without the changes in {wal}; they are kept in {kept}")
    context.say(said.format(path=context.db, wal=f"{context.db}-wal", kept=left))


def _now(context: Context) -> tuple[FileSummary | None, str]:
    """What the file holds as it is; where that cannot be said, why not."""
    from tracker.storage import wal
    from tracker.storage.file_format import NotOurs
    from tracker.storage.restore import summary

    if not _is_there(context.db):
        return None, _("there is none")
    try:
        return summary(context.journal, context.settings.check_seconds), ""
    except NotOurs:
        raise
    except wal.UnfitLog as error:
        why = {
            wal.MISSING: _("its -wal file was deleted"),
            wal.DAMAGED: _("its -wal file is damaged"),
            wal.FOREIGN: _("its -wal file belongs to another copy of it"),
            wal.OLDER: _("its -wal file is older than the file"),
        }.get(error.kind, str(error))
    except TrackerError as error:
        # Without what it begins with, and without the advice to do what is being done.
        begins = _("cannot open {path}: {reason}").format(path=context.db, reason="")
        why = str(error).removeprefix(begins).partition("`")[0].rstrip(" ;\u202f")
    return None, _("it cannot be opened ({reason})").format(reason=why)


def _is_there(path: str) -> bool:
    """Whether there is a file, or a log that was left without it."""
    return any(os.path.lexists(path + ending) for ending in ("", "-wal"))


def _told(context: Context, *found: FileSummary) -> list[str]:
    """What each holds, in a line: `12 sessions, 30 checks, last changed 2026-11-23 15:02`.

    What differs between them is told in as much detail as it takes to differ.
    """
    numbers = len({one.changes for one in found}) > 1
    for digits, numbered in ((16, False), (19, False), (19, numbers)):
        lines = [", ".join(_parts(context, one, found, digits, numbered=numbered)) for one in found]
        if len(set(lines)) == len(lines):
            break
    return lines


def _parts(
    context: Context, one: FileSummary, found: tuple[FileSummary, ...], digits: int, *, numbered: bool
) -> list[str]:
    from tracker.cli.session_lines import near_clock
    from tracker.formatting.text import format_checks, format_sessions

    parts = [format_sessions(one.sessions), format_checks(one.checks)]
    if any(each.outcomes for each in found):
        parts.append(ngettext("{n} outcome", "{n} outcomes", one.outcomes).format(n=one.outcomes))
    if any(each.urges for each in found):
        parts.append(ngettext("{n} urge resisted", "{n} urges resisted", one.urges).format(n=one.urges))
    if any(each.habits for each in found):
        parts.append(ngettext("{n} habit", "{n} habits", one.habits).format(n=one.habits))
    if one.first is not None and one.last is not None:
        first, last = iso(one.first, context.zone)[:10], iso(one.last, context.zone)[:10]
        parts.append(_("from {first} to {last}").format(first=first, last=last))
    if one.since is not None:
        since = near_clock(context, one.since, context.zone)
        parts.append(_("{channel} running since {time}").format(channel=one.running, time=since))
    elif any(each.since is not None for each in found):
        parts.append(_("nothing is running"))
    if one.changed is not None:
        at = iso(one.changed, context.zone)[:digits].replace("T", " ")
        parts.append(_("last changed {at}").format(at=at))
    if numbered:
        parts.append(_("change number {n}").format(n=one.changes))
    return parts


def _row(context: Context, found: FileSummary) -> dict[str, Any]:
    row: dict[str, Any] = {
        name: getattr(found, name) for name in ("path", "sessions", "checks", "outcomes", "urges", "habits")
    }
    since = instant(found.since, context.zone)
    row["running"] = since and {"channel": found.running, "start": since}
    return row | {name: instant(getattr(found, name), context.zone) for name in ("first", "last", "changed")}


def _tracker(context: Context) -> str:
    """How a command on this file begins that is to be pasted into a shell; with --db where it is not the usual one."""
    usual = os.path.realpath(paths.database_path()) == os.path.realpath(context.db)
    return "tracker" if usual else f"tracker --db {_word(context.db)}"


def _word(path: str) -> str:
    """A path as one word of a shell's, and no option."""
    from shlex import quote

    return quote(f"./{path}" if path.startswith("-") else path)


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
    from tracker.analytics.patterns.registry import refuse_limit

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
        return [*([journal.warning] if journal.warning else []), *problems(journal)]
    except TrackerError as error:
        return [join_phrases(str(error), error.hint)]
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
        (
            Option(("--yes",), None, N_("do it: without this nothing is changed")),
            Option(("--apply",), None, N_("with the file in use as PATH: bring the changes in its -wal file into it")),
        ),
        N_(
            "tracker restore ~/backups/tracker-2026-11-23.db          say what would change\n"
            "tracker restore ~/backups/tracker-2026-11-23.db --yes    do it; the file as it is now is kept beside it\n"
            "`tracker undo` does not undo a restore. The answer names the command that goes back.\n"
            "When tracker refuses to open its own file because of the -wal file beside it, give that file as PATH:\n"
            "tracker then says what is wrong, and with --yes continues without what cannot be used."
        ),
    ),
    "doctor": Command(doctor),
}
