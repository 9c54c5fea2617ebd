"""Watson: its file `frames`, JSON of `[start, stop, project, id, tags, updated at]` in UTC seconds.

The running frame is in another file of Watson's, and is not read.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from tracker.domain.models import TrackerError
from tracker.importers.imported_record import RejectedRow
from tracker.importers.recorded_entries import RecordedEntry, read_entries
from tracker.importers.source_text import parse_json, read_text
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.importers.imported_record import ReadContext, ReadResult

_FOLDERS = ("~/.config/watson", "~/Library/Application Support/watson", "~/AppData/Roaming/watson")


def read(path: str, context: ReadContext) -> ReadResult:
    """Read a file of frames. Raises TrackerError for any other file."""
    frames = parse_json(read_text(path), path)
    if not isinstance(frames, list):
        raise TrackerError(_("{path} is no list of Watson's frames").format(path=path))
    return read_entries(_entries(frames), context)


def detect(_name: str) -> list[str]:
    """The frames of this machine's Watson."""
    folders = [os.environ.get("WATSON_DIR"), *_FOLDERS]
    paths = [os.path.join(os.path.expanduser(folder), "frames") for folder in folders if folder]
    return [path for path in paths if os.path.isfile(path)][:1]


def files_in(path: str) -> list[str]:
    """The file that a path of the user's means: itself, or the frames in a folder of Watson's."""
    if not os.path.isdir(path):
        return [path]
    frames = os.path.join(path, "frames")
    if not os.path.isfile(frames):
        raise TrackerError(_("there is no {name} in {path}").format(name="frames", path=path))
    return [frames]


def _entries(frames: list[Any]) -> Iterator[RecordedEntry | RejectedRow]:
    for line, frame in enumerate(frames, 1):
        try:
            start, end, project, id, *rest = frame
            tags = rest[0] if rest else []
            texts = [project, id, *tags]
            if type(start) is not int or type(end) is not int or not all(isinstance(text, str) for text in texts):
                raise TypeError
        except (TypeError, ValueError):
            yield RejectedRow(line, _("the entry is no frame of a start, an end, a project and an id"))
        else:
            yield RecordedEntry(line, start, end, project, tuple(tags), identity=id)
