"""A real Firefox: what it says it showed is in our log to the second, while it runs and afterwards."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.importers import real_firefox
from tests.importers.makers import PARIS
from tracker.importers import importing
from tracker.importers.imported_record import ImportOptions

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.storage import Database

#: Addresses, and for how many seconds each is looked at.
VISITS = (
    ("http://www.linkedin.com/feed/", 3.0),
    ("http://example.org/", 1.0),
    ("http://www.youtube.com/watch?v=private", 2.5),
    ("http://linkedin.com.evil.example/", 1.0),
    ("http://x.com/home", 2.0),
    ("http://example.org/end", 0.5),
)

CHANNELS = {VISITS[0][0]: "linkedin", VISITS[2][0]: "youtube", VISITS[4][0]: "x"}


def seen_by_firefox(profile: Path) -> list[tuple[str, float, float]]:
    """(channel, UTC seconds of the visit, seconds in front) of the pages of channels, as Firefox itself keeps them."""
    with closing(sqlite3.connect(profile / "places.sqlite")) as places:
        rows = places.execute(
            "SELECT url, visit_date / 1e6, total_view_time / 1000.0 FROM moz_places_metadata AS view "
            "JOIN moz_places AS place ON place.id = view.place_id "
            "JOIN moz_historyvisits AS visit ON visit.place_id = place.id ORDER BY visit_date"
        ).fetchall()
    return [(CHANNELS[url], start, seconds) for url, start, seconds in rows if url in CHANNELS]


@pytest.mark.slow
@pytest.mark.skipif(not real_firefox.FIREFOX, reason="there is no Firefox")
def test_a_real_browsers_totals_are_ours_to_the_second(database: Database, tmp_path: Path) -> None:
    profile = tmp_path / "firefox"
    shown: list[tuple[str, float]] = []
    with real_firefox.web_proxy() as port, real_firefox.running(profile, port) as browser:
        for url, seconds in VISITS:
            shown.append((url, time.time()))
            browser.visit(url, seconds)
        shown.append(("", time.time()))
        meanwhile = importing.import_files(database, "firefox", str(profile), ImportOptions(PARIS, int(time.time())))
        browser.close()
    report = importing.import_files(database, "firefox", str(profile), ImportOptions(PARIS, int(time.time())))
    assert meanwhile.added + report.added == 3
    rows = database.rows('SELECT channel, start, "end" - start, estimated FROM session ORDER BY start')
    theirs = seen_by_firefox(profile)
    waited = dict(VISITS)
    ours = [(waited[url], start, end) for (url, start), (_next, end) in pairwise(shown) if url in CHANNELS]
    assert [row[0] for row in rows] == [row[0] for row in theirs] == ["linkedin", "youtube", "x"]
    for (_channel, start, seconds, estimated), (_same, began, lasted), (least, opened, left) in zip(
        rows, theirs, ours, strict=True
    ):
        assert abs(start - began) <= 1, "a session begins in the second of the visit"
        assert abs(seconds - lasted) <= 1, "whole seconds"
        assert opened - 1 <= start <= left
        assert least - 1 <= seconds <= left - opened + 1
        assert not estimated
    assert importing.import_files(database, "firefox", str(profile), ImportOptions(PARIS, int(time.time()))).added == 0
    content = b"".join(path.read_bytes() for path in tmp_path.glob("tracker.db*"))
    assert b"private" not in content
    assert b"nobody's business" not in content
    assert b"evil" not in content
