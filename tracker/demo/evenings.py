"""Her evenings since the resolution: the day gone through and closed, and the next one's important task named."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tracker.demo import story, words
from tracker.domain.models import DayNote

if TYPE_CHECKING:
    from tracker.demo.diary import Diary

_SEED = 20261123


def closed(pages: list[Diary], notes: list[DayNote]) -> list[DayNote]:
    """The notes by date, with what the evening close adds to them. Today is not over, and has its task."""
    said = {note.date: note for note in notes}
    for page in pages:
        if page.ago > story.RESOLVED or not page.sessions:
            continue
        random = Random(_SEED + 32_452_843 * (page.ago + 1))
        note = said.get(page.date, DayNote(page.date))
        working = page.weekday < 5 and page.ago not in story.MONTREAL
        if not page.ago:
            note = note._replace(task="offer for the gallery")
        elif working and random.random() < 0.8:
            note = note._replace(task=random.choice(words.WORK), task_done=random.random() < 0.68)
        said[page.date] = note._replace(closed=page.ago == 1 or (page.ago > 1 and random.random() < 0.85))
    return [said[date] for date in sorted(said)]
