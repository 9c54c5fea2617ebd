"""What the properties of the calendar are tried on: zones with every oddity, eighty years of instants, and any text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tracker.domain.errors import TrackerError

if TYPE_CHECKING:
    from collections.abc import Callable

ODD_ZONES = (
    "UTC",
    "Europe/Paris",
    "America/New_York",
    "America/Sao_Paulo",  # changed at midnight: days without 00:00, and 23:00 shown twice
    "America/Havana",  # 00:30 shown twice
    "Asia/Kathmandu",  # +05:45
    "Asia/Gaza",  # changes days apart
    "Africa/Casablanca",  # winter time in Ramadan
    "Africa/Monrovia",  # seconds in its offset until 1972
    "Australia/Lord_Howe",  # changes by half an hour
    "Pacific/Apia",  # skipped 30 December 2011
    "Pacific/Kwajalein",
    "Antarctica/Troll",  # changes by two hours
)

ZONES = st.sampled_from(ODD_ZONES)
INSTANTS = st.integers(10_000_000, 2_500_000_000)
STARTS = st.one_of(st.sampled_from([0, 1800, 9000, 14_400]), st.integers(0, 86_399))


def cases(table: str) -> list[str]:
    """The texts of a table, which stand between bars."""
    return [text.strip() for text in table.split("|")]


def refusal(read: Callable[[], object]) -> str | None:
    """Why a text was refused, or None if it was read."""
    try:
        read()
    except TrackerError as error:
        return str(error)
    return None
