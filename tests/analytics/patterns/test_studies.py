"""What the studies make of their counts, what they keep, and the page's two voices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.studies.page import (
    PAGE,
    delays,
    front,
    handbook,
    notes_of,
    rate,
    unseen,
    verdict,
    with_phones,
    without_studies,
    written,
)
from tests.studies.phones import drawn, longest, usual_sleep
from tests.studies.quarter import Cell, Raised, cells, run
from tests.studies.worlds import WORLDS

if TYPE_CHECKING:
    from pathlib import Path

LOW = Cell("C", "low", "harmless")


def ten_of_each(harmless: int = 1, edge: int = 5, planted: float = 1.0) -> dict[Cell, list[Raised]]:
    """Ten people of every kind; so many false flags among the ten, and what is planted seen after three weeks."""
    flags = {"harmless": harmless, "edge": edge}
    return {
        cell: [
            (
                (("overrun", 3),) * (number < flags[cell.who])
                if cell.who in flags
                else tuple((name, 21) for name in _planted(cell) if number < 10 * planted)
            )
            for number in range(10)
        ]
        for cell in cells()
    }


def _planted(cell: Cell) -> tuple[str, ...]:
    from tests.studies.quarter import PLANTS

    return PLANTS[cell.who].patterns


def test_one_false_flag_in_ten_quarters_is_within_the_promise_and_three_are_not() -> None:
    assert verdict(ten_of_each()).endswith("It holds in every world below.")
    assert "It does not hold in: A (harmless: 0.30 (0.14–0.57))" in verdict(ten_of_each(harmless=3))
    twice: list[Raised] = [(("night", 0), ("overrun", 0))] * 10
    assert "It does not hold in: A (edge: 1.33 (0.95–1.82))" in verdict(
        ten_of_each(edge=10) | {Cell("A", "low", "edge"): twice}
    )


def test_a_rate_has_the_exact_interval_of_a_poisson_mean() -> None:
    assert rate(0, 60) == "0.00 (0.00–0.06)"  # 3.689 of 60
    assert rate(15, 60) == "0.25 (0.14–0.41)"  # 8.395 and 24.740 of 60


def test_delays_are_counted_from_the_onset_and_who_was_flagged_before_is_left_out() -> None:
    cell = Cell("C", "low", "doubling")
    people: list[Raised] = [(("rising_use", days),) for days in (7, 14, 21)]
    people += [(), (("rising_use", -1),)]
    row = delays({cell: people}).splitlines()[-1]
    assert "| `rising_use` | C | low | 75 % | 75 % | 21 days | not within the quarter |" in row


def test_what_is_seldom_seen_is_named() -> None:
    assert unseen(ten_of_each()).startswith("Everything that was planted was flagged")
    assert "`rising_use` in world C at low use (4 of 10)" in unseen(ten_of_each(planted=0.4))


def test_what_is_finished_is_not_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run([LOW], 2, tmp_path, "settle", 1, 10)
    assert len(first[LOW]) == 2
    monkeypatch.setattr("tests.studies.quarter.someone", None)
    assert run([LOW], 2, tmp_path, "settle", 1, 10) == first


def test_without_what_the_studies_wrote_the_page_is_the_programs_own_words_and_the_notes() -> None:
    page = written(ten_of_each(), "## Two real phones\n")
    assert without_studies(page) == handbook({}, notes_of(PAGE.read_text(encoding="utf-8")))
    assert page.index("How often a flag is wrong") < page.index("## Mostly brief checks") < page.index("## Two real")
    for world in WORLDS.values():
        assert world.sentence in page


def test_the_front_says_all_there_is() -> None:
    text = front(ten_of_each())
    assert text.count("\n| ") > len(WORLDS) + 14 + 30
    assert "Made-up people (10 of each kind, the fewest at high use)" in text


def test_the_section_on_the_phones_is_replaced_and_the_rest_stays() -> None:
    page = written(ten_of_each(), "## Two real phones\n\nold\n")
    again = with_phones(page, "## Two real phones\n\nnew\n")
    assert again == page.replace("\nold\n", "\nnew\n")
    assert with_phones(written(ten_of_each(), ""), "## Two real phones\n\nnew\n") == again


def test_a_drawing_shows_dark_lit_and_social_quarters_of_an_hour() -> None:
    assert drawn(0, 4 * 900, [(0, 1000), (1700, 1800)], [(2700, 2700)]) == "█··o"


def test_the_usual_sleep_is_the_middle_of_the_longest_dark_stretches() -> None:
    midnight, dates = 1_794_438_000, ["2026-11-11", "2026-11-12", "2026-11-13"]  # in Paris, after the first
    hours = [(1, 8), (2, 9), (3, 7)]
    dark = [
        (midnight + 86_400 * day + 3600 * a, midnight + 86_400 * day + 3600 * b) for day, (a, b) in enumerate(hours)
    ]
    assert longest(dates[0], dark, "Europe/Paris") == dark[0]
    assert usual_sleep(dates, dark, "Europe/Paris") == (2 * 3600, 8 * 3600)
