"""`python -m tests.studies`: false flags a quarter, delays, and docs/patterns.md.

What is finished stays in a folder, so a run can be stopped and goes on next time; the page is written once everybody
was looked at. `--who`, `--world` or `--use` narrow it down, and print tables without touching the page.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from tests.studies.lives import USES
from tests.studies.page import PAGE, by_pattern, by_world, delays, smallest, written
from tests.studies.phones import section
from tests.studies.quarter import PLANTS, SEEDS, WHO, cells, people_of, run, sized
from tests.studies.worlds import WORLDS

#: Everybody in whom something is planted in several sizes.
SIZED = "sized"


def main() -> None:
    """Run what is asked for; print its tables, and write the page if it is everything."""
    asked = argparse.ArgumentParser(prog="python -m tests.studies", description=__doc__)
    asked.add_argument("--people", type=int, default=60, help="people of each kind (60), a third of that at high use")
    asked.add_argument("--who", action="append", choices=[*WHO, *PLANTS, SIZED])
    asked.add_argument("--world", action="append", choices=[*WORLDS])
    asked.add_argument("--use", action="append", choices=[*USES])
    asked.add_argument("--seed", choices=[*SEEDS], default="report", help="`settle` while thresholds are changed")
    asked.add_argument("--folder", type=Path, default=Path.home() / ".cache" / "tracker-studies")
    asked.add_argument("--jobs", type=int, default=1, help="processes (1)")
    asked.add_argument("--minutes", type=float, default=20, help="stop after so many (20)")
    given = asked.parse_args()
    started = time.monotonic()
    narrowed = given.world or (), given.use or ()
    who = [name for name in given.who or (*WHO, *PLANTS) if name != SIZED]
    wanted = [*cells(who, *narrowed)] if who else []
    if not given.who or SIZED in given.who:
        wanted += sized(*narrowed)
    result = run(wanted, given.people, given.folder, given.seed, given.jobs, given.minutes)
    print(by_world(result), by_pattern(result), delays(result), smallest(result), sep="\n")
    print(f"{time.monotonic() - started:.0f} s")
    if given.who or given.world or given.use or given.seed != "report":
        return
    missing = sum(people_of(cell, given.people) - len(some) for cell, some in result.items())
    if missing:
        print(f"{missing} people are still to be looked at: run it again; the page is as it was")
    else:
        PAGE.write_text(written(result, section()), encoding="utf-8")


if __name__ == "__main__":
    main()
