"""A believable month of a freelancer in a fresh file, for the tests and pictures of the screens."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.conftest import NOW
from tracker.calendar import clock
from tracker.calendar.clock import to_utc
from tracker.services.live_workspace import LiveWorkspace
from tracker.settings import Settings
from tracker.storage import Database, channels, day_records, outcomes, pattern_flags, sessions

ZONE = "Europe/Paris"

#: No breath to wait for, and time left: what most flows are tried with.
UNHURRIED = Settings(first_weekday=0, breath_seconds=0, daily_budget=6 * 3600)

#: What most tests go by: the first weekday fixed, no breath, and a day's budget that is spent.
SPENT = Settings(first_weekday=0, breath_seconds=0, daily_budget=115 * 60)

#: start, minutes (0 is a check), channel, activity, intention, plan in minutes
TODAY = (
    ("07:06", 0, "instagram", None, "likes", 0),
    ("08:12", 0, "instagram", None, None, 0),
    ("08:30", 36, "linkedin", "create", "draft the carousel", 30),
    ("09:15", 9, "call", None, None, 0),
    ("09:24", 0, "linkedin", None, "followers", 0),
    ("10:12", 18, "instagram", "reply", "comments", 10),
    ("11:00", 55, "work", None, "proposal for Nadia", 60),
    ("12:40", 25, "meeting", None, None, 0),
    ("13:10", 26, "linkedin", "create", "visuals", 30),
    ("13:40", 8, "youtube", "scroll", None, 0),
    ("13:58", 2, "linkedin", "publish", "carousel", 0),
    ("14:02", 0, "instagram", None, "likes", 0),
    ("14:07", 0, "instagram", None, "likes", 0),
    ("14:09", 0, "instagram", None, None, 0),
    ("14:11", 0, "instagram", None, "likes", 0),
    ("14:14", 0, "linkedin", None, "likes", 0),
    ("14:18", 0, "instagram", None, "followers", 0),
    ("14:21", 0, "linkedin", None, "likes", 0),
    ("14:24", 0, "instagram", None, "likes", 0),
)

#: What was flagged before today, so that nothing is news.
FLAGGED = (pattern_flags.PatternFlag("check_cluster", "2026-11-12", "2026-11-22"),)

#: A second flag, stronger than the burst: what goes over its plan a little is counted already.
STRICT = UNHURRIED._replace(patterns=(("overrun.share", 0.2),))


def at(date: tuple[int, int, int], time: str) -> int:
    """The instant of a wall time in ZONE."""
    hours, minutes = time.split(":")
    return to_utc(ZONE, *date, int(hours), int(minutes))


def workspace(
    folder: Path, settings: Settings | None = None, *, empty: bool = False, greeted: bool = True, now: int = NOW
) -> LiveWorkspace:
    """A workspace over a new file in `folder`, the clock frozen at `now`; `greeted`: not opened for the first time."""
    clock.freeze(now)
    path = folder / "tracker.db"
    if not empty:
        path.write_bytes(filled())
    database = Database.open(str(path))
    if greeted:
        database.set_state("greeted", "2026-11-23")
    chosen = settings or SPENT
    return LiveWorkspace(database, chosen, ZONE, str(folder / "settings.toml"))


@cache
def filled() -> bytes:
    """The file after `fill`: it takes longer to write than most tests last."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.db"
        with Database.open(str(path)) as database:
            fill(database)
        return path.read_bytes()


def fill(database: Database) -> None:
    """Four weeks, then today with a session that runs."""
    for name, seconds in (("linkedin", 3600), ("instagram", 1800), ("youtube", 900), ("x", 600)):
        channels.set_budget(database, channels.find(database, name), seconds, now=NOW - 40 * 86_400)
    chance = random.Random(48)
    for back in range(34, 0, -1):
        _earlier_day(database, chance, NOW - back * 86_400)
    for time, minutes, channel, activity, words, plan in TODAY:
        start = at((2026, 11, 23), time)
        details: dict[str, Any] = {"activity": activity, "planned_seconds": plan * 60 or None}
        if not minutes:
            sessions.check(database, channel, start, ZONE, words, now=NOW)
            continue
        if channel == "meeting":
            details |= {"person": "Samia", "ring": "street", "note": "coffee, masks for the atelier"}
        if channel == "call":
            details |= {"person": "Théo", "ring": "city"}
        sessions.add(database, channel, start, start + 60 * minutes, ZONE, now=NOW, intention=words, **details)
    _today_beside(database)
    pattern_flags.remember_flags(database, FLAGGED)
    # The week that waits for its review was mentioned this morning.
    database.set_state("review mentioned", "2026-11-23")


def _today_beside(database: Database) -> None:
    day = (2026, 11, 23)
    outcomes.add(database, "prospect", at(day, "11:20"), ZONE, now=NOW, channel="linkedin", person="Nadia")
    outcomes.add(
        database,
        "client",
        at(day, "13:05"),
        ZONE,
        now=NOW,
        channel="meeting",
        amount=48_000,
        currency="EUR",
        person="Samia",
    )
    day_records.add_urge(database, "instagram", at(day, "11:40"), ZONE, now=NOW, trigger="bored by the proposal")
    day_records.add_urge(database, "x", at(day, "12:10"), ZONE, now=NOW)
    day_records.write_note(
        database, "2026-11-23", "Posted once, then watched the likes all afternoon. Call Samia back.", now=NOW
    )
    sessions.start(
        database,
        "linkedin",
        at(day, "14:35"),
        ZONE,
        now=NOW,
        activity="create",
        intention="carousel on snail prospecting",
        planned_seconds=1500,
    )


def _earlier_day(database: Database, chance: random.Random, noon: int) -> None:
    start = noon - 7 * 3600
    for _number in range(chance.randint(5, 9)):
        start += chance.randint(1500, 6000)
        channel = chance.choice(("linkedin", "linkedin", "instagram", "instagram", "youtube", "x"))
        if chance.random() < 0.5:
            sessions.check(database, channel, start, ZONE, None, now=NOW)
            continue
        length = chance.randint(240, 2400)
        activity = chance.choice(("create", "reply", "monitor", "scroll", "relate", "prospect"))
        plan = chance.choice((None, 900, 1500))
        sessions.add(database, channel, start, start + length, ZONE, now=NOW, activity=activity, planned_seconds=plan)
        start += length
    if chance.random() < 0.35:
        ring = chance.choice(("building", "street", "district", "city"))
        sessions.add(database, "meeting", start + 60, start + 960, ZONE, now=NOW, ring=ring, person="Samia")
    if chance.random() < 0.2:
        outcomes.add(database, "prospect", start, ZONE, now=NOW, channel="linkedin")
