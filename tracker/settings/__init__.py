"""The settings file: TOML, written by hand or by `tracker config`; every key has a sensible value without it."""

from __future__ import annotations

import os

from tracker import files
from tracker.domain.models import TrackerError
from tracker.domain.record import Record
from tracker.domain.text import quoted
from tracker.locale import N_, _
from tracker.settings import reading
from tracker.settings.amounts import AMOUNTS as AMOUNTS
from tracker.settings.amounts import USUAL, currency_in, currency_of, keep_currency, written_amount
from tracker.settings.reading import WEEKDAYS as WEEKDAYS  # part of what a setting may be

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    #: Raises TrackerError for settings that cannot be used, though each can be read.
    Check = Callable[["Settings"], None]


#: A settings file is no longer than this, in bytes, and none of its lines, in letters. TOML lets one line name a
#: thousand tables inside each other, and reading them takes the square of it.
MOST_BYTES, LONGEST_LINE = 128 << 10, 2000


class Settings(Record):
    """What the user chose; durations and times of day in seconds, None where there is no choice."""

    day_starts_at: int = 4 * 3600
    check_seconds: int = 30
    daily_budget: int | None = None
    check_limit: int | None = None
    forgotten_after: int = 4 * 3600
    overrun_after: int = 5 * 60
    notify: tuple[str, ...] = ("bell", "terminal", "desktop")
    first_weekday: int | None = None
    language: str | None = None
    currency: str = USUAL
    theme: str = "tracker-dark"
    #: How long a breath is held before a social session begins, and the purposes that go without.
    breath_seconds: int = 4
    breath_skips: tuple[str, ...] = ()
    reduced_motion: bool = False
    #: Declared sleep, from and until, and waking, by the wall clock; and when the important work is to be done.
    sleep: tuple[int, int] | None = None
    wakes_at: int | None = None
    focus_hours: tuple[tuple[int, int], ...] = ()
    #: What an hour costs and a sale is worth, in hundredths of their currencies (None: of the set one); the share of
    #: leads that become clients, and of income that is left after what it cost to earn.
    hour_cost: int | None = None
    hour_cost_currency: str | None = None
    sale_value: int | None = None
    sale_value_currency: str | None = None
    client_share: float | None = None
    margin: float = 1.0
    #: Thresholds of patterns that the user changed: (`brief_checks.share`, 0.7).
    patterns: tuple[tuple[str, float], ...] = ()
    #: Key rebindings of the screens: action id → keys.
    keys: tuple[tuple[str, str], ...] = ()


class Setting(Record):
    """One key of the file: how its value is read and said, what it may be, and what it does.

    `choices` are the values to choose from, where the file may hold others too: what another Textual or another Babel
    knows must not keep this one from starting.
    """

    name: str
    read: Callable[[Any], Any]
    say: Callable[[Any], str]
    allowed: str
    does: str
    choices: Callable[[], tuple[str, ...]] | None = None


KNOWN = (
    Setting("day_starts_at", reading.time_of_day, reading.say_time_of_day, N_("a time of day such as 04:00"),
            N_("when a day begins: earlier moments belong to the evening before")),
    Setting("check_seconds", reading.seconds, reading.say_plain, N_("a number of seconds from 1 to 600"),
            N_("a social session shorter than this is a check")),
    Setting("daily_budget", reading.budget, reading.say_time, N_("a duration such as 2h, or empty"),
            N_("social time you allow yourself in a day")),
    Setting("check_limit", reading.count, reading.say_plain, N_("a number of checks, or empty"),
            N_("checks you allow yourself in a day")),
    Setting("forgotten_after", reading.long_duration, reading.say_time, N_("a duration of a minute or more such as 4h"),
            N_("a timer running longer than this may have been forgotten")),
    Setting("overrun_after", reading.long_duration, reading.say_time, N_("a duration of a minute or more such as 5m"),
            N_("how long after the end of its plan a session is asked, once, why it goes on")),
    Setting("notify", reading.ways, reading.say_ways, N_("some of bell, terminal, desktop, or off"),
            N_("how the end of a plan is told; desktop needs the extra `notify`")),
    Setting("first_weekday", reading.weekday, reading.say_weekday, N_("monday to sunday, or empty for your locale's"),
            N_("the day a week begins on")),
    Setting("language", reading.language, reading.say_plain, N_("en or fr, or empty for your locale's"),
            N_("the language of screens and messages")),
    Setting("currency", reading.currency, reading.say_plain, N_("a currency's three letters such as EUR"),
            N_("the currency of amounts"), reading.currencies),
    Setting("theme", reading.word, reading.say_plain, N_("the name of a theme such as tracker-light"),
            N_("the colours of the screens"), reading.themes),
    Setting("breath_seconds", reading.breath, reading.say_plain, N_("a number of seconds from 0 to 60"),
            N_("how long a breath is held before a social session; 0 is none")),
    Setting("breath_skips", reading.purposes, reading.say_list, N_("purposes such as make, relate; or empty"),
            N_("what may begin without a breath: make relate monitor scroll")),
    Setting("reduced_motion", reading.yes_or_no, reading.say_yes_or_no, N_("yes or no"),
            N_("keep the screens from moving, where nothing has to")),
    Setting("sleep", reading.span, reading.say_span, N_("two times of day such as 23:00-07:00, or empty"),
            N_("when you sleep; without it nothing is said of the night")),
    Setting("wakes_at", reading.optional_time_of_day, reading.say_optional_time_of_day,
            N_("a time of day such as 07:00, or empty"),
            N_("when you get up; without it, the first sign of life after a long silence")),
    Setting("focus_hours", reading.spans, reading.say_spans, N_("times such as 09:00-12:00, 14:00-17:00; or empty"),
            N_("when the important work is to be done")),
    Setting("hour_cost", reading.amount, reading.say_amount, N_("an amount such as 45 or £45, or empty"),
            N_("what an hour of yours costs")),
    Setting("sale_value", reading.amount, reading.say_amount, N_("an amount such as 480 or £480, or empty"),
            N_("what a client brings in all, until the log has five payments")),
    Setting("client_share", reading.share, reading.say_share, N_("a share such as 0.25, or empty"),
            N_("the share of leads that become clients, until the log has five payments")),
    Setting("margin", reading.margin, reading.say_share, N_("a share above 0, up to 1"),
            N_("what is left of income once what it cost to earn is paid")),
)  # fmt: skip


def said(now: Settings, name: str) -> str:
    """The value of a setting as people read it; nothing for none."""
    value = getattr(now, name)
    if name in AMOUNTS and value is not None:
        from tracker.formatting.money import format_money

        return format_money(value, currency_of(now, name))
    return find(name).say(value)


def typed(now: Settings, name: str, text: str) -> Settings:
    """The settings with one value as it is typed; an empty one is the default. TrackerError for what it may not be."""
    if not text.strip():
        default = Settings()._asdict()
        return Settings(**now._asdict() | {key: default[key] for key in (name, f"{name}_currency") if key in default})
    if name not in AMOUNTS:
        return Settings(**now._asdict() | {name: read(name, text)})
    text = written_amount(name, text, now.currency)
    return Settings(**now._asdict() | {name: read(name, text), f"{name}_currency": reading.amount_currency(text)})


def load(path: str) -> Settings:
    """The settings in the file at `path`; the defaults where there is none.

    Raises TrackerError, naming the file and the key, for what is not TOML, not a setting, or not a value it may have.
    """
    if not os.path.exists(path):
        return Settings()
    return _parse(path, _text(path))


def _text(path: str) -> str:
    try:
        text = files.read_text(path, limit=MOST_BYTES)
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, getattr(error, "strerror", None) or error) from None
    if any(len(line) > LONGEST_LINE for line in text.split("\n")):
        raise _unreadable(path, _("a line is longer than {n} letters").format(n=LONGEST_LINE))
    return text


def _load(path: str, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, error) from None


def _parse(path: str, text: str) -> Settings:
    found = _load(path, text)
    try:
        return _settings(path, found)
    except RecursionError as error:
        raise _unreadable(path, error) from None


def _settings(path: str, found: dict[str, Any]) -> Settings:
    keys = found.pop("keys", {})
    if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
        raise TrackerError(_('{path}: [keys] gives each action its keys, such as start = "s"').format(path=path))
    thresholds = found.pop("patterns", {})
    try:
        patterns = reading.thresholds(thresholds)
    except ValueError:
        raise TrackerError(
            _("{path}: [patterns] gives thresholds their numbers, such as brief_checks.share = 0.7").format(path=path)
        ) from None
    try:
        values = {name: read(name, value) for name, value in found.items()}
    except TrackerError as error:
        raise TrackerError(f"{path}: {error}") from None
    values |= {f"{name}_currency": reading.amount_currency(found[name]) for name in AMOUNTS if name in found}
    return Settings(**values, keys=tuple(keys.items()), patterns=patterns)


def _unreadable(path: str, why: object) -> TrackerError:
    if isinstance(why, RecursionError):
        why = _("it is nested too deeply")
    return TrackerError(_("cannot read the settings in {path}: {reason}").format(path=path, reason=why))


def read(name: str, value: Any) -> Any:
    """The value of a setting as Settings holds it. Raises TrackerError for an unknown name or a wrong value."""
    setting = find(name)
    try:
        return setting.read(value)
    except (ValueError, TrackerError):
        raise TrackerError(
            _("{name} is {allowed}, not “{value}”").format(
                name=name, allowed=_(setting.allowed), value=quoted(str(value))
            )
        ) from None


def find(name: str) -> Setting:
    """The setting of this name. Raises TrackerError, listing the names, for another."""
    for setting in KNOWN:
        if setting.name == name:
            return setting
    names = ", ".join(setting.name for setting in KNOWN)
    raise TrackerError(_("there is no setting “{name}”; there are: {names}").format(name=quoted(name), names=names))


def save(path: str, name: str, value: str, check: Check | None = None) -> Settings:
    """Write one setting into the file, keeping its other lines and comments; an empty value takes it out.

    The file is read, changed and replaced under its lock, whole: no crash leaves half of it, and what another program
    saves at the same time is kept. Raises TrackerError with the file untouched for a value it may not have, for a file
    that cannot be read as it is, and for what `check` refuses of the settings as they would be.
    """
    setting = find(name)
    if name in AMOUNTS and value.strip():

        def set_amount(text: str) -> str:
            return _with(text, name, written_amount(name, value, currency_in(_load(path, text))))

        return _save(path, set_amount, check)
    wanted = read(name, value) if value.strip() else None
    _refuse_unknown(setting, wanted)
    # A number and yes or no are TOML's own; everything else is written as people write it.
    plain = setting.say in (reading.say_plain, reading.say_yes_or_no) and isinstance(wanted, int)
    written = wanted if plain and wanted is not None else value.strip()
    return _save(path, lambda text: _with(text, name, written), check)


def save_threshold(path: str, name: str, value: float | None, check: Check | None = None) -> Settings:
    """Write one threshold of a pattern, such as `brief_checks.share`, under [patterns]; None takes it out.

    The caller answers for the name and the number. The rest is as for `save`.
    """
    pattern, _point, key = name.partition(".")
    return _save(path, lambda text: _with_threshold(text, pattern, key, value), check)


def _save(path: str, change: Callable[[str], str], check: Check | None) -> Settings:
    try:
        with files.locked(path):
            settings, text = _changed(path, change)
            if check:
                check(settings)
            with files.replacing(path, follow=True) as file:
                file.write(text)
    except OSError as error:
        raise TrackerError(
            _("cannot write the settings to {path}: {reason}").format(path=path, reason=error.strerror or error)
        ) from None
    return settings


def _changed(path: str, change: Callable[[str], str]) -> tuple[Settings, str]:
    """The settings after a change, and the text of their file."""
    text = _text(path) if os.path.exists(path) else ""
    # Only how it is written matters before the change, which may be what mends a wrong value.
    _load(path, text)
    try:
        changed = change(text)
    except (ValueError, RecursionError) as error:  # tomlkit reads a little less than tomllib
        raise _unreadable(path, error) from None
    return _parse(path, changed), changed


def _refuse_unknown(setting: Setting, wanted: Any) -> None:
    """A slip of the finger is told, with the names there are where they fit in a line, before it is in the file."""
    if setting.choices is None or wanted is None or wanted in (names := setting.choices()):
        return
    allowed = _("one of {names}").format(names=", ".join(names)) if len(names) < 50 else _(setting.allowed)
    raise TrackerError(
        _("{name} is {allowed}, not “{value}”").format(name=setting.name, allowed=allowed, value=quoted(wanted))
    )


def _with(text: str, name: str, value: bool | int | str) -> str:
    """The TOML `text` with one value changed, added, or (empty) taken out; everything else stays as it is."""
    import tomlkit

    document = tomlkit.parse(text)
    if name == "currency":
        keep_currency(document)
    if value == "":
        document.pop(name, None)
    else:
        document[name] = value
    return tomlkit.dumps(document)


def _with_threshold(text: str, pattern: str, key: str, value: float | None) -> str:
    """The TOML `text` with one threshold changed, added, or (None) taken out; its table may be nested either way."""
    import tomlkit

    document = tomlkit.parse(text)
    if not isinstance(document.get("patterns", {}), dict):
        document.pop("patterns")
    table: Any = document.setdefault("patterns", tomlkit.table())
    if not isinstance(table.get(pattern, {}), dict):
        table.pop(pattern)
    own: Any = table.get(pattern)
    if value is not None and own is None:
        table.append(tomlkit.key([pattern, key]), _number(value))
    elif value is not None:
        own[key] = _number(value)
    elif own is not None:
        own.pop(key, None)
    if own is not None and not own:
        table.pop(pattern)
    if not table:
        document.pop("patterns")
    return tomlkit.dumps(document)


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else value
