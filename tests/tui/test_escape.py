"""Escape cancels and records nothing, in every dialog and at every step: the whole file is compared, table by table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.tui.conftest import settled, write
from tests.tui.figures import SPENT, UNHURRIED
from tracker.domain.record import Record
from tracker.services import habit_keeping
from tracker.settings import Settings
from tracker.storage import undo
from tracker.tui.modals import habits_dialog, start_dialog
from tracker.tui.modals.start_dialog import StartDialog

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

#: What the screens remember for themselves as time goes by, whatever is pressed.
OWN = ("screens", "alive", "generation")

BREATHING = UNHURRIED._replace(breath_seconds=4)

#: Some habits, of each kind.
HABITS = ("Walk", "Read at least 20 pages")


class Case(Record):
    """Keys that are pressed before the file is looked at, then those that open something and type into it."""

    name: str
    keys: tuple[str, ...]
    before: tuple[str, ...] = ()
    settings: Settings = UNHURRIED
    later: int = 0


class Words(str):
    """What is typed into a line, among keys."""

    __slots__ = ()


def words(text: str) -> tuple[str, ...]:
    """A text among keys."""
    return (Words(text),)


CASES = (
    Case("channels to start", ("s",)),
    Case("start", ("s", "x")),
    Case("start, another offer chosen", ("s", "i", "down", "right")),
    Case("start, with words", ("s", "x", *words("create 25m two posts"))),
    Case("start of work", ("s", "k")),
    Case("start of the task", ("w",)),
    Case("over budget", ("s", "l"), settings=SPENT),
    Case("over budget, enter alone", ("s", "l", "enter"), settings=SPENT),
    Case("over budget, with words", ("s", "l", *words("Anna waits")), settings=SPENT),
    Case("over budget, the question behind", ("s", "l", *words("Anna waits"), "enter"), settings=SPENT),
    Case("a breath", ("s", "i"), settings=BREATHING),
    Case("a breath that holds an answer", ("s", "i", "enter"), settings=BREATHING),
    Case("a breath that holds an answer, pressed hard", ("s", "i", "enter", "enter", "space"), settings=BREATHING),
    Case("channels to check", ("c",)),
    Case("channels of an urge", ("u",)),
    Case("what set it off", (), ("u", "x")),
    Case("what set it off, in words", ("o", *words("tired")), ("u", "x")),
    Case("what set it off, put off", ("p", *words("the offer")), ("u", "x")),
    Case("what a check was for", (), ("c", "i")),
    Case("kinds of outcome", ("o",)),
    Case("outcome", ("o", "i", *words("480 @samia the site"))),
    Case("ways to talk", ("t",)),
    Case("talk", ("t", "o", *words("samia street 20m"))),
    Case("pause", ("b",)),
    Case("pause, with words", ("b", *words("45m"))),
    Case("pause until", ("b", "t", *words("until 18:00"))),
    Case("why still here", ("B",)),
    Case("why still here, in words", ("B", "o", *words("waiting for Anna"))),
    Case("forgotten", ("space",), later=6 * 3600),
    Case("forgotten, a time", ("space", "t", *words("15:40")), later=6 * 3600),
    Case("habits", ("y", "down", "left")),
    Case("habits, a number", ("y", "down", "space", *words("12"))),
    Case("habits, a new one", ("y", "a", *words("Swim on mon"))),
    Case("habits, one changed", ("y", "e", *words("Walk 20 min"))),
    Case("habits, a year", ("y", "enter")),
    Case("evening", ("E",)),
    Case("evening, second question", (), ("E", "enter")),
    Case("evening, third question", words("12"), ("E", "enter", "enter")),
    Case("evening, fourth question", words("Calm"), ("E", "enter", "enter", "enter")),
    Case("settings", ("comma", "down")),
    Case("settings, a value", ("comma", "enter", *words("05:00"))),
    Case("settings, a choice", ("comma", *["down"] * 8, "enter")),
    Case("keys", ("question_mark",)),
    Case("palette", ("ctrl+p", *words("nord"))),
    Case("note", ("n", *words("Calm"))),
    Case("line", ("slash", *words("x 25m"))),
    Case("line that meets another", ("slash", *words("work 11:30-12:10"), "enter")),
    Case("evidence", ("P", "down", "down")),
    Case("threshold", ("P", "right", "v", "1", "ctrl+u", *words("0.9"))),
    Case("expected", ("X",)),
    Case("expected, in words", ("X", "o", *words("a fair"))),
    Case("edit in place", ("2", "e", "ctrl+u", *words("10:00"), "tab", *words("instagram"))),
    Case("every field", ("2", "enter", "ctrl+u", *words("10:00"), "down", *words("11:00"))),
    Case("go to", ("2", "g", *words("yesterday"))),
    Case("filter", ("2", "f", *words("insta"))),
    Case("split", ("2", "p", *words("14:40"))),
    Case("merge", ("2", "up", "up", "up", "m")),
    Case("change what is marked", ("2", "v", "up", "v", "e")),
    Case("change what is marked, a field", ("2", "v", "up", "v", "e", "n", *words("x"))),
    Case("change what is marked, a channel", ("2", "v", "up", "v", "e", "c")),
    Case("fill", ("2", "i", *words("work"))),
    Case("repeat", ("2", "r")),
    Case("check on an earlier day", ("2", "left", "c", "i", *words("14:05"))),
    Case("urge on an earlier day", ("2", "left", "u", "i", *words("14:05"))),
    Case("outcome on an earlier day", ("2", "left", "o", "p")),
    Case("outcome on an earlier day, its line", ("2", "left", "o", "p", "enter", *words("@samia"))),
    Case("talk on an earlier day", ("2", "left", "t", "o", *words("samia 14:00-14:20"))),
    Case("note on an earlier day", ("2", "left", "n", *words("Calm"))),
    Case("review", ("R",)),
    Case("review, first step with a key that is none", ("R", "tab", "tab")),
    *(
        Case(f"review, step {number}", (), ("R", "enter", "enter", *["enter"] * (number - 1)))
        for number in range(2, 9)
    ),
    Case("review, why a verdict", words("dear"), ("R", "enter", "enter", *["enter"] * 3, "minus")),
    Case("review, a commitment", ("a", *words("if I am bored then I walk")), ("R", "enter", "enter", *["enter"] * 6)),
    Case("worth", ("V",)),
    Case("reviews", ("3", "A")),
    Case("longer look", ("3", "Y")),
)  # fmt: skip

#: Those in an app of their own: they come later, or begin a review or an evening, which is continued where it was left.
APART = [case for case in CASES if case.later or case.before[:1] in (("R",), ("E",))]

#: Those that record something before, or begin at the newest line of the Day.
AFTER = [case for case in CASES if case not in APART and (case.before or case.keys[0] == "2")]


def dump(app: TrackerApp) -> dict[str, list[Any]]:
    """Every row of every table."""
    database = app.workspace.database
    names = [
        str(name) for (name,) in database.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ]
    rows = {name: database.connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    return {**rows, "state": [row for row in rows["state"] if row[0] not in OWN]}


def done(app: TrackerApp) -> int:
    """How many steps can be taken back."""
    return sum(step.state == "done" for step in undo.steps(app.workspace.database, limit=1000))


async def press(app: TrackerApp, pilot: Pilot[None], keys: tuple[str, ...]) -> None:
    for key in keys:
        await (write(app, pilot, key) if isinstance(key, Words) else pilot.press(key))
        if key in ("2", "3", "left", "enter", "R", "A"):
            await settled(app, pilot)
    await settled(app, pilot)


@pytest.fixture(autouse=True)
def no_breath_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_dialog, "monotonic", lambda: 1000.0)


async def leave(app: TrackerApp, pilot: Pilot[None], case: Case) -> None:
    """Open what a case opens and escape from it: nothing is recorded, and no setting changed."""
    await press(app, pilot, case.before)
    before, settings = dump(app), app.workspace.settings
    opened = len(app.screen_stack)
    await press(app, pilot, case.keys)
    assert len(app.screen_stack) > (1 if case.keys and opened == 1 else 0), f"{case.name}: something is open"
    for _time in range(5):
        await press(app, pilot, ("escape",))
    assert len(app.screen_stack) == 1, case.name
    assert dump(app) == before, case.name
    assert app.workspace.settings == settings, case.name


async def keep_habits(app: TrackerApp, pilot: Pilot[None]) -> None:
    for line in HABITS:
        habit_keeping.add_habit(app.workspace, habits_dialog.read_habit_line(line, app.workspace)[0])
    app.reload()
    await settled(app, pilot)


@pytest.mark.parametrize("settings", [UNHURRIED, SPENT, BREATHING], ids=["within budget", "over budget", "a breath"])
async def test_escape_leaves_the_file_as_it_was(running: Running, settings: Settings) -> None:
    """In one app: what is left leaves nothing behind for the next case either, once the Timer is shown again."""
    async with running(settings=settings, size=(80, 24)) as (app, pilot):
        await keep_habits(app, pilot)
        for case in CASES:
            if case.settings == settings and case not in (*APART, *AFTER):
                await leave(app, pilot, case)
                await press(app, pilot, ("1",))


async def test_escape_leaves_what_was_recorded_before(running: Running) -> None:
    """In one app: what a case records before is taken back after it, and the newest line of the Day chosen again."""
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        await keep_habits(app, pilot)
        before = done(app)
        for case in AFTER:
            assert case.settings == UNHURRIED, case.name
            await leave(app, pilot, case)
            app.show_on_day(app.workspace.today())
            await press(app, pilot, ("end", "1"))
            while done(app) > before:
                await press(app, pilot, ("z",))


@pytest.mark.parametrize("case", APART, ids=[case.name for case in APART])
async def test_escape_leaves_what_was_there_before(running: Running, case: Case) -> None:
    async with running(settings=case.settings, now=NOW + case.later, size=(80, 24)) as (app, pilot):
        await keep_habits(app, pilot)
        await leave(app, pilot, case)


async def test_escape_leaves_people_as_they_were(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        before = dump(app)
        app.perform("people")
        await press(app, pilot, ("enter", *words("street"), "escape", "escape"))
        assert len(app.screen_stack) == 1
        assert dump(app) == before


@pytest.mark.parametrize("settings", [UNHURRIED, SPENT, BREATHING], ids=["within budget", "over budget", "a breath"])
async def test_a_click_beside_the_start_dialog_cancels_too(running: Running, settings: Settings) -> None:
    async with running(settings=settings, size=(80, 24)) as (app, pilot):
        before = dump(app)
        await press(app, pilot, ("s", "i"))
        assert isinstance(app.screen, StartDialog)
        await pilot.click(offset=(1, 1))
        await settled(app, pilot)
        assert len(app.screen_stack) == 1
        assert dump(app) == before


async def test_a_breath_held_and_then_cancelled_is_not_counted(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(settings=BREATHING) as (app, pilot):
        before = dump(app)
        await press(app, pilot, ("s", "i"))
        monkeypatch.setattr(start_dialog, "monotonic", lambda: 1005.0)
        for pause in app.screen.query(start_dialog.BreathingPause):
            pause.tick()
        await press(app, pilot, ("escape", "escape"))
        assert dump(app) == before
        monkeypatch.setattr(start_dialog, "monotonic", lambda: 2000.0)
        await press(app, pilot, ("s", "i"))
        monkeypatch.setattr(start_dialog, "monotonic", lambda: 2005.0)
        for breathing_pause in app.screen.query(start_dialog.BreathingPause):
            breathing_pause.tick()
        await press(app, pilot, ("ctrl+n", "escape"))
        assert dump(app)["state"] != before["state"], "who says Not now has held it"
