"""Rebinding by the settings' [keys]: every mistake is named, nothing is lost in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tracker.domain.errors import TrackerError
from tracker.settings import Settings
from tracker.tui import keys

if TYPE_CHECKING:
    from tests.tui.conftest import Running


def test_the_defaults_have_no_clash() -> None:
    assert keys.keymap(()) == {}


def test_every_binding_has_an_id_and_a_tooltip() -> None:
    assert all(binding.id and binding.tooltip for binding in keys.bindings())


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (("strat", "b"), "strat"),
        (("start", "c"), "both start and check"),
        (("start", " "), "start has no key"),
        (("start", "ctrl+frobnicate"), "frobnicate"),
    ],
)
def test_a_mistake_is_named(wanted: tuple[str, str], says: str) -> None:
    with pytest.raises(TrackerError, match=says):
        keys.keymap([wanted])


async def test_a_rebound_key_works_and_the_old_one_does_not(running: Running) -> None:
    async with running(settings=Settings(first_weekday=0, keys=(("start", "f2,/"), ("add", "a")))) as (app, pilot):
        await pilot.press("s")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        for key in ("f2", "slash"):
            await pilot.press(key)
            await pilot.pause()
            assert len(app.screen_stack) == 2
            await pilot.press("escape")
            await pilot.pause()
