"""A time said with a part of the day lies in that part or is refused, and words of time are no notes."""

from __future__ import annotations

import pytest

from tests.calendar.strategies import cases, refusal
from tests.calendar.test_time_phrases import FOUR, LATE, PARIS, entry, said
from tracker.calendar.clock import iso
from tracker.calendar.moments import ReadingContext, parse_time
from tracker.calendar.session_line import parse_entry, parse_note
from tracker.domain.errors import TrackerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

#: What is said of a part of the day, in front of or behind a time, and the calendar's day of it, before midnight.
SAID = {
    "morning": "this morning 23 | yesterday morning 22 | sunday morning 22 | ce matin 23 | hier matin 22"
    "| dimanche matin 22 | 22 nov morning 22",
    "afternoon": "this afternoon 23 | yesterday afternoon 22 | sunday afternoon 22 | cet après-midi 23"
    "| hier après-midi 22 | dimanche après-midi 22 | monday afternoon 23",
    "evening": "this evening 23 | yesterday evening 22 | sunday evening 22 | ce soir 23 | hier soir 22"
    "| dimanche soir 22",
    "night": "tonight 23 | last night 22 | yesterday night 22 | sunday night 22 | samedi nuit 21",
}
BEHIND = {
    "morning": "in the morning 23 | du matin 23 | le matin 23",
    "afternoon": "in the afternoon 23 | de l'après-midi 23 | l'après-midi 23",
    "evening": "in the evening 23 | du soir 23 | le soir 23",
    "night": "at night 23 | in the night 23 | de la nuit 23",
}
#: The hours of a part by the clock, and those that are read when said so.
HOURS = {
    "morning": (range(12), range(5, 12)),
    "afternoon": (range(12, 20), [*range(1, 8), *range(12, 20)]),
    "evening": ([*range(17, 24), 0], [*range(5, 12), *range(17, 24)]),
    "night": ([*range(17, 24), *range(5)], [*range(7, 12), *range(19, 24)]),
}
FORMS = "{h}:00-{h}:20 | {h}h-{h}h20 | at {h} for 20m | à {h}h pendant 20 min | 20m at {h}:00"


def lines_in(part: str) -> Iterator[tuple[str, int, int | None]]:
    """Lines of a time in a part of the day, the hour they say, and the day, where they name one."""
    for place, words in enumerate([*cases(SAID[part]), *cases(BEHIND[part])]):
        named, _space, day = words.rpartition(" ")
        for hour in range(25):
            time = cases(FORMS)[(place + hour) % 5].format(h=hour)
            if words in cases(BEHIND[part]):
                yield f"x {time} {named}", hour, None
                continue
            for line in (f"x {time} {named}", f"x {named} {time}", f"{named} x {time}"):
                yield line, hour, int(day)


@pytest.mark.parametrize("part", HOURS)
def test_a_time_with_a_part_of_the_day_lies_in_it_or_is_refused(part: str) -> None:
    lies, understood = HOURS[part]
    for line, hour, day in lines_in(part):
        refused = ""
        try:
            read = entry(line)
        except TrackerError as error:
            refused = str(error)
        if refused:
            assert hour not in understood or day is None or "20m at" in line, f"{line}: {refused}"
            continue
        start = iso(read.start, PARIS)
        assert int(start[11:13]) in lies, f"{line}: {start}"
        assert (read.end - read.start, read.note) == (1200, None), line
        after_midnight = part in ("evening", "night") and int(start[11:13]) < 5
        assert day is None or int(start[8:10]) == day + after_midnight, f"{line}: {start}"


@pytest.mark.parametrize(
    ("meant", "lines"),
    [
        ("15:00-15:20", "x 3:00-3:20 this afternoon | x at 3 this afternoon for 20m | x 3-3:20 in the afternoon"),
        (
            "15:00-16:00",
            "x cet après-midi de 3h à 4h | x 3h-4h de l'après-midi | x 3-4 this afternoon | x cet aprem 3h-4h",
        ),
        ("11-22 15:00-15:20", "x reddit yesterday afternoon 3:00-3:20"),
        ("14:00-14:20", "x monday afternoon 2:00-2:20"),
        ("11-22 23:50-00:10", "x last night 11:50-12:10"),
        ("11-22 21:00-00:00", "x last night 9-12"),
        ("11-22 23:00-00:30", "x hier soir de 23h à 0h30 | x 23h-0h30 hier soir"),
        ("11-22 01:00-01:20", "x yesterday morning 1:00-1:20 | x 1:00-1:20 yesterday morning"),
        ("22:00-23:00", "x 10-11 tonight | x 10-11 tonite | x ce soir 10h-11h"),
    ],
)
def test_a_part_of_the_day_says_which_half_is_meant(meant: str, lines: str) -> None:
    for line in cases(lines):
        assert said(line).removesuffix(" reddit") == meant, line


@pytest.mark.parametrize(
    ("why", "lines"),
    [
        ("“morning” contradicts “14:00”", "x 14:00-14:20 yesterday morning | x 14:00-14:20 monday morning coffee"),
        ("“matin” contradicts “17:00”", "x 17:00-17:20 hier matin"),
        ("“in the morning” contradicts “14:00”", "x 14:00-14:20 in the morning"),
        ("“yesterday morning” contradicts “14:00”", "x yesterday morning 14:00-14:20"),
        ("“this evening” contradicts “at 3”", "x at 3 this evening for 20m"),
        ("“evening” contradicts “at 3”", "x at 3 this evening"),
        ("“this morning” contradicts “21:00”", "x 9pm-9:20pm this morning"),
        ("contradicts", "x 3h-3h20 du soir | x 3 in the evening | x 8-9 in the afternoon"),
        ("in the future", "x tonight 1-2 | x tonight 12-12:20 | x tonight at midnight for 20m | x tonight 11:50-12:10"),
        ("in the future", "x monday night 1-2"),
        ("looks like", "x 25m in the morning | x tiktok 25m du matin | x yesterday at noon in the evening for 20m"),
        ("“in 2 weeks” looks like", "x 25m in 2 weeks | x 14:00-14:20 in 2 weeks | x in 2 weeks 14:00-14:20"),
        ("looks like", "x 25m in 3 months | x 25m in two weeks | x 25m in a few days | x 25m within a month"),
        ("looks like", "x 25m dans 3 mois | x 25m dans une semaine | x 25m dans deux ans | x 25m d'ici deux mois"),
        ("looks like", "x 25m the other day | x the other week 25m | x 25m l'autre jour | x 25m next week"),
        ("looks like", "x 14:00-14:20 this weekend | x 25m la semaine prochaine | x 25m recently"),
        ("“yesterdy” looks like", "x yesterdy 10:00-10:20 | x 10:00-10:20 yesterdy | x yesterdy create 10:00-10:20"),
        ("“mondy” looks like", "x mondy 10:00-10:20 | x 10:00-10:20 mondy carousel | x 10:00-10:20 carousel mondy"),
        ("“demin” looks like", "x demin 10h-10h20 | x 10h-10h20 demin"),
        ("“lunid” looks like", "x lunid 10h-10h20 | x 10h-10h20 lunid"),
        ("“13:00/13:20” has two times of day; write 13:00-13:20", "x 13:00/13:20"),
        ("“14h00 14h20” has two times of day; write 14h00-14h20", "x 14h00 14h20"),
        (
            "has two times of day",
            "x 13h/13h20 | x 13:00/13:20 carousel | x 13:00 13:20 carousel | x 13:00, 13:20 | x 1:00pm|1:20pm",
        ),
        ("looks like", "x 9:00-9:20 this evning | x 9:00-9:20 yesterday evning | x evning 9-9:20 pm | x 25m mornin"),
        ("“[20 min]” looks like", "x 14:00-14:20 [20 min]"),
        ("“(20 min)” looks like", "x 14:00-14:20 (20 min)"),
    ],
)
def test_words_of_time_are_refused_and_never_a_note(why: str, lines: str) -> None:
    for line in lines.split(" | "):
        assert said(line).startswith("refused: "), f"{line}: {said(line)}"
        assert why in said(line), f"{line}: {said(line)}"


@pytest.mark.parametrize(
    "note",
    cases(
        """
        morning pages | night shift | evening class prep | soirée réseau | good morning | good morning post
        | bonne nuit | bon après-midi à tous | posts, the morning ones | today's post | yesterday's call | mondays post
        | with mari | mourning dress | domain change | la Manche | plan for next week | in two languages | in 3 parts
        | dans 3 posts | sundae recipe | toddy | remain calm | finished in style | todo list
        """
    ),
)
def test_a_note_with_such_a_word_in_it_stays_one(note: str) -> None:
    for time in ("14:00-14:25", "yesterday 14:00-14:25"):
        day = "11-22 " if "yesterday" in time else ""
        assert said(f"x {time} {note}") == f"{day}14:00-14:25 {note}"
    assert said(f"x 25m {note}") == f"23:15-23:40 {note}"
    assert said(f'x 25m "{note}"') == f"23:15-23:40 {note}"


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("x 25m note: at 9", "at 9"),
        ("x 25m note : à 9h30", "à 9h30"),
        ("x 25m create note: 14:00-14:20 yesterday", "14:00-14:20 yesterday"),
        ('x 25m note: say "at 9"', 'say "at 9"'),
        ('x 25m note: "at 9" and "at 10"', '"at 9" and "at 10"'),
        ('x 25m note: "at 9"', "at 9"),
        ("x 25m carousel note: @ana at 9", "carousel @ana at 9"),
        ("x 25m note:", None),
    ],
)
def test_a_bare_note_begins_the_note(line: str, note: str | None) -> None:
    assert said(line) == "23:15-23:40" + (f" {note}" if note else "")


@pytest.mark.parametrize(
    ("text", "clock"),
    [("9", "09:00"), ("0", "00:00"), ("14", "14:00"), ("23", "23:00"), ("9.30", "09:30"), ("nine", "09:00")],
)
def test_an_hour_alone_is_a_time_where_nothing_else_can_be_meant(text: str, clock: str) -> None:
    assert iso(parse_time(text, LATE, PARIS, FOUR), PARIS)[11:16] == clock


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("3 this evening", "contradicts itself"),
        ("14:00 in the morning", "contradicts itself"),
        ("25", "is not a time"),
        ("99", "is not a time"),
    ],
)
def test_a_time_alone_says_why_it_is_refused(text: str, why: str) -> None:
    with pytest.raises(TrackerError, match=why):
        parse_time(text, LATE, PARIS, FOUR)


def test_two_times_are_refused_at_every_door() -> None:
    for text in ("13:00/13:20", "14h00 14h20"):
        with pytest.raises(TrackerError, match="has two times of day"):
            parse_entry(f"linkedin {text}", ({"linkedin": "linkedin"}, {}, {}), ReadingContext(LATE, PARIS, FOUR))


@pytest.mark.parametrize(
    ("note", "why"),
    [("call back mondy", "“mondy”"), ("yesterdy after lunch", "“yesterdy”"), ("call in 2 weeks", None)],
)
def test_a_note_on_its_own_is_looked_through_too(note: str, why: str | None) -> None:
    refused = refusal(lambda: parse_note(note, "say when with --at", LATE, PARIS, FOUR))
    assert (refused is None) if why is None else (refused is not None and why in refused)
