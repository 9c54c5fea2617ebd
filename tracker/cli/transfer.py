"""`tracker import`, `tracker export`, and `tracker schedule`, by which the system imports what is new."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from time import monotonic
from typing import Any, TextIO

from tracker.calendar.clock import check_zone, iso
from tracker.cli import parser
from tracker.cli.context import Context, columns
from tracker.cli.parser import Argument, Command, Option, ParsedArguments, UsageError
from tracker.cli.session_lines import moved_outcome
from tracker.domain.errors import TrackerError
from tracker.domain.text import quoted
from tracker.formatting.plain_text import format_table
from tracker.formatting.serialize import row
from tracker.formatting.text import counted
from tracker.importers.csv_table import parse_columns
from tracker.importers.imported_record import DATE_ORDERS, ImportOptions
from tracker.importers.importing import ImportReport
from tracker.importers.source import all_sources, broken_sources
from tracker.locale import N_, _, plural
from tracker.services import source_imports as services

#: Work that takes longer than this, in seconds, shows how far it is.
PROGRESS_AFTER = 1.0

#: How many of the rejected rows are explained one by one.
MOST_REASONS = 5


#: What is said of the counts of a report, by their fields.
_SAY_COUNT = {
    "estimated": counted(
        "{n} row has no exact times; they are estimated", "{n} rows have no exact times; they are estimated"
    ),
    "mended": counted(
        "corrected {n} record that an earlier import had misread; `tracker undo` reverts this",
        "corrected {n} records that an earlier import had misread; `tracker undo` reverts this",
    ),
    "kept": counted(
        "left {n} misread record unchanged because you edited it",
        "left {n} misread records unchanged because you edited them",
    ),
    "overlapping": counted(
        "{n} session overlaps one that was recorded here on the same channel: both stay, their time counts once",
        "{n} sessions overlap one that was recorded here on the same channel: both stay, their time counts once",
    ),
}


def run_import(context: Context, args: ParsedArguments) -> int | None:
    """Read a source into the file: all of it, or nothing."""
    name = args.optional("FORMAT")
    parser.refuse_alone(args, {"scheduled": "all", "names": "list"})
    for option in ("list", "dry-run", "zone", "dates", "columns"):
        parser.refuse_together(args, ("all", option))
    if "all" in args.flags:
        if name is not None:
            raise UsageError(_("--all imports the sources of the settings; leave out FORMAT"))
        return _import_all(context, is_own_step="scheduled" not in args.flags)
    if "list" in args.flags:
        _list_formats(context, args)
        return None
    if name is None:
        message = _("import needs FORMAT: tracker import FORMAT [PATH]; `tracker import --list` shows the formats")
        raise UsageError(message)
    zone = check_zone(args.values.get("zone") or context.zone)
    options = ImportOptions(
        zone,
        context.now,
        date_order=_read_date_order(args.values.get("dates")),
        columns=parse_columns(args.values.get("columns") or ""),
        dry_run="dry-run" in args.flags,
    )
    with Progress() as progress:
        options = options._replace(report_progress=progress.show)
        report = services.import_source(context.workspace, name, args.optional("PATH"), options)
    if context.json:
        context.print_json(_as_json(report, zone))
    if refused := report.nothing_usable():
        context.warn(refused)
        return 1
    if context.json:
        return None
    line, *others = _as_text(report, zone, is_zone_said="zone" in args.values)
    context.print(line + moved_outcome(context), *others)
    for rejected in report.rejected[:MOST_REASONS]:
        context.warn(_("row {line}: {reason}").format(line=rejected.line, reason=rejected.reason))
    if len(report.rejected) > MOST_REASONS:
        context.warn(_("… and {n} more; --json lists them all").format(n=len(report.rejected) - MOST_REASONS))
    return None


def _import_all(context: Context, *, is_own_step: bool) -> int | None:
    """Import what is new in every source of the setting, or where it is empty in all that is found on this machine.

    What the user typed is a step of theirs for each source, what the scheduled job does is not.
    """
    entries = context.settings.sources or tuple(services.found_entries())
    if not entries:
        raise TrackerError(_("no history found on this machine; `tracker config sources` names what to import"))
    with Progress() as progress:
        outcomes = services.import_new(context.workspace, entries, progress.show, is_own_step=is_own_step)
    done = [outcome for outcome in outcomes if not outcome.error]
    if context.json:
        context.print_json([_outcome_row(outcome, context.zone) for outcome in outcomes])
    elif done:
        context.print(*map(services.say_outcome, done))
    for outcome in outcomes:
        if outcome.error:
            context.warn(services.say_outcome(outcome))
    return 1 if len(done) < len(outcomes) else None


def _outcome_row(outcome: services.SourceOutcome, zone: str) -> dict[str, Any]:
    report = outcome.report and _as_json(outcome.report, zone)
    return {"source": outcome.entry, "report": report, "error": outcome.error or None}


def _read_date_order(word: str | None) -> str | None:
    """The order that `--dates` names: `d/m/y`, `DMY` and the like."""
    if word is None:
        return None
    letters = "/".join(letter for letter in word.upper() if letter.isalpha())
    if letters not in DATE_ORDERS:
        message = _("--dates must be one of {orders}, not “{word}”")
        raise UsageError(message.format(orders=", ".join(DATE_ORDERS), word=quoted(word)))
    return letters


def _as_json(report: ImportReport, zone: str) -> dict[str, Any]:
    """The contract's keys; `read` is the sum of the four kinds of rows."""
    return {
        **row(report, "format path read added already ignored"),
        "rejected": [row(rejected, "line reason") for rejected in report.rejected],
        **row(report, "first last completed deleted mended left=kept notifications", zone),
        **row(
            report, "channels_made=new_channels habits_made=new_habits zone dates_assumed=guessed_date_order estimated"
        ),
        "ignored_most": [{"name": name, "rows": rows} for name, rows in report.unknown_names],
        "dry_run": report.dry_run,
    }


def _as_text(report: ImportReport, zone: str, *, is_zone_said: bool) -> list[str]:
    """The counts; then a line each on how dates were read, what was corrected, and what was ignored most."""
    lines = [_say_counts(report, zone, is_zone_said=is_zone_said)]
    if report.guessed_date_order is not None:
        lines.append(_say_date_order(report.guessed_date_order))
    counts = {name: getattr(report, name) for name in _SAY_COUNT}
    lines += [_SAY_COUNT[name](count) for name, count in counts.items() if count]
    return [*lines, _say_ignored_names(report)] if report.unknown_names else lines


def _say_counts(report: ImportReport, zone: str, *, is_zone_said: bool) -> str:
    """How many rows were read and what became of them, from when to when, and what else was added."""
    counts = _("{added} added, {already} already there, {ignored} ignored, {rejected} rejected").format(
        added=report.added, already=report.already, ignored=report.ignored, rejected=len(report.rejected)
    )
    read = plural(report.read, "{n} row", "{n} rows")
    line = _("{format}: {rows} read, {counts}").format(format=report.format, rows=read, counts=counts)
    if report.format in ("tracker", "json") and report.completed + report.deleted:
        merged = _("{changed} changed, {deleted} deleted")
        line += _("; ") + merged.format(changed=report.completed, deleted=report.deleted)
    if report.notifications:
        line += _("; ") + plural(report.notifications, "{n} notification saved", "{n} notifications saved")
    if report.first is not None and report.last is not None:
        first, last = (iso(at, zone)[:10] for at in (report.first, report.last))
        line += _("; from {first} to {last}").format(first=first, last=last)
    if report.new_channels:
        line += _("; new channels: {names}").format(names=", ".join(report.new_channels))
    if report.new_habits:
        line += _("; new habits: {names}").format(names=", ".join(report.new_habits))
    if report.dry_run:
        line += _(" (dry run: nothing was saved)")
    if report.zone and not is_zone_said:
        line += _("; times read in the zone {zone} (--zone changes it)").format(zone=report.zone)
    return line


def _say_date_order(guessed: str) -> str:
    """The order in which dates were read, which was guessed from the way they are written."""
    orders = {"D/M/Y": _("day/month/year"), "M/D/Y": _("month/day/year"), "Y/M/D": _("year/month/day")}
    message = _("dates read as {order}; if that is wrong, import again with `--dates {other}`")
    return message.format(order=orders[guessed], other="M/D/Y" if guessed == "D/M/Y" else "D/M/Y")


def _say_ignored_names(report: ImportReport) -> str:
    """The apps or sites that were ignored most, and the command that assigns one to a channel."""
    message = _(
        "mostly ignored: {names}; `tracker channel app CHANNEL APP` assigns an app to a channel, then import again"
    )
    if report.names == "domain":
        message = _(
            "mostly ignored: {names}; `tracker channel domain CHANNEL HOST` assigns a site to a "
            "channel, then import again"
        )
    return message.format(names=", ".join(f"{quoted(name)} {rows}" for name, rows in report.unknown_names))


def _list_formats(context: Context, args: ParsedArguments) -> None:
    if "names" in args.flags:
        context.print(*all_sources())
        return
    formats = [(source.name, _(source.describe().title), source.detect()) for source in all_sources().values()]
    if context.json:
        context.print_json([{"format": name, "title": title, "paths": paths} for name, title, paths in formats])
    else:
        rows = [(name, title) for name, title, _paths in formats]
        context.print(*format_table([(_("format"), _("description")), *rows], "<<", columns()))
        located = [(name, path) for name, _title, paths in formats for path in paths]
        if located:  # each whole, however wide the terminal is: it is what one wants to copy
            room = max(len(name) for name, _path in located)
            context.print("", _("found on this machine:"), *(f"{name:<{room}}  {path}" for name, path in located))
    for name, reason in broken_sources().items():
        message = _("the source {name} of another package cannot be used: {reason}")
        context.warn(message.format(name=name, reason=reason))


def run_export(context: Context, args: ParsedArguments) -> None:
    """Write the log, or the days asked for, to a file or to stdout."""
    from tracker.exporters.exporting import export_format  # what only exports need takes 3 ms
    from tracker.services.data_file import export_log

    form, path = export_format(args.required("FORMAT")).name, args.optional("PATH") or "-"
    first, last = context.span(args)
    if path == "-":
        with open_stdout() as file:
            export_log(context.workspace, form, file, first, last)
        return
    sessions = export_log(context.workspace, form, path, first, last)
    if form == "datasette":
        line = _("wrote {path}; now `datasette {database} -m {path}`").format(
            path=path, database=context.database.file.path
        )
        context.answer({"format": form, "path": path, "sessions": 0}, line)
        return
    line = plural(sessions, "exported {n} session to {path}", "exported {n} sessions to {path}", path=path)
    context.answer({"format": form, "path": path, "sessions": sessions}, line)


def open_stdout() -> AbstractContextManager[TextIO]:
    """stdout as an export wants it: UTF-8 whatever the terminal speaks, and ends of lines as they are written."""
    if not sys.stdout:  # it can be closed: `>&-`
        return open(os.devnull, "w", encoding="utf-8")
    try:
        sys.stdout.flush()
        return open(sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=False)
    except (OSError, ValueError, AttributeError):  # a stdout that is no file, as in tests
        return nullcontext(sys.stdout)


class Progress:
    """A bar on stderr, on a terminal, once something takes longer than PROGRESS_AFTER; gone when it is over."""

    def __init__(self) -> None:
        self._started = monotonic()
        self._shown = ""
        self._draws = bool(sys.stderr and sys.stderr.isatty()) and os.environ.get("TERM") != "dumb"

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._shown:
            sys.stderr.write("\r" + " " * len(self._shown) + "\r")
            sys.stderr.flush()

    def show(self, fraction: float) -> None:
        """Show how far it is, from 0 to 1."""
        if not self._draws or monotonic() - self._started < PROGRESS_AFTER:
            return
        done = round(max(0.0, min(fraction, 1.0)) * 40)
        line = f"[{'#' * done}{'.' * (40 - done)}] {round(fraction * 100):3d}%"
        if line != self._shown:
            self._shown = line
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()


def schedule(context: Context, args: ParsedArguments) -> None:
    """Print the job, or install or remove it."""
    parser.refuse_together(args, ("install", "remove"))
    job = services.import_job(services.import_command(context.db, context.config))
    paths = [path for path, _content in job.files]
    facts = {"files": paths, "minutes": services.INTERVAL_MINUTES}
    if "install" in args.flags:
        if not context.settings.sources:
            raise TrackerError(_("no sources are set: `tracker config sources chrome, firefox`, for instance"))
        services.install_job(job)
        line = _("tracker imports what is new every {n} minutes").format(n=services.INTERVAL_MINUTES)
        context.answer({**facts, "installed": True, "started": True, "reason": None}, line)
        return
    if "remove" in args.flags:
        was_there = services.is_job_installed(job)
        if was_there:
            services.remove_job(job)
        line = _("the scheduled import is removed") if was_there else _("no scheduled import is installed")
        context.answer({**facts, "installed": False, "removed": was_there}, line)
        return
    context.answer({**facts, "installed": services.is_job_installed(job)}, lambda: _job_lines(job))


def _job_lines(job: services.Job) -> list[str]:
    """The files of the job with their paths, and the commands that start it."""
    from shlex import join  # these two take 8 ms, for which no import should wait
    from subprocess import list2cmdline

    lines = []
    for path, content in job.files:
        lines += [f"# {path}", *content.splitlines(), ""]
    return [*lines, *map(join if job.files else list2cmdline, job.begin)]


COMMANDS = {
    "import": Command(
        run_import,
        (Argument("FORMAT", "optional", "format"), parser.PATH),
        (
            Option(("--list",), None, N_("list the formats, and the history found on this machine")),
            Option(("--all",), None, N_("import what is new in the sources of the setting `sources`")),
            Option(("--scheduled",), None, N_("with --all: an automatic import, as `tracker schedule` runs it")),
            Option(("--names",), None, N_("with --list: names only, one per line")),
            Option(("--dry-run",), None, N_("show what would be imported, without saving it")),
            Option(("--zone",), "ZONE", N_("the time zone for times without one, such as Europe/Paris")),
            Option(("--dates",), "ORDER", N_("the order of the numbers in dates: D/M/Y, M/D/Y or Y/M/D")),
            Option(("--columns",), "NAMES", N_("names of columns in a CSV file: start=NAME,end=NAME,channel=NAME")),
        ),
    ),
    "export": Command(
        run_export,
        (Argument("FORMAT", completes="target"), parser.PATH),
        (parser.FROM, parser.TO),
        reads=("from", "to"),
    ),
    "schedule": Command(
        schedule,
        options=(
            Option(("--install",), None, N_("write the job and start it")),
            Option(("--remove",), None, N_("stop the job and delete it")),
        ),
    ),
}
