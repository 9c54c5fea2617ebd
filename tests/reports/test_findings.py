"""What the detectors are given, by hand: a small file, and the Log it must become."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.importers.makers import at
from tracker import demo
from tracker.analytics.patterns.detector_input import EndedPause, Notification, Planned, Post, WeekEstimate
from tracker.analytics.patterns.pattern import NOT_ENOUGH
from tracker.analytics.patterns.registry import NAMES, find
from tracker.calendar.days import dates, next_date, week_dates
from tracker.domain.errors import TrackerError
from tracker.importers import importing
from tracker.importers.imported_record import ImportOptions
from tracker.reports.detector_inputs import log, log_of_openings
from tracker.reports.load_days import load_days
from tracker.reports.patterns import findings, looks_of_five_weeks
from tracker.reports.week import week as week_of
from tracker.settings import Settings
from tracker.storage import Database, day_records, imported_facts, outcomes, sessions
from tracker.storage.undo_steps import undo_step
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tracker.analytics.patterns.detector_input import DetectorInput
    from tracker.analytics.patterns.pattern import Finding

PARIS = "Europe/Paris"
TODAY = "2026-11-23"
CHOSEN = Settings(
    first_weekday=0, sleep=(82_800, 25_200), wakes_at=25_200, patterns=(("night.nights", 4.0),), hour_cost=4_500
)


def add(
    database: Database, channel: str, when: str, minutes: float, activity: str | None = None, **more: object
) -> int:
    start = at(when)
    lasts = round(minutes * 60)
    added = sessions.add(database, channel, start, start + lasts, PARIS, now=NOW, activity=activity, **more)  # type: ignore[arg-type]
    return added.id


def named(findings: Iterable[Finding]) -> dict[str, Finding]:
    return {finding.name: finding for finding in findings}


def of(database: Database, settings: Settings = CHOSEN, **more: Any) -> DetectorInput:
    return log(Workspace(database, settings, PARIS, now=NOW), **more)


def test_posts_and_plans_are_social_sessions_that_ended(database: Database) -> None:
    post = add(database, "linkedin", "2026-11-20 09:00", 10, "publish")
    plan = add(database, "instagram", "2026-11-20 18:00", 25, planned_seconds=600)
    add(database, "work", "2026-11-20 10:00", 60, planned_seconds=3600)
    sessions.start(database, "x", NOW - 60, PARIS, now=NOW, planned_seconds=300)
    inputs = of(database)
    begun = at("2026-11-20 09:00")
    assert inputs.posts == (Post(begun, begun + 600, PARIS, post),)
    assert inputs.plans == (Planned("2026-11-20", 600, 1500, plan),)
    assert [opening.channel for opening in inputs.openings] == ["linkedin", "instagram", "x"]


def test_a_day_s_seconds_count_once_and_are_cut_at_its_bounds(database: Database) -> None:
    add(database, "linkedin", "2026-11-20 10:00", 30)
    add(database, "instagram", "2026-11-20 10:20", 20)
    add(database, "youtube", "2026-11-21 03:50", 20)  # until 04:10: half of it is the next day's
    add(database, "work", "2026-11-19 10:00", 60)
    inputs = of(database)
    assert inputs.seconds == {"2026-11-20": 40 * 60 + 600, "2026-11-21": 600}
    assert inputs.logged_dates == ("2026-11-19", "2026-11-20", "2026-11-21")


def test_signs_of_life_are_all_else_that_was_recorded(database: Database) -> None:
    add(database, "linkedin", "2026-11-20 07:30", 10)
    add(database, "whatsapp", "2026-11-20 07:10", 2)
    day_records.add_urge(database, "x", at("2026-11-20 08:00"), PARIS, now=NOW)
    outcomes.add(database, "prospect", at("2026-11-20 09:00"), PARIS, now=NOW)
    assert tuple(of(database).life) == tuple(
        at(f"2026-11-20 {clock}") for clock in ("07:10", "07:12", "08:00", "09:00")
    )


def test_pauses_are_those_that_are_over_each_as_it_was_meant(database: Database) -> None:
    first, second, third = at("2026-11-20 14:00"), at("2026-11-21 14:00"), NOW - 60
    day_records.begin_pause(database, first + 3600, PARIS, now=first)
    day_records.begin_pause(database, second + 3600, PARIS, now=second)
    day_records.begin_pause(
        database, second + 7200, PARIS, now=second + 600
    )  # a longer one in its place: the same abstinence
    day_records.call_off_pause(database, now=second + 4000)
    day_records.begin_pause(database, NOW + 3600, PARIS, now=third)
    add(database, "work", "2026-11-20 10:00", 1)
    assert of(database, last="2026-11-19").pauses == ()
    # A check in the very second a pause is declared is no opening inside it, so each begins a second later.
    assert of(database).pauses == (
        EndedPause("2026-11-20", first + 1, first + 3600),
        EndedPause("2026-11-21", second + 1, second + 4000),
    )


def test_what_runs_over_the_end_of_the_last_day_is_not_over_as_of_it(database: Database) -> None:
    day_records.begin_pause(database, at("2026-11-21 04:30"), PARIS, now=at("2026-11-21 03:00"))
    add(database, "work", "2026-11-20 10:00", 1)
    assert of(database, last="2026-11-20").pauses == ()
    assert of(database, last="2026-11-21").pauses == (
        EndedPause("2026-11-20", at("2026-11-21 03:00:01"), at("2026-11-21 04:30")),
    )
    assert (of(database, last="2026-11-20").known_until, of(database).known_until) == (at("2026-11-21 04:00"), NOW)


def test_estimates_stand_beside_what_was_logged_of_their_weeks(database: Database) -> None:
    add(database, "linkedin", "2026-11-10 10:00", 90)
    add(database, "linkedin", "2026-11-15 23:00", 30)
    add(database, "linkedin", "2026-11-16 10:00", 45)
    for day in (11, 12):
        add(database, "work", f"2026-11-{day} 10:00", 30)
    add(database, "linkedin", "2026-11-03 10:00", 90)  # too little of its week to hold an estimate against
    with undo_step(database, "estimated", NOW):
        for week, channel, seconds in (
            ("2026-W46", None, 3600),
            ("2026-W46", "linkedin", 1800),
            ("2026-W45", None, 36_000),
            ("2026-W48", None, 60),  # not over yet
            ("2026-W20", None, 60),  # too long ago
        ):
            database.change(
                "INSERT INTO estimate(week, channel, seconds, at) VALUES (?, ?, ?, ?)", (week, channel, seconds, NOW)
            )
    assert of(database).estimates == (WeekEstimate("2026-W46", 3600, 7200, "2026-11-09", "2026-11-15"),)
    assert of(database, channel="linkedin").estimates == (
        WeekEstimate("2026-W46", 1800, 7200, "2026-11-09", "2026-11-15"),
    )
    assert of(database, last="2026-11-14").estimates == ()


def test_settings_notifications_and_worth_are_there(database: Database) -> None:
    add(database, "linkedin", "2026-11-20 10:00", 60)
    outcomes.add(database, "prospect", at("2026-11-20 12:00"), PARIS, now=NOW, channel="linkedin", person="Samia")
    asked = [("linkedin", at("2026-11-20 09:58")), ("whatsapp", at("2026-11-20 09:59"))]
    with undo_step(database, "imported", NOW):
        imported_facts.insert_notifications(database, asked, PARIS)
    inputs = of(database)
    assert (inputs.sleep, inputs.wakes_at, inputs.thresholds) == ((82_800, 25_200), 25_200, {"night.nights": 4.0})
    assert inputs.notifications == (
        Notification("linkedin", at("2026-11-20 09:58"), PARIS),
        Notification("whatsapp", at("2026-11-20 09:59"), PARIS),
    )
    assert of(database, channel="linkedin").notifications == inputs.notifications, "who did not ask is known"
    assert [tuple(leads) for leads in inputs.worth.returns] == [("linkedin", 3600, 1)]
    assert inputs.worth.lacking == ("sale_value", "client_share")


def test_one_channel_only(database: Database) -> None:
    add(database, "linkedin", "2026-11-20 10:00", 10, "publish")
    add(database, "instagram", "2026-11-20 11:00", 20)
    inputs = of(database, channel="instagram")
    assert [opening.channel for opening in inputs.openings] == ["instagram"]
    assert (inputs.seconds, inputs.posts) == ({"2026-11-20": 1200}, ())
    assert at("2026-11-20 10:00") in inputs.life, "what else was done is a sign of life"
    for name in ("whatsapp", "work", "nowhere"):
        with pytest.raises(TrackerError, match=name):
            of(database, channel=name)


def test_as_of_an_earlier_day_nothing_later_is_known(database: Database) -> None:
    add(database, "linkedin", "2026-11-18 10:00", 10, "publish")
    add(database, "linkedin", "2026-11-20 10:00", 10, "publish")
    inputs = of(database, last="2026-11-19")
    assert inputs.logged_dates == ("2026-11-18",)
    assert (len(inputs.openings), len(inputs.posts), inputs.seconds) == (1, 1, {"2026-11-18": 600})


def test_thirteen_weeks_are_kept_and_28_logged_days_are_the_window(database: Database) -> None:
    for date in dates("2026-08-01", "2026-11-22"):
        add(database, "linkedin", f"{date} 10:00", 5)
    inputs = of(database)
    assert (inputs.logged_dates[0], inputs.logged_dates[-1]) == ("2026-08-25", "2026-11-22")
    assert (len(inputs.openings), len(inputs.window)) == (90, 28)


def test_a_span_asked_for_is_the_window_however_long(database: Database) -> None:
    add(database, "linkedin", "2025-03-01 10:00", 10)
    add(database, "work", "2025-03-02 10:00", 10)  # no social time, and logged all the same
    day_records.confirm_zero(database, "2025-03-03", True, now=NOW)
    add(database, "linkedin", "2026-11-20 10:00", 10)
    inputs = of(database, first="2025-01-01")
    assert inputs.days is None
    assert inputs.window == ("2025-03-01", "2025-03-02", "2025-03-03", "2026-11-20")
    assert len(inputs.openings) == 2
    assert of(database, first="2026-11-01").window == ("2026-11-20",)


def test_a_long_span_and_a_short_one_are_put_together_alike(database: Database) -> None:
    """The long way reads social sessions only, the short way everything: of the same days both say the same."""
    for day in range(0, 80, 3):
        date = next_date("2026-09-01", day)
        add(database, "linkedin", f"{date} 10:00", 5, "publish", planned_seconds=120)
        add(database, "work", f"{next_date(date)} 11:00", 5)
    short = of(database, first="2026-09-01")
    add(database, "work", "2026-03-01 11:00", 5)
    long = of(database, first="2026-03-01")
    assert long.logged_dates == ("2026-03-01", *short.logged_dates)
    assert long._replace(logged_dates=short.logged_dates) == short


def test_every_pattern_is_there_over_no_log_and_over_one_session(database: Database) -> None:
    for more in range(2):
        if more:
            add(database, "linkedin", "2026-11-20 10:00", 5)
        for first in (None, "2020-01-01"):
            found_now = tuple(find(log(Workspace(database, Settings(), PARIS, now=NOW), first=first)))
            assert tuple(finding.name for finding in found_now) == NAMES
            assert {finding.state for finding in found_now} == {NOT_ENOUGH}
            assert all(finding.evidence for finding in found_now)


def old_and_new(database: Database, first: str, days: int) -> None:
    """Nights and days of several openings on so many days from `first` on, and one day in the week of today."""
    for date in dates(first, next_date(first, days - 1)):
        for hour in (8, 12, 16):
            add(database, "linkedin", f"{date} {hour:02}:00", 10)
        add(database, "linkedin", f"{date} 20:00", 10)
        add(database, "linkedin", f"{next_date(date)} 02:00", 5)
    add(database, "linkedin", "2026-11-20 10:00", 5)


def test_who_one_was_seven_years_ago_is_not_looked_at_unless_it_is_asked_for(database: Database) -> None:
    old_and_new(database, "2019-11-01", 30)
    by_name = {finding.name: finding for finding in findings(Workspace(database, CHOSEN, PARIS, now=NOW))}
    assert {finding.state for finding in by_name.values()} == {NOT_ENOUGH}
    assert by_name["rising_use"].evidence == "needs 34 more logged days; what is older than 13 weeks is not looked at"
    assert by_name["night"].evidence == "needs 13 more logged nights; what is older than 13 weeks is not looked at"
    assert (by_name["night"].first_date, by_name["night"].last_date) == ("2026-11-20", "2026-11-20")
    assert of(database).openings == of(database, first="2026-08-25").openings
    then = {
        finding.name: finding for finding in findings(Workspace(database, CHOSEN, PARIS, now=NOW), last="2019-12-05")
    }
    assert (then["night"].state, then["night"].last_date) == ("flagged", "2019-11-30")
    assert "older" not in then["rapid_return"].evidence
    asked = {
        finding.name: finding for finding in find(log(Workspace(database, CHOSEN, PARIS, now=NOW), first="2019-01-01"))
    }
    assert asked["rising_use"].first_date == "2019-11-01"


def test_thirteen_weeks_are_looked_at_and_not_a_day_more(database: Database) -> None:
    old_and_new(database, "2026-08-01", 30)
    inputs = of(database)
    assert inputs.logged_dates[0] == "2026-08-25"
    assert (len(dates("2026-08-25", TODAY)), inputs.older) == (91, True)
    assert len(of(database, last="2026-10-29").window) == 28
    assert not of(database, first="2026-09-01").older


def test_what_was_recorded_long_ago_is_no_excuse_for_a_missing_setting(database: Database) -> None:
    old_and_new(database, "2019-11-01", 30)
    for date in dates("2026-11-01", TODAY):
        add(database, "linkedin", f"{date} 12:00", 5)
    (night,) = (
        finding for finding in findings(Workspace(database, Settings(), PARIS, now=NOW)) if finding.name == "night"
    )
    assert night.evidence == "needs sleep hours of more than 2 h (`tracker config sleep 23:00-07:00`)"


def test_the_week_that_runs_says_what_today_says(database: Database) -> None:
    old_and_new(database, "2026-08-20", 30)  # as of the week's Sunday, thirteen weeks would begin later
    add(database, "linkedin", "2026-11-23 10:00", 5)
    own = week_of(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-W48").patterns
    assert own == findings(Workspace(database, CHOSEN, PARIS, now=NOW))


@pytest.mark.usefixtures("samples")
def test_the_week_on_a_phone_of_2019_is_the_last_of_its_five(samples: Path, tmp_path: Path) -> None:
    with Database.open(str(tmp_path / "phone.db")) as database:
        (export,) = (samples / "app-usage").glob("user1*.csv")
        importing.import_files(database, "app-usage", str(export), ImportOptions(PARIS, NOW))
        for week in ("2019-W47", "2019-W49", "2019-W50"):
            own = week_of(Workspace(database, CHOSEN, PARIS, now=NOW), week).patterns
            looks = looks_of_five_weeks(Workspace(database, CHOSEN, PARIS, now=NOW), week)
            assert [looks[finding.name][-1].state for finding in own] == [finding.state for finding in own]
        assert {look.state for some in looks.values() for look in some[-1:]} == {NOT_ENOUGH}, "nothing logged"
        assert [look.figure for look in looks["check_cluster"]][-1] is None


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Path:
    path = tmp_path_factory.mktemp("year") / "demo.db"
    shutil.copy(demo_file, path)
    return path


def test_every_pattern_of_the_demo_has_its_inputs(year: Path) -> None:
    with Database.open(str(year)) as database:
        by_name = {finding.name: finding for finding in findings(Workspace(database, demo.SETTINGS, PARIS, now=NOW))}
    assert tuple(by_name) == NAMES
    silent = {name for name, finding in by_name.items() if finding.state == NOT_ENOUGH}
    assert silent <= {"rebound", "time_distortion"}, "quiet days are few, and weeks are estimated in reviews"


def test_what_a_week_gathered_gives_the_same_findings(year: Path) -> None:
    with Database.open(str(year)) as database:
        gathered = load_days(
            Workspace(database, demo.SETTINGS, PARIS, now=NOW), next_date("2026-11-29", -97), "2026-11-29"
        )
        for last in (TODAY, "2026-11-15"):
            own = findings(Workspace(database, demo.SETTINGS, PARIS, now=NOW), last=last)
            assert findings(Workspace(database, demo.SETTINGS, PARIS, now=NOW), last=last, loaded=gathered) == own


def test_the_log_of_openings_is_the_log_as_far_as_openings_go(year: Path) -> None:
    with Database.open(str(year)) as database:
        whole = log(Workspace(database, demo.SETTINGS, PARIS, now=NOW))
        less = log_of_openings(Workspace(database, demo.SETTINGS, PARIS, now=NOW), last=TODAY)
    assert less.window == whole.window
    window = set(whole.window)
    assert window <= set(less.logged_dates)
    assert set(less.openings[-200:]) == set(whole.openings[-200:])


def test_five_weeks_are_the_findings_as_of_their_ends(year: Path) -> None:
    with Database.open(str(year)) as database:
        looks_of = looks_of_five_weeks(Workspace(database, demo.SETTINGS, PARIS, now=NOW), "2026-W48")
        assert tuple(looks_of) == NAMES
        for place, (week, date) in enumerate(
            (
                ("2026-W44", "2026-11-01"),
                ("2026-W45", "2026-11-08"),
                ("2026-W46", "2026-11-15"),
                ("2026-W47", "2026-11-22"),
                ("2026-W48", TODAY),  # as it stands
            )
        ):
            own = week_of(Workspace(database, demo.SETTINGS, PARIS, now=NOW), week).patterns
            looks = [looks[place] for looks in looks_of.values()]
            assert {(look.week, look.date) for look in looks} == {(week, date)}
            assert [look.state for look in looks] == [finding.state for finding in own]
            assert looks_of["check_cluster"][place].figure == named(own)["check_cluster"].figures["clusters"]
            then = findings(Workspace(database, demo.SETTINGS, PARIS, now=NOW), last=date)
            figures = named(then)["time_without_return"].figures
            assert looks_of["time_without_return"][place].figure == figures[f"below.{figures['channel']}"]
            assert all(look.figure is not None for look in looks if look.state != NOT_ENOUGH)


def test_a_burst_stands_in_the_week_it_fell_on_and_in_no_other(year: Path) -> None:
    with Database.open(str(year)) as database:
        looks = looks_of_five_weeks(Workspace(database, demo.SETTINGS, PARIS, now=NOW), "2026-W48")["check_cluster"]
        then = findings(Workspace(database, demo.SETTINGS, PARIS, now=NOW), last="2026-11-22")
        bursts = named(then)["check_cluster"].events
    fell = [[burst for burst in bursts if burst.date in week_dates(look.week, 0)] for look in looks[1:4]]
    assert any(fell)
    assert all(len(clusters) < len(bursts) for clusters in fell), "each shows its own only"
    assert [(look.state, look.figure) for look in looks[1:4]] == [
        ("flagged" if clusters else "quiet", len(clusters)) for clusters in fell
    ]


def test_of_weeks_before_the_log_and_to_come_there_is_nothing_to_say(database: Database) -> None:
    add(database, "linkedin", "2026-11-20 10:00", 5)
    looks_of = looks_of_five_weeks(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-W48")
    assert {look.state for looks in looks_of.values() for look in looks} == {NOT_ENOUGH}
    ahead = looks_of_five_weeks(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-W50")
    assert [look.week for look in ahead["night"]] == ["2026-W46", "2026-W47", "2026-W48"]
    assert looks_of_five_weeks(Workspace(database, CHOSEN, PARIS, now=NOW), "2027-W20") == {}
