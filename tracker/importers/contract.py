"""The rules that every source keeps, as a check that a source's own tests can run, also those of another package.

from tracker.importers.contract import check_source

def test_my_source_keeps_the_rules(tmp_path):
    check_source(MySource(), "sample.csv", str(tmp_path), secrets=["a title that must stay in the file"])
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Iterable, Iterator

from tracker.domain.errors import TrackerError
from tracker.domain.models import LONGEST_SESSION, RECORDED
from tracker.importers.csv_table import ColumnNames
from tracker.importers.imported_record import ImportedRecord, ImportOptions, ReadContext, ReadResult, Row, collect
from tracker.importers.importing import ImportReport, Vocabulary, import_paths
from tracker.importers.source import Source
from tracker.storage import Database, undo

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

#: 2026-11-23 12:00 UTC.
_NOW = 1_795_435_200

_SEED = 20_261_123


def check_source(
    source: Source,
    path: str,
    folder: str,
    *,
    now: int = _NOW,
    zone: str = "Europe/Paris",
    secrets: Iterable[str] = (),
    damaged_copies: int = 40,
) -> ReadResult:
    """Check that `source` keeps the rules when it reads the sample at `path`, which has records. Returns what it read.

    `folder` is an empty folder for files of the check. `now` is UTC seconds at which nothing in the sample is in the
    future. `secrets` are texts in the sample, such as titles and addresses, that must not get into the tracker file.
    The sample is also read damaged in `damaged_copies` ways. Raises AssertionError, with the rule that was broken.
    """
    _check_description(source)
    with Database.open(os.path.join(folder, "words.db")) as database:
        context = Vocabulary.of(database).context(ImportOptions(zone, now), ColumnNames())
    result = _check_reading(source, path, context)
    _check_records(source, result, context)
    _check_future(source, path, context)
    _check_import(source, path, folder, now, zone, secrets)
    _check_damage(source, path, folder, context, damaged_copies)
    return result


def _check_description(source: Source) -> None:
    description = source.describe()
    assert description == source.describe(), "describe() gives the same each time"
    assert _NAME.fullmatch(description.name), "a name has lower-case letters, digits and hyphens"
    assert description.title, "a source has a title"
    assert description.names in ("app", "domain"), "names is app or domain"
    if description.recorded:
        assert source.session_source in RECORDED, f"the family of a recorded source is one of {', '.join(RECORDED)}"
    paths = source.detect()
    assert isinstance(paths, list), "detect() gives a list of paths"
    assert all(os.path.exists(path) for path in paths), "detect() gives paths that exist"


def _check_reading(source: Source, path: str, context: ReadContext) -> ReadResult:
    told: list[float] = []
    rows = source.read(path, context._replace(report_progress=told.append))
    assert isinstance(rows, Iterator), "read() yields rows as it reads them"
    result = collect(rows)
    assert result.records, "the sample has records"
    assert all(0 <= fraction <= 1 for fraction in told), "progress is told from 0 to 1"
    assert told == sorted(told), "progress never goes back"
    again = collect(source.read(path, context))
    assert again == result, "the same file gives the same rows each time"
    return result


def _check_records(source: Source, result: ReadResult, context: ReadContext) -> None:
    new = set(result.new_channels)
    known = context.matcher.channels | new
    by_key: dict[int, ImportedRecord] = {}
    for record in result.records:
        assert record.channel in known, f"{record.channel} is a channel or a NewChannel"
        assert all(type(value) is int for value in (record.start, record.end, record.key)), "seconds and keys are int"
        assert 0 <= record.start <= record.end <= context.now, "a record ends after its start and not in the future"
        assert record.end - record.start <= LONGEST_SESSION, "a record lasts at most a week"
        assert -(1 << 63) <= record.key < 1 << 63, "a key has 64 bits, with a sign"
        assert source.describe().recorded or record.details is None, "what was measured has no words of a person"
        same = by_key.setdefault(record.key, record)
        assert (same.channel, same.start) == (record.channel, record.start), "rows of one key are the same row"
    assert source.describe().recorded or not new, "only what a person recorded may need new channels"


def _check_future(source: Source, path: str, context: ReadContext) -> None:
    records = collect(source.read(path, context)).records
    first, last = min(record.start for record in records), max(record.start for record in records)
    for now in (first - 2 * LONGEST_SESSION, (first + last) // 2):
        early = collect(source.read(path, context._replace(now=now))).records
        assert all(record.end <= now for record in early), "what lies in the future is rejected"


def _check_import(source: Source, path: str, folder: str, now: int, zone: str, secrets: Iterable[str]) -> None:
    def run(database: Database, *, dry_run: bool = False, place: str = path) -> ImportReport:
        return import_paths(database, source, [place], ImportOptions(zone, now, dry_run=dry_run))

    file = os.path.join(folder, "checked.db")
    with Database.open(file) as database:
        empty = _sessions(database)
        dry = run(database, dry_run=True)
        assert _sessions(database) == empty, "a dry run writes nothing"
        first = run(database)
        assert dry._replace(dry_run=False) == first, "a dry run reports what the import does"
        assert first.read == first.added + first.already + first.ignored + len(first.rejected), "every row is counted"
        sessions = _sessions(database)
        assert sessions, "the sample makes sessions"
        copy = os.path.join(folder, "copy-" + os.path.basename(path))
        shutil.copyfile(path, copy)
        second = run(database, place=copy)
        assert second.added == 0, "the same file a second time, under another name, adds nothing"
        assert _sessions(database) == sessions, "the same file a second time changes nothing"
        undo.undo(database, 1, now=now)
        assert _sessions(database) == empty, "one undo takes an import back"
        assert run(database).added == first.added, "after an undo the file can be imported again"
        assert _sessions(database) == sessions, "after an undo the file gives the same sessions again"
        database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with open(file, "rb") as content:
        stored = content.read()
    for secret in secrets:
        assert secret.encode() not in stored, f"“{secret}” does not get into the tracker file"


def _sessions(database: Database) -> list[tuple[object, ...]]:
    return database.rows(
        'SELECT channel, start, "end", activity, note, source, estimated FROM session ORDER BY 1, 2, 3'
    )


def _check_damage(source: Source, path: str, folder: str, context: ReadContext, copies: int) -> None:
    with open(path, "rb") as file:
        content = file.read()
    damaged = os.path.join(folder, "damaged-" + os.path.basename(path))
    for number, copy in enumerate(_damaged(content, copies)):
        with open(damaged, "wb") as file:
            file.write(copy)
        _read_or_refuse(source, damaged, context, f"damaged copy {number}")
    os.remove(damaged)
    _read_or_refuse(source, damaged, context, "a file that does not exist")
    _read_or_refuse(source, folder, context, "a folder")


def _damaged(content: bytes, copies: int) -> Iterator[bytes]:
    """Copies that are cut off, overwritten in places, or have parts missing or doubled."""
    yield b""
    yield b"\0" * 4096
    yield content[:1]
    chance = random.Random(_SEED)
    for number in range(copies):
        copy = bytearray(content)
        if number % 4 == 0:
            del copy[chance.randrange(len(copy)) :]
        elif number % 4 == 1:
            for _ in range(1 + number):
                copy[chance.randrange(len(copy))] = chance.randrange(256)
        elif number % 4 == 2:
            at = chance.randrange(len(copy))
            del copy[at : at + chance.randrange(1, 2 + len(copy) // 8)]
        else:
            at = chance.randrange(len(copy))
            copy[at:at] = copy[at : at + chance.randrange(1, 200)]
        yield bytes(copy)


def _read_or_refuse(source: Source, path: str, context: ReadContext, what: str) -> None:
    rows: list[Row] = []
    refusal = ""
    try:
        rows.extend(source.read(path, context))
    except TrackerError as error:
        refusal = str(error)
    except Exception as error:
        raise AssertionError(f"{what} is read or refused in one line, not with {error!r}") from error
    assert len(refusal.splitlines()) <= 1, f"{what} is refused in one line"
    result = collect(rows)
    for record in result.records:
        assert 0 <= record.start <= record.end <= context.now, f"{what} gives no impossible time"
        assert record.channel in context.matcher.channels | set(result.new_channels), f"{what} gives known channels"
