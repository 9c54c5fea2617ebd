"""Lines of plain text: as wide as they may be, nothing of the text lost, and each letter measured a few times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.cli import text as lines_of_text
from tracker.cli.text import beginning, fit, table, width, wrapped
from tracker.locale.wording import glued, unglued
from tracker.reports.renderers import text_charts

if TYPE_CHECKING:
    from tests.cli.conftest import Inside

WORDS = st.text("ab 12hm%,é-", max_size=120)
ANY = st.text(st.sampled_from("ab  漢é\u0301\u200d👩%"), max_size=120)
#: As people give them: nothing, bullets, and the room before a table's last column.
INDENTS = st.integers(0, 12).map(lambda n: " " * n)


def by_trying(text: str, room: int, indent: str) -> list[str]:
    """The same lines found by measuring every line again at each word, as a reference; letters one column wide."""
    if len(text) <= room:
        return [text]
    lines, line = [], ""
    for word in glued(text).split(" "):
        longer = f"{line} {word}" if line.strip() or not word else line + word
        if line.strip() and len(longer) > room:
            lines.append(line)
            longer = indent + word
        while len(longer) > room > len(indent):
            lines.append(longer[:room])
            longer = indent + longer[room:]
        line = longer
    return [unglued(line) for line in (*lines, line)]


@given(WORDS, st.integers(1, 40), INDENTS)
@example("a" * 30 + "  " * 30 + "b", 10, "  ")
@example(" " * 50, 10, " ")
@example("12 h 30 min 45 % of it", 6, " ")
def test_lines_are_those_found_by_trying(text: str, room: int, indent: str) -> None:
    assert wrapped(text, room, indent) == by_trying(text, room, indent)


@given(ANY, st.integers(2, 40), st.integers(0, 12))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, room: int, margin: int) -> None:
    margin = min(margin, room - 2)
    lines = wrapped(text, room, " " * margin)
    assert all(width(line) <= room for line in lines)
    kept = "".join(lines).replace(" ", "")
    assert kept == text.replace(" ", "")


@given(ANY, st.integers(-2, 40))
def test_a_text_cut_to_fit_is_the_longest_beginning_with_its_mark(text: str, room: int) -> None:
    beginnings = [text[:end] for end in range(len(text) + 1) if width(text[:end]) <= room - 1]
    longest = max(beginnings, key=len, default="")
    assert fit(text, room) == (text if width(text) <= room else f"{longest.rstrip()}…" if room > 0 else "")
    assert beginning(text, room - 1) == longest


@pytest.mark.parametrize("letter", ["a", "a ", "é", "é ", "漢", " ", "e\u0301", "\u200d", "ab1 h "])
def test_each_letter_is_measured_a_few_times_however_long_the_text(
    monkeypatch: pytest.MonkeyPatch, letter: str
) -> None:
    """Work is counted in letters given to the functions that measure, not in seconds."""
    measured = 0

    def counted(text: str) -> int:
        nonlocal measured
        measured += len(text)
        return width(text)

    def counted_beginning(text: str, room: int, place: int = 0) -> str:
        nonlocal measured
        found = beginning(text, room, place)
        measured += len(found) + 1
        return found

    monkeypatch.setattr(lines_of_text, "width", counted)
    monkeypatch.setattr(lines_of_text, "beginning", counted_beginning)
    long = letter * (60_000 // len(letter))
    wrapped(long, 72, "  ")
    fit(long, 72)
    table([("1", long), ("2", "x")], "><", 72)
    table([("1", long), ("2", "x")], "><", 72, prose=True)
    assert measured < 25 * len(long)


def test_names_in_pictures_are_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = 0
    columns = text_charts._columns

    def counted(letter: str) -> int:
        nonlocal measured
        measured += 1
        return columns(letter)

    monkeypatch.setattr(text_charts, "_columns", counted)
    text_charts.bars([("漢" * 20_000, 1, "x"), ("b", 2, "y")])
    assert measured < 10 * 20_000


def test_notes_of_a_hundred_thousand_letters_are_shown(inside: Inside) -> None:
    """Written by another program, past every limit: every command that reads them answers."""
    inside.run("log linkedin 10:00-10:30 short @anna")
    for text in ("a" * 120_000, "word and " * 13_000, "漢" * 60_000):
        rewrite(inside, text)
        for line in ("day", "status", "history", "week", "worth", "patterns", "review", "export csv", "day --json"):
            assert inside.run(line).code == 0, line
        assert text[:8] in inside.run("day").out


def rewrite(inside: Inside, text: str) -> None:
    import sqlite3

    base = sqlite3.connect(inside.db)
    with base:
        base.execute("UPDATE session SET note = ?1, intention = ?1, trigger = ?1, person = ?1", (text,))
        base.execute("INSERT OR REPLACE INTO day_note(date, note, task) VALUES ('2026-11-23', ?1, ?1)", (text,))
    base.close()
