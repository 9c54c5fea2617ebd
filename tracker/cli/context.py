"""What every command is given: the file, the settings, the clock and the way to answer, each ready when asked for."""

from __future__ import annotations

import os
import sys

from tracker.calendar import clock
from tracker.cli.terminal import silence_stdout
from tracker.domain.models import TrackerError
from tracker.domain.text import as_json, clean, quoted
from tracker.files import file_access
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any

    from tracker.cli.grammar import Given, Run
    from tracker.settings import Settings
    from tracker.storage import Journal
    from tracker.storage.database import Transaction


class Context:
    """One run of the command. Nothing is opened or read before it is asked for, and then once."""

    def __init__(self, *, db: str, config: str, now: str | None = None, json: bool = False) -> None:
        """Raises TrackerError for settings where the log is, and for a `now` that is no instant."""
        if file_access.is_database(config, databases=(db,)):
            raise TrackerError(
                _("{path} belongs to the log; the settings need a file of their own").format(path=config)
            )
        self.db = db
        self.config = config
        self.json = json
        #: The command only reads, in a file that was named: one that is not there is read as an empty one, not made.
        self.reads = False
        self._journal: Journal | None = None
        self._settings: Settings | None = None
        self._zone: str | None = None
        #: What is said inside a transaction, which is not true before it is on the disk.
        self._held: list[Callable[[], None]] | None = None
        clock.freeze(instant(now, self.zone) if now else None)
        #: The instant this command was given, in UTC seconds: one for the whole command.
        self.now = clock.now()

    @property
    def zone(self) -> str:
        """The zone the user is in."""
        if self._zone is None:
            self._zone = clock.local_zone()
        return self._zone

    @property
    def journal(self) -> Journal:
        """The open file."""
        if self._journal is None:
            from tracker.storage import Journal
            from tracker.storage.file_format import MEMORY

            missing = self.reads and not self._is_there()
            self._journal = Journal.open(MEMORY if missing else self.db)
            if self._journal.warning:
                self.warn(self._journal.warning)
            if missing:
                self._journal.path = self.db
                self._journal.refusal = _("there is no file {path}").format(path=self.db)
            elif self.db == MEMORY:
                self._journal.refusal = _(
                    "nothing can be recorded in {path}: it is in memory, and lost when this command ends"
                ).format(path=self.db)
        return self._journal

    def _is_there(self) -> bool:
        """Whether there is a file, or what must not be taken for a missing one: a URI, or a log without its file."""
        beside = any(os.path.lexists(self.db + ending) for ending in ("", "-wal"))
        return beside or self.db.startswith((":memory:", "file:"))

    @property
    def settings(self) -> Settings:
        """What the settings file says."""
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

        Warns of a time that the clock showed twice, that the second or the first is taken.
        """
        if text is None:
            return self.now
        from tracker.calendar.moments import parse_time, says_instant
        from tracker.calendar.zones import say_twice

        instant = parse_time(text, self.now, self.zone, self.settings.day_starts_at)
        twice = None if says_instant(text, self.now, self.zone) else say_twice(self.zone, instant)
        if twice:
            self.warn(twice)
        return instant

    def open(self, db: str, config: str, zone: str) -> None:
        """Work on another file, with other settings, in another zone, from here on."""
        self.close()
        self.db, self.config, self._settings, self._zone = db, config, None, zone

    def close(self) -> None:
        """Close what was opened."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def at_once(self) -> AtOnce:
        """Look and write in one transaction, with `with`: no other program writes in between.

        What is said inside it is said once all of it is on the disk, and not at all where it was refused.
        """
        return AtOnce(self)

    def hold(self) -> None:
        """Keep what is said from here on until `let_go`."""
        self._held = []

    def let_go(self, *, said: bool) -> None:
        """Say what was kept, or forget it."""
        held, self._held = self._held or [], None
        try:
            for one in held if said else ():
                one()
            if said and sys.stdout:
                sys.stdout.flush()
        except BrokenPipeError:
            raise  # the reader has seen enough
        except OSError as error:
            # It is recorded: exit 1 would say that nothing was changed.
            silence_stdout()
            reason = error.strerror or str(error)
            self.warn(_("this was recorded, but the answer cannot be written: {reason}").format(reason=reason))

    def say(self, *lines: str) -> None:
        """Answer in plain text."""
        if self._held is not None:
            self._held.append(lambda: self.say(*lines))
            return
        print("\n".join(map(clean, lines)))

    def warn(self, line: str) -> None:
        """Say beside the answer what the user should know."""
        if self._held is not None:
            self._held.append(lambda: self.warn(line))
        elif sys.stderr:
            print(f"tracker: {clean(line)}", file=sys.stderr)

    def dump(self, value: Any) -> None:
        """Answer in JSON: indented for eyes, compact for programs."""
        if self._held is not None:
            self._held.append(lambda: self.dump(value))
            return
        if not sys.stdout:  # it can be closed: `>&-`
            return
        eyes = sys.stdout.isatty()
        plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
        print(as_json(value, ascii=plain, indent=2 if eyes else None))


class AtOnce:
    """A transaction of the journal's around a whole command."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._transaction: Transaction = context.journal.transaction()

    def __enter__(self) -> None:
        self._transaction.__enter__()
        self._context.hold()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        done = False
        try:
            self._transaction.__exit__(kind, error, trace)
            done = error is None
        finally:
            self._context.let_go(said=done)


def at_once(command: Run) -> Run:
    """The command that does what it looks at and what it writes in one transaction."""

    def run(context: Context, given: Given) -> int | None:
        with context.at_once():
            return command(context, given)

    return run


def instant(text: str, zone: str) -> int:
    """The instant that `--now` names: ISO 8601 (without an offset, by the clocks of `zone`) or UTC seconds."""
    from datetime import UTC, datetime

    from tracker.calendar.days import YEARS
    from tracker.calendar.zones import to_utc

    try:
        if text.isdecimal() and len(text) <= 11:
            moment = datetime.fromtimestamp(int(text), UTC)
        else:
            moment = datetime.fromisoformat(text.strip())
        if moment.year not in YEARS:
            raise ValueError
        if moment.tzinfo is None:
            return to_utc(zone, *moment.timetuple()[:6])
        return int(moment.timestamp())
    except (ValueError, OverflowError):
        raise TrackerError(
            _("--now is an instant such as 2026-11-23T15:12 or 2026-11-23T15:12:00+01:00, not “{text}”").format(
                text=quoted(text)
            )
        ) from None
