"""The workspace: the open file, the settings, the zone and the clock, in one object."""

from __future__ import annotations

from tracker.calendar import clock, days
from tracker.formatting.times import format_near_date, format_week

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from tracker.settings import Settings
    from tracker.storage import Database


def first_weekday(settings: Settings) -> int:
    """The weekday on which weeks begin, Monday 0: the setting, else the locale's."""
    if settings.first_weekday is not None:
        return settings.first_weekday
    return days.locale_first_weekday()


class Workspace:
    """The open file, the settings, and one reader in one zone: what reports and services are given first.

    `now` is the one instant of a command, in UTC seconds; without it the clock goes on, as it does for the screens.
    """

    #: When the file was found moved or replaced, in UTC seconds: from then on nothing is recorded.
    lost: int | None = None

    def __init__(
        self,
        database: Database,
        settings: Settings,
        zone: str | None = None,
        *,
        config: str | None = None,
        now: int | None = None,
    ) -> None:
        self.database = database
        self.settings = settings
        self.zone = zone or clock.local_zone()
        #: The settings file; None where the settings are from none.
        self.config = config
        self._now = now
        self._first_weekday: int | None = None

    def transaction(self) -> AbstractContextManager[None]:
        """Look and write as one, with `with`: no other program writes in between."""
        return self.database.transaction()

    def undo_step(self, says: str) -> AbstractContextManager[int]:
        """Several changes as one step of undo, with `with`: all or nothing. `says` is the sentence of the history."""
        from tracker.storage.undo_steps import undo_step

        return undo_step(self.database, says, self.now())

    def now(self) -> int:
        """The current instant, in UTC seconds."""
        return clock.now() if self._now is None else self._now

    def instant(self, at: int | None) -> int:
        """An earlier instant, or None for now, in UTC seconds."""
        return self.now() if at is None else at

    def at_one_instant(self, database: Database) -> Workspace:
        """The same at the instant it is now, on another connection: for a report that takes its time."""
        return Workspace(database, self.settings, self.zone, config=self.config, now=self.now())

    @property
    def refusal(self) -> str | None:
        """Why nothing can be recorded; None where something can."""
        return self.database.file.refusal

    def today(self) -> str:
        """The date it is, by the setting `day_starts_at`."""
        return self.day_of(self.now())

    def near_date(self, date: str) -> str:
        """A date with its weekday, and its year where that is not today's: `Mon 23 Nov`."""
        return format_near_date(date, self.today())

    def day_of(self, instant: int) -> str:
        """The date an instant belongs to."""
        return days.day_of(instant, self.zone, self.settings.day_starts_at)

    def first_weekday(self) -> int:
        """The weekday on which weeks begin, Monday 0."""
        if self._first_weekday is None:
            self._first_weekday = first_weekday(self.settings)
        return self._first_weekday

    def this_week(self) -> str:
        """The name of the week it is."""
        return self.week_of(self.today())

    def week_of(self, date: str) -> str:
        """The name of the week of a date."""
        return days.week_of(date, self.first_weekday())

    def week_dates(self, week: str) -> list[str]:
        """The seven dates of a week."""
        return days.week_dates(week, self.first_weekday())

    def week_label(self, date: str) -> str:
        """The week a date is in as the reader writes it: `2026-W48`, `2026-S48`."""
        return format_week(self.week_of(date))

    def remembered(self, name: str) -> str | None:
        """What was to be remembered under this name, in this run or an earlier one."""
        return self.database.state(name)

    def remembered_number(self, name: str) -> int | None:
        """The whole number that is remembered under this name; None for none, and for what is no number."""
        value = self.remembered(name) or ""
        return int(value) if value.isdecimal() else None

    def remember(self, name: str, value: str) -> None:
        """Remember a value for the next run."""
        self.database.set_state(name, value)
