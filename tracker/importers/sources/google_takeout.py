"""Google Takeout: Chrome's history, and YouTube's watch history, of a Google account on all devices.

Both have when something was opened, and nothing about how long: each visit lasts until the next one to anything, at
most five minutes, and its end is an estimate that yields to what a browser or a phone measured.

Chrome's file is `History.json`, in older downloads `BrowserHistory.json`. Ignored are pages inside a frame.

YouTube's file is `watch-history.json`. Ignored are advertisements (`details`), and rows that are no videos: posts that
were viewed and searches. The titles are in the account's language, so the address tells what a row is. A video that was
removed has no address; it was watched. YouTube Music is no visit to a social network: its rows are ignored.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.importers.browser_history import FIRST_MOMENT, LAST_MOMENT
from tracker.importers.imported_record import IgnoredRows, ReadContext, RejectedRow, Row, hash_text, host_of
from tracker.importers.shared_reading import Event, EventSource, utc_microseconds
from tracker.importers.source import SourceDescription
from tracker.importers.source_files import Wanted, json_rows
from tracker.importers.sources.chromium import EPOCH
from tracker.locale import N_, _

#: The key of the list of visits.
VISITS = ("Browser History",)

#: Transitions of pages that somebody did not go to: they were loaded inside a frame.
FRAMES = ("AUTO_SUBFRAME", "MANUAL_SUBFRAME")

#: What Takeout calls Chrome's file, in the languages that are known.
_HISTORY_NAMES = (
    *("history.json", "browserhistory.json", "historique.json", "verlauf.json", "historial.json"),
    *("cronologia.json", "histórico.json", "geschiedenis.json", "historia.json"),
)


class ChromeTakeout(EventSource):
    """What was visited with Chrome on all devices of a Google account."""

    wanted = Wanted(_HISTORY_NAMES, lambda beginning: b'"page_transition"' in beginning and b'"time_usec"' in beginning)

    def describe(self) -> SourceDescription:
        return SourceDescription(
            "chrome-takeout",
            N_("Chrome's history from Google Takeout"),
            N_("takeout.google.com: choose Chrome, as JSON; the file is History.json"),
            names="domain",
        )

    def events(self, path: str, context: ReadContext) -> Iterator[Event | Row]:
        missing = _("{path} has no history as Chrome writes it")
        rows = json_rows(path, lambda keys: keys[-1:] == VISITS, context.report_progress, self.wanted, missing)
        for line, row in enumerate(rows, 1):
            url = row.get("url") if isinstance(row, dict) else None
            if not isinstance(url, str):
                yield RejectedRow(line, _("the visit has no address"))
            elif row.get("page_transition") in FRAMES:
                yield IgnoredRows()
            elif (moment := _chrome_microseconds(row.get("time_usec"))) is None:
                yield RejectedRow(line, _("the visit has no date"))
            else:
                channel = context.matcher.by_url(url)
                yield Event(line, moment, hash_text(url) if channel else 0, channel, None if channel else host_of(url))


def _chrome_microseconds(value: Any) -> int | None:
    """UTC microseconds; some downloads count them from 1601, as Chrome itself does. None for what is no date."""
    if type(value) is not int:
        return None
    moment = value - EPOCH if value >= EPOCH else value
    return moment if FIRST_MOMENT <= moment < LAST_MOMENT else None


MUSIC = "YouTube Music"

#: What the address of something that was watched contains.
_WATCHED = ("/watch?", "/shorts/", "youtu.be/", "/live/")

#: What Takeout calls YouTube's file, in the languages that are known.
_WATCH_NAMES = (
    *("watch-history", "wiedergabeverlauf", "historial de reproducciones", "kijkgeschiedenis"),
    *("cronologia visualizzazioni", "histórico de visualização", "historique-regardé", "historia oglądania"),
    "histórico-de-visualização",
)


def _is_watch_history(beginning: bytes) -> bool:
    """Whether the first bytes are of videos watched, as JSON or as a web page, and not of searches."""
    is_activity = b'"header"' in beginning or b"content-cell" in beginning
    return is_activity and sum(map(beginning.count, (b"/watch?", b"/shorts/"))) > beginning.count(b"/results?")


class YouTubeTakeout(EventSource):
    """The videos watched on YouTube with a Google account, on all devices."""

    wanted = Wanted(
        (*(f"{name}.json" for name in _WATCH_NAMES), *(f"{name}.html" for name in _WATCH_NAMES)), _is_watch_history
    )

    def describe(self) -> SourceDescription:
        return SourceDescription(
            "youtube",
            N_("YouTube's watch history from Google Takeout"),
            N_("takeout.google.com: choose YouTube, only its history, as JSON; the file is watch-history.json"),
            names="domain",
        )

    def events(self, path: str, context: ReadContext) -> Iterator[Event | Row]:
        channel = context.matcher.by_host("youtube.com")
        missing = _("{path} has no watch history as YouTube writes it")
        rows = json_rows(path, lambda keys: not keys, context.report_progress, self.wanted, missing)
        for line, row in enumerate(rows, 1):
            if not isinstance(row, dict) or not isinstance(row.get("header"), str):
                yield RejectedRow(line, _("this is not a row of a watch history"))
            elif not _is_watched_on_youtube(row):
                yield IgnoredRows()
            elif (moment := utc_microseconds(row.get("time"))) is None:
                yield RejectedRow(line, _("the visit has no date"))
            else:
                url = row.get("titleUrl")
                yield Event(line, moment, hash_text(url if isinstance(url, str) else ""), channel, "youtube.com")


def _is_watched_on_youtube(row: dict[str, Any]) -> bool:
    """Whether a row is a video that was watched, and no advertisement, nor music, nor a post that was viewed."""
    address, products = row.get("titleUrl", _WATCHED[0]), row.get("products")
    is_music = row["header"] == MUSIC or (isinstance(products, list) and MUSIC in products)
    is_video = isinstance(address, str) and any(part in address for part in _WATCHED)
    return is_video and not is_music and "details" not in row


SOURCES = (ChromeTakeout(), YouTubeTakeout())
