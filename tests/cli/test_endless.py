"""Whatever is typed, and however much of it: one line, exit 0, 1 or 2, never "something unexpected", and no hang."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import Inside
from tests.cli.test_controls import CONTROL

DIGITS = "9" * 100_000

#: What commands take a number, a time, a length or an amount by.
NUMBERS = """
    undo {} | redo {} | history --last {} | worth --weeks {} | week --weeks {} | week -{} | week {} | week 2026-W{}
    review {} | review 2026-W47-r{} | review --kept {}=yes | review --estimate {} | review --estimate {}h | day {}
    day -{} | day 2026-11-{} | start x --for {} | start x --for {}m | start x --at {} | start x --at -{}m
    start x --at {}:00 | check x --at {} | stop --at {} | pause {} | pause {}h | pause until {} | pause until {}:00
    log x {}m | log x {} | log x 10:00+{}m | log x {}:00-10:00 | edit {} note=x | edit 1 start={}
    edit 1 planned={} | edit o{} amount=3 | split {} 10:00 | split 1 {} | merge {} 2 | delete {} | delete o{}
    delete s{} | outcome income --amount {} | outcome income --amount 1.{} | outcome income --amount {}€
    worth --spend x {} | habit add a at least {} pages | habit add a {} times a week
    habit add a 3 times in {} days | habit add a not before {} | habit add a --at-least {} | habit add a --times {}
    habit tick read {} | habit tick read 1.{} | habit tick read {} yesterday | habit move read {} | --now {} day
    --now 2026-11-{}T00:00 day | config check_seconds {} | config daily_budget {} | config check_limit {}
    config day_starts_at {}:00 | config patterns.night.share {} | config hour_cost {} | channel budget x {}m
    channel add {} | export csv - --from {} | patterns --from {} | import csv {} | habit skip read {}
    status --format {{{}}} | status --format {{channel:{}}}
    review 2026-W47 --commit 'if a then b; at least {} a week by contacts'
    review 2026-W47 --commit 'if a then b; {} min by after_posting' | {} | start {} | help {} | completion {}
"""

#: Texts that some parsers could take very long over.
LONG = tuple(
    piece * (120_000 // len(piece))
    for piece in ("a", "a ", " ", "by ", "if then ", "14:00-", "@", '"', "é ", "1h ", "{", "\\")
)
TEXTS = """
    start x -i {} | start {} | check x {} | log {} | log x 10:00-10:10 {} | log x {} | urge x --trigger {}
    day --note {} | day {} | day --task {} | edit 1 note={} | habit add {} | habit tick {} | habit add a by {}
    review 2026-W47 --words {} | review 2026-W47 --commit {} | review --search {} | channel add {} | pause {}
    channel alias x {} | channel rename x {} | config language {} | outcome {} | outcome client --note {}
    outcome client --with {} | worth --spend x 3 --note {} | status --format {} | patterns --expected night --why {}
    week {} | export {} | import {} | --db {} day | --config {} day | --now {} day | --{} | {} | split 1 {}
"""


def commands(text: str) -> list[str]:
    """The commands of a text that has several on a line."""
    return [command.strip() for line in text.strip().split("\n") for command in line.split(" | ")]


def holds(inside: Inside, words: list[str]) -> None:
    said = inside.run(words)
    assert said.code in (0, 1, 2), (words[:2], said)
    assert "unexpected" not in said.err + said.out, (words[:2], said.err)
    assert said.err.count("\n") <= 1, (words[:2], said.err)
    assert len(said.err) <= 1100
    if said.code:
        assert said.err.startswith("tracker: ")
        assert said.out == ""


def typed(line: str, value: str) -> list[str]:
    import shlex

    return [word.format(value) for word in shlex.split(line)]


@pytest.fixture(scope="module")
def small_file(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Path:
    """A file with something of what the commands are about."""
    inside = Inside(tmp_path_factory.mktemp("small"))
    shutil.copy(empty_file, inside.db)
    inside.run("log linkedin 10:00-10:30 short @anna")
    inside.run("habit add read at least 20 pages")
    inside.run("outcome client --via linkedin --amount 300")
    return inside.db


@pytest.fixture
def small(inside: Inside, small_file: Path) -> Inside:
    shutil.copy(small_file, inside.db)
    return inside


@pytest.mark.parametrize("line", commands(NUMBERS))
def test_a_number_of_a_hundred_thousand_digits(small: Inside, line: str) -> None:
    for digits in (DIGITS, "0" * 100_000 + "1", "1" * 5000, "٣" * 5000):
        holds(small, typed(line, digits))


@pytest.mark.parametrize("line", commands(TEXTS))
def test_a_text_of_a_hundred_thousand_letters(small: Inside, line: str) -> None:
    for text in LONG:
        holds(small, typed(line, text))


@pytest.mark.parametrize(
    ("line", "most"),
    [
        ("start x -i {}", 2_000),
        ("start x --trigger {}", 2_000),
        ("check x {}", 2_000),
        ("urge x --trigger {}", 2_000),
        ("edit 1 note={}", 2_000),
        ("edit 1 override={}", 2_000),
        ("edit 1 overrun={}", 2_000),
        ("edit o1 note={}", 2_000),
        ("outcome client --note {}", 2_000),
        ("worth --spend x 3 --note {}", 2_000),
        ("edit 1 with={}", 100),
        ("outcome client --with {}", 100),
        ("channel add {}", 100),
        ("activity add {} --purpose make", 100),
        ("habit add {}", 100),
        ("channel alias x {}", 100),
        ("channel add q --title {}", 100),
        ("day --note {}", 10_000),
        ("day --task {}", 2_000),
        ("review 2026-W47 --words {}", 20_000),
        ("patterns --expected night --why {}", 2_000),
        ("review 2026-W47 --commit 'if {} then b'", 500),
        ("review 2026-W47 --commit 'if a then {}'", 500),
        ("worth --verdict linkedin cut --why {}", 2_000),
        ("channel rename tiktok {}", 100),
        ("log x 9:00-9:10 {}", 2_000),
    ],
)
def test_a_text_has_a_limit_that_is_said(small: Inside, line: str, most: int) -> None:
    before = small.data()
    said = small.run(typed(line, "a" * (most + 1))).refused()
    assert f"too long: {most + 1} characters (limit {most})" in said
    assert small.data() == before, "nothing was cut, nothing was written"
    assert small.run(typed(line, "a" * most)).code == 0
    with closing(sqlite3.connect(small.db)) as base:
        assert "a" * most in "\n".join(base.iterdump())


def test_a_longer_text_of_another_program_may_stay_while_the_rest_is_changed(small: Inside) -> None:
    base = sqlite3.connect(small.db)
    with base:
        base.execute("UPDATE session SET note = ?", ("n" * 30_000,))
        base.execute("UPDATE habit SET name = ?", ("h" * 300,))
    base.close()
    assert small.run("edit 1 ring=city").code == 0
    assert small.run("habit archive hhhh").code == 0
    assert "n" * 30_000 in str(small.data())
    assert "too long" in small.run(["edit", "1", "note=" + "m" * 30_000]).refused()


def test_rows_of_an_import_over_a_limit_are_rejected_by_name(small: Inside) -> None:
    rows = [
        f"2026-11-22T1{n}:00,2026-11-22T1{n}:10,{cells}"
        for n, cells in enumerate(
            ["x,{a2001},,", "x,{a2000},,", "{a101},,,", "x,,{a101},", "x,,,{a2001}", "x,,,", f"x,{DIGITS * 3},,"]
        )
    ]
    text = "\n".join(["start,end,channel,note,person,intention", *rows])
    for size in (2001, 2000, 101):
        text = text.replace(f"{{a{size}}}", "a" * size)
    (small.folder / "a.csv").write_text(text)
    report = small.run("import csv a.csv --json").json()
    assert report["read"] == report["added"] + report["already"] + report["ignored"] + len(report["rejected"]) == 7
    assert [row["line"] for row in report["rejected"]] == [2, 4, 5, 6, 8]
    assert all("too long" in row["reason"] for row in report["rejected"])
    assert "(limit 2000)" in report["rejected"][0]["reason"]


CELLS = ("9" * 5000, f"{DIGITS}m", f"2026-11-22T10:00:{DIGITS}", f"{DIGITS}-01-01T10:00", "1e400")


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("place", range(6))
def test_cells_of_a_hundred_thousand_digits(small: Inside, cell: str, place: int) -> None:
    cells = ["2026-11-22T10:00", "2026-11-22T10:10", "x", "", "", ""]
    cells[place] = cell
    header = "start,end,channel,planned_seconds,planned,estimated"
    (small.folder / "a.csv").write_text(f"{header}\n{','.join(cells)}\n")
    holds(small, ["import", "csv", "a.csv"])


@pytest.mark.parametrize("format", ["csv", "app-usage", "chrome", "firefox"])
@pytest.mark.parametrize("kind", ["pipe", "zero", "folder", "link", "log"])
def test_what_is_no_file_to_import(small: Inside, format: str, kind: str) -> None:
    path = small.folder / "there"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(path)
    elif kind == "zero":
        path = Path("/dev/zero")
    else:
        path = small.db
    said = small.run(["import", format, str(path)]).refused()
    assert str(path) in said


def test_a_review_that_another_program_nested_too_deeply(small: Inside) -> None:
    small.run("review 2026-W47 --words x --write")
    base = sqlite3.connect(small.db)
    with base:
        for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            base.execute(f"DROP TRIGGER {name}")
        for figures in ("[" * 100_000, '{"a":' * 100_000, "[]", "9" * 100_000, "{"):
            base.execute("UPDATE review SET figures = ?", (figures,))
            base.commit()
            for line in ("review 2026-W47", "review 2026-W47 --json", "review 2026-W47 --html -", "export json"):
                holds(small, line.split())
    base.close()


PIECES = """
    linkedin x call create 1 2 o1 u1 10:00 10:00-10:10 25m yesterday -2 now --at --for --json --note --with -- - read
    add tick list note=a start= @anna 99999999999999999999 1e9 2026-W47 2026-11-22 last until off 480€ --weeks
    --from --to --amount --estimate 12h --commit --write + −5m
"""
WORDS = st.one_of(
    st.text(st.characters(exclude_characters="\0"), max_size=12),
    st.sampled_from(["", "if a then b", "at least 3", *PIECES.split()]),
)
VERBS = """
    start stop cancel resume switch check urge pause status log edit split merge delete outcome habit undo redo history
    day week patterns worth review channel activity config completion help doctor
"""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["", *VERBS.split()]), st.lists(WORDS, max_size=5)), min_size=1, max_size=4))
def test_any_words_end_in_one_line(inside: Inside, empty_file: Path, lines: list[tuple[str, list[str]]]) -> None:
    for beside in inside.folder.glob("tracker.db*"):
        beside.unlink()
    shutil.copy(empty_file, inside.db)
    inside.config.unlink(missing_ok=True)
    for verb, words in lines:
        holds_or_warns(inside, [verb, *words])


def holds_or_warns(inside: Inside, words: list[str]) -> None:
    """As `holds`; what was done may be said with a word of warning beside it."""
    said = inside.run(words)
    assert said.code in (0, 1, 2), (words, said)
    assert "unexpected" not in said.err, (words, said.err)
    assert said.err.count("\n") <= 1, (words, said.err)
    assert not CONTROL.search(said.out + said.err), (words, said)
