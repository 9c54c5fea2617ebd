"""The current time, the user's zone, and time zones: from wall clock to UTC seconds and back, over every clock change.

This is the only module that asks the machine for the time and its zone. Functions below the command line and the
screens take `now` as an integer, so `--now` freezes all of them.

A wall time means *the first instant at which the clock showed it or a later time*. A time that the spring change skips
(02:30) is therefore the instant of the change, when the clock jumps to 03:00; a time that is shown twice in autumn is
its first showing, unless `fold` asks for the second. A later wall time is never an earlier instant.
"""

from __future__ import annotations

import os
import sys
import time
from bisect import bisect_left
from datetime import UTC, date, datetime
from functools import cache

from tracker.domain.errors import TrackerError
from tracker.domain.models import DAY, HOUR, MINUTE
from tracker.domain.text import refusal
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_frozen: int | None = None

#: Where systems keep the machine's zone: a link into the zone database, and a file with its name.
LINK = "/etc/localtime"
NAME_FILE = "/etc/timezone"

#: The ordinal of 1 January 1970, where instants are counted from.
EPOCH_ORDINAL = 719_163

#: Offsets are probed at this distance: since 1970 no zone has changed its offset and changed back within six days.
PROBE = 3 * DAY

#: Offsets are cached in blocks of 2**22 s, seven weeks. A shift gives the block of an instant, and a daily command that
#: looks at one day probes one block, not a year.
BLOCK_BITS = 22

_zones: dict[str, ZoneInfo] = {}


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


def check_zone(name: str) -> str:
    """`name`, if it is an IANA zone this machine knows; TrackerError if not."""
    _zone(name)
    return name


def is_zone(name: str) -> bool:
    """Whether this machine knows an IANA zone `name`."""
    try:
        _zone(name)
    except TrackerError:
        return False
    return True


def known_zone(name: str) -> str:
    """`name`, or `UTC` where this machine does not know the zone, which another program may have written."""
    return name if is_zone(name) else "UTC"


def offset_at(zone: str, instant: int) -> int:
    """Seconds east of UTC of the clocks of `zone` at `instant`."""
    return _offset(datetime.fromtimestamp(instant, _zone(zone)))


def to_utc(zone: str, y: int, m: int, d: int, hh: int, mm: int, ss: int = 0, fold: int = 0) -> int:
    """The instant at which the clocks of `zone` first show this wall time, or (`fold=1`) show it again.

    A wall time that a clock change skips is the instant of the change. ValueError for what is no date or time.
    """
    wall = datetime(y, m, d, hh, mm, ss, tzinfo=_zone(zone))
    seconds = (wall.toordinal() - EPOCH_ORDINAL) * DAY + hh * 3600 + mm * 60 + ss
    first, second = _offset(wall), _offset(wall.replace(fold=1))
    if first < second:  # skipped: PEP 495 gives the offset before the change for fold=0, the one after for fold=1
        return _change(zone, seconds - second, seconds - first)
    return seconds - (second if fold else first)


def wall_instant(zone: str, day: date, seconds: int, fold: int = 0) -> int:
    """`to_utc` for `seconds` after midnight of `day`; 86,400 is the next midnight."""
    day = date.fromordinal(day.toordinal() + seconds // DAY)
    minutes, ss = divmod(seconds % DAY, 60)
    return to_utc(zone, day.year, day.month, day.day, *divmod(minutes, 60), ss, fold)


def format_time_of_day(seconds: float) -> str:
    """`09:00`: seconds after midnight as the clock shows them; it begins again after 24 hours."""
    minutes = int(seconds) // 60
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def refuse_skipped(zone: str, instant: int, clock: int) -> None:
    """Raise TrackerError where `clock` (seconds after midnight) is skipped by the change of clocks at `instant`.

    The time of the change itself is not refused: a second after 01:59:59 it was 02:00, shown as 03:00.
    """
    after = instant + offset_at(zone, instant)
    if clock % DAY == after % DAY:
        return
    before = instant + offset_at(zone, instant - 1)
    if clock % DAY == before % DAY:
        return
    time, shown_before, shown_after = map(format_time_of_day, (clock, before, after))
    message = _("{time} did not exist: on {date} the clocks went from {before} to {after}")
    day = iso(instant, zone)[:10]
    raise TrackerError(message.format(time=time, before=shown_before, after=shown_after, date=day))


def say_twice(zone: str, instant: int) -> str | None:
    """`02:10 came twice that night; the second one is used`; None where the clock showed it once."""
    wall = datetime.fromtimestamp(instant, _zone(zone))
    if _offset(wall.replace(fold=0)) <= _offset(wall.replace(fold=1)):
        return None
    time = format_time_of_day(wall.hour * HOUR + wall.minute * MINUTE)
    if wall.fold:
        return _("{time} came twice that night; the second one is used").format(time=time)
    return _("{time} came twice that night; the first one is used").format(time=time)


@cache
def transitions(zone: str, first: int, last: int) -> list[tuple[int, int]]:
    """The offsets of `zone` from `first` to `last` as `(from when, seconds east)`.

    The first pair is the offset at `first` itself, each further one a change in `(first, last]`.
    All callers get the same list: it is only read.
    """
    clock = _zone(zone)
    probes = [*range(first, last, PROBE), last]
    offsets = [datetime.fromtimestamp(probe, clock).utcoffset() for probe in probes]
    changes = [
        _change(zone, probes[index - 1], probes[index])
        for index in range(1, len(probes))
        if offsets[index] != offsets[index - 1]
    ]
    return [(at, offset_at(zone, at)) for at in (first, *changes)]


def block(zone: str, number: int) -> list[tuple[int, int]]:
    """The offsets within the block of instants `i` with `i >> BLOCK_BITS == number`, like `transitions`."""
    return transitions(zone, number << BLOCK_BITS, ((number + 1) << BLOCK_BITS) - 1)


def iso(instant: int, zone: str) -> str:
    """`2026-11-23T15:12:00+01:00`: the instant in ISO 8601; in UTC for an unknown zone."""
    return datetime.fromtimestamp(instant, _zone(known_zone(zone))).isoformat()


def basic_utc(instant: int) -> str:
    """`20261123T141200Z`: the instant in the basic format of ISO 8601, in UTC."""
    return f"{datetime.fromtimestamp(instant, UTC):%Y%m%dT%H%M%SZ}"


def _zone(name: str) -> ZoneInfo:
    zone = _zones.get(name)
    if zone is None:
        from zoneinfo import ZoneInfo

        try:
            zone = _zones[name] = ZoneInfo(name)
        except (KeyError, ValueError, OSError):  # unknown; not a relative path; a folder such as `Europe`
            raise refusal(_("unknown time zone “{name}”; write for example Europe/Paris"), name=name) from None
    return zone


def _offset(moment: datetime) -> int:
    offset = moment.utcoffset()
    assert offset is not None, "every datetime here has a zone"
    return offset.days * DAY + offset.seconds


def _change(zone: str, before: int, after: int) -> int:
    """The first instant in `(before, after]` with the offset of `after`, by bisection."""
    offset, between = offset_at(zone, after), range(before + 1, after)
    return before + 1 + bisect_left(between, True, key=lambda instant: offset_at(zone, instant) == offset)
