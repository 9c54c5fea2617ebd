"""What runs, where today stands, and what is left of today's budgets.

The daily commands import this file, so it imports only what they need.
"""

from __future__ import annotations

from tracker.analytics.day_slices import covered_seconds, is_check
from tracker.domain.record import Record
from tracker.reports.load_days import load_days, span_of_days
from tracker.storage import Database, channels, day_records, session_table
from tracker.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

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
    now, settings = workspace.now(), workspace.settings
    with workspace.database.snapshot():
        today = workspace.day_of(now)
        social = channels.names_of(workspace.database, "social")
        loaded = load_days(workspace, today, today, only=social)
        parts = list(loaded.slices)
        began = [part for part in parts if part.begins]
        checks = sum(is_check(part, settings) for part in began)
        clusters = clusters_today(workspace, today, social=social) if patterns and began else ()
        return Status(
            running=session_table.running(workspace.database),
            date=today,
            logged=bool(loaded.logged),
            seconds=covered_seconds(parts),
            budget_seconds=settings.daily_budget,
            checks=checks,
            sessions=len(began) - checks,
            first=min((part.start for part in began), default=None),
            # The end of a check lies after the instant it is logged at.
            last=max((min(part.end, now) for part in parts), default=None),
            patterns=("check_cluster",) if clusters else (),
            pause=_pause(workspace.database, now),
        )


def budget_state(workspace: Workspace, channel: str) -> BudgetState:
    """Today's budgets for a session about to begin on `channel`; a running session counts until `now`.

    Raises TrackerError for a channel that does not exist.
    """
    today, settings = workspace.today(), workspace.settings
    with workspace.database.snapshot():
        of_name = channels.find(workspace.database, channel)
        loaded = load_days(workspace, today, today)
    social = loaded.only_social(loaded.slices)
    return BudgetState(
        channel=channel,
        social=of_name.kind == "social",
        channel_seconds=covered_seconds(part for part in loaded.slices if part.channel == of_name.name),
        channel_budget=of_name.budget_seconds,
        seconds=covered_seconds(social),
        budget=settings.daily_budget,
        checks=sum(is_check(part, settings) for part in social),
        check_limit=settings.check_limit,
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


def _pause(database: Database, now: int) -> PauseOutcome | None:
    if not day_records.current_pause(database, now):
        return None  # the usual case: the module that judges pauses is not imported
    from tracker.reports.day import pause_under_way

    return pause_under_way(database, now)
