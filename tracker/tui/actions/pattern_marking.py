"""What can be said of a pattern, what decides it, and the one new flag a day that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker import settings
from tracker.domain.models import TrackerError
from tracker.domain.text import entered
from tracker.formatting.numbers import format_significant
from tracker.formatting.text import capitalized
from tracker.formatting.times import format_near_day_and_month
from tracker.locale import N_, _
from tracker.services import pattern_marks
from tracker.tui import ink, pattern_items
from tracker.tui.actions import prompts, setting_changes
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import DAY, TIMER
from tracker.tui.modals.chooser import Choice
from tracker.tui.modals.line import LineDialog
from tracker.tui.screens.patterns_panel import PatternsPanel, title

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.analytics.patterns.pattern import Pattern, Threshold
    from tracker.domain.models import Session
    from tracker.settings import Settings

#: Why a pattern may be expected, a key each; `o` is for one's own words.
REASONS = {
    "c": N_("campaign"),
    "w": N_("client work"),
    "l": N_("launch"),
    "e": N_("event"),
    "h": N_("holidays"),
}


def not_now(app: BaseApp) -> None:
    """The chosen pattern is silent for 28 days."""
    not_now_of(app, _chosen_pattern(app))


def expected(app: BaseApp) -> None:
    """The chosen pattern is expected; ask why."""
    expected_of(app, _chosen_pattern(app))


def take_back(app: BaseApp) -> None:
    """What was said of the chosen pattern is not so any more."""
    take_back_of(app, _chosen_pattern(app))


def _chosen_pattern(app: BaseApp) -> str:
    rows = app.view.rows()
    item = rows.item() if isinstance(rows, PatternsPanel) else None
    if item is None:
        raise TrackerError(_("no pattern is chosen: the Timer and the Week show them"))
    if item.others:
        raise TrackerError(_("this line stands for several patterns; {key} opens them").format(key=app.key_of("open")))
    return item.finding.name


def not_now_of(app: BaseApp, name: str) -> None:
    """Silent for 28 days."""
    until = pattern_marks.dismiss(app.workspace, name).until or app.workspace.today()
    says = _("{title}: silent until {date} · {key} undoes")
    date = format_near_day_and_month(until, app.workspace.today())
    app.announce(says.format(key=app.key_of("undo"), title=title(name), date=date))


def expected_of(app: BaseApp, name: str) -> None:
    """Ask why it is expected, by a key or in one's own words."""
    choices = [Choice(key, _(reason), "", "", _(reason)) for key, reason in REASONS.items()]
    choices.append(Choice("o", _("in your own words"), "", "", "o"))
    prompts.choose(
        app,
        _("{title}: expected, because of").format(title=title(name)),
        choices,
        lambda why: _own_reason(app, name) if why == "o" else _is_expected(app, name, why),
        own="o",
    )


def _own_reason(app: BaseApp, name: str) -> None:
    line = LineDialog(_("Why is it expected?"), _read_reason, hint=_("a few words, shown beside it"))
    app.ask(line, lambda why: _is_expected(app, name, why))


def _is_expected(app: BaseApp, name: str, why: str) -> None:
    pattern_marks.expect(app.workspace, name, why)
    app.announce(
        _("{title}: expected, {why} · {key} undoes").format(key=app.key_of("undo"), title=title(name), why=why)
    )


def take_back_of(app: BaseApp, name: str) -> None:
    """Neither silent nor expected any more."""
    pattern_marks.take_back(app.workspace, name)
    app.announce(_("{title} is shown as it is again · {key} undoes").format(key=app.key_of("undo"), title=title(name)))


def choose_limit(app: BaseApp, pattern: Pattern) -> None:
    """Change a pattern's only threshold; of several, ask which."""
    limits = pattern.limits()
    if len(limits) < 2:
        for key in limits:
            change_limit(app, key)
        return
    chosen = dict(app.workspace.settings.patterns)
    choices = [
        Choice(str(place + 1), pattern.say(limit, chosen), "", "", key)
        for place, (key, limit) in enumerate(limits.items())
    ]
    prompts.choose(app, _("Change which threshold?"), choices, lambda key: change_limit(app, key))


def change_limit(app: BaseApp, key: str) -> None:
    """Ask for a threshold's value; an empty line is the usual one."""
    from tracker.analytics.patterns.registry import LIMITS, pattern

    limit = LIMITS[key]
    one = pattern(key.partition(".")[0])
    now = dict(app.workspace.settings.patterns).get(key, limit.value)
    hint = _("from {least} to {most} · empty: the default {value} · {name} under [patterns] in your settings").format(
        least=format_significant(limit.least),
        most=format_significant(limit.most),
        value=format_significant(limit.value),
        name=key,
    )
    line = LineDialog(one.title, lambda text: _read_limit(one, limit, text), value=f"{now:g}", hint=hint)
    app.ask(line, lambda value: _limit_is(app, key, value[0]))


def _limit_is(app: BaseApp, key: str, value: float | None) -> None:
    pattern_marks.keep_limit(app.workspace, key, value)
    says = _("{name} is the default again") if value is None else _("{name} is now {value}")
    app.announce(says.format(name=key, value="" if value is None else format_significant(value)))


def declare(app: BaseApp, name: str) -> None:
    """Ask for a setting that a pattern looks at, and keep it."""
    known = settings.find(name)
    line = LineDialog(
        capitalized(_(known.does)),
        lambda text: (text, ink.text(_said(app.workspace.settings, name, text), "$faint")),
        value=settings.value_text(app.workspace.settings, name),
        hint=_(known.allowed),
    )
    app.ask(line, lambda text: setting_changes.keep(app, name, text))


def show_session(app: BaseApp, session: Session) -> None:
    """On the Day, chosen in its log."""
    app.turn_to(DAY)
    view = app.view
    vars(view)["follow"] = session.id
    view.go(app.workspace.day_of(session.start), app.workspace)


def flag(app: BaseApp) -> None:
    """Say the one new flag of the day, once, with its evidence a key away: on the Timer, over no dialog."""
    rows = app.view.rows()
    if app.view.id != TIMER or len(app.screen_stack) > 1 or not isinstance(rows, PatternsPanel):
        return
    raised = pattern_items.new_flag(app.workspace, rows.items)
    if raised:
        rows.choose_pattern(raised.finding.name)  # what enter opens is what is said
        says = capitalized(raised.finding.evidence)
        keys = " · ".join([app.key_of("open") + " " + _("the evidence"), _("esc puts this away")])
        app.flagged(title(raised.finding.name), says, keys)


def _read_reason(line: str) -> tuple[str, Content]:
    why = line.strip()
    if not why:
        raise TrackerError(_("a word or two is enough"))
    return why, ink.text(entered("why", why) or "")


def _read_limit(pattern: Pattern, limit: Threshold, text: str) -> tuple[tuple[float | None], Content]:
    """The value of a line (in a tuple: an empty line's is None), and what it would say. TrackerError: it cannot be."""
    from tracker.analytics.patterns.registry import refuse_limit

    said = text.strip().replace(",", ".")
    key = f"{pattern.name}.{limit.key}"
    if not said:
        return (None,), ink.text(pattern.say(limit, {}))
    try:
        value = float(said)
    except ValueError:
        raise TrackerError(_("a number, such as {value}").format(value=format_significant(limit.value))) from None
    refuse_limit(key, value)
    return (None if value == limit.value else value,), ink.text(pattern.say(limit, {key: value}))


def _said(kept: Settings, name: str, text: str) -> str:
    """What a line means as a setting. TrackerError for what it may not be."""
    return settings.value_text(settings.with_typed(kept, name, text), name) or _("not set")
