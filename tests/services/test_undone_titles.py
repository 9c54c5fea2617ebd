"""What undo and redo say on the screens: channels by their titles, and the user's own words as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker import locale
from tracker.domain.models import Habit
from tracker.services import data_file
from tracker.settings import Settings
from tracker.storage import day_records, habits, outcomes, sessions
from tracker.workspace import Workspace

PARIS = "Europe/Paris"

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.storage import Database

CHANGES: dict[str, tuple[Callable[[Database], object], str, str]] = {
    "a check": (
        lambda database: sessions.check(database, "instagram", NOW - 60, PARIS, None, now=NOW),
        "checked Instagram",
        "coup d’œil sur Instagram",
    ),
    "an urge": (
        lambda database: day_records.add_urge(database, "youtube", NOW - 60, PARIS, now=NOW),
        "resisted urge: YouTube",
        "envie surmontée\u202f: YouTube",
    ),
    "an expense": (
        lambda database: outcomes.add_spend(database, "linkedin", NOW - 60, PARIS, now=NOW, amount=500, currency="EUR"),
        "recorded spending on LinkedIn",
        "dépense notée (LinkedIn)",
    ),
    "a title in two words": (
        lambda database: sessions.start(database, "video", NOW - 60, PARIS, now=NOW),
        "started Video call",
        "session Visio démarrée",
    ),
    "the user's word": (
        lambda database: habits.add(database, Habit(0, "no linkedin before work", created="2026-11-01"), now=NOW),
        "added the habit no linkedin before work",
        "habitude no linkedin before work ajoutée",
    ),
}


@pytest.mark.usefixtures("as_started")
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("case", CHANGES)
def test_channels_have_their_titles(database: Database, case: str, language: str) -> None:
    make, *says = CHANGES[case]
    locale.use(language)
    workspace = Workspace(database, Settings(), PARIS, now=NOW)
    make(database)
    for play in (data_file.undo, data_file.redo, data_file.undo):
        (step,) = data_file.with_titles(workspace, play(workspace))
        assert step.says == says[language == "fr"]
