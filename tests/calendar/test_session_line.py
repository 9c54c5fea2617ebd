from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.calendar.strategies import cases, refusal
from tests.conftest import NOW
from tracker.calendar.moments import ReadingContext
from tracker.calendar.session_line import Entry, complete_entry, parse_entry

CHANNELS = {name: name for name in ("linkedin", "instagram", "x", "call", "work")}
ACTIVITIES = {"create": "create", "reply": "reply", "scroll": "scroll", "créer": "create"}
ALIASES = {"li": "linkedin"}

MINUTE = 60


def entry(line: str, now: int = NOW, day: str | None = None) -> Entry:
    return parse_entry(line, (CHANNELS, ACTIVITIES, ALIASES), ReadingContext(now, "Europe/Paris", 14_400, day))


def why_not(line: str) -> str:
    return refusal(lambda: entry(line)) or "read"


AT_TWO = Entry("linkedin", NOW - 72 * MINUTE, NOW - 47 * MINUTE)


def test_a_line_tells_of_a_whole_session() -> None:
    assert entry("linkedin create 14:00-14:25 carousel for Samia @samia street") == AT_TWO._replace(
        activity="create", person="samia", ring="street", note="carousel for Samia"
    )


@pytest.mark.parametrize(
    "line",
    cases("""
    linkedin create 14:00-14:25 carousel | linkedin 14:00-14:25 create carousel | 14:00-14:25 linkedin create carousel
    | LI Créer 14:00–14:25 carousel | linkedin, create 14:00 - 14:25 carousel | li create carousel 14h à 14h25
    """),
)
def test_the_order_is_free(line: str) -> None:
    assert entry(line) == AT_TWO._replace(activity="create", note="carousel")


def test_a_channel_and_a_length_are_enough() -> None:
    assert entry("x 25m") == Entry("x", NOW - 25 * MINUTE, NOW)


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("x 25m 3 comments", "3 comments"),
        ("x 1 h 30 carousel", "carousel"),
        ("x 2h 30 prospects", "30 prospects"),
        ("x 14:00-14:25 mon ami", "mon ami"),
        ("x 14:00-14:25 Sam wrote", "Sam wrote"),
        ("x 25m see [/b] https://a.example @", "see [/b] https://a.example @"),
        ("x 25m won 23/13 and 3.14", "won 23/13 and 3.14"),
        ("x 25m met in the street", "met in the street"),
        ("x 25m and then create", "and then create"),
        ("x 25m @ana with @bob", "with @bob"),
        ("x 25m mail a@b.example", "mail a@b.example"),
    ],
)
def test_the_rest_is_the_note_as_it_was_written(line: str, note: str) -> None:
    assert entry(line).note == note


@pytest.mark.parametrize("line", ["call 25m @Ana rue", "call street @Ana 25m", "call 25m rue @Ana"])
def test_a_ring_stands_beside_what_it_belongs_to(line: str) -> None:
    assert entry(line) == Entry("call", NOW - 25 * MINUTE, NOW, person="Ana", ring="street")


def test_quotes_hold_several_words_together() -> None:
    told = entry('li 25m @"Ana B." for:"two posts" trigger:boredom "done"')
    assert (told.person, told.intention, told.trigger, told.note) == ("Ana B.", "two posts", "boredom", "done")


def test_french_keys_are_understood() -> None:
    told = entry('li 25m pour:carrousel déclencheur:"une notification"')
    assert (told.intention, told.trigger) == ("carrousel", "une notification")


def test_an_entry_of_another_day_lies_in_it() -> None:
    assert entry("x 15:12-15:20", day="2026-11-22").start == NOW - 24 * 60 * MINUTE


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "begin with a channel: linkedin create 14:00-14:25 carousel"),
        ("25m", "begin with a channel: linkedin"),
        ("linkedn 25m", "unknown channel “linkedn”; did you mean linkedin?"),
        ("knitting 25m", "unknown channel “knitting”; begin with a channel"),
        ("linkedin carousel", "“linkedin carousel” has no time; add 14:00-14:25, yesterday 21:00+40m or 25m"),
        ("linkedin 20 comments", "has no time"),
        ("linkedin 14:05 carousel", "“14:05” has no end"),
        ("linkedin 14h05", "“14h05” has no end"),
        ("linkedin 25:99-26:00", "“25:99” is not a time of day"),
        ("linkedin 14:25-14:00", "must end after it starts"),
        ("linkedin 16:00-16:30", "in the future"),
        ("linkedin 14:00-16:00", "ends in the future"),
        ("linkedin yesterday 25m", "needs a time of day"),
        ("linkedin 2026-11-20 25m", "needs a time of day"),
        ("linkedin 2026-02-30 10:00+10m", "“2026-02-30” is not a date"),
        ("linkedin 10:00+10m 2026-02-30", "“2026-02-30” is not a date"),
        ("linkedin 2026-02-30 create 10:00+10m", "“2026-02-30” is not a date"),
        ("linkedin 2026-2-30", "“2026-2-30” is not a date"),
        ("linkedin 23/13 02:00-02:10", "“23/13” is not a date"),
        ("linkedin 31/2/2026 02:00-02:10", "“31/2/2026” is not a date"),
        ("linkedin 32/01, at 02:00-02:10", "“32/01” is not a date"),
        ("linkedin 31 nov 02:00-02:10", "“31 nov” is not a date"),
        ("linkedin 23/13 25m", "“23/13” is not a date"),
        ("linkedin yesterday 9:00-10:00 monday", "only linkedin 2026-11-22 09:00–10:00 was understood"),
        ("linkedin yesterday 9-10 monday", "“yesterday” looks like a time or a date"),
        ("linkedin 9-10 monday yesterday", "“monday” needs a time of day"),
        ("linkedin yesterday from 9 to 10 monday", "“monday” looks like a time or a date"),
        ("linkedin hier 9h-10h lundi", "“lundi” looks like a time or a date"),
        ("linkedin 2026-11-20 9:00-10:00 2026-11-21", "“2026-11-21” looks like a time or a date"),
        ("linkedin yesterday 22:00-23:00 today", "only linkedin 2026-11-22 22:00–23:00 was understood"),
    ],
)
def test_a_line_that_cannot_be_says_what_is_missing(line: str, why: str) -> None:
    assert why_not(line).startswith(why) or why in why_not(line)


PIECES = st.sampled_from(
    cases("""
    linkedin | li | x | call | create | reply | street | rue | @ana | @ | @"a b" | for:"c d" | for: | trigger:x
    | 14:00-14:25 | yesterday | 21:00+40m | 25m | 1h | 30 | 14:05 | - | 25:99 | note | [/b] | \x1b | " | : | since | now
    | h | 2026-11-22 | 2026-02-30 | 23/13 | monday | today
    """)
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map(" ".join)))
def test_any_line_is_read_or_refused_in_one_line(line: str) -> None:
    assert why_not(line).isprintable()


VOCABULARY = (
    ["linkedin", "x", "call", "instagram"],
    ["create", "reply", "scroll"],
    ["samia", "Anna B", "sam"],
)


@pytest.mark.parametrize(
    ("prefix", "lines"),
    [
        ("", ["linkedin", "x", "call", "instagram"]),
        ("IN", ["instagram"]),
        ("linkedin c", ["linkedin create"]),
        ("linkedin create ", ["linkedin create 25m", "linkedin create 15m", "linkedin create 45m"]),
        ("linkedin 2", ["linkedin 25m"]),
        ("linkedin 25m r", ["linkedin 25m reply"]),
        ("call 25m @sa", ["call 25m @samia", "call 25m @sam"]),
        ("call 25m @an", ['call 25m @"Anna B"']),
        ("call 25m @samia s", ["call 25m @samia street"]),
        ("nowhere", []),
    ],
)
def test_a_line_is_completed_word_by_word(prefix: str, lines: list[str]) -> None:
    assert complete_entry(prefix, *VOCABULARY) == lines


@given(st.one_of(st.text(), st.lists(PIECES, max_size=5).map(" ".join)))
@example('0:00 " ')
def test_completions_are_few_and_go_on_from_what_was_typed(prefix: str) -> None:
    lines = complete_entry(prefix, *VOCABULARY)
    assert len(lines) <= 6
    assert len(set(lines)) == len(lines)
    head = prefix.rpartition(" ")[0]
    assert all(line.startswith(head) and line != prefix for line in lines)


def test_what_completion_offers_is_read() -> None:
    for line in complete_entry("linkedin create ", *VOCABULARY):
        assert entry(line).activity == "create"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("call @samia, street 14:00-14:25", Entry("call", *AT_TWO[1:3], person="samia", ring="street")),
        ('call @"Samia B", street 14:00-14:25', Entry("call", *AT_TWO[1:3], person="Samia B", ring="street")),
        ("call @samia: 14:00-14:25", Entry("call", *AT_TWO[1:3], person="samia")),
        ("call 14:00-14:25 @samia.", Entry("call", *AT_TWO[1:3], person="samia")),
        ("call 14:00-14:25 @samia!", Entry("call", *AT_TWO[1:3], person="samia")),
        ('call 14:00-14:25 @"Sam Jr."', Entry("call", *AT_TWO[1:3], person="Sam Jr.")),
        ("call 14:00-14:25 @Jr.", Entry("call", *AT_TWO[1:3], person="Jr.")),
        ("linkedin 14:00-14:25 trigger:bored, street", AT_TWO._replace(trigger="bored", ring="street")),
        ("linkedin - 14:00-14:25 - carousel", AT_TWO._replace(note="carousel")),
        ("linkedin : 14:00-14:25 – carousel – draft", AT_TWO._replace(note="carousel – draft")),
        ("linkedin 14:00-14:25 note : for: Samia", AT_TWO._replace(note="for: Samia")),
        ('linkedin 14:00-14:25 "for:" Samia', AT_TWO._replace(note='"for:" Samia')),
    ],
)
def test_punctuation_between_fields_is_part_of_none(line: str, expected: Entry) -> None:
    assert entry(line) == expected


@pytest.mark.parametrize("key", ["for:", "pour :", "pour\u00a0:", "trigger:", "Déclencheur :"])
def test_a_key_apart_from_its_text_is_refused(key: str) -> None:
    """The words behind it would become a note, and the intention be lost."""
    assert "needs its text directly behind it" in why_not(f"linkedin 14:00-14:25 {key} see the likes")
