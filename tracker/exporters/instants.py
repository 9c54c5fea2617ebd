"""Instants in an export."""

from __future__ import annotations

from tracker.calendar import zones


def iso(instant: int, zone: str) -> str:
    """The instant by the wall clock of `zone`; by UTC where another program wrote a zone that nobody knows."""
    return zones.iso(instant, zone if zones.is_zone(zone) else "UTC")
