"""Spells: what was picked up, and what was only switched to.

A *spell* is one unbroken use of a device (the *session* of Parry & Toth 2025, who part Android event logs into glances,
sessions and app episodes). Patterns count the openings that begin a spell: somebody who looks at three networks in turn
and puts the phone away picked it up once. The sessions are kept as they are.

Where the source knows when the screen went dark, a new spell begins after it did, or when nothing social was in front
for LIT_GAP: on a lit screen that long ago is another look. Where it does not, a new spell begins after SPELL_GAP.

Both gaps were measured on two real phones, whose dark screens are known. Gaps of 2 to 5 min between the end of a social
session and the start of the next agree best with "the screen was dark in between", and about equally (Cohen's kappa
0.53 to 0.58 and 0.52 to 0.54; 30 s 0.22 and 0.37; 10 min 0.50 and 0.44). The shortest of them is taken, so that the
least is joined. After more than 10 min the screen had been dark in 660 of 685 cases.

What a person recorded is no measurement of a device: each of those sessions is an opening of its own.

`tracker status` imports this all day: import nothing heavy.
"""

from __future__ import annotations

from bisect import bisect_right

from tracker.domain.models import BY_HAND, RECORDED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: The sources of what people recorded.
BY_PEOPLE = frozenset((*BY_HAND, *RECORDED))

#: Seconds without anything social after which a new spell begins: of a source that does not know the screen, and of one
#: that does while the screen stays on.
SPELL_GAP, LIT_GAP = 120, 600
#: The screen is known of a session if it went dark at most so many seconds before.
KNOWN = 86_400
#: Seconds are rounded: what ends with the screen may end so many seconds after it.
ROUNDING = 2


def switched_to(
    sessions: Iterable[tuple[int, int, int | None]],
    sources: Mapping[int, str],
    screen_off: Mapping[str, Sequence[int]],
) -> frozenset[int]:
    """The ids of the sessions that do not begin a spell; takes what `spell_starts` does."""
    return frozenset(spell_starts(sessions, sources, screen_off))


def spell_starts(
    sessions: Iterable[tuple[int, int, int | None]],
    sources: Mapping[int, str],
    screen_off: Mapping[str, Sequence[int]],
) -> dict[int, int]:
    """The sessions that do not begin a spell: for the id of each, the id of the session that began its spell.

    `sessions` are (id, start, end) of social sessions by start, `sources` the source of each by id, `screen_off` the
    instants at which a source's screen went dark, ascending; all in UTC seconds.
    """
    inside: dict[int, int] = {}
    until: dict[str, int] = {}
    begins: dict[str, int] = {}
    for id, start, end in sessions:
        source = sources.get(id)
        if source is None or source in BY_PEOPLE:
            continue
        last = until.get(source)
        if last is not None and not _is_new(last, start, screen_off.get(source)):
            inside[id] = begins[source]
        else:
            begins[source] = id
        ends = start if end is None else end
        if last is None or ends > last:
            until[source] = ends
    return inside


def _is_new(last: int, start: int, screen_off: Sequence[int] | None) -> bool:
    """Whether what begins at `start` begins a spell, where the social session before ended at `last`."""
    if not screen_off:
        return start - last > SPELL_GAP
    place = bisect_right(screen_off, start) - 1
    if place < 0 or start - screen_off[place] > KNOWN:
        return start - last > SPELL_GAP
    return screen_off[place] >= last - ROUNDING or start - last > LIT_GAP
