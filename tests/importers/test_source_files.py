"""Rows of JSON files: found where they are, read in parts, and refused in one line where there are none."""

from __future__ import annotations

import json
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.domain.errors import TrackerError
from tracker.importers.source_files import json_rows

if TYPE_CHECKING:
    from pathlib import Path


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def rows(path: Path, content: bytes | str, *lists: str) -> list[Any]:
    """The elements of the lists with these last keys, joined with full stops; of that at the top for an empty text."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    wanted = [tuple(filter(None, name.split("."))) for name in lists]
    return list(
        json_rows(str(path), lambda keys: any(keys[-len(last) :] == last if last else not keys for last in wanted))
    )


def test_a_list_is_found_by_its_key_however_deep(tmp_path: Path) -> None:
    text = '{"a": {"b": [1], "x": {"b": [{"b": [2]}, 3]}}, "b": {"c": [4]}, "z": [5]}'
    assert rows(tmp_path / "f", text, "b") == [1, {"b": [2]}, 3]
    assert rows(tmp_path / "f", text, "z", "c") == [4, 5]
    assert rows(tmp_path / "f", text, "x.b") == [{"b": [2]}, 3]
    assert rows(tmp_path / "f", " [1 , [2]]\n", "") == [1, [2]]
    assert rows(tmp_path / "f", "\ufeff[ ]", "") == []
    assert rows(tmp_path / "f", '{"a": []}', "") == []


@pytest.mark.parametrize(
    "content",
    [
        *(
            "",
            " ",
            "[",
            "[1",
            "[1,",
            "{",
            '{"a"',
            '{"a":',
            '{"a":[',
            "[1] 2",
            "hello",
            "[1}",
            '{"a" 1}',
            "{1: 2}",
            '["',
        ),
        *(b"\xff\xfe[\x001\x00", b'["\xff"]', b"\0\0\0", "[" * 100_000, '{"a":' * 100_000, '["\n"]', "[01]"),
    ],
)
def test_what_is_no_json_is_refused_in_one_line(tmp_path: Path, content: bytes | str) -> None:
    with pytest.raises(TrackerError, match=r"f is not a JSON file, or it is damaged$"):
        rows(tmp_path / "f", content, "", "a")


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(TrackerError, match="cannot read"):
            list(json_rows(str(path), lambda keys: not keys))


@given(values=st.lists(VALUES), indent=st.sampled_from([None, 1]), ascii=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_they_are_what_the_decoder_of_the_whole_reads(
    tmp_path: Path, values: list[Any], indent: int | None, ascii: bool
) -> None:
    text = json.dumps({"skipped": values, "Rows": values}, indent=indent, ensure_ascii=ascii)
    assert rows(tmp_path / "f", text, "Rows") == values


def test_rows_longer_than_what_is_read_at_once(tmp_path: Path) -> None:
    values = ["é" * 400_000, 12345678901234567890, "x" * 600_000, 7]
    told: list[float] = []
    (tmp_path / "f").write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    assert list(json_rows(str(tmp_path / "f"), lambda keys: not keys, told.append)) == values
    assert told == sorted(told)
    assert told[-1] == 1


def test_the_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = []
    for count in (10_000, 40_000):
        with open(tmp_path / "f", "w", encoding="utf-8") as file:
            file.write("[" + ",".join(f'{{"title": "a video number {n:09}", "time": "x"}}' for n in range(count)) + "]")
        tracemalloc.start()
        assert sum(1 for _row in json_rows(str(tmp_path / "f"), lambda keys: not keys)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]
