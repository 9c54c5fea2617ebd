"""Spans of time as people type them, and pauses, which are spans that begin now.

A span is a start and an end, a start and a length in either order, or a length that ended now. Nothing that is recorded
ends after now.

- An end without a date is the first such time after the start, also over midnight, but then at most 12 hours away:
  `14:25-14:00` is an error. `23:30-00:15` typed the day after is the night just gone. A date before or behind a span is
  that of its start.
- Hours alone are times where something beside them is one: `9:30 - 10`, `from 9 to 10`, `9-10 pm`. Two hours and
  nothing else, `9-10`, may be chapters of a book: `Surroundings` says whether they stand where a time is expected.
- A length in hours that may be a time of day, `9h30`, is refused where it is long.
"""

from __future__ import annotations

import re

from tracker.calendar.clock import offset_at
from tracker.calendar.durations import read_duration
from tracker.calendar.moments import LONGEST_SPAN, NAMED_TIMES, ReadingContext, day_and_part, parse_until, stands_behind
from tracker.calendar.words import DAYS, in_figures, is_days_ago, is_full_date, plain, read_date
from tracker.domain.errors import TrackerError
from tracker.domain.models import DAY, HOUR
from tracker.domain.record import Record
from tracker.domain.text import lazy_regex, quoted, refusal
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.calendar.moments import Moment

#: How long a span of two hours alone (`9-10`), or a length that has the form of a time of day (`2h30`), may be.
LONGEST_AMBIGUOUS = 4 * HOUR

#: Longer texts are no span, and are not taken apart.
MOST_LETTERS = 80

#: An hour alone before this may be one of the afternoon, in seconds after midnight.
MORNING_BEGINS = 6 * HOUR

#: A pause until a time that was so recently, in seconds, is more likely a mistake than nearly a day long.
JUST_OVER = 3 * HOUR

#: When the evening begins, in seconds after midnight.
EVENING_BEGINS = 18 * HOUR

_ABOUT = lazy_regex(r"(?:about|around|approximately|environ|vers) |~ ?")
_SINCE = lazy_regex(r"(?:since|depuis) ")
_FROM = lazy_regex(r"(?:from|de|between|entre) ")
_TO = lazy_regex(r" ?(?:->?|~|\.{2,}) ?| (?:to|a|till|until|jusqu'a|and|et) ")
#: What stands between a start and its length, or nothing but a space.
_LASTING = lazy_regex(r" ?\+ ?|,? (?:for|pendant|durant) |,? ")
#: What stands between a length and its start.
_BEGINNING = lazy_regex(r",? (?:at|from|a partir de|a|des|starting at|starting) |,? ")
_LENGTH_ALONE = lazy_regex(r"(?:for (?:the )?(?:last |past )?|(?:the )?(?:last|past) |pendant |durant |depuis |\+)")
_HOUR_ALONE = lazy_regex(r"(?:(?:.* )?(?:at|a|vers|around) )?\d{1,2}(?:\.\d\d)?")
_DOTTED_CLOCK = lazy_regex(r"\b\d{1,2}\.\d\d\b")
#: A number without a unit is no length.
_WITHOUT_UNIT = lazy_regex(r"(?:.*m(?:in\w*)? )?\d+(?:[.,]\d+)?")
#: `1-2h` may also be an estimate of a length.
_H_ALONE = lazy_regex(r"\d{1,2} ?h")
_CLOCK_LIKE = lazy_regex(r"\d{1,2} ?h(?:eures?)?(?: ?\d\d)?|\d{1,2} ?h \d+ ?m.*|\d{1,2}[.,]\d\d ?h.*")
#: What separates two times without making a span of them, and such times: `13:00/13:20`, `14h00 14h20`.
_BETWEEN_TWO = lazy_regex(r"[,;]? | ?[/|;,&] ?")
_ONE_OF_TWO = lazy_regex(r"\d{1,2} ?(?::|h) ?\d\d(?: ?[ap]m)?|\d{1,2} ?(?:h|[ap]m)", re.ASCII)

_UNTIL = lazy_regex(r"(?:until|till|jusqu'au|jusqu'a|jusque) ")
_FOR = lazy_regex(r"(?:for|pendant|durant) ")
_EVENING = ("evening", "the evening", "this evening", "soir", "le soir", "ce soir")
_TOMORROW = ("tomorrow", "demain")


class UnclearHour(TrackerError):
    """An hour alone that may be one of either half of the day."""


class Surroundings(Record):
    """Where a text stands in a line: whether a time is expected there, and whether no word follows.

    A number alone belongs to the word behind it: `2-3 posts`, `at 9 clients`.
    """

    begins: bool = True
    ends: bool = True


#: A text that is all of a line.
ALONE = Surroundings()


def parse_pause(text: str, now: int, zone: str, starts_at: int) -> int:
    """The instant at which the pause that `text` declares ends; it begins now.

    A length (`2h`, `for 1h30`, a lone number is minutes), or a future time with or without `until` (`18:00`, `tomorrow
    9:00`). `evening` is the next 18:00, `tomorrow` alone the start of the next day. A text with a colon is a time:
    nobody writes 18:00 for eighteen hours. TrackerError for anything else, and for what may be meant otherwise: `1:30`,
    `until 6` in the afternoon, or `until 15:00` at 15:12.
    """
    until, rest = _cut(_UNTIL, plain(text))
    rest = rest.strip()
    if not rest:
        raise TrackerError(_("how long, or until when? Write 2h, 45m or until 18:00"))
    context = ReadingContext(now, zone, starts_at)
    if rest in _EVENING:
        return context.next_showing(EVENING_BEGINS, after=now)
    if rest in _TOMORROW:
        return context.next_showing(starts_at, after=now)
    lasting, rest = _cut(_FOR, rest)
    seconds = None if until else read_duration(rest)
    if seconds is not None and not lasting:
        has_colon = ":" in rest
        if seconds <= LONGEST_AMBIGUOUS if has_colon else seconds > LONGEST_AMBIGUOUS and is_clock_like(rest):
            message = _("“{text}” could be a time of day or a length; write “until {text}” or “for {text}”")
            raise refusal(message, text=rest)
        seconds = None if has_colon else seconds
    if seconds is not None:
        return now + seconds
    if until and rest.isdecimal() and 1 <= int(rest) <= 11:
        hour = int(rest) * HOUR
        if context.next_showing(hour + DAY // 2, after=now) < context.next_showing(hour, after=now):
            raise _two_halves(rest, hour)
    try:
        end = parse_until(rest, now, zone, starts_at)
    except TrackerError:
        if until:
            raise
        raise refusal(_("“{text}” is neither a length nor an end; write 2h, 45m or until 18:00"), text=text) from None
    moment = context.read(rest, bare_hour=True)
    if moment and moment.date is None and moment.at is None and end - now > DAY - JUST_OVER:
        message = _("“{text}” is over for today; write a later time, or “until tomorrow {text}”")
        raise refusal(message, text=rest)
    return end


def read_span(text: str, context: ReadingContext, around: Surroundings = ALONE) -> tuple[int, int] | None:
    """The span that plain text means, if it has the form of a span with a start.

    Raises TrackerError for a span that cannot be.
    """
    if len(text) > MOST_LETTERS or context.read(text):  # the hyphens and the plus of a moment are not a span's
        return None
    if ":" not in text and read_duration(text) is not None:  # `1h 30m` is not a start with a length
        return None
    _about, text = _cut(_ABOUT, text)
    since, begin = _cut(_SINCE, text)
    if since:
        return _SpanText(begin, context, around).up_to_now()
    for day, length in (text.partition(" ")[::2], text.rpartition(" ")[::-2]):
        # Without this error `25m yesterday` would have ended now, with a puzzling note.
        past = DAYS.get(day, 0) < 0 or is_days_ago(day) or (is_full_date(day) and read_date(day, context.today))
        if past and read_duration(length) is not None:
            raise _day_and_length(text, day, length)
    span = _SpanText(text, context, around)
    for day, rest in _without_day(text, context.today):
        if ends := span.start_and_end(day, rest) or span.start_and_length(day, rest):
            return ends
    return None


def read_length(text: str, context: ReadingContext) -> tuple[int, int] | None:
    """The span of a duration alone, which ended now; TrackerError where it may be a time of day (`14h05`, `9h30`)."""
    prefix, length = _cut(_LENGTH_ALONE, text)
    if not prefix:
        prefix, length = _cut(_ABOUT, text)
    seconds = read_duration(length)
    if seconds is None or (":" in text and seconds > LONGEST_AMBIGUOUS):
        return None
    if context.shows_another_day:  # what ended now is not part of the day that is shown
        raise _day_and_length(text, context.day or "", length)
    if seconds > LONGEST_SPAN:
        raise no_end(text)
    if not prefix and seconds > LONGEST_AMBIGUOUS and is_clock_like(text):
        raise _time_or_length(text)
    return _SpanText(text, context).checked(context.now - seconds, context.now)


def _cut(prefix: re.Pattern[str], text: str) -> tuple[str, str]:
    """The words of `prefix` with which a text begins, empty where it does not, and the rest of it."""
    match = prefix.match(text)
    return (match[0], text[match.end() :]) if match else ("", text)


class _SpanText(Record):
    """Plain text that may be a span: where it is read, and where it stands in its line.

    Each reading is (start, end), or None where the text has not that form; TrackerError for a span that cannot be.
    """

    text: str
    context: ReadingContext
    around: Surroundings = ALONE

    def up_to_now(self) -> tuple[int, int] | None:
        """The span from the time that the text says up to now."""
        if _may_be_length(self.text):
            raise _time_or_length(self.text)
        start = self.context.read(self.text, bare_hour=self.around.ends)
        if start is None:
            return None
        if start.at is None and start.date is None and self.context.shows_another_day:
            raise no_end(self.text)
        return self.checked(self.context.resolve_past(start, self.text), self.context.now)

    def start_and_length(self, day: str, rest: str) -> tuple[int, int] | None:
        """`14:00+25m`, `at 9 for 20m`, `20m at 9:30`; with nothing between the two, the time must be unambiguous."""
        for separator, length_first in ((_LASTING, False), (_BEGINNING, True)):
            for match in separator.finditer(rest):
                sides = rest[: match.start()], rest[match.end() :]
                time, length = reversed(sides) if length_first else sides
                joined = match[0].strip(" ,")
                seconds = _length(length, joined)
                unambiguous = ":" in time or time.startswith(("at ", "a ")) or read_duration(time) is None
                if seconds is None or not (joined or unambiguous):
                    continue
                start = self.context.read(day + time, bare_hour=length_first and bool(joined) and self.around.ends)
                if start and start.at != self.context.now:  # `20m now`
                    if _may_be_after_noon(start) and _HOUR_ALONE.fullmatch(time):
                        raise _two_halves(self.text, start.clock)
                    begin = self.context.resolve_past(start, self.text)
                    return self.checked(begin, begin + seconds)
        return None

    def start_and_end(self, day: str, rest: str) -> tuple[int, int] | None:
        """`14:00-14:25`, `from 9 to 10`, `14:00 - 14:25 yesterday`; `day` is what was cut off the text, "" for none."""
        context, around = self.context, self.around
        framed, rest = _cut(_FROM, rest)
        for to in _TO.finditer(rest):
            if to[0] in (" and ", " et ") and framed not in ("between ", "entre "):
                continue
            left, right = rest[: to.start()], rest[to.end() :]
            start = context.read(day + left, bare_hour=True)
            end = context.read(right, bare_hour=True) if start else None
            if not start or not end:
                continue
            bare_end = not context.read(right)
            if to[0] == " a " and not framed and not end.half and not bare_end and _may_be_length(left):
                raise _time_or_length(left)  # `1h à 2h`
            if left.isdecimal() and day == "" and not framed and _H_ALONE.fullmatch(right) and _may_be_length(right):
                message = _("“{text}” could be times of day or a length; write {least}:00-{most}:00 or {most}h")
                raise refusal(message, text=self.text, least=left, most=right.rstrip("h "))
            if left in NAMED_TIMES and bare_end:  # `noon to 1`
                start = start._replace(half=True)
            if self._stands_between_days(day + left, start, right, end):
                continue
            if end.date and not start.date and start.at is None:  # `14:00-14:25 yesterday`
                start, end = start._replace(date=end.date, part=end.part), end._replace(date=None)
            start, end = _with_same_half(start, end)
            if bare_end and not context.read(day + left):
                # Two hours alone: a span where a time is expected, and then not a long one; `from 9 to 10` is clearer.
                expected = around.begins and (around.ends or _DOTTED_CLOCK.search(self.text))  # `9.30-10.15`
                if not expected and not (framed and (around.begins or around.ends)):
                    return None
                if not framed and (end.clock - start.clock) % DAY > LONGEST_AMBIGUOUS:
                    return None
                if _may_be_after_noon(start):
                    raise _two_halves(self.text, start.clock, end.clock)
            return self._between(start, end)
        return None

    def _stands_between_days(self, left: str, start: Moment, right: str, end: Moment) -> bool:
        """Whether two times stand between two days, `yesterday 9-10 monday`, and are not those of one night.

        `yesterday 9:00 - monday 10:00` is a long session; here one of the days is a mistake.
        """
        if not start.date or not end.date or start.date == end.date:
            return False
        today = self.context.today
        if not _day_stands_in_front(left, today) or _day_stands_in_front(right, today):
            return False
        return self.context.resolve(end) - self.context.resolve_past(start, self.text) > LONGEST_SPAN

    def _between(self, start: Moment, end: Moment) -> tuple[int, int]:
        context = self.context
        if end.at == context.now and start.at is None and start.date is None and context.shows_another_day:
            raise no_end(self.text)
        if end.at is not None or end.date:
            return self.checked(context.resolve_past(start, self.text), context.resolve(end))
        begin = context.resolve_past(start, self.text, night_gone=end.clock % DAY < start.clock % DAY)
        stop = context.checked_clock(context.next_showing(end.clock, after=begin), end.clock)
        if stop - begin > LONGEST_SPAN:
            first_day, last_day = ((at + offset_at(context.zone, at)) // DAY for at in (begin, stop - 1))
            if first_day < last_day:
                raise _ends_too_early(self.text)
        return self.checked(begin, stop)

    def checked(self, start: int, end: int) -> tuple[int, int]:
        """(start, end), which are in order and not in the future."""
        if end <= start:
            raise _ends_too_early(self.text)
        if end > self.context.now:
            message = _("“{text}” ends in the future; an entry that ends now is written 14:00-now")
            raise refusal(message, text=self.text)
        return start, end


def _without_day(text: str, today: str) -> Iterator[tuple[str, str]]:
    """(day, rest): the text as it is, then with the day in front or behind taken out: `yesterday from 9 to 10`."""
    yield "", text
    words = text.split(" ")
    for index in range(1, len(words)):
        before, behind = " ".join(words[:index]).rstrip(","), " ".join(words[index:])
        if read_date(day_and_part(before)[0], today):
            yield before + " ", behind
        if stands_behind(behind) and read_date(day_and_part(behind)[0], today):
            yield behind + " ", before


def _length(text: str, joined: str) -> int | None:
    """The seconds of a length beside a start; `20` is one behind a plus, `1:30` where any word joins the two."""
    text = text.removeprefix("for ").removeprefix("pendant ")
    seconds = read_duration(text)
    if seconds is None or (_WITHOUT_UNIT.fullmatch(text) and joined != "+") or (":" in text and not joined):
        return None
    is_explicit = joined in ("+", "for", "pendant", "durant") and ":" not in text
    ambiguous = seconds > LONGEST_AMBIGUOUS and (":" in text or is_clock_like(text))
    return seconds if is_explicit or not ambiguous else None


def _day_stands_in_front(text: str, today: str) -> bool:
    """Whether the day of a time stands before its clock: `last friday 9:00`, not `9:00 last friday`."""
    words = text.split(" ")
    days = (" ".join(words[:behind]).rstrip(",") for behind in range(1, len(words)))
    return any(read_date(day_and_part(day)[0], today) for day in days)


def _may_be_length(time: str) -> bool:
    """Whether a time may also be the length of a session: `2h30`."""
    return is_clock_like(time) and (read_duration(time) or DAY) <= LONGEST_AMBIGUOUS


def _may_be_after_noon(hour_alone: Moment) -> bool:
    """Whether an hour alone, the 2 in `2-3`, is hardly meant as one of the night."""
    return hour_alone.at is None and not hour_alone.half and HOUR <= hour_alone.clock < MORNING_BEGINS


def is_clock_like(text: str) -> bool:
    """Whether plain text may be both a time of day and a length: `9h30`, `une heure`."""
    figures = f"1{text.removeprefix('une')}" if text.startswith("une h") else in_figures(text)
    return bool(_CLOCK_LIKE.fullmatch(figures))


def _with_same_half(start: Moment, end: Moment) -> tuple[Moment, Moment]:
    """`2:05-2:30pm`, `11:30pm-12:15`: am or pm written once means the shorter of the two spans."""
    if start.half == end.half or start.at is not None or end.at is not None:
        return start, end

    def in_both_halves(moment: Moment) -> tuple[Moment, ...]:
        if moment.clock >= 13 * HOUR:
            return (moment,)
        return moment, moment._replace(clock=(moment.clock + 12 * HOUR) % DAY)

    if end.half:
        return min(in_both_halves(start), key=lambda moment: (end.clock - moment.clock) % DAY), end
    return start, min(in_both_halves(end), key=lambda moment: (moment.clock - start.clock) % DAY)


def two_times(text: str, context: ReadingContext) -> TrackerError | None:
    """The error for plain text that is two times of day with nothing that makes a span of them; None for other text."""
    for between in _BETWEEN_TWO.finditer(text):
        first, second = text[: between.start()], text[between.end() :]
        if all(_ONE_OF_TWO.fullmatch(side) and context.read(side) for side in (first, second)):
            message = _("“{text}” has two times of day; write {first}-{second}")
            return refusal(message, text=text, first=first, second=second)
    return None


def no_end(text: str) -> TrackerError:
    """The error for a start without an end."""
    return refusal(_("“{text}” has no end; write 14:00-14:25, 14:00+25m or 14:00-now"), text=text)


def _day_and_length(text: str, day: str, length: str) -> TrackerError:
    message = _("“{text}” needs a time of day, for example {day} 21:00+{length}")
    return refusal(message, text=text, day=day, length=length)


def _two_halves(text: str, *clocks: int) -> UnclearHour:
    """The error for hours alone (seconds after midnight) that may be those of either half of the day."""
    first, second = (
        "-".join(f"{clock // HOUR}:{clock % HOUR // 60:02}" for clock in (clock + later for clock in clocks))
        for later in (0, DAY // 2)
    )
    message = _("“{text}” could mean {first} or {second}; write one of these")
    return UnclearHour(message.format(text=quoted(text), first=first, second=second))


def _time_or_length(text: str) -> TrackerError:
    return refusal(_("“{text}” could be a time of day or a length; write 14:00-14:25 or “for {text}”"), text=text)


def _ends_too_early(text: str) -> TrackerError:
    message = _("“{text}” must end after it starts; past midnight it can last 12 hours, for example 23:30-00:15")
    return refusal(message, text=text)
