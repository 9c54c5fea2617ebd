"""Tables in Markdown: so many of so many months, with Wilson's 95 % interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.analytics.statistics.descriptive import wilson_interval


def share(yes: int, runs: int) -> str:
    """`2.5 % (1.4–4.5)`."""
    low, high = wilson_interval(yes, runs)
    return f"{100 * yes / runs:.1f} % ({100 * low:.1f}–{100 * high:.1f})"


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table under a bold title."""
    lines = [head, ["---"] * len(head), *rows]
    return f"**{title}**\n\n" + "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"
