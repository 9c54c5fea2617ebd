"""Apple's Screen Time: knowledgeC.db, Biome's files, several devices, and the permission that reading needs."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.importers.makers import PARIS, Spent, at, focus, knowledge, peak_memory, read_file, segb_1, segb_2
from tests.importers.makers import sessions as stored
from tracker.domain.errors import TrackerError
from tracker.files import file_access
from tracker.importers import importing
from tracker.importers.imported_record import ImportOptions
from tracker.importers.source import source_named
from tracker.importers.sources import screentime

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tracker.importers.imported_record import ReadContext, ReadResult
    from tracker.storage import Database

START = at("2026-11-20 10:00:00")
INSTAGRAM, YOUTUBE, HOME = "com.burbn.instagram", "com.google.ios.youtube", "com.apple.SpringBoard"
PHONE, TABLET = "0B5A51EA-18C7-4B3F-A94A-1D51719FF7D2", "9D1C2F9B-7F0C-4C55-9E11-6A3A0C3B1F00"


def spells(result: ReadResult) -> list[tuple[str, int, int]]:
    return sorted((row.channel, row.start - START, row.end - row.start) for row in result.records)


def test_a_row_takes_little_memory(tmp_path: Path, context: ReadContext) -> None:
    peaks = []
    for count in (4_000, 8_000):
        rows = (Spent(START - 100 * n, START - 100 * n + 50, INSTAGRAM) for n in range(count))
        peaks.append(peak_memory("screentime", knowledge(tmp_path / str(count), rows), context))
    assert peaks[1] - peaks[0] < 4_000 * 50


@pytest.mark.parametrize("write", [segb_1, segb_2])
def test_an_event_takes_little_memory(tmp_path: Path, context: ReadContext, write: Callable[..., str]) -> None:
    peaks = []
    for count in (1_000, 3_000):
        moments = (START - 100 * n for n in range(count))
        events = (
            focus(at, came, INSTAGRAM) for moment in moments for at, came in ((moment, True), (moment + 50, False))
        )
        peaks.append(peak_memory("screentime", write(tmp_path / str(count), events), context))
    assert peaks[1] - peaks[0] < 4_000 * 25


def test_apps_in_front_are_read_by_their_bundle_ids(tmp_path: Path, context: ReadContext) -> None:
    rows = [
        Spent(START + 0.9, START + 60.1, INSTAGRAM),
        Spent(START + 100, START + 100, YOUTUBE),
        Spent(START + 200, START + 300, "com.example.game"),
        Spent(START + 300, START + 400, "com.apple.finder"),
        Spent(START + 500, START + 900, "/a stream of something else", "/display/isBacklit"),
    ]
    result = read_file("screentime", knowledge(tmp_path / "knowledgeC.db", rows), context)
    assert spells(result) == [("instagram", 0, 60), ("youtube", 100, 0)]
    assert (result.ignored, dict(result.unknown_names)) == (2, {"com.example.game": 1})


def test_a_site_in_a_browser_counts_by_its_domain(tmp_path: Path, context: ReadContext) -> None:
    safari = "com.apple.mobilesafari"
    rows = [
        Spent(START, START + 300, safari),
        Spent(START + 10, START + 70, safari, "/app/webUsage", PHONE, "www.linkedin.com"),
        Spent(START + 80, START + 90, safari, "/app/webUsage", PHONE, "linkedin.com.evil.example"),
        Spent(START + 95, START + 99, safari, "/app/webUsage"),
    ]
    result = read_file("screentime", knowledge(tmp_path / "knowledgeC.db", rows), context)
    assert spells(result) == [("linkedin", 10, 60)]
    assert dict(result.unknown_names) == {"linkedin.com.evil.example": 1}


def test_where_a_device_has_both_streams_one_of_them_counts(tmp_path: Path, context: ReadContext) -> None:
    """This Mac has the older stream until the newer one begins; the phone has only the older one."""
    rows = [
        Spent(START, START + 10, INSTAGRAM, "/app/inFocus"),
        Spent(START + 100, START + 110, INSTAGRAM, "/app/usage"),
        Spent(START + 100, START + 110, INSTAGRAM, "/app/inFocus"),
        Spent(START + 200, START + 230, INSTAGRAM, "/app/inFocus", PHONE),
    ]
    result = read_file("screentime", knowledge(tmp_path / "knowledgeC.db", rows), context)
    assert spells(result) == [("instagram", 0, 10), ("instagram", 100, 10), ("instagram", 200, 30)]
    assert result.ignored == 1


def test_rows_that_make_no_sense_are_rejected_one_by_one(tmp_path: Path, context: ReadContext) -> None:
    rows = [
        Spent(START, START - 1, INSTAGRAM),
        Spent(START, START + 8 * 86_400, INSTAGRAM),
        Spent(-1e300, 1e300, INSTAGRAM),
        Spent(context.now + 60, context.now + 70, INSTAGRAM),
        Spent(context.now - 60, context.now + 70, INSTAGRAM),
    ]
    result = read_file("screentime", knowledge(tmp_path / "knowledgeC.db", rows), context)
    assert sorted(row.line for row in result.rejected) == [1, 2, 3, 4]
    assert [row.end for row in result.records] == [context.now]


@pytest.mark.parametrize("write", [segb_1, segb_2])
def test_an_app_is_in_front_until_it_leaves_or_another_comes(
    tmp_path: Path, context: ReadContext, write: Callable[..., str]
) -> None:
    events = [
        *(focus(START + 0.5, True, INSTAGRAM), focus(START + 30.5, False, INSTAGRAM)),
        *(focus(START + 100, True, YOUTUBE), focus(START + 160, True, HOME), focus(START + 161, False, YOUTUBE)),
        *(focus(START + 170, True, INSTAGRAM), focus(START + 170, False, INSTAGRAM)),
        *(focus(START + 500, True, YOUTUBE), focus(START + 500 + 5 * 3600, False, YOUTUBE)),
        *(focus(START + 20_000, True, YOUTUBE),),
    ]
    result = read_file("screentime", write(tmp_path / "802340340340340", events), context)
    assert spells(result) == [("instagram", 0, 30), ("instagram", 170, 0), ("youtube", 100, 60)]
    assert [row.reason for row in result.rejected] == ["nothing says when the app left the front"]
    assert result.ignored == 2, "the home screen, and what is still in front"


def test_the_files_of_a_device_are_one_stream_and_devices_are_apart(
    database: Database, tmp_path: Path, context: ReadContext
) -> None:
    stream = tmp_path / "App.InFocus"
    for device in (PHONE, TABLET):
        (stream / "remote" / device / "tombstone").mkdir(parents=True)
    segb_2(stream / "remote" / PHONE / "1", [focus(START, True, INSTAGRAM)])
    segb_2(stream / "remote" / PHONE / "2", [focus(START + 60, False, INSTAGRAM)])
    segb_2(
        stream / "remote" / PHONE / "tombstone" / "1", [focus(START, True, YOUTUBE), focus(START + 9, False, YOUTUBE)]
    )
    segb_1(stream / "remote" / TABLET / "1", [focus(START + 20, True, INSTAGRAM), focus(START + 100, True, HOME)])
    (stream / "remote" / TABLET / "sync.db").write_bytes(b"something else")
    source = source_named("screentime")
    assert sorted(source.files_in(str(tmp_path))) == sorted(
        str(stream / "remote" / device) for device in (PHONE, TABLET)
    )
    report = importing.import_files(database, "screentime", str(tmp_path), ImportOptions(PARIS, NOW))
    assert (report.read, report.added) == (3, 2)
    assert stored(database) == [("instagram", START, START + 100)], "one look on two devices counts once"
    again = importing.import_files(database, "screentime", str(stream), ImportOptions(PARIS, NOW))
    assert (again.added, again.already) == (0, 2)


def test_deleted_and_damaged_records_do_not_count(tmp_path: Path, context: ReadContext) -> None:
    events = [focus(START, True, INSTAGRAM), focus(START + 60, False, INSTAGRAM)]
    assert not read_file("screentime", segb_2(tmp_path / "deleted", events, state=3), context).records
    path = tmp_path / "damaged"
    segb_2(path, events)
    content = bytearray(path.read_bytes())
    content[45] ^= 1
    path.write_bytes(content)
    result = read_file("screentime", str(path), context)
    assert [row.reason for row in result.rejected] == ["the record is damaged"]
    assert not result.records


@given(content=st.binary(max_size=200), version=st.sampled_from([0, 1, 2]))
@settings(deadline=None)
def test_no_bytes_make_the_reader_of_segb_fail(content: bytes, version: int) -> None:
    content = {0: content, 1: content[:4] + bytes(48) + b"SEGB" + content, 2: b"SEGB" + content}[version]
    try:
        records = list(screentime.read_segb(io.BytesIO(content)))
    except ValueError:
        assert not screentime.is_segb(content) or len(content) < 32
        return
    for record in records:
        assert record.content in content
        try:
            screentime.read_message(record.content)
        except ValueError:
            continue


@given(content=st.binary(max_size=60))
def test_no_bytes_make_the_reader_of_messages_fail(content: bytes) -> None:
    try:
        fields = screentime.read_message(content)
    except ValueError:
        return
    assert all(isinstance(value, int | float | bytes) for value in fields.values())


@given(moments=st.lists(st.integers(0, 10_000), max_size=12), flags=st.lists(st.booleans(), min_size=12, max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_two_looks_of_one_device_share_time(
    tmp_path: Path, context: ReadContext, moments: list[int], flags: list[bool]
) -> None:
    apps = (INSTAGRAM, YOUTUBE)
    events = [
        focus(START + moment, came, apps[moment % 2]) for moment, came in zip(sorted(moments), flags, strict=False)
    ]
    result = read_file("screentime", segb_2(tmp_path / "stream", events), context)
    looks = sorted((row.start, row.end) for row in result.records)
    assert all(before[1] <= after[0] for before, after in pairwise(looks))


def test_a_mac_says_which_permission_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, context: ReadContext
) -> None:
    (tmp_path / "Library" / "Application Support" / "Knowledge").mkdir(parents=True)

    def refuse(*_args: object, **_named: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setenv("HOME", str(tmp_path))
    assert source_named("screentime").detect() == []
    monkeypatch.setattr("sys.platform", "darwin")
    assert source_named("screentime").detect() == []
    monkeypatch.setattr("os.listdir", refuse)
    for name in ("read_bytes", "open_to_read"):
        monkeypatch.setattr(file_access, name, refuse)
    paths = source_named("screentime").detect()
    assert [path.rpartition("/")[2] for path in paths] == ["knowledgeC.db", "App.InFocus"]
    for path in paths:
        with pytest.raises(TrackerError, match="Full Disk Access"):
            read_file("screentime", path, context)


def test_a_mac_has_its_own_time_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of its own time Biome and knowledgeC.db both tell."""
    folder = tmp_path / "Library" / "Application Support" / "Knowledge"
    stream = tmp_path / "Library" / "Biome" / "streams" / "restricted" / "App.InFocus"
    for device in ("local", f"remote/{PHONE}"):
        (stream / device).mkdir(parents=True)
        segb_2(stream / device / "1", [focus(START, True, INSTAGRAM)])
    folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "darwin")
    source = source_named("screentime")
    assert source.detect() == [str(stream / "local"), str(stream / "remote" / PHONE)]
    knowledge(folder / "knowledgeC.db", [])
    assert source.detect() == [str(folder / "knowledgeC.db"), str(stream / "remote" / PHONE)]


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", bytes(5000), b"SQLite format 3\0" + bytes(5000), b"SEGB"],
    ids=["empty", "text", "zeros", "damaged database", "cut off"],
)
def test_a_file_of_another_kind_is_refused_in_one_line(tmp_path: Path, context: ReadContext, content: bytes) -> None:
    (tmp_path / "f").write_bytes(content)
    with pytest.raises(TrackerError) as refused:
        read_file("screentime", str(tmp_path / "f"), context)
    assert len(str(refused.value).splitlines()) == 1
    (tmp_path / "empty").mkdir()
    with pytest.raises(TrackerError, match=r"empty has no knowledgeC\.db"):
        source_named("screentime").files_in(str(tmp_path / "empty"))


def test_the_real_database(samples: Path, context: ReadContext) -> None:
    """17 rows of macOS 10.13, none of a channel."""
    result = read_file("screentime", str(samples / "apple" / "knowledgeC-10.13.db"), context)
    assert (len(result.records), result.ignored, result.rejected) == (0, 17, [])
    assert dict(result.unknown_names) == {
        "com.mandiant.Monitor": 1,
        "com.objective-see.WhatsYourSignExt.FinderSync": 1,
    }


CELLS = st.none() | st.integers(-(2**62), 2**62) | st.floats() | st.text(max_size=8) | st.binary(max_size=8)
ROWS = st.tuples(
    st.sampled_from(["/app/usage", "/app/inFocus", "/app/webUsage"]) | CELLS,
    st.sampled_from([INSTAGRAM, YOUTUBE]) | CELLS,
    st.integers(START - 978_307_200, START - 978_300_000) | CELLS,
    st.integers(START - 978_307_200, START - 978_300_000) | CELLS,
    CELLS,
    CELLS,
    CELLS,
)


@given(rows=st.lists(ROWS, max_size=6), domains=st.lists(CELLS, max_size=3), devices=st.lists(CELLS, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_no_cell_of_the_database_makes_the_reader_fail(
    tmp_path: Path, context: ReadContext, rows: list[tuple[object, ...]], domains: list[object], devices: list[object]
) -> None:
    path = tmp_path / "knowledgeC.db"
    path.unlink(missing_ok=True)
    knowledge(path, [])
    with closing(sqlite3.connect(path)) as connection:
        connection.executemany(
            "INSERT INTO ZOBJECT(ZSTREAMNAME, ZVALUESTRING, ZSTARTDATE, ZENDDATE, ZSOURCE, ZSTRUCTUREDMETADATA, ZUUID) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        connection.executemany("INSERT INTO ZSTRUCTUREDMETADATA VALUES (?, ?)", enumerate(domains))
        connection.executemany("INSERT INTO ZSOURCE VALUES (?, ?)", enumerate(devices))
        connection.commit()
    result = read_file("screentime", str(path), context)
    assert all(0 <= row.start <= row.end <= context.now for row in result.records)
    assert all(isinstance(row.line, int) for row in result.rejected)
