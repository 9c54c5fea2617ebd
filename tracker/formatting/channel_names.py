"""Channels and activities in the reader's language, where they are those that come with the program."""

from __future__ import annotations

from tracker.locale import _, language


def shown_title(name: str, title: str) -> str:
    """The title of a channel or an activity, in the reader's language unless the user has changed it."""
    return _(title) if language() != "en" and _titles().get(name) == title else title


def activity_word(name: str | None) -> str:
    """`create`, in French `créer`: the one word by which an activity is named in a line; empty for none."""
    return _translated(name) if name else ""


def channel_word(name: str) -> str:
    """`call`, in French `appel`: the one word by which a channel is named in a line, and by which it can be typed.

    Another language has the titles of channels that come with the program, as far as they are one word.
    """
    word = _translated(name)
    return name if " " in word else word


def _translated(name: str) -> str:
    if language() == "en":
        return name
    titles = _titles()
    return _(titles[name]).lower() if name in titles else name


def _titles() -> dict[str, str]:
    from tracker.domain.default_channels import TITLES  # imported late: English does without it

    return TITLES
