"""What the steps show of a week, read once, when a step first asks for it; what is answered is read anew each time."""

from __future__ import annotations

from functools import cached_property

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.review.compare import Comparison
    from tracker.review.session import Material
    from tracker.review.values import Week
    from tracker.tui.desk import Desk


class Facts:
    """One week's figures, over the desk."""

    def __init__(self, desk: Desk, week: str) -> None:
        self.desk, self.name = desk, week
        self._state = desk.state()

    @cached_property
    def dates(self) -> list[str]:
        """The seven dates."""
        return self.desk.week_dates(self.name)

    @cached_property
    def material(self) -> Material:
        """All of it, of one state of the file."""
        return self.desk.material(self.name)

    def forget(self) -> None:
        """Read all of it anew when it is asked for next, if anything was recorded or set since."""
        state = self.desk.state()
        if state != self._state:
            self._state = state
            vars(self).pop("material", None)

    @property
    def week(self) -> Week:
        """The week, with its patterns."""
        return self.material.week

    @property
    def comparison(self) -> Comparison:
        """The week against the usual one."""
        return self.material.comparison

    @cached_property
    def titles(self) -> dict[str, str]:
        """What each channel is called."""
        return {channel.name: channel.title for channel in self.desk.channels()}
