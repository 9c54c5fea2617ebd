"""What every browser's history has in common: a database in a profile folder, locked while the browser runs."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import LONGEST_SESSION, TrackerError
from tracker.files import file_access, sqlite_format
from tracker.importers.fact import (
    IN_FRONT,
    LAST_INSTANT,
    NOTHING_FOLLOWED,
    UNTIL_NEXT,
    Fact,
    Reader,
    Reading,
    Rejected,
    hashed,
    key_of,
)
from tracker.importers.recognise import host_of
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Any

#: A visit whose time in front nobody kept lasts until the next one, but no longer than this, in seconds.
UNTIMED_LASTS = 300

#: A browser writes beside its database: the write-ahead log or the rollback journal belongs to what is read.
_BESIDE = ("", "-wal", "-journal")

_ATTEMPTS = 3

#: No history is larger, nor any value in it, in bytes: browsers cut addresses at 2 MB.
_LARGEST, _LONGEST_VALUE = 1 << 30, 1 << 24

_PAGE = 65_536

_SECOND = 1_000_000
_LAST, _LONGEST = LAST_INSTANT * _SECOND, LONGEST_SESSION * _SECOND

#: There was no Web before 1990: an earlier date is none.
_FIRST = 631_152_000 * _SECOND


@contextmanager
def opened(path: str, title: str) -> Iterator[sqlite3.Connection]:
    """A private copy of a history, in memory only: nothing of it is left behind, however the program ends.

    Raises TrackerError when it cannot be copied, is no database, or is made so that reading it would not end.
    """
    connection = sqlite3.connect(":memory:")
    steps = _Steps()
    try:
        database = _current(path)
        connection.deserialize(bytes(database))
        steps.allow(connection, len(database))
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, min(_LONGEST_VALUE, max(len(database), _PAGE)))
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        yield connection
    except OSError as error:
        raise TrackerError(_("cannot read {path}: {reason}").format(path=path, reason=error.strerror)) from None
    except (sqlite3.Error, OverflowError, MemoryError) as error:
        reason = _("it would take too long to read") if steps.left < 0 else error
        raise TrackerError(
            _("{path} is no {title} history: {reason}").format(path=path, title=title, reason=reason)
        ) from None
    finally:
        connection.close()


class _Steps:
    """How many steps of SQLite's machine the reading of a history may take: a made-up one could go on for ever."""

    #: After so many steps it is asked whether to go on.
    AT_ONCE = 100_000

    left = 0

    def allow(self, connection: sqlite3.Connection, size: int) -> None:
        """Allow what a database of `size` bytes can need, a few steps a byte; after that every statement fails."""
        self.left = 1_000_000 + 8 * size
        connection.set_progress_handler(self._take, self.AT_ONCE)

    def _take(self) -> bool:
        self.left -= self.AT_ONCE
        return self.left < 0


def _current(path: str) -> bytearray:
    """The database with what is beside it; read again if the browser wrote meanwhile, so that the parts fit."""
    for _attempt in range(_ATTEMPTS):
        before = _state(path)
        database, wal, journal = (
            file_access.read_bytes(path + suffix, limit=_LARGEST) if there or not suffix else b""
            for suffix, there in zip(_BESIDE, before, strict=True)
        )
        if _state(path) == before:
            break
    whole = sqlite_format.super_journal(journal)
    return sqlite_format.current(database, wal, b"" if whole and not os.path.exists(whole) else journal)


def _state(path: str) -> list[tuple[int, int] | None]:
    found: list[tuple[int, int] | None] = []
    for suffix in _BESIDE:
        try:
            status = os.stat(path + suffix)
            found.append((status.st_mtime_ns, status.st_size))
        except FileNotFoundError:
            found.append(None)
    return found


def addresses(history: sqlite3.Connection, table: str) -> dict[Any, Any]:
    """Every address by its id. One that is no UTF-8 must not stop the reading of all others."""
    try:
        return _addresses(history, table)
    except sqlite3.OperationalError:
        history.text_factory = lambda raw: raw.decode("utf-8", "replace")
        return _addresses(history, table)


def _addresses(history: sqlite3.Connection, table: str) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    (pages,), (size,) = (history.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
    left = pages * size
    rows = history.execute(f"SELECT id, url FROM {table}")
    while some := rows.fetchmany(1000):
        # All of them are in the file once; a made-up one could have each point at the same long text.
        left -= sum(len(url) for _id, url in some if isinstance(url, str | bytes))
        if left < 0:
            raise sqlite3.DataError(_("its addresses are longer than the file"))
        found.update(some)
    return found


def columns(connection: sqlite3.Connection, table: str) -> set[str]:
    """The columns of a table that hold something; empty where there is no such table.

    A view or a virtual table is none: they compute their rows, and need never come to an end.
    """
    kinds = {row[2] for row in connection.execute(f"PRAGMA main.table_list({table})")}
    if kinds != {"table"}:
        return set()
    return {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}


def chosen(path: str, name: str) -> list[str]:
    """The histories that a PATH given by the user means: a file, a profile folder, or a folder of profiles."""
    if not os.path.isdir(path):
        return [path]
    found = histories([path], name)
    if not found:
        raise TrackerError(_("there is no {name} in {path}").format(name=name, path=path))
    return found


def histories(folders: Iterable[str], name: str) -> list[str]:
    """Every file called `name` in these folders and in the folders directly inside them, each once."""
    found: dict[str, str] = {}
    for folder in folders:
        folder = os.path.expanduser(folder)
        profiles = sorted(os.listdir(folder)) if os.path.isdir(folder) and os.access(folder, os.R_OK | os.X_OK) else []
        for path in (os.path.join(folder, name), *(os.path.join(folder, profile, name) for profile in profiles)):
            if os.path.isfile(path):
                found.setdefault(os.path.realpath(path), path)
    return list(found.values())


class View(NamedTuple):
    """A time that a page was in front: from when and how long, in µs. `until` is when its tab left the page, in UTC
    seconds (0 where nobody knows), `window` the window it was in (-1 where nobody knows)."""

    start: int
    lasted: int
    until: int = 0
    window: int = -1


def known_channels(urls: dict[Any, Any], reader: Reader) -> dict[Any, tuple[str, int]]:
    """The channel of every address that is one's, with the hash of the address; by the address's id."""
    known: dict[Any, tuple[str, int]] = {}
    for id, url in urls.items():
        channel = reader.recogniser.address(url) if type(url) is str else None
        if channel:
            known[id] = channel, hashed(url)
    return known


def facts(
    visits: Sequence[tuple[Any, ...]],
    urls: dict[Any, Any],
    known: dict[Any, tuple[str, int]],
    viewed: Mapping[int, Sequence[View]],
    reader: Reader,
) -> Reading:
    """The facts of one profile's visits, given by time as (µs since 1970, µs its page was open, address id, row id, …);
    `known` is what `known_channels` says of `urls`.

    `viewed` has the views of a visit by its place in `visits`, where the browser kept them; the first of them counts
    from the visit on, the others are further facts of it. How long a page was open is no integer above 0 where the
    browser does not say it.

    A visit lasts as long as it was in front; one that never was is ignored. Where the browser did not keep that, it
    lasts until the next visit to anything, at most as long as the page was open, and at most UNTIMED_LASTS. After the
    last visit nothing follows: the next import, which knows better, corrects it. What begins in the future is
    rejected; what has begun ends at the present instant at the latest, and grows with the next import.
    """
    found: list[Fact] = []
    views: list[View | None] = []
    rejected: list[Rejected] = []
    never: list[int] = []
    ahead: list[int] = []
    following: int | None = None
    to_come: Counter[Any] = Counter()
    further, now = 0, reader.now
    make = tuple.__new__  # what Fact._make does, without its own cost a hundred thousand times
    for place in range(len(visits) - 1, -1, -1):
        moment, open_for, address, row = visits[place][:4]
        seen = viewed.get(place)
        line = row if type(row) is int else place + 1
        if type(moment) is not int or not _FIRST <= moment < _LAST:
            rejected.append(Rejected(line, _("the visit has no date")))
            if type(moment) is int and address in known:
                never.append(key_of(moment, known[address][1]))
            continue
        start = moment // _SECOND
        if start > now:
            rejected.append(Rejected(line, _("that time is still to come")))
            to_come[address] += 1
            if address in known:
                ahead.append(key_of(moment, known[address][1]))
            continue
        if seen is not None and not seen:
            if address in known:
                never.append(key_of(moment, known[address][1]))
            continue
        if address in known:
            channel, text_hash = known[address]
            if seen and seen[-1][0] // _SECOND > now:
                seen = [view for view in seen if view[0] // _SECOND <= now]
            if seen:
                for view in reversed(seen[1:]):
                    end = min((view[0] + min(view[1], _LONGEST)) // _SECOND, now)
                    key = key_of(view[0], text_hash)
                    found.append(make(Fact, (channel, view[0] // _SECOND, end, key, IN_FRONT, None, True)))
                    views.append(view)
                    further += 1
                view = seen[0]
                start, end = view[0] // _SECOND, (view[0] + min(view[1], _LONGEST)) // _SECOND
                estimated = IN_FRONT
                views.append(view)
            else:
                end = start + UNTIMED_LASTS
                if type(open_for) is int and 0 < open_for < UNTIMED_LASTS * _SECOND:
                    end = (moment + open_for) // _SECOND
                estimated = UNTIL_NEXT if following is not None else NOTHING_FOLLOWED
                if following is not None and following < end:
                    end = following
                views.append(None)
            if end > now:
                end = now
            found.append(make(Fact, (channel, start, end, key_of(moment, text_hash), estimated, None, False)))
        following = moment // _SECOND
        if not place % 10_000:
            reader.progress(1 - place / len(visits))
    found.reverse()
    views.reverse()
    rejected.reverse()
    if viewed:
        _one_at_a_time(found, views, now)
    strangers = _strangers(Counter(visit[2] for visit in visits) - to_come, urls, known)
    return Reading(
        found,
        len(visits) + further - len(found) - len(rejected),
        rejected,
        {},
        strangers=strangers,
        never=frozenset(never),
        ahead=frozenset(ahead),
    )


def _one_at_a_time(found: list[Fact], views: Sequence[View | None], now: int) -> None:
    """Lengthen facts of one channel and one window that would overlap: their tabs were in front one after the other.

    How long each was is known, but not when: whichever was open longest goes on, until its tab left the page.
    """
    busy: dict[tuple[str, int], tuple[int, int, int]] = {}
    for place, view in enumerate(views):
        if view is None or view[3] < 0:
            continue
        channel, start, stop = found[place][:3]
        at = channel, view[3]
        before = busy.get(at)
        if before is None or start >= before[1]:
            busy[at] = place, stop, view[2]
            continue
        longest, end, until = before
        together = end + stop - start
        if view[2] > until:
            longest, until = place, view[2]
        end = max(end, stop, min(together, until, now))
        if end > found[longest].end:
            found[longest] = found[longest]._replace(end=min(end, found[longest].start + LONGEST_SESSION))
        busy[at] = longest, end, until


def _strangers(visited: Counter[Any], urls: dict[Any, Any], known: Collection[Any]) -> Counter[str]:
    """The hosts that are no channel's, by their visits."""
    counted: Counter[str] = Counter()
    for id, visits in visited.items():
        url = urls.get(id)
        if id not in known and type(url) is str and (host := host_of(url)):
            counted[host] += visits
    return counted
