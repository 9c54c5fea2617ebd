"""What is recorded beside sessions: outcomes, talks, the day's own words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tracker.domain.models import OUTCOME_KINDS, Session, TrackerError
from tracker.formatting.money import format_optional_money
from tracker.formatting.times import format_near_date
from tracker.locale import _
from tracker.services import closing_day, contacts, outcomes, queries, timekeeping
from tracker.services.overlap_questions import SessionChange
from tracker.storage.outcomes import say_counted, say_duplicate
from tracker.tui import reading
from tracker.tui.actions import overlapping, prompts
from tracker.tui.base_app import BaseApp
from tracker.tui.modals.chooser import Choice
from tracker.tui.modals.line import LineDialog
from tracker.tui.theme import hue

if TYPE_CHECKING:
    from tracker.storage.effects import Effects


def outcome(app: BaseApp) -> None:
    """Ask for the kind, then the rest in one line."""
    choices = [Choice(kind[0], _(kind), "", "", kind) for kind in OUTCOME_KINDS]
    prompts.choose(app, _("What came of it?") + prompts.on_that_day(app), choices, partial(_outcome_of, app))


def _outcome_of(app: BaseApp, kind: str) -> None:
    """On an earlier day it is noted at the end of what was recorded there, unless a time is typed."""
    date = app.shown_date()
    likely = None if date == app.workspace.today() else outcomes.last_moment(app.workspace, date)
    prompts.at_what_time(app, _(kind), lambda at: _outcome_at(app, kind, at), likely)


def _outcome_at(app: BaseApp, kind: str, at: int) -> None:
    from tracker.tui.modals.outcome import OutcomeDialog

    app.ask(OutcomeDialog(app.workspace, kind, at), lambda found: _came(app, kind, found))


def _came(app: BaseApp, kind: str, found: dict[str, Any]) -> None:
    outcome = outcomes.record_outcome(app.workspace, kind, **found)
    via = _(" via {channel}").format(channel=prompts.title(app, outcome.channel)) if outcome.channel else ""
    money = format_optional_money(outcome.amount, outcome.currency)
    counts = ""
    if money and outcome.income is None:
        counts = " · " + _("{amount} (counted in no income)").format(amount=money)
    elif money:
        how = say_counted(kind, outcome.currency, app.workspace.settings.currency)
        counts = f" · {money} ({how})" if how else f" · {money}"
    other = outcomes.possible_double(app.workspace, outcome)
    double = say_duplicate(other) if other else ""
    told = via + counts + prompts.on_past_day(app, outcome.at) + (f" · {double}" if double else "")
    app.announce(_("Noted: {kind}").format(kind=_(kind)) + told, 8 if double else 4)


def contact(app: BaseApp) -> None:
    """Ask how one talked, then to whom."""
    talks = [channel for channel in queries.channels(app.workspace) if channel.kind == "in_person"]
    choices = [Choice(one.letter or "", one.title, hue(one.name), "", one.name) for one in talks]
    prompts.choose(app, _("How did you talk?") + prompts.on_that_day(app), choices, partial(_contact_by, app))


def _contact_by(app: BaseApp, channel: str) -> None:
    from tracker.tui.modals.contact import ContactDialog

    app.ask(ContactDialog(app.workspace, channel, app.shown_date()), lambda found: _talked(app, channel, found))


def _talked(app: BaseApp, channel: str, found: dict[str, Any]) -> None:
    start, end = found.pop("start"), found.pop("end")
    who = found["person"] or _("someone")
    if found.pop("timed", False):
        change = timekeeping.start_or_switch(app.workspace, channel, **found)
        says = _("{channel} with {who} runs; space stops it").format(channel=prompts.title(app, channel), who=who)
        app.announce(
            " · ".join((says, *(overlapping.besides(app, change.effects) if change.stopped else ())))
            + prompts.bridge(app, change.session)
        )
        return

    def tell(done: Effects) -> None:
        says = _("Talked to {who}").format(who=who)
        says += prompts.on_past_day(app, start)
        app.announce(
            " · ".join((says, ", ".join(overlapping.pieces(app, done)), *overlapping.besides(app, done)))
            + prompts.bridge(app, done.mine[0])
        )

    wanted = Session(0, channel, start, end, app.workspace.zone)
    overlapping.settle(
        app,
        SessionChange(
            lambda how: contacts.record_contact(app.workspace, channel, start, end, **found, how=how), (wanted,)
        ),
        tell,
    )


def people(app: BaseApp) -> None:
    """Everybody one knows, and where each was met."""
    from tracker.tui.modals.people import PeopleDialog

    app.push_screen(PeopleDialog(app.workspace))


def note(app: BaseApp) -> None:
    """One line of one's own for the day that is shown, or today."""
    date = app.shown_date()
    seen = queries.day(app.workspace, date).note
    _ask_note(app, date, seen, seen or "")


def _ask_note(app: BaseApp, date: str, seen: str | None, value: str) -> None:
    app.ask(
        LineDialog(
            _("A line for {date}").format(date=format_near_date(date, app.workspace.today())),
            lambda line: (line, reading.as_typed(line, "day")),
            value=value,
            hint=_("your own words; an empty line takes them away"),
        ),
        lambda line: _written(app, date, seen, line),
    )


def _written(app: BaseApp, date: str, seen: str | None, line: str) -> None:
    try:
        closing_day.replace_note(app.workspace, date, line, seen)
    except TrackerError:
        _ask_note(app, date, queries.day(app.workspace, date).note, line)  # what was typed is not lost
        raise
    says = _("Written for {date}") if line.strip() else _("No line for {date}")
    app.announce(says.format(date=format_near_date(date, app.workspace.today())))


def zero(app: BaseApp) -> None:
    """Say that the day shown was without social time."""
    date = app.shown_date()
    closing_day.confirm_zero(app.workspace, date)
    app.announce(_("{date} is confirmed as zero").format(date=format_near_date(date, app.workspace.today())))
