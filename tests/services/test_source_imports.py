"""Importing what is new in the sources of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.importers import importing
from tracker.services.source_imports import failures, import_new
from tracker.settings import Settings
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.importers.imported_record import ImportOptions
    from tracker.importers.source import Source
    from tracker.storage import Database


@pytest.mark.parametrize("fault", [KeyError("title"), ValueError("bad page"), TypeError("None is no text")])
def test_a_faulty_source_is_named_and_stops_no_other(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    for path in (good, bad):
        path.write_text("channel,start,end\nlinkedin,2026-11-20 09:00,2026-11-20 09:30\n")
    read = importing.read_source

    def read_or_fail(
        database: Database, source: Source, paths: list[str], options: ImportOptions
    ) -> importing.SourceRead:
        if str(bad) in paths:
            raise fault
        return read(database, source, paths, options)

    monkeypatch.setattr(importing, "read_source", read_or_fail)
    settings = Settings(sources=(f"csv:{bad}", f"csv:{good}"))
    workspace = Workspace(database, settings, "Europe/Paris", now=NOW)
    failed, done = import_new(workspace)
    assert type(fault).__name__ in failed.error
    assert done.report is not None
    assert done.report.added == 1
    assert list(failures(workspace)) == [f"csv:{bad}"]
