"""Which rows of a phone say that its screen is off, or that it is: told by their shape, whatever the language.

Nothing else begins to be in front while they last. They are no app's, and either they end what was in front in the
middle of its time, or they are told of the rows after them, which say that the screen is on: the two share their first
word, and the one follows where the other ends. `Screen off`, `Screen on`; `Schermo spento`, `Schermo acceso`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.importers.app_usage_rows import Row
    from tracker.importers.recognise import Recogniser

#: In the languages of the phones seen first, where the words alone are enough.
_WORDS = re.compile(r"(screen off|écran éteint)( \(.*\))?|device shutdown|arrêt de l.appareil", re.IGNORECASE)

#: Seconds are rounded: so far apart, two rows may still touch.
_ROUNDING = 2


def names(timed: Sequence[tuple[int, Row]], recogniser: Recogniser) -> set[str]:
    """The names of the rows that say that the screen is off; rows are given with their start, in UTC seconds."""
    known = {row.app for _start, row in timed if _WORDS.fullmatch(row.app)}
    lasting = sorted((start, row) for start, row in timed if row.lasts)
    starts = [start for start, _row in lasting]
    alone: dict[str, list[int]] = {}
    followed: dict[str, int] = {}
    ended: set[str] = set()
    for place, (start, row) in enumerate(lasting):
        name, end = row.app, start + row.lasts
        if name not in alone:
            alone[name] = []
        inside = bisect_right(starts, start + 1)
        alone[name].append(inside >= len(starts) or starts[inside] > end - _ROUNDING)
        if any(
            begun < start - _ROUNDING and start + _ROUNDING < begun + before.lasts <= end + _ROUNDING
            for begun, before in lasting[max(place - 3, 0) : place]
        ):
            ended.add(name)
        after = lasting[place + 1 : place + 4]
        followed[name] = followed.get(name, 0) + any(
            abs(begun - end) <= _ROUNDING and next.app != name and family(next.app) == family(name)
            for begun, next in after
        )
    for name, ends in alone.items():
        if all(ends) and (name in ended or 2 * followed[name] >= len(ends)) and not recogniser.app(name):
            known.add(name)
    return known


def family(name: str) -> str:
    """The first word of a name; of one that is written without blanks, its first two letters."""
    word = name.split()[0] if name.split() else ""
    return (word if word.isascii() or word != name.strip() else word[:2]).casefold()
