"""Watson: its file `frames`, JSON of `[start, stop, project, id, tags, updated at]` in UTC seconds.

The running frame is in another file of Watson's, and is not read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from tracker.domain.errors import TrackerError
from tracker.importers.imported_record import ReadContext, RejectedRow, Row
from tracker.importers.shared_reading import RecordedEntry, read_entries
from tracker.importers.source import Source, SourceDescription
from tracker.importers.source_files import file_in, json_values
from tracker.locale import N_, _

_FOLDERS = ("~/.config/watson", "~/Library/Application Support/watson", "~/AppData/Roaming/watson")


class Watson(Source):
    """Watson."""

    def describe(self) -> SourceDescription:
        return SourceDescription("watson", N_("Watson's frames"), recorded=True)

    def detect(self) -> list[str]:
        folders = [os.environ.get("WATSON_DIR"), *_FOLDERS]
        paths = [os.path.join(os.path.expanduser(folder), "frames") for folder in folders if folder]
        return [path for path in paths if os.path.isfile(path)][:1]

    def files_in(self, path: str) -> list[str]:
        return [file_in(path, "frames")]

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """Yield the frames. Raises TrackerError for any other file."""
        return read_entries(lambda: _entries(path), context)


SOURCES = (Watson(),)


def _entries(path: str) -> Iterator[RecordedEntry | RejectedRow]:
    for line, (keys, frame) in enumerate(json_values(path, lambda keys: not keys), 1):
        if not keys and frame == []:
            return
        if keys != (line - 1,):
            raise TrackerError(_("{path} is not a list of Watson's frames").format(path=path))
        try:
            start, end, project, id, *rest = frame
            tags = rest[0] if rest else []
            texts = [project, id, *tags]
            if type(start) is not int or type(end) is not int or not all(isinstance(text, str) for text in texts):
                raise TypeError
        except (TypeError, ValueError):
            yield RejectedRow(line, _("the entry is not a frame of a start, an end, a project and an id"))
        else:
            yield RecordedEntry(line, start, end, project, tuple(tags), identity=id)
