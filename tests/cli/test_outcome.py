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
    said = tracker.run("outcome client --with samia").said()
    assert said == "recorded client from samia via call (last touch with samia, 52m before; limit 90 days)"
    assert tracker.run("outcome client").said() == "recorded client via linkedin (last touch, 32m before; limit 24h)"


def test_unknown_stays_unknown(tracker: Tracker) -> None:
    said = tracker.run("outcome prospect").said()
    assert said == "recorded prospect (channel unknown: no session in the 24h before)"
    assert tracker.run("outcome prospect --with Ana").said() == (
        "recorded prospect from Ana (channel unknown: no session with Ana in the 90 days before, nor any other in the "
        "24h before)"
    )


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
    assert tracker.run("outcome prospect").said() == "recorded prospect via linkedin (last touch, just then)"
    assert tracker.run("outcome prospect --via x").said() == "recorded prospect via x"


def test_what_a_client_paid_counts_and_is_said_to(inside: Inside) -> None:
    said = inside.run("outcome client --amount 480,50 --via linkedin --with Samia").said()
    assert said == "recorded client €480.50 (counted as income) from Samia via linkedin"
    assert "(counted" not in inside.run("outcome prospect --amount 900 --via linkedin --with Ana").said()
    assert "(counted" not in inside.run("outcome income --amount 20 --via linkedin --with Bob").said()
    linkedin = next(row for row in inside.run("worth --json").json() if row["channel"] == "linkedin")
    assert (linkedin["income"], linkedin["clients"], linkedin["coverage"]["sales"]) == ("500.50", 1, 2)


def test_what_an_amount_counts_as_is_said(tracker: Tracker) -> None:
    said = tracker.run("outcome prospect --amount 480,50 --via linkedin").said()
    assert said.endswith("; not counted as income: nobody has paid it yet")
    for kind in ("client", "income"):
        assert "counts in no income" not in tracker.run(f"outcome {kind} --amount 480,50 --via linkedin").said()


def by_last_touch(tracker: Tracker) -> tuple[str | None, str]:
    [row] = tracker.run("day --json").json()["outcomes"]
    return row["channel"], row["attribution"]


def test_it_is_counted_from_the_end_of_the_session(tracker: Tracker) -> None:
    tracker.run("log linkedin 2026-11-22 13:00-15:43")  # began over 26 h ago
    assert tracker.run("outcome prospect").said().endswith("via linkedin (last touch, 23h 29m before; limit 24h)")
    tracker.run("log call 2026-09-15 10:00-10:20 @samia")
    said = tracker.run("outcome prospect --with Samia").said()
    assert said.endswith("via call (last touch with samia, 69 days before; limit 90 days)")


def test_with_a_person_it_reaches_back_90_days(tracker: Tracker) -> None:
    tracker.run("log call 2025-10-09 10:00-10:20 @samia")
    said = tracker.run("outcome prospect --with Samia").said()
    assert "channel unknown: no session with samia in the 90 days before" in said


def test_an_evening_logger_finds_the_channel_afterwards(tracker: Tracker) -> None:
    tracker.run("outcome prospect --at 11:00")
    said = tracker.run("log linkedin 10:00-10:40").said()
    assert said == "logged 1: linkedin, 10:00–10:40, 40m; prospect o1 is via linkedin now"
    assert by_last_touch(tracker) == ("linkedin", "last touch")
    assert tracker.run("edit 1 start=11:30 end=11:40").said().endswith("; prospect o1 has no channel now")
    assert by_last_touch(tracker) == (None, "unknown")
    tracker.run("undo")
    assert by_last_touch(tracker) == ("linkedin", "last touch")
    tracker.run("undo")
    assert by_last_touch(tracker) == (None, "unknown")
    tracker.run("redo 2")
    assert by_last_touch(tracker) == (None, "unknown")
    assert tracker.run("edit 1 start=10:30 end=11:40").said().endswith("; prospect o1 is via linkedin now")
    assert tracker.run("delete 1").said().endswith("; prospect o1 has no channel now")


def test_an_import_brings_the_touch_and_a_chosen_channel_stays(tracker: Tracker) -> None:
    path = tracker.folder / "usage.csv"
    path.write_text('"App name","Date","Time","Duration"\n"LinkedIn","11/23/26","10:00:00","0:05:00"\n')
    tracker.run("outcome prospect --at 11:00")
    tracker.run("outcome prospect --at 11:00 --via x")
    said = tracker.run(["import", "app-usage", str(path)])
    assert said.out.splitlines()[0].endswith("; prospect o1 is via linkedin now"), said
    assert [row["channel"] for row in tracker.run("day --json").json()["outcomes"]] == ["linkedin", "x"]
    tracker.run("undo")
    assert [row["channel"] for row in tracker.run("day --json").json()["outcomes"]] == [None, "x"]


def test_no_touch_is_explained_that_is_gone(inside: Inside) -> None:
    inside.run("log linkedin 10:00-10:40")
    inside.run("outcome prospect --with Ana --at 11:00")
    inside.run("log linkedin 2026-11-20 10:00-10:40")
    assert "last touch" in inside.run("worth --explain linkedin").out
    inside.run("delete 1")
    assert "last touch" not in inside.run("worth --explain linkedin").out
    assert "not attributed" in inside.run("worth").out


def test_a_sale_noted_twice_is_said_once_and_kept(inside: Inside) -> None:
    said = "o1 has the same person and amount, and both count as income: if it is one sale, delete one of them"
    assert "has the same" not in inside.run("outcome client --amount 480 --via call --with Samia").said()
    assert "has the same" not in inside.run("outcome income --amount 480 --via call --with Ana").said()
    assert "has the same" not in inside.run("outcome income --amount 480USD --via call --with Samia").said()
    assert inside.run("outcome income --amount 480 --via call --with samia").said().endswith(f"; client {said}")
    # The next instalments of a retainer are not said to be doubles.
    assert "has the same" not in inside.run("outcome income --amount 480 --via call --with samia").said()
    assert len(inside.run("day --json").json()["outcomes"]) == 5


def test_the_double_of_an_income_is_said_too_and_of_one_that_is_edited(inside: Inside) -> None:
    inside.run("outcome income --amount 480 --via call --with Samia")
    [row] = inside.run("outcome client --amount 480 --via call --with Samia --json").json()
    assert row["double_of"] == 1
    inside.run("edit o2 amount=500")
    assert "has the same" not in inside.run("edit o2 note=site").said()
    assert "income o1 has the same person and amount" in inside.run("edit o2 amount=480").said()
