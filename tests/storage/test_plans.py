"""How SQLite answers what is asked all day: from an index, never by walking every session."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.storage.files import PARIS, minutes_ago
from tracker.storage import (
    Database,
    channels,
    day_records,
    last_touch,
    outcomes,
    session_table,
    sessions,
    undo,
    undo_steps,
)

if TYPE_CHECKING:
    from collections.abc import Callable

QUESTIONS: dict[str, Callable[[Database], object]] = {
    "spans": lambda database: session_table.spans(database, minutes_ago(60), NOW),
    "in_span": lambda database: session_table.in_span(database, minutes_ago(60), NOW),
    "in_span of a channel": lambda database: session_table.in_span(database, minutes_ago(60), NOW, "x"),
    "running": session_table.running,
    "last": session_table.last,
    "last by channel": session_table.last_by_channel,
    "first_and_last": session_table.first_and_last,
    "people": session_table.people,
    "planned": lambda database: session_table.planned(database, minutes_ago(60), NOW),
    "latest": Database.log_position,
    "touched_from": lambda database: undo_steps.touched_from(database, 0),
    "in_use": channels.in_use,
    "last_used": channels.last_used,
    "last_by_channel": session_table.last_by_channel,
    "last_touch": lambda database: last_touch.last_touch(database, NOW, "Samia"),
    "last_touch of nobody": lambda database: last_touch.last_touch(database, NOW, None),
    "urges": lambda database: day_records.urges_in_span(database, minutes_ago(60), NOW),
    "outcomes": lambda database: outcomes.in_span(database, minutes_ago(60), NOW),
    "history": undo.steps,
    "start": lambda database: sessions.start(database, "x", NOW, PARIS, now=NOW),
    "check": lambda database: sessions.check(database, "x", NOW, PARIS, None, now=NOW),
    "stop": lambda database: sessions.stop(database, NOW, now=NOW),
    "undo": lambda database: undo.undo(database, 1, now=NOW),
}

#: Indexes so small that walking them is a glance: the one session that runs, those with a person.
SMALL = ("one_session_runs", "session_by_person", "action_undone")

LARGE = ("session", "urge", "outcome", "change", "action", "imported_fact")


def scans(connection: sqlite3.Connection, asked: list[str]) -> list[tuple[str, str]]:
    """(statement, step of its plan) for each walk over a whole large table."""
    lines = []
    for statement in asked:
        try:
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        except sqlite3.Error:
            continue  # BEGIN, PRAGMA: no plan
        lines += [
            (statement, step)
            for *_ids, step in plan
            if step.startswith("SCAN ") and step.split()[1] in LARGE and not step.endswith(SMALL)
        ]
    return lines


def a_few(database: Database) -> None:
    for number in range(40):
        begin = minutes_ago(4000 - 10 * number)
        sessions.add(database, "linkedin", begin, begin + 300, PARIS, now=NOW, person="Samia" if number % 9 else None)
    sessions.start(database, "work", minutes_ago(30), PARIS, now=NOW)


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_of_every_day_walks_a_large_table(database: Database, name: str) -> None:
    a_few(database)
    if name == "start":
        sessions.cancel(database, now=NOW)
    asked: list[str] = []
    database.connection.set_trace_callback(asked.append)
    QUESTIONS[name](database)
    database.connection.set_trace_callback(None)
    asked = [statement for statement in asked if not statement.startswith("--")]
    assert asked
    # The newest row by its key is one step, though the plan calls it a scan; so is the history's page of fifty.
    walks = [(sql, step) for sql, step in scans(database.connection, asked) if "LIMIT" not in sql]
    assert walks == []


def test_columns_hold_what_rows_do(database: Database) -> None:
    a_few(database)
    for only in (None, {"work"}, {"linkedin", "work"}, set[str]()):
        every = session_table.spans(database, minutes_ago(4000), NOW)
        rows = [span for span in every if only is None or span.channel in only]
        of = session_table.spans_in_columns(database, minutes_ago(4000), NOW, only)
        assert list(zip(of.id, of.channel, of.start, of.end, of.zone, of.activity, of.estimated, strict=True)) == rows
    sessions.stop(database, NOW, now=NOW)
    sessions.add(database, "x", minutes_ago(50), minutes_ago(45), "America/Montreal", now=NOW)
    assert session_table.spans_in_columns(database, minutes_ago(60), NOW).zone == ["America/Montreal", PARIS]


def test_sums_and_patterns_are_answered_from_an_index_alone(database: Database) -> None:
    a_few(database)
    asked: list[str] = []
    database.connection.set_trace_callback(asked.append)
    session_table.spans(database, 0, NOW)
    database.connection.set_trace_callback(None)
    plan = database.rows(f"EXPLAIN QUERY PLAN {asked[0]}")
    assert any("COVERING INDEX session_by_start" in step for *_ids, step in plan)
