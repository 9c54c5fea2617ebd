"""Plain rows: what somebody recorded, and what they set. Instants are UTC seconds, money hundredths."""

from __future__ import annotations

from typing import NamedTuple


class Session(NamedTuple):
    """`end` is None while it runs. `zone` is the IANA zone of the wall clock it was recorded by."""

    channel: str
    start: int
    end: int | None
    zone: str
    activity: str | None = None
    planned_seconds: int | None = None
    intention: str | None = None
    person: str | None = None
    ring: str | None = None
    source: str = "log"
    estimated: bool = False


class Urge(NamedTuple):
    """A wish resisted."""

    channel: str
    at: int
    zone: str


class Outcome(NamedTuple):
    """A recommendation, prospect, client or income; `channel` is None where nobody knows what it came from."""

    kind: str
    at: int
    zone: str
    channel: str | None = None
    amount: int | None = None
    currency: str | None = None
    person: str | None = None


class Spend(NamedTuple):
    """What a channel cost beside the hours."""

    channel: str
    at: int
    zone: str
    amount: int
    currency: str


class Habit(NamedTuple):
    """`target` is None for yes or no. `weekdays` are Monday 0 … Sunday 6; empty with `times` in `days`."""

    name: str
    created: str
    kind: str = "yes_no"
    target: float | None = None
    unit: str | None = None
    measure: str | None = None
    channel: str | None = None
    weekdays: tuple[int, ...] = ()
    times: int = 1
    days: int = 1


class Tick(NamedTuple):
    """An answer by hand: a value, or (None) a skip."""

    habit: str
    date: str
    value: float | None


class Choices(NamedTuple):
    """The settings that figures depend on; seconds, hundredths, shares from 0 to 1. None is not set."""

    day_starts_at: int = 4 * 3600
    check_seconds: int = 30
    first_weekday: int = 0
    currency: str = "EUR"
    focus_hours: tuple[tuple[int, int], ...] = ()
    hour_cost: int | None = None
    sale_value: int | None = None
    client_share: float | None = None
    margin: float = 1.0


class Life(NamedTuple):
    """One made-up history, seen at `now` by a reader in `zone`."""

    now: int
    zone: str
    choices: Choices
    sessions: tuple[Session, ...] = ()
    urges: tuple[Urge, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    spends: tuple[Spend, ...] = ()
    zeros: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    habits: tuple[Habit, ...] = ()
    ticks: tuple[Tick, ...] = ()
    met: tuple[tuple[str, str | None, str | None], ...] = ()


#: The channels that come with the program and are used here, by kind, in the program's order.
KINDS = {
    "linkedin": "social",
    "instagram": "social",
    "youtube": "social",
    "x": "social",
    "whatsapp": "messaging",
    "call": "in_person",
    "video": "in_person",
    "meeting": "in_person",
    "work": "focus",
}

#: The activities that come with it, by purpose.
PURPOSES = {
    "create": "make",
    "publish": "make",
    "reply": "relate",
    "prospect": "relate",
    "monitor": "monitor",
    "scroll": "scroll",
}

RINGS = ("building", "street", "district", "city", "beyond")

#: The imports that measure; every other source is what somebody recorded.
MEASURED = ("app-usage", "chrome")
