"""The keys promised to scripts, in `tracker review --json` and `tracker worth --json`, whatever was logged."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_week import KEYS as WEEK

if TYPE_CHECKING:
    from tests.cli.conftest import Inside

WORTH = {
    *("channel", "kind", "seconds", "cost", "recommendations", "prospects", "clients", "income", "currency"),
    *("roi_percent", "leads_per_hour", "tests", "verdict"),
}
RATE = {"mean", "low", "high"}
TESTS = {"procrastination", "return", "time"}
STATES = {"pass", "fail", "not enough data"}
VERDICTS = {"keep", "cut", "stop", "more", "not enough data"}
PATTERN = {"name", "state", "evidence", "from", "to", "figures", "sessions"}
CHANNEL = {"channel", "kind", "seconds", "checks", "sessions"}

SETTINGS = 'hour_cost = "45"\nsale_value = "900"\nclient_share = "0.25"\nfirst_weekday = "monday"\n'


@pytest.fixture(params=["nothing", "a minute", "no settings", "a fortnight"])
def logged(request: pytest.FixtureRequest, inside: Inside) -> Inside:
    if request.param != "no settings":
        inside.config.write_text(SETTINGS)
    if request.param == "nothing":
        return inside
    inside.run("log facebook 2026-11-18 12:00-12:01").said()
    if request.param == "a minute":
        return inside
    inside.log(*(f"linkedin 2026-11-{day:02} 14:00-15:00" for day in range(9, 21)))
    inside.run("outcome client --via linkedin --with Ana --amount 480,50 --at '2026-11-18 16:00'").said()
    inside.run("log call 2026-11-19 17:00-18:00 @ana street").said()
    return inside


def check_worth(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        assert set(row) >= WORTH
        assert row["kind"] in ("social", "in_person")
        assert isinstance(row["seconds"], int)
        for amount in ("cost", "income"):
            assert row[amount] is None or re.fullmatch(r"-?\d+(\.\d\d)?", row[amount])
        assert re.fullmatch("[A-Z]{3}", row["currency"])
        # An object always; under an hour of time it says nothing.
        assert set(row["leads_per_hour"]) >= RATE
        values = set(row["leads_per_hour"].values())
        assert (values == {None}) if row["seconds"] < 3600 else (None not in values)
        assert set(row["tests"]) == TESTS
        assert set(row["tests"].values()) <= STATES
        assert row["verdict"] in VERDICTS


def test_worth(logged: Inside) -> None:
    data = logged.run("worth --json").json()
    check_worth(data)
    timed = {row["channel"] for row in data if row["seconds"] >= 3600}
    for row in data:
        assert set(row["more_leads_than"]) == (timed - {row["channel"]} if row["channel"] in timed else set())
        assert row["seconds"] >= 3600 or (row["net_per_hour"], row["below_break_even"]) == (None, None)


@pytest.mark.parametrize("written", [False, True])
def test_review(logged: Inside, written: bool) -> None:
    if written:
        logged.run("day 2026-11-22 --zero")
        logged.run("review 2026-W47 --words Mine --write").said()
    data = logged.run("review 2026-W47 --json").json()
    assert set(data) >= set(WEEK) - {"review"}
    assert data["state"] == ("written" if written else "not begun")
    check_worth(data["worth"])
    assert len(data["hours"]) == 7
    assert all(len(day) == 24 for day in data["hours"])
    assert len(data["days"]) == 7
    assert all(set(day) >= {"date", "seconds", "checks"} for day in data["days"])
    assert all(set(channel) >= CHANNEL for channel in data["channels"])
    assert len(data["patterns"]) == len(logged.run("patterns --json").json())
    assert all(set(pattern) >= PATTERN for pattern in data["patterns"])
    json.dumps(data, allow_nan=False)


def test_too_little_time_for_a_rate_is_a_dash_wherever_it_is_read(inside: Inside) -> None:
    inside.config.write_text(SETTINGS)
    inside.run("log facebook 2026-11-18 12:00-12:01").said()
    inside.log(*(f"linkedin 2026-11-{day:02} 14:00-15:00" for day in range(9, 21)))
    inside.run("outcome prospect --via linkedin --with Ana --at '2026-11-18 16:00'").said()
    said = inside.run("worth").out
    leads_an_hour = dict(re.findall(r"^(LinkedIn|Facebook) .* (\S+)  \? too early$", said, re.MULTILINE))
    assert leads_an_hour == {"LinkedIn": "0.08", "Facebook": "–"}  # 1 / 12; the mean of what is known is 0.125
    assert "how likely an hour" not in said
    page = inside.run("review 2026-W47 --md -").out
    assert re.search(r"^\| LinkedIn \| 12\.0 \|.*\| 0\.08 \(0\.0\d–0\.\d\d\) \|", page, re.MULTILINE)
    assert re.search(r"^\| Facebook \| \\<0\.1 \|.*\| – \| \? too early \|", page, re.MULTILINE)
