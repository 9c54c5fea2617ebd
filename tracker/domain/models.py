"""The values everything passes around: plain, typed, frozen. Each says what its word means.

Instants are integer UTC seconds, durations integer seconds, money integer hundredths of its currency, dates
`YYYY-MM-DD`.
"""

from __future__ import annotations

from itertools import compress

from tracker.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any, Literal, TypeVar

    Kind = Literal["social", "messaging", "in_person", "focus"]
    Purpose = Literal["make", "relate", "monitor", "scroll"]
    Column = TypeVar("Column", list[Any], bytearray)

#: In seconds.
MINUTE, HOUR, DAY, WEEK = 60, 3_600, 86_400, 7 * 86_400
#: An instant after every record, in UTC seconds; also the end of what still runs.
FOREVER = 1 << 62

KINDS = ("social", "messaging", "in_person", "focus")
PURPOSES: tuple[Purpose, ...] = ("make", "relate", "monitor", "scroll")
#: The purposes of time that was spent on something: more of it is not worse.
WORK_PURPOSES = ("make", "relate")
#: The kinds of channels on which people meet online, and which are checked.
ONLINE_KINDS = ("social", "messaging")
RINGS = ("building", "street", "district", "city", "beyond")
HABIT_KINDS = ("yes_no", "at_least", "at_most")

#: What a habit can be measured by, from the log. Times of day are seconds after midnight; the rest counts in the unit.
MEASURES = (
    "social_minutes", "checks", "first_opening", "last_opening", "contacts", "urges_resisted", "focus_minutes",
    "plan_kept",
)  # fmt: skip

#: The most commitments for one week.
MOST_COMMITMENTS = 3

#: The steps of a weekly review, in their order.
REVIEW_STEPS = ("estimate", "usual", "checks", "patterns", "worth", "kept", "next", "words")

OUTCOME_KINDS = ("recommendation", "prospect", "client", "income")

#: Those whose amount was earned.
EARNING_KINDS = ("client", "income")

#: What is made of a channel's time: by the arithmetic, or by the user.
VERDICTS = ("keep", "cut", "stop", "more")

#: Where a session came from, when a person said so: by the timer, by a check key or in a line of the log.
BY_HAND = ("timer", "check", "log")
#: Imports of what a person or another tracker recorded: as good as by hand, and never cut.
RECORDED = ("csv", "tracker", "timewarrior", "watson", "toggl")
#: The sources of what a person said; all others measure.
BY_PEOPLE = (*BY_HAND, *RECORDED)
#: Imports of looks whose length nobody kept. What any other source measured of the same look counts in their place.
ESTIMATED = ("safari", "youtube", "chrome-takeout", "tiktok")
#: Imports that know how much of an hour something took, not when in it: nothing follows from what stands side by side.
PLACED = ("rescuetime",)

#: How long a check logged by key lasts, in seconds.
CHECK_LASTS = 15

#: A plan is kept to the minute: a session that lasts at most so many seconds longer is not over its plan, on any page.
PLAN_GRACE = MINUTE

#: The look-back windows of the last touch: how many seconds before an outcome a session may have ended, with the
#: outcome's person and with anybody.
WITH_PERSON, WITH_ANYBODY = 90 * DAY, DAY

#: Which of two records has the time where they meet: unknown (an error), the new one, or the old one.
REFUSE, TAKE, YIELD = "refuse", "take", "yield"

#: What the user can mark a flagged pattern as: not to be mentioned for some weeks, or no surprise in this life.
DISMISSED, EXPECTED = "dismissed", "expected"

#: No session is longer: a forgotten timer must be told when it really ended. Bounds the look-back of every query.
LONGEST_SESSION = WEEK


class Channel(Record):
    """Where attention goes. `letter` starts or checks it by one key; `budget_seconds` is for one day."""

    name: str
    title: str
    kind: Kind
    letter: str | None = None
    budget_seconds: int | None = None
    archived: bool = False
    position: int = 0


class Activity(Record):
    """What was done on a channel, and the purpose it serves."""

    name: str
    title: str
    purpose: Purpose
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
    end: int | None
    zone: str
    activity: str | None = None
    planned_seconds: int | None = None
    intention: str | None = None
    trigger: str | None = None
    person: str | None = None
    ring: str | None = None
    note: str | None = None
    #: Why it was begun although the day's budget was spent, in the user's words.
    override: str | None = None
    #: Why it went on past its plan, in the user's words.
    overrun: str | None = None
    source: str = "log"
    estimated: bool = False

    def duration(self, now: int) -> int:
        """Its seconds, up to `now` while it runs; 0 while a clock that was set back shows a time before its start."""
        return max((now if self.end is None else self.end) - self.start, 0)

    @property
    def placement(self) -> tuple[str, int, int | None]:
        """Its channel, start and end."""
        return self.channel, self.start, self.end


#: The fields from `activity` to `overrun`, none of them said: for the many sessions made from plain tuples.
UNSAID = (None,) * (Session._fields.index("source") - Session._fields.index("activity"))


def joined_stretches(column: Column, stretches: Sequence[slice]) -> Column:
    """The values in these stretches of a column, one after the other."""
    joined = column[:0]
    for stretch in stretches:
        joined += column[stretch]
    return joined


def chosen_values(column: Column, chosen: Iterable[object]) -> Column:
    """The values of a column for which `chosen`, of the same length, is true."""
    return type(column)(compress(column, chosen))


class SessionColumns(Record):
    """Sessions in order of start, as columns of one length; `end` is None for one that runs, `estimated` is 0 or 1.

    An array would take a quarter of the memory of a list of numbers, but each value that goes in or comes out of it is
    converted: that made a tenth of the instructions of `tracker week`.
    """

    id: list[int]
    channel: list[str]
    start: list[int]
    end: list[int | None]
    activity: list[str | None]
    estimated: bytearray
    zone: list[str]

    @classmethod
    def empty(cls) -> SessionColumns:
        """Columns to be filled."""
        return cls([], [], [], [], [], bytearray(), [])

    @classmethod
    def of(cls, sessions: Iterable[Session]) -> SessionColumns:
        """Sessions that are given in order of start."""
        columns = cls.empty()
        for session in sessions:
            columns.id.append(session.id)
            columns.channel.append(session.channel)
            columns.start.append(session.start)
            columns.end.append(session.end)
            columns.activity.append(session.activity)
            columns.estimated.append(session.estimated)
            columns.zone.append(session.zone)
        return columns

    def only(self, chosen: Sequence[bool]) -> SessionColumns:
        """The sessions for which `chosen`, of the same length, is true."""
        columns: tuple[Any, ...] = self
        return SessionColumns._make([chosen_values(column, chosen) for column in columns])

    def keep(self, stretches: Sequence[slice]) -> None:
        """Drop the sessions outside these stretches. Of a long history a second copy would be megabytes."""
        columns: tuple[Any, ...] = self
        for column in columns:
            column[:] = joined_stretches(column, stretches)

    def within(self, stretches: Sequence[slice]) -> SessionColumns:
        """The sessions in these stretches of the columns."""
        columns: tuple[Any, ...] = self
        return SessionColumns._make([joined_stretches(column, stretches) for column in columns])


def lies_in(piece: Session, whole: Session) -> bool:
    """Whether a session's time is a part of another's, up to all of it; what runs lies only in what runs."""
    return whole.start <= piece.start and (whole.end is None or (piece.end is not None and piece.end <= whole.end))


def over_plan(lasted: int, planned: int | None) -> int:
    """By how many seconds a session of that length is over its plan, from the plan's end; 0 within PLAN_GRACE."""
    return lasted - planned if planned and lasted > planned + PLAN_GRACE else 0


class Effects(Record):
    """What a change did, each part by start.

    `wanted`: the sessions as they were asked for (id 0: a new one). `mine`: what exists of them now. `others`: each
    other session that was changed, as it was, and the pieces that are left of it. `shown_again`: measured time that
    became visible because a record released it.
    """

    wanted: tuple[Session, ...]
    mine: tuple[Session, ...]
    others: tuple[tuple[Session, tuple[Session, ...]], ...]
    shown_again: tuple[Session, ...]


class Urge(Record):
    """A wish to open a channel that was noticed and resisted."""

    id: int
    channel: str
    at: int
    zone: str
    trigger: str | None = None
    note: str | None = None


class Outcome(Record):
    """A recommendation, prospect, client or income. `channel` is None while it is attributed to nothing.

    `attribution` says how the channel was found: `user`, `last touch` or `unknown`. A sale is noted once: as `income`,
    or as the amount of a `client`.
    """

    id: int
    kind: str
    at: int
    zone: str
    channel: str | None = None
    attribution: str = "unknown"
    amount: int | None = None
    currency: str | None = None
    person: str | None = None
    note: str | None = None

    @property
    def income(self) -> int | None:
        """What it brought in, in hundredths of `currency`: what a recommendation or a prospect may be worth is none."""
        return self.amount if self.kind in EARNING_KINDS and self.currency else None


def counts_in(currency: str, own: str) -> bool:
    """Whether an amount in `currency` is added up while `own` is the currency of the settings; nothing is converted.

    Every sum, every setting and every sentence about an amount asks this function.
    """
    return currency == own


class Touch(Record):
    """The session that an outcome is attributed to; `end` is None while it runs.

    `person` is the name it was found by, None where it was found without.
    """

    channel: str
    start: int
    end: int | None
    person: str | None

    def gone(self, at: int) -> int:
        """How many seconds before the instant `at` it ended; 0 where it was going on."""
        return 0 if self.end is None else max(at - self.end, 0)


class Reattributed(Record):
    """An outcome that was given another channel; None: its channel is unknown now."""

    id: int
    kind: str
    channel: str | None


class Spend(Record):
    """What a channel cost beside the hours, such as advertising: `amount` in hundredths of `currency`."""

    id: int
    channel: str
    at: int
    zone: str
    amount: int
    currency: str
    note: str | None = None


class Verdict(Record):
    """What the user made of a channel in the review of a week, beside what was computed; `channel` None: real contact.

    `verdict` is one of VERDICTS; `computed` one of them too, or `not enough data`. `at` is when it was said.
    """

    id: int
    week: str
    channel: str | None
    computed: str
    verdict: str
    why: str | None
    at: int


class DayNote(Record):
    """What the user says of a day: one line of their own, its important task, and that they closed it.

    `zero` confirms a day without any social time. `task` is the one thing that day is for.
    """

    date: str
    note: str | None = None
    zero: bool = False
    task: str | None = None
    task_done: bool = False
    closed: bool = False


class Pause(Record):
    """A declared abstinence from every social channel, from `start` until `end`, or until `ended` if called off.

    Whether it was kept is derived from the sessions, never stored.
    """

    id: int
    start: int
    end: int
    zone: str
    ended: int | None = None


class Person(Record):
    """Someone one talked to: where they were met first, and when and where one talked last (UTC seconds).

    `met` is a channel's name, `met_ring` a ring; what the user said of it wins over what the log shows. `talks` counts
    sessions on in-person channels.
    """

    name: str
    met: str | None = None
    met_ring: str | None = None
    met_at: int | None = None
    last: str | None = None
    last_at: int | None = None
    ring: str | None = None
    talks: int = 0


class Talk(Record):
    """A talk with somebody: on which in-person channel, and when it ended (UTC seconds; now while it goes on)."""

    channel: str
    end: int


class Habit(Record):
    """Something to do, or to do less of: on given weekdays, or so many times in so many days.

    `kind` is one of HABIT_KINDS; `target` is in `unit`s and None for yes/no: for each day, or, with `days` and one
    time, for the sum of so many. `measure`, one of MEASURES, has the value read from the log (`channel` for one
    channel's part of it); None has it ticked by hand. `weekdays` are Monday 0 … Sunday 6; empty with `times` in `days`.
    """

    id: int
    name: str
    kind: str = "yes_no"
    target: float | None = None
    unit: str | None = None
    measure: str | None = None
    channel: str | None = None
    weekdays: tuple[int, ...] = ()
    times: int = 1
    days: int = 1
    created: str = ""
    archived: bool = False
    position: int = 0


class Tick(Record):
    """What a day's answer to a habit was, by hand: a value (1 for yes, 0 for no, or in the habit's unit), or a skip."""

    habit: str
    date: str
    value: float | None = None
    skipped: bool = False


class Estimate(Record):
    """How long the user thinks a week was, on one channel or (None) on all social channels; `at`: when it was said."""

    week: str
    channel: str | None
    seconds: int
    at: int


class Review(Record):
    """A week looked back on: a draft until `written`, then `figures` (JSON) and `page` (Markdown) stand as they were.

    `reviewed` are the steps gone through, of REVIEW_STEPS; `shown` is when its figures were first seen. What is put
    right after it was written is the next `revision`.
    """

    id: int
    week: str
    revision: int
    begun: int
    zone: str
    written: int | None = None
    shown: int | None = None
    reviewed: tuple[str, ...] = ()
    words: str | None = None
    figures: str | None = None
    page: str | None = None

    @property
    def name(self) -> str:
        """`2026-W48`; `2026-W48-r2` for what was amended."""
        return self.week if self.revision == 1 else f"{self.week}-r{self.revision}"


class Commitment(Record):
    """An if-then plan for a week: if `cue`, then `plan`.

    `measure` says how it shows in the log: one of MEASURES, `after_posting`, `pauses_kept` or `night_openings`. The
    commitment is then `kind` (`at_least`, `at_most`) `target` a `per` (`day`, `week`), of one `channel` or `ring` if it
    is for one. Targets are minutes, checks, talks, percent of plans, seconds after midnight, or (`after_posting`)
    minutes after each post. Without a measure, `kept` is the user's word.
    `pattern` is what it was made for.
    """

    id: int
    week: str
    cue: str
    plan: str
    measure: str | None = None
    kind: str | None = None
    target: float | None = None
    per: str | None = None
    channel: str | None = None
    ring: str | None = None
    pattern: str | None = None
    kept: bool | None = None
    position: int = 0
    at: int = 0


class Match(Record):
    """A record whose texts have the words: when (UTC seconds in a zone, a date or an ISO week), where, and its texts.

    `what` is a session's activity or the kind of an outcome. The lower the `score`, the better the match.
    """

    kind: str
    id: int
    score: float
    at: int | None
    zone: str | None
    date: str | None
    week: str | None
    channel: str | None
    what: str | None
    revision: int | None
    texts: tuple[tuple[str, str], ...]


class UndoStep(Record):
    """One step: its sentence, when it was made (UTC seconds), and whether it is `done` or `undone`.

    `source` is the entry of the setting `sources` whose automatic import it is. `again` are the entries whose imports
    were taken back with it and are to be read again.
    """

    id: int
    at: int
    says: str
    state: str
    source: str | None = None
    again: tuple[str, ...] = ()


class FileSummary(Record):
    """What a file holds: numbers of records, the running channel and its start, first and last session, last change.

    Times are UTC seconds. `changes` is the number of the last change, so it differs after any change.
    """

    path: str
    sessions: int
    checks: int
    outcomes: int
    urges: int
    habits: int
    running: str | None
    since: int | None
    first: int | None
    last: int | None
    changed: int | None
    changes: int
