"""The lines of a beginning: Not now, what one began with before, and how long it is meant to last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message

from tracker.formatting.durations import format_duration
from tracker.formatting.text import in_quotation_marks
from tracker.locale import _
from tracker.tui import ink
from tracker.tui.keys import say_key
from tracker.tui.screens.start_list import ago, keycap
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from textual import events

    from tracker.services.queries import EarlierStart

NOT_NOW, PLAN = "not now", "plan"

#: A letter may begin the line, so Not now is a control key; it is the same in every language.
NOT_NOW_KEY = "ctrl+n"


class Offers(Panel):
    """A line each; a digit, the arrows or a click choose."""

    class Picked(Message):
        """A line was clicked: NOT_NOW, PLAN, or the offer's number."""

        def __init__(self, what: str | int) -> None:
            super().__init__()
            self.what = what

    def __init__(
        self, offers: list[EarlierStart], plans: list[int | None], now: int, *, refusable: bool, tight: bool
    ) -> None:
        super().__init__(id="offers")
        self.offers, self.plans, self.now, self.refusable = offers, plans, now, refusable
        self.tight = tight
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
        """Another length."""
        place = self.plans.index(self.planned) if self.planned in self.plans else -1
        self.planned = self.plans[(place + steps) % len(self.plans)]
        self.refresh(layout=False)

    def ask_why(self, wanted: bool) -> None:
        """Ask why all the same, before the rest; or go on to the rest."""
        self.asks_why = wanted
        self.styles.height = len(self._lines())
        self.refresh(layout=True)

    def on_mount(self) -> None:
        """As high as what is offered."""
        self.styles.height = len(self._lines())

    def _lines(self) -> list[str | int]:
        """What each line is for; empty for a blank one."""
        refusal: list[str | int] = [NOT_NOW, ""] if self.refusable else []
        found = [*refusal, "why"]
        if not self.asks_why:
            found = [*refusal, *range(len(self.offers)), *([""] if self.offers else []), PLAN]
        return [line for line in found if line != ""] if self.tight else found

    def draw(self, width: int, height: int) -> list[Content]:
        """Each line as it is meant."""
        return [self._line(what, width) for what in self._lines()]

    def _line(self, what: str | int, width: int) -> Content:
        if isinstance(what, int):
            return self._offer(what, width)
        if what == NOT_NOW:
            key = Content.styled(f" {say_key(NOT_NOW_KEY)} ", "bold $strong on $panel")
            says = ink.row(" ", key, " ", ink.text(_("Not now"), "bold $good"))
            return ink.ends(says, ink.text(_("an urge resisted"), "$faint"), width)
        if what == PLAN:
            return self._plans()
        return ink.row(" ", ink.text(_("You're over budget. Why continue?"), "bold")) if what else ink.BLANK

    def _offer(self, index: int, width: int) -> Content:
        offer = self.offers[index]
        activity = ink.widest(one.activity or "" for one in self.offers)
        plan = ink.widest(format_duration(one.planned_seconds or 0) for one in self.offers)
        head = ink.row(
            keycap(str(index + 1)),
            " ",
            ink.left(offer.activity or "", activity + 1 if activity else 0),
            ink.right(format_duration(offer.planned_seconds) if offer.planned_seconds else "", plan),
            ink.text(f"  {in_quotation_marks(offer.intention)}" if offer.intention else "", "italic"),
        )
        when = ago(self.now - offer.start) if offer.start is not None else _("today's task")
        line = ink.ends(head, ink.text(when, "$faint"), width - 1)
        if index != self.chosen:
            return ink.row(" ", line)
        return ink.row(ink.text("▌", "$primary"), ink.left(line, width - 1)).stylize("on $cursor")

    def _plans(self) -> Content:
        parts = [ink.text(_(" how long? "), "$faint")]
        plans = self.plans if self.planned in self.plans else [self.planned, *self.plans]
        for planned in plans:
            said = format_duration(planned) if planned else _("no plan")
            mine = planned == self.planned
            parts.append(ink.text(f" ‹{said}› " if mine else f"  {said}  ", "bold $primary" if mine else "$faint"))
        return ink.row(*parts)

    def on_click(self, event: events.Click) -> None:
        """What was clicked; the plans go on by one."""
        lines = self._lines()
        if 0 <= event.y < len(lines) and lines[event.y] not in ("", "why"):
            self.post_message(self.Picked(lines[event.y]))
