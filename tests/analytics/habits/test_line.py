"""A habit in one line, in English and in French, and what cannot be one."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analytics.habit_days import HabitDay
from tracker.analytics.habit_line import (
    build_habit,
    read_clock,
    read_habit,
    read_measure,
    read_target,
    read_weekdays,
    write_habit,
)
from tracker.analytics.habit_wording import say_day, say_habit, say_value
from tracker.domain.errors import TrackerError
from tracker.domain.models import MEASURES, Habit

TODAY = "2026-11-23"


@pytest.mark.parametrize(
    ("line", "name", "says"),
    [
        ("Walk", "Walk", "every day"),
        ("Walk every day", "Walk", "every day"),
        ("Read at least 20 pages on mon, wed, fri", "Read", "at least 20 pages · Mon Wed Fri"),
        ("Lire au moins 20 pages le lundi et jeudi", "Lire", "at least 20 pages · Mon Thu"),
        ("Read >= 20 on weekdays", "Read", "at least 20 · Mon Tue Wed Thu Fri"),
        ("Walk on Sundays", "Walk", "Sun"),
        ("Read mon-fri", "Read", "Mon Tue Wed Thu Fri"),
        ("Read at least 20 pages from Monday to Friday", "Read", "at least 20 pages · Mon Tue Wed Thu Fri"),
        ("Méditer du lundi au vendredi", "Méditer", "Mon Tue Wed Thu Fri"),
        ("Rest fri – mon", "Rest", "Mon Fri Sat Sun"),
        ("Lire le week-end", "Lire", "Sat Sun"),
        ("Call Sam to Mar", "Call Sam to Mar", "every day"),
        ("Courir un jour sur deux", "Courir", "1 time in 2 days"),
        ("Courir un jour sur 3", "Courir", "1 time in 3 days"),
        ("Run 3x/week", "Run", "3 times a week"),
        ("Boire au moins 2 l/jour", "Boire", "at least 2 l · every day"),
        ("Drink at least 0.25 l", "Drink", "at least 0.25 l · every day"),
        ("Weigh at most 102.5 kg", "Weigh", "at most 102.5 kg · every day"),
        ("Call someone 3 times a week", "Call someone", "3 times a week"),
        ("Appeler 2 fois par semaine", "Appeler", "2 times a week"),
        ("Run 5 km 2x in 10 days", "Run 5 km", "2 times in 10 days"),
        ("Walk 7 times a week", "Walk", "every day"),
        ("Feed at most 60 min by social", "Feed", "at most 60 min · every day · measured: social time"),
        ("Focus at least 1h30 by focus minutes", "Focus", "at least 90 min · every day · measured: focus time"),
        ("Talk at least 3 a week by contacts", "Talk", "at least 3 a week · measured: talks"),
        ("Insta at most 5 by checks instagram", "Insta", "at most 5 · every day · measured: checks, instagram"),
        ("Slow morning not before 9:00", "Slow morning", "not before 09:00 · every day · measured: first opening"),
        ("Soir pas après 22h le weekend", "Soir", "not after 22:00 · Sat Sun · measured: last opening"),
        ("Night not after 0:30", "Night", "not after 00:30 · every day · measured: last opening"),
        ("Plans at least 80% by plan_kept", "Plans", "at least 80% · every day · measured: sessions on plan"),
        ("Stand by the window", "Stand by the window", "every day"),
        ('"Be nice at least once"', "Be nice at least once", "every day"),
        ("“Stand by checks” 3 times a week", "Stand by checks", "3 times a week"),
        ("« Le jeudi » le lundi", "Le jeudi", "Mon"),
        ("Une page par soir", "Une page par soir", "every day"),
        ("Log on to nothing", "Log on to nothing", "every day"),
    ],
)
def test_a_line_says_a_habit(line: str, name: str, says: str) -> None:
    habit = build_habit(read_habit(line), TODAY)
    assert (habit.name, say_habit(habit), habit.created) == (name, says, TODAY)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "line",
    [
        *(
            "Walk",
            "Walk on mon, sun",
            "Read at least 20 pages on mon, wed, fri",
            "Call 3 times a week",
            "Swim 2x in 10 days",
        ),
        *(
            "Feed at most 60 min by social_minutes",
            "Insta at most 5 by checks instagram",
            "Talk at least 3 a week by contacts",
        ),
        *("Late not before 9:00", "Night not after 0:30", "Plans at least 80% by plan_kept", "Swim 1 times a week"),
        *("Late not before 9:00 3 times a week", "Insta not before 9:00 by first_opening instagram"),
        "Water at least 8 glasses 3 times a week",
        *('"Be nice at least once" on mon', '"Stand by checks"', '"Every day"', '"5 times" at least 3 x', 'Say "yes"'),
    ],
)
def test_a_habit_is_written_as_it_is_read(line: str, language: str) -> None:
    habit = build_habit(read_habit(line), TODAY)
    assert build_habit(read_habit(write_habit(habit, language)), TODAY) == habit


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Foo at most 60 min by social_minute", "“social_minute” cannot be measured; did you mean social_minutes?"),
        ("Foo by social_minute", "did you mean social_minutes?"),
        ("Foo at most 5 by fame", "“fame” cannot be measured; choose one of: social_minutes, checks"),
        ("Bar at least xyz pages", "“at least xyz pages” is not an amount; write: at least 20 pages"),
        ("Bar au moins quelques pages", "“au moins quelques pages” is not an amount"),
        ("Be nice at least once", "“at least once” is not an amount"),
        ('"Walk" now and then', "“now and then” is not part of a habit"),
    ],
)
def test_a_limit_or_a_measure_that_cannot_be_read_is_no_name(line: str, says: str) -> None:
    with pytest.raises(TrackerError) as refused:
        read_habit(line)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_late_limit_is_at_the_end_of_its_day() -> None:
    assert build_habit(read_habit("Night not after 0:30"), TODAY).target == 24.5 * 3600


@pytest.mark.parametrize(
    "line",
    [
        "",
        "at least 20 pages",
        "Feed by social_minutes",
        "Walk 3 times a week on mon",
        "Walk 9 times a week",
        "Walk 0 times a week",
        "Walk in 400 days",
        "Late at most 5 by first_opening",
        "Plans at least 120% by plan_kept",
        "Focus at least 20 by focus_minutes work",
        "Late not before 31:00",
    ],
)
def test_what_cannot_be_is_one_clear_line(line: str) -> None:
    with pytest.raises(TrackerError) as refused:
        build_habit(read_habit(line), TODAY)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon,wed", (0, 2)),
        ("lun mer", (0, 2)),
        ("dimanche et lundi", (0, 6)),
        ("weekends", (5, 6)),
        ("semaine", (0, 1, 2, 3, 4)),
    ],
)
def test_weekdays_as_people_write_them(text: str, days: tuple[int, ...]) -> None:
    assert read_weekdays(text) == days


@pytest.mark.parametrize(
    ("text", "target"),
    [
        *(("20", (20, None)), ("20 pages", (20, "pages")), ("7,5 km", (7.5, "km")), ("60min", (60, "min"))),
        *(("1h30", (90, "min")), ("80%", (80, "%")), ("09:00", (32400, None)), ("2verres", (2, "verres"))),
    ],
)
def test_amounts_as_people_write_them(text: str, target: tuple[float, str | None]) -> None:
    assert read_target(text) == target


@pytest.mark.parametrize("text", ["", "lots", "inf", "nan", "1e9", "-3", "9999999999"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(TrackerError):
        read_target(text)


def test_every_measure_is_known_by_its_name() -> None:
    assert [read_measure(name.replace("_", "-")) for name in MEASURES] == list(MEASURES)
    with pytest.raises(TrackerError, match="social_minutes"):
        read_measure("fame")


#: What a measure was called by in any version, in French without accents as it is compared.
EARLIER_NAMES = {
    "social_minutes": ("reseaux", "minutes de réseaux", "minutes sociales", "temps de réseaux", "social time"),
    "checks": ("vérifications", "coups d'œil", "coups d’œil"),
    "first_opening": ("première ouverture",),
    "last_opening": ("dernière ouverture",),
    "contacts": ("échanges", "talks"),
    "urges_resisted": ("envies", "envies repoussées", "envies surmontées", "resisted urges"),
    "focus_minutes": ("travail", "minutes de travail", "travail important", "focus time"),
    "plan_kept": ("plans", "plan", "plans tenus", "durées prévues tenues", "sessions on plan"),
}


@pytest.mark.parametrize(("measure", "name"), [(key, name) for key, names in EARLIER_NAMES.items() for name in names])
def test_a_line_that_was_read_once_is_read_still(measure: str, name: str) -> None:
    assert read_measure(name) == measure
    for line in (f"Moins au plus 10 par {name}", f"Less at most 10 by {name}"):
        assert read_habit(line).measure == measure


def test_a_value_in_words() -> None:
    assert say_value(Habit(0, "Read", "at_least", 20, "pages"), 7.5) == "7.5 pages"
    assert say_value(Habit(0, "Late", "at_most", 79200, None, "last_opening"), 88_800) == "00:40"
    assert say_value(Habit(0, "Walk"), 1) == ""


def test_the_amount_of_a_day_stands_apart_from_its_state() -> None:
    read = Habit(0, "Read", "at_least", 20, "pages")
    assert say_day(read, HabitDay("2026-11-23", "done", 20, 1, 0)) == "20 pages, done"
    assert say_day(read, HabitDay("2026-11-23", "open", 5, None, 0)) == "5 pages"
    assert say_day(Habit(0, "Walk"), HabitDay("2026-11-23", "done", 1, 1, 0)) == "done"


@given(st.text(max_size=60))
def test_any_line_is_a_habit_or_refused(line: str) -> None:
    for read in (lambda: build_habit(read_habit(line), TODAY), lambda: read_target(line), lambda: read_clock(line)):
        with suppress(TrackerError):
            read()


CHANNELS = {"linkedin", "instagram", "x", "twitter"}


@pytest.mark.parametrize(
    ("line", "name", "channel", "unit"),
    [
        ("at most 30 min linkedin by social_minutes", "", "linkedin", "min"),
        ("Lin at most 30 min linkedin by social_minutes", "Lin", "linkedin", "min"),
        ("Lin at most 30 min LinkedIn by social minutes on weekdays", "Lin", "LinkedIn", "min"),
        ("at most 5 checks instagram by checks", "", "instagram", "checks"),
        ("at most 5 instagram by checks", "", "instagram", None),
        ("LinkedIn at most 30 min by social_minutes", "LinkedIn", "LinkedIn", "min"),
        ("au plus 30 min sur linkedin par minutes sociales", "", "linkedin", "min"),
        ("Moins au plus 5 vérifications twitter par vérifications", "Moins", "twitter", "vérifications"),
        ("Lin at most 30 min by social_minutes linkedin", "Lin", "linkedin", "min"),
        ("Less linkedin at most 30 min by social_minutes", "Less linkedin", None, "min"),
        ("Read at least 20 pages linkedin", "Read linkedin", None, "pages"),
        ('"LinkedIn" at most 30 min by social_minutes', "LinkedIn", None, "min"),
    ],
)
def test_the_channel_stands_behind_the_limit_too(line: str, name: str, channel: str | None, unit: str | None) -> None:
    said = read_habit(line, CHANNELS)
    assert (said.name, said.channel, said.unit) == (name, channel, unit)


def test_a_habit_with_the_name_of_a_channel_is_written_as_it_is_read() -> None:
    habit = build_habit(read_habit('"LinkedIn" at most 30 min by social_minutes', CHANNELS), TODAY)
    line = write_habit(habit, "en", CHANNELS)
    assert line == '"LinkedIn" at most 30 min by social_minutes'
    assert build_habit(read_habit(line, CHANNELS), TODAY) == habit


@pytest.mark.parametrize(
    ("line", "name", "said"),
    [
        ("Run three times a week", "Run", {"times": 3, "days": 7}),
        ("Run twice a week", "Run", {"times": 2, "days": 7}),
        ("Run once a week", "Run", {"times": 1, "days": 7}),
        ("Courir deux fois par semaine", "Courir", {"times": 2, "days": 7}),
        ("Courir une fois par semaine", "Courir", {"times": 1, "days": 7}),
        ("Stretch 5 days a week", "Stretch", {"times": 5, "days": 7}),
        ("Marcher 5 jours par semaine", "Marcher", {"times": 5, "days": 7}),
        ("Stretch every 2 days", "Stretch", {"times": 1, "days": 2}),
        ("Stretch every other day", "Stretch", {"times": 1, "days": 2}),
        ("Arroser tous les 3 jours", "Arroser", {"times": 1, "days": 3}),
        ("Three wishes", "Three wishes", {"times": None}),
        ("Read once more", "Read once more", {"times": None}),
        ("Yoga every monday", "Yoga", {"weekdays": (0,)}),
        ("Yoga chaque lundi", "Yoga", {"weekdays": (0,)}),
        ("Yoga mon, wed", "Yoga", {"weekdays": (0, 2)}),
        ("Yoga le lundi et le jeudi", "Yoga", {"weekdays": (0, 3)}),
        ("Gym on mon/wed/fri", "Gym", {"weekdays": (0, 2, 4)}),
        ("Call Sam and Mar", "Call Sam and Mar", {"weekdays": ()}),
        ("Write at least 1,000 words", "Write", {"target": 1000.0, "unit": "words"}),
        ("Écrire au moins 1\u202f000 mots", "Écrire", {"target": 1000.0, "unit": "mots"}),
        ("Dinner ≤ 20€", "Dinner", {"target": 20.0, "unit": "€"}),
        ("instagram max 30 min", "instagram", {"target": 30.0, "kind": "at_most"}),
        ("Feed less than 30 min", "Feed", {"target": 30.0, "kind": "at_most"}),
        ("Late not after 10pm", "Late", {"target": 79_200.0, "measure": "last_opening"}),
        ("Late not after 10:30 p.m.", "Late", {"target": 81_000.0}),
        ("Slow not before 9am", "Slow", {"target": 32_400.0}),
        ("Slow not before 12am", "Slow", {"target": 0.0}),
        ("Slow pas avant 9h30", "Slow", {"target": 34_200.0}),
    ],
)
def test_other_words_for_the_same_habit(line: str, name: str, said: dict[str, object]) -> None:
    habit = read_habit(line)
    assert habit.name == name
    assert {what: getattr(habit, what) for what in said} == said


@pytest.mark.parametrize(
    "line", ["at most 30 minutes of instagram", "Au plus 30 min de réseaux par jour", "at most 30 min d’Instagram"]
)
def test_what_a_limit_is_of_is_no_name(line: str) -> None:
    with pytest.raises(TrackerError, match="to measure it, add: by social_minutes"):
        read_habit(line)


def test_a_target_of_many_digits_is_written_back_whole() -> None:
    """`1.23457e+06` would be read as another target, or refused, when the habit is edited."""
    habit = build_habit(read_habit("Write at least 1234567.5 words"), TODAY)
    assert build_habit(read_habit(write_habit(habit)), TODAY) == habit
