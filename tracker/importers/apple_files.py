"""Files that macOS keeps about its user: their dates, and the permission that reading them needs."""

from __future__ import annotations

import os
import sys

from tracker.domain.errors import TrackerError
from tracker.locale import _

#: UTC seconds of 2001-01-01, where Apple counts from.
APPLE_EPOCH = 978_307_200

#: In seconds from 2001: what is outside is no date. (1990 to 2100, as for browsers.)
FIRST_DATE, LAST_DATE = 631_152_000 - APPLE_EPOCH, 4_102_444_800 - APPLE_EPOCH


def is_closed(folder: str) -> bool:
    """Whether a folder is there and the system does not let this program look into it."""
    try:
        os.listdir(folder)
    except PermissionError:
        return True
    except OSError:
        pass
    return False


def refuse_without_permission(error: OSError, path: str) -> None:
    """Raise TrackerError with what macOS asks for, if that is why a file could not be read."""
    if sys.platform == "darwin" and isinstance(error, PermissionError):
        raise TrackerError(
            _(
                "macOS does not let this terminal read {path}; allow it in System Settings > Privacy & Security > "
                "Full Disk Access, restart the terminal, then import again"
            ).format(path=path)
        ) from None
