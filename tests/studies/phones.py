"""The two real phones among the samples: `python -m tests.studies.phones [PATH]`.

Reads both exports with the real importer into files of their own and writes, as a section of Markdown, what every
pattern says of them as of their last day, and for what is flagged the sessions it rests on, so that each flag can be
judged by looking. Absent samples make an empty section.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.analytics.patterns.finding import FLAGGED, Finding
from tracker.analytics.patterns.registry import find, pattern
from tracker.calendar.days import WallClock
from tracker.calendar.zones import iso
from tracker.importers import importing
from tracker.reports.detector_inputs import log
from tracker.settings import Settings
from tracker.storage import Database, session_table
from tracker.workspace import Workspace

SAMPLES = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "samples"
ZONE = "Europe/Paris"
STARTS_AT = 14_400
#: Noon of the day after the later of the two exports: what is imported lies before it.
NOW = 1_576_062_000
#: Nobody declared when they sleep: hours that most people would, so that the night can be looked at too.
SETTINGS = Settings(day_starts_at=STARTS_AT, sleep=(23 * 3600, 7 * 3600))
#: Of one pattern no more sessions than these are listed.
MOST = 60


@contextmanager
def opened() -> Iterator[dict[str, Database]]:
    """A file for each real phone, filled by the importer; none where the samples are absent."""
    found: dict[str, Database] = {}
    with TemporaryDirectory() as folder:
        for number, export in enumerate(sorted((SAMPLES / "app-usage").glob("user*.csv")), 1):
            database = Database.open(str(Path(folder) / f"{number}.db"))
            importing.import_files(database, "app-usage", str(export), zone=ZONE, now=NOW)
            found[f"phone {number}"] = database
        yield found
        for database in found.values():
            database.close()


def last_day(database: Database) -> str:
    """The day of the latest session."""
    reach = session_table.first_and_last(database)
    assert reach, "an export has sessions"
    return WallClock.of(ZONE, STARTS_AT).day(reach[1])


def log_of(database: Database) -> DetectorInput:
    """What the detectors are given as of the phone's last day: its window of 28 logged days."""
    return log(Workspace(database, SETTINGS, ZONE, now=NOW), last=last_day(database))


def phones() -> dict[str, DetectorInput]:
    """The log of each real phone; none where the samples are absent."""
    with opened() as found:
        return {name: log_of(database) for name, database in found.items()}


def section(with_sessions: bool = True) -> str:
    """The section: a table of every pattern's state on each phone, and the sessions behind each flag, or not."""
    parts = [
        "## Two real phones\n",
        "Their owners declared nothing: sleep from 23:00 to 07:00 is put in the place of their own hours, so that "
        "`night` says here what it would say to somebody who had declared those.\n",
    ]
    with opened() as found:
        for name, database in found.items():
            data = log_of(database)
            said = find(data)
            days = f"{data.logged_dates[0]} to {data.logged_dates[-1]}, {len(data.logged_dates)} logged days"
            parts.append(f"### {name.capitalize()}: {days}, {len(data.openings)} openings\n")
            rows = [f"| {pattern(one.name).title} (`{one.name}`) | {one.state} | {one.evidence} |" for one in said]
            parts.append("\n".join(("| pattern | state | evidence |", "| --- | --- | --- |", *rows)) + "\n")
            parts += [_flagged(database, one) for one in said if with_sessions and one.state == FLAGGED]
    return "\n".join(parts)


def _flagged(database: Database, found: Finding) -> str:
    lines = [f"**{pattern(found.name).title}** (`{found.name}`, margin {found.margin:.2f}): {found.evidence}\n"]
    if found.events:
        lines += [_line(database, event.sessions) for event in found.events]
    else:
        lines += _by_day(database, found.sessions)
    return "\n".join(lines) + "\n"


def _by_day(database: Database, ids: tuple[int, ...]) -> list[str]:
    wall = WallClock.of(ZONE, STARTS_AT)
    days = groupby(ids[-MOST:], key=lambda id: wall.day(session_table.get(database, id).start))
    lines = [_line(database, tuple(some)) for _day, some in days]
    left_out = len(ids) - MOST
    return [f"- … {left_out} earlier sessions", *lines] if left_out > 0 else lines


def _line(database: Database, ids: tuple[int, ...]) -> str:
    """`- 2019-12-01: youtube 14:02:10 (35 s), …`."""
    found = [session_table.get(database, id) for id in ids]
    said = [f"{one.channel} {iso(one.start, ZONE)[11:19]} ({(one.end or one.start) - one.start} s)" for one in found]
    return f"- {WallClock.of(ZONE, STARTS_AT).day(found[0].start)}: {', '.join(said)}"


def main() -> None:
    """Write the section to a file, or print it."""
    text = section()
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
