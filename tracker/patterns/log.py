"""What a detector is given. Inputs of later patterns (posts, plans, estimates, pauses) join as fields with defaults."""

from __future__ import annotations

from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.patterns.openings import Opening

#: How many of the last logged days a pattern looks at, unless a span was asked for.
WINDOW_DAYS = 28


class Log(Record):
    """Openings and the days they are to be judged against.

    `openings` come sorted by start and may reach back further than the window. `logged_dates` are the days with a
    record of any kind or a zero confirmed by the user, sorted: a date that is not there is missing, not zero.
    `zone` and `now` (UTC seconds) are the reader's; each opening counts by the wall clock of its own zone.
    """

    openings: tuple[Opening, ...]
    logged_dates: tuple[str, ...]
    zone: str
    now: int
    #: Seconds after midnight at which a day starts.
    starts_at: int = 14_400
    #: A session shorter than this is a check.
    check_seconds: int = 30
    #: None: every logged date given is the window, because the user asked for that span.
    days: int | None = WINDOW_DAYS

    @property
    def window(self) -> tuple[str, ...]:
        """The logged dates looked at, oldest first."""
        return self.logged_dates if self.days is None else self.logged_dates[-self.days :]
