"""Declared pauses from the social channels: how long, how they went, and what a burst of checks suggests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.formatting.durations import format_duration
from tracker.formatting.times import format_clock, format_upcoming
from tracker.locale import _
from tracker.services import pausing, queries
from tracker.tui import ink
from tracker.tui.actions import prompts
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import BY_ID, TIMER, said, ways_out
from tracker.tui.modals.chooser import Choice
from tracker.tui.modals.line import LineDialog
from tracker.tui.screens.patterns_panel import PatternsPanel, cluster_words, title

if TYPE_CHECKING:
    from tracker.reports.pause_outcomes import PauseOutcome

#: The lengths offered, in minutes, by their keys.
LENGTHS = {"3": 30, "1": 60, "2": 120}


def pause(app: BaseApp) -> None:
    """Ask how long; a pause under way can be called off."""
    workspace = app.workspace
    now, zone = workspace.now(), workspace.zone
    choices = []
    for key, minutes in LENGTHS.items():
        until = _("until {clock}").format(clock=format_clock(now + minutes * 60, zone))
        choices.append(Choice(key, format_duration(minutes * 60), "", until, f"{minutes}m"))
    for key, label, word in (("e", _("until the evening"), "evening"), ("m", _("until tomorrow"), "tomorrow")):
        end = _pause_end(app, word)
        choices.append(Choice(key, label, "", f"{format_clock(end, zone)}, {format_duration(end - now)}", word))
    choices.append(Choice("t", _("until a time you type"), "", _("2h, until 18:00"), "t"))
    current = pausing.current_pause(workspace)
    if current:
        left = _("{time} left").format(time=format_duration(current.until - now))
        choices.append(Choice("x", _("call it off"), "", left, "x"))

    def read(line: str) -> tuple[int, Content]:
        end, now = _pause_end(app, line), workspace.now()
        when, time = format_upcoming(end, now, zone), format_duration(end - now)
        return end, ink.text(_("until {when}, for {time}").format(when=when, time=time))

    def answered(answer: str) -> None:
        if answer == "x":
            pausing.call_off(workspace)
            app.announce(_("The pause is off"))
        elif answer == "t":
            hint = _("2h, 45m, until 18:00, tomorrow 9:00")
            line = LineDialog(_("A pause: how long, or until when?"), read, example="45m", hint=hint)
            app.ask(line, lambda end: _begin_pause(app, end))
        else:
            _begin_pause(app, _pause_end(app, answer))

    prompts.choose(app, _("A pause from the social channels"), choices, answered, own="t")


def _pause_end(app: BaseApp, words: str) -> int:
    """The end that words mean, in UTC seconds. TrackerError where they mean none."""
    from tracker.calendar.spans import parse_pause

    return parse_pause(words, app.workspace.now(), app.workspace.zone, app.workspace.settings.day_starts_at)


def _begin_pause(app: BaseApp, end: int) -> None:
    pausing.begin_pause(app.workspace, end)
    when = format_upcoming(end, app.workspace.now(), app.workspace.zone)
    running = pausing.running_social_session(app.workspace)
    still_runs = ""
    if running:
        still_runs = _("{channel} still runs, space stops it").format(channel=app.title_of(running.channel))
    app.announce(_("A pause until {when}").format(when=when), still_runs)


def pause_over(app: BaseApp, before: PauseOutcome) -> None:
    """Say that a pause has come to its end."""
    app.announce(_("The pause is over") if before.openings else _("The pause is over: kept ✓"))


def mention_burst(app: BaseApp) -> bool:
    """Say once that a burst of checks is going on, with what can be done instead; whether it was said now."""
    burst = pausing.current_burst(app.workspace)
    if burst is None or not pausing.is_news(app.workspace, burst):
        return False
    rows = app.view.rows()
    if isinstance(rows, PatternsPanel):
        rows.choose_pattern("check_cluster")  # what enter opens is what is said
    titles = {channel.name: channel.title for channel in queries.channels(app.workspace)}
    words = cluster_words(burst, titles, format_clock(burst.start, burst.zone))
    changed = app.keymap_changed
    keys = app.key_of("open") if app.view.id == TIMER else f"{said(BY_ID[TIMER], changed)} {app.key_of('open')}"
    app.flagged(title("check_cluster"), words, " · ".join([keys + " " + _("the evidence"), *ways_out(changed)]))
    return True
