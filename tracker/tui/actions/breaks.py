"""Declared breaks from the social channels: how long, how they go, and what a burst of checking suggests."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from tracker.formatting.durations import format_duration
from tracker.formatting.times import format_clock, format_upcoming
from tracker.locale import _
from tracker.services import pausing, queries
from tracker.tui import ink
from tracker.tui.actions import prompts
from tracker.tui.base_app import BaseApp
from tracker.tui.frame import ways_out
from tracker.tui.keys import BY_ID, TIMER, said
from tracker.tui.modals.chooser import Choice
from tracker.tui.modals.line import LineDialog
from tracker.tui.screens.patterns_panel import PatternsPanel, cluster_words, title

if TYPE_CHECKING:
    from tracker.analytics.patterns.finding import Cluster
    from tracker.reports.pause_outcomes import PauseOutcome

#: The lengths offered, in minutes, by their keys.
LENGTHS = {"3": 30, "1": 60, "2": 120}


def pause(app: BaseApp) -> None:
    """Ask how long; one under way can be called off."""
    current = pausing.current_pause(app.workspace)
    choices = [_pause_for(app, key, minutes) for key, minutes in LENGTHS.items()]
    choices.append(_pause_until(app, "e", _("until the evening"), "evening"))
    choices.append(_pause_until(app, "m", _("until tomorrow"), "tomorrow"))
    choices.append(Choice("t", _("until a time you type"), "", _("2h, until 18:00"), "t"))
    if current:
        left = _("{time} left").format(time=format_duration(current.until - app.workspace.now()))
        choices.append(Choice("x", _("call it off"), "", left, "x"))
    prompts.choose(app, _("A pause from the social channels"), choices, partial(_pause_of, app), own="t")


def _pause_for(app: BaseApp, key: str, minutes: int) -> Choice:
    now = app.workspace.now()
    detail = _("until {clock}").format(clock=format_clock(now + minutes * 60, app.workspace.zone))
    return Choice(key, format_duration(minutes * 60), "", detail, f"{minutes}m")


def _pause_until(app: BaseApp, key: str, label: str, word: str) -> Choice:
    end, now = _pause_end(app, word), app.workspace.now()
    return Choice(key, label, "", f"{format_clock(end, app.workspace.zone)}, {format_duration(end - now)}", word)


def _pause_end(app: BaseApp, said: str) -> int:
    from tracker.calendar.spans import parse_pause

    return parse_pause(said, app.workspace.now(), app.workspace.zone, app.workspace.settings.day_starts_at)


def _pause_of(app: BaseApp, answer: str) -> None:
    if answer == "x":
        pausing.call_off(app.workspace)
        app.announce(_("The pause is off"))
    elif answer == "t":
        app.ask(
            LineDialog(
                _("A pause: how long, or until when?"),
                partial(_read_pause, app),
                example="45m",
                hint=_("2h, 45m, until 18:00, tomorrow 9:00"),
            ),
            partial(_pause_begun, app),
        )
    else:
        _pause_begun(app, _pause_end(app, answer))


def _read_pause(app: BaseApp, line: str) -> tuple[int, Content]:
    end = _pause_end(app, line)
    return end, ink.text(
        _("until {when}, for {time}").format(
            when=format_upcoming(end, app.workspace.now(), app.workspace.zone),
            time=format_duration(end - app.workspace.now()),
        )
    )


def _pause_begun(app: BaseApp, end: int) -> None:
    pausing.begin_pause(app.workspace, end)
    says = _("A pause until {when}").format(when=format_upcoming(end, app.workspace.now(), app.workspace.zone))
    session = pausing.running_social_session(app.workspace)
    if session:
        says += " · " + _("{channel} still runs, space stops it").format(channel=prompts.title(app, session.channel))
    app.announce(says)


def pause_over(app: BaseApp, before: PauseOutcome) -> None:
    """A pause has come to its end."""
    app.announce(_("The pause is over") if before.openings else _("The pause is over: kept ✓"))


def live(app: BaseApp) -> bool:
    """Say calmly, once, that a burst of checking is going on, with ways out a key away; whether it was said now."""
    burst = pausing.current_burst(app.workspace)
    if burst is None or not pausing.is_news(app.workspace, burst):
        return False
    rows = app.view.rows()
    if isinstance(rows, PatternsPanel):
        rows.choose_pattern("check_cluster")  # what enter opens is what is said
    app.flagged(title("check_cluster"), *_burst_words(app, burst))
    return True


def _burst_words(app: BaseApp, burst: Cluster) -> tuple[str, str]:
    """What goes on, and the ways out."""
    titles = {channel.name: channel.title for channel in queries.channels(app.workspace)}
    says = cluster_words(burst, titles, format_clock(burst.start, burst.zone))
    changed = app.keymap_changed
    keys = said(BY_ID["open"], changed)
    keys = keys if app.view.id == TIMER else f"{said(BY_ID[TIMER], changed)} {keys}"
    return says, " · ".join([keys + " " + _("the evidence"), *ways_out(changed)])
