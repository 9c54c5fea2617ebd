"""What `tracker edit` changed of a record, field by field: as it was and as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.zones import iso
from tracker.cli.session_lines import near_clock
from tracker.formatting.durations import format_duration
from tracker.locale import _
from tracker.reports import presets

if TYPE_CHECKING:
    from typing import Any

    from tracker.cli.context import Context


TIMES = ("start", "end", "at")


def said(context: Context, before: Any, after: Any, names: dict[str, str]) -> str:
    """`; planned: – → 30m, note: – → hello`; that nothing changed, where nothing did.

    `names` says how the fields of the record are written at the command line.
    """
    changed = []
    for field, name in names.items():
        if getattr(before, field) == getattr(after, field):
            continue
        was, now = _value(context, before, field), _value(context, after, field)
        if was == now and field in TIMES:  # within a minute
            was, now = (iso(getattr(one, field), one.zone)[11:19] for one in (before, after))
        changed.append(_("{field}: {before} → {after}").format(field=name, before=was, after=now))
    return _("; ") + (", ".join(changed) if changed else _("nothing changed"))


def _value(context: Context, record: Any, field: str) -> str:
    value = getattr(record, field)
    if value is None:
        return "–"
    if field in TIMES:
        return near_clock(context, value, record.zone)
    if field == "planned_seconds":
        return format_duration(value)
    if field == "amount":
        from tracker.formatting.money import format_money

        return format_money(value, record.currency)
    if field == "trigger":
        return presets.say_trigger(value)
    if field == "note" and getattr(record, "source", "") == "check":
        return presets.say_check_note(value)
    return _(value) if field in ("ring", "kind") else str(value)
