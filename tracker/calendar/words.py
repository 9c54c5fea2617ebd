"""The words people use for days and rings, in English and in French, whatever the language of the interface.

Everything here works on *plain* text: lower case, without accents, with simple spaces and hyphens.
"""

from __future__ import annotations

import datetime
import re
import unicodedata

from tracker.calendar.days import YEARS, next_date, weekday
from tracker.domain.models import RINGS

DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−→", "-") | {"’": "'"})

#: How many days after today.
DAYS = {
    "today": 0,
    "aujourd'hui": 0,
    "yesterday": -1,
    "hier": -1,
    "the day before yesterday": -2,
    "day before yesterday": -2,
    "avant-hier": -2,
    "avant hier": -2,
    "yest": -1,
    "yday": -1,
    "ajd": 0,
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


def _counting(*texts: str) -> dict[int, str]:
    """The words of texts by their numbers; each text begins with the first number and the step to the next."""
    found: dict[int, str] = {}
    for text in texts:
        first, step, *words = text.split()
        found |= {int(first) + int(step) * place: word for place, word in enumerate(words)}
    return found


_ENGLISH = _counting(
    "1 1 one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen",
    "18 1 eighteen nineteen twenty",
    "30 10 thirty forty fifty sixty",
    "90 1 ninety",
)
_FRENCH = _counting(
    "2 1 deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "20 10 vingt trente quarante cinquante soixante",
)
#: `un` and `une` are articles before they are numbers: they count only before a unit.
NUMBERS = {word: number for words in (_ENGLISH, _FRENCH) for number, word in words.items()}
#: Hours that are said without a unit: `at nine`; French `à deux` is no time of day.
HOUR_WORDS = {word: number for number, word in _ENGLISH.items() if number <= 12}

#: Words for weekdays that are hardly anything else; `mon ami`, `Sam`, `mer` and `jeu` are.
CLEAR_WEEKDAYS = {
    *("tue", "tues", "wed", "thu", "thur", "thurs", "fri", "lun", "ven"),
    *(word for word in WEEKDAYS if len(word) > 5 or word == "lundi" or word == "mardi" or word == "jeudi"),
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

#: Days and weeks before today; `-2` alone is days.
_AGO = re.compile(
    r"-(?P<minus>\d{1,4}) ?(?P<unit>d|days?|j|jours?|w|weeks?|semaines?)?"
    r"|(?P<many>\d{1,4}|an?) (?P<ago>days?|weeks?) ago"
    r"|il y a (?P<combien>\d{1,4}|une?) (?P<il_y_a>jours?|semaines?)",
    re.ASCII,
)
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})(?:[/.](\d{1,2})\.?|([-/.])(\d{1,2})\3(\d{4}))", re.ASCII)
#: `3.5` is a number, where `3/5` is hardly anything but a date.
_SLASHED_WITH_YEAR = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{4}", re.ASCII)
_SLASHED = re.compile(rf"\d{{1,2}}/\d{{1,2}}|\d{{1,2}}/\d{{1,2}}/\d{{2}}|{_SLASHED_WITH_YEAR.pattern}", re.ASCII)
_NAMED = re.compile(
    r"(?:([a-z]+)\.?,? )?(?:(\d{1,2})(?:er|st|nd|rd|th)?(?: of)? ([a-z]+)\.?|([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?)"
    r"(?:,? (\d{4}))?",
    re.ASCII,
)
_WEEKDAY = re.compile(
    r"(?:(?P<last>last )|(?P<next>next ))?(?P<name>[a-z]+)\.?"
    r"(?:(?P<dernier> dernier| passe)|(?P<prochain> prochain))?",
    re.ASCII,
)
#: What may stand before a date: `on friday`, `le 22 novembre`.
_BEFORE = re.compile(r"(?:on|le|the) ")


def plain(text: str) -> str:
    """`text` in lower case, without accents, with one kind of space and one kind of dash."""
    letters = unicodedata.normalize("NFKD", text.translate(DASHES).casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def in_figures(said: str) -> str:
    """Plain text with its numbers in figures: `twenty-five minutes` → `25 minutes`."""
    words: list[str] = []
    before = 0
    for word in said.split(" "):
        tens, _dash, ones = word.partition("-")
        number = NUMBERS.get(word, 0)
        if before in (20, 30, 40, 50) and 0 < number < 10:
            words[-1] = str(before + number)
        elif tens in NUMBERS and ones in NUMBERS:
            words.append(str(NUMBERS[tens] + NUMBERS[ones]))
        elif tens in NUMBERS and ones in ("quarters", "quarts"):
            words += [str(NUMBERS[tens]), ones]
        else:
            words.append(str(number or word))
        before = number
    return " ".join(words)


def read_date(said: str, today: str) -> str | None:
    """The date meant by plain text, seen from `today`; None where it is no date, or not one of the calendar.

    `today`, `hier`, `-2` or `-2d`, `3 days ago`, `il y a une semaine`, `2026-11-22`, `22/11/2026`, `22/11`, `22 nov`,
    `Nov 22 2026`, `monday`, `last monday`, `lundi dernier`, `next monday`. Numbers are day first, unless only the other
    way makes a month. A weekday is the last one, today included (`last monday`: before today, `next monday`: after it);
    a date without a year is the last one too.
    """
    said = _BEFORE.sub("", said, count=1) if _BEFORE.match(said) and said not in DAYS else said
    if said in DAYS:
        return next_date(today, DAYS[said])
    if found := _AGO.fullmatch(in_figures(said)):
        return next_date(today, -_days_ago(found))
    if found := _ISO.fullmatch(said):
        return _date(int(found[1]), int(found[3]), int(found[4]))
    if found := _NUMBERS.fullmatch(said):
        day, month = int(found[1]), int(found[2] or found[4])
        # `9.30` is no 30 September: with dots the day always stands first.
        return None if "." in said and month > 12 else _numbered(day, month, found[5], today)
    if found := _WEEKDAY.fullmatch(said):
        return _weekday(found, today)
    if found := _NAMED.fullmatch(said):
        return _named(found, today)
    return None


def is_days_ago(said: str) -> bool:
    """Whether plain text counts days or weeks back from today: `-1d`, `3 days ago`; `-2` alone may be minutes."""
    found = _AGO.fullmatch(in_figures(said))
    return bool(found and (not found["minus"] or found["unit"]))


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
    counted = said.startswith(("-", "il y a ")) or said.endswith(" ago")
    return counted or not any(letter.isdigit() for letter in said)


def _days_ago(found: re.Match[str]) -> int:
    many = found["minus"] or found["many"] or found["combien"]
    unit = found["unit"] or found["ago"] or found["il_y_a"] or "d"
    return (int(many) if many.isdecimal() else 1) * (7 if unit[0] in "ws" else 1)


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


def _weekday(found: re.Match[str], today: str) -> str | None:
    if found["name"] not in WEEKDAYS:
        return None
    back = (weekday(today) - WEEKDAYS[found["name"]]) % 7
    if found["next"] or found["prochain"]:
        return next_date(today, 7 - back)
    return next_date(today, -(back or 7 if found["last"] or found["dernier"] else back))
