from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calendar.strategies import cases, refusal
from tracker import locale
from tracker.calendar.durations import LONGEST, parse_duration, parse_estimate, parse_plan
from tracker.domain.errors import TrackerError
from tracker.formatting.times import format_duration

H, M = 3600, 60


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("25m", 25 * M),
        ("25 min", 25 * M),
        ("25 minutes", 25 * M),
        ("90", 90 * M),
        ("90s", 90),
        ("2h", 2 * H),
        ("2 heures", 2 * H),
        ("1h30", 90 * M),
        ("1 h 30", 90 * M),
        ("1\u202fh\u202f30", 90 * M),
        ("1h 30m", 90 * M),
        ("1H30M", 90 * M),
        ("1h05", 65 * M),
        ("2m30", 150),
        ("1h 2m 3s", 3723),
        ("1.5h", 90 * M),
        ("1,5 h", 90 * M),
        ("1:30", 90 * M),
        ("0:37:12", 37 * M + 12),
        ("2d", 48 * H),
        ("2 jours", 48 * H),
        (" 0m ", 0),
    ],
)
def test_a_duration_is_read_as_people_write_it(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


NO_DURATIONS = cases("""
h | m25 | 25x | 30m-1h | -10m | --10m | 1:60 | 1:2:3:4 | :30 | 1::2 | 1.2.3h | .h | ²m | ٣m | nan | 1e5h | 100001h
| | 30m 1h | 1h 1h | 1 30 | 1h30 5 | a\nb
""")


@pytest.mark.parametrize("text", [*NO_DURATIONS, "9" * 400 + "m"])
def test_what_is_no_duration_is_refused_in_one_line_with_an_example(text: str) -> None:
    with pytest.raises(TrackerError, match="25m, 1h30 or 90s") as refused:
        parse_duration(text)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("seconds", "short", "exact", "clock"),
    [
        (0, "0s", "0s", "0:00:00"),
        (45, "45s", "45s", "0:00:45"),
        (60, "1m", "1m", "0:01:00"),
        (24 * M + 59, "24m", "24m 59s", "0:24:59"),
        (2 * H, "2h", "2h", "2:00:00"),
        (2 * H + 5, "2h", "2h 5s", "2:00:05"),
        (H + 24 * M, "1h 24m", "1h 24m", "1:24:00"),
        (-90, "-1m", "-1m 30s", "-0:01:30"),
        (30 * H, "30h", "30h", "30:00:00"),
    ],
)
def test_a_duration_is_said_short_exactly_or_like_a_clock(seconds: int, short: str, exact: str, clock: str) -> None:
    assert [format_duration(seconds), format_duration(seconds, "exact"), format_duration(seconds, "clock")] == [
        short,
        exact,
        clock,
    ]


@pytest.fixture(params=["en", "fr"])
def _language(request: pytest.FixtureRequest) -> object:
    locale.use(request.param)
    yield
    locale.use("en")


@pytest.mark.usefixtures("_language")
class TestInEveryLanguage:
    @given(st.integers(0, LONGEST))
    def test_what_is_said_is_read_back(self, seconds: int) -> None:
        assert parse_duration(format_duration(seconds, "exact")) == seconds
        assert parse_duration(format_duration(seconds, "clock")) == seconds

    @given(st.integers(0, LONGEST))
    def test_what_is_said_short_is_less_than_a_minute_short(self, seconds: int) -> None:
        assert 0 <= seconds - parse_duration(format_duration(seconds)) < 60


@given(st.one_of(st.text(), st.from_regex(r"[-0-9hms:., ]{0,12}", fullmatch=True)))
def test_any_text_is_a_duration_or_refused(text: str) -> None:
    assert (refusal(lambda: parse_duration(text)) or "read").isprintable()


@pytest.mark.parametrize(
    ("said", "seconds"), [("22h", 79_200), ("22m", 1_320), ("1:30", 5_400), ("168h", 604_800), ("0", 0)]
)
def test_a_guess_of_a_week(said: str, seconds: int) -> None:
    assert parse_estimate(said) == seconds


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("22", "Write 22h or 22m"),
        ("1.5", "Write 1.5h or 1.5m"),
        ("168h1m", "longer than a week"),
        ("9999h", "longer than a week"),
    ],
)
def test_a_guess_that_is_none_of_a_week(said: str, why: str) -> None:
    with pytest.raises(TrackerError, match=why):
        parse_estimate(said)


@pytest.mark.parametrize(
    ("seconds", "texts"),
    [
        (900, "a quarter of an hour | quarter hour | un quart d'heure | Quart d’heure | fifteen minutes | 15'"),
        (1200, "twenty minutes | vingt minutes | 20 mn"),
        (1500, "twenty-five minutes | twenty five minutes | vingt-cinq minutes"),
        (1800, "half an hour | a half hour | half-hour | une demi-heure | demi-heure | une demie heure"),
        (2700, "three quarters of an hour | three-quarters of an hour | trois quarts d'heure"),
        (3600, "an hour | one hour | une heure"),
        (5400, "an hour and a half | one and a half hours | une heure et demie | 1h et demie | 1 heure et demie"),
        (5400, "an hour and thirty minutes | 1 hour and 30 minutes | une heure trente"),
        (9000, "two and a half hours | deux heures et demie"),
    ],
)
def test_lengths_are_said_in_words(seconds: int, texts: str) -> None:
    for text in texts.split(" | "):
        assert parse_duration(text) == seconds, text


@pytest.mark.parametrize(
    "text", ["two", "half", "a day", "a second", "an", "hour", "25m 9.30", "1h 90", "an hour and a day"]
)
def test_other_words_are_no_length(text: str) -> None:
    with pytest.raises(TrackerError):
        parse_duration(text)


@pytest.mark.parametrize("text", ["23:50", "9:30", "14:00", "9:30:00"])
def test_a_time_of_day_is_no_plan(text: str) -> None:
    assert "looks like a time of day" in (refusal(lambda: parse_plan(text)) or "")


@pytest.mark.parametrize(("text", "seconds"), [("1:30", 90 * M), ("0:25", 25 * M), ("9h30", 570 * M), ("90", 90 * M)])
def test_a_plan_is_a_length(text: str, seconds: int) -> None:
    assert parse_plan(text) == seconds
