"""Settings in the reader's words: what each is called, in which group it stands, its value, and its choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker import settings
from tracker.calendar.days import next_date
from tracker.domain.models import PURPOSES
from tracker.formatting.numbers import format_percent
from tracker.formatting.text import PURPOSE_TITLES
from tracker.formatting.times import format_duration, format_weekday
from tracker.locale import N_, _, language
from tracker.settings.values import WAYS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.settings import Settings

#: The groups of the list, and what each setting is called there.
GROUPS = (
    (
        N_("Language and colours"),
        {
            "language": N_("Language"),
            "theme": N_("Colours"),
            "reduced_motion": N_("Keep the screens still"),
        },
    ),
    (
        N_("Your day and week"),
        {
            "day_starts_at": N_("A day starts at"),
            "first_weekday": N_("A week starts on"),
            "sleep": N_("You sleep"),
            "wakes_at": N_("You get up at"),
            "focus_hours": N_("Hours of important work"),
        },
    ),
    (
        N_("Limits"),
        {
            "daily_budget": N_("Social time per day"),
            "check_limit": N_("Checks per day"),
            "check_seconds": N_("A check is shorter than"),
        },
    ),
    (
        N_("Sessions"),
        {
            "channels": N_("Channels you use"),
            "breath_seconds": N_("Breath before a social session"),
            "breath_skips": N_("No breath when you start to"),
            "overrun_after": N_("Ask why, this long after the plan"),
            "forgotten_after": N_("A timer may be forgotten after"),
            "notify": N_("Announce the end of a plan by"),
        },
    ),
    (
        N_("Import"),
        {
            "sources": N_("Imported every minute"),
        },
    ),
    (
        N_("Money"),
        {
            "currency": N_("Currency"),
            "hour_cost": N_("An hour of your time costs"),
            "sale_value": N_("A client brings in"),
            "client_share": N_("Share of leads that become clients"),
            "margin": N_("Share of income left after costs"),
        },
    ),
)

#: What each setting is called.
TITLES = {name: title for _group, titles in GROUPS for name, title in titles.items()}

#: Parts of the settings file that are changed elsewhere on the screens, or by hand.
OTHERS = {"patterns": N_("thresholds of patterns"), "keys": N_("keys")}

#: How the languages call themselves.
LANGUAGE_NAMES = {"en": "English", "fr": "Français"}

_THEMES = {
    "tracker-dark": N_("dark"),
    "tracker-light": N_("light"),
    "ansi-dark": N_("the terminal's own, dark"),
    "ansi-light": N_("the terminal's own, light"),
}

_WAYS = {"bell": N_("a bell"), "terminal": N_("the terminal"), "desktop": N_("the desktop")}

#: Currencies offered in addition to the one in use; any other is typed.
_CURRENCIES = ("EUR", "USD", "GBP", "CHF", "CAD", "JPY")

#: A Monday, from which the days of a week are named.
_MONDAY = "2026-11-23"

#: Settings whose value is some of a few words, each chosen or not.
SEVERAL = {"notify": WAYS, "breath_skips": PURPOSES}


class ValueChoice(NamedTuple):
    """A value as the settings file has it (empty: the default), in words, and a detail."""

    value: str
    words: str
    detail: str = ""


def title(name: str) -> str:
    """What a setting, or another part of the settings file, is called."""
    return _(TITLES.get(name) or OTHERS.get(name) or name)


def say_value(values: Settings, name: str, channel_titles: Mapping[str, str]) -> str:
    """The value of a setting in the reader's language; `not set` where it has none.

    `channel_titles`: what each channel is called, by its name.
    """
    text, value = settings.value_text(values, name), getattr(values, name)
    if name in ("language", "first_weekday") and value is None:
        return _("as your system")
    if name == "channels":
        return ", ".join(channel_titles.get(channel, channel) for channel in value) or "–"
    if name == "notify":
        return ", ".join(_(_WAYS[way]) for way in value) or _("nothing")
    if name == "breath_skips":
        return ", ".join(_(PURPOSE_TITLES[purpose]).lower() for purpose in value) or "–"
    if name == "breath_seconds" and not value:
        return _("none")
    if not text:
        return "–"
    if name in ("client_share", "margin"):
        return format_percent(value)
    if name in ("check_seconds", "breath_seconds"):
        return format_duration(value, "exact")
    named = {option.value: option.words for option in options(name, (text,))}
    return named.get(text, text.replace("-", "–") if name in ("sleep", "focus_hours") else text)


def say_word(name: str, word: str) -> str:
    """One of the words of SEVERAL."""
    return _(_WAYS[word]) if name == "notify" else _(PURPOSE_TITLES[word])


def options(name: str, themes: Iterable[str] = ()) -> list[ValueChoice]:
    """What can be chosen for a setting; nothing where it is typed. `themes`: those that this terminal has."""
    if name == "language":
        return [ValueChoice("", _("as your system")), *map(ValueChoice, LANGUAGE_NAMES, LANGUAGE_NAMES.values())]
    if name == "first_weekday":
        days = [format_weekday(next_date(_MONDAY, index)) for index in range(7)]
        return [ValueChoice("", _("as your system")), *map(ValueChoice, WEEKDAYS, days)]
    if name == "reduced_motion":
        return [ValueChoice("yes", _("yes")), ValueChoice("no", _("no"))]
    if name == "theme":
        return [
            ValueChoice(theme, _(_THEMES[theme]) if theme in _THEMES else theme.replace("-", " ")) for theme in themes
        ]
    return []


def currencies(now: str) -> list[ValueChoice]:
    """The currencies to choose from, the one in use first, with their names."""
    from babel.numbers import get_currency_name

    codes = dict.fromkeys((now, *_CURRENCIES))
    return [ValueChoice(code, code, get_currency_name(code, locale=language())) for code in codes]
