"""The command line: finds the verb, imports its module only, and turns whatever goes wrong into one clear line.

Exit 0: done. 1: cannot, and nothing changed. 2: not a command of ours. The contract of verbs, options and JSON is the
README's; a verb's own file is named in verbs.py.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

from tracker import locale
from tracker.cli.context import Context
from tracker.cli.grammar import Command, Given, UsageError, leading, nearest, only_reads, parse
from tracker.cli.terminal import silence_stdout
from tracker.cli.verbs import VERBS
from tracker.domain.models import TrackerError
from tracker.domain.text import clean, quoted
from tracker.files import paths
from tracker.formatting.text import join_phrases
from tracker.locale import _


def main(argv: list[str] | None = None) -> int:
    """Run one command with the words after `tracker`; returns its exit code. Never raises, never shows a traceback."""
    _tame(sys.stdout)
    _tame(sys.stderr)
    if argv is None:
        # A command is over before cycles matter; collecting them costs one of its last milliseconds. (The screens,
        # which stay, turn it on again.)
        gc.disable()
    try:
        locale.use()
        code = _run(sys.argv[1:] if argv is None else argv)
        if sys.stdout:
            sys.stdout.flush()
    except UsageError as error:
        return _cannot(_with_hint(error), 2)
    except TrackerError as error:
        return _cannot(_with_hint(error))
    except BrokenPipeError:
        # The reader has seen enough (`tracker week | head -1`): what was asked is done.
        silence_stdout()
        return 0
    except KeyboardInterrupt:
        return _cannot(_("interrupted"), 130)
    except UnicodeError:
        return _cannot(_("that text is not valid Unicode and cannot be kept or shown"))
    except OSError as error:
        silence_stdout()
        return _cannot(": ".join(filter(None, (error.filename and str(error.filename), error.strerror or str(error)))))
    except Exception as error:  # noqa: BLE001 - the last resort: a user is told in a line, and how to see more
        return _unexpected(error)
    return code


def _run(words: list[str]) -> int:
    given = Given()
    try:
        verb, command = _read(words, given)
    except UsageError:
        # It was found before the settings were read: read the same words again, in the settings' language.
        if _speak_for_error(given):
            _read(words, Given())
        raise
    context = _context(given)
    _speak(context, verb)
    try:
        return _answer(context, verb, command, given)
    finally:
        context.close()


def _read(words: list[str], given: Given) -> tuple[str, Command | None]:
    """The verb and its command, the rest of the words into `given`. UsageError for what is no command of ours."""
    rest = leading(words, given)
    verb = rest[0] if rest else ""
    if verb == "help":  # as people try it: `tracker help start`
        verb, rest = (rest[1] if rest[1:] else ""), rest[1:]
        given.flags.add("help")
    command = _load(verb) if verb else None
    if command:
        parse(verb, command, rest[1:], given)
    return verb, command


def _context(given: Given) -> Context:
    return Context(
        db=given.values.get("db") or paths.database_path(),
        config=given.values.get("config") or paths.settings_path(),
        now=given.values.get("now") or os.environ.get("TRACKER_NOW"),
        json="json" in given.flags,
    )


def _answer(context: Context, verb: str, command: Command | None, given: Given) -> int:
    if "version" in given.flags:
        from tracker import __version__

        context.say(f"tracker {__version__}")
        return 0
    if "help" in given.flags:
        from tracker.cli import help

        context.say(*(help.of_verb(verb, command) if command else help.overview()))
        return 0
    command = command or _command("screens", "")
    context.reads = "db" in given.values and only_reads(command, given)
    return command.run(context, given) or 0


def _load(verb: str) -> Command:
    found = VERBS.get(verb)
    if not found:
        near = nearest(verb.lower(), list(VERBS))
        hint = _("did you mean {names}?").format(names=" / ".join(near)) if near else _("`tracker --help` lists them")
        raise UsageError(_("there is no verb “{verb}”; {hint}").format(verb=quoted(verb), hint=hint))
    return _command(found.module, verb)


def _command(module: str, verb: str) -> Command:
    command: Command = import_module(f"tracker.cli.{module}").COMMANDS[verb]
    return command


def _speak(context: Context, verb: str) -> None:
    """Speak the language of the settings; where they cannot be read, what mends them and completes words runs."""
    try:
        locale.use(context.settings.language)
    except TrackerError:
        if verb not in ("config", "doctor", "completion"):
            raise


def _speak_for_error(given: Given) -> bool:
    """Speak the settings' language for what was wrong with the words; returns whether that is another one.

    Settings that cannot be read, or a clock that cannot be set, are not what was wrong.
    """
    before = locale.language()
    try:
        locale.use(_context(given).settings.language)
    except TrackerError:
        return False
    return locale.language() != before


def _tame(stream: object) -> None:
    """Let a terminal that lacks a letter show `?` instead of ending the program."""
    if (getattr(stream, "encoding", None) or "utf-8").lower() != "utf-8" and hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")


def _with_hint(error: TrackerError) -> str:
    return join_phrases(str(error), error.hint)


#: What a file's path, repeated, may make of an error: no line is longer.
_LONGEST_LINE = 1000


def _cannot(line: str, code: int = 1) -> int:
    line = line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…"
    if sys.stdout:
        try:
            sys.stdout.flush()
        except OSError:
            silence_stdout()
    try:
        if sys.stderr:  # it can be closed: `2>&-`
            print(f"tracker: {clean(line)}", file=sys.stderr, flush=True)
    except OSError:
        return code
    return code


def _unexpected(error: Exception) -> int:
    if os.environ.get("TRACKER_DEBUG"):
        raise error
    # Python's own bounds: of nesting, of memory, and of the digits of a number.
    if isinstance(error, (RecursionError, MemoryError)) or "integer string conversion" in str(error):
        return _cannot(_("that is nested too deeply, or too large or too long, to be read"))
    if type(error).__module__ == "sqlite3":
        return _cannot(_("the log's file cannot be used: {reason}; `tracker doctor` looks closer").format(reason=error))
    return _cannot(
        _("something unexpected went wrong ({kind}: {reason}); TRACKER_DEBUG=1 shows where").format(
            kind=type(error).__name__, reason=error
        )
    )
