"""The workspace of the screens: it watches the file and the settings that other programs may write meanwhile.

Settings are changed here, for the command line too. Amounts in the log keep their currency, and are not converted when
another is set.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from tracker import settings
from tracker.calendar import clock
from tracker.domain.errors import TrackerError
from tracker.locale import _, ngettext
from tracker.services import queries
from tracker.settings import AMOUNTS, Settings, amount_in_set_currency, load
from tracker.storage import Database, channels, day_records, habits, outcomes, undo_steps
from tracker.storage.read_cache import ReadCache
from tracker.workspace import Workspace


def refuse_thresholds(settings: Settings, path: str) -> None:
    """Raise TrackerError for thresholds in the file at `path` that no pattern can have: people write it by hand."""
    if settings.patterns:
        from tracker.analytics.patterns.registry import refuse_limits

        refuse_limits(settings.patterns, path)


def fingerprint(path: str | None) -> tuple[int, ...] | None:
    """Size, times and inode of the file at `path`, which differ once it was written; None where there is none."""
    try:
        status = os.stat(path) if path else None
    except OSError:
        return None
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino) if status else None


class LiveWorkspace(Workspace):
    """A workspace that stays open while other programs write the file and the settings: that of the screens."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        zone: str | None = None,
        config: str | None = None,
        seen: tuple[int, ...] | None = None,
    ) -> None:
        """`config` is the settings file, `seen` its fingerprint before it was read."""
        super().__init__(database, settings, zone, config=config)
        #: The fingerprint of the settings file from before it was read: what is written while it is read is seen at the
        #: next look. A file without one is read then.
        self._settings_file = seen
        #: Whether the settings file was missing or empty at the last look: an editor may be replacing it just then.
        self._being_written = False
        self._waiting = 0
        self._refusal = database.file.refusal
        database.cache = ReadCache()
        self._last_change = undo_steps.last_entry(database)

    def now(self) -> int:
        """The current instant, in UTC seconds; where the file was lost, that instant: nothing is recorded after it."""
        return super().now() if self.lost is None else self.lost

    def change_setting(self, name: str, value: str, *, confirmed: bool = False) -> None:
        """Change one setting in the settings file; an empty value is the default. TrackerError: nothing is changed.

        Raises UncountedAmounts for a currency in which amounts would not count any more, unless it is `confirmed`.
        """
        check = self.refuse_thresholds
        self.save(lambda path: change_setting(path, name, value, lambda: self, confirmed=confirmed, check=check))

    def save(self, change: Callable[[str], Settings]) -> None:
        """Change the settings file, whose path is given, and use what it holds then. TrackerError: nothing is changed.

        The next look reads it, as another program may have written it right after.
        """
        if self.config is None:
            raise TrackerError(_("there is no settings file to change"))
        self.use_settings(change(self.config))
        self._settings_file = ()

    def use_settings(self, settings: Settings) -> None:
        """Use these settings from here on."""
        self.settings, self._first_weekday = settings, None

    def changed_settings(self) -> Settings | None:
        """Once a second: the settings as another program has written them since; None where it has not.

        Raises TrackerError, once for each writing, where they cannot be read or used.
        """
        now_on_disk = fingerprint(self.config)
        if self.config is None or now_on_disk == self._settings_file:
            return None
        if (now_on_disk is None or now_on_disk[0] == 0) and not self._being_written:
            self._being_written = True  # a second later it is there, or is meant to be gone
            return None
        self._being_written, self._settings_file = False, now_on_disk
        settings = load(self.config)
        self.refuse_thresholds(settings)
        return settings if settings != self.settings else None

    def refuse_thresholds(self, wanted: Settings) -> None:
        """Raise TrackerError for thresholds that no pattern can have."""
        refuse_thresholds(wanted, self.config or "")

    def check_file(self) -> str | None:
        """Once a second: whether the file is still the one that was opened, and whether to bring the log into it.

        Returns what is to be said where the file was moved or replaced: once.
        """
        database = self.database
        warning, database.file.warning = database.file.warning, None
        if warning:
            return warning
        try:
            database.file.verify()
        except TrackerError as error:
            if not database.file.refusal:
                return str(error)
        if database.file.refusal != self._refusal:  # found now, or by the key that was pressed before
            self._refusal = database.file.refusal
            if database.file.refusal:
                self.lost = None if database.file.real_path else clock.now()
                return database.file.refusal
        # Quiet is a log that has stayed as it is since the second before.
        waiting, self._waiting = self._waiting, database.file.waiting()
        if waiting and waiting == self._waiting:
            database.file.settle()
        return None

    def was_replaced(self) -> bool:
        """Whether the file holds another history than at the last such question: a backup was restored over it."""
        continues, self._last_change = undo_steps.follow_log(self.database, self._last_change)
        return not continues

    def data_version(self) -> int:
        """Differs once another program has written the file."""
        return self.database.data_version()


_GREETED = "greeted"


def greeting_is_due(workspace: Workspace) -> bool:
    """Whether to greet: the file has no record of any kind, can be written, and nobody was greeted on it before."""
    return not workspace.refusal and workspace.remembered(_GREETED) is None and is_blank(workspace)


def is_blank(workspace: Workspace) -> bool:
    """Whether the file has no record of any kind: no session, urge, result, habit or note."""
    database, now = workspace.database, workspace.now()
    return (
        queries.is_empty(workspace)
        and not outcomes.in_span(database, 0, now + 1)
        and not habits.habits(database)
        and not day_records.notes_in_span(database, "0000", "9999")
    )


def note_greeted(workspace: Workspace) -> None:
    """Remember that the user of this file was greeted."""
    workspace.remember(_GREETED, workspace.today())


def has_history() -> bool:
    """Whether a source has files on this machine. No file is opened."""
    from tracker.services.source_imports import found_entries

    return bool(found_entries())


class UncountedAmounts(TrackerError):
    """Another currency was not set, because amounts in the log would not count any more; it says how many."""


def change_setting(
    path: str,
    name: str,
    text: str,
    workspace: Callable[[], Workspace],
    *,
    confirmed: bool = False,
    check: Callable[[Settings], None] | None = None,
) -> Settings:
    """Write one setting, as typed, into the settings file at `path`; an empty text is the default. Returns all of them.

    `workspace` gives the log and the settings as they are, which only another currency and names of channels need: any
    other setting can correct a file that cannot be read. Channels are written by their names, whatever alias was typed.
    Raises UncountedAmounts, unless it is `confirmed`, and TrackerError for a wrong value and for what `check` refuses,
    each with the file unchanged.
    """
    if name == "currency" and not confirmed:
        opened = workspace()
        before = opened.settings.currency
        after = settings.read(name, text) if text.strip() else settings.DEFAULT_CURRENCY
        count = outcomes.uncounted_amounts(opened.database, before, after)
        if count:
            message = ngettext(
                "{n} amount in {before} would no longer count as income or spending; none is converted to {after}",
                "{n} amounts in {before} would no longer count as income or spending; none is converted to {after}",
                count,
            ).format(n=count, before=before, after=after)
            hint = _("`tracker config currency {currency} --yes` changes it").format(currency=after)
            raise UncountedAmounts(message, hint)
    if name == "sources" and text.strip():
        from tracker.services.source_imports import check_entries

        check_entries(settings.read(name, text))
    if name == "channels" and text.strip():
        database = workspace().database
        text = ", ".join(channels.find(database, word).name for word in settings.read(name, text))
    return settings.save(path, name, text, check)


def say_unused(now: Settings, name: str) -> list[str]:
    """That the amount `name` is not used, or after `currency` was set which are not: they are in another currency."""
    unused = [
        amount for amount in AMOUNTS if getattr(now, amount) is not None and amount_in_set_currency(now, amount) is None
    ]
    if name in unused:
        return [_("not used while the currency is {currency}").format(currency=now.currency)]
    if name != "currency":
        return []
    return [
        _("{name} stays {value} and is not used").format(name=amount, value=settings.value_text(now, amount))
        for amount in unused
    ]
