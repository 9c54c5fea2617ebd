from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.calendar.strategies import INSTANTS, STARTS, ZONES, cases, refusal
from tests.conftest import NOW
from tracker.calendar.clock import iso, to_utc
from tracker.calendar.days import day_bounds
from tracker.calendar.moments import ReadingContext, parse_date, parse_time, parse_until
from tracker.calendar.session_line import parse_entry
from tracker.domain.errors import TrackerError

PARIS = "Europe/Paris"
FOUR = 14_400

#: Tuesday 00:40 on the clock, and still Monday evening.
NIGHT = to_utc(PARIS, 2026, 11, 24, 0, 40)


def time(text: str, now: int = NOW, day: str | None = None) -> str:
    return iso(parse_time(text, now, PARIS, FOUR, day), PARIS)[:16]


def parse_range(text: str, now: int, zone: str, starts_at: int, day: str | None = None) -> tuple[int, int]:
    """The start and end of a session on LinkedIn that is written with this time."""
    entry = parse_entry(
        f"linkedin {text}", ({"linkedin": "linkedin"}, {}, {}), ReadingContext(now, zone, starts_at, day)
    )
    return entry.start, entry.end


def span(text: str, now: int = NOW, day: str | None = None) -> tuple[str, str]:
    start, end = parse_range(text, now, PARIS, FOUR, day)
    return iso(start, PARIS)[:16], iso(end, PARIS)[:16]


@pytest.mark.parametrize(
    "text", cases("14:05 | 14h05 | 14 h 05 | 2:05pm | 2:05 p.m. | 14:05:00 | today 14:05 | mon 14:05")
)
def test_a_time_is_read_as_people_write_it(text: str) -> None:
    assert time(text) == "2026-11-23T14:05"


@pytest.mark.parametrize(
    "text",
    cases("""
    yesterday 21:00 | hier 21:00 | hier à 21h | Yesterday at 9pm | 21:00 yesterday | -1 21:00 | sunday 21:00
    | dimanche 21 h | 2026-11-22 21:00 | 22/11 21:00 | 22/11/2026 à 21h00 | 22 nov 21:00 | Sun 22 Nov, 21:00
    | Nov 22 2026 21:00 | dim. 22 nov. 21:00 | le 22 novembre à 21h | 22.11.2026 21:00 | dimanche dernier 21:00
    | 2026-11-22T21:00 | 2026-11-22T21:00:00+01:00 | 2026-11-22T20:00Z | 2026-11-22 20:00:00+00:00
    """),
)
def test_a_time_on_another_day_is_read_as_people_write_it(text: str) -> None:
    assert time(text) == "2026-11-22T21:00"


@pytest.mark.parametrize("text", ["-10m", "−10m", "10m ago", "10 min ago", "il y a 10 minutes", "-0:10"])
def test_a_time_ago_is_counted_from_now(text: str) -> None:
    assert time(text) == "2026-11-23T15:02"


def test_now_is_now() -> None:
    assert parse_time("now", NOW, PARIS, FOUR) == parse_time(" Maintenant ", NOW, PARIS, FOUR) == NOW


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("00:30", "2026-11-24T00:30"),
        ("midnight", "2026-11-24T00:00"),
        ("23:50", "2026-11-23T23:50"),
        ("04:00", "2026-11-23T04:00"),
        ("yesterday 21:00", "2026-11-22T21:00"),
        ("mon 00:30", "2026-11-24T00:30"),
    ],
)
def test_at_night_the_day_is_still_the_evening_before(text: str, meant: str) -> None:
    assert time(text, NIGHT) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("02:00", "2026-11-23T02:00"),
        ("minuit", "2026-11-23T00:00"),
        ("today 00:30", "2026-11-23T00:30"),
        ("yesterday 00:30", "2026-11-23T00:30"),
        ("2026-11-22 00:30", "2026-11-22T00:30"),
        ("mon 18:00", "2026-11-16T18:00"),
        ("tue 18:00", "2026-11-17T18:00"),
    ],
)
def test_by_day_a_time_of_the_night_is_of_the_night_just_gone(text: str, meant: str) -> None:
    assert time(text) == meant


def test_a_time_on_the_screen_of_another_day_is_of_that_day() -> None:
    assert time("21:00", day="2026-11-18") == "2026-11-18T21:00"
    assert time("00:30", day="2026-11-18") == "2026-11-19T00:30"
    assert span("23:30-00:15", day="2026-11-18") == ("2026-11-18T23:30", "2026-11-19T00:15")
    assert time("02:00", day="2026-11-23") == "2026-11-23T02:00"


def test_a_time_shown_twice_is_the_later_one_only_if_it_has_come() -> None:
    first, second = (to_utc(PARIS, 2026, 10, 25, 2, 30, fold=fold) for fold in (0, 1))
    assert parse_time("02:30", first + 60, PARIS, FOUR) == first
    assert parse_time("02:30", second + 60, PARIS, FOUR) == second
    assert parse_time("2026-10-25 02:30", second + 60, PARIS, FOUR) == first


@pytest.mark.parametrize("text", ["2026-03-29 02:30", "2026-03-29T02:30", "29/03/2026 à 2h30", "2026-03-29 2:59:59"])
def test_a_time_the_spring_change_skips_is_said(text: str) -> None:
    assert "on 2026-03-29 the clocks went from 02:00 to 03:00" in (refusal(lambda: time(text)) or "")


def test_a_span_may_touch_the_hour_that_spring_skips() -> None:
    assert span("2026-03-29 01:30-02:00") == ("2026-03-29T01:30", "2026-03-29T03:00")
    assert span("2026-03-29 03:00-03:20") == ("2026-03-29T03:00", "2026-03-29T03:20")
    for text in ("2026-03-29 01:30-02:30", "2026-03-29 02:30-03:30", "2026-03-29 02:10+20m"):
        assert "did not exist" in (refusal(lambda text=text: span(text)) or "")  # type: ignore[misc]
    spring = to_utc(PARIS, 2026, 3, 29, 9, 0)
    assert "02:30 did not exist" in (refusal(lambda: time("02:30", spring)) or "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("16:00", "“16:00” is in the future. For the day before, write “yesterday 16:00”"),
        ("tomorrow 9:00", "in the future"),
        ("2027-01-01 09:00", "in the future"),
        ("25:99", "“25:99” is not a time of day"),
        ("yesterday 24:01", "“24:01” is not a time of day"),
        ("13pm", "“13pm” is not a time of day"),
        ("14:60", "not a time of day"),
        ("2026-11-22T25:00", "not a time of day"),
        ("", "“” is not a time; write 14:05, yesterday 21:00 or -10m"),
        ("teatime", "“teatime” is not a time"),
        ("monday", "“monday” needs a time of day, for example monday 21:00"),
        ("3 days ago", "“3 days ago” needs a time of day"),
        ("-1d", "“-1d” needs a time of day"),
        ("2026-11-31 09:00", "is not a time"),
        ("tue 23 nov 9:00", "is not a time"),
        ("-25x", "is not a time"),
        ("14:05-14:25", "is not a time"),
        ("0001-01-01T00:00", "is not a time"),
        ("9999-12-31 23:59", "is not a time"),
        ("at " * 5000 + "9", "is not a time"),
    ],
)
def test_what_is_no_time_is_refused_with_an_example(text: str, why: str) -> None:
    assert why in (refusal(lambda: parse_time(text, NOW, PARIS, FOUR)) or "")


@pytest.mark.parametrize(
    "text",
    cases("""
    14:00-14:25 | 14:00–14:25 | 14:00 — 14:25 | 14h-14h25 | 14h à 14h25 | de 14h à 14h25 | from 14:00 to 14:25
    | 14:00+25m | 14:00 + 25 | 14h+25min | 2:00-2:25pm | 2pm-2:25 | 2pm-2:25pm | today 14:00-14:25
    """),
)
def test_a_span_is_read_as_people_write_it(text: str) -> None:
    assert span(text) == ("2026-11-23T14:00", "2026-11-23T14:25")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("yesterday 21:00+40m", "2026-11-22T21:00", "2026-11-22T21:40"),
        ("hier à 21h à 22h", "2026-11-22T21:00", "2026-11-22T22:00"),
        ("2026-11-22 21:00-22:00", "2026-11-22T21:00", "2026-11-22T22:00"),
        ("2026-11-22T21:00:00+01:00+40m", "2026-11-22T21:00", "2026-11-22T21:40"),
        ("21:00-21:40 yesterday", "2026-11-22T21:00", "2026-11-22T21:40"),
        ("23:30-00:15 yesterday", "2026-11-22T23:30", "2026-11-23T00:15"),
        ("23:30-00:15", "2026-11-22T23:30", "2026-11-23T00:15"),
        ("23:00-24:00", "2026-11-22T23:00", "2026-11-23T00:00"),
        ("11:30pm-12:15", "2026-11-22T23:30", "2026-11-23T00:15"),
        ("11:30-1:15pm", "2026-11-23T11:30", "2026-11-23T13:15"),
        ("yesterday 23:30 - today 00:15", "2026-11-22T23:30", "2026-11-23T00:15"),
        ("2026-11-22 23:30-00:15", "2026-11-22T23:30", "2026-11-23T00:15"),
        ("2026-11-20 23:30 - 2026-11-21 15:00", "2026-11-20T23:30", "2026-11-21T15:00"),
        ("yesterday 9:00 - monday 10:00", "2026-11-22T09:00", "2026-11-23T10:00"),
        ("yesterday 23:00-1:00 today", "2026-11-22T23:00", "2026-11-23T01:00"),
        ("since 14:05", "2026-11-23T14:05", "2026-11-23T15:12"),
        ("depuis 14h05", "2026-11-23T14:05", "2026-11-23T15:12"),
        ("14:05-now", "2026-11-23T14:05", "2026-11-23T15:12"),
        ("-1h - -10m", "2026-11-23T14:12", "2026-11-23T15:02"),
        ("-30m+20m", "2026-11-23T14:42", "2026-11-23T15:02"),
        ("avant-hier 08:00-21:30", "2026-11-21T08:00", "2026-11-21T21:30"),
    ],
)
def test_a_span_finds_its_day(text: str, start: str, end: str) -> None:
    assert span(text) == (start, end)


def test_at_night_a_span_over_midnight_is_of_this_evening() -> None:
    assert span("23:30-00:15", NIGHT) == ("2026-11-23T23:30", "2026-11-24T00:15")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("25m", 1500), ("1h30", 5400), ("1 h 30", 5400), ("90s", 90), ("for 12h", 43_200)],
)
def test_a_length_alone_ended_now(text: str, seconds: int) -> None:
    assert parse_range(text, NOW, PARIS, FOUR) == (NOW - seconds, NOW)


def test_a_span_over_the_autumn_change_has_its_true_length() -> None:
    start, end = parse_range("2026-10-25 01:00-04:00", NOW, PARIS, FOUR)
    assert end - start == 4 * 3600
    start, end = parse_range("2026-03-29 01:00-04:00", NOW, PARIS, FOUR)
    assert end - start == 2 * 3600


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("14:25-14:00", "“14:25-14:00” must end after it starts"),
        ("14:00-14:00", "must end after it starts"),
        ("14:00+0m", "must end after it starts"),
        ("today 14:00 - yesterday 15:00", "must end after it starts"),
        ("14:00-16:00", "“14:00-16:00” ends in the future"),
        ("14:00+2h", "ends in the future"),
        ("16:00-16:30", "“16:00-16:30” is in the future. For the day before, write “yesterday 16:00-16:30”"),
        ("tomorrow 9:00-10:00", "in the future"),
        ("25:99-26:00", "“25:99” is not a time of day"),
        ("14:00-14:75", "“14:75” is not a time of day"),
        ("14:05", "“14:05” has no end"),
        ("14h05", "“14h05” has no end"),
        ("yesterday 21:00", "has no end"),
        ("2026-11-22T21:00:00+01:00", "has no end"),
        ("2026-11-22 21:00:00-05:00", "has no end"),
        ("25m yesterday", "“25m yesterday” needs a time of day, for example yesterday 21:00+25m"),
        ("hier 25m", "needs a time of day, for example hier 21:00+25m"),
        ("25", "“linkedin 25” has no time"),
        ("", "“linkedin” has no time; add 14:00-14:25, yesterday 21:00+40m or 25m"),
        ("-", "has no time"),
        ("+", "has no time"),
        ("posts\x1b[K\nread", "“linkedin posts [K read” has no time"),
    ],
)
def test_what_is_no_span_is_refused_with_an_example(text: str, why: str) -> None:
    assert why in (refusal(lambda: parse_range(text, NOW, PARIS, FOUR)) or "")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("18:00", "2026-11-23T18:00"),
        ("10:00", "2026-11-24T10:00"),
        ("minuit", "2026-11-24T00:00"),
        ("+2h", "2026-11-23T17:12"),
        ("demain 9h", "2026-11-24T09:00"),
        ("2026-12-24 18:00", "2026-12-24T18:00"),
    ],
)
def test_until_is_ahead(text: str, meant: str) -> None:
    assert iso(parse_until(text, NOW, PARIS, FOUR), PARIS)[:16] == meant


@pytest.mark.parametrize("text", ["yesterday 9:00", "now", "-10m", "soon", "", "+", "+0m", "a " * 5000])
def test_until_what_is_not_ahead_is_refused(text: str) -> None:
    with pytest.raises(TrackerError, match="write 18:00"):
        parse_until(text, NOW, PARIS, FOUR)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("today", "2026-11-23"),
        ("aujourd’hui", "2026-11-23"),
        ("yesterday", "2026-11-22"),
        ("Hier", "2026-11-22"),
        ("avant-hier", "2026-11-21"),
        ("tomorrow", "2026-11-24"),
        ("-2", "2026-11-21"),
        ("monday", "2026-11-23"),
        ("lundi dernier", "2026-11-16"),
        ("last monday", "2026-11-16"),
        ("mardi", "2026-11-17"),
        ("2026-11-22", "2026-11-22"),
        ("2026-1-2", "2026-01-02"),
        ("2027-06-01", "2027-06-01"),
        ("22/11", "2026-11-22"),
        ("24/12", "2025-12-24"),
        ("11/22/2026", "2026-11-22"),
        ("29 février", "2024-02-29"),
        ("1er août", "2026-08-01"),
        ("3rd march 2025", "2025-03-03"),
        ("the 3rd of march 2025", "2025-03-03"),
        ("-2d", "2026-11-21"),
        ("3 days ago", "2026-11-20"),
        ("three days ago", "2026-11-20"),
        ("il y a trois jours", "2026-11-20"),
        ("a week ago", "2026-11-16"),
        ("il y a 2 semaines", "2026-11-09"),
        ("on friday", "2026-11-20"),
        ("vendredi dernier", "2026-11-20"),
        ("next friday", "2026-11-27"),
        ("vendredi prochain", "2026-11-27"),
    ],
)
def test_a_date_is_read_as_people_write_it(text: str, date: str) -> None:
    assert parse_date(text, NOW, PARIS, FOUR) == date


def test_at_night_today_is_still_the_evening_before() -> None:
    assert parse_date("today", NIGHT, PARIS, FOUR) == "2026-11-23"
    assert parse_date("today", NIGHT, PARIS, 0) == "2026-11-24"


@pytest.mark.parametrize(
    "text", cases(" | 2026-02-29 | 31/11 | 2026-13-01 | someday | -99999 | 32 nov | 0/0 | 0001-01-01")
)
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(TrackerError, match="2026-11-22, yesterday, monday or -2"):
        parse_date(text, NOW, PARIS, FOUR)


@given(ZONES, INSTANTS, STARTS, st.integers(0, 86_399))
def test_an_undated_time_is_within_a_day_and_a_half_and_shows_on_the_clock(
    zone: str, now: int, starts_at: int, clock: int
) -> None:
    text = f"{clock // 3600}:{clock // 60 % 60:02}:{clock % 60:02}"
    if refusal(lambda: parse_time(text, now, zone, starts_at)) is None:
        assert now - 36 * 3600 <= parse_time(text, now, zone, starts_at) <= now


@given(ZONES, INSTANTS, STARTS, st.integers(1, 86_399), st.integers(1, 3600))
def test_what_a_clock_showed_is_read_back(zone: str, now: int, starts_at: int, ago: int, seconds: int) -> None:
    start = now - ago - seconds
    text = f"{iso(start, zone)[:19]}+{seconds}s"
    if start == to_utc(zone, *map(int, iso(start, zone)[:19].replace("T", "-").replace(":", "-").split("-"))):
        assert parse_range(text, now, zone, starts_at) == (start, start + seconds)


@given(INSTANTS, STARTS, st.integers(1, 300))
def test_an_undated_time_of_another_day_lies_in_it(now: int, starts_at: int, ago: int) -> None:
    day = parse_date(f"-{ago}", now, "UTC", starts_at)
    first, last = day_bounds(day, "UTC", starts_at)
    assert first <= parse_time("12:34", now, "UTC", starts_at, day) < last


PIECES = st.sampled_from(
    cases("""
    yesterday | hier | mon | lundi | last | dernier | 14:05 | 14h05 | 25:99 | 2pm | 24:00 | noon | minuit | now | -10m
    | -2 | 2026-11-22 | 22/11 | 29/2 | nov | 23 | 2026-11-22T21:00 | +01:00 | Z | - | – | + | à | to | de | since | ago
    | 25m | 1h30 | 90s | 0m | 99999h | , | : | h | am | 9999-12-31 | -9999 | ²
    """)
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=7).map(" ".join), st.lists(PIECES, max_size=5).map("".join))


@given(TEXTS, INSTANTS, ZONES, STARTS)
@example("2026-11-22T21:00:00+99:99", NOW, PARIS, FOUR)
@example("2026-11-22T21:00:00+24:00", NOW, PARIS, FOUR)
@example("2999-12-31 24:00", NOW, PARIS, FOUR)
@example("- " * 500, NOW, PARIS, FOUR)
def test_any_text_is_read_or_refused_in_one_line(text: str, now: int, zone: str, starts_at: int) -> None:
    for read in (parse_time, parse_until, parse_range, parse_date):
        assert (refusal(lambda read=read: read(text, now, zone, starts_at)) or "read").isprintable()  # type: ignore[misc]
    if refusal(lambda: parse_range(text, now, zone, starts_at)) is None:
        start, end = parse_range(text, now, zone, starts_at)
        assert start < end <= now
