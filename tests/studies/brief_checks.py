"""What `brief_checks` says of months whose true share of checks is known."""

from __future__ import annotations

from random import Random

from tests.studies.check_cluster import count
from tests.studies.table import Row
from tests.studies.worlds import PROFILES, log_of, null_a
from tracker.patterns.detectors.brief_checks import find
from tracker.patterns.finding import FLAGGED

#: Sessions a day; 30 a day at a share of one half are 15 checks.
PROFILE = "middle use, 45 a day"


def flagged(share: float, runs: int, days: int = 28) -> Row:
    """Months flagged when each session is a check with this chance, independently."""

    def world(random: Random) -> bool:
        starts = null_a(random, PROFILES[PROFILE], days)
        lengths = [10 if random.random() < share else 300 for _ in starts]
        return find(log_of(starts, days, lengths)).state == FLAGGED

    return Row(f"true share {share:.2f}, {days} days", count(world, runs, f"brief {share} {days}"), runs)
