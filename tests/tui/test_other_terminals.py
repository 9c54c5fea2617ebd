"""Another terminal writes between what a screen shows and the key that acts on it: nothing of either is lost."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.storage.interleaving import meanwhile
from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import UNHURRIED, ZONE, at
from tracker.domain.errors import TrackerError
from tracker.services import closing_day, queries, reviewing, session_editing, timekeeping
from tracker.storage import Database, day_records, sessions
from tracker.tui.actions import day_actions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp
    from tracker.workspace import Workspace

TODAY = "2026-11-23"
DAY = (2026, 11, 23)


@contextmanager
def terminal(app: TrackerApp) -> Iterator[Database]:
    """Another program's connection to the file that the screens show."""
    with Database.open(app.workspace.database.file.path) as other:
        yield other


def spans(app: TrackerApp, channel: str) -> list[tuple[int, int | None]]:
    parts = queries.day(app.workspace, TODAY).parts
    return [(part.session.start, part.session.end) for part in parts if part.session.channel == channel]


async def test_space_never_resumes_where_its_key_says_stop(running: Running) -> None:
    async with running() as (app, pilot):
        with terminal(app) as other:
            stopped = sessions.stop(other, NOW, now=NOW)
            await pilot.press("space")
            await settled(app, pilot)
            assert notices(app)[-1] == "Another program changed the timer in the meantime; nothing was done"
            assert queries.running(app.workspace) is None
            assert queries.session(app.workspace, stopped.id) == stopped
            await pilot.press("space")  # it says Resume now
            await pilot.pause()
            assert queries.running(app.workspace)
            assert "Recording since" in shown(app)


async def test_space_stops_what_runs_at_that_moment(running: Running) -> None:
    async with running() as (app, pilot):
        with terminal(app) as other:
            with meanwhile(lambda: sessions.switch(other, "x", NOW, ZONE, now=NOW)) as written:
                await pilot.press("space")
                await pilot.pause()
            assert written
            assert notices(app)[-1].startswith("Stopped X after 0s")
            assert queries.running(app.workspace) is None


async def test_starting_decides_at_the_last_moment_whether_something_is_stopped(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        with terminal(app) as other:
            await pilot.press("s", "i")
            await pilot.pause()
            with meanwhile(lambda: sessions.stop(other, NOW, now=NOW)) as written:
                await pilot.press("enter")
                await pilot.pause()
            assert written
            assert "Recording since" in shown(app)
            assert not any("stopped" in notice for notice in notices(app))


async def test_talking_now_decides_at_the_last_moment_too(running: Running) -> None:
    async with running() as (app, _pilot):
        with terminal(app) as other:
            with meanwhile(lambda: sessions.stop(other, NOW, now=NOW)):
                assert timekeeping.start_or_switch(app.workspace, "call", person="Samia").session.channel == "call"
            timekeeping.stop(app.workspace)
            with meanwhile(lambda: sessions.start(other, "x", NOW, ZONE, now=NOW)):
                assert timekeeping.start_or_switch(app.workspace, "call", person="Samia").session.channel == "call"


async def test_whose_time_it_is_is_asked_again_where_that_has_changed(running: Running) -> None:
    async with running() as (app, pilot):
        with terminal(app) as other:
            await pilot.press("2", "slash")
            await pilot.pause()
            await pilot.press(*"work 11:30-12:10", "enter")
            await pilot.pause()
            assert "Work is already recorded: 11:00–11:55" in shown(app)
            [there] = [
                part.session for part in queries.day(app.workspace, TODAY).parts if part.start == at(DAY, "11:00")
            ]
            sessions.edit(other, there.id, now=NOW, end=at(DAY, "11:40"))
            before = spans(app, "work")
            await pilot.press("u")
            await pilot.pause()
            assert "Work is already recorded: 11:00–11:40" in shown(app)
            assert spans(app, "work") == before, "nothing was cut that was not shown"
            await pilot.press("k")
            await settled(app, pilot)
            assert (at(DAY, "11:00"), at(DAY, "11:40")) in spans(app, "work")
            assert (at(DAY, "11:40"), at(DAY, "12:10")) in spans(app, "work")


async def test_what_was_logged_at_the_last_moment_is_asked_about(running: Running) -> None:
    async with running() as (app, pilot):
        with terminal(app) as other:
            await pilot.press("2", "slash")
            await pilot.pause()
            await pilot.press(*"x 12:00-12:10")
            lo, hi = at(DAY, "12:05"), at(DAY, "12:08")
            with meanwhile(lambda: sessions.add(other, "x", lo, hi, ZONE, now=NOW)) as written:
                await pilot.press("enter")
                await pilot.pause()
            assert written
            assert "X is already recorded: 12:05–12:08" in shown(app)
            await pilot.press("escape")
            assert (lo, hi) in spans(app, "x")


async def test_a_row_that_was_changed_is_not_overwritten(running: Running) -> None:
    async with running() as (app, pilot):
        with terminal(app) as other:
            seen = next(
                part.session for part in queries.day(app.workspace, TODAY).parts if part.session.end is not None
            )
            theirs = sessions.edit(other, seen.id, now=NOW, note="theirs")
            app.safely(lambda: day_actions.save_changes(app, seen, {"note": "ours"}))
            await pilot.pause()
            assert notices(app)[-1] == "Another program changed this session in the meantime; nothing was saved"
            app.safely(lambda: day_actions.save_changes(app, seen, {"activity": "reply"}))
            await pilot.pause()
            assert queries.session(app.workspace, seen.id) == theirs._replace(activity="reply"), (
                "another field is no quarrel"
            )
            session_editing.delete(app.workspace, seen.id)
            app.safely(lambda: day_actions.save_changes(app, seen, {"note": "ours"}))
            await pilot.pause()
            assert notices(app)[-1].startswith(f"Session {seen.id} does not exist")


async def test_merging_joins_only_what_was_asked_about(running: Running) -> None:
    async with running() as (app, pilot):
        with terminal(app) as other:
            for begin in ("12:00", "12:05"):
                sessions.add(other, "x", at(DAY, begin), at(DAY, begin) + 240, ZONE, now=NOW)
            ids = [part.session.id for part in queries.day(app.workspace, TODAY).parts if part.session.channel == "x"][
                -2:
            ]
            parts, _gap = session_editing.to_merge(app.workspace, ids)
            sessions.edit(other, ids[0], now=NOW, start=at(DAY, "09:31"), end=at(DAY, "09:32"))
            app.safely(lambda: app.announce(str(session_editing.merge(app.workspace, parts))))
            await pilot.pause()
            assert notices(app)[-1] == "Another program changed these sessions in the meantime; nothing was merged"
            assert queries.session(app.workspace, ids[1]).start == parts[1].start


async def test_the_line_of_a_day_is_not_overwritten_unseen_and_what_was_typed_stays(running: Running) -> None:
    async with running() as (app, pilot):
        with terminal(app) as other:
            await pilot.press("n", "ctrl+u", *"ours")
            day_records.write_note(other, TODAY, "theirs", now=NOW)
            await pilot.press("enter")
            await pilot.pause()
            assert "to “theirs”" in notices(app)[-1]
            assert day_records.get_note(app.workspace.database, TODAY).note == "theirs"
            await pilot.press("enter")
            await pilot.pause()
            assert day_records.get_note(app.workspace.database, TODAY).note == "ours"


async def test_a_gap_that_was_filled_is_not_filled_twice(running: Running) -> None:
    async with running() as (app, pilot):
        with terminal(app) as other:
            await pilot.press("E")
            await pilot.pause()
            await pilot.press(*"14:50", "enter")
            await pilot.pause()
            gap = closing_day.close_questions(app.workspace, TODAY).gaps[0]
            sessions.add(other, "call", gap.start, gap.end, ZONE, now=NOW)
            await pilot.press(*"1 work", "enter")
            await pilot.pause()
            assert "Another program logged something there" in shown(app)
            assert (gap.start, gap.end) not in spans(app, "work")


async def test_a_task_and_a_zero_are_decided_at_the_last_moment(running: Running) -> None:
    async with running() as (app, pilot):
        with terminal(app) as other:
            closing_day.set_task(app.workspace, "proposal")
            with meanwhile(lambda: day_records.do_task(other, TODAY, True, now=NOW)):
                await pilot.press("W")
                await pilot.pause()
            assert notices(app)[-1] == "Still to do: proposal"
            lo, hi = at((2026, 10, 1), "12:00"), at((2026, 10, 1), "12:10")
            with meanwhile(lambda: sessions.add(other, "x", lo, hi, ZONE, now=NOW)):
                app.safely(lambda: closing_day.confirm_zero(app.workspace, "2026-10-01"))
                await pilot.pause()
            assert notices(app)[-1] == "That day has logged social time"


async def test_a_review_that_was_taken_back_elsewhere_is_said_and_left(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running() as (app, pilot):

        def gone(_workspace: Workspace, week: str) -> None:
            raise TrackerError(f"no review of {week} has been started")

        reviewing.begin_review(app.workspace, reviewing.week_to_review(app.workspace))
        monkeypatch.setattr(reviewing, "draft", gone)
        await pilot.press("R")
        await pilot.pause()
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert any("has been started" in message for message in notices(app))
        await pilot.press("2", "c", "x")  # the screens go on
    assert not app.return_code
