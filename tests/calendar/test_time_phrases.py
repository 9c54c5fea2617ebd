"""A line is read as it was meant, or refused: lines in every form people write, whose meaning is known beforehand."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.calendar.strategies import cases, refusal
from tests.calendar.test_session_line import ACTIVITIES, ALIASES, CHANNELS
from tracker.calendar.clock import iso, to_utc
from tracker.calendar.moments import ReadingContext
from tracker.calendar.session_line import Entry, lines_of, parse_entry, parse_note, read_each
from tracker.domain.errors import TrackerError

PARIS = "Europe/Paris"
FOUR = 14_400
MINUTE, HOUR = 60, 3600

#: Monday 23 November 2026, 23:40: whatever time of the day is said has come.
LATE = to_utc(PARIS, 2026, 11, 23, 23, 40)
TODAY = to_utc(PARIS, 2026, 11, 23, 0, 0)


def entry(line: str, now: int = LATE, day: str | None = None) -> Entry:
    return parse_entry(line, (CHANNELS, ACTIVITIES, ALIASES), ReadingContext(now, PARIS, FOUR, day))


def said(line: str, now: int = LATE) -> str:
    """`09:30-10:00`, with the day where it is not the 23rd and the note behind, or why it was refused."""
    try:
        read = entry(line, now)
    except TrackerError as error:
        return f"refused: {error}"
    start, end = iso(read.start, PARIS), iso(read.end, PARIS)
    day = "" if start[:10] == "2026-11-23" else f"{start[5:10]} "
    return f"{day}{start[11:16]}-{end[11:16]}" + (f" {read.note}" if read.note else "")


@pytest.mark.parametrize(
    ("meant", "lines"),
    [
        ("09:30-10:00", "x 9:30 - 10 | x 9:30-10 | x 9:30 – 10:00 | x 9.30-10.00 | x 9.30 - 10 | x 9h30-10h"),
        ("09:30-10:00", "x 9h30 à 10h | x 9 h 30 - 10 h | x de 9h30 à 10h | x from 9:30 to 10 | x 9:30 to 10"),
        ("09:30-10:00", "x between 9:30 and 10 | x entre 9h30 et 10h | x 9:30am-10 | x 9:30 am - 10:00 am"),
        ("09:30-10:00", "x from half past nine to ten | x half past 9 - 10 | x de 9 heures 30 à 10 heures"),
        ("09:30-10:00", "x neuf heures et demie à dix heures | x 30 min at 9:30 | x half an hour at 9:30"),
        ("09:30-10:00", "x une demi-heure à 9h30 | x at half past nine for half an hour | x 9:30 30m | x 9:30+30m"),
        ("09:30-10:00", "x à 9h30 pendant une demi-heure | x 30m from 9:30 | x today 9:30-10 | x 9:30-10 today"),
        ("09:30-10:00", "x this morning 9:30-10 | x ce matin de 9h30 à 10h | 9:30-10 x | today x 9:30-10"),
        ("09:00-10:00", "x from 9 to 10 | x between 9 and 10 | x de 9h à 10h"),
        ("09:00-10:00", "x entre 9h et 10h | x 9-10 | x 9am-10"),
        ("09:00-10:00", "x at 9 for 1h | x 1h at 9 | x at nine for an hour | x 9 à 10h | x from nine to ten"),
        ("09:15-09:45", "x from a quarter past nine to a quarter to ten | x 9h et quart à 10h moins le quart"),
        ("09:30-09:50", "x at 9:30 for 20m | x 20m at 9:30 | x 20m 9:30 | x at 9.30 for 20 minutes | x 9:30, 20m"),
        (
            "09:30-09:50",
            "x at 9:30 @ana for 20m | x vers 9h30 pendant vingt minutes | x twenty minutes at half past nine",
        ),
        ("21:00-22:00", "x 9-10 pm | x 9pm-10pm"),
        ("21:00-22:00", "x 9 in the evening - 10 | x 9h du soir à 10h | x this evening 9-10"),
        (
            "12:00-13:00",
            "x noon-1pm | x midi-13h | x midi à 13h | x from noon to 1 | x noon to one | x entre midi et 13h",
        ),
        ("11:00-13:00", "x 11-1pm | x 11am-1pm | x 11h-13h"),
        ("11-22 10:00-10:20", "x -1d 10:00-10:20 | x -1 10:00-10:20 | x yesterday 10:00-10:20 | x 10:00-10:20 hier"),
        (
            "11-22 10:00-10:20",
            "x yesterday at 10 for 20m | x 20m yesterday at 10 | x 22/11 10:00-10:20 | x -1j 10h-10h20",
        ),
        ("11-22 10:00-10:20", "x 10:00-10:20 22 nov | yesterday x 10:00-10:20 | x yesterday create 10:00-10:20"),
        ("11-22 10:00-10:20", "x le 22 novembre de 10h à 10h20 | x on sunday from 10:00 to 10:20 | x dim. 10h-10h20"),
        ("11-22 21:00-22:00", "x last night 9-10 | x hier soir de 9h à 10h | x yesterday evening at 9 for an hour"),
        ("11-20 10:00-10:20", "x 3 days ago 10:00-10:20 | x 10:00-10:20 3 days ago | x three days ago at 10 for 20m"),
        ("11-20 10:00-10:20", "x il y a 3 jours de 10h à 10h20 | x il y a trois jours à 10h pendant 20 min"),
        ("11-20 10:00-10:20", "x last friday 10:00-10:20 | x vendredi dernier 10h-10h20 | x 10:00-10:20 last friday"),
        (
            "11-20 10:00-10:20",
            "x fri 10:00-10:20 | x 10:00-10:20 fri | x friday, 10:00-10:20",
        ),
        ("11-16 10:00-10:20", "x a week ago 10:00-10:20"),
        ("11-16 10:00-10:20", "x il y a une semaine 10h-10h20 | x last monday 10:00-10:20"),
        ("09:30-10:00", "x 9:30~10:00 | x 9:30->10:00 | x 9:30..10 | x 9:30…10:00 | x 9:30 ~ 10"),
        ("14:00-15:00", "x this afternoon 2-3 | x 2-3 in the afternoon | x this afternoon at 2 for 1h | x 2pm-3"),
        ("14:00-15:00", "x cet après-midi de 2h à 3h | x 2-3 this afternoon | x this afternoon from 2 to 3"),
        ("11-22 14:00-15:00", "x yesterday afternoon 2-3 | x hier après-midi de 2h à 3h | x 22/11 afternoon 2-3"),
        ("11:30-13:00", "x 11:30am-1 this afternoon | x 11:30-1pm"),
        ("00:30-01:00", "x last night 12:30-1 | x yesterday 12:30 at night for 30m | x 0h30 à 1h du matin"),
        ("01:00-02:00", "x cette nuit 1h-2h | x last night 1-2 | x 1h à 2h du matin | x de 1 à 2h"),
        ("21:00-22:00", "x 9h-10h le soir | x 9-10 in the night | x 9 to 10 at night"),
        ("21:00-22:00", "x 9h à 10h de la nuit | x de 9h à 10h la nuit"),
        ("14:00-15:00", "x 2h à 3h de l'après-midi | x de 2h à 3h de l'après-midi | x 14h-15h de l’après-midi"),
        ("20:30-20:50", "x 8.30pm 20m | x 20m at 8.30pm | x 8.30pm-8.50pm"),
        ("11-20 10:00-10:20", "x 20.11. 10:00-10:20 | x 20-11-2026 10:00-10:20 | x 2026/11/20 10:00-10:20"),
        ("11-20 10:00-10:20", "x 2026.11.20 10:00-10:20 | x 10:00-10:20 20-11-2026 | x 10:00-10:20 2026/11/20"),
        ("11-21 10:00-10:20", "x avant hier 10h-10h20 | x avant-hier 10h-10h20"),
        ("11-24 10:00-10:20", "x 24 nov 2025 10:00-10:20 | x 24/11/2025 10:00-10:20 | x 2025-11-24 10:00-10:20"),
        ("23:10-23:40", "x half an hour | x une demi-heure | x 30 min"),
        ("23:10-23:40", "x 30' | x for 30m | x for the last half hour"),
        ("23:10-23:40", "x depuis une demi-heure | x since 23:10 | x ~30m | x about 30m | x 30mn | x (30m)"),
        (
            "22:10-23:40",
            "x an hour and a half | x une heure et demie | x 1h30 | x 1 h 30 | x 1,5h | x 1h et demie | x 90m",
        ),
        ("22:10-23:40", "x one and a half hours | x 1h 30 | x an hour and 30 minutes | x for 1:30"),
        ("22:55-23:40", "x three quarters of an hour | x trois quarts d'heure | x 45 minutes"),
        ("23:25-23:40", "x a quarter of an hour | x un quart d'heure | x quarter hour | x quinze minutes"),
        ("23:20-23:40", "x 20 minutes | x vingt minutes"),
        ("23:20-23:40", "x twenty minutes | x pendant 20 min | x the last 20 minutes"),
    ],
)
def test_a_time_is_read_in_every_form(meant: str, lines: str) -> None:
    for line in cases(lines):
        assert said(line) == meant, line


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("x 9:30 - 10 memes", "09:30-10:00 memes"),
        ("x 9.30-10 carousel", "09:30-10:00 carousel"),
        ("x from 9 to 10 memes", "09:00-10:00 memes"),
        ("x carousel from 9 to 10", "09:00-10:00 carousel"),
        ("x carousel at 9:30 for 20m for Samia", "09:30-09:50 carousel for Samia"),
        ("x 20 posts at 9:30 for 10m", "09:30-09:40 20 posts"),
        ("x 25m call with 3 clients", "23:15-23:40 call with 3 clients"),
        ("x 25m replied to 2 posts", "23:15-23:40 replied to 2 posts"),
        ("x 25m top 10 list", "23:15-23:40 top 10 list"),
        ("x 25m version 2.5", "23:15-23:40 version 2.5"),
        ("x version 2.5 14:00-14:25", "14:00-14:25 version 2.5"),
        ("x 14:00-14:25 24/7 support", "14:00-14:25 24/7 support"),
        ("x 25m open 24/7", "23:15-23:40 open 24/7"),
        ("x 25m 9 to 5 job", "23:15-23:40 9 to 5 job"),
        ("x 25m grew from 9 to 15 followers", "23:15-23:40 grew from 9 to 15 followers"),
        ("x 25m 2-3 posts", "23:15-23:40 2-3 posts"),
        ("x 25m chapters 9-10 read", "23:15-23:40 chapters 9-10 read"),
        ("x 25m 5k followers, 10% up", "23:15-23:40 5k followers, 10% up"),
        ("x 25m in 2026", "23:15-23:40 in 2026"),
        ("x 25m 2024-2025", "23:15-23:40 2024-2025"),
        ("x 25m 16:9 video", "23:15-23:40 16:9 video"),
        ("x 25m half done", "23:15-23:40 half done"),
        ("x 25m last post", "23:15-23:40 last post"),
        ("x 25m a second post, 3 times a day", "23:15-23:40 a second post, 3 times a day"),
        ("x 25m the 2nd draft, one more", "23:15-23:40 the 2nd draft, one more"),
        ("x 25m see http://a.example:8080/2026/11/22", "23:15-23:40 see http://a.example:8080/2026/11/22"),
        ("x 25m sun and sea", "23:15-23:40 sun and sea"),
        ("x 25m on the train, at home", "23:15-23:40 on the train, at home"),
        ('x 25m "spent 20m on it"', "23:15-23:40 spent 20m on it"),
        ('x 25m note:"step 3/4"', "23:15-23:40 step 3/4"),
        ("x 25m “step 3/4”", "23:15-23:40 step 3/4"),
        ("x 25m « à 9h30 »", "23:15-23:40 à 9h30"),
        ('x 14:00-14:25 replied to "the 9:30 post" twice', '14:00-14:25 replied to "the 9:30 post" twice'),
    ],
)
def test_an_honest_note_stays_one(line: str, meant: str) -> None:
    assert said(line) == meant


@pytest.mark.parametrize(
    ("why", "lines"),
    [
        ("has no end", "x 9:30 | x 9:30 carousel | x 1:30 | x 14h05"),
        ("has no end", "x noon | x half past nine | x 20m ago | x at 9"),
        (
            "could be a time of day",
            "x 9h30 | x 9h | x 5 heures | x 9h 20m | x 1h à 2h | x depuis 2h | x deux heures à 9h30",
        ),
        ("needs a time of day", "x yesterday | x 3 days ago | x friday | x hier 20 min | x 2026-11-22 25m | x -1d"),
        ("“25m” looks like", "x 14:00-14:25 spent 25m on it | x 25m 10:00-10:20"),
        (
            "looks like",
            "x 25m 9:30 post at 10 | x 25m a plan for 16:00-17:00 | x 14:00-14:25 ratio 25:99 | x 25m 14:00/14:25",
        ),
        (
            "looks like",
            "x 25m posts for monday | x 25m as of 2026-11-20 | x 25m tomorrow | x 20m friday | x 9:30-10 sam",
        ),
        ("looks like", "x 25m step 3/4 | x step 3/4 14:00-14:25 | x lost -2 14:00-14:25 | x 22-11 10:00-10:20"),
        (
            "looks like",
            "x last week 9:30-10 | x a month ago 10:00-10:20 | x november 10:00-10:20 | x le 22 10:00-10:20",
        ),
        (
            "looks like",
            "x this friday 9:30-10 | x yesteday 9:30-10 | x 9:30-10 UTC | x before 9:30-10 | x in 20m",
        ),
        (
            "looks like",
            "x 9:30 - 10 - 11 | x 14:00-14:25 3 | x @9:30 20m | x for:20m 25m | x 25m 0930-1000 | x 9.30 20m",
        ),
        (
            "looks like",
            "x 25m (20 min) | x 25m 3 h | x 25m une heure | x 25m 30 day plan | x create 9:30-10 memes yesterday",
        ),
        ("is not a date", "x 31 nov 10:00-10:20 | x tue 23 nov 10:00-10:20 | x 23/13 25m | x 25m 2026-02-30"),
        ("has no time", "x 9-10 memes | x grew from 9 to 15 followers"),
        ("has no time", "x chapters 9-10 | x 930-10 | x 9.30"),
        ("must end after", "x 14:25-14:00 | x 10-9:30 | x 11:30-1"),
        ("in the future", "x tomorrow 9-10 | x next friday 9:30-10 | x 23:50-23:55"),
        ("too many numbers", "x 25m " + "3 4 " * 40),
    ],
)
def test_what_is_not_understood_is_never_something_else(why: str, lines: str) -> None:
    for line in cases(lines):
        assert said(line).startswith("refused: ") and why in said(line), f"{line}: {said(line)}"  # noqa: PT018


def test_a_refusal_says_what_was_understood_and_the_way_out() -> None:
    assert said("x create yesterday 14:00-14:25 spent 25m on it") == (
        "refused: “25m” looks like a time or a date; only x create 2026-11-22 14:00–14:25 was understood. "
        'If it is part of the note, put it in quotes: "25m"'
    )


class Moment(NamedTuple):
    """A time of day (seconds after midnight) in its forms; `weak` ones are times only beside a plainer one."""

    clock: int
    strong: list[str]
    weak: list[str]


class Length(NamedTuple):
    seconds: int
    forms: list[str]


HOURS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
HEURES = ["une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"]


def moment(minutes: int) -> Moment:
    hour, minute = divmod(minutes, 60)
    strong = [f"{hour}:{minute:02}", f"{hour:02}:{minute:02}", f"{hour}h{minute:02}", f"{hour} h {minute:02}"]
    strong.append(f"{(hour + 11) % 12 + 1}:{minute:02}{'am' if hour < 12 else 'pm'}")
    weak = [f"{hour}.{minute:02}"]
    if not minute:
        strong += [f"{hour}h", f"{hour} h", f"{hour} heures", f"{(hour + 11) % 12 + 1} {'am' if hour < 12 else 'pm'}"]
        weak.append(str(hour))
    if 0 < hour <= 12:
        word, heure = HOURS[hour - 1], HEURES[hour - 1]
        if not minute and hour > 1:
            strong.append(f"{heure} heures")
        strong += {
            15: [f"a quarter past {word}", f"{hour}h et quart"],
            30: [f"half past {word}", f"half past {hour}", f"{hour}h et demie"],
            0: [f"{word} o'clock"],
        }.get(minute, [])
        if minute == 45 and hour < 12:
            strong += [f"a quarter to {HOURS[hour]}", f"{hour + 1}h moins le quart"]
    return Moment(minutes * MINUTE, strong, weak)


def length(minutes: int) -> Length:
    hours, rest = divmod(minutes, 60)
    forms = [f"{minutes}m", f"{minutes} min", f"{minutes} minutes", f"{minutes}mn"]
    if hours:
        forms += [f"{hours}h{rest:02}", f"{hours} h {rest:02}", f"{hours}h {rest}m"] if rest else [f"{hours}h"]
    forms += {
        15: ["a quarter of an hour", "un quart d'heure"],
        20: ["twenty minutes", "vingt minutes"],
        30: ["half an hour", "une demi-heure", "half hour"],
        45: ["three quarters of an hour", "trois quarts d'heure"],
        60: ["an hour", "one hour", "une heure"],
        90: ["an hour and a half", "une heure et demie", "1h et demie"],
    }.get(minutes, [])
    return Length(minutes * MINUTE, forms)


MOMENTS = st.one_of(st.integers(4 * 60, 21 * 60), st.integers(16, 84).map(lambda n: n * 15)).map(moment)
LENGTHS = st.one_of(st.integers(1, 120), st.sampled_from([15, 20, 30, 45, 60, 90])).map(length)
DAYS_BACK = st.sampled_from(
    [
        (0, "", ""),
        (0, "today", "today"),
        (0, "aujourd'hui", "aujourd'hui"),
        (1, "yesterday", "yesterday"),
        (1, "hier", "hier"),
        (1, "-1d", ""),
        (1, "-1", ""),
        (1, "22/11", ""),
        (1, "22 nov", "22 nov"),
        (1, "le 22 novembre", "le 22 novembre"),
        (1, "2026-11-22", "2026-11-22"),
        (3, "3 days ago", "3 days ago"),
        (3, "three days ago", "three days ago"),
        (3, "il y a 3 jours", "il y a 3 jours"),
        (3, "last friday", "last friday"),
        (3, "vendredi dernier", "vendredi dernier"),
        (3, "fri", "fri"),
        (7, "a week ago", "a week ago"),
    ]
)
NOTES = st.sampled_from(
    ["", "carousel", "call with 3 clients", "top 10 list", '"spent 25m on it"', "version 2.5", "24/7"]
)
FRAMES = [
    ("{start} - {end}", False),
    ("{start}-{end}", False),
    ("{start} – {end}", False),
    ("{start} to {end}", False),
    ("from {start} to {end}", True),
    ("de {start} à {end}", True),
    ("between {start} and {end}", True),
    ("entre {start} et {end}", True),
]
LASTING = ["at {start} for {length}", "{start}+{length}", "à {start} pendant {length}", "{length} at {start}"]


class Line(NamedTuple):
    """A line, and what it means; `plain` where it has to be read, not only not to be misread."""

    text: str
    start: int
    end: int
    note: str
    plain: bool


@st.composite
def lines(draw: st.DrawFn) -> Line:
    back, in_front, behind = draw(DAYS_BACK)
    start = draw(MOMENTS)
    midnight = TODAY - back * 86_400
    note = draw(NOTES)
    begin = midnight + start.clock
    if draw(st.booleans()):
        end = draw(MOMENTS)
        assume(start.clock < end.clock)
        frame, framed = draw(st.sampled_from(FRAMES))
        weak_start, weak_end = draw(st.booleans()), draw(st.booleans())
        left, right = (
            draw(st.sampled_from([start.strong, start.weak][weak_start])),
            draw(st.sampled_from([end.strong, end.weak][weak_end])),
        )
        said_time, stop = frame.format(start=left, end=right), midnight + end.clock
        # `4:00-4:01pm` is the afternoon: a half of the day said once is of both.
        assume(left.endswith("m") == right.endswith("m"))
        # Two bare numbers are nobody's time, and `1h à 2h` may be a length: there refusing is as good.
        plain = not (weak_start and weak_end)
        plain = plain and (framed or not weak_start or "." not in left)
    else:
        lasting = draw(LENGTHS)
        form = draw(st.sampled_from(LASTING))
        said_time = form.format(start=draw(st.sampled_from(start.strong)), length=draw(st.sampled_from(lasting.forms)))
        stop, plain = begin + lasting.seconds, form[0] != "{" or form[1] == "l"
    if draw(st.booleans()):
        said_time = f"{in_front} {said_time}".strip()
    elif behind:
        said_time = f"{said_time} {behind}"
    elif in_front:
        said_time = f"{in_front} {said_time}"
    activity = draw(st.sampled_from(["", " create"]))
    text = f"linkedin{activity} {said_time} {note}".strip()
    return Line(text, begin, stop, note.strip('"'), plain)


@given(lines())
@example(Line("linkedin 9:30 - 10", TODAY + 34_200, TODAY + 36_000, "", True))
def test_what_was_written_is_what_is_read_or_it_is_refused(line: Line) -> None:
    why = refusal(lambda: entry(line.text))
    if why is not None:
        assert why.isprintable()
        assert not line.plain or line.end > LATE or "could be a time of day" in why, f"{line.text}: {why}"
        return
    read = entry(line.text)
    got = (iso(read.start, PARIS)[:16], iso(read.end, PARIS)[:16], read.note or "")
    assert got == (iso(line.start, PARIS)[:16], iso(line.end, PARIS)[:16], line.note), line.text


PIECES = st.sampled_from(
    cases("""
    9:30 | 9h | 9h30 | 9.30 | 9 | 10 | 3 | 24/7 | 3/4 | 25m | 20 | min | half | an | hour | quarter | past | to | from
    | at | for | - | + | 10:00-10:20 | 9-10 | yesterday | last | friday | mon | -1d | -2 | 22/11 | 22 nov | ago | days
    | since | noon | midi | et | à | de | une | demi-heure | pm | create | @ana | carousel | clients | street
    | now | tomorrow
    """)
)


@given(st.lists(PIECES, min_size=1, max_size=9).map(" ".join))
def test_no_note_that_was_kept_says_a_time(words: str) -> None:
    why = refusal(lambda: entry(f"x {words}"))
    if why is not None:
        assert why.isprintable()
        return
    read = entry(f"x {words}")
    assert read.start < read.end <= LATE
    assert read.end - read.start <= 24 * HOUR or "now" in words or "since" in words
    note = read.note or ""
    unread = refusal(lambda: parse_note(note, "…", LATE, PARIS, FOUR))
    # A number, or a weekday's short form, is no time in `3 clients` and may be one where the note ends with it.
    plain = any(sign in note for sign in (":", "9h", "25m", "yesterday", "friday", "noon"))
    assert unread is None or not plain, f"{words}: {note}"


def test_a_text_of_several_lines_is_read_line_by_line() -> None:
    assert (
        lines_of("x 25m\r\n\n  x 14:00-14:10 a \n")
        == lines_of("x 25m ⏎ x 14:00-14:10 a")
        == ["x 25m", "x 14:00-14:10 a"]
    )
    assert [parsed.note for parsed in read_each(["x 25m a", "x 14:00-14:10 b"], entry)] == ["a", "b"]
    with pytest.raises(TrackerError) as error:
        read_each(["x 25m", "x", "nope 25m", "x 9:30", "y 25m", "z 25m"], entry)
    assert str(error.value).startswith("line 2: “x” has no time")
    assert "; line 3: " in str(error.value)
    assert str(error.value).endswith("; and 2 more lines")


@pytest.mark.parametrize(
    ("why", "lines"),
    [
        (
            "“J-1” looks like",
            "x j-1 10h-10h20 | x 10h-10h20 J-1 | x J-1 10h-10h20 lancement",
        ),
        ("“20.11.26” looks like", "x 20.11.26 10:00-10:20 | x 10:00-10:20 20.11.26"),
        ("the 20th” looks like", "x 10:00-10:20 the 20th"),
        ("20th” looks like", "x the 20th 10:00-10:20 | x on the 20th 10:00-10:20 | x 10:00-10:20 20th"),
        ("“le 20” looks like", "x 10h-10h20 le 20"),
        ("“yesteday” looks like", "x yesteday 10:00-10:20 | x 10:00-10:20 yesteday | x yesteday at 10 for 20m"),
        ("“vendrdi” looks like", "x vendrdi 10h-10h20 | x 10h-10h20 vendrdi"),
        ("“soir” contradicts “09:00”", "x soir 9h-10h | x 9h-10h soir"),
        ("looks like", "x 20m in the evening | x 20m le matin | x 20m at night"),
        ("looks like", "x a fortnight ago 10:00-10:20 | x 2 wks ago 10:00-10:20 | x the other day 10:00-10:20"),
        ("looks like", "x l'autre jour 10h-10h20 | x la veille 10h-10h20 | x 10h-10h20 l'autre jour"),
        ("looks like", "x ending at 9:30 20m | x 20m before 10 | x 20m avant 10 | x 20m by 10"),
        ("“now” looks like", "x 20m now | x 20m now what"),
        ("“@9” looks like", "x @9 20m"),
        ("could be times of day", "x 1-2h | x 2-3h"),
        ("“5 to” looks like", "x 5 to 10 min | x about 5 to 10 min"),
        (
            "looks like",
            "x 5 - 10 min | x 5 à 10 min | x entre 5 et 10 min | x 5 or 10 min | x between 5 and 10 minutes",
        ),
        ("“-14:00” looks like", "x 20m -14:00"),
        ("could mean 2:00-3:00 or 14:00-15:00", "x 2-3 | x 2 to 3 | x from 2 to 3 | x de 2 à 3 | x yesterday 2-3"),
        ("could mean 1:30-2:15 or 13:30-14:15", "x 1.30-2.15"),
        ("could mean 2:00 or 14:00", "x at 2 for 20m | x 20m at 2 | x à 2 pendant 20 min | x yesterday at 2 for 20m"),
        ("could be a time of day", "x since 2h"),
        ("“9:30–” has no end", "x 9:30–"),
        ("“9:30/10:00” has two times", "x 9:30/10:00"),
        ("write 2025-11-24", "x 24/11 10:00-10:20 | x 24 nov 10:00-10:20 | x mon 24 nov 10:00-10:20"),
    ],
)
def test_what_is_nearly_a_time_is_refused_with_its_own_words(why: str, lines: str) -> None:
    for line in cases(lines):
        refused = said(line)
        assert refused.startswith("refused: "), f"{line}: {refused}"
        assert why.casefold() in refused.casefold(), f"{line}: {refused}"


@pytest.mark.parametrize("words", ["yesteday", "J-1", "before 10", "20th", "soir", "the other day", "- 11", "half"])
def test_the_quotes_a_refusal_names_are_a_way_out(words: str) -> None:
    assert f'put it in quotes: "{words}"' in said(f"x 10:00-10:20 {words}")
    assert said(f'x 10:00-10:20 "{words}"') == f"10:00-10:20 {words}"


@pytest.mark.parametrize(
    "line", ["x 20m", "x for 20m", "x half an hour", "x since 22:00", "x depuis 22h", "x 22:00-now"]
)
def test_what_ended_now_is_no_part_of_a_past_day(line: str) -> None:
    assert refusal(lambda: entry(line, day="2026-11-23")) is None
    assert refusal(lambda: entry(line, day="2026-11-22"))
    assert (
        refusal(lambda: entry("x 20m", day="2026-11-22"))
        == "“20m” needs a time of day, for example 2026-11-22 21:00+20m"
    )


@pytest.mark.parametrize(
    "note",
    cases("""
    routine du soir | reel du matin | bonne nuit | evening post | morning pages | on the train | by Anna | the 5th post
    | D-day | Sandy | lot 2.1.26 | ended up | until the end | Domain | early morning crowd | finished carousel
    """),
)
def test_words_that_only_sound_like_a_time_are_a_note(note: str) -> None:
    assert said(f"x 25m {note}") == f"23:15-23:40 {note}"
