"""The two real phones among the samples: `python -m tests.studies.phones`, with `--write` into docs/patterns.md.

Reads both exports with the real importer into files of their own and writes, as a section of Markdown, what every
pattern says of them as of their last day, and draws what is flagged, so that each flag can be judged by looking. Absent
samples make an empty section.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.studies import judged
from tests.studies.judged import Span
from tests.studies.page import PAGE, with_phones
from tracker.analytics.patterns.detector_input import DetectorInput, pick_ups
from tracker.analytics.patterns.detectors.night import NIGHTS
from tracker.analytics.patterns.pattern import FLAGGED, Finding
from tracker.analytics.patterns.registry import find, pattern
from tracker.calendar.clock import iso
from tracker.calendar.days import WallClock
from tracker.importers import importing
from tracker.reports.detector_inputs import log, logs
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


@contextmanager
def opened() -> Iterator[dict[str, tuple[Database, Path]]]:
    """A file for each real phone, filled by the importer, and its export; none where the samples are absent."""
    found: dict[str, tuple[Database, Path]] = {}
    with TemporaryDirectory() as folder:
        for number, export in enumerate(sorted((SAMPLES / "app-usage").glob("user*.csv")), 1):
            database = Database.open(str(Path(folder) / f"{number}.db"))
            importing.import_files(database, "app-usage", str(export), zone=ZONE, now=NOW)
            found[f"phone {number}"] = database, export
        yield found
        for database, _export in found.values():
            database.close()


def last_day(database: Database) -> str:
    """The day of the latest session."""
    reach = session_table.first_and_last(database)
    assert reach, "an export has sessions"
    return WallClock.of(ZONE, STARTS_AT).day(reach[1])


def log_of(database: Database, settings: Settings = SETTINGS) -> DetectorInput:
    """What the detectors are given as of the phone's last day: its window of 28 logged days."""
    return log(Workspace(database, settings, ZONE, now=NOW), last=last_day(database))


def phones() -> dict[str, DetectorInput]:
    """The log of each real phone; none where the samples are absent."""
    with opened() as found:
        return {name: log_of(database) for name, (database, _export) in found.items()}


def section() -> str:
    """The section: what every pattern says of each phone, each flag drawn, and what was judged; empty without them."""
    parts: list[str] = []
    with opened() as found:
        for name, (database, export) in found.items():
            parts += _phone(name, database, judged.dark_screens(export, ZONE))
    if not parts:
        return ""
    head = (
        "## Two real phones\n",
        "Their owners declared nothing. Sleep from 23:00 to 07:00 is put in the place of their own hours, so that "
        "`night` says here what it would say to somebody who had declared those.\n",
        judged.LEGEND,
    )
    return "\n".join([*head, *parts, judged.JUDGED])


def _phone(name: str, database: Database, dark: Sequence[Span]) -> Iterator[str]:
    data = log_of(database)
    said = find(data)
    days = f"{data.logged_dates[0]} to {data.logged_dates[-1]}, {len(data.logged_dates)} logged days"
    picked_up = len(pick_ups(data, data.logged_dates)[0])
    yield f"### {name.capitalize()}: {days}, {len(data.openings)} openings, {picked_up} of them picked up\n"
    rows = [f"| {pattern(one.name).title} (`{one.name}`) | {one.state} | {one.evidence} |" for one in said]
    yield "\n".join(("| pattern | state | evidence |", "| --- | --- | --- |", *rows)) + "\n"
    yield _every_evening(database)
    social = [(id, start, end) for id, _channel, start, end in _spans(database)]
    for one in said:
        if one.state == FLAGGED:
            yield f"**{pattern(one.name).title}** (`{one.name}`, margin {one.margin:.2f}): {one.evidence}\n"
            yield "\n".join(("```text", *_drawn(one, social, dark), "```\n"))
    if any(one.name == "night" and one.state == FLAGGED for one in said):
        yield _own_hours(database, data, dark)


def _every_evening(database: Database) -> str:
    """What was flagged as of each day there is, as somebody sees it who looks every evening."""
    workspace = Workspace(database, SETTINGS, ZONE, now=NOW)
    dates = log_of(database).logged_dates
    flags = Counter(one.name for data in logs(workspace, dates) for one in find(data) if one.state == FLAGGED)
    said = ", ".join(f"`{name}` flagged on {evenings}" for name, evenings in flags.most_common())
    return f"Looked at on each of these {len(dates)} evenings: {said or 'nothing flagged'}.\n"


def _spans(database: Database) -> list[tuple[int, str, int, int]]:
    found = session_table.in_span(database, 0, NOW, order="start")
    return [(one.id, one.channel, one.start, one.start if one.end is None else one.end) for one in found]


def _drawn(found: Finding, sessions: Sequence[tuple[int, int, int]], dark: Sequence[Span]) -> list[str]:
    """The nights, or the days, of the sessions that a flag rests on."""
    spans = [(start, end) for _id, start, end in sessions]
    rests = {*found.sessions}
    starts = [start for id, start, _end in sessions if id in rests]
    if found.name == "night":
        # A night belongs to the day before: noon is on its far side.
        dates = dict.fromkeys(iso(start - 12 * 3600, ZONE)[:10] for start in starts)
        return [*judged.nights([*dates], dark, spans, ZONE)]
    wall = WallClock.of(ZONE, STARTS_AT)
    lines = []
    for day in dict.fromkeys(map(wall.day, starts)):
        begin, end = wall.bounds(day)
        clocks = " ".join(iso(start, ZONE)[11:16] for start in starts if begin <= start < end)
        lines += [f"{day} {judged.drawn(begin, end, dark, spans)}", f"           from 04:00; openings {clocks}"]
    return lines


def _own_hours(database: Database, data: DetectorInput, dark: Sequence[Span]) -> str:
    """What `night` says where the sleep hours are those in which the screen was dark longest."""
    begins, until = judged.usual_sleep(data.last(NIGHTS), dark, ZONE)
    [said] = find(log_of(database, SETTINGS._replace(sleep=(begins, until))), ["night"])
    hours = "–".join(f"{second // 3600:02}:{second % 3600 // 60:02}" for second in (begins, until))
    return f"The screen was usually dark longest {hours}. With those hours: {said.state}, {said.evidence}.\n"


def main() -> None:
    """Print the section, or write it into docs/patterns.md."""
    asked = argparse.ArgumentParser(prog="python -m tests.studies.phones", description=__doc__)
    asked.add_argument("--write", action="store_true", help="write the section into docs/patterns.md")
    text = section()
    if text and asked.parse_args().write:
        PAGE.write_text(with_phones(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
