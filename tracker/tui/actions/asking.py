"""What all actions share: asking in a dialog, doing safely, saying what is now true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.domain.models import TrackerError
from tracker.locale import _
from tracker.locale.wording import capital
from tracker.services import contacts, outcomes, pausing, queries
from tracker.tui import reading, words
from tracker.tui.keys import BY_ID, said
from tracker.tui.modals.chooser import Choice, Chooser
from tracker.tui.modals.line import LineDialog
from tracker.tui.screens.start_list import usual_words
from tracker.tui.theme import hue
from tracker.tui.widgets.log import Log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tracker.domain.models import Channel, Session
    from tracker.services.workspace import Workspace
    from tracker.tui.app import TrackerApp
    from tracker.tui.modals.dialog import Dialog

LOOKED_AT = ("social", "messaging")


class Asking:
    """The ground under the actions."""

    def __init__(self, app: TrackerApp) -> None:
        self.app = app

    @property
    def workspace(self) -> Workspace:
        """The file."""
        return self.app.workspace

    def safely(self, action: Callable[[], None]) -> None:
        """Run an action; a TrackerError becomes a notice, with nothing changed."""
        try:
            action()
        except TrackerError as error:
            said = str(error)
            self.app.notify(capital(said), severity="warning", markup=False)

    def did(self, says: str, seconds: float = 4) -> None:
        """Show the new state, and say it, for so many seconds."""
        rows = self.app.view.rows()
        marked = rows.marked if isinstance(rows, Log) else frozenset()
        self.app.reload()
        if isinstance(rows, Log) and marked:
            rows.mark_again(marked)
        followed = outcomes.say_moved_outcomes(self.workspace)
        self.app.notify(f"{says} · {followed}" if followed else says, timeout=seconds, markup=False)

    def key(self, name: str) -> str:
        """The key of an action, as the user has it."""
        return said(BY_ID[name], self.app.keymap_changed)

    def inside_pause(self, session: Session) -> str:
        """What is added where something was opened inside a declared pause; empty outside one."""
        pause = pausing.pause_around(self.workspace, session)
        if pause is None:
            return ""
        until = words.later(pause.end, self.workspace.now(), pause.zone)
        return " · " + _("inside the pause until {clock}").format(clock=until)

    def clock_set_back(self, ended: Session) -> str:
        """What is added where a session was stopped by a clock that shows a time before its start; else nothing."""
        if ended.start <= self.workspace.now():
            return ""
        said = _("the clock shows {now}, before its start: saved without a duration · {key} on the Day corrects it")
        return " · " + said.format(now=words.clock(self.workspace.now(), ended.zone), key=self.key("edit"))

    def bridge(self, session: Session) -> str:
        """What is added where somebody crossed the bridge with a session; empty for the others."""
        crossed = contacts.say_bridge(self.workspace, session)
        return f" · {crossed}" if crossed else ""

    def title(self, channel: str | None) -> str:
        """What a channel is called."""
        return queries.title(self.workspace, channel) if channel else ""

    def named(self, id: int) -> str:
        """A session as one would call it."""
        session = queries.session(self.workspace, id)
        return words.line(session, self.title(session.channel))

    def date(self) -> str:
        """The date shown on the Day, today elsewhere."""
        return getattr(self.app.view, "date", None) or self.workspace.today()

    def on_that_day(self) -> str:
        """Behind a dialog's title: ` · Sun 22 Nov`, where an earlier day is shown; nothing where it is today."""
        date, today = self.date(), self.workspace.today()
        return "" if date == today else f" · {words.near_date(date, today)}"

    def on_past_day(self, instant: int) -> str:
        """Behind a notice: ` · on Sun 22 Nov`, an instant's day, where it or the one shown is not today."""
        date, today = self.workspace.day_of(instant), self.workspace.today()
        return "" if date == today == self.date() else " · " + _("on {date}").format(date=words.near_date(date, today))

    def at_what_time(self, what: str, then: Callable[[int], None], likely: int | None = None) -> None:
        """Go on with now; on an earlier day that is shown, ask for the time there first.

        `likely` is what enter alone takes: an instant of that day. Without it a time has to be typed, as none is known.
        """
        date, zone = self.date(), self.workspace.zone
        if date == self.workspace.today():
            then(self.workspace.now())
            return
        self.ask(
            LineDialog(
                f"{what}{self.on_that_day()}",
                lambda line: reading.read_time_of(date, line, self.workspace, likely),
                placeholder=words.clock(likely, zone) if likely is not None else _("at what time? such as 14:05"),
                hint=_("the time on that day: 14:05")
                if likely is None
                else _("the time on that day; ⏎ alone: {clock}").format(clock=words.clock(likely, zone)),
            ),
            then,
        )

    def chosen(self) -> int:
        """The id of the chosen session; TrackerError if there is none."""
        session = self.app.view.session()
        if session is None:
            raise TrackerError(_("no session is chosen; / logs one"))
        return session.id

    def day_log(self) -> Log:
        """The log of the day that is shown; TrackerError on another screen."""
        log = self.app.view.rows()
        if not isinstance(log, Log):
            raise TrackerError(_("that is for the Day: 2 shows it"))
        return log

    def picked(self) -> list[int]:
        """The ids of what is marked in the day's log, by time; else of the chosen session alone."""
        log = self.day_log()
        marked = [part.session.id for part in log.everything if part.session.id in log.marked]
        return list(dict.fromkeys(marked)) or [self.chosen()]

    def looked_at(self) -> list[Channel]:
        """The channels one checks."""
        return [channel for channel in queries.offered(self.workspace) if channel.kind in LOOKED_AT]

    def letters(self) -> dict[str, str]:
        """Every channel's letter, of those not offered too."""
        return {channel.letter: channel.name for channel in queries.channels(self.workspace) if channel.letter}

    def channel_choices(self, offered: Iterable[Channel]) -> list[Choice]:
        """The channels as lines of a chooser, with what was last done there."""
        return [
            Choice(
                one.letter or "",
                one.title,
                hue(one.name),
                usual_words(queries.last_use(self.workspace, one.name)),
                one.name,
            )
            for one in offered
        ]

    def choose(
        self,
        title: str,
        choices: list[Choice],
        then: Callable[[str], None],
        more: dict[str, str] | None = None,
        *,
        passing: bool = False,
        own: str | None = None,
    ) -> None:
        """Ask for one of the choices; `passing` offers them only: any other key closes the offer and does what it does.

        `own` is the choice of one's own words: what is typed and is no choice begins them.
        """
        self.ask(Chooser(title, choices, more, passing=passing, own=own), then)

    def ask(self, dialog: Dialog, then: Callable[[Any], None]) -> None:
        """Show a dialog; what it answers is done, safely, and None is left alone."""

        self.app.hush()
        dialog.then = lambda value: self.safely(lambda: then(value))
        self.app.push_screen(dialog)
