"""The command line: finds the verb, imports its module only, and reports every error in one clear line.

Exit 0: done. 1: cannot, and nothing changed. 2: wrong usage. parser.py names the module of each verb.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

from tracker import locale
from tracker.cli import parser
from tracker.cli.context import Context, columns, silence_stdout
from tracker.cli.parser import VERBS, Command, ParsedArguments, UsageError
from tracker.domain.errors import IndexRebuilt, TrackerError
from tracker.domain.text import clean, nearest, quoted
from tracker.files import file_access
from tracker.formatting.text import join_phrases, labelled
from tracker.locale import _

#: An error message that is longer (a path may be repeated in it) is cut, in characters.
_LONGEST_LINE = 1000


def main(argv: list[str] | None = None) -> int:
    """Run one command with the words after `tracker`; returns its exit code. Never raises, never shows a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a letter shows `?` instead of ending the program.
        if (getattr(stream, "encoding", None) or "utf-8").lower() != "utf-8" and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if argv is None:
        # A command is over before reference cycles matter; collecting them costs one of its last milliseconds. (The
        # screens, which stay, turn collection on again.)
        gc.disable()
    try:
        locale.use()
        code = _run(sys.argv[1:] if argv is None else argv)
        if sys.stdout:
            sys.stdout.flush()
        if hooks := sys.modules.get("tracker.services.hooks"):
            hooks.wait()
            for line in hooks.failures():
                print(f"tracker: {line}", file=sys.stderr)
    except TrackerError as error:
        return _fail(join_phrases(str(error), error.hint), 2 if isinstance(error, UsageError) else 1)
    except BrokenPipeError:
        # The reader closed the pipe (`tracker week | head -1`): the command is done.
        silence_stdout()
        return 0
    except KeyboardInterrupt:
        if hooks := sys.modules.get("tracker.services.hooks"):
            with suppress(KeyboardInterrupt):  # pressed again
                hooks.end()
        return _fail(_("interrupted"), 130)
    except UnicodeError:
        return _fail(_("this text is not valid Unicode and cannot be saved or shown"))
    except OSError as error:
        silence_stdout()
        reason = file_access.say_os_error(error)
        return _fail(labelled(str(error.filename), reason) if error.filename else reason)
    except Exception as error:  # noqa: BLE001 - the last resort: a user reads one line, and how to see more
        return _fail_unexpectedly(error)
    finally:
        if argv is None:
            # Python collects once more when it ends, even where that is disabled, but not what is frozen.
            gc.freeze()
    return code


def _run(words: list[str]) -> int:
    args = ParsedArguments()
    try:
        verb, command = _parse(words, args)
    except UsageError:
        # It was raised before the settings were read: parse the same words again, in the settings' language.
        if _is_other_language(args):
            _parse(words, ParsedArguments())
        raise
    context = _context(args)
    try:
        locale.use(context.settings.language)
    except TrackerError:
        if verb not in ("config", "doctor", "completion"):  # which mend the settings, or do not need them
            raise
    try:
        if "version" in args.flags:
            from tracker import __version__

            context.print(f"tracker {__version__}")
            return 0
        if "help" in args.flags:
            context.print(*(parser.help_of(verb, command, columns()) if command else parser.overview(columns())))
            return 0
        command = command or parser.load_command("screens", "")
        context.reads = "db" in args.values and parser.only_reads(command, args)
        try:
            return command.run(context, args) or 0
        except IndexRebuilt:
            return command.run(context, args) or 0
    finally:
        context.close()


def _parse(words: list[str], args: ParsedArguments) -> tuple[str, Command | None]:
    """The verb and its command, the other words parsed into `args`. Raises UsageError for what is no command."""
    rest = parser.parse_before_verb(words, args)
    verb = rest[0] if rest else ""
    if verb == "help":  # as people try it: `tracker help start`
        verb, rest = (rest[1] if rest[1:] else ""), rest[1:]
        args.flags.add("help")
    if not verb:
        return verb, None
    if verb not in VERBS:
        near = nearest(verb.lower(), VERBS)
        hint = _("did you mean {names}?").format(names=" / ".join(near)) if near else _("`tracker --help` lists them")
        raise UsageError(_("unknown command “{verb}”; {hint}").format(verb=quoted(verb), hint=hint))
    command = parser.load_command(VERBS[verb].module, verb)
    parser.parse(verb, command, rest[1:], args)
    return verb, command


def _context(args: ParsedArguments) -> Context:
    values = args.values
    db, config = values.get("db") or file_access.database_path(), values.get("config") or file_access.settings_path()
    now = values.get("now") or os.environ.get("TRACKER_NOW")
    return Context(db=db, config=config, now=now, json="json" in args.flags)


def _is_other_language(args: ParsedArguments) -> bool:
    """Speak the settings' language; whether that is another one than before.

    Settings that cannot be read, or a `--now` that is no instant, are not the error that is reported.
    """
    before = locale.language()
    try:
        locale.use(_context(args).settings.language)
    except TrackerError:
        return False
    return locale.language() != before


def _fail(line: str, code: int = 1) -> int:
    """Print one line on stderr; returns the exit code."""
    line = line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…"
    if sys.stdout:
        try:
            sys.stdout.flush()
        except OSError:
            silence_stdout()
    with suppress(OSError):
        if sys.stderr:  # it can be closed: `2>&-`
            print(f"tracker: {clean(line)}", file=sys.stderr, flush=True)
    return code


def _fail_unexpectedly(error: Exception) -> int:
    if os.environ.get("TRACKER_DEBUG"):
        raise error
    # Python's own limits: of nesting, of memory, and of the digits of a number.
    if isinstance(error, (RecursionError, MemoryError)) or "integer string conversion" in str(error):
        return _fail(_("the input is too large, too long or too deeply nested to read"))
    if type(error).__module__ == "sqlite3":
        return _fail(_("the data file cannot be used: {reason}; `tracker doctor` checks it").format(reason=error))
    message = _("unexpected error ({kind}: {reason}); TRACKER_DEBUG=1 shows where")
    return _fail(message.format(kind=type(error).__name__, reason=error))
