"""What the keys do. Each action asks what it must in a dialog, does it on the desk, and says what is now true."""

from __future__ import annotations

from typing import Any

from tracker.calendar.durations import say_duration
from tracker.locale import _
from tracker.model import TrackerError
from tracker.tui import reading, words
from tracker.tui.dialogs.line import LineDialog
from tracker.tui.keys import BY_ID, DAY, TIMER, WEEK
from tracker.tui.recording import Recording
from tracker.tui.screens.start_list import usual_words


class Doing(Recording):
    """The actions by their names in keys.py: `do("start")` calls `start`."""

    def do(self, name: str) -> None:
        """Do one action; what cannot be done is said in one line."""
        if name in (TIMER, DAY, WEEK):
            self.app.turn_to(name)
            return
        self.safely(getattr(self, name))

    # Timer

    def toggle(self) -> None:
        """Stop what runs, or resume what ran last."""
        if not self.desk.running():
            session = self.desk.resume()
            self.did(_("Resumed {channel}").format(channel=self.title(session.channel)))
            return
        session = self.desk.stop()
        spent = (session.end or session.start) - session.start
        says = _("Stopped {channel} after {time}").format(channel=self.title(session.channel), time=say_duration(spent))
        over = spent - session.planned_seconds if session.planned_seconds else 0
        self.did(f"{says} · " + _("{time} over plan").format(time=say_duration(over)) if over > 60 else says)

    def cancel(self) -> None:
        """Drop what runs."""
        session = self.desk.cancel()
        self.did(_("Dropped {channel} · z brings it back").format(channel=self.title(session.channel)))

    def start(self) -> None:
        """Ask for the channel."""
        self.choose(_("Start"), self.channel_choices(self.desk.offered()), self.start_on, self.letters())

    def start_on(self, channel: str) -> None:
        """Ask what for; enter alone takes what was done there last."""
        usual = self.desk.usual(channel)
        last = usual_words(usual)
        self.ask(
            LineDialog(
                _("Start {channel}: what for?").format(channel=self.title(channel)),
                lambda line: reading.read_start(line, channel, usual, self.desk),
                placeholder=last or _("create 25m carousel"),
                complete=lambda line: reading.complete_start(line, self.desk),
                hint=_("activity, time planned, intention: create 25m carousel · ⏎ alone: as last time"),
            ),
            lambda found: self._started(channel, found),
        )

    def _started(self, channel: str, found: dict[str, Any]) -> None:
        before = self.desk.running()
        session = self.desk.start(channel, **found)
        plan = f" · {say_duration(session.planned_seconds)}" if session.planned_seconds else ""
        begun = _("Started {channel}").format(channel=self.title(channel)) + plan
        if before:
            begun += " · " + _("stopped {channel}").format(channel=self.title(before.channel))
        self.did(begun)

    def check(self) -> None:
        """Ask for the channel; c is the last one again."""
        last = self.desk.last_opened()
        title = _("Check: c is {channel} again").format(channel=self.title(last)) if last else _("Check")
        again = {"c": last} if last else {}
        self.choose(title, self.channel_choices(self.looked_at()), self.check_on, {**self.letters(), **again})

    def check_on(self, channel: str) -> None:
        """Record a check now."""
        session = self.desk.check(channel)
        self.did(
            _("{clock} checked {channel}").format(
                clock=words.clock(session.start, session.zone), channel=self.title(channel)
            )
        )

    def urge(self) -> None:
        """Ask for the channel that was not opened."""
        self.choose(
            _("An urge resisted: which?"), self.channel_choices(self.looked_at()), self._resisted, self.letters()
        )

    def _resisted(self, channel: str) -> None:
        self.desk.urge(channel)
        self.did(_("Resisted {channel} ✓").format(channel=self.title(channel)))

    # The log

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
        self.did(
            _("Logged {channel}, {time}").format(
                channel=self.title(entry.channel), time=say_duration(entry.end - entry.start)
            )
        )

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

    # Moving about

    def earlier(self) -> None:
        """The day or week before."""
        self.app.view.turn(-1, self.desk)

    def later(self) -> None:
        """The day or week after."""
        self.app.view.turn(1, self.desk)

    def now(self) -> None:
        """Today or this week."""
        self.app.view.back(self.desk)

    def up(self) -> None:
        """A line up."""
        self.move(-1)

    def down(self) -> None:
        """A line down."""
        self.move(1)

    def move(self, steps: int) -> None:
        """Choose another line of the view."""
        rows = self.app.view.rows()
        if rows:
            rows.move(steps)

    def open(self) -> None:
        """The evidence of the chosen pattern; on the Day, the chosen session."""
        from tracker.tui.screens.evidence import Patterns

        rows = self.app.view.rows()
        if not isinstance(rows, Patterns):
            self.edit()
        elif rows.items:
            from tracker.tui.dialogs.evidence import evidence

            self.app.push_screen(evidence(rows.items[rows.chosen], self.desk))

    def help(self) -> None:
        """Every key."""
        from tracker.tui.dialogs.help import keys_page

        self.app.push_screen(keys_page(self.app.keymap_changed))

    def palette(self) -> None:
        """Find anything by its name."""
        self.app.action_command_palette()

    def dark(self) -> None:
        """The other one of our themes."""
        self.app.theme = "tracker-light" if self.app.current_theme.dark else "tracker-dark"

    def quit(self) -> None:
        """Leave; a running timer goes on without us, and says so - but not the demo's, whose file goes with it."""
        session = None if self.app.demo else self.desk.running()
        says = None
        if session:
            says = _(
                "{channel} keeps running since {clock}; `tracker status` shows it, `tracker stop` stops it"
            ).format(channel=self.title(session.channel), clock=words.clock(session.start, session.zone))
        self.app.farewell = says
        self.app.exit()


assert all(hasattr(Doing, name) for name in BY_ID if name not in (TIMER, DAY, WEEK)), "every action can be done"
