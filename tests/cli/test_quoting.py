"""What is typed comes back in an error short and on one line, whatever it was: a novel, or what steers a terminal."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Inside
from tracker.cli.parser import VERBS

if TYPE_CHECKING:
    from pathlib import Path

NOVEL = "x" * 10_000
ESCAPE = "li\x1b[31mnk\x07\x9b"

#: Where a word may be typed, for each verb: `{}` is the word.
PLACES = (
    *("{}", "start {}", "start linkedin {}", "start linkedin --ring {}", "start linkedin --for {}"),
    *("start linkedin --at {}", "stop {}", "stop --at {}", "cancel {}", "resume {}", "switch {}", "check {}"),
    *("check linkedin --at {}", "urge {}", "urge linkedin --at {}", "pause {}", "status {}", "status --format {}"),
    *("log {}", "log linkedin {}", "log linkedin 25m --x{}", "edit {} note=a", "edit 1 {}", "edit 1 ring={}"),
    *("edit 1 start={}", "edit 1 channel={}", "edit 1 activity={}", "edit 1 planned={}", "split {} 14:00"),
    *("split 1 {}", "merge {} 1", "merge 1 {}", "delete {}", "outcome {}", "outcome income --amount {}"),
    *("outcome prospect --via {}", "habit {}", "habit tick {}", "habit show {}", "habit add x --at-least {}"),
    *("habit add x --measure {}", "habit add x --on {}", "undo {}", "redo {}", "history {}", "history --last {}"),
    *("day {}", "day {} --task x", "week {}", "patterns {}", "patterns --explain {}", "patterns --from {}"),
    *("import {}", "import csv {}", "import csv x --zone {}", "export {}", "export csv {}", "export csv --from {}"),
    *("backup {}/{}", "restore {}", "doctor {}", "channel {}", "channel rename {} x", "channel kind linkedin {}"),
    *("channel budget linkedin {}", "channel letter linkedin {}", "channel rename linkedin {}/"),
    *("channel add x --kind {}", "activity {}", "activity rename {} x", "activity add x --purpose {}", "config {}"),
    *("config theme {}", "config currency {}", "config check_seconds {}", "config day_starts_at {}"),
    *("completion {}", "demo {}", "--now {} status", "--{} status", "start --{}", "start --json={}", "-{}"),
    *("--db {}/{} status", "--config {}/{} status", "help {}", "find {}", "find x --from {}", "schedule {}"),
)


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Path:
    """A file with one session."""
    inside = Inside(tmp_path_factory.mktemp("logged"))
    shutil.copy(empty_file, inside.db)
    inside.run("log linkedin 13:00-13:10")
    return inside.db


@pytest.mark.parametrize("typed", [NOVEL, ESCAPE], ids=["novel", "escape"])
@pytest.mark.parametrize("place", PLACES)
def test_a_word_comes_back_short_and_harmless(inside: Inside, logged: Path, place: str, typed: str) -> None:
    shutil.copy(logged, inside.db)
    result = inside.run([word.replace("{}", typed) for word in place.split()])
    assert not [letter for letter in result.out + result.err if not letter.isprintable() and letter not in "\n\u202f"]
    if result.code == 0:  # a few places take any words
        return
    assert result.err.count("\n") == 1, result.err[:300]
    assert len(result.err) < 1100, result.err[:300]
    assert "x" * 70 not in result.err or "/" in place or "csv" in place or "restore" in place, result.err[:300]


def test_every_verb_is_tried() -> None:
    later = {"worth", "review", "serve"}
    assert {place.split()[0] for place in PLACES} >= set(VERBS) - later
