"""A session in one line, as people say it: `linkedin create 14:00-14:25 carousel for Samia @samia street`.

The order is free but for what would be guesswork. The time is the first span in the line, else the first length
(`25m`). Of the words that are left the first is the channel; an activity or a ring counts right behind the channel, the
time, `@who` or another such word, and belongs to the note anywhere else: `met in the street` stays whole.
`for:"two posts"` is the intention, `trigger:boredom` the trigger. The rest, in its order, is the note; but a word with
the form of a date that is not in the calendar is refused, beside the time or, with its year, anywhere.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from tracker.calendar.completion import complete_entry
from tracker.calendar.quoting import quoted
from tracker.calendar.spans import no_end, read_lone_duration, read_span
from tracker.calendar.spoken import no_date
from tracker.calendar.viewpoint import Viewpoint
from tracker.calendar.words import RING_WORDS, is_full_date, is_wrong_date, plain
from tracker.locale import _
from tracker.model import TrackerError
from tracker.record import Record
from tracker.text import entered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Span = tuple[int, int]

__all__ = ["Entry", "complete_entry", "near_activity", "parse_entry"]

#: What may stand before a colon, in plain text, and the part of an entry it gives.
KEYS = {"for": "intention", "pour": "intention", "trigger": "trigger", "declencheur": "trigger"}

#: How much alike a word and an activity are, from 0 to 1, to be taken for a slip of the finger.
ALIKE = 0.8

#: No span is said in more words.
MOST_WORDS = 6

#: One word, or several that double quotes hold together behind `@` or `key:`.
_WORD = re.compile(r'(?:@|[^\W\d]+:)"[^"]*"|\S+')


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
    words = _WORD.findall(entered("line", line) or "")
    view = Viewpoint(now, zone, starts_at, day)
    time = _find_time(words, view)
    _refuse_wrong_date(words, time[1] if time else 0, view.today)
    if time:
        _span, first, behind = time
        parts = _Parts({**aliases, **channels}, activities, [*words[:first], "", *words[behind:]])
    else:
        parts = _Parts({**aliases, **channels}, activities, words)
    if parts.channel is None:
        raise _which_channel("", channels)
    told = parts.found.get
    return Entry(
        parts.channel,
        *(time[0] if time else _without_time(words, view, line, default)),
        activity=told("activity"),
        person=entered("person", told("person")),
        ring=told("ring"),
        intention=entered("intention", told("intention")),
        trigger=entered("trigger", told("trigger")),
        note=entered("note", " ".join(parts.note) or None),
    )


def near_activity(entry: Entry, activities: Iterable[str]) -> str | None:
    """The activity that the first word of the note may have been meant as: `crate` where `create` is one."""
    if entry.activity or not entry.note:
        return None
    first = plain(entry.note.split()[0].rstrip(",;"))
    return next(iter(get_close_matches(first, list(activities), n=1, cutoff=ALIKE)), None)


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

    def _take(self, word: str, beside: bool) -> bool:
        """Whether the word says something of its own, given whether the one before it did."""
        if word.startswith("@") and word.strip('@"'):
            return self._keep("person", word[1:].strip('"'))
        key, _colon, value = word.partition(":")
        if value.strip('"') and plain(key) in KEYS:
            return self._keep(KEYS[plain(key)], value.strip('"'))
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


def _find_time(words: list[str], view: Viewpoint) -> tuple[Span, int, int] | None:
    """The span a line speaks of, and its first and behind its last word: a start and an end before a length alone."""
    for read in (read_span, read_lone_duration):
        for first, behind in _windows(words):
            if span := read(plain(" ".join(words[first:behind])), view):
                return span, first, behind
    return None


def _windows(words: list[str]) -> Iterator[tuple[int, int]]:
    """Where a time may stand, longest first; a bare number ends one only in `1 h 30`: `2h 30 calls` is two hours."""
    for first in range(len(words)):
        for behind in range(min(first + MOST_WORDS, len(words)), first, -1):
            if not words[behind - 1].isdecimal() or (behind - first > 1 and words[behind - 2].casefold() == "h"):
                yield first, behind


def _refuse_wrong_date(words: list[str], time: int, today: str) -> None:
    """A slip in a date must not record another day; `time` is the place of the first word of the time."""
    said = [plain(word.strip(",;")) for word in words]
    before = said[:time]
    if before and before[-1] in ("at", "a"):
        before.pop()
    beside = [" ".join(before[-length:]) for length in (1, 2, 3)]
    for text in (*filter(is_full_date, said), *beside):
        if is_wrong_date(text, today):
            raise no_date(text)


def _which_channel(word: str, channels: Mapping[str, str]) -> TrackerError:
    if not word:
        return TrackerError(_("which channel? A line is written: linkedin create 14:00-14:25 carousel"))
    near = get_close_matches(plain(word), channels, n=1)
    if near:
        message = _("which channel? “{word}” is none; did you mean {near}?")
        return TrackerError(message.format(word=quoted(word), near=channels[near[0]]))
    message = _("which channel? “{word}” is none; a line begins with one: linkedin create 14:00-14:25 carousel")
    return TrackerError(message.format(word=quoted(word)))


def _without_time(words: list[str], view: Viewpoint, line: str, default: Span | None) -> Span:
    """`default`, but for a line that names a time of day and no end: that one is not guessed."""
    if default is None:
        raise _when(words, view, line)
    for first, behind in _windows(words):
        if words[first][0].isdigit() and view.read(plain(said := " ".join(words[first:behind]))):
            raise no_end(said)
    return default


def _when(words: list[str], view: Viewpoint, line: str) -> TrackerError:
    for first, behind in _windows(words):
        if view.read(plain(said := " ".join(words[first:behind]))):
            return no_end(said)
    return TrackerError(
        _("when? “{line}” has no time; add 14:00-14:25, yesterday 21:00+40m or 25m").format(line=quoted(line))
    )
