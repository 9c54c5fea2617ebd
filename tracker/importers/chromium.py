"""The history of Chrome and of the browsers built on Chromium, which all keep it in the same shape.

A visit lasts as long as its page was in front (`in_front`). Its `visit_duration` is how long it was open, in a tab in
the background too: that only bounds the visits whose time in front is not kept, such as those of another device.
Visits that nobody saw are ignored: pages that were never in front, pages inside a frame, and the steps of a chain of
redirects but its last (`t.co` on the way to an article is no look at X). Where a visit carries no marks of a chain at
all, it is taken as seen.
"""

from __future__ import annotations

import os
import sqlite3
import sys

from tracker.domain.models import TrackerError
from tracker.importers import browser, in_front
from tracker.importers.fact import Reader, Reading
from tracker.locale import _

FILE = "History"

#: From 1601-01-01, where Chromium counts microseconds from, to 1970-01-01.
EPOCH = 11_644_473_600_000_000

#: The core of `transition`: a page in a frame, loaded by the page around it or by a click in it.
AUTO_SUBFRAME, MANUAL_SUBFRAME = 3, 4

CHAIN_START, CHAIN_END, REDIRECT = 0x10000000, 0x20000000, 0xC0000000

#: SQL: whether somebody saw the page. Asked of SQLite, which is quicker at it than a loop of ours.
SEEN = (
    f"(transition IS NULL OR transition & 255 NOT IN ({AUTO_SUBFRAME}, {MANUAL_SUBFRAME}) "
    f"AND (transition & {CHAIN_END} OR NOT transition & {CHAIN_START | REDIRECT}))"
)

#: Where each browser keeps its profiles: below the configuration folder on Linux (and inside what Flatpak and Snap
#: make of it), below Application Support on macOS, below the local (or, with %, the roaming) folder on Windows.
FOLDERS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "chrome": (
        (
            *("google-chrome", "google-chrome-beta", "google-chrome-unstable"),
            "~/.var/app/com.google.Chrome/config/google-chrome",
        ),
        ("Google/Chrome",),
        ("Google/Chrome/User Data",),
    ),
    "chromium": (
        (
            *("chromium", "~/snap/chromium/common/chromium"),
            *("~/.var/app/org.chromium.Chromium/config/chromium",),
        ),
        ("Chromium",),
        ("Chromium/User Data",),
    ),
    "edge": (
        ("microsoft-edge", "microsoft-edge-beta", "~/.var/app/com.microsoft.Edge/config/microsoft-edge"),
        ("Microsoft Edge",),
        ("Microsoft/Edge/User Data",),
    ),
    "brave": (
        (
            *("BraveSoftware/Brave-Browser", "~/snap/brave/current/.config/BraveSoftware/Brave-Browser"),
            "~/.var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser",
        ),
        ("BraveSoftware/Brave-Browser",),
        ("BraveSoftware/Brave-Browser/User Data",),
    ),
    "vivaldi": (
        ("vivaldi", "vivaldi-snapshot", "~/.var/app/com.vivaldi.Vivaldi/config/vivaldi"),
        ("Vivaldi",),
        ("Vivaldi/User Data",),
    ),
    "opera": (
        ("opera", "~/snap/opera/current/.config/opera", "~/.var/app/com.opera.Opera/config/opera"),
        ("com.operasoftware.Opera",),
        ("%Opera Software/Opera Stable",),
    ),
}


def find(name: str) -> list[str]:
    """The histories of this browser's profiles on this machine."""
    linux, mac, windows = FOLDERS[name]
    if sys.platform == "win32":
        bases = {True: os.environ.get("APPDATA", ""), False: os.environ.get("LOCALAPPDATA", "")}
        folders = [os.path.join(bases[place[0] == "%"], place.removeprefix("%")) for place in windows]
    elif sys.platform == "darwin":
        folders = [os.path.join("~/Library/Application Support", place) for place in mac]
    else:
        base = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
        folders = [place if place[0] == "~" else os.path.join(base, place) for place in linux]
    return browser.histories(folders, FILE)


def chosen(path: str) -> list[str]:
    """The histories that a PATH means: a file, a profile, or a folder of profiles."""
    return browser.chosen(path, FILE)


def read(path: str, reader: Reader) -> Reading:
    """The facts of one profile. Raises TrackerError for a file that is no Chromium history."""
    with browser.opened(path, "Chromium") as history:
        has = _refuse_others(history, path)
        # Not count(*), which SQLite does in one step however long it takes.
        (count,) = history.execute("SELECT sum(1) FROM visits").fetchone()
        opener = "opener_visit" if "opener_visit" in has else "NULL"
        notes, joined = in_front.noted(history)
        seen = history.execute(
            f"SELECT visit_time - {EPOCH}, visit_duration, url, id, {opener}, {notes} FROM visits {joined} "
            f"WHERE {SEEN} ORDER BY visit_time, id"
        ).fetchall()
        urls = browser.addresses(history, "urls")
    known = browser.known_channels(urls, reader)
    reading = browser.facts(seen, urls, known, in_front.views(seen, known) if joined else {}, reader)
    return reading._replace(ignored=reading.ignored + (count or 0) - len(seen))


def _refuse_others(history: sqlite3.Connection, path: str) -> set[str]:
    """The columns of the visits. Raises TrackerError where they are none of Chromium's."""
    visits = browser.columns(history, "visits")
    if visits >= {"id", "url", "visit_time", "visit_duration", "transition"}:
        if browser.columns(history, "urls") >= {"id", "url"}:
            return visits
    elif browser.columns(history, "moz_historyvisits"):
        raise TrackerError(_("{path} is a Firefox history; read it with `tracker import firefox`").format(path=path))
    raise TrackerError(_("{path} is no Chromium history: it has no visits as Chromium keeps them").format(path=path))
