"""Pauses: declared, replaced, called off, found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.domain.models import TrackerError
from tracker.storage import pauses, undo

if TYPE_CHECKING:
    from tracker.storage import Journal

PARIS = "Europe/Paris"
HOUR = 3600


def test_a_pause_is_under_way_until_its_end(journal: Journal) -> None:
    begun = pauses.begin(journal, NOW + HOUR, PARIS, now=NOW)
    assert pauses.current(journal, NOW) == pauses.current(journal, NOW + HOUR - 1) == begun
    assert pauses.current(journal, NOW + HOUR) is None


def test_a_pause_goes_on_where_the_clock_is_set_back(journal: Journal) -> None:
    """One begins when it is declared: the clock that shows an earlier time is not the one it was declared by."""
    begun = pauses.begin(journal, NOW + HOUR, PARIS, now=NOW)
    assert pauses.current(journal, NOW - HOUR) == begun
    assert pauses.call_off(journal, now=NOW - HOUR) == begun._replace(ended=NOW)
    assert pauses.current(journal, NOW - HOUR) is None
    undo.undo(journal, 1, now=NOW - HOUR)
    later = pauses.begin(journal, NOW + 2 * HOUR, PARIS, now=NOW - HOUR)
    assert pauses.current(journal, NOW - HOUR) == pauses.current(journal, NOW) == later
    assert journal.row("SELECT count(*) FROM pause") == (2,)


def test_a_pause_of_a_clock_that_was_years_ahead_is_not_under_way(journal: Journal) -> None:
    pauses.begin(journal, NOW + 1000 * 86_400, PARIS, now=NOW + 999 * 86_400)
    assert pauses.current(journal, NOW) is None


def test_one_called_off_is_over_at_once_and_stays_on_record(journal: Journal) -> None:
    pauses.begin(journal, NOW + HOUR, PARIS, now=NOW)
    assert pauses.call_off(journal, now=NOW + 60).ended == NOW + 60
    assert pauses.current(journal, NOW + 60) is None
    assert [pause.ended for pause in pauses.in_span(journal, NOW, NOW + HOUR)] == [NOW + 60]
    assert pauses.in_span(journal, NOW + 60, NOW + HOUR) == []
    with pytest.raises(TrackerError, match="no pause"):
        pauses.call_off(journal, now=NOW + 120)


def test_another_one_replaces_it(journal: Journal) -> None:
    pauses.begin(journal, NOW + HOUR, PARIS, now=NOW)
    later = pauses.begin(journal, NOW + 3 * HOUR, PARIS, now=NOW + 60)
    assert pauses.current(journal, NOW + 2 * HOUR) == later
    assert [pause.ended for pause in pauses.in_span(journal, NOW, NOW + 4 * HOUR)] == [NOW + 60, None]
    again = pauses.begin(journal, NOW + 2 * HOUR, PARIS, now=NOW + 60)
    assert pauses.current(journal, NOW + 61) == again
    assert len(pauses.in_span(journal, NOW, NOW + 4 * HOUR)) == 2


@pytest.mark.parametrize("end", [NOW, NOW - 1, NOW + 32 * 86_400])
def test_an_end_that_cannot_be(journal: Journal, end: int) -> None:
    with pytest.raises(TrackerError):
        pauses.begin(journal, end, PARIS, now=NOW)
    assert pauses.in_span(journal, 0, NOW * 2) == []


def test_undo_takes_it_back(journal: Journal) -> None:
    pauses.begin(journal, NOW + HOUR, PARIS, now=NOW)
    pauses.call_off(journal, now=NOW + 60)
    undo.undo(journal, 1, now=NOW + 61)
    assert pauses.current(journal, NOW + 61) is not None
    undo.undo(journal, 1, now=NOW + 62)
    assert pauses.current(journal, NOW + 62) is None
