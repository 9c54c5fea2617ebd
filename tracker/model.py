"""The values everything passes around: plain, typed, frozen. Each says what its word means.

Instants are integer UTC seconds, durations integer seconds, money integer hundredths of its currency, dates
`YYYY-MM-DD`.
"""

from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Kind = Literal["social", "messaging", "in_person", "focus"]
    Purpose = Literal["make", "relate", "monitor", "scroll"]

KINDS = ("social", "messaging", "in_person", "focus")
PURPOSES: "tuple[Purpose, ...]" = ("make", "relate", "monitor", "scroll")
RINGS = ("building", "street", "district", "city", "beyond")
OUTCOME_KINDS = ("recommendation", "prospect", "client", "income")

#: Where a session came from, when a person said so: by the timer, by a check key or in a line of the log.
BY_HAND = ("timer", "check", "log")

#: How long a check logged by key lasts, in seconds.
CHECK_LASTS = 15

#: No session is longer: a forgotten timer must be told when it really ended. Bounds the look-back of every query.
LONGEST_SESSION = 7 * 86_400


class TrackerError(Exception):
    """What cannot be done, as one clear line for the user. Raised before anything was changed."""


class Channel(Record):
    """Where attention goes. `letter` starts or checks it by one key; `budget_seconds` is for one day."""

    name: str
    title: str
    kind: "Kind"
    letter: "str | None" = None
    budget_seconds: "int | None" = None
    archived: bool = False
    position: int = 0


class Activity(Record):
    """What was done on a channel, and the purpose it serves."""

    name: str
    title: str
    purpose: "Purpose"
    archived: bool = False
    position: int = 0


class Session(Record):
    """An interval on one channel; `end` is None while it runs.

    `zone` is the IANA zone it was recorded in and decides the day it belongs to. `source` is one of BY_HAND or the
    name of an import format. `estimated` says that the end was inferred, not measured.
    """

    id: int
    channel: str
    start: int
    end: "int | None"
    zone: str
    activity: "str | None" = None
    planned_seconds: "int | None" = None
    intention: "str | None" = None
    trigger: "str | None" = None
    person: "str | None" = None
    ring: "str | None" = None
    note: "str | None" = None
    source: str = "log"
    estimated: bool = False


class Urge(Record):
    """A wish to open a channel that was noticed and resisted."""

    id: int
    channel: str
    at: int
    zone: str
    trigger: "str | None" = None
    note: "str | None" = None


class Outcome(Record):
    """A recommendation, prospect, client or income. `channel` is None while it is attributed to nothing.

    `attribution` says how the channel was found: `user`, `last touch` or `unknown`.
    """

    id: int
    kind: str
    at: int
    zone: str
    channel: "str | None" = None
    attribution: str = "unknown"
    amount: "int | None" = None
    currency: "str | None" = None
    person: "str | None" = None
    note: "str | None" = None


class DayNote(Record):
    """One line of the user's own words for a day; `zero` confirms a day without any social time."""

    date: str
    note: "str | None" = None
    zero: bool = False
