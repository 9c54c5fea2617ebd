"""Weeks of seven days from the locale's first weekday, named like ISO weeks (`2026-W48`).

A week that does not start on Monday bears the name of the ISO week its fourth day is in: the one most of it falls in,
which for a Monday-first week is ISO's own rule. Dates are `YYYY-MM-DD`, weekdays Monday 0 … Sunday 6.
"""

from __future__ import annotations

import datetime
import os

from tracker.calendar.days import YEARS
from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.locale import _

THIS = ("this", "this week", "cette semaine", "semaine en cours", "")
LAST = ("last", "last week", "semaine derniere", "la semaine derniere", "derniere", "precedente", "passee")


def week_of(date: str, first_weekday: int) -> str:
    """The name of the week a date is in."""
    day = datetime.date.fromisoformat(date)
    fourth = day + datetime.timedelta(days=3 - (day.weekday() - first_weekday) % 7)
    year, week, _day = fourth.isocalendar()
    return f"{year}-W{week:02}"


def week_dates(week: str, first_weekday: int) -> list[str]:
    """The seven dates of a week. TrackerError if the year has no such week."""
    first = _monday(week).toordinal() + (first_weekday + 3) % 7 - 3
    return [datetime.date.fromordinal(first + n).isoformat() for n in range(7)]


def next_week(week: str, n: int = 1) -> str:
    """The name of the week `n` weeks later (earlier, if negative)."""
    return week_of((_monday(week) + datetime.timedelta(weeks=n)).isoformat(), 0)


def parse_week(text: str, today: str, first_weekday: int) -> str:
    """The name of the week that `text` means, seen from `today`.

    Understood: `2026-W48`, `W48` (of this year), `S48`, `this`, `last`, `-2` (two weeks ago), any date (the week it
    is in); in English and French. TrackerError for anything else.
    """
    this = week_of(today, first_weekday)
    if text in THIS:  # as almost always: what reads more need not be imported
        return this
    from tracker.calendar.words import plain, read_date

    said = plain(text)
    if said in THIS:
        return this
    if said in LAST:
        return next_week(this, -1)
    if said[:1] == "-" and said[1:].isdecimal() and len(said) <= 5:
        return next_week(this, int(said))
    year, mark, number = said.rpartition("s" if "s" in said else "w")
    if mark and number.isdecimal():
        return next_week(f"{year.rstrip('-') or this[:4]}-W{number:0>2}", 0)
    day = read_date(said, today)
    if day is None:
        raise _no_week(text)
    return week_of(day, first_weekday)


def locale_first_weekday(territory: str | None = None) -> int:
    """The weekday weeks start on in `territory` (`US`), else where `LC_ALL`, `LC_TIME` or `LANG` says we are.

    Monday where nothing says where: the `C` locale, or a language without a country.
    """
    wish = f"und_{territory}" if territory else _environment_locale()
    if wish in ("C", "POSIX"):
        return 0  # as Babel would say, half a dozen milliseconds later
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(wish).first_week_day
    except (ValueError, UnknownLocaleError):
        return 0


def _environment_locale() -> str:
    for name in ("LC_ALL", "LC_TIME", "LANG"):
        if os.environ.get(name):
            return os.environ[name].partition(".")[0].partition("@")[0]
    return "C"


def _monday(week: str) -> datetime.date:
    year, _mark, number = week.partition("-W")
    try:
        if int(year) not in YEARS:
            raise ValueError
        monday = datetime.date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        raise _no_week(week) from None
    return monday


def _no_week(text: str) -> TrackerError:
    return TrackerError(
        _("no week: “{text}”; weeks are written 2026-W48, last, -2 or 2026-11-23").format(text=quoted(text))
    )
