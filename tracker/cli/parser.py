"""The parser: the verbs and what each takes, as data; the typed words read by it, and the help written from it.

It is not argparse, which would cost the daily commands a third of their time, take `--at -10m` and `week -2` for
options, and report its errors in English only. The rules are the usual ones: options anywhere, `--name VALUE` or
`--name=VALUE`, `-x VALUE` or `-xVALUE`, unique beginnings of long names, `--` before words that are no options. A dash
before a digit never begins an option: `-2` is two weeks ago and `-10m` ten minutes ago.
"""

from __future__ import annotations

from importlib import import_module

from tracker import read_data
from tracker.domain.errors import TrackerError
from tracker.domain.record import Record
from tracker.domain.text import nearest, quoted
from tracker.formatting.plain_text import cell_width, ljust, wrap
from tracker.locale import N_, _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, Literal

    Times = Literal["one", "optional", "any", "some"]


class UsageError(TrackerError):
    """Words that are no command of ours: exit code 2."""


class Option(Record):
    """`--name VALUE`, or a flag where `value` is None; `completes` says what a shell may offer for the value.

    A value written `N [UNIT]` may be two words: a number alone takes the word behind it, if that is no option.
    """

    names: tuple[str, ...]
    value: str | None
    help: str
    completes: str | None = None

    @property
    def key(self) -> str:
        """The long name without its dashes."""
        return self.names[-1].lstrip("-")


class Argument(Record):
    """A word, or several, by place: exactly `one`, at most one (`optional`), `any` number, or at least one (`some`)."""

    name: str
    times: Times = "one"
    completes: str | None = None


#: The one file that a command reads or writes, if the user names one.
PATH = Argument("PATH", "optional", "file")


class Command(Record):
    """What a verb runs, and what it takes. Further help of it is in `help.toml`.

    `run` is called with the command's context, which the parser knows nothing of, and the parsed arguments; it returns
    the exit code, None for 0. `lenient`: unknown options are words like any others. `reads`: the options with which the
    command only reads the log; None where it may write without any.
    """

    run: Callable[[Any, ParsedArguments], int | None]
    arguments: tuple[Argument, ...] = ()
    options: tuple[Option, ...] = ()
    lenient: bool = False
    reads: tuple[str, ...] | None = None


#: The longest look back, in weeks: ten years.
MOST_WEEKS = 520

COMMON = (
    Option(("--json",), None, N_("print JSON")),
    Option(("--db",), "FILE", N_("the data file (TRACKER_DB)"), "file"),
    Option(("--config",), "FILE", N_("the settings file (TRACKER_CONFIG)"), "file"),
    Option(("--now",), "INSTANT", N_("freeze the clock at 2026-11-23T15:12 (TRACKER_NOW)")),
    Option(("--version",), None, N_("show the version")),
    Option(("-h", "--help"), None, N_("show help")),
)

#: The options of commands over some days: `Context.span` reads them.
FROM = Option(("--from",), "DATE", N_("the first day"))
TO = Option(("--to",), "DATE", N_("the last day"))

#: The options of lists of what can be archived.
ALL = Option(("--all",), None, N_("include archived ones"))
NAMES = Option(("--names",), None, N_("names only, one per line"))


class ParsedArguments:
    """What was typed, by the names of the command's arguments and options."""

    def __init__(self) -> None:
        self.words: dict[str, list[str]] = {}
        #: The last value of each option that was given.
        self.values: dict[str, str] = {}
        #: Every value of each option that was given, in order.
        self.every: dict[str, list[str]] = {}
        self.flags: set[str] = set()

    def given(self) -> set[str]:
        """The options and flags that were given, the common ones too."""
        return self.values.keys() | self.flags

    def required(self, name: str) -> str:
        """The word of a required argument."""
        return self.words[name][0]

    def optional(self, name: str) -> str | None:
        """The word of an optional argument."""
        return next(iter(self.several(name)), None)

    def several(self, name: str) -> list[str]:
        """The words of an argument that takes several."""
        return self.words.get(name, [])

    def weeks(self) -> int | None:
        """The number of `--weeks`; None without it. Raises TrackerError for what is no number of weeks."""
        text = self.values.get("weeks")
        if text is None:
            return None
        weeks = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
        if not 1 <= weeks <= MOST_WEEKS:
            message = _("--weeks must be a number from 1 to {most}, not “{text}”")
            raise TrackerError(message.format(most=MOST_WEEKS, text=quoted(text)))
        return weeks


def refuse_alone(args: ParsedArguments, needed: Mapping[str, str]) -> None:
    """Raise UsageError for an option without the one it needs: `--why` without `--verdict` would do nothing."""
    for option, other in needed.items():
        if option in args.given() and other not in args.given():
            raise UsageError(_("--{option} goes with --{other}").format(option=option, other=other))


def refuse_together(args: ParsedArguments, options: Iterable[str]) -> None:
    """Raise UsageError where more than one of the options is given."""
    given = [option for option in options if option in args.given()]
    if len(given) > 1:
        raise UsageError(_("use --{one} or --{other}, not both").format(one=given[0], other=given[1]))


def refuse_others(args: ParsedArguments, words: str, options: Iterable[str]) -> None:
    """Raise UsageError for an option that is none of those that `tracker WORDS` takes."""
    for option in sorted(args.given() - {*options, *(common.key for common in COMMON)}):
        raise UsageError(_("`tracker {words}` takes no --{option}").format(words=words, option=option))


def only_reads(command: Command, args: ParsedArguments) -> bool:
    """Whether a command, with these arguments, only reads the log."""
    reading = {*(command.reads or ()), *(option.key for option in COMMON)}
    return command.reads is not None and reading >= args.given()


def parse_before_verb(words: list[str], args: ParsedArguments) -> list[str]:
    """Read the common options before the verb into `args`; returns the verb and what follows it."""
    index = 0
    while index < len(words) and _is_option(words[index]):
        index = _parse_option(words, index, COMMON, args, "")
    return words[index:]


def parse(verb: str, command: Command, words: list[str], args: ParsedArguments) -> None:
    """Read the words after a verb into `args`. Raises UsageError, in one line, for what the command does not take."""
    options = command.options + COMMON
    plain: list[str] = []
    index = 0
    while index < len(words):
        if words[index] == "--":
            plain += words[index + 1 :]
            break
        is_known = not command.lenient or any(words[index] in option.names for option in options)
        if _is_option(words[index]) and is_known:
            index = _parse_option(words, index, options, args, verb)
        else:
            plain.append(words[index])
            index += 1
    if args.flags & {"help", "version"}:
        return
    for argument in command.arguments:
        if not plain and argument.times in ("one", "some"):
            message, name = _("{verb} needs {name}: {usage}"), say_placeholders(argument.name)
            raise UsageError(message.format(verb=verb, name=name, usage=usage(verb, command)))
        count = len(plain) if argument.times in ("any", "some") else min(1, len(plain))
        args.words[argument.name], plain = plain[:count], plain[count:]
    if plain:
        message = _("{verb} takes no “{word}”: {usage}")
        if PATH in command.arguments:  # a pattern of the shell, such as `*.csv`, gave several
            message = _("{verb} takes one file at a time, not {n}; run it once for each: {usage}")
        word, n = quoted(plain[0]), len(plain) + 1
        raise UsageError(message.format(verb=verb, word=word, n=n, usage=usage(verb, command)))


def usage(verb: str, command: Command) -> str:
    """`tracker start CHANNEL [ACTIVITY] [options]`."""
    forms = {"one": "{}", "optional": "[{}]", "any": "[{} …]", "some": "{} …"}
    words = [forms[argument.times].format(say_placeholders(argument.name)) for argument in command.arguments]
    words += [_("[options]")] if command.options else []
    return " ".join(["tracker", *([verb] if verb else []), *words])


def say_placeholders(text: str) -> str:
    """`CHANNEL [ACTIVITY]` with the placeholders that `help.toml` lists in the reader's language: `CANAL [ACTIVITÉ]`.

    Any other word in capitals stays as it is, also where it is a message.
    """
    import re

    placeholders = read_data("cli/help.toml")["placeholders"]
    return re.sub(rf"\b(?:{'|'.join(placeholders)})\b", lambda match: _(match[0]), text)


def did_you_mean(word: str, names: list[str]) -> str:
    """` (did you mean start?)`; empty where no name is like the word."""
    near = nearest(word, names)
    return _(" (did you mean {names}?)").format(names=" / ".join(near)) if near else ""


class Subcommand(Record):
    """What a command whose first word names an action does for it: `run` is given the context and the other words.

    `takes` is how those words are written, `options` are the ones it takes. `instead` is an option that may stand in
    place of the words, `reads` says that nothing is written.
    """

    run: Callable[[Any, ParsedArguments, list[str]], None]
    takes: str = ""
    options: tuple[str, ...] = ()
    instead: str | None = None
    reads: bool = False


def find_subcommand(
    noun: str, actions: Mapping[str, Subcommand], args: ParsedArguments, *, exact: bool
) -> tuple[Subcommand, list[str]]:
    """The action that was typed, `list` without any, and its words.

    Raises UsageError for an unknown one, for fewer words than it needs, for any where it takes none, with `exact` for
    more than it takes, and for an option that it does not take.
    """
    name, *words = args.several("ACTION") or ["list"]
    if name not in actions:
        hint, names = did_you_mean(name, list(actions)), " ".join(actions)
        message = _("unknown “{verb}” after {noun}{hint}; choose one of: {verbs}")
        raise UsageError(message.format(noun=noun, verb=quoted(name), hint=hint, verbs=names))
    action = actions[name]
    takes, needed = action.takes.split(), action.takes.partition("[")[0].split()
    wrong = len(words) < len(needed) or ((exact or not takes) and len(words) > len(takes))
    if wrong and (words or action.instead not in args.values):
        raise wrong_form(f"{noun} {name} {action.takes}".rstrip())
    refuse_others(args, f"{noun} {name}", action.options)
    return action, words


def wrong_form(words: str) -> UsageError:
    """The error that shows how a command is written."""
    return UsageError(_("write: tracker {words}").format(words=say_placeholders(words)))


def _is_option(word: str) -> bool:
    return len(word) > 1 and word[0] == "-" and not word[1].isdecimal()


def _parse_option(words: list[str], index: int, options: tuple[Option, ...], args: ParsedArguments, verb: str) -> int:
    """Read the option at `index` into `args`; returns the index after the option and its value."""
    word = words[index]
    if word.startswith("--"):
        name, equals, value = word.partition("=")
    else:
        name, equals, value = word[:2], word[2:], word[2:].removeprefix("=")
    option = _find_option(name, options, verb)
    if option.value is None:
        if equals:
            raise UsageError(_("{name} takes no value").format(name=quoted(name)))
        args.flags.add(option.key)
        return index + 1
    following = words[index + 1 : index + 3]
    if equals:
        index += 1
    elif not following:
        message = _("{name} needs a value: {name} {value}")
        raise UsageError(message.format(name=name, value=say_placeholders(option.value)))
    elif option.value.endswith("]") and following[0].isdecimal() and following[1:] and not _is_option(following[1]):
        value, index = " ".join(following), index + 3
    else:
        value, index = following[0], index + 2
    args.values[option.key] = value
    args.every.setdefault(option.key, []).append(value)
    return index


def _find_option(name: str, options: tuple[Option, ...], verb: str) -> Option:
    """The option of this name or unique beginning of a long name. Raises UsageError for none or several."""
    for option in options:
        if name in option.names:
            return option
    begun = [option for option in options if name.startswith("--") and option.names[-1].startswith(name)]
    if len(begun) == 1:
        return begun[0]
    if begun:
        names = ", ".join(option.names[-1] for option in begun)
        raise UsageError(_("{name} is ambiguous: {names}").format(name=name, names=names))
    hint = did_you_mean(name, [option.names[-1] for option in options])
    help = " ".join(["tracker", *([verb] if verb else []), "--help"])
    message = _("unknown option {name}{hint}; `{help}` lists them")
    raise UsageError(message.format(name=quoted(name), hint=hint, help=help))


class Verb(Record):
    """A verb, the module of this folder that holds its Command, and one line of help."""

    name: str
    module: str
    help: str


GROUPS = {
    N_("The timer"): (
        Verb("start", "timer", N_("start a session on a channel")),
        Verb("stop", "timer", N_("stop the running session")),
        Verb("cancel", "timer", N_("discard the running session")),
        Verb("resume", "timer", N_("resume the last session")),
        Verb("switch", "timer", N_("stop, then start another session")),
        Verb("check", "timer", N_("log a check: a quick look at a channel")),
        Verb("urge", "timer", N_("log a resisted urge to open a channel")),
        Verb("pause", "timer", N_("start a pause from the social channels")),
        Verb("status", "status", N_("show the running session and today's totals")),
    ),
    N_("The log"): (
        Verb("log", "log", N_("log a past session")),
        Verb("edit", "log", N_("edit a session, a result or an urge")),
        Verb("split", "log", N_("cut a session in two")),
        Verb("merge", "log", N_("merge several sessions into one")),
        Verb("delete", "log", N_("delete sessions, results or urges")),
        Verb("outcome", "log", N_("record a result: recommendation, prospect, client, income")),
        Verb("habit", "habit", N_("list, add or tick habits")),
        Verb("undo", "maintenance", N_("undo the last change")),
        Verb("redo", "maintenance", N_("redo what was undone")),
        Verb("history", "maintenance", N_("list the changes you can undo")),
    ),
    N_("Results and reviews"): (
        Verb("find", "day", N_("find everything that you wrote by its words")),
        Verb("day", "day", N_("show a day, with the ids of its entries")),
        Verb("week", "week", N_("show a week")),
        Verb("patterns", "patterns", N_("show the patterns, with their evidence")),
        Verb("worth", "worth", N_("show what each channel is worth")),
        Verb("review", "review", N_("review a week, in writing")),
    ),
    N_("Files"): (
        Verb("import", "transfer", N_("import the history of a phone, a browser or a CSV file")),
        Verb("export", "transfer", N_("export the log as CSV, JSON, Markdown, a calendar and more")),
        Verb("schedule", "transfer", N_("import what is new automatically")),
        Verb("backup", "maintenance", N_("back up the data file")),
        Verb("restore", "maintenance", N_("restore a backup")),
        Verb("doctor", "maintenance", N_("check the data file, the settings and the clock")),
    ),
    N_("Names and settings"): (
        Verb("channel", "channel", N_("list, add, rename, budget, alias or archive channels")),
        Verb("activity", "channel", N_("list, add, rename or archive activities")),
        Verb("config", "channel", N_("show or change the settings")),
        Verb("completion", "completion", N_("print the completion script of a shell")),
        Verb("demo", "screens", N_("open the screens with a made-up year")),
    ),
    N_("In a later version"): (Verb("serve", "screens", N_("open the screens in a browser")),),
}

VERBS = {verb.name: verb for verbs in GROUPS.values() for verb in verbs}


def load_command(module: str, verb: str) -> Command:
    """Import a module of this folder, and no other; returns its command for a verb."""
    command: Command = import_module(f"tracker.cli.{module}").COMMANDS[verb]
    return command


def overview(width: int) -> list[str]:
    """`tracker --help`: every verb with its line of help, in `width` columns."""
    lines = [
        _("usage: tracker [options] [COMMAND …]"),
        "",
        *wrap(_("Without a command, the screens open. `tracker COMMAND --help` explains a command."), width),
    ]
    for title, verbs in GROUPS.items():
        lines += ["", _(title), *_aligned(((verb.name, _(verb.help)) for verb in verbs), width)]
    return [*lines, "", _("Everywhere"), *_option_lines(COMMON, width)]


def help_of(verb: str, command: Command, width: int) -> list[str]:
    """`tracker VERB --help`: how one verb is used, in `width` columns."""
    usage_line = _("usage: {usage}").format(usage=usage(verb, command))
    help = _(VERBS[verb].help)
    lines = [*wrap(usage_line, width, "  "), "", *wrap(f"{help[:1].upper()}{help[1:]}.", width)]
    if details := _further_help().get(verb):
        lines += ["", *(part for line in _(details).splitlines() for part in _hanging(line, width))]
    if command.options:
        lines += ["", *_option_lines(command.options, width)]
    return [*lines, "", _("Everywhere"), *_option_lines(COMMON, width)]


def _further_help() -> dict[str, str]:
    """Examples and what else is to know of the commands, untranslated, by their verbs."""
    texts: dict[str, str] = read_data("cli/help.toml")["commands"]
    return texts


def _option_lines(options: Sequence[Option], width: int) -> list[str]:
    forms = (f"{', '.join(option.names)} {say_placeholders(option.value or '')}".rstrip() for option in options)
    return _aligned(zip(forms, (_(option.help) for option in options), strict=True), width)


def _aligned(pairs: Iterable[tuple[str, str]], width: int) -> list[str]:
    rows = list(pairs)
    room = max(cell_width(name) for name, _help in rows)
    return [part for name, help in rows for part in _hanging(f"  {ljust(name, room)}  {help}", width)]


def _hanging(line: str, width: int) -> list[str]:
    """A line wrapped with a hanging indent: further lines begin where the text after the last gap begins."""
    return wrap(line, width, " " * (line.rfind("  ") + 2 if "  " in line else 0))
