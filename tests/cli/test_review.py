"""`tracker review`: a whole review by options, shown, listed, searched, amended, written to files."""

from __future__ import annotations

import json
import sqlite3
import stat
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Inside, Tracker

TALK = "if I want to check likes then I call one prospect; at least 3 a week by contacts"


def a_week(tracker: Tracker) -> None:
    """Two hours of LinkedIn on the Monday of 2026-W47, which is over."""
    tracker.run(["log", "linkedin create 2026-11-16 10:00+2h"]).said()


def test_a_week_nobody_looked_back_on_is_shown_and_said_to_be_none(inside: Inside) -> None:
    a_week(inside)
    shown = inside.run("review")
    first, _blank, title, *_rest = shown.out.split("\n")
    assert first.startswith("2026-W47: no review yet; `tracker review 2026-W47 --estimate 12h` starts")
    assert title == "# 2026-W47 · 16 – 22 Nov 2026"
    assert "LinkedIn" in shown.out
    assert "- If it is ten in the morning, then I call one prospect. (talks at least 3 a\n  week)" in shown.out
    data = inside.run("review --json").json()
    assert (data["format"], data["state"], data["written"], data["seconds"]) == (1, "not begun", None, 7200)
    assert inside.run("review --list").said().startswith("no reviews yet")


def test_a_whole_review_without_the_screens(inside: Inside) -> None:
    a_week(inside)
    said = inside.run(
        ["review", "--estimate", "1h linkedin=30m", "--words", "Mine.\nReally.", "--commit", TALK, "--write"]
    ).said()
    assert said == (
        "your guess for 2026-W47: in all 1h, linkedin 30m; your words are saved; "
        "for 2026-W48: If I want to check likes, then I call one prospect; the review 2026-W47 is written"
    )
    data = inside.run("review --json").json()
    assert (data["state"], data["written"]) == ("written", "2026-11-23T15:12:00+01:00")
    assert data["words"] == "Mine.\nReally."
    assert data["steps"]["reviewed"] == ["estimate", "next", "words"]
    assert (data["estimate"]["seconds"], data["estimate"]["logged_seconds"]) == (3600, 7200)
    assert data["commitments"][0]["measure"] == "contacts"
    shown = inside.run("review").out
    assert shown.startswith("# 2026-W47 · 16 – 22 Nov 2026\n\n> Mine.\n> Really.\n")
    assert "format: 1" not in shown


def test_a_week_that_goes_on_is_not_written_unless_one_says_so(inside: Inside) -> None:
    a_week(inside)
    thursday = "2026-11-19T18:00"
    refused = inside.run(["review", "2026-W47", "--words", "Mine", "--write"], now=thursday).refused()
    assert refused.startswith("2026-W47 is not over until Sunday; your answers are saved")
    assert "`--write --unfinished` writes it now" in refused
    assert inside.run("review --list", now=thursday).said().startswith("no reviews yet"), "all or nothing"
    inside.run(["review", "2026-W47", "--words", "Mine"], now=thursday).said()
    inside.run("review 2026-W47 --unfinished", now=thursday).refused(2)
    assert inside.run("review 2026-W47 --write --unfinished", now=thursday).code == 0
    assert "the week was not over" in inside.run("review 2026-W47").out
    # By the user's own week it is over on the Saturday, and from Sunday on it is written without a word more.
    inside.run("config first_weekday sunday").said()
    inside.run("day 2026-11-13 --zero")
    inside.run("review 2026-W46 --write", now="2026-11-15T12:00").said()


def test_it_is_over_once_the_night_is(inside: Inside) -> None:
    a_week(inside)
    inside.run("review 2026-W47 --write", now="2026-11-23T03:59").refused()
    inside.run("review 2026-W47 --write", now="2026-11-23T04:00").said()


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ([], ", without a guess, without your own words"),
        (["--estimate", "1h"], ", without your own words"),
        (["--words", "Mine"], ", without a guess"),
        (["--estimate", "1h", "--words", "Mine"], ""),
    ],
)
def test_what_a_review_is_written_without_is_said(inside: Inside, said: list[str], lacks: str) -> None:
    a_week(inside)
    assert inside.run(["review", *said, "--write"]).said().endswith(f"the review 2026-W47 is written{lacks}")


def test_it_is_one_step_of_undo_and_all_or_nothing(inside: Inside) -> None:
    a_week(inside)
    inside.run(["review", "--estimate", "1h", "--commit", "nonsense", "--write"]).refused()
    assert inside.run("review --list").said().startswith("no reviews yet")
    inside.run(["review", "--estimate", "1h", "--commit", TALK, "--write"]).said()
    assert inside.run("undo").said() == "undone: reviewed 2026-W47"
    assert inside.run("review --list").said().startswith("no reviews yet")
    assert inside.run("week --json").json()["commitments"] == []


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        (["review", "--estimate", ""], 2, "--estimate needs a length: --estimate 12h"),
        (["review", "--estimate", " , "], 2, "--estimate needs a length: --estimate 12h"),
        (["review", "--estimate", "soon"], 1, "soon"),
        (["review", "--estimate", "nothere=1h"], 1, "nothere"),
        (["review", "--kept", f"{'9' * 5000}=yes"], 1, "2026-W47 has no commitments"),
        (["review", "--kept", "0=yes"], 1, "2026-W47 has no commitments"),
    ],
)
def test_what_cannot_be_kept_leaves_nothing_behind(inside: Inside, line: list[str], code: int, says: str) -> None:
    a_week(inside)
    assert says in inside.run(line).refused(code)
    assert inside.run("review --list").said().startswith("no reviews yet")


def test_an_amendment_comes_too_late_for_an_estimate(inside: Inside) -> None:
    a_week(inside)
    inside.run("review --estimate 9h --write").said()
    assert "were already shown" in inside.run("review --amend --estimate 2h").refused()
    inside.run("review --amend").said()
    assert "were already shown" in inside.run("review --estimate 2h").refused()
    assert inside.run("review --json").json()["estimate"]["seconds"] == 9 * 3600


def test_a_guess_of_a_week_that_was_not_logged_is_held_against_nothing(inside: Inside) -> None:
    inside.run(["review", "2026-W46", "--commit", TALK]).said()  # there is something to look back on all the same
    inside.run("review --estimate 9h --write").said()
    estimate = inside.run("review --json").json()["estimate"]
    assert (estimate["seconds"], estimate["logged_seconds"], estimate["difference_seconds"]) == (9 * 3600, None, None)
    written = inside.run("review").out
    assert "| in all | 9h | ? |\n" in written, "no column for differences that are not known"
    assert "<td>?</td>" in inside.run("review --html -").out


def test_a_draft_grows_from_one_command_to_the_next(inside: Inside) -> None:
    a_week(inside)
    inside.run("review --estimate 1h").said()
    inside.run("review --words half").said()
    assert "a draft, not written yet" in inside.run("review").out.split("\n")[0]
    assert inside.run("review --json").json()["state"] == "draft"
    assert inside.run("review --list").out.split("\n")[1].split("  ") == ["2026-W47", "draft, 2 steps of 8", "half"]
    inside.run("review --write").said()
    assert inside.run("review --json").json()["words"] == "half"


def test_what_is_written_stays_as_the_log_goes_on(inside: Inside) -> None:
    a_week(inside)
    inside.run("review --words Mine --write").said()
    before = inside.run("review").out
    inside.run(["log", "x 2026-11-17 10:00+1h"]).said()
    assert inside.run("review").out.endswith(f"\n\n{before}")
    assert (
        inside.run("review --words Other")
        .refused()
        .startswith("the review of 2026-W47 is already written; `tracker review")
    )
    assert inside.run("review --write").refused()


def test_amended_with_both_versions_kept(inside: Inside) -> None:
    a_week(inside)
    inside.run("review --words First --write").said()
    assert inside.run("review --amend").said() == "started the revision 2026-W47-r2; the written review is kept"
    inside.run("review --words Second --write").said()
    assert [review["name"] for review in inside.run("review --list --json").json()] == ["2026-W47-r2", "2026-W47"]
    assert inside.run("review 2026-W47 --json").json()["words"] == "Second"
    assert inside.run("review 2026-W47-r1 --json").json()["words"] == "First"
    assert "· revision 2" in inside.run("review 2026-W47-R2").out.split("\n")[0]
    inside.run("review 2026-W47-r3").refused()
    inside.run("review 2026-W47-r1 --words x").refused(2)


def test_an_amendment_of_nothing(inside: Inside) -> None:
    assert "not written yet" in inside.run("review --amend").refused()


def test_searched_by_words_and_by_commitments(inside: Inside) -> None:
    inside.run("day 2026-11-13 --zero")
    inside.run(["review", "W46", "--words", "Les réseaux", "--write"]).said()
    inside.run(["review", "W47", "--commit", TALK]).said()
    assert [review["week"] for review in inside.run("review --search RÉSEAUX --json").json()] == ["2026-W46"]
    assert [review["week"] for review in inside.run("review --search prospect --json").json()] == ["2026-W47"]
    assert inside.run("review --search nowhere").said() == "no review contains “nowhere”"


def test_a_page_that_is_there_already_is_not_written_over(inside: Inside, tmp_path: Path) -> None:
    a_week(inside)
    path = tmp_path / "page.md"
    said = inside.run(["review", "--words", "Mine", "--write", "--md", str(path)]).said()
    assert said.endswith(f"saved the review of 2026-W47 in {path}")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    page = path.read_text(encoding="utf-8")
    assert yaml.safe_load(page.split("\n```yaml\n")[1].split("\n```\n")[0])["words"] == "Mine"
    inside.run(["review", "--md", str(path)]).said()  # the same again
    path.write_text(f"{page}\nand more of mine\n", encoding="utf-8")
    assert "already exists with other contents" in inside.run(["review", "--md", str(path)]).refused()
    assert path.read_text(encoding="utf-8").endswith("and more of mine\n")


@pytest.mark.parametrize("own", ["tracker.db", "settings.toml"])
def test_the_programs_own_files_are_safe(inside: Inside, tmp_path: Path, own: str) -> None:
    a_week(inside)
    (tmp_path / "settings.toml").touch()
    before = (tmp_path / own).read_bytes()
    inside.run(["review", "--md", str(tmp_path / own)]).refused()
    assert (tmp_path / own).read_bytes() == before


def test_a_file_that_cannot_be_written(inside: Inside, tmp_path: Path) -> None:
    assert "cannot write" in inside.run(["review", "--md", str(tmp_path / "no" / "page.md")]).refused()


@pytest.mark.parametrize("written", ["--write", "--estimate 12h --words 'A good week.'"])
def test_where_a_page_cannot_be_saved_nothing_of_the_review_is(inside: Inside, tmp_path: Path, written: str) -> None:
    a_week(inside)
    (tmp_path / "page.html").write_text("mine", encoding="utf-8")
    before = inside.data()
    said = inside.run(f"review {written} --md '{tmp_path}/page.md' --html '{tmp_path}/page.html'").refused()
    assert "already exists with other contents" in said
    assert inside.data() == before


def test_a_draft_as_a_file_is_said_to_be_one(inside: Inside, tmp_path: Path) -> None:
    a_week(inside)
    assert (
        inside.run(["review", "--md", str(tmp_path / "page.md")]).said().startswith("saved the draft of 2026-W47 in ")
    )


def test_markdown_on_stdout_is_the_page_alone(tracker: Tracker) -> None:
    a_week(tracker)
    tracker.run(["review", "--words", "🙂 |\n---", "--write"]).said()
    page = tracker.run("review --md -").out
    assert page.startswith('---\nweek: "2026-W47"\n')
    assert yaml.safe_load(page.split("\n```yaml\n")[1].split("\n```\n")[0])["words"] == "🙂 |\n---"


def test_what_is_written_beside_a_page_on_stdout_is_said_on_stderr(inside: Inside) -> None:
    a_week(inside)
    answer = inside.run(["review", "--words", "Fine.", "--write", "--md", "-"])
    assert answer.err == "tracker: your words are saved; the review 2026-W47 is written, without a guess\n"
    assert answer.out == inside.run("review --md -").out


def test_how_it_went_is_told_by_hand_or_read_from_the_log(inside: Inside) -> None:
    inside.run(["review", "W46", "--commit", "if a then b", "--commit", TALK], now="2026-11-15T12:00").said()
    inside.run(["log", "call 2026-11-17 10:00+5m"]).said()
    inside.run("review W47 --kept 1=yes").said()
    went = inside.run("review W47 --json").json()["kept"]
    assert [(commitment["plan"], commitment["kept"], commitment["value"]) for commitment in went] == [
        ("b", True, None),
        ("I call one prospect", None, 1),
    ]
    for wrong in ("2=yes", "3=yes", "0=yes", "1=perhaps", "1", ""):
        inside.run(["review", "W47", "--kept", wrong]).refused()


def test_the_week_tells_its_commitments_and_its_review(inside: Inside) -> None:
    a_week(inside)
    line = "if a then b; at most 60 min a day by social_minutes LinkedIn"
    inside.run(["review", "W46", "--commit", line], now="2026-11-15T12:00").said()
    inside.run(["review", "--words", "Mine."]).said()
    assert "review started" in inside.run("week W47").out
    inside.run("review --write").said()
    data = inside.run("week W47 --json").json()
    (kept,) = data["commitments"]
    assert (kept["channel"], kept["done"], kept["of"], kept["kept"], kept["unknown_days"]) == (
        "linkedin",
        0,
        1,
        False,
        6,
    )
    assert (data["review"]["name"], data["review"]["words"]) == ("2026-W47", "Mine.")
    text = inside.run("week W47").out
    assert "If a, then b. 0 of 1 day (6 days not logged)" in text
    assert "reviewed Mon 23 Nov; `tracker review 2026-W47` shows it" in text
    this = inside.run("week --json").json()
    assert (this["commitments"], this["review"]) == ([], None)


@pytest.mark.parametrize("week", ["2026-W60", "2026-W49", "next", "2026-W47-r0", "2026-W47-rr", "2026-W47-r99999999"])
def test_a_week_that_is_none(inside: Inside, week: str) -> None:
    inside.run(["review", week]).refused()


@pytest.mark.parametrize(
    "said", ["soon", "linkedin=", "nowhere=1h", "-1h", "=1h", "9999h", "169h", "linkedin=8d", "22"]
)
def test_an_estimate_that_is_none(inside: Inside, said: str) -> None:
    inside.run(["review", f"--estimate={said}"]).refused()
    assert inside.run("review --list --json").json() == []


def test_without_any_file_yet_it_works(inside: Inside) -> None:
    assert inside.run("review").code == 0
    assert inside.run("review this --json").json()["coverage"] == {"logged": 0, "days": 1}
    inside.run("review --words Mine").said()


def test_two_at_once_make_one_review(tracker: Tracker) -> None:
    a_week(tracker)
    results: list[int] = []
    threads = [
        threading.Thread(target=lambda: results.append(tracker.started("review --words Mine --write").code))
        for _each in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [0, 1]
    assert [review["name"] for review in tracker.run("review --list --json").json()] == ["2026-W47"]


def test_it_goes_out_with_the_log(inside: Inside) -> None:
    a_week(inside)
    inside.run(["review", "--estimate", "1h", "--words", "Mine", "--commit", TALK, "--write"]).said()
    data = json.loads(inside.run("export json").out)
    assert data["estimates"] == [
        {"week": "2026-W47", "channel": None, "seconds": 3600, "at": "2026-11-23T14:12:00+00:00"}
    ]
    assert [(commitment["week"], commitment["plan"], commitment["target"]) for commitment in data["commitments"]] == [
        ("2026-W48", "I call one prospect", 3.0)
    ]
    (written,) = data["reviews"]
    assert (written["words"], written["figures"]["seconds"]) == ("Mine", 7200)
    assert written["page"].endswith("\n</details>\n")
    assert json.loads(inside.run("export json --to 2026-11-15").out)["reviews"] == []


def test_all_that_one_said_goes_out_with_the_log(inside: Inside) -> None:
    for line in (
        "worth --spend linkedin 120 --at 2026-11-16T12:00",
        ["worth", "--verdict", "linkedin", "cut", "--why", "an hour will do"],
        "worth --verdict in_person more",
        "patterns --expected night",
        ["patterns", "--expected", "overrun", "--why", "a campaign"],
    ):
        inside.run(line).said()
    data = json.loads(inside.run("export json").out)
    assert [(spend["channel"], spend["amount"], spend["currency"]) for spend in data["spends"]] == [
        ("linkedin", "120.00", "EUR")
    ]
    assert [
        (verdict["week"], verdict["channel"], verdict["verdict"], verdict["why"]) for verdict in data["verdicts"]
    ] == [
        ("2026-W48", "linkedin", "cut", "an hour will do"),
        ("2026-W48", None, "more", None),
    ]
    assert [(mark["pattern"], mark["what"], mark["why"]) for mark in data["pattern_marks"]] == [
        ("night", "expected", None),
        ("overrun", "expected", "a campaign"),
    ]
    before = json.loads(inside.run("export json --to 2026-11-15").out)
    assert (before["spends"], before["verdicts"], before["pattern_marks"]) == ([], [], [])


def test_the_weeks_that_go_out_are_those_the_days_are_in(inside: Inside) -> None:
    inside.run("config first_weekday saturday").said()
    inside.run("day 2026-11-18 --zero")
    inside.run("review 2026-W47 --write").said()  # from Saturday the 14th to Friday the 20th

    def out(span: str) -> int:
        return len(json.loads(inside.run(f"export json {span}").out)["reviews"])

    assert [out(f"--to 2026-11-{day}") for day in (13, 14, 20)] == [0, 1, 1]
    assert [out(f"--from 2026-11-{day}") for day in (14, 20, 21)] == [1, 1, 0]


def test_in_french(inside: Inside) -> None:
    a_week(inside)
    inside.run(["review", "--words", "À moi.", "--write"], env={"LANG": "fr_FR.UTF-8"}).said()
    assert inside.run("review").out.startswith("# 2026-S47 · 16 – 22 nov 2026\n")  # as it was written
    assert json.loads(inside.run("review --json").out)["language"] == "fr"


def test_a_review_of_nothing_is_not_written(inside: Inside) -> None:
    why = "2026-W47: no day was logged, so there is nothing to review"
    for options in ("--estimate 5h --write", "--words Mine --write", "--write"):
        assert why in inside.run(f"review {options}").refused()
    assert inside.run("review --list").said().startswith("no reviews yet")
    inside.run("day 2026-11-18 --zero")
    inside.run("review --estimate 5h --write").said()


def test_what_was_committed_to_is_looked_back_on_without_a_logged_day(inside: Inside) -> None:
    inside.run("day 2026-11-11 --zero")
    inside.run(["review", "2026-W46", "--commit", TALK, "--write"]).said()
    inside.run("review 2026-W47 --write").said()


def test_a_review_of_a_week_without_a_logged_day_says_so(inside: Inside) -> None:
    assert inside.run("review").said() == "2026-W47: no day was logged, so there is nothing to review"
    assert inside.run("review --json").json()["state"] == "not begun"
    inside.run("day 2026-11-18 --zero")
    assert "no review yet" in inside.run("review").out


def written(inside: Inside) -> None:
    a_week(inside)
    assert inside.run(["review", "--words", "Mine.", "--write"]).code == 0


def test_a_week_that_differs_from_its_written_review_is_said_on_both_pages(inside: Inside) -> None:
    written(inside)
    assert "hanged since" not in inside.run("review").out + inside.run("week last").out
    assert inside.run("review --json").json()["changes_since"] == []
    inside.run("log linkedin 2026-11-17 10:00+30m")
    said = "days logged: 1, now 2; social time: 2h, now 2h 30m"
    review, week = inside.run("review").out, inside.run("week last").out
    assert f"Changed since this review was written: {said}." in review.replace("\n", " ")
    assert f"changed since that review: {said}" in " ".join(week.split())
    assert inside.run("review --json").json()["changes_since"] == [
        {"what": "logged", "channel": None, "then": 1, "now": 2},
        {"what": "seconds", "channel": None, "then": 7200, "now": 9000},
    ]
    assert inside.run("week last --json").json()["review"]["changes_since"][1]["now"] == 9000
    inside.run("review --amend")
    inside.run("review --write")
    assert inside.run("review --json").json()["changes_since"] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (["edit", "1", "end=12:00:20"], "social time: 20s more now"),
        (["edit", "1", "channel=facebook"], "LinkedIn: 2h, now 0s; Facebook: 0s, now 2h"),
        (["check", "linkedin", "--at", "2026-11-16 16:00"], "social time: 15s more now; checks: 0, now 1"),
        (["outcome", "prospect", "--at", "2026-11-16 16:00"], "results: 0, now 1"),
        (["config", "day_starts_at", "11:00"], "start of the day: 04:00, now 11:00"),
        (["config", "first_weekday", "sunday"], "first day: Mon 16 Nov 2026, now Sun 15 Nov 2026"),
    ],
)
def test_what_made_the_week_differ_is_named(inside: Inside, change: list[str], said: str) -> None:
    written(inside)
    inside.run(change)
    assert said in " ".join(inside.run("review").out.split())


def test_figures_that_another_program_spoilt_are_not_compared(inside: Inside) -> None:
    written(inside)
    with closing(sqlite3.connect(inside.db)) as file, file:
        file.execute("DROP TRIGGER review_kept")
        file.execute(
            """UPDATE review SET figures = '{"seconds": "x", "channels": [{"channel": "linkedin"}], "from": 3}'"""
        )
    inside.run("log linkedin 2026-11-17 10:00+30m")
    assert inside.run("week last").code == 0
    assert inside.run("review").code == 0


def test_a_written_review_stays_whole_in_its_own_language(inside: Inside) -> None:
    written(inside)
    folder, french = inside.folder, {"LANG": "fr_FR.UTF-8"}
    inside.run(["review", "--html", str(folder / "en.html")])
    inside.run(["review", "--html", str(folder / "fr.html")], env=french)
    assert (folder / "fr.html").read_text() == (folder / "en.html").read_text()
    inside.run(["review", "--md", str(folder / "fr.md")], env=french)
    assert "The week against your usual" in (folder / "fr.md").read_text()
    inside.run(["review", "this", "--html", str(folder / "draft.html")], env=french)
    assert '<html lang="fr">' in (folder / "draft.html").read_text()
