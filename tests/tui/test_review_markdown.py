"""A written review on the screen: its parts by their looks, one's own words to the letter, no line too long."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.reports.markdown_page import quotation
from tracker.tui.review.writing import markdown_lines

PAGE = """# 2026-W47

> A *quiet* week | after all [/b]
>
> Call [Anna].

## When you check

```text
Mon  ··█░  **not bold**
```

| day | checks |
| :-- | --: |
| Mon | 7 |
| Tue \\| Wed | 12 |

- **LinkedIn**: \\+ more, `▁▅█`

---
*An observation.*
"""


def seen(page: str, width: int = 40) -> list[str]:
    return [line.plain.rstrip() for line in markdown_lines(page, width)]


def test_each_part_is_drawn_as_what_it_is() -> None:
    assert seen(PAGE) == [
        "2026-W47",
        "",
        "▎ A *quiet* week | after all [/b]",
        "▎",
        "▎ Call [Anna].",
        "",
        "When you check",
        "",
        "Mon  ··█░  **not bold**",
        "",
        "day        checks",
        "Mon             7",
        "Tue | Wed      12",
        "",
        "· LinkedIn: + more, ▁▅█",
        "",
        "─" * 40,
        "An observation.",
        "",
    ]


def test_headings_and_bold_words_stand_out() -> None:
    lines = markdown_lines(PAGE, 40)
    bold = {str(span.style) for span in lines[14].spans if lines[14].plain[span.start : span.end] == "LinkedIn"}
    assert bold == {"bold $strong"}
    assert any("bold" in str(span.style) for span in lines[0].spans)


def test_a_long_item_hangs_below_its_sign() -> None:
    assert seen("- one two three four five", 14) == ["· one two", "  three four", "  five"]


def test_a_table_too_wide_gives_way_in_its_first_column() -> None:
    page = "| a name that is long | checks |\n| :-- | --: |\n| another of that kind | 12 |"
    assert all(len(line) <= 20 for line in seen(page, 20))
    assert seen(page, 20)[1].endswith("12")


def test_a_table_too_wide_leaves_out_what_is_empty_before_it_cuts_a_name() -> None:
    page = "| | hours | return | yours |\n| :-- | --: | --: | --: |\n| Instagram | 0.7 | – | |\n| X | 0.1 | – | |"
    assert seen(page, 30)[1] == "Instagram    0.7       –"
    assert seen(page, 18)[1] == "Instagram    0.7"


def test_a_table_too_wide_leaves_out_figures_before_it_cuts_a_verdict() -> None:
    head = "|  | hours | cost | income | leads/h | verdict |"
    row = "| Real contact | 27.3 | €1,269.45 | €3,200 | 0.15 (0.05–0.35) | ? too early |"
    page = "\n".join((head, "| :-- | --: | --: | --: | --: | --: |", row))
    assert seen(page, 78)[1].endswith("0.15 (0.05–0.35)  ? too early")
    assert seen(page, 60) == [
        "              hours       cost  income      verdict",
        "Real contact   27.3  €1,269.45  €3,200  ? too early",
    ]
    assert seen(page, 34)[1] == "Real contact   27.3  ? too early"


def test_a_backslash_that_makes_a_line_plain_is_not_shown() -> None:
    assert seen("missing: sale\\_value, **a\\_b**") == ["missing: sale_value, a_b"]


@given(st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_whatever_one_writes_is_shown_and_fits(words: str) -> None:
    said = quotation(words)
    for width in (20, 60):
        assert all(line.cell_length <= width for line in markdown_lines(said, width))


@given(st.text(alphabet="|`*#->\\ ab\n:", max_size=60))
@example("|--")
@settings(max_examples=60, deadline=None)
def test_no_page_makes_it_stumble(page: str) -> None:
    markdown_lines(page, 30)
