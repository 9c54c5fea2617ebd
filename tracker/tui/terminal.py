"""What the terminal sends: keys in the order in which they were typed, however fast, and its end.

Textual delivers every key at once to the widget that has the focus at that moment. A dialog that a key opens is mounted
only later, so some keys of a quick burst would reach the screen below, and those after them the dialog. Here a key is
delivered only after the previous one was handled.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque

from textual import events
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

#: How often a marker follows its key: the second time it comes after what the key caused (a line submitted).
ROUNDS = 2


class KeyHandled(Message):
    """A marker that follows a key from the focused widget up to the app: who receives it has handled the key."""

    def __init__(self, start: Widget | Screen[object], rounds: int) -> None:
        super().__init__()
        self.start, self.rounds, self.screen = start, rounds, start.screen


class Keyboard(App[None]):
    """An app whose keys wait for one another."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Key] = deque()
        #: The keys that the user has changed, by the ids of their actions.
        self.keymap_changed: dict[str, str] = {}
        #: What the next key waits for, and whether it was already waited for a second ago.
        self._awaited: KeyHandled | None = None
        self._long_awaited = False

    @property
    def typed_ahead(self) -> bool:
        """Whether keys were typed that are not delivered yet."""
        return bool(self._typed)

    def redeliver(self, *keys: events.Key) -> None:
        """Deliver keys once more, to the widget that has the focus then, before all that were typed after them."""
        self._typed.extendleft(events.Key(key.key, key.character) for key in reversed(keys))
        if self._awaited is None:
            self._wait_for(KeyHandled(self.screen, 1), self)

    def before_key(self, key: events.Key) -> None:
        """Called with each key just before it is delivered."""

    async def on_event(self, event: events.Event) -> None:
        """Queue a key, and deliver it at once if no other is being handled."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        self._typed.append(event)
        if self._awaited is None or not self._awaited.start.is_attached:
            await self._deliver_next()

    async def on_key_handled(self, message: KeyHandled) -> None:
        """Deliver the next key, or send the marker once more behind what the last key caused."""
        message.stop()
        if message is not self._awaited:
            return
        if message.rounds > 1 and message.start.is_attached and message.screen is self.screen:
            self._wait_for(KeyHandled(message.start, message.rounds - 1), message.start)
        else:
            await self._deliver_next()

    async def _deliver_next(self) -> None:
        self._awaited = None
        if not self._typed:
            return
        key = self._typed.popleft()
        start = self.focused or self.screen
        vars(key)["aimed"] = self.screen
        self.before_key(key)
        await super().on_event(key)
        self._wait_for(KeyHandled(start, ROUNDS), start)

    def _wait_for(self, marker: KeyHandled, start: App[None] | Widget | Screen[object]) -> None:
        self._awaited, self._long_awaited = marker, False
        if not start.post_message(marker):
            self.post_message(marker)

    def pop_screen(self) -> AwaitComplete:
        """A dialog closes, and with it a marker that is on its way there: wait for one at the app instead."""
        left = self.screen
        popped = super().pop_screen()
        if self._awaited and self._awaited.screen is left:
            self._wait_for(KeyHandled(self._awaited.start, 1), self)
        return popped

    def deliver_stuck_keys(self) -> None:
        """Once a second: deliver keys that wait for a marker that was lost with a removed widget."""
        if self._awaited and self._long_awaited:
            self._wait_for(KeyHandled(self.screen, 1), self)  # a removed widget has no screen
        self._long_awaited = self._awaited is not None


class TerminalWatch:
    """Looks whether the terminal that standard input was at the start is still there."""

    def __init__(self) -> None:
        stream = sys.__stdin__
        self._descriptor = stream.fileno() if stream and not stream.closed and stream.isatty() else None

    def end_if_gone(self) -> None:
        """End the process as SIGHUP ends it: nothing can be drawn or asked any more, and what was recorded is saved."""
        hang_up = getattr(signal, "SIGHUP", None)  # Windows has none, and ends the programs of a console itself
        if hang_up is not None and self._descriptor is not None and not os.isatty(self._descriptor):
            if signal.getsignal(hang_up) is signal.SIG_IGN:  # as `nohup` has it
                signal.signal(hang_up, signal.SIG_DFL)
            signal.raise_signal(hang_up)
