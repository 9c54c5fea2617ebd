"""Pauses: declared, replaced, called off, found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.domain.errors import TrackerError
from tracker.storage import day_records, undo

if TYPE_CHECKING:
    from tracker.storage import Database

PARIS = "Europe/Paris"
HOUR = 3600


def test_a_pause_is_under_way_until_its_end(database: Database) -> None:
    begun = day_records.begin_pause(database, NOW + HOUR, PARIS, now=NOW)
    assert day_records.current_pause(database, NOW) == day_records.current_pause(database, NOW + HOUR - 1) == begun
    assert day_records.current_pause(database, NOW + HOUR) is None


def test_a_pause_goes_on_where_the_clock_is_set_back(database: Database) -> None:
    """One begins when it is declared: the clock that shows an earlier time is not the one it was declared by."""
    begun = day_records.begin_pause(database, NOW + HOUR, PARIS, now=NOW)
    assert day_records.current_pause(database, NOW - HOUR) == begun
    assert day_records.call_off_pause(database, now=NOW - HOUR) == begun._replace(ended=NOW)
    assert day_records.current_pause(database, NOW - HOUR) is None
    undo.undo(database, 1, now=NOW - HOUR)
    later = day_records.begin_pause(database, NOW + 2 * HOUR, PARIS, now=NOW - HOUR)
    assert day_records.current_pause(database, NOW - HOUR) == day_records.current_pause(database, NOW) == later
    assert database.row("SELECT count(*) FROM pause") == (2,)


def test_a_pause_of_a_clock_that_was_years_ahead_is_not_under_way(database: Database) -> None:
    day_records.begin_pause(database, NOW + 1000 * 86_400, PARIS, now=NOW + 999 * 86_400)
    assert day_records.current_pause(database, NOW) is None


def test_one_called_off_is_over_at_once_and_stays_on_record(database: Database) -> None:
    day_records.begin_pause(database, NOW + HOUR, PARIS, now=NOW)
    assert day_records.call_off_pause(database, now=NOW + 60).ended == NOW + 60
    assert day_records.current_pause(database, NOW + 60) is None
    assert [pause.ended for pause in day_records.pauses_in_span(database, NOW, NOW + HOUR)] == [NOW + 60]
    assert day_records.pauses_in_span(database, NOW + 60, NOW + HOUR) == []
    with pytest.raises(TrackerError, match="no pause"):
        day_records.call_off_pause(database, now=NOW + 120)


def test_another_one_replaces_it(database: Database) -> None:
    day_records.begin_pause(database, NOW + HOUR, PARIS, now=NOW)
    later = day_records.begin_pause(database, NOW + 3 * HOUR, PARIS, now=NOW + 60)
    assert day_records.current_pause(database, NOW + 2 * HOUR) == later
    assert [pause.ended for pause in day_records.pauses_in_span(database, NOW, NOW + 4 * HOUR)] == [NOW + 60, None]
    again = day_records.begin_pause(database, NOW + 2 * HOUR, PARIS, now=NOW + 60)
    assert day_records.current_pause(database, NOW + 61) == again
    assert len(day_records.pauses_in_span(database, NOW, NOW + 4 * HOUR)) == 2


@pytest.mark.parametrize("end", [NOW, NOW - 1, NOW + 32 * 86_400])
def test_an_end_that_cannot_be(database: Database, end: int) -> None:
    with pytest.raises(TrackerError):
        day_records.begin_pause(database, end, PARIS, now=NOW)
    assert day_records.pauses_in_span(database, 0, NOW * 2) == []


def test_undo_takes_it_back(database: Database) -> None:
    day_records.begin_pause(database, NOW + HOUR, PARIS, now=NOW)
    day_records.call_off_pause(database, now=NOW + 60)
    undo.undo(database, 1, now=NOW + 61)
    assert day_records.current_pause(database, NOW + 61) is not None
    undo.undo(database, 1, now=NOW + 62)
    assert day_records.current_pause(database, NOW + 62) is None
