"""The words of a line that say a time, or look as if they did.

A word or several look like a time where

- the readers of moments, dates, lengths and spans can read them, or refuse them as wrong (`25:99`, `31 nov`);
- a word contains the form of a clock (`14:00/14:25`);
- they name a day that cannot be placed (`last week`);
- they stand directly beside a time and may belong to it: a number with nothing behind it to count, `mon`, `-2`,
  `23/13`, `before`.

A number in front of a word counts it (`3 clients`, `9 to 5 job`), and `24/7`, `2.5` or `9-10` in a note are no times.

A part of the day (`morning`, `soir`) looks like a time with its small words (`in the morning`, `ce soir`), behind a
day, directly in front of a time, and behind a time at the end of the line. It is a note in `morning pages`, in
`routine du soir` away from the time, and in a greeting (`good morning`). A misspelt day (`yesterdy`, `mondy`) looks
like a time at either end of the note; `yesterday's` and `mondays` do not. `in 2 weeks` or `dans 3 mois` does anywhere
in a line with a time, `next week` only directly beside the time.
"""

from __future__ import annotations

import re
from itertools import groupby

from tracker.calendar.durations import UNITS, read_duration
from tracker.calendar.moments import NAMED_TIMES, NOW, ReadingContext, day_and_part, no_date, part_of
from tracker.calendar.spans import Surroundings, read_length, read_span
from tracker.calendar.words import (
    CLEAR_WEEKDAYS,
    DAYS,
    MONTHS,
    NUMBERS,
    WEEKDAYS,
    is_full_date,
    is_wrong_date,
    read_date,
    word_set,
)
from tracker.domain.errors import TrackerError
from tracker.domain.record import Record
from tracker.domain.text import lazy_regex
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

#: Longer runs of words are no time.
MOST_WORDS = 14

#: A line with more words of times outside of quotes is refused: taking it apart would delay the keys.
MOST_NUMBERS = 60

#: The kinds of phrase: a whole span; a length that ended now; a time of day without an end; a day without a time; what
#: has the form of a date and is none; any other text that is refused.
SPAN, LENGTH, MOMENT, DATE, NO_DATE, WRONG = "span", "length", "moment", "date", "no date", "wrong"


#: Words that make a time of the words beside them: not the article of `the day before yesterday`.
_TIME_WORDS = word_set(
    *(*NUMBERS, *UNITS, *WEEKDAYS, *NAMED_TIMES, *(day.removeprefix("the ") for day in DAYS), *NOW),
    "week weeks semaine semaines morning afternoon evening night tonight tonite matin soir nuit aprem apres-midi",
    "l'apres-midi hour half-hour demi-heure d'heure o'clock ago",
)
#: All words that may be part of a time; alone, those that are not in _TIME_WORDS say none.
_WORDS_IN_TIMES = _TIME_WORDS | word_set(
    *MONTHS,
    "a an the of at to for from on in and between past after before since till until last next half quarter quarters",
    "about around approximately starting this am pm a.m p.m a.m. p.m. three-quarters l'apres-midi",
    "le la un une il y de du des et entre pendant durant depuis vers environ partir moins jusqu'a",
    "demi demie quart quarts d'une dernier prochain ce cet cette avant",
)
_SIGN = lazy_regex(r"[-+]")
#: Numbers alone; and forms that belong to a time only directly beside it.
_NUMBER = lazy_regex(r"\d+(?:[.,]\d+)?")
_NUMBER_RANGE = lazy_regex(r"\d{1,2}-\d{1,2}")
_LONE_NUMBER = lazy_regex(r"(?:for |about |.+m(?:in\w*)? )?\d+(?:[.,]\d+)?")
_AMBIGUOUS_DATE = lazy_regex(r"-\d{1,4}|\d{1,2}[/.]\d{1,2}\.?")
#: Words that hold on to the number behind them, whatever word follows: `9:30 - 10 posts`, `half past 9 posts`.
_HOLDS = ("h", "heure", "heures", "past", "moins")
_JOINS = (*_HOLDS, "-", "+", "to", "a", "till", "until", "jusqu'a", "and", "et")
#: What stands between the two numbers of an estimate.
_BETWEEN_NUMBERS = ("-", "to", "a", "and", "et", "or", "ou")
#: No dates, whatever stands beside them.
_NOT_DATES = ("24/7", "7/7", "24/24", "1/2", "50/50")
#: Forms that beside a time can only be a date, right or wrong: `23/13`, `-2`, `20.11.`, `20.11.26`, `J-1`.
_DATE_FORM = lazy_regex(r"[dj]?-\d{1,4}|\d{1,2}/\d{1,2}|\d{1,2}\.\d{1,2}\.|\d{1,2}([-/.])\d{1,2}\1\d{2}", re.ASCII)
#: The day of a month without the month: `the 20th`, `le 20`, `le 1er`.
_DAY_OF_MONTH = lazy_regex(r"\d{1,2}(?:st|nd|rd|th|er)", re.ASCII)
#: Names of days and of their parts that are recognised where they are misspelt; least similarity, from 0 to 1.
_LONG_PARTS = ("morning", "afternoon", "evening", "tonight", "apres-midi")
_LONG_DAYS = [word for word in (*DAYS, *WEEKDAYS, *_LONG_PARTS) if len(word) > 4 and " " not in word]
_SIMILARITY = 0.85
#: Words that are similar to one and not misspelt; the first is French for husband.
_NOT_MISSPELT = ("mari", "mourning")
#: The form of a clock within a word, `14:00/14:25`, `9h5`.
_CLOCK_FORM = lazy_regex(
    r"(?<![\w.:/])\d{1,2}(?::\d\d|h\d{1,2})(?![\w:])|(?<![\w.:/])\d{1,2}(?::\d\d|h\d\d)-"
    r"|^(?:0\d|1[0-8])[0-5]\d-\d{4}$"
)
#: Past days and lengths that cannot be placed.
_VAGUE = lazy_regex(
    r"(?:^| )((?:last|previous|past) (?:week|month|year|weekend)s?|\w+ (?:month|year)s? ago|il y a \w+ (?:mois|ans?)"
    r"|(?:semaine|annee|nuit) (?:derniere|passee)|(?:mois|an|week-end) (?:dernier|passe)|(?:half|quarter) (?:past|to)"
    r"|(?:few|several|couple of|some) (?:minutes|mins|hours)|(?:quelques|plusieurs) (?:minutes|heures)"
    r"|\w+ \w+ ago|la veille|the (?:day|night) before"
    r"|the other (?:day|week|month|morning|afternoon|night|evening)|l'autre (?:jour|matin|soir|semaine|fois)"
    r"|(?:in the|this|all) (?:morning|afternoon|evening|night)|at night"
    r"|(?:le|ce) (?:matin|soir)|cette nuit|(?:pendant|toute) la (?:nuit|matinee|soiree|journee)|(?:l'|cet )apres-midi)"
    r"(?= |$)"
)
#: Future times, which count in a line with a time.
_FUTURE = lazy_regex(
    r"(?:^| )((?:in|within) (?:the next |the coming |about )?(?:[\w-]+|a few|a couple of) (?:day|week|month|year)s?"
    r"|(?:dans|d'ici) (?:[\w-]+ )?[\w-]+ (?:jours?|semaines?|mois|ans?))(?= |$)"
)
#: Days and times that cannot be placed, which count directly beside a time.
_VAGUE_BESIDE = lazy_regex(
    r"(?:next|this|coming) (?:week|month|year|weekend)|(?:la )?semaine prochaine|cette semaine|(?:ce )?week-?end"
    r"|(?:le )?mois prochain|ce mois(?:-ci)?|recently|recemment|earlier today|plus tot|tout a l'heure|one day|some day"
    r"|(?:au|du) (?:matin|soir)|de la (?:nuit|matinee|soiree|journee)|de l'apres-midi"
)
#: Words that make a greeting of the part of the day behind them: `good morning`, `bonne nuit`.
_GREETING = ("good", "bon", "bonne")
#: Words that change the meaning of the time directly behind them.
_BEFORE = word_set(
    "before after since till until by in within every this next last past half quarter ending ended finished",
    "avant apres depuis d'ici dans jusqu'a chaque ce cet cette fini finie",
    "morning afternoon evening night matin soir nuit apres-midi l'apres-midi aprem",
)
#: In front of a number that stands beside a time: then the number counts nothing.
_BEFORE_NUMBER = word_set("le the on du at a - to half quarter past from since until till")
#: Words that change the meaning of the time directly in front of them; _BEHIND_LAST only where no word follows.
_BEHIND = word_set("ago utc gmt")
_BEHIND_LAST = word_set(
    "past half quarter late earlier later cet cest hence for to at until till - +",
    "demi demie dernier prochain passe",
    "morning afternoon evening night matin soir nuit apres-midi l'apres-midi aprem",
)
#: The same, where nothing but a number follows them.
_BEFORE_LAST = word_set("- + to until till at before after by since ending ended avant apres jusqu'a on the le au")


class TimePhrase(Record):
    """The words from `first` up to `behind` of a line; `kind` is one of the above, `span` is set for a whole span."""

    kind: str
    first: int
    behind: int
    span: tuple[int, int] | None = None
    error: TrackerError | None = None


class PlainLine(Record):
    """The plain words of a line, read in a context.

    `is_field` is true for the words that are another field than the time (channel, activity, `@who`, quoted words).
    """

    words: Sequence[str]
    is_field: Sequence[bool]
    context: ReadingContext

    def text(self, first: int, behind: int) -> str:
        """The words from `first` up to `behind`; empty where there are none, or one of them is another field."""
        if first >= behind or any(self.is_field[first:behind]):
            return ""
        return " ".join(self.words[first:behind])

    def find_phrases(self) -> list[TimePhrase]:
        """Every phrase that is a time or looks like one, in order."""
        says = [says_time(word) for word in self.words]
        if sum(says) > MOST_NUMBERS:
            raise TrackerError(_("this line has too many numbers to read; put the note in quotes"))
        phrases: list[TimePhrase] = []
        for first, last in self._runs():
            at = first
            while at < last:
                taken = places_of(phrases)
                begins = all(self.is_field[index] or index in taken for index in range(at))
                for behind in range(min(last, at + MOST_WORDS), at, -1):
                    if not any(says[at:behind]):
                        continue
                    if phrase := self._read(at, behind, Surroundings(begins, self._ends(behind))):
                        phrases.append(phrase)
                        at = phrase.behind
                        break
                else:
                    at += 1
        return phrases

    def joined_span(self, phrases: Sequence[TimePhrase]) -> tuple[int, int] | None:
        """The one span that phrases say together, where only fields separate them: `yesterday facebook 9:30-10`."""
        between = range(phrases[0].first, phrases[-1].behind)
        taken = places_of(phrases)
        if not all(index in taken or self.is_field[index] for index in between):
            return None
        return read_span(" ".join(self.words[index] for index in between if index in taken), self.context)

    def find_time_like(self, phrases: Sequence[TimePhrase] = ()) -> tuple[int, int] | None:
        """(first, behind) of the words that look like a time and are in none of the phrases; None for none."""
        taken = places_of(phrases)
        for phrase in phrases:
            if beside := self._part_before(phrase.first - 1, taken) or self._part_behind(phrase.behind, taken):
                return beside
        rest = ["" if self.is_field[index] or index in taken else word for index, word in enumerate(self.words)]
        for index, word in enumerate(rest):
            edge = "" in (*rest[max(index - 1, 0) : index], *rest[index + 1 : index + 2]) or index in (0, len(rest) - 1)
            if _CLOCK_FORM.search(word) or (edge and _is_misspelt_day(word)):
                return index, index + 1
        text = " ".join(rest)
        if match := _VAGUE.search(text) or (_FUTURE.search(text) if phrases else None):
            return text.count(" ", 0, match.start(1)), text.count(" ", 0, match.end(1)) + 1
        for first in range(len(rest)):
            for behind in range(first + 1, min(first + 3, len(rest)) + 1):
                if (first - 1 in taken or behind in taken) and _VAGUE_BESIDE.fullmatch(" ".join(rest[first:behind])):
                    return first, behind
        return None

    def _part_before(self, index: int, taken: Collection[int]) -> tuple[int, int] | None:
        """(first, behind) of the word at `index`, directly in front of a time, where it may be part of it."""
        if index < 0 or index in taken or self.is_field[index]:
            return None
        if index and self.words[index] in _BETWEEN_NUMBERS and _is_number(self.words[index - 1]):  # `5 to 10 min`
            return index - 1, index + 1
        return (index, index + 1) if self._belongs_behind(index) else None

    def _belongs_behind(self, index: int) -> bool:
        """Whether the word belongs to the time directly behind it: `before`, `monday`, `20th`."""
        word, previous = self.words[index], self.words[index - 1] if index else ""
        if part_of(word) and previous in _GREETING:
            return False
        if word in _BEFORE or word in WEEKDAYS or word in MONTHS or _is_date_form(word) or _is_misspelt_day(word):
            return True
        if _DAY_OF_MONTH.fullmatch(word):
            return True
        return _is_number(word) and (not index or self.is_field[index - 1] or previous in _BEFORE_NUMBER)

    def _part_behind(self, index: int, taken: Collection[int]) -> tuple[int, int] | None:
        """(first, behind) of the words from `index`, directly behind a time, that may be part of it: `before 10`."""
        if self._ends(index) or index in taken:
            return None
        word, previous = self.words[index], self.words[index - 1]
        if word in _BEHIND or _is_date_form(word) or (part_of(word) and (previous in DAYS or previous in WEEKDAYS)):
            return index, index + 1
        if self._ends(index + 1):
            is_part = word in _BEHIND_LAST or word in WEEKDAYS or _is_number(word) or _is_misspelt_day(word)
            return (index, index + 1) if is_part else None
        is_part = self._ends(index + 2) and word in _BEFORE_LAST and _is_number(self.words[index + 1])
        return (index, index + 2) if is_part else None

    def _ends(self, index: int) -> bool:
        """Whether the line, or the words up to its next field, end before this place."""
        return index == len(self.words) or self.is_field[index]

    def _runs(self) -> Iterator[tuple[int, int]]:
        """(first, behind) of the longest runs of words that may be part of a time."""
        pairs = zip(self.words, self.is_field, strict=True)
        in_run = [word != "" and not is_field and may_be_in_time(word) for word, is_field in pairs]
        for is_run, run in groupby(range(len(in_run)), key=in_run.__getitem__):
            if is_run:
                first, *others = run
                yield first, first + len(others) + 1

    def _read(self, first: int, behind: int, around: Surroundings) -> TimePhrase | None:
        """The phrase that the words from `first` up to `behind` are; None where they are none."""
        words, context = self.words, self.context
        text = " ".join(words[first:behind])
        begin, last = words[first], words[behind - 1]
        ambiguous_date = bool(_AMBIGUOUS_DATE.fullmatch(begin)) or (begin in WEEKDAYS and begin not in CLEAR_WEEKDAYS)
        ends_with_number = not around.ends and bool(_NUMBER.fullmatch(last))
        if begin in _NOT_DATES or (ends_with_number and words[behind] in UNITS):
            return None  # in `9:30 - 20 min` the 20 is no hour
        if ambiguous_date and not around.begins:  # `step 3/4 14:00-14:25`, `lost -2`
            is_date = "/" in begin and read_date(begin, context.today) is not None
            return TimePhrase(WRONG, first, first + 1) if is_date else None
        if ends_with_number and behind - first > 1 and words[behind - 2] not in _JOINS:
            return None
        try:
            if span := read_span(text, context, around):
                return TimePhrase(SPAN, first, behind, span)
            if ends_with_number and (behind - first < 2 or words[behind - 2] not in _HOLDS):
                return None
            if _says_length(text) and (span := read_length(text, context)):
                return TimePhrase(LENGTH, first, behind, span)
            if context.read(text):
                return TimePhrase(MOMENT, first, behind)
        except TrackerError as error:
            return TimePhrase(WRONG, first, behind, error=error)
        if is_wrong_date(text, context.today) and (is_full_date(text) or not _AMBIGUOUS_DATE.fullmatch(text)):
            return TimePhrase(NO_DATE, first, behind, error=no_date(text))
        if text in _NOT_DATES or (ambiguous_date and "/" not in text):
            return None
        if read_date(day_and_part(text)[0], context.today) and read_duration(text) is None:
            return TimePhrase(DATE, first, behind)
        return None


def places_of(phrases: Sequence[TimePhrase]) -> set[int]:
    """The places of the words of phrases."""
    return {index for phrase in phrases for index in range(phrase.first, phrase.behind)}


def _is_number(word: str) -> bool:
    return any(form.fullmatch(word) for form in (_NUMBER, _NUMBER_RANGE, _DAY_OF_MONTH))


def _is_misspelt_day(word: str) -> bool:
    """Whether a word is a misspelt day or part of a day: `yesteday`, `mondy`, `lunid`."""
    if len(word) < 4 or word in _WORDS_IN_TIMES or word in _NOT_MISSPELT:
        return False
    if any(word in (f"{day}s", f"{day}'s") for day in _LONG_DAYS):  # `yesterday's post`
        return False
    if not any(_most_similar(word, day) >= _SIMILARITY for day in _LONG_DAYS):
        return False
    from difflib import get_close_matches

    similar = get_close_matches(word, _LONG_DAYS, n=3, cutoff=_SIMILARITY)
    return any(day[0] == word[0] or len(word) > 6 for day in similar) or any(
        day[0] == word[0] and sorted(day) == sorted(word) for day in _LONG_DAYS
    )


def _most_similar(word: str, other: str) -> float:
    """What the similarity of two words cannot exceed, in whatever order their letters are: of most words too little.

    Only the others need `difflib`, which takes 1 ms to import.
    """
    common = sum(min(word.count(letter), other.count(letter)) for letter in set(word))
    return 2 * common / (len(word) + len(other))


def _is_date_form(word: str) -> bool:
    return bool(_DATE_FORM.fullmatch(word)) and word not in _NOT_DATES


def may_be_in_time(word: str) -> bool:
    """Whether a plain word may be part of a time, such as `at` or `half`."""
    if word in _WORDS_IN_TIMES or word[0].isdigit():
        return True
    if word[0] in "-+~":
        return len(word) == 1 or word[1].isdigit()
    pieces = _SIGN.split(word)  # `9 h-10 h`, `noon-1pm`, `9 h+20m`
    return len(pieces) > 1 and all(piece[:1].isdigit() or piece in _WORDS_IN_TIMES for piece in pieces)


def says_time(word: str) -> bool:
    """Whether a plain word itself speaks of time: a figure, a number, a unit or a day, not `at` or `from`."""
    return any(letter.isdigit() for letter in word) or any(piece in _TIME_WORDS for piece in (word, *_SIGN.split(word)))


def reads_as_time(word: str) -> bool:
    """Whether a line of the log that has only this word says a time (a day, a clock time, a length), or whether the
    word stands before or between the times of a span, as `from` and `to`."""
    if not word or not may_be_in_time(word):
        return False
    forms = [] if len(word) == 1 or word in WEEKDAYS else [[word, "14:00", "to", "14:25"], ["14:00", word, "14:25"]]
    for words in ([word], *forms):
        phrases = PlainLine(words, [False] * len(words), ReadingContext(0, "UTC", 0)).find_phrases()
        if any(phrase.first <= words.index(word) < phrase.behind for phrase in phrases):
            return True
    return False


def _says_length(text: str) -> bool:
    """Whether a duration is a length: no number alone (`25m 30`), no day (`3 times a day`), no `1:30` without `for`."""
    if ":" in text:
        return text.startswith(("for ", "pendant ", "durant "))
    return not _LONE_NUMBER.fullmatch(text) and text not in ("1 day", "1 d")
