"""The file and its changes: `tracker backup`, `restore` and `doctor`, and `tracker undo`, `redo` and `history`."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from tracker import __version__
from tracker.calendar import clock
from tracker.calendar.clock import is_zone, iso
from tracker.cli.context import Context, columns
from tracker.cli.parser import PATH, Argument, Command, Option, ParsedArguments, UsageError
from tracker.cli.session_lines import near_clock
from tracker.domain.errors import NotOurs, TrackerError, UnfitLog
from tracker.domain.models import FileSummary, UndoStep
from tracker.domain.text import quoted
from tracker.files import file_access
from tracker.formatting import text as wording
from tracker.formatting.plain_text import format_table, wrap
from tracker.formatting.serialize import instant, row
from tracker.formatting.times import format_ago
from tracker.locale import N_, _, plural
from tracker.services import data_file, source_imports


def backup(context: Context, args: ParsedArguments) -> None:
    """Copy the file to the given path, by default next to itself with the date; another file is never overwritten."""
    if not os.path.exists(context.db):
        raise TrackerError(_("there is nothing to back up: {path} does not exist").format(path=context.db))
    written = data_file.back_up(context.workspace, args.optional("PATH"))
    answer = {"path": written, "bytes": os.path.getsize(written)}
    context.answer([answer], _("saved the backup {path}").format(path=written))
    if not data_file.is_sound(written):
        context.warn(_("it is a copy of a damaged file, see `tracker doctor`: keep your older backups"))


def restore(context: Context, args: ParsedArguments) -> None:
    """Restore a backup, and keep the current file next to it; without --yes, only say what would change."""
    path, check_seconds = args.required("PATH"), context.settings.check_seconds
    if os.path.exists(path) and os.path.exists(context.db) and os.path.samefile(path, context.db):
        _accept_unfit_log(context, args)
        return
    if "apply" in args.flags:
        raise UsageError(_("--apply is for the file in use itself, not for a backup"))
    kept_now = None
    with data_file.open_backup(path) as opened:
        backup, (now, why) = opened.summary(check_seconds), _summary_now(context)
        copy_path = data_file.path_before_restore(context.db, context.today)
        if "yes" in args.flags:
            context.close()
            kept_now = opened.restore(context.db, copy_path)
            lines = [_say_restored(context, backup, kept_now, can_go_back=now is not None)]
        else:
            kept_path = copy_path if file_access.database_exists(context.db) else None
            lines = _say_preview(context, path, backup, now, why, kept_path)
    if context.json:
        summary = _row(context, backup)
        answer = {name: summary[name] for name in ("path", "sessions", "first", "last", "changed")}
        answer |= {"kept": kept_now, "restored": "yes" in args.flags}
        context.print_json([answer | {"backup": summary, "file": now and _row(context, now)}])
    else:
        context.print(*lines)


def _say_preview(
    context: Context, path: str, backup: FileSummary, now: FileSummary | None, why: str, kept_path: str | None
) -> list[str]:
    texts = _say_summaries(context, *(summary for summary in (backup, now) if summary))
    lines = (
        _("the backup: {held}").format(held=texts[0]),
        _("the file now: {held}").format(held=texts[1] if now else why),
        _("No differences found") if now and texts[0] == texts[1] else "",
    )
    command = _("Nothing was changed. `{tracker} restore {path} --yes` restores the backup")
    command = command.format(tracker=_tracker(context), path=_shell_word(path))
    kept = _("there is no file yet, so there is nothing to keep")
    if kept_path:
        kept = _("the current file will be kept as {kept}").format(kept=kept_path)
    # What is to be pasted stays on one line.
    wrapped = (part for line in lines if line for part in wrap(line, columns(), "  "))
    return [*wrapped, wording.join_phrases(command, kept)]


def _say_restored(context: Context, backup: FileSummary, kept_path: str | None, *, can_go_back: bool) -> str:
    """What the file holds now, where the previous file is kept, and the command that restores that."""
    message = _("{path} now holds {backup}").format(path=context.db, backup=_say_summaries(context, backup)[0])
    if kept_path is None:
        return message
    if not os.path.lexists(kept_path):
        changes = _("the changes that were in {wal} are kept in {kept}")
        return wording.join_phrases(message, changes.format(wal=f"{context.db}-wal", kept=f"{kept_path}-wal"))
    kept = _("the previous file is kept as {kept}").format(kept=kept_path)
    back = _("`{tracker} restore {path} --yes` reverts this") if can_go_back else ""
    back = back.format(tracker=_tracker(context), path=_shell_word(kept_path))
    return wording.join_phrases(message, kept, back)


def _accept_unfit_log(context: Context, args: ParsedArguments) -> None:
    """Continue with the file in use, where the -wal file next to it does not fit it."""
    is_done, apply = "yes" in args.flags, "apply" in args.flags
    unfit = data_file.unfit_log(context.db)
    if unfit is None:
        message = _("{path} is the file in use; give a backup to restore")
        raise TrackerError(message.format(path=context.db))
    if unfit.used or (apply and unfit.kind != UnfitLog.OLDER):
        raise unfit
    kept_path = data_file.accept_unfit_log(context.db, apply=apply) if is_done else None
    if not is_done:
        message = wording.join_phrases(str(unfit), unfit.hint)
    elif unfit.kind == UnfitLog.MISSING:
        message = _("{path} is in use again, without the changes that were in {wal}")
    elif unfit.kind == UnfitLog.DAMAGED:
        message = _("{path} is in use again, with the changes of {wal} that could be read; the damaged file is {kept}")
    elif apply:
        message = _("{path} is in use again, with the changes that were in {wal}")
    else:
        message = _("{path} is in use again, without the changes in {wal}; they are kept in {kept}")
    if is_done:
        message = message.format(path=context.db, wal=f"{context.db}-wal", kept=kept_path)
    context.answer([{"path": context.db, "kept": kept_path, "restored": is_done}], message)


def _summary_now(context: Context) -> tuple[FileSummary | None, str]:
    """What the file in use holds; where that cannot be said, None and why not."""
    if not file_access.database_exists(context.db):
        return None, _("no file yet")
    try:
        return data_file.summary(context.database, context.settings.check_seconds), ""
    except NotOurs:
        raise
    except UnfitLog as error:
        why = {
            UnfitLog.MISSING: _("its -wal file was deleted"),
            UnfitLog.DAMAGED: _("its -wal file is damaged"),
            UnfitLog.FOREIGN: _("its -wal file belongs to another copy of it"),
            UnfitLog.OLDER: _("its -wal file is older than the file"),
        }.get(error.kind, str(error))
    except TrackerError as error:
        # Without its first words, and without the advice to do what is being done.
        first_words = _("cannot open {path}: {reason}").format(path=context.db, reason="")
        why = str(error).removeprefix(first_words).partition("`")[0].rstrip(" ;\u202f")
    return None, _("it cannot be opened ({reason})").format(reason=why)


def _say_summaries(context: Context, *summaries: FileSummary) -> list[str]:
    """The content of each, in a line: `12 sessions, 30 checks, last changed 2026-11-23 15:02`.

    Two that differ are described in as much detail as it takes for the lines to differ.
    """
    for digits, numbered in ((16, False), (19, False), (19, len({summary.changes for summary in summaries}) > 1)):
        parts = (_summary_parts(context, summary, summaries, digits, numbered=numbered) for summary in summaries)
        lines = list(map(", ".join, parts))
        if len(set(lines)) == len(lines):
            break
    return lines


def _summary_parts(
    context: Context, summary: FileSummary, summaries: tuple[FileSummary, ...], digits: int, *, numbered: bool
) -> list[str]:
    """The parts of a line of `_say_summaries`. What one of the summaries has is mentioned for all of them."""
    parts = [wording.format_sessions(summary.sessions), wording.format_checks(summary.checks)]
    if any(other.outcomes for other in summaries):
        parts.append(wording.format_result_count(summary.outcomes))
    if any(other.urges for other in summaries):
        parts.append(wording.format_urge_count(summary.urges))
    if any(other.habits for other in summaries):
        parts.append(plural(summary.habits, "{n} habit", "{n} habits"))
    if summary.first is not None and summary.last is not None:
        first, last = (iso(at, context.zone)[:10] for at in (summary.first, summary.last))
        parts.append(_("from {first} to {last}").format(first=first, last=last))
    if summary.since is not None:
        since = near_clock(context, summary.since, context.zone)
        parts.append(_("{channel} running since {time}").format(channel=summary.running, time=since))
    elif any(other.since is not None for other in summaries):
        parts.append(_("no timer running"))
    if summary.changed is not None:
        parts.append(_("last changed {at}").format(at=iso(summary.changed, context.zone)[:digits].replace("T", " ")))
    if numbered:
        parts.append(_("change number {n}").format(n=summary.changes))
    return parts


def _row(context: Context, summary: FileSummary) -> dict[str, Any]:
    since = instant(summary.since, context.zone)
    return {
        **row(summary, "path sessions checks outcomes urges habits"),
        "running": since and {"channel": summary.running, "start": since},
        **row(summary, "first last changed", context.zone),
    }


def _tracker(context: Context) -> str:
    """The beginning of a command on this file, to be pasted into a shell; with --db where the file is another one."""
    usual = os.path.realpath(file_access.database_path()) == os.path.realpath(context.db)
    return "tracker" if usual else f"tracker --db {_shell_word(context.db)}"


def _shell_word(path: str) -> str:
    """A path as one word for a shell, and no option."""
    from shlex import quote

    return quote(f"./{path}" if path.startswith("-") else path)


def doctor(context: Context, args: ParsedArguments) -> int:
    """Look at the file, the settings and the clock; exit 1 where something is wrong."""
    if "rebuild-index" in args.flags and os.path.exists(context.db):
        data_file.rebuild_search_index(context.database)
        context.close()  # the log is checked by opening its file, which would drop the locks of this connection
    problems = [*_settings_problems(context), *_zone_problems(), *_file_problems(context), *_job_problems(context)]
    facts = {
        "version": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "file": context.db,
        "settings": context.config,
        "zone": context.zone,
        "problems": problems,
    }
    absent = {path: "" if os.path.exists(path) else _(" (not there yet)") for path in (context.db, context.config)}
    context.answer(
        facts,
        lambda: [
            f"tracker {__version__}, Python {facts['python']}, SQLite {facts['sqlite']}",
            _("file: {path}{state}").format(path=context.db, state=absent[context.db]),
            _("settings: {path}{state}").format(path=context.config, state=absent[context.config]),
            _("zone: {zone}").format(zone=context.zone),
            *_last_imports(context),
            *([f"! {problem}" for problem in problems] or [_("no problems found")]),
        ],
    )
    if problems:
        context.warn(plural(len(problems), "{n} problem found", "{n} problems found"))
    return 1 if problems else 0


def _settings_problems(context: Context) -> Iterator[str]:
    from tracker.analytics.patterns.registry import refuse_limit
    from tracker.tui.keys import keymap

    try:
        checks: list[Callable[[], object]] = [partial(refuse_limit, *limit) for limit in context.settings.patterns]
        checks.append(partial(keymap, context.settings.keys))
    except TrackerError as error:
        yield str(error)
        return
    for check in checks:
        try:
            check()
        except TrackerError as error:
            yield wording.labelled(context.config, str(error))


def _zone_problems() -> Iterator[str]:
    wish = os.environ.get("TZ", "").removeprefix(":")
    if wish and not os.path.isabs(wish) and not is_zone(wish):
        message = _("TZ is “{wish}”, which is not a time zone; {zone} is used")
        yield message.format(wish=quoted(wish), zone=clock.local_zone())


def _job_problems(context: Context) -> Iterator[str]:
    job = source_imports.import_job(source_imports.import_command(context.db, context.config))
    if source_imports.counts_as_typed(job):
        yield _(
            "the scheduled import is that of version 0.3: `tracker undo` takes back its imports before your own "
            "changes; `tracker schedule --install` renews it"
        )


def _file_problems(context: Context) -> Iterator[str]:
    if not any(os.path.exists(context.db + ending) for ending in ("", "-wal")) and not context.db.startswith("file:"):
        return
    try:
        data_file.check_log(context.db)
        yield from (*data_file.problems(context.database), *_source_problems(context))
    except TrackerError as error:
        yield wording.join_phrases(str(error), error.hint)


def _source_problems(context: Context) -> list[str]:
    """Which sources of the setting failed at their last import."""
    try:
        if not context.settings.sources:
            return []
    except TrackerError:
        return []  # settings that cannot be read are a problem of their own
    message = _("{source} cannot be imported automatically: {reason}")
    failures = source_imports.failures(context.workspace)
    return [message.format(source=entry, reason=why) for entry, why in failures.items()]


def _last_imports(context: Context) -> list[str]:
    """`last imports: chrome 2 hours ago, firefox 3 days ago`, the sources of the setting; [] where none was read."""
    try:
        read = source_imports.last_imports(context.workspace) if os.path.exists(context.db) else {}
    except TrackerError:
        return []  # what cannot be read is a problem of its own
    ago = [f"{entry} {format_ago(context.now - at)}" for entry, at in read.items()]
    return [wording.labelled(_("last imports"), ", ".join(ago))] if ago else []


def undo(context: Context, args: ParsedArguments) -> None:
    """Undo the last changes, or the last automatic import of a source."""
    word = args.optional("N|SOURCE")
    if word is None or word.isdigit():
        steps = data_file.undo(context.workspace, _read_count(word, 1))
    else:
        steps = [data_file.undo_import(context.workspace, _read_source(word))]
    _answer_steps(context, steps, _("undone: {what}"))


def redo(context: Context, args: ParsedArguments) -> None:
    """Redo changes that were undone."""
    _answer_steps(context, data_file.redo(context.workspace, _read_count(args.optional("N"), 1)), _("redone: {what}"))


def history(context: Context, args: ParsedArguments) -> None:
    """List the last changes, the newest first."""
    steps = data_file.last_steps(context.workspace, _read_count(args.values.get("last"), 20))
    lines = [(near_clock(context, step.at, context.zone), _in_words(step)) for step in steps]
    empty = [_("no changes yet")]
    context.answer(_step_rows(context, steps), lambda: format_table(lines, "><", columns()) if lines else empty)


def _in_words(step: UndoStep) -> str:
    words = step.says if step.source is None else _("{what} (automatic)").format(what=step.says)
    return words if step.state == "done" else _("{what} (undone)").format(what=words)


def _answer_steps(context: Context, steps: list[UndoStep], message: str) -> None:
    context.answer(_step_rows(context, steps), message.format(what=data_file.say_steps(steps)))


def _step_rows(context: Context, steps: Sequence[UndoStep]) -> list[dict[str, Any]]:
    return [row(step, "id at says state source", context.zone) for step in steps]


def _read_source(word: str) -> str:
    try:
        source_imports.check_entries([word])
    except TrackerError:
        message = _("“{word}” is neither a number of steps nor a source")
        raise UsageError(message.format(word=quoted(word))) from None
    return word


def _read_count(word: str | None, default: int) -> int:
    if word is None:
        return default
    if not (word.isascii() and word.isdigit() and int(word[:9]) > 0 and len(word) < 10):
        raise UsageError(_("“{word}” is not a number of steps").format(word=quoted(word)))
    return int(word)


COMMANDS = {
    "backup": Command(backup, (PATH,)),
    "restore": Command(
        restore,
        (Argument("PATH", completes="file"),),
        (
            Option(("--yes",), None, N_("make the changes; without it, nothing is changed")),
            Option(("--apply",), None, N_("if PATH is the file in use: add the changes in its -wal file")),
        ),
    ),
    "doctor": Command(
        doctor, (), (Option(("--rebuild-index",), None, N_("first build the search index again from the log")),)
    ),
    "undo": Command(undo, (Argument("N|SOURCE", "optional"),)),
    "redo": Command(redo, (Argument("N", "optional"),)),
    "history": Command(history, (), (Option(("-n", "--last"), "N", N_("how many steps (20)")),), reads=("last",)),
}
