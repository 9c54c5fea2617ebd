"""What is said first where a session is to begin: how today stands, a pause, what runs, and one's own commitment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.formatting.durations import format_duration, format_growing_duration
from tracker.formatting.text import format_checks
from tracker.formatting.times import format_clock, format_upcoming
from tracker.locale import _
from tracker.services import pausing, queries
from tracker.tui import ink, signs
from tracker.tui.theme import hue

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.domain.models import Channel, Commitment
    from tracker.reports.status import BudgetState
    from tracker.workspace import Workspace


def said_first(workspace: Workspace, standing: BudgetState) -> list[Content]:
    """How today stands, the pause that starting would break, and what it would stop: a line each."""
    now = workspace.now()
    lines = []
    running = queries.running(workspace)
    if standing.social or standing.channel_budget:
        lines.append(
            _stands(
                standing,
                queries.find_channel(workspace, standing.channel),
                running and queries.find_channel(workspace, running.channel),
            )
        )
    pause = pausing.current_pause(workspace) if standing.social else None
    if pause:
        says = _("pause until {clock}: already broken") if pause.openings else _("pause until {clock}")
        until = format_upcoming(pause.end, now, workspace.zone)
        lines.append(
            ink.row(
                ink.text(f"{signs.PAUSE} ", "bold $primary"),
                ink.text(says.format(clock=until), "bold"),
                ink.text("" if pause.openings else " · " + _("starting breaks it"), "$foreground"),
            )
        )
    if running:
        says = _("{channel} since {clock}, {time}").format(
            channel=queries.title(workspace, running.channel),
            clock=format_clock(running.start, running.zone),
            time=format_growing_duration(max(now - running.start, 0)),
        )
        lines.append(
            ink.row(
                ink.text(f"{signs.RUNS} ", "bold $good"),
                ink.text(says, "bold"),
                ink.text(" · " + _("starting stops it"), "$foreground"),
            )
        )
    return lines


def reminded(one: Commitment) -> Content:
    """`⇒ If I want to check likes, then I call one prospect.`: one's own words, when they matter."""
    from tracker.reports.commitment_words import say_commitment

    return ink.row(ink.text(f"{signs.COMMITMENT} ", "bold $good"), ink.text(say_commitment(one), "italic"))


def _stands(standing: BudgetState, channel: Channel, runs: Channel | None) -> Content:
    """`LinkedIn 24m of 1h · today 1h 24m of 2h · 12 checks of 20`; ▲ where nothing is left. `runs`: what runs."""
    parts = [
        _figure(
            *(channel.title, hue(channel.name), format_growing_duration(standing.channel_seconds, runs == channel)),
            *(standing.channel_budget, standing.channel_over),
        )
    ]
    if standing.social:
        today = format_growing_duration(standing.seconds, runs is not None and runs.kind == "social")
        parts.append(_figure(_("today"), "", today, standing.budget, standing.day_over))
        checks = format_checks(standing.checks)
        limit = standing.check_limit
        over = limit is not None and standing.checks >= limit
        said = checks if limit is None else _("{checks} of {limit}").format(checks=checks, limit=limit)
        parts.append(ink.text(f"▲ {said}" if over else said, "bold $flag" if over else ""))
    return ink.text(" · ", "$faint").join(parts)


def _figure(name: str, style: str, said: str, budget: int | None, over: bool) -> Content:
    if budget is not None:
        said = _("{time} of {budget}").format(time=said, budget=format_duration(budget))
    mark = ink.text("▲ ", "bold $flag") if over else ink.BLANK
    return ink.row(mark, ink.text(f"{name} ", style), ink.text(said, "bold $flag" if over else "bold"))
