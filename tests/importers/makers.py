"""Small histories of the kinds that phones and browsers keep, and a short way to look at what became of them."""

from __future__ import annotations

import sqlite3
import struct
import tracemalloc
from collections import deque
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32
from zoneinfo import ZoneInfo

from tracker.domain.models import Session
from tracker.importers.imported_record import ReadContext, ReadResult, collect
from tracker.importers.source import source_named
from tracker.importers.sources.chromium import EPOCH
from tracker.importers.sources.screentime import APPLE_EPOCH
from tracker.storage import bulk_load, imported_facts
from tracker.storage.overlaps import joined
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tracker.storage import Database

PARIS = "Europe/Paris"

#: A page of a link, at the start and the end of its chain of redirects: what most visits are.
LINK = 0x30000001

Spell = tuple[str, int, int]


def at(text: str, zone: str = PARIS) -> int:
    """The instant at which the clocks of `zone` show `2026-11-23 14:05:00`."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def sessions(database: Database) -> list[Spell]:
    """(channel, start, end) of every session, by start."""
    return database.rows('SELECT channel, start, "end" FROM session ORDER BY start, channel, "end"')


def read_file(source: str, path: str, context: ReadContext) -> ReadResult:
    """All that a source reads from one file."""
    return collect(source_named(source).read(path, context))


def peak_memory(source: str, path: str, context: ReadContext) -> int:
    """How much of the memory of Python was taken at most while a file was read, in bytes; its rows are not kept."""
    reader = source_named(source)
    next(reader.read(path, context), None)  # what it imports only now
    tracemalloc.start()
    deque(reader.read(path, context), maxlen=0)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


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


class Page(NamedTuple):
    """A visit as Chromium notes it since 2021; times in seconds, `front` None where it is not kept, `tab` and `window`
    as numbers of theirs. A `step` inside a page was opened by the visit of that number (1 for the first)."""

    url: str
    moment: float
    open_for: float
    front: float | None
    tab: int = 1
    window: int = 1
    step: int = 0


def watched(path: Path, pages: Iterable[Page]) -> str:
    """A Chromium history in the columns of schema 70 that matter, with what `context_annotations` has. As in Chromium,
    an address is there once however often it was visited, and the visits have an index by time."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """CREATE TABLE urls(id INTEGER PRIMARY KEY AUTOINCREMENT, url LONGVARCHAR);
            CREATE TABLE visits(id INTEGER PRIMARY KEY AUTOINCREMENT, url INTEGER NOT NULL, visit_time INTEGER NOT NULL,
            from_visit INTEGER, transition INTEGER DEFAULT 0 NOT NULL, visit_duration INTEGER DEFAULT 0 NOT NULL,
            opener_visit INTEGER);
            CREATE TABLE context_annotations(visit_id INTEGER PRIMARY KEY, context_annotation_flags INTEGER NOT NULL,
            page_end_reason INTEGER, total_foreground_duration INTEGER, window_id INTEGER DEFAULT -1 NOT NULL,
            tab_id INTEGER DEFAULT -1 NOT NULL, response_code INTEGER DEFAULT 0 NOT NULL);
            CREATE INDEX visits_time_index ON visits(visit_time)"""
        )
        addresses: dict[str, int] = {}
        for id, page in enumerate(pages, 1):
            address = addresses.setdefault(page.url, len(addresses) + 1)
            moment, open_for = EPOCH + round(page.moment * 1_000_000), round(page.open_for * 1_000_000)
            connection.execute(
                "INSERT INTO visits VALUES (?, ?, ?, 0, ?, ?, ?)", (id, address, moment, LINK, open_for, page.step)
            )
            front = -1_000_000 if page.front is None else round(page.front * 1_000_000)
            connection.execute(
                "INSERT INTO context_annotations VALUES (?, 0, 0, ?, ?, ?, ?)",
                (id, front, page.window, page.tab, 0 if page.step else 200),
            )
        connection.executemany("INSERT INTO urls VALUES (?, ?)", ((id, url) for url, id in addresses.items()))
        connection.commit()
    return str(path)


def as_before(database: Database, format: str, known: Iterable[tuple[str, int, int, int, int]], now: int) -> None:
    """Import facts (channel, start, end, key, how the end was estimated) as a version before this one would have: those
    of a browser lasted as long as a tab was open."""
    known = list(known)
    with undo_step(database, f"imported {format}", now) as step:
        database.ensure_zone(PARIS)
        for channel in dict.fromkeys(record[0] for record in known):
            spans = joined((start, end, how) for name, start, end, _key, how in known if name == channel)
            for start, end, how in spans:
                session = Session(0, channel, start, end, PARIS, source=format, estimated=how > 0)
                bulk_load.insert_sessions(database, [session])
        family = source_named(format).family
        imported_facts.remember(
            database, family, step, sorted((key, name, start, end, how) for name, start, end, key, how in known)
        )


def firefox(
    path: Path,
    visits: Iterable[tuple[str, float, int, int]],
    views: Iterable[tuple[int, float, float, float]] = (),
    *,
    phone: bool = False,
) -> str:
    """A Firefox history of (address, UTC seconds, visit type, number of the visit it came from or 0).

    `views` are (number of the visit to the page, UTC seconds from and until, seconds in front). A `phone` has the
    columns of one, and counts milliseconds.
    """
    connection = sqlite3.connect(path)
    connection.executescript(
        f"""CREATE TABLE moz_places(id INTEGER PRIMARY KEY, url LONGVARCHAR);
        CREATE TABLE moz_historyvisits(id INTEGER PRIMARY KEY, from_visit INTEGER, place_id INTEGER,
        visit_date INTEGER, visit_type INTEGER, {"is_local" if phone else "session"} INTEGER);
        CREATE TABLE moz_places_metadata(id INTEGER PRIMARY KEY, place_id INTEGER NOT NULL, created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL, total_view_time INTEGER NOT NULL)"""
    )
    for number, (url, moment, kind, came_from) in enumerate(visits, 1):
        connection.execute("INSERT INTO moz_places VALUES (?, ?)", (number, url))
        connection.execute(
            "INSERT INTO moz_historyvisits VALUES (?, ?, ?, ?, ?, 0)",
            (number, came_from, number, round(moment * (1_000 if phone else 1_000_000)), kind),
        )
    connection.executemany(
        "INSERT INTO moz_places_metadata(place_id, created_at, updated_at, total_view_time) VALUES (?, ?, ?, ?)",
        ((place, *(round(1_000 * seconds) for seconds in view)) for place, *view in views),
    )
    connection.commit()
    connection.close()
    return str(path)


def safari(
    path: Path,
    visits: Iterable[tuple[str, float]],
    *,
    redirects: dict[int, int] | None = None,
    failed: Iterable[int] = (),
) -> str:
    """A history of Safari of (address, UTC seconds). `redirects` leads from the number of a visit to that of the next;
    `failed` are the numbers of visits whose page did not load."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """CREATE TABLE history_items(id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE);
            CREATE TABLE history_visits(id INTEGER PRIMARY KEY AUTOINCREMENT, history_item INTEGER NOT NULL,
            visit_time REAL NOT NULL, title TEXT, load_successful BOOLEAN NOT NULL DEFAULT 1,
            redirect_source INTEGER UNIQUE, redirect_destination INTEGER UNIQUE)"""
        )
        for url, moment in visits:
            connection.execute("INSERT OR IGNORE INTO history_items(url) VALUES (?)", (url,))
            connection.execute(
                "INSERT INTO history_visits(history_item, visit_time, title) "
                "SELECT id, ?, 'a title' FROM history_items WHERE url = ?",
                (moment - APPLE_EPOCH, url),
            )
        for source, destination in (redirects or {}).items():
            connection.execute("UPDATE history_visits SET redirect_destination = ? WHERE id = ?", (destination, source))
        connection.executemany(
            "UPDATE history_visits SET load_successful = 0 WHERE id = ?", ((number,) for number in failed)
        )
        connection.commit()
    return str(path)


class Spent(NamedTuple):
    """A row of knowledgeC.db: UTC seconds, what was in front (a bundle id), its stream, a device (none: this Mac), the
    domain of a site, and the number of a state."""

    start: float
    end: float
    bundle: str
    stream: str = "/app/usage"
    device: str | None = None
    domain: str | None = None
    value: int | None = None


def knowledge(path: Path, rows: Iterable[Spent]) -> str:
    """A knowledgeC.db in the columns that matter."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """CREATE TABLE ZSOURCE(Z_PK INTEGER PRIMARY KEY, ZDEVICEID VARCHAR);
            CREATE TABLE ZSTRUCTUREDMETADATA(Z_PK INTEGER PRIMARY KEY, Z_DKDIGITALHEALTHMETADATAKEY__WEBDOMAIN VARCHAR);
            CREATE TABLE ZOBJECT(Z_PK INTEGER PRIMARY KEY, ZSTREAMNAME VARCHAR, ZVALUESTRING VARCHAR,
            ZSTARTDATE TIMESTAMP, ZENDDATE TIMESTAMP, ZSOURCE INTEGER, ZSTRUCTUREDMETADATA INTEGER, ZUUID VARCHAR,
            ZVALUEINTEGER INTEGER)"""
        )
        for number, row in enumerate(rows, 1):
            if row.device:
                connection.execute("INSERT INTO ZSOURCE VALUES (?, ?)", (number, row.device))
            if row.domain:
                connection.execute("INSERT INTO ZSTRUCTUREDMETADATA VALUES (?, ?)", (number, row.domain))
            connection.execute(
                "INSERT INTO ZOBJECT VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(number, row.stream, row.bundle, row.start - APPLE_EPOCH, row.end - APPLE_EPOCH),
                    *(number if row.device else None, number if row.domain else None, f"uuid {number}", row.value),
                ),
            )
        connection.commit()
    return str(path)


def focus(moment: float, came: bool, bundle: str) -> bytes:
    """An event of Biome's stream App.InFocus, a protobuf message: field 3 came, 4 when (UTC seconds), 6 bundle id."""
    text = bundle.encode()
    fields = (
        b"\x0a\x07unknown",
        bytes((0x18, came)),
        b"\x21" + struct.pack("<d", moment - APPLE_EPOCH),
        b"\x32" + bytes((len(text),)) + text,
        b"\x68\x03",
    )
    return b"".join(fields)


def segb_1(path: Path, records: Iterable[bytes], state: int = 1) -> str:
    """A SEGB file of version 1."""
    content = b""
    for record in records:
        content += struct.pack("<iiddIi", len(record), state, 0.0, 0.0, crc32(record), 0) + record
        content += bytes(-(56 + len(content)) % 8)
    path.write_bytes(struct.pack("<I", 56 + len(content)) + bytes(48) + b"SEGB" + content + bytes(64))
    return str(path)


def segb_2(path: Path, records: Iterable[bytes], state: int = 1) -> str:
    """A SEGB file of version 2."""
    content, trailer = b"", b""
    for record in records:
        content += struct.pack("<Ii", crc32(record), 0) + record
        trailer += struct.pack("<iid", len(content), state, 0.0)
        content += bytes(-len(content) % 4)
    header = struct.pack("<4sid16s", b"SEGB", len(trailer) // 16, 0.0, b"")
    path.write_bytes(header + content + bytes(40) + trailer)
    return str(path)
