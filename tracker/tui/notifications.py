"""Notifications for somebody who looks elsewhere: the terminal's bell, its notifications, those of the desktop.

None of them takes the focus, waits for an answer, or shows an error. The escape sequences go through Textual's driver,
as those of bell and clipboard do, so that they never cut into a frame; nothing is written where no terminal reads it.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from tracker.domain.text import clean
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import App

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
