"""Habits to begin with: measured from the log, so that they cost no key a day."""

from __future__ import annotations

from tracker.domain.models import Habit
from tracker.locale import N_

#: Their names, to be translated, and the rest of them.
OFFERS = (
    (N_("Less feed"), Habit(0, "", "at_most", 60.0, "min", "social_minutes")),
    (N_("Slow morning"), Habit(0, "", "at_least", 9 * 3600.0, None, "first_opening")),
    (N_("Talk to someone"), Habit(0, "", "yes_no", None, None, "contacts", times=3, days=7)),
)
