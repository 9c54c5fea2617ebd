"""What habits measure from the log, and how they stand on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tracker.analytics.habit_line import build_habit, read_habit
from tracker.calendar.clock import to_utc
from tracker.calendar.days import dates
from tracker.reports.habit_histories import HabitReader, habits, measure_habits
from tracker.settings import Settings
from tracker.storage import channels, day_records, outcomes, sessions, undo
from tracker.storage import habits as table
from tracker.storage.undo_steps import undo_step
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from tracker.domain.models import Habit
    from tracker.reports.habit_histories import HabitHistory
    from tracker.storage import Database

PARIS = "Europe/Paris"
SETTINGS = Settings()
TODAY, SUNDAY, SATURDAY, FRIDAY = "2026-11-23", "2026-11-22", "2026-11-21", "2026-11-20"


def at(date: str, time: str) -> int:
    year, month, day = map(int, date.split("-"))
    hours, minutes = map(int, time.split(":"))
    return to_utc(PARIS, year, month, day, hours, minutes)


@pytest.fixture
def log(database: Database) -> Database:
    """Friday with openings by day and by night, Saturday with talks only, Sunday without anything, and today."""
    for date, start, minutes, channel, plan in (
        (FRIDAY, "08:30", 30, "linkedin", 1500),
        (FRIDAY, "08:50", 20, "instagram", 1500),
        (FRIDAY, "10:00", 90, "work", 3600),
        (SATURDAY, "00:40", 10, "instagram", None),
        (SATURDAY, "11:00", 15, "call", None),
        (SATURDAY, "15:00", 15, "meeting", None),
        (TODAY, "09:30", 25, "linkedin", 1500),
    ):
        begin = at(date, start)
        sessions.add(database, channel, begin, begin + 60 * minutes, PARIS, now=NOW, planned_seconds=plan)
    sessions.check(database, "instagram", at(FRIDAY, "12:00"), PARIS, None, now=NOW)
    day_records.add_urge(database, "x", at(FRIDAY, "13:00"), PARIS, now=NOW)
    outcomes.add(database, "prospect", at(TODAY, "10:00"), PARIS, now=NOW)
    return database


@pytest.mark.parametrize(
    ("name", "channel", "values"),
    [
        # 08:30-09:00 and 08:50-09:10 overlap; the night's ten minutes belong to Friday's evening.
        ("social_minutes", None, {FRIDAY: 50.25, SATURDAY: 0, TODAY: 25}),
        ("social_minutes", "instagram", {FRIDAY: 30.25, SATURDAY: 0, TODAY: 0}),
        ("checks", None, {FRIDAY: 1, SATURDAY: 0, TODAY: 0}),
        ("checks", "linkedin", {FRIDAY: 0, SATURDAY: 0, TODAY: 0}),
        ("first_opening", None, {FRIDAY: 8.5 * 3600, SATURDAY: None, TODAY: 9.5 * 3600}),
        ("last_opening", None, {FRIDAY: (24 + 40 / 60) * 3600, SATURDAY: None, TODAY: 9.5 * 3600}),
        ("contacts", None, {FRIDAY: 0, SATURDAY: 2, TODAY: 0}),
        ("contacts", "call", {FRIDAY: 0, SATURDAY: 1, TODAY: 0}),
        ("urges_resisted", None, {FRIDAY: 1, SATURDAY: 0, TODAY: 0}),
        ("urges_resisted", "linkedin", {FRIDAY: 0, SATURDAY: 0, TODAY: 0}),
        ("focus_minutes", None, {FRIDAY: 90, SATURDAY: 0, TODAY: 0}),
        ("plan_kept", None, {FRIDAY: 50, SATURDAY: None, TODAY: 100}),
    ],
)
def test_what_is_measured(log: Database, name: str, channel: str | None, values: dict[str, float | None]) -> None:
    histories = measure_habits(Workspace(log, SETTINGS, PARIS, now=NOW), {(name, channel)}, FRIDAY, TODAY)
    assert histories[name, channel] == values  # Sunday is not there: unknown, not zero


def add(database: Database, line: str, created: str = TODAY) -> Habit:
    return table.add(database, build_habit(read_habit(line), created), now=NOW)


def on(database: Database) -> Workspace:
    return Workspace(database, SETTINGS, PARIS, now=NOW)


def kept(database: Database, last: str | None = None) -> list[HabitHistory]:
    return list(habits(on(database), last=last))


def test_a_measured_habit_knows_the_days_since_it_was_added(log: Database) -> None:
    add(log, "Feed at most 40 min by social_minutes", FRIDAY)
    [feed] = kept(log)
    assert [(mark.date, mark.state) for mark in feed.marks] == [
        (FRIDAY, "part"),
        (SATURDAY, "done"),
        (SUNDAY, "unknown"),
        (TODAY, "open"),
    ]
    assert feed.today.value == 25
    assert feed.coverage() == (3, 4)


def test_a_day_confirmed_as_zero_is_known(log: Database) -> None:
    add(log, "Feed at most 40 min by social_minutes", FRIDAY)
    day_records.confirm_zero(log, SUNDAY, True, now=NOW)
    assert [mark.state for mark in kept(log)[0].marks] == ["part", "done", "done", "open"]


def test_a_closed_day_is_over(log: Database) -> None:
    add(log, "Feed at most 40 min by social_minutes", FRIDAY)
    day_records.close_day(log, TODAY, True, now=NOW)
    assert kept(log)[0].today.state == "done"


def test_a_habit_by_hand_begins_with_its_first_tick_or_its_first_day(log: Database) -> None:
    walk = add(log, "Walk")
    assert [mark.date for mark in kept(log)[0].marks] == [TODAY]
    table.tick(log, walk.name, SATURDAY, 1, now=NOW)
    history = kept(log)[0]
    assert [mark.state for mark in history.marks] == ["done", "missed", "open"]
    assert history.until(SATURDAY) == history._replace(marks=history.marks[:1])
    assert history.until(FRIDAY) is None


def test_a_skip_says_more_than_the_log(log: Database) -> None:
    feed = add(log, "Feed at most 40 min by social_minutes", FRIDAY)
    table.skip(log, feed.name, FRIDAY, now=NOW)
    history = kept(log)[0]
    assert history.marks[0].state == "skipped"
    assert history.marks[0].strength == 0


def test_what_was_measured_before_a_habit_was_made_says_nothing_of_it(log: Database) -> None:
    """A new limit is not at 100% for days on which nobody was keeping it, nor does it mark days years back."""
    feed = add(log, "Feed at most 40 min by social_minutes", SUNDAY)
    assert [(mark.date, mark.state) for mark in kept(log)[0].marks] == [(SUNDAY, "unknown"), (TODAY, "open")]
    assert kept(log)[0].strength is None
    assert kept(log, "2019-06-01") == []
    assert kept(log, FRIDAY) == []
    table.skip(log, feed.name, FRIDAY, now=NOW)  # an answer by hand begins it earlier, and measures nothing
    assert [mark.state for mark in kept(log)[0].marks] == ["skipped", "unknown", "unknown", "open"]


def test_a_new_limit_grows_from_nothing(log: Database) -> None:
    add(log, "Feed at most 40 min by social_minutes", SATURDAY)
    day_records.close_day(log, TODAY, True, now=NOW)
    history = kept(log)[0]
    assert [mark.state for mark in history.marks] == ["done", "unknown", "done"]
    assert history.strength == pytest.approx(1 - 0.5 ** (2 / 13))


def test_an_earlier_day_is_as_it_was(log: Database) -> None:
    add(log, "Feed at most 40 min by social_minutes", FRIDAY)
    [then] = kept(log, SATURDAY)
    assert then.today.date == SATURDAY
    assert then.strength == kept(log)[0].until(SATURDAY).strength  # type: ignore[union-attr]  # Friday is its first


def test_archived_habits_are_shown_when_asked_for(log: Database) -> None:
    walk = add(log, "Walk")
    table.change(log, walk._replace(archived=True), now=NOW)
    assert kept(log) == []
    assert len(habits(Workspace(log, SETTINGS, PARIS, now=NOW), archived=True)) == 1


def test_nothing_logged_at_all_is_unknown(database: Database) -> None:
    add(database, "Feed at most 40 min by social_minutes")
    [feed] = kept(database)
    assert (feed.today.state, feed.strength) == ("open", None)


def test_what_is_remembered_of_the_past_is_measured_anew_once_something_changed(log: Database) -> None:
    add(log, "Feed at most 40 min by social_minutes", FRIDAY)
    looking = HabitReader()
    before = looking.kept(on(log))
    assert looking.kept(on(log)) == before
    begin = at(SATURDAY, "20:00")
    sessions.add(log, "x", begin, begin + 7200, PARIS, now=NOW)
    after = looking.kept(on(log))
    assert after == tuple(kept(log)) != before
    assert after[0].marks[1].state == "missed"
    undo.undo(log, 1, now=NOW)
    assert looking.kept(on(log)) == before
    assert looking.kept(on(log), FRIDAY) == tuple(kept(log, FRIDAY))


def test_what_happens_today_measures_only_today_anew(log: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    add(log, "Feed at most 40 min by social_minutes", FRIDAY)
    looking = HabitReader()
    looking.kept(on(log))
    asked: list[tuple[str, str]] = []

    def watched(*arguments: Any, **options: Any) -> Any:
        asked.append((arguments[2], arguments[3]))
        return measure_habits(*arguments, **options)

    monkeypatch.setattr("tracker.reports.habit_histories.measure_habits", watched)
    begin = at(TODAY, "14:00")
    session = sessions.add(log, "x", begin, begin + 1200, PARIS, now=NOW)
    table.tick(log, add(log, "Walk").name, SATURDAY, 1, now=NOW)
    assert looking.kept(on(log)) == tuple(kept(log))
    assert asked[0] == (TODAY, TODAY)
    before = len(asked)
    sessions.edit(log, session.id, start=at(SUNDAY, "14:00"), end=at(SUNDAY, "14:20"), now=NOW)
    assert looking.kept(on(log)) == tuple(kept(log))
    assert asked[before] == (FRIDAY, SUNDAY)


@pytest.mark.parametrize("change", ["delete", "undo", "kind", "zero", "import"])
def test_every_change_of_an_earlier_day_is_seen(log: Database, change: str) -> None:
    add(log, "Feed at most 40 min by social_minutes", FRIDAY)
    looking = HabitReader()
    before = looking.kept(on(log))
    if change == "delete":
        sessions.delete(log, [1], now=NOW)
    elif change == "undo":
        undo.undo(log, 9, now=NOW)
        undo.redo(log, 9, now=NOW)
        sessions.delete(log, [2], now=NOW)
        undo.undo(log, 1, now=NOW)
        assert looking.kept(on(log)) == before
        undo.redo(log, 1, now=NOW)
    elif change == "kind":
        channels.set_kind(log, channels.find(log, "linkedin"), "messaging", now=NOW)
    elif change == "zero":
        day_records.confirm_zero(log, SUNDAY, True, now=NOW)
    else:
        with undo_step(log, "many", NOW):
            for minute in range(60):
                begin = at(SATURDAY, "16:00") + 60 * minute
                sessions.check(log, "x", begin, PARIS, None, now=NOW)
    assert looking.kept(on(log)) == tuple(kept(log)) != before


def test_months_without_a_log_take_nothing_from_strength(database: Database) -> None:
    """Only 371 days were looked back on, so what was known before left with each day nobody logged."""
    first, last = "2023-01-02", "2023-03-20"
    add(database, "Feed at most 40 min by social_minutes 3 times a week", first)
    for date in dates(first, last):
        day_records.confirm_zero(database, date, True, now=NOW)
    then = habits(Workspace(database, SETTINGS, PARIS, now=at("2023-03-21", "12:00")), last=last)[0]
    assert then.strength is not None
    assert then.strength > 0.5
    today = kept(database)[0]
    assert today.strength == then.strength
    assert today.coverage()[0] == 1, "today, which is open"
