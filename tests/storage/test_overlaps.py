"""Time recorded twice on one channel: hand wins over import, hand never overlaps hand, checks give up their tail."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import NOW
from tests.storage.files import PARIS, dump, minutes_ago, other_program
from tracker.domain.errors import Overlap, TrackerError
from tracker.domain.models import CHECK_LASTS, REFUSE, TAKE, YIELD, Session
from tracker.storage import Database, overlaps, session_table, sessions, undo

M = 60
T = minutes_ago(600)


def by_hand(database: Database, start: int, end: int, channel: str = "x", **details: Any) -> Session:
    return sessions.add(database, channel, T + start * M, T + end * M, PARIS, now=NOW, **details)


def imported(database: Database, start: int, end: int, channel: str = "x", **details: Any) -> Session:
    return by_hand(database, start, end, channel, source="app-usage", **details)


def spans(database: Database) -> list[tuple[float, float | None, str]]:
    """(start, end, source) of what is there, in minutes after T."""
    return [
        ((start - T) / M, None if end is None else (end - T) / M, source)
        for start, end, source in database.rows('SELECT start, "end", source FROM session ORDER BY start, id')
    ]


CUTS = {
    "left": ((0, 15), [(0, 15, "log"), (15, 30, "app-usage")]),
    "right": ((25, 40), [(10, 25, "app-usage"), (25, 40, "log")]),
    "middle": ((15, 20), [(10, 15, "app-usage"), (15, 20, "log"), (20, 30, "app-usage")]),
    "whole": ((5, 35), [(5, 35, "log")]),
    "exactly": ((10, 30), [(10, 30, "log")]),
    "beside": ((30, 40), [(10, 30, "app-usage"), (30, 40, "log")]),
    "before": ((0, 10), [(0, 10, "log"), (10, 30, "app-usage")]),
}


@pytest.mark.parametrize("case", CUTS)
def test_imported_time_is_cut_around_what_was_recorded_by_hand(database: Database, case: str) -> None:
    (start, end), expected = CUTS[case]
    imported(database, 10, 30, estimated=True)
    before = dump(database)
    by_hand(database, start, end)
    after = dump(database)
    assert spans(database) == expected
    undo.undo(database, 1, now=NOW)
    assert dump(database) == before
    undo.redo(database, 1, now=NOW)
    assert dump(database) == after


def test_several_imported_sessions_are_cut_at_once(database: Database) -> None:
    for start in (0, 10, 20):
        imported(database, start, start + 8)
    by_hand(database, 5, 25)
    assert spans(database) == [(0, 5, "app-usage"), (5, 25, "log"), (25, 28, "app-usage")]


def test_an_end_that_was_cut_is_no_longer_an_estimate(database: Database) -> None:
    session = imported(database, 10, 30, estimated=True)
    by_hand(database, 25, 40)
    assert not session_table.get(database, session.id).estimated


def test_other_channels_are_left_alone(database: Database) -> None:
    imported(database, 10, 30, "reddit")
    by_hand(database, 0, 40, "linkedin")
    by_hand(database, 5, 35)
    assert len(spans(database)) == 3


@pytest.mark.parametrize("source", ["log", "timer", "csv", "timewarrior", "watson", "toggl", "tracker"])
@pytest.mark.parametrize("span", [(5, 15), (25, 35), (15, 20), (0, 40), (10, 30)])
def test_what_a_person_recorded_is_never_overlapped_silently(
    database: Database, source: str, span: tuple[int, int]
) -> None:
    by_hand(database, 10, 30, source=source, activity="create")
    before = dump(database)
    with pytest.raises(TrackerError, match="x is already logged at that time: session 1, x create 20m"):
        by_hand(database, *span)
    assert dump(database) == before


def test_records_may_touch(database: Database) -> None:
    by_hand(database, 10, 30)
    by_hand(database, 30, 40)
    by_hand(database, 0, 10)
    assert len(spans(database)) == 3


def check(database: Database, at: float, channel: str = "x") -> Session:
    at = T + round(at * M)
    return sessions.check(database, channel, at, PARIS, None, now=NOW)


def test_a_check_gives_up_its_tail_to_what_comes_next(database: Database) -> None:
    first = check(database, 10)
    second = sessions.check(database, "x", first.start + 5, PARIS, None, now=NOW)
    sessions.add(database, "x", second.start + 5, T + 20 * M, PARIS, now=NOW)
    assert session_table.get(database, first.id).end == second.start
    assert session_table.get(database, second.id).end == second.start + 5


def test_a_check_noted_late_ends_where_the_next_record_starts(database: Database) -> None:
    later = check(database, 10)
    earlier = sessions.check(database, "x", later.start - 4, PARIS, None, now=NOW)
    assert earlier.end == later.start
    assert session_table.get(database, later.id) == later


def test_two_checks_in_one_second_are_two_checks(database: Database) -> None:
    first, second = check(database, 10), check(database, 10)
    ends = [session_table.get(database, session.id).end for session in (first, second)]
    assert ends == [first.start, first.start + CHECK_LASTS]


def test_a_session_may_start_in_the_second_of_a_check(database: Database) -> None:
    sessions.check(database, "x", NOW, PARIS, None, now=NOW)
    sessions.start(database, "x", NOW, PARIS, now=NOW)
    assert [row[0] for row in database.rows('SELECT "end" - start FROM session ORDER BY id')] == [0, None]


def test_a_check_inside_a_session_logged_later_was_part_of_it(database: Database) -> None:
    sessions.check(database, "x", T + 10 * M, PARIS, "likes", now=NOW)
    sessions.check(database, "x", T + 12 * M, PARIS, "replies", now=NOW)
    by_hand(database, 14, 14)
    before = dump(database)
    whole = by_hand(database, 5, 20)
    assert spans(database) == [(5, 20, "log")]
    assert whole.note == "likes; replies"
    undo.undo(database, 1, now=NOW)
    assert dump(database) == before
    assert by_hand(database, 5, 20, note="mine").note == "mine; likes; replies"


def test_a_timer_started_in_the_past_takes_in_the_checks_since_when_it_stops(database: Database) -> None:
    sessions.check(database, "x", minutes_ago(5), PARIS, "likes", now=NOW)
    assert sessions.start(database, "x", minutes_ago(10), PARIS, now=NOW).note is None
    assert sessions.stop(database, NOW, now=NOW).note == "likes"
    assert [session.source for session in session_table.in_span(database, 0, NOW)] == ["timer"]


def test_a_cancelled_timer_has_taken_nothing(database: Database) -> None:
    phone = imported(database, 10, 30)
    sessions.check(database, "x", phone.start - 60, PARIS, "likes", now=NOW)
    before = session_table.in_span(database, 0, NOW)
    sessions.start(database, "x", phone.start - 300, PARIS, now=NOW)
    sessions.cancel(database, now=NOW)
    assert session_table.in_span(database, 0, NOW) == before


def test_a_timer_takes_no_more_than_its_time_when_it_stops(database: Database) -> None:
    phone = imported(database, 10, 30)
    sessions.start(database, "x", phone.start - 300, PARIS, now=NOW)
    sessions.stop(database, phone.start + 300, now=NOW)
    assert [session[2:4] for session in session_table.in_span(database, 0, NOW)] == [
        (phone.start - 300, phone.start + 300),
        (phone.start + 300, phone.end),
    ]


def test_where_records_clash_the_way_out_is_said(database: Database) -> None:
    by_hand(database, 10, 30)
    with pytest.raises(TrackerError) as refused:
        by_hand(database, 0, 20)
    assert refused.value.hint == "`tracker edit 1 FIELD=VALUE` edits it, `tracker delete 1` deletes it"


def test_a_check_inside_a_session_by_hand_is_refused(database: Database) -> None:
    by_hand(database, 10, 30)
    with pytest.raises(TrackerError, match="already logged"):
        check(database, 20)


def test_a_check_inside_what_runs_is_part_of_it(database: Database) -> None:
    sessions.start(database, "x", minutes_ago(10), PARIS, now=NOW)
    with pytest.raises(TrackerError, match="x is running"):
        sessions.check(database, "x", NOW, PARIS, None, now=NOW)
    assert sessions.check(database, "reddit", NOW, PARIS, None, now=NOW)
    before = sessions.check(database, "x", minutes_ago(10) - 3, PARIS, None, now=NOW)
    assert before.end == minutes_ago(10)


def test_a_check_that_was_made_longer_keeps_its_length(database: Database) -> None:
    session = check(database, 10)
    sessions.edit(database, session.id, now=NOW, end=T + 30 * M)
    with pytest.raises(TrackerError, match="already logged"):
        by_hand(database, 20, 40)


@pytest.mark.parametrize("verb", ["start", "resume", "switch"])
def test_starting_in_the_past_looks_at_what_was_recorded_since(database: Database, verb: str) -> None:
    sessions.add(database, "x", minutes_ago(20), minutes_ago(10), PARIS, now=NOW)
    if verb == "switch":
        sessions.start(database, "work", minutes_ago(40), PARIS, now=NOW)
    before = dump(database)
    channel = () if verb == "resume" else ("x",)
    with pytest.raises(TrackerError, match="already logged at that time: session 1"):
        getattr(sessions, verb)(database, *channel, minutes_ago(30), PARIS, now=NOW)
    assert dump(database) == before


def test_a_session_over_what_runs_is_refused_and_one_before_it_is_not(database: Database) -> None:
    sessions.start(database, "x", minutes_ago(10), PARIS, now=NOW)
    with pytest.raises(TrackerError, match="already logged"):
        sessions.add(database, "x", minutes_ago(15), minutes_ago(5), PARIS, now=NOW)
    sessions.add(database, "x", minutes_ago(15), minutes_ago(10), PARIS, now=NOW)


def test_what_was_imported_while_a_session_ran_is_cut_when_it_stops(database: Database) -> None:
    sessions.start(database, "x", T, PARIS, now=T)
    other_program(
        database.file.path,
        'INSERT INTO session(channel, start, "end", zone, source) '
        f"VALUES ('x', {T + 5 * M}, {T + 40 * M}, 'Europe/Paris', 'chrome')",
    )
    sessions.stop(database, T + 30 * M, now=NOW)
    assert spans(database) == [(0, 30, "timer"), (30, 40, "chrome")]


@pytest.mark.parametrize(
    "fields",
    [{"start": T + 20 * M}, {"channel": "reddit"}, {"end": T + 700 * M}, {"end": T}, {"end": None}, {"zone": "Mars/X"}],
)
def test_an_edit_that_cannot_be_changes_nothing(database: Database, fields: dict[str, Any]) -> None:
    by_hand(database, 10, 30)
    session = by_hand(database, 40, 50)
    by_hand(database, 40, 50, "reddit")
    before, steps = dump(database), undo.steps(database)
    with pytest.raises(TrackerError):
        sessions.edit(database, session.id, now=NOW, **fields)
    assert (dump(database), undo.steps(database)) == (before, steps)


def test_an_edit_moves_a_session_over_imported_time(database: Database) -> None:
    imported(database, 10, 30)
    session = by_hand(database, 40, 50)
    assert sessions.edit(database, session.id, now=NOW, start=T + 20 * M).start == T + 20 * M
    assert spans(database) == [(10, 20, "app-usage"), (20, 50, "log")]


def test_an_edit_within_its_own_time_is_no_overlap(database: Database) -> None:
    session = by_hand(database, 10, 30)
    sessions.edit(database, session.id, now=NOW, start=T + 12 * M, end=T + 28 * M)
    assert spans(database) == [(12, 28, "log")]


def test_a_check_of_this_very_second_can_be_edited(database: Database) -> None:
    session = sessions.check(database, "x", NOW, PARIS, None, now=NOW)
    assert sessions.edit(database, session.id, now=NOW, note="likes").note == "likes"


def test_merging_joins_notes_fills_what_is_empty_and_swallows_imported_time_between(database: Database) -> None:
    first = by_hand(database, 10, 20, note="one", planned_seconds=600)
    imported(database, 20, 25)
    second = by_hand(database, 30, 40, note="two", person="Samia", planned_seconds=60, activity="reply")
    third = by_hand(database, 45, 50, note="one")
    whole = sessions.merge(database, [third.id, first.id, second.id, first.id], now=NOW)
    assert whole == first._replace(end=third.end, note="one; two", person="Samia", activity="reply")
    assert spans(database) == [(10, 50, "log")]


def test_merging_refuses_what_does_not_belong_together(database: Database) -> None:
    first, between, last = by_hand(database, 10, 20), by_hand(database, 22, 25), by_hand(database, 30, 40)
    elsewhere = by_hand(database, 50, 60, "reddit")
    before = dump(database)
    for ids in ([first.id], [first.id, first.id], [first.id, elsewhere.id], [first.id, last.id], [first.id, 99]):
        with pytest.raises(TrackerError):
            sessions.merge(database, ids, now=NOW)
    assert dump(database) == before
    assert between


def test_merging_two_checks_makes_a_session_that_keeps_its_length(database: Database) -> None:
    first, second = check(database, 10), check(database, 20)
    sessions.merge(database, [first.id, second.id], now=NOW)
    with pytest.raises(TrackerError, match="already logged"):
        by_hand(database, 15, 18)


def test_merging_an_import_with_a_record_by_hand_is_by_hand(database: Database) -> None:
    first, second = imported(database, 10, 20), by_hand(database, 30, 40)
    assert sessions.merge(database, [first.id, second.id], now=NOW).source == "log"


def test_merging_with_what_runs_runs_on(database: Database) -> None:
    first = sessions.add(database, "x", minutes_ago(30), minutes_ago(20), PARIS, now=NOW)
    running = sessions.start(database, "x", minutes_ago(10), PARIS, now=NOW)
    sessions.merge(database, [first.id, running.id], now=NOW)
    session = session_table.running(database)
    assert session is not None
    assert (session.id, session.start, session.source) == (first.id, minutes_ago(30), "timer")


def test_splitting_what_runs_ends_the_first_part_and_runs_on(database: Database) -> None:
    started = sessions.start(database, "x", minutes_ago(30), PARIS, now=NOW, intention="answer")
    first, second = sessions.split(database, started.id, minutes_ago(10), now=NOW)
    assert (first.end, second.start, second.end) == (minutes_ago(10), minutes_ago(10), None)
    assert session_table.running(database) == second
    assert second.intention == "answer"


@pytest.mark.parametrize("at", [10, 30, 5, 31])
def test_splitting_outside_a_session_is_refused(database: Database, at: int) -> None:
    session = by_hand(database, 10, 30)
    with pytest.raises(TrackerError, match="not inside"):
        sessions.split(database, session.id, T + at * M, now=NOW)


def test_no_session_is_in_the_future_negative_or_over_a_week(database: Database) -> None:
    for start, end in ((NOW, NOW + 1), (NOW, NOW - 1), (NOW - 8 * 86_400, NOW)):
        with pytest.raises(TrackerError):
            sessions.add(database, "x", start, end, PARIS, now=NOW)
    with pytest.raises(TrackerError, match="in the future"):
        sessions.start(database, "x", NOW + 1, PARIS, now=NOW)
    sessions.start(database, "x", NOW - 8 * 86_400, PARIS, now=NOW - 8 * 86_400)
    with pytest.raises(TrackerError, match="more than a week"):
        sessions.stop(database, NOW, now=NOW)
    with pytest.raises(TrackerError, match="before it starts"):
        sessions.stop(database, NOW - 9 * 86_400, now=NOW)
    assert sessions.stop(database, NOW - 7 * 86_400, now=NOW).end == NOW - 7 * 86_400


def test_resume_takes_up_what_a_person_did_last_not_what_was_imported(database: Database) -> None:
    by_hand(database, 10, 20, "linkedin", activity="create", intention="carousel", person="Samia", note="done")
    imported(database, 30, 40)
    check(database, 50)
    resumed = sessions.resume(database, NOW, PARIS, now=NOW)
    assert (resumed.channel, resumed.activity, resumed.intention, resumed.person, resumed.note) == (
        *("linkedin", "create", "carousel", "Samia"),
        None,
    )


def test_in_span_finds_what_touches_a_span_and_nothing_else(database: Database) -> None:
    ids = [by_hand(database, start, start + 10).id for start in (0, 10, 20)]
    moment = by_hand(database, 35, 35).id
    running = sessions.start(database, "work", T + 40 * M, PARIS, now=NOW).id

    def ids_in(lo: int, hi: int) -> list[int]:
        rows = session_table.in_span(database, T + lo * M, T + hi * M)
        assert [row[0] for row in session_table.spans(database, T + lo * M, T + hi * M)] == [row.id for row in rows]
        return [row.id for row in rows]

    assert ids_in(0, 10) == ids[:1]
    assert ids_in(5, 11) == ids[:2]
    assert ids_in(35, 36) == [moment]
    assert ids_in(30, 35) == []
    assert ids_in(41, 1000) == [running]
    assert ids_in(-10, 1000) == [*ids, moment, running]
    assert [row.id for row in session_table.in_span(database, T, NOW, "work")] == [running]


def test_a_timer_left_running_for_weeks_is_still_found(database: Database) -> None:
    sessions.start(database, "work", NOW - 30 * 86_400, PARIS, now=NOW - 30 * 86_400)
    assert len(session_table.in_span(database, NOW - 3600, NOW)) == 1


def test_measured_time_of_which_something_was_said_is_kept_like_a_record(database: Database) -> None:
    imported(database, 10, 20, person="Ana")
    before = dump(database)
    with pytest.raises(TrackerError, match="already logged at that time: session 1"):
        by_hand(database, 0, 30)
    assert dump(database) == before
    assert by_hand(database, 0, 30, on_overlap=TAKE, note="mine").person == "Ana"
    assert spans(database) == [(0, 30, "log")]


def test_a_timer_that_ends_passes_on_what_was_said_of_what_it_takes(database: Database) -> None:
    sessions.start(database, "x", T, PARIS, now=T)
    database.change(
        "INSERT INTO session(channel, start, \"end\", zone, source, note) VALUES ('x', ?, ?, ?, 'app-usage', 'Ana')",
        (T + 5 * M, T + 6 * M, PARIS),
    )
    assert sessions.stop(database, T + 10 * M, now=NOW).note == "Ana"
    assert spans(database) == [(0, 10, "timer")]


def test_a_look_at_what_was_measured_as_open_is_refused(database: Database) -> None:
    imported(database, 10, 20)
    with pytest.raises(TrackerError, match="was already open then: session 1"):
        check(database, 12)
    assert spans(database) == [(10, 20, "app-usage")]


def with_seconds(database: Database, start: int, end: int, **details: Any) -> Session:
    """A record by the timer, in seconds after T."""
    return sessions.add(database, "x", T + start, T + end, PARIS, now=NOW, source="timer", **details)


def test_no_check_of_some_seconds_is_made_up_of_what_is_left(database: Database) -> None:
    with_seconds(database, 11, 25 * M)
    before = dump(database)
    with pytest.raises(overlaps.NothingLeft):
        by_hand(database, 0, 25, on_overlap=YIELD)
    assert dump(database) == before


def test_no_slivers_are_made_of_one_entry_between_others(database: Database) -> None:
    for start, end in ((7, 5 * M), (5 * M + 9, 10 * M + 4), (10 * M + 30, 15 * M - 3), (15 * M + 8, 19 * M + 40)):
        with_seconds(database, start, end)
    before = dump(database)
    with pytest.raises(overlaps.NothingLeft):
        by_hand(database, 0, 20, on_overlap=YIELD)
    assert dump(database) == before
    by_hand(database, 0, 25, on_overlap=YIELD)
    [mine] = [session for session in session_table.in_span(database, T, NOW) if session.source == "log"]
    assert (mine.start, mine.end) == (T + 19 * M + 40, T + 25 * M)


def test_no_sliver_is_left_of_a_record_that_gives_way(database: Database) -> None:
    with_seconds(database, 5 * M - 13, 20 * M + 2, note="answers", activity="reply")
    assert by_hand(database, 5, 20, on_overlap=TAKE).note == "answers"
    assert spans(database) == [(5, 20, "log")]


def test_a_timer_keeps_its_seconds_when_it_stops(database: Database) -> None:
    """A clock that was ahead has left a record inside what runs: of a timer even seconds are true."""
    sessions.start(database, "x", minutes_ago(10), PARIS, now=minutes_ago(10))
    other_program(
        database.file.path,
        'INSERT INTO session(channel, start, "end", zone, source) '
        f"VALUES ('x', {minutes_ago(10) + 20}, {NOW - 30}, 'Europe/Paris', 'log')",
    )
    sessions.stop(database, NOW, now=NOW)
    expected = [
        ((session.end or 0) - session.start, session.source)
        for session in session_table.in_span(database, minutes_ago(11), NOW)
    ]
    assert expected == [(20, "timer"), (550, "log"), (30, "timer")]


RUNNING = {
    "before it": ((-20, -5), [(-20, -10), (-10, None)], [(-20, -5), (-5, None)]),
    "inside it": ((-8, -5), None, [(-10, -8), (-8, -5), (-5, None)]),
    "from its start": ((-10, -5), None, [(-10, -5), (-5, None)]),
    "up to now": ((-15, 0), [(-15, -10), (-10, None)], [(-15, 0), (0, None)]),
}


@pytest.mark.parametrize("case", RUNNING)
def test_what_runs_is_settled_like_any_record(database: Database, case: str) -> None:
    (start, end), kept, taken = RUNNING[case]
    running = sessions.start(database, "x", minutes_ago(10), PARIS, now=minutes_ago(10))
    before = dump(database)

    def log(on_overlap: str) -> list[tuple[int, int | None]]:
        sessions.add(database, "x", NOW + start * M, NOW + end * M, PARIS, now=NOW, on_overlap=on_overlap)
        still = session_table.running(database)
        assert still is not None
        assert still.id == running.id, "what runs keeps its id"
        expected = [
            ((session.start - NOW) // M, session.end and (session.end - NOW) // M)
            for session in session_table.in_span(database, 0, NOW + 1)
        ]
        undo.undo(database, 1, now=NOW)
        assert dump(database) == before
        return expected

    with pytest.raises(Overlap):
        log(REFUSE)
    if kept is None:
        with pytest.raises(overlaps.NothingLeft):
            log(YIELD)
    else:
        assert log(YIELD) == kept
    assert log(TAKE) == taken


def test_what_runs_and_yields_starts_where_the_record_ends(database: Database) -> None:
    by_hand(database, 10, 30)
    running = sessions.start(database, "x", T + 40 * M, PARIS, now=NOW)
    with pytest.raises(Overlap):
        sessions.edit(database, running.id, now=NOW, start=T + 20 * M, on_overlap=TAKE)
    assert sessions.edit(database, running.id, now=NOW, start=T + 20 * M, on_overlap=YIELD).start == T + 30 * M


def test_a_check_takes_no_recorded_time(database: Database) -> None:
    by_hand(database, 10, 30)
    glance = check(database, 5)
    moved = {"start": T + 20 * M, "end": T + 20 * M + CHECK_LASTS}
    with pytest.raises(Overlap):
        sessions.edit(database, glance.id, now=NOW, on_overlap=TAKE, **moved)
    with pytest.raises(overlaps.NothingLeft):
        sessions.edit(database, glance.id, now=NOW, on_overlap=YIELD, **moved)
