"""Any sequence of changes, ours and other programs', goes back step by step to the beginning and forth to the end."""

from __future__ import annotations

import sqlite3
import time
from functools import cache
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.storage.files import Dump, dump
from tracker.domain.errors import TrackerError
from tracker.domain.models import CHECK_LASTS
from tracker.storage import Database, channels, day_records, outcomes, search, session_table, sessions, undo
from tracker.storage.database_file import DatabaseFile
from tracker.storage.overlaps import is_recorded

ZONES = st.sampled_from(("Europe/Paris", "America/Montreal", "UTC"))
CHANNELS = st.sampled_from(("x", "linkedin", "work"))
MINUTES = st.integers(0, 240)
TEXTS = st.one_of(st.none(), st.text(max_size=5), st.sampled_from(("it's", '"quoted"', "\\", "[/b]", "🐌")))
SOURCES = st.sampled_from(("log", "log", "app-usage", "watson"))


@cache
def fresh_file() -> bytes:
    with Database.open(":memory:") as database:
        with database.transaction():
            for zone in ("Europe/Paris", "America/Montreal", "UTC"):
                database.ensure_zone(zone)
        return database.connection.serialize()


class Histories(RuleBasedStateMachine):
    """`past` are the states that undo leads back through, the present one last; `future` those of redo."""

    def __init__(self) -> None:
        super().__init__()
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.deserialize(fresh_file())
        connection.execute("PRAGMA foreign_keys = ON")
        self.database = Database(DatabaseFile(":memory:", connection))
        # Other programs' changes carry the true time, which undo compares with ours.
        self.now = self.began = int(time.time())
        self.past: list[Dump] = [dump(self.database)]
        self.future: list[Dump] = []

    def ago(self, minutes: int) -> int:
        return self.now - minutes * 60

    def done(self) -> None:
        """Note the state after a change; one that changed nothing is no step."""
        state = dump(self.database)
        if state != self.past[-1]:
            self.past.append(state)
            self.future = []

    def attempt(self, change: Any, *values: Any, **details: Any) -> None:
        try:
            change(self.database, *values, now=self.now, **details)
        except TrackerError:
            assert dump(self.database) == self.past[-1], "a refused change changed something"
        self.done()

    def some_id(self, draw: int) -> int:
        ids = [id for (id,) in self.database.rows("SELECT id FROM session ORDER BY id")]
        return ids[draw % len(ids)] if ids else 1

    @rule(seconds=st.integers(0, 1200))
    def wait(self, seconds: int) -> None:
        self.now += seconds

    @rule(channel=CHANNELS, minutes=MINUTES, zone=ZONES, note=TEXTS)
    def start(self, channel: str, minutes: int, zone: str, note: str | None) -> None:
        self.attempt(sessions.start, channel, self.ago(minutes), zone, note=note)

    @rule(minutes=st.integers(0, 5))
    def stop(self, minutes: int) -> None:
        self.attempt(sessions.stop, self.ago(minutes))

    @rule()
    def cancel(self) -> None:
        self.attempt(sessions.cancel)

    @rule(zone=ZONES)
    def resume(self, zone: str) -> None:
        self.attempt(sessions.resume, self.now, zone)

    @rule(channel=CHANNELS, zone=ZONES)
    def switch(self, channel: str, zone: str) -> None:
        self.attempt(sessions.switch, channel, self.now, zone)

    @rule(channel=CHANNELS, seconds=st.integers(0, 40), zone=ZONES, note=TEXTS)
    def check(self, channel: str, seconds: int, zone: str, note: str | None) -> None:
        self.attempt(sessions.check, channel, self.now - seconds, zone, note)

    @rule(channel=CHANNELS, begin=MINUTES, length=MINUTES, zone=ZONES, source=SOURCES, note=TEXTS)
    def add(self, channel: str, begin: int, length: int, zone: str, source: str, note: str | None) -> None:
        start = self.ago(begin)
        end = min(start + length * 60, self.now)
        self.attempt(sessions.add, channel, start, end, zone, source=source, note=note)

    @rule(draw=st.integers(0, 99), begin=MINUTES, channel=CHANNELS, note=TEXTS)
    def edit(self, draw: int, begin: int, channel: str, note: str | None) -> None:
        self.attempt(sessions.edit, self.some_id(draw), start=self.ago(begin), channel=channel, note=note)

    @rule(draw=st.integers(0, 99), minutes=MINUTES)
    def split(self, draw: int, minutes: int) -> None:
        self.attempt(sessions.split, self.some_id(draw), self.ago(minutes))

    @rule(draws=st.lists(st.integers(0, 99), min_size=2, max_size=3))
    def merge(self, draws: list[int]) -> None:
        self.attempt(sessions.merge, [self.some_id(draw) for draw in draws])

    @rule(draws=st.lists(st.integers(0, 99), min_size=1, max_size=3))
    def delete(self, draws: list[int]) -> None:
        self.attempt(sessions.delete, [self.some_id(draw) for draw in draws])

    @rule(channel=CHANNELS, trigger=TEXTS)
    def urge(self, channel: str, trigger: str | None) -> None:
        self.attempt(day_records.add_urge, channel, self.now, "UTC", trigger=trigger)

    @rule(amount=st.one_of(st.none(), st.integers(0, 10**9)))
    def outcome(self, amount: int | None) -> None:
        kind = "prospect" if amount is None else "income"
        self.attempt(outcomes.add, kind, self.now, "UTC", amount=amount, currency="EUR")

    @rule(day=st.integers(1, 3), note=TEXTS)
    def write(self, day: int, note: str | None) -> None:
        self.attempt(day_records.write_note, f"2026-11-0{day}", note)

    @rule(day=st.integers(1, 3), zero=st.booleans())
    def confirm(self, day: int, zero: bool) -> None:
        self.attempt(day_records.confirm_zero, f"2026-11-0{day}", zero)

    @rule(word=st.sampled_from(("x", "twitter", "li")), name=st.sampled_from(("x", "twitter", "pro", "li", "linkedin")))
    def rename(self, word: str, name: str) -> None:
        self.attempt(channels.rename, channels.find(self.database, word), name, title=None)

    @rule(word=CHANNELS, seconds=st.one_of(st.none(), st.integers(0, 9999)))
    def budget(self, word: str, seconds: int | None) -> None:
        self.attempt(channels.set_budget, channels.find(self.database, word), seconds)

    @rule(
        statement=st.sampled_from(
            (
                "UPDATE session SET note = coalesce(note, '') || '!'",
                "DELETE FROM session WHERE id = (SELECT max(id) FROM session)",
                'REPLACE INTO session SELECT * FROM session WHERE "end" IS NOT NULL',
                "REPLACE INTO day_note(date, note) VALUES ('2026-11-01', 'theirs'), ('2026-11-02', 'theirs')",
                "UPDATE session SET id = id + 1000 WHERE id < 1000",
                "UPDATE channel SET budget_seconds = coalesce(budget_seconds, 0) + 60 WHERE position < 3",
                "INSERT OR IGNORE INTO day_note(date, note) VALUES ('2026-11-01', 'ignored')",
            )
        )
    )
    def other_program(self, statement: str) -> None:
        before, steps = dump(self.database), len(undo.steps(self.database, 9999))
        begun = time.time_ns() // 1_000_000
        while time.time_ns() // 1_000_000 <= begun:
            continue
        self.database.connection.execute(statement)
        if len(undo.steps(self.database, 9999)) > steps and dump(self.database) == before:
            # It wrote the same rows again, which is a step nevertheless.
            self.past.append(before)
            self.future = []
        self.done()

    @precondition(lambda self: len(self.past) > 1)
    @rule(draw=st.integers(0, 99))
    def undo(self, draw: int) -> None:
        count = draw % min(len(self.past) - 1, 5) + 1
        undo.undo(self.database, count, now=self.now)
        self.future += reversed(self.past[-count:])
        del self.past[-count:]
        assert dump(self.database) == self.past[-1]

    @precondition(lambda self: self.future)
    @rule(draw=st.integers(0, 99))
    def redo(self, draw: int) -> None:
        count = draw % min(len(self.future), 5) + 1
        undo.redo(self.database, count, now=self.now)
        self.past += reversed(self.future[-count:])
        del self.future[-count:]
        assert dump(self.database) == self.past[-1]

    @invariant()
    def times_are_possible(self) -> None:
        for start, end in self.database.rows('SELECT start, "end" FROM session'):
            assert end is None or start <= end <= self.now + CHECK_LASTS

    @invariant()
    def the_index_is_as_the_records_are(self) -> None:
        assert search.problems(self.database) == []

    @invariant()
    def what_was_recorded_by_hand_never_overlaps(self) -> None:
        last: dict[str, int] = {}
        recorded = session_table.in_span(self.database, 0, self.now + 999)
        for session in recorded:
            if session.end is None:
                continue  # it takes its time from the checks since when it ends
            if is_recorded(session) and session.end != session.start:
                assert session.start >= last.get(session.channel, 0)
                last[session.channel] = session.end

    @invariant()
    def imported_time_never_overlaps_what_was_recorded_by_hand(self) -> None:
        expected = [
            session for session in session_table.in_span(self.database, 0, self.now + 999) if session.end is not None
        ]
        by_hand = [session for session in expected if is_recorded(session)]
        for measured in (session for session in expected if not is_recorded(session)):
            for other in (
                other for other in by_hand if other.channel == measured.channel and other.end and measured.end
            ):
                assert min(measured.end or 0, other.end or 0) <= max(measured.start, other.start)

    def teardown(self) -> None:
        """To the beginning, to the end, and to the beginning again."""
        steps, end = len(self.past) - 1, self.past[-1]
        undo.undo(self.database, steps, now=self.now)
        assert dump(self.database) == self.past[0]
        undo.redo(self.database, steps, now=self.now)
        assert dump(self.database) == end
        undo.undo(self.database, steps, now=self.now)
        assert dump(self.database) == self.past[0]
        self.database.close()


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
