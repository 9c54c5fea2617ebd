"""The history of Firefox: when a page was visited, and beside it when a page was in front, and for how long.

`moz_places_metadata` has a row for each time that a page was looked at, begun a moment after its visit or when its tab
came to the front again much later; its `total_view_time` is true. Such a row belongs to the last visit of its page
before it. A visit without any lasts until the next one to anything, at most five minutes, and its end is estimated.

Firefox counts visits in microseconds since 1970, and on phones in milliseconds: told apart by size, row by row.

Visits that nobody saw are ignored: pages that were never in front, pages inside a frame, downloads, and pages that only
redirected. Firefox marks a redirect on the page it *led to* (`visit_type` 5 and 6), which was seen; the visit it came
from (`from_visit`) was not. On phones the mark is on the page that redirected.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from bisect import bisect_right
from typing import TYPE_CHECKING

from tracker.domain.models import TrackerError
from tracker.importers import browser
from tracker.importers.browser import View
from tracker.importers.fact import Reader, Reading, key_of
from tracker.locale import _

if TYPE_CHECKING:
    from typing import Any

FILE = "places.sqlite"

EMBED, REDIRECT_PERMANENT, REDIRECT_TEMPORARY, DOWNLOAD, FRAMED_LINK = 4, 5, 6, 7, 8

#: What is smaller counts milliseconds: in microseconds it would be March 1973.
_LEAST_MICROSECONDS = 10**14

#: A page is in front so much before its visit is written, and so much after it at the latest, in microseconds; what is
#: viewed later was first open in the background, or has come back.
_EARLY, _SETTLES = 2_000_000, 60_000_000

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
        phone = "is_local" in _refuse_others(history, path)
        visits = history.execute(
            "SELECT visit_date, NULL, place_id, id, visit_type, from_visit FROM moz_historyvisits "
            "ORDER BY visit_date, id"
        ).fetchall()
        viewed = _viewed(history)
        urls = browser.addresses(history, "moz_places")
    redirects = [visit for visit in visits if visit[4] in (REDIRECT_PERMANENT, REDIRECT_TEMPORARY)]
    redirected = {visit[3] if phone else visit[5] for visit in redirects}
    seen = [
        visit[:4] for visit in visits if visit[4] not in (EMBED, DOWNLOAD, FRAMED_LINK) and visit[3] not in redirected
    ]
    known = browser.known_channels(urls, reader)
    formerly = {}
    if any(_in_ms(visit[0]) for visit in seen):
        formerly = _formerly(seen, known)
        seen = [((moment * 1000 if _in_ms(moment) else moment), *rest) for moment, *rest in seen]
        seen.sort(key=lambda visit: visit[0] if type(visit[0]) is int else 0)
    reading = browser.facts(seen, urls, known, _views(seen, viewed, known), reader)
    return reading._replace(ignored=reading.ignored + len(visits) - len(seen), formerly=formerly)


def _in_ms(moment: Any) -> bool:
    """Whether this counts milliseconds: in microseconds it would lie before 1973."""
    return type(moment) is int and 0 < moment < _LEAST_MICROSECONDS


def _formerly(visits: list[tuple[Any, ...]], known: dict[Any, tuple[str, int]]) -> dict[int, int]:
    """The keys of the visits in milliseconds, which were taken for microseconds once: the right one to the wrong."""
    found = ((visit[0], known[visit[2]][1]) for visit in visits if visit[2] in known and _in_ms(visit[0]))
    return {key_of(moment * 1000, hash): key_of(moment, hash) for moment, hash in found}


def _viewed(history: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """(place, from when in ms, until when in ms, ms in front) of every time that a place was in front, by time."""
    needed = {"id", "place_id", "created_at", "updated_at", "total_view_time"}
    if not browser.columns(history, "moz_places_metadata") >= needed:
        return []
    return history.execute(
        "SELECT place_id, created_at, iif(typeof(updated_at) = 'integer', updated_at, 0), max(total_view_time, 0) "
        "FROM moz_places_metadata WHERE typeof(created_at) = 'integer' AND typeof(total_view_time) = 'integer' "
        "AND created_at > 0 ORDER BY created_at, id"
    ).fetchall()


def _views(
    visits: list[tuple[Any, ...]], viewed: list[tuple[Any, ...]], known: dict[Any, tuple[str, int]]
) -> dict[int, list[View]]:
    """By each visit's place in `visits`: what was viewed of its page until the next visit there; of `known` pages."""
    pages: dict[Any, tuple[list[int], list[int]]] = {}
    for at, (moment, _open_for, page, _row) in enumerate(visits):
        if page in known and type(moment) is int:
            moments, places = pages.setdefault(page, ([], []))
            moments.append(moment)
            places.append(at)
    found: dict[int, list[View]] = {}
    make = tuple.__new__
    for page, begun, until, lasted in viewed:
        if page not in pages:
            continue
        moments, places = pages[page]
        start = begun * 1000
        which = bisect_right(moments, start + _EARLY) - 1
        if which < 0:
            continue
        views = found.setdefault(places[which], [])
        if lasted:
            if not views and start - moments[which] <= _SETTLES:
                start = moments[which]
            views.append(make(View, (start, lasted * 1000, until // 1000, 0)))
    return found


def _refuse_others(history: sqlite3.Connection, path: str) -> set[str]:
    """The columns of the visits. Raises TrackerError where they are none of Firefox's."""
    visits = browser.columns(history, "moz_historyvisits")
    if visits >= {"id", "place_id", "visit_date", "visit_type", "from_visit"}:
        if browser.columns(history, "moz_places") >= {"id", "url"}:
            return visits
    elif browser.columns(history, "visits"):
        raise TrackerError(_("{path} is a Chromium history; read it with `tracker import chrome`").format(path=path))
    raise TrackerError(_("{path} is no Firefox history: it has no visits as Firefox keeps them").format(path=path))
