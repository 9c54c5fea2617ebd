"""`--help`: of the program from the table of verbs, of a verb from its command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.grammar import COMMON, usage
from tracker.cli.terminal import columns
from tracker.cli.verbs import GROUPS, VERBS
from tracker.formatting.tables import format_table, wrap
from tracker.formatting.text import as_sentence
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.cli.grammar import Command, Option


def overview() -> list[str]:
    """Every verb with its line of help."""
    lines = [
        _("usage: tracker [options] [VERB …]"),
        "",
        *wrap(_("Without a verb the screens open. `tracker VERB --help` says more about one."), columns()),
    ]
    for title, verbs in GROUPS:
        lines += ["", _(title), *_aligned((verb.name, _(verb.help)) for verb in verbs)]
    return [*lines, "", _("Everywhere"), *_options(COMMON)]


def of_verb(verb: str, command: Command) -> list[str]:
    """How one verb is used."""
    used = _("usage: {usage}").format(usage=usage(verb, command))
    lines = [*wrap(used, columns(), "  "), "", *wrap(as_sentence(_(VERBS[verb].help)), columns())]
    if command.details:
        lines += ["", *(part for line in _(command.details).splitlines() for part in _hung(line))]
    if command.options:
        lines += ["", *_options(command.options)]
    return [*lines, "", _("Everywhere"), *_options(COMMON)]


def _options(options: Iterable[Option]) -> list[str]:
    return _aligned(
        (" ".join([", ".join(option.names), *([option.value] if option.value else [])]), _(option.help))
        for option in options
    )


def _aligned(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return format_table([(f"  {name}", help) for name, help in pairs], "<<", columns(), wrap_last=True)


def _hung(line: str) -> list[str]:
    """A line on as many as it needs, the others under what stands behind its gap."""
    start = line.rfind("  ") + 2 if "  " in line else 0
    return wrap(line, columns(), " " * start)
