"""What is recorded beside sessions: outcomes, talks, the day's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.domain.models import OUTCOME_KINDS, Session, TrackerError
from tracker.locale import _
from tracker.services import closing_day, contacts, outcomes, overlap_questions, queries
from tracker.services.overlap_questions import SessionChange
from tracker.storage.outcomes import say_counted
from tracker.tui import reading, words
from tracker.tui.actions.overlapping import Overlapping
from tracker.tui.modals.chooser import Choice
from tracker.tui.modals.line import LineDialog
from tracker.tui.theme import hue

if TYPE_CHECKING:
    from tracker.storage.effects import Effects


class Recording(Overlapping):
    """Its actions, by their names in keys.py."""

    def outcome(self) -> None:
        """Ask for the kind, then the rest in one line."""
        choices = [Choice(kind[0], _(words.OUTCOMES[kind]), "", "", kind) for kind in OUTCOME_KINDS]
        self.choose(_("What came of it?") + self.on_that_day(), choices, self._outcome_of)

    def _outcome_of(self, kind: str) -> None:
        """On an earlier day it is noted at the end of what was recorded there, unless a time is typed."""
        date = self.date()
        likely = None if date == self.workspace.today() else outcomes.last_moment(self.workspace, date)
        self.at_what_time(_(words.OUTCOMES[kind]), lambda at: self._outcome_at(kind, at), likely)

    def _outcome_at(self, kind: str, at: int) -> None:
        from tracker.tui.modals.outcome import OutcomeDialog

        self.ask(OutcomeDialog(self.workspace, kind, at), lambda found: self._came(kind, found))

    def _came(self, kind: str, found: dict[str, Any]) -> None:
        outcome = outcomes.record_outcome(self.workspace, kind, **found)
        via = _(" via {channel}").format(channel=self.title(outcome.channel)) if outcome.channel else ""
        money = words.money(outcome)
        counts = ""
        if money and outcome.income is None:
            counts = " · " + _("{amount} (counted in no income)").format(amount=money)
        elif money:
            how = say_counted(kind, outcome.currency, self.workspace.settings.currency)
            counts = f" · {money} ({how})" if how else f" · {money}"
        double = outcomes.say_possible_double(self.workspace, outcome)
        told = via + counts + self.on_past_day(outcome.at) + (f" · {double}" if double else "")
        self.did(_("Noted: {kind}").format(kind=_(words.OUTCOMES[kind])) + told, 8 if double else 4)

    def contact(self) -> None:
        """Ask how one talked, then to whom."""
        talks = [channel for channel in queries.channels(self.workspace) if channel.kind == "in_person"]
        choices = [Choice(one.letter or "", one.title, hue(one.name), "", one.name) for one in talks]
        self.choose(_("How did you talk?") + self.on_that_day(), choices, self._contact_by)

    def _contact_by(self, channel: str) -> None:
        from tracker.tui.modals.contact import ContactDialog

        self.ask(ContactDialog(self.workspace, channel, self.date()), lambda found: self._talked(channel, found))

    def _talked(self, channel: str, found: dict[str, Any]) -> None:
        start, end = found.pop("start"), found.pop("end")
        who = found["person"] or _("someone")
        if found.pop("timed", False):
            session, ended = overlap_questions.ending_running(
                self.workspace, lambda: contacts.start_contact(self.workspace, channel, **found)
            )
            says = _("{channel} with {who} runs; space stops it").format(channel=self.title(channel), who=who)
            self.did(" · ".join((says, *(self.besides(ended) if ended else ()))) + self.bridge(session))
            return

        def tell(done: Effects) -> None:
            says = _("Talked to {who}").format(who=who)
            says += self.on_past_day(start)
            self.did(" · ".join((says, ", ".join(self.pieces(done)), *self.besides(done))) + self.bridge(done.mine[0]))

        wanted = Session(0, channel, start, end, self.workspace.zone)
        self.settle(
            SessionChange(
                lambda how: contacts.record_contact(self.workspace, channel, start, end, **found, how=how), (wanted,)
            ),
            tell,
        )

    def people(self) -> None:
        """Everybody one knows, and where each was met."""
        from tracker.tui.modals.people import PeopleDialog

        self.app.push_screen(PeopleDialog(self.workspace))

    def note(self) -> None:
        """One line of one's own for the day that is shown, or today."""
        date = self.date()
        seen = queries.day(self.workspace, date).note
        self._ask_note(date, seen, seen or "")

    def _ask_note(self, date: str, seen: str | None, value: str) -> None:
        self.ask(
            LineDialog(
                _("A line for {date}").format(date=words.near_date(date, self.workspace.today())),
                lambda line: (line, reading.as_typed(line, "day")),
                value=value,
                hint=_("your own words; an empty line takes them away"),
            ),
            lambda line: self._written(date, seen, line),
        )

    def _written(self, date: str, seen: str | None, line: str) -> None:
        try:
            closing_day.write_note(self.workspace, date, line, seen)
        except TrackerError:
            self._ask_note(date, queries.day(self.workspace, date).note, line)  # what was typed is not lost
            raise
        says = _("Written for {date}") if line.strip() else _("No line for {date}")
        self.did(says.format(date=words.near_date(date, self.workspace.today())))

    def zero(self) -> None:
        """Say that the day shown was without social time."""
        date = self.date()
        closing_day.confirm_zero(self.workspace, date)
        self.did(_("{date} is confirmed as zero").format(date=words.near_date(date, self.workspace.today())))
