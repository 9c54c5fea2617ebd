"""The Day's log in one go: marking, sifting, moving, filling and repeating its lines; jumping to another day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.calendar.days import next_date
from tracker.calendar.durations import say_duration
from tracker.domain.models import TrackerError
from tracker.locale import _
from tracker.services import queries, session_editing
from tracker.services.overlap_questions import SessionChange
from tracker.services.session_editing import days_later
from tracker.tui import reading, words
from tracker.tui.actions.editing import Editing
from tracker.tui.fields import read_field
from tracker.tui.modals.chooser import Choice
from tracker.tui.modals.line import LineDialog
from tracker.tui.theme import hue
from tracker.tui.widgets.sifting import gap

if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.storage.effects import Effects

#: What < and > move a session by, in seconds.
STEP = 5 * 60

#: Chooses every session of the day before.
ALL = "all"

_LETTERS = "123456789bcdefghijklmnopqrstuvwxyz"


class Picking(Editing):
    """Its actions, by their names in keys.py."""

    def mark(self) -> None:
        """Mark the chosen line, or take its mark off."""
        self.day_log().mark()

    def unmark(self) -> None:
        """Take off all marks; without any, show again what the filter hides."""
        log = self.day_log()
        if log.marked:
            log.unmark()
        else:
            log.sift("")

    def sift(self) -> None:
        """Ask for words, and show the lines that say them."""
        from tracker.tui.modals.sift import Sift

        self.app.push_screen(Sift(self.day_log()))

    def change(self) -> None:
        """Ask which field all that is marked should share, then its value."""
        title = _("Change {what}").format(what=words.sessions(len(self.picked())))
        names = (("c", "channel"), ("a", "activity"), ("w", "person"), ("r", "ring"), ("i", "intention"), ("n", "note"))
        labels = {"person": _("with"), "channel": _("channel"), "activity": _("activity"), "ring": _("ring")}
        labels |= {"intention": _("intention"), "note": _("note")}
        self.choose(title, [Choice(key, labels[name], "", "", name) for key, name in names], self._change)

    def _change(self, name: str) -> None:
        ids = self.picked()
        if name == "channel":
            letters = self.letters()
            channels = self.channel_choices(queries.offered(self.workspace))
            self.choose(_("To which channel?"), channels, lambda value: self._shared(ids, name, value), letters)
            return
        first = queries.session(self.workspace, ids[0])

        def read(line: str) -> tuple[object, object]:
            value, said = read_field(name, line, first, self.workspace)
            return (value,), reading.as_typed(said, "note")

        line = LineDialog(_("For all of them"), read)  # type: ignore[arg-type]  # the value is wrapped: None is one
        self.ask(line, lambda value: self._shared(ids, name, value[0]))

    def _shared(self, ids: list[int], name: str, value: Any) -> None:
        seen = tuple(queries.session(self.workspace, id) for id in ids)
        wanted = tuple(one._replace(**{name: value}) for one in seen)
        change = SessionChange(
            lambda how: session_editing.change(self.workspace, ids, **{name: value}, how=how), wanted, seen
        )

        def tell(found: Effects) -> None:
            self.day_log().unmark()
            says = _("Changed {what}").format(what=words.sessions(len(ids)))
            self.did(" · ".join((says, *self.besides(found))))

        self.settle(change, tell)

    def sooner(self) -> None:
        """Five minutes earlier."""
        self._shift(-STEP)

    def later_on(self) -> None:
        """Five minutes later."""
        self._shift(STEP)

    def _shift(self, seconds: int) -> None:
        ids = self.picked()
        seen, wanted = session_editing.shifted_sessions(self.workspace, ids, seconds)
        change = SessionChange(
            lambda how: session_editing.shift(self.workspace, ids, seconds, how), tuple(wanted), tuple(seen)
        )
        self.settle(change, self._moved)

    def _moved(self, found: Effects) -> None:
        if len(found.wanted) == 1 and len(found.mine) == 1:
            (moved,) = found.mine
            says = words.times(moved.start, moved.end, moved.zone)
            says = _("{channel} is now {span}").format(channel=self.title(moved.channel), span=says)
        else:
            says = _("Moved {what}").format(what=words.sessions(len(found.wanted)))
        self.did(" · ".join((says, *self.besides(found))))

    def fill(self) -> None:
        """What happened in the gap before the chosen line, or after it."""
        log = self.day_log()
        if not log.parts:
            self.add()
            return
        until = min(self.workspace.now(), queries.day(self.workspace, self.date()).end)
        found = gap(log.everything, log.everything.index(log.parts[log.chosen]), until)
        if not found:
            raise TrackerError(_("there is no gap beside this line"))
        start, end = (words.clock(instant, self.workspace.zone) for instant in found)
        title = _("{start}–{end}, {time}: what was it?").format(
            start=start, end=end, time=say_duration(found[1] - found[0])
        )
        self._add_line(title, f" {start}-{end}")

    def repeat(self) -> None:
        """Choose of the day before what was done again, at the same times."""
        before = session_editing.sessions_by_hand(self.workspace, next_date(self.date(), -1))
        if not before:
            raise TrackerError(_("nothing was logged by hand the day before"))
        choices = [Choice("a", _("all of them"), "bold", words.sessions(len(before)), ALL)]
        choices += [self._line(letter, one) for letter, one in zip(_LETTERS, before, strict=False)]
        self.choose(_("Again, as the day before") + self.on_that_day(), choices, lambda id: self._repeat(before, id))

    def _line(self, letter: str, session: Session) -> Choice:
        detail = " · ".join(part for part in (session.activity, session.intention or session.note) if part)
        label = f"{words.times(session.start, session.end, session.zone)} {self.title(session.channel)}"
        return Choice(letter, label, hue(session.channel), detail, str(session.id))

    def _repeat(self, before: list[Session], id: str) -> None:
        copies = [days_later(session, 1) for session in before if id in (ALL, str(session.id))]

        def tell(found: Effects) -> None:
            self._follow(found.mine[-1].id)
            says = _("Again: {what}").format(what=words.sessions(len(found.mine))) + self.on_past_day(
                found.mine[-1].start
            )
            self.did(" · ".join((says, *self.besides(found))))

        self.settle(SessionChange(lambda how: session_editing.repeat(self.workspace, copies, how), tuple(copies)), tell)

    def jump(self) -> None:
        """To a date, or the week it is in."""
        self.ask(
            LineDialog(
                _("Go to"),
                lambda line: reading.read_date(line, self.workspace),
                placeholder=_("yesterday, monday, 12/11, 2026-11-12"),
                hint=_("a day that is past"),
            ),
            self._to,
        )

    def _to(self, date: str) -> None:
        self.app.view.go(date, self.workspace)
