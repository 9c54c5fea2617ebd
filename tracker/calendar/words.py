"""The words people use for days and rings, in English and in French, whatever the language of the interface.

Everything here works on *plain* text: lower case, without accents, with simple spaces and hyphens.
"""

from __future__ import annotations

import datetime
import re
import unicodedata

from tracker.calendar.days import YEARS, next_date, weekday
from tracker.model import RINGS

DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−→", "-") | {"’": "'"})

#: How many days after today.
DAYS = {
    "today": 0,
    "aujourd'hui": 0,
    "yesterday": -1,
    "hier": -1,
    "the day before yesterday": -2,
    "avant-hier": -2,
    "tomorrow": 1,
    "demain": 1,
}

WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "mon monday lun lundi",
            "tue tues tuesday mar mardi",
            "wed wednesday mer mercredi",
            "thu thur thurs thursday jeu jeudi",
            "fri friday ven vendredi",
            "sat saturday sam samedi",
            "sun sunday dim dimanche",
        )
    )
    for word in words.split()
}

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january janv janvier",
            "feb february fev fevr fevrier",
            "mar march mars",
            "apr april avr avril",
            "may mai",
            "jun june juin",
            "jul july juil juillet",
            "aug august aou aout",
            "sep sept september septembre",
            "oct october octobre",
            "nov november novembre",
            "dec december decembre",
        ),
        start=1,
    )
    for word in words.split()
}

#: The rings, and how French speakers name them: every word the screens say can be typed.
RING_WORDS = {ring: ring for ring in RINGS} | {
    "immeuble": "building",
    "rue": "street",
    "quartier": "district",
    "ville": "city",
    "ailleurs": "beyond",
    "au-dela": "beyond",
}

_AGO = re.compile(r"-(\d{1,4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?", re.ASCII)
#: `3.5` is a number, where `3/5` is hardly anything but a date.
_SLASHED_WITH_YEAR = re.compile(r"\d{1,2}([/.])\d{1,2}\1\d{4}", re.ASCII)
_SLASHED = re.compile(rf"\d{{1,2}}/\d{{1,2}}|\d{{1,2}}/\d{{1,2}}/\d{{2}}|{_SLASHED_WITH_YEAR.pattern}", re.ASCII)
_NAMED = re.compile(
    r"(?:([a-z]+)\.? )?(?:(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+)\.?|([a-z]+)\.? (\d{1,2}))(?: (\d{4}))?", re.ASCII
)
_WEEKDAY = re.compile(r"(last )?([a-z]+)\.?( dernier)?", re.ASCII)


def plain(text: str) -> str:
    """`text` in lower case, without accents, with one kind of space and one kind of dash."""
    letters = unicodedata.normalize("NFKD", text.translate(DASHES).casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def read_date(said: str, today: str) -> str | None:
    """The date meant by plain text, seen from `today`; None where it is no date, or not one of the calendar.

    `today`, `hier`, `-2` (days ago), `2026-11-22`, `22/11/2026`, `22/11`, `22 nov`, `Nov 22 2026`, `monday`,
    `last monday`, `lundi dernier`. Numbers are day first, unless only the other way makes a month. A weekday is the
    last one, today included (`last monday`: before today); a date without a year is the last one too.
    """
    if said in DAYS:
        return next_date(today, DAYS[said])
    if found := _AGO.fullmatch(said):
        return next_date(today, -int(found[1]))
    if found := _ISO.fullmatch(said):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(said):
        return _numbered(int(found[1]), int(found[2]), found[3], today)
    if found := _WEEKDAY.fullmatch(said):
        return _last_weekday(found[2], bool(found[1] or found[3]), today)
    if found := _NAMED.fullmatch(said):
        return _named(found, today)
    return None


def is_wrong_date(said: str, today: str) -> bool:
    """Whether plain text has the form of a written date, `2026-02-30`, `23/13`, `31 nov`, and is none."""
    named = _NAMED.fullmatch(said)
    formed = _ISO.fullmatch(said) or _SLASHED.fullmatch(said) or (named and (named[3] or named[4]) in MONTHS)
    return bool(formed) and read_date(said, today) is None


def is_full_date(said: str) -> bool:
    """Whether plain text has the form of a date with its year in figures, which hardly means anything else."""
    return bool(_ISO.fullmatch(said) or _SLASHED_WITH_YEAR.fullmatch(said))


def is_named(said: str) -> bool:
    """Whether a date is named from today (`yesterday`, `-2`, `last monday`), not written out."""
    return said.startswith("-") or not any(letter.isdigit() for letter in said)


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat() if year in YEARS else None
    except ValueError:
        return None


def _numbered(first: int, second: int, year: str | None, today: str) -> str | None:
    day, month = (first, second) if second <= 12 else (second, first)
    return _with_year(year, month, day, today)


def _named(found: re.Match[str], today: str) -> str | None:
    """`mon 23 nov 2026`, `nov 23`: a weekday in front must be the right one."""
    month = MONTHS.get(found[3] or found[4])
    if month is None or (found[1] and found[1] not in WEEKDAYS):
        return None
    date = _with_year(found[6], month, int(found[2] or found[5]), today)
    if date and found[1] and WEEKDAYS[found[1]] != weekday(date):
        return None
    return date


def _with_year(year: str | None, month: int, day: int, today: str) -> str | None:
    if year:
        return _date(int(year), month, day)
    # The last such date: this year's or the one before, and for 29 February up to eight years back.
    past = (_date(int(today[:4]) - back, month, day) for back in range(9))
    return next((date for date in past if date and date <= today), None)


def _last_weekday(word: str, before_today: bool, today: str) -> str | None:
    if word not in WEEKDAYS:
        return None
    back = (weekday(today) - WEEKDAYS[word]) % 7
    return next_date(today, -(back or 7 if before_today else back))
