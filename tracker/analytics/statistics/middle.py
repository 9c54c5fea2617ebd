"""The middle of some values. Importing the standard library's `statistics` costs as much as all the patterns do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def median(values: Iterable[float]) -> float:
    """The middle value, or the mean of the middle two. ValueError without any."""
    ordered = sorted(values)
    count = len(ordered)
    if not count:
        raise ValueError("nothing has no median")
    return ordered[count // 2] if count % 2 else (ordered[count // 2 - 1] + ordered[count // 2]) / 2
