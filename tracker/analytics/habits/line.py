"""A habit in one line, as people say it, in English and in French: `Read at least 20 pages on mon, wed, fri`.

The name stands first; what follows may come in any order and be left out:

- `at least 20 pages`, `at most 60 min`, `at least 80 %`: the number has its unit behind it;
- `not before 09:00`, `not after 22:00`: the first opening of the day, or the last;
- `on mon, wed, fri`, `on weekdays`, `on weekends`, `every day`;
- `3 times a week`, `3 times in 10 days`, `a week` or `in 10 days` for a sum;
- `by checks instagram`: measured from the log, in total or on one channel; the channel may stand behind the limit or
  be the name: `at most 30 min linkedin by social_minutes`.

A name that says such things itself stands in quotation marks: `"Be nice at least once" every day`. Without them a
limit that cannot be read is refused, and so is a measure where there is a limit or it is nearly one: a slip of the
finger must not become a habit of another sort. `Stand by the window` is nearly none, and a name.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.durations import read_duration
from tracker.calendar.words import CLEAR_WEEKDAYS, NUMBERS, WEEKDAYS, plain
from tracker.domain.models import MEASURES, TrackerError
from tracker.domain.text import quoted, typed_line
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

#: What minutes are called: in these, `1h30` is 90.
MINUTES = ("min", "mins", "minute", "minutes", "m", "mn")

#: How much alike what is said to be measured and a measure are, from 0 to 1, to be taken for a slip of the finger.
ALIKE = 0.75

#: Every week's days by one word.
SPANS = {
    **dict.fromkeys(("weekdays", "weekday", "workdays", "semaine", "jours ouvres", "jours ouvrables"), (0, 1, 2, 3, 4)),
    **dict.fromkeys(("weekend", "weekends", "week-end", "week-ends"), (5, 6)),
}

#: How people call what can be measured.
MEASURE_WORDS = {
    **{name: name for name in MEASURES},
    **{name.replace("_", " "): name for name in MEASURES},
    **{name.partition("_")[0]: name for name in MEASURES},
    **dict.fromkeys(("reseaux", "minutes de reseaux", "minutes sociales"), "social_minutes"),
    **dict.fromkeys(("verifications", "coups d'oeil"), "checks"),
    **dict.fromkeys(("premiere ouverture",), "first_opening"),
    **dict.fromkeys(("derniere ouverture",), "last_opening"),
    **dict.fromkeys(("echanges", "talks"), "contacts"),
    **dict.fromkeys(("envies", "envies repoussees"), "urges_resisted"),
    **dict.fromkeys(("travail", "minutes de travail"), "focus_minutes"),
    **dict.fromkeys(("plans", "plan", "plans tenus"), "plan_kept"),
}


class Said(NamedTuple):
    """What a line says; None and empty for what it leaves out. `channel` is as typed."""

    name: str = ""
    kind: str = "yes_no"
    target: float | None = None
    unit: str | None = None
    measure: str | None = None
    channel: str | None = None
    weekdays: tuple[int, ...] = ()
    times: int | None = None
    days: int | None = None


_NUMBER = r"(?P<number>(?:\d{1,3}(?:[\s,]\d{3})+(?!\d)|\d[\d.,:h]*)\s?%?)"
_UNIT = r"(?:\s*(?P<unit>[^\W\d]+|[€$£]))?"
_LIMIT = re.compile(
    r"\s(?:(?P<least>at least|au moins|minimum|>=|≥)"
    r"|(?P<most>at most|au plus|max(?:imum)?|(?:no more|less) than|(?:pas plus|moins) de|<=|≤))"
    rf"\s*{_NUMBER}{_UNIT}",
    re.I,
)
_CLOCK = re.compile(
    r"\s(?:(?P<least>not before|pas avant)|(?P<most>not after|pas apr[eè]s))"
    r"\s+(?P<clock>\d{1,2}[:h]?\d{0,2}(?:\s?[ap]\.?m\b\.?)?)",
    re.I,
)
#: Numbers in words count nothing but times: `twice a week`, `trois fois par semaine`.
_TIMES = re.compile(
    r"\s(?:(?P<times>\d+)\s?(?:times|time|fois|x)\b|(?:(?P<once>once|une fois)|(?P<twice>twice)"
    rf"|(?P<word>{'|'.join(NUMBERS)})\s(?:times|days|fois|jours)|(?P<many>\d+)\s(?:days?|jours?))"
    r"(?=\s(?:an?|per|each|every|in|par|en|sur)\s))",
    re.I,
)
_EVERY_FEW = re.compile(r"\s(?:every|tous les)\s(?:(?P<days>\d{1,3})\s(?:days|jours)|other\sday)\b", re.I)
_DAYS = re.compile(
    r"\s(?:(?P<week>a week|per week|each week|par semaine)|(?:in|en|sur)\s(?P<days>\d+)\s?(?:days?|d|jours?|j))\b", re.I
)
_EVERY = re.compile(r"\s(?:every day|each day|a day|per day|daily|chaque jour|tous les jours|par jour)\b", re.I)
_BETWEEN_DAYS = r"(?:\s*[,/]\s*|\s+(?:and|et|&)\s+)(?:(?:on|le)\s+)?"
_ON = re.compile(
    rf"\s(?:on|le|les|en|every|each|chaque|tous les)\s+(?P<on>[^\W\d]+\.?(?:{_BETWEEN_DAYS}[^\W\d]+\.?)*)"
    rf"|(?<=\S)\s(?P<last>[^\W\d]+\.?(?:{_BETWEEN_DAYS}[^\W\d]+\.?)+)\s*$",
    re.I,
)
_BY = re.compile(r"\s(?:by|par|selon)\s+(?P<by>.+)$", re.I)
_LIMIT_WORDS = re.compile(r"\s(?P<said>(?:at least|at most|au moins|au plus|>=|≥|<=|≤)(?:\s.*)?)$", re.I)
_QUOTED = re.compile(r"\s[\"“«](?P<name>.+)[\"”»](?P<rest>\s.*)?$")

#: Where the limit stood, while the rest is read.
_LIMIT_WAS = "\0"
_OF = re.compile(r"^(?:on|of|for|sur|de|pour) ", re.I)
#: What a limit is of, where a name should stand: `at most 30 min of instagram`.
_OF_WHAT = re.compile(r"(?:of|de|des|du|d['’]) ?.+", re.I)

#: How many words the longest name of a measure has.
_MOST_WORDS = max(len(name.split()) for name in MEASURE_WORDS)

#: Words that end the unit's place: `at least 20 on mon` has no unit "on".
# fmt: off
_NO_UNIT = ("on", "le", "les", "en", "in", "sur", "by", "par", "selon", "a", "per", "every", "each", "daily", "chaque",
            "tous")
# fmt: on


def read_habit(line: str, channels: Container[str] = ()) -> Said:
    """What a line says of a habit. TrackerError, in one line, where a part of it cannot be.

    `channels` are the names, in lower case, that channels are known by. A habit on one may be without a name.
    """
    rest = f" {typed_line(line)}"
    found: dict[str, object] = {}
    given = _QUOTED.match(rest)
    if given:
        rest = given["rest"] or ""
    for take in (
        _take_limit,
        _take_clock,
        _take_times,
        _take_days,
        _take_every_few,
        _take_every,
        _take_weekdays,
        _take_measure,
    ):
        rest = take(rest, found)
    _refuse_unread(rest, found)
    rest = _take_channel(rest, found, channels)
    name = rest.strip().strip(",;").strip()
    if not given and "target" in found and (of := _OF_WHAT.match(name)):
        message = _("“{text}” is not a name; to measure it, add: by {measure}")
        raise _unread(message.format(text=quoted(of[0]), measure="social_minutes"))
    if given and name:
        raise TrackerError(_("“{text}” says nothing of a habit").format(text=quoted(name)))
    return Said(**{**found, "name": given["name"].strip() if given else name})  # type: ignore[arg-type]


def read_weekdays(text: str) -> tuple[int, ...]:
    """Monday 0 … Sunday 6 of `mon,wed`, `lundi et jeudi`, `weekdays`. TrackerError for anything else."""
    days = _weekdays(re.split(r"[,;]|\sand\s|\set\s|\s+", text.strip()))
    if days is None:
        raise TrackerError(
            _("no weekdays: “{text}”; they are written mon,wed,fri, weekdays or weekends").format(text=quoted(text))
        )
    return days


def read_target(text: str) -> tuple[float, str | None]:
    """`20 pages` → (20, "pages"), `1h30` → (90, "min"), `09:00` → (32400, None). TrackerError for anything else."""
    said = " ".join(text.split())
    if grouped := re.match(r"\d{1,3}(?:[ ,]\d{3})+(?!\d)", said):  # `1,000 words`
        said = re.sub(r"[ ,]", "", grouped[0]) + said[grouped.end() :]
    number, _space, unit = said.partition(" ")
    if (
        not unit
        and (split := re.fullmatch(r"([\d.,]+)([^\W\d]+|[%€$£])", said))
        and read_duration(said.casefold()) is None
    ):
        number, unit = split[1], split[2]
    if re.fullmatch(r"\d{1,2}:\d{2}", number) and not unit:
        return float(read_clock(number)), None
    seconds = None if re.fullmatch(r"[\d.,]+", said) else read_duration(said.casefold())
    if seconds is not None:
        return seconds / 60, "min"
    if not re.fullmatch(r"\d{1,9}(?:[.,]\d+)?", number, re.ASCII):
        raise TrackerError(
            _("no amount: “{text}”; amounts are written 20 pages, 60 min or 1h30").format(text=quoted(text))
        )
    return float(number.replace(",", ".")), unit or None


def read_clock(text: str) -> int:
    """Seconds after midnight of `9`, `9:00`, `21h30`. TrackerError for anything else."""
    hours, _mark, minutes = text.strip().lower().replace("h", ":").partition(":")
    digits = hours.isdecimal() and (minutes or "0").isdecimal() and len(hours + minutes) <= 4
    if digits and int(hours) < 28 and int(minutes or 0) < 60:
        return int(hours) * 3600 + int(minutes or 0) * 60
    raise TrackerError(_("no time of day: “{text}”; they are written 09:00").format(text=quoted(text)))


def read_measure(text: str) -> str:
    """The measure that `social`, `focus minutes` or `first-opening` names. TrackerError, listing them, for another."""
    found = MEASURE_WORDS.get(plain(text).replace("-", "_")) or MEASURE_WORDS.get(plain(text).replace("_", " "))
    if found is None:
        raise TrackerError(
            _("“{text}” is not measured; there are: {names}").format(text=quoted(text), names=", ".join(MEASURES))
        )
    return found


def _take_limit(rest: str, found: dict[str, object]) -> str:
    if not (match := _LIMIT.search(rest)):
        return rest
    unit, end = match["unit"], match.end()
    if unit and plain(unit) in _NO_UNIT:
        unit, end = None, match.start("unit")
    number = match["number"].rstrip()
    found["kind"] = "at_least" if match["least"] else "at_most"
    found["target"], found["unit"] = read_target(f"{number} {unit}" if unit else number)
    return f"{rest[: match.start()]} {_LIMIT_WAS} {rest[end:].lstrip()}"


def _take_channel(rest: str, found: dict[str, object], channels: Container[str]) -> str:
    """The channel of a measure that names none: behind the limit, in the place of its unit, or the whole name."""
    before, _limit, behind = (part.strip() for part in rest.partition(_LIMIT_WAS))
    whole = " ".join(filter(None, (before, behind)))
    if "measure" not in found or found.get("channel"):
        return whole
    unit = str(found.get("unit") or "")
    for word, left in ((_OF.sub("", behind), before), (unit, whole), (whole, whole)):
        if word and word.casefold() in channels:
            found["channel"] = word
            if word == unit:
                found["unit"] = None
            return left
    return whole


def _take_clock(rest: str, found: dict[str, object]) -> str:
    if "kind" in found or not (match := _CLOCK.search(rest)):
        return rest
    found["kind"], found["measure"] = ("at_least", "first_opening") if match["least"] else ("at_most", "last_opening")
    found["target"] = float(read_clock(_in_24_hours(match["clock"])))
    return _without(rest, match)


def _in_24_hours(clock: str) -> str:
    """`10:30 pm` → `22:30`; what is said without am or pm stays as it is."""
    hours, minutes, half = re.fullmatch(r"(\d+)\D?(\d*)\s?(?:([ap])\.?m\.?)?", clock.lower()).groups()  # type: ignore[union-attr]
    return f"{int(hours) % 12 + (12 if half == 'p' else 0)}:{minutes or '00'}" if half and int(hours) <= 12 else clock


def _take_times(rest: str, found: dict[str, object]) -> str:
    if not (match := _TIMES.search(rest)):
        return rest
    if word := match["word"]:
        found["times"] = NUMBERS[word.lower()]
    else:
        found["times"] = 2 if match["twice"] else int((match["times"] or match["many"] or "1")[:9])
    return _without(rest, match)


def _take_every_few(rest: str, found: dict[str, object]) -> str:
    if "times" in found or "days" in found or not (match := _EVERY_FEW.search(rest)):
        return rest
    found["times"], found["days"] = 1, int(match["days"] or 2)
    return _without(rest, match)


def _take_days(rest: str, found: dict[str, object]) -> str:
    if not (match := _DAYS.search(rest)):
        return rest
    found["days"] = 7 if match["week"] else int(match["days"][:9])
    return _without(rest, match)


def _take_every(rest: str, found: dict[str, object]) -> str:
    return _without(rest, match) if (match := _EVERY.search(rest)) else rest


def _take_weekdays(rest: str, found: dict[str, object]) -> str:
    for match in _ON.finditer(rest):
        words = re.split(_BETWEEN_DAYS, match["on"] or match["last"])
        days = _weekdays(words)
        if days and (match["on"] or not CLEAR_WEEKDAYS.isdisjoint(map(plain, words))):  # `call Sam and Mar`
            found["weekdays"] = days
            return _without(rest, match)
    return rest


def _take_measure(rest: str, found: dict[str, object]) -> str:
    """`by MEASURE [CHANNEL]`; words after `by` that name no measure belong to the name."""
    if not (match := _BY.search(rest)):
        return rest
    words = match["by"].split()
    for many in range(min(len(words), _MOST_WORDS), 0, -1):
        measure = MEASURE_WORDS.get(plain(" ".join(words[:many])))
        if measure:
            found["measure"], found["channel"] = measure, " ".join(words[many:]) or None
            return rest[: match.start()]
    return rest


def _refuse_unread(rest: str, found: dict[str, object]) -> None:
    """What is left would be the name: refuse one that tells of a limit or a measure nobody could read."""
    if limit := _LIMIT_WORDS.search(rest):
        message = _("no amount: “{text}”; it is written: at least 20 pages, at most 60 min")
        raise _unread(message.format(text=quoted(limit["said"])))
    by = None if "measure" in found else _BY.search(rest)
    if by is None:
        return
    near = get_close_matches(plain(by["by"]).replace(" ", "_"), MEASURES, n=1, cutoff=ALIKE)
    if near:
        raise _unread(_("“{text}” is not measured; did you mean {near}?").format(text=quoted(by["by"]), near=near[0]))
    if "target" in found:
        message = _("“{text}” is not measured; there are: {names}")
        raise _unread(message.format(text=quoted(by["by"]), names=", ".join(MEASURES)))


def _unread(says: str) -> TrackerError:
    """The error with the way out: whoever means a name by it can say so."""
    return TrackerError(says + _("; ") + _("a name with such words stands in quotation marks"))


def _weekdays(words: Iterable[str]) -> tuple[int, ...] | None:
    """The days the words name, in order; None where one names none."""
    days: set[int] = set()
    for word in filter(None, (plain(word).rstrip(".") for word in words)):
        if word in SPANS:
            days.update(SPANS[word])
        elif word in WEEKDAYS or word.rstrip("s") in WEEKDAYS:
            days.add(WEEKDAYS[word if word in WEEKDAYS else word.rstrip("s")])
        else:
            return None
    return tuple(sorted(days)) or None


def _without(rest: str, match: re.Match[str]) -> str:
    return f"{rest[: match.start()]} {rest[match.end() :].lstrip()}"
