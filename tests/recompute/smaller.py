"""A history made smaller while a figure still differs: rows are taken out, then settings put back to what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.recompute.life import Choices, Life, Session

ROWS = ("sessions", "outcomes", "habits", "ticks", "urges", "spends", "zeros", "closed", "met")
DETAILS = ("activity", "planned_seconds", "intention", "person", "ring")


def smallest(life: Life, differs: Callable[[Life], bool]) -> Life:
    """A life of which nothing more can be taken away, and of which `differs` is still true."""
    while True:
        for less in _less(life):
            if differs(less):
                life = less
                break
        else:
            return life


def _less(life: Life) -> Iterator[Life]:
    """Lives a little smaller: many rows gone first, then one by one, then settings and details."""
    for name in ROWS:
        rows = getattr(life, name)
        size = len(rows)
        while size:
            for start in range(0, len(rows), size):
                yield Life(**life._asdict() | {name: (*rows[:start], *rows[start + size :])})
            size //= 2
    for field, usual in Choices._field_defaults.items():
        # Another start of the day would move today, and with it what is still to come.
        if field != "day_starts_at" and getattr(life.choices, field) != usual:
            yield life._replace(choices=life.choices._replace(**{field: usual}))
    for place, session in enumerate(life.sessions):
        for field in DETAILS:
            if getattr(session, field) is not None:
                plainer = Session(**session._asdict() | {field: None})
                yield life._replace(sessions=(*life.sessions[:place], plainer, *life.sessions[place + 1 :]))
