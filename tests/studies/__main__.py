"""`python -m tests.studies [RUNS]`: every study, and docs/patterns.md. About a quarter of an hour, with fixed seeds.

`--only NAME` runs one study and prints its tables without touching the page; `--jobs 2` uses two processors.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from functools import partial
from multiprocessing import Pool

from tests.studies.catalogue import STUDIES
from tests.studies.judged import judge
from tests.studies.page import PAGE, summary, tables, written
from tests.studies.phones import section
from tests.studies.study import Cell, Study, Tally, Told, look, wanted


def tally(studies: Mapping[str, Study], runs: int, jobs: int = 1) -> Tally:
    """What every study's pattern says of every kind of people it wants, so many of each."""
    work = [(cell, [study.name for study in some]) for cell, some in wanted(studies.values()).items()]
    found: Tally = {}
    with Pool(jobs) if jobs > 1 else nullcontext() as pool:
        told = (pool.imap if pool else map)(partial(_look, runs), work)
        for done, ((cell, _names), one) in enumerate(zip(work, told, strict=True), 1):
            found[cell] = one
            if sys.stderr.isatty():
                print(f"\r{done} of {len(work)} kinds of people", end="", file=sys.stderr, flush=True)
    return found


def _look(runs: int, work: tuple[Cell, list[str]]) -> dict[str, Told]:
    cell, names = work
    return look(cell, [STUDIES[name] for name in names], range(runs))


def main() -> None:
    """Writes the page, or prints the tables of some studies."""
    asked = argparse.ArgumentParser(prog="python -m tests.studies", description=__doc__)
    asked.add_argument("runs", nargs="?", type=int, default=400, help="months of each kind (400)")
    asked.add_argument("--only", action="append", choices=[*STUDIES], help="this study, and no page")
    asked.add_argument("--jobs", type=int, default=1, help="processes (1)")
    given = asked.parse_args()
    studies = {name: study for name, study in STUDIES.items() if not given.only or name in given.only}
    found = tally(studies, given.runs, given.jobs)
    print(summary([judge(study, found) for study in studies.values()]))
    if given.only:
        print("\n".join(tables(study, found) for study in studies.values()))
    else:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(written(studies, found, given.runs, section(with_sessions=False)), encoding="utf-8")


if __name__ == "__main__":
    main()
