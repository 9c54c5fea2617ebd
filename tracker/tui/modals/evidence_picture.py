"""The picture of a finding, where it says more than words: a burst on its day's strip, or a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.formatting.times import format_long_date
from tracker.locale import _
from tracker.services import queries
from tracker.tui import ink
from tracker.tui.widgets import chart
from tracker.tui.widgets.strip import Strip

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.analytics.patterns.finding import Cluster, Finding
    from tracker.workspace import Workspace

#: A picture has so many lines at least, however small the screen.
LEAST = 6


class Picture:
    """What is drawn for a finding; the day of a burst is read once."""

    def __init__(self, workspace: Workspace, finding: Finding) -> None:
        self._workspace, self._chart = workspace, finding.chart
        self._bursts = sorted(finding.events, key=lambda one: one.start)
        self._strips: dict[str, Strip] = {}
        self._burst = self._bursts[-1] if self._bursts else None

    @property
    def there(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self._burst or (self._chart and any(self._chart.values)))

    def look_at(self, session: int | None) -> bool:
        """Draw the burst this session belongs to, else the one drawn before; whether it is another one now."""
        before = self._burst
        self._burst = next((one for one in self._bursts if session in one.sessions), before)
        return self._burst is not before

    def lines(self, width: int, height: int) -> list[Content]:
        """The picture in at most `height` lines."""
        if self._burst:
            return self._day(self._burst, width, height)
        return chart.lines(self._chart, width, height) if self._chart and self.there else []

    def height(self, most: int) -> int:
        """How many lines are worth having of at most `most`."""
        if self._burst:
            lanes = len(self._strip(self._burst.date).used())
            return max(LEAST, min(most, 2 * lanes + 3 if 2 * lanes + 3 <= most else lanes + 3))
        return chart.height(self._chart, most) if self._chart and self.there else 0

    def _day(self, burst: Cluster, width: int, height: int) -> list[Content]:
        head = ink.row(
            ink.text(format_long_date(burst.date), "bold $strong"),
            ink.text("  ⚑━━ ", "$flag"),
            ink.text(_("the burst"), "$faint"),
        )
        return [head, *self._strip(burst.date).lines(width, height - 1)]

    def _strip(self, date: str) -> Strip:
        if date not in self._strips:
            workspace = self._workspace
            bursts = tuple(one for one in self._bursts if one.date == date)
            letters = {channel.name: channel.letter or "" for channel in queries.channels(workspace)}
            self._strips[date] = Strip(queries.day(workspace, date), bursts, letters, workspace.zone, workspace.now())
        return self._strips[date]
