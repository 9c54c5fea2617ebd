"""What must be true after whatever was done to the file."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from tests.conftest import NOW
from tests.storage.files import dump
from tests.torture.world import BESIDE, OWN
from tracker.domain.errors import TrackerError
from tracker.storage import Database, undo
from tracker.storage.undo_steps import foreign_changes

if TYPE_CHECKING:
    from pathlib import Path

    from tests.torture.commands import Ended
    from tests.torture.world import World

_MARK = re.compile(r"\btk\d+z\b")

#: Where words of the user's are; and what a row said before it was changed or deleted.
_SAID = (
    "SELECT coalesce(intention, '') || ' ' || coalesce(note, '') FROM session",
    "SELECT coalesce(trigger, '') || ' ' || coalesce(note, '') FROM urge",
    "SELECT note FROM outcome WHERE note NOTNULL",
    "SELECT coalesce(note, '') || ' ' || coalesce(task, '') FROM day_note",
    "SELECT name FROM habit",
    "SELECT name FROM channel",
    "SELECT words FROM review WHERE words NOTNULL",
    "SELECT before FROM change WHERE before NOTNULL",
)


def marks(path: Path) -> set[str]:
    """The words that are in a log, wherever in it."""
    with closing(sqlite3.connect(path)) as log:
        said = " ".join(str(text) for query in _SAID for (text,) in log.execute(query))
    return set(_MARK.findall(said))


def problems(world: World, *, undo: bool = True, killed: bool = False) -> list[str]:
    """What is wrong with the log of a world that nobody has open any more; `killed` processes may leave files."""
    try:
        with closing(sqlite3.connect(world.log)) as log:
            faults = [f"integrity: {said}" for (said,) in log.execute("PRAGMA integrity_check") if said != "ok"]
            faults += [f"foreign key: {row}" for row in log.execute("PRAGMA foreign_key_check")]
            (running,) = log.execute('SELECT count(*) FROM session WHERE "end" IS NULL').fetchone()
        faults += [f"{running} sessions run at once"] if running > 1 else []
        lost = world.confirmed - marks(world.log)
        faults += [f"lost: {', '.join(sorted(lost))}"] if lost else []
        faults += _left(world, killed=killed)
        if undo and not faults:
            faults += _undone(world)
    except (sqlite3.Error, TrackerError, OSError) as error:
        return [f"{type(error).__name__}: {error}"]
    return faults


#: What is said of a file and a log that do not belong together.
_UNFIT = ("belongs to another copy", "was deleted", "is damaged", "was written", "still has the file open")


def of_command(ended: Ended, *, killed: bool = False, healthy: bool = False) -> list[str]:
    """What is wrong with how a command ended: what cannot be done is one clear line, and never a traceback.

    A `healthy` file is never refused.
    """
    if healthy and any(said in ended.err for said in _UNFIT):
        return [str(ended)]
    if killed and ended.code < 0:
        return []
    lines = ended.err.splitlines()
    is_one_line = len(lines) == 1 and lines[0].startswith("tracker: ")
    if "Traceback" in ended.err or ended.code not in (0, 1, 2, 130) or (ended.code and not is_one_line):
        return [str(ended)]
    return []


def leftovers(world: World) -> list[str]:
    """Files in the folder that nothing should have left there."""
    own = {f"{world.log.name}{ending}" for ending in ("", *BESIDE)}
    return [
        entry.name
        for entry in (*world.folder.iterdir(), *(world.folder / "home").iterdir())
        if entry.name not in own and not entry.name.startswith(OWN)
    ]


def _left(world: World, *, killed: bool) -> list[str]:
    faults = [f"left behind: {name}" for name in leftovers(world) if not (killed and name.startswith(".tracker-"))]
    beside = [name for ending in BESIDE if (name := world.log.with_name(world.log.name + ending)).exists()]
    return faults + [f"still there after the last one closed the log: {name.name}" for name in beside]


def _undone(world: World) -> list[str]:
    """Undo takes back every step, and redo brings all of it again: on a copy."""
    copy = world.beginnings / "copy.db"
    shutil.copy(world.log, copy)
    try:
        with Database.open(str(copy)) as database:
            if foreign_changes(database):
                return [f"half recorded: {foreign_changes(database)}"]
            before = dump(database)
            (steps,) = database.row("SELECT count(*) FROM action WHERE state = 'done'")
            taken_back = len(undo.undo(database, steps, now=NOW)) if steps else 0
            if taken_back:
                undo.redo(database, taken_back, now=NOW)
            after = dump(database)
            if before != after:
                tables = [table for table in before if before[table] != after[table]]
                return [f"undo and redo of {taken_back} steps change {', '.join(tables)}"]
    finally:
        for ending in ("", *BESIDE):
            copy.with_name(copy.name + ending).unlink(missing_ok=True)
    return []
