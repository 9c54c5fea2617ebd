"""The log: adding to it and putting it right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.calendar.durations import MINUTE, say_duration
from tracker.domain.models import Session, TrackerError
from tracker.locale import _, ngettext
from tracker.reports.effects import listed
from tracker.tui import reading, words
from tracker.tui.actions.overlapping import Overlapping
from tracker.tui.desk.overlapping import SessionChange
from tracker.tui.modals.chooser import Choice
from tracker.tui.modals.line import LineDialog
from tracker.tui.screens.day import DayView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.content import Content

    from tracker.calendar.session_line import Entry
    from tracker.storage.effects import Effects

#: How many rows the dialog of a line needs beside what its lines become.
BESIDE_LINES = 10

#: Sessions of one channel no further apart than this, in seconds, are one anyway: to merge them asks nothing.
TOUCHING = 30


class Editing(Overlapping):
    """Its actions, by their names in keys.py."""

    def add(self) -> None:
        """A session in one line, on the day that is shown."""
        self._add_line(_("Log a session on {date}").format(date=words.near_date(self.date(), self.desk.today())), "")

    def _add_line(self, title: str, value: str, *, before: bool = True) -> None:
        date = self.date()

        def read(line: str) -> tuple[tuple[list[Entry], str], Content]:
            entries, said = reading.read_entries(line, self.desk, date, self.app.size.height - BESIDE_LINES)
            return (entries, line), said

        self.ask(
            LineDialog(
                title,
                read,
                value=value,
                before=before,
                example=_("linkedin create 14:00-14:25 carousel for Samia"),
                complete=lambda line: reading.complete_entry(line, self.desk),
                hint=_('channel, activity, 14:00-14:25 or 25m, @who, @"Anna Berg", ring, note'),
                several=True,
            ),
            lambda found: self._log_all(found[0], lambda: self._add_line(title, found[1], before=False)),
        )

    def _log_all(self, entries: list[Entry], again: Callable[[], None]) -> None:
        """Add what one line says, or several do: all of it, or nothing, and what was typed is asked `again`."""
        if len(entries) == 1:
            self._log(entries[0], again)
            return
        try:
            added = self.desk.add_all([entry._asdict() for entry in entries])
        except TrackerError:
            again()
            raise
        self._follow(added[-1].id)
        n, spent = len(added), sum((one.end or one.start) - one.start for one in added)
        says = ngettext("Logged {n} session, {time}", "Logged {n} sessions, {time}", n)
        days = dict.fromkeys(self.desk.day_of(one.start) for one in added)
        on = self.on_past_day(added[0].start)
        if len(days) > 1:
            on = " · " + _("on {date}").format(date=", ".join(words.near_date(one, self.desk.today()) for one in days))
        self.did(says.format(n=n, time=say_duration(spent)) + on)

    def _log(self, entry: Entry, again: Callable[[], None]) -> None:
        """Add what a line says; where that cannot be written the line is asked `again`: what was typed is not lost."""
        wanted = Session(0, entry.channel, entry.start, entry.end, self.desk.zone)
        change = SessionChange(lambda how: self.desk.add(**entry._asdict(), how=how), (wanted,))
        self.settle(change, self._added, again)

    def _added(self, found: Effects) -> None:
        """Say what was recorded: the times of each piece, and how long all of it is."""
        session = found.mine[0]
        self._follow(session.id)
        spans, spent = self.pieces(found)
        says = _("Logged {channel} {spans}, {time}").format(
            channel=self.title(session.channel), spans=spans, time=spent
        )
        says += self.on_past_day(session.start)
        self.did(" · ".join((says, *self.besides(found))) + self.bridge(session))

    def edit(self) -> None:
        """The chosen line where it stands; the marked ones all at once."""
        log = self.day_log()
        if log.marked:
            self.app.doing.do("change")
            return
        from tracker.tui.modals.row import RowEdit

        session = self.desk.session(self.chosen())
        if log.line_of_chosen() is None:
            self.fields()
        else:
            self.ask(RowEdit(self.desk, session, log), lambda changed: self._changed(session, changed))

    def fields(self) -> None:
        """Every field of the chosen session."""
        self.fields_of(self.chosen())

    def fields_of(self, id: int) -> None:
        """Every field of a session, wherever it is listed."""
        from tracker.tui.modals.edit import EditDialog

        session = self.desk.session(id)
        self.ask(EditDialog(self.desk, session), lambda changed: self._changed(session, changed))

    def _changed(self, session: Session, changed: dict[str, Any]) -> None:
        if not changed:
            return
        change = SessionChange(
            lambda how: self.desk.edit(session, how, **changed), (session._replace(**changed),), (session,)
        )

        def tell(found: Effects) -> None:
            self._follow(session.id)
            says = _("Changed: {line}").format(line=self.named(session.id))
            self.did(" · ".join((says, *self.besides(found))))

        self.settle(change, tell)

    def delete(self) -> None:
        """At once, all that is marked: undo brings it back."""
        gone, found = self.desk.deleted(*self.picked())
        what = self.title(gone[0].channel) if len(gone) == 1 else words.sessions(len(gone))
        says = _("Deleted {channel} · {key} undoes").format(key=self.key("undo"), channel=what)
        self.did(" · ".join((says, *self.besides(found, gone[0].zone))))

    def split(self) -> None:
        """Ask for the time; the middle is offered."""
        id = self.chosen()
        session = self.desk.session(id)
        end = session.end if session.end is not None else self.desk.now()
        if end - session.start < MINUTE:
            lasts = say_duration(end - session.start)
            raise TrackerError(_("that session is too short to be split: {time}").format(time=lasts))
        self.ask(
            LineDialog(
                _("Split {line} at").format(line=self.named(id)),
                lambda line: reading.read_split(line, id, self.desk),
                placeholder=words.clock((session.start + end) // 2, session.zone),
                hint=_("⏎ alone: in the middle"),
            ),
            lambda at: self._split_at(id, at),
        )

    def _split_at(self, id: int, at: int) -> None:
        parts = self.desk.split(id, at)
        spans = listed([words.times(one.start, one.end, one.zone) for one in parts])
        self.did(_("Split: {line}").format(line=f"{self.title(parts[0].channel)} {spans}"))

    def merge(self) -> None:
        """Join what is marked, or the chosen one with the one before on the same channel."""
        ids = self.picked()
        if len(ids) == 1:
            ids = [self._before(ids[0]), *ids]
        parts, added = self.desk.to_merge(ids)
        if added <= TOUCHING:
            self._merge(parts)
            return
        last = parts[-1].end if parts[-1].end is not None else self.desk.now()
        says = _("with {gap} between: {time} in all").format(
            gap=say_duration(added), time=say_duration(last - parts[0].start)
        )
        title = _("Merge {sessions}?").format(sessions=self._together(parts))
        choices = [Choice("k", _("Keep apart"), "", "", ""), Choice("m", _("Merge"), "", says, "m")]
        self.choose(title, choices, lambda merged: self._merge(parts) if merged else None)

    def _merge(self, parts: list[Session]) -> None:
        whole, found = self.desk.merged(parts)
        self._follow(whole.id)
        says = _("Merged {sessions}: {line}").format(sessions=self._together(parts), line=self.named(whole.id))
        self.did(" · ".join((says, *self.besides(found, whole.zone))))

    def _together(self, parts: list[Session]) -> str:
        """`X 09:12–09:13 and 18:02–18:06`; of many the first and the last."""
        first, last = (words.times(part.start, part.end, part.zone) for part in (parts[0], parts[-1]))
        says = _("{channel} {first} and {last}") if len(parts) == 2 else _("{channel} {first} to {last}")
        return says.format(channel=self.title(parts[0].channel), first=first, last=last)

    def _before(self, id: int) -> int:
        session = self.desk.session(id)
        before = [
            part.session.id
            for part in self.desk.day(self.desk.day_of(session.start)).parts
            if part.session.channel == session.channel and part.session.start < session.start
        ]
        if not before:
            raise TrackerError(_("there is no earlier session of this channel on that day"))
        return before[-1]

    def undo(self) -> None:
        """Take back the last change."""
        self.did(self.desk.undo())

    def redo(self) -> None:
        """Do again what was undone."""
        self.did(self.desk.redo())

    def _follow(self, id: int) -> None:
        if isinstance(self.app.view, DayView):
            self.app.view.follow = id
