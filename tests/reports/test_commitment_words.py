"""What is written of a commitment is read back as the same one, in both languages."""

from __future__ import annotations

import pytest

from tracker import locale
from tracker.domain.models import Commitment
from tracker.reports.commitment_words import if_then, read_commitment, write_commitment

WEEK = "2026-W48"


def made(*measured: object, channel: str | None = None, ring: str | None = None) -> Commitment:
    return Commitment(0, WEEK, "I want to check likes", "I call one prospect", *measured, channel, ring)  # type: ignore[arg-type, call-arg]


EVERY = (
    made(),
    made("contacts", "at_least", 3.0, "week"),
    made("contacts", "at_least", 1.0, "day", ring="street"),
    made("social_minutes", "at_most", 45.0, "day", channel="instagram"),
    made("social_minutes", "at_most", 300.0, "week"),
    made("checks", "at_most", 12.0, "day"),
    made("plan_kept", "at_least", 80.0, "week"),
    made("first_opening", "at_least", 9 * 3600.0, "day"),
    made("last_opening", "at_most", 24.5 * 3600, "day"),
    made("night_openings", "at_most", 0.0, "day"),
    made("pauses_kept", "at_least", 2.0, "week"),
    made("after_posting", "at_least", 30.0),
)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("commitment", EVERY, ids=[f"{commitment.measure}-{commitment.per}" for commitment in EVERY])
def test_what_is_written_is_read_back(commitment: Commitment, language: str) -> None:
    assert read_commitment(write_commitment(commitment, language), WEEK) == commitment


def test_the_line_is_as_people_would_type_it() -> None:
    assert write_commitment(EVERY[1]) == (
        "if I want to check likes then I call one prospect; at least 3 a week by contacts"
    )


@pytest.mark.parametrize(
    "typed", ["s'il est tard, alors je sors", "S’il est tard alors je sors", "si il est tard alors je sors"]
)
def test_french_elides_si_before_il(typed: str) -> None:
    read = read_commitment(typed, "2026-W48")
    assert (read.cue, read.plan) == ("il est tard", "je sors")
    locale.use("fr")
    try:
        assert if_then(read.cue).format(cue=read.cue, plan=read.plan) == "S’il est tard, alors je sors."
        assert if_then("j’hésite") == "Si {cue}, alors {plan}."
    finally:
        locale.use("en")
