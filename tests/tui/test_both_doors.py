"""Both doors lead to one file: each intent, through the command line and by keys, leaves the same in the file.

A scenario is done twice, in two files: by commands, then by the keys of one running app. After every step the contents
of both files are compared, so that the first intent that differs is the one that is named.
"""

from __future__ import annotations

import importlib
import shlex
import sqlite3
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from textual import events

from tests.cli.conftest import Inside
from tests.tui import figures
from tests.tui.conftest import settled, write
from tests.tui.figures import UNHURRIED
from tracker.calendar import clock
from tracker.cli import habit
from tracker.cli.parser import VERBS
from tracker.domain.models import Session
from tracker.services import queries
from tracker.storage import Database, bulk_load
from tracker.tui import keys
from tracker.tui.modals.dialog import LineInput
from tracker.tui.screens.day_view import DayView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

pytestmark = pytest.mark.slow

#: What is no content: the steps of undo and their log, what programs remember for themselves, the index, SQLite's own.
ASIDE = (
    "action",
    "change",
    "state",
    "sqlite_",
    "_sqlite",
    "zone",
    "imported_fact",
    "pattern_flag",
    "search",
    "unwanted",
)

#: Of a review, whose table also holds what was shown and when.
WORDS = "words of reviews, and whether they are written"

#: What was answered about measured time: the program remembers that it asked.
ANSWERS = "answers about measured time"

#: Keys that are pressed by their names; anything else is typed.
NAMED = {
    *("enter", "escape", "space", "tab", "down", "up", "left", "right", "delete"),
    *("greater_than_sign", "less_than_sign", "ctrl+n", "ctrl+p"),
}  # fmt: skip


class Step(NamedTuple):
    """One intent: the time of today it is done at, the commands, and the keys that mean the same.

    `#3` among the keys chooses line 3 of the day's log; `{call}` is that channel's letter.
    """

    what: str
    at: str
    commands: str | tuple[str, ...]
    keys: tuple[str, ...]


def contents(rows: Callable[[str], Iterable[Any]]) -> dict[str, list[Any]]:
    """Every table that holds what the user recorded."""
    tables = [name for (name,) in rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    doors = {
        name: sorted(map(tuple, rows(f'SELECT * FROM "{name}"')), key=repr)
        for name in tables
        if not name.startswith(ASIDE)
    }
    words = rows("SELECT week, words, written IS NOT NULL FROM review ORDER BY id")
    answers = rows("SELECT name, value FROM state WHERE name LIKE 'measured time%' ORDER BY name")
    return doors | {WORDS: list(map(tuple, words)), ANSWERS: list(map(tuple, answers))}


def measured() -> bytes:
    """A file with a week that a phone measured, on three channels."""
    sessions = [
        Session(0, channel, start, start + 60 * minutes, figures.ZONE, source="app-usage")
        for day in range(16, 23)
        for channel, hour, minutes in (("linkedin", "10:00", 60), ("instagram", "12:00", 30), ("youtube", "14:00", 12))
        for start in (figures.at((2026, 11, day), hour),)
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.db"
        with Database.open(str(path)) as database:
            bulk_load.fill(database, now=figures.at((2026, 11, 23), "08:00"), sessions=sessions)
        return path.read_bytes()


@pytest.fixture
def commands(tmp_path: Path, as_started: None) -> Inside:
    (tmp_path / "commands").mkdir()
    return Inside(tmp_path / "commands")


def by_commands(tracker: Inside, steps: Iterable[Step]) -> list[dict[str, list[Any]]]:
    """The file after every step."""
    missing = []
    for step in steps:
        lines = (step.commands,) if isinstance(step.commands, str) else step.commands
        for line in lines:
            done = tracker.run(line, now=f"2026-11-23T{step.at}")
            assert done.code == 0, (step.what, line, done.err)
        connection = sqlite3.connect(f"file:{tracker.db}?mode=ro", uri=True)
        missing.append(contents(lambda sql, connection=connection: connection.execute(sql).fetchall()))  # type: ignore[misc]
        connection.close()
    return missing


async def press(app: TrackerApp, pilot: Pilot[None], step: Step) -> None:
    clock.freeze(figures.at((2026, 11, 23), step.at[:5]) + int(step.at[6:] or 0))
    letters = {channel.name: channel.letter or "" for channel in queries.channels(app.workspace)}
    for key in step.keys:
        if key.startswith("#"):
            view = app.view
            assert isinstance(view, DayView)
            rows = view.rows()
            assert rows is not None
            rows.choose(int(key[1:]))
            await pilot.pause()
            continue
        if "\n" in key:
            app.screen.query_one(LineInput).post_message(events.Paste(key))
            await settled(app, pilot)
            continue
        if key in NAMED:
            await pilot.press(key)
        else:
            await write(app, pilot, key.format(**letters) if key.startswith("{") else key)
        await settled(app, pilot)


TIMER = (
    Step("check on a new file", "09:00", "check instagram", ("c", "{instagram}")),
    Step("what a check was for", "09:00", "edit 1 note=likes", ("L",)),
    Step(
        "start",
        "09:05",
        "start linkedin create -i 'a  carousel' --for 25m --with @Samia",
        ("s", "{linkedin}", "create 25m a  carousel @Samia", "enter"),
    ),
    Step("five minutes more", "09:10", "edit 2 planned=30m", ("+",)),
    Step("switch", "09:20", "switch work client -i offer --for 1h", ("s", "{work}", "client 1h offer", "enter")),
    Step("stop", "09:50", "stop", ("space",)),
    Step("resume", "10:00", "resume", ("space",)),
    Step("cancel", "10:00", "cancel", ("x",)),
    Step(
        "start with somebody known",
        "10:05",
        "start linkedin reply --for 10m -i hello --with ' SAMIA '",
        ("s", "{linkedin}", "reply 10m hello @SAMIA", "enter"),
    ),
    Step("stop early", "10:05:12", "stop", ("space",)),
    Step("urge", "10:10", "urge instagram --trigger Bored", ("u", "{instagram}", "b")),
    Step("urge for nothing in particular", "10:11", "urge linkedin", ("u", "{linkedin}", "escape")),
    Step("undo", "10:12", "undo", ("z",)),
    Step("redo", "10:12", "redo", ("Z",)),
    Step("pause", "10:15", "pause 2h", ("b", "2")),
    Step("check in a pause", "10:20", "check facebook", ("c", "{facebook}")),
    Step("pause called off", "10:25", "pause off", ("b", "x")),
    Step("pause until", "10:30", "pause until 12:00", ("b", "t", "until 12:00", "enter")),
    Step("task", "10:31", "day --task ' the  offer '", ("w", " the  offer ", "enter")),
    Step("task done", "10:40", "day --done", ("W",)),
    Step("task not done", "10:40", "day --not-done", ("W",)),
    Step("note of the day", "10:41", "day --note ' A quiet  day '", ("n", " A quiet  day ", "enter")),
)

LOG = (
    Step(
        "log",
        "15:00",
        'log "linkedin create 10:00-10:25 carousel  for Samia @Samia street trigger:Bored for:answers"',
        ("/", "linkedin create 10:00-10:25 carousel  for Samia @Samia street trigger:Bored for:answers", "enter"),
    ),
    Step(
        "log on another day",
        "15:00",
        "log instagram yesterday 21:00+40m",
        ("/", "instagram yesterday 21:00+40m", "enter"),
    ),
    Step("log one that ended now", "15:00", "log work 25m", ("/", "work 25m", "enter")),
    Step("edit the start in place", "15:01", "edit 1 start=10:05", ("2", "#0", "e", "10:05", "enter")),
    Step("edit the end in place", "15:01", "edit 1 end=10:35", ("#0", "e", "tab", "10:35", "enter")),
    Step(
        "edit both",
        "15:01",
        "edit 1 start=10:00 end=10:30",
        ("#0", "enter", "10:00", "tab", "10:30", "enter"),
    ),
    Step("edit the channel", "15:01", "edit 1 channel=face", ("#0", "enter", *["tab"] * 2, "face", "enter")),
    Step("edit the activity", "15:01", "edit 1 activity=reply", ("#0", "enter", *["tab"] * 3, "reply", "enter")),
    Step("edit the plan", "15:01", "edit 1 planned=20m", ("#0", "enter", *["tab"] * 4, "20m", "enter")),
    Step(
        "edit the intention",
        "15:01",
        "edit 1 'intention= to  answer '",
        ("#0", "enter", *["tab"] * 5, " to  answer ", "enter"),
    ),
    Step("edit the note", "15:01", "edit 1 'note=a = b  c'", ("#0", "enter", *["tab"] * 6, "a = b  c", "enter")),
    Step("log with somebody else", "15:02", 'log "call 12:00-12:10 @Bob"', ("/", "call 12:00-12:10 @Bob", "enter")),
    Step("log with somebody known", "15:02", 'log "call 12:30-12:40 @BOB"', ("/", "call 12:30-12:40 @BOB", "enter")),
    Step("edit the person", "15:02", "edit 5 person=@SAMIA", ("#2", "enter", *["tab"] * 7, "@SAMIA", "enter")),
    Step("edit the ring", "15:02", "edit 1 ring=Rue", ("#0", "enter", *["tab"] * 8, "Rue", "enter")),
    Step("edit the trigger", "15:02", "edit 1 trigger=Anxious", ("#0", "enter", *["tab"] * 9, "Anxious", "enter")),
    Step("clear a field", "15:02", "edit 1 note=", ("#0", "enter", *["tab"] * 6, "delete", "enter")),
    Step("split", "15:03", "split 1 10:12", ("#0", "p", "10:12", "enter")),
    Step("merge", "15:03", "merge 1 6", ("#1", "m")),
    Step("delete", "15:03", "delete 4", ("#1", "d")),
    Step("undo a deletion", "15:04", "undo", ("z",)),
    Step("moved", "15:05", "edit 5 start=12:35 end=12:45", ("#2", "greater_than_sign")),
)

BESIDE = (
    Step(
        "a talk",
        "11:00",
        'log "call 15m @Samia street about  masks"',
        ("t", "{call}", "@Samia street 15m about  masks", "enter"),
    ),
    Step(
        "a talk with somebody known",
        "11:30",
        'log "meeting 10m @SAMIA street"',
        ("t", "{meeting}", "samia 10m", "enter"),
    ),
    Step(
        "outcome",
        "11:31",
        "outcome prospect --with @SAMIA --note ' the  site '",
        ("o", "p", "@SAMIA the  site", "enter"),
    ),
    Step("outcome by a channel", "11:31", "outcome recommendation --via linkedin", ("o", "r", "linkedin", "enter")),
    Step(
        "income",
        "11:32",
        "outcome income --amount 480 --via linkedin --with samia",
        ("o", "i", "linkedin 480 @samia", "enter"),
    ),
    Step("a client", "11:33", "outcome client --amount 1200.50 --with Nadia", ("o", "c", "1200.50 @Nadia", "enter")),
    Step("habit", "11:40", "habit add Walk 3 times a week", ("y", "a", "Walk 3 times a week", "enter")),
    Step(
        "another habit",
        "11:40",
        "habit add Read at least 20 pages on mon, wed",
        ("a", "Read at least 20 pages on mon, wed", "enter"),
    ),
    Step(
        "a measured habit",
        "11:40",
        "habit add Feed at most 30 min by social_minutes",
        ("a", "Feed at most 30 min by social_minutes", "enter"),
    ),
    Step("tick", "11:41", "habit tick Walk", ("1",)),
    Step("untick", "11:41", "habit untick Walk", ("1",)),
    Step("tick with a value", "11:41", "habit tick Read 12", ("2", "12", "enter")),
    Step("no", "11:41", "habit tick Walk no", ("up", "up", "n")),
    Step("skip", "11:42", "habit skip Walk", ("x",)),
    Step("tick yesterday", "11:42", "habit tick Walk yesterday", ("left", "1", "right")),
    Step("order", "11:42", "habit move Walk down", ("greater_than_sign",)),
    Step("archive", "11:43", "habit archive Read", ("up", "d", "escape")),
    Step("day closed", "18:30", "day --zero --close", ("E", "enter", "enter", "enter", "enter", "enter", "enter")),
)

LOOKING = (
    Step("a pattern dismissed", "15:12", "patterns --dismiss check_cluster", ("N",)),
    Step("that taken back", "15:12", "patterns --unmark check_cluster", ("T",)),
    Step("expected", "15:12", "patterns --expected check_cluster --why campaign", ("X", "c")),
    Step(
        "how long the week seemed",
        "15:14",
        "review 2026-W47 --estimate 12h",
        ("R", "12h", "enter", "enter"),
    ),
    Step(
        "a verdict",
        "15:14",
        "worth 2026-W47 --verdict instagram stop --why 'only for clients'",
        (*["enter"] * 3, "x", "only for clients", "enter"),
    ),
    Step("that taken back too", "15:14", "worth 2026-W47 --verdict instagram none", ("T",)),
    Step("another verdict", "15:14", "worth 2026-W47 --verdict instagram more", ("+", "enter")),
    Step(
        "a commitment",
        "15:14",
        "review 2026-W47 --commit 'if it rains then I call Nadia; at least 2 a week by contacts street'",
        (*["enter"] * 2, "a", "if it rains then I call Nadia; at least 2 a week by contacts street", "enter"),
    ),
    Step("one's own words", "15:15", "review 2026-W47 --words 'Quiet, mostly'", ("enter", "Quiet, mostly", "tab")),
    Step("written", "15:15", "review 2026-W47 --write", ("enter",)),
)

MEASURED = (
    Step(
        "what measured time was for",
        "15:14",
        "review 2026-W47 --mostly linkedin=reply",
        ("R", "enter", "enter", "enter", "a", "r"),
    ),
    Step("several things", "15:14", "review 2026-W47 --mostly instagram=mixed", ("-",)),
    Step("the last question", "15:14", "review 2026-W47 --mostly youtube=scroll", ("s",)),
    Step("undo", "15:15", "undo", ("escape", "z")),
    Step("asked again", "15:15", "review 2026-W47 --mostly youtube=create", ("R", "a", "c")),
)

PAST = (
    Step(
        "a line",
        "15:00",
        "log linkedin yesterday 10:00-10:25 carousel",
        ("2", "left", "/", "linkedin 10:00-10:25 carousel", "enter"),
    ),
    Step("a check", "15:00", "check instagram --at 'yesterday 14:05'", ("c", "{instagram}", "14:05", "enter")),
    Step("what it was for", "15:00", "edit 2 note=likes", ("L",)),
    *(
        step
        for place, (key, word) in enumerate(
            zip("FCMS", ("followers", "comments", "messages", "statistics"), strict=True)
        )
        for step in (
            Step(
                f"one for {word}",
                "15:00",
                f"check instagram --at 'yesterday 14:1{place}'",
                ("c", "{instagram}", f"14:1{place}", "enter"),
            ),
            Step(f"which was for {word}", "15:00", f"edit {place + 3} note={word}", (key,)),
        )
    ),
    Step(
        "an urge",
        "15:01",
        "urge linkedin --at 'yesterday 9:30' --trigger Bored",
        ("u", "{linkedin}", "9:30", "enter", "b"),
    ),
    Step(
        "an outcome",
        "15:01",
        "outcome prospect --at 'yesterday 11:00' --with Samia",
        ("o", "p", "11:00", "enter", "@Samia", "enter"),
    ),
    Step(
        "a talk",
        "15:01",
        "log call yesterday 12:00-12:20 @Samia street",
        ("t", "{call}", "@Samia street 12:00-12:20", "enter"),
    ),
    Step("the line of the day", "15:02", "day yesterday --note Calm", ("n", "Calm", "enter")),
    Step("no line", "15:02", "day yesterday --note ''", ("n", *["delete"], "enter")),
    Step("in a gap", "15:02", "log work yesterday 10:25-12:00", ("#0", "i", "work", "enter")),
    Step("sooner", "15:03", "edit 8 start=10:20 end=11:55", ("#1", "less_than_sign")),
    Step(
        "where it is recorded already",
        "15:03",
        "log linkedin yesterday 10:25-10:40",
        ("/", "linkedin 10:20-10:40", "enter", "k"),
    ),
    Step(
        "the new one instead",
        "15:03",
        ("edit 1 end=10:15", "delete 9", "log linkedin yesterday 10:15-10:40"),
        ("/", "linkedin 10:15-10:40", "enter", "u"),
    ),
)

MORE = (
    Step("start", "09:00", "start linkedin create -i post --for 5m", ("s", "{linkedin}", "create 5m post", "enter")),
    Step("why it goes on", "09:12", "edit 1 'overrun=a call'", ("B", "o", "a call", "enter")),
    Step("stop", "09:15", "stop", ("space",)),
    Step(
        "several lines",
        "15:00",
        ("log x 10:00-10:20 one", "log work 10:30-11:00 @Bob two"),
        ("/", "x 10:00-10:20 one\nwork 10:30-11:00 @Bob two", "enter"),
    ),
    Step("the day before", "15:00", "log work yesterday 14:00-14:30", ("/", "work yesterday 14:00-14:30", "enter")),
    Step("again today", "15:00", "log work 14:00-14:30", ("2", "r", "a")),
)

SCENARIOS = {
    "more": MORE,
    "the timer": TIMER,
    "the log": LOG,
    "beside": BESIDE,
    "a past day": PAST,
    "looking back": LOOKING,
    "measured time": MEASURED,
}

#: The file at first, where it is not a new one.
FILES: dict[str, Callable[[], bytes]] = {"looking back": figures.filled, "measured time": measured}

#: What a scenario compares, where the one door writes more than was asked of it: what a review has shown, and when.
ONLY = {
    "looking back": ("pattern_mark", "estimate", "commitment", "verdict", WORDS, "session", "outcome"),
    "measured time": ("session", "estimate", ANSWERS),
}


#: Keys that record nothing: they show, move, choose, or leave.
LOOK = {
    *("timer", "day", "week", "mark", "unmark", "filter", "jump", "earlier", "later", "now", "up", "down", "patterns"),
    *("worth", "archive", "longer", "find", "help", "palette", "quit"),
}

#: Keys that record and are not in a scenario, and why.
NO_COMMAND = {
    "setup": "it asks for settings, which `tracker config` sets",
    "people": "where somebody was met can be said by keys only",
    "zero": "part of the evening close, where `E` answers it",
    "dark": "a setting, which is in no database",
    "settings": "settings, which are in no database",
    "import": "it imports as `tracker import` does; see test_import_keys",
}

#: Commands that record nothing, what only says more beside another option, and what moves whole files.
READ = {
    *("status", "history", "week", "find", "completion", "demo", "serve", "doctor"),
    *("import", "export", "schedule", "backup", "restore"),
    *("worth --weeks", "worth --explain", "worth --at", "worth --note", "worth --why"),
    *("patterns --from", "patterns --to", "patterns --channel", "patterns --explain", "patterns --why"),
    *("review --list", "review --search", "review --md", "review --html"),
}

#: Commands that record and are not in a scenario, and why.
NO_KEY = {
    "edit o": "outcomes are changed by command only",
    "edit u": "urges are changed by command only",
    "edit s": "spending is changed by command only",
    "delete o": "outcomes are deleted by command only; `z` takes the last one back",
    "delete u": "urges are deleted by command only; `z` takes the last one back",
    "delete s": "spending is deleted by command only",
    "worth --spend": "what was spent is noted by command only",
    "day --unknown": "a day is known again once it has a record; the evening close asks for it once",
    "day --open": "a day closed by mistake is opened again by `z`",
    "review --kept": "one's own word on a commitment is asked of weeks that have one; see test_review_keys",
    "review --unfinished": "a week that goes on is written by command only",
    "review --amend": "`A` amends what is written; see test_review_weeks",
    "habit unarchive": "by command only; `z` takes an archiving back",
    "habit rename": "by command only",
    "channel": "channels are named by command only",
    "activity": "activities are named by command only",
    "config": "settings, which are in no database",
}


def test_every_key_that_records_is_here() -> None:
    steps = [step for scenario in SCENARIOS.values() for step in scenario]
    names = {say: name for name, say in {"slash": "/", "plus": "+"}.items()}
    pressed = {names.get(key, key) for step in steps for key in step.keys}
    unpressed = {name for name, action in keys.BY_ID.items() if not pressed & set(action.key.split(","))}
    assert keys.BY_ID.keys() >= LOOK
    assert unpressed - LOOK == set(NO_COMMAND)


def test_every_command_that_records_is_here() -> None:
    given = set()
    for step in (step for scenario in SCENARIOS.values() for step in scenario):
        for line in (step.commands,) if isinstance(step.commands, str) else step.commands:
            verb, *rest = shlex.split(line)
            given |= {verb, f"{verb} {rest[0]}" if rest else verb}
            given |= {f"{verb} {word}" for word in rest if word.startswith("--")}
    there = {verb for verb in VERBS if verb not in ("habit", "day", "patterns", "worth", "review", "edit", "delete")}
    there |= {f"habit {do}" for do, action in habit.ACTIONS.items() if not action.reads}
    for verb in ("day", "patterns", "worth", "review"):
        command = importlib.import_module(f"tracker.cli.{VERBS[verb].module}").COMMANDS[verb]
        there |= {f"{verb} {option.names[0]}" for option in command.options}
    there |= {f"{verb} {letter}" for verb in ("edit", "delete") for letter in "ous"}
    assert there >= READ
    assert there - given - READ == set(NO_KEY)


@pytest.mark.parametrize("scenario", SCENARIOS)
async def test_each_intent_leaves_the_same_through_both_doors(
    running: Running, commands: Inside, tmp_path: Path, scenario: str
) -> None:
    steps, only = SCENARIOS[scenario], ONLY.get(scenario)
    if scenario in FILES:
        content = FILES[scenario]()
        for file in (commands.db, tmp_path / "tracker.db"):
            file.write_bytes(content)
    wanted = by_commands(commands, steps)
    now = figures.at((2026, 11, 23), steps[0].at)
    async with running(empty=True, settings=UNHURRIED, now=now, size=(100, 36)) as (app, pilot):
        for step, expected in zip(steps, wanted, strict=True):
            await press(app, pilot, step)
            before = contents(app.workspace.database.rows)
            different = [name for name in only or expected if before[name] != expected[name]]
            assert (step.what, {name: before[name] for name in different}) == (
                step.what,
                {name: expected[name] for name in different},
            )


REFUSED = (
    Step("a channel that is none", "15:00", "log nowhere 10:00-10:20", ("/", "nowhere 10:00-10:20", "enter")),
    Step("a time to come", "15:00", "log x 16:00-16:20", ("/", "x 16:00-16:20", "enter")),
    Step("is not a time", "15:00", "log x", ("/", "x ", "enter")),
    Step("an end that is none", "15:00", "edit 1 end=25:00", ("2", "#0", "enter", "tab", "25:00", "enter")),
    Step("an end before its start", "15:00", "edit 1 end=09:00", ("#0", "enter", "tab", "09:00", "enter")),
    Step("an end to come", "15:00", "edit 1 end=16:00", ("#0", "enter", "tab", "16:00", "enter")),
    Step("another channel", "15:00", "edit 1 channel=nowhere", ("#0", "enter", *["tab"] * 2, "nowhere", "enter")),
    Step("unknown channel", "15:00", "edit 1 channel=", ("#0", "enter", *["tab"] * 2, "delete", "enter")),
    Step("an activity", "15:00", "edit 1 activity=dance", ("#0", "enter", *["tab"] * 3, "dance", "enter")),
    Step("a plan of nothing", "15:00", "edit 1 planned=0m", ("#0", "enter", *["tab"] * 4, "0m", "enter")),
    Step("a ring", "15:00", "edit 1 ring=moon", ("#0", "enter", *["tab"] * 8, "moon", "enter")),
    Step("a long name", "15:00", f"edit 1 person={'a' * 101}", ("#0", "enter", *["tab"] * 7, "a" * 101, "enter")),
    Step("a split outside", "15:00", "split 1 12:00", ("#0", "p", "12:00", "enter")),
    Step("an archived channel", "15:00", "log reddit 10:00-10:20", ("/", "reddit 10:00-10:20", "enter")),
    Step("an amount of nothing", "15:00", "outcome income --amount 0", ("o", "i", "0", "enter")),
    Step("income without its amount", "15:00", "outcome income", ("o", "i", "linkedin", "enter")),
    Step("a habit that is there", "15:00", "habit add walk", ("y", "a", "walk", "enter")),
    Step("a habit without a name", "15:00", "habit add at least 20 pages", ("y", "a", "at least 20 pages", "enter")),
    Step("a pause of nothing", "15:00", "pause 0m", ("b", "t", "0m", "enter")),
    Step("nothing runs", "15:00", "cancel", ("x",)),
)


async def test_both_doors_refuse_the_same(running: Running, commands: Inside, tmp_path: Path) -> None:
    before = ("log linkedin create 10:00-10:20", "habit add Walk", "channel archive reddit")
    ready = by_commands(commands, [Step("before", "14:00", before, ())])[-1]
    for step in REFUSED:
        assert isinstance(step.commands, str)
        assert commands.run(step.commands, now=f"2026-11-23T{step.at}").code in (1, 2), step.what
    assert by_commands(commands, [Step("after", "15:00", (), ())]) == [ready]
    now = figures.at((2026, 11, 23), "14:00")
    (tmp_path / "tracker.db").write_bytes(commands.db.read_bytes())
    async with running(empty=True, settings=UNHURRIED, now=now, size=(100, 36)) as (app, pilot):
        for step in REFUSED:
            await press(app, pilot, step)
            assert contents(app.workspace.database.rows) == ready, step.what
            while len(app.screen_stack) > 1:
                await pilot.press("escape")
            assert contents(app.workspace.database.rows) == ready, step.what
