"""The real program's answers: a life written to a file, and the commands people run on it, in this process."""

from __future__ import annotations

import io
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from tests.fresh import new
from tests.recompute.life import Choices, Life
from tracker import locale
from tracker.calendar import clock
from tracker.cli import main
from tracker.settings import WEEKDAYS


class Refused(Exception):
    """The program gave no answer but a line of its own."""


class Program:
    """Asks `tracker … --json` about one file at one moment."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ask(self, *words: str) -> Any:
        """The answer in JSON; Refused for an exit code that is not 0."""
        said, failed = io.StringIO(), io.StringIO()
        paths = ("--db", str(self._folder / "tracker.db"), "--config", str(self._folder / "settings.toml"))
        with redirect_stdout(said), redirect_stderr(failed):
            code = main([*words, "--json", *paths])
        if code:
            raise Refused(failed.getvalue().strip())
        return json.loads(said.getvalue())


@contextmanager
def opened(life: Life) -> Iterator[Program]:
    """The program with this life in its file, at the life's own now and zone."""
    said = {"TZ": life.zone, "TRACKER_NOW": str(life.now), "LANG": "C.UTF-8"}
    with (
        TemporaryDirectory() as folder,
        patch.dict(os.environ, said),
        patch.object(clock, "_frozen", None),
        patch.object(locale, "_language", "en"),
        patch.object(locale, "_catalogue", None),
    ):
        write(life, Path(folder))
        # While one connection is open, commands do not make the write-ahead log anew each, and remove it again.
        with closing(sqlite3.connect(Path(folder) / "tracker.db")) as connection:
            connection.execute("SELECT count(*) FROM session").fetchone()
            yield Program(Path(folder))


def write(life: Life, folder: Path) -> None:
    """The settings file and the log, the rows as any program would write them."""
    (folder / "settings.toml").write_text(settings(life.choices), encoding="utf-8")
    path = folder / "tracker.db"
    path.write_bytes(new())
    with closing(sqlite3.connect(path)) as connection, connection:
        for name, rows in tables(life).items():
            for row in rows:
                columns = ", ".join(f'"{column}"' for column in row)
                connection.execute(
                    f"INSERT INTO {name}({columns}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
                )


def tables(life: Life) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table."""
    notes = sorted({*life.zeros, *life.closed})
    return {
        "session": [session._asdict() for session in life.sessions],
        "urge": [urge._asdict() for urge in life.urges],
        "outcome": [
            outcome._asdict() | {"attribution": "user" if outcome.channel else "unknown"} for outcome in life.outcomes
        ],
        "spend": [spend._asdict() for spend in life.spends],
        "day_note": [
            {"date": date, "zero": int(date in life.zeros), "closed": int(date in life.closed)} for date in notes
        ],
        "habit": [
            habit._asdict() | {"weekdays": sum(1 << day for day in habit.weekdays), "position": place}
            for place, habit in enumerate(life.habits)
        ],
        "habit_day": [tick._asdict() | {"skipped": int(tick.value is None)} for tick in life.ticks],
        "person": [{"name": name, "met": channel, "met_ring": ring} for name, channel, ring in life.met],
    }


def settings(choices: Choices) -> str:
    """The settings file that says these choices."""
    said: dict[str, str] = {
        "day_starts_at": _clock(choices.day_starts_at),
        "check_seconds": str(choices.check_seconds),
        "first_weekday": WEEKDAYS[choices.first_weekday],
        "currency": choices.currency,
        "focus_hours": ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in choices.focus_hours),
        "hour_cost": _amount(choices.hour_cost),
        "sale_value": _amount(choices.sale_value),
        "client_share": "" if choices.client_share is None else repr(choices.client_share),
        "margin": repr(choices.margin),
    }
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in said.items())


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def _amount(hundredths: int | None) -> str:
    return "" if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02}"
