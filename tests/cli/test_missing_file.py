"""A path that was mistyped behind --db: what only reads makes no file there, and answers as an empty log does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Inside

READS = (
    *("", "status", "status --json", "status --format '{channel} {elapsed}'", "day", "day yesterday --json", "week"),
    *("week --weeks 13", "patterns", "patterns --explain night", "worth", "worth --weeks 4", "review", "review --md -"),
    *("review --list", "history", "export csv", "export json", "doctor"),
)


@pytest.mark.parametrize("line", READS)
def test_what_only_reads_makes_nothing(inside: Inside, line: str) -> None:
    wanted = inside.run(f"{line} --db {inside.db}")
    result = inside.run(f"--db {inside.folder}/no/where.db {line}")
    assert result.code == wanted.code
    assert not (inside.folder / "no").exists()
    if line != "doctor":
        assert (result.out, result.err) == (wanted.out, wanted.err)
    else:
        assert "not there yet" in result.out


@pytest.mark.parametrize(
    "line",
    [
        *("check x", "start x", "log linkedin 14:00-14:10", "day --note Fine", "worth --spend linkedin 120"),
        *("habit add Walk on mon", "pause 1h"),
    ],
)
def test_what_writes_makes_the_file(inside: Inside, line: str) -> None:
    path = inside.folder / "new" / "log.db"
    assert inside.run(f"--db {path} {line}").code == 0
    assert path.exists()


def test_nothing_is_written_over_by_an_export_to_the_same_path(inside: Inside) -> None:
    inside.run("--db new.db export csv new.db").refused()
    assert not (inside.folder / "new.db").exists()


def test_a_file_whose_log_is_left_is_not_taken_for_a_missing_one(inside: Inside) -> None:
    Path(f"{inside.folder}/gone.db-wal").write_bytes(b"x" * 5000)
    inside.run("--db gone.db status").refused()
