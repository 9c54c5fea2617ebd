"""The whole database as JSON: everything that a person recorded, with the channels and activities.

The keys are those of the commands with `--json`: durations are integer seconds, instants ISO 8601 with offset, money a
decimal string beside a currency code. As JSON Lines, every record is on a line of its own, with its kind as `type`: for
`jq`, `grep` and programs that stream.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from tracker import __version__
from tracker.domain.errors import TrackerError
from tracker.domain.models import Review
from tracker.domain.text import as_json
from tracker.exporters import DayRange
from tracker.formatting.serialize import OUTCOME, SPEND, URGE, instant, row, session_row
from tracker.storage import Database, channels, day_records, habits, imported_facts, outcomes, person_names, reviews

_Row = dict[str, Any]


def write(database: Database, days: DayRange, file: TextIO) -> int:
    """Write what those days and their weeks have, one record a line; returns the number of sessions."""
    session_count = 0
    file.write(f'{{\n  "tracker": {as_json(__version__)}')
    for name, rows in lists(database, days):
        file.write(f',\n  "{name}": [')
        count = 0
        for count, values in enumerate(rows, 1):
            file.write((",\n    " if count > 1 else "\n    ") + as_json(values))
        file.write("\n  ]" if count else "]")
        if name == "sessions":
            session_count = count
    file.write("\n}\n")
    return session_count


def lists(database: Database, days: DayRange) -> Iterator[tuple[str, Iterable[_Row]]]:
    """Each list of the export: its name, and its rows, of those days and their weeks."""
    since, until = days.bounds(database)
    matches: dict[str, dict[str, list[str]]] = {}
    for channel, kind, text in channels.matches(database):
        matches.setdefault(channel, {"domain": [], "app": [], "alias": []})[kind].append(text)
    yield "channels", (_channel(channel, matches.get(channel.name, {})) for channel in channels.channels(database))
    yield "activities", map(_fields, channels.activities(database))
    yield "sessions", map(session_row, days.sessions(database))

    def in_days(records: Iterable[Any]) -> Iterator[Any]:
        return (record for record in records if days.overlaps(record.zone, record.at, record.at))

    yield "urges", (row(urge, f"{URGE} zone") for urge in in_days(day_records.urges_in_span(database, since, until)))
    brought = in_days(outcomes.in_span(database, since, until))
    yield "outcomes", (row(outcome, f"{OUTCOME} zone") for outcome in brought)
    notified = imported_facts.notifications_in_span(database, since, until)
    notified = [(channel, at, zone) for channel, at, zone in notified if days.overlaps(zone, at, at)]
    yield "notifications", ({"channel": name, "at": instant(at, zone), "zone": zone} for name, at, zone in notified)
    yield "days", (note._asdict() for note in day_records.notes_in_span(database, *days.dates))
    pauses = day_records.pauses_in_span(database, since, until)
    pauses = [pause for pause in pauses if days.overlaps(pause.zone, pause.start, pause.ended or pause.end)]
    yield "pauses", (row(pause, "id start end ended zone") for pause in pauses)
    yield "people", ({"name": name, "met": met, "met_ring": ring} for name, met, ring in person_names.said(database))
    yield "habits", map(_fields, habits.habits(database))
    yield "habit_days", (tick._asdict() for tick in habits.ticks(database, *days.dates))
    spent = in_days(outcomes.spends_in_span(database, since, until))
    yield "spends", (row(amount, f"{SPEND} zone") for amount in spent)
    first, last = days.dates
    marks = [mark for mark in reviews.every_mark(database) if mark.since <= last]
    yield "pattern_marks", (_fields(mark) for mark in marks if mark.until is None or mark.until > first)
    for name, records in (
        ("estimates", reviews.every_estimate(database)),
        ("commitments", reviews.every_commitment(database)),
        ("verdicts", reviews.every_verdict(database)),
    ):
        yield name, [_fields(record) for record in records if days.overlaps_week(record.week)]
    written = [review for review in reversed(reviews.listed(database)) if days.overlaps_week(review.week)]
    yield "reviews", map(review_row, written)
    yield "imported", _imported(database, since, until)


def _imported(database: Database, since: int, until: int) -> Iterator[_Row]:
    """What imports have read between two instants; without a channel, from when to when a device was used, and when
    each device was first seen."""
    formats = imported_facts.formats(database)
    for source, known in imported_facts.screens(database, formats, since, until).items():
        used = [(imported_facts.use_key(source, start), "", start, end, 0) for start, end in known.uses]
        read = imported_facts.by_key(database, source)
        facts = [(source, *fact) for fact in sorted([*used, *read]) if fact[2] < until and fact[3] >= since]
        # A device that was there before this time is still the same device.
        seen = sorted((key, "", at, last, 0) for key, (at, last) in known.devices.items() if at < until)
        facts += [(imported_facts.device_format(source), *fact) for fact in seen]
        for format, key, channel, start, end, estimated in facts:
            yield {
                "format": format,
                "key": str(key),  # more digits than numbers of JavaScript have
                "channel": channel,
                "start": instant(start, "UTC"),
                "end": instant(end, "UTC"),
                "estimated": estimated,
            }


def _fields(record: Any) -> _Row:
    """The fields but the id, which means nothing outside the database."""
    fields = {name: value for name, value in record._asdict().items() if name != "id"}
    return fields | {"at": instant(fields["at"], "UTC")} if "at" in fields else fields


def _channel(channel: Any, matches: dict[str, list[str]]) -> _Row:
    lists = {key: matches.get(kind, []) for key, kind in (("domains", "domain"), ("apps", "app"), ("aliases", "alias"))}
    return _fields(channel) | lists


def review_row(review: Review) -> _Row:
    """A weekly review, with its figures and its page."""
    try:
        figures: Any = reviews.figures(review) if review.figures else None
    except TrackerError:  # another program has spoilt them
        figures = review.figures
    fields = row(review, "week revision begun written zone reviewed words")
    return fields | {"shown": instant(review.shown, review.zone), "figures": figures, "page": review.page}


#: What a row of a list is, where it is not called as the list without its `s`.
_TYPES = {"activities": "activity", "people": "person", "imported": "imported"}


def write_lines(database: Database, days: DayRange, file: TextIO) -> int:
    """Write the records of those days and their weeks; returns the number of sessions."""
    sessions = 0
    for name, rows in lists(database, days):
        for values in rows:
            file.write(as_json({"type": _TYPES.get(name, name[:-1])} | values) + "\n")
            sessions += name == "sessions"
    return sessions
