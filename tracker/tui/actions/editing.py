"""The log: adding to it and putting it right."""

from __future__ import annotations

from typing import Any

from tracker.calendar.durations import say_duration
from tracker.locale import _
from tracker.model import TrackerError
from tracker.tui import reading, words
from tracker.tui.actions.asking import Asking
from tracker.tui.dialogs.line import LineDialog


class Editing(Asking):
    """Its actions, by their names in keys.py."""

    def add(self) -> None:
        """A session in one line, on the day that is shown."""
        date = self.date()
        self.ask(
            LineDialog(
                _("Log a session on {date}").format(date=words.short_date(date)),
                lambda line: reading.read_entry(line, self.desk, date),
                placeholder=_("linkedin create 14:00-14:25 carousel for Samia"),
                complete=lambda line: reading.complete_entry(line, self.desk),
                hint=_("channel, activity, 14:00-14:25 or 25m, @who, ring, note"),
            ),
            self._logged,
        )

    def _logged(self, entry: Any) -> None:
        session = self.desk.add(**entry._asdict())
        from tracker.tui.screens.day import DayView

        if isinstance(self.app.view, DayView):
            self.app.view.follow = session.id
        says = _("Logged {channel}, {time}").format(
            channel=self.title(entry.channel), time=say_duration(entry.end - entry.start)
        )
        self.did(says + self.bridge(session))

    def edit(self) -> None:
        """The chosen session's fields."""
        from tracker.tui.dialogs.edit import EditDialog

        session = self.desk.session(self.chosen())

        def keep(changed: dict[str, Any]) -> None:
            if changed:
                self.desk.edit(session.id, **changed)
                self.did(_("Changed session {id}").format(id=session.id))

        self.ask(EditDialog(self.desk, session), keep)

    def delete(self) -> None:
        """At once: undo brings it back."""
        session = self.desk.delete(self.chosen())
        self.did(_("Deleted {channel} · z undoes").format(channel=self.title(session.channel)))

    def split(self) -> None:
        """Ask for the time."""
        id = self.chosen()
        self.ask(
            LineDialog(
                _("Split session {id} at").format(id=id),
                lambda line: reading.read_split(line, id, self.desk),
                placeholder="14:10",
            ),
            lambda at: self._split_at(id, at),
        )

    def _split_at(self, id: int, at: int) -> None:
        self.desk.split(id, at)
        self.did(_("Split session {id}").format(id=id))

    def merge(self) -> None:
        """Join with the one before on the same channel."""
        session = self.desk.session(self.chosen())
        before = [
            part.session.id
            for part in self.desk.day(self.desk.day_of(session.start)).parts
            if part.session.channel == session.channel and part.session.start < session.start
        ]
        if not before:
            raise TrackerError(_("there is no earlier session of this channel on that day"))
        whole = self.desk.merge([before[-1], session.id])
        self.did(_("Merged into session {id}").format(id=whole.id))

    def undo(self) -> None:
        """Take back the last change."""
        self.did(self.desk.undo())

    def redo(self) -> None:
        """Do again what was undone."""
        self.did(self.desk.redo())
