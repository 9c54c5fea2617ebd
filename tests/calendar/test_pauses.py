"""Until when a pause lasts, as people say it."""

from __future__ import annotations

import pytest

from tests.calendar.strategies import refusal
from tests.conftest import NOW
from tracker.calendar.clock import iso
from tracker.calendar.spans import parse_pause
from tracker.domain.errors import TrackerError

PARIS = "Europe/Paris"
FOUR = 4 * 3600


def until(text: str, now: int = NOW) -> str:
    return iso(parse_pause(text, now, PARIS, FOUR), PARIS)[:16]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2h", "2026-11-23T17:12"),
        ("45m", "2026-11-23T15:57"),
        ("45", "2026-11-23T15:57"),
        ("1h30", "2026-11-23T16:42"),
        ("until 18:00", "2026-11-23T18:00"),
        ("18:00", "2026-11-23T18:00"),
        ("Until 18h30", "2026-11-23T18:30"),
        ("jusqu'à 18h", "2026-11-23T18:00"),
        ("jusqu’à demain 9h", "2026-11-24T09:00"),
        ("until noon", "2026-11-24T12:00"),
        ("until +2h", "2026-11-23T17:12"),
        ("until evening", "2026-11-23T18:00"),
        ("jusqu'au soir", "2026-11-23T18:00"),
        ("until tomorrow", "2026-11-24T04:00"),
        ("until tomorrow 9:00", "2026-11-24T09:00"),
        ("until 2026-11-25 08:00", "2026-11-25T08:00"),
        ("until midnight", "2026-11-24T00:00"),
        ("half an hour", "2026-11-23T15:42"),
        ("for 2 hours", "2026-11-23T17:12"),
        ("pendant une heure et demie", "2026-11-23T16:42"),
        ("until 18", "2026-11-23T18:00"),
        ("until friday 9:00", "2026-11-27T09:00"),
        ("until monday 18:00", "2026-11-23T18:00"),
        ("jusqu'à lundi 9h", "2026-11-30T09:00"),
    ],
)
def test_it_is_understood(text: str, end: str) -> None:
    assert until(text) == end


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("until 6", "“6” could mean 6:00 or 18:00"),
        ("jusqu'à 11", "“11” could mean 11:00 or 23:00"),
        ("1:30", "“1:30” could be a time of day or a length; write “until 1:30” or “for 1:30”"),
        ("until 15:00", "“15:00” is over for today; write a later time, or “until tomorrow 15:00”"),
        ("14h30", "“14h30” could be a time of day or a length"),
        ("jusqu'à 14h30", "“14h30” is over for today; write a later time, or “until tomorrow 14h30”"),
        ("3pm", "“3pm” is over for today"),
    ],
)
def test_what_may_be_meant_otherwise_is_refused(text: str, why: str) -> None:
    """A pause until six in the morning, where one until the evening was meant, would be broken all evening."""
    assert (refusal(lambda: until(text)) or "read").startswith(why)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("until 6:00", "2026-11-24T06:00"),
        ("until 3", "2026-11-24T03:00"),
        ("until 12", "2026-11-24T12:00"),
        ("until 1:30", "2026-11-24T01:30"),
        ("for 1:30", "2026-11-23T16:42"),
        ("tomorrow 6", "2026-11-24T06:00"),
        ("until tomorrow 15:00", "2026-11-24T15:00"),
    ],
)
def test_what_can_be_meant_in_one_way_is_read(text: str, end: str) -> None:
    assert until(text) == end


def test_an_hour_alone_is_clear_once_that_of_this_half_is_over() -> None:
    assert until("until 9", NOW + 7 * 3600) == "2026-11-24T09:00"


def test_in_the_evening_the_evening_is_the_next_one() -> None:
    assert until("until evening", NOW + 4 * 3600) == "2026-11-24T18:00"


def test_at_night_tomorrow_is_what_begins_after_the_night() -> None:
    assert until("until tomorrow", NOW + 10 * 3600) == "2026-11-24T04:00"


@pytest.mark.parametrize("text", ["", "until", "soon", "until soon", "2x", "until yesterday", "until 25:00", "-2h"])
def test_what_is_no_pause_is_one_line(text: str) -> None:
    with pytest.raises(TrackerError) as error:
        parse_pause(text, NOW, PARIS, FOUR)
    assert "\n" not in str(error.value)
