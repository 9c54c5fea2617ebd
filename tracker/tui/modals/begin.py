"""Before a session begins: how today stands, then what for and how long, in one dialog.

Today against the budgets is the first line, so that nobody breathes to learn that a limit is reached; then a pause that
starting would break, and what runs and would be stopped. Where a budget is spent, a reason is asked before anything
else: any words will do, and enter without one does nothing. Below, the last ways to begin are offered by their digits
(`enter` takes the marked one; arrows change what and how long), and whatever else is typed is read as a line:
`create 25m carousel @samia`. A digit that begins the line chooses; `/` or a space goes to the line.

The breath runs beside the question, not before it: whoever answers sooner is held until it is over, whoever thinks
longer is not held at all. A purpose in the setting `breath_skips` is not held; after TRUSTED breaths, enter or space
once more cuts one short.

Not now is one key at every moment, and the only one that records an urge resisted. It is a control key, because every
letter may begin the line. Escape, like everywhere, records nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tracker.domain.models import TrackerError
from tracker.domain.text import entered
from tracker.formatting.text import capitalized
from tracker.locale import _
from tracker.services import queries, reviewing, start_choices, timekeeping
from tracker.services.queries import EarlierStart
from tracker.tui import ink, reading
from tracker.tui.keys import say_key
from tracker.tui.modals.dialog import Dialog
from tracker.tui.modals.line import LineInput, Lines
from tracker.tui.modals.offers import NOT_NOW, NOT_NOW_KEY, PLAN, Offers
from tracker.tui.modals.standing import reminded, said_first
from tracker.tui.screens.view import Live
from tracker.tui.widgets.breathing_pause import BreathingPause

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from tracker.workspace import Workspace

#: On a screen of fewer lines all is said without blank ones, and the last two ways to begin are offered.
LOW = 20

#: Answered instead of what to start: it was another channel that was meant.
BACK = "back"


class BeginDialog(Dialog["dict[str, Any] | str"], Live):
    """Answers what to start (as `Workspace.start` takes it), NOT_NOW or BACK."""

    BINDINGS = [
        Binding(
            NOT_NOW_KEY, "not_now", "Not now", show=False, id="begin-not-now", tooltip="do not start: an urge resisted",
            priority=True,
        )
    ]  # fmt: skip

    def __init__(self, workspace: Workspace, channel: str) -> None:
        super().__init__()
        self._workspace, self._channel = workspace, channel
        self._standing = timekeeping.budget_standing(workspace, channel)
        self._override: str | None = None
        self._asks_why = self._standing.over
        #: What was typed before a reason had to be asked after all: it comes back behind the reason.
        self._line = ""
        #: Whether keys are words, not choices.
        self._writing = self._asks_why
        #: What was answered while the breath still lasts.
        self._held: dict[str, Any] | None = None
        #: Whether the breath was held to its end.
        self._breathed = False

    @property
    def _social(self) -> bool:
        return self._standing.social

    def compose(self) -> ComposeResult:
        """The figures, the breath, what is offered, the line."""
        workspace = self._workspace
        with Vertical(id="begin-box"):
            yield Static(id="stands", markup=False)
            reminder = reviewing.due_reminder(workspace, self._channel)
            if reminder:
                yield Static(reminded(reminder), id="reminder")
            if self._social and workspace.settings.breath_seconds:
                yield BreathingPause(workspace.settings.breath_seconds)
            tight = self.app.size.height < LOW
            offers = start_choices.earlier_starts(workspace, self._channel)[: 2 if tight else None]
            plans = start_choices.usual_plans(workspace, self._channel)
            yield Offers(offers, plans, workspace.now(), refusable=self._social, tight=tight)
            yield LineInput(
                suggester=Lines(lambda line: [] if self._asks_why else reading.complete_start(line, workspace)),
                compact=True,
                select_on_focus=False,
            )
            yield Static(id="line-preview", markup=False)

    def on_mount(self) -> None:
        """Ask why first, where a budget is spent."""
        self._say_standing()
        self._ask()

    def reloaded(self) -> None:
        """Another program may have stopped what runs, ended the pause, or changed a budget: it is asked by that now."""
        if not self._look():
            return
        self._say_standing()
        self.query_one(Offers).refusable = self._social
        if not self._ask_by_standing():
            self.query_one(Offers).ask_why(self._asks_why)

    def _look(self) -> bool:
        """See how today stands now. Where the channel is gone that is said, and the dialog closes."""
        try:
            self._standing = timekeeping.budget_standing(self._workspace, self._channel)
        except TrackerError as error:
            self.answer()
            self.app.notify(capitalized(str(error)), severity="warning", markup=False)
            return False
        return True

    def _say_standing(self) -> None:
        said = said_first(self._workspace, self._standing)
        stands = self.query_one("#stands", Static)
        stands.update(Content("\n").join(said))
        stands.display = bool(said)

    def _ask_by_standing(self) -> bool:
        """Ask a reason that is wanted since, or no longer one that is not; whether that changed. Typed words stay."""
        asks_why = self._standing.over and self._override is None
        if self.answered or asks_why == self._asks_why:
            return False
        line = self.query_one(LineInput)
        typed, self._line = (self._line or line.value, "") if not asks_why else ("", line.value)
        self._asks_why, self._held = asks_why, None
        self._ask(typed)
        return True

    def _ask(self, typed: str = "") -> None:
        """Say what is asked for now; `typed` is what was there before."""
        self.query_one(Offers).ask_why(self._asks_why)
        line = self.query_one(LineInput)
        line.value = typed
        line.cursor_position = len(typed)
        line.placeholder = _("a reason to continue") if self._asks_why else _("create 25m carousel @samia")
        title = _("Start {channel}") if self._asks_why else _("Start {channel}: what for?")
        box = self.query_one("#begin-box")
        box.border_title = ink.text(title.format(channel=queries.title(self._workspace, self._channel)))
        box.border_subtitle = self._keys()
        self._writing = self._asks_why or bool(typed)
        if self._writing:
            line.focus()
        else:
            self.set_focus(None)
        self._show()

    def _keys(self) -> str:
        if self._asks_why and not self.query_one(LineInput).value.strip():
            return _("a reason, then ⏎ · esc cancel")
        if self._asks_why:
            return _("⏎ continue · esc cancel")
        return _("⏎ start · esc cancel · ↑↓ what · ←→ how long · / write · ⌫ back")

    async def on_key(self, event: events.Key) -> None:
        """One key chooses; what is no choice is written into the line."""
        if self.answered:
            return
        line = self.query_one(LineInput)
        if self._held is not None:
            self._while_held(event)
        elif event.key in ("up", "down") and not self._asks_why:
            self.query_one(Offers).choose(-1 if event.key == "up" else 1)
            self._show()
        elif line.has_focus:
            return
        elif event.key == "enter":
            self._submit()
        elif not self._writing and self._choice(event):
            pass
        elif event.is_printable and event.character:
            self._write(event.character)
        else:
            return
        event.stop()

    def _choice(self, event: events.Key) -> bool:
        """Whether the key is one of those that choose while nothing is written."""
        offers = self.query_one(Offers)
        if event.character and event.character in "123456789" and int(event.character) <= len(offers.offers):
            self._pick(int(event.character) - 1)
        elif event.key in ("left", "right"):
            offers.plan(-1 if event.key == "left" else 1)
            self._show()
        elif event.key in ("slash", "space"):
            self._write("")
        elif event.key == "backspace":
            self.answer(BACK)
        else:
            return False
        return True

    def _write(self, words: str) -> None:
        """From here on keys are words, those too that come before the line has the focus."""
        self._writing = True
        line = self.query_one(LineInput)
        line.insert_text_at_cursor(words)
        line.focus()

    def _while_held(self, event: events.Key) -> None:
        if event.key == "escape":
            self.action_leave()
        elif event.key in ("enter", "space") and start_choices.may_cut_breath(self._workspace):
            self.answer(self._held)

    def _pick(self, index: int) -> None:
        """One of the offers, as it stands."""
        offers = self.query_one(Offers)
        offers.choose(index - offers.chosen)
        self._submit()

    def on_offers_picked(self, message: Offers.Picked) -> None:
        """A click."""
        if message.what == NOT_NOW:
            self.action_not_now()
        elif self._held is None and message.what == PLAN:
            self.query_one(Offers).plan(1)
            self._show()
        elif self._held is None and isinstance(message.what, int):
            self._pick(message.what)

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Read anew."""
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on."""
        event.stop()
        if self._held is not None:
            if start_choices.may_cut_breath(self._workspace):
                self.answer(self._held)
        elif not self.answered:
            self._submit()

    def _read(self) -> tuple[dict[str, Any], Content]:
        offers = self.query_one(Offers)
        marked = offers.offers[offers.chosen] if offers.offers else EarlierStart()
        usual = marked._replace(planned_seconds=offers.planned)
        return reading.read_start(self.query_one(LineInput).value, self._channel, usual, self._workspace)

    def _show(self) -> None:
        """Say what enter would do now."""
        if self._held is not None:
            return
        if self._asks_why:
            empty = not self.query_one(LineInput).value.strip()
            hint = _("Any text is saved with the session. Enter continues to what for.")
            says = ink.text(hint if empty else "", "$faint")
            self.query_one("#begin-box").border_subtitle = self._keys()
        else:
            try:
                says = ink.row(ink.text("⏎ ", "$good"), self._read()[1])
            except TrackerError as error:
                says = ink.text(str(error), "$flag")
        self.query_one("#line-preview", Static).update(says)

    def _submit(self) -> None:
        """The reason, or what to start: held until the breath is over."""
        if self._asks_why:
            try:
                self._override = entered("override", self.query_one(LineInput).value.strip()) or None
            except TrackerError as error:
                self.query_one("#line-preview", Static).update(ink.text(str(error), "bold $flag"))
                return
            if self._override is None:
                says = _("Write a reason first. {key} is Not now, esc cancels.").format(key=say_key(NOT_NOW_KEY))
                self.query_one("#line-preview", Static).update(ink.text(says, "bold $flag"))
                return
            self._asks_why = False
            typed, self._line = self._line, ""
            self._ask(typed)
            return
        if not self._look():  # time that runs may have spent the budget meanwhile
            return
        if self._ask_by_standing():
            self._say_standing()
            return
        try:
            found = self._read()[0]
        except TrackerError as error:
            self.query_one("#line-preview", Static).update(ink.text(str(error), "bold $flag"))
            return
        self._held = found | ({"override": self._override} if self._override else {})
        if self._breathing() and not start_choices.skips_breath(self._workspace, found["activity"]):
            self._hold()
        else:
            self.answer(self._held)

    def _breathing(self) -> bool:
        return any(not breath.over for breath in self.query(BreathingPause))

    def _hold(self) -> None:
        """It is answered; the breath goes on."""
        self.set_focus(None)
        says = _("It starts when the breath is over")
        keys = _("⏎ starts it now · esc cancels") if start_choices.may_cut_breath(self._workspace) else _("esc cancels")
        self.query_one("#line-preview", Static).update(
            ink.row(self._read()[1], "\n", ink.text(says, "bold $good"), ink.text(f" · {keys}", "$faint"))
        )

    def on_breathing_pause_over(self, _message: BreathingPause.Over) -> None:
        """The breath was held to its end."""
        self._breathed = True
        if self._held is not None:
            self.answer(self._held)

    def answer(self, value: Any = None) -> None:
        """Close; a breath counts as held once it leads to something, as whoever cancels leaves no trace."""
        if self._breathed and value not in (None, BACK) and not self.answered:
            start_choices.count_breath(self._workspace)
        super().answer(value)

    def action_not_now(self) -> None:
        """An urge resisted; nothing where there is nothing to resist."""
        if self._social:
            self.answer(NOT_NOW)
