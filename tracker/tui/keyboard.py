"""Keys in the order they were typed, however fast: each is handed out once that before it has had its effect.

Textual hands every key at once to what has the focus at that moment. A dialog that a key opens is there only later, so
that of keys typed in one burst some would reach the screen below, and those behind them the dialog.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.message import Message

if TYPE_CHECKING:
    from textual.await_complete import AwaitComplete
    from textual.screen import Screen
    from textual.widget import Widget

#: How often a mark goes the way of its key: the second time it is behind what the key set off (a line submitted).
ROUNDS = 2


class Passed(Message):
    """A mark that goes behind a key from what has the focus up to the app: whoever gets it has done with the key."""

    def __init__(self, start: Widget | Screen[object], rounds: int) -> None:
        super().__init__()
        self.start, self.rounds, self.screen = start, rounds, start.screen


class Keyboard(App[None]):
    """An app that has its keys wait for one another."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Key] = deque()
        #: What the next key waits for, and whether it already did a second ago.
        self._mark: Passed | None = None
        self._long = False

    @property
    def typed_ahead(self) -> bool:
        """Whether more was typed than was handed out."""
        return bool(self._typed)

    def again(self, *keys: events.Key) -> None:
        """Hand keys out once more, to what has the focus then, ahead of all that were typed behind them."""
        self._typed.extendleft(events.Key(key.key, key.character) for key in reversed(keys))
        if self._mark is None:
            self._wait_for(Passed(self.screen, 1), self)

    def about_to(self, key: events.Key) -> None:
        """Told of each key when its turn has come, before it does anything."""

    async def on_event(self, event: events.Event) -> None:
        """A key waits for its turn."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        self._typed.append(event)
        if self._mark is None or not self._mark.start.is_attached:
            await self._hand_out()

    async def on_passed(self, message: Passed) -> None:
        """The key before is done with, or what it set off is not yet."""
        message.stop()
        if message is not self._mark:
            return
        if message.rounds > 1 and message.start.is_attached and message.screen is self.screen:
            self._wait_for(Passed(message.start, message.rounds - 1), message.start)
        else:
            await self._hand_out()

    async def _hand_out(self) -> None:
        self._mark = None
        if not self._typed:
            return
        key = self._typed.popleft()
        start = self.focused or self.screen
        vars(key)["aimed"] = self.screen
        self.about_to(key)
        await super().on_event(key)
        self._wait_for(Passed(start, ROUNDS), start)

    def _wait_for(self, mark: Passed, start: App[None] | Widget | Screen[object]) -> None:
        self._mark, self._long = mark, False
        if not start.post_message(mark):
            self.post_message(mark)

    def pop_screen(self) -> AwaitComplete:
        """A dialog closes, and with it what is on its way there."""
        left = self.screen
        gone = super().pop_screen()
        if self._mark and self._mark.screen is left:
            self._wait_for(Passed(self._mark.start, 1), self)
        return gone

    def unstick(self) -> None:
        """Once a second: no key waits for what was lost with a part of the screen."""
        if self._mark and self._long:
            self._wait_for(Passed(self._mark.start, 1), self)
        self._long = self._mark is not None
