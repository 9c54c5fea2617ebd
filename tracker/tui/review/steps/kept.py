"""⑥ Last week's commitments and how they went, and the habits. What the log cannot tell is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.habits.habit_days import week_progress
from tracker.analytics.habits.habit_wording import say_progress
from tracker.formatting.text import labelled
from tracker.formatting.times import format_short_weekday
from tracker.locale import N_, _
from tracker.reports.commitment_words import WORDS, say_commitment, say_measure, say_result
from tracker.services import reviewing
from tracker.tui import ink
from tracker.tui.review.choosing import Choosing, Line
from tracker.tui.widgets.habit_marks import signs, strength
from tracker.tui.widgets.keycaps import Cap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from tracker.reports.commitments import CommitmentResult
    from tracker.reports.habit_histories import HabitHistory
    from tracker.tui.review.facts import Facts

#: How a commitment went, by its sign as well as its colour.
SIGNS = {True: ("✓", "bold $good"), False: ("✗", "$flag"), None: ("?", "bold $strong")}


class Keeping(Choosing):
    """Commitments first; those without a measure are answered by y or n."""

    name = "kept"
    word = N_("Kept")
    title = N_("Habits and the week's commitments")

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.results: tuple[CommitmentResult, ...] = ()

    def load(self) -> None:
        """How they went, and what was answered."""
        self.results = reviewing.commitment_results(self.workspace, self.week)
        self.chosen = next((n for n, one in enumerate(self.asked) if one.kept is None), 0)
        self.redraw()

    @property
    def asked(self) -> list[CommitmentResult]:
        """Those of which only the user can say how they went."""
        return [one for one in self.results if one.commitment.measure is None]

    def count(self) -> int:
        """Only what is asked is chosen."""
        return len(self.asked)

    def written(self, width: int, height: int) -> list[Line]:
        """Both parts, each with its heading."""
        lines = [Line(_title(_("What you committed to for the week")))]
        asked = self.asked
        results = [self._result(one, width) for one in self.results]
        apart = sum(map(len, results)) + len(results) + 2 * len(self.facts.habits) + 3 <= height
        for one, said in zip(self.results, results, strict=True):
            item = asked.index(one) if one in asked else None
            lines += [*(Line(line, item) for line in said), *([Line(ink.BLANK)] if apart else [])]
        if not self.results:
            says = _("Nothing was committed to for the week. The next step is where one begins.")
            lines += [Line(line) for line in ink.wrapped(says, width, "$faint")]
        lines += [] if apart and results else [Line(ink.BLANK)]
        heading, *habits = self._habits(width)
        return [*lines, heading, *(line for one in habits for line in (one, *([Line(ink.BLANK)] if apart else [])))]

    def _result(self, one: CommitmentResult, width: int) -> list[Content]:
        sign, style = SIGNS[one.kept]
        said = ink.wrapped(say_commitment(one.commitment), width - 3, "bold $strong")
        lines = [ink.row(ink.text(f"{sign}  ", style) if not n else "   ", line) for n, line in enumerate(said)]
        if one.commitment.measure is None:
            went = {True: _("kept, you said"), False: _("not kept, you said"), None: _("was it kept?")}[one.kept]
        else:
            went = self._went(one)
        return [*lines, *(ink.row("   ", line) for line in ink.wrapped(went, width - 3, "$faint"))]

    def _went(self, one: CommitmentResult) -> str:
        """`talks: at least 3 → 5`; `first opening not before 09:00 · 6 of 7 days`."""
        measure = one.commitment.measure
        if measure and one.of is None and one.value is not None:
            return labelled(_(WORDS[measure]), say_result(one))
        return f"{say_measure(one.commitment, self.facts.titles)} · {say_result(one)}"

    def _habits(self, width: int) -> list[Line]:
        kept = self.facts.habits
        lines = [Line(_title(_("Habits")))]
        if not kept:
            says = _("No habits yet: {key} begins one.").format(key=self.key("habits"))
            return [*lines, Line(ink.text(says, "$faint"))]
        days = " ".join(format_short_weekday(date)[:2] for date in self.facts.dates)
        name = min(max(ink.widest(one.habit.name for one in kept), 10), width // 3) + 2
        lines[0] = Line(ink.row(ink.left(_title(_("Habits")), name), ink.text(days, "$faint")))
        return [*lines, *(Line(_habit(one, name, self.facts.dates)) for one in kept)]

    def caps(self) -> list[Cap]:
        """Yes and no, where something is asked."""
        return [Cap("y", _("kept")), Cap("n", _("not kept"))] if self.asked else []

    def press(self, key: str) -> bool:
        """Answer the chosen one, and go to the next without an answer."""
        if key in ("y", "n") and self.asked:
            reviewing.say_kept(self.workspace, self.asked[self.chosen].commitment.id, key == "y")
            chosen = self.chosen
            self.load()
            if all(one.kept is not None for one in self.asked):
                self.choose(min(chosen + 1, self.count() - 1))
            return True
        return super().press(key)


def _title(title: str) -> Content:
    return ink.text(title, "bold $primary")


def _habit(one: HabitHistory, name: int, dates: Sequence[str]) -> Content:
    """`Walk  ● ● ○ ● ● – ●   5 of 6   ▇▇▇▇▇ 82 %`, each day below its weekday."""
    week = {mark.date: mark for mark in one.within(dates)}
    spaced = ink.row(*(signs([week[date]] if date in week else [], 1) + "  " for date in dates))
    count = ink.text(say_progress(one.habit, week_progress(one.habit, list(week.values()))), "bold")
    return ink.row(
        ink.left(one.habit.name, name), ink.left(spaced, 21), ink.right(count, 12), "   ", strength(one.strength, 10)
    )
