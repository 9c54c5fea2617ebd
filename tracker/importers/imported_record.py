"""What an import is asked for; what every source is given, such as the channels by the names that sources use; and what
it reads: records of time on channels, and the rows that are none.

A host belongs to a channel if it is one of the channel's domains or below one: `www.linkedin.com` is LinkedIn;
`notlinkedin.com` and `linkedin.com.evil.example` are not.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.domain.default_channels import NOT_OF_CHANNELS
from tracker.domain.errors import TrackerError
from tracker.domain.models import LONGEST_SESSION, Habit, Tick
from tracker.domain.record import Record
from tracker.importers.csv_table import ColumnNames
from tracker.locale import _
from tracker.storage.imported_facts import MEASURED

if TYPE_CHECKING:
    from tracker.domain.models import Kind, Session


#: Characters with a meaning on the command line or in a line of the log, which the name of a channel may not contain;
#: and those with which it may not begin or end.
_NOT_IN_NAMES = str.maketrans("@=/", "---", '"“”«»')
_NOT_AT_ENDS = ",;.!?()[]"

AUTHORITY = re.compile(r"https?://([^/?#\\]*)", re.IGNORECASE)


class ChannelMatcher:
    """Finds channels by the user's domains, apps, names and aliases; caches the answers for web addresses.

    `channels` are the names of all of them.
    """

    def __init__(self, channels: Iterable[tuple[str, str]], matches: Iterable[tuple[str, str, str]]) -> None:
        """`channels` are (name, title); `matches` are (channel, `domain` or `app` or `alias`, text)."""
        by_kind: dict[str, dict[str, str]] = {"domain": {}, "app": {}, "alias": {}}
        for channel, kind, text in matches:
            by_kind[kind][_to_ascii(text) or text if kind == "domain" else text.casefold()] = channel
        self._domains, self._apps = by_kind["domain"], by_kind["app"]
        names = list(channels)
        self.channels = frozenset(name for name, _title in names)
        self._words = {title.casefold(): name for name, title in names}
        self._words |= by_kind["alias"] | {name: name for name, _title in names}
        self._by_authority: dict[str, str | None] = {}

    def by_app(self, name: str) -> str | None:
        """The channel of an app, by its name on the phone or its Android package, in upper or lower case."""
        return self._apps.get(" ".join(name.split()).casefold())

    def by_url(self, url: str) -> str | None:
        """The channel of a web address (http or https)."""
        match = AUTHORITY.match(url)
        return self.by_authority(match[1]) if match else None

    def by_authority(self, authority: str) -> str | None:
        """The channel of the part of a web address that names the host."""
        if authority not in self._by_authority:
            self._by_authority[authority] = self.by_host(_host_in(authority))
        return self._by_authority[authority]

    def by_host(self, host: str) -> str | None:
        """The channel of a host name; of several domains that it is below, the longest decides. None for a host of
        NOT_OF_CHANNELS that the user has given to no channel."""
        name = _to_ascii(host.removesuffix("."))
        while name:
            if name in self._domains or name in NOT_OF_CHANNELS:
                return self._domains.get(name)
            name = name.partition(".")[2]
        return None

    def by_word(self, word: str) -> str | None:
        """The channel that a person means by a word: its name, alias or title, the name of an app, or a domain."""
        plain = " ".join(word.split()).casefold()
        return self._words.get(plain) or self._apps.get(plain) or (self.by_host(plain) if "." in plain else None)


def new_channel_name(word: str) -> str:
    """The name of the channel that is made for a word which names none: `design-ana` for `"Design Ana".`."""
    name = "-".join(word.lower().split())
    return name.translate(_NOT_IN_NAMES).strip(_NOT_AT_ENDS) or name


def host_of(url: str) -> str:
    """The host of a web address, without `www.`; empty for what is no web address."""
    match = AUTHORITY.match(url)
    return plain_host(match[1]) if match else ""


def plain_host(authority: str) -> str:
    """The host in `user:password@www.host:443`, without `www.`."""
    return _host_in(authority).lower().removeprefix("www.")


def _host_in(authority: str) -> str:
    """`host` of `user:password@host:443`."""
    return authority.rpartition("@")[2].partition(":")[0]


def _to_ascii(host: str) -> str:
    """The host in lower case and in ASCII (IDNA), as domains are registered; empty for what is no host name."""
    try:
        name = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        return ""
    return "" if name.startswith(".") or ".." in name else name.lower()


_BITS = (1 << 64) - 1

#: Odd, and close to 2**64 divided by the golden ratio: spreads neighbouring instants over all 64 bits.
_SPREAD = 0x9E3779B97F4A7C15

#: The longest time, in seconds, until the next row that counts for a row whose length is not known.
UNTIMED_LASTS = 300

#: UTC seconds of 1970 and 2100: an instant outside is no date that anybody logged.
FIRST_INSTANT, LAST_INSTANT = 0, 4_102_444_800

#: The orders in which the numbers of a date are written.
DATE_ORDERS = ("D/M/Y", "M/D/Y", "Y/M/D")


class RecordDetails(NamedTuple):
    """What a person wrote about a record; only formats that people write have it."""

    zone: str
    activity: str | None = None
    planned_seconds: int | None = None
    intention: str | None = None
    trigger: str | None = None
    person: str | None = None
    ring: str | None = None
    note: str | None = None
    override: str | None = None
    overrun: str | None = None

    def to_json(self) -> str:
        """The details as a text."""
        return json.dumps(self)

    @classmethod
    def from_json(cls, text: str | None) -> RecordDetails:
        """The details that `to_json` wrote; those of a record without any where there is no text."""
        return cls(*json.loads(text)) if text else cls("UTC")


class ImportedRecord(NamedTuple):
    """One row of a source: an interval on a channel, in UTC seconds. Stored in the table `imported_fact`.

    `key` (64 bits) identifies the record in its format, whatever file it is read from. It is made of what never
    changes about the row; not of its end, which browsers write later. `estimated` is one of IN_FRONT, MEASURED,
    UNTIL_NEXT, NOTHING_FOLLOWED. `additional` marks a second record of the same row: a row is counted once.
    """

    channel: str
    start: int
    end: int
    key: int
    estimated: int = MEASURED
    details: RecordDetails | None = None
    additional: bool = False


class RejectedRow(NamedTuple):
    """A row that could not be used: its line (or row id) in the source, and the reason."""

    line: int
    reason: str


def in_the_future() -> str:
    """The reason for a row that is well-formed and has not happened yet."""
    return _("that time is in the future")


def refuse_impossible(start: int, end: int | None, now: int) -> None:
    """Raise TrackerError for a session that ends before it starts (None: it still runs), lasts too long, or has not
    happened yet. That is said last: only such a session can be imported later."""
    if end is not None and end < start:
        raise TrackerError(_("a session cannot end before it starts"))
    if end is not None and end - start > LONGEST_SESSION:
        raise TrackerError(_("a session cannot last more than a week"))
    if max(start, end or 0) > now:
        raise TrackerError(in_the_future())


class IgnoredRows(NamedTuple):
    """So many rows that are no records: of the app or host `name` that belongs to no channel, or for another reason."""

    rows: int = 1
    name: str | None = None


class NewChannel(Record):
    """A channel that the following records need. It is made if it does not exist and gets a session."""

    name: str
    title: str
    kind: Kind


class ReadResult(Record):
    """What was read from a source, or from a part of it: each row is a record, is ignored, or is rejected.

    `new_channels` are channels that the records need and that do not exist yet: name to (title, kind).
    `notifications` are (channel, UTC seconds); their rows count as ignored, because they make no session.
    `unknown_names` are the apps or hosts in ignored rows that belong to no channel, with their numbers of rows; what
    was never in front is not among them.

    The other fields repair what earlier versions of the program read wrongly. `not_records` are keys of rows that are
    no records, and `future` keys of rows that lie in the future. `previous_keys` gives the key under which a record
    was read before, by its key of today. `previous_keys_may_collide` says that such a key can also be the right key of
    another record; then they count only where most of them are known. `misread_notifications` are notifications at
    the times at which they were read before, and those in the future.

    `guessed_date_order` is one of DATE_ORDERS where only the style of the dates decided which. `habits` are habits that
    the source keeps, and `ticks` their answers day by day, each a row; they are not imported over what is here.

    `uses` are the uses of a device whose screen is known, in UTC seconds: from the start of the first record in each to
    when the screen went dark or was locked. `devices` are the devices with a record, by the hash of the device's id
    (`device_key`): the first and the last instant at which anything was read of each, in UTC seconds.
    """

    records: Sequence[ImportedRecord] = ()
    ignored: int = 0
    rejected: Sequence[RejectedRow] = ()
    new_channels: Mapping[str, tuple[str, Kind]] = {}
    notifications: tuple[tuple[str, int], ...] = ()
    unknown_names: Mapping[str, int] = {}
    not_records: frozenset[int] = frozenset()
    future: frozenset[int] = frozenset()
    previous_keys: Mapping[int, int] = {}
    previous_keys_may_collide: bool = False
    misread_notifications: tuple[tuple[str, int], ...] = ()
    guessed_date_order: str | None = None
    habits: tuple[Habit, ...] = ()
    ticks: tuple[Tick, ...] = ()
    uses: tuple[tuple[int, int], ...] = ()
    devices: Mapping[int, tuple[int, int]] = {}


#: What a source yields. A ReadResult stands for many rows: a source that must see a whole file first yields one.
Row = ImportedRecord | IgnoredRows | RejectedRow | NewChannel | Habit | Tick | ReadResult

#: The field of a ReadResult for rows of each kind, and what holds the many values of a field when all are together.
_FIELDS = {ImportedRecord: "records", RejectedRow: "rejected", Habit: "habits", Tick: "ticks"}
_HOLDERS: Mapping[str, Callable[[list[Any]], Any]] = {
    **dict.fromkeys(("records", "rejected"), list),
    **dict.fromkeys(("notifications", "misread_notifications", "habits", "ticks", "uses"), tuple),
    **dict.fromkeys(("not_records", "future"), frozenset),
}


def collect(rows: Iterable[Row]) -> ReadResult:
    """All rows of a source together."""
    values: dict[str, list[Any]] = {field: [] for field in _HOLDERS}
    new_channels: dict[str, tuple[str, Kind]] = {}
    unknown_names: Counter[str] = Counter()
    previous_keys: dict[int, int] = {}
    devices: dict[int, tuple[int, int]] = {}
    ignored, may_collide, date_order = 0, False, None
    for row in rows:
        if isinstance(row, ReadResult):
            for field, collected in values.items():
                collected += getattr(row, field)
            new_channels = {**row.new_channels, **new_channels}
            unknown_names.update(row.unknown_names)
            previous_keys.update(row.previous_keys)
            for device, (first, last) in row.devices.items():
                known_first, known_last = devices.get(device, (first, last))
                devices[device] = min(first, known_first), max(last, known_last)
            ignored += row.ignored
            may_collide = may_collide or row.previous_keys_may_collide
            date_order = date_order or row.guessed_date_order
        elif isinstance(row, IgnoredRows):
            ignored += row.rows
            if row.name:
                unknown_names[row.name] += row.rows
        elif isinstance(row, NewChannel):
            new_channels.setdefault(row.name, (row.title, row.kind))  # the first of a name counts
        else:
            values[_FIELDS[type(row)]].append(row)
    return ReadResult(
        ignored=ignored,
        new_channels=new_channels,
        unknown_names=unknown_names,
        previous_keys=previous_keys,
        previous_keys_may_collide=may_collide,
        guessed_date_order=date_order,
        devices=devices,
        **{field: _HOLDERS[field](collected) for field, collected in values.items()},
    )


class ImportOptions(Record):
    """How files are read and written.

    Wall times are those of `zone`, and the numbers of a date are in the order `date_order` (one of DATE_ORDERS) if it
    is given. `now` is in UTC seconds. `columns` are names of columns in a CSV file, by ours. A dry run reports the same
    and writes nothing. `report_progress` is told the progress, from 0 to 1, and `on_added` is given the added sessions,
    some at a time.

    `entry` is for imports of what is new, the entry of the setting `sources`: what the user has undone is not imported
    again, nor what begins before `oldest`; and where nothing is new, nothing is written. What is before `since` may be
    left out by who reads the files (both in UTC seconds). Where the user did not ask for it at this moment
    (`is_own_step` is false), the step is one of that entry and not of the user's.
    """

    zone: str
    now: int
    date_order: str | None = None
    columns: Mapping[str, str] | None = None
    dry_run: bool = False
    entry: str | None = None
    is_own_step: bool = False
    since: int = 0
    oldest: int = 0
    report_progress: Callable[[float], None] = lambda _fraction: None
    on_added: Callable[[Sequence[Session]], None] = lambda _sessions: None

    @property
    def step_source(self) -> str | None:
        """Whose step of undo the import is: of an entry of `sources`, or (None) the user's own."""
        return None if self.is_own_step else self.entry


class ReadContext(Record):
    """What a source needs to read a file.

    The zone of times without one, the present instant, the channel matcher, the names of the known activities, a
    function that is told the progress (0 to 1), the order of the numbers in dates (one of DATE_ORDERS) if the user gave
    it, the names of columns, and the instant before which rows may be left out (UTC seconds; 0 for none).
    """

    zone: str
    now: int
    matcher: ChannelMatcher
    activities: frozenset[str]
    report_progress: Callable[[float], None]
    date_order: str | None = None
    columns: ColumnNames | None = None
    since: int = 0


def hash_text(text: str) -> int:
    """A hash of 64 bits, the same on every machine and in every run."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def device_key(source: str, device: str) -> int:
    """The hash of a device's id, which itself is not kept: of one source and device the same in every file."""
    return record_key(0, hash_text(f"{source}\n{device}"))


def record_key(instant: int, text_hash: int) -> int:
    """The key of an event at `instant` (in any unit) of the thing with this hash; signed, as SQLite stores integers.

    One multiplication mixes them, not a hash of both: 100,000 visits share a few thousand addresses.
    """
    mixed = (text_hash ^ (instant * _SPREAD)) & _BITS
    return mixed - (1 << 64) if mixed >> 63 else mixed
