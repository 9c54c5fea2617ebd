"""One sign, one meaning: every sign that the screens print is in the list, and the list has each once."""

from __future__ import annotations

import ast
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tracker
from tests.tui.conftest import settled, shown
from tests.tui.figures import UNHURRIED
from tests.tui.test_escape import press
from tracker.analytics.habit_wording import GLYPHS
from tracker.reports.worth_wording import TEST_SIGNS
from tracker.services import pausing, queries, session_editing
from tracker.tui import signs
from tracker.tui.screens import patterns_panel
from tracker.tui.widgets.bars import TICKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.tui.conftest import Running

ROOT = Path(tracker.__file__).parent

#: Where what the screens print is written; charts draw with every block there is.
PRINTED = [
    *(path for path in sorted((ROOT / "tui").rglob("*.py")) if path.name != "signs.py"),
    ROOT / "analytics" / "habit_wording.py",
]

#: Letters, accents, and what belongs to a text: none of it is a sign.
TEXT = "“”’\u202f\xa0"

#: Bars, lines and what parts words.
DRAWN = {sign for signs_of_it in signs.DRAWING for sign in signs_of_it}

#: Between two words, and before one.
PARTS_WORDS = (" · ", "  ·  ", "· ")

#: Which drawing characters stand by themselves, and where: in pictures with a legend, frames and cursors. Anywhere else
#: one would tell a state.
DRAWERS = {
    "tui/modals/close_dialog.py": "▏",
    "tui/modals/overlap_dialog.py": "·│█▐▒",
    "tui/layout.py": "█▌",
    "tui/review/time_steps.py": "▌▏▒",
    "tui/review/screen.py": "─",
    "tui/review/step.py": "▌",
    "tui/review/writing.py": "─▎",
    "tui/widgets/bars.py": "·━┃█▌▐",
    "tui/modals/longer_look.py": "·",
    "tui/screens/timer_view.py": "▀▄█▓",
    "tui/widgets/breathing_pause.py": "─━╸╺",
    "tui/widgets/charts.py": "·━▁█▒▓",
}


def printed(path: Path) -> Iterator[str]:
    """The texts of a module that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def is_sign(letter: str) -> bool:
    return ord(letter) > 127 and letter not in TEXT and unicodedata.category(letter)[0] not in "LC"


@pytest.mark.parametrize("path", PRINTED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_sign_that_is_printed_is_in_the_list(path: Path) -> None:
    known = {*signs.MEANINGS, *signs.KEYCAPS, *signs.NUMBERS, *signs.HERE, *DRAWN}
    for text in printed(path):
        assert not [sign for sign in text if is_sign(sign) and sign not in known], text


def test_what_draws_tells_no_state() -> None:
    alone = {
        path.relative_to(ROOT).as_posix(): {text.strip() for text in printed(path) if text not in PARTS_WORDS} & DRAWN
        for path in PRINTED
    }
    assert {name: "".join(sorted(found)) for name, found in alone.items() if found} == DRAWERS


def test_every_sign_of_state_has_one_meaning() -> None:
    source = (ROOT / "tui" / "signs.py").read_text(encoding="utf-8")
    for name, table in (("MEANINGS", signs.MEANINGS), ("DRAWING", signs.DRAWING)):
        [written] = [
            node.value
            for node in ast.parse(source).body
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name
        ]
        assert isinstance(written, ast.Dict)
        assert len(written.keys) == len(table), "a sign stands there twice"
    assert not DRAWN & set(signs.MEANINGS), "a sign of state is nothing to draw with"
    assert len(DRAWN) == sum(map(len, signs.DRAWING))
    states = [says for sign, says in signs.MEANINGS.items() if sign not in "‹›"]
    assert len(set(states)) == len(states), "two signs for one state"
    assert [says for says in states if ";" in says] == [], "two meanings"


def test_states_of_habits_and_patterns_are_signs_of_state() -> None:
    tables = (GLYPHS.values(), (sign for sign, _style in patterns_panel.GLYPHS.values()), TEST_SIGNS.values())
    for table in tables:
        assert [sign for sign in table if is_sign(sign[:1] or "a") and sign not in signs.MEANINGS] == []


def test_signs_of_what_happens_are_no_signs_of_a_habit() -> None:
    ours = {signs.RUNS, signs.PAUSE, signs.OVERLAPS, signs.OVER, signs.TALK, signs.COMMITMENT, signs.NOW}
    assert not ours & set(GLYPHS.values())


async def test_a_pause_and_two_at_once_are_told_apart(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(160, 48)) as (app, pilot):
        call = queries.day(app.workspace, "2026-11-23").parts[3].session
        session_editing.add(app.workspace, "work", call.start - 60, call.start + 120)
        pausing.begin_pause(app.workspace, app.workspace.now() + 3600)
        app.reload()
        await press(app, pilot, ("2",))
        lines = shown(app).splitlines()
        assert sum(signs.OVERLAPS in line for line in lines) == 2
        assert [line for line in lines if signs.PAUSE in line and "pause" in line]
        assert not [line for line in lines if signs.PAUSE in line and signs.OVERLAPS in line]


async def test_the_help_tells_the_signs(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(100, 120)) as (app, pilot):
        await press(app, pilot, ("question_mark",))
        await settled(app, pilot)
        text = shown(app)
        for sign in (signs.RUNS, signs.PAUSE, signs.OVERLAPS, signs.OVER, signs.TALK, signs.COMMITMENT, signs.NOW):
            assert f"{sign} " in text
        assert f"{TICKS.strip()} " in text
