"""What runs, where today stands, and what is left of today's budgets.

The daily commands import this file, so it imports only what they need.
"""

from __future__ import annotations

from tracker.analytics.intervals import covered
from tracker.calendar.days import WallClock
from tracker.domain.record import Record
from tracker.reports.load_days import merge_measured, span_of_days
from tracker.storage import Database, channels, day_records, session_table
from tracker.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tracker.analytics.patterns.pattern import Cluster
    from tracker.domain.models import Session
    from tracker.reports.day import PauseOutcome


class Status(Record):
    """What a prompt shows. `seconds`, `checks`, `sessions`, `first` and `last` are of social channels."""

    running: Session | None
    date: str
    #: Whether anything was recorded today, or today was confirmed as zero; without it all figures are 0, and not known.
    logged: bool
    seconds: int
    budget_seconds: int | None
    checks: int
    sessions: int
    first: int | None
    last: int | None
    #: The names of the patterns flagged today.
    patterns: tuple[str, ...]
    #: The declared pause that is going on.
    pause: PauseOutcome | None = None


class BudgetState(Record):
    """What one channel, and all social channels together, have had today; None where no budget or limit is set."""

    channel: str
    social: bool
    channel_seconds: int
    channel_budget: int | None
    seconds: int
    budget: int | None
    checks: int
    check_limit: int | None

    @property
    def channel_over(self) -> bool:
        """Whether nothing is left of the channel's own budget."""
        return self.social and self.channel_budget is not None and self.channel_seconds >= self.channel_budget

    @property
    def day_over(self) -> bool:
        """Whether nothing is left of the day's budget."""
        return self.social and self.budget is not None and self.seconds >= self.budget

    @property
    def over(self) -> bool:
        """Whether a session begun now goes past a budget."""
        return self.channel_over or self.day_over


def status(workspace: Workspace, *, patterns: bool = True) -> Status:
    """The running session and today's social figures; `patterns` says whether to look for patterns flagged today."""
    now = workspace.now()
    with workspace.database.snapshot():
        today = workspace.day_of(now)
        social = channels.names_of(workspace.database, "social")
        intervals, checks, began, first, last = [], 0, 0, None, None
        for _channel, since, until, opened, check in _parts_of_today(workspace, social, today):
            intervals.append((since, until))
            last = max(last or 0, min(until, now))  # the end of a check lies after the instant it is logged at
            if opened:
                first = since if first is None else min(first, since)
                checks += check
                began += 1
        clusters: tuple[Cluster, ...] = ()
        if patterns and began:
            clusters = clusters_today(workspace, today, social=social)
        return Status(
            running=session_table.running(workspace.database),
            date=today,
            logged=bool(intervals) or _is_logged(workspace, today),
            seconds=covered(intervals),
            budget_seconds=workspace.settings.daily_budget,
            checks=checks,
            sessions=began - checks,
            first=first,
            last=last,
            patterns=("check_cluster",) if clusters else (),
            pause=_pause(workspace.database, now),
        )


def budget_state(workspace: Workspace, channel: str) -> BudgetState:
    """Today's budgets for a session about to begin on `channel`; a running session counts until `now`.

    Raises TrackerError for a channel that does not exist.
    """
    with workspace.database.snapshot():
        everything = channels.channels(workspace.database)
        by_name = {one.name: one for one in everything}
        of_name = by_name.get(channel) or channels.find(workspace.database, channel)
        social = {one.name for one in everything if one.kind == "social"}
        today = workspace.today()
        parts = list(_parts_of_today(workspace, {*social, channel}, today))
    return BudgetState(
        channel=channel,
        social=of_name.kind == "social",
        channel_seconds=covered((since, until) for name, since, until, _began, _check in parts if name == channel),
        channel_budget=of_name.budget_seconds,
        seconds=covered((since, until) for name, since, until, _began, _check in parts if name in social),
        budget=workspace.settings.daily_budget,
        checks=sum(began and check for name, _since, _until, began, check in parts if name in social),
        check_limit=workspace.settings.check_limit,
    )


def clusters_today(workspace: Workspace, today: str, *, social: Collection[str]) -> tuple[Cluster, ...]:
    """Today's clusters of openings, as the pattern `check_cluster` finds them, unless the user has silenced it.

    This is asked all day long. The weeks that today is compared with are therefore read only when today has as many
    openings within half an hour as a cluster needs. `social` are the names of the channels that count.
    """
    from tracker.analytics.patterns.openings import crowded_windows

    rows = session_table.spans(workspace.database, *span_of_days(workspace, today, today))
    # An opening is one or more sessions: where there are too few sessions there are too few openings.
    if not crowded_windows([start for _id, channel, start, *_rest in rows if channel in social]):
        return ()
    from tracker.analytics.patterns.detectors.check_cluster import NAME, clusters
    from tracker.reports.detector_inputs import log_of_openings
    from tracker.storage import reviews

    if NAME in reviews.marks_on(workspace.database, today):
        return ()
    bursts = clusters(log_of_openings(workspace, last=today))
    return tuple(cluster for cluster in bursts if cluster.date == today)


def _parts_of_today(
    workspace: Workspace, names: Collection[str], today: str
) -> Iterator[tuple[str, int, int, bool, bool]]:
    """(channel, start, end, counts today, is a check) of what these channels have had today, cut at its bounds.

    A session that is merged into an earlier one has its time, and is not counted again.
    """
    now = workspace.now()
    starts_at = workspace.settings.day_starts_at
    span = span_of_days(workspace, today, today)
    rows = [row for row in session_table.spans(workspace.database, *span) if row.channel in names]
    columns = [[row[index] for row in rows] for index in range(4)]
    merged = merge_measured(workspace.database, *columns, span=span, check_seconds=workspace.settings.check_seconds)  # type: ignore[arg-type]
    for id, channel, start, end, at_zone, _activity, _estimated in rows:
        day_start, day_end = WallClock.of(at_zone, starts_at).bounds(today)
        since, until = max(start, day_start), min(max(start, now) if end is None else end, day_end)
        if since > until or start >= day_end or (until == day_start and start < day_start):
            continue
        lasted = merged.lasted.get(id, None if end is None else end - start)
        check = lasted is not None and lasted < workspace.settings.check_seconds
        yield channel, since, until, start >= day_start and id not in merged.heads, check


def _is_logged(workspace: Workspace, today: str) -> bool:
    """Whether there is a record of any other kind today, or today was confirmed as zero."""
    from tracker.storage import outcomes

    if day_records.get_note(workspace.database, today).zero:
        return True
    starts_at = workspace.settings.day_starts_at
    span = span_of_days(workspace, today, today)
    moments = [(urge.zone, urge.at) for urge in day_records.urges_in_span(workspace.database, *span)]
    moments += [(outcome.zone, outcome.at) for outcome in outcomes.in_span(workspace.database, *span)]
    if any(WallClock.of(zone, starts_at).day(at) == today for zone, at in moments):
        return True
    names = {row.channel for row in session_table.spans(workspace.database, *span)}
    return any(True for _part in _parts_of_today(workspace, names, today))


def _pause(database: Database, now: int) -> PauseOutcome | None:
    if not day_records.current_pause(database, now):
        return None  # the usual case: the module that judges pauses is not imported
    from tracker.reports.day import pause_under_way

    return pause_under_way(database, now)
