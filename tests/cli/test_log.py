"""`tracker log`."""

from __future__ import annotations

import subprocess

import pytest

from tests.cli.conftest import Inside, Tracker


def test_a_line_is_written_down(tracker: Tracker) -> None:
    said = tracker.run(["log", "linkedin create 14:00-14:25 carousel for Samia"]).said()
    assert said == "logged 1: linkedin create, 14:00–14:25, 25m"
    [row] = tracker.sessions()
    assert (row["channel"], row["activity"], row["note"]) == ("linkedin", "create", "carousel for Samia")
    assert (row["seconds"], row["source"]) == (1500, "log")


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("linkedin 14:00-14:25", "2026-11-23T14:00", "2026-11-23T14:25"),
        ("linkedin 25m", "2026-11-23T14:47", "2026-11-23T15:12"),
        ("linkedin yesterday 21:00+40m", "2026-11-22T21:00", "2026-11-22T21:40"),
        ("linkedin hier 21h-21h40", "2026-11-22T21:00", "2026-11-22T21:40"),
        ("linkedin 2026-11-20 23:30-00:15", "2026-11-20T23:30", "2026-11-21T00:15"),
    ],
)
def test_times_as_people_write_them(inside: Inside, line: str, start: str, end: str) -> None:
    [row] = inside.run(["log", line, "--json"]).json()
    assert (row["start"][:16], row["end"][:16]) == (start, end)


def test_unquoted_words_company_and_ring(tracker: Tracker) -> None:
    [row] = tracker.run("log call 25m @samia street about the site --json").json()
    assert (row["person"], row["ring"], row["note"]) == ("samia", "street", "about the site")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("log", 2),
        ("log linkedin", 1),
        ("log 25m", 1),
        ("log nowhere 25m", 1),
        ("log linkedin 14:25-14:00", 1),
        ("log linkedin 16:00-17:00", 1),
        ("log linkedin 14:00", 1),
    ],
)
def test_a_line_that_tells_of_no_session_changes_nothing(inside: Inside, line: str, code: int) -> None:
    before = inside.data()
    inside.run(line).refused(code)
    assert inside.data() == before


def test_two_records_by_hand_never_overlap_silently(tracker: Tracker) -> None:
    tracker.run("log linkedin 14:00-14:30")
    before = tracker.data()
    assert "session 1" in tracker.run("log linkedin 14:20-14:40").refused()
    assert tracker.data() == before


def test_a_check_does_not_stand_in_the_way_of_its_session(tracker: Tracker) -> None:
    tracker.run("check facebook likes --at 14:10")
    tracker.run("log facebook 14:00-14:30").said()
    [row] = tracker.sessions()
    assert (row["seconds"], row["note"]) == (1800, "likes")
    tracker.run("undo")
    [row] = tracker.sessions()
    assert row["check"]


def test_checks_inside_are_part_of_it_and_that_is_said(tracker: Tracker) -> None:
    tracker.run("check instagram", now="2026-11-23T15:05")
    tracker.run("check instagram likes", now="2026-11-23T15:05:17")
    assert tracker.run("log instagram 10m").said() == (
        "logged 3: instagram, 15:02–15:12, 10m; 2 checks at that time are now part of it, with the note “likes”"
    )
    assert (
        tracker.run("history")
        .out.splitlines()[0]
        .endswith("logged instagram; 2 checks at that time are now part of it")
    )
    assert [row["note"] for row in tracker.run("day --json").json()["sessions"]] == ["likes"]


def test_a_timer_that_ends_over_a_check_says_so(tracker: Tracker) -> None:
    tracker.run("check instagram --at 15:05")
    tracker.run("start instagram --at 15:00")
    assert tracker.run("stop").said().endswith("; 1 check at that time is now part of it")


def test_a_session_made_longer_over_a_check_says_so(tracker: Tracker) -> None:
    tracker.run("check instagram likes --at 14:20")
    tracker.run("log instagram 14:00-14:10")
    said = tracker.run("edit 2 end=14:30").said()
    assert said.endswith("; 1 check at that time is now part of it, with the note “likes”")


def test_nothing_is_said_of_what_is_not_inside(tracker: Tracker) -> None:
    tracker.run("check instagram --at 14:00")
    tracker.run("check x --at 14:05")
    assert "inside it" not in tracker.run("log instagram 14:01-14:10").said()


def test_the_small_hours_say_which_day_they_count_for(tracker: Tracker) -> None:
    said = tracker.run("log linkedin 00:10-00:20", now="2026-11-23T05:30").said()
    assert said == "logged 1: linkedin, 2026-11-23 00:10–00:20, 10m; counted on 2026-11-22"


def test_a_slip_in_an_activity_is_a_note_and_a_question(tracker: Tracker) -> None:
    said = tracker.run("log linkedin crate 10m").said()
    assert said.endswith("; note “crate”; did you mean create?")
    assert tracker.sessions()[0]["note"] == "crate"
    for line in ("log x create 14:00-14:10 crate", "log x 13:00-13:10 carousel"):
        assert "did you mean" not in tracker.run(line).said()


def test_a_command_in_a_line_is_named_and_no_channel_is_suggested(tracker: Tracker) -> None:
    assert tracker.run("log delete 12").refused() == "“delete” is a command, not a channel; write `tracker delete 12`"
    assert "unknown channel “knitting”; begin with a channel" in tracker.run("log knitting 25m").refused()


LATE = "2026-11-23T23:40"


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("facebook 9:30 - 10", "2026-11-23T09:30", "2026-11-23T10:00"),
        ("facebook at 9:30 for 20m", "2026-11-23T09:30", "2026-11-23T09:50"),
        ("facebook 20m at 9:30", "2026-11-23T09:30", "2026-11-23T09:50"),
        ("facebook -1d 10:00-10:20", "2026-11-22T10:00", "2026-11-22T10:20"),
    ],
)
def test_a_line_typed_at_night_is_what_was_meant(inside: Inside, line: str, start: str, end: str) -> None:
    for words in ([line], line.split()):
        [row] = inside.run(["log", *words, "--json"], now=LATE).json()
        assert (row["start"][:16], row["end"][:16], row["note"]) == (start, end, None)
        inside.run("undo", now=LATE)


def test_what_looks_like_a_time_is_never_a_note(inside: Inside) -> None:
    before = inside.data()
    said = inside.run(["log", "facebook 9:30-10 spent 25m on it"], now=LATE).refused()
    assert said == (
        "“25m” looks like a time or a date; only facebook 09:30–10:00 was understood. "
        'If it is part of the note, put it in quotes: "25m"'
    )
    for line in ("facebook 9:30", "facebook 9h30", "facebook last week 9-10", "facebook 25m yesterday"):
        inside.run(["log", line], now=LATE).refused()
    assert inside.data() == before
    [row] = inside.run(["log", 'facebook 9:30-10 "spent 25m on it"', "--json"], now=LATE).json()
    assert row["note"] == "spent 25m on it"
    [row] = inside.run(["log", "facebook", "11-12", "@Ana B.", "note:step 3/4", "--json"], now=LATE).json()
    assert (row["person"], row["note"]) == ("Ana B.", "step 3/4")


LINES = "facebook 9:30 - 10 a\n\n  x yesterday 21:00+40m\r\nlinkedin half an hour at 11\n"


def test_several_lines_are_several_sessions_in_one_step(tracker: Tracker) -> None:
    said = tracker.run(["log", LINES], now=LATE)
    assert said.out.splitlines() == [
        "logged 1: facebook, 09:30–10:00, 30m",
        "logged 2: x, 2026-11-22 21:00–21:40, 40m",
        "logged 3: linkedin, 11:00–11:30, 30m",
    ]
    assert tracker.run("undo", now=LATE).said() == "undone: logged 3 sessions"
    assert tracker.run("day --json", now=LATE).json()["sessions"] == []
    rows = tracker.run(["log", LINES, "--json"], now=LATE).json()
    assert [row["channel"] for row in rows] == ["facebook", "x", "linkedin"]


@pytest.mark.parametrize("words", [[], ["-"]])
def test_lines_come_from_standard_input(tracker: Tracker, words: list[str]) -> None:
    done = subprocess.run(
        tracker.command(["log", *words]),
        env=tracker.environment(LATE),
        input=LINES,
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(done.stdout.splitlines()) == 3
    assert [row["note"] for row in tracker.run("day --json", now=LATE).json()["sessions"]] == ["a", None]


def test_one_wrong_line_and_nothing_is_kept(inside: Inside) -> None:
    before = inside.data()
    said = inside.run(["log", "facebook 9:30-10\nnowhere 25m\nx 9:30"], now=LATE).refused()
    assert said.startswith("line 2: unknown channel “nowhere”")
    assert "; line 3: “9:30” has no end" in said
    said = inside.run(["log", "facebook 9:30-10\nfacebook 9:45-10:15"], now=LATE).refused()
    assert said.startswith("line 2: facebook is already logged at that time")
    inside.run(["log", "\n \n"], now=LATE).refused()
    inside.run(["log", "-"], now=LATE).refused(2)
    assert inside.data() == before


def test_a_time_that_spring_skips_is_said(inside: Inside) -> None:
    before, spring = inside.data(), "2026-03-29T09:00"
    for words in (["log", "x 02:30-03:30"], ["start", "x", "--at", "02:30"], ["check", "x", "--at", "2:30"]):
        said = inside.run(words, now=spring).refused()
        assert said == "02:30 did not exist: on 2026-03-29 the clocks went from 02:00 to 03:00"
    assert inside.data() == before


def test_a_time_that_autumn_shows_twice_is_said(inside: Inside) -> None:
    autumn = "2026-10-25T09:00"
    said = inside.run(["log", "x 2026-10-25 02:10-02:40"], now=autumn).said()
    assert "; 02:10 came twice that night; the first one is used" in said
    done = inside.run(["start", "x", "--at", "02:50"], now=autumn)
    assert done.err == "tracker: 02:50 came twice that night; the first one is used\n"
    inside.run("cancel", now=autumn)
    assert inside.run(["start", "x", "--at", "6h ago"], now=autumn).err == ""


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["start", "linkedin", "--at", "half past 9"], "linkedin running since 09:30"),
        (["start", "linkedin", "--at", "at 9"], "linkedin running since 09:00"),
        (["start", "linkedin", "--for", "half an hour"], "planned 30m"),
        (["start", "linkedin", "--for", "une heure et demie"], "planned 1h 30m"),
        (["check", "linkedin", "--at", "a quarter past nine"], "checked linkedin at 09:15"),
        (["day", "last friday"], "Friday 20 November 2026"),
        (["day", "3 days ago"], "Friday 20 November 2026"),
        (["day", "il", "y", "a", "3", "jours"], "Friday 20 November 2026"),
        (["week", "2 weeks ago"], "2026-W46"),
        (["pause", "half an hour"], "pause until 15:42"),
        (["pause", "until", "half", "past", "eighteen"], "pause until 18:30"),
        (["pause", "until 18"], "pause until 18:00"),
        (["pause", "9h30"], "could be a time of day"),
        (["start", "linkedin", "--at", "3 days ago"], "needs a time of day"),
    ],
)
def test_every_door_reads_the_same_words(inside: Inside, words: list[str], says: str) -> None:
    done = inside.run(words)
    assert says in done.out + done.err


def test_the_words_of_a_check_are_no_time(inside: Inside) -> None:
    before = inside.data()
    for words in ("likes at 14:10", "yesterday", "20m"):
        assert "give the time with --at" in inside.run(f"check linkedin {words}").refused()
    assert inside.data() == before
    assert inside.run("check linkedin 3 likes").said() == "checked linkedin at 15:12: 3 likes"


@pytest.mark.parametrize(
    ("line", "person", "ring", "note"),
    [
        ("linkedin 25m with Anna", "Anna", None, None),
        ("linkedin 25m avec Samia street", "Samia", "street", None),
        ("linkedin 25m masks with Frau Huber", "Frau Huber", None, "masks"),
        ("linkedin 25m with known", "known", None, None),
        ("linkedin 25m with 3 clients", None, None, "with 3 clients"),
        ("linkedin 25m with love", None, None, "with love"),
    ],
)
def test_with_somebody_says_who(
    inside: Inside, line: str, person: str | None, ring: str | None, note: str | None
) -> None:
    inside.run("log call yesterday 10:00-10:10 @known")
    [row] = inside.run(["log", line, "--json"]).json()
    assert (row["person"], row["ring"], row["note"]) == (person, ring, note)
