"""What is no command of ours, and the help that says what is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.cli.conftest import Inside, Tracker
from tracker import __version__, cli
from tracker.cli import parser
from tracker.cli.parser import VERBS, load_command, say_placeholders

#: The verbs of the contract, to the letter.
CONTRACT = (
    *(
        "demo",
        "start",
        "stop",
        "cancel",
        "resume",
        "switch",
        "check",
        "urge",
        "log",
        "find",
        "edit",
        "split",
        "merge",
        "delete",
    ),
    *("outcome", "habit", "pause", "status", "day", "week", "patterns", "worth", "review", "import", "export", "undo"),
    *(
        "redo",
        "history",
        "channel",
        "activity",
        "config",
        "backup",
        "restore",
        "doctor",
        "completion",
        "schedule",
    ),
    "serve",
)


def test_every_verb_of_the_contract_is_there_and_no_other() -> None:
    assert sorted(VERBS) == sorted(CONTRACT)


def test_help_names_every_verb_with_a_line_of_its_own(tracker: Tracker) -> None:
    result = tracker.run("--help")
    assert result.code == 0
    listed = re.findall(r"^  ([a-z]+) +\S", result.out, re.MULTILINE)
    assert sorted(listed) == sorted(VERBS)
    assert all(len(line) <= 80 for line in result.out.splitlines())


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_has_its_help(inside: Inside, verb: str) -> None:
    for line in (f"{verb} --help", f"--help {verb}", f"help {verb}"):
        result = inside.run(line)
        assert (result.code, result.err) == (0, "")
        assert result.out.startswith(f"usage: tracker {verb}")
        assert all(len(line) <= 100 for line in result.out.splitlines())


def test_version(tracker: Tracker) -> None:
    assert tracker.run("--version").said() == f"tracker {__version__}"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("statsu", "status"),
        ("Start", "start"),
        ("strt", "did you mean start?"),
        ("xyzzy", "--help"),
        ("--nope", "--nope"),
        ("status --nope", "--nope"),
        ("status --formt x", "--format"),
        ("status extra", "extra"),
        ("--db", "--db"),
        ("status --json=yes", "--json"),
        ("cancel now", "now"),
        ("import app-usage one.csv two.csv three.csv", "one file at a time, not 3; run it once for each"),
    ],
)
def test_what_is_no_command_is_a_usage_error_with_the_nearest(inside: Inside, line: str, says: str) -> None:
    assert says in inside.run(line).refused(2)


def test_global_options_come_before_or_after_the_verb(inside: Inside) -> None:
    other = inside.folder / "other.db"
    for line in (f"--db {other} check x", f"check x --db {other}", f"check --db={other} x"):
        assert inside.run(line).code == 0
    assert inside.data()["session"] == []
    assert inside.run(f"--json --db {other} status").json()["today"]["checks"] == 3


@pytest.mark.parametrize(
    ("now", "today"),
    [
        ("2026-11-23T15:12", "2026-11-23"),
        ("2026-11-23 15:12:30", "2026-11-23"),
        ("2026-11-23T23:30:00-05:00", "2026-11-24"),
        ("1795443120", "2026-11-23"),
        ("2026-11-23", "2026-11-22"),
    ],
)
def test_now_stops_the_clock(inside: Inside, now: str, today: str) -> None:
    assert inside.run(["status", "--json", "--now", now]).json()["today"]["date"] == today


@pytest.mark.parametrize(
    "now",
    [
        "yesterday",
        "99999999999999",
        "2026-13-01T00:00",
        "9999-12-31T23:59",
        "0001-01-01T00:00",
        "1970-01-01T00:00+01:00",
        "",
    ],
)
def test_a_now_that_is_no_instant(inside: Inside, now: str) -> None:
    result = inside.run(["status", "--now", now])
    assert (result.code, result.err.count("\n")) == ((1, 1) if now else (0, 0))


def test_the_beginning_of_an_option_is_enough_where_it_is_the_only_one(inside: Inside) -> None:
    assert inside.run("start x --int hello --json").json()[0]["intention"] == "hello"
    assert inside.run("switch linkedin -ihello --json").json()[1]["intention"] == "hello"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("worth --why x", "--why goes with --verdict"),
        ("worth --spend linkedin 10 --why x", "--why goes with --verdict"),
        ("worth --verdict linkedin cut --note x", "--note goes with --spend"),
        ("patterns --dismiss night --why x", "--why goes with --expected"),
        ("worth --verdict linkedin cut --spend linkedin 10", "use --verdict or --spend, not both"),
        ("worth --explain linkedin --verdict linkedin cut", "use --explain or --verdict, not both"),
        ("review --search gallery --write", "use --search or --write, not both"),
        ("import --all --dry-run", "use --all or --dry-run, not both"),
        ("import --names", "--names goes with --list"),
        ("schedule --install --remove", "use --install or --remove, not both"),
        ("channel budget x 10m --title X", "`tracker channel budget` takes no --title"),
        ("activity list --purpose make", "`tracker activity list` takes no --purpose"),
        ("habit tick Walk --at-least 3", "`tracker habit tick` takes no --at-least"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(inside: Inside, line: str, says: str) -> None:
    before = inside.data()
    assert inside.run(line).refused(2) == says
    assert inside.data() == before


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("edit 9 foo=1", "“foo=1” is not a change; write one of: channel= activity="),
        ("edit o9 foo=1", "“foo=1” is not a change; write one of: kind= at="),
        ("edit u9 at=9:00 kind=client", "“kind=client” is not a change; write one of: at= channel="),
        ("edit s9 trigger=bored", "“trigger=bored” is not a change; write one of: at= channel="),
        ("merge 9", "write: tracker merge ID ID …"),
        ("habit rename Nothing", "write: tracker habit rename HABIT NAME"),
        ("habit move Nothing", "write: tracker habit move HABIT N"),
        ("habit add Calls 3 by nothing --at-least 1 --at-most 2", "use --at-least or --at-most, not both"),
        ("worth --verdict nothing", "--verdict needs one of"),
        ("worth --spend nothing", "--spend needs an amount"),
        ("review 2025-W01 --estimate ,", "--estimate needs a length"),
    ],
)
def test_wrong_usage_is_said_before_what_is_missing(inside: Inside, line: str, says: str) -> None:
    assert inside.run(line).refused(2).startswith(says)


def test_every_word_that_stands_for_something_can_be_translated() -> None:
    shown = [
        text
        for verb in VERBS.values()
        for command in [load_command(verb.module, verb.name)]
        for text in (*(argument.name for argument in command.arguments), *(option.value for option in command.options))
    ]
    words = {word for text in shown for word in re.findall(r"[A-Z]{2,}", text or "")}
    texts = tomllib.loads(Path(cli.__file__).with_name("help.toml").read_text(encoding="utf-8"))
    assert words - {"ID"} <= set(texts["placeholders"])
    assert texts["commands"].keys() <= VERBS.keys()


def test_a_word_in_capitals_that_stands_for_nothing_is_not_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "_", {"CHANNEL": "CANAL", "SOURCE": "ORIGINE", "OK": "D’accord"}.__getitem__)
    assert say_placeholders("CHANNEL [N|SOURCE] OK SOURCES") == "CANAL [N|ORIGINE] OK SOURCES"
