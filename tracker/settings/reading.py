"""How the values of the settings are read, from TOML or as typed, and said again: what is said can be read.

Each reader raises ValueError or TrackerError for what its setting may not be; the caller says what it may.
"""

from __future__ import annotations

from tracker.calendar.durations import parse_budget, parse_duration
from tracker.domain.models import PURPOSES
from tracker.formatting.durations import format_duration
from tracker.locale import LANGUAGES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: How the end of a plan can be told.
WAYS = ("bell", "terminal", "desktop")

#: The themes of the screens: ours, the terminal's own colours, and Textual's, which a test compares with Textual.
THEMES = (
    *("tracker-dark", "tracker-light", "ansi-dark", "ansi-light", "atom-one-dark", "atom-one-light"),
    *("catppuccin-frappe", "catppuccin-latte", "catppuccin-macchiato", "catppuccin-mocha", "dracula", "flexoki"),
    *("gruvbox", "monokai", "nord", "rose-pine", "rose-pine-dawn", "rose-pine-moon", "solarized-dark"),
    *("solarized-light", "textual-dark", "textual-light", "tokyo-night"),
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def time_of_day(value: Any) -> int:
    """`04:00` → seconds after midnight."""
    # TOML has times of its own: unquoted, 04:00:00 comes as a datetime.time.
    parts = str(value).strip().removesuffix(":00" if str(value).count(":") == 2 else "").split(":")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError
    hours, minutes = int(parts[0]), int(parts[1])
    if hours > 23 or minutes > 59:
        raise ValueError
    return hours * 3600 + minutes * 60


def optional_time_of_day(value: Any) -> int | None:
    """A time of day, or none."""
    return time_of_day(value) if str(value).strip() else None


def span(value: Any) -> tuple[int, int] | None:
    """`23:00-07:00` → seconds after midnight, from and until; or none. It may run over midnight, not be empty."""
    text = str(value).strip().replace("–", "-")
    if not text:
        return None
    start, _dash, end = text.partition("-")
    found = time_of_day(start), time_of_day(end)
    if found[0] == found[1]:
        raise ValueError
    return found


def spans(value: Any) -> tuple[tuple[int, int], ...]:
    """Some spans of the day, apart by commas, that end on the day they begin and do not overlap; or none."""
    found = sorted(one for one in map(span, str(value).split(",")) if one)
    ends = [0, *(end for _start, end in found)]
    if any(start >= end or start < before for (start, end), before in zip(found, ends, strict=False)):
        raise ValueError
    return tuple(found)


def amount(value: Any) -> int | None:
    """An amount of money above nothing, in hundredths, from `45`, `45.50` or `45 EUR`; or none.

    `1,200` is refused in the file, whose language may be anybody's. What is typed is read by `money.read_money` first.
    """
    return _money(value)[0]


def amount_currency(value: Any) -> str | None:
    """The currency that an amount is written with; None where it is the set one."""
    return _money(value)[1]


def _money(value: Any) -> tuple[int | None, str | None]:
    """The hundredths and the currency. Babel, which the daily commands do without, is not asked about `45 SEK`."""
    from tracker.calendar.money import read_hundredths, read_money

    if isinstance(value, bool):
        raise ValueError
    text = str(value).strip()
    digits, _space, code = text.rpartition(" ")
    if not text:
        return None, None
    if len(code) == 3 and code.isascii() and code.isalpha():  # `45 min` is none
        return read_hundredths(digits.strip(), ""), currency(code)
    if text[0].isdigit() and text[-1].isdigit():
        return read_hundredths(text, ""), None
    return read_money(text, "", "")


def share(value: Any) -> float | None:
    """A share above 0, up to 1, or none."""
    return margin(value) if str(value).strip() else None


def margin(value: Any) -> float:
    """A share above 0, up to 1."""
    if isinstance(value, bool):
        raise ValueError
    text = str(value).strip().replace(",", ".")
    found = float(text.removesuffix("%").strip()) / 100 if text.endswith("%") else float(text)
    if not 0 < found <= 1:
        raise ValueError
    return found


def thresholds(value: Any) -> tuple[tuple[str, float], ...]:
    """A table of numbers, one a threshold: `brief_checks.share = 0.7`, however TOML nests it."""
    found = _numbers(value)
    if not all("." in name for name, _number in found):
        raise ValueError
    return tuple(found)


def _numbers(value: Any) -> list[tuple[str, float]]:
    if not isinstance(value, dict):
        raise ValueError
    found = []
    for name, inner in value.items():
        if isinstance(inner, dict):
            found += [(f"{name}.{key}", number) for key, number in _numbers(inner)]
        elif isinstance(inner, bool) or not isinstance(inner, (int, float)):
            raise ValueError
        else:
            try:
                found.append((name, float(inner)))
            except OverflowError:  # TOML's whole numbers have no end
                raise ValueError from None
    return found


def seconds(value: Any) -> int:
    """A number of seconds from 1 to 600."""
    seconds = value if isinstance(value, int) and not isinstance(value, bool) else int(str(value))
    if not 1 <= seconds <= 600:
        raise ValueError
    return seconds


def count(value: Any) -> int | None:
    """A number, or none."""
    if str(value).strip() == "":
        return None
    count = int(str(value))
    if count < 0:
        raise ValueError
    return count


def duration(value: Any) -> int | None:
    """A duration, or none."""
    return parse_duration(str(value)) if str(value).strip() else None


def budget(value: Any) -> int | None:
    """A duration that one day has room for, or none."""
    return parse_budget(str(value)) if str(value).strip() else None


def long_duration(value: Any) -> int:
    """A duration of a minute or more."""
    seconds = parse_duration(str(value))
    if seconds < 60:
        raise ValueError
    return seconds


def ways(value: Any) -> tuple[str, ...]:
    """Some of WAYS, or `off`."""
    words = value if isinstance(value, list) else str(value).replace(",", " ").split()
    wanted = {str(word).strip().lower() for word in words}
    if not wanted or not wanted <= {*WAYS, "off"} or ("off" in wanted and len(wanted) > 1):
        raise ValueError
    return tuple(way for way in WAYS if way in wanted)


def weekday(value: Any) -> int | None:
    """Monday is 0; none is the locale's."""
    return WEEKDAYS.index(str(value).strip().lower()) if str(value).strip() else None


def language(value: Any) -> str | None:
    """One of LANGUAGES, or none."""
    language = str(value).strip().lower()
    if language and language not in LANGUAGES:
        raise ValueError
    return language or None


def currency(value: Any) -> str:
    """A currency's three letters. Those of today's money are known without Babel."""
    from tracker.calendar.money_in_line import CODES

    code = str(value).strip().upper()
    if code not in CODES and code not in currencies():
        raise ValueError
    return code


def themes() -> tuple[str, ...]:
    """THEMES."""
    return THEMES


def currencies() -> tuple[str, ...]:
    """The three letters of every currency."""
    from babel.numbers import list_currencies

    from tracker.calendar.money import NO_CURRENCIES

    return tuple(sorted(list_currencies() - NO_CURRENCIES))


def breath(value: Any) -> int:
    """A number of seconds from 0, which is none, to 60."""
    seconds = value if isinstance(value, int) and not isinstance(value, bool) else int(str(value))
    if not 0 <= seconds <= 60:
        raise ValueError
    return seconds


def purposes(value: Any) -> tuple[str, ...]:
    """Some of PURPOSES, or none."""
    named = tuple(dict.fromkeys(str(value).lower().replace(",", " ").split()))
    if not set(named) <= set(PURPOSES):
        raise ValueError
    return named


def yes_or_no(value: Any) -> bool:
    """A choice of two."""
    said = str(value).strip().lower()
    if said not in _YES_OR_NO:
        raise ValueError
    return _YES_OR_NO[said]


_YES_OR_NO = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


def word(value: Any) -> str:
    """A word or more."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value.strip()


def say_time_of_day(value: int) -> str:
    """`04:00`."""
    return f"{value // 3600:02d}:{value % 3600 // 60:02d}"


def say_optional_time_of_day(value: int | None) -> str:
    """`07:00`; nothing for none."""
    return "" if value is None else say_time_of_day(value)


def say_span(value: tuple[int, int] | None) -> str:
    """`23:00-07:00`; nothing for none."""
    return "" if value is None else "-".join(map(say_time_of_day, value))


def say_spans(value: tuple[tuple[int, int], ...]) -> str:
    """`09:00-12:00, 14:00-17:00`; nothing for none."""
    return ", ".join(map(say_span, value))


def say_amount(value: int | None) -> str:
    """`45`, `45.50`; nothing for none."""
    return "" if value is None else f"{value // 100}.{value % 100:02}".removesuffix(".00")


def say_share(value: float | None) -> str:
    """`0.25`; nothing for none."""
    return "" if value is None else f"{value:g}"


def say_time(value: int | None) -> str:
    """`1h 30m`; nothing for none."""
    return "" if value is None else format_duration(value, "exact")


def say_plain(value: object) -> str:
    """As it is; nothing for none."""
    return "" if value is None else str(value)


def say_ways(value: tuple[str, ...]) -> str:
    """`bell, terminal`, or `off`."""
    return ", ".join(value) or "off"


def say_list(value: tuple[str, ...]) -> str:
    """`make, relate`."""
    return ", ".join(value)


def say_yes_or_no(value: bool) -> str:
    """`yes`."""
    return "yes" if value else "no"


def say_weekday(value: int | None) -> str:
    """`monday`; nothing for none."""
    return "" if value is None else WEEKDAYS[value]
