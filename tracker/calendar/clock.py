"""What time it is, and in which zone: the only place that asks the machine.

Everything below the command line and the screens is handed `now` as an integer, so a frozen clock (`--now`) freezes
all of it.
"""

from __future__ import annotations

import os
import sys
import time

_frozen: int | None = None

#: Where systems keep the machine's zone: a link into the zone database, or a file with its name.
LINK = "/etc/localtime"
NAME_FILE = "/etc/timezone"


def freeze(instant: int | None) -> None:
    """Stops the clock at `instant` (UTC seconds); None lets it run again."""
    global _frozen
    _frozen = instant


def now() -> int:
    """The current instant in whole UTC seconds, or the frozen one."""
    return int(time.time()) if _frozen is None else _frozen


def steady() -> float | None:
    """Seconds that only ever go on, whatever is done to the clock on the wall; None while that one is frozen."""
    return time.monotonic() if _frozen is None else None


def local_zone() -> str:
    """The IANA name of the zone the user is in: `TZ`, else the machine's, else `UTC`.

    A `TZ` that is a POSIX rule (`CET-1CEST`) or names no known zone is passed over: a rule has no name that could be
    kept with a session.
    """
    return _from_environment() or _from_machine() or "UTC"


def _from_environment() -> str | None:
    wish = os.environ.get("TZ")
    if wish is None:
        return None
    wish = wish.removeprefix(":")
    if not wish:
        return "UTC"  # POSIX: an empty TZ is UTC, not the machine's zone
    return _known(_name_of_path(os.path.realpath(wish)) if os.path.isabs(wish) else wish)


def _from_machine() -> str | None:
    if sys.platform == "win32":
        import tzlocal

        return str(tzlocal.get_localzone_name())
    return _name_of_path(os.path.realpath(LINK)) or _name_in_file()


def _name_of_path(path: str) -> str | None:
    """`Europe/Paris` of `/usr/share/zoneinfo/Europe/Paris`, whichever folder the database is in."""
    _, found, name = path.partition("/zoneinfo/")
    return name.removeprefix("posix/").removeprefix("right/") if found else None


def _name_in_file() -> str | None:
    try:
        with open(NAME_FILE, encoding="ascii") as file:
            return _known(file.readline().strip())
    except (OSError, ValueError):
        return None


def _known(name: str | None) -> str | None:
    from tracker.calendar.zones import is_zone

    return name if name and is_zone(name) else None
