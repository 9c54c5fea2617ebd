"""YouTube's watch history, as Google Takeout writes it (`watch-history.json`).

It has when a video was opened, and nothing about how long it was watched: each lasts until the next, at most five
minutes, and its end is an estimate that yields to what a browser or a phone measured. Ignored are advertisements
(`details`), and rows that are no videos: posts that were viewed and searches. The titles are in the account's language,
so the address tells what a row is. A video that was removed has no address; it was watched.

YouTube Music is no visit to a social network: its rows are ignored.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tracker.importers.imported_record import IgnoredRows, ReadContext, RejectedRow, Row, hash_text
from tracker.importers.shared_reading import Event, EventSource
from tracker.importers.source import SourceDescription
from tracker.importers.source_files import Wanted, json_rows
from tracker.locale import N_, _

MUSIC = "YouTube Music"

#: What the address of something that was watched contains.
_WATCHED = ("/watch?", "/shorts/", "youtu.be/", "/live/")

#: What Takeout calls the file, in the languages that are known.
_NAMES = (
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

    wanted = Wanted((*(f"{name}.json" for name in _NAMES), *(f"{name}.html" for name in _NAMES)), _is_watch_history)

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
            elif (moment := microseconds(row.get("time"))) is None:
                yield RejectedRow(line, _("the visit has no date"))
            else:
                url = row.get("titleUrl")
                yield Event(line, moment, hash_text(url if isinstance(url, str) else ""), channel, "youtube.com")


SOURCES = (YouTubeTakeout(),)


def _is_watched_on_youtube(row: dict[str, Any]) -> bool:
    """Whether a row is a video that was watched, and no advertisement, nor music, nor a post that was viewed."""
    address, products = row.get("titleUrl", _WATCHED[0]), row.get("products")
    is_music = row["header"] == MUSIC or (isinstance(products, list) and MUSIC in products)
    is_video = isinstance(address, str) and any(part in address for part in _WATCHED)
    return is_video and not is_music and "details" not in row


def microseconds(text: Any) -> int | None:
    """The UTC microseconds of an ISO 8601 instant with an offset; None for anything else.

    Not by `arrow.get`, which takes 3.5 s for 100,000; people watch as many videos in some years.
    """
    try:
        moment = datetime.fromisoformat(text)
        return round(moment.timestamp() * 1_000_000) if moment.tzinfo and moment.year >= 1990 else None
    except (TypeError, ValueError, OverflowError):
        return None
