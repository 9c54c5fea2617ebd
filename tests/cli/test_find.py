"""`tracker find`: everything with some words in it, over all years, in both languages."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import Inside, Tracker
from tests.storage.files import other_program

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def diary_file(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Path:
    """A record of each kind, over two years."""
    inside = Inside(tmp_path_factory.mktemp("diary"))
    shutil.copy(empty_file, inside.db)
    for line, now in (
        ("log 'linkedin create 2024-03-05 14:00-14:25 Carrousel pour Samia, à cœur joie'", "2026-11-23T10:00"),
        ("start x -i 'carousel for the gallery' --trigger bored --with 'Anna Berg'", "2026-11-23T11:00"),
        ("stop", "2026-11-23T11:10"),
        ("check instagram likes of the apéritif", "2026-11-23T11:20"),
        ("urge reddit --trigger 'the carousel is late'", "2026-11-23T11:30"),
        ("outcome client --via linkedin --amount 480 --with Samia --note 'le carrousel'", "2026-11-23T11:40"),
        ('day 2026-11-22 --note "l\'apéro du voisin"', "2026-11-23T11:50"),
    ):
        assert inside.run(line, now=now).code == 0, line
    return inside.db


@pytest.fixture
def diary(tracker: Tracker, diary_file: Path) -> Tracker:
    shutil.copy(diary_file, tracker.db)
    return tracker


def matches(tracker: Tracker, line: str) -> list[tuple[str, str]]:
    return [(row["kind"], row["date"]) for row in tracker.run(f"find --json {line}").json()]


def test_every_kind_of_record_is_found(diary: Tracker) -> None:
    assert sorted(matches(diary, "car")) == [
        ("outcome", "2026-11-23"),
        ("session", "2024-03-05"),
        ("session", "2026-11-23"),
        ("urge", "2026-11-23"),
    ]
    assert matches(diary, "voisin") == [("note", "2026-11-22")]


@pytest.mark.parametrize("words", ["apero", "APÉRO", "apé", "l’apéro", "voisin apero"])
def test_accents_and_capitals_do_not_matter_and_the_last_word_may_be_begun(diary: Tracker, words: str) -> None:
    assert ("note", "2026-11-22") in matches(diary, words)


def test_ligatures_are_two_letters(diary: Tracker) -> None:
    assert matches(diary, "coeur") == matches(diary, "cœur") == [("session", "2024-03-05")]


def test_all_words_must_be_there_and_a_phrase_in_its_order(diary: Tracker) -> None:
    assert matches(diary, "gallery carousel") == [("session", "2026-11-23")]
    assert matches(diary, "gallery apero") == []
    assert matches(diary, "'\"the gallery\"'") == [("session", "2026-11-23")]
    assert matches(diary, "'\"gallery the\"'") == []


def test_a_closed_phrase_does_not_go_on(diary: Tracker) -> None:
    assert matches(diary, "'\"the gall\"'") == []
    assert matches(diary, "'\"the gall'") == [("session", "2026-11-23")]


def test_one_letter_is_a_word_and_no_beginning(diary: Tracker) -> None:
    assert matches(diary, "l") == [("note", "2026-11-22")]
    assert matches(diary, "c") == []


def test_the_span_and_the_channel_narrow_it(diary: Tracker) -> None:
    assert matches(diary, "car --to 2024-12-31") == [("session", "2024-03-05")]
    assert matches(diary, "car --from 2026-11-23 --channel reddit") == [("urge", "2026-11-23")]
    assert matches(diary, "apero --from 2026-11-23 --to 2026-11-23") == []
    assert matches(diary, "apero --from 2026-11-22 --to 2026-11-22") == [("note", "2026-11-22")]


def test_preset_words_are_found_in_the_language_of_the_reader(diary: Tracker) -> None:
    assert matches(diary, "bored") == [("session", "2026-11-23")]
    rows = diary.run("find --json ennui", env={"LANG": "fr_FR.UTF-8"}).json()
    assert [row["kind"] for row in rows] == ["session"]


def test_what_is_printed_can_be_used(diary: Tracker) -> None:
    lines = diary.run("find carrousel").out.splitlines()
    assert lines[0].split() == ["id", "when", "what", "text"]
    assert any("2024-03-05 14:00  linkedin create" in line for line in lines)
    assert any(line.strip().startswith("o1 ") and "client via linkedin" in line for line in lines)


def test_a_json_row_has_the_keys_that_are_documented(diary: Tracker) -> None:
    [row] = diary.run("find --json gallery").json()
    assert set(row) == {"kind", "id", "date", "week", "at", "channel", "text", "score"}
    assert row["text"] == "carousel for the gallery · Anna Berg · bored"
    assert row["at"] == "2026-11-23T11:00:00+01:00"


def test_the_best_match_comes_first_and_of_equal_ones_the_newest(tracker: Tracker) -> None:
    with sqlite3.connect(tracker.db) as other:
        other.executemany(
            "INSERT INTO day_note(date, note) VALUES (?, 'something else')",
            [(f"2026-10-{day}",) for day in range(10, 30)],
        )
    other.close()
    for day, words in (("20", "apples"), ("21", "apples"), ("22", "one two three four five six apples seven eight")):
        assert tracker.run(f"check x {words}", now=f"2026-11-{day}T10:00").code == 0
    assert [date for _kind, date in matches(tracker, "apples")] == ["2026-11-21", "2026-11-20", "2026-11-22"]


def test_undo_redo_edit_and_delete_are_followed(tracker: Tracker) -> None:
    tracker.run("check x walnuts")
    tracker.run("undo")
    assert matches(tracker, "walnuts") == []
    tracker.run("redo")
    assert matches(tracker, "walnuts") == [("session", "2026-11-23")]
    tracker.run("edit 1 note=hazelnuts")
    assert (matches(tracker, "walnuts"), matches(tracker, "hazelnuts")) == ([], [("session", "2026-11-23")])
    tracker.run("delete 1")
    assert matches(tracker, "hazelnuts") == []
    tracker.run("undo 2")
    assert matches(tracker, "walnuts") == [("session", "2026-11-23")]
    assert tracker.run("doctor").code == 0


def test_a_merge_of_two_files_and_a_backup_are_searched_as_well(diary: Tracker) -> None:
    copy, other = diary.folder / "copy.db", diary.folder / "other.db"
    assert diary.run(f"backup {copy}").code == 0
    assert matches(diary, f"--db {copy} gallery") == [("session", "2026-11-23")]
    assert diary.run(f"import tracker {diary.db} --db {other}").code == 0
    assert matches(diary, f"--db {other} gallery") == [("session", "2026-11-23")]
    assert diary.run(f"doctor --db {other}").code == 0


def test_a_review_and_its_commitments_are_found(diary: Tracker) -> None:
    assert diary.run("review 2026-W47 --words 'A week full of walnuts'").code == 0
    assert matches(diary, "walnuts") == [("review", "2026-11-16")]
    assert "2026-W47" in diary.run("find walnuts").out


@pytest.mark.parametrize("words", ["'!!! …'", "🐌", "'\"'", "\"''\"", "'* -'"])
def test_without_letters_and_digits_there_is_nothing_to_look_for(diary: Tracker, words: str) -> None:
    assert "no letters or digits" in diary.run(f"find {words}").refused()


def test_what_nothing_matches_is_said(diary: Tracker) -> None:
    assert diary.run("find zebra").said() == "nothing found"


def test_doctor_sees_a_damaged_index_and_builds_it_again(diary: Tracker) -> None:
    with sqlite3.connect(diary.db) as other:
        other.execute("DELETE FROM search WHERE rowid = 2")
    other.close()
    assert matches(diary, "gallery") == []
    assert "--rebuild-index" in diary.run("doctor").out
    assert diary.run("doctor --rebuild-index").code == 0
    assert matches(diary, "gallery") == [("session", "2026-11-23")]


def test_an_index_that_cannot_be_read_is_built_again(diary: Tracker) -> None:
    with sqlite3.connect(diary.db) as other:
        other.execute("DELETE FROM search_data")
    other.close()
    assert diary.run("doctor").code == 1
    assert diary.run("doctor --rebuild-index").code == 0
    assert matches(diary, "gallery") == [("session", "2026-11-23")]


def test_finding_writes_nothing(diary: Tracker) -> None:
    before = diary.db.read_bytes()
    assert diary.run("find gallery").code == 0
    assert diary.db.read_bytes() == before


SYNTAX = st.sampled_from(
    ["AND", "OR", "NOT", "NEAR(", "NEAR", '"', "*", "^", "(", ")", "{", "note:", "-", "+", "'", "🐌"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.one_of(SYNTAX, st.text(max_size=6)), min_size=1, max_size=8))
def test_whatever_is_typed_is_looked_for_and_never_an_error_of_sqlite(inside: Inside, words: list[str]) -> None:
    done = inside.run(["find", "--json", "--", *words])
    assert done.code in (0, 1)
    if done.code:
        assert "no letters or digits" in done.err or "not valid Unicode" in done.err, done.err
    else:
        assert isinstance(json.loads(done.out), list)


@pytest.mark.parametrize("damage", ["DELETE FROM search_data", "DROP TABLE search_idx", "DELETE FROM search_docsize"])
def test_a_damaged_index_hinders_neither_writing_nor_finding(inside: Inside, damage: str) -> None:
    inside.run(["log", "linkedin 10:00-10:30 carousel for Samia"]).said()
    other_program(str(inside.db), damage)
    inside.run(["log", "linkedin 11:00-11:30 carousel for Ines"]).said()
    assert inside.run("find carousel").out.count("carousel") == 2
    other_program(str(inside.db), damage)
    assert inside.run("doctor").code == 1
    inside.run(["find", "ines"])
    assert inside.run("doctor").code == 0


def test_lines_from_standard_input_are_logged_though_the_index_is_damaged(tracker: Tracker) -> None:
    tracker.run(["log", "linkedin 10:00-10:30 carousel for Samia"]).said()
    other_program(str(tracker.db), "DROP TABLE search_idx")
    logged = subprocess.run(
        tracker.command("log -"),
        env=tracker.environment(None),
        input=b"linkedin 11:00-11:30 carousel for Ines\n",
        capture_output=True,
        check=True,
    )
    assert logged.stdout.startswith(b"logged 2: linkedin, 11:00")
    assert tracker.run("find carousel").out.count("carousel") == 2
