"""Times of day and lengths of time said in words: `half past nine`, `une heure et demie`, `neuf heures et quart`.

Everything here works on plain text (`words.plain`), in English and in French. `durations` and `spoken` come here for
what is not written in figures alone, so that the daily commands do not import it.
"""

from __future__ import annotations

import re

from tracker.calendar.durations import HOUR, MINUTE, UNITS, counted
from tracker.calendar.words import in_figures, plain

_PARTS = {"half": 30, "demi": 30, "demie": 30, "quarter": 15, "quart": 15, "3 quarters": 45, "3 quarts": 45}
_PART = "|".join(sorted(_PARTS, reverse=True))
_ONE = r"(?:an?|une?|the|1)"
_HALF = re.compile(rf"(?:{_ONE} )?(?:half|demie?)[ -](?:an? )?(?:(hour|heure)s?|minute)")
_QUARTERS = re.compile(rf"(?:(?:{_ONE} )?|(3)[ -])(?:quarters?|quarts?)(?: of an | d'| of | )(?:hour|heure)")
_AND_PART = re.compile(
    rf"(?P<many>an?|une?|\d{{1,3}}) ?(?:hours?|heures?|h) (?:and|et) (?:an? |une? |1 )?(?P<part>{_PART})"
    rf"|(?P<number>an?|une?|\d{{1,3}}) (?:and|et) (?:an? |une? |1 )?(?P<of>{_PART}) (?:hours?|heures?)"
)
#: `une seconde` and `a day` are no lengths that somebody logs: `a second post`, `3 times a day`.
_ARTICLE = re.compile(r"\b(?:an?|une?) (?=(?:hour|heure|minute)\b)")

_PAST = re.compile(
    r"(?:an? )?(?P<part>half|quarter|\d{1,2}|\d{1,2} (?=min))(?:minutes?|mins?)? (?P<way>past|after|to|before) "
    r"(?P<hour>\d{1,2}|noon|midnight)(?P<half> ?[ap]\.?m\.?)?"
)
_ET = re.compile(
    r"(?P<hour>\d{1,2} ?h(?:eures?)?|midi|minuit) (?P<way>et|moins) (?:le |1 |un )?(?P<part>demie?|quart|\d{1,2})"
)
_FULL = re.compile(r"(?P<hour>\d{1,2})(?: ?o'?clock| heures?)(?: (?P<minute>\d\d))?(?P<half> ?[ap]\.?m\.?)?")
_HOUR_NAMES = {"noon": 12, "midi": 12, "midnight": 24, "minuit": 24}


def spelled_duration(said: str) -> int | None:
    """The seconds of a length said in words; None for anything else, and for a number without a unit."""
    text = in_figures(plain(said))
    if found := _HALF.fullmatch(text):
        return (HOUR if found[1] else MINUTE) // 2
    if found := _QUARTERS.fullmatch(text):
        return (3 if found[1] else 1) * HOUR // 4
    if found := _AND_PART.fullmatch(text):
        many = found["many"] or found["number"]
        return (int(many) if many.isdecimal() else 1) * HOUR + _PARTS[found["part"] or found["of"]] * MINUTE
    figures = _ARTICLE.sub("1 ", text).replace(" and ", " ").replace(" et ", " ")
    if figures == said or not any(word in UNITS for word in figures.split(" ")):
        return None
    return counted(figures)


def spelled_clock(said: str) -> str | None:
    """A time of day said in words as one in figures: `quarter to ten pm` → `9:45pm`; None for anything else."""
    text = in_figures(said)
    if text.startswith("une heure"):
        text = text.replace("une", "1", 1)
    if found := _FULL.fullmatch(text):
        return f"{found['hour']}:{found['minute'] or '00'}{found['half'] or ''}"
    found = _PAST.fullmatch(text) or _ET.fullmatch(text)
    if found is None:
        return None
    part, way, half = found["part"].strip(), found["way"], found.groupdict().get("half") or ""
    if way in ("to", "before") and part.isdecimal() and "min" not in text:
        return None  # `9 to 5` is a span, or a job
    minutes = _PARTS[part] if part in _PARTS else int(part)
    name = found["hour"].split("h")[0].strip() if found["hour"][0].isdigit() else found["hour"]
    hour = _HOUR_NAMES[name] if name in _HOUR_NAMES else int(name)
    if minutes > 59 or hour > 24:
        return None
    if way in ("to", "before", "moins"):
        hour, minutes = (hour or 24) - 1, 60 - minutes
        return f"{12 if half and not hour else hour}:{minutes:02}{half}"
    return f"{hour % 24}:{minutes:02}{half}"
