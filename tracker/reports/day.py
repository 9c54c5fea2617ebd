"""One day, as the Day and Timer screens, `tracker day` and the exports show it; today in short; the declared pauses.

`seconds` means social seconds; sessions that overlap count once per channel and once in a total. Instants are UTC
seconds, dates `YYYY-MM-DD`.

What became of a pause is computed from the sessions each time, never stored. It is broken by an *opening*: a session or
check on a social channel that begins after the start of the pause and before its end. A session that was running when
the pause was declared does not break it, nor does one that began in that same second. A pause that was replaced by
another at the moment it was ended (a longer or a shorter one) counts as one pause with it.
"""

from __future__ import annotations

from tracker.analytics import day_slices
from tracker.calendar.days import day_bounds
from tracker.domain.models import BY_PEOPLE, PLACED, PURPOSES, Outcome, Pause, Session, SessionColumns, Urge
from tracker.domain.record import Record
from tracker.reports.load_days import load_days, load_switches, sessions_of_day
from tracker.storage import Database, channels, day_records, session_table
from tracker.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tracker.reports.contacts import Crossing


UNDER_WAY, KEPT, BROKEN, CALLED_OFF = "under way", "kept", "broken", "called off"


class PauseOpening(Record):
    """A session that began inside a pause."""

    session: int
    channel: str
    at: int
    zone: str


class PauseOutcome(Record):
    """A pause and what became of it. Instants in UTC seconds.

    `end` is when it was meant to end, `until` when it did; they differ only for a pause that was called off. `state` is
    BROKEN as soon as there is an opening, whatever came after, and UNDER_WAY while there is none.
    """

    id: int
    start: int
    end: int
    until: int
    zone: str
    state: str
    openings: tuple[PauseOpening, ...] = ()

    def lasts(self, now: int) -> bool:
        """Whether the pause is going on at `now`, broken or not."""
        return self.start <= now < self.until


class Part(Record):
    """The part of a session that lies inside one day."""

    session: Session
    start: int
    end: int
    #: Whether the whole session, of whatever days, is a check.
    check: bool
    #: The id of the earlier session that it counts as one with; None if it counts by itself.
    counts_with: int | None = None
    #: The number within the day of the spell it is part of: one unbroken use of a device; None where none was measured.
    spell: int | None = None

    @property
    def begins(self) -> bool:
        """Whether the session of this part is counted on this day."""
        return self.start == self.session.start and self.counts_with is None


class Day(Record):
    """One day from `day_starts_at` to the next, as it stands at `now`."""

    date: str
    start: int
    end: int
    seconds: int
    checks: int
    #: Social sessions that began here, checks excluded.
    sessions: int
    #: First opening, and end of the last social session (or now while one runs); None without one.
    first: int | None
    last: int | None
    parts: tuple[Part, ...]
    channels: tuple[day_slices.ChannelTotal, ...]
    activities: tuple[day_slices.ActivityTotal, ...]
    purposes: tuple[day_slices.PurposeTotal, ...]
    outcomes: tuple[Outcome, ...]
    urges: tuple[Urge, ...]
    #: The talks of the day: the in-person sessions that began on it.
    contacts: tuple[Part, ...]
    note: str | None
    #: False for a day without any record and not confirmed as zero: unknown, not zero.
    logged: bool
    #: Social seconds allowed in a day by the setting `daily_budget`, apart from the budgets of single channels.
    budget_seconds: int | None
    #: The one important thing the day is for, if it was named, and whether it is done.
    task: str | None = None
    task_done: bool = False
    #: Declared pauses that touch the day, kept or not.
    pauses: tuple[PauseOutcome, ...] = ()
    #: The people who were met on the other side for the first time.
    crossings: tuple[Crossing, ...] = ()
    #: Whether the evening close of the day was done.
    closed: bool = False

    @property
    def runs(self) -> str | None:
        """The channel of the running session; None where none runs."""
        return next((part.session.channel for part in reversed(self.parts) if part.session.end is None), None)

    @property
    def grows(self) -> bool:
        """Whether the social seconds of the day still grow: a session on a social channel runs."""
        return self.runs in {total.channel for total in self.channels if total.kind == "social"}

    @property
    def first_zone(self) -> str | None:
        """The zone the first opening was recorded in."""
        return next((part.session.zone for part in self.parts if part.start == self.first), None)

    @property
    def last_zone(self) -> str | None:
        """The zone of what ended last; the end of a check may lie after now."""
        if self.last is None:
            return None
        ends = (part for part in self.parts if part.end == self.last or (part.check and part.end > self.last))
        return next((part.session.zone for part in ends), None)


def checks_on(workspace: Workspace, date: str) -> int:
    """How many checks the day `date` has."""
    loaded = load_days(workspace, date, date, sessions=sessions_of_day(workspace, date))
    settings = workspace.settings
    return sum(day_slices.is_check(part, settings) for part in loaded.only_social(loaded.slices))


def day(workspace: Workspace, date: str) -> Day:
    """The day `date` as it stands at `now`; its bounds are those of the reader's `zone`."""
    now = workspace.now()
    with workspace.database.snapshot():
        sessions = sessions_of_day(workspace, date)
        loaded = load_days(workspace, date, date, sessions=sessions)
        by_id = {session.id: session for session in sessions}
        social = loaded.only_social(loaded.slices)
        activities = channels.activities_by_name(workspace.database)
        began = [part for part in social if part.begins]
        checks = sum(day_slices.is_check(part, workspace.settings) for part in began)
        spells = _spells(workspace, [by_id[part.id] for part in social])

        def part_of(piece: day_slices.DaySlice) -> Part:
            check = loaded.channels[piece.channel].kind == "social" and day_slices.is_brief(piece, workspace.settings)
            return Part(by_id[piece.id], piece.start, piece.end, check, piece.counts_with, spells.get(piece.id))

        parts = tuple(map(part_of, loaded.slices))
        crossings: tuple[Crossing, ...] = ()
        named = [part.session for part in parts if part.session.person and part.start == part.session.start]
        if named:  # most days name nobody
            from tracker.reports.contacts import crossings_of

            crossings = crossings_of(workspace.database, named, loaded.channels)
        start, end = day_bounds(date, workspace.zone, workspace.settings.day_starts_at)
        note = day_records.get_note(workspace.database, date)
        return Day(
            date=date,
            start=start,
            end=end,
            seconds=day_slices.covered_seconds(social),
            checks=checks,
            sessions=len(began) - checks,
            first=min((part.start for part in began), default=None),
            last=max((min(part.end, now) for part in social), default=None),
            parts=parts,
            channels=day_slices.by_channel(loaded.slices, loaded.channels, workspace.settings),
            activities=day_slices.by_activity(social, activities, workspace.settings),
            purposes=day_slices.by_purpose(social, activities, PURPOSES),
            outcomes=tuple(outcome for _date, outcome in loaded.outcomes),
            urges=tuple(urge for _date, urge in loaded.urges),
            contacts=tuple(
                part for part in parts if part.begins and loaded.channels[part.session.channel].kind == "in_person"
            ),
            note=note.note,
            logged=date in loaded.logged,
            budget_seconds=workspace.settings.daily_budget,
            task=note.task,
            task_done=note.task_done,
            pauses=pauses_in_span(workspace.database, start, end, now),
            crossings=crossings,
            closed=note.closed,
        )


def _spells(workspace: Workspace, sessions: Sequence[Session]) -> dict[int, int]:
    """The number of its spell, from 1 on, for the id of each measured one of these social sessions, given by start."""
    columns = SessionColumns.of(sessions)
    sources = [session.source for session in sessions]
    switches = load_switches(workspace.database, columns.id, columns.start, columns.end, sources).starts
    measured = (session.id for session in sessions if session.source not in (*BY_PEOPLE, *PLACED))
    begins = {id: switches.get(id, id) for id in measured}
    numbers = {id: number for number, id in enumerate(dict.fromkeys(begins.values()), 1)}
    return {id: numbers[first] for id, first in begins.items()}


def spell_lines(spells: Sequence[int | None]) -> list[str]:
    """For the spell of each row of a list, the piece of the line that joins the rows of one; " " beside a single row.

    It is dashed beside a row that is not part of the spell. Rows of two spells may alternate: two devices. Then the
    line of each stands beside its own rows.
    """
    places: dict[int | None, list[int]] = {}
    for index, spell in enumerate(spells):
        places.setdefault(spell, []).append(index)
    pieces = [" "] * len(spells)
    for spell, rows in places.items():
        if spell is not None and len(rows) > 1:
            first, *between, last = rows
            pieces[first], pieces[last] = "╭", "╰"
            for index in range(first + 1, last):
                if index in between:
                    pieces[index] = "│"
                elif pieces[index] == " ":
                    pieces[index] = "┊"
    return pieces


# --- Today in short


class Status(Record):
    """What a prompt shows. `seconds`, `checks`, `sessions`, `first` and `last` are of social channels."""

    running: Session | None
    date: str
    #: Whether anything was recorded today, or today was confirmed as zero; without it all figures are 0, and not known.
    logged: bool
    seconds: int
    budget_seconds: int | None
    checks: int
    sessions: int
    first: int | None
    last: int | None
    #: The declared pause that is going on.
    pause: PauseOutcome | None
    #: The names of the patterns flagged today, where they were asked for.
    patterns: tuple[str, ...] = ()


class BudgetState(Record):
    """What one channel, and all social channels together, have had today; None where no budget or limit is set."""

    channel: str
    social: bool
    channel_seconds: int
    channel_budget: int | None
    seconds: int
    budget: int | None
    checks: int
    check_limit: int | None

    @property
    def channel_over(self) -> bool:
        """Whether nothing is left of the channel's own budget."""
        return self.social and self.channel_budget is not None and self.channel_seconds >= self.channel_budget

    @property
    def day_over(self) -> bool:
        """Whether nothing is left of the day's budget."""
        return self.social and self.budget is not None and self.seconds >= self.budget

    @property
    def over(self) -> bool:
        """Whether a session begun now goes past a budget."""
        return self.channel_over or self.day_over


def status(workspace: Workspace) -> Status:
    """The running session and today's social figures, without the patterns flagged today."""
    now, settings = workspace.now(), workspace.settings
    with workspace.database.snapshot():
        today = workspace.day_of(now)
        social = channels.names_of(workspace.database, "social")
        loaded = load_days(workspace, today, today, only=social)
        parts = list(loaded.slices)
        began = [part for part in parts if part.begins]
        checks = sum(day_slices.is_check(part, settings) for part in began)
        return Status(
            running=session_table.running(workspace.database),
            date=today,
            logged=bool(loaded.logged),
            seconds=day_slices.covered_seconds(parts),
            budget_seconds=settings.daily_budget,
            checks=checks,
            sessions=len(began) - checks,
            first=min((part.start for part in began), default=None),
            # The end of a check lies after the instant it is logged at.
            last=max((min(part.end, now) for part in parts), default=None),
            pause=pause_under_way(workspace.database, now),
        )


def budget_state(workspace: Workspace, channel: str) -> BudgetState:
    """Today's budgets for a session about to begin on `channel`; a running session counts until `now`.

    Raises TrackerError for a channel that does not exist.
    """
    today, settings = workspace.today(), workspace.settings
    with workspace.database.snapshot():
        of_name = channels.find(workspace.database, channel)
        loaded = load_days(workspace, today, today)
    social = loaded.only_social(loaded.slices)
    return BudgetState(
        channel=channel,
        social=of_name.kind == "social",
        channel_seconds=day_slices.covered_seconds(part for part in loaded.slices if part.channel == of_name.name),
        channel_budget=of_name.budget_seconds,
        seconds=day_slices.covered_seconds(social),
        budget=settings.daily_budget,
        checks=sum(day_slices.is_check(part, settings) for part in social),
        check_limit=settings.check_limit,
    )


# --- Declared pauses


def pause_under_way(database: Database, now: int) -> PauseOutcome | None:
    """The pause that is going on at `now`, with the openings in it so far."""
    pause = day_records.current_pause(database, now)
    social = channels.names_of(database, "social") if pause else ()
    return _judge(database, _from_first_start(database, pause), now, social) if pause else None


def pause_around(database: Database, at: int) -> Pause | None:
    """The pause that the instant `at` lies in."""
    return next((pause for pause in day_records.pauses_in_span(database, at, at + 1) if pause.start < at), None)


def pauses_in_span(database: Database, since: int, until: int, now: int) -> tuple[PauseOutcome, ...]:
    """What became of every pause that touches [since, until), by start."""
    declared = declared_pauses(database, since, until)
    social = channels.names_of(database, "social") if declared else ()
    return tuple(_judge(database, pause, now, social) for pause in declared)


def declared_pauses(database: Database, since: int, until: int) -> list[Pause]:
    """The pauses that touch [since, until), by start, each as one with those it replaced."""
    joined: list[Pause] = []
    touching = day_records.pauses_in_span(database, since, until)
    ends = {pause.ended for pause in touching}
    for pause in touching:
        if joined and joined[-1].ended == pause.start:
            joined[-1] = pause._replace(start=joined[-1].start)
        elif pause.start <= since or pause.start in ends:  # it may have replaced one that is not the last of these
            joined.append(_from_first_start(database, pause))
        else:
            joined.append(pause)
    return joined


def _from_first_start(database: Database, pause: Pause) -> Pause:
    """The pause with the start of the first of the pauses it replaced."""
    for before in day_records.pauses_in_span(database, pause.start - 1, pause.start):
        if before.ended == pause.start:
            return pause._replace(start=_from_first_start(database, before).start)
    return pause


def _judge(database: Database, pause: Pause, now: int, social: Collection[str]) -> PauseOutcome:
    until = pause.end if pause.ended is None else pause.ended
    openings = tuple(
        PauseOpening(id, channel, start, zone)
        for id, channel, start, _end, zone, _activity, _estimated in session_table.spans(database, pause.start, until)
        if pause.start < start < until and channel in social
    )
    if openings:
        state = BROKEN
    elif pause.ended is not None:
        state = CALLED_OFF
    else:
        state = UNDER_WAY if now < pause.end else KEPT
    return PauseOutcome(pause.id, pause.start, pause.end, until, pause.zone, state, openings)
