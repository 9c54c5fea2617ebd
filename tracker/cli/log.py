"""The log: writing sessions down after the fact, and changing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.days import day_of
from tracker.calendar.durations import parse_plan
from tracker.calendar.moments import parse_time
from tracker.cli.context import at_once
from tracker.cli.grammar import Argument, Command, Option, UsageError
from tracker.cli.session_lines import (
    ambiguous_times,
    counted_day,
    crossed_bridge,
    moved_outcome,
    session_line,
    side_effects,
)
from tracker.cli.timer import answer
from tracker.domain.models import TrackerError
from tracker.domain.text import one_line, quoted
from tracker.formatting.durations import format_duration
from tracker.formatting.text import join_phrases
from tracker.locale import N_, _, ngettext
from tracker.reports import presets
from tracker.storage import channels, effects, session_table, sessions
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable
    from typing import Any

    from tracker.calendar.session_line import Entry
    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.domain.models import Session
    from tracker.storage.effects import Effects


def log(context: Context, given: Given) -> None:
    """Write sessions down, each from a line of natural words, quoted or not: all of the lines, or none."""
    from tracker.cli.entries import given_lines

    lines = given_lines(given.all("WORDS"))
    if not lines:
        raise UsageError(_("this is written: tracker {words}").format(words='log "linkedin 14:00-14:25"'))
    with context.at_once():
        _log_lines(context, lines)


def _log_lines(context: Context, lines: list[str]) -> None:
    from tracker.calendar.session_line import in_line, read_each
    from tracker.cli.entries import read

    entries = read_each(lines, lambda line: read(context, line))
    if len(entries) == 1:
        answer(context, *_log_entry(context, entries[0]))
        return
    said, logged = [], []
    n = len(entries)
    with undo_step(context.journal, ngettext("logged {n} session", "logged {n} sessions", n).format(n=n), context.now):
        for number, entry in enumerate(entries, 1):
            try:
                line, found = _log_entry(context, entry)
            except TrackerError as error:
                raise in_line(number, error) from None
            said.append(line)
            logged.append(found)
    if context.json:
        answer(context, "", *logged)
    else:
        said[-1] += moved_outcome(context)
        context.say(*said)


def _log_entry(context: Context, entry: Entry) -> tuple[str, Effects]:
    """Write one entry down; the line that says so, and what was done."""
    since = effects.log_position(context.journal)
    session = sessions.add(
        context.journal,
        entry.channel,
        entry.start,
        entry.end,
        context.zone,
        now=context.now,
        activity=entry.activity,
        person=entry.person,
        ring=entry.ring,
        intention=one_line(entry.intention),
        trigger=presets.read_trigger(one_line(entry.trigger)),
        note=one_line(entry.note),
    )
    line = _("logged {session}").format(session=session_line(context, session)) + counted_day(context, session)
    found = effects.effects(context.journal, since, (session,), (session,))
    told = side_effects(context, found) + crossed_bridge(context, session) + _near_activity(context, entry)
    return line + told + ambiguous_times(session.zone, session.start, session.end), found


def _near_activity(context: Context, entry: Entry) -> str:
    """What is added where a slip of the finger may have made a note of an activity."""
    from tracker.calendar.session_line import near_activity

    near = near_activity(entry, [activity.name for activity in channels.activities(context.journal)])
    if near is None:
        return ""
    return _("; note “{note}”; did you mean {near}?").format(note=quoted(entry.note or ""), near=near)


def edit(context: Context, given: Given) -> None:
    """Change fields of a session; all that is typed is read before anything is written."""
    if found := _beside(given.one("ID")):
        _edit_beside(context, *found, given.all("FIELD=VALUE"))
        return
    session = session_table.get(context.journal, _id(given.one("ID")))
    fields = _fields(context, session, given.all("FIELD=VALUE"))
    since = effects.log_position(context.journal)
    after = sessions.edit(context.journal, session.id, now=context.now, **fields)
    done = effects.effects(context.journal, since, (after,), (session,))
    line = _("now {session}").format(session=session_line(context, after)) + _said_changes(context, session, after)
    line += side_effects(context, done)
    crossed = crossed_bridge(context, after) if fields.keys() & {"person", "channel"} else ""
    answer(context, line + crossed, done)


def split(context: Context, given: Given) -> None:
    """Cut a session in two."""
    session = session_table.get(context.journal, _id(given.one("ID")))
    at = _later(context, session, " ".join(given.all("TIME")))
    first, second = sessions.split(context.journal, session.id, at, now=context.now)
    said = _("now {first} and {second}")
    line = said.format(first=session_line(context, first), second=session_line(context, second))
    answer(context, line, first, second)


def merge(context: Context, given: Given) -> None:
    """Make one session of several."""
    ids = [_id(given.one("ID")), *map(_id, given.all("IDS"))]
    parts, since = sessions.parts_to_merge(context.journal, ids), effects.log_position(context.journal)
    added = sessions.gap(parts)
    session = sessions.merge(context.journal, ids, now=context.now, across="across" in given.flags)
    line = _("merged into {session}").format(session=session_line(context, session))
    if added:
        line += _("; {gap} between them are part of it now").format(gap=format_duration(added))
    found = effects.effects(context.journal, since, (session,), parts)
    answer(context, line + side_effects(context, found), found)


def delete(context: Context, given: Given) -> None:
    """Delete sessions, outcomes and urges, in one step."""
    if any(map(_beside, given.all("ID"))):
        _delete_beside(context, given.all("ID"))
        return
    since = effects.log_position(context.journal)
    gone = sessions.delete(context.journal, [_id(word) for word in given.all("ID")], now=context.now)
    found = effects.effects(context.journal, since, (), gone)
    if len(gone) == 1:
        line = _("deleted {session}").format(session=session_line(context, gone[0]))
    else:
        ids = ", ".join(str(session.id) for session in gone)
        line = ngettext("deleted {n} session: {ids}", "deleted {n} sessions: {ids}", len(gone)).format(
            n=len(gone), ids=ids
        )
    answer(context, line + _("; `tracker undo` brings it back") + side_effects(context, found), *gone)


def _said_changes(context: Context, before: Session, after: Session) -> str:
    """`; planned: – → 30m`: each field that is another one now, as it was and as it is."""
    from tracker.cli.changes import said

    return said(context, before, after, {field: name for name, (field, _read) in FIELDS.items() if name in NAMES})


def _beside(word: str) -> tuple[str, int] | None:
    from tracker.cli.beside import reference

    return reference(word)


def _edit_beside(context: Context, mark: str, id: int, typed: list[str]) -> None:
    from tracker.cli import beside

    changes = [_split(word, beside.FIELDS[mark], beside.NAMES[mark]) for word in typed]
    before, found = beside.get(context, mark, id), beside.edit(context, mark, id, changes)
    if context.json:
        context.dump([beside.row(found)])
    else:
        line = _("now {session}").format(session=beside.said(context, found))
        context.say(line + beside.said_changes(context, before, found) + beside.doubled(context, found))


def _delete_beside(context: Context, ids: list[str]) -> None:
    from tracker.cli import beside
    from tracker.reports.renderers.json_rows import session_rows

    known = [beside.reference(word) or ("", _id(word)) for word in dict.fromkeys(ids)]
    said, gone = [], []
    with undo_step(context.journal, _("deleted {what}").format(what=", ".join(ids)), context.now):
        for mark, id in known:
            if mark:
                found = beside.delete(context, mark, id)
                said.append(beside.said(context, found))
                gone.append(beside.row(found))
            else:
                [session] = sessions.delete(context.journal, [id], now=context.now)
                said.append(session_line(context, session))
                gone += session_rows(context.journal, context.settings, [session], context.now)
    if context.json:
        context.dump(gone)
    else:
        context.say(_("deleted {session}").format(session=join_phrases(*said)) + _("; `tracker undo` brings it back"))


def _id(word: str) -> int:
    digits = word.removeprefix("#")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 19):
        raise UsageError(_("“{word}” is not the id of a session; `tracker day` prints them").format(word=quoted(word)))
    return int(digits)


def _fields(context: Context, session: Session, typed: Iterable[str]) -> dict[str, Any]:
    """The changes as they are typed, in any order; an end is read from the start the session will have."""
    fields: dict[str, Any] = {}
    for name, text in sorted(map(_change, typed), key=lambda change: change[0] != "start"):
        field, read = FIELDS[name]
        fields[field] = read(context, session, text) if text else None
        if name == "start":
            session = session._replace(start=fields[field])
    return fields


def _change(word: str) -> tuple[str, str]:
    """`end=14:25` as the name of the field and what it shall be; nothing clears it."""
    name, text = _split(word, FIELDS, NAMES)
    if not text and name in ("channel", "start", "end"):
        raise TrackerError(_("a session cannot be without its {field}").format(field=name))
    return name, text


def _split(word: str, fields: Container[str], names: Iterable[str]) -> tuple[str, str]:
    """`end=14:25` in two. Raises UsageError, listing `names`, for what is no change of one of `fields`."""
    name, equals, text = word.partition("=")
    name = name.strip().lower()
    if not equals or name not in fields:
        raise UsageError(
            _("“{word}” changes nothing; a change is one of {fields}").format(
                word=quoted(word), fields=" ".join(f"{name}=" for name in names)
            )
        )
    return name, text.strip()


def _instant(context: Context, session: Session, text: str) -> int:
    """A time as the session's own clock showed it, on the session's day where no other is named."""
    starts_at = context.settings.day_starts_at
    day = day_of(session.start, session.zone, starts_at)
    return parse_time(text, context.now, session.zone, starts_at, day)


def _later(context: Context, session: Session, text: str) -> int:
    """The same, for what lies behind the session's start, be it on the other side of the day's boundary."""
    starts_at = context.settings.day_starts_at
    day = day_of(session.start, session.zone, starts_at)
    return parse_time(text, context.now, session.zone, starts_at, day, after=session.start)


def _channel(context: Context, _session: Session, text: str) -> str:
    return channels.find(context.journal, text).name


def _activity(context: Context, _session: Session, text: str) -> str:
    return channels.find_activity(context.journal, text).name


def _plan(_context: Context, _session: Session, text: str) -> int:
    seconds = parse_plan(text)
    if not seconds:
        raise TrackerError(_("a plan is longer than nothing: --for 25m"))
    return seconds


def _text(_context: Context, _session: Session, text: str) -> str | None:
    return one_line(text)


def _trigger(_context: Context, _session: Session, text: str) -> str | None:
    return presets.read_trigger(one_line(text))


def _person(_context: Context, _session: Session, text: str) -> str | None:
    return text or None


def _ring(_context: Context, _session: Session, text: str) -> str:
    return sessions.valid_ring(text)


#: What `edit` may change, as it is typed: the session's field, and how its value is read.
FIELDS: dict[str, tuple[str, Callable[[Context, Session, str], Any]]] = {
    "channel": ("channel", _channel),
    "activity": ("activity", _activity),
    "start": ("start", _instant),
    "end": ("end", _later),
    "planned": ("planned_seconds", _plan),
    "intention": ("intention", _text),
    "trigger": ("trigger", _trigger),
    "person": ("person", _person),
    "ring": ("ring", _ring),
    "note": ("note", _text),
    "override": ("override", _text),
    "overrun": ("overrun", _text),
}
NAMES = tuple(FIELDS)
FIELDS |= {"plan": FIELDS["planned"], "for": FIELDS["planned"], "with": FIELDS["person"]}

_ID = Argument("ID", completes="session")
COMMANDS = {
    "log": Command(
        log,
        (Argument("WORDS", "any", "channel"),),
        (),
        N_(
            'tracker log "linkedin create 14:00-14:25 carousel for Samia"\n'
            'tracker log "call 25m @samia street"            it ended now\n'
            'tracker log "instagram scroll yesterday 21:00+40m"\n'
            'tracker log "linkedin at 9:30 for 20m"          also: 20m at 9:30, from 9:30 to 10\n'
            "tracker log - < evening.txt                     a session on each line: all of them, or none\n"
            "What looks like a time and is none of it is refused; in a note it stands in quotes."
        ),
    ),
    "edit": Command(
        at_once(edit),
        (_ID, Argument("FIELD=VALUE", "some", "field")),
        (),
        N_(
            "Fields: channel activity start end planned intention trigger person ring note override overrun.\n"
            "planned is also written plan or for; person also with: the --for and --with of `tracker start`.\n"
            "Nothing after the = clears a field: tracker edit 12 end=14:25 activity=\n"
            "Of an outcome: kind at channel amount person note: tracker edit o12 amount=300\n"
            "Of an urge: at channel trigger note: tracker edit u7 trigger=bored\n"
            "Of spending: at channel amount note: tracker edit s3 amount=90"
        ),
    ),
    "split": Command(at_once(split), (_ID, Argument("TIME", "some"))),
    "merge": Command(
        at_once(merge),
        (_ID, Argument("IDS", "some", "session")),
        (Option(("--across",), None, N_("join them although over half an hour lies between")),),
        N_("The time between them becomes part of the whole; the words of all of them are kept."),
    ),
    "delete": Command(
        at_once(delete),
        (Argument("ID", "some", "session"),),
        (),
        N_("Of outcomes, urges and spending too: tracker delete o12 u7 s3"),
    ),
}
