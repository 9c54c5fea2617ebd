"""The log: adding to it and putting it right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tracker.calendar.durations import MINUTE
from tracker.domain.models import Session, TrackerError
from tracker.formatting.durations import format_duration
from tracker.formatting.text import format_sessions
from tracker.formatting.times import format_clock, format_clock_range, format_near_date
from tracker.locale import _, ngettext
from tracker.reports.side_effects import listed
from tracker.services import queries, session_editing
from tracker.services import undo as undo_service
from tracker.services.overlap_questions import SessionChange
from tracker.tui import reading
from tracker.tui.actions import overlapping, prompts
from tracker.tui.base_app import BaseApp
from tracker.tui.modals.chooser import Choice
from tracker.tui.modals.line import LineDialog
from tracker.tui.screens.day_view import DayView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.content import Content

    from tracker.calendar.session_line import Entry
    from tracker.storage.effects import Effects

#: How many rows the dialog of a line needs beside what its lines become.
BESIDE_LINES = 10

#: Sessions of one channel no further apart than this, in seconds, are one anyway: to merge them asks nothing.
TOUCHING = 30


def add(app: BaseApp) -> None:
    """A session in one line, on the day that is shown."""
    _add_line(
        app, _("Log a session on {date}").format(date=format_near_date(app.shown_date(), app.workspace.today())), ""
    )


def _add_line(app: BaseApp, title: str, value: str, *, before: bool = True) -> None:
    date = app.shown_date()

    def read(line: str) -> tuple[tuple[list[Entry], str], Content]:
        entries, said = reading.read_entries(line, app.workspace, date, app.size.height - BESIDE_LINES)
        return (entries, line), said

    app.ask(
        LineDialog(
            title,
            read,
            value=value,
            before=before,
            example=_("linkedin create 14:00-14:25 carousel for Samia"),
            complete=lambda line: reading.complete_entry(line, app.workspace),
            hint=_('channel, activity, 14:00-14:25 or 25m, @who, @"Anna Berg", ring, note'),
            several=True,
        ),
        lambda found: _log_all(app, found[0], lambda: _add_line(app, title, found[1], before=False)),
    )


def _log_all(app: BaseApp, entries: list[Entry], again: Callable[[], None]) -> None:
    """Add what one line says, or several do: all of it, or nothing, and what was typed is asked `again`."""
    if len(entries) == 1:
        _log(app, entries[0], again)
        return
    try:
        added = session_editing.add_all(app.workspace, [entry._asdict() for entry in entries])
    except TrackerError:
        again()
        raise
    logged = [recorded.session for recorded in added]
    _follow(app, logged[-1].id)
    n, spent = len(logged), sum((session.end or session.start) - session.start for session in logged)
    says = ngettext("Logged {n} session, {time}", "Logged {n} sessions, {time}", n)
    days = dict.fromkeys(app.workspace.day_of(session.start) for session in logged)
    on = prompts.on_past_day(app, logged[0].start)
    if len(days) > 1:
        on = " · " + _("on {date}").format(date=", ".join(format_near_date(one, app.workspace.today()) for one in days))
    app.announce(says.format(n=n, time=format_duration(spent)) + on)


def _log(app: BaseApp, entry: Entry, again: Callable[[], None]) -> None:
    """Add what a line says; where that cannot be written the line is asked `again`: what was typed is not lost."""
    wanted = Session(0, entry.channel, entry.start, entry.end, app.workspace.zone)
    change = SessionChange(lambda how: session_editing.add(app.workspace, **entry._asdict(), how=how), (wanted,))
    overlapping.settle(app, change, partial(_added, app), again)


def _added(app: BaseApp, found: Effects) -> None:
    """Say what was recorded: the times of each piece, and how long all of it is."""
    session = found.mine[0]
    _follow(app, session.id)
    spans, spent = overlapping.pieces(app, found)
    says = _("Logged {channel} {spans}, {time}").format(
        channel=prompts.title(app, session.channel), spans=spans, time=spent
    )
    says += prompts.on_past_day(app, session.start)
    app.announce(" · ".join((says, *overlapping.besides(app, found))) + prompts.bridge(app, session))


def edit(app: BaseApp) -> None:
    """The chosen line where it stands; the marked ones all at once."""
    log = prompts.day_log(app)
    if log.marked:
        app.perform("change")
        return
    from tracker.tui.modals.row import RowEdit

    session = queries.session(app.workspace, prompts.chosen(app))
    if log.line_of_chosen() is None:
        fields(app)
    else:
        app.ask(RowEdit(app.workspace, session, log), lambda changed: _changed(app, session, changed))


def fields(app: BaseApp) -> None:
    """Every field of the chosen session."""
    fields_of(app, prompts.chosen(app))


def fields_of(app: BaseApp, id: int) -> None:
    """Every field of a session, wherever it is listed."""
    from tracker.tui.modals.edit import EditDialog

    session = queries.session(app.workspace, id)
    app.ask(EditDialog(app.workspace, session), lambda changed: _changed(app, session, changed))


def _changed(app: BaseApp, session: Session, changed: dict[str, Any]) -> None:
    if not changed:
        return
    change = SessionChange(
        lambda how: session_editing.edit(app.workspace, session, how, **changed),
        (session._replace(**changed),),
        (session,),
    )

    def tell(found: Effects) -> None:
        _follow(app, session.id)
        says = _("Changed: {line}").format(line=prompts.named(app, session.id))
        app.announce(" · ".join((says, *overlapping.besides(app, found))))

    overlapping.settle(app, change, tell)


def delete(app: BaseApp) -> None:
    """At once, all that is marked: undo brings it back."""
    gone, found = session_editing.delete(app.workspace, *prompts.picked(app))
    what = prompts.title(app, gone[0].channel) if len(gone) == 1 else format_sessions(len(gone))
    says = _("Deleted {channel} · {key} undoes").format(key=app.key_of("undo"), channel=what)
    app.announce(" · ".join((says, *overlapping.besides(app, found, gone[0].zone))))


def split(app: BaseApp) -> None:
    """Ask for the time; the middle is offered."""
    id = prompts.chosen(app)
    session = queries.session(app.workspace, id)
    end = session.end if session.end is not None else app.workspace.now()
    if end - session.start < MINUTE:
        lasts = format_duration(end - session.start)
        raise TrackerError(_("that session is too short to be split: {time}").format(time=lasts))
    app.ask(
        LineDialog(
            _("Split {line} at").format(line=prompts.named(app, id)),
            lambda line: reading.read_split(line, id, app.workspace),
            placeholder=format_clock((session.start + end) // 2, session.zone),
            hint=_("⏎ alone: in the middle"),
        ),
        lambda at: _split_at(app, id, at),
    )


def _split_at(app: BaseApp, id: int, at: int) -> None:
    parts = session_editing.split(app.workspace, id, at)
    spans = listed([format_clock_range(one.start, one.end, one.zone) for one in parts])
    app.announce(_("Split: {line}").format(line=f"{prompts.title(app, parts[0].channel)} {spans}"))


def merge(app: BaseApp) -> None:
    """Join what is marked, or the chosen one with the one before on the same channel."""
    ids = prompts.picked(app)
    if len(ids) == 1:
        ids = [_before(app, ids[0]), *ids]
    parts, added = session_editing.to_merge(app.workspace, ids)
    if added <= TOUCHING:
        _merge(app, parts)
        return
    last = parts[-1].end if parts[-1].end is not None else app.workspace.now()
    says = _("with {gap} between: {time} in all").format(
        gap=format_duration(added), time=format_duration(last - parts[0].start)
    )
    title = _("Merge {sessions}?").format(sessions=_together(app, parts))
    choices = [Choice("k", _("Keep apart"), "", "", ""), Choice("m", _("Merge"), "", says, "m")]
    prompts.choose(app, title, choices, lambda merged: _merge(app, parts) if merged else None)


def _merge(app: BaseApp, parts: list[Session]) -> None:
    merged = session_editing.merge(app.workspace, parts)
    whole, found = merged.session, merged.effects
    _follow(app, whole.id)
    says = _("Merged {sessions}: {line}").format(sessions=_together(app, parts), line=prompts.named(app, whole.id))
    app.announce(" · ".join((says, *overlapping.besides(app, found, whole.zone))))


def _together(app: BaseApp, parts: list[Session]) -> str:
    """`X 09:12–09:13 and 18:02–18:06`; of many the first and the last."""
    first, last = (format_clock_range(part.start, part.end, part.zone) for part in (parts[0], parts[-1]))
    says = _("{channel} {first} and {last}") if len(parts) == 2 else _("{channel} {first} to {last}")
    return says.format(channel=prompts.title(app, parts[0].channel), first=first, last=last)


def _before(app: BaseApp, id: int) -> int:
    session = queries.session(app.workspace, id)
    before = [
        part.session.id
        for part in queries.day(app.workspace, app.workspace.day_of(session.start)).parts
        if part.session.channel == session.channel and part.session.start < session.start
    ]
    if not before:
        raise TrackerError(_("there is no earlier session of this channel on that day"))
    return before[-1]


def undo(app: BaseApp) -> None:
    """Take back the last change."""
    [action] = undo_service.undo(app.workspace)
    app.announce(_("Undone: {what}").format(what=action.says))


def redo(app: BaseApp) -> None:
    """Do again what was undone."""
    [action] = undo_service.redo(app.workspace)
    app.announce(_("Done again: {what}").format(what=action.says))


def _follow(app: BaseApp, id: int) -> None:
    if isinstance(app.view, DayView):
        app.view.follow = id
