"""Lines of plain text: as wide as they may be, nothing of the text lost, and each letter measured a few times."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.formatting import plain_text
from tracker.formatting.plain_text import cell_width, format_table, glue_units, take_cells, truncate, unglue, wrap

WORDS = st.text("ab 12hm%,é-", max_size=120)
ANY = st.text(st.sampled_from("ab  漢é\u0301\u200d👩%"), max_size=120)
#: As people give them: nothing, bullets, and the room before a table's last column.
INDENTS = st.integers(0, 12).map(lambda n: " " * n)


def by_trying(text: str, room: int, indent: str) -> list[str]:
    """The same lines found by measuring every line again at each word, as a reference; letters one column wide."""
    if len(text) <= room:
        return [text]
    lines, line = [], ""
    for word in glue_units(text).split(" "):
        longer = f"{line} {word}" if line.strip() or not word else line + word
        if line.strip() and len(longer) > room:
            lines.append(line)
            longer = indent + word
        while len(longer) > room > len(indent):
            lines.append(longer[:room])
            longer = indent + longer[room:]
        line = longer
    return [unglue(line) for line in (*lines, line)]


@given(WORDS, st.integers(1, 40), INDENTS)
@example("a" * 30 + "  " * 30 + "b", 10, "  ")
@example(" " * 50, 10, " ")
@example("12 h 30 min 45% of it", 6, " ")
def test_lines_are_those_found_by_trying(text: str, room: int, indent: str) -> None:
    assert wrap(text, room, indent) == by_trying(text, room, indent)


@given(ANY, st.integers(2, 40), st.integers(0, 12))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, room: int, margin: int) -> None:
    margin = min(margin, room - 2)
    lines = wrap(text, room, " " * margin)
    assert all(cell_width(line) <= room for line in lines)
    kept = "".join(lines).replace(" ", "")
    assert kept == text.replace(" ", "")


@given(ANY, st.integers(-2, 40))
def test_a_text_cut_to_fit_is_the_longest_beginning_with_its_mark(text: str, room: int) -> None:
    beginnings = [text[:end] for end in range(len(text) + 1) if cell_width(text[:end]) <= room - 1]
    longest = max(beginnings, key=len, default="")
    assert truncate(text, room) == (text if cell_width(text) <= room else f"{longest.rstrip()}…" if room > 0 else "")
    assert take_cells(text, room - 1) == longest


@pytest.mark.parametrize("letter", ["a", "a ", "é", "é ", "漢", " ", "e\u0301", "\u200d", "ab1 h "])
def test_each_letter_is_measured_a_few_times_however_long_the_text(
    monkeypatch: pytest.MonkeyPatch, letter: str
) -> None:
    """Work is counted in letters given to the functions that measure, not in seconds."""
    measured = 0

    def counted(text: str) -> int:
        nonlocal measured
        measured += len(text)
        return cell_width(text)

    def counted_beginning(text: str, room: int, place: int = 0) -> str:
        nonlocal measured
        cells = take_cells(text, room, place)
        measured += len(cells) + 1
        return cells

    monkeypatch.setattr(plain_text, "cell_width", counted)
    monkeypatch.setattr(plain_text, "take_cells", counted_beginning)
    long = letter * (60_000 // len(letter))
    wrap(long, 72, "  ")
    truncate(long, 72)
    format_table([("1", long), ("2", "x")], "><", 72)
    format_table([("1", long), ("2", "x")], "><", 72, wrap_last=True)
    assert measured < 25 * len(long)


def test_names_in_pictures_are_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = 0
    columns = plain_text._letter_width

    def counted(letter: str) -> int:
        nonlocal measured
        measured += 1
        return columns(letter)

    monkeypatch.setattr(plain_text, "_letter_width", counted)
    plain_text.bars([("漢" * 20_000, 1, "x"), ("b", 2, "y")])
    assert measured < 10 * 20_000


def test_a_narrow_table_truncates_its_widest_text_before_it_overflows() -> None:
    rows = [("habit", "today", "strength", "asks"), ("Less feed", "70 min just over the limit", "4%", "at most 60 min")]
    assert plain_text.format_table(rows, "<<><", 44) == [
        "habit      today          strength  asks",
        "Less feed  70 min just…         4%  at most…",
    ]
    assert (
        plain_text.format_table(rows, "<<><", 80)[1]
        == "Less feed  70 min just over the limit        4%  at most 60 min"
    )
