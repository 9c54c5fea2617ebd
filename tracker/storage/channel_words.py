"""What a channel is called in a line of words: the names in the file are English."""

from __future__ import annotations

from tracker.locale import _, language


def channel_word(name: str) -> str:
    """`call`, in French `appel`: the one word by which a channel is named in a line, and by which it can be typed.

    Another language has the titles of channels that come with the program, as far as they are one word.
    """
    if language() == "en":
        return name
    from tracker.storage.default_channels import TITLES

    word = _(TITLES[name]).lower() if name in TITLES else name
    return name if " " in word else word
