"""The habits that are left in the evening, the day's important task among them: one key each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import TrackerError
from tracker.locale import N_, _
from tracker.services import closing_day, habit_keeping
from tracker.tui import ink
from tracker.tui.modals.close_steps import Step
from tracker.tui.widgets.keycaps import Cap

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.domain.models import Habit
    from tracker.services.close_questions import CloseQuestions
    from tracker.workspace import Workspace

#: No habit counts further in a day.
MOST = 1_000_000_000

#: How an answered line looks: by its sign as well as its colour.
SIGNS = {"y": ("✓", "bold $good"), "n": ("✗", "$flag"), "s": ("»", "$faint"), "": ("▸", "$faint")}


class Habits(Step):
    """A line each; y, n or s answers the marked one, a number gives how many."""

    title = N_("Habits")

    def __init__(self, workspace: Workspace, evening: CloseQuestions) -> None:
        super().__init__(workspace, evening)
        day = evening.day
        self.task = day.task if day.task and not day.task_done else None
        self.asked: list[Habit | None] = [*([None] if self.task else []), *evening.habits]
        self.answers: list[str] = []
        self.typed = ""

    @property
    def habit(self) -> Habit | None:
        """The one that is asked about; None for the task."""
        return self.asked[len(self.answers)]

    def lines(self, width: int) -> list[Content]:
        """What was answered, what is asked, what is to come."""
        return [self._line(place, width) for place in range(len(self.asked))]

    def _line(self, place: int, width: int) -> Content:
        habit, here = self.asked[place], place == len(self.answers)
        answer = self.answers[place] if place < len(self.answers) else ""
        sign, style = SIGNS.get(answer, SIGNS["y"])
        name = habit.name if habit else (self.task or "")
        wants = _wants(habit) if habit else _("the important task")
        count = f"{self.typed}▏" if here and self.typed else answer if answer not in SIGNS else ""
        line = ink.row(
            ink.text(f" {sign} ", style),
            ink.text(name, "bold" if here else ""),
            ink.text(f"  {wants}", "$faint"),
            ink.text(f"  {count}" if count else "", "bold"),
        )
        if not here:
            return ink.row(" ", line)
        return ink.row(ink.text("▌", "$primary"), ink.left(line, width - 1)).stylize("on $cursor")

    def caps(self) -> list[Cap]:
        """Yes, no, skip; a number where one counts."""
        habit = self.habit
        if habit is None:
            return [Cap("⏎", _("leave it open")), Cap("y", _("done")), Cap("n", _("not done"))]
        found = [Cap("⏎", _("no answer")), Cap("y", _("yes"))]
        # More than at most so many is so many: "no" would not say how many.
        found += [Cap("n", _("no"))] if habit.kind != "at_most" else []
        found.append(Cap("s", _("skip: not for today")))
        return [*found, Cap("0–9", habit.unit or _("how many"))] if habit.kind != "yes_no" else found

    def accept(self, line: str) -> bool:
        """The number typed, or nothing."""
        habit = self.habit
        if not self.typed or habit is None:
            return self._next("")
        try:
            value = float(self.typed)
            if value > MOST:
                raise ValueError
        except ValueError:
            self.typed = ""
            raise TrackerError(_("that is no number")) from None
        habit_keeping.tick(self.workspace, habit, self.date, value)
        return self._next(self.typed)

    def press(self, key: str) -> bool | None:
        """One key answers."""
        habit = self.habit
        if key == "backspace":
            self.typed = self.typed[:-1]
            return False
        if habit is not None and habit.kind != "yes_no" and (key.isdecimal() or (key in ".," and self.typed)):
            self.typed = (self.typed + key.replace(",", "."))[:9]
            return False
        if key not in [cap.key for cap in self.caps()]:
            return None
        self._answer(habit, key)
        return self._next(key)

    def _answer(self, habit: Habit | None, key: str) -> None:
        if habit is None:
            if key == "y":
                closing_day.do_task(self.workspace, self.date, True)
        elif key == "s":
            habit_keeping.skip(self.workspace, habit, self.date)
        else:
            habit_keeping.tick(self.workspace, habit, self.date, (habit.target or 1) if key == "y" else 0)

    def _next(self, answer: str) -> bool:
        """Go on to the next line; whether that was the last."""
        self.answers.append(answer)
        self.typed = ""
        return len(self.answers) == len(self.asked)


def _wants(habit: Habit) -> str:
    """`at least 20 pages`."""
    if habit.kind == "yes_no" or habit.target is None:
        return ""
    says = _("at least {n} {unit}") if habit.kind == "at_least" else _("at most {n} {unit}")
    return says.format(n=f"{habit.target:g}", unit=habit.unit or "").strip()
