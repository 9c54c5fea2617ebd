"""`python -m tests.studies [RUNS]`: runs every null study and writes docs/patterns.md. Some minutes, fixed seeds."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.studies import brief_checks, check_cluster
from tests.studies.phones import hourly_rates, phones
from tests.studies.table import table
from tests.studies.worlds import PROFILES
from tracker.patterns.explain import handbook

#: Null A is run this many times as often: a share near the bound of 5 % wants a narrow interval.
MORE = 5

PAGE = Path(__file__).resolve().parents[2] / "docs" / "patterns.md"


def check_cluster_tables(runs: int) -> str:
    """False alarms, recall, and whether the order of the days matters."""
    profiles = {**PROFILES, **{f"{name}'s rates": hourly_rates(log) for name, log in phones().items()}}
    alarms = [check_cluster.false_alarms(name, rates, MORE * runs) for name, rates in profiles.items()]
    alarms += [
        check_cluster.false_alarms(name, rates, MORE * runs, days=14)._replace(what=f"{name}, 14 days only")
        for name, rates in PROFILES.items()
    ]
    recalls = [
        check_cluster.recall(name, rates, checks, hour, runs)
        for name, rates in PROFILES.items()
        for checks in check_cluster.PLANTED[name]
        for hour in check_cluster.HOURS
    ]
    order = [check_cluster.order_matters(name, rates, runs) for name, rates in PROFILES.items()]
    uneven = [
        check_cluster.false_alarms(name, rates, runs, spread=0.4)._replace(what=f"{name}, days vary by ±40 %")
        for name, rates in PROFILES.items()
    ]
    return "\n".join(
        (
            table("Null A: months of chance that raise it (at most 5 % may)", alarms),
            table("One planted burst: months in which it is found", recalls),
            table("Null B: months in which another order of the days gives other clusters", order),
            table("Not a null: busy and quiet days, chance within them; months that raise it", uneven),
        )
    )


def brief_checks_tables(runs: int) -> str:
    """Flags at shares on both sides of the threshold."""
    rows = [brief_checks.flagged(share, runs, days) for days in (28, 14) for share in (0.50, 0.60, 0.65, 0.70)]
    return table("Months flagged, by the true share of checks (0.60 and below are the null)", rows)


def main() -> None:
    """Writes the page, and prints it."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    page = handbook({"check_cluster": check_cluster_tables(runs), "brief_checks": brief_checks_tables(runs)})
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
