"""Spells: what was picked up, and what was only switched to.

A *spell* is one unbroken use of a device (the *session* of Parry & Toth 2025, who part Android event logs into glances,
sessions and app episodes). Patterns count the openings that begin a spell: somebody who looks at three networks in turn
and puts the phone away picked it up once. The sessions are kept as they are.

Where the source knows when the screen went dark, a new spell begins after it did, or when nothing social was in front
for LIT_GAP: on a lit screen that long ago is another look. Where it does not, a new spell begins after SPELL_GAP.

One source may stand for several devices (a Mac, and the iPhone that shares its Screen Time with it), and a session does
not say on which of them it was. But its source says from when to when each device was used without a dark screen (a
*use*), and a session belongs to the use that began last of those it lies in. Two devices used at the same moment have
spells of their own.

Both gaps were measured on two real phones, whose dark screens are known. Gaps of 2 to 5 min between the end of a social
session and the start of the next agree best with "the screen was dark in between", and about equally (Cohen's kappa
0.53 to 0.58 and 0.52 to 0.54; 30 s 0.22 and 0.37; 10 min 0.50 and 0.44). The shortest of them is taken, so that the
least is joined. After more than 10 min the screen had been dark in 660 of 685 cases.

What a person recorded is no measurement of a device: each of those sessions is an opening of its own.

`tracker status` imports this all day: import nothing heavy.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from tracker.domain.models import DAY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: Seconds without anything social after which a new spell begins: of a source that does not know the screen, and of one
#: that does while the screen stays on.
SPELL_GAP, LIT_GAP = 120, 600
#: The screen is known of a session if it went dark at most so many seconds before it, or after.
KNOWN = DAY
#: Seconds are rounded: what ends with the screen may end so many seconds after it.
ROUNDING = 2


def spell_starts(
    sessions: Iterable[tuple[int, int, int | None]],
    sources: Mapping[int, str],
    uses: Mapping[str, Sequence[tuple[int, int]]],
) -> dict[int, int]:
    """The sessions that do not begin a spell: for the id of each, the id of the session that began its spell.

    `sessions` are (id, start, end) of social sessions by start, `sources` the source of each that was measured by id,
    `uses` the uses of each source's devices by start: from the first session to when the screen went dark. A use
    without length only says when some screen went dark. All in UTC seconds.
    """
    screens = {source: _Screens(spans) for source, spans in uses.items() if spans}
    inside: dict[int, int] = {}
    #: The spell that goes on, by source and by when its screen will go dark: who began it, and until when it lasts.
    spells: dict[tuple[str, int | None], tuple[int, int]] = {}
    for id, start, end in sessions:
        source = sources.get(id)
        if source is None:
            continue
        ends = start if end is None else end
        screen = screens.get(source)
        dark = screen.dark_after(start, ends) if screen else None
        gap = LIT_GAP if screen and (dark is not None or screen.known(start)) else SPELL_GAP
        head, until = spells.get((source, dark), (id, start))
        if start - until > gap:
            head, until = id, start
        if head != id:
            inside[id] = head
        spells[source, dark] = head, max(until, ends)
        if screen and dark is not None and dark < ends - ROUNDING:
            # It was joined over a dark moment: the spell goes on in the use that it ends in.
            spells[source, screen.dark_after_end(dark, ends)] = spells[source, dark]
    return inside


class _Screens:
    """The screens of one source's devices, asked about sessions by their starts."""

    def __init__(self, uses: Sequence[tuple[int, int]]) -> None:
        self._uses = [use for use in uses if use[0] < use[1]]
        self._dark = sorted(end for _start, end in uses)
        #: Only when, not on which device: of imports by earlier versions of the program.
        self._moments = [end for start, end in uses if start == end]
        self._next = 0
        #: The ends of the uses that have begun, the last one at the end.
        self._begun: list[int] = []

    def dark_after(self, start: int, end: int) -> int | None:
        """When the screen on which a session was went dark after it; None where that is not known."""
        while self._next < len(self._uses) and self._uses[self._next][0] <= start:
            self._begun.append(self._uses[self._next][1])
            self._next += 1
        while self._begun and self._begun[-1] <= start:
            self._begun.pop()
        if self._begun:
            return self._begun[-1]
        place = bisect_left(self._moments, max(end - ROUNDING, start + 1))
        found = self._moments[place] if place < len(self._moments) else None
        return found if found is not None and found - end <= KNOWN else None

    def dark_after_end(self, dark: int, end: int) -> int:
        """When the screen went dark after a session that began before it did at `dark`, and ended later."""
        place = bisect_right(self._uses, (end, end)) - 1
        while place >= 0 and self._uses[place][0] >= dark:
            if self._uses[place][1] >= end - ROUNDING:
                return self._uses[place][1]
            place -= 1
        return dark

    def known(self, start: int) -> bool:
        """Whether a screen went dark lately."""
        place = bisect_right(self._dark, start) - 1
        return place >= 0 and start - self._dark[place] <= KNOWN
