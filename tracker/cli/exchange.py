"""`tracker import` and `tracker export`."""

from __future__ import annotations

import os
import sys
from io import StringIO
from time import monotonic
from typing import TYPE_CHECKING

from tracker.calendar.zones import check_zone, iso
from tracker.cli.grammar import Argument, Command, Option, UsageError
from tracker.cli.patterns import FROM, TO, span
from tracker.cli.session_lines import moved_outcome
from tracker.cli.terminal import columns
from tracker.domain.text import quoted
from tracker.exporters import exporting, target
from tracker.exporters.days import Days
from tracker.formatting.serialize import instant
from tracker.formatting.tables import format_table
from tracker.importers import importing
from tracker.locale import N_, _, ngettext
from tracker.reports.load_days import first_weekday

if TYPE_CHECKING:
    from typing import Any, TextIO

    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.importers.importing import ImportReport

#: Work that takes longer than this, in seconds, shows how far it is.
PATIENCE = 1.0

#: How many of the rows that made no sense are told one by one.
TOLD = 5


def run_import(context: Context, given: Given) -> None:
    """Read a source into the file: all of it, or nothing."""
    name = given.maybe("FORMAT")
    if "list" in given.flags:
        _list(context, given)
        return
    if name is None:
        raise UsageError(_("import needs FORMAT: tracker import FORMAT [PATH]; `tracker import --list` shows them"))
    zone = check_zone(given.values.get("zone") or context.zone)
    with Progress() as progress:
        report = importing.run(
            context.journal,
            name,
            given.maybe("PATH"),
            zone=zone,
            now=context.now,
            dates=_dates(given.values.get("dates")),
            dry_run="dry-run" in given.flags,
            progress=progress.tell,
        )
    if context.json:
        context.dump(report_json(report, zone))
    else:
        told = _say(report, zone) + ("" if "zone" in given.values else _assumed(report)) + moved_outcome(context)
        context.say(told, *_say_dates(report), *_say_mended(report), *_say_strangers(report))
        _tell_rejected(context, report)


def _dates(word: str | None) -> str | None:
    """The order that `--dates` names: `d/m/y`, `DMY` and the like."""
    if word is None:
        return None
    letters = "/".join(letter for letter in word.upper() if letter.isalpha())
    if letters not in importing.DATES:
        raise UsageError(
            _("--dates is one of {orders}, not “{word}”").format(orders=", ".join(importing.DATES), word=quoted(word))
        )
    return letters


def report_json(report: ImportReport, zone: str) -> dict[str, Any]:
    """The contract's keys; `read` is the sum of the four kinds of rows."""
    return {
        "format": report.format,
        "path": report.path,
        "read": report.read,
        "added": report.added,
        "already": report.already,
        "ignored": report.ignored,
        "rejected": [{"line": row.line, "reason": row.reason} for row in report.rejected],
        "first": instant(report.first, zone),
        "last": instant(report.last, zone),
        "completed": report.completed,
        "mended": report.mended,
        "left": report.left,
        "notifications": report.notifications,
        "channels_made": list(report.made),
        "zone": report.zone,
        "dates_assumed": report.dates,
        "ignored_most": [{"name": name, "rows": rows} for name, rows in report.strangers],
        "dry_run": report.dry_run,
    }


def _say(report: ImportReport, zone: str) -> str:
    counts = _("{added} added, {already} already there, {ignored} ignored, {rejected} rejected").format(
        added=report.added, already=report.already, ignored=report.ignored, rejected=len(report.rejected)
    )
    rows = ngettext("{n} row", "{n} rows", report.read).format(n=report.read)
    said = _("{format}: {rows} read, {counts}").format(format=report.format, rows=rows, counts=counts)
    if report.notifications:
        kept = ngettext("{n} notification kept", "{n} notifications kept", report.notifications)
        said += _("; ") + kept.format(n=report.notifications)
    if report.first is not None and report.last is not None:
        said += _("; from {first} to {last}").format(
            first=iso(report.first, zone)[:10], last=iso(report.last, zone)[:10]
        )
    if report.made:
        said += _("; new channels: {names}").format(names=", ".join(report.made))
    if report.dry_run:
        said += _(" (a dry run: nothing was written)")
    return said


def _assumed(report: ImportReport) -> str:
    """`; times read as Europe/Paris's (--zone says another)`: the zone that nobody said, where one was needed."""
    return _("; times read as those of {zone} (--zone says another)").format(zone=report.zone) if report.zone else ""


def _say_dates(report: ImportReport) -> list[str]:
    """How the dates were read, where only the way they are written told it."""
    if report.dates is None:
        return []
    orders = {"D/M/Y": _("day/month/year"), "M/D/Y": _("month/day/year"), "Y/M/D": _("year/month/day")}
    return [
        _("dates read as {order}; if that is wrong, import again with `--dates {other}`").format(
            order=orders[report.dates], other="M/D/Y" if report.dates == "D/M/Y" else "D/M/Y"
        )
    ]


def _say_mended(report: ImportReport) -> list[str]:
    """What was wrong in the file since an earlier import, and is right now; no line where nothing was."""
    said = []
    if report.mended:
        says = ngettext(
            "mended {n} record that an earlier import had read wrongly; `tracker undo` takes it back",
            "mended {n} records that an earlier import had read wrongly; `tracker undo` takes it back",
            report.mended,
        )
        said.append(says.format(n=report.mended))
    if report.left:
        says = ngettext(
            "left {n} wrong record as it is, because you have changed it",
            "left {n} wrong records as they are, because you have changed them",
            report.left,
        )
        said.append(says.format(n=report.left))
    return said


def _say_strangers(report: ImportReport) -> list[str]:
    """What was ignored most, so that what is a channel after all is found; no line where nothing was."""
    if not report.strangers:
        return []
    names = ", ".join(f"{quoted(name)} {rows}" for name, rows in report.strangers)
    says = _("ignored most: {names}; `tracker channel app CHANNEL APP` makes one a channel's, then import again")
    if report.zone is None:  # a browser's, which knows hosts
        says = _(
            "ignored most: {names}; `tracker channel domain CHANNEL HOST` makes one a channel's, then import again"
        )
    return [says.format(names=names)]


def _tell_rejected(context: Context, report: ImportReport) -> None:
    for row in report.rejected[:TOLD]:
        context.warn(_("row {line}: {reason}").format(line=row.line, reason=row.reason))
    if len(report.rejected) > TOLD:
        context.warn(_("… and {n} more; --json lists them all").format(n=len(report.rejected) - TOLD))


def _list(context: Context, given: Given) -> None:
    found = importing.available()
    if context.json:
        context.dump([{"format": one.name, "title": one.title, "paths": list(one.paths)} for one in found])
    elif "names" in given.flags:
        context.say(*(one.name for one in found))
    else:
        rows = [(one.name, one.title, ", ".join(one.paths)) for one in found]
        context.say(*format_table([(_("format"), _("what it is"), _("found here")), *rows], "<<<", columns()))


def run_export(context: Context, given: Given) -> None:
    """Write the log, or the days asked for, to a file or to stdout."""
    form, path = target(given.one("FORMAT")).name, given.maybe("PATH") or "-"
    first, last = span(context, given)
    days = Days(first, last, context.settings.day_starts_at, first_weekday(context.settings))
    if path == "-":
        with stdout() as file:
            exporting.run(context.journal, form, None, stream=file, days=days)
        return
    report = exporting.run(context.journal, form, path, days=days, but=(context.config,))
    if context.json:
        context.dump({"format": report.format, "path": report.path, "sessions": report.sessions})
    else:
        said = ngettext("exported {n} session to {path}", "exported {n} sessions to {path}", report.sessions)
        context.say(said.format(n=report.sessions, path=report.path))


def stdout() -> TextIO:
    """stdout as an export wants it: UTF-8 whatever the terminal speaks, and ends of lines as they are written."""
    try:
        sys.stdout.flush()
        return open(sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=False)
    except (OSError, ValueError, AttributeError):  # a stdout that is no file, as in tests
        return _Kept()


class _Kept(StringIO):
    """Text that goes to a stdout which is no file once it is whole."""

    def close(self) -> None:
        if not self.closed:
            sys.stdout.write(self.getvalue())
        super().close()


class Progress:
    """A bar on stderr, on a terminal, once something takes longer than PATIENCE; gone when it is over."""

    def __init__(self) -> None:
        self._begun = monotonic()
        self._shown = ""
        self._draws = bool(sys.stderr and sys.stderr.isatty()) and os.environ.get("TERM") != "dumb"

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._shown:
            sys.stderr.write("\r" + " " * len(self._shown) + "\r")
            sys.stderr.flush()

    def tell(self, fraction: float) -> None:
        """Show how far it is, from 0 to 1."""
        if not self._draws or monotonic() - self._begun < PATIENCE:
            return
        done = round(max(0.0, min(fraction, 1.0)) * 40)
        line = f"[{'#' * done}{'.' * (40 - done)}] {round(fraction * 100):3d} %"
        if line != self._shown:
            self._shown = line
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()


COMMANDS = {
    "import": Command(
        run_import,
        (Argument("FORMAT", "optional", "format"), Argument("PATH", "optional", "file")),
        (
            Option(("--list",), None, N_("list the formats, and what of them is on this machine")),
            Option(("--names",), None, N_("with --list: the names alone, one a line")),
            Option(("--dry-run",), None, N_("say what would be read, and write nothing")),
            Option(("--zone",), "ZONE", N_("the zone of times without one, such as Europe/Paris")),
            Option(("--dates",), "ORDER", N_("the order of the numbers in dates: D/M/Y, M/D/Y or Y/M/D")),
        ),
        N_(
            "tracker import app-usage AppUsage.csv      the export of an Android phone\n"
            "tracker import chrome                      this machine's own history\n"
            "The same row imported twice is there once; Ctrl-C leaves the file as it was."
        ),
    ),
    "export": Command(
        run_export,
        (Argument("FORMAT", completes="target"), Argument("PATH", "optional", "file")),
        (FROM, TO),
        N_("tracker export csv log.csv --from 2026-11-01\nWithout PATH, or with -, to stdout."),
        reads=("from", "to"),
    ),
}
