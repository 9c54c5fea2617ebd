"""Patterns: muting one or marking it as expected, its thresholds, and the one new flag a day that is announced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker import settings
from tracker.domain.errors import TrackerError
from tracker.domain.text import entered
from tracker.formatting.text import capitalized
from tracker.formatting.times import format_near_day_and_month
from tracker.locale import N_, _
from tracker.services import pattern_marks
from tracker.tui import layout
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import TIMER
from tracker.tui.modals.chooser import Choice, Chooser
from tracker.tui.modals.line_dialog import LineDialog
from tracker.tui.modals.settings_dialog import save_setting, setting_line
from tracker.tui.screens.patterns_panel import PatternsPanel, new_flag, title

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.analytics.patterns.pattern import Pattern

#: Why a pattern may be expected, a key each; `o` is for own words.
EXPECTED_REASONS = {
    "c": N_("campaign"),
    "w": N_("client work"),
    "l": N_("launch"),
    "e": N_("event"),
    "h": N_("holidays"),
}


def chosen_pattern(app: BaseApp) -> str:
    """The name of the chosen pattern; TrackerError where none is chosen, or several in one line."""
    rows = app.view.rows()
    item = rows.item() if isinstance(rows, PatternsPanel) else None
    if item is None:
        raise TrackerError(_("no pattern is chosen: the Timer and the Week show them"))
    if item.others:
        raise TrackerError(
            _("this line stands for several patterns; [{key}] opens them").format(key=app.key_of("open"))
        )
    return item.finding.name


def mute(app: BaseApp, name: str) -> None:
    """Mute a pattern for 28 days."""
    until = pattern_marks.dismiss(app.workspace, name).until or app.workspace.today()
    message = _("{title}: muted until {date} · [{key}] undoes")
    date = format_near_day_and_month(until, app.workspace.today())
    app.announce(message.format(key=app.key_of("undo"), title=title(name), date=date))


def mark_expected(app: BaseApp, name: str) -> None:
    """Ask why a pattern is expected, by a key or in own words."""

    def read(line: str) -> tuple[str, Content]:
        why = line.strip()
        if not why:
            raise TrackerError(_("Type a word or two."))
        return why, layout.text(entered("why", why) or "")

    def expect(why: str) -> None:
        pattern_marks.expect(app.workspace, name, why)
        message = _("{title}: expected, {why} · [{key}] undoes")
        app.announce(message.format(key=app.key_of("undo"), title=title(name), why=why))

    def answered(why: str) -> None:
        if why == "o":
            app.ask(LineDialog(_("Why is it expected?"), read, hint=_("a few words, shown next to it")), expect)
        else:
            expect(why)

    choices = [Choice(key, _(reason), _(reason)) for key, reason in EXPECTED_REASONS.items()]
    choices.append(Choice("o", _("in your own words"), "o"))
    app.ask(
        Chooser(_("{title}: why is it expected?").format(title=title(name)), choices, own="o", worded=True), answered
    )


def show_again(app: BaseApp, name: str) -> None:
    """Show a pattern again that was muted or expected."""
    pattern_marks.remove_mark(app.workspace, name)
    app.announce(_("{title} is shown again · [{key}] undoes").format(key=app.key_of("undo"), title=title(name)))


def choose_limit(app: BaseApp, pattern: Pattern) -> None:
    """Change a pattern's only threshold; of several, ask which."""
    limits = pattern.limits()
    if len(limits) < 2:
        for key in limits:
            change_limit(app, key)
        return
    chosen = dict(app.workspace.settings.patterns)
    choices = [
        Choice(str(number), pattern.say(limit, chosen), key) for number, (key, limit) in enumerate(limits.items(), 1)
    ]
    app.ask(Chooser(_("Change which threshold?"), choices), lambda key: change_limit(app, key))


def change_limit(app: BaseApp, key: str) -> None:
    """Ask for the value of a threshold; an empty line is the default."""
    from tracker.analytics.patterns.registry import LIMITS, pattern, refuse_limit

    limit, about = LIMITS[key], pattern(key.partition(".")[0])
    now = dict(app.workspace.settings.patterns).get(key, limit.value)
    hint = _("from {least} to {most} · empty: the default {value}").format(
        least=limit.write(limit.least), most=limit.write(limit.most), value=limit.write(limit.value)
    )

    def read(line: str) -> tuple[tuple[float | None], Content]:
        """The value, in a tuple because None, the default, is a value too; and what the pattern would say."""
        number = line.strip().replace(",", ".")
        if not number:
            return (None,), layout.text(about.say(limit, {}))
        try:
            value = float(number.rstrip("% \u202f")) / (100 if number.endswith("%") else 1)
        except ValueError:
            raise TrackerError(_("a number, such as {value}").format(value=limit.write(limit.value))) from None
        refuse_limit(key, value)
        return (None if value == limit.value else value,), layout.text(about.say(limit, {key: value}))

    def keep(answer: tuple[float | None]) -> None:
        (value,) = answer
        pattern_marks.set_threshold(app.workspace, key, value)
        message = _("{title}, default threshold: {words}") if value is None else _("{title}, your threshold: {words}")
        words = about.say(limit, {} if value is None else {key: value})
        app.announce(message.format(title=about.title, words=words))

    app.ask(LineDialog(about.title, read, value=limit.write(now), hint=hint), keep)


def ask_setting(app: BaseApp, name: str) -> None:
    """Ask for a setting that a pattern needs, and save it."""
    setting = settings.find(name)
    line = setting_line(app, setting, capitalized(_(setting.does)), _(setting.allowed))
    app.ask(line, lambda text: save_setting(app, name, text))


def mention_flag(app: BaseApp) -> None:
    """Choose the one new flag of the day, once: it stands on the Timer in a sentence, its evidence a key away."""
    rows = app.view.rows()
    if app.view.id != TIMER or len(app.screen_stack) > 1 or not isinstance(rows, PatternsPanel):
        return
    raised = new_flag(app.workspace, rows.items)
    if raised:
        rows.choose_pattern(raised.finding.name)
