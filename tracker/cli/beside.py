"""Outcomes, urges and spending by the ids that are printed, `o12`, `u7` and `s3`: changed and deleted like sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.days import day_of
from tracker.calendar.moments import parse_time
from tracker.cli.session_lines import near_clock
from tracker.domain.models import Outcome, Spend, TrackerError
from tracker.domain.text import one_line
from tracker.formatting.serialize import outcome_row, spend_row, urge_row
from tracker.locale import _
from tracker.reports import presets
from tracker.storage import channels, outcomes, spend, urges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from tracker.cli.context import Context
    from tracker.domain.models import Urge

    Record = Outcome | Spend | Urge
    Read = Callable[[Context, Any, str], Any]

TABLES: dict[str, Any] = {"o": outcomes, "u": urges, "s": spend}


def reference(word: str) -> tuple[str, int] | None:
    """`o12` as ("o", 12); None for what is no id of an outcome, an urge or spending."""
    mark, digits = word[:1].lower(), word[1:]
    return (mark, int(digits)) if mark in TABLES and digits.isascii() and digits.isdigit() and len(word) < 19 else None


def get(context: Context, mark: str, id: int) -> Record:
    """The record with this id. Raises TrackerError if there is none."""
    found: Record = TABLES[mark].get(context.journal, id)
    return found


def edit(context: Context, mark: str, id: int, changes: Iterable[tuple[str, str]]) -> Record:
    """Change fields of a record; all that is typed is read before anything is written."""
    before = get(context, mark, id)
    fields: dict[str, Any] = {}
    for name, text in changes:
        field, read = FIELDS[mark][name]
        if not text and field in _NEEDED[mark]:
            raise TrackerError(_("it cannot be without its {field}").format(field=name))
        fields |= read(context, before, text) if field == "amount" else {field: read(context, before, text)}
    found: Record = TABLES[mark].edit(context.journal, id, now=context.now, **fields)
    return found


def delete(context: Context, mark: str, id: int) -> Record:
    """Delete a record; returns what it was."""
    found: Record = TABLES[mark].delete(context.journal, id, now=context.now)
    return found


def said(context: Context, found: Record) -> str:
    """`o12: income €480 from Samia via linkedin, 15:12`; `u7: linkedin (bored), 15:12`."""
    mark, what = _marked(found, context.settings.currency)
    return _("{id}: {what}").format(id=f"{mark}{found.id}", what=f"{what}, {near_clock(context, found.at, found.zone)}")


def said_changes(context: Context, before: Record, after: Record) -> str:
    """`; note: – → hello`: each field that is another one now, as it was and as it is."""
    from tracker.cli.changes import said

    mark, _what = _marked(after, context.settings.currency)
    return said(context, before, after, {FIELDS[mark][name][0]: name for name in NAMES[mark]})


def doubled(context: Context, found: Record) -> str:
    """What is added for an outcome that may be a sale noted twice."""
    if not isinstance(found, Outcome):
        return ""
    from tracker.cli.outcome import doubled as say_doubled

    return say_doubled(outcomes.possible_duplicate(context.journal, found))


def _marked(found: Record, own: str) -> tuple[str, str]:
    if isinstance(found, Spend):
        return "s", say_spend(found)
    if isinstance(found, Outcome):
        from tracker.cli.outcome import said as say_outcome

        return "o", say_outcome(found, own)
    return "u", say_urge(found)


def say_spend(found: Spend) -> str:
    """`€120 spent on linkedin – campaign`."""
    from tracker.formatting.money import format_money

    said = _("{amount} spent on {channel}").format(
        amount=format_money(found.amount, found.currency), channel=found.channel
    )
    return f"{said} – {found.note}" if found.note else said


def say_urge(urge: Urge) -> str:
    """`linkedin (bored)`."""
    return f"{urge.channel} ({presets.say_trigger(urge.trigger)})" if urge.trigger else urge.channel


def row(found: Record) -> dict[str, Any]:
    """The record as JSON."""
    if isinstance(found, Spend):
        return spend_row(found)
    return outcome_row(found) if isinstance(found, Outcome) else urge_row(found)


def _at(context: Context, found: Record, text: str) -> int:
    starts_at = context.settings.day_starts_at
    return parse_time(text, context.now, found.zone, starts_at, day_of(found.at, found.zone, starts_at))


def _channel(context: Context, _found: Record, text: str) -> str | None:
    return channels.find(context.journal, text).name if text else None


def _kind(_context: Context, _found: Record, text: str) -> str:
    from tracker.cli.outcome import kind

    return kind(text)


def _amount(context: Context, found: Outcome | Spend, text: str) -> dict[str, Any]:
    from tracker.calendar.money import read_money

    amount = read_money(text, found.currency or context.settings.currency) if text else (None, None)
    return dict(zip(("amount", "currency"), amount, strict=True))


def _person(_context: Context, _found: Record, text: str) -> str | None:
    return text or None


def _text(_context: Context, _found: Record, text: str) -> str | None:
    return one_line(text)


def _trigger(_context: Context, _found: Record, text: str) -> str | None:
    return presets.read_trigger(one_line(text))


#: What `edit` may change of each, as it is typed; for an outcome the channel is also `via`, the person also `with`.
FIELDS: dict[str, dict[str, tuple[str, Read]]] = {
    "o": {
        "kind": ("kind", _kind),
        "at": ("at", _at),
        "channel": ("channel", _channel),
        "amount": ("amount", _amount),
        "person": ("person", _person),
        "note": ("note", _text),
    },
    "u": {
        "at": ("at", _at),
        "channel": ("channel", _channel),
        "trigger": ("trigger", _trigger),
        "note": ("note", _text),
    },
    "s": {
        "at": ("at", _at),
        "channel": ("channel", _channel),
        "amount": ("amount", _amount),
        "note": ("note", _text),
    },
}
NAMES = {mark: tuple(fields) for mark, fields in FIELDS.items()}
FIELDS["o"] |= {"via": FIELDS["o"]["channel"], "with": FIELDS["o"]["person"]}
_NEEDED = {"o": ("kind", "at"), "u": ("at", "channel"), "s": ("at", "channel", "amount")}
