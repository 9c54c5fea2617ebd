"""Small histories of the kinds that phones and browsers keep, and a short way to look at what became of them."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tracker.exchange.sources.chromium import EPOCH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tracker.journal import Journal

PARIS = "Europe/Paris"

#: A page of a link, at the start and the end of its chain of redirects: what most visits are.
LINK = 0x30000001

Session = tuple[str, int, int]


def at(text: str, zone: str = PARIS) -> int:
    """The instant at which the clocks of `zone` show `2026-11-23 14:05:00`."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def sessions(journal: Journal) -> list[Session]:
    """(channel, start, end) of every session, by start."""
    return journal.rows('SELECT channel, start, "end" FROM session ORDER BY start, channel, "end"')


def phone(path: Path, rows: Iterable[str]) -> str:
    """An App Usage export of rows such as `YouTube,11/23/26,14:05:00,0:01:00`, which are given from old to new."""
    lines = ['"App name","Date","Time","Duration"']
    lines += [",".join(f'"{cell}"' for cell in row.split(",")) for row in reversed(list(rows))]
    path.write_bytes(b"\xef\xbb\xbf" + "\n".join(lines).encode())
    return str(path)


def chromium(
    path: Path, visits: Iterable[tuple[str, float, float]], transition: int | None = LINK, mode: str = "delete"
) -> str:
    """A Chromium history of (address, UTC seconds, seconds it lasted), in the columns that matter."""
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.executescript(
        """CREATE TABLE IF NOT EXISTS urls(id INTEGER PRIMARY KEY, url LONGVARCHAR);
        CREATE TABLE IF NOT EXISTS visits(id INTEGER PRIMARY KEY, url INTEGER NOT NULL, visit_time INTEGER NOT NULL,
        from_visit INTEGER, transition INTEGER, visit_duration INTEGER)"""
    )
    for url, moment, lasted in visits:
        (id,) = connection.execute("INSERT INTO urls(url) VALUES (?) RETURNING id", (url,)).fetchone()
        connection.execute(
            "INSERT INTO visits(url, visit_time, transition, visit_duration) VALUES (?, ?, ?, ?)",
            (id, EPOCH + round(moment * 1_000_000), transition, round(lasted * 1_000_000)),
        )
    connection.commit()
    connection.close()
    return str(path)


def firefox(path: Path, visits: Iterable[tuple[str, float, int, int]]) -> str:
    """A Firefox history of (address, UTC seconds, visit type, number of the visit it came from or 0)."""
    connection = sqlite3.connect(path)
    connection.executescript(
        """CREATE TABLE moz_places(id INTEGER PRIMARY KEY, url LONGVARCHAR);
        CREATE TABLE moz_historyvisits(id INTEGER PRIMARY KEY, from_visit INTEGER, place_id INTEGER,
        visit_date INTEGER, visit_type INTEGER, session INTEGER)"""
    )
    for number, (url, moment, kind, came_from) in enumerate(visits, 1):
        connection.execute("INSERT INTO moz_places VALUES (?, ?)", (number, url))
        connection.execute(
            "INSERT INTO moz_historyvisits VALUES (?, ?, ?, ?, ?, 0)",
            (number, came_from, number, round(moment * 1_000_000), kind),
        )
    connection.commit()
    connection.close()
    return str(path)
