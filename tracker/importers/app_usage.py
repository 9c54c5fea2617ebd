"""Android's "App Usage" CSV export: what was in front on a phone, when and for how long, to the second.

An app's row gives its start and how long it was in front; a row for the screen going off inside that time ends it
(the app rounds its seconds up, the screen does not). Rows for the screen and for the phone itself are read and
ignored, and so are apps that are no channel of ours. A duration of zero is a true fact: a look.

The app writes these rows in the phone's language, so they are told by their shape. A row for a notification lasts no
time and names its app in brackets behind words: `Notification posted (YouTube)`. Those of channels of ours are kept,
beside the sessions: what was opened unasked cannot be told without them. What the screen's rows look like is said in
`dark`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from tracker.domain.models import LONGEST_SESSION, TrackerError
from tracker.files import file_access
from tracker.importers import dark
from tracker.importers.app_usage_dates import NEW_TO_OLD, ORDERS, Wall, direction, order
from tracker.importers.app_usage_rows import Row, decoded, lines
from tracker.importers.fact import IN_FRONT, MEASURED, Fact, Reader, Reading, Rejected, hashed, key_of
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tracker.importers.recognise import Recogniser

#: The app of a notification is in the outermost brackets: an app may have brackets in its name.
_NOTIFIED = re.compile(r"\s*([^(（\[]*[^(（\[\s])\s*[(（\[](.+)[)）\]]\s*")

#: Words of rows that are not an app's, on phones in English.
_ENGLISH = re.compile(r"screen o(n|ff)\b|notification posted|activity history|device (boot|shutdown)", re.IGNORECASE)


def read(path: str, reader: Reader) -> Reading:
    """The facts of one export. Raises TrackerError for a file that is no App Usage export at all."""
    found = lines(_text(path), path, reader.recogniser)
    rows, rejected = found.rows, found.rejected
    down = [row.date for row in rows]
    way, told = (reader.dates, True) if reader.dates else order(down, reader.now, _is_english(rows, found.english))
    wall = Wall(reader.zone, way)
    timed: list[tuple[int, Row]] = []
    ahead = []
    for row in rows if direction(rows, wall) is not NEW_TO_OLD else reversed(rows):
        start = wall.instant(row)
        if start is None:
            rejected.append(Rejected(row.line, _("there is no such date or time")))
        elif start > reader.now:
            rejected.append(Rejected(row.line, _("that time is still to come")))
            ahead.append((start, row))
        else:
            timed.append((start, row))
    notices = _notices(rows, reader.recogniser)
    asked = [(start, row) for start, row in timed if row.app in notices]
    off = dark.names(timed, reader.recogniser)
    facts = _facts(timed, {*notices, *off}, off, reader)
    keys = {fact.key for fact in facts}
    otherwise = list(_otherwise_dated(timed, way, wall, reader.zone))
    rejected.sort()
    return Reading(
        facts,
        len(timed) + found.footers - len(facts),
        rejected,
        {},
        tuple((notices[row.app], at) for at, row in asked),
        _strangers(rows, off, reader),
        never=frozenset(_key(at, row) for at, row in timed if row.app in notices or row.app in off),
        ahead=frozenset(_key(start, row) for start, row in ahead),
        formerly={_key(start, row): _key(at, row) for start, at, row in otherwise if _key(start, row) in keys},
        by_chance=True,
        misplaced=tuple((notices[row.app], at) for _start, at, row in otherwise if row.app in notices)
        + tuple((notices[row.app], at) for at, row in ahead if row.app in notices),
        dates=None if told else way,
    )


def _key(start: int, row: Row) -> int:
    return key_of(start, hashed(row.app.casefold()))


def _text(path: str) -> str:
    try:
        return decoded(file_access.read_bytes(path))
    except OSError as error:
        raise TrackerError(_("cannot read {path}: {reason}").format(path=path, reason=error.strerror)) from None


def _is_english(rows: Iterable[Row], header: bool) -> bool:
    """Whether the phone speaks English: by the rows that are no app's, else by the header."""
    others = {row.app for row in rows if "(" in row.app or "（" in row.app}
    return any(_ENGLISH.match(name) for name in others) if others else header


def _notices(rows: Iterable[Row], recogniser: Recogniser) -> dict[str, str]:
    """The rows' names that tell of notifications of a channel, with the channel."""
    lasting = {row.app for row in rows if row.lasts}
    found = {}
    for name in {row.app for row in rows} - lasting:
        shape = _NOTIFIED.fullmatch(name)
        channel = recogniser.app(shape[2]) if shape else None
        if shape and channel and not recogniser.app(shape[1]):
            found[name] = channel
    return found


def _strangers(rows: list[Row], off: Collection[str], reader: Reader) -> Counter[str]:
    """The apps that are no channel's, by the rows in which they were in front for a second or more."""
    screen = {dark.family(name) for name in off}
    counted = Counter(row.app for row in rows if row.lasts)
    return Counter(
        {
            app: n
            for app, n in counted.items()
            if not reader.recogniser.app(app) and app not in off and dark.family(app) not in screen
        }
    )


def _facts(timed: list[tuple[int, Row]], others: Collection[str], off: Collection[str], reader: Reader) -> list[Fact]:
    went_off = sorted(start for start, row in timed if row.app in off)
    facts = []
    for start, row in timed:
        channel = reader.recogniser.app(row.app) if row.app not in others else None
        if channel:
            # Nothing is in front for over a week; the journal holds no longer session.
            end = min(start + min(row.lasts, LONGEST_SESSION), reader.now)
            place = bisect_right(went_off, start)
            cut = place < len(went_off) and went_off[place] < end
            facts.append(
                Fact(channel, start, went_off[place], _key(start, row), IN_FRONT)
                if cut
                else Fact(channel, start, end, _key(start, row), MEASURED)
            )
    return facts


def _otherwise_dated(
    timed: Iterable[tuple[int, Row]], way: str, wall: Wall, zone: str
) -> Iterator[tuple[int, int, Row]]:
    """When each row began, when it would have where the file's dates are read in another order, and the row."""
    for other in (Wall(zone, each) for each in ORDERS if each != way):
        for start, row in timed:
            here, there = wall.day(row.date), other.day(row.date)
            if here and there and here[1] != there[1]:
                yield start, there[1] + row.second, row
