"""Where somebody was met first. A name is the same in whatever case."""

from __future__ import annotations

from tests.recompute.life import KINDS, Life


def met(life: Life, person: str) -> str | None:
    """The channel somebody was met on, `in_person` for every place in real life; None where nobody knows.

    What the user said of it wins. Else it is the channel of the first session or outcome with them in the whole log.
    """
    name = person.casefold()
    for who, channel, ring in life.met:
        if who.casefold() == name:
            return _side(channel) if channel else "in_person" if ring else None
    names = [
        (session.start, 0, session.channel)
        for session in life.sessions
        if session.person and session.person.casefold() == name
    ]
    names += [
        (outcome.at, 1, outcome.channel)
        for outcome in life.outcomes
        if outcome.channel and outcome.person and outcome.person.casefold() == name
    ]
    return _side(min(names)[2]) if names else None


def _side(channel: str) -> str:
    return "in_person" if KINDS[channel] == "in_person" else channel
