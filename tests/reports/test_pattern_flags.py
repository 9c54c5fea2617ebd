"""The rules of flags: raised one a day, standing while seen, silent where the user said so."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOW
from tracker.analytics.patterns.pattern import FLAGGED, NOT_ENOUGH, QUIET, Finding
from tracker.calendar.days import next_date
from tracker.reports import patterns
from tracker.reports.patterns import Flag, raise_flags
from tracker.services import pattern_marks
from tracker.settings import Settings
from tracker.storage import Database, undo
from tracker.storage.reviews import PatternFlag, PatternMark
from tracker.workspace import Workspace

TODAY = "2026-11-23"


def on(database: Database, day: int = 0) -> Workspace:
    """The workspace so many days after TODAY."""
    return Workspace(database, Settings(), "Europe/Paris", now=NOW + 86_400 * day)


def finding(name: str, margin: float = 1.0, state: str = FLAGGED) -> Finding:
    return Finding(name, state, "so it is", "2026-10-27", TODAY, {}, margin=margin)  # type: ignore[arg-type]


def names(flags: tuple[Flag, ...]) -> dict[str, str]:
    """What is said of each: a word for the tests."""
    return {
        flag.finding.name: "new" if flag.new else "waits" if flag.waiting else flag.raised or "silent" for flag in flags
    }


def test_the_strongest_is_raised_and_the_others_wait() -> None:
    flags = raise_flags([finding("night", 1.2), finding("overrun", 3.0), finding("rebound", 0.0, QUIET)], {}, [], TODAY)
    assert names(flags) == {"night": "waits", "overrun": "new", "rebound": "silent"}
    assert flags[1].raised == TODAY


def test_of_equals_the_first_in_the_patterns_order() -> None:
    assert names(raise_flags([finding("night"), finding("overrun")], {}, [], TODAY)) == {
        "night": "new",
        "overrun": "waits",
    }


def test_the_next_day_another_has_its_turn(database: Database) -> None:
    findings = [finding("night", 1.2), finding("overrun", 3.0), finding("rebound", 2.0)]
    said = []
    for day in range(4):
        today = next_date(TODAY, day)
        flags = patterns.flags(database, findings, today)
        pattern_marks.remember(on(database, day), flags)
        assert patterns.flags(database, findings, today) == flags, "asked again, it says the same"
        said.append(names(flags))
    tomorrow, later = next_date(TODAY), next_date(TODAY, 2)
    assert said == [
        {"night": "waits", "overrun": "new", "rebound": "waits"},
        {"night": "waits", "overrun": TODAY, "rebound": "new"},
        {"night": "new", "overrun": TODAY, "rebound": tomorrow},
        {"night": later, "overrun": TODAY, "rebound": tomorrow},
    ]


def test_seen_again_within_its_window_it_is_the_same_flag() -> None:
    known = [PatternFlag("night", "2026-11-01", "2026-11-16")]
    assert names(raise_flags([finding("night")], {}, known, TODAY)) == {"night": "2026-11-01"}


def test_the_file_forgets_a_flag_after_four_weeks(database: Database) -> None:
    pattern_marks.remember(on(database), patterns.flags(database, [finding("night")], TODAY))
    assert names(patterns.flags(database, [finding("night")], next_date(TODAY, 28))) == {"night": TODAY}
    assert names(patterns.flags(database, [finding("night")], next_date(TODAY, 29))) == {"night": "new"}


def test_that_a_flag_has_ended_is_said_for_a_week(database: Database) -> None:
    pattern_marks.remember(on(database), patterns.flags(database, [finding("night")], TODAY))
    quiet = [finding("night", 0.0, QUIET)]
    ended = [patterns.flags(database, quiet, next_date(TODAY, days))[0].ended for days in (0, 1, 7, 8)]
    assert ended == [None, TODAY, TODAY, None]


def test_one_raised_today_and_dismissed_since_leaves_no_room_for_another() -> None:
    marks = {"overrun": PatternMark(1, "overrun", "dismissed", TODAY, "2026-12-21")}
    flags = raise_flags(
        [finding("night"), finding("overrun", 3.0)], marks, [PatternFlag("overrun", TODAY, TODAY)], TODAY
    )
    assert names(flags) == {"night": "waits", "overrun": "silent"}
    assert flags[1].dismissed_until == "2026-12-21"
    assert not flags[1].stands


def test_what_is_expected_is_kept_with_its_reason_and_not_raised() -> None:
    marks = {
        "night": PatternMark(1, "night", "expected", TODAY, None, "a newborn"),
        "overrun": PatternMark(2, "overrun", "expected", TODAY),
    }
    flags = raise_flags([finding("night", 9.0), finding("overrun"), finding("rebound")], marks, [], TODAY)
    assert [flag.expected for flag in flags] == ["a newborn", "", None]
    assert names(flags) == {"night": "silent", "overrun": "silent", "rebound": "new"}


def test_dismissed_is_silent_for_28_days_and_speaks_again(database: Database) -> None:
    pattern_marks.dismiss(on(database), "night")
    last = next_date(TODAY, 27)
    assert names(patterns.flags(database, [finding("night")], last)) == {"night": "silent"}
    assert names(patterns.flags(database, [finding("night")], next_date(last))) == {"night": "new"}


def test_undo_lets_it_speak_and_redo_silences_it(database: Database) -> None:
    pattern_marks.expect(on(database), "night", "a newborn")
    undo.undo(database, 1, now=NOW)
    assert names(patterns.flags(database, [finding("night")], TODAY)) == {"night": "new"}
    undo.redo(database, 1, now=NOW)
    assert patterns.flags(database, [finding("night")], TODAY)[0].expected == "a newborn"


def test_marks_are_shown_on_findings_of_another_span_and_nothing_is_raised(database: Database) -> None:
    pattern_marks.expect(on(database), "night", None)
    flags = patterns.marked_flags(database, [finding("night"), finding("overrun")], TODAY)
    assert [(flag.expected, flag.raised, flag.waiting) for flag in flags] == [("", None, False), (None, None, False)]


STATES = st.sampled_from((FLAGGED, FLAGGED, QUIET, NOT_ENOUGH))
DAYS = st.lists(
    st.tuples(
        st.integers(1, 5),  # days since the last look
        st.lists(st.tuples(STATES, st.floats(0.5, 5)), min_size=4, max_size=4),
        st.sampled_from((None, "dismiss", "expect", "unmark")),
        st.integers(0, 3),
    ),
    max_size=12,
)
FOUR = ("night", "overrun", "rebound", "rising_use")


@given(DAYS)
def test_whatever_happens_at_most_one_is_raised_a_day(
    days: list[tuple[int, list[tuple[str, float]], str | None, int]],
) -> None:
    """And what is dismissed or expected is never raised; what stands was raised before, by a day that says so."""
    known: dict[tuple[str, str], str] = {}
    marks: dict[str, PatternMark] = {}
    today = TODAY
    for gap, states, change, which in days:
        today = next_date(today, gap)
        name = FOUR[which]
        if change == "unmark":
            marks.pop(name, None)
        elif change:
            what = "dismissed" if change == "dismiss" else "expected"
            marks[name] = PatternMark(1, name, what, today, next_date(today, 28) if what == "dismissed" else None)
        findings = [finding(name, margin, state) for name, (state, margin) in zip(FOUR, states, strict=True)]
        since = next_date(today, -patterns.SAME_FLAG_DAYS)
        recent = [PatternFlag(*key, seen) for key, seen in known.items() if seen >= since]
        for look in range(2):
            flags = raise_flags(findings, marks, sorted(recent, key=lambda flag: flag.raised), today)
            for flag in flags:
                assert not (flag.marked and (flag.new or flag.raised or flag.waiting))
                assert flag.raised is None or flag.finding.state == FLAGGED
                if flag.raised:
                    known[flag.finding.name, flag.raised] = today
            raised_on = Counter(raised for _name, raised in known)
            assert max(raised_on.values(), default=0) <= 1
            recent = [PatternFlag(*key, seen) for key, seen in known.items() if seen >= since]
            assert look == 0 or sum(flag.new for flag in flags) <= 1
        waiting = [flag for flag in flags if flag.waiting]
        assert not waiting or raised_on[today] == 1
