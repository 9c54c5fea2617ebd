"""The settings file: TOML, written by hand or by `tracker config`; every key has a default.

The daily commands import this module: `tomlkit`, Babel and the reading of money are imported where they are needed.
"""

from __future__ import annotations

import os

from tracker.domain.errors import TrackerError
from tracker.domain.models import DAY, counts_in
from tracker.domain.record import Record
from tracker.domain.text import quoted
from tracker.files import file_access
from tracker.formatting.text import labelled
from tracker.locale import N_, _
from tracker.settings import values
from tracker.settings.values import WEEKDAYS as WEEKDAYS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, MutableMapping
    from typing import Any

    from tracker.calendar.days import SleepHours

    #: Raises TrackerError for settings that cannot be used together.
    Check = Callable[["Settings"], None]

#: The settings that are amounts of money. Each keeps the currency it was set in when the set currency changes.
AMOUNTS = ("hour_cost", "sale_value")

DEFAULT_CURRENCY = "EUR"

#: The longest settings file in bytes, and its longest line in letters. One line of TOML can nest a thousand tables, and
#: reading them takes quadratic time.
MOST_BYTES, LONGEST_LINE = 128 << 10, 2000


class Settings(Record):
    """The values of all settings; durations and times of day in seconds, None where nothing is set."""

    day_starts_at: int = 4 * 3600
    check_seconds: int = 30
    daily_budget: int | None = None
    check_limit: int | None = None
    forgotten_after: int = 4 * 3600
    overrun_after: int = 5 * 60
    notify: tuple[str, ...] = ("bell", "terminal", "desktop")
    first_weekday: int | None = None
    language: str | None = None
    currency: str = DEFAULT_CURRENCY
    theme: str = "tracker-dark"
    #: The names of the channels to offer on the screens behind those in use; empty: the best known.
    channels: tuple[str, ...] = ()
    #: How long the breathing pause before a social session lasts, and the purposes that have none.
    breath_seconds: int = 4
    breath_skips: tuple[str, ...] = ()
    reduced_motion: bool = False
    #: What is imported by itself: names of sources, or `name:path`.
    sources: tuple[str, ...] = ()
    #: Sleep (from and until, with SleepHours where some weekdays have others) and waking, by the wall clock; and the
    #: hours of the important work.
    sleep: tuple[int, int] | SleepHours | None = None
    wakes_at: int | None = None
    focus_hours: tuple[tuple[int, int], ...] = ()
    #: The cost of an hour and the value of a sale, in hundredths of their currencies (None: of the set one); the share
    #: of leads that become clients, and of income that is left after its costs.
    hour_cost: int | None = None
    hour_cost_currency: str | None = None
    sale_value: int | None = None
    sale_value_currency: str | None = None
    client_share: float | None = None
    margin: float = 1.0
    #: The thresholds of patterns that the user changed: (`brief_checks.share`, 0.7).
    patterns: tuple[tuple[str, float], ...] = ()
    #: The keys that the user changed: (action id, keys).
    keys: tuple[tuple[str, str], ...] = ()


class Setting(Record):
    """One key of the file: its type, what it may be, and what it does.

    `choices` are the values to choose from where the file may hold others too: a value that another version of Textual
    or Babel knows must not keep this one from starting.
    """

    name: str
    type: values.ValueType
    allowed: str
    does: str
    choices: Callable[[], tuple[str, ...]] | None = None


#: Every setting, in the order they are listed in.
SETTINGS = (
    Setting("day_starts_at", values.TIME_OF_DAY, N_("a time of day such as 04:00"),
            N_("when a day begins; before that, it is still the evening before")),
    Setting("check_seconds", values.whole_number(1, 600), N_("a number of seconds from 1 to 600"),
            N_("a social session of fewer seconds is a check")),
    Setting("daily_budget", values.BUDGET.optional(), N_("a duration such as 2h, or empty"),
            N_("your daily budget for social time")),
    Setting("check_limit", values.whole_number(0, DAY).optional(), N_("a number of checks up to 86400, or empty"),
            N_("your daily budget for checks")),
    Setting("forgotten_after", values.DURATION, N_("a duration of a minute or more such as 4h"),
            N_("after this long, ask whether the timer was forgotten")),
    Setting("overrun_after", values.DURATION, N_("a duration of a minute or more such as 5m"),
            N_("how long after its planned end a session asks, once, why you continue")),
    Setting("notify", values.NOTIFY, N_("some of bell, terminal, desktop, or off"),
            N_("how you are told that the planned time is over; desktop needs the extra `notify`")),
    Setting("first_weekday", values.WEEKDAY.optional(), N_("monday to sunday, or empty for your locale's"),
            N_("the first day of the week")),
    Setting("language", values.LANGUAGE.optional(), N_("en or fr, or empty for your locale's"),
            N_("the language of screens and messages")),
    Setting("currency", values.CURRENCY, N_("the three letters of a currency such as EUR"),
            N_("the currency of amounts"), values.currencies),
    Setting("theme", values.NAME, N_("the name of a theme such as tracker-light"),
            N_("the colours of the screens"), lambda: values.THEMES),
    Setting("channels", values.NAMES, N_("names of channels such as linkedin, instagram; or empty"),
            N_("the channels to offer before they are used")),
    Setting("breath_seconds", values.whole_number(0, 60), N_("a number of seconds from 0 to 60"),
            N_("seconds of slow breathing before a social session; 0 for none")),
    Setting("breath_skips", values.PURPOSE_LIST, N_("purposes such as make, relate; or empty"),
            N_("purposes that start without the breathing: make relate monitor scroll")),
    Setting("reduced_motion", values.YES_OR_NO, N_("yes or no"),
            N_("fewer moving things on the screens")),
    Setting("sources", values.SOURCE_LIST, N_("import sources such as chrome, csv:~/log.csv; or empty"),
            N_("imported every minute while the screens are open, and by `tracker import --all`")),
    Setting("sleep", values.SLEEP.optional(),
            N_("times such as 23:00-07:00 or 08:00-16:00; Fri Sat 01:00-09:00, or empty"),
            N_("when you sleep; by weekday, or with “or” by shift, also other hours; for the pattern “At night”")),
    Setting("wakes_at", values.TIME_OF_DAY.optional(), N_("a time of day such as 07:00, or empty"),
            N_("when you get up; if empty, the first entry after a long silence")),
    Setting("focus_hours", values.SEVERAL_HOURS, N_("times such as 09:00-12:00, 14:00-17:00; or empty"),
            N_("when you do your important work")),
    Setting("hour_cost", values.AMOUNT.optional(), N_("an amount such as 45 or £45, or empty"),
            N_("what an hour of your time costs")),
    Setting("sale_value", values.AMOUNT.optional(), N_("an amount such as 480 or £480, or empty"),
            N_("what a client brings in total, until the log has five payments")),
    Setting("client_share", values.SHARE.optional(), N_("a share from 0.0001 to 1, or empty"),
            N_("the share of leads that become clients, until the log has five payments")),
    Setting("margin", values.SHARE, N_("a share from 0.0001 to 1"),
            N_("the share of income that is left after costs")),
)  # fmt: skip


#: The settings that figures cannot do without, in words.
WANTED = {
    "hour_cost": N_("what an hour of your time costs"),
    "sale_value": N_("what a client brings in"),
    "client_share": N_("the share of leads that become clients"),
    "wakes_at": N_("the time you wake up"),
    "focus_hours": N_("the hours of your important work"),
}


def find(name: str) -> Setting:
    """The setting of this name. Raises TrackerError, listing the names, for another."""
    for setting in SETTINGS:
        if setting.name == name:
            return setting
    names = ", ".join(setting.name for setting in SETTINGS)
    raise TrackerError(_("unknown setting “{name}”; choose one of: {names}").format(name=quoted(name), names=names))


def read(name: str, value: Any) -> Any:
    """The value of a setting as Settings holds it. Raises TrackerError for an unknown name or a wrong value."""
    setting = find(name)
    try:
        return setting.type.read(value)
    except (ValueError, KeyError, TrackerError):
        raise _not_allowed(setting, _(setting.allowed), value) from None


def value_text(settings: Settings, name: str) -> str:
    """The value of a setting as people read it; nothing for None."""
    value = getattr(settings, name)
    if name in AMOUNTS and value is not None:
        from tracker.formatting.money import format_money

        return format_money(value, currency_of(settings, name))
    return find(name).type.write(value)


def with_typed(settings: Settings, name: str, text: str) -> Settings:
    """The settings with one value as it was typed; an empty text is the default.

    TrackerError for a wrong value. It does not name the setting: a screen that asks for it says so in its own words.
    """
    if not text.strip():
        default = Settings()._asdict()
        changed = {key: default[key] for key in (name, f"{name}_currency") if key in default}
    elif name in AMOUNTS:
        text = _amount_as_typed(text, settings.currency)
        changed = {name: read(name, text), f"{name}_currency": values.amount_currency(text)}
    else:
        setting = find(name)
        try:
            changed = {name: setting.type.read(text)}
        except (ValueError, KeyError, TrackerError):
            message = _("“{value}” cannot be read; write {allowed}")
            raise TrackerError(message.format(value=quoted(text), allowed=_(setting.allowed))) from None
    return Settings(**settings._asdict() | changed)


def currency_of(settings: Settings, name: str) -> str:
    """The currency that one of AMOUNTS is in."""
    currency: str | None = getattr(settings, f"{name}_currency")
    return currency or settings.currency


def amount_in_set_currency(settings: Settings, name: str) -> int | None:
    """One of AMOUNTS in hundredths of the set currency; None where it is not set, or in another currency."""
    amount: int | None = getattr(settings, name)
    return amount if counts_in(currency_of(settings, name), settings.currency) else None


def load(path: str) -> Settings:
    """The settings in the file at `path`; the defaults where there is none.

    Raises TrackerError, naming the file and the key, for what is not TOML, not a setting, or not a value it may have.
    """
    return _parse(path, _read_text(path)) if os.path.exists(path) else Settings()


def save(path: str, name: str, value: str, check: Check | None = None) -> Settings:
    """Write one setting into the file, keeping its other lines and comments; an empty value removes it.

    The file is read, changed and replaced as a whole under its lock: a crash does not leave half of it, and what
    another program saves at the same time is kept. Raises TrackerError, with the file untouched, for a wrong value, for
    a file that cannot be read, and for what `check` refuses of the changed settings.
    """
    setting = find(name)
    if name in AMOUNTS and value.strip():

        def set_amount(text: str) -> str:
            currency = _currency_in(_toml(path, text))
            try:
                return _with(text, name, _amount_as_typed(value, currency))
            except TrackerError as error:
                raise TrackerError(labelled(name, str(error))) from None

        return _save(path, set_amount, check)
    wanted = read(name, value) if value.strip() else None
    if setting.choices and wanted is not None and wanted not in (names := setting.choices()):
        # A typing error is refused before it is in the file, with the possible names where they fit in a line.
        allowed = _("one of {names}").format(names=", ".join(names)) if len(names) < 50 else _(setting.allowed)
        raise _not_allowed(setting, allowed, wanted)
    # Numbers and yes or no are written in TOML's own types, everything else as people write it.
    written: int | str = value.strip()
    if isinstance(wanted, int) and (isinstance(wanted, bool) or setting.type.write(wanted) == str(wanted)):
        written = wanted
    return _save(path, lambda text: _with(text, name, written), check)


def save_threshold(path: str, name: str, value: float | None, check: Check | None = None) -> Settings:
    """Write one threshold of a pattern, such as `brief_checks.share`, under [patterns]; None removes it.

    The caller has checked the name and the number. The rest is as for `save`.
    """
    pattern, _point, key = name.partition(".")
    return _save(path, lambda text: _with_threshold(text, pattern, key, value), check)


def _parse(path: str, text: str) -> Settings:
    table = _toml(path, text)
    keys = table.pop("keys", {})
    if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
        raise TrackerError(_('{path}: [keys] gives each action its keys, such as start = "s"').format(path=path))
    try:
        patterns = values.thresholds(table.pop("patterns", {}))
        fields = {name: read(name, value) for name, value in table.items()}
    except TrackerError as error:
        raise TrackerError(labelled(path, str(error))) from None
    except ValueError:
        message = _("{path}: [patterns] gives thresholds their numbers, such as brief_checks.share = 0.7")
        raise TrackerError(message.format(path=path)) from None
    except RecursionError as error:
        raise _unreadable(path, error) from None
    fields |= {f"{name}_currency": values.amount_currency(table[name]) for name in AMOUNTS if name in table}
    return Settings(**fields, keys=tuple(keys.items()), patterns=patterns)


def _toml(path: str, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, error) from None


def _read_text(path: str) -> str:
    try:
        text = file_access.read_text(path, limit=MOST_BYTES)
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from None
    if any(len(line) > LONGEST_LINE for line in text.split("\n")):
        raise _unreadable(path, _("a line is longer than {n} characters").format(n=LONGEST_LINE))
    return text


def _unreadable(path: str, why: object) -> TrackerError:
    if isinstance(why, RecursionError):
        why = _("it is nested too deeply")
    elif isinstance(why, OSError):
        why = file_access.say_os_error(why)
    elif isinstance(why, UnicodeDecodeError):
        why = _("it is not UTF-8 text")
    elif isinstance(why, ValueError):
        import re

        # tomllib says what it expected in English, and where only in its text.
        place = re.search(r"line (\d+), column (\d+)", str(why))
        if place:
            message = _("line {line}, column {column} is not valid TOML")
            why = message.format(line=place[1], column=place[2])
    return TrackerError(_("cannot read the settings in {path}: {reason}").format(path=path, reason=why))


def _not_allowed(setting: Setting, allowed: str, value: object) -> TrackerError:
    message = _("{name} must be {allowed}, not “{value}”")
    return TrackerError(message.format(name=setting.name, allowed=allowed, value=quoted(str(value))))


def _save(path: str, change: Callable[[str], str], check: Check | None) -> Settings:
    cannot_write = _("cannot write the settings to {path}: {reason}")
    with file_access.os_errors_as(cannot_write, path), file_access.locked(path):
        text = _read_text(path) if os.path.exists(path) else ""
        _toml(path, text)  # only its form must be right: the change may be what corrects a wrong value
        try:
            changed = change(text)
        except (ValueError, RecursionError) as error:  # tomlkit reads a little less than tomllib
            raise _unreadable(path, error) from None
        settings = _parse(path, changed)
        if check:
            check(settings)
        with file_access.atomic_replace(path, follow=True) as file:
            file.write(changed)
    return settings


def _with(text: str, name: str, value: bool | int | str) -> str:
    """The TOML `text` with one value changed, added, or (empty) removed; everything else stays as it is."""
    import tomlkit

    document = tomlkit.parse(text)
    if name == "currency":
        _keep_currency_of_amounts(document)
    if value == "":
        document.pop(name, None)
    else:
        document[name] = value
    return tomlkit.dumps(document)


def _amount_as_typed(text: str, currency: str) -> str:
    """An amount as typed in the reader's language → as written in the file: `1200.50 GBP`.

    An amount without a currency is in `currency`. TrackerError for what is no amount.
    """
    from tracker.formatting.money import read_money

    money = read_money(text, currency)
    return f"{values.write_amount(money.amount)} {money.currency}"


def _currency_in(document: MutableMapping[str, Any]) -> str:
    """The currency in a settings file; the default where it has none that can be read."""
    try:
        return values.currency(document["currency"])
    except (KeyError, ValueError):
        return DEFAULT_CURRENCY


def _keep_currency_of_amounts(document: MutableMapping[str, Any]) -> None:
    """Write the currency they were set in behind the amounts that have none."""
    for name in AMOUNTS:
        try:
            amount = values.amount(document.get(name, ""))
            if amount is not None and values.amount_currency(document[name]) is None:
                document[name] = f"{values.write_amount(amount)} {_currency_in(document)}"
        except (ValueError, TrackerError):
            continue  # a wrong value stays, and is reported when the file is read


def _with_threshold(text: str, pattern: str, key: str, value: float | None) -> str:
    """The TOML `text` with one threshold changed, added, or (None) removed; its table may be nested either way."""
    import tomlkit

    document = tomlkit.parse(text)
    if not isinstance(document.get("patterns", {}), dict):
        document.pop("patterns")
    table: Any = document.setdefault("patterns", tomlkit.table())
    if not isinstance(table.get(pattern, {}), dict):
        table.pop(pattern)
    inner: Any = table.get(pattern)
    if value is None:
        if inner is not None:
            inner.pop(key, None)
    else:
        number = int(value) if value == int(value) else value
        if inner is None:
            table.append(tomlkit.key([pattern, key]), number)
        else:
            inner[key] = number
    if inner is not None and not inner:
        table.pop(pattern)
    if not table:
        document.pop("patterns")
    return tomlkit.dumps(document)


def without_commands(words: str) -> str:
    """The words without what sets a missing setting by command, its name or the command: where a key does it."""
    import re

    return re.sub(rf" \((?:`[^`]+`|{'|'.join(WANTED)})\)", "", words)


def say_wanted(names: Iterable[str]) -> list[str]:
    """`what a client brings in (sale_value)` for each of these settings."""
    return [_("{what} ({name})").format(what=_(WANTED[name]), name=name) for name in names]
