"""Before a session begins: how today stands, then what for and how long, in one dialog.

Today against the budgets is the first line, so that nobody breathes to learn that a limit is reached. Where a budget
is spent, a reason is asked before anything else: any words will do, none is Not now. Below, the last ways to begin are
offered by their digits (`enter` takes the marked one; arrows change what and how long), and whatever else is typed is
read as a line: `create 25m carousel @samia`. A digit that begins the line chooses; `/` or a space goes to the line.

The breath runs beside the question, not before it: whoever answers sooner is held until it is over, whoever thinks
longer is not held at all. A purpose in the setting `breath_skips` is not held; after TRUSTED breaths, enter or space
once more cuts one short. Not now is always one key, and always counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.containers import Vertical
from textual.widgets import Input, Static

from tracker.calendar.durations import say_duration
from tracker.locale import _, ngettext
from tracker.model import TrackerError
from tracker.text import entered
from tracker.tui import ink, reading
from tracker.tui.desk import Usual
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.dialogs.line import LineInput, Lines
from tracker.tui.dialogs.offers import NOT_NOW, PLAN, Offers
from tracker.tui.theme import hue
from tracker.tui.widgets.breath import Breath

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.model import Commitment
    from tracker.review.budget import Standing
    from tracker.tui.desk import Desk

#: Answered instead of what to start: it was another channel that was meant.
BACK = "back"


class BeginDialog(Dialog):
    """Answers what to start (as `Desk.start` takes it), NOT_NOW or BACK."""

    def __init__(self, desk: Desk, channel: str) -> None:
        super().__init__()
        self._desk, self._channel = desk, channel
        self._standing = desk.standing(channel)
        self._override: str | None = None
        self._asks_why = self._standing.over
        #: Whether keys are words, not choices.
        self._writing = self._asks_why
        #: What was answered while the breath still lasts.
        self._held: dict[str, Any] | None = None

    @property
    def _social(self) -> bool:
        return self._standing.social

    def compose(self) -> ComposeResult:
        """The figures, the breath, what is offered, the line."""
        desk = self._desk
        with Vertical(id="begin-box"):
            if self._social or self._standing.channel_budget:
                yield Static(_stands(self._standing, desk.title(self._channel)), id="stands")
            reminder = desk.reminder(self._channel)
            if reminder:
                yield Static(reminded(reminder), id="reminder")
            if self._social and desk.settings.breath_seconds:
                yield Breath(desk.settings.breath_seconds)
            yield Offers(desk.offers(self._channel), desk.plans(self._channel), desk.now(), refusable=self._social)
            yield LineInput(
                suggester=Lines(lambda line: [] if self._asks_why else reading.complete_start(line, desk)),
                compact=True,
                select_on_focus=False,
            )
            yield Static(id="line-preview", markup=False)

    def on_mount(self) -> None:
        """Ask why first, where a budget is spent."""
        self._ask()

    def _ask(self) -> None:
        """Say what is asked for now."""
        self.query_one(Offers).ask_why(self._asks_why)
        line = self.query_one(LineInput)
        line.value = ""
        line.placeholder = (
            _("a reason to go on; nothing is Not now") if self._asks_why else _("create 25m carousel @samia")
        )
        title = _("Start {channel}") if self._asks_why else _("Start {channel}: what for?")
        box = self.query_one("#begin-box")
        box.border_title = ink.text(title.format(channel=self._desk.title(self._channel)))
        box.border_subtitle = self._keys()
        self._writing = self._asks_why
        if self._asks_why:
            line.focus()
        else:
            self.set_focus(None)
        self._show()

    def _keys(self) -> str:
        if self._asks_why and not self.query_one(LineInput).value.strip():
            return _("⏎ or esc Not now · a reason, then ⏎, goes on")
        if self._asks_why:
            return _("⏎ go on · esc Not now")
        return _("⏎ start · ↑↓ what · ←→ how long · / write · ⌫ back")

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
        elif event.key in ("enter", "space") and self._desk.trusted():
            self._begin()

    def _pick(self, index: int) -> None:
        """One of the offers, as it stands."""
        offers = self.query_one(Offers)
        offers.choose(index - offers.chosen)
        self._submit()

    def on_offers_picked(self, message: Offers.Picked) -> None:
        """A click."""
        if message.what == NOT_NOW:
            self.action_leave()
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
            if self._desk.trusted():
                self._begin()
        elif not self.answered:
            self._submit()

    def _read(self) -> tuple[dict[str, Any], Content]:
        offers = self.query_one(Offers)
        marked = offers.offers[offers.chosen] if offers.offers else Usual()
        usual = marked._replace(planned_seconds=offers.planned)
        return reading.read_start(self.query_one(LineInput).value, self._channel, usual, self._desk)

    def _show(self) -> None:
        """Say what enter would do now."""
        if self._held is not None:
            return
        if self._asks_why:
            empty = not self.query_one(LineInput).value.strip()
            hint = _("⏎ alone is Not now, an urge resisted; any words at all go on, and are kept with the session")
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
                self.answer(NOT_NOW)
                return
            self._asks_why = False
            self._ask()
            return
        try:
            found = self._read()[0]
        except TrackerError as error:
            self.query_one("#line-preview", Static).update(ink.text(str(error), "bold $flag"))
            return
        self._held = found | ({"override": self._override} if self._override else {})
        if self._breathing() and not self._desk.breathless(found["activity"]):
            self._hold()
        else:
            self._begin()

    def _breathing(self) -> bool:
        return any(not breath.over for breath in self.query(Breath))

    def _hold(self) -> None:
        """It is answered; the breath goes on."""
        self.set_focus(None)
        says = _("It starts when the breath is over")
        keys = _("⏎ starts it now · esc Not now") if self._desk.trusted() else _("esc Not now")
        self.query_one("#line-preview", Static).update(
            ink.row(self._read()[1], "\n", ink.text(says, "bold $good"), ink.text(f" · {keys}", "$faint"))
        )

    def on_breath_over(self, _message: Breath.Over) -> None:
        """The breath was held to its end."""
        if self.answered:
            return
        self._desk.breathed()
        if self._held is not None:
            self._begin()

    def _begin(self) -> None:
        self.answer(self._held)

    def action_leave(self) -> None:
        """Not now; where there is nothing to resist, only leave."""
        self.answer(NOT_NOW if self._social else None)


def reminded(one: Commitment) -> Content:
    """`◆ If I want to check likes, then I call one prospect.`: one's own words, when they matter."""
    from tracker.review.commitment_words import say_commitment

    return ink.row(ink.text("◆ ", "bold $good"), ink.text(say_commitment(one), "italic"))


def _stands(standing: Standing, title: str) -> Content:
    """`LinkedIn 24m of 1h · today 1h 24m of 2h · 12 checks of 20`; ▲ where nothing is left."""
    parts = [
        _figure(title, hue(standing.channel), standing.channel_seconds, standing.channel_budget, standing.channel_over)
    ]
    if standing.social:
        parts.append(_figure(_("today"), "", standing.seconds, standing.budget, standing.day_over))
        checks = ngettext("{n} check", "{n} checks", standing.checks).format(n=standing.checks)
        limit = standing.check_limit
        over = limit is not None and standing.checks >= limit
        said = checks if limit is None else _("{checks} of {limit}").format(checks=checks, limit=limit)
        parts.append(ink.text(f"▲ {said}" if over else said, "bold $flag" if over else ""))
    return ink.text(" · ", "$faint").join(parts)


def _figure(name: str, style: str, seconds: int, budget: int | None, over: bool) -> Content:
    said = say_duration(seconds)
    if budget is not None:
        said = _("{time} of {budget}").format(time=said, budget=say_duration(budget))
    mark = ink.text("▲ ", "bold $flag") if over else ink.BLANK
    return ink.row(mark, ink.text(f"{name} ", style), ink.text(said, "bold $flag" if over else "bold"))
