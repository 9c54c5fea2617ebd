"""Pauses: declared, replaced, called off, found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.domain.errors import TrackerError
from tracker.storage import pauses, undo

if TYPE_CHECKING:
    from tracker.storage import Database

PARIS = "Europe/Paris"
HOUR = 3600


def test_a_pause_is_under_way_until_its_end(database: Database) -> None:
    begun = pauses.begin(database, NOW + HOUR, PARIS, now=NOW)
    assert pauses.current(database, NOW) == pauses.current(database, NOW + HOUR - 1) == begun
    assert pauses.current(database, NOW + HOUR) is None


def test_a_pause_goes_on_where_the_clock_is_set_back(database: Database) -> None:
    """One begins when it is declared: the clock that shows an earlier time is not the one it was declared by."""
    begun = pauses.begin(database, NOW + HOUR, PARIS, now=NOW)
    assert pauses.current(database, NOW - HOUR) == begun
    assert pauses.call_off(database, now=NOW - HOUR) == begun._replace(ended=NOW)
    assert pauses.current(database, NOW - HOUR) is None
    undo.undo(database, 1, now=NOW - HOUR)
    later = pauses.begin(database, NOW + 2 * HOUR, PARIS, now=NOW - HOUR)
    assert pauses.current(database, NOW - HOUR) == pauses.current(database, NOW) == later
    assert database.row("SELECT count(*) FROM pause") == (2,)


def test_a_pause_of_a_clock_that_was_years_ahead_is_not_under_way(database: Database) -> None:
    pauses.begin(database, NOW + 1000 * 86_400, PARIS, now=NOW + 999 * 86_400)
    assert pauses.current(database, NOW) is None


def test_one_called_off_is_over_at_once_and_stays_on_record(database: Database) -> None:
    pauses.begin(database, NOW + HOUR, PARIS, now=NOW)
    assert pauses.call_off(database, now=NOW + 60).ended == NOW + 60
    assert pauses.current(database, NOW + 60) is None
    assert [pause.ended for pause in pauses.in_span(database, NOW, NOW + HOUR)] == [NOW + 60]
    assert pauses.in_span(database, NOW + 60, NOW + HOUR) == []
    with pytest.raises(TrackerError, match="no pause"):
        pauses.call_off(database, now=NOW + 120)


def test_another_one_replaces_it(database: Database) -> None:
    pauses.begin(database, NOW + HOUR, PARIS, now=NOW)
    later = pauses.begin(database, NOW + 3 * HOUR, PARIS, now=NOW + 60)
    assert pauses.current(database, NOW + 2 * HOUR) == later
    assert [pause.ended for pause in pauses.in_span(database, NOW, NOW + 4 * HOUR)] == [NOW + 60, None]
    again = pauses.begin(database, NOW + 2 * HOUR, PARIS, now=NOW + 60)
    assert pauses.current(database, NOW + 61) == again
    assert len(pauses.in_span(database, NOW, NOW + 4 * HOUR)) == 2


@pytest.mark.parametrize("end", [NOW, NOW - 1, NOW + 32 * 86_400])
def test_an_end_that_cannot_be(database: Database, end: int) -> None:
    with pytest.raises(TrackerError):
        pauses.begin(database, end, PARIS, now=NOW)
    assert pauses.in_span(database, 0, NOW * 2) == []


def test_undo_takes_it_back(database: Database) -> None:
    pauses.begin(database, NOW + HOUR, PARIS, now=NOW)
    pauses.call_off(database, now=NOW + 60)
    undo.undo(database, 1, now=NOW + 61)
    assert pauses.current(database, NOW + 61) is not None
    undo.undo(database, 1, now=NOW + 62)
    assert pauses.current(database, NOW + 62) is None
