"""`tracker outcome`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker


def test_income_is_money_as_a_decimal_string(tracker: Tracker) -> None:
    [row] = tracker.run("outcome income --amount 480 --via linkedin --with Samia --note 'the site' --json").json()
    assert (row["kind"], row["amount"], row["currency"]) == ("income", "480.00", "EUR")
    assert (row["channel"], row["attribution"], row["person"], row["note"]) == ("linkedin", "user", "Samia", "the site")
    assert row["at"] == "2026-11-23T15:12:00+01:00"


def test_without_a_channel_the_last_touch_is_it_and_the_line_says_so(tracker: Tracker) -> None:
    tracker.run("log call 14:00-14:20 @samia")
    tracker.run("log linkedin 14:30-14:40")
    assert (
        tracker.run("outcome client --with samia").said() == "noted client from samia via call (last touch, 52m before)"
    )


def test_unknown_stays_unknown(tracker: Tracker) -> None:
    assert tracker.run("outcome prospect").said() == "noted prospect (channel unknown)"


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("480", "480.00", "EUR"),
        ("480.5", "480.50", "EUR"),
        ("480,50", "480.50", "EUR"),
        ("1 200", "1200.00", "EUR"),
        ("480 USD", "480.00", "USD"),
        ("€480", "480.00", "EUR"),
        ("5000 jpy", "5000", "JPY"),
    ],
)
def test_amounts_as_people_write_them(inside: Inside, text: str, amount: str, currency: str) -> None:
    [row] = inside.run(["outcome", "income", "--amount", text, "--json"]).json()
    assert (row["amount"], row["currency"]) == (amount, currency)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("outcome", 2),
        ("outcome fame", 1),
        ("outcome income", 1),
        ("outcome income --amount lots", 1),
        ("outcome income --amount -5", 1),
        ("outcome income --amount 0", 1),
        ("outcome client --via nowhere", 1),
        ("outcome client --at 16:00", 1),
    ],
)
def test_what_is_no_outcome_changes_nothing(inside: Inside, line: str, code: int) -> None:
    before = inside.data()
    inside.run(line).refused(code)
    assert inside.data() == before


def test_the_currency_is_the_setting(tracker: Tracker) -> None:
    tracker.run("config currency chf")
    [row] = tracker.run("outcome income --amount 10 --json").json()
    assert row["currency"] == "CHF"


def test_a_touch_that_goes_on_is_just_then_and_via_wins_over_it(tracker: Tracker) -> None:
    tracker.run("start linkedin --at 15:00")
    assert tracker.run("outcome prospect").said() == "noted prospect via linkedin (last touch, just then)"
    assert tracker.run("outcome prospect --via x").said() == "noted prospect via x"


def test_what_a_client_paid_counts_and_is_said_to(inside: Inside) -> None:
    said = inside.run("outcome client --amount 480,50 --via linkedin --with Samia").said()
    assert said == "noted client €480.50 (counted as income) from Samia via linkedin"
    assert "(counted" not in inside.run("outcome prospect --amount 900 --via linkedin --with Ana").said()
    assert "(counted" not in inside.run("outcome income --amount 20 --via linkedin --with Bob").said()
    linkedin = next(one for one in inside.run("worth --json").json() if one["channel"] == "linkedin")
    assert (linkedin["income"], linkedin["clients"], linkedin["coverage"]["sales"]) == ("500.50", 1, 2)


def test_what_an_amount_counts_as_is_said(tracker: Tracker) -> None:
    said = tracker.run("outcome prospect --amount 480,50 --via linkedin").said()
    assert said.endswith("; its amount counts in no income: nobody has paid it yet")
    for kind in ("client", "income"):
        assert "counts in no income" not in tracker.run(f"outcome {kind} --amount 480,50 --via linkedin").said()
