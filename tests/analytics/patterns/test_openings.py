"""What is one opening and what is two."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tracker.analytics.patterns.openings import Opening, Openings, openings
from tracker.domain.models import Session

ZONE = "Europe/Paris"


def session(number: int, start: int, end: int | None, channel: str = "linkedin", estimated: bool = False) -> Session:
    return Session(number, channel, start, end, ZONE, estimated=estimated)


def test_a_gap_of_thirty_seconds_is_the_same_opening_and_one_more_is_the_next() -> None:
    joined = openings([session(1, 0, 10), session(2, 40, 50)])
    assert joined == (Opening(0, 50, "linkedin", ZONE, False, (1, 2)),)
    assert len(openings([session(1, 0, 10), session(2, 41, 50)])) == 2


def test_three_in_a_row_are_joined_by_each_gap_not_by_the_first() -> None:
    (opening,) = openings([session(1, 0, 10), session(2, 35, 40), session(3, 70, 75)])
    assert (opening.start, opening.end, opening.session_ids) == (0, 75, (1, 2, 3))


def test_another_channel_in_between_does_not_part_them() -> None:
    joined_openings = openings([session(1, 0, 10), session(2, 12, 20, "x"), session(3, 25, 30)])
    assert [(opening.channel, opening.session_ids) for opening in joined_openings] == [
        ("linkedin", (1, 3)),
        ("x", (2,)),
    ]


def test_a_session_inside_a_longer_one_does_not_shorten_it() -> None:
    (opening,) = openings([session(1, 0, 500), session(2, 100, 110), session(3, 520, 530)])
    assert (opening.end, opening.session_ids) == (530, (1, 2, 3))


def test_a_running_session_has_no_end_and_takes_in_what_is_logged_beside_it() -> None:
    (opening,) = openings([session(2, 100, 110), session(1, 0, None)])
    assert (opening.start, opening.end, opening.session_ids) == (0, None, (1, 2))


def test_one_estimated_end_makes_the_whole_duration_an_estimate() -> None:
    (opening,) = openings([session(1, 0, 10, estimated=True), session(2, 20, 25)])
    assert opening.estimated


def test_no_sessions_no_openings() -> None:
    assert openings([]) == ()


@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 60), st.sampled_from("abc"))))
def test_every_session_is_in_one_opening_and_openings_of_a_channel_are_apart(rows: list[tuple[int, int, str]]) -> None:
    joined_openings = openings(session(n, start, start + length, name) for n, (start, length, name) in enumerate(rows))
    assert sorted(number for opening in joined_openings for number in opening.session_ids) == list(range(len(rows)))
    assert [opening.start for opening in joined_openings] == sorted(opening.start for opening in joined_openings)
    for name in "abc":
        own = [opening for opening in joined_openings if opening.channel == name]
        for before, after in pairwise(own):
            assert before.end is not None
            assert after.start - before.end > 30


def test_openings_in_columns_are_a_sequence_of_openings() -> None:
    made = openings([session(1, 0, 10), session(2, 12, 20, "x"), session(3, 60, None)])
    columns = Openings.of(made)
    assert columns == made
    assert (len(columns), columns[0], columns[-1]) == (3, made[0], made[-1])
    assert columns[1:] == made[1:]
    assert columns.between(12, 60) == made[1:2]
    assert columns.only([True, False, True]) == (made[0], made[2])
    assert Openings.of(columns) is columns
    assert Openings.of(()) == ()
