"""The vocabulary of dates, numbers and rings in English and French, and the dates that are written with it.

Both languages are understood, whatever the language of the interface. Every function but `plain` takes *plain* text:
lower case, without accents, with single spaces and simple hyphens.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from itertools import filterfalse

from tracker.calendar.days import YEARS, next_date, next_week, no_week, week_of, weekday
from tracker.domain.models import RINGS
from tracker.domain.text import lazy_regex

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−→", "-") | {"’": "'"})

#: How many days after today.
DAYS = {
    **dict.fromkeys(("today", "aujourd'hui", "ajd"), 0),
    **dict.fromkeys(("yesterday", "hier", "yest", "yday"), -1),
    **dict.fromkeys(("the day before yesterday", "day before yesterday", "avant-hier", "avant hier"), -2),
    **dict.fromkeys(("tomorrow", "demain"), 1),
}
#: What people call this week and the last one.
THIS_WEEK = ("this", "this week", "cette semaine", "semaine en cours", "")
LAST_WEEK = ("last", "last week", "semaine derniere", "la semaine derniere", "derniere", "precedente", "passee")


def word_set(*texts: str) -> frozenset[str]:
    """The words of texts."""
    return frozenset(word for text in texts for word in text.split())


def _numbered(first: int, *words: str) -> dict[str, int]:
    """The number of each word; the words of one number stand in one text, and those of the first text have `first`."""
    return {word: number for number, text in enumerate(words, first) for word in text.split()}


WEEKDAYS = _numbered(
    0,
    "mon monday lun lundi",
    "tue tues tuesday mar mardi",
    "wed wednesday mer mercredi",
    "thu thur thurs thursday jeu jeudi",
    "fri friday ven vendredi",
    "sat saturday sam samedi",
    "sun sunday dim dimanche",
)

MONTHS = _numbered(
    1,
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
)

_ENGLISH_UP_TO_12 = "one two three four five six seven eight nine ten eleven twelve"
_ENGLISH_FROM_13 = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
_FRENCH_FROM_2 = "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
#: French `un` and `une` are not here: they are articles, and count only before a unit.
NUMBERS = {
    **_numbered(1, *_ENGLISH_UP_TO_12.split(), *_ENGLISH_FROM_13.split()),
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
    **_numbered(2, *_FRENCH_FROM_2.split()),
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
}
#: Hours that are said without a unit: `at nine`. French `à deux` is not a time of day.
HOUR_WORDS = _numbered(1, *_ENGLISH_UP_TO_12.split())

#: Words that hardly mean anything but a weekday. `mon`, `sam`, `mer` and `jeu` are also common words or names.
CLEAR_WEEKDAYS = word_set("tue tues wed thu thur thurs fri lun ven lundi mardi jeudi").union(
    word for word in WEEKDAYS if len(word) > 5
)

#: The rings by their English and French names.
RING_WORDS = {
    **{ring: ring for ring in RINGS},
    "immeuble": "building",
    "rue": "street",
    "quartier": "district",
    "ville": "city",
    **dict.fromkeys(("ailleurs", "au-dela"), "beyond"),
}
#: Words for activities besides their names and titles: French has two verbs for what `scroll` is.
ACTIVITY_WORDS = {"defiler": "scroll"}

_AGO = lazy_regex(
    r"-(?P<minus>\d{1,4}) ?(?P<minus_unit>d|days?|j|jours?|w|weeks?|semaines?)?"
    r"|(?P<count>\d{1,4}|an?) (?P<unit>days?|weeks?) ago"
    r"|il y a (?P<french_count>\d{1,4}|une?) (?P<french_unit>jours?|semaines?)",
    re.ASCII,
)
_ISO = lazy_regex(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_NUMERIC = lazy_regex(r"(\d{1,2})(?:[/.](\d{1,2})\.?|([-/.])(\d{1,2})\3(\d{4}))", re.ASCII)
_NUMERIC_WITH_YEAR = lazy_regex(r"\d{1,2}([-/.])\d{1,2}\1\d{4}", re.ASCII)
#: `3/5` is hardly anything but a date; `3.5` is a number.
_SLASHED = lazy_regex(rf"\d{{1,2}}/\d{{1,2}}|\d{{1,2}}/\d{{1,2}}/\d{{2}}|{_NUMERIC_WITH_YEAR.pattern}", re.ASCII)
_NAMED_MONTH = lazy_regex(
    r"(?:(?P<weekday>[a-z]+)\.?,? )?"
    r"(?:(?P<day>\d{1,2})(?:er|st|nd|rd|th)?(?: of)? (?P<month>[a-z]+)\.?"
    r"|(?P<month_first>[a-z]+)\.? (?P<day_behind>\d{1,2})(?:st|nd|rd|th)?)"
    r"(?:,? (?P<year>\d{4}))?",
    re.ASCII,
)
_WEEKDAY = lazy_regex(r"(?P<before>last |next )?(?P<name>[a-z]+)\.?(?P<behind> dernier| passe| prochain)?", re.ASCII)
#: What may stand before a date: `on friday`, `le 22 novembre`.
_DATE_ARTICLE = lazy_regex(r"(?:on|le|the) ")

_FRACTIONS = {"half": 30, "demi": 30, "demie": 30, "quarter": 15, "quart": 15, "3 quarters": 45, "3 quarts": 45}
_FRACTION = "|".join(sorted(_FRACTIONS, reverse=True))
_ONE = r"(?:an?|une?|the|1)"
_HALF_UNIT = lazy_regex(rf"(?:{_ONE} )?(?:half|demie?)[ -](?:an? )?(?:(hour|heure)s?|minute)")
_QUARTERS = lazy_regex(rf"(?:(?:{_ONE} )?|(3)[ -])(?:quarters?|quarts?)(?: of an | d'| of | )(?:hour|heure)")
_HOURS_AND_FRACTION = lazy_regex(
    rf"(?P<hours>an?|une?|\d{{1,3}}) ?(?:hours?|heures?|h) (?:and|et) (?:an? |une? |1 )?(?P<fraction>{_FRACTION})"
    rf"|(?P<number>an?|une?|\d{{1,3}}) (?:and|et) (?:an? |une? |1 )?(?P<of>{_FRACTION}) (?:hours?|heures?)"
)
#: `une seconde` and `a day` are not lengths that somebody logs: `a second post`, `3 times a day`.
_ARTICLE_BEFORE_UNIT = lazy_regex(r"\b(?:an?|une?) (?=(?:hour|heure|minute)\b)")

_MINUTES_PAST = lazy_regex(
    r"(?:an? )?(?P<minutes>half|quarter|\d{1,2}|\d{1,2} (?=min))(?:minutes?|mins?)? (?P<way>past|after|to|before) "
    r"(?P<hour>\d{1,2}|noon|midnight)(?P<half> ?[ap]\.?m\.?)?"
)
_HEURES_ET = lazy_regex(
    r"(?P<hour>\d{1,2} ?h(?:eures?)?|midi|minuit) (?P<way>et|moins) (?:le |1 |un )?(?P<minutes>demie?|quart|\d{1,2})"
)
_FULL_HOUR = lazy_regex(r"(?P<hour>\d{1,2})(?: ?o'?clock| heures?)(?: (?P<minute>\d\d))?(?P<half> ?[ap]\.?m\.?)?")
_HOUR_NAMES = {"noon": 12, "midi": 12, "midnight": 24, "minuit": 24}


def plain(text: str) -> str:
    """`text` in lower case, without accents, with one kind of space and one kind of dash."""
    letters = unicodedata.normalize("NFKD", text.translate(_DASHES).casefold())
    return " ".join((letters if letters.isascii() else "".join(filterfalse(unicodedata.combining, letters))).split())


def in_figures(text: str) -> str:
    """The text with its number words as figures: `twenty-five minutes` → `25 minutes`."""
    words: list[str] = []
    previous = 0
    for word in text.split(" "):
        tens, _dash, ones = word.partition("-")
        number = NUMBERS.get(word, 0)
        if previous in (20, 30, 40, 50) and 0 < number < 10:
            words[-1] = str(previous + number)
        elif tens in NUMBERS and ones in NUMBERS:
            words.append(str(NUMBERS[tens] + NUMBERS[ones]))
        elif tens in NUMBERS and ones in ("quarters", "quarts"):
            words += [str(NUMBERS[tens]), ones]
        else:
            words.append(str(number or word))
        previous = number
    return " ".join(words)


def duration_in_figures(text: str) -> str:
    """A length of time with its words as figures: `half an hour` → `30 min`, `une heure et demie` → `1 h 30 min`.

    Text that is no such length comes back with its number words as figures and without `and`.
    """
    text = in_figures(text)
    if match := _HALF_UNIT.fullmatch(text):
        return "30 min" if match[1] else "30 s"
    if match := _QUARTERS.fullmatch(text):
        return "45 min" if match[1] else "15 min"
    if match := _HOURS_AND_FRACTION.fullmatch(text):
        hours = match["hours"] or match["number"]
        return f"{hours if hours.isdecimal() else 1} h {_FRACTIONS[match['fraction'] or match['of']]} min"
    return _ARTICLE_BEFORE_UNIT.sub("1 ", text).replace(" and ", " ").replace(" et ", " ")


def clock_in_figures(text: str) -> str | None:
    """A time of day in words as one in figures: `quarter to ten pm` → `9:45pm`; None for anything else."""
    text = in_figures(text)
    if text.startswith("une heure"):
        text = text.replace("une", "1", 1)
    if match := _FULL_HOUR.fullmatch(text):
        return f"{match['hour']}:{match['minute'] or '00'}{match['half'] or ''}"
    match = _MINUTES_PAST.fullmatch(text) or _HEURES_ET.fullmatch(text)
    if match is None:
        return None
    said, way, half = match["minutes"].strip(), match["way"], match.groupdict().get("half") or ""
    if way in ("to", "before") and said.isdecimal() and "min" not in text:
        return None  # `9 to 5` is a span, or a job
    minutes = _FRACTIONS[said] if said in _FRACTIONS else int(said)
    name = match["hour"].split("h")[0].strip() if match["hour"][0].isdigit() else match["hour"]
    hour = _HOUR_NAMES[name] if name in _HOUR_NAMES else int(name)
    if minutes > 59 or hour > 24:
        return None
    if way in ("to", "before", "moins"):
        hour, minutes = (hour or 24) - 1, 60 - minutes
        return f"{12 if half and not hour else hour}:{minutes:02}{half}"
    return f"{hour % 24}:{minutes:02}{half}"


def read_date(text: str, today: str) -> str | None:
    """The date meant by `text`, seen from `today`; None where it is no date, or not one of the calendar.

    `today`, `hier`, `-2` or `-2d`, `3 days ago`, `il y a une semaine`, `2026-11-22`, `22/11/2026`, `22/11`, `22 nov`,
    `Nov 22 2026`, `monday`, `last monday`, `lundi dernier`, `next monday`. In numbers the day comes first, unless only
    the other order gives a month. A weekday is the last one, today included (`last monday`: before today, `next
    monday`: after today). A date without a year is the last one too.
    """
    if text not in DAYS:
        text = _DATE_ARTICLE.sub("", text, count=1) if _DATE_ARTICLE.match(text) else text
    if text in DAYS:
        return next_date(today, DAYS[text])
    if match := _AGO.fullmatch(in_figures(text)):
        count = match["minus"] or match["count"] or match["french_count"]
        unit = match["minus_unit"] or match["unit"] or match["french_unit"] or "d"
        return next_date(today, -(int(count) if count.isdecimal() else 1) * (7 if unit[0] in "ws" else 1))
    if match := _ISO.fullmatch(text):
        return _date(int(match[1]), int(match[3]), int(match[4]))
    if match := _NUMERIC.fullmatch(text):
        return _numeric_date(match, today)
    if match := _WEEKDAY.fullmatch(text):
        return _weekday_date(match, today)
    if match := _NAMED_MONTH.fullmatch(text):
        return _named_month_date(match, today)
    return None


def parse_week(text: str, today: str, first_weekday: int) -> str:
    """The name of the week that `text` means, seen from `today`.

    Understood: `2026-W48`, `W48` (of this year), `S48`, `this`, `last`, `-2` (two weeks ago), any date (the week it
    is in); in English and French. TrackerError for anything else.
    """
    this = week_of(today, first_weekday)
    text_plain = plain(text)
    if text_plain in THIS_WEEK:
        return this
    if text_plain in LAST_WEEK:
        return next_week(this, -1)
    if text_plain[:1] == "-" and text_plain[1:].isdecimal() and len(text_plain) <= 5:
        return next_week(this, int(text_plain))
    year, mark, number = text_plain.rpartition("s" if "s" in text_plain else "w")
    if mark and number.isdecimal():
        return next_week(f"{year.rstrip('-') or this[:4]}-W{number:0>2}", 0)
    date = read_date(text_plain, today)
    if date is None:
        raise no_week(text)
    return week_of(date, first_weekday)


def _numeric_date(match: re.Match[str], today: str) -> str | None:
    """`22/11/2026`, `22/11`."""
    day, month = int(match[1]), int(match[2] or match[4])
    if month > 12:
        if "." in match[0]:  # `9.30` is not 30 September: with dots the day always comes first
            return None
        day, month = month, day
    return _with_year(match[5], month, day, today)


def _weekday_date(match: re.Match[str], today: str) -> str | None:
    """`monday`, `last monday`, `lundi prochain`."""
    if match["name"] not in WEEKDAYS:
        return None
    days_back = (weekday(today) - WEEKDAYS[match["name"]]) % 7
    if match["before"] == "next " or match["behind"] == " prochain":
        return next_date(today, 7 - days_back)
    return next_date(today, -(days_back or 7 if match["before"] or match["behind"] else days_back))


def _named_month_date(match: re.Match[str], today: str) -> str | None:
    """`22 nov`, `Sun Nov 22 2026`; None where the weekday is another one."""
    month = MONTHS.get(match["month"] or match["month_first"])
    if month is None or (match["weekday"] and match["weekday"] not in WEEKDAYS):
        return None
    date = _with_year(match["year"], month, int(match["day"] or match["day_behind"]), today)
    is_wrong_weekday = date and match["weekday"] and WEEKDAYS[match["weekday"]] != weekday(date)
    return None if is_wrong_weekday else date


def is_days_ago(text: str) -> bool:
    """Whether `text` counts days or weeks back from today: `-1d`, `3 days ago`; `-2` alone may be minutes."""
    match = _AGO.fullmatch(in_figures(text))
    return bool(match and (not match["minus"] or match["minus_unit"]))


def is_wrong_date(text: str, today: str) -> bool:
    """Whether `text` has the form of a written date but is none: `2026-02-30`, `23/13`, `31 nov`."""
    named = _NAMED_MONTH.fullmatch(text)
    has_month = named and (named["month"] or named["month_first"]) in MONTHS
    return bool(_ISO.fullmatch(text) or _SLASHED.fullmatch(text) or has_month) and read_date(text, today) is None


def is_full_date(text: str) -> bool:
    """Whether `text` has the form of a date in figures with its year, which hardly means anything else."""
    return bool(_ISO.fullmatch(text) or _NUMERIC_WITH_YEAR.fullmatch(text))


def is_relative_date(text: str) -> bool:
    """Whether a date depends on today (`yesterday`, `-2`, `last monday`), rather than being written out."""
    counted = text.startswith(("-", "il y a ")) or text.endswith(" ago")
    return counted or not any(letter.isdigit() for letter in text)


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat() if year in YEARS else None
    except ValueError:
        return None


def _with_year(year: str | None, month: int, day: int, today: str) -> str | None:
    """The date in `year`, or the last such date: 29 February may be up to eight years back."""
    if year:
        return _date(int(year), month, day)
    past = (_date(int(today[:4]) - years_back, month, day) for years_back in range(9))
    return next((date for date in past if date and date <= today), None)
