"""What the histories of all browsers have in common: where they are, a database that is locked while the browser runs,
and visits, which are read in parts.

It is read with `sqlite3`. Importing sqlite-utils takes 75 ms, and over a second where numpy is installed; the whole
import of 100,000 visits takes 0.6 s. Its rows are dictionaries, which take twice the time of tuples to read.

A part of a history ends only where nothing before its end depends on what follows, except on the moment of the first
visit after it. So the parts give together what the whole history gives, and one of many years needs little memory.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import Any

from tracker import read_data
from tracker.domain.errors import TrackerError
from tracker.domain.models import LONGEST_SESSION
from tracker.domain.record import Record
from tracker.files import sqlite_format
from tracker.importers.imported_record import (
    AUTHORITY,
    LAST_INSTANT,
    UNTIMED_LASTS,
    IgnoredRows,
    ImportedRecord,
    ReadContext,
    ReadResult,
    RejectedRow,
    Row,
    device_key,
    hash_text,
    in_the_future,
    plain_host,
    record_key,
)
from tracker.importers.source import Source, SourceDescription
from tracker.importers.source_files import os_errors_of
from tracker.locale import _
from tracker.storage.imported_facts import IN_FRONT, NOTHING_FOLLOWED, UNTIL_NEXT

#: (microseconds since 1970, microseconds that the page was open, id of the address, id of the row, …)
Visit = tuple[Any, ...]

#: The first and the third of these.
moment_of, address_of = itemgetter(0), itemgetter(2)

#: In microseconds. There was no Web before 1990: an earlier date is none.
MICROSECONDS = 1_000_000
FIRST_MOMENT, LAST_MOMENT = 631_152_000 * MICROSECONDS, LAST_INSTANT * MICROSECONDS

#: The visits of a part, about. More of them need more memory, fewer of them more time.
VISITS_AT_ONCE = 5_000

#: In bytes: no value in a history is longer (browsers cut addresses at 2 MB).
_LONGEST_VALUE = 1 << 24

#: How much of the copy of a history is kept in memory.
_CACHE_KB = 8_192

_PAGE_SIZE = 65_536

#: In microseconds.
_LONGEST = LONGEST_SESSION * MICROSECONDS

#: How many ids are looked up by one statement: older versions of SQLite take 999 values.
_IDS_AT_ONCE = 900

#: SQLite asks after so many steps of its virtual machine whether to go on.
_STEPS_AT_ONCE = 100_000

#: SQL: what else a crafted history has as an address is none.
IS_TEXT = "typeof(url) = 'text'"

#: By the id of an address that belongs to a channel: the channel, and the hash of the address.
MatchedAddresses = dict[Any, tuple[str, int]]


@contextmanager
def open_history(path: str, browser: str) -> Iterator[sqlite3.Connection]:
    """Open a private copy of a history, in a nameless temporary file: it leaves nothing behind, however the program
    ends. (Windows keeps a file that is open: there it is removed at the end.)

    Raises TrackerError when the history cannot be copied, is no database, or is crafted so that reading would not end.
    """
    steps_left = 0

    def is_exhausted() -> bool:
        nonlocal steps_left
        steps_left -= _STEPS_AT_ONCE
        return steps_left < 0

    try:
        with (
            os_errors_of(path),
            sqlite_format.private_copy(path) as (copy, size),
            closing(sqlite3.connect(copy)) as connection,
        ):
            # It is nobody else's file, and one that has no name can have no journal beside it.
            for setting in ("locking_mode = EXCLUSIVE", "journal_mode = MEMORY", f"cache_size = -{_CACHE_KB}"):
                connection.execute(f"PRAGMA {setting}").fetchall()
            connection.execute("SELECT 1 FROM sqlite_master").fetchall()  # opens the file
            if os.path.getsize(copy) != size:  # SQLite makes an empty file where there is none
                raise TrackerError(_("another program removed the temporary copy of {path}").format(path=path))
            sqlite_format.remove_name(copy)
            # An honest history needs a few steps for each byte. After that every statement fails.
            steps_left = 1_000_000 + 8 * size
            connection.set_progress_handler(is_exhausted, _STEPS_AT_ONCE)
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, min(_LONGEST_VALUE, max(size, _PAGE_SIZE)))
            for setting in ("trusted_schema = OFF", "query_only = ON"):
                connection.execute(f"PRAGMA {setting}")
            yield connection
    except (sqlite3.Error, OverflowError, MemoryError, UnicodeDecodeError) as error:
        reason: object = error
        if isinstance(error, UnicodeDecodeError):  # in the message of SQLite, which repeats the schema of the file
            reason = _("it is damaged")
        elif getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            reason = _("it is not an SQLite database")
        elif steps_left < 0:
            reason = _("it would take too long to read")
        message = _("{path} is not a {title} history: {reason}")
        raise TrackerError(message.format(path=path, title=browser, reason=reason)) from None


def columns(history: sqlite3.Connection, table: str) -> set[str]:
    """The columns of a table; empty if there is no such table.

    A view or a virtual table does not count: it computes its rows, and may never come to an end.
    """
    kinds = [kind for _schema, _name, kind, *_rest in history.execute(f"PRAGMA main.table_list({table})")]
    if kinds != ["table"]:
        return set()
    return {name for _number, name, *_rest in history.execute(f"PRAGMA table_info({table})")}


def primary_key(history: sqlite3.Connection, table: str) -> list[tuple[str, str]]:
    """The columns of the primary key of a table, with their types in capitals."""
    rows = history.execute(f"PRAGMA table_info({table})")
    return [(name, type.upper()) for _number, name, type, _not_null, _default, in_key in rows if in_key]


#: By the table of its visits, a browser and the source that reads the history of such a one.
_KNOWN = {"visits": ("Chromium", "chrome"), "moz_historyvisits": ("Firefox", "firefox")}


def refuse_other(history: sqlite3.Connection, path: str, browser: str, needed: Mapping[str, set[str]]) -> None:
    """Raise TrackerError for a database without the columns, by table, that the history of a browser has."""
    if all(columns(history, table) >= names for table, names in needed.items()):
        return
    for table, (other, source) in _KNOWN.items():
        if table not in needed and columns(history, table):
            message = _("{path} is a {browser} history; read it with `tracker import {source}`")
            raise TrackerError(message.format(path=path, browser=other, source=source))
    message = _("{path} is not a {browser} history: it has no visits in {browser}'s format")
    raise TrackerError(message.format(path=path, browser=browser))


def has_integer_key(history: sqlite3.Connection, table: str) -> bool:
    """Whether the ids of a table are integers, and each of another row: so it is in every history a browser wrote."""
    return primary_key(history, table) == [("id", "INTEGER")]


@cache
def _folders_of_browsers() -> dict[str, dict[str, list[str]]]:
    """By browser and system, the folders."""
    return read_data("importers/browsers.toml")


def folders_of(browser: str) -> list[str]:
    """The folders in which a browser keeps profiles on this system, whether they exist or not."""
    folders = _folders_of_browsers()[browser]
    if sys.platform == "win32":
        local, roaming = os.environ.get("LOCALAPPDATA", ""), os.environ.get("APPDATA", "")
        names = folders.get("windows", [])
        return [os.path.join(roaming if name[0] == "%" else local, name.removeprefix("%")) for name in names]
    if sys.platform == "darwin":
        return [os.path.join("~/Library/Application Support", name) for name in folders.get("mac", [])]
    base = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return [name if name[0] == "~" else os.path.join(base, name) for name in folders.get("linux", [])]


def find_histories(folders: Iterable[str], name: str) -> list[str]:
    """Every file called `name` in these folders and in the folders directly inside them, each file once."""
    by_real_path: dict[str, str] = {}
    for folder in map(os.path.expanduser, folders):
        profiles = sorted(os.listdir(folder)) if os.path.isdir(folder) and os.access(folder, os.R_OK | os.X_OK) else []
        for path in (os.path.join(folder, name), *(os.path.join(folder, profile, name) for profile in profiles)):
            if os.path.isfile(path):
                by_real_path.setdefault(os.path.realpath(path), path)
    return list(by_real_path.values())


def files_in(path: str, name: str) -> list[str]:
    """The histories called `name` that a path given by the user means: a file, a profile, or a folder of profiles."""
    if not os.path.isdir(path):
        return [path]
    paths = find_histories([path], name)
    if not paths:
        raise TrackerError(_("{path} has no {name}").format(name=name, path=path))
    return paths


class BrowserSource(Source):
    """A browser that keeps its history in a file called `file` of each profile, as all browsers of its `family` do; the
    file `beside` it is in every profile too, and tells one from a copy of the history elsewhere."""

    file: str
    beside: str = ""
    family_name: str
    distrusted: tuple[int, ...] = ()

    def __init__(self, name: str, title: str) -> None:
        self._name, self._title = name, title

    def describe(self) -> SourceDescription:
        """What the browser is called, and whose format it has."""
        return SourceDescription(
            self._name, self._title, family=self.family_name, names="domain", distrusted=self.distrusted
        )

    def detect(self) -> list[str]:
        """The histories of its profiles on this machine."""
        return find_histories(folders_of(self._name), self.file)

    def files_in(self, path: str) -> list[str]:
        """The histories that a path means: a file, a profile, or a folder of profiles."""
        return files_in(path, self.file)

    def of_profile(self, path: str, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, and the profile that they are of as a device, where that is known."""
        folder = os.path.dirname(os.path.realpath(path))
        starts: list[int] = []
        for row in rows:
            yield row
            if isinstance(row, ReadResult) and row.records:  # they are by start
                new = (row.records[0].start, row.records[-1].start)
                starts = [min(*starts, *new), max(*starts, *new)]
        if starts and os.path.exists(os.path.join(folder, self.beside)):
            yield ReadResult(devices={device_key(self._name, folder): (starts[0], starts[-1])})


class PageView(Record):
    """A time that a page was in front: its start and its duration in microseconds. `left_at` is when its tab left the
    page, in UTC seconds (0 if not known), `window` the id of its window (-1 if not known)."""

    start: int
    duration: int
    left_at: int = 0
    window: int = -1


#: A record of a visit, and the view that it is of; None where no view is known.
_Seen = tuple[ImportedRecord, PageView | None]


class Addresses(Record):
    """Addresses of a history by their ids: those that belong to a channel, and of the others the part that names the
    host."""

    matched: MatchedAddresses
    authorities: dict[Any, str]


def read_addresses(history: sqlite3.Connection, table: str, ids: Collection[Any], context: ReadContext) -> Addresses:
    """Which of the web addresses with these ids belong to a channel, and the hosts of the others.

    An address that is no UTF-8 does not stop the reading of the others.
    """
    try:
        return match_addresses(history, _addresses(history, table, ids), context)
    except sqlite3.OperationalError:
        history.text_factory = lambda raw: raw.decode("utf-8", "replace")
        return match_addresses(history, _addresses(history, table, ids), context)


def _addresses(history: sqlite3.Connection, table: str, ids: Collection[Any]) -> Iterator[list[tuple[Any, str]]]:
    numbers = [id for id in ids if type(id) is int]
    others = [id for id in ids if type(id) is not int]
    ranges: list[tuple[str, list[Any]]] = []
    if numbers and max(numbers) - min(numbers) < 2 * len(numbers):  # as most often: they were visited one by one
        ranges.append(("BETWEEN ? AND ?", [min(numbers), max(numbers)]))
    else:
        others += numbers
    for begin in range(0, len(others), _IDS_AT_ONCE):
        some = others[begin : begin + _IDS_AT_ONCE]
        ranges.append((f"IN ({', '.join('?' * len(some))})", some))
    for condition, values in ranges:
        rows = history.execute(f"SELECT id, url FROM {table} WHERE id {condition} AND {IS_TEXT}", values)
        while batch := rows.fetchmany(1_000):
            yield batch


def match_addresses(
    history: sqlite3.Connection, batches: Iterable[Iterable[tuple[Any, str]]], context: ReadContext
) -> Addresses:
    """Which of the addresses of a history (id, text) belong to a channel, and the hosts of the others."""
    (pages,), (page_size,) = (history.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
    left, behind_scheme = pages * page_size, len("https://")
    matched: MatchedAddresses = {}
    authorities: dict[Any, str] = {}
    hosts: dict[str, tuple[str | None, str]] = {}  # by the beginning of an address; each authority is in memory once
    for batch in batches:
        # The file holds each of them once; a crafted one could make every row point at the same long text.
        left -= sum(map(len, map(itemgetter(1), batch)))
        if left < 0:
            raise sqlite3.DataError(_("its addresses are longer than the file"))
        for id, url in batch:
            beginning = url[: url.find("/", behind_scheme) + 1] or url
            host = hosts.get(beginning)
            if host is None:
                match = AUTHORITY.match(beginning)
                host = hosts[beginning] = (context.matcher.by_authority(match[1]), match[1]) if match else (None, "")
            channel, authority = host
            if channel:
                matched[id] = channel, hash_text(url)
            elif authority:
                authorities[id] = authority
    return Addresses(matched, authorities)


def read_visits(
    visits: Sequence[Visit],
    addresses: Addresses,
    views_of: Mapping[int, Sequence[PageView]],
    context: ReadContext,
    following: Visit | None = None,
    seen_later: Collection[int] = (),
    returns: Sequence[tuple[ImportedRecord, PageView]] = (),
) -> PartRead:
    """The records of a part of one profile's visits, by start.

    These are tuples, ordered by time: (microseconds since 1970, microseconds that the page was open, id of the address,
    id of the row, …). `following` is the first visit after the part, which counts.

    `views_of` has the views of a visit, by its index in `visits`, where the browser stored them. The first view counts
    from the visit on, the others are additional records of it. The visits `seen_later`, by index, have their first view
    after this part; `returns` are records of views, in the time of this part, of visits before it. How long a page was
    open is no positive integer where the browser did not store it.

    A visit lasts as long as its page was in front, and is ignored if that was never. Where it is not known, the visit
    lasts until the next visit to anything, at most as long as the page was open, and at most UNTIMED_LASTS. After the
    last visit nothing follows: the next import, which knows more, corrects it. What begins in the future is rejected;
    what has begun ends now at the latest, and becomes longer with the next import.
    """
    matched, now = addresses.matched, context.now
    unusable = _unusable_visits(visits, matched, now)
    not_seen = {index for index, page_views in views_of.items() if not page_views}
    passed_over = not_seen.union(unusable.indexes)
    not_records = unusable.not_records
    read: list[_Seen] = []
    additional = 0
    make = tuple.__new__  # as ImportedRecord._make, without the cost of a call of ours for each of 100,000 records
    left_out = unusable.indexes.union(seen_later)
    of_channels = (index for index, address in enumerate(map(address_of, visits)) if address in matched)
    for index in [index for index in of_channels if index not in left_out]:
        moment, open_for, address = visits[index][:3]
        channel, text_hash = matched[address]
        page_views = views_of.get(index, ())
        if page_views and page_views[-1].start // MICROSECONDS > now:
            page_views = [view for view in page_views if view.start // MICROSECONDS <= now]
        if index in not_seen:
            not_records.append(record_key(moment, text_hash))
        elif page_views:
            for view in page_views:
                is_additional = view is not page_views[0]  # the first has the key of the visit
                key = record_key(view.start if is_additional else moment, text_hash)
                start, end = view.start // MICROSECONDS, end_of_view(view, now)
                read.append((make(ImportedRecord, (channel, start, end, key, IN_FRONT, None, is_additional)), view))
            additional += len(page_views) - 1
        else:
            after = index + 1
            while after in passed_over:
                after += 1
            next_visit = visits[after] if after < len(visits) else following
            next_start = moment_of(next_visit) // MICROSECONDS if next_visit else None
            start = moment // MICROSECONDS
            end = min(_end_of_untimed(moment, open_for, next_start), now)
            estimated = NOTHING_FOLLOWED if next_start is None else UNTIL_NEXT
            read.append((ImportedRecord(channel, start, end, record_key(moment, text_hash), estimated), None))
    ignored = len(visits) + additional - len(read) - len(unusable.rejected) - len(seen_later)
    starts = [record.start for record, _view in read]
    if returns or starts != sorted(starts):
        read = sorted([*read, *returns], key=_order)
    last_end = _lengthen_overlapping(read, now) if views_of or returns else 0
    result = ReadResult(
        [record for record, _view in read],
        ignored,
        unusable.rejected,
        unknown_names=_unknown_hosts(visits, addresses.authorities, unusable.in_future),
        not_records=frozenset(not_records),
        future=frozenset(unusable.future),
    )
    return PartRead(result, last_end)


def _end_of_untimed(moment: int, open_for: Any, next_start: int | None) -> int:
    """When a visit ended of which the time in front is not known, in UTC seconds. `next_start` is when something else
    was visited."""
    end = moment // MICROSECONDS + UNTIMED_LASTS
    if type(open_for) is int and 0 < open_for < UNTIMED_LASTS * MICROSECONDS:
        end = (moment + open_for) // MICROSECONDS
    return end if next_start is None else min(end, next_start)


def _order(seen: _Seen) -> tuple[int, int, int]:
    record, view = seen
    return record.start, view.start if view else 0, record.key


def end_of_view(view: PageView, now: int) -> int:
    """When a page was in front no more, in UTC seconds: after a week at the latest, and now."""
    end: int = (view.start + min(view.duration, _LONGEST)) // MICROSECONDS
    return end if end < now else now


class _UnusableVisits(Record):
    """The visits of a part without a date, and those in the future: their indexes, the rejected rows, the keys of those
    without a date and of those in the future, and the addresses of the latter."""

    indexes: set[int]
    rejected: list[RejectedRow]
    not_records: list[int]
    future: list[int]
    in_future: list[Any]


def _unusable_visits(visits: Sequence[Visit], matched: MatchedAddresses, now: int) -> _UnusableVisits:
    unusable = _UnusableVisits(set(), [], [], [], [])
    moments = list(map(moment_of, visits))
    last_moment = min(LAST_MOMENT, (now + 1) * MICROSECONDS)
    are_numbers = set(map(type, moments)) <= {int}
    if are_numbers and (not moments or (min(moments) >= FIRST_MOMENT and max(moments) < last_moment)):
        return unusable
    for index, moment in enumerate(moments):
        is_date = type(moment) is int and FIRST_MOMENT <= moment < LAST_MOMENT
        if is_date and moment < last_moment:
            continue
        _moment, _open_for, address, row = visits[index][:4]
        unusable.indexes.add(index)
        reason = in_the_future() if is_date else _("the visit has no date")
        unusable.rejected.append(RejectedRow(row if type(row) is int else index + 1, reason))
        if is_date:
            unusable.in_future.append(address)
        if type(moment) is int and address in matched:
            _channel, text_hash = matched[address]
            (unusable.future if is_date else unusable.not_records).append(record_key(moment, text_hash))
    return unusable


def _lengthen_overlapping(read: list[_Seen], now: int) -> int:
    """Lengthen records of one channel and one window that would overlap: their tabs were in front one after the other.

    How long each was in front is known, but not when. The record whose tab was open longest gets the time that the
    overlap would lose, until that tab left the page. Returns when the last of all was left, in UTC seconds; 0 for none.
    """
    #: By channel and window: the index of the record whose tab was open longest, the end of all, and when it was left.
    busy: dict[tuple[str, int], tuple[int, int, int]] = {}
    last_end = 0
    for index, (record, view) in enumerate(read):
        if view is None or view.window < 0:
            continue
        channel, start, stop = record[:3]
        key = channel, view.window
        last_end = max(last_end, stop)
        longest, end, left_at = busy.get(key, (index, 0, 0))
        if start >= end:
            busy[key] = index, stop, view.left_at
            continue
        sum_of_both = end + stop - start
        if view.left_at > left_at:
            longest, left_at = index, view.left_at
        end = max(end, stop, min(sum_of_both, left_at, now))
        lengthened, its_view = read[longest]
        if end > lengthened.end:
            read[longest] = lengthened._replace(end=min(end, lengthened.start + LONGEST_SESSION)), its_view
        busy[key] = longest, end, left_at
        last_end = max(last_end, end)
    return last_end


def _unknown_hosts(visits: Sequence[Visit], authorities: Mapping[Any, str], in_future: Iterable[Any]) -> Counter[str]:
    """The hosts that belong to no channel, with their numbers of visits, but for those in the future."""
    by_authority = Counter(map(authorities.get, map(address_of, visits)))
    by_authority.subtract(map(authorities.get, in_future))
    counts: Counter[str] = Counter()
    for authority, number in by_authority.items():
        if authority and number and (host := plain_host(authority)):
            counts[host] += number
    return counts


class PartRead(Record):
    """What was read from a part. `last_end` is the end of the last time in front in it, in UTC seconds: 0 for none."""

    result: ReadResult
    last_end: int


def read_parts(
    visits: sqlite3.Cursor,
    count: int | None,
    context: ReadContext,
    read_part: Callable[[list[Visit], Visit | None], PartRead],
    may_follow_cut: Callable[[Visit], bool],
    begin: float = 0.0,
) -> Iterator[ReadResult | IgnoredRows]:
    """Yield what `read_part` makes of each part of the visits, which are ordered by time; then the rows that are none.

    The history has `count` rows. `begin` is the progress before the first part. `read_part` gets the visits of a part
    and the first visit after it (None after the last part). That visit has begun by now, and `may_follow_cut` is true
    for it. No time in front that has begun before it goes on after its start.
    """
    part: list[Visit] = []
    done, wanted = 0, VISITS_AT_ONCE
    while True:
        more = visits.fetchmany(wanted)
        part += more
        if len(more) < wanted:
            break
        at = _widest_gap(part, context.now, may_follow_cut)
        read = read_part(part[:at], part[at]) if at else None
        if not read or read.last_end > moment_of(part[at]) // MICROSECONDS:
            wanted = len(part)  # not one part more at a time: each attempt reads the whole part again
            continue
        yield read.result
        del part[:at]
        done, wanted = done + at, VISITS_AT_ONCE
        context.report_progress(begin + (1 - begin) * min(done / (count or 1), 1))
    yield read_part(part, None).result
    context.report_progress(1)
    yield IgnoredRows((count or 0) - done - len(part))


def _widest_gap(visits: list[Visit], now: int, may_follow_cut: Callable[[Visit], bool]) -> int:
    """The index of the visit in the last quarter that is longest after the one before it; 0 where no visit may be."""
    index, widest = 0, -1
    last_moment = min((now + 1) * MICROSECONDS, LAST_MOMENT) - 1
    first = max(1, len(visits) * 3 // 4)
    for at, (before, moment) in enumerate(pairwise(map(moment_of, visits[first - 1 :])), first):
        if (
            type(before) is type(moment) is int
            and moment - before > widest
            and FIRST_MOMENT <= moment <= last_moment
            and may_follow_cut(visits[at])
        ):
            index, widest = at, moment - before
    return index
