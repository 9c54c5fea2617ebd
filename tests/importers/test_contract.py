"""Every source keeps the rules, those of other packages are found, and the check itself finds what breaks a rule."""

from __future__ import annotations

import json
import re
import sys
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.importers.makers import Page, Spent, at, chromium, firefox, focus, knowledge, phone, safari, segb_2, watched
from tracker.domain.errors import TrackerError
from tracker.domain.models import RECORDED
from tracker.importers import importing
from tracker.importers.contract import check_source
from tracker.importers.imported_record import (
    IgnoredRows,
    ImportedRecord,
    ImportOptions,
    NewChannel,
    RejectedRow,
    hash_text,
    record_key,
)
from tracker.importers.source import (
    Source,
    SourceDescription,
    all_sources,
    broken_sources,
    is_built_in,
    source_named,
    sources_of_packages,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from tracker.importers.imported_record import ReadContext, Row
    from tracker.storage import Database

#: The page on sources, whose example is read.
DOC = Path(__file__).parents[2] / "docs" / "sources.md"

START = at("2026-11-20 10:00:00")
FEED, PLAIN = "https://www.linkedin.com/feed/?private=hush", "https://example.org/hush"
VIDEO = "https://www.youtube.com/watch?v=hush"


def csv_rows(path: Path) -> str:
    path.write_text("start,end,channel,note\n2026-11-20 10:00,2026-11-20 10:10,linkedin,a\n2026-11-20 11:00,,x,\n")
    return str(path)


def as_json(folder: Path, value: object) -> str:
    (folder / "rows.json").write_text(json.dumps(value))
    return str(folder / "rows.json")


#: By source: what makes a sample of it in a folder.
SAMPLES: dict[str, Callable[[Path], str]] = {
    "app-usage": lambda folder: phone(
        folder / "a.csv",
        ["X,11/20/26,10:00:00,0:00:10", "Mail,11/20/26,10:01:00,0:00:10", "X,11/20/26,12:00:00,0:01:00"],
    ),
    "chrome": lambda folder: chromium(folder / "History", [(FEED, START, 30), (PLAIN, START + 60, 9)]),
    "brave": lambda folder: watched(folder / "History", [Page(FEED, START, 90, 30), Page(PLAIN, START + 99, 9, 9)]),
    "firefox": lambda folder: firefox(
        folder / "places.sqlite", [(FEED, START, 1, 0), (PLAIN, START + 90, 1, 0)], [(1, START, START + 80, 60)]
    ),
    "safari": lambda folder: safari(folder / "History.db", [(FEED, START), (PLAIN, START + 60), (FEED, START + 900)]),
    "youtube": lambda folder: as_json(
        folder,
        [{"header": "YouTube", "title": "hush", "titleUrl": VIDEO, "time": f"2026-11-20T10:0{n}:00Z"} for n in "531"],
    ),
    "chrome-takeout": lambda folder: as_json(
        folder,
        {"Browser History": [{"url": url, "title": "hush", "time_usec": START * 1_000_000} for url in (FEED, PLAIN)]},
    ),
    "tiktok": lambda folder: as_json(
        folder,
        {"Your Activity": {"Watch History": {"VideoList": [{"Date": "2026-11-20 10:00:00", "Link": f"{VIDEO}"}]}}},
    ),
    "screentime": lambda folder: knowledge(
        folder / "knowledgeC.db",
        [
            Spent(START, START + 60, "com.burbn.instagram"),
            Spent(START + 90, START + 99, "com.apple.mobilesafari", "/app/webUsage", "a phone", "www.linkedin.com"),
            Spent(START + 200, START + 300, "com.apple.finder"),
        ],
    ),
    "csv": lambda folder: csv_rows(folder / "rows.csv"),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_source_keeps_the_rules(tmp_path: Path, name: str) -> None:
    (tmp_path / "sample").mkdir()
    sample = SAMPLES[name](tmp_path / "sample")
    check_source(source_named(name), sample, str(tmp_path), now=NOW, secrets=["hush", "example.org"])


@pytest.mark.parametrize("source", all_sources().values(), ids=attrgetter("name"))
def test_what_a_person_recorded_is_known_as_such_everywhere(source: Source) -> None:
    assert source.describe().recorded == (source.session_source in RECORDED)


#: Real samples, below ../shared/samples.
REAL = (
    ("app-usage", "app-usage/excerpt_french.csv"),
    ("chrome", "chromium/History"),
    ("firefox", "firefox/places.sqlite"),
    ("youtube", "takeout/watch-history.json"),
    ("chrome-takeout", "takeout/History.json"),
    ("tiktok", "tiktok/user_data_tiktok.json"),
)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "sample"), REAL)
def test_a_source_keeps_the_rules_for_real_files(samples: Path, tmp_path: Path, name: str, sample: str) -> None:
    check_source(source_named(name), str(samples / sample), str(tmp_path), now=NOW + 86_400, damaged_copies=8)


def test_a_stream_of_biome_keeps_the_rules(tmp_path: Path) -> None:
    events = [focus(START + 9 * n, n % 2 == 0, "com.burbn.instagram") for n in range(6)]
    (tmp_path / "sample").mkdir()
    sample = segb_2(tmp_path / "sample" / "1", events)
    result = check_source(source_named("screentime"), sample, str(tmp_path), now=NOW)
    assert sum(record.end - record.start for record in result.records) == 27


class Lines(Source):
    """A source as somebody else writes one: `UTC seconds,seconds,app` on each line."""

    def describe(self) -> SourceDescription:
        return SourceDescription("lines", "a file of lines")

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                for number, line in enumerate(file, 1):
                    yield self.row(number, line.strip(), context)
        except OSError as error:
            raise TrackerError(f"cannot read {path}: {error.strerror}") from None

    def row(self, number: int, line: str, context: ReadContext) -> Row:
        words = line.split(",")
        if len(words) != 3 or not (
            words[0].isascii() and words[0].isdigit() and words[1].isascii() and words[1].isdigit()
        ):
            return RejectedRow(number, "this is no row")
        start, end = int(words[0]), int(words[0]) + int(words[1])
        channel = context.matcher.by_app(words[2])
        if channel is None:
            return IgnoredRows(1, words[2])
        if end > context.now:
            return RejectedRow(number, "that time is in the future")
        return ImportedRecord(channel, start, end, record_key(start, hash_text(words[2])))


def lines(folder: Path) -> str:
    path = folder / "lines.txt"
    path.write_text(f"{START},60,YouTube\n{START + 100},20,Calculator\n{START + 999},7,X\n")
    return str(path)


def test_a_source_of_another_package_keeps_the_rules(tmp_path: Path) -> None:
    result = check_source(Lines(), lines(tmp_path), str(tmp_path), now=NOW)
    assert [(record.channel, record.end - record.start) for record in result.records] == [("youtube", 60), ("x", 7)]
    assert dict(result.unknown_names) == {"Calculator": 1}


def test_the_source_in_the_docs_keeps_the_rules(tmp_path: Path) -> None:
    text = DOC.read_text(encoding="utf-8").partition("## A source of your own")[2]
    module: dict[str, Any] = {}
    exec(re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)[0], module)
    result = check_source(module["MySource"](), lines(tmp_path), str(tmp_path), now=NOW, damaged_copies=400)
    assert [(record.channel, record.end - record.start) for record in result.records] == [("youtube", 60), ("x", 7)]


class InTheFuture(Lines):
    def row(self, number: int, line: str, context: ReadContext) -> Row:
        return super().row(number, line, context._replace(now=context.now * 2))


class KeyOfTheEnd(Lines):
    def row(self, number: int, line: str, context: ReadContext) -> Row:
        row = super().row(number, line, context)
        return row._replace(key=context.now % 7) if isinstance(row, ImportedRecord) else row


class Crashing(Lines):
    def row(self, number: int, line: str, context: ReadContext) -> Row:
        int(line.split(",")[0])
        return super().row(number, line, context)


class Inventing(Lines):
    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        yield NewChannel("nonsense", "Nonsense", "social")
        yield from super().read(path, context)


class NotLazy(Lines):
    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        return list(super().read(path, context))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (InTheFuture(), "future"),
        (KeyOfTheEnd(), "rows of one key are the same row"),
        (Crashing(), "read or refused in one line"),
        (Inventing(), "only what a person recorded"),
        (NotLazy(), "read\\(\\) yields rows"),
    ],
)
def test_the_check_finds_a_broken_rule(tmp_path: Path, source: Source, rule: str) -> None:
    with pytest.raises(AssertionError, match=rule):
        check_source(source, lines(tmp_path), str(tmp_path), now=NOW)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package with this module's sources as its entry points, and one that cannot be loaded."""
    folder = tmp_path / "site" / "someones_sources-1.0.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: someones-sources\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text(
        f"[tracker.importers]\nlines = {__name__}:Lines\nbad = {__name__}:missing\ncrashing = {__name__}:LATER\n"
    )
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "site")])
    for look in (all_sources, sources_of_packages):
        look.cache_clear()
    yield
    for look in (all_sources, sources_of_packages):
        look.cache_clear()


class FailsLater(Lines):
    def describe(self) -> SourceDescription:
        return SourceDescription("later", "fails while it reads")

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        yield IgnoredRows()
        raise ValueError("a mistake of\nits own")


LATER = (FailsLater(),)


@pytest.mark.usefixtures("installed")
def test_sources_of_other_packages_are_found_and_cannot_harm(database: Database, tmp_path: Path) -> None:
    assert {"lines", "later", "chrome"} <= set(all_sources())
    report = importing.import_files(database, "lines", lines(tmp_path), ImportOptions(zone="Europe/Paris", now=NOW))
    assert (report.read, report.added, report.ignored) == (3, 2, 1)
    assert set(broken_sources()) == {"bad"}
    with pytest.raises(TrackerError, match="bad of another package cannot be used: AttributeError"):
        importing.import_files(database, "bad", lines(tmp_path), ImportOptions(zone="Europe/Paris", now=NOW))
    with pytest.raises(TrackerError, match="later of another package cannot be used: ValueError: a mistake of its own"):
        importing.import_files(database, "later", lines(tmp_path), ImportOptions(zone="Europe/Paris", now=NOW))


def test_every_source_of_the_program_is_described() -> None:
    for name, source in all_sources().items():
        assert source.describe().name == name
        assert is_built_in(source)


def test_every_source_has_its_instructions_in_the_docs() -> None:
    text = DOC.read_text(encoding="utf-8")
    assert [name for name in all_sources() if f"`{name}`" not in text] == []
