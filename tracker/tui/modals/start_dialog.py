"""Before a session begins: how today stands, then what for and how long, in one dialog.

First come today's figures against the budgets, a pause that starting would break, and the session it would stop.
Where a budget is spent, a reason is asked before anything else: any words are accepted, and an empty line is not.
Below, earlier ways to begin are offered by their digits; enter takes the marked one, arrows change it and the plan.
Whatever else is typed is read as a line: `create 25m carousel @samia`. `/` or a space goes to the line.

The breathing pause runs at the same time as the question: an earlier answer waits until the pause is over, a later one
starts at once. A purpose in the setting `breath_skips` does not wait. After some breathing pauses that were waited out,
enter or space once more ends one early.

Not now is one key at every moment, and the only one that records an urge resisted. It is a control key, because every
letter may begin the line. Escape, as everywhere, records nothing.
"""

from __future__ import annotations

from math import ceil, pi, sin
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tracker.domain.errors import TrackerError
from tracker.domain.text import entered
from tracker.formatting.text import activity_word, format_checks, in_quotation_marks
from tracker.formatting.times import format_against_budget, format_duration, format_growing_duration, format_upcoming
from tracker.locale import _
from tracker.services import pausing, queries, reviewing, timekeeping
from tracker.tui import layout, theme
from tracker.tui.keys import say_key
from tracker.tui.modals.dialog import Dialog, LineInput, LineSuggester
from tracker.tui.notifications import notify_error
from tracker.tui.session_text import ago, complete_start, read_start
from tracker.tui.widgets.panel import CORNERS, Panel, link

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.timer import Timer

    from tracker.domain.models import Channel
    from tracker.reports.day import BudgetState
    from tracker.workspace import Workspace


#: How many times a second it is drawn: the line grows by half a cell at a time.
RATE = 15
#: One breath in and out takes no longer than this; a longer pause has several.
SLOWEST = 10


class BreathingPause(Panel):
    """One slow breath: a line that widens and narrows once, with words and the seconds left; still with reduced motion.

    It begins when it is mounted, and posts Over when it is over. Nothing else on the screens has a timer of its own.
    """

    class Over(Message):
        """The breathing pause is over."""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds
        self.over = seconds <= 0
        self._begun = 0.0
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        """Begin."""
        self._begun = monotonic()
        if not self.over:
            self._timer = self.set_interval(1 / RATE, self.tick)

    @property
    def still(self) -> bool:
        """Whether the setting is reduced motion."""
        return self.app.animation_level == "none"

    def tick(self) -> None:
        """Draw the next step, or end."""
        if not self.over and monotonic() - self._begun >= self.seconds:
            self.over = True
            if self._timer:
                self._timer.stop()
            self.refresh(layout=False)  # a rule
            self.post_message(self.Over())
        elif not self.still:
            self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """One line; a faint rule once the breath is over."""
        if self.over:
            return [layout.text("─" * width, "$line")]
        if self.still:
            whole = _("take one slow breath · {time}").format(time=format_duration(self.seconds, "exact"))
            return [layout.text(whole.center(width), "$channel-teal")]
        spent = monotonic() - self._begun
        phase = min(spent / self.seconds, 1.0) * max(1, round(self.seconds / SLOWEST))
        label = layout.widest((_("breathe in"), _("breathe out")))
        words = _("breathe in") if phase % 1 < 0.5 else _("breathe out")
        left = format_duration(max(ceil(self.seconds - spent), 0), "exact")
        most = layout.widest((format_duration(self.seconds, "exact"), left))
        available = max(width - label - most - 2, 0)
        drawn = layout.text(breath_line(phase, available).center(available), "$channel-teal")
        return [layout.row(layout.left(words, label + 1, "$faint"), drawn, layout.right(left, most + 1, "$faint"))]


def breath_line(phase: float, width: int) -> str:
    """The line at a phase from 0 to 1, at most `width` cells, widening by half a cell at both ends."""
    most = width // 2 * 2
    whole, odd = divmod(max(2, round(sin(pi * (phase % 1)) ** 2 * most)), 2)
    return "╺" * odd + "━" * (2 * whole) + "╸" * odd


#: The other answers of the dialog: an urge resisted, and "another channel was meant".
NOT_NOW, BACK = "not now", "back"

NOT_NOW_KEY = "ctrl+n"

#: What a click on the line of the plans picks: the next plan.
PLAN = "plan"

#: The width of the box in cells, where the screen is wide enough.
BOX = 76

#: A screen with fewer lines shows no blank lines and only two ways to begin.
LOW = 20


class Offers(Panel):
    """Not now, the earlier ways to begin, and the plan: a line each, chosen by a digit, the arrows or a click."""

    def __init__(
        self, offers: list[queries.EarlierStart], plans: list[int | None], now: int, *, refusable: bool, tight: bool
    ) -> None:
        super().__init__(id="offers")
        self.offers, self.plans, self.now, self.refusable, self.tight = offers, plans, now, refusable, tight
        self.chosen = 0
        self.planned = offers[0].planned_seconds if offers else None
        self.asks_why = False

    def choose(self, steps: int) -> None:
        """Mark another offer, with its plan."""
        if self.offers:
            self.chosen = (self.chosen + steps) % len(self.offers)
            self.planned = self.offers[self.chosen].planned_seconds
            self.refresh(layout=False)

    def plan(self, steps: int) -> None:
        """Choose another plan."""
        index = self.plans.index(self.planned) if self.planned in self.plans else -1
        self.planned = self.plans[(index + steps) % len(self.plans)]
        self.refresh(layout=False)

    def ask_why(self, wanted: bool) -> None:
        """Show the question for a reason, or the offers."""
        self.asks_why = wanted
        self.styles.height = len(self.draw(BOX, 0))
        self.refresh(layout=True)

    def draw(self, width: int, height: int) -> list[Content]:
        """Not now, then the question for a reason, or the offers and the plan; without blank lines where `tight`."""
        lines = [self._not_now(width), layout.BLANK] if self.refusable else []
        if self.asks_why:
            lines.append(layout.row(" ", (_("You're over budget. Why continue?"), "bold")))
        else:
            lines += [self._offer(index, width) for index in range(len(self.offers))]
            lines += [layout.BLANK] if self.offers else []
            lines.append(self._plan(width))
        return [line for line in lines if line] if self.tight else lines

    def _not_now(self, width: int) -> Content:
        label = layout.row(" ", layout.keycap(say_key(NOT_NOW_KEY)), " ", (_("Not now"), "bold $good"))
        return _pickable(layout.ends(label, (_("a resisted urge"), "$faint"), width), NOT_NOW)

    def _plan(self, width: int) -> Content:
        parts = []
        for planned in self.plans if self.planned in self.plans else [self.planned, *self.plans]:
            words = format_duration(planned) if planned else _("no plan")
            is_chosen = planned == self.planned
            parts.append((f" ‹{words}› ", "bold $primary") if is_chosen else (f"  {words}  ", "$faint"))
        plans, asked = layout.row(*parts), layout.text(_(" how long? "), "$faint")
        line = layout.row(asked, plans) if asked.cell_length + plans.cell_length <= width else plans
        return _pickable(layout.left(line, width), PLAN)

    def _offer(self, index: int, width: int) -> Content:
        offer = self.offers[index]
        activity = layout.widest(activity_word(other.activity) for other in self.offers)
        plan = layout.widest(format_duration(other.planned_seconds or 0) for other in self.offers)
        what = layout.left(activity_word(offer.activity), activity + 1 if activity else 0)
        planned = layout.right(format_duration(offer.planned_seconds) if offer.planned_seconds else "", plan)
        intention = (f"  {in_quotation_marks(offer.intention)}" if offer.intention else "", "italic")
        head = layout.row(layout.keycap(str(index + 1)), " ", what, planned, intention)
        when = ago(self.now - offer.start) if offer.start is not None else _("today's task")
        line = layout.ends(head, (when, "$faint"), width - 1)
        line = layout.marked(line, width) if index == self.chosen else layout.row(" ", line)
        return _pickable(line, index)


def _pickable(line: Content, picks: str | int) -> Content:
    """A line of which a click picks NOT_NOW, PLAN, or the offer of that index."""
    return link(line, "screen.pick", picks)


class StartDialog(Dialog["dict[str, Any] | str"]):
    """Answers what to start (the arguments of `timekeeping.start`), NOT_NOW or BACK."""

    BINDINGS = [Binding(NOT_NOW_KEY, "not_now", show=False, priority=True)]

    def __init__(self, workspace: Workspace, channel: str) -> None:
        super().__init__()
        self._workspace, self._channel = workspace, channel
        self._standing = timekeeping.budget_standing(workspace, channel)
        self._override: str | None = None
        self._asks_why = self._standing.over
        #: What was typed before a reason had to be asked after all: it comes back after the reason.
        self._line = ""
        #: Whether keys are words, not choices.
        self._writing = self._asks_why
        #: What was answered while the breathing pause still lasts.
        self._held: dict[str, Any] | None = None
        #: Whether the breathing pause was held to its end.
        self._breathed = False

    def compose(self) -> ComposeResult:
        """The figures, the breathing pause, what is offered, the line."""
        workspace, social = self._workspace, self._standing.social
        with Vertical(id="begin-box"):
            yield Static(id="stands", markup=False)
            commitment = reviewing.due_reminder(workspace, self._channel)
            if commitment:
                from tracker.reports.commitment_words import say_commitment

                words = layout.text(say_commitment(commitment), "italic")
                yield Static(layout.row((f"{theme.COMMITMENT} ", "bold $good"), words), id="reminder")
            if social and workspace.settings.breath_seconds:
                yield BreathingPause(workspace.settings.breath_seconds)
            tight = self.app.size.height < LOW
            offers = timekeeping.earlier_starts(workspace, self._channel)[: 2 if tight else None]
            plans = timekeeping.usual_plans(workspace, self._channel)
            yield Offers(offers, plans, workspace.now(), refusable=social, tight=tight)
            suggester = LineSuggester(lambda line: [] if self._asks_why else complete_start(line, workspace))
            yield LineInput(suggester=suggester, compact=True, select_on_focus=False)
            yield Static(id="line-preview", markup=False)

    def on_mount(self) -> None:
        """Ask for a reason first, where a budget is spent."""
        self._show_standing()
        self._ask()

    def reloaded(self) -> None:
        """Show the present state: another program may have stopped the session, ended the pause or changed a budget."""
        if not self._read_standing():
            return
        self._show_standing()
        self.query_one(Offers).refusable = self._standing.social
        if not self._ask_by_standing():
            self.query_one(Offers).ask_why(self._asks_why)

    def _read_standing(self) -> bool:
        """Read how today stands now. Where the channel is gone, say so, close, and return False."""
        try:
            self._standing = timekeeping.budget_standing(self._workspace, self._channel)
        except TrackerError as error:
            self.answer()
            notify_error(self.app, error)
            return False
        return True

    def _show_standing(self) -> None:
        width = min(BOX, self.app.size.width * 96 // 100) - 6
        lines = standing_lines(self._workspace, self._standing, width)
        stands = self.query_one("#stands", Static)
        stands.update(Content("\n").join(lines))
        stands.display = bool(lines)

    def _ask_by_standing(self) -> bool:
        """Ask for a reason that became necessary, or stop asking; whether that changed. What was typed stays."""
        asks_why = self._standing.over and self._override is None
        if self.answered or asks_why == self._asks_why:
            return False
        line = self.query_one(LineInput)
        typed, self._line = (self._line or line.value, "") if not asks_why else ("", line.value)
        self._asks_why, self._held = asks_why, None
        self._ask(typed)
        return True

    def _ask(self, typed: str = "") -> None:
        """Show the present question; `typed` is the text for the line."""
        self.query_one(Offers).ask_why(self._asks_why)
        line = self.query_one(LineInput)
        line.value = typed
        line.cursor_position = len(typed)
        example = _("answer Anna") if self._asks_why else _("create 25m carousel @samia")
        line.placeholder = _("e.g. {example}").format(example=example)
        title = _("Start {channel}") if self._asks_why else _("Start {channel}: what for?")
        box = self.query_one("#begin-box")
        box.border_title = layout.text(title.format(channel=queries.title(self._workspace, self._channel)))
        box.border_subtitle = self._keys()
        self._writing = self._asks_why or bool(typed)
        self.set_focus(line if self._writing else None)
        self._show()

    def _keys(self) -> str:
        if self._asks_why and not self.query_one(LineInput).value.strip():
            return _("Type a reason, then Enter · Esc Cancel")
        if self._asks_why:
            return _("Enter Continue · Esc Cancel")
        if self._held is not None:
            cut = timekeeping.may_cut_breath(self._workspace)
            return _("Enter Start now · Esc Cancel") if cut else _("Esc Cancel")
        start = _("Enter Start after the breath") if self._waits() else _("Enter Start")
        what = [_("↑↓ What")] if len(self.query_one(Offers).offers) > 1 else []
        parts = [start, _("Esc Cancel"), *what, _("←→ How long"), _("/ Write"), _("⌫ Back")]
        room = min(BOX, self.app.size.width * 96 // 100) - CORNERS
        least = " · ".join(parts[:2])  # how to leave is said even where the border cuts it
        return least if layout.widest([least]) > room else layout.in_room(parts, room)

    def _waits(self) -> bool:
        """Whether enter would wait for the breathing pause; a line that cannot be read yet waits."""
        if all(breath.over for breath in self.query(BreathingPause)):
            return False
        try:
            activity = self._read()[0]["activity"]
        except TrackerError:
            return True
        return not timekeeping.skips_breath(self._workspace, activity)

    async def on_key(self, event: events.Key) -> None:
        """A key chooses; any other letter is written into the line."""
        if self.answered:
            return
        line = self.query_one(LineInput)
        if self._held is not None:
            if event.key == "escape":
                self.action_leave()
            elif event.key in ("enter", "space"):
                self._submit()
        elif event.key in ("up", "down") and not self._asks_why:
            self.query_one(Offers).choose(-1 if event.key == "up" else 1)
            self._show()
        elif line.has_focus:
            return
        elif event.key == "enter":
            self._submit()
        elif not self._writing and self._choose(event):
            pass
        elif event.is_printable and event.character:
            self._write(event.character)
        else:
            return
        event.stop()

    def _choose(self, event: events.Key) -> bool:
        """Handle a key while the line is not in use; returns whether it was a choice."""
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
        """Insert words; from now on keys are words, also those typed before the line has the focus."""
        self._writing = True
        line = self.query_one(LineInput)
        line.insert_text_at_cursor(words)
        line.focus()

    def _pick(self, index: int) -> None:
        """Start by one of the offers, without changes."""
        offers = self.query_one(Offers)
        offers.choose(index - offers.chosen)
        self._submit()

    def action_pick(self, line: str | int) -> None:
        """A line was clicked: that of Not now, of the plans, or of an offer by its index."""
        if line == NOT_NOW:
            self.action_not_now()
        elif self._held is None and line == PLAN:
            self.query_one(Offers).plan(1)
            self._show()
        elif self._held is None and isinstance(line, int):
            self._pick(line)

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Show the meaning of the line."""
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the line."""
        event.stop()
        if not self.answered:
            self._submit()

    def _read(self) -> tuple[dict[str, Any], Content]:
        offers = self.query_one(Offers)
        marked = offers.offers[offers.chosen] if offers.offers else queries.EarlierStart()
        usual = marked._replace(planned_seconds=offers.planned)
        return read_start(self.query_one(LineInput).value, self._channel, usual, self._workspace)

    def _show(self) -> None:
        """Show what enter would do now."""
        if self._held is not None:
            return
        if self._asks_why:
            empty = not self.query_one(LineInput).value.strip()
            hint = _("Any reason is enough; it is saved with the session.")
            meaning = layout.text(hint if empty else "", "$faint")
        else:
            try:
                meaning = layout.row(("⏎ ", "$good"), self._read()[1])
            except TrackerError as error:
                meaning = layout.text(str(error), "$flag")
        self.query_one("#line-preview", Static).update(meaning)
        self.query_one("#begin-box").border_subtitle = self._keys()

    def _refuse(self, reason: str) -> None:
        self.query_one("#line-preview", Static).update(layout.text(reason, "bold $flag"))

    def _submit(self) -> None:
        """Take the reason, or what to start, which waits for the end of the breathing pause; or end the pause early."""
        if self._held is not None:
            if timekeeping.may_cut_breath(self._workspace):
                self.answer(self._held)
            return
        if self._asks_why:
            self._take_reason()
            return
        if not self._read_standing():  # a running session may have used up the budget since
            return
        if self._ask_by_standing():
            self._show_standing()
            return
        try:
            fields, meaning = self._read()
        except TrackerError as error:
            self._refuse(str(error))
            return
        waits = self._waits()
        self._held = fields | ({"override": self._override} if self._override else {})
        if not waits:
            self.answer(self._held)
            return
        self.set_focus(None)
        held = layout.text(_("It starts when the breath is over"), "bold $good")
        self.query_one("#line-preview", Static).update(layout.row(meaning, Content("\n"), held))
        self.query_one("#begin-box").border_subtitle = self._keys()

    def _take_reason(self) -> None:
        try:
            self._override = entered("override", self.query_one(LineInput).value.strip()) or None
        except TrackerError as error:
            self._refuse(str(error))
            return
        if self._override is None:
            self._refuse(_("Write a reason first. [{key}] is Not now, [Esc] cancels.").format(key=say_key(NOT_NOW_KEY)))
            return
        self._asks_why = False
        typed, self._line = self._line, ""
        self._ask(typed)

    def on_breathing_pause_over(self, _message: BreathingPause.Over) -> None:
        """The breathing pause is over: give the answer that waits for it."""
        self._breathed = True
        if self._held is not None:
            self.answer(self._held)
        else:
            self._show()

    def answer(self, value: Any = None) -> None:
        """Close. A breathing pause counts as held only if it leads to something: cancelling leaves no trace."""
        if self._breathed and value not in (None, BACK) and not self.answered:
            timekeeping.count_breath(self._workspace)
        super().answer(value)

    def action_not_now(self) -> None:
        """Answer that an urge was resisted; nothing where the channel is not social."""
        if self._standing.social:
            self.answer(NOT_NOW)


def standing_lines(workspace: Workspace, standing: BudgetState, width: int) -> list[Content]:
    """How today stands, the pause that starting would break, and the session it would stop: a line each.

    The figures take another line where `width` is too little for all of them.
    """
    now, lines = workspace.now(), []
    running = queries.running(workspace)
    if standing.social or standing.channel_budget:
        channel = queries.find_channel(workspace, standing.channel)
        figures = _budgets(standing, channel, running and queries.find_channel(workspace, running.channel))
        lines += layout.packed(figures, " · ", width)
    pause = pausing.current_pause(workspace) if standing.social else None
    if pause:
        message = _("pause until {clock}, already broken") if pause.openings else _("breaks the pause until {clock}")
        until = format_upcoming(pause.end, now, workspace.zone)
        lines.append(layout.row((f"{theme.PAUSE} ", "bold $primary"), (message.format(clock=until), "bold")))
    if running:
        message = _("stops {channel}, running for {time}").format(
            channel=queries.title(workspace, running.channel), time=format_growing_duration(running.duration(now))
        )
        lines.append(layout.row((f"{theme.RUNS} ", "bold $good"), (message, "bold")))
    return lines


def _budgets(standing: BudgetState, channel: Channel, running: Channel | None) -> list[Content]:
    """`LinkedIn 24m of 1h`, `today 1h 24m of 2h`, `12 of 20 checks` with a limit; ▲ where nothing is left."""

    def figure(name: tuple[str, str], seconds: int, budget: int | None, over: bool, grows: bool) -> Content:
        time = format_against_budget(seconds if seconds or grows else None, budget, grows)
        mark = (f"{theme.OVER} ", "bold $over") if over else ""
        return layout.row(mark, name, " ", (time, "bold $over" if over else "bold"))

    parts = []
    seconds, budget, grows = standing.channel_seconds, standing.channel_budget, running == channel
    if seconds or grows or budget is not None:
        name = channel.title, theme.hue(channel.name)
        parts.append(figure(name, seconds, budget, standing.channel_over, grows))
    if standing.social:
        grows = running is not None and running.kind == "social"
        parts.append(figure((_("today"), ""), standing.seconds, standing.budget, standing.day_over, grows))
        limit = standing.check_limit
        if limit is not None:
            over = standing.checks >= limit
            checks = format_checks(standing.checks, limit).removeprefix(f"{theme.OVER} ")
            parts.append(layout.text(f"{theme.OVER} {checks}" if over else checks, "bold $over" if over else ""))
    return parts
