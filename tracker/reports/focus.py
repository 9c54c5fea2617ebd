"""Time that was not meant: inside the declared focus hours without an intention, or past its plan. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.days import Wall, next_date
from tracker.domain.models import over_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tracker.analytics.day_slices import DaySlice
    from tracker.analytics.intervals import Interval

    #: id → (whether an intention was said, planned seconds)
    Meant = Mapping[int, tuple[bool, int | None]]

_SAID_NOTHING = (False, None)


class Focus:
    """The declared focus hours, from and until in seconds after midnight, by whatever wall clock a session has."""

    def __init__(self, hours: Sequence[Interval]) -> None:
        self._hours = hours
        self._known: dict[tuple[str, str], tuple[Interval, ...]] = {}

    def unmeant(self, parts: Iterable[DaySlice], meant: Meant, *, needs_intention: bool) -> Iterator[Interval]:
        """The intervals that were not meant; they may overlap. A talk `needs no intention`: whom it was with says it.

        Every day has focus hours; the night after a day belongs to the next date's.
        """
        everything = needs_intention and bool(self._hours)
        parts = list(parts)
        # At most one session runs, and its last part reaches until now.
        now = max((part.end for part in parts if part.lasted is None), default=0)
        if not everything:
            parts = [part for part in parts if part.id in meant]
        for date, since, until, _channel, _activity, zone, id, opened, lasted, *_rest in parts:
            intended, planned = meant.get(id, _SAID_NOTHING)
            over = over_plan(now - opened if lasted is None else lasted, planned)
            if planned is not None and over and opened + planned < until:
                yield max(since, opened + planned), until
            if everything and not intended:
                for start, end in self._around(zone, date):
                    if start < until and since < end:
                        yield max(start, since), min(end, until)

    def _around(self, zone: str, date: str) -> tuple[Interval, ...]:
        """The focus hours as instants, of a date and of the next, which the day of the log reaches into."""
        key = zone, date
        if key not in self._known:
            self._known[key] = tuple(
                (Wall.of(zone, start).bounds(day)[0], Wall.of(zone, end).bounds(day)[0])
                for day in (date, next_date(date))
                for start, end in self._hours
            )
        return self._known[key]
