"""Files that are damaged, cut off or made up: each is read or refused with a clear line, never anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.domain.errors import TrackerError
from tracker.importers.imported_record import collect
from tracker.importers.source import source_named

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.importers.imported_record import ReadContext

#: By format: a small file of it, of which others are made.
SEEDS = {
    "timewarrior": [
        b'[{"id":1,"start":"20261116T073000Z","end":"20261116T080600Z","tags":["create","linkedin"],"annotation":"a"}]',
        b'inc 20261116T073000Z - 20261116T080600Z # "client Samia" linkedin # "a note"\ninc 20261117T073000Z # x\n',
    ],
    "watson": [b'[[1794814200, 1794816360, "linkedin", "818c623300a1466b", ["create"], 1795449464]]'],
    "toggl": [
        b"Email,Client,Project,Description,Start date,Start time,End date,End time,Tags\n"
        b'a@example.org,,LinkedIn,"a, b",2026-11-16,08:30:00,2026-11-16,09:06:00,create\n'
    ],
    "rescuetime": [
        b"Date,Time Spent (seconds),Number of People,Activity,Category,Productivity\n"
        b"2026-11-16T08:00:00,600,1,linkedin.com,Social,-2\n2026-11-16T09:00:00,20,1,x.com,Social,-2\n"
    ],
    "activitywatch": [
        b'{"buckets": {"w": {"id": "w", "type": "web.tab.current", "hostname": "a", "events": [{"timestamp": '
        b'"2026-11-01T15:16:11.226000+00:00", "duration": 899.2, "data": {"url": "https://x.com/"}}]}, "a": {"id": "a",'
        b'"type": "currentwindow", "hostname": "a", "events": [{"timestamp": "2026-11-01T15:16:11+00:00", "duration": '
        b'99, "data": {"app": "firefox", "title": "b"}}]}, "p": {"id": "p", "type": "currentwindow", "hostname": "p", '
        b'"events": [{"timestamp": "2026-11-01T15:16:11+00:00", "duration": 1, "data": {"app": "X", "package": ""}}]}}}'
    ],
    "csv": [
        b"start,end,channel,note\n2026-11-16 08:30,2026-11-16 09:06,x,a\n11/23/26 2:05 PM,11/23/26 2:09 PM,y,\n",
        b"date;start;duration;channel\n2026-11-16;08:30;25m;x\n23.11.2026;10:00;0:20;x\n",
    ],
    "loop": [
        b"Position,Name,Type,FrequencyNumerator,FrequencyDenominator,Unit,Target Type,Target Value,Archived?\n"
        b"001,Walk,NUMERICAL,1,1,km,AT_LEAST,2.5,false\n002,Read,YES_NO,3,7,,,,true\n"
    ],
}

#: Files that stand beside the one that is read.
BESIDE = {"loop": {"Checkmarks.csv": b"Date,Walk,Read,\n2026-11-01,1500,YES_MANUAL,\n2026-10-31,SKIP,NO,\n"}}

#: What breaks readers: other types, other sizes, halves of letters, other numbers.
PIECES = [
    *(b"", b"null", b"-1", b"1e999", b"NaN", b"9" * 40, b"[]", b"{}", b'""', b"true", b"0", b"[[[[", b"\xff\xfe"),
    *(b"\x00", b"\r", b"\n", b'"', b"\\ud800", b"\xc3", b",", b";", b"9999-99-99", b"0001-01-01T00:00:00", b"#"),
    *("٣".encode(), "\u202e".encode(), b"x" * 3000),
]


@st.composite
def damaged(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    text = draw(st.sampled_from(seeds))
    for _time in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(text)))
        end = draw(st.integers(begin, min(len(text), begin + 25)))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6), st.just(text[begin:end] * 2)))
        text = text[:begin] + piece + text[end:]
    return text


@pytest.mark.parametrize("format", SEEDS)
def test_a_damaged_file_is_read_or_refused(context: ReadContext, tmp_path: Path, format: str) -> None:
    path = tmp_path / ("Habits.csv" if format == "loop" else "file")
    for name, content in BESIDE.get(format, {}).items():
        (tmp_path / name).write_bytes(content)
    refusals: list[str] = []

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    @given(damaged(SEEDS[format]))
    def check(content: bytes) -> None:
        path.write_bytes(content)
        try:
            result = collect(source_named(format).read(str(path), context))
        except TrackerError as error:
            refusals.append(str(error))
        else:
            for record in result.records:
                assert 0 <= record.start <= record.end <= context.now
                assert -(1 << 63) <= record.key < 1 << 63

    check()
    assert all(line and "\n" not in line for line in refusals)
