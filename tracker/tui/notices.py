"""What is said in the corner of the screen: one notice at a time, so that no heap of them lies over the screen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from textual.notifications import SeverityLevel

from tracker.domain.text import clean, clean_lines
from tracker.tui.keyboard import Keyboard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events

#: What was said by time alone, for so many seconds or more, outlives what keys say meanwhile.
LASTS = 10.0

#: How long a flag is said: long enough for a line or two, and what it says stands on the Timer all the while.
FLAG_LASTS = 8.0

#: Below so many lines a notice is two lines at most: it lies over what there is to see.
LOW = 30


class Lasting(NamedTuple):
    """A notice that is said once only, and until when on the steady clock."""

    message: str
    title: str
    severity: SeverityLevel
    until: float


class Offer(NamedTuple):
    """What the keys of a notice are about, while it is shown: a session's id, the keys, until when (steady clock)."""

    id: int
    keys: frozenset[str]
    until: float


class Notices(Keyboard):
    """An app whose newest notice takes the place of the one before."""

    _lasting: Lasting | None = None
    _offer: Offer | None = None

    def offer(self, id: int, keys: Iterable[str], seconds: float) -> None:
        """The keys of the notice that is shown are about one session, until another key or a click closes it."""
        self._offer = Offer(id, frozenset(keys), time.monotonic() + seconds)

    @property
    def offered(self) -> int | None:
        """The session that the keys of the notice are about; None once it is gone."""
        return self._offer.id if self._offer and time.monotonic() < self._offer.until else None

    def about_to(self, key: events.Key) -> None:
        """Any key but its own closes what is offered; escape is left to close it, and to do nothing else."""
        own = self._offer and (key.key in self._offer.keys or key.character in self._offer.keys)
        if self._offer and not own and key.key != "escape":
            self.hush()

    def let_go(self, event: events.MouseDown) -> None:
        """A button of the mouse goes down: it closes what is offered, and then does what it always does."""
        if self._offer:
            self.hush()
        let_go = getattr(self.screen, "let_go", None) if self.screen_stack else None
        if let_go:
            let_go(event.screen_x, event.screen_y)

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
        """Say something for `timeout` seconds, never read as markup; what is said lasts beside what keys answer.

        With `lasts` it does so whatever its timeout.
        """
        message, title = clean_lines(message), clean(title)
        self.hush()
        if self._lasting and self._left() > 0 and self._lasting.message == message:
            return  # it stands there already
        if timeout is not None and (lasts or timeout >= LASTS):
            self._lasting = Lasting(message, title, severity, time.monotonic() + timeout)
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    def flagged(self, heading: str, says: str, keys: str) -> None:
        """Say a flag with what can be pressed; on a low screen without the figures, which stand in its line."""
        told = keys if self.size.height < LOW else f"{says}\n{keys}"
        self.notify(told, title=f"⚑ {heading}", timeout=FLAG_LASTS, lasts=True)

    @property
    def saying(self) -> bool:
        """Whether something is said now, or is on its way to the screen."""
        return bool(self._notifications) or self._left() > 0

    def _left(self) -> float:
        return self._lasting.until - time.monotonic() if self._lasting else 0.0

    def silence(self) -> None:
        """Take away what is said once only too: what it is about is shown where one goes now."""
        self._lasting = self._offer = None
        self.clear_notifications()

    def hush(self) -> None:
        """Take the notices away: something is asked, or said anew. What is said once only stays its time."""
        self._offer = None
        seen = {(one.title, one.message) for one in self._notifications}
        self.clear_notifications()
        told, left = self._lasting, self._left()
        if told and left > 0:
            if (told.title, told.message) not in seen:
                return  # on its way to the screen still
            super().notify(told.message, title=told.title, severity=told.severity, timeout=left, markup=False)
        else:
            self._lasting = None
