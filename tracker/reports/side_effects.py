"""What a change of sessions did besides what was asked for, in words, for screens and command line."""

from __future__ import annotations

from tracker.domain.models import lies_in
from tracker.locale import _
from tracker.reports.presets import say_replaced_notes
from tracker.storage.overlaps import is_nominal, say_taken_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Protocol

    from tracker.domain.models import Effects, Session

    class SayTimes(Protocol):
        """Writes a session's times."""

        def __call__(self, session: Session, *, exact: bool = False) -> str:
            """`14:00–14:25`; with seconds if they are to be `exact`."""

    #: From a channel's name to its title.
    Title = Callable[[str], str]

#: So many changes are listed; the others are counted.
MOST_LISTED = 3


def say_effects(effects: Effects, times: SayTimes, title: Title) -> list[str]:
    """What else is true now, in phrases; none where only what was asked for has changed."""
    mine = say_mine(effects, times, title, named=len(effects.wanted) > 1)
    phrases = [*filter(None, [mine]), *say_others(effects, times, title)]
    if parts := _taken_in(effects):
        phrases.append(say_taken_in(parts) + say_replaced_notes(parts))
    if shown := [*effects.shown_again, *_grown(effects)]:
        spans = listed([times(session) for session in shown])
        phrases.append(_("measured time is shown again: {spans}").format(spans=spans))
    return phrases


def say_mine(effects: Effects, times: SayTimes, title: Title, *, named: bool = True) -> str:
    """`LinkedIn 08:29–08:45 instead of 08:20–08:45`: what was recorded of what was asked for; empty where all was.

    Without `named` only `instead of 08:20–08:45`, behind a message that has the channel and the times already.
    """
    phrases = []
    for wanted in effects.wanted:
        pieces = [one for one in effects.mine if one.channel == wanted.channel and lies_in(one, wanted)]
        if not pieces:
            name = title(wanted.channel)
            phrases.append(_("{channel} {span} not saved").format(channel=name, span=times(wanted)))
        elif [piece.placement for piece in pieces] != [wanted.placement]:
            phrases.append(_instead(title(wanted.channel) if named else "", wanted, pieces, times))
    return _("; ").join(phrases)


def shortened(effects: Effects) -> list[tuple[Session, tuple[Session, ...]]]:
    """The sessions that were cut or removed, each with what is left of it; without checks, whose length is nominal."""
    taken, grown = _taken_in(effects), _grown(effects)
    return [
        (was, left)
        for was, left in effects.others
        if was not in taken and not is_nominal(was) and not any(lies_in(was, session) for session in grown)
    ]


def say_others(effects: Effects, times: SayTimes, title: Title) -> list[str]:
    """`LinkedIn 08:04–08:20 instead of 08:04–08:29`, `LinkedIn 08:31–08:35 removed`: the `shortened` sessions."""
    changes = [
        _instead(title(was.channel), was, left, times)
        if left
        else _("{channel} {span} removed").format(channel=title(was.channel), span=times(was))
        for was, left in shortened(effects)
    ]
    more = len(changes) - MOST_LISTED
    return [*changes[:MOST_LISTED], _("{n} more changed").format(n=more)] if more > 0 else changes


def listed(spans: Sequence[str]) -> str:
    """`14:00–14:25, 15:10–15:30`; of more than three the first ones and `…`."""
    return ", ".join([*spans[:MOST_LISTED], "…"] if len(spans) > MOST_LISTED else spans)


def _taken_in(effects: Effects) -> list[Session]:
    """The checks, and sessions without length, that became part of what was asked for."""
    return [was for was, left in effects.others if not left and (is_nominal(was) or was.start == was.end)]


def _grown(effects: Effects) -> list[Session]:
    """Measured sessions that got time back; what lies in one of them is part of it again."""
    return [left[0] for was, left in effects.others if len(left) == 1 and not lies_in(left[0], was)]


def _instead(channel: str, was: Session, left: Sequence[Session], times: SayTimes) -> str:
    """Of the session `was` only the pieces `left` are there; without `channel`, only what it was."""
    now, before = listed([times(session) for session in left]), times(was)
    if not channel and now != before:
        return _("instead of {before}").format(before=before)
    if now == before:  # they differ by seconds
        now, before = listed([times(session, exact=True) for session in left]), times(was, exact=True)
    return _("{channel} {now} instead of {before}").format(channel=channel, now=now, before=before).strip()
