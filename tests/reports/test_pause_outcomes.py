"""What became of pauses: derived from the sessions, whatever is done to them afterwards."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.statements import statements_counted
from tracker.reports import day as day_report
from tracker.storage import Database, channels, day_records, sessions, undo

if TYPE_CHECKING:
    from pathlib import Path

PARIS = "Europe/Paris"
HOUR = 3600


def only(database: Database, now: int = NOW + 3 * HOUR) -> day_report.PauseOutcome:
    (pause,) = day_report.pauses_in_span(database, NOW, NOW + HOUR, now)
    return pause


def opened(database: Database, at: int, channel: str = "instagram") -> int:
    return sessions.check(database, channel, at, PARIS, None, now=at).id


def test_one_that_nothing_was_opened_in_is_kept(database: Database) -> None:
    day_records.begin_pause(database, NOW + HOUR, PARIS, now=NOW)
    assert only(database, NOW + HOUR - 1).state == "under way"
    assert only(database, NOW + HOUR).state == "kept"


def test_an_opening_inside_is_named(database: Database) -> None:
    day_records.begin_pause(database, NOW + HOUR, PARIS, now=NOW)
    first = opened(database, NOW + 60)
    second = opened(database, NOW + 120, "linkedin")
    pause = only(database)
    assert pause.state == "broken"
    assert [(opening.session, opening.channel, opening.at) for opening in pause.openings] == [
        (first, "instagram", NOW + 60),
        (second, "linkedin", NOW + 120),
    ]


@pytest.mark.parametrize(
    ("at", "state"), [(-5, "kept"), (0, "kept"), (1, "broken"), (HOUR - 1, "broken"), (HOUR, "kept")]
)
def test_where_it_begins_and_ends(database: Database, at: int, state: str) -> None:
    day_records.begin_pause(database, NOW + HOUR, PARIS, now=NOW)
    opened(database, NOW + at)
    assert only(database).state == state


def test_what_ran_already_is_no_opening_and_what_is_not_social_neither(database: Database) -> None:
    sessions.start(database, "linkedin", NOW - 60, PARIS, now=NOW)
    day_records.begin_pause(database, NOW + HOUR, PARIS, now=NOW)
    sessions.switch(database, "work", NOW + 60, PARIS, now=NOW + 60)
    opened(database, NOW + 120, "whatsapp")
    assert only(database).state == "kept"
    channels.set_kind(database, channels.find(database, "whatsapp"), "social", now=NOW + 180)
    assert only(database).state == "broken"


def test_one_called_off_is_neither_kept_nor_broken_unless_it_was_opened_in(database: Database) -> None:
    day_records.begin_pause(database, NOW + HOUR, PARIS, now=NOW)
    day_records.call_off_pause(database, now=NOW + 600)
    opened(database, NOW + 700)
    pause = only(database)
    assert (pause.state, pause.until, pause.end) == ("called off", NOW + 600, NOW + HOUR)
    assert not pause.lasts(NOW + 600)
    opened(database, NOW + 300)
    assert only(database).state == "broken"


def test_a_longer_one_goes_on_from_the_one_it_replaces(database: Database) -> None:
    day_records.begin_pause(database, NOW + HOUR, PARIS, now=NOW)
    opened(database, NOW + 60)
    day_records.begin_pause(database, NOW + 2 * HOUR, PARIS, now=NOW + 600)
    day_records.begin_pause(database, NOW + 3 * HOUR, PARIS, now=NOW + 1200)
    pause = only(database, NOW + 1300)
    assert (pause.start, pause.end, pause.state) == (NOW, NOW + 3 * HOUR, "broken")
    assert day_report.pause_under_way(database, NOW + 1300) == pause
    assert day_report.pauses_in_span(database, NOW + 2 * HOUR, NOW + 4 * HOUR, NOW + 1300) == (pause,)


def test_many_are_read_at_once(tmp_path: Path) -> None:
    with statements_counted() as executed, Database.open(str(tmp_path / "tracker.db")) as database:
        for begun in range(NOW, NOW + 20 * HOUR, 2 * HOUR):
            day_records.begin_pause(database, begun + HOUR, PARIS, now=begun)
        executed.clear()
        assert len(day_report.declared_pauses(database, NOW - HOUR, NOW + 20 * HOUR)) == 10
        assert len(executed) == 1


def test_an_undone_opening_never_was(database: Database) -> None:
    day_records.begin_pause(database, NOW + HOUR, PARIS, now=NOW)
    opened(database, NOW + 60)
    undo.undo(database, 1, now=NOW + 70)
    assert only(database).state == "kept"


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(1, 5000), st.booleans()), max_size=6))
def test_abstinences_never_overlap_and_what_is_under_way_is_among_them(steps: list[tuple[int, int, bool]]) -> None:
    now = NOW
    with Database.open(":memory:") as database:
        for wait, length, called_off in steps:
            now += wait
            day_records.begin_pause(database, now + length, PARIS, now=now)
            if called_off:
                day_records.call_off_pause(database, now=now)
        pauses = day_report.pauses_in_span(database, NOW, NOW + 100_000, now)
        assert all(pause.until <= other.start for pause, other in pairwise(pauses))
        current = day_report.pause_under_way(database, now)
        assert [pause for pause in pauses if pause.lasts(now)] == ([current] if current else [])
