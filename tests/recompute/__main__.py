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
    find = study(given.days, given.seed, given.jobs)
    print(
        f"{find.days:,} days and {find.weeks:,} weeks of {find.histories:,} histories, {find.figures:,} figures: "
        f"{sum(example.times for example in find.examples):,} disagreements of {len(find.examples)} kinds"
    )
    for example in find.examples:
        print(_said(example))
    return 1 if find.examples else 0


def _said(example: Example) -> str:
    asked, figure, ours, programs = example.disagreement
    rows = [f"    {name}: {value!r}" for name, value in example.life._asdict().items() if value]
    head = f"\n{example.kind} ({example.times} histories)\n  {asked}: {figure}: here {ours!r}, the program {programs!r}"
    return "\n".join([head, *rows])


if __name__ == "__main__":
    sys.exit(main())
