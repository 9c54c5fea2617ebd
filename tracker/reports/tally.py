"""Counts in words, the same on every page: talks and people, and time on two channels at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.durations import say_duration
from tracker.locale import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping


def say_talks(rings: Mapping[str, int | None], people: int | None) -> str:
    """`3 talks with 2 people: building 2, street 1`; `people` are those with a name, nothing is said of none."""
    talks = sum(count or 0 for count in rings.values())
    said = ngettext("{n} talk", "{n} talks", talks).format(n=talks)
    if people:
        said += " " + ngettext("with {n} person", "with {n} people", people).format(n=people)
    return said + _(": ") + ", ".join(f"{_(ring)} {count}" for ring, count in rings.items() if count)


def say_twice(seconds: int, room: int | None = None) -> str:
    """`3s on two at once, counted once`: why channels add up to more than the total, where they do.

    Shorter where there is no `room` for so many letters.
    """
    if not seconds:
        return ""
    said = _("{time} on two at once, counted once").format(time=say_duration(seconds))
    if room is None or len(said) <= room:
        return said
    return _("{time} on two at once").format(time=say_duration(seconds))
