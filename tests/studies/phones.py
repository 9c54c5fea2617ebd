"""The two real phones among the samples, read just well enough to study patterns (the importer is in exchange/)."""

from __future__ import annotations

import csv
from pathlib import Path

from tracker.calendar.days import Wall
from tracker.calendar.zones import to_utc
from tracker.model import Session
from tracker.patterns.log import Log
from tracker.patterns.openings import openings

SAMPLES = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "samples"
SOCIAL = {"YouTube", "Instagram", "Facebook", "Snapchat", "Reddit"}
ZONE = "Europe/Paris"
STARTS_AT = 14_400


def phones() -> dict[str, Log]:
    """The log of each real phone; none where the samples are absent."""
    files = sorted((SAMPLES / "app-usage").glob("user*.csv"))
    return {f"phone {number}": read(file) for number, file in enumerate(files, 1)}


def read(path: Path) -> Log:
    """One export: a day is logged if any app, social or not, was used in it."""
    sessions, logged = [], set()
    wall = Wall.of(ZONE, STARTS_AT)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, (app, day, clock, lasted) in enumerate(row[:4] for row in csv.reader(file) if len(row) >= 4):
            try:
                month, date, year = map(int, day.split("/"))
                start = to_utc(ZONE, 2000 + year, month, date, *_three(clock))
                hours, minutes, seconds = _three(lasted)
            except ValueError:  # the header, and the totals some exports end with
                continue
            logged.add(wall.day(start))
            if app in SOCIAL:
                end = start + hours * 3600 + minutes * 60 + seconds
                sessions.append(Session(number, app.lower(), start, end, ZONE, source="app-usage"))
    found = openings(sessions)
    return Log(found, tuple(sorted(logged)), ZONE, found[-1].start, STARTS_AT)


def _three(text: str) -> tuple[int, int, int]:
    first, second, third = map(int, text.split(":"))
    return first, second, third


def hourly_rates(log: Log) -> tuple[float, ...]:
    """Openings per clock hour and logged day, 0..23."""
    counts = [0] * 24
    for opening in log.openings:
        counts[Wall.of(opening.zone).hour(opening.start)] += 1
    return tuple(count / len(log.logged_dates) for count in counts)
