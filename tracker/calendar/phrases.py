"""Where a line of words speaks of time: every phrase in it that is a time, or looks like one.

What looks like a time is what the readers of times, dates, lengths and spans can read, or refuse as none
(`25:99`, `31 nov`); the form of a clock inside a word; a day nobody can place (`last week`); and directly beside a
time what may belong to it: a number with nothing behind it to count, `mon`, `-2`, `23/13`, `before`. A number in front
of a word counts it (`3 clients`, `9 to 5 job`), and `24/7`, `2.5` or `9-10` in a note are no times.

A part of the day (`morning`, `soir`) looks like a time with its little words (`in the morning`, `ce soir`), behind a
day, directly in front of a time, and behind one where the line ends. Followed by a word of its own, `morning pages`,
away from the time, `routine du soir`, or greeting, `good morning`, it is a note. A day with a slip of the finger
(`yesterdy`, `mondy`) looks like one at either end of the note; `yesterday's` and `mondays` do not. `in 2 weeks` or
`dans 3 mois` does anywhere in a line with a time, `next week` directly beside the time.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.durations import UNITS, read_duration
from tracker.calendar.parts import day_and_part, says_part
from tracker.calendar.spans import Place, read_lone_duration, read_span
from tracker.calendar.spoken import NAMED_TIMES, NOW, no_date
from tracker.calendar.words import (
    CLEAR_WEEKDAYS,
    DAYS,
    MONTHS,
    NUMBERS,
    WEEKDAYS,
    is_full_date,
    is_wrong_date,
    read_date,
)
from tracker.domain.models import TrackerError
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.calendar.viewpoint import Viewpoint

#: No time is said in more words.
MOST_WORDS = 14

#: No line has more of a time's words outside of quotes; taking more apart would hold up the keys.
MOST_NUMBERS = 60

#: What a phrase is: a whole span; a length that ended now; a time of day without an end; a day without a time; what has
#: the form of a date and is none; what else cannot be.
SPAN, LENGTH, MOMENT, DATE, NO_DATE, WRONG = "span", "length", "moment", "date", "no date", "wrong"


def _words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in text.split())


#: Words that make a time of those beside them.
_CORE = _words(
    *(*NUMBERS, *UNITS, *WEEKDAYS, *NAMED_TIMES, *DAYS, *NOW),
    "week weeks semaine semaines morning afternoon evening night tonight tonite matin soir nuit aprem apres-midi",
    "l'apres-midi hour half-hour demi-heure d'heure o'clock ago",
)
#: Words of which times are said; where they stand alone they say none.
_TIMELY = _CORE | _words(
    *MONTHS,
    "a an the of at to for from on in and between past after before since till until last next half quarter quarters",
    "about around approximately starting this am pm a.m p.m a.m. p.m. three-quarters l'apres-midi",
    "le la un une il y de du des et entre pendant durant depuis vers environ partir moins jusqu'a",
    "demi demie quart quarts d'une dernier prochain ce cet cette avant",
)
_SIGN = re.compile(r"[-+]")
#: Numbers alone, and what only a place beside a time makes one of its words.
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_NUMBERS = re.compile(r"\d{1,2}-\d{1,2}")
_LONE_NUMBER = re.compile(r"(?:for |about |.+m(?:in\w*)? )?\d+(?:[.,]\d+)?")
_WEAK_DATE = re.compile(r"-\d{1,4}|\d{1,2}[/.]\d{1,2}\.?")
#: What holds the number behind it, whatever word follows: `9:30 - 10 posts`, `half past 9 posts`.
_HOLDS = ("h", "heure", "heures", "past", "moins")
_JOINS = (*_HOLDS, "-", "+", "to", "a", "till", "until", "jusqu'a", "and", "et")
#: No dates, whatever stands beside them.
_NO_DATES = ("24/7", "7/7", "24/24", "1/2", "50/50")
#: What beside a time can only be a date, right or wrong: `23/13`, `-2`, `20.11.`, `20.11.26`, `J-1`.
_DATE_FORM = re.compile(r"[dj]?-\d{1,4}|\d{1,2}/\d{1,2}|\d{1,2}\.\d{1,2}\.|\d{1,2}([-/.])\d{1,2}\1\d{2}", re.ASCII)
#: The day of a month without the month: `the 20th`, `le 20`, `le 1er`.
_DAY_OF_MONTH = re.compile(r"\d{1,2}(?:st|nd|rd|th|er)", re.ASCII)
#: Words of days and their parts that a slip of the finger still shows, and how much alike the two are, from 0 to 1.
_PARTS = ("morning", "afternoon", "evening", "tonight", "apres-midi")
_LONG_DAYS = [word for word in (*DAYS, *WEEKDAYS, *_PARTS) if len(word) > 4 and " " not in word]
_ALIKE = 0.85
#: Near one and no slip; the first is French for husband.
_NO_SLIPS = ("mari", "mourning")
#: The form of a clock within a word, `14:00/14:25`, `9h5`.
_CLOCK_FORM = re.compile(
    r"(?<![\w.:/])\d{1,2}(?::\d\d|h\d{1,2})(?![\w:])|(?<![\w.:/])\d{1,2}(?::\d\d|h\d\d)-"
    r"|^(?:0\d|1[0-8])[0-5]\d-\d{4}$"
)
#: Past days and lengths that nobody can place.
_VAGUE = re.compile(
    r"(?:^| )((?:last|previous|past) (?:week|month|year|weekend)s?|\w+ (?:month|year)s? ago|il y a \w+ (?:mois|ans?)"
    r"|(?:semaine|annee|nuit) (?:derniere|passee)|(?:mois|an|week-end) (?:dernier|passe)|(?:half|quarter) (?:past|to)"
    r"|(?:few|several|couple of|some) (?:minutes|mins|hours)|(?:quelques|plusieurs) (?:minutes|heures)"
    r"|\w+ \w+ ago|la veille|the (?:day|night) before"
    r"|the other (?:day|week|month|morning|afternoon|night|evening)|l'autre (?:jour|matin|soir|semaine|fois)"
    r"|(?:in the|this|all) (?:morning|afternoon|evening|night)|at night"
    r"|(?:le|ce) (?:matin|soir)|cette nuit|(?:pendant|toute) la (?:nuit|matinee|soiree|journee)|(?:l'|cet )apres-midi)"
    r"(?= |$)"
)
#: What lies ahead, where a line says a time.
_AHEAD = re.compile(
    r"(?:^| )((?:in|within) (?:the next |the coming |about )?(?:[\w-]+|a few|a couple of) (?:day|week|month|year)s?"
    r"|(?:dans|d'ici) (?:[\w-]+ )?[\w-]+ (?:jours?|semaines?|mois|ans?))(?= |$)"
)
#: A day or a time nobody can place, directly beside a time.
_VAGUE_BESIDE = re.compile(
    r"(?:next|this|coming) (?:week|month|year|weekend)|(?:la )?semaine prochaine|cette semaine|(?:ce )?week-?end"
    r"|(?:le )?mois prochain|ce mois(?:-ci)?|recently|recemment|earlier today|plus tot|tout a l'heure|one day|some day"
    r"|(?:au|du) (?:matin|soir)|de la (?:nuit|matinee|soiree|journee)|de l'apres-midi"
)
#: In front of a part of the day these make a greeting of it: `good morning`, `bonne nuit`.
_GREETING = ("good", "bon", "bonne")
#: Directly in front of a time these change what it means.
_BEFORE = _words(
    "before after since till until by in within every this next last past half quarter ending ended finished",
    "avant apres depuis d'ici dans jusqu'a chaque ce cet cette fini finie",
    "morning afternoon evening night matin soir nuit apres-midi l'apres-midi aprem",
)
#: In front of a number beside a time, which then counts nothing.
_BEFORE_NUMBER = _words("le the on du at a - to half quarter past from since until till")
#: Directly behind a time these do; the others only where the line goes on without a word.
_BEHIND = _words("ago utc gmt")
_BEHIND_LAST = _words(
    "past half quarter late earlier later cet cest hence for to at until till - +",
    "demi demie dernier prochain passe",
    "morning afternoon evening night matin soir nuit apres-midi l'apres-midi aprem",
)
#: Behind a time, with nothing but a number behind themselves.
_BEFORE_LAST = _words("- + to until till at before after by since ending ended avant apres jusqu'a on the le au")


class Phrase(NamedTuple):
    """Words of a line that say a time: `kind` is one of the above, `span` what is said where it is a whole one."""

    kind: str
    first: int
    behind: int
    span: tuple[int, int] | None = None
    error: TrackerError | None = None


def find_phrases(said: Sequence[str], own: Sequence[bool], view: Viewpoint) -> list[Phrase]:
    """Every phrase of plain words that is a time or looks like one, in order.

    `own` is true for the words that say something of their own (channel, activity, `@who`, quoted words).
    """
    found: list[Phrase] = []
    core = [says_time(word) for word in said]
    if sum(core) > MOST_NUMBERS:
        raise TrackerError(_("that line has too many numbers to be read; put the note in quotes"))
    for first, last in _runs(said, own):
        at = first
        while at < last:
            place_begins = all(own[:at]) or _all_taken(found, own, at)
            for behind in range(min(last, at + MOST_WORDS), at, -1):
                if not any(core[at:behind]):
                    continue
                ends = behind == len(said) or own[behind]
                phrase = _read(said, at, behind, Place(place_begins, ends), view)
                if phrase:
                    found.append(phrase)
                    at = phrase.behind
                    break
            else:
                at += 1
    return found


def whole(
    phrases: Sequence[Phrase], said: Sequence[str], own: Sequence[bool], view: Viewpoint
) -> tuple[int, int] | None:
    """The one span that phrases say together, where only `own` words part them: `yesterday facebook 9:30-10`."""
    between = range(phrases[0].first, phrases[-1].behind)
    taken = {place for phrase in phrases for place in range(phrase.first, phrase.behind)}
    if not all(place in taken or own[place] for place in between):
        return None
    text = " ".join(said[place] for place in between if place in taken)
    return read_span(text, view)


def looks_beside(said: Sequence[str], own: Sequence[bool], phrases: Sequence[Phrase]) -> tuple[int, int] | None:
    """The words that look like a time without being a phrase, or like an unread part of one; None for none."""
    taken = {place for phrase in phrases for place in range(phrase.first, phrase.behind)}
    for phrase in phrases:
        before, behind = phrase.first - 1, phrase.behind
        if before >= 0 and before not in taken and not own[before] and _part_before(said, own, before):
            return before, before + 1
        if behind == len(said) or behind in taken or own[behind]:
            continue
        if many := _part_behind(said, own, behind):
            return behind, behind + many
    rest = ["" if own[place] or place in taken else word for place, word in enumerate(said)]
    for place, word in enumerate(rest):
        edge = "" in (*rest[max(place - 1, 0) : place], *rest[place + 1 : place + 2]) or place in (0, len(rest) - 1)
        if _CLOCK_FORM.search(word) or (edge and _is_nearly_a_day(word)):
            return place, place + 1
    return _vague(rest, _VAGUE) or (_vague(rest, _AHEAD) if phrases else None) or _vague_beside(rest, taken)


def _vague(rest: Sequence[str], form: re.Pattern[str]) -> tuple[int, int] | None:
    text = " ".join(rest)
    found = form.search(text)
    return (text.count(" ", 0, found.start(1)), text.count(" ", 0, found.end(1)) + 1) if found else None


def _vague_beside(rest: Sequence[str], taken: set[int]) -> tuple[int, int] | None:
    for first in range(len(rest)):
        for behind in range(first + 1, min(first + 3, len(rest)) + 1):
            if (first - 1 in taken or behind in taken) and _VAGUE_BESIDE.fullmatch(" ".join(rest[first:behind])):
                return first, behind
    return None


def _part_before(said: Sequence[str], own: Sequence[bool], place: int) -> bool:
    word = said[place]
    if place and says_part(word) and said[place - 1] in _GREETING:
        return False
    if word in _BEFORE or word in WEEKDAYS or word in MONTHS or is_wrong_form(word) or _is_nearly_a_day(word):
        return True
    if _DAY_OF_MONTH.fullmatch(word):
        return True
    return _is_number(word) and (place == 0 or own[place - 1] or said[place - 1] in _BEFORE_NUMBER)


def _part_behind(said: Sequence[str], own: Sequence[bool], place: int) -> int:
    """How many words behind a time may be part of it: `ago`, `before 10`."""
    word = said[place]
    if word in _BEHIND or is_wrong_form(word) or (says_part(word) and is_day(said[place - 1])):
        return 1
    if place + 1 == len(said) or own[place + 1]:
        return int(word in _BEHIND_LAST or word in WEEKDAYS or _is_number(word) or _is_nearly_a_day(word))
    ends = place + 2 == len(said) or own[place + 2]
    return 2 if ends and word in _BEFORE_LAST and _is_number(said[place + 1]) else 0


def _is_number(word: str) -> bool:
    return any(form.fullmatch(word) for form in (_NUMBER, _NUMBERS, _DAY_OF_MONTH))


def _is_nearly_a_day(word: str) -> bool:
    """Whether a word beside a time is a day with a slip of the finger in it: `yesteday`, `mondy`, `lunid`."""
    if len(word) < 4 or word in _TIMELY or word in _NO_SLIPS:
        return False
    near = get_close_matches(word, _LONG_DAYS, n=3, cutoff=_ALIKE)
    if any(word in (f"{day}s", f"{day}'s") for day in _LONG_DAYS):  # `yesterday's post`
        return False
    return any(day[0] == word[0] or len(word) > 6 for day in near) or any(
        day[0] == word[0] and sorted(day) == sorted(word) for day in _LONG_DAYS
    )


def is_day(word: str) -> bool:
    """Whether a plain word names a day: `yesterday`, `lundi`."""
    return word in DAYS or word in WEEKDAYS


def is_wrong_form(word: str) -> bool:
    """Whether a word beside a time can only be a date, right or wrong."""
    return bool(_DATE_FORM.fullmatch(word)) and word not in _NO_DATES


def _runs(said: Sequence[str], own: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Stretches of words of which times are said."""
    first = None
    for place, word in enumerate([*said, ""]):
        timely = place < len(said) and not own[place] and word != "" and is_timely(word)
        if timely and first is None:
            first = place
        elif not timely and first is not None:
            yield first, place
            first = None


def is_timely(word: str) -> bool:
    """Whether a plain word may be a part of what says a time, be it `at` or `half`."""
    if word in _TIMELY or word[0].isdigit():
        return True
    if word[0] in "-+~":
        return len(word) == 1 or word[1].isdigit()
    pieces = _SIGN.split(word)  # `9 h-10 h`, `noon-1pm`, `9 h+20m`
    return len(pieces) > 1 and all(piece[:1].isdigit() or piece in _TIMELY for piece in pieces)


def says_time(word: str) -> bool:
    """Whether a plain word is one of a time's own: a figure, a number, a unit or a day, not `at` or `from`."""
    return any(letter.isdigit() for letter in word) or any(piece in _CORE for piece in (word, *_SIGN.split(word)))


def _all_taken(found: Sequence[Phrase], own: Sequence[bool], at: int) -> bool:
    taken = {place for phrase in found for place in range(phrase.first, phrase.behind)}
    return all(own[place] or place in taken for place in range(at))


def _read(said: Sequence[str], first: int, behind: int, place: Place, view: Viewpoint) -> Phrase | None:
    text = " ".join(said[first:behind])
    weak_date = bool(_WEAK_DATE.fullmatch(said[first])) or (
        said[first] in WEEKDAYS and said[first] not in CLEAR_WEEKDAYS
    )
    if said[first] in _NO_DATES or (not place.ends and said[behind] in UNITS and _NUMBER.fullmatch(said[behind - 1])):
        return None  # in `9:30 - 20 min` the 20 is no hour
    if weak_date and not place.begins:  # `step 3/4 14:00-14:25`, `lost -2`
        return Phrase(WRONG, first, first + 1) if _is_day_and_month(said[first], view.today) else None
    last = said[behind - 1]
    if not place.ends and _NUMBER.fullmatch(last) and behind - first > 1 and said[behind - 2] not in _JOINS:
        return None
    try:
        if span := read_span(text, view, place):
            return Phrase(SPAN, first, behind, span)
        if not place.ends and _NUMBER.fullmatch(last) and (behind - first < 2 or said[behind - 2] not in _HOLDS):
            return None
        if _says_length(text) and (span := read_lone_duration(text, view)):
            return Phrase(LENGTH, first, behind, span)
        if view.read(text):
            return Phrase(MOMENT, first, behind)
    except TrackerError as error:
        return Phrase(WRONG, first, behind, error=error)
    return _read_date(text, first, behind, weak_date, view)


def _says_length(text: str) -> bool:
    """A number alone is none (`25m 30`), nor is a day (`3 times a day`); `1:30` is one only where that is said."""
    if ":" in text:
        return text.startswith(("for ", "pendant ", "durant "))
    return not _LONE_NUMBER.fullmatch(text) and text not in ("1 day", "1 d")


def _is_day_and_month(word: str, today: str) -> bool:
    return "/" in word and word not in _NO_DATES and read_date(word, today) is not None


def _read_date(text: str, first: int, behind: int, weak: bool, view: Viewpoint) -> Phrase | None:
    if is_wrong_date(text, view.today) and (is_full_date(text) or not _WEAK_DATE.fullmatch(text)):
        return Phrase(NO_DATE, first, behind, error=no_date(text))
    if text in _NO_DATES or (weak and "/" not in text):
        return None
    if read_date(day_and_part(text)[0], view.today) and read_duration(text) is None:
        return Phrase(DATE, first, behind)
    return None
