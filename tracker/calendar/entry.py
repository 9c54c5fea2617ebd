"""A session in one line, as people say it: `linkedin create 14:00-14:25 carousel for Samia @samia street`.

The order is free but for what would be guesswork. The line says one time: a span, or else a length that ended now
(`25m`); what more it says of time must be part of it, and what looks like a time and is not read is refused, with what
was understood of the rest: it is never a note. Of the words that are left the first is the channel; an activity or a
ring counts right behind the channel, the time, `@who` or another such word, and belongs to the note anywhere else:
`met in the street` stays whole. `for:"two posts"` is the intention, `trigger:boredom` the trigger. The rest, in its
order, is the note. In quotes, or behind `note:`, words are a note whatever they look like; a space behind the colon
makes a note of all that follows (`note: at 9`).
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.completion import complete_entry
from tracker.calendar.days import day_of
from tracker.calendar.durations import read_duration
from tracker.calendar.parts import does_not_go, time_outside
from tracker.calendar.phrases import (
    DATE,
    LENGTH,
    MOMENT,
    NO_DATE,
    SPAN,
    WRONG,
    find_phrases,
    looks_beside,
    says_time,
    whole,
)
from tracker.calendar.spans import no_end, two_times_among
from tracker.calendar.spoken import day_without_time, no_date
from tracker.calendar.viewpoint import Viewpoint
from tracker.calendar.words import RING_WORDS, is_wrong_date, plain
from tracker.calendar.zones import iso
from tracker.domain.models import TrackerError
from tracker.domain.text import entered, quoted
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.calendar.phrases import Phrase

    Span = tuple[int, int]

__all__ = ["Entry", "complete_entry", "near_activity", "parse_entry"]

#: What may stand before a colon, in plain text, and the part of an entry it gives.
KEYS = {
    "for": "intention",
    "pour": "intention",
    "trigger": "trigger",
    "declencheur": "trigger",
    "note": "note",
}

#: How much alike a word and an activity are, from 0 to 1, to be taken for a slip of the finger.
ALIKE = 0.8

_QUOTES = '"“”«»'
#: One word, or several that double quotes hold together, also behind `@` or `key:`.
_WORD = re.compile(r'(?:@|[^\W\d]+:)?(?:"[^"]*"|“[^”]*”|«[^»]*»)[,;.!?]?(?=\s|$)|\S+')


class Entry(NamedTuple):
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


def parse_entry(
    line: str,
    channels: Mapping[str, str],
    activities: Mapping[str, str],
    aliases: Mapping[str, str],
    now: int,
    zone: str,
    starts_at: int,
    day: str | None = None,
    default: Span | None = None,
) -> Entry:
    """The session a line tells of; TrackerError naming what is missing or cannot be.

    `channels`, `activities` and `aliases` (of channels) give the name for each lower-case word that stands for one.
    Times are read like `moments.parse_range` does; a line without one tells of `default`, where that is given.
    """
    words = _with_note(_WORD.findall(entered("line", line) or ""))
    names = {**aliases, **channels}
    reader = _Time(words, names, activities, Viewpoint(now, zone, starts_at, day))
    parts = _Parts(names, activities, reader.without())
    if parts.channel is None:
        raise _which_channel("", channels)
    told = parts.found.get
    entry = Entry(
        parts.channel,
        *(reader.span or reader.none(line, default)),
        activity=told("activity"),
        person=entered("person", told("person")),
        ring=told("ring"),
        intention=entered("intention", told("intention")),
        trigger=entered("trigger", told("trigger")),
        note=entered("note", parts.whole_note()),
    )
    reader.refuse_unread(entry)
    return entry


def parse_note(text: str, instead: str, now: int, zone: str, starts_at: int) -> str:
    """Words that are a note and nothing else, without the quotes around all of them.

    TrackerError for unquoted words that look like a time, and may have been meant as one: `instead` says how to say it.
    """
    words = _WORD.findall(text)
    if found := _Time(words, {}, {}, Viewpoint(now, zone, starts_at)).looks():
        said = quoted(" ".join(words[found[0] : found[1]]).replace('"', ""))
        message = _('“{words}” looks like a time or a date; {instead}. In a note, put it in quotes: "{words}"')
        raise TrackerError(message.format(words=said, instead=instead))
    return text.strip(_QUOTES).strip() if len(words) == 1 and _is_quoted(text) else text


def hold_together(word: str) -> str:
    """A word that a shell took out of its quotes, `note:two words` or `@Ana B.`, with quotes of its own."""
    value = _value(word)
    if " " not in value or any(mark in word for mark in _QUOTES):
        return word
    return f'{word.removesuffix(value)}"{value}"'


def near_activity(entry: Entry, activities: Iterable[str]) -> str | None:
    """The activity that the first word of the note may have been meant as: `crate` where `create` is one."""
    if entry.activity or not entry.note:
        return None
    first = plain(entry.note.split()[0].rstrip(",;"))
    return next(iter(get_close_matches(first, list(activities), n=1, cutoff=ALIKE)), None)


class _Time:
    """What the words of a line say of time, and what of them only looks so."""

    def __init__(
        self, words: Sequence[str], channels: Mapping[str, str], activities: Mapping[str, str], view: Viewpoint
    ) -> None:
        self._words, self._view = words, view
        self._said = [_bare(plain(word)) for word in words]
        self._own = _own(words, self._said, channels, activities)
        self._phrases = find_phrases(self._said, self._own, view)
        self.span, self._read = self._choose()

    def _choose(self) -> tuple[Span | None, list[Phrase]]:
        """The one time the line says, and the phrases that say it."""
        phrases = [phrase for phrase in self._phrases if phrase.kind not in (NO_DATE, WRONG)]
        if len(phrases) > 1 and (span := whole(phrases, self._said, self._own, self._view)):
            return span, phrases
        chosen = next((phrase for kind in (SPAN, LENGTH) for phrase in phrases if phrase.kind == kind), None)
        return (chosen.span, [chosen]) if chosen else (None, [])

    def without(self) -> list[str]:
        """The words with an empty one where the time was."""
        words = list(self._words)
        for phrase in reversed(self._read):
            words[phrase.first : phrase.behind] = [""]
        return words

    def none(self, line: str, default: Span | None) -> Span:
        """`default` for a line that says nothing of time. Raises TrackerError for another, and where there is none."""
        outside = (self._outside(place, place + 1) for place in range(len(self._said)))
        if error := two_times_among(self._said, self._own, self._view) or next(filter(None, outside), None):
            raise error
        for phrase in self._phrases:
            text = " ".join(self._words[phrase.first : phrase.behind])
            if phrase.error:
                raise phrase.error
            if phrase.kind == MOMENT:
                raise no_end(text)
            if phrase.kind == DATE:
                raise day_without_time(text)
        if beside := looks_beside(self._said, self._own, ()):
            text = " ".join(self._words[beside[0] : beside[1]])
            if text[:1].isdigit():  # `9:30–`
                raise no_end(text)
        if default is None:
            raise TrackerError(
                _("when? “{line}” has no time; add 14:00-14:25, yesterday 21:00+40m or 25m").format(line=quoted(line))
            )
        return default

    def refuse_unread(self, entry: Entry) -> None:
        """Raise TrackerError for words that look like a time and are not part of the one that was read."""
        for phrase in self._phrases:
            if phrase.kind == NO_DATE and phrase.error:
                raise phrase.error
            if phrase not in self._read:
                raise self._unread(phrase.first, phrase.behind, entry)
        beside = looks_beside(self._said, self._own, self._read)
        if beside:
            wrong = [word for word in self._said[beside[0] : beside[1]] if is_wrong_date(word, self._view.today)]
            raise no_date(wrong[0]) if wrong else self._unread(*beside, entry)
        for place, word in enumerate(self._words):
            value = "" if plain(word).startswith("note:") else _value(word)
            if value and (self._view.read(plain(value)) or read_duration(plain(value)) is not None):
                raise self._unread(place, place + 1, entry)

    def looks(self) -> tuple[int, int] | None:
        """The first words that look like a time."""
        if self._phrases:
            return self._phrases[0].first, self._phrases[0].behind
        return looks_beside(self._said, self._own, ())

    def _outside(self, first: int, behind: int, start: int | None = None) -> TrackerError | None:
        """The error for words that name a part of the day in which the time beside them does not lie."""
        spanned = bool(self._read) and self._read[0].kind == SPAN
        clock = _clock(start, self._view.zone) if start is not None and spanned else None
        time = time_outside(self._said, self._own, first, behind, clock, self._view)
        return does_not_go(" ".join(self._words[first:behind]).replace('"', ""), time) if time else None

    def _unread(self, first: int, behind: int, entry: Entry) -> TrackerError:
        if outside := self._outside(first, behind, entry.start):
            return outside
        day = day_of(entry.start, self._view.zone, self._view.starts_at)
        clocks = f"{_clock(entry.start, self._view.zone)}–{_clock(entry.end, self._view.zone)}"
        understood = " ".join(
            filter(None, (entry.channel, entry.activity, day if day != self._view.today else "", clocks))
        )
        words = quoted(" ".join(self._words[first:behind]).replace('"', ""))
        message = _(
            "“{words}” looks like a time or a date; only {understood} was understood."
            ' If it is part of the note, put it in quotes: "{words}"'
        )
        return TrackerError(message.format(words=words, understood=understood))


def _with_note(words: Sequence[str]) -> list[str]:
    """The words, where all behind a bare `note:` (French `note :`) are one with it."""
    for place, word in enumerate(words):
        many = 1 if plain(word) == "note:" else 2 if plain(" ".join(words[place : place + 2])) == "note :" else 0
        if many:
            note = " ".join(words[place + many :])
            return [*words[:place], *([f"note:{note}"] if note else [])]
    return list(words)


def _value(word: str) -> str:
    """What stands unquoted behind `@` or `key:`."""
    if word.startswith("@"):
        return word[1:]
    key, _colon, value = word.partition(":")
    return value if value and plain(key) in KEYS else ""


def _is_quoted(word: str) -> bool:
    """Whether quotes hold all of a word together, which `"a" and "b"` is not."""
    ends = len(word) > 1 and word[0] in _QUOTES and word.rstrip(",;.!?").endswith(tuple(_QUOTES))
    return ends and len(_WORD.findall(word)) == 1


def _bare(word: str) -> str:
    """A plain word without the punctuation around it; `p.m.` keeps its dots."""
    word = word.strip(",;!?()[]") or word
    return word[:-1] if word.endswith(".") and word.count(".") == 1 and len(word) > 1 else word


def _own(
    words: Sequence[str], said: Sequence[str], channels: Mapping[str, str], activities: Mapping[str, str]
) -> list[bool]:
    """For each word whether it says something of its own that is not time, and so parts two phrases."""
    found: list[bool] = []
    channel_said = False
    for place, word in enumerate(words):
        own = bool(_value(word)) or _is_quoted(word)
        if not own and not channel_said:
            own = channel_said = _named(word, channels) is not None
        elif not own and (found[-1] or says_time(said[place - 1])):
            own = any(_named(word, names) for names in (activities, RING_WORDS))
        found.append(own)
    return found


class _Parts:
    """The words of a line sorted into what they say; an empty word stands where the time was."""

    def __init__(self, channels: Mapping[str, str], activities: Mapping[str, str], words: Iterable[str]) -> None:
        self.channel: str | None = None
        self.found: dict[str, str] = {}
        self.note: list[str] = []
        self._channels = channels
        self._beside = {"activity": activities, "ring": RING_WORDS}
        beside = False
        for word in words:
            beside = not word or self._take(word, beside)
            if not beside:
                self.note.append(word)

    def whole_note(self) -> str | None:
        """The note; quotes around all of it are not part of it."""
        note = [*self.note, *filter(None, [self.found.get("note")])]
        text = " ".join(note)
        return (text.strip(_QUOTES) if len(note) == 1 and _is_quoted(text) else text).strip() or None

    def _take(self, word: str, beside: bool) -> bool:
        """Whether the word says something of its own, given whether the one before it did."""
        if word.startswith("@") and word.strip("@" + _QUOTES):
            return self._keep("person", word[1:].strip(_QUOTES))
        key, _colon, value = word.partition(":")
        if value.strip(_QUOTES) and plain(key) in KEYS:
            return self._keep(KEYS[plain(key)], value if len(_WORD.findall(value)) > 1 else value.strip(_QUOTES))
        if self.channel is None:
            self.channel = _named(word, self._channels)
            if self.channel is None:
                raise _which_channel(word, self._channels)
            return True
        return beside and any(
            self._keep(what, name) for what, names in self._beside.items() if (name := _named(word, names))
        )

    def _keep(self, what: str, value: str) -> bool:
        """Only the first of each counts; a second `@who` stays in the note."""
        if what in self.found:
            return False
        self.found[what] = value
        return True


def _named(word: str, names: Mapping[str, str]) -> str | None:
    word = word.rstrip(",;")
    return names.get(word.casefold()) or names.get(plain(word))


def _which_channel(word: str, channels: Mapping[str, str]) -> TrackerError:
    if not word:
        return TrackerError(_("which channel? A line is written: linkedin create 14:00-14:25 carousel"))
    near = get_close_matches(plain(word), channels, n=1)
    if near:
        message = _("which channel? “{word}” is none; did you mean {near}?")
        return TrackerError(message.format(word=quoted(word), near=channels[near[0]]))
    message = _("which channel? “{word}” is none; a line begins with one: linkedin create 14:00-14:25 carousel")
    return TrackerError(message.format(word=quoted(word)))


def _clock(instant: int, zone: str) -> str:
    """`15:12`, as the clocks of `zone` show it."""
    return iso(instant, zone)[11:16]
