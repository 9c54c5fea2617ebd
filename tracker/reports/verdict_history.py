"""The user's verdicts on a channel, each with what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics import day_slices
from tracker.analytics.channel_worth import new_leads, sum_by_currency
from tracker.analytics.day_slices import LEAST_DAYS
from tracker.calendar.days import dates, next_date
from tracker.formatting.numbers import round_to_int
from tracker.reports.detector_inputs import known_until
from tracker.reports.load_days import load_days
from tracker.storage import channels, reviews

if TYPE_CHECKING:
    from tracker.domain.models import Verdict
    from tracker.workspace import Workspace

#: How many weeks up to the week of a verdict say what the hours were before it.
WEEKS_BEFORE = 4


class LoggedTime(NamedTuple):
    """The seconds a channel took in some days, `days` of which were logged."""

    seconds: int
    days: int

    @property
    def weekly_seconds(self) -> int | None:
        """Seconds in seven logged days: a day that was not logged is unknown, not zero. None without logged days."""
        return round_to_int(7 * self.seconds / self.days) if self.days else None

    @property
    def is_enough(self) -> bool:
        """Whether enough days were logged to speak of a week."""
        return self.days >= LEAST_DAYS


class VerdictFollowUp(NamedTuple):
    """A verdict, and what came of it from the day after its week (`since`) to the end of the next verdict's week.

    After the last verdict, `until` is today. `before` is the time in the WEEKS_BEFORE weeks up to the verdict, `after`
    the time since. Leads (by first appearance) and income (in hundredths of the currency of the settings) are those
    attributed to the channel since; `other_income` is in other currencies.
    """

    verdict: Verdict
    since: str
    until: str
    before: LoggedTime
    after: LoggedTime
    leads: int
    income: int
    other_income: tuple[tuple[str, int], ...]


def verdict_history(
    workspace: Workspace, channel: str | None, *, most: int | None = None
) -> tuple[VerdictFollowUp, ...]:
    """The verdicts on a channel, or on real contact (None), by week; with `most`, only the last ones."""
    with workspace.database.snapshot():
        verdicts_given = reviews.verdicts_on(workspace.database, channel)
        verdicts_given = verdicts_given[-most:] if most else verdicts_given
        if not verdicts_given:
            return ()
        today = workspace.today()
        ends = [min(workspace.week_dates(verdict.week)[-1], today) for verdict in verdicts_given]
        loaded = load_days(workspace, next_date(ends[0], 1 - 7 * WEEKS_BEFORE), today)
        known, _as_of = known_until(workspace, today)
        lead_ids = {lead.id for lead in new_leads(known)}
        names = {channel} if channel else channels.names_of(workspace.database, "in_person")

    def logged_time(first: str, last: str) -> LoggedTime:
        logged = sum(date in loaded.logged for date in dates(first, last)) if first <= last else 0
        parts = [part for part in loaded.slices if part.channel in names and first <= part.date <= last]
        return LoggedTime(day_slices.covered_seconds(parts), logged)

    history = []
    for verdict, end, until in zip(verdicts_given, ends, [*ends[1:], today], strict=True):
        since = next_date(end)
        outcomes = [outcome for date, outcome in loaded.outcomes if since <= date <= until and outcome.channel in names]
        income = sum_by_currency(
            (outcome.currency or "", outcome.income) for outcome in outcomes if outcome.income is not None
        )
        history.append(
            VerdictFollowUp(
                verdict=verdict,
                since=since,
                until=until,
                before=logged_time(next_date(end, 1 - 7 * WEEKS_BEFORE), end),
                after=logged_time(since, until),
                leads=sum(outcome.id in lead_ids for outcome in outcomes),
                income=income.pop(workspace.settings.currency, 0),
                other_income=tuple(sorted(income.items())),
            )
        )
    return tuple(history)
