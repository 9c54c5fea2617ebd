"""Is it worth it? Sums done by hand, and at the edges."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import NOW
from tracker import locale
from tracker.analytics.channel_worth import NOT_ENOUGH_DATA, WorthReport, WorthRow
from tracker.calendar.clock import to_utc
from tracker.cli.worth import table_lines
from tracker.formatting.numbers import format_decimal, format_percent, format_signed_percent
from tracker.reports import html_page, markdown_page
from tracker.reports.review_page import worth_section
from tracker.reports.worth import worth_report
from tracker.reports.worth_columns import COLUMNS, HTML_COLUMNS, explain_cell, say_precise, stored_rows
from tracker.reports.worth_wording import (
    say_break_even,
    say_chance,
    say_compared,
    say_comparisons,
    say_hours,
    say_spend_and_margin,
    say_test,
    say_unjudged,
)
from tracker.settings import Settings
from tracker.storage import Database, channels, outcomes, people, reviews, sessions
from tracker.workspace import Workspace

PARIS, MONTREAL = "Europe/Paris", "America/Toronto"
HOUR = 3600
CHOSEN = Settings(
    first_weekday=0,
    focus_hours=((9 * HOUR, 12 * HOUR),),
    hour_cost=4500,
    sale_value=90_000,
    client_share=0.25,
    margin=0.8,
)


def at(month: int, date: int, hour: int, minute: int = 0, zone: str = PARIS) -> int:
    return to_utc(zone, 2026, month, date, hour, minute)


def log(database: Database, channel: str, start: int, end: int, zone: str = PARIS, **details: Any) -> None:
    sessions.add(database, channel, start, end, zone, now=NOW, **details)


def hours(database: Database, channel: str, count: int, hour: int = 13, month: int = 11) -> None:
    """So many hours, two a day from the first of the month on."""
    for day in range(count // 2):
        log(database, channel, at(month, 1 + day, hour), at(month, 1 + day, hour + 2))


def bring(
    database: Database, kind: str, when: int, channel: str | None, person: str | None = None, **more: Any
) -> None:
    outcomes.add(database, kind, when, PARIS, now=NOW, channel=channel, person=person, **more)


def table(database: Database, chosen: Settings = CHOSEN, **more: Any) -> WorthReport:
    return worth_report(Workspace(database, chosen, PARIS, now=NOW), **more)


def row(report: WorthReport, channel: str) -> WorthRow:
    worth_row = report.row(channel)
    assert worth_row is not None
    return worth_row


@pytest.fixture
def autumn(database: Database) -> Database:
    """Twenty hours of LinkedIn and ten of calls, with what they brought."""
    hours(database, "linkedin", 20)
    hours(database, "call", 10, 17)
    for kind, person in (("prospect", "Ana"), ("recommendation", "Ben"), ("client", "Cem")):
        bring(database, kind, at(11, 10, 15), "linkedin", person)
    bring(database, "client", at(11, 12, 15), "linkedin", "Ana")  # no new lead
    bring(database, "income", at(11, 13, 15), "linkedin", "Cem", amount=200_000, currency="EUR")
    for person in ("Odile", "Paul"):
        bring(database, "prospect", at(11, 5, 20), "call", person)
    bring(database, "income", at(11, 13, 16), "call", "Odile", amount=100_000, currency="EUR")
    outcomes.add_spend(database, "linkedin", at(11, 3, 9), PARIS, now=NOW, amount=10_000, currency="EUR")
    return database


def test_the_sums_of_a_channel(autumn: Database) -> None:
    worth_row = row(table(autumn), "linkedin")
    assert (worth_row.seconds, worth_row.sessions) == (20 * HOUR, 10)
    assert (worth_row.time_cost, worth_row.spend, worth_row.cost) == (90_000, 10_000, 100_000)  # 20 · 45 + 100 = 1000
    brought = worth_row.outcomes
    assert (brought.recommendations, brought.prospects, brought.clients, brought.leads) == (1, 1, 2, 3)
    assert brought.income == 200_000
    assert worth_row.roi_percent == pytest.approx(60)  # 100 · (1600 − 1000) / 1000
    assert worth_row.cost_per_lead == 33_333  # 1000 / 3
    assert worth_row.net_per_hour == 3000  # (1600 − 1000) / 20
    assert worth_row.economics.break_even == pytest.approx(0.25)  # 45 / (900 · 0.25 · 0.8)
    assert worth_row.rate is not None
    assert worth_row.rate.mean == pytest.approx(3.5 / 20)
    # Ana became a client, Cem was one from the start; Ben is thirteen days old.
    assert brought.open_leads == 1


def test_the_tests_and_verdicts_of_two_channels(autumn: Database) -> None:
    report = table(autumn)
    linkedin, contact = report.rows
    assert (linkedin.channel, contact.channel, contact.kind) == ("linkedin", "in_person", "in_person")
    # Hours 20 / 30 = 67 %, leads 3 / 5 = 60 %, income 2000 / 3000.
    assert linkedin.test("time").figures == {
        "hours_share": 2 / 3,
        "leads_share": 3 / 5,
        "income_share": 2 / 3,
        "leads_times": pytest.approx(10 / 9),
        "income_times": 1,
        "expected_leads": pytest.approx(10 / 3),
    }
    assert linkedin.test("time").state == "pass"
    assert linkedin.test("procrastination").state == "pass"
    assert linkedin.below_break_even is not None
    assert 0.1 < linkedin.below_break_even < 0.9
    assert (linkedin.test("return").state, linkedin.verdict) == (NOT_ENOUGH_DATA, NOT_ENOUGH_DATA)
    assert report.probability_better("linkedin", "in_person") == pytest.approx(
        1 - (report.probability_better("in_person", "linkedin") or 0)
    )


def test_a_cost_above_the_hours_and_a_return_below_the_income_are_explained(autumn: Database) -> None:
    report = table(autumn, CHOSEN._replace(margin=0.8))
    said = ["the cost includes €100 spent besides the hours", "the return counts 80% of the income, your margin"]
    assert say_spend_and_margin(row(report, "linkedin")) == said
    assert said in stored_rows(report)[0].values()
    whole = row(table(autumn, CHOSEN._replace(margin=1.0)), "in_person")
    assert say_spend_and_margin(whole) == [], "nothing was spent, and all of the income counts"


def test_a_channel_that_takes_and_does_not_bring_is_to_be_stopped(autumn: Database) -> None:
    hours(autumn, "youtube", 30, 20, month=10)
    report = table(autumn)
    youtube = row(report, "youtube")
    # P(½, 0.25 · 30) is over 0.99; half of the hours, none of the leads.
    assert [test.state for test in youtube.tests] == ["pass", "fail", "fail"]
    assert youtube.verdict == "stop"
    # Thirty hours are 30 · 45 = 1350, or fifteen calls of two hours.
    assert report.usual_call_seconds == 2 * HOUR
    assert report.opportunity_cost(youtube) == (135_000, 15)


def test_real_contact_that_pays_is_worth_more_of(autumn: Database) -> None:
    for number in range(8):
        bring(autumn, "recommendation", at(11, 6, 20), "meeting", f"N{number}")
    contact = table(autumn).rows[-1]
    assert (contact.leads, contact.channels) == (10, ("call", "video", "meeting"))
    assert contact.verdict == "more"


def test_an_empty_log_has_no_rows(database: Database) -> None:
    report = table(database)
    assert (report.rows, report.logged_days, report.days) == ((), 0, 85)
    assert (report.first, report.last, report.week) == ("2026-08-31", "2026-11-29", "2026-W48")


def test_one_session_says_what_it_can(database: Database) -> None:
    log(database, "x", at(11, 20, 10), at(11, 20, 10, 10))
    report = table(database)
    assert [worth_row.channel for worth_row in report.rows] == ["x", "in_person"]
    x, contact = report.rows
    assert (x.cost, x.roi_percent, x.cost_per_lead) == (750, None, None)  # no percentage of ten minutes
    assert (contact.seconds, contact.rate, contact.roi_percent, contact.net_per_hour) == (0, None, None, None)
    assert (x.verdict, contact.verdict) == (NOT_ENOUGH_DATA, NOT_ENOUGH_DATA)
    assert x.test("procrastination").lacks == ("minutes",)
    assert report.opportunity_cost(x)[1] is None


def test_under_an_hour_no_rate_is_told_nor_compared(autumn: Database) -> None:
    log(autumn, "facebook", at(11, 20, 10), at(11, 20, 10, 1))
    log(autumn, "x", at(11, 20, 11), at(11, 20, 12))
    report = table(autumn)
    facebook, x = row(report, "facebook"), row(report, "x")
    assert (facebook.rate, facebook.below_break_even, facebook.net_per_hour) == (None, None, None)
    assert x.rate is not None
    pairs = [(worth_row.channel, other.channel) for worth_row in report.rows for other in report.rows]
    compared = {name for pair in pairs for name in pair if report.probability_better(*pair) is not None}
    assert compared == {"linkedin", "in_person", "x"}
    assert report.probability_better("facebook", "in_person") is None
    assert "Facebook" not in say_comparisons(report, "in_person")
    assert explain_cell(report, facebook, "leads_per_hour") == ["under an hour is too little to tell"]


def test_the_rate_is_said_as_it_was_counted_wherever_it_is_said(autumn: Database) -> None:
    report = table(autumn)
    linkedin = row(report, "linkedin")
    assert COLUMNS["leads_per_hour"].cell(linkedin) == "0.15"  # 3 / 20; the mean of what is known is 3.5 / 20
    explained = explain_cell(report, linkedin, "leads_per_hour")
    assert explained[0] == "3 / 20.00 = 0.15"
    assert "the table shows the count" in explained[1]
    assert explained[1].endswith("3.5 / 20.00 = 0.18")
    assert any("0.15" in line for line in table_lines(report, 80))


def test_without_settings_nothing_is_made_up(database: Database) -> None:
    hours(database, "linkedin", 20)
    worth_row = row(table(database, Settings(first_weekday=0)), "linkedin")
    assert (
        worth_row.cost,
        worth_row.roi_percent,
        worth_row.net_per_hour,
        worth_row.below_break_even,
        worth_row.seconds_to_settle,
    ) == (None,) * 5
    assert worth_row.test("return").lacks == ("hour_cost", "sale_value", "client_share", "results")
    assert worth_row.test("procrastination").lacks == ("focus_hours",)


def test_leads_without_hours_cost_nothing_and_say_little(database: Database) -> None:
    for person in ("Ana", "Ben", "Cem"):
        bring(database, "prospect", at(11, 10, 15), "linkedin", person)
    worth_row = row(table(database), "linkedin")
    assert (worth_row.leads, worth_row.seconds, worth_row.rate, worth_row.cost, worth_row.roi_percent) == (
        3,
        0,
        None,
        0,
        None,
    )
    assert worth_row.verdict == NOT_ENOUGH_DATA


def test_what_was_only_imported_counts_like_any_time(database: Database) -> None:
    log(database, "x", at(11, 20, 10), at(11, 20, 12), source="chrome", estimated=True)
    assert row(table(database), "x").seconds == 2 * HOUR


def test_what_is_attributed_to_nothing_or_elsewhere_stands_apart(database: Database) -> None:
    log(database, "x", at(11, 20, 10), at(11, 20, 12))
    bring(database, "prospect", at(9, 9, 15), None, "Ana")
    bring(database, "income", at(9, 9, 16), None, amount=5_000, currency="EUR")
    bring(database, "prospect", at(11, 9, 15), "whatsapp", "Ben")
    report = table(database)
    assert (report.unattributed.leads, report.unattributed.income) == (1, 5_000)
    [whatsapp] = report.unjudged
    assert (whatsapp.channel, whatsapp.kind, whatsapp.outcomes.leads, whatsapp.first_touch) == (
        "whatsapp",
        "messaging",
        1,
        1,
    )
    assert sum(worth_row.leads for worth_row in report.rows) == 0


def test_currencies_are_never_added_up(autumn: Database) -> None:
    bring(autumn, "income", at(11, 14, 15), "linkedin", "Dan", amount=70_000, currency="USD")
    outcomes.add_spend(autumn, "linkedin", at(11, 4, 9), PARIS, now=NOW, amount=4_000, currency="CAD")
    worth_row = row(table(autumn), "linkedin")
    assert (worth_row.outcomes.income, worth_row.outcomes.other_income) == (200_000, (("USD", 70_000),))
    assert (worth_row.spend, worth_row.other_spend) == (10_000, (("CAD", 4_000),))
    dollars = row(table(autumn, CHOSEN._replace(currency="USD")), "linkedin")
    assert (dollars.outcomes.income, dollars.outcomes.other_income) == (70_000, (("EUR", 200_000),))


def test_what_a_client_paid_is_income_once_whatever_it_is_noted_as(autumn: Database) -> None:
    bring(autumn, "client", at(11, 14, 15), "linkedin", "Dan", amount=48_050, currency="EUR")
    bring(autumn, "prospect", at(11, 14, 16), "linkedin", "Eve", amount=900_000, currency="EUR")  # may be worth it
    report = table(autumn)
    linkedin = row(report, "linkedin")
    assert (linkedin.outcomes.clients, linkedin.leads) == (3, 5)
    assert linkedin.outcomes.income == 200_000 + 48_050
    assert linkedin.roi_percent == pytest.approx(100 * (0.8 * 2480.50 - 1000) / 1000, abs=0.01)
    said = explain_cell(report, linkedin, "income")
    assert said[0] == "a client's amount counts as income; record each sale once"
    assert any("Dan" in line and "€480.50" in line for line in said)
    assert not any("Eve" in line for line in said)
    assert said[-1] == "together €2,480.50"


def test_everything_one_buyer_paid_is_one_sale(autumn: Database) -> None:
    bring(autumn, "client", at(11, 14, 15), "linkedin", "Dan", amount=48_050, currency="EUR")
    bring(autumn, "income", at(11, 15, 15), "linkedin", "dan", amount=20_000, currency="EUR")
    sales = {sale.person: sale.amount for sale in table(autumn).economics.buyers}
    assert sales == {"Cem": 200_000, "Odile": 100_000, "Dan": 68_050}


def test_two_channels_of_real_contact_at_once_are_one_hour(database: Database) -> None:
    log(database, "call", at(11, 20, 10), at(11, 20, 11))
    log(database, "meeting", at(11, 20, 10, 30), at(11, 20, 11, 30))
    assert table(database).rows[-1].seconds == 90 * 60


def test_the_night_of_25_hours_has_its_hours(database: Database) -> None:
    log(database, "youtube", at(10, 24, 23), at(10, 25, 4))
    assert row(table(database), "youtube").seconds == 6 * HOUR
    assert row(table(database, last="2026-10-24", weeks=1), "youtube").seconds == 6 * HOUR


class TestFirstTouch:
    def test_whom_one_met_elsewhere_first(self, database: Database) -> None:
        log(database, "call", at(10, 1, 10), at(10, 1, 11), person="Ana")
        log(database, "linkedin", at(11, 2, 10), at(11, 2, 11), person="Ana")
        bring(database, "client", at(11, 2, 12), "linkedin", "Ana")
        bring(database, "client", at(11, 2, 12), "linkedin")
        report = table(database)
        assert [(worth_row.channel, worth_row.leads, worth_row.first_touch) for worth_row in report.rows] == [
            ("linkedin", 2, 0),
            ("in_person", 0, 1),
        ]
        assert report.first_touch_unknown == 1

    def test_a_channel_that_is_not_used_any_more_has_its_first_touches(self, database: Database) -> None:
        log(database, "x", at(5, 4, 10), at(5, 4, 11), person="Ana")
        bring(database, "client", at(11, 2, 12), "call", "Ana")
        report = table(database)
        assert [(worth_row.channel, worth_row.seconds, worth_row.first_touch) for worth_row in report.rows] == [
            ("x", 0, 1),
            ("in_person", 0, 0),
        ]

    def test_what_the_user_says_of_it_wins(self, database: Database) -> None:
        log(database, "linkedin", at(11, 2, 10), at(11, 2, 11), person="Ana")
        bring(database, "client", at(11, 2, 12), "linkedin", "Ana")
        assert row(table(database), "linkedin").first_touch == 1
        people.set_met(database, "Ana", channel=None, ring="street", now=NOW)
        assert table(database).rows[-1].first_touch == 1


class TestWhatWasNotMeant:
    """Focus hours are 09:00 to 12:00."""

    def unmeant(self, database: Database, channel: str = "linkedin") -> float:
        return row(table(database), channel).unintended_seconds / 60

    def test_inside_focus_hours_without_an_intention(self, database: Database) -> None:
        log(database, "linkedin", at(11, 20, 8, 30), at(11, 20, 9, 20))
        log(database, "linkedin", at(11, 20, 11, 50), at(11, 20, 13))
        assert self.unmeant(database) == 20 + 10

    def test_an_intention_makes_it_meant_until_the_plan_is_over(self, database: Database) -> None:
        log(database, "linkedin", at(11, 20, 9), at(11, 20, 10), intention="reply")
        assert self.unmeant(database) == 0
        log(database, "linkedin", at(11, 19, 9), at(11, 19, 10), intention="reply", planned_seconds=25 * 60)
        assert self.unmeant(database) == 35

    def test_a_session_that_runs_is_over_its_plan_as_a_whole(self, database: Database) -> None:
        """Its plan ended 30 s before the day started: these seconds count with the hours after it."""
        sessions.start(database, "linkedin", at(11, 23, 13), PARIS, now=NOW, planned_seconds=3570, intention="reply")
        worth_row = row(table(database, CHOSEN._replace(day_starts_at=14 * HOUR)), "linkedin")
        assert worth_row.unintended_seconds == worth_row.seconds - 3570

    def test_a_minute_is_not_meant_once(self, database: Database) -> None:
        log(database, "linkedin", at(11, 20, 11, 30), at(11, 20, 12, 30), planned_seconds=15 * 60)
        assert self.unmeant(database) == 60  # 30 inside, of which 15 past the plan, and 30 more past it

    def test_by_the_clock_where_it_was(self, database: Database) -> None:
        log(database, "linkedin", at(11, 18, 9, 0, MONTREAL), at(11, 18, 9, 30, MONTREAL), MONTREAL)
        log(database, "linkedin", at(11, 18, 9, 0), at(11, 18, 9, 30), MONTREAL)
        assert self.unmeant(database) == 30

    def test_a_talk_needs_no_intention_but_keeps_its_plan(self, database: Database) -> None:
        log(database, "call", at(11, 20, 9), at(11, 20, 10), planned_seconds=40 * 60)
        assert self.unmeant(database, "in_person") == 20

    def test_a_night_reaches_into_the_next_days_focus_hours(self, database: Database) -> None:
        chosen = CHOSEN._replace(focus_hours=((0, HOUR), (3 * HOUR, 5 * HOUR)))
        log(database, "x", at(11, 19, 23), at(11, 20, 6))
        assert row(table(database, chosen), "x").unintended_seconds == 3 * HOUR

    def test_on_the_day_the_clocks_go_back(self, database: Database) -> None:
        chosen = CHOSEN._replace(focus_hours=((HOUR, 4 * HOUR),))
        log(database, "x", at(10, 25, 0), at(10, 25, 5))
        # From 01:00 to 04:00 by the clock are four hours of that night.
        assert row(table(database, chosen), "x").unintended_seconds == 4 * HOUR

    def test_too_much_of_it_is_one_test_not_passed(self, autumn: Database) -> None:
        hours(autumn, "x", 10, 9)
        assert row(table(autumn), "x").test("procrastination").state == "fail"


def test_as_of_a_week_that_is_over_nothing_later_is_known(autumn: Database) -> None:
    before = table(autumn, last="2026-11-08")
    assert before.week == "2026-W45"
    linkedin = row(before, "linkedin")
    assert (linkedin.seconds, linkedin.leads, linkedin.outcomes.income) == (16 * HOUR, 0, 0)
    assert before.days == 91


def test_a_running_session_lasts_until_now(database: Database) -> None:
    sessions.start(database, "linkedin", NOW - 1800, PARIS, now=NOW)
    assert row(table(database), "linkedin").seconds == 1800


def test_a_messaging_channel_made_social_is_a_row(database: Database) -> None:
    log(database, "whatsapp", at(11, 20, 10), at(11, 20, 12))
    assert table(database).rows == ()
    channels.set_kind(database, channels.find(database, "whatsapp"), "social", now=NOW)
    assert row(table(database), "whatsapp").seconds == 2 * HOUR


def test_the_users_verdict_stands_beside_the_computed_one(autumn: Database) -> None:
    reviews.give_verdict(autumn, "2026-W48", "linkedin", "stop", computed=NOT_ENOUGH_DATA, now=NOW, why="enough")
    reviews.give_verdict(autumn, "2026-W40", None, "more", computed="keep", now=NOW)
    linkedin, contact = table(autumn).rows
    assert (linkedin.verdict, linkedin.effective_verdict) == (NOT_ENOUGH_DATA, "stop")
    assert contact.your_verdict is None
    assert contact.last_verdict is not None
    assert contact.last_verdict.verdict == "more"


class TestExplained:
    def lines(self, report: WorthReport, column: str, channel: str = "linkedin") -> str:
        return "\n".join(explain_cell(report, row(report, channel), column))

    def test_the_sums_can_be_redone(self, autumn: Database) -> None:
        report = table(autumn)
        assert "20.00 · €45 + €100 = €1,000" in self.lines(report, "cost")
        assert "100 · (€2,000 · 0.80 − €1,000) / €1,000 = +60%" in self.lines(report, "roi")
        assert "€1,000 / 3 = €333.33" in self.lines(report, "cost_per_lead")
        assert "(€2,000 · 0.80 − €1,000) / 20.00 = €30" in self.lines(report, "net_per_hour")
        assert "€45 / (€900 · 0.25 · 0.80) = 0.25" in self.lines(report, "break_even")
        assert "Gamma(3 + ½, 20.00)" in self.lines(report, "leads_per_hour")
        assert "hours: 20.0 h / 30.0 h = 67%" in self.lines(report, "time")
        assert "leads: 3 / 5 = 60%" in self.lines(report, "time")
        assert "0.0 h / 20.0 h = 0%" in self.lines(report, "procrastination")

    def test_in_french_money_and_numbers_are_french(self, autumn: Database) -> None:
        report = table(autumn)
        locale.use("fr")
        try:
            said = self.lines(report, "roi").replace("\u202f", " ").replace("\xa0", " ")
        finally:
            locale.use("en")
        assert "100 · (2 000 € · 0,80 − 1 000 €) / 1 000 € = +60 %" in said

    @pytest.mark.parametrize("column", COLUMNS)
    def test_every_cell_says_something_whatever_is_missing(self, database: Database, column: str) -> None:
        log(database, "x", at(11, 20, 10), at(11, 20, 12))
        bring(database, "prospect", at(11, 20, 12), "call")
        for chosen in (CHOSEN, Settings(first_weekday=0)):
            report = table(database, chosen)
            for worth_row in report.rows:
                said = explain_cell(report, worth_row, column)
                assert said
                assert all("None" not in line and line.strip() for line in said)

    def test_no_lead_in_so_many_hours(self, database: Database) -> None:
        hours(database, "x", 20)
        assert "a first result" in self.lines(table(database), "cost_per_lead", "x")
        bring(database, "prospect", at(1, 10, 15), "x", "Ana")  # before these weeks
        assert self.lines(table(database), "cost_per_lead", "x") == "no lead in 20.0 h"

    def test_a_stopped_channel_says_what_its_hours_would_have_been(self, autumn: Database) -> None:
        hours(autumn, "youtube", 30, 20, month=10)
        assert "its 30.0 h would be €1,350 at your rate, or 15 calls of 2h" in self.lines(
            table(autumn), "verdict", "youtube"
        )


class TestLimits:
    """A figure beside a limit is never printed as the limit unless it is."""

    def test_33_percent_is_33_percent(self, database: Database) -> None:
        # 100 h of which 33 h, and then three minutes more, were past their plan.
        for day in range(1, 26):
            log(database, "x", at(10, day, 13), at(10, day, 17), planned_seconds=9648)  # 79.2 min over
        x = row(table(database), "x")
        assert (x.unintended_seconds, x.seconds) == (33 * HOUR, 100 * HOUR)
        assert x.test("procrastination").state == "pass"
        assert say_test(x, x.test("procrastination")) == "33% unplanned (limit 33%)"
        log(database, "x", at(11, 2, 13), at(11, 2, 13, 4), planned_seconds=60)
        x = row(table(database), "x")
        assert x.test("procrastination").state == "fail"
        assert say_test(x, x.test("procrastination")) == "33.03% unplanned (limit 33%)"
        assert "33.03%: ! often unplanned" in explain_cell(table(database), x, "procrastination")[1]

    @pytest.mark.parametrize(
        ("share", "said"),
        [
            (0.33, "33%"),
            (0.3304, "33.04%"),
            (0.334, "33.4%"),
            (0.336, "34%"),
            (0.3299, "32.99%"),
            (0.325, "32.5%"),
            (0.3249, "32%"),
            (0.33 + 1e-9, "just over 33%"),
            (0.33 - 1e-9, "just under 33%"),
        ],
    )
    def test_a_share_beside_its_limit(self, share: float, said: str) -> None:
        assert format_percent(share, 0.33) == said

    @pytest.mark.parametrize(
        ("chance", "said"),
        [(0.9, "90%"), (0.8996, "89.96%"), (0.1004, "10.04%"), (0.1, "10%"), (0.99997, "99.997%"), (0.5, "50%")],
    )
    def test_a_chance_beside_its_limits(self, chance: float, said: str) -> None:
        assert say_chance(chance, 0.9, 0.1) == said

    @pytest.mark.parametrize(
        ("seconds", "said"),
        [
            (10 * HOUR, "10.0 h"),
            (10 * HOUR - 144, "9.96 h"),
            (10 * HOUR - 1, "9.9997 h"),
            (HOUR - 1, "0.9997 h"),
            (HOUR, "1.0 h"),
            (20 * HOUR - 1, "20.0 h"),
            (int(9.85 * HOUR), "9.9 h"),
            (180, "0.1 h"),
            (179, "<0.1 h"),
            (1, "<0.1 h"),
            (0, "0.0 h"),
        ],
    )
    def test_hours_beside_theirs(self, seconds: int, said: str) -> None:
        assert say_hours(seconds) == said

    def test_a_half_is_rounded_up_once(self) -> None:
        assert [format_decimal(value) for value in (0.09499, 0.095, 0.125, 0.135, 2.675)] == [
            *("0.09", "0.10", "0.13", "0.14", "2.68")
        ]
        assert [format_signed_percent(value) for value in (12.5, 13.5, -0.4, -12.5)] == [
            "+13%",
            "+14%",
            "0%",
            "−13%",
        ]
        assert [say_break_even(value) for value in (0.25, 0.0829, 0.01, 0.0041, 0.00095)] == [
            *("0.25", "0.08", "0.01", "0.0041", "0.00095")
        ]
        assert [say_precise(value) for value in (0.25, 0.09499, 0.125, 0.094998)] == [
            *("0.25", "0.09499", "0.125", "0.094998")
        ]

    def test_twice_as_much_time_is_twice(self, database: Database) -> None:
        hours(database, "linkedin", 20)
        hours(database, "x", 10, 17)
        for channel, person in (("linkedin", "Ana"), ("x", "Ben"), ("x", "Cem")):
            bring(database, "prospect", at(11, 10, 20), channel, person)
        linkedin = row(table(database), "linkedin")
        assert linkedin.test("time").state == "pass"  # 2/3 of the hours, 1/3 of the leads
        assert say_test(linkedin, linkedin.test("time")) == (
            "67% of the hours for 33% of the leads (limit: 2 times that share)"
        )
        log(database, "linkedin", at(11, 20, 13), at(11, 20, 13, 1))
        linkedin = row(table(database), "linkedin")
        assert linkedin.test("time").state == "fail"
        assert "times its share of the leads: 2.001" in explain_cell(table(database), linkedin, "time")

    def test_without_any_lead_there_is_no_share_of_them(self, database: Database) -> None:
        bring(database, "prospect", at(1, 10, 15), "x", "Ana")  # before these weeks
        hours(database, "linkedin", 20)
        linkedin = row(table(database), "linkedin")
        assert say_test(linkedin, linkedin.test("time")) == (
            "100% of the hours; fewer than 3 leads over all channels are too few to tell"
        )

    def test_that_less_than_one_lead_was_expected_is_said(self, database: Database) -> None:
        hours(database, "linkedin", 20)
        hours(database, "x", 6, 17)
        for person in ("Ana", "Ben", "Cem"):
            bring(database, "prospect", at(11, 10, 20), "linkedin", person)
        report = table(database)
        x = row(report, "x")
        assert x.test("time").state == NOT_ENOUGH_DATA
        assert say_test(x, x.test("time")) == "23% of the hours for 0% of the leads; too few hours to expect a lead"
        explained = explain_cell(report, x, "time")
        assert "If fewer than 1 lead would be expected" in explained[0]
        assert "leads expected from its hours: 3 · 6.0 h / 26.0 h = 0.69" in explained
        hours(database, "x", 4, 20)
        x = row(table(database), "x")
        assert x.test("time").state == "fail"
        assert say_test(x, x.test("time")).endswith("; about 1 lead would be expected from its hours")


class TestMore:
    """Twenty hours pay with four leads where a lead is worth 450 and an hour costs 9."""

    cheap = CHOSEN._replace(hour_cost=900, client_share=0.5, margin=1.0)

    def of(self, database: Database, channel: str, count: int, leads: int, hour: int) -> None:
        hours(database, channel, count, hour)
        for number in range(leads):
            bring(database, "prospect", at(11, 10, hour), channel, f"{channel}{number}")

    def test_equal_channels_are_not_both_more(self, database: Database) -> None:
        self.of(database, "linkedin", 20, 4, 13)
        self.of(database, "x", 20, 4, 17)
        report = table(database, self.cheap)
        assert [(worth_row.channel, worth_row.verdict) for worth_row in report.rows] == [
            ("linkedin", "keep"),
            ("x", "keep"),
            ("in_person", NOT_ENOUGH_DATA),
        ]
        assert say_compared(report, row(report, "x")) == (
            "chance that an hour here brings more leads than an hour of: LinkedIn 50%; "
            "“more of it” from 75% against each"
        )

    def test_what_was_left_out_for_its_few_hours_is_named(self, database: Database) -> None:
        self.of(database, "linkedin", 20, 6, 13)
        self.of(database, "x", 20, 0, 17)
        self.of(database, "youtube", 8, 5, 20)
        report = table(database, self.cheap)
        linkedin = row(report, "linkedin")
        assert (linkedin.verdict, linkedin.not_compared) == ("more", ("youtube",))
        said = say_compared(report, linkedin)
        assert said.endswith("; not compared, because under 10 hours: YouTube (8.0 h, 5 leads)")
        assert said in explain_cell(report, linkedin, "verdict")
        assert "every other channel with 10 hours or more" in explain_cell(report, linkedin, "verdict")[0]
        assert say_compared(report, row(report, "youtube")) == ""

    def test_alone_it_is_kept(self, database: Database) -> None:
        self.of(database, "linkedin", 20, 6, 13)
        self.of(database, "call", 8, 5, 17)
        report = table(database, self.cheap)
        assert row(report, "linkedin").verdict == "keep"
        assert say_compared(report, row(report, "linkedin")) == (
            "“more of it” needs another channel with 10 hours or more to compare with; "
            "not compared, because under 10 hours: Real contact (8.0 h, 5 leads)"
        )


class TestOwnBreakEven:
    def test_the_retainers_sum_is_told(self, database: Database) -> None:
        bring(database, "client", at(6, 1, 10), "linkedin", "Samia")
        hours(database, "linkedin", 20)
        for month in range(6, 12):
            bring(database, "income", at(month, 15, 10), "linkedin", "samia", amount=80_000, currency="EUR")
        report = table(database, CHOSEN._replace(margin=1.0))
        said = explain_cell(report, row(report, "linkedin"), "break_even")
        assert said[1] == "€45 / (€4,800 · 1/1 · 1) = 0.0094"
        assert said[2].endswith("paid per buyer: 6 payments from 1 buyer, €4,800 / 1 = €4,800")
        assert (report.economics.payments, len(report.economics.buyers)) == (6, 1)

    def test_below_five_the_settings_are_used_and_that_is_said(self, autumn: Database) -> None:
        report = table(autumn)
        said = explain_cell(report, row(report, "linkedin"), "break_even")
        assert said[2].endswith("from the settings; the log has 2 sales, their average is used from 5 on")


def test_who_was_first_met_by_messaging_is_known(database: Database) -> None:
    log(database, "whatsapp", at(11, 2, 10), at(11, 2, 11), person="Ana")
    log(database, "linkedin", at(11, 3, 10), at(11, 3, 12), person="Ana")
    bring(database, "client", at(11, 3, 12), "linkedin", "Ana")
    report = table(database)
    assert (report.first_touch_unknown, row(report, "linkedin").first_touch) == (0, 0)
    assert [(totals.channel, totals.first_touch, totals.outcomes.leads) for totals in report.unjudged] == [
        ("whatsapp", 1, 0)
    ]
    assert say_unjudged(report) == ["via WhatsApp, which has no verdict: leads first met there: 1"]


def test_a_rate_reads_the_same_in_a_reviews_table_and_in_the_sentence_beside_it(database: Database) -> None:
    """It was rounded to three decimals, and then to two: 0.0949 became 0.095, and 0.10."""
    hours(database, "linkedin", 18)
    log(database, "linkedin", at(11, 20, 13), at(11, 20, 17, 48))
    for person in ("Ana", "Ben", "Cem", "Dan", "Eve"):
        bring(database, "prospect", at(11, 20, 18), "linkedin", person)
    report = table(database)
    rate = row(report, "linkedin").rate
    assert rate is not None
    rows = stored_rows(report)
    assert rows[0]["leads_per_hour"]["low"] == rate.low
    rows[0] = rows[0] | {"leads_per_hour": rows[0]["leads_per_hour"] | {"low": 0.09499, "high": 0.4350001}}
    assert "0.22 (0.09–0.44)" in markdown_page.render_section(worth_section(rows))
    assert "0.22 (0.09–0.44)" in html_page.render_section(worth_section(rows))
    sentence = say_test(row(report, "linkedin"), row(report, "linkedin").test("return"))
    low, high = format_decimal(rate.low), format_decimal(rate.high)
    assert f"between {low} and {high} per hour" in sentence
    assert f"0.22 ({low}–{high})" in markdown_page.render_section(worth_section(stored_rows(report)))


def test_a_review_names_what_was_not_compared(database: Database) -> None:
    hours(database, "linkedin", 20)
    hours(database, "call", 8, 17)
    for number in range(9):
        bring(database, "prospect", at(11, 20, 18), "linkedin", f"P{number}")
    rows = stored_rows(table(database))
    said = "not compared, because under 10 hours: Real contact (8.0 h, 0 leads)"
    assert said in markdown_page.render_section(worth_section(rows))
    assert said in html_page.render_section(worth_section(rows))
    # Reviews written earlier have nothing of it.
    del rows[0]["compared"]
    assert said not in markdown_page.render_section(worth_section(rows))


def test_a_review_older_than_a_column_shows_it_as_not_known(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A column is added with a key that the reviews written before it do not have."""
    hours(database, "linkedin", 20)
    rows = stored_rows(table(database))
    new = COLUMNS["hours"]._replace(
        key="replies", title="replies", stored=("replies",), page_cell=lambda figures: str(figures["replies"])
    )
    monkeypatch.setitem(COLUMNS, "replies", new)
    page = markdown_page.render_section(worth_section(rows))
    assert "| replies |" in page
    [linkedin] = [line for line in page.splitlines() if line.startswith("| LinkedIn")]
    assert linkedin.split("|")[-3].strip() == "–"
    html_page.render_section(worth_section(rows))
    # What the columns of today store may be missing as well, each alone.
    for key in ("leads_per_hour", "roi_percent", "cost", "other_income", "other_spend"):
        older = [{name: value for name, value in row.items() if name != key} for row in rows]
        for render in (markdown_page.render_section, html_page.render_section):
            assert "LinkedIn" in render(worth_section(older)), key


def test_the_html_page_shows_every_column_of_a_written_review() -> None:
    """It joins several in one, so each column of the Markdown page is named by one that joins it."""
    joined = [key for column in HTML_COLUMNS for key in column.joins]
    assert set(joined) >= {column.key for column in COLUMNS.values() if column.page_cell}
    assert len(joined) == len(set(joined))
