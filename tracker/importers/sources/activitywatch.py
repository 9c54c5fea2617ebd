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
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.domain.errors import TrackerError
from tracker.domain.models import LONGEST_SESSION
from tracker.importers.activitywatch_server import buckets_of_server
from tracker.importers.channel_matcher import host_of
from tracker.importers.imported_record import (
    FIRST_INSTANT,
    LAST_INSTANT,
    IgnoredRows,
    ImportedRecord,
    ReadResult,
    RejectedRow,
    hash_text,
    in_the_future,
    record_key,
)
from tracker.importers.screen_off import parting
from tracker.importers.source import Source, SourceDescription
from tracker.importers.source_text import parse_json, read_text
from tracker.locale import N_, _
from tracker.storage.imported_facts import MEASURED, NOTHING_FOLLOWED
from tracker.storage.time_intervals import union

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.importers.imported_record import ReadContext, Row
    from tracker.storage.time_intervals import Interval

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


class _Event(NamedTuple):
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
            hosts = _hosts(buckets_of_server(path, context.since))
            if context.since and not all(map(_knows_browsers, hosts.values())):
                hosts = _hosts(buckets_of_server(path))
        else:
            hosts = _hosts(_buckets_of_file(path))
        line = 0
        for number, described_buckets in enumerate(hosts.values()):
            context.report_progress(number / len(hosts))
            yield from _read_host(described_buckets, line, context)
            line += sum(len(events) for _id, _type, events in described_buckets)


SOURCES = (ActivityWatch(),)


def _hosts(buckets: Mapping[str, dict[str, Any]]) -> dict[str, list[tuple[str, str, list[Any]]]]:
    """The buckets by their computer or phone: the id, the type and the events of each."""
    hosts: dict[str, list[tuple[str, str, list[Any]]]] = {}
    for id, bucket in buckets.items():
        events = bucket.get("events")
        described = (id, str(bucket.get("type")), events if isinstance(events, list) else [])
        hosts.setdefault(str(bucket.get("hostname")), []).append(described)
    return hosts


def _knows_browsers(buckets: list[tuple[str, str, list[Any]]]) -> bool:
    """Whether a part of the events of a computer has a browser's window, if it has tabs: else the part cannot tell
    whether every tab counts."""
    has_tabs = any(events for _id, type, events in buckets if type == _WEB)
    return not has_tabs or any(
        _is_browser(_program(event["data"]["app"]))
        for _id, type, events in buckets
        if type == _WINDOW
        for event in events
        if isinstance(event, dict) and isinstance(event.get("data"), dict) and isinstance(event["data"].get("app"), str)
    )


def _buckets_of_file(path: str) -> Mapping[str, dict[str, Any]]:
    content = parse_json(read_text(path), path)
    buckets = content.get("buckets") if isinstance(content, dict) else None
    if not isinstance(buckets, dict) or not all(isinstance(bucket, dict) for bucket in buckets.values()):
        raise TrackerError(_("{path} is no export of ActivityWatch: it has no buckets").format(path=path))
    return buckets


def _read_host(buckets: list[tuple[str, str, list[Any]]], line: int, context: ReadContext) -> Iterator[Row]:
    """Yield the rows of one computer or phone, whose events are counted from `line` on."""
    types = {type for _id, type, _events in buckets}
    by_kind: dict[str, list[_Event]] = {kind: [] for kind in (_TAB, _BROWSER, _PROGRAM, _PHONE, _ABSENT)}
    last = 0
    unlocks: set[int] = set()
    for id, type, events in buckets:
        for event in events:
            line += 1
            try:
                read = _event(line, id, type, event, _WEB not in types, context)
            except TrackerError as error:
                yield RejectedRow(line, str(error))
                continue
            last = max(last, read.end)
            if read.kind == _UNLOCK:
                unlocks.add(read.start // _MICROSECONDS)
            if read.start < read.end and read.kind in by_kind:
                by_kind[read.kind].append(read)
            if not read.channel or read.start >= read.end:
                yield IgnoredRows(1, read.name if read.kind == _TAB and read.start < read.end else None)
    absent = _union(by_kind[_ABSENT])
    elsewhere = _union(by_kind[_PROGRAM]) if by_kind[_BROWSER] else []
    tabs = list(_without(by_kind[_TAB], union([*absent, *elsewhere])))
    in_tabs = union([*absent, *(part for _event, parts in tabs for part in parts)])
    windows = _without([*by_kind[_BROWSER], *by_kind[_PROGRAM]], in_tabs)
    settled = last - _UNSETTLED if _AFK in types else last
    records: list[ImportedRecord] = []
    for event, parts in (*tabs, *windows, *_without(by_kind[_PHONE], [])):
        for row in _records(event, parts, settled) if event.channel else ():
            if isinstance(row, ImportedRecord):
                records.append(row)
            yield row
    dark = sorted(unlocks.union(start // _MICROSECONDS for start, _end in absent))
    yield ReadResult([], 0, [], screen_off=parting(dark, records))


def _without(events: list[_Event], taken: list[Interval]) -> Iterator[tuple[_Event, list[Interval]]]:
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


def _union(events: list[_Event]) -> list[Interval]:
    return union((event.start, event.end) for event in events)


def _event(line: int, bucket: str, type: str, event: Any, titles_count: bool, context: ReadContext) -> _Event:
    """An event of the export. Raises TrackerError for one that cannot be."""
    try:
        moment = datetime.fromisoformat(event["timestamp"])
        start = round(moment.timestamp() * _MICROSECONDS) if moment.tzinfo else -1
        end = start + round(event["duration"] * _MICROSECONDS)
        kind, name, channel = _subject(type, event["data"], titles_count, context)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        raise TrackerError(_("the event has no time, or is about nothing")) from None
    if not FIRST_INSTANT <= start // _MICROSECONDS < LAST_INSTANT or end < start:
        raise TrackerError(_("the event has no time, or is about nothing"))
    if start // _MICROSECONDS > context.now:
        raise TrackerError(in_the_future())
    if end - start > LONGEST_SESSION * _MICROSECONDS and channel:
        raise TrackerError(_("a session cannot last more than a week"))
    end = min(end, context.now * _MICROSECONDS)
    return _Event(line, start, end, kind, name, channel, record_key(start, hash_text(f"{bucket}\n{name}")))


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


def _records(event: _Event, parts: list[Interval], settled: int) -> Iterator[Row]:
    """Yield the records of an event, of which these parts count."""
    seconds = [(start, start // _MICROSECONDS, end // _MICROSECONDS, end) for start, end in parts]
    seconds = [part for part in seconds if part[1] < part[2]]
    if not seconds or seconds[0][0] != event.start:
        # It may have been read before it was known that nobody was there.
        yield ReadResult([], 0, [], not_records=frozenset((event.key,)))
    if not seconds:
        yield IgnoredRows()
    for number, (moment, start, end, exact_end) in enumerate(seconds):
        key = event.key if moment == event.start else record_key(moment, event.key)
        estimated = NOTHING_FOLLOWED if event.kind != _PHONE and exact_end > settled else MEASURED
        yield ImportedRecord(event.channel or "", start, end, key, estimated, additional=number > 0)
