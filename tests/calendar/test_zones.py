from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calendar.strategies import INSTANTS, ODD_ZONES
from tracker.calendar.clock import check_zone, iso, offset_at, to_utc, transitions
from tracker.domain.errors import TrackerError


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@given(st.sampled_from(ODD_ZONES), INSTANTS)
def test_an_offset_is_what_zoneinfo_says(zone: str, instant: int) -> None:
    there = datetime.fromtimestamp(instant, zoneinfo.ZoneInfo(zone)).utcoffset()
    assert there is not None
    assert offset_at(zone, instant) == there.total_seconds()


@given(st.sampled_from(ODD_ZONES), INSTANTS)
def test_a_wall_time_leads_back_to_its_instant_by_one_fold_or_the_other(zone: str, instant: int) -> None:
    wall = datetime.fromtimestamp(instant, zoneinfo.ZoneInfo(zone)).timetuple()[:6]
    assert instant in (to_utc(zone, *wall), to_utc(zone, *wall, fold=1))


def test_a_time_the_spring_change_skips_is_the_change() -> None:
    assert to_utc("Europe/Paris", 2026, 3, 29, 2, 30) == utc("2026-03-29T01:00:00")
    assert iso(to_utc("Europe/Paris", 2026, 3, 29, 2, 30), "Europe/Paris") == "2026-03-29T03:00:00+02:00"


def test_a_time_shown_twice_is_its_first_showing_unless_the_second_is_asked_for() -> None:
    assert to_utc("Europe/Paris", 2026, 10, 25, 2, 30) == utc("2026-10-25T00:30:00")
    assert to_utc("Europe/Paris", 2026, 10, 25, 2, 30, fold=1) == utc("2026-10-25T01:30:00")


def test_lord_howe_changes_by_half_an_hour() -> None:
    zone = "Australia/Lord_Howe"
    spring, autumn = utc("2026-10-03T15:30:00"), utc("2026-04-04T15:00:00")
    assert offset_at(zone, spring) - offset_at(zone, spring - 1) == 1800
    assert to_utc(zone, 2026, 10, 4, 2, 15) == spring
    assert to_utc(zone, 2026, 4, 5, 1, 45, fold=1) - to_utc(zone, 2026, 4, 5, 1, 45) == 1800
    assert autumn - 1800 == to_utc(zone, 2026, 4, 5, 1, 30)


def test_the_date_apia_skipped_is_one_instant() -> None:
    skip = utc("2011-12-30T10:00:00")
    assert {to_utc("Pacific/Apia", 2011, 12, 30, hour, 0) for hour in range(24)} == {skip}


@given(st.sampled_from(ODD_ZONES), INSTANTS, st.integers(0, 3 * 86_400))
def test_a_later_wall_time_is_never_an_earlier_instant(zone: str, instant: int, later: int) -> None:
    first, second = (datetime.fromtimestamp(i, UTC).timetuple()[:6] for i in (instant, instant + later))
    assert to_utc(zone, *first) <= to_utc(zone, *second)


def test_the_changes_of_a_year_are_found_to_the_second() -> None:
    first, last = utc("2026-01-01T00:00:00"), utc("2026-12-31T00:00:00")
    assert transitions("Europe/Paris", first, last) == [
        (first, 3600),
        (utc("2026-03-29T01:00:00"), 7200),
        (utc("2026-10-25T01:00:00"), 3600),
    ]


@pytest.mark.parametrize("zone", ODD_ZONES)
def test_no_change_since_1970_is_missed(zone: str) -> None:
    first, last = 0, utc("2040-01-01T00:00:00")
    expected = [(0, offset_at(zone, 0))]
    for instant in range(0, last, 6 * 3600):
        if offset_at(zone, instant) != expected[-1][1]:
            expected.append((instant, offset_at(zone, instant)))
    changes = transitions(zone, first, last)
    assert [offset for _, offset in changes] == [offset for _, offset in expected]
    assert all(coarse - 6 * 3600 < exact <= coarse for (coarse, _), (exact, _) in zip(expected, changes, strict=True))
    assert all(offset_at(zone, exact - 1) != offset == offset_at(zone, exact) for exact, offset in changes[1:])


def test_an_instant_is_written_with_the_offset_of_its_zone() -> None:
    assert iso(1795443120, "Europe/Paris") == "2026-11-23T15:12:00+01:00"
    assert iso(1795443120, "Asia/Kathmandu") == "2026-11-23T19:57:00+05:45"
    assert iso(1795443120, "UTC") == "2026-11-23T14:12:00+00:00"


@pytest.mark.parametrize(
    "name", ["Mars/Olympus", "", "Europe", "../UTC", "/etc/passwd", "a\0b", "Zürich", "\n", "." * 5000]
)
def test_a_name_that_is_no_zone_is_refused_in_one_line(name: str) -> None:
    with pytest.raises(TrackerError, match="unknown time zone") as refused:
        check_zone(name)
    assert str(refused.value).isprintable()


def test_a_known_zone_is_given_back() -> None:
    assert check_zone("Europe/Paris") == "Europe/Paris"
