"""Weeks of seven days from the locale's first weekday, named like ISO weeks (`2026-W48`).

A week has the name of the ISO week that its fourth day is in, which is the one with most of its days; for weeks from
Monday this is ISO's own rule. Dates are `YYYY-MM-DD`, weekdays Monday 0 … Sunday 6.
"""

from __future__ import annotations

import datetime
import os

from tracker.calendar.days import YEARS
from tracker.domain.errors import TrackerError
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
    if text in THIS:  # the usual case, without the import below
        return this
    from tracker.calendar.words import plain, read_date

    text_plain = plain(text)
    if text_plain in THIS:
        return this
    if text_plain in LAST:
        return next_week(this, -1)
    if text_plain[:1] == "-" and text_plain[1:].isdecimal() and len(text_plain) <= 5:
        return next_week(this, int(text_plain))
    year, mark, number = text_plain.rpartition("s" if "s" in text_plain else "w")
    if mark and number.isdecimal():
        return next_week(f"{year.rstrip('-') or this[:4]}-W{number:0>2}", 0)
    date = read_date(text_plain, today)
    if date is None:
        raise _no_week(text)
    return week_of(date, first_weekday)


def locale_first_weekday(territory: str | None = None) -> int:
    """The first weekday of `territory` (`US`), by default of the country in `LC_ALL`, `LC_TIME` or `LANG`.

    Monday where no country is known: the `C` locale, or a language alone.
    """
    variables = (os.environ.get(name) for name in ("LC_ALL", "LC_TIME", "LANG"))
    locale = f"und_{territory}" if territory else next(filter(None, variables), "C").partition(".")[0].partition("@")[0]
    if locale in ("C", "POSIX"):
        return 0  # Babel says the same, but its import takes some milliseconds
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(locale).first_week_day
    except (ValueError, UnknownLocaleError):
        return 0


def _monday(week: str) -> datetime.date:
    year, _mark, number = week.partition("-W")
    try:
        if int(year) in YEARS:
            return datetime.date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        pass
    raise _no_week(week)


def _no_week(text: str) -> TrackerError:
    return TrackerError(_("“{text}” is not a week; write 2026-W48, last, -2 or 2026-11-23").format(text=quoted(text)))
