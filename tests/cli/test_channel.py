"""`tracker channel`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker


def test_list_shows_what_is_recognised_and_what_is_in_use(tracker: Tracker) -> None:
    tracker.run("check linkedin")
    rows = {row["channel"]: row for row in tracker.run("channel list --json").json()}
    assert rows["linkedin"]["in_use"] is True
    assert rows["x"]["in_use"] is False
    assert "linkedin.com" in rows["linkedin"]["domains"]
    assert (rows["whatsapp"]["kind"], rows["call"]["kind"], rows["work"]["kind"]) == ("messaging", "in_person", "focus")
    assert any(line.split()[0] == "linkedin" for line in tracker.run("channel").out.splitlines())
    assert tracker.run("channel list --names").out.splitlines()[0] == "linkedin"


def test_add_and_use(tracker: Tracker) -> None:
    said = tracker.run("channel add newsletter --kind social --title 'My letter'").said()
    assert said == "added the channel newsletter (social)"
    tracker.run("check newsletter").said()


@pytest.mark.parametrize("word", ["yesterday", "14:05", "25m", "demain", "from", "pm"])
def test_a_name_that_a_line_reads_as_a_time_is_refused(tracker: Tracker, word: str) -> None:
    refused = f"“{word}” is read as a time; choose another name"
    assert tracker.run(["channel", "add", word]).refused() == refused
    assert tracker.run(["channel", "rename", "x", word]).refused() == refused
    assert tracker.run(["channel", "alias", "x", word]).refused() == refused
    assert tracker.run(["channel", "add", "mine", "--title", word]).refused() == refused
    assert tracker.run(["activity", "add", word, "--purpose", "make"]).refused() == refused
    assert tracker.run(["activity", "rename", "create", word]).refused() == refused
    assert tracker.run("channel add 4chan").code == 0


@pytest.mark.parametrize("word", ["note:x", "pour:moi", "x,", '"x"'])
def test_a_name_that_no_line_can_have_is_refused(tracker: Tracker, word: str) -> None:
    refused = f"“{word}” cannot be read as a name in a line of the log; choose another name"
    assert tracker.run(["channel", "add", word]).refused() == refused
    assert tracker.run(["channel", "alias", "linkedin", word]).refused() == refused


def test_rename_takes_the_sessions_along_and_keeps_the_old_name_as_an_alias(tracker: Tracker) -> None:
    tracker.run("log x 14:00-14:10")
    assert tracker.run("channel rename x twitter2").said() == "x is now twitter2"
    assert tracker.sessions()[0]["channel"] == "twitter2"
    assert tracker.run("check x").said().startswith("checked twitter2")


def test_a_budget_is_shown_and_taken_away(tracker: Tracker) -> None:
    assert tracker.run("channel budget linkedin 45m").said() == "linkedin has a budget of 45m a day"
    assert tracker.run("status --json").json()["today"]["budget_seconds"] is None, "one channel's is not the day's"
    assert "of 45m" not in tracker.run("status").out
    assert tracker.run("channel budget linkedin none").said() == "linkedin has no budget"


def test_kind_decides_what_is_social(tracker: Tracker) -> None:
    tracker.run("log whatsapp 14:00-14:10")
    tracker.run("channel kind whatsapp social")
    assert tracker.run("status --json").json()["today"]["seconds"] == 600


def test_another_kind_says_which_outcome_has_another_last_touch(tracker: Tracker) -> None:
    tracker.run("log call 14:00-14:10")
    tracker.run("outcome prospect --at 14:30")
    assert tracker.run("channel kind call focus").said() == "call is now focus; prospect o1 has no channel now"


def test_archived_ones_are_not_listed_and_their_sessions_stay(tracker: Tracker) -> None:
    tracker.run("log tiktok 14:00-14:10")
    tracker.run("channel archive tiktok")
    assert "tiktok" not in tracker.run("channel list --names").out.splitlines()
    assert "tiktok" in tracker.run("channel list --names --all").out.splitlines()
    assert len(tracker.sessions()) == 1
    tracker.run("channel unarchive tiktok")
    assert "tiktok" in tracker.run("channel list --names").out.splitlines()


def test_an_alias_finds_its_channel(tracker: Tracker) -> None:
    assert tracker.run("channel alias linkedin lnk").said() == "linkedin is also known as lnk"
    assert tracker.run("check lnk").said().startswith("checked linkedin")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("channel frobnicate", 2),
        ("channel add", 2),
        ("channel add two words", 2),
        ("channel add linkedin", 1),
        ("channel add 'a b'", 1),
        ("channel add mine --kind odd", 1),
        ("channel rename x linkedin", 1),
        ("channel rename nowhere here", 1),
        ("channel budget linkedin lots", 1),
        ("channel alias x linkedin", 1),
        ("channel kind x odd", 1),
        ("channel archive nowhere", 1),
    ],
)
def test_what_cannot_be_changes_nothing(inside: Inside, line: str, code: int) -> None:
    before = inside.data()
    inside.run(line).refused(code)
    assert inside.data() == before


def test_a_changed_channel_is_given_as_a_row(tracker: Tracker) -> None:
    [row] = tracker.run("channel budget linkedin 45m --json").json()
    assert (row["channel"], row["budget_seconds"]) == ("linkedin", 2700)


def test_a_budget_no_day_has_room_for_is_refused(tracker: Tracker) -> None:
    assert "more than a day" in tracker.run("channel budget linkedin 25h").refused()
    assert "daily_budget" in tracker.run("config daily_budget 400h").refused()
    tracker.run("channel budget linkedin 24h")


@pytest.mark.parametrize(
    "line", ["start tiktok", "check tiktok", "log tiktok 14:00-14:10", "log 'TikTok 25m'", "switch tiktok", "resume"]
)
def test_nothing_new_is_recorded_on_an_archived_channel(inside: Inside, line: str) -> None:
    inside.run("log tiktok 13:00-13:10")
    inside.run("channel archive tiktok")
    if line.startswith("switch"):
        inside.run("start linkedin")
    before = inside.data()
    assert inside.run(line).refused() == "tiktok is archived; `tracker channel unarchive tiktok` restores it"
    assert inside.data() == before


def test_a_letter_is_set_shown_and_taken_away(inside: Inside) -> None:
    assert inside.run("channel letter tiktok Z").said() == "tiktok has the key z"
    assert next(row for row in inside.run("channel --json").json() if row["channel"] == "tiktok")["letter"] == "z"
    assert ["tiktok", "TikTok", "social", "z"] in [line.split()[:4] for line in inside.run("channel").out.splitlines()]
    assert inside.run("channel letter tiktok none").said() == "tiktok has no key"
    assert inside.run("undo").said() == "undone: removed the key of TikTok"


@pytest.mark.parametrize(
    ("letter", "says"),
    [
        ("l", "l is the key of linkedin; `tracker channel letter linkedin none` frees it"),
        ("c", "c is taken: it repeats the last channel"),
        ("7", "a channel's key must be one letter, not “7”"),
        ("tt", "a channel's key must be one letter, not “tt”"),
    ],
)
def test_a_letter_that_cannot_be_is_refused(inside: Inside, letter: str, says: str) -> None:
    before = inside.data()
    assert inside.run(f"channel letter tiktok {letter}").refused() == says
    assert inside.data() == before
