"""A real Chromium: what it shows for some seconds is in our log for so many seconds, while it runs and afterwards."""

from __future__ import annotations

import shutil
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.importers import real_chromium
from tests.importers.makers import PARIS
from tracker.importers import importing
from tracker.importers.imported_record import ImportOptions

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.storage import Database

#: Addresses, and for how many seconds each is looked at.
VISITS = (
    ("https://www.linkedin.com/feed/", 3.0),
    ("https://example.org/", 1.0),
    ("https://www.youtube.com/watch?v=private", 2.5),
    ("https://linkedin.com.evil.example/", 1.0),
    ("https://x.com/home", 2.0),
    ("https://example.org/end", 0.5),
)

CHANNELS = {"https://www.linkedin.com/feed/": "linkedin", VISITS[2][0]: "youtube", "https://x.com/home": "x"}


@pytest.mark.slow
@pytest.mark.skipif(not (real_chromium.CHROMIUM and shutil.which("openssl")), reason="there is no Chromium or openssl")
def test_a_real_browsers_totals_are_ours_to_the_second(database: Database, tmp_path: Path) -> None:
    profile = tmp_path / "chromium"
    shown: list[tuple[str, float]] = []
    with real_chromium.web_server(tmp_path) as port, real_chromium.running(profile, port) as browser:
        for url, seconds in VISITS:
            shown.append((url, time.time()))
            browser.visit(url, seconds)
        shown.append(("", time.time()))
        meanwhile = importing.import_files(database, "chromium", str(profile), ImportOptions(PARIS, int(time.time())))
        browser.close()
    report = importing.import_files(database, "chromium", str(profile), ImportOptions(PARIS, int(time.time())))
    assert meanwhile.added + report.added == 3
    expected = [
        (CHANNELS[url], start, end - start) for (url, start), (_next, end) in pairwise(shown) if url in CHANNELS
    ]
    rows = database.rows('SELECT channel, start, "end" - start, estimated FROM session ORDER BY start')
    assert [row[0] for row in rows] == [row[0] for row in expected]
    for (_channel, start, seconds, estimated), (_same, began, lasted) in zip(rows, expected, strict=True):
        assert abs(start - began) <= 1.5, "the second in which it was opened"
        assert abs(seconds - lasted) <= 1.5, "whole seconds, and the time that a page needs to appear"
        assert not estimated
    assert importing.import_files(database, "chromium", str(profile), ImportOptions(PARIS, int(time.time()))).added == 0
    content = b"".join(path.read_bytes() for path in tmp_path.glob("tracker.db*"))
    assert b"private" not in content
    assert b"nobody's business" not in content
    assert b"evil" not in content
