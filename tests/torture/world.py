"""A folder with a log, the lines that are typed at it, and what of them was confirmed.

Whatever a line records carries a word of its own (`tk7z`), so that it can be found again: in the tables, or, where it
was changed, deleted or undone later on, in the change log.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from random import Random

    from tests.torture.commands import Ended, Terminal

#: Monday 23 November 2026, 15:12 in Paris.
NOW = "2026-11-23T15:12"

#: What SQLite keeps beside a file.
BESIDE = ("-wal", "-shm", "-journal")

#: What else may lie in the folder: what the lines below write.
OWN = ("settings.toml", "home", "rows", "history", "export", "backup", "moved", "t-2026")

_SITES = ("https://www.linkedin.com/feed/", "https://www.youtube.com/watch?v=a", "https://example.org/")


#: The kinds of lines that add to the log and touch nothing else in it.
ADDING = ("log", "check", "urge", "outcome", "income", "note", "habit", "resisted")

#: Every kind of line that writes.
WRITES = (
    *ADDING,
    *("start", "switch", "stop", "cancel", "resume", "pause", "task", "edit", "split", "merge", "delete"),
    *("undo", "redo", "close", "words", "write", "commit", "budget", "channel", "rows", "history"),
    *("config", "export", "backup"),
)

#: What must be so for a line of a kind to have something to do.
_STATES = {"start": "idle", "resume": "idle", "switch": "timer", "stop": "timer", "cancel": "timer", "redo": "undone"}

#: The commands that record nothing.
_KEEPS_NOTHING = ("status", "week", "worth", "history", "doctor", "patterns", "export", "backup")


class Line(NamedTuple):
    """The words of a command, and those that are to be found again if it was confirmed."""

    words: tuple[str, ...]
    marks: tuple[str, ...] = ()


def in_memory() -> Path | None:
    """A folder in memory, where that can be: the disk has no part in what is tried here, and would only be slower."""
    folder = Path("/dev/shm")
    return folder if folder.is_dir() and os.access(folder, os.W_OK) else None


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


class World:
    """One log in one folder, set back to its beginning for each round."""

    def __init__(self, folder: Path, chance: Random, beginnings: Path | None = None) -> None:
        self.folder = folder
        self.chance = chance
        self.log = folder / "t.db"
        self.config = folder / "settings.toml"
        self.beginnings = beginnings or folder.parent / f"{folder.name}-beginnings"
        (folder / "home").mkdir(parents=True)
        self.env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path(__file__).resolve().parent.parent.parent),
            "HOME": str(folder / "home"),
            "TZ": "Europe/Paris",
            "LANG": "C.UTF-8",
            "TRACKER_DB": str(self.log),
            "TRACKER_CONFIG": str(self.config),
            "TRACKER_NOW": NOW,
        }
        self._count = 0
        self._sessions: list[tuple[int, int]] = []
        self._pair = (1, 2)
        #: The words of everything that was confirmed since the last beginning.
        self.confirmed: set[str] = set()
        self._confirmed_before: set[str] = set()

    def begin(self, kind: str = "") -> str:
        """Put the folder back to one of its beginnings that a line of this kind can do something with; its name."""
        state = _STATES.get(kind) or self.chance.choice(("timer", "idle"))
        how = f"{self.chance.choice(('whole', 'log'))}-{state}"
        _empty(self.folder)
        shutil.copytree(self.beginnings / how, self.folder, dirs_exist_ok=True)
        self.confirmed = self._confirmed_before.copy()
        return how

    def make_beginnings(self, terminal: Terminal) -> None:
        """Write some weeks by the real commands, and keep the folder as it is: whole, and with changes in the -wal.

        In each a timer runs, or none does, or the last step was undone.
        """
        self.config.write_text('first_weekday = "monday"\nbreath_seconds = 0\n')
        side_by_side = [Line(("log", f"messenger yesterday 23:{at}")) for at in ("10-23:13", "13-23:16")]
        for line in (*side_by_side, *map(self.line, ("start", "stop", *ADDING * 3))):
            self.hear(line, terminal.run(*line.words))
        self._confirmed_before = self.confirmed.copy()
        with closing(sqlite3.connect(self.log)) as log:
            self._sessions = log.execute('SELECT id, start FROM session WHERE "end" > start + 90').fetchall()
            [self._pair, *_others] = log.execute(
                'SELECT a.id, b.id FROM session AS a JOIN session AS b ON a."end" = b.start AND a.id <> b.id '
                "WHERE a.channel = b.channel"
            )
        base = self.beginnings / "base"
        shutil.copytree(self.folder, base)
        for state, kinds in (("timer", ("start",)), ("idle", ()), ("undone", ("undo",))):
            _empty(self.folder)
            shutil.copytree(base, self.folder, dirs_exist_ok=True)
            # With a connection open nobody empties the -wal: so it lies there after a kill.
            with closing(sqlite3.connect(self.log)) as reader:
                reader.execute("SELECT * FROM session LIMIT 1").fetchall()
                for line in (self.line("urge"), self.line("note"), *map(self.line, kinds)):
                    ended = terminal.run(*line.words)
                    assert ended.code == 0, str(ended)
                shutil.copytree(self.folder, self.beginnings / f"log-{state}")
            shutil.copytree(self.folder, self.beginnings / f"whole-{state}")
            assert not (self.folder / "t.db-wal").exists()
            assert (self.beginnings / f"log-{state}" / "t.db-wal").stat().st_size

    def hear(self, line: Line, ended: Ended) -> int:
        """Remember what a command confirmed; returns how many records."""
        if ended.code == 0:
            self.confirmed.update(line.marks)
        return 0 if ended.code else max(len(line.marks), line.words[0] not in _KEEPS_NOTHING)

    def mark(self) -> str:
        """A word that nothing else says."""
        self._count += 1
        return f"tk{self._count}z"

    def line(self, kind: str) -> Line:
        """A line of a kind."""
        mark, chance = self.mark(), self.chance
        day, time, until = self._slot()
        social = chance.choice(("linkedin", "instagram", "youtube"))
        date = f"2026-11-{chance.randint(1, 22):02}"
        id, start = chance.choice(self._sessions) if self._sessions else (1, 0)
        inside = datetime.fromtimestamp(start + 60, ZoneInfo("Europe/Paris")).strftime("%Y-%m-%d %H:%M")
        if kind in ("rows", "history"):
            return self._import(kind, mark, day)
        marked: dict[str, tuple[str, ...]] = {
            "log": ("log", f"{social} reply {day} {time}-{until} {mark}"),
            "check": ("check", "x", mark, "--at", f"{day} {time}"),
            "urge": ("urge", "instagram", "--trigger", mark),
            "outcome": ("outcome", "prospect", "--note", mark),
            "income": ("outcome", "income", "--amount", str(chance.randint(1, 900)), "--note", mark, "--with", "anna"),
            "note": ("day", date, "--note", mark),
            "habit": ("habit", "add", "--name", mark, "--at-least", "2"),
            "resisted": ("urge", "x", "--note", mark),
            "start": ("start", social, "-i", mark, "--for", "25m"),
            "switch": ("switch", social, "-i", mark),
            "task": ("day", date, "--task", mark),
            "edit": ("edit", str(id), f"note={mark}"),
            "words": ("review", "--estimate", "12h", "--words", mark),
            "channel": ("channel", "add", mark),
        }
        if kind in marked:
            return Line(marked[kind], (mark,))
        plain: dict[str, tuple[str, ...]] = {
            "stop": ("stop",),
            "cancel": ("cancel",),
            "resume": ("resume",),
            "pause": ("pause", "30m"),
            "split": ("split", str(id), inside),
            "merge": ("merge", *map(str, self._pair)),
            "delete": ("delete", str(id)),
            "undo": ("undo", *chance.choice(((), ("2",), ("5",)))),
            "redo": ("redo",),
            "close": ("day", date, "--close"),
            "write": ("review", "--write", "--unfinished", date),
            "commit": ("review", "--commit", "if I want to check likes then I call a prospect; at least 3 by contacts"),
            "budget": ("channel", "budget", social, f"{chance.randint(5, 90)}m"),
            "config": ("config", "daily_budget", f"{chance.randint(30, 300)}m"),
            "export": ("export", chance.choice(("json", "csv")), str(self.folder / "export")),
            "backup": ("backup", str(self.folder / "backup.db")),
        }
        return Line(plain[kind])

    def _slot(self) -> tuple[str, str, str]:
        """A day and two minutes of it that no other line of this world speaks of."""
        row, column = divmod(self._count, 22)
        minute = 360 + 3 * (row % 330)
        times = [f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (minute, minute + 2)]
        return f"2026-11-{column + 1:02}", times[0], times[1]

    def _import(self, kind: str, mark: str, day: str) -> Line:
        """A CSV file whose rows carry words, or a small browser history."""
        if kind == "rows":
            marks = (mark, *(self.mark() for _row in range(5)))
            rows = ["start,end,channel,note"]
            for hour, note in enumerate(marks):
                minute = self._count % 50
                rows.append(f"{day}T{hour + 5:02}:{minute:02}:00,{day}T{hour + 5:02}:{minute + 1:02}:30,reddit,{note}")
            path = self.folder / f"rows-{mark}.csv"  # its own: another import may be reading
            path.write_text("\n".join(rows) + "\n")
            return Line(("import", "csv", str(path)), marks)
        path = self.folder / f"history-{mark}.db"
        begun = 1_795_000_000 + self._count * 600
        with closing(sqlite3.connect(path)) as history:
            history.executescript(
                "CREATE TABLE urls(id INTEGER PRIMARY KEY, url LONGVARCHAR);"
                "CREATE TABLE visits(id INTEGER PRIMARY KEY, url INTEGER NOT NULL, visit_time INTEGER NOT NULL,"
                " from_visit INTEGER, transition INTEGER, visit_duration INTEGER)"
            )
            history.executemany("INSERT INTO urls(url) VALUES (?)", [(site,) for site in _SITES])
            history.executemany(
                "INSERT INTO visits(url, visit_time, transition, visit_duration) VALUES (?, ?, ?, ?)",
                [(n % 3 + 1, (begun + 11_644_473_600 + n * 90) * 1_000_000, 0x30000001, 60_000_000) for n in range(30)],
            )
            history.commit()
        return Line(("import", "chrome", str(path)))

    def ask(self) -> Line:
        """A line that only looks."""
        asked: tuple[tuple[str, ...], ...] = (
            ("status",),
            ("status", "--json"),
            ("day", "yesterday"),
            ("week", "--json"),
            ("worth",),
            ("history",),
            ("habit", "list"),
            ("doctor",),
            ("patterns",),
            ("export", "json"),
        )
        return Line(self.chance.choice(asked))
