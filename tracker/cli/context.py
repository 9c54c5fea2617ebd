"""The context of a command: the workspace, the settings, the clock, the terminal, and the ways to answer.

Nothing is opened or read before it is used: the commands that run all day open only what they use.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, nullcontext

from tracker.calendar import clock
from tracker.cli.parser import ParsedArguments, Subcommand, find_subcommand
from tracker.domain.errors import TrackerError
from tracker.domain.text import as_json, clean, refusal
from tracker.files import file_access
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any, TextIO

    from tracker.settings import Settings
    from tracker.storage import Database
    from tracker.workspace import Workspace

    Run = Callable[["Context", ParsedArguments], int | None]


class Context:
    """One run of a command."""

    def __init__(self, *, db: str, config: str, now: str | None = None, json: bool = False) -> None:
        """Raises TrackerError for settings where the log is, and for a `now` that is no instant."""
        if file_access.is_database(config, databases=(db,)):
            raise TrackerError(_("{path} is the data file; give another file for the settings").format(path=config))
        self.db = db
        self.config = config
        self.json = json
        #: The command only reads, from a file that was named: a missing file is read as an empty one, and not created.
        self.reads = False
        self._database: Database | None = None
        self._settings: Settings | None = None
        self._workspace: Workspace | None = None
        self._zone: str | None = None
        #: Answers given inside a transaction: they are printed once it is committed. None outside a transaction.
        self._held: list[tuple[TextIO | None, str]] | None = None
        clock.freeze(parse_instant(now, self.zone) if now else None)
        #: The instant of this command, in UTC seconds.
        self.now = clock.now()

    @property
    def zone(self) -> str:
        """The zone the user is in."""
        if self._zone is None:
            self._zone = clock.local_zone()
        return self._zone

    @property
    def workspace(self) -> Workspace:
        """The open file with the settings, the zone and the instant of this command: what services are given."""
        if self._workspace is None:
            from tracker.workspace import Workspace

            self._workspace = Workspace(self.database, self.settings, self.zone, config=self.config, now=self.now)
        return self._workspace

    @property
    def database(self) -> Database:
        """The open file."""
        if self._database is None:
            from tracker.storage import MEMORY, Database

            missing = self.reads and not self._exists()
            self._database = Database.open(MEMORY if missing else self.db)
            if self._database.file.warning:
                self.warn(self._database.file.warning)
            if missing:
                self._database.file.path = self.db
                self._database.file.refusal = _("file not found: {path}").format(path=self.db)
            elif self.db == MEMORY:
                message = _("nothing can be saved in {path}: it is in memory and lost when this command ends")
                self._database.file.refusal = message.format(path=self.db)
        return self._database

    def _exists(self) -> bool:
        """Whether there is a file, or what must not be taken for a missing one: a URI, or a -wal without its file."""
        return file_access.database_exists(self.db) or self.db.startswith((":memory:", "file:"))

    @property
    def settings(self) -> Settings:
        """The settings file's values."""
        if self._settings is None:
            from tracker.settings import load

            self._settings = load(self.config)
        return self._settings

    @property
    def today(self) -> str:
        """The date of the day that is now."""
        from tracker.calendar.days import day_of

        return day_of(self.now, self.zone, self.settings.day_starts_at)

    def time(self, text: str | None) -> int:
        """The instant the user wrote, or now. Raises TrackerError for what is no time.

        For a time that the clock showed twice, a warning says which of the two is taken.
        """
        if text is None:
            return self.now
        from tracker.calendar.moments import parse_time, says_instant

        instant = parse_time(text, self.now, self.zone, self.settings.day_starts_at)
        twice = None if says_instant(text, self.now, self.zone) else clock.say_twice(self.zone, instant)
        if twice:
            self.warn(twice)
        return instant

    def date(self, text: str) -> str:
        """The date the user wrote. Raises TrackerError for what is no date."""
        from tracker.calendar.moments import parse_date

        return parse_date(text, self.now, self.zone, self.settings.day_starts_at)

    def span(self, args: ParsedArguments) -> tuple[str | None, str | None]:
        """The dates of --from and --to. Raises TrackerError for an end before its beginning."""
        first, last = (self.date(args.values[key]) if key in args.values else None for key in ("from", "to"))
        if first and (last or self.today) < first:
            raise TrackerError(_("--from {first} is after --to {last}").format(first=first, last=last or self.today))
        return first, last

    def open(self, db: str, config: str, zone: str) -> None:
        """Work on another file, with other settings, in another zone, from here on."""
        self.close()
        self.db, self.config, self._settings, self._zone = db, config, None, zone

    def close(self) -> None:
        """Close the file, if it is open."""
        if self._database is not None:
            self._database.close()
        self._database = self._workspace = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Read and write in one transaction, with `with`: no other program writes in between.

        Answers given inside it are printed once it is committed, and not at all where it fails.
        """
        with self.database.transaction():
            held = self._held = []
            try:
                yield
            finally:
                self._held = None
        try:
            for stream, text in held:
                self._write(stream, text)
            if sys.stdout:
                sys.stdout.flush()
        except BrokenPipeError:
            raise  # the reader has seen enough
        except OSError as error:
            # Exit code 1 would mean that nothing was recorded.
            silence_stdout()
            message = _("this was saved, but the reply cannot be printed: {reason}")
            self.warn(message.format(reason=file_access.say_os_error(error)))

    def answer(self, value: Any, lines: str | Callable[[], list[str]]) -> None:
        """Answer with `value` for `--json`, else with the line or lines; functions make what takes long to make."""
        if self.json:
            self.print_json(value() if callable(value) else value)
        else:
            self.print(*([lines] if isinstance(lines, str) else lines()))

    def print(self, *lines: str) -> None:
        """Answer in plain text."""
        self._write(sys.stdout, "\n".join(map(clean, lines)))

    def warn(self, line: str) -> None:
        """Print a warning on stderr."""
        self._write(sys.stderr, f"tracker: {clean(line)}")

    def print_json(self, value: Any) -> None:
        """Answer in JSON: indented on a terminal, compact elsewhere."""
        if sys.stdout:  # it can be closed: `>&-`
            self._write(sys.stdout, as_json(value, ascii=not _is_utf8(), indent=2 if sys.stdout.isatty() else None))

    def _write(self, stream: TextIO | None, text: str) -> None:
        if self._held is not None:
            self._held.append((stream, text))
        elif stream:
            print(text, file=stream)


def in_transaction(command: Run) -> Run:
    """The command, with all that it reads and writes in one transaction."""

    def run(context: Context, args: ParsedArguments) -> int | None:
        with context.transaction():
            return command(context, args)

    return run


def one_of(noun: str, actions: Mapping[str, Subcommand], *, exact: bool) -> Run:
    """The command that does what its first word names (see `find_subcommand`), in one transaction unless it reads."""

    def run(context: Context, args: ParsedArguments) -> None:
        action, words = find_subcommand(noun, actions, args, exact=exact)
        with nullcontext() if action.reads else context.transaction():
            action.run(context, args, words)

    return run


def parse_instant(text: str, zone: str) -> int:
    """The instant that `--now` names: ISO 8601 (without an offset, by the clocks of `zone`) or UTC seconds."""
    from datetime import UTC, datetime

    from tracker.calendar.days import YEARS

    try:
        if text.isdecimal() and len(text) <= 11:
            moment = datetime.fromtimestamp(int(text), UTC)
        else:
            moment = datetime.fromisoformat(text.strip())
        if moment.year not in YEARS:
            raise ValueError
        here = moment.tzinfo is None
        instant = clock.to_utc(zone, *moment.timetuple()[:6]) if here else int(moment.timestamp())
        if instant < 0:  # the first hours of 1970 east of Greenwich; the file holds no such instant
            raise ValueError
        return instant
    except (ValueError, OverflowError):
        message = _("--now must be a date and time such as 2026-11-23T15:12 or 2026-11-23T15:12:00+01:00, not “{text}”")
        raise refusal(message, text=text) from None


#: Standard input may have no end. So many bytes are many times what any text or any evening's log may have.
MOST_TYPED = 4 << 20


def columns() -> int:
    """How many columns there are to write in: `COLUMNS`, else the terminal's, else 80."""
    variable = os.environ.get("COLUMNS", "")
    if variable.isdecimal() and len(variable) < 10 and int(variable):
        return int(variable)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except (OSError, ValueError, AttributeError):
        return 80


def draws_blocks() -> bool:
    """Whether blocks can be drawn: a terminal that is not dumb and speaks UTF-8."""
    return bool(sys.stdout and sys.stdout.isatty()) and os.environ.get("TERM") != "dumb" and _is_utf8()


def _is_utf8() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def read_stdin() -> str:
    """The text of standard input, without the mark that editors on Windows put before it (BOM).

    Bytes that are no UTF-8 come as lone surrogates, which every field refuses. Raises TrackerError where standard input
    is closed, or holds more than MOST_TYPED.
    """
    said = _("cannot read standard input: {reason}")
    if not sys.stdin:
        raise TrackerError(said.format(reason=_("it is closed")))
    content = sys.stdin.buffer.read(MOST_TYPED + 1)
    if len(content) > MOST_TYPED:
        raise TrackerError(said.format(reason=_("it is larger than {n} MiB").format(n=MOST_TYPED >> 20)))
    return content.decode("utf-8", "surrogateescape").removeprefix("\ufeff")


def silence_stdout() -> None:
    """Redirect stdout to nothing, because its reader is gone: the interpreter would write to it again on exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return
