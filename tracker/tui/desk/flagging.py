"""The patterns with what is remembered of them: raised when, set aside until when, expected why."""

from __future__ import annotations

from tracker.tui.desk.base import Base
from tracker.tui.screens.evidence import Shown, ranked, title

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.patterns.finding import Finding
    from tracker.review.values import Week


class Flagging(Base):
    """Patterns, and what the user says of them."""

    def patterns(self) -> list[Shown]:
        """Every pattern as of today, the flags first."""
        from tracker.review.findings import findings

        found = findings(self.journal, self.settings, zone=self.zone, now=self.now())
        return ranked(Shown(one.state, title(one.name), one.evidence, one) for one in found)

    def patterns_of(self, week: Week) -> list[Shown]:
        """Every pattern as a week shows it."""
        return ranked(Shown(one.state, title(one.name), one.evidence, one) for one in week.patterns)

    def news(self) -> Finding | None:
        """The flag that was raised today and not said yet."""
        return None
