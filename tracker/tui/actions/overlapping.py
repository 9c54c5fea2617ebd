"""Changes of sessions that may meet what is recorded: made at once where they meet nothing, else asked about first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.domain.models import TrackerError
from tracker.formatting.durations import format_duration
from tracker.formatting.times import format_clock_range, session_times_in
from tracker.locale import _
from tracker.reports import side_effects
from tracker.services import overlap_questions
from tracker.services.overlap_questions import ChangedMeanwhile, SessionChange
from tracker.storage.overlaps import REFUSE, Overlap
from tracker.tui.actions import prompts
from tracker.tui.base_app import BaseApp

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.services.overlap_questions import Outlook, Question
    from tracker.storage.effects import Effects


def settle(
    app: BaseApp, change: SessionChange, tell: Callable[[Effects], None], refused: Callable[[], None] = lambda: None
) -> None:
    """Make a change and `tell` what it did; where it meets a record, ask first and make it as answered.

    `refused` is called where it cannot be made.
    """
    _settle(app, change, tell, refused, REFUSE, None)


def _settle(
    app: BaseApp,
    change: SessionChange,
    tell: Callable[[Effects], None],
    refused: Callable[[], None],
    how: str,
    shown: Outlook | None,
) -> None:
    question: Question | None = None
    try:
        try:
            found = overlap_questions.make_change(app.workspace, change, how, shown)
        except Overlap as met:
            question = overlap_questions.overlap_question(app.workspace, change, met)
        except ChangedMeanwhile:
            # Another program has changed what was shown: it is asked again, with what is there now.
            _settle(app, change, tell, refused, REFUSE, None)
            return
    except TrackerError:
        refused()
        raise
    if question is None:
        tell(found)
        return
    asked = question

    def answered(answer: str) -> None:
        outlook = next(one for one in asked.outlooks if one.how == answer)
        if outlook.effects is None:
            _nothing(app, change, asked)
        else:
            _settle(app, change, tell, refused, answer, outlook)

    from tracker.tui.modals.overlap import OverlapDialog

    app.ask(OverlapDialog(app.workspace, change, asked), answered)


def _nothing(app: BaseApp, change: SessionChange, asked: Question) -> None:
    """Say that what is recorded was kept, and nothing else was done."""
    zone = change.wanted[0].zone
    there = side_effects.listed([session_times_in(zone)(one) for one in asked.there])
    says = _("Nothing changed: {channel} {there} is kept") if change.seen else None
    says = says or _("Nothing saved: {channel} {there} is already recorded")
    app.announce(says.format(channel=prompts.title(app, asked.there[0].channel), there=there))


def pieces(app: BaseApp, found: Effects) -> tuple[str, str]:
    """`14:00–14:25` and `25m`: the times of each piece of what was asked for, and how long all of it is."""
    spans = side_effects.listed([format_clock_range(one.start, one.end, one.zone) for one in found.mine])
    spent = sum((one.end or one.start) - one.start for one in found.mine)
    return spans, format_duration(spent)


def besides(app: BaseApp, found: Effects, zone: str | None = None) -> list[str]:
    """What a change did besides what was asked for, in phrases, by the clock of a zone or of what was asked for."""
    return side_effects.say_effects(found, session_times_in(zone or found.wanted[0].zone), partial(prompts.title, app))
