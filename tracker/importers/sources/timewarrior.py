"""Timewarrior: the JSON of `timew export`, or its monthly data files.

A line of a data file is `inc START [- END] [# TAG …] [# "ANNOTATION"]`, with quotes around tags of several words. Times
are UTC. Timewarrior never has two intervals at once, so the start alone identifies one.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from tracker.domain.errors import TrackerError
from tracker.importers.imported_record import ReadContext, RejectedRow, Row
from tracker.importers.shared_reading import RecordedEntry, read_entries
from tracker.importers.source import Source, SourceDescription
from tracker.importers.source_files import json_rows, open_text, text_lines
from tracker.locale import N_, _

_DATA_FILE = re.compile(r"\d{4}-\d\d\.data")
_INTERVAL = re.compile(r"inc (\d{8}T\d{6}Z)(?: - (\d{8}T\d{6}Z))?(?: # ?(.*))?")
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')


class Timewarrior(Source):
    """Timewarrior."""

    def describe(self) -> SourceDescription:
        return SourceDescription("timewarrior", N_("Timewarrior's export or data files"), recorded=True)

    def detect(self) -> list[str]:
        homes = [os.environ.get("TIMEWARRIORDB"), "~/.timewarrior"]
        homes.append(os.path.join(os.environ.get("XDG_DATA_HOME") or "~/.local/share", "timewarrior"))
        return next(filter(None, (_data_files(os.path.expanduser(home)) for home in homes if home)), [])

    def files_in(self, path: str) -> list[str]:
        if not os.path.isdir(path):
            return [path]
        paths = _data_files(path)
        if not paths:
            raise TrackerError(_("{path} has no {name}").format(name="YYYY-MM.data", path=path))
        return paths

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """Yield the intervals of an export or a data file. Raises TrackerError for a file that is neither."""
        with open_text(path) as text:
            beginning = text.read(4096).lstrip()  # not by lines: an export may be one long line
        is_json = beginning.startswith("[")
        if beginning and not is_json and not any(line.startswith("inc") for line in text_lines(path)):
            raise TrackerError(
                _("{path} is neither what `timew export` writes nor a data file of Timewarrior").format(path=path)
            )
        return read_entries(partial(_exported if is_json else _data_lines, path), context)


SOURCES = (Timewarrior(),)


def _data_files(folder: str) -> list[str]:
    for place in (folder, os.path.join(folder, "data")):
        names = sorted(os.listdir(place)) if os.path.isdir(place) and os.access(place, os.R_OK | os.X_OK) else []
        if paths := [os.path.join(place, name) for name in names if _DATA_FILE.fullmatch(name)]:
            return paths
    return []


def _exported(path: str) -> Iterator[RecordedEntry | RejectedRow]:
    for line, interval in enumerate(json_rows(path, lambda keys: not keys), 1):
        try:
            tags = interval.get("tags", [])
            note = interval.get("annotation")
            if not all(isinstance(tag, str) for tag in tags) or not isinstance(note, str | None):
                raise TypeError
            end = interval.get("end")
            yield _entry(line, interval["start"], end, tuple(tags), note)
        except (AttributeError, KeyError, TypeError, ValueError):
            yield RejectedRow(line, _("the entry is not an interval with a start"))


def _data_lines(path: str) -> Iterator[RecordedEntry | RejectedRow]:
    for number, line in enumerate(text_lines(path), 1):
        match = _INTERVAL.fullmatch(line.strip())
        try:
            if not line.strip():
                continue
            if not match:
                raise ValueError
            tags, annotation = _words(match[3] or "")
            yield _entry(number, match[1], match[2], tags, annotation)
        except ValueError:
            yield RejectedRow(number, _("the entry is not an interval with a start"))


def _words(text: str) -> tuple[tuple[str, ...], str | None]:
    """The tags and the annotation of a line, which a lone `#` separates."""
    tags: list[str] = []
    annotation: list[str] = []
    into = tags
    for match in _WORD.finditer(text):
        if match[2] == "#" and into is tags:
            into = annotation
        else:
            into.append(_unescaped(match[1]) if match[1] is not None else match[2])
    return tuple(tags), " ".join(annotation) or None


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text


def _entry(line: int, start: str, end: str | None, tags: tuple[str, ...], note: str | None) -> RecordedEntry:
    return RecordedEntry(line, _instant(start), None if end is None else _instant(end), tags=tags, note=note)


def _instant(text: str) -> int:
    """UTC seconds of `20261116T073000Z`. (`arrow.get` takes 7 times as long: 4.2 s for 100,000.)"""
    return int(datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp())
