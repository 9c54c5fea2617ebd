"""The written page: front matter that any YAML reader takes, the user's words to the letter, pictures of plain text."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.reports.weeks import PARIS, SETTINGS, WEEK, log
from tracker import locale
from tracker.domain.models import Commitment
from tracker.domain.text import clean_lines
from tracker.formatting import plain_text
from tracker.formatting.plain_text import markdown_line
from tracker.formatting.times import format_duration, format_duration_difference, format_optional_duration
from tracker.reports.html_page import printable
from tracker.reports.markdown_page import front_matter, quotation, without_front_matter
from tracker.reports.review import ReviewData, review_figures
from tracker.reports.review_page import review_html, review_markdown
from tracker.services import reviewing
from tracker.storage import outcomes, reviews
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.storage import Database

AWKWARD = (
    "```\n---\n| a | b |\n# not a heading\n<script>alert('x')</script>\n"
    '\tשלום \u202eabc\u202c 👩‍👩‍👧\r\nend: "quoted" \\ \x85\u2028'
)
#: Any text that the file can hold.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def read(page: str) -> dict[str, Any]:
    """The figures folded at the end of a page as a YAML reader that is not ours reads them."""
    head, rest = page.split("\n---\n", 1)
    assert head.startswith("---\n")
    assert rest.count("\n<details>\n") == 1
    figures = rest.split("\n```yaml\n")[1].split("\n```\n")[0]
    data: dict[str, Any] = yaml.safe_load(figures)
    assert yaml.safe_load(head.removeprefix("---\n")).items() <= data.items()
    return data


def a_week(database: Database, words: str | None = None) -> dict[str, Any]:
    """A week with something of everything in it."""
    for back in range(5):
        for day in range(7):
            log(database, "linkedin", day - 7 * back, "09:00", 60 + 10 * back, activity="create")
            log(database, "x", day - 7 * back, "13:00", 0.3)
    log(database, "meeting", 1, "15:00", 30, person="Zoé | <b>", ring="street")
    outcomes.add(database, "income", NOW - 2 * 86_400, PARIS, now=NOW, channel="meeting", amount=48050, currency="EUR",
                 person="Zoé | <b>", note="# two\nlines")  # fmt: skip
    reviewing.begin_review(Workspace(database, SETTINGS, PARIS, now=NOW), WEEK)
    reviews.put_estimates(database, WEEK, {None: 3 * 3600, "linkedin": 3600}, now=NOW)
    reviews.add_commitment(database, Commitment(0, WEEK, "I *want* | more", "call `Anna`"), now=NOW)
    reviews.add_commitment(
        database, Commitment(0, "2026-W48", "tempted", "walk", "checks", "at_most", 5.0, "day"), now=NOW
    )
    reviews.set_words(database, WEEK, words, now=NOW)
    return review_figures(ReviewData(Workspace(database, SETTINGS, PARIS, now=NOW), WEEK))


@pytest.fixture
def french() -> Iterator[None]:
    locale.use("fr")
    yield
    locale.use("en")


@given(TEXT)
@example(AWKWARD)
@example("x" * 5000)
@example("---\n...\n--- !!python/object:os.system\n%YAML 9.9\n&a *a")
@example("1e5")
@example("null")
@example("\x00\x07\x1b[2J\x7f\ufeff\ufffe")
def test_any_words_come_back_from_the_front_matter_to_the_letter(words: str) -> None:
    said = front_matter({"format": 1, "words": words, "rows": [{"name": words}]})
    assert all(line == line.rstrip("\r") for line in said.split("\n"))
    assert said.split("\n").count("---") == 2, "no other line ends it"
    assert yaml.safe_load(said.split("\n---\n")[0]) == {"format": 1, "words": words, "rows": [{"name": words}]}


@given(st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcxyz_.- ", max_size=8), inner, max_size=4),
    max_leaves=12,
))  # fmt: skip
@example(5e-07)
@example(1e22)
@example(-1e-300)
def test_any_figure_is_read_as_what_it_was(value: object) -> None:
    read_back = yaml.safe_load(front_matter({"value": value}).split("\n---\n")[0])["value"]
    assert read_back == value
    assert type(read_back) is type(value)


def test_the_page_begins_with_a_few_keys_and_ones_words_and_ends_with_all_figures(database: Database) -> None:
    said = 'A quiet week.\n\n  Two spaces, and "quotes": all as it is – 🙂'
    page = review_markdown(a_week(database, said))
    head, rest = page.split("\n---\n", 1)
    assert head.split("\n")[1:] == [
        'week: "2026-W47"',
        'from: "2026-11-16"',
        'to: "2026-11-22"',
        "revision: 1",
        'made: "2026-11-23T15:12:00+01:00"',
        "seconds: 25326",
        "checks: 7",
        'coverage: {"logged": 7, "days": 7}',
    ]
    assert rest.startswith("\n# 2026-W47 · 16 – 22 Nov 2026\n\n> A quiet week.\n")
    assert page.endswith("\n```\n\n</details>\n")
    figures = rest.split("<details>")[1].split("\n")
    assert r'words: "A quiet week.\n\n  Two spaces, and \"quotes\": all as it is – 🙂"' in figures
    hours = figures.index("hours:")
    assert figures[hours + 1].startswith("  - [0, 0, 0, 0, 0")
    assert figures[hours + 8][0] != " ", "a row for each day"


def test_a_page_of_an_earlier_version_is_shown_without_its_figures() -> None:
    assert without_front_matter('---\nweek: "2026-W47"\nwords: "Mine"\n---\n\n# 2026-W47\n\n> Mine\n') == (
        "# 2026-W47\n\n> Mine\n"
    )


@given(TEXT)
@example(AWKWARD)
@example("\n\n")
def test_a_quotation_holds_every_line_as_it_is(words: str) -> None:
    lines = quotation(words).split("\n")
    assert "\n".join(line[2:] if line.startswith("> ") else line[1:] for line in lines) == words
    assert all(line.startswith(">") for line in lines)


@pytest.mark.parametrize("words", [AWKWARD, "x" * 5000, "# Title\n\n- item\n- item", None, "…"])
def test_the_whole_page_reads_back(database: Database, words: str | None) -> None:
    data = a_week(database, words)
    words = words and clean_lines(words)
    page = review_markdown(data)
    assert read(page) == json.loads(json.dumps(data))
    assert read(page)["words"] == words
    shown = without_front_matter(page)
    assert shown.startswith("# 2026-W47 · 16 – 22 Nov 2026\n")
    if words:
        assert shown.split("\n\n## ")[0].endswith(quotation(words))  # first of all, and whole


def test_empty_lines_behind_the_words_are_not_on_the_page(database: Database) -> None:
    data = a_week(database, "First.\n\n  Second. \n \n\n")
    page = review_markdown(data)
    assert read(page)["words"] == "First.\n\n  Second. \n \n\n", "to the letter in the figures"
    assert "> First.\n>\n>   Second. \n\n## " in page


def test_no_note_opens_a_column_a_heading_or_a_tag(database: Database) -> None:
    shown = without_front_matter(review_markdown(a_week(database)))
    assert "<b>" not in shown.replace("\\<b\\>", "")
    assert "\n# two" not in shown
    assert "If I \\*want\\* \\| more, then call \\`Anna\\`." in shown
    for line in shown.split("\n"):
        if line.startswith("|"):  # every row of a table has as many columns as its head
            assert line.endswith(" |")


def test_every_table_is_one(database: Database) -> None:
    blocks = [
        block.split("\n")
        for block in without_front_matter(review_markdown(a_week(database))).split("\n\n")
        if block.startswith("|")
    ]
    assert len(blocks) > 3
    for head, rule, *rows in blocks:
        columns = head.count("|")
        assert set(rule) <= set("|:- ")
        assert all(row.replace("\\|", "").count("|") == columns for row in rows)


def test_what_is_on_the_page(database: Database) -> None:
    shown = without_front_matter(review_markdown(a_week(database, "Mine.")))
    for said in (
        "> Mine.",
        "| in all | 3h | 7h 2m | 4h 2m more |",
        "LinkedIn  ████████████████████████████ 7h",
        "social time 7h 2m · 7 checks · usually 9h 57m (7 of 7 days logged",
        "usual: 4 weeks before, 28 of 28 days logged",
        "- income, €480.50, Zoé \\| \\<b\\>: \\# two lines (Meeting)",
        "If I \\*want\\* \\| more, then call \\`Anna\\`. **Not answered.**",
        "1. If tempted, then walk. *(checks at most 5 a day)*",
        "steps skipped: How long do you think it was?",
    ):
        assert said in shown, said


def test_it_is_written_in_french_as_well(database: Database, french: None) -> None:
    data = a_week(database, "À moi.")
    assert data["language"] == "fr"
    page = review_markdown(data)
    assert read(page) == json.loads(json.dumps(data))
    assert "# 2026-S47 · 16 – 22 nov 2026" in without_front_matter(page)
    assert "480,50\u00a0€" in page or "480,50\u202f€" in page


def test_the_figures_add_up_again(database: Database) -> None:
    data = a_week(database)
    assert data["seconds"] == sum(day["seconds"] for day in data["days"]) == 7 * (3600 + 18)
    social = [channel for channel in data["channels"] if channel["kind"] == "social"]
    assert sum(row["seconds"] for row in social) == data["seconds"]
    assert sum(activity["seconds"] for activity in data["activities"]) == data["seconds"]
    assert sum(purpose["seconds"] for purpose in data["purposes"]) == data["seconds"]
    assert sum(channel["seconds"] for day in data["days"] for channel in day["channels"]) == data["seconds"]
    assert data["usual_seconds"] == 7 * 60 * 85 + 7 * 18  # the middle of 70, 80, 90, 100 minutes a day
    assert data["difference_percent"] == round(100 * (data["seconds"] - data["usual_seconds"]) / data["usual_seconds"])
    assert [week["seconds"] for week in data["weeks"]] == [7 * (60 * (60 + 10 * back) + 18) for back in (4, 3, 2, 1, 0)]
    assert data["outcomes"][0]["amount"] == "480.50"
    x = next(channel for channel in data["channels"] if channel["channel"] == "x")
    assert x["difference_percent"] is None  # two minutes: no percentage of them


def test_everything_in_it_is_json(database: Database) -> None:
    data = a_week(database, AWKWARD)
    assert json.loads(json.dumps(data)) == data

    def numbers(value: object) -> Iterator[float]:
        if isinstance(value, dict):
            for item in value.values():
                yield from numbers(item)
        elif isinstance(value, list):
            for item in value:
                yield from numbers(item)
        elif isinstance(value, float):
            yield value

    assert all(map(math.isfinite, numbers(data)))


@pytest.mark.parametrize(
    ("seconds", "usual", "percent", "said"),
    [
        (7200, 3600, 100, "+1h (+100%)"),
        (3600, 7200, -50, "−1h (−50%)"),
        (3629, 3600, 1, "="),
        (600, 0, None, "+10m"),
        # 119.6 and 60.7 minutes are shown as 1h 59m and 1h, so their difference is 59m.
        (7176, 3642, 97, "+59m (+97%)"),
    ],
)
def test_a_difference_is_that_of_what_is_shown(seconds: int, usual: int, percent: int | None, said: str) -> None:
    assert format_duration_difference(seconds, usual, percent) == said


def test_times_are_those_of_the_screens() -> None:
    # docs/counting.md: 59 s is 59s, 60 s is 1m.
    assert [format_optional_duration(seconds) for seconds in (0, 29, 60, 3599, 5040)] == [
        "0s",
        "29s",
        "1m",
        "59m",
        "1h 24m",
    ]
    assert all(format_optional_duration(seconds) == format_duration(seconds) for seconds in range(0, 8000, 7))


def usual_weeks(database: Database) -> None:
    """Five weeks of an hour a day on LinkedIn before the one that is reviewed."""
    for day in range(-35, 0):
        log(database, "linkedin", day, "09:00", 60, activity="create")


def reviewed(database: Database) -> dict[str, Any]:
    return review_figures(ReviewData(Workspace(database, SETTINGS, PARIS, now=NOW), WEEK))


def test_a_week_that_was_not_logged_has_no_seconds_anywhere_and_is_not_less_than_usual(database: Database) -> None:
    usual_weeks(database)
    data = reviewed(database)
    assert (data["seconds"], data["twice_seconds"], data["usual_seconds"]) == (None, None, 7 * 3600)
    assert data["difference_percent"] is None
    for row in (*data["channels"], *data["activities"], *data["purposes"]):
        assert (row["seconds"], row["difference_percent"]) == (None, None)
    assert [(channel["checks"], channel["sessions"]) for channel in data["channels"]] == [(None, None)]
    assert read(review_markdown(data))["difference_percent"] is None


def test_a_week_logged_on_a_day_or_two_is_not_compared_with_the_usual(database: Database) -> None:
    usual_weeks(database)
    log(database, "linkedin", 2, "09:00", 60)
    data = reviewed(database)
    assert (data["seconds"], data["usual_seconds"], data["difference_percent"]) == (3600, 7 * 3600, None)
    assert {channel["difference_percent"] for channel in data["channels"]} == {None}
    for page in (without_front_matter(review_markdown(data)), printable(review_html(data))):
        assert "too few days logged" in page.casefold()
        assert "usual on that weekday" not in page
        assert "−" not in page
        assert "%)" not in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a|b", "a\\|b"),
        ("# a", "\\# a"),
        ("1. a", "1\\. a"),
        ("12) a", "12\\) a"),
        ("- a", "\\- a"),
        ("a\n b", "a b"),
        ("*_`[]<>~$&\\", "\\*\\_\\`\\[\\]\\<\\>\\~\\$\\&\\\\"),
        ("plain (as it is), 50%!", "plain (as it is), 50%!"),
    ],
)
def test_escaped(text: str, said: str) -> None:
    assert markdown_line(text) == said


def test_sparklines_by_hand() -> None:
    assert plain_text.sparkline([0, 50, 100], 100) == "▁▅█"
    assert plain_text.sparkline([0, 0], 0) == "▁▁"
    assert plain_text.sparkline([None, 7, None], 14) == "?▅?"
    assert plain_text.sparkline([], 0) == ""


def test_a_heatmap_by_hand() -> None:
    hours = [[0] * 24, [0] * 9 + [8, 4, 1] + [0] * 12]
    assert plain_text.heatmap(["Mon", "Tue"], hours, 4) == [
        "     4     10    16    22",
        "Mon  ························",
        "Tue  ·····█▒░················",
    ]
    assert plain_text.heatmap(["Mon", "Tue"], hours) == [
        "     0     6     12    18",
        "Mon  ························",
        "Tue  ·········█▒░············",
    ]


@given(st.lists(st.tuples(TEXT, st.integers(0, 10**6), st.just("1h")), max_size=5))
def test_bars_are_one_line_each_whatever_the_name(rows: list[tuple[str, int, str]]) -> None:
    lines = plain_text.bars(rows)
    assert len(lines) == len(rows)
    assert all("\n" not in line and "`" not in line for line in lines)


def test_bars_by_hand() -> None:
    assert plain_text.bars([("A", 100, "100"), ("Long", 50, "50"), ("B", 0, "0")]) == [
        f"A     {'█' * 28} 100",
        f"Long  {'█' * 14} 50",
        "B     0",
    ]


def test_at_most_three_flags_with_their_evidence(database: Database) -> None:
    data = a_week(database)
    for flag in data["patterns"][:5]:
        flag |= {"state": "flagged", "evidence": f"seen {flag['name']}", "dismissed_until": None, "expected": None}
    data["patterns"][4]["expected"] = "campaign"
    shown = without_front_matter(review_markdown(data))
    names = [pattern["name"] for pattern in data["patterns"]]
    assert [f"seen {markdown_line(name)}" in shown for name in names[:5]] == [True, True, True, False, False]
    assert f"Also flagged: {data['patterns'][3]['title']}" in shown
    assert f"{data['patterns'][4]['title']}, expected: campaign" in shown
    assert (
        "*An observation, not a diagnosis: your figures, compared with what is usual for you and with chance.*" in shown
    )
