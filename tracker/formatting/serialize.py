"""How records are written for programs: the one set of rules behind every `--json`, the export and kept figures.

Keys are English. Durations are integer seconds. An instant is ISO 8601 with the offset of the zone its record was made
in. An amount is a decimal string with a currency code. What is not known or not set is null.
"""

from __future__ import annotations

from tracker.calendar.clock import iso
from tracker.formatting.numbers import round_half_up

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from tracker.domain.models import Session

    Row = dict[str, Any]

#: Fields that are instants, and numbers of at most two and of at most four decimals.
_INSTANTS = frozenset(("start", "end", "at", "begun", "written", "ended", "first", "last", "changed", "peak_start"))
_NUMBERS = frozenset(("target", "value", "achieved", "asked"))
_SHARES = frozenset(("strength", "margin"))

#: The keys of records, as `row` takes them; a session's row begins with SESSION, and SESSION_DETAILS follow.
SESSION = "id channel activity start end"
SESSION_DETAILS = "planned_seconds intention trigger person ring note override overrun"
URGE = "id channel at trigger note"
OUTCOME = "id kind at channel attribution amount currency person note"
SPEND = "id channel at amount currency note"


def row(record: Any, keys: str, zone: str | None = None) -> Row:
    """The fields of a record that `keys` names, in that order, each by the rule of its name; `from=first_date` renames.

    Instants are by the clocks of `zone`, or of the record's own zone. An amount goes with the record's currency.
    """
    values = {}
    for word in keys.split():
        key, _renamed, field = word.partition("=")
        values[key] = _value(record, field or key, zone)
    return values


def session_row(session: Session) -> Row:
    """A session as exports and hooks have it: `seconds` is null while it runs."""
    seconds = None if session.end is None else session.end - session.start
    return row(session, SESSION) | {"seconds": seconds} | row(session, f"{SESSION_DETAILS} zone source estimated")


def _value(record: Any, field: str, zone: str | None) -> Any:
    value = getattr(record, field)
    if field in _INSTANTS:
        return instant(value, zone or record.zone)
    if field == "amount":
        return amount(value, record.currency)
    if field in _NUMBERS:
        return integer_or_rounded(value)
    if field in _SHARES:
        return rounded(value, 4)
    return list(value) if isinstance(value, tuple) else value


def instant(at: int | None, zone: str | None) -> str | None:
    """`2026-11-23T15:12:00+01:00`: UTC seconds by the wall clock of `zone` (by UTC where it is unknown)."""
    return None if at is None else iso(at, zone or "UTC")


def amount(hundredths: int | None, currency: str | None) -> str | None:
    """`480.50` of 48050 hundredths of EUR; null without a currency."""
    if hundredths is None or not currency:
        return None
    from tracker.formatting.money import decimal_money

    return decimal_money(hundredths, currency)


def amounts(sums: Iterable[tuple[str, int]]) -> list[Row]:
    """Amounts in several currencies, given as (currency, hundredths)."""
    return [{"amount": amount(hundredths, currency), "currency": currency} for currency, hundredths in sums]


def rounded(value: float | None, digits: int) -> float | None:
    """A figure with at most `digits` decimals, a half rounded up."""
    return None if value is None else round_half_up(value, digits)


def integer_or_rounded(value: float | None) -> float | int | None:
    """A whole number without a decimal point, any other with at most two decimals."""
    return int(value) if value is not None and value == int(value) else rounded(value, 2)
