"""What is open shows what another program has changed, also where that comes while it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import settled, shown
from tests.tui.figures import UNHURRIED

if TYPE_CHECKING:
    from tests.tui.conftest import Running


@pytest.mark.parametrize("action", ["settings", "add", "import", "patterns", "task"])
async def test_a_change_that_comes_while_a_dialog_opens_breaks_nothing(running: Running, action: str) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        app.perform(action)
        app.reload()  # the dialog is on the stack, and has no widgets yet
        await settled(app, pilot)
        assert len(app.screen_stack) == 2
        assert shown(app)
