"""What all actions share: the dialogs in which they ask, and the phrases that they announce."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from tracker.domain.errors import TrackerError
from tracker.domain.models import ONLINE_KINDS, Channel, Effects, Session
from tracker.formatting.times import format_clock, format_duration, format_upcoming, session_times_in
from tracker.locale import _
from tracker.reports import record_wording
from tracker.services import noted_records, pausing, queries
from tracker.tui import session_text
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import DAY
from tracker.tui.modals.dialog import Choice, Chooser, LineDialog
from tracker.tui.theme import hue
from tracker.tui.widgets.log import Log


def say_inside_pause(app: BaseApp, session: Session) -> str:
    """`inside the pause until 18:00`; empty for a session outside a declared pause."""
    pause = pausing.pause_around(app.workspace, session)
    if pause is None:
        return ""
    until = format_upcoming(pause.end, app.workspace.now(), pause.zone)
    return _("inside the pause until {clock}").format(clock=until)


def say_clock_set_back(app: BaseApp, ended: Session) -> str:
    """The warning where a clock that shows a time before its start stopped a session; else empty."""
    if ended.start <= app.workspace.now():
        return ""
    message = _("the clock shows {now}, before its start: saved without a duration · [{key}] on the Day corrects it")
    return message.format(now=format_clock(app.workspace.now(), ended.zone), key=app.key_of("edit"))


def say_bridge(app: BaseApp, session: Session) -> str:
    """Who crossed the bridge between online and in person with a session; empty if no one did."""
    return noted_records.say_bridge(app.workspace, session, titles=True)


def side_effects(app: BaseApp, effects: Effects, zone: str | None = None) -> list[str]:
    """What else a change did, in phrases, by the clock of `zone` or of what was asked for."""
    times = session_times_in(zone or effects.wanted[0].zone)
    return record_wording.say_effects(effects, times, partial(queries.title, app.workspace))


def recorded_times(app: BaseApp, effects: Effects) -> tuple[str, str]:
    """`14:00–14:25` and `25m`: the times of each recorded piece, and their total."""
    spent = sum(piece.duration(app.workspace.now()) for piece in effects.mine)
    return record_wording.listed(list(map(session_text.session_times, effects.mine))), format_duration(spent)


def say_session(app: BaseApp, id: int) -> str:
    """A session by its channel and times."""
    session = queries.session(app.workspace, id)
    return session_text.session_label(session, app.title_of(session.channel))


def day_in_title(app: BaseApp) -> str:
    """Behind a dialog's title: ` · Sun 22 Nov`, where an earlier day is shown; empty where it is today."""
    date = app.shown_date()
    return "" if date == app.workspace.today() else f" · {app.workspace.near_date(date)}"


def say_past_day(app: BaseApp, instant: int) -> str:
    """`on Sun 22 Nov`: the day of an instant, where it or the day shown is not today; else empty."""
    date, today = app.workspace.day_of(instant), app.workspace.today()
    return "" if date == today == app.shown_date() else _("on {date}").format(date=app.workspace.near_date(date))


def ask_time(app: BaseApp, title: str, then: Callable[[int], None], likely: int | None = None) -> None:
    """Call `then` with now; if an earlier day is shown, ask for the time on that day first.

    `likely`: the instant of that day that enter alone takes. Without it a time has to be typed.
    """
    date, zone = app.shown_date(), app.workspace.zone
    if date == app.workspace.today():
        then(app.workspace.now())
        return
    placeholder, hint = _("a time, such as 14:05"), _("a time on that day, such as 14:05")
    if likely is not None:
        placeholder = format_clock(likely, zone)
        hint = _("a time on that day · [Enter] alone: {clock}").format(clock=placeholder)
    read = partial(session_text.read_time_of, date, workspace=app.workspace, likely=likely)
    app.ask(LineDialog(f"{title}{day_in_title(app)}", read, placeholder=placeholder, hint=hint), then)


def chosen_id(app: BaseApp) -> int:
    """The id of the chosen session; TrackerError if there is none."""
    session = app.view.session()
    if session is None:
        raise TrackerError(_("no session chosen; [{key}] adds one").format(key=app.key_of("add")))
    return session.id


def day_log(app: BaseApp) -> Log:
    """The log of the day that is shown; TrackerError in another view."""
    log = app.view.rows()
    if not isinstance(log, Log):
        raise TrackerError(_("this works on the Day: press [{key}]").format(key=app.key_of(DAY)))
    return log


def selected_ids(app: BaseApp) -> list[int]:
    """The ids of the marked sessions of the day's log, by time; without any, of the chosen session alone."""
    log = day_log(app)
    marked = [part.session.id for part in log.everything if part.session.id in log.marked]
    return list(dict.fromkeys(marked)) or [chosen_id(app)]


def checked_channels(app: BaseApp) -> list[Channel]:
    """The channels that are checked."""
    return [channel for channel in queries.offered(app.workspace) if channel.kind in ONLINE_KINDS]


def choose_channel(
    app: BaseApp, title: str, offered: Iterable[Channel], then: Callable[[str], None], more: Mapping[str, str] = {}
) -> None:
    """Ask for a channel: those offered are listed with their last use; the letters of all others work too.

    `more`: channels by further letters.
    """
    choices = []
    for channel in offered:
        usual = session_text.usual_words(queries.last_use(app.workspace, channel.name))
        choices.append(Choice(channel.letter or "", channel.title, channel.name, usual, style=hue(channel.name)))
    letters = {letter: channel.name for letter, channel in queries.by_letter(app.workspace).items()}
    app.ask(Chooser(title, choices, {**letters, **more}), then)
