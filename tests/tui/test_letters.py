"""Letters of menus: those of the English words in English, those of the reader's words elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import settled
from tests.tui.figures import UNHURRIED
from tracker import locale
from tracker.analytics.habit_line import read_habit
from tracker.calendar.words import plain
from tracker.domain.default_channels import ACTIVITIES
from tracker.locale import LANGUAGES, _
from tracker.services import queries
from tracker.tui.modals.dialog import Choice, own_letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.tui.conftest import Running


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    locale.use("en")


def test_each_choice_has_a_letter_of_its_own_words() -> None:
    choices = [
        Choice("b", "ennui"),
        Choice("a", "énervement"),
        Choice("n", "envie d’une pause"),
        Choice("+", "5 minutes"),
    ]
    locale.use("fr")
    assert [choice.key for choice in own_letters(choices)] == ["e", "n", "d", "+"]


def test_words_without_a_free_letter_have_another_key() -> None:
    locale.use("fr")
    assert [choice.key for choice in own_letters([Choice("a", "a"), Choice("b", "à"), Choice("c", "A a")])] == [
        *("a", "1", "2"),
    ]


def test_a_choice_makes_room_for_one_that_has_no_other_letter() -> None:
    """`Scroller` had a digit, because `Surveiller` had taken its last free letter."""
    names = [Choice("a", _(activity.title)) for activity in ACTIVITIES]
    locale.use("fr")
    keys = {choice.label: choice.key for choice in own_letters([name._replace(label=_(name.label)) for name in names])}
    assert len(set(keys.values())) == len(ACTIVITIES)
    assert all(key in plain(label) for label, key in keys.items())
    assert (keys["Créer"], keys["Scroller"], keys["Surveiller"]) == ("c", "s", "v")


async def test_a_trigger_is_chosen_by_the_letter_of_its_french_word(running: Running) -> None:
    locale.use("fr")
    async with running(settings=UNHURRIED._replace(language="fr")) as (app, pilot):
        await pilot.press("u", "x", _("bored")[0])
        await settled(app, pilot)
        assert _("bored")[0] != "b"
        assert queries.day(app.workspace, "2026-11-23").urges[-1].trigger == "bored"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_habit_that_is_shown_as_an_example_is_read(language: str) -> None:
    locale.use(language)
    habit = read_habit(_("Read at least 20 pages on mon, wed, fri"), {})
    assert (habit.target, habit.unit, habit.weekdays) == (20, "pages", (0, 2, 4))
    assert len(habit.name.split()) == 1
