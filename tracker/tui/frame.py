"""What is said of the moment in one line: what runs, whether it is past its plan, how long a pause lasts, ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import over_plan
from tracker.formatting.durations import format_growing_duration
from tracker.locale import _
from tracker.services import overruns, pausing, queries, timekeeping
from tracker.tui import ink, signs
from tracker.tui.keys import BY_ID, said

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.domain.models import Session
    from tracker.workspace import Workspace


#: What can be done instead of one more look, by the names of the actions.
WAYS_OUT = ("task", "contact", "pause")


def ways_out(changed: dict[str, str]) -> tuple[str, ...]:
    """`w the important task`, `t a call`, `b a pause`, by the keys they have."""
    says = {"task": _("the important task"), "contact": _("a call"), "pause": _("a pause")}
    return tuple(f"{said(BY_ID[name], changed)} {says[name]}" for name in WAYS_OUT)


def says_header(workspace: Workspace, running: Session | None, now: int, changed: dict[str, str]) -> Content:
    """`● LinkedIn 12m`, `▲ LinkedIn 37m · B why?`, `‖ pause 48m`; `changed` are the keys the user rebound."""
    if running is None:
        pause = pausing.current_pause(workspace)
        if pause is None:
            return ink.BLANK
        left = format_growing_duration(max(pause.until - now, 0))
        return ink.row(ink.text(f"{signs.PAUSE} ", "bold $good"), ink.text(_("pause {time}").format(time=left), "bold"))
    spent = max(0, now - running.start)
    over = over_plan(spent, running.planned_seconds) > 0
    style = "bold $flag" if over else "bold $good"
    says = ink.row(
        ink.text(f"{signs.OVER if over else signs.RUNS} ", style),
        ink.text(f"{queries.title(workspace, running.channel)} {format_growing_duration(spent)}", "bold"),
    )
    if not overruns.asks_why(workspace, running):
        return says
    return ink.row(says, ink.text(f" · {said(BY_ID['why'], changed)} " + _("why?"), "$flag"))


def says_space(workspace: Workspace, running: Session | None) -> str:
    """What the space bar does now; nothing where it has nothing to resume."""
    if running:
        return _("Stop")
    return _("Resume") if timekeeping.can_resume(workspace) else ""
