"""Step 7: the coming week. One to three commitments as if-then plans, and who to talk to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.calendar.days import next_week
from tracker.domain.errors import TrackerError
from tracker.domain.models import RINGS
from tracker.formatting.text import as_sentence
from tracker.formatting.times import format_near_date, week_number
from tracker.locale import N_, _, language
from tracker.reports.commitment_words import read_commitment, say_commitment, say_measure, write_commitment
from tracker.reports.contacts import say_ring_reached, say_waiting
from tracker.services import queries, reviewing
from tracker.tui import layout
from tracker.tui.modals.line_dialog import LineDialog
from tracker.tui.review.step import SelectableStep, StepLine, heading
from tracker.tui.widgets.keycaps import Cap

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.domain.models import Commitment
    from tracker.reports.commitments import Suggestion
    from tracker.reports.contacts import Outreach
    from tracker.services.reviewed_week import ReviewedWeek

#: Commitments a week, at most.
MOST = 3
#: The width from which on people stand next to the commitments, and the cells between.
TWO_COLUMNS, GAP = 104, 3


class CommitmentsStep(SelectableStep):
    """The commitments made, suggestions to choose from, and who to talk to."""

    name = "next"
    word = N_("Ahead")
    title = N_("The coming week")

    def __init__(self, figures: ReviewedWeek) -> None:
        super().__init__(figures)
        self.next = next_week(figures.name)
        self.planned: list[Commitment] = []

    def load(self) -> None:
        """Read the commitments made so far."""
        self.planned = reviewing.commitments_of(self.workspace, self.next)
        self.redraw()

    @property
    def suggested(self) -> list[Suggestion]:
        """The suggestions that are not taken yet."""
        taken = {_subject(commitment) for commitment in self.planned}
        return [offer for offer in self.figures.suggestions if _subject(offer.commitment) not in taken]

    def count(self) -> int:
        """The commitments made can be chosen, to be changed."""
        return len(self.planned)

    def step_lines(self, width: int, height: int) -> list[StepLine]:
        """Plans and people, in two columns where there is room."""
        if width >= TWO_COLUMNS:
            left = (width - GAP) * 3 // 5
            right = width - left - GAP
            plans = self._plans(left, roomy=True)
            people = [heading(_("Who to talk to")), *outreach_lines(self.figures.outreach, right)]
            count = max(len(plans), len(people))
            plans += [StepLine(layout.BLANK)] * (count - len(plans))
            people += [layout.BLANK] * (count - len(people))
            return [
                plan._replace(
                    words=layout.row(layout.left(plan.words, left), " " * GAP, layout.left(person, right)), lit=left
                )
                for plan, person in zip(plans, people, strict=True)
            ]
        people = [heading(_("Who to talk to")), *outreach_lines(self.figures.outreach, width)]
        plans = self._plans(width, roomy=True)
        if len(plans) + 1 + len(people) > height:
            plans = self._plans(width, roomy=False)
        return [*plans, StepLine(layout.BLANK), *map(StepLine, people)]

    def _plans(self, width: int, *, roomy: bool) -> list[StepLine]:
        """The commitments made; below them the suggestions, with their measures if `roomy`."""
        first = format_near_date(self.workspace.week_dates(self.next)[0], self.workspace.today())
        lines = [StepLine(heading(_("In the week of {date}").format(date=first)))]
        for item, commitment in enumerate(self.planned):
            words = layout.wrapped(say_commitment(commitment), width - 3, "bold $strong")
            measure = layout.left(self._measure(commitment), width - 3, "$faint")
            plan = [*layout.hanging(("✓  ", "bold $good"), words), layout.row("   ", measure)]
            lines += [StepLine(line, item) for line in plan]
        if not self.planned:
            hint = _("Make one to three if–then plans: a digit takes a suggestion, [a] writes your own.")
            lines += [StepLine(line) for line in layout.wrapped(hint, width, "$foreground")]
        if len(self.planned) >= MOST or not self.suggested:
            return lines
        suggestions = _("Suggestions from week {n}").format(n=week_number(self.week))
        lines += [StepLine(layout.BLANK), StepLine(heading(suggestions))]
        for number, offer in enumerate(self.suggested, 1):
            cap = layout.row(layout.keycap(str(number)), " ")
            drawn = layout.hanging(cap, layout.wrapped(say_commitment(offer.commitment), width - 4))
            measured = say_measure(offer.commitment, self.figures.titles) if roomy else ""
            if measured:
                drawn.append(layout.row("    ", layout.left(measured, width - 4, "$faint")))
            lines += [StepLine(line, key=str(number)) for line in drawn]
        return lines

    def _measure(self, commitment: Commitment) -> str:
        return say_measure(commitment, self.figures.titles) or _("not measured: next week you say whether you kept it")

    def caps(self) -> list[Cap]:
        """Take a suggestion, write, change or remove a commitment."""
        count, is_full = len(self.suggested), len(self.planned) >= MOST
        take = [Cap("1" if count == 1 else f"1–{count}", _("take"))] if count and not is_full else []
        own = [] if is_full else [Cap("a", _("your own"))]
        change = [Cap("e", _("change")), Cap("d", _("remove"))] if self.planned else []
        return [*take, *own, *change]

    def reviewed(self) -> bool:
        """Whether there is a commitment."""
        return bool(self.planned)

    def press(self, key: str) -> bool:
        """A digit takes a suggestion; a, e and d are for the user's own words."""
        if key.isdecimal() and 0 < int(key) <= len(self.suggested):
            self._commit(self.suggested[int(key) - 1].commitment)
        elif key[:1] == "1" and "–" in key:  # the cap of all digits, clicked
            self._commit(self.suggested[0].commitment)
        elif key == "a":
            self._ask(None)
        elif key == "e" and self.planned:
            self._ask(self.planned[self.chosen])
        elif key in ("d", "delete") and self.planned:
            reviewing.delete_commitment(self.workspace, self.planned[self.chosen].id)
            self.load()
        else:
            return super().press(key)
        return True

    def opened(self) -> None:
        """A second click changes the commitment."""
        self.press("e")

    def _commit(self, commitment: Commitment) -> None:
        reviewing.add_commitment(self.workspace, commitment)
        self.load()
        self.choose(max(len(self.planned) - 1, 0))

    def _ask(self, before: Commitment | None) -> None:
        """Ask for a commitment as a line, by default the one `before`; show what it means while it is typed."""
        dialog = LineDialog(
            _("If …, then …"),
            self._read,
            value=write_commitment(before, language()) if before else "",
            example=_("if I am bored then I call a prospect"),
            hint=_("optional, to let the log measure it: ; at least 3 a week by contacts"),
        )
        dialog.then = partial(self._keep, before)
        self.app.push_screen(dialog)

    def _read(self, line: str) -> tuple[Commitment, Content]:
        if not line.strip():
            raise TrackerError(_("Type when, then what you do: if …, then …"))
        commitment = read_commitment(line, self.next)
        if commitment.channel:
            channel = queries.find_channel(self.workspace, commitment.channel).name
            commitment = commitment._replace(channel=channel)
        measure = layout.text(f" · {self._measure(commitment)}", "$faint")
        return commitment, layout.row(say_commitment(commitment), measure)

    def _keep(self, before: Commitment | None, commitment: Commitment) -> None:
        if before is None:
            self._commit(commitment)
            return
        changed = commitment._replace(
            id=before.id, week=before.week, pattern=before.pattern, position=before.position,
            kept=before.kept, at=before.at,
        )  # fmt: skip
        reviewing.change_commitment(self.workspace, changed, before)
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
