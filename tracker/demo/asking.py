"""What her phone says unasked: notifications, a few of them answered at once and most of them not."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tracker.demo.diary import HOUR, MINUTE, PHONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.demo.diary import Diary
    from tracker.domain.models import Session

    Asked = tuple[str, int, str]

_SEED = 20261123

#: How many a day come to nothing, and the share of openings that follow one.
_USUAL: dict[str, tuple[float, float]] = {
    "instagram": (4.0, 0.12),
    "linkedin": (2.5, 0.2),
    "youtube": (0.8, 0.05),
    "x": (1.0, 0.1),
    "whatsapp": (6.0, 0.55),
}


def notifications(pages: Sequence[Diary], sessions: Iterable[Session], edge: int) -> list[Asked]:
    """(channel, instant, zone) of each before `edge`, by time. A phone that recorded nothing on a day told nothing."""
    found: dict[tuple[str, int], Asked] = {}
    random = Random(_SEED)
    for session in sessions:
        if session.source == PHONE and random.random() < _USUAL.get(session.channel, (0, 0))[1]:
            at = session.start - random.randrange(4, 4 * MINUTE)
            found[session.channel, at] = (session.channel, at, session.zone)
    for page in pages:
        if not page.sessions:
            continue
        random = Random(_SEED + 49_979_687 * (page.ago + 1))
        for channel, (usual, _followed) in _USUAL.items():
            for _time in range(random.randrange(round(2 * usual) + 1)):
                at = page.at(random.uniform(7.5, 22.5) * HOUR)
                found[channel, at] = (channel, at, page.zone)
    return sorted((one for one in found.values() if one[1] < edge), key=lambda one: (one[1], one[0]))
