"""The settings file: TOML, written by hand or by `tracker config`; every key has a sensible value without it."""

from __future__ import annotations

import os

from tracker.calendar.durations import parse_duration, say_duration
from tracker.locale import LANGUAGES, N_, _
from tracker.model import PURPOSES, TrackerError
from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: How the end of a plan can be told.
WAYS = ("bell", "terminal", "desktop")

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


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
    currency: str = "EUR"
    theme: str = "tracker-dark"
    #: How long a breath is held before a social session begins, and the purposes that go without.
    breath_seconds: int = 4
    breath_skips: tuple[str, ...] = ()
    reduced_motion: bool = False
    #: Key rebindings of the screens: action id → keys.
    keys: tuple[tuple[str, str], ...] = ()


class Setting(Record):
    """One key of the file: how its value is read and said, what it may be, and what it does."""

    name: str
    read: Callable[[Any], Any]
    say: Callable[[Any], str]
    allowed: str
    does: str


def _time_of_day(value: Any) -> int:
    # TOML has times of its own: unquoted, 04:00:00 comes as a datetime.time.
    parts = str(value).strip().removesuffix(":00" if str(value).count(":") == 2 else "").split(":")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError
    hours, minutes = int(parts[0]), int(parts[1])
    if hours > 23 or minutes > 59:
        raise ValueError
    return hours * 3600 + minutes * 60


def _seconds(value: Any) -> int:
    seconds = value if isinstance(value, int) and not isinstance(value, bool) else int(str(value))
    if not 1 <= seconds <= 600:
        raise ValueError
    return seconds


def _count(value: Any) -> int | None:
    if str(value).strip() == "":
        return None
    count = int(str(value))
    if count < 0:
        raise ValueError
    return count


def _duration(value: Any) -> int | None:
    return parse_duration(str(value)) if str(value).strip() else None


def _long_duration(value: Any) -> int:
    seconds = parse_duration(str(value))
    if seconds < 60:
        raise ValueError
    return seconds


def _ways(value: Any) -> tuple[str, ...]:
    words = value if isinstance(value, list) else str(value).replace(",", " ").split()
    wanted = {str(word).strip().lower() for word in words}
    if not wanted or not wanted <= {*WAYS, "off"} or ("off" in wanted and len(wanted) > 1):
        raise ValueError
    return tuple(way for way in WAYS if way in wanted)


def _weekday(value: Any) -> int | None:
    return WEEKDAYS.index(str(value).strip().lower()) if str(value).strip() else None


def _language(value: Any) -> str | None:
    language = str(value).strip().lower()
    if language and language not in LANGUAGES:
        raise ValueError
    return language or None


def _currency(value: Any) -> str:
    code = str(value).strip().upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        raise ValueError
    return code


def _breath(value: Any) -> int:
    seconds = value if isinstance(value, int) and not isinstance(value, bool) else int(str(value))
    if not 0 <= seconds <= 60:
        raise ValueError
    return seconds


def _purposes(value: Any) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(str(value).lower().replace(",", " ").split()))
    if not set(named) <= set(PURPOSES):
        raise ValueError
    return named


def _yes_or_no(value: Any) -> bool:
    said = str(value).strip().lower()
    if said not in _YES_OR_NO:
        raise ValueError
    return _YES_OR_NO[said]


_YES_OR_NO = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


def _word(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value.strip()


def _say_time_of_day(value: int) -> str:
    return f"{value // 3600:02d}:{value % 3600 // 60:02d}"


def _say_duration(value: int | None) -> str:
    return "" if value is None else say_duration(value, "exact")


def _say_plain(value: object) -> str:
    return "" if value is None else str(value)


def _say_ways(value: tuple[str, ...]) -> str:
    return ", ".join(value) or "off"


def _say_list(value: tuple[str, ...]) -> str:
    return ", ".join(value)


def _say_yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


def _say_weekday(value: int | None) -> str:
    return "" if value is None else WEEKDAYS[value]


KNOWN = (
    Setting("day_starts_at", _time_of_day, _say_time_of_day, N_("a time of day such as 04:00"),
            N_("when a day begins: earlier moments belong to the evening before")),
    Setting("check_seconds", _seconds, _say_plain, N_("a number of seconds from 1 to 600"),
            N_("a social session shorter than this is a check")),
    Setting("daily_budget", _duration, _say_duration, N_("a duration such as 2h, or empty"),
            N_("social time you allow yourself in a day")),
    Setting("check_limit", _count, _say_plain, N_("a number of checks, or empty"),
            N_("checks you allow yourself in a day")),
    Setting("forgotten_after", _long_duration, _say_duration, N_("a duration of a minute or more such as 4h"),
            N_("a timer running longer than this may have been forgotten")),
    Setting("overrun_after", _long_duration, _say_duration, N_("a duration of a minute or more such as 5m"),
            N_("how long after the end of its plan a session is asked, once, why it goes on")),
    Setting("notify", _ways, _say_ways, N_("some of bell, terminal, desktop, or off"),
            N_("how the end of a plan is told; desktop needs the extra `notify`")),
    Setting("first_weekday", _weekday, _say_weekday, N_("monday to sunday, or empty for your locale's"),
            N_("the day a week begins on")),
    Setting("language", _language, _say_plain, N_("en or fr, or empty for your locale's"),
            N_("the language of screens and messages")),
    Setting("currency", _currency, _say_plain, N_("a currency's three letters such as EUR"),
            N_("the currency of amounts")),
    Setting("theme", _word, _say_plain, N_("the name of a theme such as tracker-light"),
            N_("the colours of the screens")),
    Setting("breath_seconds", _breath, _say_plain, N_("a number of seconds from 0 to 60"),
            N_("how long a breath is held before a social session; 0 is none")),
    Setting("breath_skips", _purposes, _say_list, N_("purposes such as make, relate; or empty"),
            N_("what may begin without a breath: make relate monitor scroll")),
    Setting("reduced_motion", _yes_or_no, _say_yes_or_no, N_("yes or no"),
            N_("keep the screens from moving, where nothing has to")),
)  # fmt: skip


def load(path: str) -> Settings:
    """The settings in the file at `path`; the defaults where there is none.

    Raises TrackerError, naming the file and the key, for what is not TOML, not a setting, or not a value it may have.
    """
    if not os.path.exists(path):
        return Settings()
    return _parse(path, _text(path))


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from None


def _parse(path: str, text: str) -> Settings:
    import tomllib

    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(path, error) from None
    keys = found.pop("keys", {})
    if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
        raise TrackerError(_('{path}: [keys] gives each action its keys, such as start = "s"').format(path=path))
    try:
        values = {name: read(name, value) for name, value in found.items()}
    except TrackerError as error:
        raise TrackerError(f"{path}: {error}") from None
    return Settings(**values, keys=tuple(keys.items()))


def _unreadable(path: str, error: Exception) -> TrackerError:
    return TrackerError(_("cannot read the settings in {path}: {reason}").format(path=path, reason=error))


def read(name: str, value: Any) -> Any:
    """The value of a setting as Settings holds it. Raises TrackerError for an unknown name or a wrong value."""
    setting = find(name)
    try:
        return setting.read(value)
    except (ValueError, TrackerError):
        raise TrackerError(
            _("{name} is {allowed}, not “{value}”").format(name=name, allowed=_(setting.allowed), value=value)
        ) from None


def find(name: str) -> Setting:
    """The setting of this name. Raises TrackerError, listing the names, for another."""
    for setting in KNOWN:
        if setting.name == name:
            return setting
    names = ", ".join(setting.name for setting in KNOWN)
    raise TrackerError(_("there is no setting “{name}”; there are: {names}").format(name=name, names=names))


def save(path: str, name: str, value: str) -> Settings:
    """Write one setting into the file, keeping its other lines and comments; an empty value takes it out.

    The file is written whole beside itself and renamed, so that no crash leaves half of it. Raises TrackerError with
    the file untouched for a value it may not have, and for a file that cannot be read as it is.
    """
    setting = find(name)
    wanted = read(name, value) if value.strip() else None
    text = _text(path) if os.path.exists(path) else ""
    _parse(path, text)
    # A number and yes or no are TOML's own; everything else is written as people write it.
    plain = setting.say in (_say_plain, _say_yes_or_no) and isinstance(wanted, int)
    changed = _with(text, name, wanted if plain and wanted is not None else value.strip())
    settings = _parse(path, changed)
    try:
        _replace(os.path.realpath(path), changed)
    except OSError as error:
        raise TrackerError(_("cannot write the settings to {path}: {reason}").format(path=path, reason=error)) from None
    return settings


def _with(text: str, name: str, value: bool | int | str) -> str:
    """The TOML `text` with one value changed, added, or (empty) taken out; everything else stays as it is."""
    import tomlkit

    document = tomlkit.parse(text)
    if value == "":
        document.pop(name, None)
    else:
        document[name] = value
    return tomlkit.dumps(document)


def _replace(path: str, text: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    mode = os.stat(path).st_mode & 0o777 if os.path.exists(path) else 0o600
    partial = f"{path}.partial"
    descriptor = os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, mode)
    with open(descriptor, "w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)
