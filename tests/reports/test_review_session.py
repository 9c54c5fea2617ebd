"""The review session: steps gone through or skipped, left and resumed; whatever week there is to look back on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.reports.weeks import PARIS, SETTINGS, WEEK, at, log
from tracker.analytics.patterns.pattern import FLAGGED, Finding
from tracker.analytics.patterns.registry import PATTERNS
from tracker.calendar.days import SleepHours
from tracker.domain.errors import TrackerError
from tracker.domain.models import REVIEW_STEPS, Commitment
from tracker.reports import review
from tracker.reports.commitments import IDEAS, commitments_touching, due_reminder, say_source, suggest
from tracker.reports.contacts import outreach
from tracker.reports.review import ReviewData, review_figures
from tracker.reports.review_page import review_html, review_markdown
from tracker.reports.week import unreviewed, week
from tracker.services import pattern_marks, reviewing
from tracker.storage import Database, channels, day_records, reviews, sessions, undo
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.domain.models import Review
    from tracker.reports.commitments import Suggestion
    from tracker.settings import Settings

DAY = 86_400
TODAY = "2026-11-23"


def begun(database: Database, name: str = WEEK) -> Review:
    return reviewing.begin_review(Workspace(database, SETTINGS, PARIS, now=NOW), name)


def material(database: Database, name: str = WEEK, settings: Settings = SETTINGS) -> ReviewData:
    return ReviewData(Workspace(database, settings, PARIS, now=NOW), name)


def go_through(database: Database, step: str, name: str = WEEK) -> str:
    """Mark a step of the draft as reviewed and go to the next (the last stays); returns where it stands now."""
    following = REVIEW_STEPS[min(REVIEW_STEPS.index(step) + 1, len(REVIEW_STEPS) - 1)]
    reviews.mark(database, name, step, now=NOW)
    if step == REVIEW_STEPS[0]:
        reviews.reveal(database, name, now=NOW)
    draft = reviews.draft(database, name)
    assert draft is not None
    reviews.remember_step(database, draft, following)
    return following


def test_the_eight_steps() -> None:
    assert tuple(review.STEPS) == REVIEW_STEPS
    assert all(review.STEPS.values())


def test_a_step_that_was_gone_through_is_marked_and_one_that_was_left_is_not(database: Database) -> None:
    begun(database)
    assert go_through(database, "estimate") == "usual"
    reviews.remember_step(database, begun(database), "checks")
    assert go_through(database, "checks") == "patterns"
    draft = begun(database)
    assert draft.reviewed == ("estimate", "checks")
    assert reviews.current_step(database, draft) == "patterns"
    assert go_through(database, "words") == "words"


@pytest.mark.parametrize("leave_at", range(len(REVIEW_STEPS)))
def test_leaving_at_any_step_and_coming_back_loses_nothing(tmp_path: Path, leave_at: int) -> None:
    path = str(tmp_path / "tracker.db")
    step = "estimate"
    with Database.open(path) as database:
        log(database, "x", 0, "10:00", 60)
        begun(database)
        reviews.put_estimates(database, WEEK, {None: 7200, "x": 3600}, now=NOW)
        for _step in range(leave_at):
            step = go_through(database, step)
        reviews.add_commitment(database, Commitment(0, "2026-W48", "a", "b"), now=NOW)
        reviews.set_words(database, WEEK, "half a sent", now=NOW)
    with Database.open(path) as database:
        draft = begun(database)
        assert reviews.current_step(database, draft) == step == REVIEW_STEPS[leave_at]
        assert draft.reviewed == REVIEW_STEPS[:leave_at]
        assert draft.words == "half a sent"
        material_now = material(database)
        assert [(estimate.channel, estimate.estimated, estimate.logged) for estimate in material_now.estimates] == [
            (None, 7200, 3600),
            ("x", 3600, 3600),
        ]
        assert [commitment.plan for commitment in material_now.planned] == ["b"]


def test_what_was_felt_is_compared_only_with_a_week_of_which_enough_was_logged(database: Database) -> None:
    begun(database)
    reviews.put_estimates(database, WEEK, {None: 7200, "x": 3600}, now=NOW)
    few = "days logged: too few to compare"
    for day in range(5):
        figures = review_figures(material(database))
        said = figures["estimate"]
        known = day >= 4
        assert (said["difference_seconds"] is not None, said["percent"] is not None) == (known, known)
        assert (said["channels"][0]["difference_seconds"] is not None) == known
        assert [few in page(figures) for page in (review_markdown, review_html)] == [not known] * 2
        assert ("40m less" in review_markdown(figures)) == ("40m less" in review_html(figures)) == known
        log(database, "x", day, "10:00", 20)
    assert f"4 of 7 {few}" not in review_markdown(figures)


def test_past_the_first_step_an_estimate_comes_too_late(database: Database) -> None:
    begun(database)
    reviews.reveal(database, WEEK, now=NOW)
    with pytest.raises(TrackerError, match="were already shown"):
        reviews.put_estimates(database, WEEK, {None: 3600}, now=NOW)


def test_the_estimate_is_asked_of_the_channels_used_and_says_nothing_of_their_time(database: Database) -> None:
    log(database, "youtube", 0, "10:00", 300)
    log(database, "linkedin", 1, "10:00", 1)
    log(database, "call", 1, "12:00", 10)
    log(database, "x", -1, "10:00", 10)
    asked = [channel.name for channel in review.to_estimate(Workspace(database, SETTINGS, PARIS, now=NOW), WEEK)]
    in_order = [channel.name for channel in channels.channels(database) if channel.name in ("youtube", "linkedin")]
    assert asked == in_order


def test_a_week_to_come_is_not_reviewed(database: Database) -> None:
    begun(database, "2026-W48")  # the one that is
    with pytest.raises(TrackerError, match="in the future"):
        begun(database, "2026-W49")


def test_a_week_that_goes_on_is_not_written_by_the_screens(database: Database) -> None:
    reviewing.begin_review(Workspace(database, SETTINGS, PARIS, now=NOW), "2026-W48")
    with pytest.raises(TrackerError, match="2026-W48 is not over until Sunday; your answers are saved"):
        reviewing.write_review(Workspace(database, SETTINGS, PARIS, now=NOW), "2026-W48")
    assert reviews.draft(database, "2026-W48") is not None
    written = reviewing.write_review(Workspace(database, SETTINGS, PARIS, now=NOW), "2026-W48", unfinished=True)
    assert written.written is not None


def test_written_once_and_never_computed_again(database: Database) -> None:
    log(database, "x", 0, "10:00", 60)
    begun(database)
    reviews.set_words(database, WEEK, "So it was.", now=NOW)
    first = reviewing.write_review(Workspace(database, SETTINGS, PARIS, now=NOW), WEEK)
    log(database, "x", 1, "10:00", 60)
    again = reviews.get(database, WEEK)
    assert (again.figures, again.page) == (first.figures, first.page)
    assert json.loads(again.figures or "")["seconds"] == 3600
    with pytest.raises(TrackerError, match="has been started"):
        reviewing.write_review(Workspace(database, SETTINGS, PARIS, now=NOW), WEEK)
    reviews.amend(database, WEEK, PARIS, now=NOW)
    second = reviewing.write_review(Workspace(database, SETTINGS, PARIS, now=NOW), WEEK)
    assert (second.name, json.loads(second.figures or "")["seconds"]) == ("2026-W47-r2", 7200)
    assert reviews.get(database, "2026-W47-r1") == first


def test_writing_is_one_step_of_undo(database: Database) -> None:
    begun(database)
    reviewing.write_review(Workspace(database, SETTINGS, PARIS, now=NOW), WEEK)
    undo.undo(database, 1, now=NOW)
    assert reviews.draft(database, WEEK) is not None


def _nothing(database: Database) -> None:
    pass


def _one_session(database: Database) -> None:
    log(database, "x", 3, "10:00", 0.5)


def _only_imports(database: Database) -> None:
    for day in range(7):
        for hour in range(8, 20):
            made = log(database, "instagram", day, f"{hour:02}:00", 0.2)
            database.connection.execute("UPDATE session SET source = 'app-usage' WHERE id = ?", (made.id,))


def _only_zero_days(database: Database) -> None:
    for day in range(16, 23):
        day_records.confirm_zero(database, f"2026-11-{day}", True, now=NOW)


@pytest.mark.parametrize("fill", [_nothing, _one_session, _only_imports, _only_zero_days])
@pytest.mark.parametrize("first", [0, 5, 6])
def test_whatever_week_there_is(database: Database, fill: object, first: int) -> None:
    fill(database)  # type: ignore[operator]
    settings = SETTINGS._replace(first_weekday=first)
    name = WEEK if first == 0 else "2026-W47"
    reviewing.begin_review(Workspace(database, settings, PARIS, now=NOW), name)
    step = "estimate"
    for _step in REVIEW_STEPS:
        step = go_through(database, step, name)
    written = reviewing.write_review(Workspace(database, settings, PARIS, now=NOW), name)
    data = json.loads(written.figures or "")
    assert len(data["days"]) == len(data["hours"]) == 7
    known = [day["seconds"] for day in data["days"] if day["logged"]]
    assert data["seconds"] == (sum(known) if known else None)
    assert (
        (data["checks"] or 0)
        == sum(count or 0 for row in data["hours"] for count in row)
        == sum(day["checks"] or 0 for day in data["days"])
    )
    unknown = [day for day in data["days"] if not day["logged"]]
    assert all((day["seconds"], day["checks"]) == (None, None) for day in unknown), "unknown, not zero"
    assert (data["checks"] is None) == (len(unknown) == 7)
    for day, row in zip(data["days"], data["hours"], strict=True):
        assert len(row) == 24
        assert all((count is not None) == day["logged"] for count in row), "unknown, not zero"
    assert data["coverage"]["logged"] == sum(day["logged"] for day in data["days"])
    assert written.page


def test_a_week_with_the_dst_night(database: Database) -> None:
    log(database, "x", -23, "23:00", 7 * 60)
    figures = review_figures(material(database, "2026-W43"))
    assert [day["seconds"] for day in figures["days"][-2:]] == [6 * 3600, 3600]
    assert (figures["days"][5]["first"], figures["days"][5]["last"]) == (
        "2026-10-24T23:00:00+02:00",
        "2026-10-25T04:00:00+01:00",
    )


def test_the_first_weekday_changed_in_between(database: Database) -> None:
    """A draft begun on a Monday week is finished after the setting became Sunday: one draft, seven days that add up."""
    log(database, "x", 6, "10:00", 60)
    begun(database)
    sunday = SETTINGS._replace(first_weekday=6)
    go_through(database, "estimate")
    written = reviewing.write_review(Workspace(database, sunday, PARIS, now=NOW), WEEK)
    data = json.loads(written.figures or "")
    assert (data["from"], data["to"], data["seconds"]) == ("2026-11-15", "2026-11-21", None)
    assert len(reviews.listed(database)) == 1


def test_first_and_last_of_each_day(database: Database) -> None:
    log(database, "x", 0, "08:10", 5)
    log(database, "x", 0, "23:50", 30)  # over midnight: still Monday's
    log(database, "call", 0, "07:00", 5)  # no opening
    log(database, "x", 2, "03:00", 120)  # begins on Tuesday's evening, and goes on into Wednesday
    days = material(database).week.days
    assert (days[0].first, days[0].last) == (at(0, "08:10"), at(1, "00:20"))
    assert (days[1].first, days[1].last) == (at(2, "03:00"), at(2, "04:00"))
    # Wednesday has what is left of it, and no opening of its own.
    assert (days[2].first, days[2].last) == (None, at(2, "05:00"))
    assert [day.logged for day in days] == [True, True, True, False, False, False, False]


def test_five_weeks_side_by_side(database: Database) -> None:
    for back, minutes in enumerate((10, 20, 30)):
        for day in range(4):
            log(database, "x", day - 7 * back, "10:00", minutes)
    log(database, "x", -28, "10:00", 5)
    weeks = material(database).five_weeks
    assert [
        (recent_week.week, recent_week.seconds, recent_week.checks, recent_week.known) for recent_week in weeks
    ] == [
        ("2026-W43", 300, 0, False),
        ("2026-W44", None, None, False),
        ("2026-W45", 7200, 0, True),
        ("2026-W46", 4800, 0, True),
        ("2026-W47", 2400, 0, True),
    ]


def _flagged(name: str, margin: float) -> Finding:
    return Finding(name, FLAGGED, "seen", None, None, {}, margin=margin)


def _suggested(
    database: Database, *names: str, verdicts: tuple[tuple[str, str, str], ...] = ()
) -> tuple[Suggestion, ...]:
    week_report = week(Workspace(database, SETTINGS, PARIS, now=NOW), WEEK)
    people = outreach(Workspace(database, SETTINGS, PARIS, now=NOW))
    flagged = [_flagged(name, margin) for margin, name in enumerate(names, 1)]
    return suggest(SETTINGS, week_report, people, flagged=flagged, verdicts=verdicts)


def test_there_is_an_idea_for_each_pattern_that_can_be_flagged() -> None:
    assert set(IDEAS) == {pattern.name for pattern in PATTERNS if pattern.can_be_flagged}


@pytest.mark.parametrize("name", IDEAS)
def test_every_pattern_has_something_to_put_against_it(database: Database, name: str) -> None:
    for day in range(4):
        log(database, "x", day, "10:00", 40)
    first = _suggested(database, name)[0]
    assert (first.source, first.about, first.commitment.pattern) == ("pattern", name, name)
    assert first.commitment.week == "2026-W48"
    assert "{" not in first.commitment.cue + first.commitment.plan
    kept = reviews.add_commitment(database, first.commitment, now=NOW)  # the file takes it as it is
    assert reviews.get_commitment(database, kept.id).target == first.commitment.target


VERDICTS = (("x", "cut", "often unplanned"), ("instagram", "keep", "pays"))


def test_the_strongest_first_then_verdicts_then_budgets_then_people(database: Database) -> None:
    channels.set_budget(database, channels.find(database, "linkedin"), 1800, now=NOW)
    for day in range(4):
        log(database, "linkedin", day, "10:00", 31)
        log(database, "x", day, "12:00", 40)
    log(database, "meeting", -40, "12:00", 10, person="Odile", ring="building")
    suggestions = _suggested(database, "night", "after_posting", verdicts=VERDICTS)
    assert [(suggestion.source, suggestion.about) for suggestion in suggestions] == [
        ("pattern", "after_posting"),
        ("pattern", "night"),
        ("verdict", "x"),
        ("budget", "linkedin"),
        ("people", "Odile"),
    ]
    # Half of X's 40 min on each of the four logged days; LinkedIn's own budget.
    assert [suggestion.commitment.target for suggestion in suggestions[2:4]] == [20.0, 30.0]
    assert suggestions[2].commitment.plan == "I call Odile"
    assert [say_source(suggestion, {"x": "X", "linkedin": "LinkedIn"}) for suggestion in suggestions] == [
        "Checking after posting",
        "At night",
        "X: often unplanned",
        "LinkedIn: over its budget",
        "follow-up due: Odile",
    ]
    assert suggestions == _suggested(database, "night", "after_posting", verdicts=VERDICTS)


def test_without_anything_flagged_there_is_still_somebody_to_call(database: Database) -> None:
    (suggestion,) = _suggested(database)
    assert (suggestion.commitment.plan, suggestion.commitment.measure, suggestion.commitment.target) == (
        "I call one prospect",
        "contacts",
        3,
    )


def test_flags_that_the_user_marked_are_not_shown_first(database: Database) -> None:
    for day in range(-28, 7):
        for minute in range(0, 60, 4):
            log(database, "x", day, f"12:{minute:02}", 0.2)
    before = [flag.finding.name for flag in material(database).flags]
    assert before
    pattern_marks.dismiss(Workspace(database, SETTINGS, PARIS, now=NOW), before[0])
    after = material(database)
    assert [flag.finding.name for flag in after.flags] == before[1:]
    assert len(after.patterns) == len(material(database).week.patterns)


def test_the_unreviewed_week_is_mentioned_once_a_day(database: Database) -> None:
    def later(days: int) -> Workspace:
        return Workspace(database, SETTINGS, PARIS, now=NOW + days * 86_400)

    today = later(0)
    assert unreviewed(today) is None  # nothing was recorded
    log(database, "x", 6, "23:30", 60)
    assert unreviewed(today) == WEEK
    assert reviewing.mention_review(today) == WEEK
    assert reviewing.mention_review(today) is None
    assert reviewing.mention_review(later(1)) == WEEK
    begun(database)
    assert unreviewed(today) == WEEK  # a draft is no review
    reviewing.write_review(today, WEEK)
    assert unreviewed(today) is None
    assert reviewing.mention_review(later(2)) is None
    assert unreviewed(later(-1)) is None  # that week is not over yet


def _committed(database: Database, **fields: object) -> Commitment:
    commitment = Commitment(0, "2026-W48", "tempted", "call")._replace(**fields)  # type: ignore[arg-type]
    return reviews.add_commitment(database, commitment, now=NOW)


def _touches(database: Database, channel: str, now: int = NOW) -> list[str]:
    commitments = commitments_touching(Workspace(database, SETTINGS, PARIS, now=now), channel)
    return [commitment.measure or commitment.plan for commitment in commitments]


def test_the_timer_reminds_of_what_touches_the_beginning(database: Database) -> None:
    assert due_reminder(Workspace(database, SETTINGS, PARIS, now=NOW), "x") is None
    _committed(database, measure="contacts", kind="at_least", target=3.0, per="week")
    _committed(database, measure="social_minutes", kind="at_most", target=30.0, per="day", channel="x")
    assert _touches(database, "x") == ["social_minutes", "contacts"]
    assert _touches(database, "linkedin") == ["contacts"]
    assert _touches(database, "call") == []
    assert due_reminder(Workspace(database, SETTINGS, PARIS, now=NOW + 7 * DAY), "x") is None  # another week


def test_at_night_only_in_the_sleep_hours_of_that_night(database: Database) -> None:
    _committed(database, measure="night_openings", kind="at_most", target=0.0, per="day")
    asleep = SleepHours(23 * 3600, 7 * 3600, ((0, 3600, 9 * 3600),))  # Mondays from one to nine

    def reminded(days: int, clock: str) -> bool:
        settings = SETTINGS._replace(sleep=asleep)
        return bool(commitments_touching(Workspace(database, settings, PARIS, now=at(7 + days, clock)), "x"))

    assert [reminded(0, clock) for clock in ("06:30", "07:30", "22:30", "23:30")] == [True, False, False, False]
    assert [reminded(1, clock) for clock in ("00:30", "01:30", "08:30", "09:30", "23:30")] == [
        *(False, True, True, False, True)
    ]


def test_at_night_in_each_of_the_sleeps_that_alternate(database: Database) -> None:
    _committed(database, measure="night_openings", kind="at_most", target=0.0, per="day")
    settings = SETTINGS._replace(sleep=SleepHours(23 * 3600, 7 * 3600, (), ((8 * 3600, 16 * 3600),)))

    def reminded(clock: str) -> bool:
        return bool(commitments_touching(Workspace(database, settings, PARIS, now=at(8, clock)), "x"))

    assert [reminded(clock) for clock in ("06:30", "07:30", "08:30", "16:30")] == [True, False, True, False]


def test_after_a_post_only_for_as_long_as_was_said(database: Database) -> None:
    _committed(database, measure="after_posting", kind="at_least", target=30.0)
    end = at(7, "12:00")
    sessions.add(database, "linkedin", end - 600, end, PARIS, now=NOW, activity="publish")
    assert _touches(database, "x", now=end + 60) == ["after_posting"]
    assert _touches(database, "x", now=end + 31 * 60) == []


@pytest.mark.parametrize(
    ("measure", "target", "clock", "reminds"),
    [
        ("first_opening", 9 * 3600, "08:59", True),
        ("first_opening", 9 * 3600, "09:00", False),
        ("last_opening", 22 * 3600, "21:00", False),
        ("last_opening", 22 * 3600, "22:30", True),
        ("last_opening", 22 * 3600, "00:30", True),  # the end of the evening before
        ("last_opening", 24.5 * 3600, "00:10", False),
    ],
)
def test_of_a_time_of_day_only_when_it_is_that_time(
    database: Database, measure: str, target: float, clock: str, reminds: bool
) -> None:
    kind = "at_least" if measure == "first_opening" else "at_most"
    _committed(database, measure=measure, kind=kind, target=float(target), per="day")
    day = 9 if clock < "04:00" else 8
    assert bool(_touches(database, "x", now=at(day, clock))) is reminds
