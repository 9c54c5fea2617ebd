"""What channels took and brought: seconds once, a person once, and the leads an hour that pay for it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import NOW
from tracker.analytics.patterns.detector_input import Return, ReturnSummary
from tracker.calendar.clock import to_utc
from tracker.reports.detector_inputs import returns_of
from tracker.reports.load_days import load_days
from tracker.settings import Settings
from tracker.storage import Database, day_records, outcomes, sessions
from tracker.workspace import Workspace

PARIS = "Europe/Paris"
FIRST, LAST = "2026-10-26", "2026-11-22"


def at(month: int, date: int, hour: int, minute: int = 0) -> int:
    return to_utc(PARIS, 2026, month, date, hour, minute)


def log(database: Database, channel: str, start: int, end: int) -> None:
    sessions.add(database, channel, start, end, PARIS, now=NOW)


def bring(database: Database, kind: str, when: int, channel: str, person: str | None = None, **more: Any) -> None:
    outcomes.add(database, kind, when, PARIS, now=NOW, channel=channel, person=person, **more)


def summary_of(database: Database, chosen: Settings, first: str = FIRST, last: str = LAST) -> ReturnSummary:
    loaded = load_days(Workspace(database, chosen, PARIS, now=NOW), first, last)
    return returns_of(Workspace(database, chosen, PARIS, now=NOW), loaded, first, last)


def test_an_empty_log_has_no_returns(database: Database) -> None:
    empty = ReturnSummary((), 0, None, ("hour_cost", "sale_value", "client_share"), all_leads=0, has_results=False)
    assert summary_of(database, Settings()) == empty


def test_the_leads_of_the_channels_that_worth_judges_are_counted_over_its_whole_weeks(database: Database) -> None:
    bring(database, "prospect", at(11, 3, 12), "linkedin", "Ana")
    bring(database, "prospect", at(11, 4, 12), "call", "Odile")
    bring(database, "prospect", at(11, 5, 12), "whatsapp", "Ben")  # a messenger, which has no verdict
    bring(database, "prospect", at(10, 20, 12), "x", "Cem")  # before the span that is asked for
    summary = summary_of(database, Settings())
    assert (summary.all_leads, summary.has_results) == (2, True)


def test_seconds_and_leads_of_each_social_channel_in_the_span(database: Database) -> None:
    log(database, "linkedin", at(11, 3, 10), at(11, 3, 12))
    log(database, "linkedin", at(10, 20, 10), at(10, 20, 12))  # before the span
    log(database, "x", at(11, 3, 12), at(11, 3, 12, 30))
    log(database, "call", at(11, 4, 12), at(11, 4, 13))  # not social
    bring(database, "prospect", at(11, 3, 12), "linkedin", "Ana")
    bring(database, "recommendation", at(11, 4, 12), "call", "Odile")
    day_records.confirm_zero(database, "2026-11-05", True, now=NOW)
    assert summary_of(database, Settings()).returns == (Return("linkedin", 7200, 1), Return("x", 1800, 0))
    assert summary_of(database, Settings()).days == 3


def test_a_person_is_one_lead_whatever_they_become(database: Database) -> None:
    bring(database, "prospect", at(11, 3, 12), "linkedin", "Ana")
    bring(database, "client", at(11, 10, 12), "linkedin", "ANA")
    bring(database, "prospect", at(9, 1, 12), "linkedin", "Ben")  # before the span: nobody new
    bring(database, "client", at(11, 10, 13), "linkedin", "Ben")
    bring(database, "prospect", at(11, 11, 12), "linkedin")
    bring(database, "prospect", at(11, 11, 13), "linkedin")  # without a name each is somebody
    assert summary_of(database, Settings()).returns == (Return("linkedin", 0, 3),)


def test_the_break_even_from_the_settings(database: Database) -> None:
    chosen = Settings(hour_cost=4500, sale_value=90_000, client_share=0.25, margin=0.8)
    # 45 / (900 · 0.25 · 0.8) = 45 / 180 = 0.25 leads an hour
    assert summary_of(database, chosen).break_even == pytest.approx(0.25)
    assert summary_of(database, chosen._replace(client_share=None)).lacking == ("client_share",)


def test_the_break_even_from_five_sales_on_comes_from_the_log(database: Database) -> None:
    chosen = Settings(hour_cost=4500, sale_value=90_000, client_share=0.25)
    for number, amount in enumerate((40_000, 60_000, 50_000, 70_000)):
        bring(database, "client", at(9, 1 + number, 10), "linkedin", f"C{number}")
        bring(database, "income", at(9, 9, 10), "linkedin", f"C{number}", amount=amount, currency="EUR")
    bring(database, "income", at(9, 10, 11), "linkedin", "Dollar", amount=99_000, currency="USD")
    assert summary_of(database, chosen).break_even == pytest.approx(0.2)  # four sales: still 45 / (900 · 0.25)
    bring(database, "income", at(9, 10, 10), "linkedin", "C3", amount=30_000, currency="EUR")  # its second half
    # Five sales to four buyers, who paid 2500 / 4 = 625 in all; four leads of thirty days, all of them clients.
    assert summary_of(database, chosen).break_even == pytest.approx(45 / 625)
    for number in range(5):
        bring(database, "prospect", at(9, 20 + number, 10), "x", f"P{number}")
    bring(database, "income", at(10, 1, 10), "call", "P0", amount=50_000, currency="EUR")
    bring(database, "client", at(11, 20, 10), "x", "Young")  # under thirty days: open, whatever it became
    # 6 sales to 5 buyers: (400 + 600 + 500 + 700 + 300 + 500) / 5 = 600; 9 leads over thirty days old, 5 of them
    # clients:
    # 45 / (600 · 5/9)
    assert summary_of(database, chosen).break_even == pytest.approx(45 / (600 * 5 / 9))


def test_six_incomes_of_one_client_are_six_sales(database: Database) -> None:
    chosen = Settings(hour_cost=4500)
    bring(database, "client", at(6, 1, 10), "linkedin", "Samia")
    for month in range(6, 10):
        bring(database, "income", at(month, 15, 10), "linkedin", "samia", amount=80_000, currency="EUR")
    assert summary_of(database, chosen).lacking == ("sale_value", "client_share")
    for month in (10, 11):
        bring(database, "income", at(month, 15, 10), "linkedin", "Samia", amount=80_000, currency="EUR")
    # 6 · 800 from one buyer: a client is worth 4800, and the one lead of thirty days became one.
    assert summary_of(database, chosen).break_even == pytest.approx(45 / 4800)


def test_what_came_after_the_span_is_not_known_in_it(database: Database) -> None:
    bring(database, "prospect", at(11, 23, 10), "linkedin", "Ana")
    log(database, "linkedin", at(11, 22, 23), at(11, 23, 6))
    # The day lasts until 04:00.
    assert summary_of(database, Settings()).returns == (Return("linkedin", 5 * 3600, 0),)
