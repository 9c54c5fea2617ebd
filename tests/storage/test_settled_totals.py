"""However records are moved about, no second of a channel is lost and none is there twice; undo gives all back."""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.storage.files import PARIS, dump, minutes_ago
from tracker.domain.errors import TrackerError
from tracker.domain.models import REFUSE, TAKE, YIELD, Session
from tracker.storage import Database, session_table, sessions, undo
from tracker.storage.database_file import DatabaseFile
from tracker.storage.overlaps import is_recorded

M = 60
T = minutes_ago(600)

CHANNELS = st.sampled_from(("x", "linkedin"))


def span(first: int, last: int) -> tuple[int, int]:
    """From one minute after T to another."""
    return T + first * M, T + last * M


# Few places to stand, so that they meet often.
SPANS = st.tuples(st.integers(0, 9), st.integers(1, 6)).map(lambda pair: span(pair[0], sum(pair)))
RECORDS = st.lists(st.tuples(CHANNELS, SPANS, st.sampled_from(("log", "app-usage"))), min_size=2, max_size=8)
DRAWS = st.lists(st.integers(0, 99), min_size=1, max_size=5)

many = settings(suppress_health_check=list(HealthCheck))


@cache
def fresh_file() -> bytes:
    with Database.open(":memory:") as database:
        with database.transaction():
            database.ensure_zone(PARIS)
        return database.connection.serialize()


def recorded(records: list[tuple[str, tuple[int, int], str]]) -> tuple[Database, list[Session]]:
    """A file with as many of these records as there is room for."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(fresh_file())
    database = Database(DatabaseFile(":memory:", connection))
    for channel, (start, end), source in records:
        try:
            sessions.add(database, channel, start, end, PARIS, now=NOW, source=source)
        except TrackerError:
            continue
    # No fact and no note says what was measured under a record, so nothing may come back where one is moved away.
    connection.execute("DELETE FROM imported_fact")
    return database, session_table.in_span(database, 0, NOW)


def minutes(sessions: list[Session], channel: str) -> list[int]:
    """Every minute of a channel, as often as it is there."""
    return sorted(
        minute
        for session in sessions
        if session.channel == channel
        for minute in range(session.start // M, (session.end or session.start) // M)
    )


def by_hand(sessions: list[Session]) -> list[Session]:
    return [session for session in sessions if is_recorded(session)]


def holds(database: Database, before: list[Session], wanted: list[Session]) -> None:
    """`wanted` is what each channel now covers: nothing more, nothing less, nothing twice; and undo is exact."""
    after = session_table.in_span(database, 0, NOW)
    for channel in ("x", "linkedin", "reddit"):
        spent = minutes(after, channel)
        assert set(spent) == set(minutes(wanted, channel)), "a minute was lost or invented"
        assert len(spent) == len(set(spent)), "a minute is there twice"
    if after != before:  # one that yields to where it was is no step
        undo.undo(database, 1, now=NOW)
        assert session_table.in_span(database, 0, NOW) == before


def picked(sessions: list[Session], draws: list[int]) -> list[Session]:
    return list(dict.fromkeys(sessions[draw % len(sessions)] for draw in draws)) if sessions else []


HOW = st.sampled_from((REFUSE, TAKE, YIELD))


@many
@example([("x", span(0, 1), "app-usage"), ("linkedin", span(0, 1), "app-usage")], [0, 1], "reddit", REFUSE)
@given(RECORDS, DRAWS, st.sampled_from(("x", "linkedin", "reddit")), HOW)
def test_changing_the_channel_of_many_keeps_their_time(
    records: Any, draws: list[int], channel: str, on_overlap: str
) -> None:
    database, before = recorded(records)
    chosen = picked(before, draws)
    state = dump(database)
    try:
        sessions.change_several(
            database, [session.id for session in chosen], now=NOW, channel=channel, on_overlap=on_overlap
        )
    except TrackerError:
        assert on_overlap != TAKE
        assert dump(database) == state
        return
    if chosen and any(session.channel != channel for session in chosen):
        holds(
            database,
            before,
            [session._replace(channel=channel) if session in chosen else session for session in before],
        )


@many
@given(RECORDS, DRAWS, st.integers(-6, 6).filter(bool), HOW)
def test_moving_many_moves_their_time(records: Any, draws: list[int], by: int, on_overlap: str) -> None:
    database, before = recorded(records)
    chosen = picked(before, draws)
    state = dump(database)
    moved = [session._replace(start=session.start + by * M, end=(session.end or 0) + by * M) for session in chosen]
    try:
        sessions.shift_several(database, [session.id for session in chosen], by * M, now=NOW, on_overlap=on_overlap)
    except TrackerError:
        assert on_overlap != TAKE
        assert dump(database) == state
        return
    if chosen:
        holds(database, before, [*moved, *(session for session in before if session not in chosen)])


@many
@given(RECORDS, DRAWS, st.integers(-10, 10), HOW)
def test_repeating_adds_the_time_of_the_copies(records: Any, draws: list[int], by: int, on_overlap: str) -> None:
    database, before = recorded(records)
    state = dump(database)
    copies = [
        session._replace(start=session.start + by * M, end=(session.end or 0) + by * M, id=0)
        for session in picked(before, draws)
    ]
    try:
        sessions.repeat_several(database, copies, now=NOW, on_overlap=on_overlap)
    except TrackerError:
        assert on_overlap != TAKE
        assert dump(database) == state
        return
    if copies:
        holds(database, before, [*before, *copies])


@many
@given(RECORDS, CHANNELS, SPANS, st.sampled_from((TAKE, YIELD)))
def test_whoever_gives_way_the_time_is_there_once(
    records: Any, channel: str, span: tuple[int, int], on_overlap: str
) -> None:
    database, before = recorded(records)
    state = dump(database)
    try:
        sessions.add(database, channel, *span, PARIS, now=NOW, on_overlap=on_overlap)
    except TrackerError:
        assert (on_overlap, dump(database)) == (YIELD, state)
        return
    if on_overlap == YIELD:
        assert set(by_hand(before)) <= set(session_table.in_span(database, 0, NOW)), "what was there gave way"
    holds(database, before, [*before, Session(0, channel, *span, PARIS)])


#: Mine first, then one of a person's and imported time behind it, both of which mine is to be put over.
ROUND_ANOTHER = [("x", span(9, 10), "log"), ("x", span(1, 2), "log"), ("x", span(3, 4), "app-usage")]


@many
@example(ROUND_ANOTHER, 2, "x", span(0, 6), YIELD)
@given(RECORDS, st.integers(0, 99), CHANNELS, SPANS, st.sampled_from((TAKE, YIELD)))
def test_an_edit_settled_either_way_leaves_the_time_there_once(
    records: Any, draw: int, channel: str, span: tuple[int, int], on_overlap: str
) -> None:
    database, before = recorded(records)
    if not before:
        return
    mine = before[draw % len(before)]
    others = [session for session in before if session != mine]
    if (mine.channel, mine.start, mine.end) == (channel, *span):
        return
    state = dump(database)
    try:
        sessions.edit(database, mine.id, now=NOW, on_overlap=on_overlap, channel=channel, start=span[0], end=span[1])
    except TrackerError:
        assert dump(database) == state
        return
    if on_overlap == YIELD:
        assert set(by_hand(others)) <= set(session_table.in_span(database, 0, NOW)), "what was there gave way"
    holds(database, before, [*others, mine._replace(channel=channel, start=span[0], end=span[1])])


def test_a_moment_without_length_has_room_wherever_nothing_is_recorded() -> None:
    with Database.open(":memory:") as database:
        sessions.add(database, "x", T + 10 * M, T + 20 * M, PARIS, now=NOW)
        assert sessions.add(database, "x", T, T, PARIS, now=NOW, on_overlap=YIELD).end == T
        with pytest.raises(TrackerError, match="already logged"):
            sessions.add(database, "x", T + 15 * M, T + 15 * M, PARIS, now=NOW, on_overlap=YIELD)
