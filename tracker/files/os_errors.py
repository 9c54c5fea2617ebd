"""What an error of the operating system means, in the language of the reader."""

from __future__ import annotations

import errno

from tracker.locale import N_, _

_REASONS = {
    errno.ENOENT: N_("no such file or folder"),
    errno.EACCES: N_("permission denied"),
    errno.EPERM: N_("permission denied"),
    errno.EEXIST: N_("it already exists"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a part of the path is not a folder"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENOEXEC: N_("it is not a program; a script begins with a line such as #!/bin/sh"),
    errno.ECONNREFUSED: N_("connection refused"),
    errno.ETIMEDOUT: N_("no answer"),
}


def say_os_error(error: OSError) -> str:
    """The end of a sentence such as `cannot read {path}: …`; the system's own words for an error that is not listed."""
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else error.strerror or str(error)
