"""⑦ The coming week: one to three commitments as if-then, one's own words winning, and who to talk to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.calendar.weeks import next_week
from tracker.domain.models import TrackerError
from tracker.formatting.times import format_near_date
from tracker.locale import N_, _, language
from tracker.reports.commitment_words import read_commitment, say_commitment, say_measure, write_commitment
from tracker.services import queries, reviewing
from tracker.tui import ink
from tracker.tui.modals.line import LineDialog
from tracker.tui.review.choosing import Choosing, Line
from tracker.tui.review.outreach import outreach
from tracker.tui.widgets.keycaps import Cap

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.domain.models import Commitment
    from tracker.reports.suggestions import Suggestion
    from tracker.tui.review.facts import Facts

#: More are wishes.
MOST = 3
#: From so many cells on people stand beside the commitments.
TWO, GAP = 104, 3


class Coming(Choosing):
    """What one committed to, what there is to choose from, and who to talk to."""

    name = "next"
    word = N_("Ahead")
    title = N_("The coming week")

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.next = next_week(facts.name)
        self.planned: list[Commitment] = []

    def load(self) -> None:
        """What is committed to so far."""
        self.planned = reviewing.planned(self.workspace, self.next)
        self.redraw()

    @property
    def suggested(self) -> list[Suggestion]:
        """What is not taken yet."""
        taken = {(one.measure, one.per, one.channel, one.pattern) for one in self.planned}
        return [
            one
            for one in self.facts.suggestions
            if (one.commitment.measure, one.commitment.per, one.commitment.channel, one.commitment.pattern) not in taken
        ]

    def count(self) -> int:
        """What one committed to is chosen, to be changed."""
        return len(self.planned)

    def written(self, width: int, height: int) -> list[Line]:
        """In two columns where there is room; else as much of each part as fits."""
        if width >= TWO:
            left = (width - GAP) * 3 // 5
            return self._beside(left, width - left - GAP, height)
        for roomy in (True, False):
            plans = self._plans(width, roomy=roomy)
            people = [_title(_("Who to talk to")), *outreach(self.facts.outreach, width)]
            if len(plans) + 1 + len(people) <= height:
                break
        room = max(height - len(plans) - 2, 3)
        people = [people[0], *outreach(self.facts.outreach, width, room)]
        return [*plans, Line(ink.BLANK), *map(Line, people)]

    def _beside(self, left: int, right: int, height: int) -> list[Line]:
        plans = self._plans(left, roomy=True)
        people = [_title(_("Who to talk to")), *outreach(self.facts.outreach, right, height - 1)]
        count = max(len(plans), len(people))
        plans += [Line(ink.BLANK)] * (count - len(plans))
        people += [ink.BLANK] * (count - len(people))
        return [
            Line(ink.row(ink.left(plan.words, left), " " * GAP, ink.left(person, right)), plan.item, left, plan.key)
            for plan, person in zip(plans, people, strict=True)
        ]

    def _plans(self, width: int, *, roomy: bool) -> list[Line]:
        """What one committed to; below it what could be."""
        first = format_near_date(self.workspace.week_dates(self.next)[0], self.workspace.today())
        lines = [Line(_title(_("In the week of {date}").format(date=first)))]
        for item, one in enumerate(self.planned):
            lines += [Line(line, item) for line in self._plan(one, width)]
        if not self.planned:
            says = _("One to three plans, as if … then …: take one by its digit, or a for your own.")
            lines += [Line(line) for line in ink.wrapped(says, width, "$foreground")]
        if len(self.planned) >= MOST or not self.suggested:
            return lines
        lines += [Line(ink.BLANK), Line(_title(_("Suggested, from what this week showed")))]
        for number, offer in enumerate(self.suggested, 1):
            drawn = self._suggestion(number, offer.commitment, width, roomy=roomy)
            lines += [Line(line, key=str(number)) for line in drawn]
        return lines

    def _plan(self, one: Commitment, width: int) -> list[Content]:
        said = ink.wrapped(say_commitment(one), width - 3, "bold $strong")
        lines = [ink.row(ink.text("✓  ", "bold $good") if not n else "   ", line) for n, line in enumerate(said)]
        measure = say_measure(one, self.facts.titles) or _("measured by your own word, next week")
        return [*lines, ink.row("   ", ink.left(measure, width - 3, "$faint"))]

    def _suggestion(self, number: int, one: Commitment, width: int, *, roomy: bool) -> list[Content]:
        cap = ink.row(ink.text(f" {number} ", "bold $strong on $panel"), " ")
        said = ink.wrapped(say_commitment(one), width - 4)
        lines = [ink.row(cap if not n else "    ", line) for n, line in enumerate(said)]
        measure = say_measure(one, self.facts.titles) if roomy else ""
        return [*lines, *([ink.row("    ", ink.left(measure, width - 4, "$faint"))] if measure else [])]

    def caps(self) -> list[Cap]:
        """Take, write, change, take away."""
        many = len(self.suggested)
        take = [Cap("1" if many == 1 else f"1–{many}", _("take"))] if many and len(self.planned) < MOST else []
        own = [Cap("a", _("your own"))] if len(self.planned) < MOST else []
        change = [Cap("e", _("change")), Cap("d", _("drop"))] if self.planned else []
        return [*take, *own, *change]

    def reviewed(self) -> bool:
        """Something was committed to."""
        return bool(self.planned)

    def press(self, key: str) -> bool:
        """A digit takes a suggestion; a, e and d are for one's own words."""
        if key.isdecimal() and 0 < int(key) <= len(self.suggested):
            self._taken(reviewing.commit(self.workspace, self.suggested[int(key) - 1].commitment))
        elif key[:1] == "1" and "–" in key:  # the caps of all digits, clicked
            self._taken(reviewing.commit(self.workspace, self.suggested[0].commitment))
        elif key == "a":
            self._ask(None)
        elif key == "e" and self.planned:
            self._ask(self.planned[self.chosen])
        elif key in ("d", "delete") and self.planned:
            reviewing.uncommit(self.workspace, self.planned[self.chosen].id)
            self.load()
        else:
            return super().press(key)
        return True

    def opened(self) -> None:
        """Clicked once more: change it."""
        self.press("e")

    def _taken(self, one: Commitment) -> None:
        self.load()
        self.choose(max(len(self.planned) - 1, 0))

    def _ask(self, one: Commitment | None) -> None:
        """The commitment as a line, and what it means while it is typed."""
        dialog = LineDialog(
            _("If …, then …"),
            self._read,
            value=write_commitment(one, language()) if one else "",
            example=_("if I want to check likes then I call one prospect; at least 3 a week by contacts"),
            hint=_("behind a semicolon how the log can tell; without it you say so next week"),
        )
        dialog.then = partial(self._keep, one)
        self.app.push_screen(dialog)

    def _read(self, line: str) -> tuple[Commitment, Content]:
        if not line.strip():
            raise TrackerError(_("when it happens, and what you do then: two halves with “then” between them"))
        found = read_commitment(line, self.next)
        if found.channel:
            found = found._replace(channel=queries.find_channel(self.workspace, found.channel).name)
        measure = say_measure(found, self.facts.titles) or _("measured by your own word, next week")
        return found, ink.row(ink.text(say_commitment(found)), ink.text(f" · {measure}", "$faint"))

    def _keep(self, before: Commitment | None, found: Commitment) -> None:
        if before is None:
            self._taken(reviewing.commit(self.workspace, found))
            return
        reviewing.change_commitment(self.workspace,
            found._replace(
                id=before.id, week=before.week, pattern=before.pattern, position=before.position,
                kept=before.kept, at=before.at,
            ),
            before,
        )  # fmt: skip
        self.load()


def _title(title: str) -> Content:
    return ink.text(title, "bold $primary")
