"""The settings that figures cannot do without, in words, with the names that `tracker config` takes."""

from __future__ import annotations

import re

from tracker.locale import N_, _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: What each of them says.
WANTED = {
    "hour_cost": N_("what an hour of your time costs"),
    "sale_value": N_("what a client brings in"),
    "client_share": N_("the share of leads that become clients"),
    "wakes_at": N_("the time you wake up"),
    "focus_hours": N_("the hours of your important work"),
}


#: How a missing setting is set by command: its name, or the command itself.
_HOW_TO_SET = re.compile(rf" \((?:`[^`]+`|{'|'.join(WANTED)})\)")


def without_commands(words: str) -> str:
    """The words without the names and commands that set what is missing: for a place where a key does it."""
    return _HOW_TO_SET.sub("", words)


def say_wanted(names: Iterable[str]) -> list[str]:
    """`what a client brings in (sale_value)` for each of these settings."""
    return [_("{what} ({name})").format(what=_(WANTED[name]), name=name) for name in names]
