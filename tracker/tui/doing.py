"""What the keys do. Each action asks what it must in a dialog, does it on the desk, and says what is now true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.calendar.durations import say_duration
from tracker.locale import _
from tracker.model import OUTCOME_KINDS, TrackerError
from tracker.tui import reading, words
from tracker.tui.dialogs.chooser import Choice, Chooser
from tracker.tui.dialogs.line import LineDialog
from tracker.tui.keys import BY_ID, DAY, TIMER, WEEK
from tracker.tui.screens.start_list import usual_words
from tracker.tui.theme import hue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tracker.model import Channel
    from tracker.tui.app import TrackerApp
    from tracker.tui.desk import Desk

LOOKED_AT = ("social", "messaging")


class Doing:
    """The actions by their names in keys.py: `do("start")` calls `start`."""

    def __init__(self, app: TrackerApp) -> None:
        self.app = app

    @property
    def desk(self) -> Desk:
        """The file."""
        return self.app.desk

    def do(self, name: str) -> None:
        """Do one action; what cannot be done is said in one line."""
        if name in (TIMER, DAY, WEEK):
            self.app.turn_to(name)
            return
        self.safely(getattr(self, name))

    def safely(self, action: Callable[[], None]) -> None:
        """Run an action; a TrackerError becomes a notice, with nothing changed."""
        try:
            action()
        except TrackerError as error:
            self.app.notify(str(error), severity="warning", markup=False)

    def did(self, says: str) -> None:
        """Show the new state, and say it."""
        self.app.reload()
        self.app.notify(says, timeout=4, markup=False)

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

    # Beside the timer

    def outcome(self) -> None:
        """Ask for the kind, then the rest in one line."""
        choices = [Choice(kind[0], _(words.OUTCOMES[kind]), "", "", kind) for kind in OUTCOME_KINDS]
        self.choose(_("What came of it?"), choices, self._outcome_of)

    def _outcome_of(self, kind: str) -> None:
        self.ask(
            LineDialog(
                _("A {kind}").format(kind=_(words.OUTCOMES[kind])),
                lambda line: reading.read_outcome(line, kind, self.desk),
                placeholder=_("linkedin 480 @samia"),
                hint=_("channel, amount, @who, note; each may be left out"),
            ),
            lambda found: self._came(kind, found),
        )

    def _came(self, kind: str, found: dict[str, Any]) -> None:
        outcome = self.desk.outcome(kind, **found)
        via = _(" via {channel}").format(channel=self.title(outcome.channel)) if outcome.channel else ""
        self.did(_("Noted: {kind}").format(kind=_(words.OUTCOMES[kind])) + via)

    def contact(self) -> None:
        """Ask how one talked, then to whom."""
        talks = [channel for channel in self.desk.channels() if channel.kind == "in_person"]
        choices = [Choice(one.letter or "", one.title, hue(one.name), "", one.name) for one in talks]
        self.choose(_("How did you talk?"), choices, self._contact_by)

    def _contact_by(self, channel: str) -> None:
        self.ask(
            LineDialog(
                _("{channel}: with whom?").format(channel=self.title(channel)),
                lambda line: reading.read_contact(line, channel, self.desk),
                placeholder=_("@samia street 20m about masks"),
                hint=_("@who, ring (building street district city beyond), time, note; it ended just now"),
                complete=lambda line: [f"@{who}" for who in self.desk.people() if f"@{who}".startswith(line) and line],
            ),
            lambda found: self._talked(channel, found),
        )

    def _talked(self, channel: str, found: dict[str, Any]) -> None:
        session = self.desk.contact(channel, **found)
        who = session.person or _("someone")
        self.did(_("Talked to {who}").format(who=who))

    def note(self) -> None:
        """One line of one's own for the day that is shown, or today."""
        date = self.date()
        self.ask(
            LineDialog(
                _("A line for {date}").format(date=words.short_date(date)),
                lambda line: (line, reading.as_typed(line)),
                value=self.desk.day(date).note or "",
                hint=_("your own words; an empty line takes them away"),
            ),
            lambda line: self._written(date, line),
        )

    def _written(self, date: str, line: str) -> None:
        self.desk.note(date, line)
        self.did(_("Written"))

    def zero(self) -> None:
        """Say that the day shown was without social time."""
        date = self.date()
        self.desk.confirm_zero(date)
        self.did(_("{date} is confirmed as zero").format(date=words.short_date(date)))

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
        """Leave; a running timer goes on without us, and says so."""
        session = self.desk.running()
        says = None
        if session:
            says = _(
                "{channel} keeps running since {clock}; `tracker status` shows it, `tracker stop` stops it"
            ).format(channel=self.title(session.channel), clock=words.clock(session.start, session.zone))
        self.app.farewell = says
        self.app.exit()

    # What the actions share

    def title(self, channel: str | None) -> str:
        """What a channel is called."""
        return self.desk.title(channel) if channel else ""

    def date(self) -> str:
        """The date shown on the Day, today elsewhere."""
        return getattr(self.app.view, "date", None) or self.desk.today()

    def chosen(self) -> int:
        """The id of the chosen session; TrackerError if there is none."""
        session = self.app.view.session()
        if session is None:
            raise TrackerError(_("no session is chosen; / logs one"))
        return session.id

    def looked_at(self) -> list[Channel]:
        """The channels one checks."""
        return [channel for channel in self.desk.offered() if channel.kind in LOOKED_AT]

    def letters(self) -> dict[str, str]:
        """Every channel's letter, of those not offered too."""
        return {channel.letter: channel.name for channel in self.desk.channels() if channel.letter}

    def channel_choices(self, offered: Iterable[Channel]) -> list[Choice]:
        """The channels as lines of a chooser, with what was last done there."""
        return [
            Choice(one.letter or "", one.title, hue(one.name), usual_words(self.desk.usual(one.name)), one.name)
            for one in offered
        ]

    def choose(
        self, title: str, choices: list[Choice], then: Callable[[str], None], more: dict[str, str] | None = None
    ) -> None:
        """Ask for one of the choices."""
        self.ask(Chooser(title, choices, more), then)

    def ask(self, dialog: Any, then: Callable[[Any], None]) -> None:
        """Show a dialog; what it answers is done, safely, and None is left alone."""

        def answered(value: Any) -> None:
            if value is not None:
                self.safely(lambda: then(value))

        self.app.push_screen(dialog, answered)


assert all(hasattr(Doing, name) for name in BY_ID if name not in (TIMER, DAY, WEEK)), "every action can be done"
