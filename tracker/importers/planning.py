"""What an import will write: the facts of a reading against those known before and against the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import Session, TrackerError
from tracker.domain.text import same_name
from tracker.importers import SOURCES, Source, family, merge
from tracker.importers.fact import IN_FRONT, NOTHING_FOLLOWED, Details, Fact, Reading
from tracker.importers.merge import Changes, Difference, Mending
from tracker.importers.passing import pass_on
from tracker.locale import _
from tracker.storage import Journal, imported_facts, notifications, session_table
from tracker.storage.imported_facts import Known
from tracker.storage.overlaps import has_words, is_nominal
from tracker.storage.person_names import known_as
from tracker.storage.time_intervals import Interval, MeasuredInterval, is_covered, subtract, union

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

_Taken = dict[str, list[Interval]]


class Plan(NamedTuple):
    """Sessions to add, change and delete; facts to remember; how many of the rows read are new, and how many of the
    facts known before have become completer; how many sessions that were read wrongly before are mended, and how many
    are left because a person has changed them; the notifications that were read wrongly."""

    added: list[Session]
    changed: list[Session]
    deleted: list[int]
    facts: list[tuple[int, str, int, int, int]]
    new: int
    completed: int
    mended: int = 0
    left: int = 0
    misplaced: tuple[tuple[str, int], ...] = ()


def made(journal: Journal, origin: Source, reading: Reading, zone: str) -> Plan:
    """The plan for a reading; sessions of a measured source are given `zone`. Writes nothing."""
    known = imported_facts.known(journal, origin.family)
    if origin.recorded:
        return _recorded(journal, origin, reading.facts, known)
    return _measured(journal, origin, reading, reading.facts, known, zone)


def _recorded(journal: Journal, origin: Source, found: Sequence[Fact], known: dict[int, Known]) -> Plan:
    """Every new fact is a session as it stands, less what was recorded here; measured time gives way to it.

    One that is told of a session which is here already, as after an export, is that session.
    """
    fresh = {fact.key: fact for fact in found if fact.key not in known}
    remembered = sorted((key, fact.channel, fact.start, fact.end, fact.estimated) for key, fact in fresh.items())
    here = (
        imported_facts.places(journal, *_reach((fact.start, fact.end) for fact in fresh.values())) if fresh else set()
    )
    fresh = {key: fact for key, fact in fresh.items() if (fact.channel, fact.start, fact.end) not in here}
    _refuse_running(journal, fresh.values())
    taken = _taken(journal, origin, [(fact.start, fact.end) for fact in fresh.values()])
    changes = Changes([], [], [])
    nothing_left = 0
    spelled = _spelled(journal, fresh.values())
    for fact in fresh.values():
        parts = subtract([(fact.start, fact.end, fact.estimated)], taken.get(fact.channel, ()))
        nothing_left += not parts
        changes.added.extend(_session(fact, origin.name, *part, spelled) for part in parts)
    covers = _give_way(journal, changes)
    _absorb(journal, changes, covers)
    return Plan(*changes, remembered, len(fresh) - nothing_left, 0)


def _refuse_running(journal: Journal, found: Iterable[Fact]) -> None:
    """Raise TrackerError where time to import meets what runs: whose it is cannot be known before that ends."""
    session = session_table.running(journal)
    if session and any(fact.channel == session.channel and fact.end > session.start for fact in found):
        raise TrackerError(
            _("{channel} is running and this file has time of it since; `tracker stop` first").format(
                channel=session.channel
            )
        )


def _spelled(journal: Journal, found: Iterable[Fact]) -> dict[str, str | None]:
    """How the people of facts are known, by the names that the source has for them: as their first fact has it."""
    said = ((fact.start, fact.details.person) for fact in found if fact.details and fact.details.person)
    spelled: dict[str, str | None] = {}
    first: dict[str, str | None] = {}
    for name in (name for _start, name in sorted(said)):
        if name not in spelled:
            who = same_name(name)
            if who not in first:
                first[who] = known_as(journal, name)
            spelled[name] = first[who]
    return spelled


def _session(
    fact: Fact, source: str, start: int, end: int, estimated: int, spelled: Mapping[str, str | None]
) -> Session:
    details = fact.details or Details("UTC")
    zone, *kept = details._replace(person=spelled[details.person]) if details.person else details
    return Session._make((0, fact.channel, start, end, zone, *kept, source, bool(estimated)))


def _give_way(journal: Journal, changes: Changes) -> list[Session]:
    """Note what becomes of the measured sessions where time of their channels is recorded now; returns those of them
    that are gone and of which a person had said something."""
    spans: dict[str, list[Interval]] = {}
    for session in changes.added:
        spans.setdefault(session.channel, []).append((session.start, session.end or session.start))
    if not spans:
        return []
    measured = tuple(source.name for source in SOURCES.values() if not source.recorded)
    reach = _reach(span for list in spans.values() for span in list)
    said = {}
    for channel, there in imported_facts.imported(journal, measured, *reach).items():
        if channel in spans:
            merge.give_way(there, union(spans[channel]), changes)
            said.update({session.id: session for session in there if has_words(session)})
    return [said[id] for id in changes.deleted if id in said]


def _absorb(journal: Journal, changes: Changes, gone: Iterable[Session] = ()) -> None:
    """Note which checks were looks at what is imported now, and pass on what was said of them, and of what is `gone`.

    A check says that its channel was looked at, and a machine that measured the look says how long it took.
    """
    written = [(session.start, session.end or session.start) for session in (*changes.added, *changes.changed)]
    if not written:
        return
    checks = imported_facts.imported(journal, ("check",), *_reach(written))
    looks = [check for of_channel in checks.values() for check in of_channel if is_nominal(check)]
    changes.deleted.extend(check.id for check in pass_on(looks, changes))
    pass_on(gone, changes)


def _measured(
    journal: Journal, origin: Source, reading: Reading, found: Sequence[Fact], known: dict[int, Known], zone: str
) -> Plan:
    """Sessions become what the new facts and all those known before come to together."""
    gone, again, misplaced = _misread(journal, reading, known)
    latest = _latest(found, known, origin.doubted)
    if not latest and not gone:
        return Plan([], [], [], [], 0, 0, misplaced=misplaced)
    fresh = {key for key in latest if key not in known} if known else latest.keys()
    mending = Mending(_wrong(latest, known, gone, origin.doubted), [], [])
    differing = _differences(latest, known, gone)
    reach = [span[:2] for each in differing.values() for span in (*each.left, *each.come)]
    taken = _taken(journal, origin, reach)
    existing = imported_facts.imported(journal, family(origin), *_reach(reach)) if reach else {}
    spans = _by_channel((latest[key] for key in fresh) if taken or existing else ())
    changes = Changes([], [], [])
    for channel, difference in differing.items():
        like = Session(0, channel, 0, 0, zone, source=origin.name)
        of_channel = existing.get(channel, ()), taken.get(channel, ())
        merge.settle(difference, spans.get(channel, ()), *of_channel, like, changes, mending)
    _absorb(journal, changes)
    hidden = {key for key in fresh if is_covered(*latest[key][1:3], taken.get(latest[key][0], ()))} if taken else set()
    fresh = fresh - hidden - again if hidden or again else fresh
    new = sum(fact.key in fresh and not fact.further for fact in found)
    remembered = [(key, *fact) for key, fact in latest.items()]
    remembered += [(key, known[key][0], known[key][1], known[key][1], imported_facts.GONE) for key in gone]
    completed = sum(key in known and not _is_mended(known[key], latest[key], origin.doubted) for key in latest)
    return Plan(
        *changes, sorted(remembered), new, completed, len(set(mending.mended)), len(set(mending.left)), misplaced
    )


def _misread(
    journal: Journal, reading: Reading, known: dict[int, Known]
) -> tuple[set[int], set[int], tuple[tuple[str, int], ...]]:
    """The keys known that earlier versions took for facts by mistake, those of the facts read in their place, and the
    notifications that were read wrongly."""
    # Another copy of the history may have seen it in front.
    gone = {key for key in reading.never if key in known and known[key][3] != IN_FRONT}
    # What lay in the future then and does now; a clock that was set back makes no mistake of what happened.
    last = imported_facts.last_used(journal) if reading.ahead or reading.misplaced else 0
    gone.update(key for key in reading.ahead if key in known and known[key][1] > last)
    before = {new: old for new, old in reading.formerly.items() if old in known}
    if reading.by_chance and 2 * len(before) < len(reading.formerly):
        before = {}
    misplaced = reading.misplaced
    if not before:
        misplaced = tuple((channel, at) for channel, at in misplaced if at > last)
    # Where another row tells of the same moment rightly, nothing is wrong.
    misplaced = tuple({*misplaced}.difference(reading.notifications)) if misplaced else ()
    return gone.union(before.values()), set(before), tuple(notifications.known(journal, misplaced))


def _is_mended(before: Known, after: Known, doubted: Collection[int]) -> bool:
    """Whether a fact that was read before is now read rightly, rather than completed by its source."""
    return before[3] in doubted or after[3] < before[3] < NOTHING_FOLLOWED


def _wrong(
    latest: dict[int, Known], known: dict[int, Known], gone: Collection[int], doubted: Collection[int]
) -> dict[str, list[Interval]]:
    """The time of the facts that were read wrongly before, by channel."""
    wrong: dict[str, list[Interval]] = {}
    if known:
        mended = (key for key, fact in latest.items() if key in known and _is_mended(known[key], fact, doubted))
        for key in (*gone, *mended):
            channel, start, end, _how = known[key]
            wrong.setdefault(channel, []).append((start, end))
    return wrong


def _latest(found: Sequence[Fact], known: dict[int, Known], doubted: Collection[int]) -> dict[int, Known]:
    """The facts that are new, surer than they were or, known by a length that is `doubted`, otherwise than they were;
    by key."""
    latest: dict[int, Known] = {}
    for channel, start, end, key, estimated, _details, _further in found:
        fact = (channel, start, end, estimated)
        if key not in known:
            before = latest.setdefault(key, fact)
        elif key in latest:
            before = latest[key]
        else:
            before = known[key]
            if before[3] in doubted:
                if before[1:3] != fact[1:3] or estimated > 0:
                    latest[key] = (before[0], *fact[1:])
                continue
        if before != fact:
            surer = merge.surer(before[1:], fact[1:])
            if surer != before[1:] and (surer[:2] != before[1:3] or surer[2] > 0 or before[3] > 0):
                # Whose it is was settled when it was first read, though domains and apps may have changed hands since.
                latest[key] = (before[0], *surer)
    return latest


def _differences(latest: dict[int, Known], known: dict[int, Known], gone: Collection[int]) -> dict[str, Difference]:
    after = _by_channel(latest.values())
    for key in gone:
        after.setdefault(known[key][0], [])
    before = _by_channel(fact for fact in known.values() if fact[0] in after)
    stays = (fact for key, fact in known.items() if key not in latest and key not in gone)
    for channel, spans in _by_channel(stays).items():
        if channel in after:
            after[channel] += spans
    return {channel: merge.difference(before.get(channel, ()), after[channel]) for channel in after}


def _by_channel(found: Iterable[Known]) -> dict[str, list[MeasuredInterval]]:
    spans: dict[str, list[MeasuredInterval]] = {}
    for channel, start, end, estimated in found:
        if channel in spans:
            spans[channel].append((start, end, estimated))
        else:
            spans[channel] = [(start, end, estimated)]
    return spans


def _taken(journal: Journal, origin: Source, spans: Sequence[Interval]) -> _Taken:
    """The time recorded by hand where anything is to change, by channel."""
    if not spans:
        return {}
    recorded = imported_facts.recorded(journal, *_reach(spans), but=origin.name)
    return {channel: time for channel, found in recorded.items() if (time := union(found))}


def _reach(spans: Iterable[Interval]) -> Interval:
    """From the first start to the last end."""
    starts, ends = zip(*spans, strict=True)
    return min(starts), max(ends)
