"""The workspace: the open file, the settings, the zone and the clock. Every service is given it first."""

from __future__ import annotations

import os

from tracker.calendar import clock, days
from tracker.domain.models import TrackerError
from tracker.formatting.times import format_week
from tracker.locale import _
from tracker.settings import Settings, load, save

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.reports.habit_histories import HabitReader as HabitReport
    from tracker.services.review_draft import OpenedReview
    from tracker.storage import Journal
    from tracker.storage.database import Transaction


def refuse_thresholds(settings: Settings, path: str) -> None:
    """Raise TrackerError for thresholds in the file at `path` that no pattern can have: people write it by hand."""
    if settings.patterns:
        from tracker.analytics.patterns.registry import refuse_limits

        refuse_limits(settings.patterns, path)


def fingerprint(path: str | None) -> tuple[int, ...] | None:
    """What differs once the file at `path` was written: size, times and number; None where there is none."""
    try:
        found = os.stat(path) if path else None
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino) if found else None


class Workspace:
    """The open file, the settings, and one reader in one zone."""

    def __init__(
        self,
        journal: Journal,
        settings: Settings,
        zone: str | None = None,
        config: str | None = None,
        seen: tuple[int, ...] | None = None,
        *,
        now: int | None = None,
    ) -> None:
        """`seen`: the settings file's fingerprint before it was read. `now`: the one instant of a command, in UTC
        seconds; without it the clock goes on, as it does for the screens."""
        self.journal = journal
        self.settings = settings
        self.zone = zone or clock.local_zone()
        self.config = config
        self._first_weekday: int | None = None
        #: The fingerprint of the settings file from before it was read: what is written while it is read is seen at the
        #: next look. A file without one is read then.
        self._settings_file = seen
        #: Whether the settings file was missing or empty at the last look: an editor may be replacing it just then.
        self._being_written = False
        self._waiting = 0
        #: How the habits stand, measured anew only when the log changed.
        self.habit_report: HabitReport | None = None
        #: The review that was opened and not begun: escape before the first answer leaves no trace.
        self.opened_review: OpenedReview | None = None
        #: When the file was found moved or replaced, in UTC seconds: from then on nothing is recorded.
        self.lost: int | None = None
        self._now = now
        self._refusal = journal.refusal
        self._last_change: tuple[int, int] | None = None
        if now is None:  # the screens read the same again and again, and live to see the file replaced
            from tracker.storage.read_cache import ReadCache

            journal.cache = ReadCache()
            self._last_change = self._change_log_end()

    def transaction(self) -> Transaction:
        """Look and write as one, with `with`: no other program writes in between."""
        return self.journal.transaction()

    def now(self) -> int:
        """The current instant, in UTC seconds; where the file was lost, that moment: nothing goes on in it since."""
        if self.lost is not None:
            return self.lost
        return clock.now() if self._now is None else self._now

    @property
    def refusal(self) -> str | None:
        """Why nothing can be recorded; None where something can."""
        return self.journal.refusal

    def today(self) -> str:
        """The date it is, by the setting `day_starts_at`."""
        return days.day_of(self.now(), self.zone, self.settings.day_starts_at)

    def day_of(self, instant: int) -> str:
        """The date an instant belongs to."""
        return days.day_of(instant, self.zone, self.settings.day_starts_at)

    def this_week(self) -> str:
        """The name of the week it is."""
        return self.week_of(self.today())

    def week_of(self, date: str) -> str:
        """The name of the week of a date."""
        from tracker.calendar import weeks

        return weeks.week_of(date, self.first_weekday())

    def first_weekday(self) -> int:
        """The weekday weeks begin on, Monday 0."""
        if self._first_weekday is None:
            from tracker.reports.load_days import first_weekday

            self._first_weekday = first_weekday(self.settings)
        return self._first_weekday

    def week_dates(self, week: str) -> list[str]:
        """The seven dates of a week."""
        from tracker.calendar import weeks

        return weeks.week_dates(week, self.first_weekday())

    def week_said(self, date: str) -> str:
        """The week a date is in as the reader writes it: `2026-W48`, `2026-S48`."""
        return format_week(self.week_of(date))

    def keep(self, name: str, value: str) -> None:
        """Change one setting in the settings file; an empty value is the default. TrackerError: nothing is changed."""
        if self.config is None:
            raise TrackerError(_("there is no settings file here"))
        self.go_by(save(self.config, name, value, self.refuse_thresholds))
        self.look_again()

    def go_by(self, settings: Settings) -> None:
        """From here on these are the settings."""
        self.settings, self._first_weekday = settings, None

    def look_again(self) -> None:
        """The file was written here: the next look reads it, as another program may have written it right after."""
        self._settings_file = ()

    def settings_elsewhere(self) -> Settings | None:
        """Once a second: the settings as another program has written them since; None where it has not.

        Raises TrackerError, once for each writing, where they cannot be read or used.
        """
        there = fingerprint(self.config)
        if self.config is None or there == self._settings_file:
            return None
        if (there is None or there[0] == 0) and not self._being_written:
            self._being_written = True  # a second later it is there, or is meant to be gone
            return None
        self._being_written, self._settings_file = False, there
        found = load(self.config)
        self.refuse_thresholds(found)
        return found if found != self.settings else None

    def refuse_thresholds(self, wanted: Settings) -> None:
        """Raise TrackerError for thresholds that no pattern can have."""
        refuse_thresholds(wanted, self.config or "")

    def remembered(self, name: str) -> str | None:
        """What the screens were told to remember under this name, by an earlier run."""
        from tracker.storage import state

        return state.get(self.journal, name)

    def remember(self, name: str, value: str) -> None:
        """Remember a value for the next run."""
        from tracker.storage import state

        state.put(self.journal, name, value)

    def look_after(self) -> str | None:
        """Once a second: whether the file is still the one that was opened, and whether to bring the log into it.

        Returns what is to be said where the file was moved or replaced: once.
        """
        journal = self.journal
        warning, journal.warning = journal.warning, None
        if warning:
            return warning
        try:
            journal.verify()
        except TrackerError as error:
            if not journal.refusal:
                return str(error)
        if journal.refusal != self._refusal:  # found now, or by the key that was pressed before
            self._refusal = journal.refusal
            if journal.refusal:
                self.lost = None if journal.place else clock.now()
                return journal.refusal
        # Quiet is a log that has stayed as it is since the second before.
        waiting, self._waiting = self._waiting, journal.waiting()
        if waiting and waiting == self._waiting:
            journal.settle()
        return None

    def was_replaced(self) -> bool:
        """Whether the file holds another history than at the last such question: a backup was restored over it."""
        from tracker.storage import undo

        before, self._last_change = self._last_change, self._change_log_end()
        return before is not None and not undo.continues_from(self.journal, before)

    def _change_log_end(self) -> tuple[int, int]:
        from tracker.storage import undo

        return undo.last_entry(self.journal)

    def data_version(self) -> int:
        """Differs once another program has written the file."""
        return self.journal.data_version()
