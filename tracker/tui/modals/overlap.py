"""Whose time it is where records of one channel meet: each answer in a sentence, and as strips, before and after."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from tracker.calendar.zones import DAY
from tracker.formatting.times import format_clock, format_near_date, session_times_in
from tracker.locale import _, ngettext
from tracker.reports import side_effects
from tracker.services import queries
from tracker.services.overlap_questions import TAKE, YIELD
from tracker.tui import ink
from tracker.tui.modals.chooser import Choice, Choices, Chooser
from tracker.tui.theme import hue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from tracker.domain.models import Session
    from tracker.services.overlap_questions import Outlook, Question, SessionChange
    from tracker.workspace import Workspace

#: The key of each answer: the recorded entry's time, or the new one's.
KEYS = {YIELD: "k", TAKE: "u"}

#: What was there and what is new, without colours too.
OLD, NEW = "▒", "█"


class Answers(Choices):
    """A sentence for each answer, and below it the channel's time before and after, on one axis."""

    def __init__(
        self, choices: Sequence[Choice], title: str, question: Question, change: SessionChange, workspace: Workspace
    ) -> None:
        super().__init__(choices, title)
        self.add_class("overlap")
        self._question, self._change, self._workspace = question, change, workspace
        self._zone = change.wanted[0].zone

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """The sentence, the strips and the times at their ends."""
        blocks = [
            [*self._sentence(choice, width), *self._strips(outlook, width - 4)]
            for choice, outlook in zip(self.choices, self._question.outlooks, strict=True)
        ]
        if len(blocks) > 1 and sum(map(len, blocks)) < height:
            blocks[0].append(ink.BLANK)
        return blocks

    def _strips(self, outlook: Outlook, width: int) -> list[Content]:
        labels = _("before"), _("after")
        label = ink.widest(labels) + 1
        room = width - label
        mine = {one.id for one in outlook.effects.mine} if outlook.effects else {one.id for one in self._change.seen}
        before = self._strip(outlook.before, {one.id for one in self._change.seen}, room)
        after = self._strip(outlook.after, mine, room)
        lines = [
            ink.row("    ", ink.left(name, label, "$faint"), strip)
            for name, strip in zip(labels, (before, after), strict=True)
        ]
        lo, hi = self._ends()
        ends = ink.row(lo, " " * max(room - lo.cell_length - hi.cell_length, 1), hi)
        return [*lines, ink.row(" " * (4 + label), ends)]

    def _ends(self) -> tuple[Content, Content]:
        """The times at the ends of the strips, with their dates where they are a day apart."""
        question, workspace = self._question, self._workspace
        dated = question.hi - question.lo >= DAY
        said = []
        for at in (question.lo, question.hi):
            date = f"{format_near_date(workspace.day_of(at), workspace.today())} " if dated else ""
            said.append(ink.text(date + format_clock(at, self._zone), "$faint"))
        return said[0], said[1]

    def _strip(self, found: Sequence[Session], mine: set[int], width: int) -> Content:
        """Sessions as blocks of one cell at least; where two of a kind touch, the second begins with an edge."""
        lo, hi = self._question.lo, self._question.hi
        cells = [("·", "$line")] * width
        ended = [(one, one.end if one.end is not None else self._workspace.now()) for one in found]
        for session, end in sorted(ended, key=lambda pair: pair[0].start - pair[1]):  # the short ones are seen
            if end < lo or session.start >= hi:
                continue
            first = max(_cell(session.start - lo, hi - lo, width), 0)
            behind = min(max(_cell(end - lo, hi - lo, width), first + 1), width)
            own = session.id in mine
            sign, style = (NEW, hue(session.channel)) if own else (OLD, "$foreground")
            first = min(first, width - 1)
            for cell in range(first, behind):
                cells[cell] = (sign, style)
            if first and cells[first - 1][0] == sign and behind - first > 1:
                cells[first] = ("▐" if own else "│", style)
        return ink.row(*(Content.styled(sign, style) for sign, style in cells))

    def more(self, above: int, below: int) -> None:
        """What the signs mean, and what to press."""
        keys = _("{old} recorded · {new} new · esc Cancel").format(old=OLD, new=NEW)
        self.say(self.title, keys)


def _cell(seconds: int, span: int, width: int) -> int:
    """The nearest edge between cells, so that where one session ends another begins."""
    return (2 * seconds * width + span) // (2 * span)


class OverlapDialog(Chooser):
    """Answers how records are settled (TAKE, YIELD)."""

    def __init__(self, workspace: Workspace, change: SessionChange, question: Question) -> None:
        self._asked = workspace, change, question
        zone = change.wanted[0].zone
        times = session_times_in(zone)
        there = side_effects.listed([times(one) for one in question.there])
        title = _("{channel} is already recorded: {there}")
        if any(one.zone != zone for one in question.there):
            title = _("{channel} is already recorded: {there} (times in {zone})")
        name = queries.title(workspace, question.there[0].channel)
        choices = [
            Choice(KEYS[outlook.how], say_outlook(outlook, change, workspace), "", "", outlook.how)
            for outlook in question.outlooks
        ]
        super().__init__(title.format(channel=name, there=there, zone=zone), choices)

    def compose(self) -> ComposeResult:
        """As high as the sentences and strips need, as far as the screen is."""
        workspace, change, question = self._asked
        answers = Answers(self._choices, self._title, question, change, workspace)
        width = min(76, self.app.size.width * 94 // 100) - 5
        answers.styles.height = min(answers.lines_needed(width) + 3, self.app.size.height)
        yield answers


def say_outlook(outlook: Outlook, change: SessionChange, workspace: Workspace) -> str:
    """`Use the new entry, shorten the old one: LinkedIn 08:04–08:20 instead of 08:04–08:29`."""
    found, n = outlook.effects, len(change.wanted)
    if found is None:
        if change.seen:
            return _("Keep what is recorded. Nothing is changed.")
        return _("Keep what is recorded. Nothing new is saved.")
    times = session_times_in(change.wanted[0].zone)
    if outlook.how == YIELD:
        says = ngettext(
            "Keep what is recorded, shorten the new entry: {what}",
            "Keep what is recorded, shorten the new entries: {what}",
            n,
        )
        return says.format(what=side_effects.say_mine(found, times, partial(queries.title, workspace)))
    others, left = side_effects.shortened(found), [left for _was, left in side_effects.shortened(found)]
    if all(left):
        says = ngettext(
            "Use the new entry, shorten the old one: {what}",
            "Use the new entry, shorten the old ones: {what}",
            len(others),
        )
    elif not any(left):
        says = ngettext(
            "Use the new entry, remove the old one: {what}",
            "Use the new entry, remove the old ones: {what}",
            len(others),
        )
        spans = side_effects.listed([times(was) for was, _left in others])
        return says.format(what=f"{queries.title(workspace, others[0][0].channel)} {spans}")
    else:
        says = _("Use the new entry, shorten or remove the old ones: {what}")
    return says.format(what=_("; ").join(side_effects.say_others(found, times, partial(queries.title, workspace))))
