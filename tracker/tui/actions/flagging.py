"""What can be said of a pattern, what decides it, and the one new flag a day that is said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker import settings
from tracker.domain.models import TrackerError
from tracker.domain.text import entered
from tracker.locale import N_, _, wording
from tracker.tui import ink, words
from tracker.tui.actions.settling import Settling
from tracker.tui.keys import DAY, TIMER
from tracker.tui.modals.chooser import Choice
from tracker.tui.modals.line import LineDialog
from tracker.tui.screens.evidence import Patterns, title
from tracker.tui.widgets.log import Log

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.analytics.patterns.pattern import Pattern, Threshold
    from tracker.domain.models import Session
    from tracker.settings import Settings
    from tracker.tui.screens.evidence import Loader

#: Why a pattern may be expected, a key each; `o` is for one's own words.
REASONS = {
    "c": N_("campaign"),
    "w": N_("client work"),
    "l": N_("launch"),
    "e": N_("event"),
    "h": N_("holidays"),
}


class Flagging(Settling):
    """Its actions, by their names in keys.py."""

    def evidence(self, name: str, load: Loader, session: int | None = None) -> None:
        """Open the evidence of a pattern, one of those that `load` reads; a session of it may be chosen."""
        from tracker.tui.modals.evidence import EvidenceDialog

        self.app.hush()
        self.app.push_screen(EvidenceDialog(self, load, name, session))

    def patterns(self) -> None:
        """The evidence of the chosen pattern; on the Day, of the burst the chosen line is part of, as of that day."""
        rows = self.app.view.rows()
        if isinstance(rows, Patterns) and rows.item():
            self.app.doing.do("open")
        elif isinstance(rows, Log) and (id := rows.session_id()) in rows.clustered:
            self.evidence("check_cluster", partial(self.desk.patterns_on, self.date()), id)
        else:
            self.evidence(self.desk.patterns()[0].about.name, self.desk.patterns)

    def not_now(self) -> None:
        """The chosen pattern is silent for 28 days."""
        self.not_now_of(self._chosen_pattern())

    def expected(self) -> None:
        """The chosen pattern is expected; ask why."""
        self.expected_of(self._chosen_pattern())

    def take_back(self) -> None:
        """What was said of the chosen pattern is not so any more."""
        self.take_back_of(self._chosen_pattern())

    def _chosen_pattern(self) -> str:
        rows = self.app.view.rows()
        item = rows.item() if isinstance(rows, Patterns) else None
        if item is None:
            raise TrackerError(_("no pattern is chosen: the Timer and the Week show them"))
        if item.others:
            raise TrackerError(
                _("this line stands for several patterns; {key} opens them").format(key=self.key("open"))
            )
        return item.about.name

    def not_now_of(self, name: str) -> None:
        """Silent for 28 days."""
        until = self.desk.dismiss(name)
        says = _("{title}: silent until {date} · {key} undoes")
        date = words.near_day(until, self.desk.today())
        self.did(says.format(key=self.key("undo"), title=title(name), date=date))

    def expected_of(self, name: str) -> None:
        """Ask why it is expected, by a key or in one's own words."""
        choices = [Choice(key, _(reason), "", "", _(reason)) for key, reason in REASONS.items()]
        choices.append(Choice("o", _("in your own words"), "", "", "o"))
        self.choose(
            _("{title}: expected, because of").format(title=title(name)),
            choices,
            lambda why: self._own_reason(name) if why == "o" else self._is_expected(name, why),
            own="o",
        )

    def _own_reason(self, name: str) -> None:
        line = LineDialog(_("Why is it expected?"), _read_reason, hint=_("a few words, shown beside it"))
        self.ask(line, lambda why: self._is_expected(name, why))

    def _is_expected(self, name: str, why: str) -> None:
        self.desk.expect(name, why)
        self.did(_("{title}: expected, {why} · {key} undoes").format(key=self.key("undo"), title=title(name), why=why))

    def take_back_of(self, name: str) -> None:
        """Neither silent nor expected any more."""
        self.desk.take_back(name)
        self.did(_("{title} is shown as it is again · {key} undoes").format(key=self.key("undo"), title=title(name)))

    def choose_limit(self, pattern: Pattern) -> None:
        """Change a pattern's only threshold; of several, ask which."""
        limits = pattern.limits()
        if len(limits) < 2:
            for key in limits:
                self.change_limit(key)
            return
        chosen = dict(self.desk.settings.patterns)
        choices = [
            Choice(str(place + 1), pattern.say(limit, chosen), "", "", key)
            for place, (key, limit) in enumerate(limits.items())
        ]
        self.choose(_("Change which threshold?"), choices, lambda key: self.change_limit(key))

    def change_limit(self, key: str) -> None:
        """Ask for a threshold's value; an empty line is the usual one."""
        from tracker.analytics.patterns.registry import LIMITS, pattern

        limit = LIMITS[key]
        one = pattern(key.partition(".")[0])
        now = dict(self.desk.settings.patterns).get(key, limit.value)
        hint = _(
            "from {least} to {most} · empty: the default {value} · {name} under [patterns] in your settings"
        ).format(
            least=wording.number(limit.least),
            most=wording.number(limit.most),
            value=wording.number(limit.value),
            name=key,
        )
        line = LineDialog(one.title, lambda text: _read_limit(one, limit, text), value=f"{now:g}", hint=hint)
        self.ask(line, lambda value: self._limit_is(key, value[0]))

    def _limit_is(self, key: str, value: float | None) -> None:
        self.desk.keep_limit(key, value)
        says = _("{name} is the default again") if value is None else _("{name} is now {value}")
        self.did(says.format(name=key, value="" if value is None else wording.number(value)))

    def declare(self, name: str) -> None:
        """Ask for a setting that a pattern looks at, and keep it."""
        known = settings.find(name)
        line = LineDialog(
            wording.capital(_(known.does)),
            lambda text: (text, ink.text(_said(self.desk.settings, name, text), "$faint")),
            value=settings.value_text(self.desk.settings, name),
            hint=_(known.allowed),
        )
        self.ask(line, lambda text: self.keep(name, text))

    def show_session(self, session: Session) -> None:
        """On the Day, chosen in its log."""
        self.app.turn_to(DAY)
        view = self.app.view
        vars(view)["follow"] = session.id
        view.go(self.desk.day_of(session.start), self.desk)

    def flag(self) -> None:
        """Say the one new flag of the day, once, with its evidence a key away: on the Timer, over no dialog."""
        rows = self.app.view.rows()
        if self.app.view.id != TIMER or len(self.app.screen_stack) > 1 or not isinstance(rows, Patterns):
            return
        raised = self.desk.news(rows.items)
        if raised:
            rows.choose_pattern(raised.about.name)  # what enter opens is what is said
            says = wording.capital(raised.about.evidence)
            keys = " · ".join([self.key("open") + " " + _("the evidence"), _("esc puts this away")])
            self.app.flagged(title(raised.about.name), says, keys)


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
        raise TrackerError(_("a number, such as {value}").format(value=wording.number(limit.value))) from None
    refuse_limit(key, value)
    return (None if value == limit.value else value,), ink.text(pattern.say(limit, {key: value}))


def _said(kept: Settings, name: str, text: str) -> str:
    """What a line means as a setting. TrackerError for what it may not be."""
    return settings.value_text(settings.with_typed(kept, name, text), name) or _("not set")
