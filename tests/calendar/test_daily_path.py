"""`start`, `stop`, `check` and `status` run all day: what they import of the calendar must stay light."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = ("typing", "dataclasses", "pathlib", "json", "inspect", "re", "arrow", "babel")

PROGRAM = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from tracker.calendar import clock, days, durations
from tracker.formatting import numbers, plain_text, text, times
now = clock.now()
day = days.day_of(now, clock.local_zone(), 14400)
days.WallClock.of("Europe/Paris", 14400).cut(now - 90000, now)
times.format_duration(durations.parse_duration("1h30"))
days.week_of(day, 0), clock.iso(now, "Europe/Paris"), times.format_clock(now, "Europe/Paris")
print(*[name for name in {HEAVY!r} if name in sys.modules])
"""


def test_the_daily_path_imports_nothing_heavy() -> None:
    run = subprocess.run([sys.executable, "-I", "-S", "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []
