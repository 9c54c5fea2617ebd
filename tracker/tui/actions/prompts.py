"""What all actions share: asking in a dialog, doing safely, saying what is now true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import TrackerError
from tracker.formatting.times import format_clock, format_near_date, format_upcoming
from tracker.locale import _
from tracker.services import contacts, pausing, queries
from tracker.tui import reading
from tracker.tui.base_app import BaseApp
from tracker.tui.descriptions import session_label
from tracker.tui.modals.chooser import Choice, Chooser
from tracker.tui.modals.line import LineDialog
from tracker.tui.screens.start_list import usual_words
from tracker.tui.theme import hue
from tracker.tui.widgets.log import Log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tracker.domain.models import Channel, Session

LOOKED_AT = ("social", "messaging")


def inside_pause(app: BaseApp, session: Session) -> str:
    """What is added where something was opened inside a declared pause; empty outside one."""
    pause = pausing.pause_around(app.workspace, session)
    if pause is None:
        return ""
    until = format_upcoming(pause.end, app.workspace.now(), pause.zone)
    return " · " + _("inside the pause until {clock}").format(clock=until)


def clock_set_back(app: BaseApp, ended: Session) -> str:
    """What is added where a session was stopped by a clock that shows a time before its start; else nothing."""
    if ended.start <= app.workspace.now():
        return ""
    said = _("the clock shows {now}, before its start: saved without a duration · {key} on the Day corrects it")
    return " · " + said.format(now=format_clock(app.workspace.now(), ended.zone), key=app.key_of("edit"))


def bridge(app: BaseApp, session: Session) -> str:
    """What is added where somebody crossed the bridge with a session; empty for the others."""
    crossed = contacts.say_bridge(app.workspace, session)
    return f" · {crossed}" if crossed else ""


def title(app: BaseApp, channel: str | None) -> str:
    """What a channel is called."""
    return queries.title(app.workspace, channel) if channel else ""


def named(app: BaseApp, id: int) -> str:
    """A session as one would call it."""
    session = queries.session(app.workspace, id)
    return session_label(session, title(app, session.channel))


def on_that_day(app: BaseApp) -> str:
    """Behind a dialog's title: ` · Sun 22 Nov`, where an earlier day is shown; nothing where it is today."""
    date, today = app.shown_date(), app.workspace.today()
    return "" if date == today else f" · {format_near_date(date, today)}"


def on_past_day(app: BaseApp, instant: int) -> str:
    """Behind a notice: ` · on Sun 22 Nov`, an instant's day, where it or the one shown is not today."""
    date, today = app.workspace.day_of(instant), app.workspace.today()
    return (
        "" if date == today == app.shown_date() else " · " + _("on {date}").format(date=format_near_date(date, today))
    )


def at_what_time(app: BaseApp, what: str, then: Callable[[int], None], likely: int | None = None) -> None:
    """Go on with now; on an earlier day that is shown, ask for the time there first.

    `likely` is what enter alone takes: an instant of that day. Without it a time has to be typed, as none is known.
    """
    date, zone = app.shown_date(), app.workspace.zone
    if date == app.workspace.today():
        then(app.workspace.now())
        return
    app.ask(
        LineDialog(
            f"{what}{on_that_day(app)}",
            lambda line: reading.read_time_of(date, line, app.workspace, likely),
            placeholder=format_clock(likely, zone) if likely is not None else _("at what time? such as 14:05"),
            hint=_("the time on that day: 14:05")
            if likely is None
            else _("the time on that day; ⏎ alone: {clock}").format(clock=format_clock(likely, zone)),
        ),
        then,
    )


def chosen(app: BaseApp) -> int:
    """The id of the chosen session; TrackerError if there is none."""
    session = app.view.session()
    if session is None:
        raise TrackerError(_("no session is chosen; / logs one"))
    return session.id


def day_log(app: BaseApp) -> Log:
    """The log of the day that is shown; TrackerError on another screen."""
    log = app.view.rows()
    if not isinstance(log, Log):
        raise TrackerError(_("that is for the Day: 2 shows it"))
    return log


def picked(app: BaseApp) -> list[int]:
    """The ids of what is marked in the day's log, by time; else of the chosen session alone."""
    log = day_log(app)
    marked = [part.session.id for part in log.everything if part.session.id in log.marked]
    return list(dict.fromkeys(marked)) or [chosen(app)]


def looked_at(app: BaseApp) -> list[Channel]:
    """The channels one checks."""
    return [channel for channel in queries.offered(app.workspace) if channel.kind in LOOKED_AT]


def letters(app: BaseApp) -> dict[str, str]:
    """Every channel's letter, of those not offered too."""
    return {channel.letter: channel.name for channel in queries.channels(app.workspace) if channel.letter}


def channel_choices(app: BaseApp, offered: Iterable[Channel]) -> list[Choice]:
    """The channels as lines of a chooser, with what was last done there."""
    return [
        Choice(
            one.letter or "",
            one.title,
            hue(one.name),
            usual_words(queries.last_use(app.workspace, one.name)),
            one.name,
        )
        for one in offered
    ]


def choose(
    app: BaseApp,
    title: str,
    choices: list[Choice],
    then: Callable[[str], None],
    more: dict[str, str] | None = None,
    *,
    passing: bool = False,
    own: str | None = None,
) -> None:
    """Ask for one of the choices; `passing` offers them only: any other key closes the offer and does what it does.

    `own` is the choice of one's own words: what is typed and is no choice begins them.
    """
    app.ask(Chooser(title, choices, more, passing=passing, own=own), then)
