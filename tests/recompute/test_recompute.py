"""The second implementation beside the program, on a few hundred made-up days: `python -m tests.recompute` goes on."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.recompute.compare import compare
from tests.recompute.histories import lives
from tests.recompute.life import Choices, Habit, Life, Outcome, Session, Tick
from tests.recompute.smaller import smallest
from tests.recompute.wall import bounds, clock_of, covered, day_of, parts

HERE = Path(__file__).resolve().parent
PARIS, AHEAD = "Europe/Paris", "Pacific/Kiritimati"

#: What makes lives, asks the program and holds the answers against each other; all else computes.
ASKING = ("program", "compare", "shapes", "study", "smaller", "histories", "__main__", "__init__", "test_recompute")


def test_what_computes_imports_nothing_of_the_program() -> None:
    computing = [file for file in HERE.glob("*.py") if file.stem not in ASKING]
    assert {"wall", "day", "week", "worth", "strength"} <= {file.stem for file in computing}
    for file in computing:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not [name for name in names if name.partition(".")[0] == "tracker"], file.name


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(lives(most_days=40))
def test_both_agree(life: Life) -> None:
    assert compare(life).differing == ()


def at(day: str, hour: int, minute: int = 0, zone: str = PARIS) -> int:
    return clock_of(day, 3600 * hour + 60 * minute, zone)


class TestWallClocks:
    """The ground of the second implementation, by hand."""

    def test_nights_of_23_and_25_hours(self) -> None:
        for day, hours in (("2026-03-28", 23), ("2026-10-24", 25), ("2026-10-25", 24)):
            first, end = bounds(day, PARIS, 4 * 3600)
            assert end - first == hours * 3600

    def test_a_time_that_is_skipped_is_the_change_itself(self) -> None:
        assert at("2026-03-29", 2, 30) == at("2026-03-29", 3)

    def test_a_time_that_is_shown_twice_is_its_first_showing(self) -> None:
        assert at("2026-10-25", 3) - at("2026-10-25", 2, 30) == 90 * 60

    def test_a_day_that_starts_in_the_hour_shown_twice_starts_once(self) -> None:
        second = at("2026-10-25", 2, 30) + 3000  # 02:20, for the second time
        assert day_of(second, PARIS, 9000) == "2026-10-25"

    def test_a_session_over_the_start_of_a_day_is_cut_there(self) -> None:
        start = at("2026-11-17", 3, 50)
        assert [(day, end - begin) for day, begin, end in parts(start, start + 1800, PARIS, 4 * 3600)] == [
            ("2026-11-16", 600),
            ("2026-11-17", 1200),
        ]

    def test_each_moment_is_covered_once(self) -> None:
        assert covered([(0, 10), (5, 8), (20, 20), (9, 12)]) == 12


NOW = at("2026-11-23", 15, 12)


def session(channel: str, day: str, hour: int, minutes: int, **said: object) -> Session:
    start = at(day, hour)
    return Session(channel, start, start + 60 * minutes, PARIS)._replace(**said)  # type: ignore[arg-type]  # as said


def test_a_figure_that_differs_is_found_and_its_history_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    busy = tuple(session("linkedin", f"2026-11-{day:02}", 10, day, person="Ana") for day in range(1, 9))
    life = Life(NOW, PARIS, Choices(), busy, habits=(Habit("Walk", "2026-11-01"),))
    monkeypatch.setattr("tests.recompute.day.seconds", lambda parts: sum(part.end - part.start for part in parts) + 1)

    def differs(less: Life) -> bool:
        return any(disagreement.kind == "day seconds" for disagreement in compare(less, ("day",)).differing)

    assert differs(life)
    small = smallest(life, differs)
    assert (len(small.sessions), small.habits) == (1, ())
    assert small.sessions[0].person is None


@pytest.mark.parametrize(
    "life",
    [
        # 45 € an hour: 2,194 s cost 27.425 €, a half of a cent more than people leave out.
        Life(NOW, PARIS, Choices(hour_cost=4500), (Session("youtube", NOW - 2194, NOW, PARIS),)),
        # 3.75 € for each of two leads.
        Life(
            *(NOW, PARIS, Choices(hour_cost=375), (Session("x", NOW - 7200, NOW, PARIS),)),
            outcomes=tuple(
                Outcome("prospect", NOW - 60, PARIS, "x", person=who) for who in ("Ana", "Ben", "Cem", "Eve")
            ),
        ),
        # Two weeks of 0 s and 1 s: their median is half a second.
        Life(
            *(NOW, PARIS, Choices()),
            (Session("x", at("2026-11-09", 10), at("2026-11-09", 10) + 1, PARIS),),
            zeros=tuple(f"2026-11-{day:02}" for day in (2, 3, 4, 5, 10, 11, 12, 13)),
        ),
        # A session that runs past its plan by 30 s before the day starts, and by hours after it.
        Life(
            *(NOW, PARIS, Choices()),
            (Session("x", at("2026-11-23", 3), None, PARIS, planned_seconds=3570, source="timer"),),
        ),
        # Tomorrow's record, of somebody who flew east to west over the date line.
        Life(
            *(at("2026-11-24", 5, zone="Pacific/Pago_Pago"), "Pacific/Pago_Pago", Choices()),
            (
                Session(
                    *(
                        "x",
                        at("2026-11-25", 5, zone="Pacific/Kiritimati"),
                        at("2026-11-25", 5, 9, "Pacific/Kiritimati"),
                    ),
                    "Pacific/Kiritimati",
                ),
            ),
        ),
        # Posts at the very end of the day: nobody can have come back to them on it.
        Life(
            *(NOW, PARIS, Choices()),
            tuple(
                Session("x", at(f"2026-11-{day:02}", 3, 45), at(f"2026-11-{day:02}", 3, 55), PARIS, "publish")
                for day in range(5, 23, 4)
            ),
            zeros=tuple(f"2026-11-{day:02}" for day in (1, 2, 3, 5, 6, 7, 9, 10, 11, 13, 14, 15)),
        ),
        # Two devices on a messaging channel at once, that brought a lead.
        Life(
            *(NOW, PARIS, Choices()),
            (
                Session("whatsapp", NOW - 900, NOW - 300, PARIS, source="app-usage"),
                Session("whatsapp", NOW - 600, NOW - 200, PARIS, source="chrome"),
            ),
            outcomes=(Outcome("prospect", NOW - 60, PARIS, "whatsapp"),),
        ),
        # Seven times in seven days is every day.
        Life(
            *(NOW, PARIS, Choices()),
            habits=(Habit("Walk", "2026-11-01", times=7, days=7),),
            ticks=tuple(Tick("Walk", f"2026-11-{day:02}", 1.0) for day in (1, 2, 3, 7, 9)),
        ),
        # A week 20 weeks ago, logged by what was confirmed as zero alone.
        Life(NOW, PARIS, Choices(), zeros=tuple(f"2026-07-{day:02}" for day in (7, 8, 9, 10))),
        # A call that began in these weeks and ended after them, and one of no length.
        Life(
            *(at("2026-11-23", 6), PARIS, Choices(hour_cost=4500)),
            (
                Session("call", at("2026-11-23", 3, 30), at("2026-11-23", 5), PARIS),
                Session("call", at("2026-11-20", 10), at("2026-11-20", 10), PARIS),
                Session("x", at("2026-11-19", 10), at("2026-11-19", 16), PARIS),
            ),
        ),
    ],
    ids=(
        *("half a cent", "a cost of a lead", "half a second", "a plan over 04:00", "the date line", "posts at the end"),
        *("two devices", "seven in seven", "20 weeks ago", "a call over the end"),
    ),
)
def test_what_the_study_found_once(life: Life) -> None:
    assert compare(life).differing == ()
