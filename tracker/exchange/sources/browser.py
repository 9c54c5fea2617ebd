"""What every browser's history has in common: a database in a profile folder, locked while the browser runs."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections import Counter
from contextlib import contextmanager

from tracker.exchange.fact import (
    FIRST_INSTANT,
    LAST_INSTANT,
    MEASURED,
    NOTHING_FOLLOWED,
    UNTIL_NEXT,
    Fact,
    Reader,
    Reading,
    Rejected,
    hashed,
    key_of,
)
from tracker.exchange.recognise import host_of
from tracker.locale import _
from tracker.model import LONGEST_SESSION, TrackerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from typing import Any

#: A visit that nobody timed lasts until the next one, but no longer than this, in seconds.
UNTIMED_LASTS = 300

#: A browser writes beside its database: the write-ahead log or the rollback journal belongs to what is read.
_BESIDE = ("", "-wal", "-journal")

_ATTEMPTS = 3

_SECOND = 1_000_000
_FIRST, _LAST, _LONGEST = FIRST_INSTANT * _SECOND, LAST_INSTANT * _SECOND, LONGEST_SESSION * _SECOND


@contextmanager
def opened(path: str, title: str) -> Iterator[sqlite3.Connection]:
    """A private copy of a history, open. Raises TrackerError when it cannot be copied or is no database."""
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        copy = os.path.join(folder, "history")
        connection = None
        try:
            _copy(path, copy)
            connection = sqlite3.connect(copy)
            yield connection
        except OSError as error:
            raise TrackerError(_("cannot read {path}: {reason}").format(path=path, reason=error.strerror)) from None
        except sqlite3.DatabaseError as error:
            raise TrackerError(
                _("{path} is no {title} history: {reason}").format(path=path, title=title, reason=error)
            ) from None
        finally:
            if connection:
                connection.close()


def _copy(path: str, target: str) -> None:
    """Copy the database with what is beside it; again if the browser wrote meanwhile, so that the parts fit."""
    for _attempt in range(_ATTEMPTS):
        before = _state(path)
        for suffix in _BESIDE:
            if os.path.exists(path + suffix):
                shutil.copyfile(path + suffix, target + suffix)
            elif os.path.exists(target + suffix):
                os.unlink(target + suffix)
        if _state(path) == before:
            return


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
    query = f"SELECT id, url FROM {table}"
    try:
        return dict(history.execute(query))
    except sqlite3.OperationalError:
        history.text_factory = lambda raw: raw.decode("utf-8", "replace")
        return dict(history.execute(query))


def columns(connection: sqlite3.Connection, table: str) -> set[str]:
    """The columns of a table; empty where there is no such table."""
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


def facts(visits: list[tuple[Any, ...]], urls: dict[Any, Any], reader: Reader) -> Reading:
    """The facts of one profile's visits, given as (µs since 1970, µs it lasted, address id, row id), by time.

    A visit without a duration lasts until the next visit to anything, at most UNTIMED_LASTS, and so does one that
    claims over a week (a page left open in a forgotten window). After the last visit nothing follows: it is given
    UNTIMED_LASTS, cut at the present instant, and the next import, which knows better, corrects it.
    """
    known: dict[Any, tuple[str, int]] = {}
    for id, url in urls.items():
        channel = reader.recogniser.address(url) if type(url) is str else None
        if channel:
            known[id] = channel, hashed(url)
    found: list[Fact] = []
    rejected: list[Rejected] = []
    following: int | None = None
    make = tuple.__new__  # what Fact._make does, without its own cost a hundred thousand times
    for place, (moment, lasted, address, row) in enumerate(reversed(visits)):
        if type(moment) is not int or not _FIRST <= moment < _LAST:
            rejected.append(Rejected(row, _("the visit has no date")))
            continue
        start = moment // _SECOND
        if address in known:
            channel, text_hash = known[address]
            if type(lasted) is int and 0 < lasted <= _LONGEST:
                end, estimated = (moment + lasted) // _SECOND, MEASURED
            elif following is not None:
                end, estimated = start + UNTIMED_LASTS, UNTIL_NEXT
                if following < end:
                    end = following
            else:
                end, estimated = _open_end(start, reader.now), NOTHING_FOLLOWED
            found.append(make(Fact, (channel, start, end, key_of(moment, text_hash), estimated, None)))
        following = start
        if not place % 10_000:
            reader.progress(place / len(visits))
    found.reverse()
    rejected.reverse()
    strangers = _strangers(Counter(visit[2] for visit in visits), urls, known)
    return Reading(found, len(visits) - len(found) - len(rejected), rejected, {}, strangers=strangers)


def _strangers(visited: Counter[Any], urls: dict[Any, Any], known: Collection[Any]) -> Counter[str]:
    """The hosts that are no channel's, by their visits."""
    counted: Counter[str] = Counter()
    for id, visits in visited.items():
        url = urls.get(id)
        if id not in known and type(url) is str and (host := host_of(url)):
            counted[host] += visits
    return counted


def _open_end(start: int, now: int) -> int:
    end = start + UNTIMED_LASTS
    return min(end, now) if now >= start else end
