"""Made-up histories: what people do day after day, where they travel, and the odd moments at which clocks change.

A life is drawn as a few rhythms, each of them many sessions, so that four months are as cheap to draw, and to make
smaller, as four days.
"""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

from tests.recompute.life import (
    KINDS,
    MEASURED,
    PURPOSES,
    RINGS,
    Choices,
    Habit,
    Life,
    Outcome,
    Session,
    Spend,
    Tick,
    Urge,
)
from tests.recompute.wall import clock_of, day_of, later

#: No session is longer, in seconds: seven days.
LONGEST = 7 * 86_400

ZONES = (
    *("Europe/Paris", "America/Toronto", "Asia/Kolkata", "UTC"),
    "Australia/Lord_Howe",  # changes by half an hour
    "America/Havana",  # 00:30 is shown twice
    "Africa/Casablanca",  # winter time in Ramadan
    "Antarctica/Troll",  # changes by two hours
    "Pacific/Kiritimati",  # a day ahead
    "Pacific/Pago_Pago",  # and a day behind
    "Asia/Kathmandu",
)

#: Last days of histories: about the nights on which some clock changes, and about the ends of years.
ENDS = (
    *("2026-03-30", "2026-10-26", "2026-03-09", "2026-11-02", "2026-04-06", "2026-10-05", "2026-02-17", "2026-03-23"),
    *("2026-11-23", "2027-01-01", "2021-01-03", "2024-12-31", "2024-02-29"),
)

SHORT = st.sampled_from((0, 1, 14, 15, 29, 30, 31, 59, 60, 61))
USUAL = st.integers(60, 4 * 3600)
LONG = st.sampled_from((86_399, 86_400, 90_061, 3 * 86_400, 7 * 86_400))
LENGTHS = st.one_of(SHORT, USUAL, USUAL, LONG)

CLOCKS = st.one_of(
    st.integers(0, 86_399),
    st.sampled_from((0, 1, 3599, 5400, 7199, 7200, 9000, 10_799, 10_800, 14_399, 14_400, 14_401, 32_400, 86_399)),
)

STARTS = st.sampled_from((14_400, 14_400, 0, 1800, 9000, 10_740, 18_000, 43_200, 86_340))
CHANNELS = st.sampled_from(tuple(KINDS))
SOCIAL = st.sampled_from([name for name, kind in KINDS.items() if kind == "social"])
PEOPLE = st.sampled_from((None, None, "Ana", "ana", "Ben", "Cem", "Dora", "Éva"))
CURRENCIES = st.sampled_from(("EUR", "EUR", "USD", "JPY"))
AMOUNTS = st.one_of(st.integers(1, 500_000), st.sampled_from((1, 33_333, 48_050, 100_000)))
SOURCES = st.sampled_from(("log", "log", "timer", "app-usage", "chrome"))


class Frame(NamedTuple):
    """The last day, how many days there are, and the zones of the trip: (from so many days before the end, zone)."""

    last: str
    days: int
    trip: tuple[tuple[int, str], ...]
    choices: Choices

    def zone(self, before: int) -> str:
        """Where one is so many days before the end."""
        return [zone for start, zone in self.trip if start >= before][-1]

    def at(self, before: int, clock: int, zone: str | None = None) -> int:
        """The instant of a wall time so many days before the end."""
        return clock_of(later(self.last, -before), clock, zone or self.zone(before))


@st.composite
def focus_hours(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    minutes = sorted(draw(st.sets(st.integers(0, 1439), min_size=0, max_size=4)))
    pairs = zip(minutes[::2], minutes[1::2], strict=False)
    return tuple((60 * start, 60 * end) for start, end in pairs)


CHOICES = st.builds(
    Choices,
    day_starts_at=STARTS,
    check_seconds=st.sampled_from((30, 30, 1, 60, 600)),
    first_weekday=st.sampled_from((0, 6, 5)),
    currency=st.sampled_from(("EUR", "EUR", "USD", "JPY")),
    focus_hours=st.one_of(st.just(((32_400, 43_200),)), focus_hours()),
    hour_cost=st.one_of(st.none(), st.sampled_from((4500, 1, 3333)), st.integers(1, 20_000)),
    sale_value=st.one_of(st.none(), st.integers(1, 500_000)),
    client_share=st.sampled_from((None, 0.25, 0.5, 1.0)),
    margin=st.sampled_from((1.0, 0.8, 0.35)),
)

SESSION = st.builds(
    Session,
    channel=CHANNELS,
    start=st.just(0),
    end=st.just(0),
    zone=st.just("UTC"),
    activity=st.sampled_from((None, *PURPOSES)),
    planned_seconds=st.sampled_from((None, None, 60, 300, 1500, 3600)),
    intention=st.sampled_from((None, "reply")),
    person=PEOPLE,
    ring=st.sampled_from((None, *RINGS)),
    source=SOURCES,
)


@st.composite
def frames(draw: st.DrawFn, most_days: int) -> Frame:
    count = draw(st.one_of(st.integers(1, 21), st.integers(1, most_days)))
    last = draw(st.sampled_from(ENDS))
    legs = draw(st.lists(st.tuples(st.integers(0, count), st.sampled_from(ZONES)), max_size=3))
    trip = ((10_000, draw(st.sampled_from(ZONES))), *sorted(legs, reverse=True))
    return Frame(later(last, draw(st.integers(-3, 3))), count, trip, draw(CHOICES))


@st.composite
def rhythms(draw: st.DrawFn, frame: Frame) -> list[Session]:
    first = draw(st.integers(0, frame.days - 1))
    every = draw(st.integers(1, 9))
    times = draw(st.integers(1, 1 + first // every))
    clock, drift = draw(CLOCKS), draw(st.sampled_from((0, 1, 60, 613, 3607)))
    lasts, grows = draw(LENGTHS), draw(st.sampled_from((0, 0, 1, 7, 61)))
    said = draw(SESSION)
    sessions = []
    for number in range(times):
        before = first - number * every
        start = frame.at(before, (clock + number * drift) % 86_400)
        sessions.append(
            said._replace(start=start, end=start + min(lasts + number * grows, LONGEST), zone=frame.zone(before))
        )
    return sessions


@st.composite
def moments(draw: st.DrawFn, frame: Frame) -> tuple[int, str]:
    """Some instant of the history and the zone it is recorded in, mostly that of the trip."""
    before = draw(st.integers(0, frame.days - 1))
    zone = draw(st.one_of(st.just(frame.zone(before)), st.sampled_from(ZONES)))
    return frame.at(before, draw(CLOCKS), zone), zone


@st.composite
def single_sessions(draw: st.DrawFn, frame: Frame) -> Session:
    """Anywhere, or at the beginning of a day, to the second."""
    start, zone = draw(moments(frame))
    if draw(st.booleans()):
        day = later(frame.last, -draw(st.integers(0, frame.days - 1)))
        start = clock_of(day, frame.choices.day_starts_at, zone) + draw(st.integers(-31, 31))
    return draw(SESSION)._replace(start=start, end=start + draw(LENGTHS), zone=zone)


@st.composite
def twins(draw: st.DrawFn, sessions: list[Session]) -> list[Session]:
    """What another device measured of the same channel at nearly the same time."""
    copies = []
    for session in draw(st.lists(st.sampled_from(sessions), max_size=4)) if sessions else ():
        assert session.end is not None
        start = session.start + draw(
            st.sampled_from((0, 0, 5, 29, 30, session.end - session.start, session.end - session.start - 1))
        )
        lasts = draw(st.one_of(SHORT, st.just(session.end - session.start)))
        copies.append(session._replace(start=max(start, session.start), source="chrome"))
        copies[-1] = copies[-1]._replace(end=copies[-1].start + lasts)
    return copies


@st.composite
def outcomes(draw: st.DrawFn, frame: Frame) -> Outcome:
    at, zone = draw(moments(frame))
    kind = draw(st.sampled_from(("recommendation", "prospect", "client", "income")))
    paid = kind == "income" or draw(st.booleans())
    amount, currency = (draw(AMOUNTS), draw(CURRENCIES)) if paid else (None, None)
    return Outcome(kind, at, zone, draw(st.one_of(st.none(), CHANNELS)), amount, currency, draw(PEOPLE))


@st.composite
def habits(draw: st.DrawFn, frame: Frame, number: int) -> Habit:
    kind = draw(st.sampled_from(("yes_no", "at_least", "at_most")))
    measures = ("checks", "social_minutes", "contacts", "urges_resisted", "focus_minutes")
    measure, channel, target, unit = None, None, None, None
    if kind == "yes_no":
        measure = draw(st.sampled_from((None, None, "plan_kept")))
    else:
        measure = draw(st.sampled_from((None, *measures, "first_opening" if kind == "at_least" else "last_opening")))
        target = float(draw(st.sampled_from((1, 2, 3, 20, 60, 120))))
        if measure in ("first_opening", "last_opening"):
            target = float(draw(st.sampled_from((9, 12, 21, 22, 25)))) * 3600
        elif measure is None:
            unit = "pages"
    if measure in ("checks", "social_minutes"):
        channel = draw(st.one_of(st.none(), SOCIAL))
    weekdays: tuple[int, ...] = ()
    times = days = 1
    rhythm = draw(st.sampled_from(("daily", "weekdays", "times")))
    if rhythm == "weekdays":
        weekdays = tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1, max_size=7))))
    elif rhythm == "times" and measure not in ("first_opening", "last_opening", "plan_kept"):
        days = draw(st.sampled_from((2, 3, 7, 7, 10, 30)))
        times = draw(st.integers(1, days))
    created = later(frame.last, -draw(st.integers(0, frame.days)))
    return Habit(f"Habit {number}", created, kind, target, unit, measure, channel, weekdays, times, days)


@st.composite
def ticks(draw: st.DrawFn, frame: Frame, habit: Habit) -> list[Tick]:
    """Answers by hand, the same few again and again: a number, "skip", or (None) nothing."""
    if habit.measure:
        said: list[float | str | None] = draw(st.lists(st.sampled_from((None, "skip")), max_size=9))
    elif habit.kind == "yes_no":
        said = draw(st.lists(st.sampled_from((None, "skip", 0.0, 1.0, 1.0)), max_size=15))
    else:
        values = st.sampled_from((None, "skip", 0.0, 1.0, 2.5, 20.0, 60.0, 75.0, 250.0))
        said = draw(st.lists(values, max_size=15))
    drawn = []
    for number in range(frame.days if said else 0):
        value = said[number % len(said)]
        if value is not None:
            drawn.append(Tick(habit.name, later(frame.last, -number), None if isinstance(value, str) else value))
    return drawn


@st.composite
def lives(draw: st.DrawFn, most_days: int = 130) -> Life:
    """A whole history as somebody sees it at its end."""
    frame = draw(frames(most_days))
    sessions = [session for made in draw(st.lists(rhythms(frame), max_size=10)) for session in made]
    sessions += draw(st.lists(single_sessions(frame), max_size=8))
    # No phone and no browser measures a talk.
    sessions = [
        session._replace(source="log") if KINDS[session.channel] == "in_person" else session for session in sessions
    ]
    sessions += draw(twins([session for session in sessions if session.source in MEASURED]))
    reader = draw(st.one_of(st.just(frame.zone(0)), st.sampled_from(ZONES)))
    now = frame.at(0, draw(CLOCKS), reader)
    today = day_of(now, reader, frame.choices.day_starts_at)
    sessions = [session for session in sessions if session.end is not None and session.end <= now]
    if draw(st.booleans()):
        start = now - draw(st.one_of(st.integers(0, 4 * 3600), st.sampled_from((0, 86_400, 7 * 86_400))))
        sessions.append(draw(SESSION)._replace(start=start, end=None, zone=reader, source="timer"))
    urges = [Urge(draw(SOCIAL), *draw(moments(frame))) for _n in range(draw(st.integers(0, 3)))]
    spends = [
        Spend(draw(st.sampled_from(("linkedin", "x", "call"))), *draw(moments(frame)), draw(AMOUNTS), draw(CURRENCIES))
        for _n in range(draw(st.integers(0, 3)))
    ]
    past = [later(frame.last, -before) for before in range(frame.days)]
    zeros = draw(st.lists(st.sampled_from(past), max_size=12, unique=True))
    kept = [draw(habits(frame, number)) for number in range(draw(st.integers(0, 3)))]
    answered = [tick for habit in kept for tick in draw(ticks(frame, habit))]
    return Life(
        now,
        reader,
        frame.choices,
        tuple(sorted(sessions, key=lambda session: session.start)),
        tuple(urge for urge in urges if urge.at <= now),
        tuple(outcome for outcome in draw(st.lists(outcomes(frame), max_size=12)) if outcome.at <= now),
        tuple(spend for spend in spends if spend.at <= now),
        tuple(sorted(date for date in zeros if date <= today)),
        draw(st.sampled_from(((), (today,)))),
        tuple(habit for habit in kept if habit.created <= today),
        tuple(
            tick
            for tick in answered
            if tick.date <= today and any(tick.habit == h.name and h.created <= today for h in kept)
        ),
        tuple((name, channel, ring) for name, channel, ring in draw(MET)),
    )


MET = st.lists(
    st.sampled_from((("Ana", "linkedin", None), ("Ben", None, "street"), ("Cem", "call", None), ("DORA", "x", None))),
    max_size=2,
    unique=True,
)
