"""What a command takes, as data, and the words typed read by it: help, completion and parsing all come from here.

Not argparse: it would cost the daily commands a third of their time, take `--at -10m` and `week -2` for options, and
say its errors in English only. The rules are the usual ones: options anywhere, `--name VALUE` or `--name=VALUE`,
`-x VALUE` or `-xVALUE`, unique beginnings of long names, `--` before words that are no options. A dash before a digit
never begins an option: `-2` is two weeks ago and `-10m` ten minutes ago.
"""

from __future__ import annotations

from tracker.domain.models import TrackerError
from tracker.domain.record import Record
from tracker.domain.text import quoted
from tracker.locale import N_, _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    from tracker.cli.context import Context

    Times = Literal["one", "optional", "any", "some"]
    Run = Callable[[Context, "Given"], int | None]


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
    """A word, or several, by place."""

    name: str
    times: Times = "one"
    completes: str | None = None


class Command(Record):
    """What runs, and what it takes. `details` is further help, untranslated (`N_`).

    `lenient`: options it does not know are words to it like any others. `reads`: the options with which it only reads
    the log; None where it may write without any.
    """

    run: Run
    arguments: tuple[Argument, ...] = ()
    options: tuple[Option, ...] = ()
    details: str = ""
    lenient: bool = False
    reads: tuple[str, ...] | None = None


COMMON = (
    Option(("--json",), None, N_("answer as JSON")),
    Option(("--db",), "FILE", N_("the log's file (TRACKER_DB)"), "file"),
    Option(("--config",), "FILE", N_("the settings file (TRACKER_CONFIG)"), "file"),
    Option(("--now",), "INSTANT", N_("stop the clock at 2026-11-23T15:12 (TRACKER_NOW)")),
    Option(("--version",), None, N_("say which version this is")),
    Option(("-h", "--help"), None, N_("say how this is used")),
)


class Given:
    """What was typed, by the names of the command's arguments and options."""

    def __init__(self) -> None:
        self.words: dict[str, list[str]] = {}
        self.values: dict[str, str] = {}
        #: Every value of an option that was given, in order: of most only the last counts, which is in `values`.
        self.every: dict[str, list[str]] = {}
        self.flags: set[str] = set()

    def one(self, name: str) -> str:
        """The word of a required argument."""
        return self.words[name][0]

    def maybe(self, name: str) -> str | None:
        """The word of an optional argument."""
        found = self.words.get(name)
        return found[0] if found else None

    def all(self, name: str) -> list[str]:
        """The words of an argument that takes several."""
        return self.words.get(name, [])


def only_reads(command: Command, given: Given) -> bool:
    """Whether a command, as it was given, only reads the log."""
    known = {*(command.reads or ()), *(option.key for option in COMMON)}
    return command.reads is not None and known >= given.values.keys() | given.flags


def leading(words: list[str], given: Given) -> list[str]:
    """Read the common options before the verb into `given`; returns the verb and what follows it."""
    place = 0
    while place < len(words) and _is_option(words[place]):
        place = _read_option(words, place, COMMON, given, "")
    return words[place:]


def parse(verb: str, command: Command, words: list[str], given: Given) -> None:
    """Read the words after a verb into `given`. Raises UsageError, in one line, for what the command does not take."""
    options = command.options + COMMON
    plain: list[str] = []
    place = 0
    while place < len(words):
        if words[place] == "--":
            plain += words[place + 1 :]
            break
        known = not command.lenient or any(words[place] in option.names for option in options)
        if _is_option(words[place]) and known:
            place = _read_option(words, place, options, given, verb)
        else:
            plain.append(words[place])
            place += 1
    if not given.flags & {"help", "version"}:
        _place(verb, command, plain, given)


def usage(verb: str, command: Command) -> str:
    """`tracker start CHANNEL [ACTIVITY] [options]`."""
    forms = {"one": "{}", "optional": "[{}]", "any": "[{} …]", "some": "{} …"}
    words = [forms[argument.times].format(argument.name) for argument in command.arguments]
    words += [_("[options]")] if command.options else []
    return " ".join(["tracker", *([verb] if verb else []), *words])


def _is_option(word: str) -> bool:
    return len(word) > 1 and word[0] == "-" and not word[1].isdecimal()


def _read_option(words: list[str], place: int, options: tuple[Option, ...], given: Given, verb: str) -> int:
    """Read the option at `place`; returns the place after it and its value."""
    word = words[place]
    if word.startswith("--"):
        name, equals, value = word.partition("=")
    else:
        name, equals, value = word[:2], word[2:], word[2:].removeprefix("=")
    option = _find(name, options, verb)
    if option.value is None:
        if equals:
            raise UsageError(_("{name} takes no value").format(name=quoted(name)))
        given.flags.add(option.key)
        return place + 1
    if equals:
        _take(given, option, value)
        return place + 1
    if place + 1 == len(words):
        raise UsageError(_("{name} needs a value: {name} {value}").format(name=name, value=option.value))
    if option.value.endswith("]") and words[place + 1].isdecimal() and _is_unit(words[place + 2 : place + 3]):
        _take(given, option, f"{words[place + 1]} {words[place + 2]}")
        return place + 3
    _take(given, option, words[place + 1])
    return place + 2


def _take(given: Given, option: Option, value: str) -> None:
    given.values[option.key] = value
    given.every.setdefault(option.key, []).append(value)


def _is_unit(words: list[str]) -> bool:
    return bool(words) and not _is_option(words[0])


def _find(name: str, options: tuple[Option, ...], verb: str) -> Option:
    for option in options:
        if name in option.names:
            return option
    begun = [option for option in options if name.startswith("--") and option.names[-1].startswith(name)]
    if len(begun) == 1:
        return begun[0]
    names = [option.names[-1] for option in begun or options]
    if begun:
        raise UsageError(_("{name} could be {names}").format(name=name, names=", ".join(names)))
    near = nearest(name, names)
    raise UsageError(
        _("there is no option {name}{hint}; `{help}` lists them").format(
            name=quoted(name),
            hint=_(" (did you mean {names}?)").format(names=" / ".join(near)) if near else "",
            help=" ".join(["tracker", *([verb] if verb else []), "--help"]),
        )
    )


def nearest(word: str, names: list[str]) -> list[str]:
    """The one or two names most like a mistyped word."""
    from difflib import get_close_matches

    return get_close_matches(word, names, n=2)


def _place(verb: str, command: Command, plain: list[str], given: Given) -> None:
    for argument in command.arguments:
        if not plain and argument.times in ("one", "some"):
            raise UsageError(
                _("{verb} needs {name}: {usage}").format(verb=verb, name=argument.name, usage=usage(verb, command))
            )
        taken = len(plain) if argument.times in ("any", "some") else min(1, len(plain))
        given.words[argument.name], plain = plain[:taken], plain[taken:]
    if plain:
        raise UsageError(
            _("{verb} does not know what “{word}” is for: {usage}").format(
                verb=verb, word=quoted(plain[0]), usage=usage(verb, command)
            )
        )
