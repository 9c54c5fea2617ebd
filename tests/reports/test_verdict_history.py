"""What came of a verdict: hours before and after, in logged days, and leads and income since."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import NOW
from tracker.calendar.clock import to_utc
from tracker.reports.longer_look import VerdictResult, say_verdict_result
from tracker.reports.worth import VerdictFollowUp, verdict_history
from tracker.reports.worth_wording import say_follow_up
from tracker.settings import Settings
from tracker.storage import Database, outcomes, reviews, sessions
from tracker.workspace import Workspace

PARIS = "Europe/Paris"
HOUR = 3600
CHOSEN = Settings(first_weekday=0)


def at(month: int, date: int, hour: int) -> int:
    return to_utc(PARIS, 2026, month, date, hour, 0)


def log(database: Database, channel: str, month: int, date: int, hours: int) -> None:
    sessions.add(database, channel, at(month, date, 12), at(month, date, 12 + hours), PARIS, now=NOW)


def give(database: Database, week: str, channel: str | None, verdict: str) -> None:
    reviews.give_verdict(database, week, channel, verdict, computed=verdict, now=NOW)


def bring(database: Database) -> None:
    """A result of the year before: since then it is known what came."""
    outcomes.add(database, "prospect", to_utc(PARIS, 2025, 11, 3, 12, 0), PARIS, now=NOW, channel="x", person="Odile")


def told(database: Database, channel: str | None, **more: Any) -> tuple[VerdictFollowUp, ...]:
    return verdict_history(Workspace(database, CHOSEN, PARIS, now=NOW), channel, **more)


def test_no_verdict_no_story(database: Database) -> None:
    assert told(database, "linkedin") == ()


def test_before_and_after_are_a_week_of_logged_days(database: Database) -> None:
    # The week 2026-W45 is 2 to 8 November; the four weeks up to it begin on 12 October.
    for date in (12, 13, 20, 30):
        log(database, "linkedin", 10, date, 3)
    log(database, "linkedin", 10, 11, 9)  # before them
    for date in (9, 10, 11):
        log(database, "linkedin", 11, date, 1)
    log(database, "work", 11, 12, 2)  # logged, without LinkedIn
    bring(database)
    give(database, "2026-W45", "linkedin", "cut")
    (follow_up,) = told(database, "linkedin")
    assert (follow_up.since, follow_up.until) == ("2026-11-09", "2026-11-23")
    # 12 h in 4 logged days are 21 h in seven; 3 h in 4 logged days are 5 h 15.
    assert (follow_up.before.weekly_seconds, follow_up.before.days) == (21 * HOUR, 4)
    assert (follow_up.after.weekly_seconds, follow_up.after.days) == (5 * HOUR + 900, 4)
    assert say_follow_up(follow_up, "EUR") == (
        "your verdict of 2026-W45: - cut down · 21h a week before · 5h 15m a week since · 0 new leads since"
    )


def test_of_few_logged_days_the_sum_is_told_and_no_week(database: Database) -> None:
    for date in (6, 7, 8):
        sessions.add(database, "linkedin", at(11, date, 12), at(11, date, 12) + 400, PARIS, now=NOW)
    log(database, "linkedin", 11, 10, 1)
    bring(database)
    give(database, "2026-W45", "linkedin", "cut")
    (follow_up,) = told(database, "linkedin")
    assert [follow_up.before.is_enough, follow_up.after.is_enough] == [False, False]
    came = "20m in all before, in 3 logged days · 1h in all since, in 1 logged day · 0 new leads since"
    assert say_follow_up(follow_up, "EUR") == f"your verdict of 2026-W45: - cut down · {came}"
    # The longer look says the same.
    assert say_verdict_result(VerdictResult("LinkedIn", follow_up), "EUR") == f"2026-W45: - cut down · {came}"
    log(database, "work", 11, 5, 1)
    (follow_up,) = told(database, "linkedin")
    assert follow_up.before.weekly_seconds == 2100
    assert "35m a week before" in say_follow_up(follow_up, "EUR")


def test_each_verdict_has_the_time_until_the_next(database: Database) -> None:
    give(database, "2026-W45", "linkedin", "cut")
    give(database, "2026-W46", "linkedin", "stop")
    log(database, "linkedin", 11, 10, 2)
    log(database, "linkedin", 11, 17, 1)
    for date, kind, person, amount, currency in (
        (10, "prospect", "Ana", None, None),
        (17, "client", "Ana", None, None),
        (17, "prospect", "Ben", None, None),
        (18, "income", "Ana", 30_000, "EUR"),
        (18, "income", "Ana", 5_000, "USD"),
        (19, "client", "Ben", 1_000, "EUR"),
    ):
        outcomes.add(
            *(database, kind, at(11, date, 20), PARIS),
            now=NOW,
            channel="linkedin",
            person=person,
            amount=amount,
            currency=currency,
        )
    first, second = told(database, "linkedin")
    assert (first.verdict.verdict, first.until, first.leads, first.income) == ("cut", "2026-11-15", 1, 0)
    assert (second.verdict.verdict, second.since, second.leads) == ("stop", "2026-11-16", 1)
    assert (second.income, second.other_income) == (31_000, (("USD", 5_000),))
    assert told(database, "linkedin", most=1) == (second,)


def test_a_verdict_of_this_week_has_nothing_after_it_yet(database: Database) -> None:
    log(database, "x", 11, 23, 2)
    give(database, "2026-W48", "x", "stop")
    (follow_up,) = told(database, "x")
    assert (follow_up.after.weekly_seconds, follow_up.after.days, follow_up.leads) == (None, 0, None)
    bring(database)
    assert told(database, "x")[0].leads == 0
    assert follow_up.before.weekly_seconds == 14 * HOUR
    assert say_follow_up(follow_up, "EUR").endswith("2h in all before, in 1 logged day · nothing logged since")


@pytest.mark.parametrize("channel", ["call", "meeting"])
def test_real_contact_is_every_channel_in_person(database: Database, channel: str) -> None:
    give(database, "2026-W45", None, "more")
    log(database, channel, 11, 10, 1)
    (follow_up,) = told(database, None)
    assert (follow_up.before.weekly_seconds, follow_up.after.weekly_seconds) == (None, 7 * HOUR)
    assert "before" not in say_follow_up(follow_up, "EUR")
