"""A habit in one line, in English and in French: `Read at least 20 pages on mon, wed, fri`.

The name stands first; what follows may come in any order and be left out:

- `at least 20 pages`, `at most 60 min`, `at least 80 %`: the number has its unit behind it;
- `not before 09:00`, `not after 22:00`: the first opening of the day, or the last;
- `on mon, wed, fri`, `mon-fri`, `on weekdays`, `on weekends`, `every day`, `every other day`;
- `3 times a week`, `3 times in 10 days`, `a week` or `in 10 days` for a sum;
- `by checks instagram`: measured from the log, in total or on one channel; the channel may stand behind the limit or
  be the name: `at most 30 min linkedin by social_minutes`.

A name with such words stands in quotation marks: `"Be nice at least once" every day`. Without them a limit that cannot
be read is refused, and so is an unknown measure, if there is a limit or if it resembles a measure: a typing mistake
must not become another kind of habit. `Stand by the window` resembles none, and is a name.

`read_habit` reads a line, `build_habit` fills in what was left out and refuses what cannot be, `write_habit` writes the
line back.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from difflib import get_close_matches

from tracker.analytics.habit_days import CLOCKS, SHARES
from tracker.calendar.clock import format_time_of_day
from tracker.calendar.durations import read_duration
from tracker.calendar.words import CLEAR_WEEKDAYS, NUMBERS, WEEKDAYS, plain, word_set
from tracker.domain.errors import TrackerError
from tracker.domain.models import DAY, HOUR, MEASURES, Habit
from tracker.domain.record import Record
from tracker.domain.text import entered, refusal, typed_line
from tracker.locale import _, ngettext

#: What minutes are called: in these, `1h30` is 90.
MINUTES = ("min", "mins", "minute", "minutes", "m", "mn")

#: From which similarity on, from 0 to 1, a word that is no measure is taken for a misspelt one.
ALIKE = 0.75

#: Several weekdays by one word; Monday is 0.
SPANS = {
    **dict.fromkeys(("weekdays", "weekday", "workdays", "semaine", "jours ouvres", "jours ouvrables"), (0, 1, 2, 3, 4)),
    **dict.fromkeys(("weekend", "weekends", "week-end", "week-ends"), (5, 6)),
}

_OTHER_NAMES = {
    "social_minutes": ("social time", "reseaux", "temps de reseaux", "minutes de reseaux", "minutes sociales"),
    "checks": ("verifications", "coups d'oeil", "coups d’oeil", "coups d'œil", "coups d’œil"),
    "first_opening": ("premiere ouverture",),
    "last_opening": ("derniere ouverture",),
    "contacts": ("talks", "echanges"),
    "urges_resisted": ("resisted urges", "envies", "envies surmontees", "envies repoussees"),
    "focus_minutes": ("focus time", "travail", "travail important", "minutes de travail"),
    "plan_kept": ("plans", "plan", "sessions on plan", "durees tenues", "durees prevues tenues", "plans tenus"),
}
#: How people call what can be measured.
MEASURE_WORDS = {
    word: name
    for name in MEASURES
    for word in (name, name.replace("_", " "), name.partition("_")[0], *_OTHER_NAMES.get(name, ()))
}


class ParsedHabit(Record):
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
_EVERY_FEW = re.compile(
    r"\s(?:(?:every|tous les)\s(?:(?P<days>\d{1,3})\s(?:days|jours)|other\sday)"
    r"|un jour sur (?:(?P<one_in>\d{1,3})|deux))\b",
    re.I,
)
_DAYS = re.compile(
    r"\s(?:(?P<week>a week|per week|each week|par semaine|/\s?(?:week|semaine))"
    r"|(?:in|en|sur)\s(?P<days>\d+)\s?(?:days?|d|jours?|j))\b",
    re.I,
)
_EVERY = re.compile(
    r"\s(?:every day|each day|a day|per day|daily|chaque jour|tous les jours|par jour|/\s?(?:day|jour))\b", re.I
)
_BETWEEN_DAYS = r"(?:\s*[,/]\s*|\s+(?:and|et|&)\s+)(?:(?:on|le)\s+)?"
_ON = re.compile(
    rf"\s(?:on|le|les|en|every|each|chaque|tous les)\s+(?P<on>[^\W\d]+(?:-[^\W\d]+)?\.?(?:{_BETWEEN_DAYS}[^\W\d]+\.?)*)"
    rf"|(?<=\S)\s(?P<last>[^\W\d]+\.?(?:{_BETWEEN_DAYS}[^\W\d]+\.?)+)\s*$",
    re.I,
)
#: `mon-fri`, `from monday to friday`, `du lundi au vendredi`.
_FROM_TO = re.compile(
    r"\s(?:(?:from|on|du|de|le)\s)?(?P<first>[^\W\d]{3,})\.?(?:\s?[-–]\s?|\s(?:to|through|till|until|au|à|a)\s)"
    r"(?P<last>[^\W\d]{3,})\b\.?",
    re.I,
)
_BY = re.compile(r"\s(?:by|par|selon)\s+(?P<by>.+)$", re.I)
_LIMIT_WORDS = re.compile(r"\s(?P<said>(?:at least|at most|au moins|au plus|>=|≥|<=|≤)(?:\s.*)?)$", re.I)
_QUOTED = re.compile(r"\s[\"“«](?P<name>.+)[\"”»](?P<rest>\s.*)?$")

#: Stands where the limit was, while the rest is read.
_LIMIT_WAS = "\0"
_OF = re.compile(r"^(?:on|of|for|sur|de|pour) ", re.I)
#: What a limit is of, where a name should stand: `at most 30 min of instagram`.
_OF_WHAT = re.compile(r"(?:of|de|des|du|d['’]) ?.+", re.I)

#: How many words the longest name of a measure has.
_MOST_WORDS = max(len(name.split()) for name in MEASURE_WORDS)

#: Words that are no unit: `at least 20 on mon`.
_NO_UNIT = word_set("on le les en in sur by par selon a per every each daily chaque tous")


def read_habit(line: str, channels: Container[str] = ()) -> ParsedHabit:
    """What a line says of a habit. TrackerError, in one line, where a part of it cannot be read.

    `channels` are the names, in lower case, that channels are known by. A habit on one may be without a name.
    """
    rest = f" {typed_line(line)}"
    fields: dict[str, object] = {}
    quoted_name = _QUOTED.match(rest)
    if quoted_name:
        rest = quoted_name["rest"] or ""
    for take in (_take_limit, _take_clock, _take_times, _take_rhythm, _take_weekdays, _take_measure):
        rest = take(rest, fields)
    _refuse_unread(rest, fields)
    rest = _take_channel(rest, fields, channels)
    name = rest.strip().strip(",;").strip()
    if not quoted_name and "target" in fields and (of := _OF_WHAT.match(name)):
        message = _("“{text}” is not a name; to measure it, add: by {measure}")
        raise _unread(message, text=of[0], measure="social_minutes")
    if quoted_name and name:
        raise refusal(_("“{text}” is not part of a habit"), text=name)
    fields["name"] = quoted_name["name"].strip() if quoted_name else name
    return ParsedHabit(**fields)  # type: ignore[arg-type]


# Each of these takes its words out of what is left of the line, and notes what they say.


def _take_limit(rest: str, fields: dict[str, object]) -> str:
    if not (match := _LIMIT.search(rest)):
        return rest
    unit, end = match["unit"], match.end()
    if unit and plain(unit) in _NO_UNIT:
        unit, end = None, match.start("unit")
    number = match["number"].rstrip()
    fields["kind"] = "at_least" if match["least"] else "at_most"
    fields["target"], fields["unit"] = read_target(f"{number} {unit}" if unit else number)
    return f"{rest[: match.start()]} {_LIMIT_WAS} {rest[end:].lstrip()}"


def _take_clock(rest: str, fields: dict[str, object]) -> str:
    if "kind" in fields or not (match := _CLOCK.search(rest)):
        return rest
    fields["kind"], fields["measure"] = ("at_least", "first_opening") if match["least"] else ("at_most", "last_opening")
    clock = match["clock"]
    hours, minutes, half = re.fullmatch(r"(\d+)\D?(\d*)\s?(?:([ap])\.?m\.?)?", clock.lower()).groups()  # type: ignore[union-attr]
    if half and int(hours) <= 12:  # `10:30 pm` is 22:30
        clock = f"{int(hours) % 12 + (12 if half == 'p' else 0)}:{minutes or '00'}"
    fields["target"] = float(read_clock(clock))
    return _without(rest, match)


def _take_times(rest: str, fields: dict[str, object]) -> str:
    if not (match := _TIMES.search(rest)):
        return rest
    if word := match["word"]:
        fields["times"] = NUMBERS[word.lower()]
    else:
        fields["times"] = 2 if match["twice"] else int((match["times"] or match["many"] or "1")[:9])
    return _without(rest, match)


def _take_rhythm(rest: str, fields: dict[str, object]) -> str:
    if match := _DAYS.search(rest):
        fields["days"] = 7 if match["week"] else int(match["days"][:9])
        rest = _without(rest, match)
    if "times" not in fields and "days" not in fields and (match := _EVERY_FEW.search(rest)):
        fields["times"], fields["days"] = 1, int(match["days"] or match["one_in"] or 2)
        rest = _without(rest, match)
    return _without(rest, match) if (match := _EVERY.search(rest)) else rest


def _take_weekdays(rest: str, fields: dict[str, object]) -> str:
    for match in _FROM_TO.finditer(rest):
        first, last = (plain(match[end]) for end in ("first", "last"))
        if first in WEEKDAYS and last in WEEKDAYS and not CLEAR_WEEKDAYS.isdisjoint((first, last)):
            count = (WEEKDAYS[last] - WEEKDAYS[first]) % 7 + 1
            fields["weekdays"] = tuple(sorted((WEEKDAYS[first] + n) % 7 for n in range(count)))
            return _without(rest, match)
    for match in _ON.finditer(rest):
        words = re.split(_BETWEEN_DAYS, match["on"] or match["last"])
        days = _weekdays(words)
        if days and (match["on"] or not CLEAR_WEEKDAYS.isdisjoint(map(plain, words))):  # `call Sam and Mar`
            fields["weekdays"] = days
            return _without(rest, match)
    return rest


def _take_measure(rest: str, fields: dict[str, object]) -> str:
    """`by MEASURE [CHANNEL]`; words after `by` that name no measure belong to the name."""
    if not (match := _BY.search(rest)):
        return rest
    words = match["by"].split()
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        measure = MEASURE_WORDS.get(plain(" ".join(words[:count])))
        if measure:
            fields["measure"], fields["channel"] = measure, " ".join(words[count:]) or None
            return rest[: match.start()]
    return rest


def _take_channel(rest: str, fields: dict[str, object], channels: Container[str]) -> str:
    """The channel of a measure that names none: behind the limit, in the place of its unit, or the whole name."""
    before, _limit, behind = (part.strip() for part in rest.partition(_LIMIT_WAS))
    name = " ".join(filter(None, (before, behind)))
    if "measure" not in fields or fields.get("channel"):
        return name
    unit = str(fields.get("unit") or "")
    for word, left in ((_OF.sub("", behind), before), (unit, name), (name, name)):
        if word and word.casefold() in channels:
            fields["channel"] = word
            if word == unit:
                fields["unit"] = None
            return left
    return name


def _without(rest: str, match: re.Match[str]) -> str:
    return f"{rest[: match.start()]} {rest[match.end() :].lstrip()}"


def _refuse_unread(rest: str, fields: dict[str, object]) -> None:
    """What is left would be the name: refuse one with a limit or a measure that could not be read."""
    if limit := _LIMIT_WORDS.search(rest):
        raise _unread(_("“{text}” is not an amount; write: at least 20 pages, at most 60 min"), text=limit["said"])
    by = None if "measure" in fields else _BY.search(rest)
    if by is None:
        return
    near = get_close_matches(plain(by["by"]).replace(" ", "_"), MEASURES, n=1, cutoff=ALIKE)
    if near:
        raise _unread(_("“{text}” cannot be measured; did you mean {near}?"), text=by["by"], near=near[0])
    if "target" in fields:
        raise _unread(_say_no_measure(), text=by["by"])


def _unread(message: str, **typed: str) -> TrackerError:
    return refusal(message + _("; ") + _("if these words are part of the name, put the name in quotes"), **typed)


def _say_no_measure() -> str:
    """The message about a `{text}` that names no measure."""
    return _("“{text}” cannot be measured; choose one of: {names}").replace("{names}", ", ".join(MEASURES))


def read_weekdays(text: str) -> tuple[int, ...]:
    """Monday 0 … Sunday 6 of `mon,wed`, `lundi et jeudi`, `weekdays`. TrackerError for anything else."""
    days = _weekdays(re.split(r"[,;]|\sand\s|\set\s|\s+", text.strip()))
    if days is None:
        raise refusal(_("“{text}” is not a list of weekdays; write mon,wed,fri, weekdays or weekends"), text=text)
    return days


def _weekdays(words: Iterable[str]) -> tuple[int, ...] | None:
    """The days the words name, in order; None where one of them names none."""
    days: set[int] = set()
    for word in filter(None, (plain(word).rstrip(".") for word in words)):
        if word in SPANS:
            days.update(SPANS[word])
        elif word in WEEKDAYS or word.rstrip("s") in WEEKDAYS:
            days.add(WEEKDAYS[word if word in WEEKDAYS else word.rstrip("s")])
        else:
            return None
    return tuple(sorted(days)) or None


def read_target(text: str) -> tuple[float, str | None]:
    """`20 pages` → (20, "pages"), `1h30` → (90, "min"), `09:00` → (32400, None). TrackerError for anything else."""
    amount = " ".join(text.split())
    if grouped := re.match(r"\d{1,3}(?:[ ,]\d{3})+(?!\d)", amount):  # `1,000 words`
        amount = re.sub(r"[ ,]", "", grouped[0]) + amount[grouped.end() :]
    number, _space, unit = amount.partition(" ")
    if (
        not unit
        and (split := re.fullmatch(r"([\d.,]+)([^\W\d]+|[%€$£])", amount))
        and read_duration(amount.casefold()) is None
    ):
        number, unit = split[1], split[2]
    if re.fullmatch(r"\d{1,2}:\d{2}", number) and not unit:
        return float(read_clock(number)), None
    seconds = None if re.fullmatch(r"[\d.,]+", amount) else read_duration(amount.casefold())
    if seconds is not None:
        return seconds / 60, "min"
    if not re.fullmatch(r"\d{1,9}(?:[.,]\d+)?", number, re.ASCII):
        raise refusal(_("“{text}” is not an amount; write 20 pages, 60 min or 1h30"), text=text)
    return float(number.replace(",", ".")), unit or None


def read_clock(text: str) -> int:
    """Seconds after midnight of `9`, `9:00`, `21h30`. TrackerError for anything else."""
    hours, _mark, minutes = text.strip().lower().replace("h", ":").partition(":")
    digits = hours.isdecimal() and (minutes or "0").isdecimal() and len(hours + minutes) <= 4
    if digits and int(hours) < 28 and int(minutes or 0) < 60:
        return int(hours) * 3600 + int(minutes or 0) * 60
    raise refusal(_("“{text}” is not a time of day; write for example 09:00"), text=text)


def read_measure(text: str) -> str:
    """The measure that `social`, `focus minutes` or `first-opening` names. TrackerError, listing them, for another."""
    measure = MEASURE_WORDS.get(plain(text).replace("-", "_")) or MEASURE_WORDS.get(plain(text).replace("_", " "))
    if measure is None:
        raise refusal(_say_no_measure(), text=text)
    return measure


#: The unit of what is measured, where it has one.
UNITS = {"social_minutes": "min", "focus_minutes": "min", "plan_kept": "%"}

#: What can be measured without a number: done, or not.
YES_NO = ("contacts", "urges_resisted", "plan_kept")

#: What can be measured on one channel.
BY_CHANNEL = ("social_minutes", "checks", "first_opening", "last_opening", "contacts", "urges_resisted", "plan_kept")

#: The last opening of a day may be after midnight: earlier clock times than this, in seconds, are the night's.
NIGHT_ENDS = 4 * HOUR

#: No rhythm is longer: strength would take years to say anything.
MOST_DAYS = 366


def build_habit(parsed: ParsedHabit, created: str) -> Habit:
    """The habit that a line says, without an id; here `channel` is a channel's name. TrackerError for what cannot be.

    What is left out of N times in M days is once, or a week. `not after 00:30` is half an hour into the night that the
    day ends with.
    """
    usual_days = 7 if parsed.times else 1
    days = usual_days if parsed.days is None else parsed.days
    times = 1 if parsed.times is None else parsed.times
    if times == days:
        times = days = 1
    target = parsed.target
    if parsed.measure == "last_opening" and target is not None and target < NIGHT_ENDS:
        target += DAY
    unit = parsed.unit or (UNITS.get(parsed.measure or "") if parsed.kind != "yes_no" else None)
    weekdays = () if len(parsed.weekdays) == 7 else parsed.weekdays
    measured = parsed.measure, parsed.channel
    habit = Habit(0, parsed.name.strip(), parsed.kind, target, unit, *measured, weekdays, times, days, created)
    entered("name", habit.name)
    entered("unit", habit.unit)
    if not habit.name:
        raise TrackerError(_("the habit needs a name, for example: Read at least 20 pages on mon, wed, fri"))
    if habit.target is not None and habit.target < 0:
        raise TrackerError(_("the target cannot be below zero"))
    if parsed.weekdays and (parsed.times or parsed.days):
        raise TrackerError(_("choose either weekdays or a number of times (such as 3 times a week), not both"))
    if not 0 < habit.times <= habit.days or habit.days > MOST_DAYS:
        message = ngettext(
            "{times} times in {days} day is impossible; write for example 3 times in 7 days",
            "{times} times in {days} days is impossible; write for example 3 times in 7 days",
            habit.days,
        )
        raise TrackerError(message.format(times=habit.times, days=habit.days))
    _refuse_measure(habit)
    return habit


def _refuse_measure(habit: Habit) -> None:
    if habit.measure is None:
        if habit.channel:
            message = _("say what to measure on that channel, for example: by checks {name}")
            raise TrackerError(message.format(name=habit.channel))
        return
    if habit.kind == "yes_no" and habit.measure not in YES_NO:
        example = _("not before 09:00") if habit.measure in CLOCKS else _("at most 60")
        message = _("{measure} needs a limit, for example: {example}")
        raise TrackerError(message.format(measure=habit.measure, example=example))
    if habit.measure in CLOCKS and (habit.target or 0) < 100:
        message = _("the limit of {measure} is a time of day, for example: not before 09:00")
        raise TrackerError(message.format(measure=habit.measure))
    if habit.measure in SHARES and (habit.target or 0) > 100:
        raise TrackerError(_("a share cannot be over 100%"))
    if habit.channel and habit.measure not in BY_CHANNEL:
        raise TrackerError(_("{measure} cannot be measured for one channel").format(measure=habit.measure))


#: The words a habit is written back with, in English and in French.
_WRITTEN = {
    "at_least": ("at least", "au moins"),
    "at_most": ("at most", "au plus"),
    "before": ("not before", "pas avant"),
    "after": ("not after", "pas après"),
    "on": ("on", "le"),
    "week": ("a week", "par semaine"),
    "days": ("in {n} days", "en {n} jours"),
    "times": ("{n} times", "{n} fois"),
    "by": ("by", "par"),
    "weekdays": ("mon tue wed thu fri sat sun", "lun mar mer jeu ven sam dim"),
}


def write_habit(habit: Habit, language: str = "en", channels: Container[str] = ()) -> str:
    """The line that `read_habit`, with the same names of `channels`, reads as this habit; to change it."""
    words = {name: french if language == "fr" else english for name, (english, french) in _WRITTEN.items()}
    try:
        is_plain = read_habit(habit.name) == ParsedHabit(habit.name)
    except TrackerError:
        is_plain = False
    # Without quotation marks, a name that is a channel's would be read as the channel.
    is_channel = habit.measure and not habit.channel and habit.name.casefold() in channels
    parts = [habit.name if is_plain and not is_channel else f'"{habit.name}"']
    clock = habit.measure in CLOCKS
    if habit.target is not None and clock:
        side = words["after" if habit.kind == "at_most" else "before"]
        parts.append(f"{side} {format_time_of_day(habit.target)}")
    elif habit.target is not None:
        limit = words["at_most" if habit.kind == "at_most" else "at_least"]
        parts.append(f"{limit} {habit.target:.12g} {habit.unit or ''}".strip())
    if habit.weekdays:
        weekdays = words["weekdays"].split()
        parts.append(f"{words['on']} {', '.join(weekdays[day] for day in habit.weekdays)}")
    elif habit.days > 1:
        if habit.times > 1 or habit.target is None or clock:
            parts.append(words["times"].format(n=habit.times))
        parts.append(words["week"] if habit.days == 7 else words["days"].format(n=habit.days))
    if habit.measure and not clock:
        parts.append(f"{words['by']} {habit.measure} {habit.channel or ''}".strip())
    elif habit.channel:
        parts.append(f"{words['by']} {habit.measure} {habit.channel}")
    return " ".join(parts)
