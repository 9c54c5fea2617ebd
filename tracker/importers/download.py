"""Downloads of one's own data: a file, or the zip or the folder that it came in."""

from __future__ import annotations

import os
import struct
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.errors import TrackerError
from tracker.files import file_access
from tracker.files.os_errors import say_os_error
from tracker.importers.apple_files import refuse_without_permission
from tracker.locale import _

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Sequence
    from typing import IO

_ZIP = b"PK\x03\x04"

#: Files are looked for in folders so deep inside the one that was given.
_DEEPEST = 6


class OpenDownload(NamedTuple):
    """A file of a download, open to be read from its beginning to its end, and its size in bytes (at least 1)."""

    file: IO[bytes]
    size: int


def files_in(path: str, names: Sequence[str]) -> list[str]:
    """The files that a path means: a file or a zip as it is; of a folder the files with one of `names`, else its zips.

    `names` are in lower case. Raises TrackerError for a folder without any.
    """
    if not os.path.isdir(path):
        return [path]
    found, zips = [], []
    for folder, folders, files in os.walk(path):
        if os.path.relpath(folder, path).count(os.sep) >= _DEEPEST:
            folders.clear()
        folders.sort()
        found += [os.path.join(folder, name) for name in sorted(files) if name.lower() in names]
        zips += [os.path.join(folder, name) for name in sorted(files) if name.lower().endswith(".zip")]
    paths = found or [name for name in zips if _member(name, names)]
    if not paths:
        raise TrackerError(_("{path} has no {name}").format(name=names[0], path=path))
    return paths


@contextmanager
def open_download(path: str, names: Sequence[str]) -> Iterator[OpenDownload]:
    """Open a file, or the file with one of `names` (in lower case) in a zip.

    Raises TrackerError for what cannot be read, also while it is read.
    """
    import zipfile  # here, because it takes 5 ms, and importing other sources needs none

    try:
        with file_access.open_to_read(path) as file:
            if file.read(len(_ZIP)) != _ZIP:
                file.seek(0)
                yield OpenDownload(file, max(os.fstat(file.fileno()).st_size, 1))
                return
            with zipfile.ZipFile(file) as archive:
                member = _named(archive, names)
                if member is None:
                    raise TrackerError(_("{path} has no {name}").format(name=names[0], path=path))
                with archive.open(member) as inside:
                    yield OpenDownload(inside, max(member.file_size, 1))
    except OSError as error:
        refuse_without_permission(error, path)
        raise TrackerError(_("cannot read {path}: {reason}").format(path=path, reason=say_os_error(error))) from None
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, OverflowError):
        raise TrackerError(_("{path} is a damaged or locked zip file").format(path=path)) from None


def _member(path: str, names: Sequence[str]) -> bool:
    """Whether a zip has a file with one of these names."""
    import zipfile

    try:
        with file_access.open_to_read(path) as file, zipfile.ZipFile(file) as archive:
            return _named(archive, names) is not None
    except (OSError, TrackerError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return False


def _named(archive: zipfile.ZipFile, names: Sequence[str]) -> zipfile.ZipInfo | None:
    by_name = {member.filename.rpartition("/")[2].lower(): member for member in archive.infolist()}
    return next((by_name[name] for name in names if name in by_name), None)
