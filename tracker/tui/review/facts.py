"""What the steps show of a week, each read once, when a step first asks for it: a week that is over stays as it is."""

from __future__ import annotations

from functools import cached_property

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.review.compare import Comparison
    from tracker.review.values import Day, Week
    from tracker.tui.desk import Desk


class Facts:
    """One week's figures, over the desk."""

    def __init__(self, desk: Desk, week: str) -> None:
        self.desk, self.name = desk, week

    @cached_property
    def dates(self) -> list[str]:
        """The seven dates."""
        return self.desk.week_dates(self.name)

    @cached_property
    def week(self) -> Week:
        """The week, with its patterns."""
        return self.desk.week(self.name)

    @cached_property
    def days(self) -> list[Day]:
        """Each day in full."""
        return [self.desk.day(date) for date in self.dates]

    @cached_property
    def comparison(self) -> Comparison:
        """The week against the usual one."""
        return self.desk.comparison(self.name)

    @cached_property
    def titles(self) -> dict[str, str]:
        """What each channel is called."""
        return {channel.name: channel.title for channel in self.desk.channels()}
