"""The page of a review as HTML: whole, self-contained, escaped, and to be read by everyone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.reports.test_markup import Heard
from tracker import demo, locale
from tracker.calendar import clock
from tracker.cli import main
from tracker.demo.story import HOME
from tracker.domain.models import Commitment
from tracker.formatting.times import format_date
from tracker.reports.html_page import VOID, printable
from tracker.reports.markdown_page import without_front_matter
from tracker.reports.review import ReviewData, review_figures
from tracker.reports.review_page import review_html, review_markdown
from tracker.services.reviewing import begin_review
from tracker.settings import Settings
from tracker.storage import Database, reviews, sessions
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Row = dict[str, Any]

WEEK = "2026-W47"
MONDAY_FIRST = Settings(first_weekday=0)

#: What no word of the user's may become.
WICKED = (
    "</style><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "]]></svg></title>--><!--",
    "‮evil‬ \u202e ⁧unclosed",
    "\x00\x1b]8;;http://x\x07 \x85 \ud83d",
    "&lt;b&gt; &amp;amp; {cue} {plan} %s \\0",
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Path:
    """The file of the demo."""
    path = tmp_path_factory.mktemp("path") / "demo.db"
    shutil.copy(demo_file, path)
    return path


@pytest.fixture(scope="module")
def page(path: Path) -> Row:
    """The figures of a week of the demo, reviewed, with what is worth and five weeks of its patterns."""
    with Database.open(str(path)) as database:
        begin_review(Workspace(database, demo.SETTINGS, HOME, now=NOW), WEEK)
        reviews.put_estimates(database, WEEK, {None: 8 * 3600, "linkedin": 4 * 3600}, now=NOW)
        reviews.set_words(database, WEEK, "The phone first.\nThen the feed.", now=NOW)
        for week in (WEEK, "2026-W48"):
            for hers in reviews.commitments_of_week(database, week):
                reviews.delete_commitment(database, hers.id, now=NOW)
            plan = Commitment(
                0, week, "I want to check likes", "I call one prospect", "contacts", "at_least", 3, "week"
            )
            reviews.add_commitment(database, plan, now=NOW)
        reviews.give_verdict(
            database, WEEK, "linkedin", "keep", computed="cut", now=NOW, why="<b>a friend</b> is there"
        )
        figures = review_figures(ReviewData(Workspace(database, demo.SETTINGS, HOME, now=NOW), WEEK))
    return json.loads(json.dumps(figures))  # type: ignore[no-any-return]  # as a written review gives it back


@pytest.fixture
def french() -> Iterator[None]:
    locale.use("fr")
    yield
    locale.use("en")


def week_of(database: Database) -> Row:
    review = ReviewData(Workspace(database, MONDAY_FIRST, HOME, now=NOW), WEEK)
    return review_figures(review)


class Nested(Heard):
    """Complains where an element is closed that is not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def nested(markup: str) -> Nested:
    reader = Nested()
    reader.feed(markup)
    reader.close()
    assert reader.open == []
    return reader


def test_every_section_is_there_and_every_element_is_closed(page: Row) -> None:
    said = nested(review_html(page))
    headings = re.findall(r"<h2>(.*?)</h2>", review_html(page))
    assert headings == [
        "Guessed time",
        "The week against your usual",
        "When you check",
        "Patterns",
        "Is it worth it?",
        "Results",
        "Habits and commitments",
        "For the coming week",
        "Who to talk to",
    ]
    assert said.tags.count("h1") == 1
    assert "If I want to check likes, then I call one prospect." in said.text
    assert "An observation, not a diagnosis" in said.text
    assert "not what caused what" in said.text
    assert "7 of 7 days logged" in said.text


def test_the_words_come_first_and_to_the_letter(page: Row) -> None:
    text = review_html(page)
    assert '<blockquote dir="auto">The phone first.\nThen the feed.</blockquote>' in text
    assert text.index("<blockquote") < text.index("<dl") < text.index("<h2")


def test_a_day_nobody_logged_is_unknown_on_it_and_so_is_such_a_week() -> None:
    with Database.open(":memory:") as database:
        begin_review(Workspace(database, Settings(first_weekday=0), HOME, now=NOW), "2026-W47")
        nothing = week_of(database)
    assert (nothing["seconds"], nothing["checks"]) == (None, None)
    assert {(day["seconds"], day["checks"]) for day in nothing["days"]} == {(None, None)}
    for words in (printable(review_html(nothing)), without_front_matter(review_markdown(nothing))):
        assert "unknown, not zero" in words
        assert "0m" not in words


def test_nothing_is_asked_of_anybody(page: Row) -> None:
    text = review_html(page)
    assert not re.search(r"(?i)https?:|//[a-z]|url\(|@import|<link|<script|\bsrc=|\bhref=|\bon[a-z]+=", text)


def test_whoever_does_not_see_it_hears_it(page: Row) -> None:
    said = nested(review_html(page))
    text = review_html(page)
    assert ("lang", "en") in said.attributes
    assert ("charset", "utf-8") in said.attributes
    pictures = re.findall(r"<svg\b.*?</svg>", text, re.DOTALL)
    assert len(pictures) > 8
    assert all('role="img"' in picture and re.search(r"<title>[^<]+</title>", picture) for picture in pictures)
    heads = re.findall(r"<th\b[^>]*>", text)
    assert heads
    assert all("scope=" in head for head in heads)
    assert text.count("<table") == text.count("<caption") > 5


def test_in_french_numbers_dates_and_language_are_french(page: Row, french: None) -> None:
    said = nested(review_html({**page, "language": "fr"}))
    assert ("lang", "fr") in said.attributes
    assert "Semaine 47" in said.text
    assert re.search(r"LinkedIn\d+,\d\xa0h", said.text)
    assert "1\u202f350\xa0€" in said.text


def test_the_users_verdict_stands_before_the_computed_one(page: Row) -> None:
    text = review_html(page)
    assert '<span class="verdict keep">= keep</span>' in text
    assert "calculated: ? too early" in text
    assert '<span class="verdict stop">× stop</span>' in text
    assert "“<bdi>&lt;b&gt;a friend&lt;/b&gt; is there</bdi>”" in text


def test_a_mark_on_a_flag_takes_it_out_of_the_cards(page: Row) -> None:
    (flag, *others) = page["patterns"]
    assert flag["state"] == "flagged"
    cards = review_html(page).count('class="card pattern"')
    for mark, said in (
        ({"dismissed_until": "2026-12-01"}, f"{flag['title']}, muted until Tue 1 Dec"),
        ({"expected": "<campaign>"}, f"{flag['title']}, expected: <bdi>&lt;campaign&gt;</bdi>"),
    ):
        text = review_html({**page, "patterns": [flag | mark, *others]})
        assert text.count('class="card pattern"') == cards - 1
        assert said in text


def test_an_empty_week_is_unknown_and_not_zero(database: Database) -> None:
    said = nested(review_html(week_of(database)))
    assert "nothing logged: unknown, not zero" in said.text
    assert "0 of 7 days logged" in said.text
    assert "dl" not in said.tags
    assert "0m" not in said.text


def test_a_week_with_one_session(database: Database) -> None:
    sessions.add(database, "linkedin", NOW - 5 * 86_400, NOW - 5 * 86_400 + 1500, HOME, now=NOW)
    text = review_html(week_of(database))
    said = nested(text)
    assert "25m" in said.text
    assert said.text.count("not logged") >= 6
    assert text.count('class="unknown"') == 6


def poisoned(value: Any, words: str) -> Any:
    """The same figures with every text of the user's replaced."""
    if isinstance(value, dict):
        return {
            key: words
            if key in ("words", "title", "name", "evidence", "changed", "said", "cue", "plan", "person", "note",
                       "measured", "why", "settling", "otherwise", "expected") and isinstance(item, str)
            else poisoned(item, words)
            for key, item in value.items()
        }  # fmt: skip
    return [poisoned(item, words) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("words", WICKED)
def test_wicked_words_are_only_words(page: Row, words: str) -> None:
    clean, said = nested(review_html(page)), nested(review_html(poisoned(page, words)))
    assert set(said.tags) <= set(clean.tags)
    assert {name for name, _value in said.attributes} <= {name for name, _value in clean.attributes}
    assert printable(words) in said.text
    review_html(poisoned(page, words)).encode("utf-8")


@given(st.text(min_size=1, max_size=40))
@settings(max_examples=25, deadline=None)
def test_any_words_are_only_words(page: Row, words: str) -> None:
    said = nested(review_html(poisoned(page, words)))
    assert "script" not in said.tags
    assert printable(words).strip("\n") in said.text


def test_colours_have_contrast_on_paper_and_in_the_dark(page: Row) -> None:
    from tests.tui.test_theme import contrast

    style = review_html(page).partition("<style>")[2].partition("</style>")[0]
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for block in re.findall(r"(@media screen[^{]*\{\s*)?:root\s*\{([^}]*)\}", style):
        (dark if block[0] else light).update(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block[1]))
    for colours in (light, dark):
        for name in ("ink", "strong", "soft", "accent", "flag"):
            assert contrast(colours[name], colours["paper"]) >= 4.5, name
            assert contrast(colours[name], colours["card"]) >= 4.5, name
        for level in "1234":
            assert contrast(colours[f"on-{level}"], colours[f"heat-{level}"]) >= 4.5, level
        assert contrast(colours["paper"], colours["flag"]) >= 4.5


def test_pictures_are_drawn_by_nothing_that_starts_with_the_program() -> None:
    code = (
        "import sys, tracker.cli, tracker.reports.week, tracker.reports.review_page; sys.exit('drawsvg' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_is_not_in_the_figures_is_not_on_the_page(page: Row) -> None:
    text = review_html(
        {**page, "words": None, "worth": [], "patterns": [pattern | {"weeks": []} for pattern in page["patterns"]]}
    )
    assert "<h2>Is it worth it?" not in text
    assert 'class="five"' not in text.partition("</style>")[2].replace('<table class="five"', "")
    assert "<blockquote" not in text


def test_hours_begin_where_the_day_begins(page: Row) -> None:
    def first_label(text: str) -> str:
        picture = re.search(r'<svg[^>]*class="map".*?</svg>', text, re.DOTALL)
        assert picture is not None
        return str(re.findall(r">(\d\d)</text>", picture[0])[-8])

    assert first_label(review_html(page)) == "04"
    assert first_label(review_html({key: value for key, value in page.items() if key != "day_starts_at"})) == "00"


#: A length as it is said anywhere.
LENGTH = r"(\d+h(?: \d+m)?|\d+m|\d+s)"


def said_of(name: str, between: str, text: str) -> str:
    """The length that stands first behind a name, with so much between them."""
    match = re.search(rf"(?:^|(?<=\W)){re.escape(name)}{between}{LENGTH}", text, re.MULTILINE | re.IGNORECASE)
    assert match is not None, (name, text)
    return match[1]


@pytest.fixture
def terminal(path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """What `tracker week` says of the week."""
    config = path.with_name("monday.toml")
    config.write_text('first_weekday = "monday"\n')
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TZ", HOME)
    main(["--db", str(path), "--config", str(config), "--now", "2026-11-23T15:12", "week", WEEK])
    yield capsys.readouterr().out
    clock.freeze(None)


def test_page_html_and_terminal_say_the_same_lengths_and_hours(page: Row, terminal: str) -> None:
    # Before these headings stands the guess, which has lengths of its own, and what colours mean.
    written = without_front_matter(review_markdown(page)).partition("## The week against your usual")[2]
    text = re.sub(r"\n{2,}", "\n", re.sub(r"<[^>]*>", "\n", review_html(page))).replace("\xa0", " ")
    cells = text.partition("\nSocial channels\n")[2]
    for day in (format_date(day["date"]) for day in page["days"]):
        assert said_of(day, " +", terminal) == said_of(day, "[ █▏▎▍▌▋▊▉]*", written) == said_of(day, " ", text), day
    used = [channel["title"] for channel in page["channels"] if channel["seconds"] >= 60]
    assert len(used) > 5
    for name in used:
        assert said_of(name, " +", terminal) == said_of(name, r" \| ", written) == said_of(name, "\n", cells), name
    for title in (purpose["title"] for purpose in page["purposes"]):
        assert said_of(title, " ", terminal) == said_of(title, r" \| ", written) == said_of(title, "\n", cells), title
    total, usual = said_of("social", " ", terminal), said_of("usual", " ", terminal)
    assert (said_of("social time", " ", written), said_of("usually", " ", written)) == (total, usual)
    assert f"\nsocial time\n{total}\n" in text
    assert said_of("usually", " ", text) == usual


def test_hours_of_the_day_and_habits_are_those_of_the_terminal_and_the_screens(page: Row, terminal: str) -> None:
    written = without_front_matter(review_markdown(page))
    assert re.search(r"checks by hour\n +4  5  6 ", terminal)
    assert re.search(r"```text\n +4 +10 +16 +22\nMon ", written)
    cells = re.sub(r"\n{2,}", "\n", re.sub(r"<[^>]*>", "\n", review_html(page)))
    assert len(page["habits"]) > 3
    for habit in page["habits"]:
        done = habit["said"]
        assert f"| {habit['name']} | {done} |" in written
        assert f"\n{done}\n" in cells.partition(f"\n{habit['name']}\n")[2][:60]
        assert re.search(rf"^{habit['name']} .* {re.escape(done)} ", terminal, re.MULTILINE)
