"""Toasts: messages in the corner of the screen, one at a time, so that they do not pile up over it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.notifications import SeverityLevel

from tracker.domain.text import clean, clean_lines
from tracker.formatting.text import capitalized
from tracker.tui.keyboard import Keyboard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.app import App

    from tracker.domain.errors import TrackerError

#: A toast of this many seconds or more is shown once only, and stays while other toasts come and go.
LASTS = 10.0

#: How long the toast of a flag is shown, in seconds; the Timer shows the flag all the time.
FLAG_LASTS = 8.0

#: On a screen with fewer lines the toast of a flag has one line, so that it covers less.
LOW = 30


def notify_error(app: App[Any], error: TrackerError, severity: SeverityLevel = "warning") -> None:
    """Show the message of an error as a toast."""
    app.notify(capitalized(str(error)), severity=severity)


class LastingToast(NamedTuple):
    """A toast that is shown once only, and until when (seconds of the steady clock)."""

    message: str
    title: str
    severity: SeverityLevel
    until: float


class Offer(NamedTuple):
    """A session's id, the keys that are about it while a toast is shown, and until when (steady clock)."""

    id: int
    keys: frozenset[str]
    until: float


class ToastApp(Keyboard):
    """An app whose newest toast replaces the one before."""

    _lasting: LastingToast | None = None
    _offer: Offer | None = None

    def offer(self, id: int, keys: Iterable[str], seconds: float) -> None:
        """Make keys be about one session while its toast is shown, until another key or a click closes it."""
        self._offer = Offer(id, frozenset(keys), time.monotonic() + seconds)

    @property
    def offered(self) -> int | None:
        """The session that the keys of the toast are about; None once it is gone."""
        return self._offer.id if self._offer and time.monotonic() < self._offer.until else None

    def before_key(self, key: events.Key) -> None:
        """Any key that is not offered closes the offer, and does what it always does; escape only closes the toast."""
        own = self._offer and (key.key in self._offer.keys or key.character in self._offer.keys)
        if self._offer and not own and key.key != "escape":
            self.clear_passing_toasts()

    def mouse_pressed(self, event: events.MouseDown) -> None:
        """A mouse button was pressed: it closes the offer, and then does what it always does."""
        if self._offer:
            self.clear_passing_toasts()
        mouse_pressed = getattr(self.screen, "mouse_pressed", None) if self.screen_stack else None
        if mouse_pressed:
            mouse_pressed(event.screen_x, event.screen_y)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
        lasts: bool = False,
    ) -> None:
        """Show a toast for `timeout` seconds, never read as markup; `lasts`: it is shown once only, however short."""
        message, title = clean_lines(message), clean(title)
        self.clear_passing_toasts()
        if self._lasting and self._seconds_left() > 0 and self._lasting.message == message:
            return  # it is shown already
        if timeout is not None and (lasts or timeout >= LASTS):
            self._lasting = LastingToast(message, title, severity, time.monotonic() + timeout)
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    def flagged(self, heading: str, words: str, keys: str) -> None:
        """Show a flag with its keys; on a low screen without its words, which the list of patterns has too."""
        message = keys if self.size.height < LOW else f"{words}\n{keys}"
        self.notify(message, title=f"⚑ {heading}", timeout=FLAG_LASTS, lasts=True)

    def clear_notifications(self) -> None:
        """Remove all toasts with their holders: Textual keeps a line for each, and the next toast would stand lower."""
        super().clear_notifications()
        for screen in self.screen_stack:
            screen.query("ToastHolder").remove()

    @property
    def shows_toast(self) -> bool:
        """Whether a toast is shown now, or about to be."""
        return bool(self._notifications) or self._seconds_left() > 0

    def _seconds_left(self) -> float:
        return self._lasting.until - time.monotonic() if self._lasting else 0.0

    def dismiss_toasts(self) -> None:
        """Remove all toasts, also a lasting one: the screen shows now what it is about."""
        self._lasting = self._offer = None
        self.clear_notifications()

    def clear_passing_toasts(self) -> None:
        """Remove the toasts before a question or another toast; a lasting one stays until its time is over."""
        self._offer = None
        shown = {(toast.title, toast.message) for toast in self._notifications}
        self.clear_notifications()
        lasting, left = self._lasting, self._seconds_left()
        if lasting is None or left <= 0:
            self._lasting = None
        elif (lasting.title, lasting.message) in shown:  # else it is about to be shown
            super().notify(lasting.message, title=lasting.title, severity=lasting.severity, timeout=left, markup=False)
