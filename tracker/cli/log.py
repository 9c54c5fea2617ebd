"""The log: sessions written down, edited, split, merged and deleted; by `o12`, `u7`, `s3` also noted records.

Noted records are outcomes (`tracker outcome` records one), urges resisted and spending.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from tracker.calendar.clock import iso
from tracker.calendar.days import day_of
from tracker.calendar.moments import parse_time
from tracker.calendar.session_line import Entry, hold_together, lines_of, read_each
from tracker.cli import session_lines
from tracker.cli.context import Context, in_transaction, read_stdin
from tracker.cli.parser import VERBS, Argument, Command, Option, ParsedArguments, UsageError, wrong_form
from tracker.cli.timer import AT, answer_recorded, read_plan
from tracker.domain.errors import TrackerError
from tracker.domain.models import DAY, EARNING_KINDS, OUTCOME_KINDS, Outcome, Session, Spend, Touch, Urge
from tracker.domain.text import one_line, quoted
from tracker.formatting.money import format_money, read_money
from tracker.formatting.serialize import OUTCOME, SPEND, URGE, row
from tracker.formatting.text import activity_word, channel_word, format_day_count, join_phrases, read_term
from tracker.formatting.times import format_duration
from tracker.locale import N_, _, plural
from tracker.reports import record_wording
from tracker.reports.json_rows import session_rows
from tracker.services import noted_records, queries, session_editing
from tracker.services.timekeeping import Recorded

AnyRecord = Session | noted_records.NotedRecord


def _say_time(context: Context, record: Any, at: int) -> str:
    return session_lines.near_clock(context, at, record.zone)


class EditableField(NamedTuple):
    """A field that `edit` may change: its name in the record, how a typed value is read, and how a value is said.

    `aliases` are second names to type it by, which are not listed.
    """

    name: str
    read: Callable[[Context, Any, str], Any]
    say: Callable[[Context, Any, Any], str]
    aliases: tuple[str, ...] = ()


def log(context: Context, args: ParsedArguments) -> None:
    """Write sessions down: those of all lines, or none."""
    lines = _typed_lines(args)
    if not lines:
        raise wrong_form('log "linkedin 14:00-14:25"')
    with context.transaction():
        entries = read_each(lines, lambda line: _read_line(context, line))
        if len(entries) == 1:
            logged = [session_editing.add(context.workspace, **entries[0]._asdict())]
        else:
            logged = session_editing.add_all(context.workspace, [entry._asdict() for entry in entries])
        answers = [_say_logged(context, entry, recorded) for entry, recorded in zip(entries, logged, strict=True)]
        answer_recorded(context, answers, *logged)


def _read_line(context: Context, line: str) -> Entry:
    """The session of a line. Raises TrackerError, which for a line that begins with a command names the command."""
    try:
        return session_editing.read_entry(context.workspace, line)
    except TrackerError:
        channels, _activities, aliases = queries.vocabulary(context.workspace)
        verb = next(iter(line.lower().split()), "")
        if verb not in VERBS or verb in channels or verb in aliases:
            raise
        message = _("“{verb}” is a command, not a channel; write `tracker {line}`")
        raise TrackerError(message.format(verb=verb, line=quoted(line))) from None


def _typed_lines(args: ParsedArguments) -> list[str]:
    """The lines of the typed words; for `-`, or for no words where no person types, those of standard input."""
    typed = args.several("WORDS")
    if typed and typed != ["-"]:
        return lines_of(" ".join(map(hold_together, typed)) if len(typed) > 1 else typed[0])
    if not sys.stdin or (not typed and sys.stdin.isatty()):  # it can be closed: `<&-`
        return []
    text = read_stdin()
    args.words["WORDS"] = [text]  # it can be read once, and the command may be run again (`IndexRebuilt`)
    return lines_of(text) if text.strip() else []


def _say_logged(context: Context, entry: Entry, recorded: Recorded) -> str:
    """The line that says what was logged, and what else the user should know of it."""
    session = recorded.session
    line = _("logged {session}").format(session=session_lines.session_line(context, session))
    line += session_lines.counted_day(context, session) + session_lines.side_effects(context, recorded.effects)
    line += session_lines.crossed_bridge(context, session)
    near = session_editing.meant_activity(context.workspace, entry)
    if near is not None:
        message = _("; note “{note}”; did you mean {near}?")
        line += message.format(note=quoted(entry.note or ""), near=activity_word(near))
    return line + session_lines.ambiguous_times(session.zone, session.start, session.end)


def edit(context: Context, args: ParsedArguments) -> None:
    """Change fields of a session or a noted record; all that is typed is read before anything is written."""
    letter, id = _reference(args.required("ID"))
    named = NOTED_FIELDS[letter] if letter else SESSION_FIELDS
    typed = [_parse_change(word, named) for word in args.several("FIELD=VALUE")]
    if letter:
        _edit_noted(context, letter, id, typed)
        return
    before = queries.session(context.workspace, id)
    fields = _read_changes(context, before, typed, SESSION_FIELDS, ("channel", "start", "end"))
    changed = session_editing.edit(context.workspace, before, **fields)
    after = changed.session
    line = _("edited {session}").format(session=session_lines.session_line(context, after))
    line += _say_changes(context, before, after, SESSION_FIELDS) + session_lines.side_effects(context, changed.effects)
    if fields.keys() & {"person", "channel"}:
        line += session_lines.crossed_bridge(context, after)
    answer_recorded(context, [line], changed)


def split(context: Context, args: ParsedArguments) -> None:
    """Cut a session in two."""
    session = queries.session(context.workspace, _session_id(args.required("ID")))
    at = _read_later_time(context, session, " ".join(args.several("TIME")))
    first, second = session_editing.split(context.workspace, session.id, at)
    said = [session_lines.session_line(context, part) for part in (first, second)]
    line = _("split into {first} and {second}").format(first=said[0], second=said[1])
    context.answer(session_rows(context.workspace, [first, second]), line + session_lines.moved_outcome(context))


def merge(context: Context, args: ParsedArguments) -> None:
    """Make one session of several."""
    ids = [_session_id(word) for word in args.several("ID")]
    if len(ids) < 2:
        raise wrong_form("merge ID ID …")
    parts, gap = session_editing.to_merge(context.workspace, ids)
    merged = session_editing.merge(context.workspace, parts, across="across" in args.flags)
    line = _("merged into {session}").format(session=session_lines.session_line(context, merged.session))
    if gap:
        line += _("; the {gap} between them is included").format(gap=format_duration(gap))
    answer_recorded(context, [line + session_lines.side_effects(context, merged.effects)], merged)


def delete(context: Context, args: ParsedArguments) -> None:
    """Delete sessions and noted records, in one step."""
    typed = args.several("ID")
    references = [_reference(word) for word in typed]
    if any(letter for letter, _id in references):
        message = _("deleted {what}").format(what=", ".join(typed))
        deleted = noted_records.delete(context.workspace, list(dict.fromkeys(references)), message)
        line = _("deleted {session}").format(session=join_phrases(*(_say(context, record) for record in deleted)))
        rows = [values for record in deleted for values in _rows(context, record)]
        context.answer(rows, line + _("; `tracker undo` restores it"))
        return
    gone, effects = session_editing.delete(context.workspace, *(id for _letter, id in references))
    if len(gone) == 1:
        line = _("deleted {session}").format(session=session_lines.session_line(context, gone[0]))
    else:
        ids = ", ".join(str(session.id) for session in gone)
        line = plural(len(gone), "deleted {n} session: {ids}", "deleted {n} sessions: {ids}", ids=ids)
    line += _("; `tracker undo` restores it") + session_lines.side_effects(context, effects)
    context.answer(session_rows(context.workspace, gone), line + session_lines.moved_outcome(context))


def _edit_noted(context: Context, letter: str, id: int, typed: list[tuple[str, str]]) -> None:
    before = noted_records.get(context.workspace, letter, id)
    required = noted_records.KINDS[letter].required
    fields = _read_changes(context, before, typed, NOTED_FIELDS[letter], required)
    after = noted_records.edit(context.workspace, letter, id, fields)
    line = _("edited {session}").format(session=_say(context, after))
    line += _say_changes(context, before, after, NOTED_FIELDS[letter])
    if isinstance(after, Outcome):
        line += say_recorded_twice(noted_records.possible_duplicate(context.workspace, after))
    context.answer(_rows(context, after), line)


def _reference(word: str) -> tuple[str, int]:
    """`o12` as ("o", 12), `12` and `#12` as ("", 12). Raises UsageError for what is no id."""
    letter, digits = word[:1].lower(), word[1:]
    if letter not in noted_records.KINDS or not (digits.isascii() and digits.isdigit() and len(word) < 19):
        letter, digits = "", word.removeprefix("#")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 19):
        raise _no_session(word)
    return letter, int(digits)


def _session_id(word: str) -> int:
    letter, id = _reference(word)
    if letter:
        raise _no_session(word)
    return id


def _no_session(word: str) -> UsageError:
    return UsageError(_("“{word}” is not the id of a session; `tracker day` shows them").format(word=quoted(word)))


def _rows(context: Context, record: AnyRecord) -> list[dict[str, Any]]:
    if isinstance(record, Session):
        return session_rows(context.workspace, [record])
    return [row(record, {Outcome: OUTCOME, Urge: URGE, Spend: SPEND}[type(record)])]


def _say(context: Context, record: AnyRecord) -> str:
    """`12: linkedin create, 14:00–14:25, 25m`, `o12: income €480 from Samia via linkedin, 15:12`."""
    if isinstance(record, Session):
        return session_lines.session_line(context, record)
    if isinstance(record, Spend):
        description = say_spend(record)
    elif isinstance(record, Outcome):
        description = say_outcome(record, context.settings.currency)
    else:
        description = say_urge(record)
    what = f"{description}, {session_lines.near_clock(context, record.at, record.zone)}"
    return _("{id}: {what}").format(id=f"{noted_records.letter_of(record)}{record.id}", what=what)


def say_spend(spend: Spend) -> str:
    """`€120 spent on linkedin – campaign`."""
    amount = format_money(spend.amount, spend.currency)
    message = _("{amount} spent on {channel}").format(amount=amount, channel=channel_word(spend.channel))
    return f"{message} – {spend.note}" if spend.note else message


def say_urge(urge: Urge) -> str:
    """`linkedin (bored)`."""
    channel = channel_word(urge.channel)
    return f"{channel} ({record_wording.say_trigger(urge.trigger)})" if urge.trigger else channel


def _say_changes(context: Context, before: AnyRecord, after: AnyRecord, fields: Mapping[str, EditableField]) -> str:
    """`; planned: – → 30m, note: – → hello`: each field that is another one now; that nothing changed, where so.

    Fields, channels and activities are named in the reader's language.
    """
    changes = []
    for name, field in fields.items():
        values = [(record, getattr(record, field.name)) for record in (before, after)]
        if values[0][1] == values[1][1]:
            continue
        was, now = ("–" if value is None else field.say(context, record, value) for record, value in values)
        if was == now and field.say is _say_time:  # within a minute
            was, now = (iso(value, record.zone)[11:19] for record, value in values)
        changes.append(_("{field}: {before} → {after}").format(field=_(name), before=was, after=now))
    return _("; ") + (", ".join(changes) if changes else _("nothing changed"))


def _read_changes(
    context: Context,
    record: AnyRecord,
    typed: list[tuple[str, str]],
    fields: Mapping[str, EditableField],
    required: Collection[str],
) -> dict[str, Any]:
    """The changes of a record from the fields and values that are typed, in any order.

    An end is read from the start it will have. Raises TrackerError where a `required` field would be empty.
    """
    for name, text in typed:
        if not text and fields[name].name in required:
            raise TrackerError(_("{field} cannot be empty").format(field=name))
    values: dict[str, Any] = {}
    for name, text in sorted(typed, key=lambda change: change[0] != "start"):
        field = fields[name]
        value = field.read(context, record, text) if text else None
        if field is _AMOUNT:
            values["amount"], values["currency"] = value or (None, None)
        else:
            values[field.name] = value
        if isinstance(record, Session) and name == "start":
            record = record._replace(start=values["start"])
    return values


def _parse_change(word: str, fields: Mapping[str, EditableField]) -> tuple[str, str]:
    """`end=14:25` as the field's first name and the value. Raises UsageError, listing the fields, for what is none."""
    typed, equals, text = word.partition("=")
    typed = typed.strip().lower()
    name = next((name for name, field in fields.items() if typed in (name, *field.aliases)), None)
    if not equals or name is None:
        listed = " ".join(f"{name}=" for name in fields)
        raise UsageError(_("“{word}” is not a change; write one of: {fields}").format(word=quoted(word), fields=listed))
    return name, text.strip()


def _read_time(context: Context, record: AnyRecord, text: str, after: int | None = None) -> int:
    """A time by the clock of the record's zone, on the record's day where no other day is named."""
    starts_at = context.settings.day_starts_at
    day = day_of(record.start if isinstance(record, Session) else record.at, record.zone, starts_at)
    return parse_time(text, context.now, record.zone, starts_at, day, after=after)


def _read_later_time(context: Context, session: Session, text: str) -> int:
    """The same for an instant after the session's start, be it on the other side of the day's boundary."""
    return _read_time(context, session, text, session.start)


def _field(name: str, read: Callable[[str], Any], say: Callable[[Any], str] = str) -> EditableField:
    """A field that is read and said in the same way in every record."""
    return EditableField(name, lambda _context, _record, text: read(text), lambda _context, _record, value: say(value))


def _say_note(_context: Context, record: Any, note: str) -> str:
    return record_wording.say_check_note(note) if getattr(record, "source", "") == "check" else note


_CHANNEL = EditableField(
    "channel",
    lambda context, _record, text: queries.find_channel(context.workspace, text).name,
    lambda _context, _record, name: channel_word(name),
)
_TRIGGER = _field("trigger", lambda text: record_wording.read_trigger(one_line(text)), record_wording.say_trigger)
_PERSON = _field("person", str)._replace(aliases=("with",))
_PLAN = _field("planned_seconds", read_plan, format_duration)._replace(aliases=("plan", "for"))
_NOTE = EditableField("note", lambda _context, _record, text: one_line(text), _say_note)
_AT = EditableField("at", _read_time, _say_time)
#: It is read as hundredths and their currency.
_AMOUNT = EditableField(
    "amount",
    lambda context, record, text: read_money(text, record.currency or context.settings.currency),
    lambda _context, record, amount: format_money(amount, record.currency),
)

#: What `edit` may change of a session, by the names it is typed by; they are shown in the reader's language.
SESSION_FIELDS = {
    N_("channel"): _CHANNEL,
    N_("activity"): EditableField(
        "activity",
        lambda context, _session, text: queries.find_activity(context.workspace, text).name,
        lambda _context, _session, name: activity_word(name),
    ),
    N_("start"): EditableField("start", _read_time, _say_time),
    N_("end"): EditableField("end", _read_later_time, _say_time),
    N_("planned"): _PLAN,
    N_("intention"): _field("intention", one_line),
    N_("trigger"): _TRIGGER,
    N_("person"): _PERSON,
    N_("ring"): _field("ring", queries.find_ring, _),
    N_("note"): _NOTE,
    N_("override"): _field("override", one_line),
    N_("overrun"): _field("overrun", one_line),
}

#: The same of an outcome, an urge and spending.
NOTED_FIELDS: dict[str, dict[str, EditableField]] = {
    "o": {
        N_("kind"): _field("kind", lambda text: kind_of(text), _),
        N_("at"): _AT,
        N_("channel"): _CHANNEL._replace(aliases=("via",)),
        N_("amount"): _AMOUNT,
        N_("person"): _PERSON,
        N_("note"): _NOTE,
    },
    "u": {"at": _AT, "channel": _CHANNEL, "trigger": _TRIGGER, "note": _NOTE},
    "s": {"at": _AT, "channel": _CHANNEL, "amount": _AMOUNT, "note": _NOTE},
}

_ID = Argument("ID", completes="session")


def outcome(context: Context, args: ParsedArguments) -> None:
    """Note a recommendation, a prospect, a client or income."""
    values = args.values
    money: dict[str, Any] = {}
    if "amount" in values:
        money["amount"], money["currency"] = read_money(values["amount"], context.settings.currency)
    workspace = context.workspace
    via = queries.find_channel(workspace, values["via"]).name if "via" in values else None
    at = context.time(values.get("at"))
    person = noted_records.known_spelling(workspace, values.get("with"))
    touch = None if via else noted_records.last_touch(workspace, person, at)
    kind = kind_of(args.required("KIND"))
    recorded = noted_records.record_outcome(
        workspace, kind, at, channel=via, person=person, note=one_line(values.get("note")), **money
    )
    double = noted_records.possible_duplicate(workspace, recorded)
    result = say_outcome(recorded, context.settings.currency, None if via else _say_touch(recorded, touch))
    line = _("recorded {result}").format(result=result)
    if recorded.amount is not None and recorded.kind not in EARNING_KINDS:
        line += _("; not counted as income: nobody has paid it yet")
    context.answer([row(recorded, OUTCOME) | {"double_of": double and double.id}], line + say_recorded_twice(double))


def say_recorded_twice(other: Outcome | None) -> str:
    """The words about a sale that may be recorded twice; empty for None."""
    return _("; ") + record_wording.say_duplicate(other) if other else ""


def say_outcome(outcome: Outcome, currency: str, via: str | None = None) -> str:
    """`client €480 (counted as income) from Samia via linkedin (last touch)`; `currency` is the set one.

    `via` replaces the words about the channel, for an outcome that is being recorded.
    """
    parts = [_(outcome.kind)]
    if outcome.amount is not None and outcome.currency:
        amount = format_money(outcome.amount, outcome.currency)
        counts_as = record_wording.say_counted(outcome.kind, outcome.currency, currency)
        parts.append(f"{amount} ({counts_as})" if counts_as else amount)
    if outcome.person:
        parts.append(_("from {person}").format(person=outcome.person))
    if via:
        parts.append(via)
    elif outcome.channel is None:
        parts.append(_("(channel unknown)"))
    elif outcome.attribution == "last touch":
        parts.append(_("via {channel} (last touch)").format(channel=channel_word(outcome.channel)))
    else:
        parts.append(_("via {channel}").format(channel=channel_word(outcome.channel)))
    if outcome.note:
        parts.append(f"– {outcome.note}")
    return " ".join(parts)


def _say_touch(outcome: Outcome, touch: Touch | None) -> str:
    """The last touch and the rule that found it, because it decides what a channel is worth; `--via` overrules it."""
    ago = touch.gone(outcome.at) if touch else 0
    if touch is None and outcome.person:
        message = _(
            "(channel unknown: no session with {person} in the {days} before, nor any other in the {day} before)"
        )
    elif touch is None:
        message = _("(channel unknown: no session in the {day} before)")
    elif touch.person and ago:
        message = _("via {channel} (last touch with {person}, {time} before; limit {days})")
    elif touch.person:
        message = _("via {channel} (last touch with {person}, just then)")
    elif ago:
        message = _("via {channel} (last touch, {time} before; limit {day})")
    else:
        message = _("via {channel} (last touch, just then)")
    channel, person = touch and channel_word(touch.channel), outcome.person
    time = format_duration(ago) if ago <= DAY else format_day_count(ago // DAY)
    return message.format(channel=channel, person=person, time=time, **record_wording.last_touch_limits())


def kind_of(word: str) -> str:
    """The kind that a word names or begins; any other word as it is, to be refused."""
    word = read_term(word, OUTCOME_KINDS)
    begun = [kind for kind in OUTCOME_KINDS if len(word) > 2 and kind.startswith(word)]
    return begun[0] if len(begun) == 1 else word


COMMANDS = {
    "log": Command(log, (Argument("WORDS", "any", "channel"),)),
    "edit": Command(in_transaction(edit), (_ID, Argument("FIELD=VALUE", "some", "field"))),
    "split": Command(in_transaction(split), (_ID, Argument("TIME", "some"))),
    "merge": Command(
        in_transaction(merge),
        (Argument("ID", "some", "session"),),
        (Option(("--across",), None, N_("merge them even if more than half an hour lies between")),),
    ),
    "delete": Command(in_transaction(delete), (Argument("ID", "some", "session"),)),
    "outcome": Command(
        in_transaction(outcome),
        (Argument("KIND", completes="outcome"),),
        (
            Option(("--via",), "CHANNEL", N_("the channel it came from (default: the last touch)"), "channel"),
            Option(("--amount",), "AMOUNT", N_("how much: 480, 1,200.50, £480, 480 GBP")),
            Option(("--with",), "WHO", N_("the person"), "person"),
            Option(("--note",), "TEXT", N_("a note")),
            AT,
        ),
    ),
}
