"""The types of values in the settings: how each is read, from TOML or as typed, and written so that it is read again.

A reader takes what TOML or a person gives and returns the value as `Settings` holds it: times of day and durations in
seconds, amounts in hundredths. It raises ValueError or TrackerError for what the setting may not be; the caller says
what it may be.
"""

from __future__ import annotations

from tracker.calendar.clock import format_time_of_day
from tracker.calendar.days import SleepHours
from tracker.calendar.durations import parse_budget, parse_duration
from tracker.domain.models import PURPOSES
from tracker.domain.record import Record
from tracker.domain.text import as_json
from tracker.formatting.times import WEEKDAYS as SHORT_WEEKDAYS
from tracker.formatting.times import format_duration
from tracker.locale import LANGUAGES, _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: The ways to notify the user of the end of a plan.
WAYS = ("bell", "terminal", "desktop")

#: The themes of the screens: ours, the terminal's own colours, and Textual's, which a test compares with Textual.
THEMES = (
    "tracker-dark", "tracker-light", "ansi-dark", "ansi-light", "atom-one-dark", "atom-one-light", "catppuccin-frappe",
    "catppuccin-latte", "catppuccin-macchiato", "catppuccin-mocha", "dracula", "flexoki", "gruvbox", "monokai", "nord",
    "rose-pine", "rose-pine-dawn", "rose-pine-moon", "solarized-dark", "solarized-light", "textual-dark",
    "textual-light", "tokyo-night",
)  # fmt: skip

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

#: In either language.
_YES_OR_NO = {
    **dict.fromkeys(("yes", "true", "on", "oui"), True),
    **dict.fromkeys(("no", "false", "off", "non"), False),
}


class ValueType(Record):
    """How the values of a setting are read and written; an optional one is None for an empty text."""

    read: Callable[[Any], Any]
    write: Callable[[Any], str]

    def optional(self) -> ValueType:
        """The type of the same values, or None."""
        return ValueType(
            lambda value: self.read(value) if str(value).strip() else None,
            lambda value: "" if value is None else self.write(value),
        )


def _require(is_allowed: bool) -> None:
    """Raise ValueError for a value that the setting may not have."""
    if not is_allowed:
        raise ValueError


def whole_number(least: int, most: int) -> ValueType:
    """Whole numbers from `least` to `most`."""

    def read(value: Any) -> int:
        number = int(str(value))
        _require(least <= number <= most)
        return number

    return ValueType(read, str)


def _time_of_day(value: Any, *, bare: bool = False) -> int:
    """`04:00`, `4h30`, `11pm`; where it may be `bare`, also `7` → seconds after midnight."""
    # An unquoted 04:00:00 is a time in TOML, and comes as a datetime.time.
    text = str(value).strip().lower().removesuffix(":00" if str(value).count(":") == 2 else "")
    half = text[-2:] if text.endswith(("am", "pm")) else ""
    clock = text.removesuffix(half).rstrip()
    parts = (f"{clock}00" if clock.endswith("h") else clock).replace("h", ":").split(":")
    if len(parts) == 1 and (bare or half):
        parts.append("0")
    _require(len(parts) == 2 and all(part.isascii() and part.isdigit() for part in parts))
    hours, minutes = int(parts[0]), int(parts[1])
    if half:
        _require(1 <= hours <= 12)
        hours = hours % 12 + 12 * (half == "pm")
    _require(hours <= 23 and minutes <= 59)
    return hours * 3600 + minutes * 60


def _hours(value: Any) -> tuple[int, int]:
    """`23:00-07:00`, `23-7` → seconds after midnight, from and until; over midnight too, but not both the same."""
    start, _dash, end = str(value).replace("–", "-").partition("-")
    times = _time_of_day(start, bare=True), _time_of_day(end, bare=True)
    _require(times[0] != times[1])
    return times


#: Between sleeps that alternate, in either language.
_OR = ("or", "ou")


def _sleep(value: Any) -> tuple[int, int] | SleepHours:
    """`23:00-07:00`, or with other hours for some nights, `23:00-07:00; Fri Sat 01:00-09:00`, each weekday once.

    `Mon-Fri` is a range of weekdays. Without usual hours every weekday has its own. Nights with the usual hours may
    have others instead, by shifts: `23:00-07:00 or 08:00-16:00`.
    """
    usual: list[list[tuple[int, int]]] = []
    on: dict[int, tuple[int, int]] = {}
    for part in str(value).replace("–", "-").split(";"):
        words = "-".join(piece.strip() for piece in part.replace(",", " ").split("-")).split()
        *named, written = words or [""]
        hours = [_hours(written)]
        while named and named[-1].lower() in _OR:
            *named, written, _or = named
            hours.insert(0, _hours(written))
        days = [day for name in named for day in _weekdays(name)]
        _require(len({*days} - on.keys()) == len(days) and len({*hours}) == len(hours))
        _require(not named or len(hours) == 1)
        on |= dict.fromkeys(days, hours[0])
        usual += [] if named else [hours]
    _require(len(usual) == 1 or (not usual and len(on) == 7))
    first, *instead = usual[0] if usual else [on[0]]
    others = tuple((weekday, *hours) for weekday, hours in sorted(on.items()) if hours != first or instead)
    return SleepHours(*first, others, tuple(instead)) if others or instead else first


def _weekdays(text: str) -> list[int]:
    """`Fri` or `Mon-Fri`, by their names or short forms in either language → weekdays, Monday 0."""
    from tracker.calendar.words import WEEKDAYS as NAMES  # it imports `re`, which daily commands go without
    from tracker.calendar.words import plain

    numbers = [NAMES[plain(word).removesuffix(".")] for word in text.split("-")]
    _require(len(numbers) <= 2)
    return [(numbers[0] + later) % 7 for later in range((numbers[-1] - numbers[0]) % 7 + 1)]


def _write_sleep(value: tuple[int, int] | SleepHours) -> str:
    hours = SleepHours(*value)
    alternating = map(_write_hours, ((hours.begins, hours.until), *hours.instead))
    conjunction = _("or")
    parts = [f" {conjunction} ".join(alternating)]
    for begins, until in dict.fromkeys((begins, until) for _day, begins, until in hours.on):
        days = [_(SHORT_WEEKDAYS[day]) for day, *other in hours.on if other == [begins, until]]
        parts.append(" ".join([*days, _write_hours((begins, until))]))
    return "; ".join(parts)


def _several_hours(value: Any) -> tuple[tuple[int, int], ...]:
    """`09:00-12:00, 14:00-17:00`, or none: hours that end on the day they begin, without overlaps, sorted."""
    spans = sorted(_hours(text) for text in str(value).split(",") if text.strip())
    ends = [0, *(end for _start, end in spans)]
    _require(all(before <= start < end for (start, end), before in zip(spans, ends, strict=False)))
    return tuple(spans)


def _duration_of_a_minute(value: Any) -> int:
    seconds = parse_duration(str(value))
    _require(seconds >= 60)
    return seconds


def amount(value: Any) -> int | None:
    """An amount of money above nothing, in hundredths, from `45`, `45.50` or `45 EUR`; or none.

    `1,200` is refused in the file, which may be in any language. What is typed is read by `money.read_money` first.
    """
    return _money(value)[0]


def amount_currency(value: Any) -> str | None:
    """The currency that an amount is written with; None where it has none."""
    return _money(value)[1]


def _money(value: Any) -> tuple[int | None, str | None]:
    """The hundredths and the currency; `45 SEK` does without Babel, as the daily commands must."""
    from tracker.formatting.money import read_hundredths, read_money

    _require(not isinstance(value, bool))
    text = str(value).strip()
    digits, _space, code = text.rpartition(" ")
    if not text:
        return None, None
    if len(code) == 3 and code.isascii() and code.isalpha():  # `45 min` is refused
        return read_hundredths(digits.strip(), ""), currency(code)
    if text[0].isdigit() and text[-1].isdigit():
        return read_hundredths(text, ""), None
    return read_money(text, "", "")


def _share(value: Any) -> float:
    """A share from 0.0001 to 1: `0.25`, `25 %`."""
    _require(not isinstance(value, bool))
    text = str(value).strip().replace(",", ".")
    number = float(text.removesuffix("%").strip()) / 100 if text.endswith("%") else float(text)
    _require(0.0001 <= number <= 1)
    return number


def thresholds(value: Any) -> tuple[tuple[str, float], ...]:
    """A table of numbers, `brief_checks.share = 0.7`, however TOML nests it → (name, number) for each."""
    numbers = _numbers(value)
    _require(all("." in name for name, _number in numbers))
    return tuple(numbers)


def _numbers(value: Any) -> list[tuple[str, float]]:
    _require(isinstance(value, dict))
    numbers = []
    for name, inner in value.items():
        if isinstance(inner, dict):
            numbers += [(f"{name}.{key}", number) for key, number in _numbers(inner)]
        elif isinstance(inner, bool) or not isinstance(inner, (int, float)):
            raise ValueError
        else:
            try:
                numbers.append((name, float(inner)))
            except OverflowError:  # TOML's whole numbers may have any length
                raise ValueError from None
    return numbers


def _texts(value: Any) -> list[str]:
    """The texts of a list of TOML's, or the one text that is not in a list. ValueError for other values."""
    texts = value if isinstance(value, list) else [value]
    _require(all(isinstance(text, str) for text in texts))
    return texts


def _ways(value: Any) -> tuple[str, ...]:
    """Some of WAYS in their order, or `off` for none."""
    wanted = {*_names(value)}
    _require(wanted == {"off"} or (bool(wanted) and wanted <= {*WAYS}))
    return tuple(way for way in WAYS if way in wanted)


def _names(value: Any) -> tuple[str, ...]:
    """Names with commas or spaces between them, or a list of TOML's; a name twice counts once."""
    return tuple(dict.fromkeys(name.lower() for text in _texts(value) for name in text.replace(",", " ").split()))


def _purposes(value: Any) -> tuple[str, ...]:
    names = _names(value)
    _require(set(names) <= set(PURPOSES))
    return names


def _sources(value: Any) -> tuple[str, ...]:
    """Names of import sources, each by itself or as `name:path`; a path with a comma needs a list of TOML's or JSON."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        import json

        value = json.loads(value)
    entries = value.split(",") if isinstance(value, str) else _texts(value)
    cleaned = tuple(dict.fromkeys(entry.strip() for entry in entries if entry.strip()))
    names = [entry.partition(":")[0] for entry in cleaned]
    _require(all(name.replace("-", "").isalnum() and name == name.lower() for name in names))
    return cleaned


def _language(value: Any) -> str:
    code = str(value).strip().lower()
    _require(code in LANGUAGES)
    return code


def currency(value: Any) -> str:
    """A currency's three letters. Those of today's money are known without Babel."""
    from tracker.formatting.money import CODES

    code = str(value).strip().upper()
    _require(code in CODES or code in currencies())
    return code


def currencies() -> tuple[str, ...]:
    """The three letters of every currency, sorted."""
    from babel.numbers import list_currencies

    from tracker.formatting.money import NO_CURRENCIES

    return tuple(sorted(list_currencies() - NO_CURRENCIES))


def _name(value: Any) -> str:
    _require(isinstance(value, str) and bool(value.strip()))
    return str(value).strip()


def write_amount(value: int) -> str:
    """Hundredths as `45`, `45.50`."""
    return f"{value // 100}.{value % 100:02}".removesuffix(".00")


def _write_hours(value: tuple[int, int]) -> str:
    return "-".join(map(format_time_of_day, value))


def _write_duration(value: int) -> str:
    return format_duration(value, "exact")


TIME_OF_DAY = ValueType(_time_of_day, format_time_of_day)
SLEEP = ValueType(_sleep, _write_sleep)
SEVERAL_HOURS = ValueType(_several_hours, lambda value: ", ".join(map(_write_hours, value)))
DURATION = ValueType(_duration_of_a_minute, _write_duration)
BUDGET = ValueType(lambda value: parse_budget(str(value)), _write_duration)
AMOUNT = ValueType(amount, write_amount)
SHARE = ValueType(_share, lambda value: f"{value:g}")
NOTIFY = ValueType(_ways, lambda value: ", ".join(value) or "off")
PURPOSE_LIST = ValueType(_purposes, ", ".join)
NAMES = ValueType(_names, ", ".join)
SOURCE_LIST = ValueType(_sources, lambda entries: (as_json if "," in "".join(entries) else ", ".join)(entries))
WEEKDAY = ValueType(lambda value: WEEKDAYS.index(str(value).strip().lower()), lambda value: WEEKDAYS[value])
LANGUAGE = ValueType(_language, str)
CURRENCY = ValueType(currency, str)
NAME = ValueType(_name, str)
YES_OR_NO = ValueType(lambda value: _YES_OR_NO[str(value).strip().lower()], lambda value: "yes" if value else "no")
