"""The scan of `check_cluster`: every half hour that begins with an opening, against what is usual there."""

from __future__ import annotations

from bisect import bisect_left

from tracker.analytics.patterns.crowds import LEAST, SPAN, crowds
from tracker.analytics.patterns.rates import HOUR, expected
from tracker.analytics.statistics.poisson import poisson_tail
from tracker.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.analytics.patterns.rates import Levels, OtherDays, Places

#: Chance of any false cluster in a window of days.
ALPHA = 0.05
#: Expected counts are rounded down to this step to find, once for each, how many openings would be too few.
STEP = 0.5


class Window(Record):
    """A flagged half hour: indexes of its first and last opening, and what is usual there."""

    p: float
    first: int
    last: int
    expected: float


class Scan:
    """Looks at every half hour that begins with an opening, against the rates of that opening's day."""

    def __init__(self, where: Places, others: OtherDays, openings_in_window: int, levels: Levels) -> None:
        self._where = where
        self._others = others
        self._levels = levels
        self.threshold = ALPHA / max(openings_in_window, 1)
        self._enough: dict[int, int] = {}

    def expected(self, first: int, last: int, seconds: int = SPAN) -> float:
        """Openings usual in the seconds from the first of these openings on, on a day as busy as theirs is but for
        them."""
        return self._on_other_days(first, seconds) * self.level(first, last, seconds)

    def level(self, first: int, last: int, seconds: int = SPAN) -> float:
        """How many times as busy as the other days the day is but for these openings; 1 at least."""
        return self._levels.but_for(self._where.days[first], last - first + 1, self._on_other_days(first, seconds))

    def _on_other_days(self, place: int, seconds: int = SPAN) -> float:
        return expected(self._others.rates(self._where.days[place]), self._where.seconds[place], seconds)

    def flagged(self) -> list[Window]:
        """By time; they may overlap."""
        found = []
        seconds = self._where.seconds
        enough = self._least_by_hour()
        for first, last in crowds(self._where.starts, min(enough)):
            count = last - first + 1
            if count < enough[seconds[first] // HOUR]:
                continue
            usual = self._on_other_days(first)
            if count >= self._least_for(usual):
                usual *= self.level(first, last)
                p = poisson_tail(count - 1, usual)
                if p < self.threshold:
                    found.append(Window(p, first, last, usual))
        return found

    def _least_by_hour(self) -> list[int]:
        """A count below this cannot be flagged in this hour of any day, wherever in it the half hour begins."""
        lowest = self._others.least()
        return [self._least_for(min(lowest[hour], lowest[(hour + 1) % 24]) * SPAN / HOUR) for hour in range(24)]

    def _least_for(self, usual: float) -> int:
        """A count below this cannot be flagged where so many are usual. It settles most half hours of a busy log."""
        step = int(usual / STEP)
        least = self._enough.get(step)
        if least is None:
            mean = step * STEP
            most = int(mean + 10 * mean**0.5) + 60  # far beyond what any threshold here asks for
            counts = range(LEAST, most)
            place = bisect_left(counts, True, key=lambda count: poisson_tail(count - 1, mean) < self.threshold)
            least = self._enough[step] = LEAST + place
        return least
