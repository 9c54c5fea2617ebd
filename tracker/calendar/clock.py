"""The current time and the user's zone: the only module that asks the machine for them.

Functions below the command line and the screens take `now` as an integer, so `--now` freezes all of them.
"""

from __future__ import annotations

import os
import sys
import time

_frozen: int | None = None

#: Where systems keep the machine's zone: a link into the zone database, and a file with its name.
LINK = "/etc/localtime"
NAME_FILE = "/etc/timezone"


def freeze(instant: int | None) -> None:
    """Stop the clock at `instant` (UTC seconds); None lets it run again."""
    global _frozen
    _frozen = instant


def now() -> int:
    """The current instant in whole UTC seconds, or the frozen one."""
    return int(time.time()) if _frozen is None else _frozen


def steady() -> float | None:
    """Seconds of a clock that is never set back or forward; None while the clock is frozen."""
    return time.monotonic() if _frozen is None else None


def local_zone() -> str:
    """The IANA name of the zone the user is in: `TZ`, else the machine's, else `UTC`.

    A `TZ` that is a POSIX rule (`CET-1CEST`) or no known zone is ignored: a rule has no name to keep with a session.
    """
    from tracker.calendar.zones import is_zone

    variable = os.environ.get("TZ")
    if variable is not None:
        name = variable.removeprefix(":")
        if not name:
            return "UTC"  # POSIX: an empty TZ is UTC, not the machine's zone
        if os.path.isabs(name):
            name = _name_of_path(os.path.realpath(name))
        if name and is_zone(name):
            return name
    return _machine_zone() or "UTC"


def _machine_zone() -> str | None:
    from tracker.calendar.zones import is_zone

    if sys.platform == "win32":
        import tzlocal

        return str(tzlocal.get_localzone_name())
    if name := _name_of_path(os.path.realpath(LINK)):
        return name
    try:
        with open(NAME_FILE, encoding="ascii") as file:
            name = file.readline().strip()
    except (OSError, ValueError):
        return None
    return name if name and is_zone(name) else None


def _name_of_path(path: str) -> str:
    """`Europe/Paris` of `/usr/share/zoneinfo/Europe/Paris`, in whatever folder the database is; "" for another path."""
    return path.partition("/zoneinfo/")[2].removeprefix("posix/").removeprefix("right/")
