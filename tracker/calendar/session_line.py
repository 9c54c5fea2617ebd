"""A session in one line, as people write it: `linkedin create 14:00-14:25 carousel for Samia @samia street`.

    line    = field …             in any order, with the limits below
    field   = channel             the first word that is no other field; required
            | time                a span, or a length that ended now (`25m`); required where no default is given
            | activity | ring     directly behind the channel, the time, `@who` or another activity or ring
            | @who | @"Who Else"  the person
            | for:TEXT            the intention
            | trigger:TEXT
            | note:TEXT           note: followed by a space takes all the rest of the line
            | word                the note, in the order of the line
    TEXT    = word | "words in quotes"

French has `pour:` and `déclencheur:` too. A key apart from its text, `for: likes`, is refused; a dash or a colon alone
(SEPARATORS) in front of the note is no part of it. An activity or a ring anywhere else belongs to the note: `met in the
street` stays whole. Of each field the first counts; more of it stays in the note. The line says one time. Words that
look like another one and are not part of it are refused, with what was understood of the rest: they never become a
note, unless they are in quotes or behind `note:`.
"""

from __future__ import annotations

from contextlib import suppress

from tracker.calendar import time_phrases
from tracker.calendar.clock import format_time_of_day
from tracker.calendar.days import WallClock, day_of
from tracker.calendar.durations import read_duration
from tracker.calendar.moments import ReadingContext, clock_in_part, day_without_time, no_date, part_of
from tracker.calendar.spans import UnclearHour, no_end, two_times
from tracker.calendar.words import MONTHS, RING_WORDS, is_wrong_date, plain, word_set
from tracker.domain.errors import TrackerError
from tracker.domain.models import RINGS
from tracker.domain.record import Record
from tracker.domain.text import LIMITS, LINE_BREAK, entered, lazy_regex, quoted, refusal
from tracker.locale import _, ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
    from typing import TypeVar

    Span = tuple[int, int]
    Read = TypeVar("Read")
    #: For channels, activities, and aliases of channels: the name for each lower-case word that stands for one.
    Vocabulary = tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]
    #: Whether a person of this name is known.
    IsKnown = Callable[[str], bool]

#: What may stand before a colon, in plain text, and the field it gives.
KEYS = {"for": "intention", "pour": "intention", "trigger": "trigger", "declencheur": "trigger", "note": "note"}

#: Keys without their text; all that follows `note:` is its text (`_with_rest_as_note`).
KEYS_ALONE = {f"{key}:" for key in KEYS}

#: Marks that separate the fields of a line, `linkedin - 25m - carousel`, where they stand alone.
SEPARATORS = ("-", "–", "—", ":", "|", "/", ",", ";")

#: How similar a word and an activity are, from 0 to 1, to be taken for a typing error.
SIMILARITY = 0.8

#: How many wrong lines are explained; of more only the number is given.
MOST_EXPLAINED = 3

#: The lengths that are offered where a line has no time yet.
LENGTHS_OFFERED = ("25m", "15m", "45m", "1h")

#: How many whole lines are offered.
MOST_OFFERED = 6

#: How many words of each vocabulary are offered before anything of the next word is typed.
OFFERED_OF_EACH = 3

QUOTES = '"“”«»'
#: One word, or several that double quotes hold together, also behind `@` or `key:`.
WORD = lazy_regex(r'(?:@|[^\W\d]+:)?(?:"[^"]*"|“[^”]*”|«[^»]*»)[,;.!?]?(?=\s|$)|\S+')
_TIME = lazy_regex(r"\d+ ?(?::\d\d|h|m\b|min|s\b|[ap]m)")


class Entry(Record):
    """What a line says of one session; `start` and `end` are UTC seconds."""

    channel: str
    start: int
    end: int
    activity: str | None = None
    person: str | None = None
    ring: str | None = None
    intention: str | None = None
    trigger: str | None = None
    note: str | None = None


def parse_entry(line: str, vocabulary: Vocabulary, context: ReadingContext, default: Span | None = None) -> Entry:
    """The session that a line describes; TrackerError naming what is missing or cannot be.

    A line without a time is about `default`, where that is given.
    """
    channels, activities, aliases = vocabulary
    words = _with_rest_as_note(_with_colons(WORD.findall(entered("line", line) or "")))
    names = {**aliases, **channels}
    time = _LineTime(words, names, activities, context)
    fields, note = _fields(time.other_words(), names, activities)
    if "channel" not in fields:
        raise _which_channel("", channels)
    start, end = time.span or time.default_span(line, default)
    entry = Entry(
        fields["channel"],
        start,
        end,
        activity=fields.get("activity"),
        person=entered("person", fields.get("person")),
        ring=fields.get("ring"),
        intention=entered("intention", fields.get("intention")),
        trigger=entered("trigger", fields.get("trigger")),
        note=entered("note", note),
    )
    time.refuse_unread(entry)
    return entry


def parse_note(text: str, instead: str, now: int, zone: str, starts_at: int) -> str:
    """Text that is a note and nothing else, without quotes around all of it.

    TrackerError for unquoted words that look like a time and may be meant as one: `instead` says how to write that.
    """
    words = WORD.findall(text[: LIMITS["line"][1]])  # longer ones are refused, as notes
    if index := _LineTime(words, {}, {}, ReadingContext(now, zone, starts_at)).first_time_like():
        time_words = quoted(" ".join(words[index[0] : index[1]]).replace('"', ""))
        message = _('“{words}” looks like a time or a date; {instead}. In a note, put it in quotes: "{words}"')
        raise TrackerError(message.format(words=time_words, instead=instead))
    return text.strip(QUOTES).strip() if len(words) == 1 and _is_quoted(text) else text


def can_be_name(word: str) -> bool:
    """Whether a line can name a channel or an activity by this word: not `"x"`, `x,` or `note:x`."""
    is_one_word = WORD.findall(word) == [word] and not _is_quoted(word)
    return is_one_word and not _value(word) and _lookup(word, {word.casefold(): word}) is not None


def hold_together(word: str) -> str:
    """A word that a shell took out of its quotes, `note:two words` or `@Ana B.`, with quotes of its own."""
    value = _value(word)
    if " " not in value or any(mark in word for mark in QUOTES):
        return word
    return f'{word.removesuffix(value)}"{value}"'


def near_activity(entry: Entry, activities: Iterable[str]) -> str | None:
    """The activity that the first word of the note may have been meant as: `crate` where `create` is one."""
    if entry.activity or not entry.note:
        return None
    from difflib import get_close_matches

    first = plain(entry.note.split()[0].rstrip(",;"))
    return next(iter(get_close_matches(first, list(activities), n=1, cutoff=SIMILARITY)), None)


def lines_of(text: str) -> list[str]:
    """The lines of a text that are not empty, without space around them; an empty text is one empty line."""
    lines = [line.strip() for line in text.replace(LINE_BREAK, "\n").split("\n")]
    return [line for line in lines if line] or [text]


def read_each(lines: Sequence[str], read: Callable[[str], Read]) -> list[Read]:
    """What `read` makes of each line. Raises TrackerError, naming every line that it refuses, where it refuses one."""
    results: list[Read] = []
    errors: list[str] = []
    for number, line in enumerate(lines, 1):
        try:
            results.append(read(line))
        except TrackerError as error:
            if len(lines) == 1:
                raise
            errors.append(str(in_line(number, error)))
    if errors:
        more = len(errors) - MOST_EXPLAINED
        message = _("; ").join(errors[:MOST_EXPLAINED])
        if more > 0:
            message += ngettext("; and {n} more line", "; and {n} more lines", more).format(n=more)
        raise TrackerError(message)
    return results


def in_line(number: int, error: TrackerError) -> TrackerError:
    """The error with the number of the line it is about, from 1."""
    return TrackerError(_("line {n}: {why}").format(n=number, why=error), error.hint)


def complete_entry(prefix: str, channels: Sequence[str], activities: Sequence[str], people: Sequence[str]) -> list[str]:
    """Up to MOST_OFFERED whole lines that begin with `prefix`, the likeliest first.

    Each vocabulary comes with its last used first.
    """
    head, space, typed = prefix.rpartition(" ")
    head += space
    before = plain(head).split()
    lines: dict[str, None] = {}
    for vocabulary in _vocabularies(before, typed, channels, activities, people):
        matching = [head + word for word in vocabulary if _continues(word, typed)]
        lines |= dict.fromkeys(matching[:OFFERED_OF_EACH] if before and not typed else matching)
    return list(lines)[:MOST_OFFERED]


def _vocabularies(
    before: list[str], typed: str, channels: Sequence[str], activities: Sequence[str], people: Sequence[str]
) -> Iterator[Iterable[str]]:
    """The vocabularies that the next word can come from, behind the plain words `before`."""
    if not before:
        yield channels
        return
    has_time = any(_TIME.search(word) for word in before)
    if len(before) == 1 or (len(before) == 2 and _TIME.fullmatch(before[1])):
        yield activities
    if not has_time:
        yield LENGTHS_OFFERED
    if before[-1].startswith("@") and not RING_WORDS.keys() & set(before):
        yield map(_, RINGS)
    if not any(word.startswith("@") for word in before) and (typed or has_time):
        yield (f'@"{person}"' if " " in person else f"@{person}" for person in people)


def _continues(word: str, typed: str) -> bool:
    if typed.startswith("@"):  # `@ann` is continued by `@"Anna B"`
        word, typed = word.replace('"', ""), typed.replace('"', "")
    return plain(word).startswith(plain(typed)) and len(word) > len(typed)


class _LineTime:
    """The time that the words of a line say, and the words that only look like one."""

    def __init__(
        self, words: Sequence[str], channels: Mapping[str, str], activities: Mapping[str, str], context: ReadingContext
    ) -> None:
        self._words, self._context = words, context
        plain_words = [_without_punctuation(plain(word)) for word in words]
        is_field = _mark_fields(words, plain_words, channels, activities)
        self._line = time_phrases.PlainLine(plain_words, is_field, context)
        self._phrases = self._line.find_phrases()
        self.span, self._read = self._choose()

    def _choose(self) -> tuple[Span | None, list[time_phrases.TimePhrase]]:
        """The one time of the line, and the phrases that say it."""
        phrases = [phrase for phrase in self._phrases if phrase.kind not in (time_phrases.NO_DATE, time_phrases.WRONG)]
        if len(phrases) > 1 and (span := self._line.joined_span(phrases)):
            return span, phrases
        unclear = [phrase for phrase in self._phrases if phrase in phrases or isinstance(phrase.error, UnclearHour)]
        if len(unclear) > max(len(phrases), 1):
            with suppress(TrackerError):  # `sunday morning x at 5 for 20m`: the part of the day makes the 5 clear
                if span := self._line.joined_span(unclear):
                    return span, unclear
        for kind in (time_phrases.SPAN, time_phrases.LENGTH):
            for phrase in phrases:
                if phrase.kind == kind:
                    return phrase.span, [phrase]
        return None, []

    def other_words(self) -> list[str]:
        """The words with an empty one where the time was."""
        words = list(self._words)
        for phrase in reversed(self._read):
            words[phrase.first : phrase.behind] = [""]
        return words

    def default_span(self, line: str, default: Span | None) -> Span:
        """`default`, for a line that says nothing of time. Raises TrackerError for another line, or without default."""
        places = range(len(self._words))
        for index in places:
            word, pair = self._line.words[index], self._line.text(index, index + 2)
            if error := two_times(word, self._context) or two_times(pair, self._context):
                raise error
        for index in places:
            if error := self._outside_part(index, index + 1):
                raise error
        for phrase in self._phrases:
            text = " ".join(self._words[phrase.first : phrase.behind])
            if phrase.error:
                raise phrase.error
            if phrase.kind == time_phrases.MOMENT:
                raise no_end(text)
            if phrase.kind == time_phrases.DATE:
                raise day_without_time(text)
        if like := self._line.find_time_like():
            text = " ".join(self._words[like[0] : like[1]])
            if text[:1].isdigit():  # `9:30–`
                raise no_end(text)
        if default is None:
            raise refusal(_("“{line}” has no time; add 14:00-14:25, yesterday 21:00+40m or 25m"), line=line)
        return default

    def refuse_unread(self, entry: Entry) -> None:
        """Raise TrackerError for words that look like a time and are not part of the one that was read."""
        for phrase in self._phrases:
            if phrase.kind == time_phrases.NO_DATE and phrase.error:
                raise phrase.error
            if phrase not in self._read:
                raise self._unread(phrase.first, phrase.behind, entry)
        if like := self._line.find_time_like(self._read):
            wrong = [word for word in self._line.words[like[0] : like[1]] if is_wrong_date(word, self._context.today)]
            raise no_date(wrong[0]) if wrong else self._unread(*like, entry)
        for index, word in enumerate(self._words):
            value = "" if plain(word).startswith("note:") else plain(_value(word))
            if value and (self._context.read(value) or read_duration(value) is not None):
                raise self._unread(index, index + 1, entry)

    def first_time_like(self) -> tuple[int, int] | None:
        """(first, behind) of the first words that look like a time."""
        if self._phrases:
            return self._phrases[0].first, self._phrases[0].behind
        return self._line.find_time_like()

    def _outside_part(self, first: int, behind: int, start: int | None = None) -> TrackerError | None:
        """The error for words that name a part of the day in which the time of the line, or beside them, is not.

        `start` is the start of the session that was read.
        """
        part = next(filter(None, map(part_of, self._line.words[first:behind])), None)
        if part is None:
            return None
        if start is not None and self._read and self._read[0].kind == time_phrases.SPAN:
            time = self._clock(start)
            moment = self._context.read(time)
            outside = moment is not None and clock_in_part(moment.clock, part, exact=True) is None
            return self._not_in_part(first, behind, time) if outside else None
        for count in (5, 4, 3, 2, 1):  # `3 in the evening`: the words beside it may be a time
            before = max(0, first - count)
            for begin, end in ((before, first), (before, first - 1), (before, first - 2), (behind, behind + count)):
                text = self._line.text(begin, end)
                moment = self._context.read(text.rpartition("-")[2], bare_hour=True) if text else None
                if moment and moment.at is None and clock_in_part(moment.clock, part, moment.half) is None:
                    return self._not_in_part(first, behind, text)
        return None

    def _not_in_part(self, first: int, behind: int, time: str) -> TrackerError:
        message = _(
            "“{part}” contradicts “{time}”; remove one, or write the time as 14:05. If it is part of "
            'the note, put it in quotes: "{part}"'
        )
        part = " ".join(self._words[first:behind]).replace('"', "")
        return refusal(message, part=part, time=time)

    def _unread(self, first: int, behind: int, entry: Entry) -> TrackerError:
        if error := self._outside_part(first, behind, entry.start):
            return error
        day = day_of(entry.start, self._context.zone, self._context.starts_at)
        clocks = f"{self._clock(entry.start)}–{self._clock(entry.end)}"
        parts = (entry.channel, entry.activity, day if day != self._context.today else "", clocks)
        words = quoted(" ".join(self._words[first:behind]).replace('"', ""))
        message = _(
            "“{words}” looks like a time or a date; only {understood} was understood."
            ' If it is part of the note, put it in quotes: "{words}"'
        )
        return TrackerError(message.format(words=words, understood=" ".join(filter(None, parts))))

    def _clock(self, instant: int) -> str:
        """`15:12`, a time that can be typed."""
        return format_time_of_day(WallClock.of(self._context.zone).second_of_day(instant))


def _with_rest_as_note(words: Sequence[str]) -> list[str]:
    """The words, with all that follow a `note:` alone joined to it."""
    for index, word in enumerate(words):
        if plain(word) == "note:":
            note = " ".join(words[index + 1 :])
            return [*words[:index], *([f"note:{note}"] if note else [])]
    return list(words)


def _with_colons(words: Sequence[str]) -> list[str]:
    """The words, with the colon that French sets apart joined to its key: `pour :` is `pour:`."""
    joined: list[str] = []
    for word in words:
        if word == ":" and joined and plain(joined[-1]) in KEYS:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _value(word: str) -> str:
    """What stands unquoted behind `@` or `key:`."""
    if word.startswith("@"):
        return word[1:]
    key, _colon, value = word.partition(":")
    return value if value and plain(key) in KEYS else ""


def _is_quoted(word: str) -> bool:
    """Whether one pair of quotes is around all of a word, which it is not in `"a" and "b"`."""
    ends = len(word) > 1 and word[0] in QUOTES and word.rstrip(",;.!?").endswith(tuple(QUOTES))
    return ends and len(WORD.findall(word)) == 1


def _without_punctuation(word: str) -> str:
    """A plain word without the punctuation around it; `p.m.` keeps its dots."""
    word = word.strip(",;!?()[]") or word
    return word[:-1] if word.endswith(".") and word.count(".") == 1 and len(word) > 1 else word


def _mark_fields(
    words: Sequence[str], plain_words: Sequence[str], channels: Mapping[str, str], activities: Mapping[str, str]
) -> list[bool]:
    """For each word whether it is a field other than the time, and so separates two phrases of time."""
    marks: list[bool] = []
    has_channel = False
    for index, word in enumerate(words):
        mark = bool(_value(word)) or _is_quoted(word)
        if not mark and not has_channel:
            mark = has_channel = _lookup(word, channels) is not None
        elif not mark and (marks[-1] or time_phrases.says_time(plain_words[index - 1])):
            mark = any(_lookup(word, names) for names in (activities, RING_WORDS))
        marks.append(mark)
    return marks


def _fields(
    words: Iterable[str], channels: Mapping[str, str], activities: Mapping[str, str]
) -> tuple[dict[str, str], str | None]:
    """The fields of a line by their names in Entry, and its note; an empty word stands where the time was."""
    fields: dict[str, str] = {}
    note: list[str] = []
    behind_field = False

    def take(name: str, value: str | None) -> bool:
        if value is None or name in fields:
            return False
        fields[name] = value
        return True

    for word in words:
        key, _colon, text = word.partition(":")
        if not word:
            behind_field = True
        elif word.startswith("@") and word.strip("@" + QUOTES):
            behind_field = take("person", _name(word[1:]))
        elif text.strip(QUOTES) and plain(key) in KEYS:
            if len(WORD.findall(text)) == 1:
                text = text.rstrip(",;").strip(QUOTES)
            behind_field = take(KEYS[plain(key)], text)
        elif plain(word) in KEYS_ALONE:
            raise refusal(_('“{key}” needs its text directly behind it: {key}"…"'), key=word)
        elif "channel" not in fields:
            behind_field = take("channel", _lookup(word, channels))
            if not behind_field:
                raise _which_channel(word, channels)
        elif behind_field:
            behind_field = take("activity", _lookup(word, activities)) or take("ring", _lookup(word, RING_WORDS))
        if not behind_field:
            note.append(word)
    while note and note[0] in SEPARATORS:
        del note[0]
    note += filter(None, [fields.get("note")])
    whole = " ".join(note)
    return fields, (whole.strip(QUOTES) if len(note) == 1 and _is_quoted(whole) else whole).strip() or None


def _name(word: str) -> str:
    """A name without its quotes and the punctuation behind it; `Jr.` and what is quoted keep their dots."""
    name = word.rstrip(",;:!?)")
    if _is_quoted(name):
        return name.strip(QUOTES)
    name = name.strip(QUOTES)
    return name[:-1] if name.endswith(".") and name.count(".") == 1 and len(name) > 3 else name


def _lookup(word: str, names: Mapping[str, str]) -> str | None:
    word = word.rstrip(",;")
    return names.get(word.casefold()) or names.get(plain(word))


def _which_channel(word: str, channels: Mapping[str, str]) -> TrackerError:
    if not word:
        return TrackerError(_("begin with a channel: linkedin create 14:00-14:25 carousel"))
    from tracker.domain.text import nearest

    if near := nearest(plain(word), channels):
        return refusal(_("unknown channel “{word}”; did you mean {near}?"), word=word, near=channels[near[0]])
    return refusal(_("unknown channel “{word}”; begin with a channel: linkedin create 14:00-14:25 carousel"), word=word)


# --- Names of people in a line of words: `with Anna`, `avec Samia`

WITH = ("with", "avec")

#: Names of known people are looked for in so many words.
_LONGEST = 5
#: More words than these without a capital are a sentence, not a name.
_LONGEST_LOWER_CASE = 2
#: Words in lower case within a name: `Anna von Berg`.
_PARTICLES = word_set("de du des del la le da di do dos el al bin von van der den")
#: Words that are in no name, besides the words of times.
_NOT_NAMES = word_set("about over with who my her", "sur pour avec chez dans au aux mon ma")
_ENDS = ",;:!?"


def with_person(line: str, taken: Container[str], is_known: IsKnown) -> str:
    r"""The line with its first `with NAME` written `@"NAME"`; as it is where it says `@who` itself.

    A name is a known person's, or words that begin with a capital: `with 3 clients` and `with love` stay as they are.
    `taken` are plain words that mean something else, such as the channels.
    """
    matches = list(WORD.finditer(line[: LIMITS["line"][1]]))  # longer ones are refused
    words = [match[0] for match in matches]
    if any(word.startswith("@") for word in words):
        return line
    for index, word in enumerate(words[:-1]):
        if plain(word) == "note:" or plain(" ".join(words[index : index + 2])) == "note :":
            break
        if plain(word) not in WITH:
            continue
        behind = words[index + 1 :]
        if count := _name_behind_with(behind, taken, is_known):
            name = as_name(behind[:count])
            return f'{line[: matches[index].start()]}@"{name}"{line[matches[index + count].end() :]}'
    return line


def first_name(words: Sequence[str], taken: Container[str], is_known: IsKnown) -> int:
    """The number of words of the name with which a line begins; 0 where it begins with none.

    The name is a known person's, or all words up to a comma, or the words that begin with a capital. Words in lower
    case are a name up to a word with another meaning (a ring, a time, `about`), unless they are a sentence.
    """
    if not words or _has_other_meaning(words[0], taken):
        return 0
    count = 1
    while count < len(words) and words[count - 1][-1:] not in _ENDS and not _stops(words, count, taken):
        count += 1
    if known := _known(words, is_known):
        return known
    if count <= _LONGEST and words[count - 1].endswith(","):
        return count
    if words[0][:1].isupper():
        return _capitalised(words, taken)
    return count if count <= _LONGEST_LOWER_CASE else 1


def as_name(words: Sequence[str]) -> str:
    """The words as one name, without the punctuation behind it."""
    name = " ".join(words).strip(QUOTES).rstrip(_ENDS).strip(QUOTES)
    return name.rstrip(".") if len(name.rpartition(" ")[2]) > 3 else name


def _name_behind_with(words: Sequence[str], taken: Container[str], is_known: IsKnown) -> int:
    """The number of words behind a `with` that are a name; 0 for none."""
    if count := _known(words, is_known):
        return count
    first = words[0].strip(QUOTES)
    if not first[:1].isupper() or _has_other_meaning(first, taken):
        return 0
    count = 1 if first != words[0] else _capitalised(words, taken)
    name = as_name(words[:count])
    is_acronym = count == 1 and len(name) > 1 and name.isupper()
    return 0 if is_acronym or name.endswith(("'s", "’s")) else count


def _known(words: Sequence[str], is_known: IsKnown) -> int:
    """The number of words of the longest name of a known person with which the words begin."""
    ends = (count for count, word in enumerate(words[:_LONGEST], 1) if word[-1:] in _ENDS)
    longest = next(ends, min(_LONGEST, len(words)))
    return next((count for count in range(longest, 0, -1) if is_known(as_name(words[:count]))), 0)


def _capitalised(words: Sequence[str], taken: Container[str]) -> int:
    """The number of words from the first on that begin with a capital, with the particles between them."""
    count = index = 1
    while index < len(words) and words[index - 1][-1:] not in _ENDS:
        if words[index][:1].isupper() and not _has_other_meaning(words[index], taken):
            count = index + 1
        elif plain(words[index]) not in _PARTICLES:
            break
        index += 1
    return count


def _stops(words: Sequence[str], index: int, taken: Container[str]) -> bool:
    """Whether a name ends before the word at `index`; a particle belongs to it only in front of another part."""
    while index < len(words) and plain(words[index]) in _PARTICLES:
        index += 1
    return index == len(words) or words[index].startswith("@") or _has_other_meaning(words[index], taken)


def _has_other_meaning(word: str, taken: Container[str]) -> bool:
    """Whether a word is a ring, a time, a day or one of `taken`, and so not part of a name."""
    plain_word = plain(word.strip(QUOTES + _ENDS))
    if not plain_word or plain_word in RING_WORDS or plain_word in taken or plain_word in _NOT_NAMES:
        return True
    return time_phrases.may_be_in_time(plain_word) and plain_word not in MONTHS
