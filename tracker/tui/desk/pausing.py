"""Declared breaks, and the bursts of checking that suggest one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.reports import pauses as review
from tracker.storage import pauses, state
from tracker.tui.desk.showing import Showing

if TYPE_CHECKING:
    from tracker.analytics.patterns.pattern import Cluster
    from tracker.domain.models import Pause, Session
    from tracker.reports.pauses import Abstinence

#: The instant of the last opening of the last burst that was told: what began before it is that one still.
TOLD = "told burst"

#: A burst is live while its last opening is no longer ago, in seconds.
LIVE = 30 * 60


def is_live(burst: Cluster, now: int) -> bool:
    """Whether a cluster of openings is still going on."""
    return burst.start <= now <= burst.end + LIVE


class Pausing(Showing):
    """Begins and ends breaks."""

    def pause(self) -> Abstinence | None:
        """The pause under way, with what was opened in it."""
        return review.under_way(self.journal, self.now())

    def begin_pause(self, end: int) -> Pause:
        """Declare a pause from now on; one under way is replaced by it."""
        return pauses.begin(self.journal, end, self.zone, now=self.now())

    def call_off(self) -> Pause:
        """End the pause under way."""
        return pauses.call_off(self.journal, now=self.now())

    def inside(self, session: Session) -> Pause | None:
        """The pause that a session was opened in."""
        social = {channel.name for channel in self.channels() if channel.kind == "social"}
        return review.around(self.journal, session.start) if session.channel in social else None

    def burst(self) -> Cluster | None:
        """The cluster of openings that is going on."""
        from tracker.reports.live import clusters_today

        now = self.now()
        social = {channel.name for channel in self.channels() if channel.kind == "social"}
        found = clusters_today(self.journal, self.settings, self.today(), zone=self.zone, now=self.now(), social=social)
        return next((one for one in reversed(found) if is_live(one, now)), None)

    def tell(self, burst: Cluster) -> bool:
        """Whether a burst is still to be told; it is not a second time, in this run or another."""
        told = state.get(self.journal, TOLD) or ""
        if told.isdecimal() and burst.start <= int(told):
            return False
        state.put(self.journal, TOLD, str(burst.end))
        return True
