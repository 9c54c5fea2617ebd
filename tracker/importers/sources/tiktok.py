"""TikTok's download of one's data: the list of videos watched, as JSON or as text.

The keys of the list have changed over the years: `Watch History` in `Your Activity`, before that `Video Browsing
History` in `Activity`. Dates are UTC. A video lasts until the next, at most five minutes; its end is an estimate that
yields to what a phone or a browser measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tracker.domain.errors import TrackerError
from tracker.importers.imported_record import ReadContext, RejectedRow, Row, hash_text
from tracker.importers.shared_reading import Event, EventSource, utc_microseconds
from tracker.importers.source import SourceDescription
from tracker.importers.source_files import Wanted, json_rows, open_download
from tracker.locale import N_, _

#: Where the list of videos watched is. The `VideoList` of other keys has one's own videos.
LISTS = (("Watch History", "VideoList"), ("Video Browsing History", "VideoList"))

_LINKS = ("Link", "VideoLink", "link", "Video Link")

#: A line of a download as text: a label in the account's language, and a date or a link.
_LINE = re.compile(r"\s*([^:：]{1,40}?)\s*[:：]\s*(\S.*?)\s*")
_DATE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: UTC)?")


def _is_watch_history(beginning: bytes) -> bool:
    """Whether the first bytes are a text's with a date on the first line and a video on the next one with anything."""
    lines = [line for line in beginning.decode("utf-8", "replace").removeprefix("\ufeff").splitlines() if line.strip()]
    matches = [_LINE.fullmatch(line) for line in lines[:2]]
    date, link = (match[2] if match else "" for match in (*matches, None, None)[:2])
    return bool(_DATE.fullmatch(date)) and link.startswith("http") and "tiktok" in link and "/video/" in link


_NAMES = ("user_data_tiktok.json", "user_data.json", "watch history.txt", "video browsing history.txt")

WANTED = Wanted((*_NAMES, "browsing history.txt"), _is_watch_history)

_LONGEST_LINE = 10_000


class TikTok(EventSource):
    """The videos watched with a TikTok account."""

    wanted = WANTED

    def describe(self) -> SourceDescription:
        return SourceDescription(
            "tiktok",
            N_("TikTok's download of your data"),
            N_(
                "in the app: Settings and privacy > Account > Download your data, as JSON; "
                "the file is user_data_tiktok.json"
            ),
            names="domain",
        )

    def events(self, path: str, context: ReadContext) -> Iterator[Event | Row]:
        channel = context.matcher.by_host("tiktok.com")
        missing = _("{path} has no list of videos watched as TikTok writes it")
        if _is_text(path):
            rows = _text_rows(path, missing)
        else:
            rows = json_rows(path, lambda keys: keys[-2:] in LISTS, context.report_progress, WANTED, missing)
        for line, row in enumerate(rows, 1):
            date = row.get("Date") or row.get("date") if isinstance(row, dict) else None
            moment = utc_microseconds(f"{date.removesuffix(' UTC').strip()}+00:00") if isinstance(date, str) else None
            if moment is None:
                yield RejectedRow(line, _("the visit has no date"))
            else:
                link = next((row[key] for key in _LINKS if isinstance(row.get(key), str)), "")
                yield Event(line, moment, hash_text(link), channel, "tiktok.com")


SOURCES = (TikTok(),)


def _is_text(path: str) -> bool:
    """Whether the download is text: it begins with no bracket."""
    with open_download(path, WANTED) as opened:
        return opened.file.read(256).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in (b"{", b"[", b"")


def _text_rows(path: str, missing: str) -> Iterator[dict[str, Any]]:
    """The rows of a download as text: a date on one line, and the link on one of the next. Raises TrackerError with the
    words `missing` for a text without any."""
    row: dict[str, Any] = {}
    with open_download(path, WANTED) as opened:
        while line := opened.file.readline(_LONGEST_LINE):
            match = _LINE.fullmatch(line.decode("utf-8", "replace").removeprefix("\ufeff"))
            if match and (match[1] == "Date" or _DATE.fullmatch(match[2])):
                if row:
                    yield row
                row = {"Date": match[2]}
            elif match and row and (match[1] in _LINKS or match[2].startswith("http")):
                row["Link"] = match[2]
    if not row:
        raise TrackerError(missing.format(path=path))
    yield row
