"""Slices in columns say what cutting session by session says, whatever the zones, overlaps and midnights."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.analytics.day_slices import DaySlice, cut_into_days
from tracker.analytics.intervals import covered
from tracker.calendar.days import WallClock
from tracker.domain.models import Session, SessionColumns

STARTS_AT = 14_400
#: Around the night in which Paris sets its clocks back.
BEGINS = 1_792_800_000
NOW = BEGINS + 8 * 86_400
ZONES = ("Europe/Paris", "America/Montreal", "Pacific/Apia")

SESSIONS = st.lists(
    st.tuples(
        st.sampled_from(("linkedin", "x", "work")),
        st.integers(BEGINS, NOW),
        st.none() | st.integers(0, 200_000),
        st.sampled_from((None, "publish")),
        st.integers(0, 1),
        st.sampled_from(ZONES),
    ),
    max_size=25,
)
DAYS = ("2026-10-24", "2026-10-25", "2026-10-26", "2026-10-27", "2026-10-28")

Given = list[tuple[str, int, int | None, str | None, int, str]]


def columns(sessions: Given) -> SessionColumns:
    ordered = sorted(sessions, key=lambda span: span[1])
    return SessionColumns.of(
        Session(id, channel, start, None if lasts is None else start + lasts, zone, activity, estimated=guessed == 1)
        for id, (channel, start, lasts, activity, guessed, zone) in enumerate(ordered)
    )


def one_by_one(of: SessionColumns) -> list[DaySlice]:
    seconds = []
    for id, channel, start, end, activity, guessed, zone in zip(*of, strict=True):
        until = max(start, NOW) if end is None else end
        lasted = None if end is None else end - start
        for date, since, to in WallClock.of(zone, STARTS_AT).cut(start, until):
            if date in DAYS:
                seconds.append(
                    DaySlice(date, since, to, channel, activity, zone, id, start, lasted, guessed == 1, None, lasted)
                )
    return seconds


@given(SESSIONS)
def test_cutting_by_stretches_is_cutting_one_by_one(sessions: Given) -> None:
    of = columns(sessions)
    expected = one_by_one(of)
    slices = cut_into_days(of, STARTS_AT, NOW, DAYS)
    assert list(slices) == expected
    assert slices.dates() == {part.date for part in expected}


@given(SESSIONS, st.sets(st.sampled_from(("linkedin", "x"))), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_some_channels_of_some_days_and_their_seconds(
    sessions: Given, channels: set[str], first: str, last: str
) -> None:
    of = columns(sessions)
    parts = one_by_one(of)
    slices = cut_into_days(of, STARTS_AT, NOW, DAYS)
    expected = [part for part in parts if part.channel in channels and first <= part.date <= last]
    chosen = slices.between(first, last).of_channels(channels)
    assert list(chosen) == expected
    assert list(slices.of_channels(channels).between(first, last)) == expected
    dates = {part.date for part in expected}
    assert chosen.seconds_by_date() == {
        date: covered((part.start, part.end) for part in expected if part.date == date) for date in dates
    }
    assert chosen.seconds_by_channel() == {
        name: covered((part.start, part.end) for part in expected if part.channel == name)
        for name in {part.channel for part in expected}
    }
    assert chosen.seconds() == covered((part.start, part.end) for part in expected)
    for channel in channels:
        begun = [part for part in expected if part.channel == channel and part.begins]
        assert chosen.begun_by_channel()[channel] == len(begun)
        checks = [part for part in begun if part.lasted is not None and part.lasted < 30]
        assert chosen.checks_by_channel(30)[channel] == len(checks)
    ids = {part.id for part in expected if part.id % 2}
    assert list(chosen.of_sessions(ids)) == [part for part in expected if part.id in ids]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20))))
def test_covered_counts_each_second_once(spans: list[tuple[int, int]]) -> None:
    intervals = [(start, start + lasts) for start, lasts in spans]
    assert covered(intervals) == len({second for start, end in intervals for second in range(start, end)})
