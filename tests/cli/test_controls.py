"""A file that another program filled with control characters: no command lets one of them out, to whatever place."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Inside
from tracker.domain.text import clean_lines

if TYPE_CHECKING:
    from pathlib import Path

#: ESC, BEL, C1's CSI and NEL, DEL, all the bidirectional controls, and what breaks lines for some readers only.
NASTY = (
    "\x1b[31m\x07\x9b2J\x85\x7f\r\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029!"
)
#: What no output may hold.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

#: Something of everything that a person can write.
MAKE = (
    "channel add Fotos",
    "activity add sketch --purpose make",
    "log fotos sketch 10:00-10:30 hello",
    "log linkedin create 2026-11-18 10:00-11:30 carousel @anna",
    "log call 2026-11-19 10:00-10:20 @anna street",
    "urge x --trigger bored",
    "outcome client --via linkedin --amount 300 --with anna --note first",
    "worth --spend linkedin 20 --note ad",
    "worth --verdict linkedin cut --why tired",
    "habit add read at least 20 pages",
    "day --note today --task bake",
    "patterns --expected night --why owl",
    'review 2026-W47 --estimate 2h --words "A week." --commit "if I want then I walk" --write',
    'review 2026-W46 --words "A draft."',
    "start instagram -i why --trigger what",
)
#: The columns where their words are.
WORDS = {
    "channel": ("name", "title"),
    "activity": ("name", "title"),
    "channel_match": ("text",),
    "session": ("intention", "trigger", "person", "note", "override", "overrun"),
    "urge": ("trigger", "note"),
    "outcome": ("person", "note"),
    "spend": ("note",),
    "verdict": ("why",),
    "habit": ("name", "unit"),
    "day_note": ("note", "task"),
    "pattern_mark": ("why",),
    "review": ("words", "page"),
    "commitment": ("cue", "plan"),
    "action": ("says",),
}

READING = (
    *("status", "day", "week", "worth", "worth --explain linkedin", "patterns", "patterns --explain night", "history"),
    *("review", "review --list", "review --search week", "review 2026-W47", "review 2026-W46", "habit list"),
    *("channel list", "channel list --names", "activity list", "activity list --names", "pause", "doctor", "config"),
    *("export json", "export csv", "review 2026-W47 --md -", "review 2026-W46 --md -", "review 2026-W47 --html -"),
    *(
        "import --list",
        "day 2026-11-18",
        "week 2026-W47",
        "worth --weeks 4",
        "day --note x",
        "stop",
        "resume",
        "undo 3",
    ),
    *("redo", "edit 1 note=x", "delete 1", "cancel", "status --format {channel}\x1b[1m{today}{intention}"),
)


@pytest.fixture(scope="module")
def nasty_folder(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Path:
    """A log whose every text has control characters, which another program wrote."""
    inside = Inside(tmp_path_factory.mktemp("nasty"))
    shutil.copy(empty_file, inside.db)
    for line in MAKE:
        assert inside.run(line).code == 0, (line, inside.run(line))
    base = sqlite3.connect(inside.db)
    base.execute("PRAGMA foreign_keys = ON")
    for (name,) in base.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'review'"
    ).fetchall():
        base.execute(f"DROP TRIGGER {name}")
    low = NASTY.replace("2J", "")  # names are in lower case
    for table, columns in WORDS.items():
        for column in columns:
            where = " WHERE name IN ('fotos', 'sketch', 'linkedin')" if table in ("channel", "activity") else ""
            base.execute(f'UPDATE {table} SET "{column}" = "{column}" || ?{where}', (low,))
    (figures,) = base.execute("SELECT figures FROM review WHERE figures IS NOT NULL").fetchone()
    base.execute(
        "UPDATE review SET figures = ? WHERE figures IS NOT NULL", (figures.replace("A week.", f"A {NASTY[15:]}"),)
    )
    base.commit()
    base.close()
    return inside.folder


@pytest.fixture
def nasty(inside: Inside, nasty_folder: Path) -> Inside:
    shutil.copytree(nasty_folder, inside.folder, dirs_exist_ok=True)
    return inside


def test_no_control_character_leaves_by_any_command(nasty: Inside) -> None:
    for line in READING:
        for words in (line.split(" "), [*line.split(" "), "--json"]):
            said = nasty.run(words)
            out = said.out.replace("\r\n", "\n") if "csv" in words else said.out
            assert not CONTROL.search(out + said.err), (words, said)
            if words[-1] == "--json" and "-" not in words and words[0] != "export" and said.code == 0:
                json.loads(said.out)


def test_no_control_character_leaves_into_a_file(nasty: Inside) -> None:
    for line in (
        "export csv a.csv",
        "export json a.json",
        "review 2026-W47 --md a.md",
        "review 2026-W47 --html a.html",
    ):
        assert nasty.run(line).code == 0
    for path in nasty.folder.glob("a.*"):
        text = path.read_bytes().decode()
        assert "hello" in text or "A " in text
        assert not CONTROL.search(text.replace("\r\n", "\n") if path.suffix == ".csv" else text), path


def test_json_says_what_is_in_the_file_to_the_letter(nasty: Inside) -> None:
    assert nasty.run("day --json").json()["note"] == "today" + NASTY.replace("2J", "")
    exported = json.loads(nasty.run("export json").out)
    assert exported["days"][0]["task"] == "bake" + NASTY.replace("2J", "")


@pytest.mark.parametrize(
    "words",
    [
        ["start", NASTY],
        [NASTY],
        [f"--{NASTY}"],
        ["day", NASTY],
        ["import", "csv", f"/dev/null/{NASTY}"],
        ["import", NASTY],
        ["export", "csv", f"/dev/null/{NASTY}/x"],
        ["config", NASTY, "1"],
        ["undo", NASTY],
        ["--db", f"/dev/null/{NASTY}", "urge", "x"],
        ["--now", NASTY, "status"],
        ["habit", "tick", NASTY],
        ["completion", NASTY],
        ["status", "--format", "{" + NASTY + "}"],
    ],
)
def test_what_is_refused_is_said_without_them(inside: Inside, words: list[str]) -> None:
    said = inside.run(words)
    assert said.code in (1, 2)
    assert not CONTROL.search(said.out + said.err)
    assert said.err.count("\n") == 1


def test_what_is_typed_is_kept_without_them(inside: Inside) -> None:
    for words in (
        ["log", "linkedin", "10:00-10:10", f'"a{NASTY}"'],  # in quotes: `2J` may be two days
        ["start", "x", "-i", f"b{NASTY}", "--trigger", f"c{NASTY}", "--with", f"d{NASTY}"],
        ["day", "--note", f"e{NASTY}", "--task", f"f{NASTY}"],
        ["habit", "add", f"g{NASTY}", "at", "least", "2", "pages"],
        ["outcome", "prospect", "--with", f"h{NASTY}", "--note", f"i{NASTY}"],
        ["worth", "--spend", "x", "3", "--note", f"j{NASTY}"],
        ["patterns", "--expected", "night", "--why", f"k{NASTY}"],
        ["review", "2026-W47", "--words", f"l\n{NASTY}", "--commit", f"if m{NASTY} then n{NASTY}"],
        ["channel", "add", "fotos", "--title", f"o{NASTY}"],
    ):
        assert inside.run(words).code == 0, words
    kept = json.dumps(inside.data(), ensure_ascii=False) + inside.run("worth --explain x").out
    assert not CONTROL.search(kept)
    for letter in "abcdefghijklmno":
        assert f"{letter} [31m" in kept or f"{letter}\\n [31m" in kept, letter
    assert clean_lines(f"l\n{NASTY}") in [review[8] for review in inside.data()["review"]]


def test_what_is_imported_is_kept_without_them(inside: Inside) -> None:
    cells = f'2026-11-23T10:00,2026-11-23T10:10,new{NASTY},"two\nlines{NASTY}",p{NASTY}'.replace("\r", "")
    rows = f"start,end,channel,note,person\n{cells}\n"
    (inside.folder / "a.csv").write_text(rows, encoding="utf-8", newline="")
    assert inside.run("import csv a.csv --json").json()["added"] == 1
    kept = json.dumps(inside.data(), ensure_ascii=False)
    assert not CONTROL.search(kept)
    assert "two\\nlines [31m" in kept
