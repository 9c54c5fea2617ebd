"""How many SQL statements the keys cost: what asks more than its share is felt where the file is long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.statements import statements_counted
from tests.tui import figures
from tests.tui.conftest import settled
from tracker.tui.app import TrackerApp

if TYPE_CHECKING:
    from tests.tui.conftest import Running

#: The most that a check by two keys may ask the file, until everything is drawn again, and a letter typed into `/`.
CHECK, LETTER = 40, 3


@pytest.fixture(autouse=True)
def remembered_reads_are_true() -> None:
    """Without the check of `conftest`, which asks the file again for what was remembered."""


@pytest.fixture(autouse=True)
def no_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the program looks for once a second is not counted."""

    def never(app: TrackerApp, *_values: Any, **_options: Any) -> None:
        pass

    monkeypatch.setattr(TrackerApp, "set_interval", never)


async def test_a_check_by_two_keys_asks_the_file_a_few_times(running: Running) -> None:
    with statements_counted() as executed:
        async with running(settings=figures.UNHURRIED) as (app, pilot):
            await pilot.press("c", "x")
            await settled(app, pilot)
            await pilot.press("escape")
            await settled(app, pilot)
            executed.clear()
            await pilot.press("c", "i")
            await settled(app, pilot)
            assert any(statement.startswith("INSERT INTO session") for statement in executed)
            assert len(executed) <= CHECK, "\n".join(executed)


async def test_a_letter_typed_into_the_line_asks_the_file_hardly_ever(running: Running) -> None:
    with statements_counted() as executed:
        async with running(settings=figures.UNHURRIED) as (app, pilot):
            await pilot.press("slash")
            await settled(app, pilot)
            for letter in "linkedin create 25m":
                executed.clear()
                await pilot.press("space" if letter == " " else letter)
                await settled(app, pilot)
                assert len(executed) <= LETTER, "\n".join(executed)
