"""The Day's log in one go: marking, sifting, moving, filling and repeating its lines; jumping to another day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tracker.calendar.days import next_date
from tracker.domain.models import TrackerError
from tracker.formatting.durations import format_duration
from tracker.formatting.text import format_sessions
from tracker.formatting.times import format_clock, format_clock_range
from tracker.locale import _
from tracker.services import queries, session_editing
from tracker.services.overlap_questions import SessionChange
from tracker.services.session_editing import days_later
from tracker.tui import reading
from tracker.tui.actions import editing, overlapping, prompts
from tracker.tui.base_app import BaseApp
from tracker.tui.fields import read_field
from tracker.tui.modals.chooser import Choice
from tracker.tui.modals.line import LineDialog
from tracker.tui.theme import hue
from tracker.tui.widgets.log import gap

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.domain.models import Session
    from tracker.storage.effects import Effects

#: What < and > move a session by, in seconds.
STEP = 5 * 60

#: Chooses every session of the day before.
ALL = "all"

_LETTERS = "123456789bcdefghijklmnopqrstuvwxyz"


def mark(app: BaseApp) -> None:
    """Mark the chosen line, or take its mark off."""
    prompts.day_log(app).mark()


def unmark(app: BaseApp) -> None:
    """Take off all marks; without any, show again what the filter hides."""
    log = prompts.day_log(app)
    if log.marked:
        log.unmark()
    else:
        log.sift("")


def sift(app: BaseApp) -> None:
    """Ask for words, and show the lines that say them."""
    from tracker.tui.modals.sift import Sift

    app.push_screen(Sift(prompts.day_log(app)))


def change(app: BaseApp) -> None:
    """Ask which field all that is marked should share, then its value."""
    title = _("Change {what}").format(what=format_sessions(len(prompts.picked(app))))
    names = (("c", "channel"), ("a", "activity"), ("w", "person"), ("r", "ring"), ("i", "intention"), ("n", "note"))
    labels = {"person": _("with"), "channel": _("channel"), "activity": _("activity"), "ring": _("ring")}
    labels |= {"intention": _("intention"), "note": _("note")}
    prompts.choose(app, title, [Choice(key, labels[name], "", "", name) for key, name in names], partial(_change, app))


def _change(app: BaseApp, name: str) -> None:
    ids = prompts.picked(app)
    if name == "channel":
        letters = prompts.letters(app)
        channels = prompts.channel_choices(app, queries.offered(app.workspace))
        prompts.choose(app, _("To which channel?"), channels, lambda value: _shared(app, ids, name, value), letters)
        return
    first = queries.session(app.workspace, ids[0])

    def read(line: str) -> tuple[tuple[Any], Content]:
        value, said = read_field(name, line, first, app.workspace)
        return (value,), reading.as_typed(said, "note")

    line = LineDialog(_("For all of them"), read)  # the value is wrapped: None is one
    app.ask(line, lambda value: _shared(app, ids, name, value[0]))


def _shared(app: BaseApp, ids: list[int], name: str, value: Any) -> None:
    seen = tuple(queries.session(app.workspace, id) for id in ids)
    wanted = tuple(one._replace(**{name: value}) for one in seen)
    change = SessionChange(
        lambda how: session_editing.change(app.workspace, ids, **{name: value}, how=how), wanted, seen
    )

    def tell(found: Effects) -> None:
        prompts.day_log(app).unmark()
        says = _("Changed {what}").format(what=format_sessions(len(ids)))
        app.announce(" · ".join((says, *overlapping.besides(app, found))))

    overlapping.settle(app, change, tell)


def sooner(app: BaseApp) -> None:
    """Five minutes earlier."""
    _shift(app, -STEP)


def later_on(app: BaseApp) -> None:
    """Five minutes later."""
    _shift(app, STEP)


def _shift(app: BaseApp, seconds: int) -> None:
    ids = prompts.picked(app)
    seen, wanted = session_editing.shifted_sessions(app.workspace, ids, seconds)
    change = SessionChange(
        lambda how: session_editing.shift(app.workspace, ids, seconds, how), tuple(wanted), tuple(seen)
    )
    overlapping.settle(app, change, partial(_moved, app))


def _moved(app: BaseApp, found: Effects) -> None:
    if len(found.wanted) == 1 and len(found.mine) == 1:
        (moved,) = found.mine
        says = format_clock_range(moved.start, moved.end, moved.zone)
        says = _("{channel} is now {span}").format(channel=prompts.title(app, moved.channel), span=says)
    else:
        says = _("Moved {what}").format(what=format_sessions(len(found.wanted)))
    app.announce(" · ".join((says, *overlapping.besides(app, found))))


def fill(app: BaseApp) -> None:
    """What happened in the gap before the chosen line, or after it."""
    log = prompts.day_log(app)
    if not log.parts:
        editing.add(app)
        return
    until = min(app.workspace.now(), queries.day(app.workspace, app.shown_date()).end)
    found = gap(log.everything, log.everything.index(log.parts[log.chosen]), until)
    if not found:
        raise TrackerError(_("there is no gap beside this line"))
    start, end = (format_clock(instant, app.workspace.zone) for instant in found)
    title = _("{start}–{end}, {time}: what was it?").format(
        start=start, end=end, time=format_duration(found[1] - found[0])
    )
    editing._add_line(app, title, f" {start}-{end}")


def repeat(app: BaseApp) -> None:
    """Choose of the day before what was done again, at the same times."""
    before = session_editing.sessions_by_hand(app.workspace, next_date(app.shown_date(), -1))
    if not before:
        raise TrackerError(_("nothing was logged by hand the day before"))
    choices = [Choice("a", _("all of them"), "bold", format_sessions(len(before)), ALL)]
    choices += [_line(app, letter, one) for letter, one in zip(_LETTERS, before, strict=False)]
    prompts.choose(
        app, _("Again, as the day before") + prompts.on_that_day(app), choices, lambda id: _repeat(app, before, id)
    )


def _line(app: BaseApp, letter: str, session: Session) -> Choice:
    detail = " · ".join(part for part in (session.activity, session.intention or session.note) if part)
    label = f"{format_clock_range(session.start, session.end, session.zone)} {prompts.title(app, session.channel)}"
    return Choice(letter, label, hue(session.channel), detail, str(session.id))


def _repeat(app: BaseApp, before: list[Session], id: str) -> None:
    copies = [days_later(session, 1) for session in before if id in (ALL, str(session.id))]

    def tell(found: Effects) -> None:
        editing._follow(app, found.mine[-1].id)
        says = _("Again: {what}").format(what=format_sessions(len(found.mine))) + prompts.on_past_day(
            app, found.mine[-1].start
        )
        app.announce(" · ".join((says, *overlapping.besides(app, found))))

    overlapping.settle(
        app, SessionChange(lambda how: session_editing.repeat(app.workspace, copies, how), tuple(copies)), tell
    )


def jump(app: BaseApp) -> None:
    """To a date, or the week it is in."""
    app.ask(
        LineDialog(
            _("Go to"),
            lambda line: reading.read_date(line, app.workspace),
            placeholder=_("yesterday, monday, 12/11, 2026-11-12"),
            hint=_("a day that is past"),
        ),
        partial(_to, app),
    )


def _to(app: BaseApp, date: str) -> None:
    app.view.go(date, app.workspace)
