"""`--help`: of the program from the table of verbs, of a verb from its command."""

from __future__ import annotations

from tracker.cli.grammar import COMMON, usage
from tracker.cli.text import left, width
from tracker.cli.verbs import GROUPS, VERBS
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.cli.grammar import Command, Option


def overview() -> list[str]:
    """Every verb with its line of help."""
    lines = [
        _("usage: tracker [options] [VERB …]"),
        "",
        _("Without a verb the screens open. `tracker VERB --help` says more about one."),
    ]
    for title, verbs in GROUPS:
        lines += ["", _(title), *_aligned((verb.name, _(verb.help)) for verb in verbs)]
    return [*lines, "", _("Everywhere"), *_options(COMMON)]


def of_verb(verb: str, command: Command) -> list[str]:
    """How one verb is used."""
    lines = [_("usage: {usage}").format(usage=usage(verb, command)), "", _sentence(_(VERBS[verb].help))]
    if command.details:
        lines += ["", *_(command.details).splitlines()]
    if command.options:
        lines += ["", *_options(command.options)]
    return [*lines, "", _("Everywhere"), *_options(COMMON)]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _options(options: Iterable[Option]) -> list[str]:
    return _aligned(
        (" ".join([", ".join(option.names), *([option.value] if option.value else [])]), _(option.help))
        for option in options
    )


def _aligned(pairs: Iterable[tuple[str, str]]) -> list[str]:
    rows = list(pairs)
    room = max(width(name) for name, _help in rows)
    return [f"  {left(name, room)}  {help}" for name, help in rows]
