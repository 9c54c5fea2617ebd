"""The README and the guide are true: their commands, pictures and links, every verb, and the page of the keys."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import keys_page
from tracker.cli.parser import VERBS

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
README = PAGES[0].read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")

#: A page and a half, in words.
MOST_WORDS = 750


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_is_in_the_guide(verb: str) -> None:
    assert re.search(rf"`[^`]*\b{verb}\b[^`]*`|tracker {verb}\b", GUIDE), f"the guide does not name `{verb}`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_its_links_and_pictures_lead_to_files(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)[^)]*\)", text)
    assert [link for link in links if not (page.parent / link).is_file()] == []


def test_the_readme_is_a_page_and_a_half_with_pictures_and_leads_to_every_page() -> None:
    assert len(README.split()) <= MOST_WORDS
    assert len(re.findall(r"\]\(screenshots/[^)]+\.svg\)", README)) >= 3
    linked = set(re.findall(r"\]\(docs/([^)]+)\)", README))
    led_to = linked | {
        name
        for page in linked
        for name in re.findall(r"\]\(([a-z]+\.md)", (ROOT / "docs" / page).read_text(encoding="utf-8"))
    }
    assert {page.name for page in PAGES[1:]} <= led_to


def test_its_commands_are_one_line_each_where_ci_finds_them() -> None:
    for name in ("run", "test"):
        block = re.search(rf"<!-- {name} command -->\n```sh\n(.*)\n```", README)
        assert block, f"no {name} command"
        assert block[1].startswith("python3 -m venv .venv && .venv/bin/pip install -q ")
    quick = re.search(r"<!-- quick tests -->\n```sh\n(.*)\n```", README)
    assert quick
    assert quick[1] == '.venv/bin/python -m pytest -n auto -m "not slow"'


def test_the_page_of_the_keys_is_that_of_the_screens() -> None:
    assert keys_page.PAGE.read_text(encoding="utf-8") == keys_page.page(), "run python -m tests.keys_page"
