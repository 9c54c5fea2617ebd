"""The README is true: its two commands, its pictures, and every verb it should name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tracker.cli.verbs import VERBS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_is_in_the_readme(verb: str) -> None:
    assert re.search(rf"`[^`]*\b{verb}\b[^`]*`|tracker {verb}\b", README), f"the README does not name `{verb}`"


def test_the_pictures_it_shows_are_there() -> None:
    shown = re.findall(r"\]\((screenshots/[^)]+)\)", README)
    assert shown
    assert [name for name in shown if not (ROOT / name).is_file()] == []


def test_its_commands_are_one_line_each_where_ci_finds_them() -> None:
    for name in ("run", "test"):
        block = re.search(rf"<!-- {name} command -->\n```sh\n(.*)\n```", README)
        assert block, f"no {name} command"
        assert block[1].startswith("python3 -m venv .venv && .venv/bin/pip install -q ")
    quick = re.search(r"<!-- quick tests -->\n```sh\n(.*)\n```", README)
    assert quick
    assert quick[1] == '.venv/bin/python -m pytest -n auto -m "not slow"'
