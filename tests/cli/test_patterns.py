"""`tracker patterns`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker
from tracker.analytics.patterns.registry import LIMITS, NAMES


def test_every_pattern_is_there_whatever_its_state(tracker: Tracker) -> None:
    data = tracker.run("patterns --json").json()
    assert tuple(row["name"] for row in data) == NAMES
    for finding in data:
        assert {"name", "state", "evidence", "from", "to", "figures", "sessions"} <= set(finding)
        assert finding["state"] == "not enough data"
        assert finding["evidence"]


def test_patterns_in_words(tracker: Tracker) -> None:
    said = tracker.run("patterns").out
    assert "? Bursts of checking (check_cluster): not enough data" in said
    assert all(len(line) <= 80 for line in said.splitlines())


def test_a_burst_is_flagged_with_its_sessions(inside: Inside) -> None:
    inside.log(*(f"linkedin 2026-11-{day:02} 10:00-10:10" for day in range(1, 22)))
    for minute in range(0, 24, 3):
        inside.run(f"check linkedin --at '2026-11-22 16:{minute:02}'")
    by_name = {finding["name"]: finding for finding in inside.run("patterns --json").json()}
    assert by_name["check_cluster"]["state"] == "flagged"
    assert len(by_name["check_cluster"]["sessions"]) == 8
    assert (by_name["check_cluster"]["from"], by_name["check_cluster"]["to"]) == ("2026-11-01", "2026-11-22")
    assert inside.run("patterns", now="2026-11-22T17:00").out.startswith("! Bursts of checking")
    assert inside.run("status --json", now="2026-11-22T17:00").json()["patterns"] == ["check_cluster"]
    assert of(inside, "check_cluster", "patterns --json --from 2026-11-01 --to 2026-11-21")["state"] != "flagged"


def test_explain_says_what_a_pattern_is(tracker: Tracker) -> None:
    said = tracker.run("patterns --explain check_cluster").out
    assert said.startswith("Bursts of checking (check_cluster)")
    assert "not a diagnosis" in said


def test_explain_lists_the_sessions_it_rests_on(inside: Inside) -> None:
    inside.log(*(f"linkedin 2026-11-{day:02} 10:00-10:10" for day in range(1, 22)))
    for minute in range(0, 24, 3):
        inside.run(f"check linkedin likes [b] --at '2026-11-22 16:{minute:02}'")
    ids = inside.run("patterns --json --explain check_cluster").json()[0]["sessions"]
    said = inside.run("patterns --explain check_cluster").out
    assert "\n8 sessions behind this, newest first (`tracker day DATE` shows them):\n" in said
    assert f"  {ids[-1]}  2026-11-22  16:21  15s  linkedin  likes [b]" in said
    listed = [line.split()[0] for line in said.splitlines() if "2026-11-22  16:" in line]
    assert listed == [str(id) for id in reversed(ids)]
    assert "more before" not in said
    assert said.endswith("\n\nAn observation, not a diagnosis.\n")
    assert all(len(line) <= 80 for line in said.splitlines())
    assert "it rests on" not in inside.run("patterns --explain night").out


def test_of_many_sessions_the_newest_are_listed(inside: Inside) -> None:
    inside.log(*(f"linkedin 2026-11-{day:02} 10:00-10:10" for day in range(1, 22)))
    for second in range(50):
        inside.run(f"check linkedin --at '2026-11-22 16:{second // 2:02}:{second % 2 * 50:02}'")
    said = inside.run("patterns --explain check_cluster").out
    assert sum("2026-11-22  16:" in line for line in said.splitlines()) == 40
    assert "  … and 10 earlier; `--json` lists all ids\n" in said


def flagged(inside: Inside) -> None:
    """A file with a burst on 22 November, and three weeks that begin with an opening at the declared waking."""
    inside.log(*(f"linkedin 2026-11-{day:02} 07:00-07:10" for day in range(1, 23)))
    for minute in range(0, 24, 3):
        inside.run(f"check linkedin --at '2026-11-22 16:{minute:02}'")
    inside.run("config wakes_at 07:00")


def of(inside: Inside, name: str, line: str = "patterns --json", now: str = "2026-11-22T17:00") -> dict[str, object]:
    by_name: dict[str, dict[str, object]] = {finding["name"]: finding for finding in inside.run(line, now=now).json()}
    return by_name[name]


def test_one_new_flag_a_day_and_the_other_the_day_after(inside: Inside) -> None:
    flagged(inside)
    for _again in range(2):
        data = inside.run("patterns --json", now="2026-11-22T17:00").json()
        assert [row["name"] for row in data if row["new"]] == ["check_cluster"]
        assert [row["name"] for row in data if row["waiting"]] == ["first_thing"]
    assert of(inside, "check_cluster")["raised"] == "2026-11-22"
    said = inside.run("patterns", now="2026-11-22T17:00").out
    assert "! Bursts of checking (check_cluster): flagged, new today" in said
    assert "! First thing in the day (first_thing): flagged, shown on a later day" in said
    said = inside.run("patterns", now="2026-11-23T17:00").out
    assert "! First thing in the day (first_thing): flagged, new today" in said
    assert "! Bursts of checking (check_cluster): flagged since Sun 22 Nov" in said
    assert all(len(line) <= 80 for line in said.splitlines())
    assert not any("raised" in step["says"] for step in inside.run("history --json").json())


def test_dismissed_expected_and_taken_back_each_one_step(inside: Inside) -> None:
    flagged(inside)
    now = "2026-11-22T17:00"
    said = inside.run("patterns --dismiss check_cluster", now=now).said()
    assert said == "Bursts of checking (check_cluster) is muted until Sun 20 Dec"
    assert of(inside, "check_cluster")["dismissed_until"] == "2026-12-20"
    assert inside.run("status --json", now=now).json()["patterns"] == []
    assert inside.run("undo", now=now).said().startswith("undone: muted “Bursts of checking” until Sun 20 Dec")
    assert inside.run("status --json", now=now).json()["patterns"] == ["check_cluster"]
    said = inside.run("patterns --expected check_cluster --why 'client  work'", now=now).said()
    assert said == "Bursts of checking (check_cluster) is expected: client work"
    assert of(inside, "check_cluster")["expected"] == "client work"
    assert of(inside, "first_thing")["new"], "what is expected leaves room for another"
    assert inside.run("status --json", now=now).json()["patterns"] == []
    shown = inside.run("patterns", now=now).out
    assert "~ Bursts of checking (check_cluster): flagged, expected: client work" in shown
    assert shown.index("first_thing") < shown.index("check_cluster"), "what stands comes first"
    assert inside.run("patterns --unmark check_cluster", now=now).said().endswith("is no longer expected")
    assert of(inside, "check_cluster")["expected"] is None
    assert inside.run("patterns --expected night", now=now).said().endswith("is expected, without a reason")


def test_the_touched_rows(inside: Inside) -> None:
    flagged(inside)
    (row,) = inside.run("patterns --dismiss check_cluster --json", now="2026-11-22T17:00").json()
    assert row == {
        "id": 1,
        "pattern": "check_cluster",
        "what": "dismissed",
        "since": "2026-11-22",
        "until": "2026-12-20",
        "why": None,
    }
    assert inside.run("patterns --unmark check_cluster --json").json() == [row]


def test_another_span_or_one_channel_raises_no_flag(inside: Inside) -> None:
    flagged(inside)
    for line in (
        "patterns --json --channel linkedin",
        "patterns --json --from 2026-11-01",
        "patterns --json --to today",
    ):
        pattern = of(inside, "check_cluster", line)
        assert (pattern["state"], pattern["raised"], pattern["new"], pattern["waiting"]) == (
            "flagged",
            None,
            False,
            False,
        )
    assert of(inside, "check_cluster", "patterns --json --channel instagram")["state"] != "flagged"
    assert of(inside, "check_cluster")["new"]


def test_what_more_there_is_to_each(inside: Inside) -> None:
    flagged(inside)
    pattern = of(inside, "first_thing")
    assert pattern["title"] == "First thing in the day"
    assert pattern["margin"] == round(14 / LIMITS["first_thing.days"].value, 4)
    chart = pattern["chart"]
    assert isinstance(chart, dict)
    assert len(chart["bars"]) == 14
    assert chart["bars"][0] == {"label": "2026-11-09", "value": 0, "usual": None}
    assert pattern["asks"] == []


def test_what_is_not_declared_is_asked_for(inside: Inside) -> None:
    assert of(inside, "night")["asks"] == ["sleep"]
    assert "tracker config sleep 23:00-07:00" in str(of(inside, "night")["evidence"])
    said = " ".join(inside.run("patterns").out.split())
    assert "`tracker config hour_cost VALUE`: what an hour of your time costs" in said
    inside.run("config sleep 23:00-07:00")
    assert of(inside, "night")["asks"] == []
    assert "sleep hours" not in str(of(inside, "night")["evidence"])


def test_a_threshold_that_cannot_be_is_one_line_that_says_where_to_look(inside: Inside) -> None:
    inside.config.write_text("[patterns]\nnight.nights = 99\n")
    for line in ("patterns", "patterns --explain night", "week"):
        said = inside.run(line).refused()
        assert said.startswith("night.nights must be a number from 1 to 14, not “99”; `tracker doctor` says"), line
    assert str(inside.config) in inside.run("doctor").out
    assert inside.run("status").code == 0


def test_a_threshold_of_the_settings_decides(inside: Inside) -> None:
    flagged(inside)
    inside.run("config first_thing.days 14")
    assert of(inside, "first_thing")["state"] == "flagged"
    for day in (20, 21):
        inside.run(f"delete {day}")
    inside.run("log work '2026-11-20 07:00-07:10'")
    inside.run("log work '2026-11-21 07:00-07:10'")
    assert of(inside, "first_thing")["state"] == "quiet"
    inside.run("config first_thing.days ''")
    assert of(inside, "first_thing")["state"] == "flagged"
    assert "`tracker config first_thing.days " in inside.run("patterns --explain first_thing").out


def test_a_file_for_reading_only_is_read(tracker: Tracker) -> None:
    tracker.run("log linkedin '2026-11-22 10:00-10:10'")
    tracker.db.chmod(0o400)
    try:
        assert len(tracker.run("patterns --json").json()) == len(NAMES)
    finally:
        tracker.db.chmod(0o600)


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("patterns --explain nope", 1, "check_cluster"),
        ("patterns --from 2026-11-20 --to 2026-11-01", 1, "after"),
        ("patterns --from x", 1, "x"),
        ("patterns foo", 2, "foo"),
        ("patterns --dismiss nope", 1, "check_cluster"),
        ("patterns --expected nope", 1, "check_cluster"),
        ("patterns --dismiss night", 1, "night is not flagged; there is nothing to mute"),
        ("patterns --unmark night", 1, "“At night” is neither muted nor expected"),
        ("patterns --dismiss night --unmark night", 2, "not both"),
        ("patterns --why campaign", 2, "--why goes with --expected"),
        ("patterns --channel whatsapp", 1, "tracker channel kind whatsapp social"),
        ("patterns --channel nowhere", 1, "nowhere"),
        ("patterns --channel linkedin --dismiss night", 2, "--dismiss is for the whole pattern"),
        ("patterns --from 2026-11-01 --expected night", 2, "does not go with --from"),
    ],
)
def test_what_cannot_be_asked(inside: Inside, line: str, code: int, says: str) -> None:
    assert says in inside.run(line).refused(code)


def test_a_pattern_is_judged_once_a_week_and_a_flag_that_ends_says_so(inside: Inside) -> None:
    inside.log(*(f"linkedin 2026-11-{day:02} 10:00-10:10" for day in range(1, 22)))
    assert of(inside, "check_cluster", now="2026-11-23T09:00")["state"] == "quiet"
    for minute in range(0, 24, 3):
        inside.run(f"check linkedin --at '2026-11-23 16:{minute:02}'", now="2026-11-23T17:00")
    held_back = of(inside, "check_cluster", now="2026-11-24T09:00")
    assert held_back["state"] == "quiet"
    assert "judged again from Mon 30 Nov" in str(held_back["evidence"])
    assert of(inside, "check_cluster", "patterns --json --explain check_cluster", now="2026-11-24T09:00") == (held_back)
    assert of(inside, "check_cluster", now="2026-11-30T09:00")["state"] == "flagged"
    inside.run("undo 1", now="2026-11-30T10:00")
    for _check in range(7):
        inside.run("undo 1", now="2026-11-30T10:00")
    ended = of(inside, "check_cluster", now="2026-12-01T10:00")
    assert (ended["state"], ended["ended"]) == ("quiet", "2026-11-30")
    assert "flagged until" in inside.run("patterns", now="2026-12-01T10:00").out
