"""The history of Firefox: when a page was visited, but not for how long.

Every visit lasts until the next one to anything, at most five minutes, and its end is estimated. Visits that nobody
saw are ignored: pages inside a frame, downloads, and pages that only redirected. Firefox marks a redirect on the page
it *led to* (`visit_type` 5 and 6), which was seen; the visit it came from (`from_visit`) was not.
"""

from __future__ import annotations

import os
import sqlite3
import sys

from tracker.exchange.fact import Reader, Reading
from tracker.exchange.sources import browser
from tracker.locale import _
from tracker.model import TrackerError

FILE = "places.sqlite"

EMBED, REDIRECT_PERMANENT, REDIRECT_TEMPORARY, DOWNLOAD, FRAMED_LINK = 4, 5, 6, 7, 8

#: Where Firefox keeps its profiles: on Linux (also as Snap and Flatpak make it), on macOS, on Windows.
LINUX = (
    "~/.mozilla/firefox",
    "~/.config/mozilla/firefox",
    "~/snap/firefox/common/.mozilla/firefox",
    "~/.var/app/org.mozilla.firefox/.mozilla/firefox",
    "~/.var/app/org.mozilla.firefox/config/mozilla/firefox",
)
MAC = ("~/Library/Application Support/Firefox/Profiles",)


def find(name: str) -> list[str]:
    """The histories of Firefox's profiles on this machine; there is but one `name`."""
    if sys.platform == "win32":
        folders = [os.path.join(os.environ.get("APPDATA", ""), "Mozilla", "Firefox", "Profiles")]
    else:
        folders = list(MAC if sys.platform == "darwin" else LINUX)
    return browser.histories(folders, FILE)


def chosen(path: str) -> list[str]:
    """The histories that a PATH means: a file, a profile, or a folder of profiles."""
    return browser.chosen(path, FILE)


def read(path: str, reader: Reader) -> Reading:
    """The facts of one profile. Raises TrackerError for a file that is no Firefox history."""
    with browser.opened(path, "Firefox") as history:
        _refuse_others(history, path)
        visits = history.execute(
            "SELECT visit_date, NULL, place_id, id, visit_type, from_visit FROM moz_historyvisits "
            "ORDER BY visit_date, id"
        ).fetchall()
        urls = browser.addresses(history, "moz_places")
    redirected = {visit[5] for visit in visits if visit[4] in (REDIRECT_PERMANENT, REDIRECT_TEMPORARY)}
    seen = [
        visit[:4] for visit in visits if visit[4] not in (EMBED, DOWNLOAD, FRAMED_LINK) and visit[3] not in redirected
    ]
    reading = browser.facts(seen, urls, reader)
    return reading._replace(ignored=reading.ignored + len(visits) - len(seen))


def _refuse_others(history: sqlite3.Connection, path: str) -> None:
    visits = browser.columns(history, "moz_historyvisits")
    if visits >= {"id", "place_id", "visit_date", "visit_type", "from_visit"}:
        if browser.columns(history, "moz_places") >= {"id", "url"}:
            return
    elif browser.columns(history, "visits"):
        raise TrackerError(_("{path} is a Chromium history; read it with `tracker import chrome`").format(path=path))
    raise TrackerError(_("{path} is no Firefox history: it has no visits as Firefox keeps them").format(path=path))
