"""What storage itself costs in a file of many sessions: `python -m tests.studies.big_history [SESSIONS]`.

Makes a file of so many sessions over ten years (default 1,000,000) in a temporary folder, then prints the median time
of each question and change asked all day, without the start of a program around it. It asserts nothing.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.domain.models import Session
from tracker.services.finding import MOST_RANKED
from tracker.storage import Database, bulk_load, channels, search, session_table, sessions, undo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ZONE = "Europe/Paris"
NOW = 1_795_443_120
TEN_YEARS = 3_652 * 86_400
WEEK = 7 * 86_400


#: What every text has a word with, a word that every second text has, one of many, and one that nothing has.
BEGINNING, COMMON, RARE, MISSING = "wo", "word0", "word4321", "nowhere"


def made_up(count: int) -> Iterator[Session]:
    """Sessions over ten years; what was recorded by hand, one in ten, has words, the common ones far more often."""
    chance, said = random.Random(7), random.Random(11)
    step = TEN_YEARS // count
    names = ("linkedin", "instagram", "x", "work", "whatsapp", "call")
    for number in range(count):
        start = NOW - TEN_YEARS + number * step
        source = chance.choices(("app-usage", "timer", "check"), (90, 5, 5))[0]
        person = "Samia" if chance.random() < 0.01 else None
        end = start + chance.randrange(1, max(2, step))
        words = " ".join(f"word{int(5000 * said.random() ** 6)}" for _ in range(4)) if source != "app-usage" else None
        yield Session(0, chance.choice(names), start, end, ZONE, intention=words, person=person, source=source)


def questions(database: Database) -> dict[str, Callable[[], object]]:
    return {
        "running": lambda: session_table.running(database),
        "last": lambda: session_table.last(database),
        "last by channel": lambda: session_table.last_by_channel(database),
        "a day's sessions": lambda: session_table.in_span(database, NOW - 86_400, NOW),
        "a week's spans": lambda: session_table.spans(database, NOW - WEEK, NOW),
        "ten years' spans": lambda: session_table.spans(database, 0, NOW),
        "first and last": lambda: session_table.first_and_last(database),
        "people": lambda: session_table.people(database),
        "channels in use, last used first": lambda: channels.last_used_first(database, channels.in_use(database)),
        "check": lambda: sessions.check(database, "reddit", NOW, ZONE, None, now=NOW),
        "start": lambda: sessions.start(database, "reddit", NOW, ZONE, now=NOW),
        "stop": lambda: sessions.stop(database, NOW, now=NOW),
        "undo thrice": lambda: undo.undo(database, 3, now=NOW),
        "history": lambda: undo.steps(database),
        **{
            f"find {word}": lambda word=word: search.matches(  # type: ignore[misc]  # mypy knows no defaults of lambdas
                database, search.expression([(word,)], begun=True), limit=200, ranked=MOST_RANKED
            )
            for word in (BEGINNING, COMMON, RARE, "samia", "word4", MISSING)
        },
    }


def main() -> None:
    """Make the file, ask everything seven times, print milliseconds."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "tracker.db")
        begun = time.perf_counter()
        with Database.open(path) as database:
            bulk_load.fill(database, now=NOW, sessions=list(made_up(count)))
            print(f"{count:,} sessions written in {time.perf_counter() - begun:.1f} s")
        taken: dict[str, list[float]] = {}
        for _round in range(7):
            with Database.open(path) as database:
                for name, ask in questions(database).items():
                    begun = time.perf_counter()
                    ask()
                    taken.setdefault(name, []).append(time.perf_counter() - begun)
        for name, times in taken.items():
            print(f"{name:34} {statistics.median(times) * 1000:9.2f} ms")


if __name__ == "__main__":
    main()
