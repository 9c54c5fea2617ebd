"""The page of the keys, written from the tables of the screens: `python -m tests.keys_page` writes `docs/keys.md`.

`--check` writes nothing, and exits with 1 if the page is out of date.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.tui.actions.registry import KEY_GROUPS
from tracker.tui.keys import BY_ID, EVERYWHERE, all_key_labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.tui.keys import Action

PAGE = Path(__file__).resolve().parent.parent / "docs" / "keys.md"

HEAD = """# Keys

`?` shows these keys on every screen, and finds one as you type. `ctrl+p` finds every action by its name, also those
without a key. `esc` cancels everywhere and records nothing.

A key is changed in the settings file, by the name of its action: `start = "f2"` under `[keys]`. `tracker doctor`
shows where that file is, and what is wrong in it.

<!-- Written by `python -m tests.keys_page` from tracker/tui/keys.py: do not change it by hand. -->
"""


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([HEAD, *(_group(title, names) for title, names in KEY_GROUPS)])


def _group(title: str, names: Sequence[str]) -> str:
    rows = [
        f"| {_keys(action)} | {action.label} | {action.tooltip} | {_where(action)} | `{action.id}` |"
        for action in (BY_ID[name] for name in names)
    ]
    return "\n".join(
        [f"## {title}", "", "| key | name | what it does | where | in `[keys]` |", "|" + " --- |" * 5, *rows, ""]
    )


def _keys(action: Action) -> str:
    return " ".join(f"`{key.replace('comma', ',')}`" for key in all_key_labels(action, {}).split())


def _where(action: Action) -> str:
    return "everywhere" if action.where == EVERYWHERE else ", ".join(BY_ID[view].label for view in action.where)


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes, or checks; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.keys_page", description="The page of the keys.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the page is out of date")
    if not parser.parse_args(arguments).check:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    sys.stdout.write("docs/keys.md is out of date: run python -m tests.keys_page\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
