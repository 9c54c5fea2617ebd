"""The tone: nobody is told what they are, in either language and in whatever state a pattern is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from tests import catalogues
from tests.conftest import NOW
from tracker import demo, locale
from tracker.analytics.patterns.registry import PATTERNS, explain
from tracker.reports.detector_inputs import log
from tracker.storage import Database
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: What a reader must never be told about themselves. Technical troubles are told as what cannot be done.
FORBIDDEN = re.compile(
    r"addict|d[ée]pend|diagnos|\bscor(?:e|ing)|\basham|\bshame|\bhont|\bfail|échec|échou", re.IGNORECASE
)

#: The one sentence that names a diagnosis, to say that this is none.
DISCLAIMERS = {"en": "an observation, not a diagnosis", "fr": "une observation, pas un diagnostic"}


def told(text: str) -> str | None:
    """The word that is not to be said in a text, but for the disclaimer."""
    plain = text.lower()
    for disclaimer in DISCLAIMERS.values():
        plain = plain.replace(disclaimer, "")
    match = FORBIDDEN.search(plain)
    return match[0] if match else None


def forms(message: object) -> tuple[str, ...]:
    """The texts of a message, plurals and all."""
    return tuple(map(str, message)) if isinstance(message, (tuple, list)) else (str(message),)


def translations(language: str) -> list[tuple[str, str]]:
    """Every message of a catalogue with its translation, each form of a plural on its own."""
    path = catalogues.PACKAGE / "locale" / language / "LC_MESSAGES" / "tracker.po"
    with path.open("rb") as file:
        return [
            pair
            for message in read_po(file, locale=language)
            if message.id
            for pair in zip(forms(message.id), forms(message.string), strict=True)
        ]


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    locale.use("en")


def test_no_message_of_the_program_says_so() -> None:
    said = [text for message in catalogues.extracted() if message.id for text in forms(message.id)]
    assert len(said) > 700
    assert {text: told(text) for text in said if told(text)} == {}


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_no_translation_says_so(language: str) -> None:
    assert {said: told(said) for _english, said in translations(language) if told(said)} == {}


def test_the_one_disclaimer_is_said_in_both() -> None:
    said = {
        french.lower().rstrip(".")
        for english, french in translations("fr")
        if english.lower().rstrip(".") == DISCLAIMERS["en"]
    }
    assert said == {DISCLAIMERS["fr"]}


def test_no_pattern_says_so_of_a_real_log_and_each_ends_with_the_disclaimer(demo_file: Path) -> None:
    """What is put together from messages and words, numbers and names: over nothing, and over a year."""
    for file in (":memory:", str(demo_file)):
        with Database.open(file) as database:
            data = log(Workspace(database, demo.SETTINGS, "Europe/Paris", now=NOW))
        for language in locale.LANGUAGES:
            locale.use(language)
            for pattern in PATTERNS:
                said = explain(pattern.name, data)
                assert told(said) is None, said
                assert said.lower().count(DISCLAIMERS[language]) == 1, said
