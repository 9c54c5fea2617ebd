"""The table of verbs, with the module and the line of help of each; and the help pages written from it."""

from __future__ import annotations

from importlib import import_module

from tracker.cli.parser import COMMON, say_placeholders, usage
from tracker.cli.terminal import columns
from tracker.domain.record import Record
from tracker.formatting.plain_text import cell_width, ljust, wrap
from tracker.locale import N_, _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.cli.parser import Command, Option


class Verb(Record):
    """A verb, the module of this folder that holds its Command, and one line of help."""

    name: str
    module: str
    help: str


GROUPS = (
    (
        N_("The timer"),
        (
            Verb("start", "timer", N_("start a session on a channel")),
            Verb("stop", "timer", N_("stop the running session")),
            Verb("cancel", "timer", N_("discard the running session")),
            Verb("resume", "timer", N_("resume the last session")),
            Verb("switch", "timer", N_("stop, then start another session")),
            Verb("check", "timer", N_("log a check: a quick look at a channel")),
            Verb("urge", "timer", N_("log a resisted urge to open a channel")),
            Verb("pause", "pause", N_("start a pause from the social channels")),
            Verb("status", "status", N_("show the running session and today's totals")),
        ),
    ),
    (
        N_("The log"),
        (
            Verb("log", "log", N_("log a past session")),
            Verb("edit", "log", N_("edit a session, a result or an urge")),
            Verb("split", "log", N_("cut a session in two")),
            Verb("merge", "log", N_("merge several sessions into one")),
            Verb("delete", "log", N_("delete sessions, results or urges")),
            Verb("outcome", "outcome", N_("record a result: recommendation, prospect, client, income")),
            Verb("habit", "habit", N_("list, add or tick habits")),
            Verb("undo", "history", N_("undo the last change")),
            Verb("redo", "history", N_("redo what was undone")),
            Verb("history", "history", N_("list the changes you can undo")),
        ),
    ),
    (
        N_("Results and reviews"),
        (
            Verb("find", "find", N_("find everything that you wrote by its words")),
            Verb("day", "day", N_("show a day, with the ids of its entries")),
            Verb("week", "week", N_("show a week")),
            Verb("patterns", "patterns", N_("show the patterns, with their evidence")),
            Verb("worth", "worth", N_("show what each channel is worth")),
            Verb("review", "review", N_("review a week, in writing")),
        ),
    ),
    (
        N_("Files"),
        (
            Verb("import", "transfer", N_("import the history of a phone, a browser or a CSV file")),
            Verb("export", "transfer", N_("export the log as JSON or CSV")),
            Verb("schedule", "schedule", N_("import what is new automatically")),
            Verb("backup", "maintenance", N_("back up the data file")),
            Verb("restore", "maintenance", N_("restore a backup")),
            Verb("doctor", "maintenance", N_("check the data file, the settings and the clock")),
        ),
    ),
    (
        N_("Names and settings"),
        (
            Verb("channel", "channel", N_("list, add, rename, budget, alias or archive channels")),
            Verb("activity", "channel", N_("list, add, rename or archive activities")),
            Verb("config", "config", N_("show or change the settings")),
            Verb("completion", "completion", N_("print the completion script of a shell")),
            Verb("demo", "screens", N_("open the screens with a made-up year")),
        ),
    ),
    (
        N_("In a later version"),
        (Verb("serve", "screens", N_("open the screens in a browser")),),
    ),
)

VERBS = {verb.name: verb for _title, verbs in GROUPS for verb in verbs}


def load_command(module: str, verb: str) -> Command:
    """Import a module of this folder, and no other; returns its command for a verb."""
    command: Command = import_module(f"tracker.cli.{module}").COMMANDS[verb]
    return command


def overview() -> list[str]:
    """`tracker --help`: every verb with its line of help."""
    lines = [
        _("usage: tracker [options] [COMMAND …]"),
        "",
        *wrap(_("Without a command, the screens open. `tracker COMMAND --help` explains a command."), columns()),
    ]
    for title, verbs in GROUPS:
        lines += ["", _(title), *_aligned((verb.name, _(verb.help)) for verb in verbs)]
    return [*lines, "", _("Everywhere"), *_options(COMMON)]


def help_of(verb: str, command: Command) -> list[str]:
    """`tracker VERB --help`: how one verb is used."""
    usage_line = _("usage: {usage}").format(usage=usage(verb, command))
    help = _(VERBS[verb].help)
    lines = [*wrap(usage_line, columns(), "  "), "", *wrap(f"{help[:1].upper()}{help[1:]}.", columns())]
    if command.details:
        lines += ["", *(part for line in _(command.details).splitlines() for part in _hanging(line))]
    if command.options:
        lines += ["", *_options(command.options)]
    return [*lines, "", _("Everywhere"), *_options(COMMON)]


def _options(options: Iterable[Option]) -> list[str]:
    return _aligned(
        (
            " ".join([", ".join(option.names), *([say_placeholders(option.value)] if option.value else [])]),
            _(option.help),
        )
        for option in options
    )


def _aligned(pairs: Iterable[tuple[str, str]]) -> list[str]:
    rows = list(pairs)
    width = max(cell_width(name) for name, _help in rows)
    return [part for name, help in rows for part in _hanging(f"  {ljust(name, width)}  {help}")]


def _hanging(line: str) -> list[str]:
    """A line wrapped with a hanging indent: further lines begin where the text after the last gap begins."""
    start = line.rfind("  ") + 2 if "  " in line else 0
    return wrap(line, columns(), " " * start)
