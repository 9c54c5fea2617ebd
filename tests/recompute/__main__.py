"""`python -m tests.recompute --days 10000`: how many figures were compared, and every one that differs."""

from __future__ import annotations

import argparse
import sys

from tests.recompute.study import Example, study


def main() -> int:
    """Print the study; 1 where anything differs."""
    asked = argparse.ArgumentParser(prog="python -m tests.recompute", description=__doc__)
    asked.add_argument("--days", type=int, default=10_000, help="compare at least so many days (10000)")
    asked.add_argument("--seed", type=int, default=1, help="which histories (1)")
    asked.add_argument("--jobs", type=int, default=1, help="processes (1)")
    given = asked.parse_args()
    found = study(given.days, given.seed, given.jobs)
    print(
        f"{found.days:,} days and {found.weeks:,} weeks of {found.histories:,} histories, {found.figures:,} figures: "
        f"{sum(one.times for one in found.examples):,} disagreements of {len(found.examples)} kinds"
    )
    for one in found.examples:
        print(_said(one))
    return 1 if found.examples else 0


def _said(one: Example) -> str:
    asked, figure, ours, programs = one.disagreement
    rows = [f"    {name}: {value!r}" for name, value in one.life._asdict().items() if value]
    head = f"\n{one.kind} ({one.times} histories)\n  {asked}: {figure}: here {ours!r}, the program {programs!r}"
    return "\n".join([head, *rows])


if __name__ == "__main__":
    sys.exit(main())
