"""One import, from file to journal: all of it or nothing, and one step for undo."""

from __future__ import annotations

import gc
import os
from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import TrackerError
from tracker.domain.text import clean
from tracker.importers import SOURCES, Source, source
from tracker.importers.fact import Reader, Reading, Rejected
from tracker.importers.planning import Plan, made
from tracker.importers.recognise import Recogniser
from tracker.locale import _, ngettext
from tracker.storage import Journal, channels, imported_facts, notifications
from tracker.storage.undo_steps import say_also, undo_step

if TYPE_CHECKING:
    from collections.abc import Callable

#: How far along an import is once its file is read; the rest is comparing and writing.
_READ = 0.6
_COMPARED = 0.75

#: How many of the apps or hosts that are no channel's are named.
STRANGERS = 10

#: The orders that the numbers of a date are written in.
DATES = ("D/M/Y", "M/D/Y", "Y/M/D")

_start, _end = attrgetter("start"), attrgetter("end")


class ImportReport(NamedTuple):
    """What an import did, or would do. `read` is the sum of `added`, `already`, `ignored` and the rejected rows.

    `completed` of the `already` are facts whose end has become known since. `first` and `last` are where the facts
    begin and end, in UTC seconds. `made` names the channels that were new. `notifications` of the `ignored` rows tell
    of notifications that are kept now and were not before: no session comes of them.

    `mended` counts the records that an earlier version made of what it read wrongly and that are right now; the rows
    they come from are among `already`, `ignored` and the rejected ones. `left` of such records stay as they are because
    a person has changed them, or said something of them.
    """

    format: str
    path: str
    read: int
    added: int
    already: int
    ignored: int
    rejected: tuple[Rejected, ...]
    first: int | None
    last: int | None
    completed: int
    made: tuple[str, ...]
    dry_run: bool
    notifications: int = 0
    #: The zone that times without one were read in; None where the source's times need none.
    zone: str | None = None
    #: The apps or hosts without a channel that were ignored most, with how many rows each.
    strangers: tuple[tuple[str, int], ...] = ()
    mended: int = 0
    left: int = 0
    #: The order of the numbers in the source's dates, where only the way they are written told it.
    dates: str | None = None


class Available(NamedTuple):
    """A format that can be imported, and its files on this machine."""

    name: str
    title: str
    paths: tuple[str, ...]


def available() -> list[Available]:
    """Every import format, with what was found of it on this machine."""
    return [Available(each.name, _(each.title), tuple(each.find())) for each in SOURCES.values()]


def run(
    journal: Journal,
    format: str,
    path: str | None,
    *,
    zone: str,
    now: int,
    dates: str | None = None,
    dry_run: bool = False,
    progress: Callable[[float], None] | None = None,
) -> ImportReport:
    """Import `path`, or without one what is found on this machine; wall times are those of `zone`, and the numbers of a
    date are in the order `dates` (one of `DATES`) where it is given.

    `progress` is told how far the import is, from 0 to 1. A dry run reports the same and writes nothing. Raises
    TrackerError, with nothing written, for a format that is not known, a file that is none of that format, and when
    no file is found.
    """
    origin = source(format)
    paths = _paths(origin, path)
    # Hundreds of thousands of small values come and none of them goes: looking for garbage would take half the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        return _run(journal, origin, paths, zone, now, dates, dry_run, progress or _nobody)
    finally:
        if collects:
            gc.enable()


def _run(
    journal: Journal,
    origin: Source,
    paths: list[str],
    zone: str,
    now: int,
    dates: str | None,
    dry_run: bool,
    tell: Callable[[float], None],
) -> ImportReport:
    words = _vocabulary(journal)
    reading = _read(journal, origin, paths, zone, now, dates, tell)
    if dry_run:
        plan = made(journal, origin, reading, zone)
        asked = notifications.unknown(journal, reading.notifications)
    else:
        with undo_step(journal, _("imported {files}").format(files=_naming(origin, paths)), now) as action:
            if _vocabulary(journal) != words:
                raise TrackerError(
                    _("another program changed channels or activities meanwhile; nothing was imported: import again")
                )
            plan = made(journal, origin, reading, zone)
            tell(_COMPARED)
            _write(journal, origin, reading, plan, action, tell)
            notifications.delete(journal, plan.misplaced)
            asked = notifications.unknown(journal, reading.notifications)
            notifications.insert(journal, asked, zone)
            say_also(journal, say_mended(plan.mended + len(plan.misplaced)))
    tell(1.0)
    return _report(origin, paths, reading, plan, dry_run)._replace(
        notifications=len(asked),
        zone=zone if origin.wall else None,
        dates=reading.dates,
        strangers=tuple(Counter(reading.strangers).most_common(STRANGERS)),
    )


def say_mended(n: int) -> str:
    """`3 records mended`; empty for none."""
    return ngettext("{n} record mended", "{n} records mended", n).format(n=n) if n else ""


def _vocabulary(journal: Journal) -> tuple[object, ...]:
    """What a source's words are read by: channels and activities by name, and what channels are recognised by."""
    names = [(channel.name, channel.title) for channel in channels.channels(journal)]
    return names, channels.matches(journal), {activity.name for activity in channels.activities(journal)}


def _nobody(fraction: float) -> None:
    """Whom progress is told when nobody asked."""


def _paths(origin: Source, path: str | None) -> list[str]:
    if path is not None:
        path = os.path.expanduser(path)
        if not os.path.exists(path):
            raise TrackerError(_("there is no file {path}").format(path=path))
        return origin.chosen(path)
    found = origin.find()
    if not found:
        raise TrackerError(
            _("no {format} history was found on this machine; say where: `tracker import {format} PATH`").format(
                format=origin.name
            )
        )
    return found


def _naming(origin: Source, paths: list[str]) -> str:
    names = ", ".join(dict.fromkeys(os.path.basename(path) for path in paths))
    return f"{origin.name} ({clean(names)})"


def _read(
    journal: Journal,
    origin: Source,
    paths: list[str],
    zone: str,
    now: int,
    dates: str | None,
    tell: Callable[[float], None],
) -> Reading:
    recogniser = Recogniser(
        [(channel.name, channel.title) for channel in channels.channels(journal)], channels.matches(journal)
    )
    activities = frozenset(activity.name for activity in channels.activities(journal))
    whole = Reading([], 0, [], {})
    for number, path in enumerate(paths):
        if os.path.isdir(path):
            raise TrackerError(_("cannot read {path}: it is a folder").format(path=path))

        def told(fraction: float, number: int = number) -> None:
            tell((number + fraction) / len(paths) * _READ)

        reading = origin.read(path, Reader(zone, now, recogniser, activities, told, dates))
        whole = Reading(
            whole.facts + reading.facts,
            whole.ignored + reading.ignored,
            whole.rejected + reading.rejected,
            whole.kinds | reading.kinds,
            whole.notifications + reading.notifications,
            Counter(whole.strangers) + Counter(reading.strangers),
            whole.never | reading.never,
            whole.ahead | reading.ahead,
            {**whole.formerly, **reading.formerly},
            reading.by_chance,
            whole.misplaced + reading.misplaced,
            reading.dates,
        )
    return whole


def _write(
    journal: Journal, origin: Source, reading: Reading, plan: Plan, action: int, tell: Callable[[float], None]
) -> None:
    for name in sorted(_made(plan, reading)):
        title, kind = reading.kinds[name]
        channels.insert(journal, name, title, kind)
    for zone in dict.fromkeys(session.zone for session in plan.added):
        journal.ensure_zone(zone)
    imported_facts.write(journal, plan.changed, plan.deleted)
    imported_facts.insert(
        journal, sorted(plan.added, key=_start), lambda done: tell(_COMPARED + (1 - _COMPARED) * done)
    )
    imported_facts.remember(journal, origin.family, action, plan.facts)


def _made(plan: Plan, reading: Reading) -> set[str]:
    """The channels that have to be made, or were: named by the user, and with a session to show for it."""
    return {session.channel for session in plan.added if session.channel in reading.kinds} if reading.kinds else set()


def _report(origin: Source, paths: list[str], reading: Reading, plan: Plan, dry_run: bool) -> ImportReport:
    found = reading.facts
    rows = sum(not fact.further for fact in found)
    return ImportReport(
        origin.name,
        ", ".join(paths),
        rows + reading.ignored + len(reading.rejected),
        plan.new,
        rows - plan.new,
        reading.ignored,
        tuple(reading.rejected),
        min(map(_start, found), default=None),
        max(map(_end, found), default=None),
        plan.completed,
        tuple(sorted(_made(plan, reading))),
        dry_run,
        mended=plan.mended + len(plan.misplaced),
        left=plan.left,
    )
