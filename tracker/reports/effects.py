"""What a change of sessions did besides what was asked for, in words: the same on the screens and the command line."""

from __future__ import annotations

from tracker.domain.models import lies_in
from tracker.locale import _
from tracker.reports import glances
from tracker.storage.overlaps import is_nominal, say_taken_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Protocol

    from tracker.domain.models import Session
    from tracker.storage.effects import Effects

    class Times(Protocol):
        """How a session's times are said."""

        def __call__(self, session: Session, *, exact: bool = False) -> str:
            """`14:00–14:25`; to the second where they are to be exact."""

    #: What a channel is called.
    Title = Callable[[str], str]

#: So many changes are told one by one.
TOLD = 3


def said(found: Effects, times: Times, title: Title) -> list[str]:
    """What else is true now, in phrases; none where nothing but what was asked for has changed."""
    parts = _taken_in(found)
    phrases = [*filter(None, [say_mine(found, times, title)]), *say_others(found, times, title)]
    if parts:
        phrases.append(say_taken_in(parts) + glances.with_notes(parts))
    if again := [*found.shown_again, *_grown(found)]:
        spans = listed([times(one) for one in again])
        phrases.append(_("measured time is shown again: {spans}").format(spans=spans))
    return phrases


def say_mine(found: Effects, times: Times, title: Title) -> str:
    """`LinkedIn 08:29–08:45 instead of 08:20–08:45`: what is there of what was asked for; empty where all is."""
    said = []
    for wanted in found.wanted:
        pieces = [one for one in found.mine if one.channel == wanted.channel and lies_in(one, wanted)]
        if not pieces:
            name = title(wanted.channel)
            said.append(_("{channel} {span} not recorded").format(channel=name, span=times(wanted)))
        elif [_span(one) for one in pieces] != [_span(wanted)]:
            said.append(_instead(title(wanted.channel), wanted, pieces, times))
    return _("; ").join(said)


def gave_way(found: Effects) -> list[tuple[Session, tuple[Session, ...]]]:
    """The sessions that were cut, and what is left of each; checks apart, whose seconds are nominal."""
    taken, grown = _taken_in(found), _grown(found)
    return [
        (was, left)
        for was, left in found.others
        if was not in taken and not is_nominal(was) and not any(lies_in(was, one) for one in grown)
    ]


def say_others(found: Effects, times: Times, title: Title) -> list[str]:
    """`LinkedIn 08:04–08:20 instead of 08:04–08:29`, `LinkedIn 08:31–08:35 removed`: those that gave way."""
    changes = [
        _instead(title(was.channel), was, left, times)
        if left
        else _("{channel} {span} removed").format(channel=title(was.channel), span=times(was))
        for was, left in gave_way(found)
    ]
    more = len(changes) - TOLD
    return [*changes[:TOLD], _("{n} more changed").format(n=more)] if more > 0 else changes


def listed(spans: Sequence[str]) -> str:
    """`14:00–14:25, 15:10–15:30`; of more than three the first ones, and that there are more."""
    return ", ".join([*spans[:TOLD], "…"] if len(spans) > TOLD else spans)


def _taken_in(found: Effects) -> list[Session]:
    """The checks, and moments by hand, that became part of what was asked for."""
    return [was for was, left in found.others if not left and (is_nominal(was) or was.start == was.end)]


def _grown(found: Effects) -> list[Session]:
    """Measured sessions that time was given back to; what lies in one of them is part of it again."""
    return [left[0] for was, left in found.others if len(left) == 1 and not lies_in(left[0], was)]


def _instead(channel: str, was: Session, left: Sequence[Session], times: Times) -> str:
    now, before = listed([times(one) for one in left]), times(was)
    if now == before:  # it is about seconds
        now, before = listed([times(one, exact=True) for one in left]), times(was, exact=True)
    return _("{channel} {now} instead of {before}").format(channel=channel, now=now, before=before)


def _span(session: Session) -> tuple[str, int, int]:
    return session.channel, session.start, -1 if session.end is None else session.end
