"""Words written in the user's own editor: the screens give way to it, and come back with what it kept."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from tracker.domain.models import TrackerError
from tracker.files import file_access
from tracker.locale import _

if TYPE_CHECKING:
    from textual.app import App

#: Where nobody says which editor is theirs.
USUAL = "vi"


def edit(app: App[object], words: str) -> str:
    """The words as the editor leaves them. Raises TrackerError where it cannot be opened or leaves in trouble.

    The editor is what `VISUAL` or `EDITOR` names, with its options; the words are in a file only the user can read.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or USUAL
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        path = os.path.join(folder, "review.md")
        with file_access.atomic_replace(path) as file:
            file.write(words)
        _run(app, command, path)
        return _read(command, path)


def _run(app: App[object], command: str, path: str) -> None:
    try:
        with app.suspend():
            done = subprocess.run([*shlex.split(command), path], check=False)
    except SuspendNotSupported:
        raise TrackerError(_("no other program can be opened from here")) from None
    except (OSError, ValueError) as error:
        raise TrackerError(_("cannot open “{editor}”: {reason}").format(editor=command, reason=error)) from None
    if done.returncode:
        says = _("“{editor}” ended with {code}; your words are as they were")
        raise TrackerError(says.format(editor=command, code=done.returncode))


def _read(command: str, path: str) -> str:
    try:
        return file_access.read_text(path).replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise TrackerError(
            _("cannot read what “{editor}” wrote: {reason}").format(editor=command, reason=error)
        ) from None
