"""Telling somebody who looks elsewhere: the terminal's bell, its notifications, and those of the desktop.

None of them takes the focus, waits for an answer or can go wrong visibly. The sequences go through Textual's driver,
like the bell and the clipboard, so that they never cut into a frame; nothing is written where no terminal reads it.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from tracker.domain.text import clean
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.tui.base_app import BaseApp

#: Longer is cut by whoever shows it, if not by us.
LONGEST = 200

#: Those that know both sequences would show the message twice, so they get the one that is theirs. OSC 9 came with
#: iTerm2, OSC 777 with urxvt; whoever is not named here gets both, and leaves alone what it does not know.
_NINE = ("iTerm.app", "WezTerm", "ghostty")
_SEVEN = ("foot", "rxvt")

#: Terminals that would print a sequence they do not know.
_NONE = ("linux", "dumb")


def tell(app: BaseApp, ways: Sequence[str], title: str, body: str) -> None:
    """Send a message by the ways that the setting `notify` names."""
    driver = app._driver
    there = driver is not None and not app.is_headless and not app.is_web
    if driver is not None and there and "bell" in ways:
        app.bell()
    if driver is not None and there and "terminal" in ways:
        for sequence in sequences(title, body, os.environ):
            driver.write(sequence)
    if "desktop" in ways and there:
        app.run_worker(partial(_on_the_desktop, plain(title), plain(body)), thread=True, exit_on_error=False)


def plain(words: str) -> str:
    """One line of characters that cannot end a sequence or begin another: users name channels and intentions."""
    return clean(words).strip()[:LONGEST]


def sequences(title: str, body: str, environment: Mapping[str, str]) -> list[str]:
    """What to write to the terminal of this environment."""
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if not term or term in _NONE:
        return []
    title, body = plain(title), plain(body)
    # `9;4;…` is a progress bar to some terminals, and `;` ends the title of 777.
    nine = "\x1b]9;" + _("{title}: {body}").format(title=title, body=body) + "\x07"
    nine = nine.replace("\x1b]9;4;", "\x1b]9; 4;")
    seven = f"\x1b]777;notify;{title.replace(';', ',')};{body.replace(';', ',')}\x07"
    if program in _NINE or term.startswith("xterm-kitty"):
        found = [nine]
    elif term.startswith(_SEVEN) or "VTE_VERSION" in environment:
        found = [seven]
    else:
        found = [nine, seven]
    return [_through_tmux(one) for one in found] if "TMUX" in environment else found


def _through_tmux(sequence: str) -> str:
    """tmux hands on what is wrapped so, where its user allows it, and drops it otherwise."""
    return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"


def _on_the_desktop(title: str, body: str) -> None:
    """By the extra `notify`, where it is installed and the desktop listens; in a thread, and never heard of if not."""
    import asyncio

    try:
        from desktop_notifier import DesktopNotifier

        # Some desktops read markup in a message.
        shown = body.translate({ord("<"): "‹", ord(">"): "›", ord("&"): "+"})
        sending = DesktopNotifier(app_name="tracker").send(title=title, message=shown)
        asyncio.run(asyncio.wait_for(sending, timeout=5))
    except Exception:  # noqa: BLE001 - not installed, no desktop, no permission: all of it is no reason to disturb
        return
