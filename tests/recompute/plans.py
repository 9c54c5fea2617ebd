"""Plans: a session may last a minute longer than planned."""

from __future__ import annotations

GRACE = 60


def is_over(lasted: int, planned: int) -> bool:
    """Whether a session went on past its plan, the minute of grace included; how far is counted from the plan's end."""
    return lasted > planned + GRACE
