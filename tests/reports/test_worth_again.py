"""The whole table worked out a second time, minute by minute from the raw rows, over logs that Hypothesis made."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tracker.calendar.clock import to_utc
from tracker.reports.worth import worth_report
from tracker.settings import Settings
from tracker.storage import Database
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

PARIS = "Europe/Paris"
HOUR = 3600
CHOSEN = Settings(
    first_weekday=0, focus_hours=((9 * HOUR, 12 * HOUR),), hour_cost=4500, sale_value=90_000, client_share=0.25
)

#: 31 August to 29 November 2026.
FIRST, LAST = datetime(2026, 8, 31).date(), datetime(2026, 11, 29).date()
ROWS = {"linkedin": ("linkedin",), "x": ("x",), "in_person": ("call", "video", "meeting")}

#: Minutes before now: three weeks before the window, and its clock change, included; thick around a few days.
AGO = st.one_of(st.integers(0, 6 * 1440), st.integers(28 * 1440, 31 * 1440), st.integers(82 * 1440, 110 * 1440))
ZONES = st.sampled_from((PARIS, "America/Toronto", "Asia/Kolkata"))
CHANNELS = st.sampled_from(("linkedin", "x", "call", "video", "whatsapp", "work"))
SESSIONS = st.lists(
    st.tuples(
        CHANNELS,
        AGO,
        st.integers(1, 400),
        ZONES,
        st.none() | st.just("reply"),
        st.none() | st.integers(1, 200),
    ),
    max_size=14,
)
OUTCOMES = st.lists(
    st.tuples(
        st.sampled_from(("recommendation", "prospect", "client", "income")),
        AGO,
        st.none() | CHANNELS,
        st.none() | st.sampled_from(("Ana", "ana", "Ben", "Cem", "Dan", "Eve", "Fay")),
        st.integers(1, 5000),
        st.sampled_from(("EUR", "EUR", "EUR", "USD")),
    ),
    max_size=14,
)
SPENDS = st.lists(st.tuples(CHANNELS, AGO, st.integers(1, 500), st.sampled_from(("EUR", "CAD"))), max_size=4)


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    with Database.open(":memory:") as opened:
        yield opened


def fill(database: Database, sessions: Any, outcomes: Any, spends: Any) -> None:
    write = database.connection.execute
    for table in ("session", "outcome", "spend"):
        write(f"DELETE FROM {table}")
    now = NOW // 60 * 60
    for channel, ago, minutes, zone, intention, planned in sessions:
        start = now - ago * 60 - minutes * 60
        write(
            'INSERT INTO session(channel, start, "end", zone, intention, planned_seconds) VALUES (?, ?, ?, ?, ?, ?)',
            (channel, start, start + minutes * 60, zone, intention, planned and planned * 60),
        )
    for kind, ago, channel, person, amount, currency in outcomes:
        # An odd amount is named beside any kind: of a client it was earned, of a prospect it was not.
        paid = (amount * 100, currency) if kind == "income" or amount % 2 else (None, None)
        write(
            "INSERT INTO outcome(kind, at, zone, channel, amount, currency, person) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (kind, now - ago * 60, PARIS, channel, *paid, person),
        )
    for channel, ago, amount, currency in spends:
        write(
            "INSERT INTO spend(channel, at, zone, amount, currency) VALUES (?, ?, ?, ?, ?)",
            (channel, now - ago * 60, PARIS, amount * 100, currency),
        )


def wall(instant: int, zone: str) -> datetime:
    return datetime.fromtimestamp(instant, ZoneInfo(zone)).replace(tzinfo=None)


def in_window(instant: int, zone: str) -> bool:
    return FIRST <= (wall(instant, zone) - timedelta(hours=4)).date() <= LAST


def minutes_of(database: Database, names: tuple[str, ...], met: bool) -> tuple[set[int], set[int]]:
    """The minutes of some channels in the window, and those of them that were not meant."""
    every, unmeant = set(), set()
    for channel, start, end, zone, intention, planned in database.rows(
        'SELECT channel, start, "end", zone, intention, planned_seconds FROM session'
    ):
        for minute in range(start, end, 60):
            if channel not in names or not in_window(minute, zone):
                continue
            every.add(minute)
            focus = 9 <= wall(minute, zone).hour < 12
            past_plan = planned and end - start > planned + 60 and minute >= start + planned
            if (focus and intention is None and not met) or past_plan:
                unmeant.add(minute)
    return every, unmeant


def brought(database: Database, names: tuple[str | None, ...]) -> dict[str, int]:
    sums = {"leads": 0, "EUR": 0, "USD": 0, "client": 0}
    seen = set()
    for kind, at, channel, amount, currency, person in database.rows(
        "SELECT kind, at, channel, amount, currency, person FROM outcome ORDER BY at, id"
    ):
        new = kind != "income" and (person is None or person.lower() not in seen)
        if kind != "income" and person:
            seen.add(person.lower())
        if channel in names and in_window(at, PARIS):
            sums["leads"] += new
            sums["client"] += kind == "client"
            if kind in ("client", "income") and amount:
                sums[currency] += amount
    return sums


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SESSIONS, OUTCOMES, SPENDS)
def test_it_comes_to_the_same(database: Database, sessions: Any, outcomes: Any, spends: Any) -> None:
    fill(database, sessions, outcomes, spends)
    report = worth_report(Workspace(database, CHOSEN, PARIS, now=NOW))
    social = {name: minutes_of(database, names, name == "in_person") for name, names in ROWS.items()}
    come = {name: brought(database, names) for name, names in ROWS.items()}
    all_leads = sum(counts["leads"] for counts in come.values())
    come_ever = database.row("SELECT count(*) FROM outcome")[0]
    for name, names in ROWS.items():
        row = report.row(name)
        minutes, unmeant = social[name]
        spent = sum(
            amount
            for channel, at, amount, currency in database.rows("SELECT channel, at, amount, currency FROM spend")
            if channel in names and currency == "EUR" and in_window(at, PARIS)
        )
        if row is None:
            assert not minutes
            assert not spent
            assert not any(come[name].values())
            continue
        assert (row.seconds, row.unintended_seconds, row.spend) == (60 * len(minutes), 60 * len(unmeant), spent)
        assert (row.leads, row.outcomes.clients, row.outcomes.income) == (
            *(come[name]["leads"], come[name]["client"], come[name]["EUR"]),
        )
        assert dict(row.outcomes.other_income).get("USD", 0) == come[name]["USD"]
        cost = round(len(minutes) / 60 * 4500) + spent
        assert row.cost == pytest.approx(cost, abs=1)
        if len(minutes) < 60 and not spent:
            assert row.roi_percent is None  # no percentage of under an hour
        elif come[name]["USD"] and not come[name]["EUR"]:
            assert row.roi_percent is None  # all of its income is in another currency
        elif not come_ever:
            assert row.roi_percent is None  # what is brought is not known before a first result
        elif cost:
            assert row.roi_percent == pytest.approx(100 * (come[name]["EUR"] - cost) / cost, abs=0.5)
        if len(minutes) >= 60:
            assert row.test("procrastination").state == ("fail" if 100 * len(unmeant) > 33 * len(minutes) else "pass")
        assert row.verdict != "keep" or all_leads >= 3
    nothing = brought(database, (None,))
    assert (report.unattributed.leads, report.unattributed.income) == (nothing["leads"], nothing["EUR"])
    others = sum(totals.outcomes.leads for totals in report.unjudged)
    met = sum(row.first_touch for row in report.rows) + sum(totals.first_touch for totals in report.unjudged)
    assert met + report.first_touch_unknown == all_leads + nothing["leads"] + others


def test_the_window_is_the_one_worked_out_by_hand() -> None:
    assert in_window(to_utc(PARIS, 2026, 8, 31, 4, 0), PARIS)
    assert not in_window(to_utc(PARIS, 2026, 8, 31, 3, 59), PARIS)
