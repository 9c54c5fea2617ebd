"""`tracker status`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker


def test_status_as_json_carries_the_contract(tracker: Tracker) -> None:
    tracker.run("start linkedin create --for 25m -i 'answer Anna'", now="2026-11-23T15:00")
    data = tracker.run("status --json").json()
    running = data["running"]
    assert {key: running[key] for key in ("id", "channel", "activity", "start", "seconds")} == {
        "id": 1,
        "channel": "linkedin",
        "activity": "create",
        "start": "2026-11-23T15:00:00+01:00",
        "seconds": 720,
    }
    assert (running["planned_seconds"], running["intention"]) == (1500, "answer Anna")
    assert data["today"] == {
        "date": "2026-11-23",
        "seconds": 720,
        "budget_seconds": None,
        "checks": 0,
        "sessions": 1,
        "first": "2026-11-23T15:00:00+01:00",
        "last": "2026-11-23T15:12:00+01:00",
    }
    assert data["patterns"] == []


def test_status_of_a_new_file(tracker: Tracker) -> None:
    assert tracker.run("status").out == "no timer running\ntoday: nothing logged yet\n"
    data = tracker.run("status --json").json()
    assert data["running"] is None
    assert (data["today"]["first"], data["today"]["last"]) == (None, None)
    assert [data["today"][name] for name in ("seconds", "checks", "sessions")] == [None] * 3, "unknown, not zero"


@pytest.mark.parametrize("line", ["day --zero", "urge x", "outcome prospect", "log call 14:00-14:10", "log work 10m"])
def test_any_record_makes_today_known(tracker: Tracker, line: str) -> None:
    tracker.run(line).said()
    today = tracker.run("status --json").json()["today"]
    assert [today[name] for name in ("seconds", "checks", "sessions")] == [0, 0, 0]
    assert tracker.run("status").out.endswith("today 0s, 0 checks, 0 sessions\n")


def test_status_in_words(tracker: Tracker) -> None:
    tracker.run("config daily_budget 2h")
    tracker.run("start linkedin create --for 10m -i 'answer Anna'", now="2026-11-23T15:00")
    assert tracker.run("status").out.splitlines() == [
        "linkedin create: 12m since 15:00, 2m over plan (10m) – answer Anna",
        "today 12m of 2h, 0 checks, 1 session",
    ]


def test_status_asks_about_a_timer_that_may_be_forgotten(tracker: Tracker) -> None:
    tracker.run("start linkedin", now="2026-11-23T09:00")
    assert "forgot to stop?" in tracker.run("status").out


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("{channel} {elapsed}/{planned} {left}", "linkedin 12m/25m 13m"),
        ("{activity}: {intention} {today} {checks}", "create: answer Anna 12m 0"),
        ("{start} {sessions} {date} {{}}", "15:00 1 2026-11-23 {}"),
        ("{budget}", ""),
        ("plain", "plain"),
    ],
)
def test_format_fills_in_a_template(inside: Inside, template: str, filled: str) -> None:
    inside.run("start linkedin create --for 25m -i 'answer Anna'", now="2026-11-23T15:00")
    assert inside.run(["status", "--format", template]).said() == filled


def test_format_with_nothing_running_is_calm(inside: Inside) -> None:
    assert inside.run(["status", "--format", "{channel} {elapsed} {today}"]).said() == "–"


@pytest.mark.parametrize("template", ["{foo}", "{", "{}", "{0}", "{channel.__class__}", "{channel!z}", "{channel[9]}"])
def test_a_template_that_cannot_be_filled_is_a_usage_error_naming_the_names(inside: Inside, template: str) -> None:
    assert "{channel}" in inside.run(["status", "--format", template]).refused(2)


def test_messaging_is_no_social_time(tracker: Tracker) -> None:
    tracker.run("log whatsapp 14:00-14:30")
    assert tracker.run("status --json").json()["today"]["seconds"] == 0


def test_two_channels_at_once_count_once_in_the_total(tracker: Tracker) -> None:
    tracker.run("log linkedin 14:00-14:30")
    tracker.run("log x 14:15-14:45")
    assert tracker.run("status --json").json()["today"]["seconds"] == 45 * 60
