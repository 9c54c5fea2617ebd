"""ActivityWatch: an export, or the server on this machine, with the buckets of its watchers.

*What counts on a computer.* The tab of a browser counts while a browser's window is in front: watchers of tabs go on
while another program is. (Where no window is known to be a browser's, every tab counts.) A tab wins over the windows of
the same moment. Without a watcher of tabs, the title of a browser's window says the site, as in `Feed | LinkedIn`. All
this only while somebody was at the computer: the time in which a watcher saw nobody (`afk`) is cut out.

*What counts on a phone*: each app's time as it is. Unlocks and events without a length are no time.

*What was picked up*: a new use of the device begins after an absence, and with an unlock of the phone.

Nobody being there is known only some minutes later. So what ends in the last minutes of a computer's data is marked as
estimated until a later import knows it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from tracker.domain.errors import TrackerError
from tracker.domain.models import FOREVER, LONGEST_SESSION
from tracker.files.file_access import say_os_error
from tracker.importers.imported_record import (
    FIRST_INSTANT,
    LAST_INSTANT,
    IgnoredRows,
    ImportedRecord,
    ReadContext,
    ReadResult,
    RejectedRow,
    Row,
    device_key,
    hash_text,
    host_of,
    in_the_future,
    record_key,
)
from tracker.importers.shared_reading import ROUNDING, uses
from tracker.importers.source import Source, SourceDescription
from tracker.importers.source_files import Keys, OpenDownload, json_values, values_in
from tracker.locale import N_, _
from tracker.storage.imported_facts import MEASURED, NOTHING_FOLLOWED
from tracker.storage.overlaps import Interval, union
from tracker.storage.staging import sorted_rows

DEFAULT_ADDRESS = "http://127.0.0.1:5600"

_MICROSECONDS = 1_000_000

#: In microseconds: the watcher of absence says it at most so much later. Its own setting is 3 minutes.
_UNSETTLED = 10 * 60 * _MICROSECONDS

#: The types of buckets that tell of time on channels.
_WINDOW, _WEB, _AFK = "currentwindow", "web.tab.current", "afkstatus"

#: The type of a phone's bucket that tells when it was unlocked: until then its screen was locked.
_UNLOCK = "os.lockscreen.unlocks"

#: Where events belong.
_TAB, _BROWSER, _PROGRAM, _PHONE, _ABSENT = "tab", "browser", "program", "phone", "absent"

#: The kinds of events that last.
_KINDS = (_TAB, _BROWSER, _PROGRAM, _PHONE, _ABSENT)

#: In seconds: a server that answers later is none.
_PATIENCE = 20

#: The events that are read at once, about.
EVENTS_AT_ONCE = 20_000

#: Words in the names that browsers have as programs, on any system.
_BROWSERS = frozenset(
    """
    firefox chrome chromium msedge edge brave vivaldi opera safari arc librewolf waterfox floorp zen navigator epiphany
    konqueror falkon qutebrowser iexplore duckduckgo orion thorium palemoon browser
    """.split()  # noqa: SIM905  # words to be read as words
)

#: What stands between the parts of a title, and the number of news that sites put before it.
_BETWEEN_PARTS = re.compile(r"\s+[-–—|•·/]\s+")
_COUNT = re.compile(r"^\(\d+\+?\)\s*")


class _Bucket(NamedTuple):
    """The type of a bucket, and the name of the computer or phone that it is of."""

    type: str
    host: str


#: The buckets of an export or a server, by their ids.
_Buckets = dict[str, _Bucket]


class _BucketEvent(NamedTuple):
    """An event: its line, start and end in microseconds since 1970, where it belongs, the app or host, its channel."""

    line: int
    start: int
    end: int
    kind: str
    name: str
    channel: str | None
    key: int


class ActivityWatch(Source):
    """ActivityWatch."""

    def describe(self) -> SourceDescription:
        return SourceDescription(
            "activitywatch",
            N_("ActivityWatch: its export, or its server"),
            N_("in ActivityWatch, Raw Data, Export all buckets as JSON; without a file, the server here is asked"),
            names="domain",
            takes_address=True,
        )

    def default_paths(self) -> list[str]:
        return [DEFAULT_ADDRESS]

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """Yield the events. Raises TrackerError for a file of something else, and where no server answers."""
        if "://" in path:
            server = _Server(path)
            buckets = server.buckets()
            if context.since:
                events = list(server.events(buckets, context.since))
                if _knows_browsers(buckets, events):
                    return _read(buckets, events, context)
            return _read(buckets, server.events(buckets), context)
        values = json_values(path, _are_events, lambda done: context.report_progress(done / 3))
        described = _described((keys[1:], value) for keys, value in values if keys[:1] == ("buckets",))
        if described is None:
            raise TrackerError(_("{path} is not an export of ActivityWatch: it has no buckets").format(path=path))
        events_of_file = (
            (str(keys[1]), event)
            for keys, event in json_values(path, _are_events, lambda done: context.report_progress((1 + done) / 3))
            if _are_events(keys[:-1])
        )
        return _read(described, events_of_file, context)


SOURCES = (ActivityWatch(),)


def _described(values: Iterable[tuple[Keys, Any]]) -> _Buckets | None:
    """The buckets of the values of an object of buckets; None for something else."""
    described: dict[str, dict[str | int, Any]] | None = None
    for keys, value in values:
        if len(keys) < 2 and value != {}:
            return None
        described = described or {}
        if keys:
            bucket = described.setdefault(str(keys[0]), {})
            if len(keys) == 2:
                bucket[keys[1]] = value
    if described is None:
        return None
    return {id: _Bucket(str(bucket.get("type")), str(bucket.get("hostname"))) for id, bucket in described.items()}


def _knows_browsers(buckets: _Buckets, events: list[tuple[str, Any]]) -> bool:
    """Whether a part of the events has a browser's window of each computer with tabs: else the part cannot tell whether
    every tab counts."""
    with_tabs = {buckets[id].host for id, _event in events if buckets[id].type == _WEB}
    for id, event in events:
        type, host = buckets[id]
        data = event.get("data") if isinstance(event, dict) else None
        app = data.get("app") if isinstance(data, dict) and type == _WINDOW else None
        if isinstance(app, str) and _is_browser(_program(app)):
            with_tabs.discard(host)
    return not with_tabs


def _are_events(keys: Keys) -> bool:
    return len(keys) == 3 and keys[::2] == ("buckets", "events")


class _Host:
    """A computer or phone: its name, the types of its buckets, the kinds of its events that last, where the first one
    begins and where the last one ends."""

    def __init__(self, number: int, name: str) -> None:
        self.number, self.name = number, name
        self.types: set[str] = set()
        self.kinds: set[str] = set()
        self.first, self.last = FOREVER, 0


def _read(buckets: _Buckets, events: Iterable[tuple[str, Any]], context: ReadContext) -> Iterator[Row]:
    """Yield the rows of all computers and phones. `events` are given with the id of their bucket."""
    hosts: dict[str, _Host] = {}
    for type, name in buckets.values():
        hosts.setdefault(name, _Host(len(hosts), name)).types.add(type)
    rejected: list[RejectedRow] = []
    ignored: Counter[str | None] = Counter()

    def parsed() -> Iterator[tuple[Any, ...]]:
        for line, (id, event) in enumerate(events, 1):
            type, name = buckets[id]
            host = hosts[name]
            try:
                read = _event(line, id, type, event, _WEB not in host.types, context)
            except TrackerError as error:
                rejected.append(RejectedRow(line, str(error)))
                continue
            host.first, host.last = min(host.first, read.start), max(host.last, read.end)
            lasts = read.start < read.end
            if not read.channel or not lasts:
                ignored[read.name if read.kind == _TAB and lasts else None] += 1
            if read.kind == _UNLOCK or (lasts and read.kind in _KINDS):
                host.kinds.add(read.kind)
                yield (host.number, read.start, *read._replace(name=""))

    ordered = sorted_rows(parsed(), 2 + len(_BucketEvent._fields), 3)
    by_number = {host.number: host for host in hosts.values()}
    for number, rows in groupby(ordered, key=itemgetter(0)):
        yield from _read_host(by_number[number], (_BucketEvent._make(row[2:]) for row in rows))
    yield from sorted(rejected)
    for unknown, count in ignored.items():
        yield IgnoredRows(count, unknown)


class _Uses:
    """The uses of one host, as far as they are known: from the start of a record until nobody was there any more."""

    def __init__(self) -> None:
        self._dark: list[int] = []  # the instants from which on nobody was there
        self._begins: dict[int, int] = {}  # by such an instant: the start of the use that it ends
        self._waiting: int | None = None  # the start of the use that has not ended yet

    def add_dark(self, instants: list[int]) -> None:
        """Add instants from which on nobody was there, later than those before."""
        self._dark += instants
        if instants and self._waiting is not None:
            self._begins[instants[0]] = self._waiting
            self._waiting = None

    def add(self, start: int, end: int) -> None:
        """Add the time of a record."""
        dark = list(uses(self._dark, [(start, end)]))
        for begin, until in dark:
            self._begins[until] = min(begin, self._begins.get(until, begin))
        if not dark:
            self._waiting = start if self._waiting is None else min(start, self._waiting)

    def take_ended(self, before: int) -> tuple[Interval, ...]:
        """The uses that ended before an instant, by start; they and what ended them are forgotten."""
        self._dark = [at for at in self._dark if at >= before]
        return tuple(sorted((self._begins.pop(end), end) for end in [*self._begins] if end < before))


def _read_host(host: _Host, events: Iterator[_BucketEvent]) -> Iterator[Row]:
    """Yield the rows of one computer or phone, whose events come by start.

    An event is read once all that begin before its end are known, some thousands at a time.
    """
    settled = host.last - _UNSETTLED if _AFK in host.types else host.last
    by_kind: dict[str, list[_BucketEvent]] = {kind: [] for kind in _KINDS}
    known_uses = _Uses()
    since = 0
    has_records = False
    for batch, until in _batches(events):
        known_uses.add_dark([event.start // _MICROSECONDS for event in batch if event.kind in (_UNLOCK, _ABSENT)])
        for event in batch:
            if event.kind != _UNLOCK:
                by_kind[event.kind].append(event)
        for event, parts in _ended(by_kind, since, until, elsewhere_counts=_BROWSER in host.kinds):
            for row in _records(event, parts, settled) if event.channel else ():
                yield row
                if isinstance(row, ImportedRecord):
                    has_records = True
                    known_uses.add(row.start, row.end)
        # What no event that goes on can meet is forgotten.
        counting = [event for kind, events in by_kind.items() if kind != _ABSENT for event in events]
        needed = min((event.start for event in counting if event.end > until), default=until)
        by_kind = {kind: [event for event in events if event.end > needed] for kind, events in by_kind.items()}
        yield ReadResult(uses=known_uses.take_ended(needed // _MICROSECONDS - ROUNDING))
        since = until
    if has_records:
        seen = host.first // _MICROSECONDS, host.last // _MICROSECONDS
        yield ReadResult(devices={device_key("activitywatch", host.name): seen})


def _batches(events: Iterator[_BucketEvent]) -> Iterator[tuple[list[_BucketEvent], int]]:
    """Some thousands of events at a time, each time with the start of the next one, in microseconds."""
    batch: list[_BucketEvent] = []
    for event in events:
        if len(batch) >= EVENTS_AT_ONCE and event.start > batch[-1].start:
            yield batch, event.start
            batch = []
        batch.append(event)
    yield batch, FOREVER


def _ended(
    by_kind: dict[str, list[_BucketEvent]], since: int, until: int, *, elsewhere_counts: bool
) -> Iterator[tuple[_BucketEvent, list[Interval]]]:
    """Yield the events that end after `since` and until `until`, each with the parts of its time that count.

    All that begin before `until` are given.
    """
    absent = _union(by_kind[_ABSENT])
    elsewhere = _union(by_kind[_PROGRAM]) if elsewhere_counts else []
    tabs = list(_without(by_kind[_TAB], union([*absent, *elsewhere])))
    in_tabs = union([*absent, *(part for _event, parts in tabs for part in parts)])
    windows = _without([*by_kind[_BROWSER], *by_kind[_PROGRAM]], in_tabs)
    for event, parts in (*tabs, *windows, *_without(by_kind[_PHONE], [])):
        if since < event.end <= until:
            yield event, parts


def _without(events: list[_BucketEvent], taken: list[Interval]) -> Iterator[tuple[_BucketEvent, list[Interval]]]:
    """Each event, and the parts of its time that are not in `taken` (disjoint, in order)."""
    ends = [end for _start, end in taken]
    for event in events:
        parts = []
        start = event.start
        for index in range(bisect_right(ends, start), len(taken)):
            taken_start, taken_end = taken[index]
            if taken_start >= event.end:
                break
            if start < taken_start:
                parts.append((start, taken_start))
            start = taken_end
        if start < event.end:
            parts.append((start, event.end))
        yield event, parts


def _union(events: list[_BucketEvent]) -> list[Interval]:
    return union((event.start, event.end) for event in events)


def _event(line: int, bucket: str, type: str, event: Any, titles_count: bool, context: ReadContext) -> _BucketEvent:
    """An event of the export. Raises TrackerError for one that cannot be."""
    try:
        moment = datetime.fromisoformat(event["timestamp"])  # `arrow.get` takes 3.5 s for 100,000, a month's events
        start = round(moment.timestamp() * _MICROSECONDS) if moment.tzinfo else -1
        end = start + round(event["duration"] * _MICROSECONDS)
        kind, name, channel = _subject(type, event["data"], titles_count, context)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        raise TrackerError(_("the event has no time, or is about nothing")) from None
    if not FIRST_INSTANT <= start // _MICROSECONDS < LAST_INSTANT or end < start:
        raise TrackerError(_("the event has no time, or is about nothing"))
    if end - start > LONGEST_SESSION * _MICROSECONDS and channel:
        raise TrackerError(_("a session cannot last more than a week"))
    if start // _MICROSECONDS > context.now:
        raise TrackerError(in_the_future())
    end = min(end, context.now * _MICROSECONDS)
    return _BucketEvent(line, start, end, kind, name, channel, record_key(start, hash_text(f"{bucket}\n{name}")))


def _subject(type: str, data: dict[str, Any], titles_count: bool, context: ReadContext) -> tuple[str, str, str | None]:
    """Where an event belongs, the app or host that it is about, and its channel."""
    matcher = context.matcher
    if type == _WEB:
        return _TAB, host_of(data["url"]), matcher.by_url(data["url"])
    if type == _AFK:
        return _ABSENT if data["status"] == "afk" else type, "", None
    if type != _WINDOW:
        return type, "", None
    app = data["app"].strip()
    if "package" in data:
        return _PHONE, data["package"], matcher.by_app(data["package"]) or matcher.by_app(app)
    program = _program(app)
    if _is_browser(program):
        return _BROWSER, program, _channel_of_title(data["title"], context) if titles_count else None
    return _PROGRAM, program, matcher.by_app(program)


def _program(app: str) -> str:
    return app.strip().lower().removesuffix(".exe")


def _is_browser(program: str) -> bool:
    return not set(program.replace("-", " ").split()).isdisjoint(_BROWSERS)


def _channel_of_title(title: str, context: ReadContext) -> str | None:
    """The channel of a page by the title of its window: the site is its last words before the browser's own."""
    parts = [part.strip() for part in _BETWEEN_PARTS.split(_COUNT.sub("", title))]
    while len(parts) > 1 and not set(parts[-1].lower().split()).isdisjoint(_BROWSERS):
        parts.pop()
    return context.matcher.by_app(parts[-1])


def _records(event: _BucketEvent, parts: list[Interval], settled: int) -> Iterator[Row]:
    """Yield the records of an event, of which these parts count."""
    lasting = [(start, end) for start, end in parts if start // _MICROSECONDS < end // _MICROSECONDS]
    if not any(start == event.start for start, _end in lasting):
        # It may have been read before it was known that nobody was there.
        yield ReadResult(not_records=frozenset((event.key,)))
    if not lasting:
        yield IgnoredRows()
    for number, (start, end) in enumerate(lasting):
        key = event.key if start == event.start else record_key(start, event.key)
        estimated = NOTHING_FOLLOWED if event.kind != _PHONE and end > settled else MEASURED
        seconds = start // _MICROSECONDS, end // _MICROSECONDS
        yield ImportedRecord(event.channel or "", *seconds, key, estimated, additional=number > 0)


class _Server:
    """The REST API of the server at an address such as `http://127.0.0.1:5600`. Answers are read as they come.

    Raises TrackerError for what is no address, and where no ActivityWatch answers.
    """

    def __init__(self, address: str) -> None:
        try:
            scheme = urlsplit(address).scheme
        except ValueError:  # such as a bracket that is not closed
            scheme = ""
        if scheme not in ("http", "https"):
            raise TrackerError(
                _("{address} is not an address of a server: it begins with http://").format(address=address)
            )
        self._address = address
        self._base = address.rstrip("/").removesuffix("/api/0") + "/api/0/buckets/"

    def buckets(self) -> _Buckets:
        buckets = _described(self._values(""))
        if buckets is None:
            raise self._refusal(_("the answer is not from ActivityWatch"))
        return buckets

    def events(self, buckets: Iterable[str], since: int = 0) -> Iterator[tuple[str, Any]]:
        """Yield the events of these buckets that end after `since` (UTC seconds), where the server lets them begin."""
        import arrow  # takes 60 ms, and all sources are imported to list them

        start = f"&start={quote(arrow.get(since).isoformat())}" if since else ""
        for id in buckets:
            for keys, event in self._values(f"{quote(id, safe='')}/events?limit=-1{start}"):
                if keys and isinstance(keys[0], int):
                    yield id, event

    def _values(self, place: str) -> Iterator[tuple[Keys, Any]]:
        """The values of an answer. No proxy is asked: the server is on this machine or in this house."""
        # Imported here: every import of any file would take 6 ms longer.
        from http.client import HTTPException
        from urllib.request import ProxyHandler, build_opener

        try:
            with build_opener(ProxyHandler({})).open(self._base + place, timeout=_PATIENCE) as answer:
                yield from values_in(OpenDownload(answer, 1), lambda keys: not keys, lambda _fraction: None)
        except OSError as error:  # also what urllib raises
            reason = getattr(error, "reason", None) or error
            raise self._refusal(say_os_error(reason) if isinstance(reason, OSError) else str(reason)) from None
        except (ValueError, RecursionError, HTTPException):
            raise self._refusal(_("the answer is not from ActivityWatch")) from None

    def _refusal(self, reason: str) -> TrackerError:
        return TrackerError(
            _(
                "no ActivityWatch server answers at {address} ({reason}); start it, "
                "or name its export: `tracker import activitywatch FILE`"
            ).format(address=self._address, reason=reason)
        )
