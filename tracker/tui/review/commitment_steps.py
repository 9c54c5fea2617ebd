"""Steps 6 and 7 of a review: how the commitments of the week went, and the commitments for the week to come."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import zip_longest

from textual.content import Content

from tracker.analytics.habit_days import week_progress
from tracker.analytics.habit_wording import say_progress
from tracker.calendar.days import next_week
from tracker.domain.errors import TrackerError
from tracker.domain.models import MOST_COMMITMENTS, RINGS, Commitment
from tracker.formatting.text import as_sentence, labelled
from tracker.formatting.times import format_short_week, format_short_weekday, week_number
from tracker.locale import N_, _, language
from tracker.reports import commitment_words
from tracker.reports.commitments import CommitmentResult, Suggestion
from tracker.reports.contacts import Outreach, say_ring_reached, say_waiting
from tracker.reports.habit_histories import HabitHistory
from tracker.services import queries, reviewing
from tracker.services.open_review import ReviewedWeek
from tracker.tui import layout, theme
from tracker.tui.modals.dialog import LineDialog
from tracker.tui.review.step import SelectableStep, StepLine, heading
from tracker.tui.widgets.charts import habit_signs, habit_strength
from tracker.tui.widgets.key_lines import Cap


class KeptStep(SelectableStep):
    """Commitments first; those without a measure are answered by y or n."""

    name = "kept"
    word = N_("Kept")

    results: tuple[CommitmentResult, ...] = ()
    #: The commitments of which only the user can say how they went.
    items: Sequence[CommitmentResult] = ()

    def load(self) -> None:
        """Read how the commitments went, and what was answered."""
        self.results = reviewing.commitment_results(self.workspace, self.week)
        self.items = [result for result in self.results if result.commitment.measure is None]
        self.chosen = next((n for n, result in enumerate(self.items) if result.kept is None), 0)
        self.redraw()

    def step_lines(self, width: int, height: int) -> list[StepLine]:
        """The commitments, the habits, then the commitments of the weeks before as far as there is room."""
        asked, histories = self.items, self.figures.habits
        blocks = [self._result(result, width) for result in self.results]
        is_roomy = sum(map(len, blocks)) + len(blocks) + 2 * len(histories) + 3 <= height
        gap = [StepLine(layout.BLANK)] if is_roomy else []
        week = week_number(self.week)
        lines = [StepLine(heading(_("Commitments for week {n}").format(n=week)))]
        if not blocks:
            nothing = _("No commitments for week {n}. The next step makes some for the week after.").format(n=week)
            lines = [*map(StepLine, layout.wrapped(nothing, width, "$faint")), StepLine(layout.BLANK)]
        for result, block in zip(self.results, blocks, strict=True):
            item = asked.index(result) if result in asked else None
            lines += [*(StepLine(line, item) for line in block), *gap]
        if blocks and not is_roomy:
            lines.append(StepLine(layout.BLANK))
        name = min(max(layout.widest(history.habit.name for history in histories), 10), width // 3) + 2
        if histories:
            days = " ".join(format_short_weekday(date)[:2] for date in self.figures.dates)
            lines.append(StepLine(layout.row(layout.left(heading(_("Habits")), name), (days, "$faint"))))
        else:
            nothing = _("No habits. [{key}] on the Day adds one.").format(key=self.key_of("habits"))
            lines += map(StepLine, layout.wrapped(nothing, width, "$faint"))
        for history in histories:
            lines += [StepLine(self._habit(history, name)), *gap]
        return [*lines, *map(StepLine, self._earlier(width, height - len(lines)))]

    def _earlier(self, width: int, available: int) -> list[Content]:
        """The commitments of the weeks before and how they went, the last week first: as many weeks as have room."""
        lines: list[Content] = [layout.BLANK, heading(_("Commitments of the weeks before"))]
        for week, results in self.figures.earlier_results:
            label = layout.text(f"{format_short_week(week)}  ", "$faint")
            block = []
            for result in results:
                sign, style = theme.RESULT_SIGNS[result.kept]
                said = commitment_words.say_commitment(result.commitment)
                words = layout.wrapped(said, width - label.cell_length - 2)
                block += layout.hanging((f"{sign} ", style), words)
            if len(lines) + len(block) > available:
                break
            lines += layout.hanging(label, block)
        return lines if len(lines) > 2 else []

    def _result(self, result: CommitmentResult, width: int) -> list[Content]:
        """The commitment with its sign, and below it how it went: `talks: 5 (at least 3)`, `… · 6 of 7 days`."""
        sign, style = theme.RESULT_SIGNS[result.kept]
        measure = result.commitment.measure
        went = commitment_words.say_result(result)
        if measure is None:
            went = {True: _("you said: kept"), False: _("you said: not kept"), None: _("Did you keep it?")}[result.kept]
        elif measure and result.of is None and result.value is not None:
            went = labelled(_(commitment_words.COMMITMENT_MEASURE_TITLES[measure]), went)
        else:
            went = f"{commitment_words.say_measure(result.commitment, self.figures.titles)} · {went}"
        words = layout.wrapped(commitment_words.say_commitment(result.commitment), width - 3, "bold $strong")
        return layout.hanging((f"{sign}  ", style), [*words, *layout.wrapped(went, width - 3, "$faint")])

    def _habit(self, history: HabitHistory, name: int) -> Content:
        """`Walk  ● ● ○ ● ● – ●   5 of 6   ▇▇▇▇▇ 82 %`, each day below its weekday."""
        dates = self.figures.dates
        days = {day.date: day for day in history.within(dates)}
        marks = layout.row(*(habit_signs([days[date]] if date in days else [], 1) + "  " for date in dates))
        progress = say_progress(history.habit, week_progress(history.habit, list(days.values())))
        cells = (layout.left(history.habit.name, name), layout.left(marks, 21), layout.right(progress, 12, "bold"))
        return layout.row(*cells, "   ", habit_strength(history.strength, 10))

    def caps(self) -> list[Cap]:
        """Yes and no, where something is asked."""
        return [Cap("y", _("kept")), Cap("n", _("not kept"))] if self.items else []

    def press(self, key: str) -> bool:
        """Answer the chosen commitment, and go to the next without an answer."""
        if key in ("y", "n") and self.items:
            reviewing.answer_commitment(self.workspace, self.items[self.chosen].commitment.id, key == "y")
            chosen = self.chosen
            self.load()
            if all(result.kept is not None for result in self.items):
                self.choose(min(chosen + 1, len(self.items) - 1))
            return True
        return super().press(key)


#: The width from which on people stand next to the commitments, and the cells between.
TWO_COLUMNS, GAP = 104, 3


class CommitmentsStep(SelectableStep):
    """The commitments made, suggestions to choose from, and who to talk to."""

    name = "next"
    word = N_("Ahead")
    opens = "e"

    def __init__(self, figures: ReviewedWeek) -> None:
        super().__init__(figures)
        self.next = next_week(figures.name)
        self.items: list[Commitment] = []

    def load(self) -> None:
        """Read the commitments made so far."""
        self.items = reviewing.commitments_of(self.workspace, self.next)
        self.redraw()

    @property
    def suggested(self) -> list[Suggestion]:
        """The suggestions that are not taken yet."""
        taken = {_subject(commitment) for commitment in self.items}
        return [offer for offer in self.figures.suggestions if _subject(offer.commitment) not in taken]

    def step_lines(self, width: int, height: int) -> list[StepLine]:
        """Plans and people, in two columns where there is room."""
        if width >= TWO_COLUMNS:
            left = (width - GAP) * 3 // 5
            right = width - left - GAP
            plans = self._plans(left, roomy=True)
            people = [heading(_("Who to talk to")), *outreach_lines(self.figures.outreach, right)]
            rows = []
            for plan, person in zip_longest(plans, people):
                plan = plan or StepLine(layout.BLANK)
                words = layout.row(layout.left(plan.words, left), " " * GAP, layout.left(person or "", right))
                rows.append(plan._replace(words=words, lit=left))
            return rows
        people = [heading(_("Who to talk to")), *outreach_lines(self.figures.outreach, width)]
        plans = self._plans(width, roomy=True)
        if len(plans) + 1 + len(people) > height:
            plans = self._plans(width, roomy=False)
        return [*plans, StepLine(layout.BLANK), *map(StepLine, people)]

    def _plans(self, width: int, *, roomy: bool) -> list[StepLine]:
        """The commitments made; below them the suggestions, with their measures if `roomy`."""
        first = self.workspace.near_date(self.workspace.week_dates(self.next)[0])
        lines = [StepLine(heading(_("In the week of {date}").format(date=first)))]
        for item, commitment in enumerate(self.items):
            words = layout.wrapped(commitment_words.say_commitment(commitment), width - 3, "bold $strong")
            measure = layout.left(self._measure(commitment), width - 3, "$faint")
            plan = [*layout.hanging(("✓  ", "bold $good"), words), layout.row("   ", measure)]
            lines += [StepLine(line, item) for line in plan]
        if not self.items:
            hint = _("Make one to three if–then plans: a digit takes a suggestion, [a] writes your own.")
            lines += [StepLine(line) for line in layout.wrapped(hint, width, "$foreground")]
        if len(self.items) >= MOST_COMMITMENTS or not self.suggested:
            return lines
        suggestions = _("Suggestions from week {n}").format(n=week_number(self.week))
        lines += [StepLine(layout.BLANK), StepLine(heading(suggestions))]
        for number, offer in enumerate(self.suggested, 1):
            cap = layout.row(layout.keycap(str(number)), " ")
            drawn = layout.hanging(cap, layout.wrapped(commitment_words.say_commitment(offer.commitment), width - 4))
            measured = commitment_words.say_measure(offer.commitment, self.figures.titles) if roomy else ""
            if measured:
                drawn.append(layout.row("    ", layout.left(measured, width - 4, "$faint")))
            lines += [StepLine(line, key=str(number)) for line in drawn]
        return lines

    def _measure(self, commitment: Commitment) -> str:
        return commitment_words.say_measure(commitment, self.figures.titles) or _(
            "not measured: next week you say whether you kept it"
        )

    def caps(self) -> list[Cap]:
        """Take a suggestion, write, change or remove a commitment."""
        count, is_full = len(self.suggested), len(self.items) >= MOST_COMMITMENTS
        take = [Cap("1" if count == 1 else f"1–{count}", _("take"))] if count and not is_full else []
        own = [] if is_full else [Cap("a", _("your own"))]
        return [*take, *own, *([Cap("e", _("change")), Cap("d", _("remove"))] if self.items else [])]

    def reviewed(self) -> bool:
        """Whether there is a commitment."""
        return bool(self.items)

    def press(self, key: str) -> bool:
        """A digit takes a suggestion; a, e and d are for the user's own words."""
        if key.isdecimal() and 0 < int(key) <= len(self.suggested):
            self._commit(self.suggested[int(key) - 1].commitment)
        elif key[:1] == "1" and "–" in key:  # the cap of all digits, clicked
            self._commit(self.suggested[0].commitment)
        elif key == "a":
            self._ask(None)
        elif key == "e" and self.items:
            self._ask(self.items[self.chosen])
        elif key in ("d", "delete") and self.items:
            reviewing.delete_commitment(self.workspace, self.items[self.chosen].id)
            self.load()
        else:
            return super().press(key)
        return True

    def _commit(self, commitment: Commitment) -> None:
        reviewing.add_commitment(self.workspace, commitment)
        self.load()
        self.choose(max(len(self.items) - 1, 0))

    def _ask(self, before: Commitment | None) -> None:
        """Ask for a commitment as a line, by default the one `before`; show what it means while it is typed."""
        value, example = "", _("if I am bored then I call a prospect")
        if before:
            value = commitment_words.write_commitment(before, language())
        hint = _("optional, to let the log measure it: ; at least 3 a week by contacts")
        dialog = LineDialog(_("If …, then …"), self._read, value=value, example=example, hint=hint)
        self.base_app().ask(dialog, partial(self._keep, before))

    def _read(self, line: str) -> tuple[Commitment, Content]:
        if not line.strip():
            raise TrackerError(_("Type when, then what you do: if …, then …"))
        commitment = commitment_words.read_commitment(line, self.next)
        if commitment.channel:
            channel = queries.find_channel(self.workspace, commitment.channel).name
            commitment = commitment._replace(channel=channel)
        measure = layout.text(f" · {self._measure(commitment)}", "$faint")
        return commitment, layout.row(commitment_words.say_commitment(commitment), measure)

    def _keep(self, before: Commitment | None, commitment: Commitment) -> None:
        if before is None:
            self._commit(commitment)
            return
        kept = {field: getattr(before, field) for field in ("id", "week", "pattern", "position", "kept", "at")}
        reviewing.change_commitment(self.workspace, commitment._replace(**kept), before)
        self.load()


def _subject(commitment: Commitment) -> tuple[object, ...]:
    """What tells two suggestions apart."""
    return commitment.measure, commitment.per, commitment.channel, commitment.pattern


def outreach_lines(outreach: Outreach, width: int) -> list[Content]:
    """Who to talk to: the ring reached, follow-ups due, then ring by ring who waits longest."""
    style = "bold $good" if outreach.proposed else "$foreground"
    lines = layout.wrapped(as_sentence(say_ring_reached(outreach)), width, style)
    people = [("↻", "$flag", _("follow up"), person) for person in outreach.follow_ups]
    people += [("◎", "$good", _(ring.ring), person) for ring in outreach.rings for person in ring.waiting]
    label = max(layout.widest((*map(_, RINGS), _("follow up"))), 8) + 2
    for sign, colour, why, person in people:
        head = layout.row((f"{sign} ", colour), layout.left(why, label, "$faint"))
        lines += layout.hanging(head, layout.wrapped(say_waiting(person), width - label - 2))
    if not people:
        lines += layout.wrapped(_("No follow-ups due. Start with someone nearby."), width, "$faint")
    return lines
