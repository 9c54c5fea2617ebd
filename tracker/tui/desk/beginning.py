"""What is asked before a session begins: how today stands, what was done there before, how long it took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar import days
from tracker.domain.models import TrackerError
from tracker.locale import _
from tracker.reports import budget
from tracker.storage import channels, notes, session_table, state
from tracker.tui.desk.showing import Showing, Usual

if TYPE_CHECKING:
    from tracker.domain.models import Channel, DayNote
    from tracker.reports.budget import Standing

#: As many ways to begin as before are offered, each by its digit.
OFFERS = 5
#: Plans that fill up the few one has made so far, in seconds.
PLANS = (600, 1500, 2700)
#: So many breaths held to their end, and one may be cut short.
TRUSTED = 10

_BREATHS = "breaths"


class Beginning(Showing):
    """Reads, but for the count of breaths."""

    def channel(self, name: str) -> Channel:
        """The channel of this very name."""
        return next(channel for channel in channels.channels(self.journal) if channel.name == name)

    def standing(self, channel: str) -> Standing:
        """How today stands against the budgets of a channel and of the day."""
        return budget.standing(self.journal, self.settings, channel, zone=self.zone, now=self.now())

    def task(self, date: str | None = None) -> DayNote:
        """A day's important task, with what else was said of that day; today's without a date."""
        return notes.get(self.journal, date or self.today())

    def left_over(self) -> str | None:
        """Yesterday's task, if it was not done."""
        before = notes.get(self.journal, days.next_date(self.today(), -1))
        return None if before.task_done else before.task

    def focus(self) -> str:
        """The channel the important work is done on: of the kind `focus`, the last used."""
        focus = [channel for channel in self.channels() if channel.kind == "focus"]
        if not focus:
            raise TrackerError(_("no channel is for the important work; `tracker channel` makes one of kind focus"))
        return channels.last_used_first(self.journal, focus)[0].name

    def offers(self, channel: str) -> list[Usual]:
        """How one began on a channel before, the last first; before all that, today's task where the focus is."""
        before = [
            Usual(activity, planned, intention, start)
            for activity, intention, planned, start in session_table.combinations(self.journal, channel, OFFERS)
        ]
        task = self.task()
        if not task.task or task.task_done or self.channel(channel).kind != "focus":
            return before
        last = next((one for one in before if one.intention == task.task), before[0] if before else Usual())
        rest = [one for one in before if one.intention != task.task]
        return [Usual(last.activity, last.planned_seconds, task.task), *rest][:OFFERS]

    def plans(self, channel: str) -> list[int | None]:
        """How long one meant to stay there before, the shortest first, and no plan at all."""
        lengths = {
            planned for _a, _i, planned, _s in session_table.combinations(self.journal, channel, OFFERS) if planned
        }
        for usual in PLANS:
            if len(lengths) < len(PLANS):
                lengths.add(usual)
        return [*sorted(lengths), None]

    def breathless(self, activity: str | None) -> bool:
        """Whether an activity's purpose may begin without a breath, by the setting `breath_skips`."""
        purposes = {one.name: one.purpose for one in channels.activities(self.journal)}
        return purposes.get(activity or "") in self.settings.breath_skips

    def breathed(self) -> None:
        """Count a breath that was held to its end."""
        state.put(self.journal, _BREATHS, str(self._breaths() + 1))

    def trusted(self) -> bool:
        """Whether a breath may be cut short: after TRUSTED of them one knows what it is for."""
        return self._breaths() >= TRUSTED

    def _breaths(self) -> int:
        kept = state.get(self.journal, _BREATHS) or ""
        return int(kept) if kept.isdecimal() else 0
