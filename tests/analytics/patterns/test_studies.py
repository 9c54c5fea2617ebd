"""What the studies make of their counts: which claims are held, and the page's two voices."""

from __future__ import annotations

from tests.studies.catalogue import STUDIES
from tests.studies.judged import judge
from tests.studies.page import PAGE, handbook, notes_of, summary, without_studies, written
from tests.studies.study import Cell, Tally, Told, wanted

OVERRUN = STUDIES["overrun"]


def told(planted: int = 100, harmless: int = 3) -> Tally:
    """Every kind of people, all telling the same."""
    return {
        cell: {
            study.name: Told(planted if cell.habits == study.plants(cell.use) else harmless, 0, 0, 100)
            for study in some
        }
        for cell, some in wanted(STUDIES.values()).items()
    }


def test_three_of_a_hundred_false_and_all_seen_is_held() -> None:
    one = judge(OVERRUN, told())
    assert (one.silent, one.seen) == (True, True)
    assert one.nulls == {"A": (36, 1200), "B": (36, 1200), "C": (36, 1200)}
    assert "| yes |" in summary([one])


def test_six_of_a_hundred_false_on_a_whole_null_is_not_held() -> None:
    one = judge(OVERRUN, told(harmless=6))
    assert (one.silent, one.seen) == (False, True)
    assert "| no: above 5% |" in summary([one])


def test_one_kind_of_people_that_is_surely_above_is_not_held() -> None:
    tally = told(harmless=0)
    tally[Cell("B", "low", 28, OVERRUN.null)]["overrun"] = Told(20, 0, 0, 100)
    one = judge(OVERRUN, tally)
    assert one.worst.what == "B, low use, 28 days"
    assert not one.silent


def test_one_kind_in_which_it_is_seldom_seen_is_not_held_where_it_is_claimed() -> None:
    tally = told()
    tally[Cell("A", "high", 90, OVERRUN.plants("high"))]["overrun"] = Told(89, 0, 0, 100)
    one = judge(OVERRUN, tally)
    assert (one.least.what, one.seen) == ("high use, 90 days", False)
    # Nothing is claimed of brief checks at low use.
    brief = STUDIES["brief_checks"]
    tally[Cell("A", "low", 28, brief.plants("low"))]["brief_checks"] = Told(0, 0, 0, 100)
    assert judge(brief, tally).seen


def test_without_what_the_studies_wrote_the_page_is_the_programs_own_words_and_the_notes() -> None:
    page = written(STUDIES, told(), 100, "## Two real phones\n")
    assert without_studies(page) == handbook({}, notes_of(PAGE.read_text(encoding="utf-8")))
    assert page.index("Every claim at a glance") < page.index("## Mostly brief checks") < page.index("## Two real")
    for study in STUDIES.values():
        assert study.edge in page
        assert study.weakness in page


def test_the_summary_links_to_each_patterns_heading() -> None:
    assert "[At night](#at-night-night)" in summary([judge(STUDIES["night"], told())])
    assert "](#mostly-brief-checks-brief_checks)" in summary([judge(STUDIES["brief_checks"], told())])
