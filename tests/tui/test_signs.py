"""One sign, one meaning: every sign that the screens print is in the list, and the list has each once.

MEANINGS lists the signs of state. Those in DRAWING show no state: bars, lines, and what separates words. On a keycap a
sign (`⏎`, `⌫`, `→` …) is the name of the key. Letters, digits and plain punctuation are words, not signs.
"""

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
from tracker.tui import theme
from tracker.tui.screens import patterns_panel
from tracker.tui.widgets.bars import TICKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.tui.conftest import Running

ROOT = Path(tracker.__file__).parent

#: One meaning each, wherever it stands by itself.
MEANINGS = {
    # what happens now
    theme.RUNS: "a timer runs",
    theme.PAUSE: "a declared pause",
    "⊘": "nothing can be recorded",
    theme.NOW: "now, on the axis of a day",
    # a line of the log
    "■": "a marked line",
    "…": "more than is shown",
    theme.OVERLAPS: "a session at the same time as another one",
    theme.OVER: "over the plan, the budget or the limit",
    "★": "a result",
    theme.TALK: "a talk",
    "⇄": "somebody crossed the bridge",
    # answers and states
    theme.YES: "yes: done, kept, resisted, quiet",
    "✗": "no: not kept, or it cannot be",
    "◐": "in part",
    "○": "missed",
    "∙": "not needed",
    "»": "skipped",
    "▸": "open: to be answered",
    "◇": "the important task, to be done",
    theme.COMMITMENT: "a commitment: if, then",
    "◎": "somebody to talk to",
    "↻": "somebody to follow up",
    "•": "changed by the user",
    "≈": "about as usual",
    "–": "no figure",
    # patterns
    "⚑": "flagged: a pattern, a burst",
    "⚐": "a pattern set aside",
    "◌": "not enough data",
    # next to words
    "→": "what a line means",
    "↑": "how many lines are above",
    "↓": "how many lines are below",
    "▾": "more lines wait",
    "‹": "the choice that is made, with ›",
    "›": "the choice that is made, with ‹",
    "◉": "this program",
    "−": "less",
    "×": "times",
    "≤": "at most",
    "≥": "at least",
    "½": "half",
    "′": "minutes",
    "€": "euros",
    "£": "pounds",
    "¥": "yen",
}

#: What is drawn with, and where. None is a state by itself: a picture has a legend, frame and cursor have their places.
DRAWING = {
    "█": "a full cell: of a bar, a strip, a big figure, a year",
    "▓▒░": "shades, of which a legend says what they are",
    "▁▂▃▄▅▆▇": "columns, to an eighth of a cell",
    "▉▊▋▍▀": "parts of a bar’s cell, and of big figures",
    "▌▐": "half a cell: of a bar, and down the chosen line",
    "▎": "a quarter of a cell: of a bar, and down quoted words",
    "▏": "an eighth of a cell: of a bar, and where one types",
    "·": "an empty cell of a picture; between two words, and before one",
    "─━┃│║": "lines, frames and rails; what reaches across a bar; checks in a cell, one, two or more",
    "╸╺": "the ends of a line",
    "╭┊╰": "the first and the last line of what was picked up once, with │ between, and dashes beside other lines",
}

#: Names of keys, as they stand on keycaps like letters.
KEYCAPS = "⏎⇥⌫␣←→↑↓"

#: Where what the screens print is written; charts draw with every block there is.
PRINTED = [
    *sorted((ROOT / "tui").rglob("*.py")),
    ROOT / "tui" / "actions" / "help.toml",
    ROOT / "analytics" / "habit_wording.py",
]

#: Letters, accents, and what belongs to a text: none of it is a sign.
TEXT = "“”’\u202f\xa0"

#: Bars, lines and what parts words.
DRAWN = {sign for signs_of_it in DRAWING for sign in signs_of_it}

#: Between two words, and before one.
PARTS_WORDS = (" · ", "  ·  ", "· ")

#: Which drawing characters stand by themselves, and where: in pictures with a legend, frames and cursors. Anywhere else
#: one would tell a state.
DRAWERS = {
    "tui/modals/close_dialog.py": "▏",
    "tui/modals/session_dialogs.py": "·│█▐▒",
    "tui/layout.py": "█▌",
    "tui/review/time_steps.py": "▌▏▒",
    "tui/review/screen.py": "─",
    "tui/review/step.py": "▌",
    "tui/review/writing.py": "─▎",
    "tui/widgets/bars.py": "·━┃█▌▐",
    "tui/actions/review_actions.py": "·",
    "tui/screens/timer_view.py": "▄█▓",
    "tui/modals/start_dialog.py": "─━╸╺",
    "tui/widgets/charts.py": "·━▁█▒▓",
}


def printed(path: Path) -> Iterator[str]:
    """The texts of a module that are no docstrings; the whole text of another file."""
    if path.suffix != ".py":
        yield path.read_text(encoding="utf-8")
        return
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
    known = {*MEANINGS, *KEYCAPS, *theme.NUMBERS, *theme.HERE, *DRAWN}
    for text in printed(path):
        assert not [sign for sign in text if is_sign(sign) and sign not in known], text


def test_what_draws_tells_no_state() -> None:
    alone = {
        path.relative_to(ROOT).as_posix(): {text.strip() for text in printed(path) if text not in PARTS_WORDS} & DRAWN
        for path in PRINTED
    }
    assert {name: "".join(sorted(drawers)) for name, drawers in alone.items() if drawers} == DRAWERS


def test_every_sign_of_state_has_one_meaning() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    for name, table in (("MEANINGS", MEANINGS), ("DRAWING", DRAWING)):
        [written] = [
            node.value
            for node in ast.parse(source).body
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name
        ]
        assert isinstance(written, ast.Dict)
        assert len(written.keys) == len(table), "a sign stands there twice"
    assert not DRAWN & set(MEANINGS), "a sign of state is nothing to draw with"
    assert len(DRAWN) == sum(map(len, DRAWING))
    states = [says for sign, says in MEANINGS.items() if sign not in "‹›"]
    assert len(set(states)) == len(states), "two signs for one state"
    assert [says for says in states if ";" in says] == [], "two meanings"


def test_states_of_habits_and_patterns_are_signs_of_state() -> None:
    tables = (GLYPHS.values(), (sign for sign, _style in patterns_panel.GLYPHS.values()), TEST_SIGNS.values())
    for table in tables:
        assert [sign for sign in table if is_sign(sign[:1] or "a") and sign not in MEANINGS] == []


def test_signs_of_what_happens_are_no_signs_of_a_habit() -> None:
    ours = {theme.RUNS, theme.PAUSE, theme.OVERLAPS, theme.OVER, theme.TALK, theme.COMMITMENT, theme.NOW}
    assert not ours & set(GLYPHS.values())


async def test_a_pause_and_two_at_once_are_told_apart(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(160, 48)) as (app, pilot):
        call = queries.day(app.workspace, "2026-11-23").parts[3].session
        session_editing.add(app.workspace, "work", call.start - 60, call.start + 120)
        pausing.begin_pause(app.workspace, app.workspace.now() + 3600)
        app.reload()
        await press(app, pilot, ("2",))
        lines = shown(app).splitlines()
        assert sum(theme.OVERLAPS in line for line in lines) == 2
        assert [line for line in lines if theme.PAUSE in line and "pause" in line]
        assert not [line for line in lines if theme.PAUSE in line and theme.OVERLAPS in line]


async def test_the_help_tells_the_signs(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(100, 120)) as (app, pilot):
        await press(app, pilot, ("question_mark",))
        await settled(app, pilot)
        text = shown(app)
        for sign in (theme.RUNS, theme.PAUSE, theme.OVERLAPS, theme.OVER, theme.TALK, theme.COMMITMENT, theme.NOW):
            assert f"{sign} " in text
        assert f"{TICKS.strip()} " in text
