"""Messages to the user: toasts in the corner of the screen, and notifications for somebody who looks elsewhere.

Toasts are shown one at a time, so that they do not pile up over the screen. The bell and the notifications of terminal
and desktop never take the focus, wait for an answer, or show an error. Escape sequences go through Textual's driver, so
that they never cut into a frame; nothing is written where no terminal reads it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from textual import events
from textual.app import App
from textual.notifications import SeverityLevel

from tracker.domain.errors import TrackerError
from tracker.domain.record import Record
from tracker.domain.text import clean, clean_lines
from tracker.formatting.text import capitalized
from tracker.locale import _
from tracker.tui.terminal import Keyboard

#: A toast of this many seconds or more is shown once only, and stays while other toasts come and go.
LASTS = 10.0

#: How long the toast of a flag is shown, in seconds; the Timer shows the flag all the time.
FLAG_LASTS = 8.0

#: On a screen with fewer lines the toast of a flag has one line, so that it covers less.
LOW = 30


def notify_error(app: App[Any], error: TrackerError, severity: SeverityLevel = "warning") -> None:
    """Show the message of an error as a toast."""
    app.notify(capitalized(str(error)), severity=severity)


class LastingToast(Record):
    """A toast that is shown once only, and until when (seconds of the steady clock)."""

    message: str
    title: str
    severity: SeverityLevel
    until: float


class Offer(Record):
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


#: Longer texts are cut, by us or by the program that shows them.
LONGEST = 200

#: Terminals that know both sequences would show the message twice, so they get their own one. OSC 9 came with iTerm2,
#: OSC 777 with urxvt. A terminal that is not listed gets both, and ignores the one that it does not know.
_OSC_9 = ("iTerm.app", "WezTerm", "ghostty")
_OSC_777 = ("foot", "rxvt")

#: Terminals that would print a sequence that they do not know.
_NEITHER = ("linux", "dumb")


def send(app: App[None], ways: Sequence[str], title: str, body: str) -> None:
    """Send a message by the ways that the setting `notify` names."""
    driver = app._driver
    if driver is None or app.is_headless or app.is_web:
        return
    if "bell" in ways:
        app.bell()
    if "terminal" in ways:
        for sequence in sequences(title, body, os.environ):
            driver.write(sequence)
    if "desktop" in ways:
        app.run_worker(partial(notify_desktop, plain(title), plain(body)), thread=True, exit_on_error=False)


def plain(words: str) -> str:
    """One line without characters that could end an escape sequence or begin another: users name channels."""
    return clean(words).strip()[:LONGEST]


def sequences(title: str, body: str, environment: Mapping[str, str]) -> list[str]:
    """The escape sequences to write to the terminal of this environment."""
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if not term or term in _NEITHER:
        return []
    title, body = plain(title), plain(body)
    # `9;4;…` is a progress bar to some terminals, and `;` ends the title of 777.
    osc_9 = "\x1b]9;" + _("{title}: {body}").format(title=title, body=body) + "\x07"
    osc_9 = osc_9.replace("\x1b]9;4;", "\x1b]9; 4;")
    osc_777 = f"\x1b]777;notify;{title.replace(';', ',')};{body.replace(';', ',')}\x07"
    wanted = [osc_9, osc_777]
    if program in _OSC_9 or term.startswith("xterm-kitty"):
        wanted = [osc_9]
    elif term.startswith(_OSC_777) or "VTE_VERSION" in environment:
        wanted = [osc_777]
    if "TMUX" in environment:  # tmux passes on what is wrapped like this, where its user allows it
        wanted = ["\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\" for sequence in wanted]
    return wanted


def notify_desktop(title: str, body: str) -> None:
    """Notify by the extra `notify`, where it is installed and the desktop listens; else do nothing. In a thread."""
    import asyncio

    try:
        from desktop_notifier import DesktopNotifier

        # Some desktops read markup in a message.
        shown = body.translate({ord("<"): "‹", ord(">"): "›", ord("&"): "+"})
        sending = DesktopNotifier(app_name="tracker").send(title=title, message=shown)
        asyncio.run(asyncio.wait_for(sending, timeout=5))
    except Exception:  # noqa: BLE001 - not installed, no desktop, no permission: none of it is a reason to disturb
        return
