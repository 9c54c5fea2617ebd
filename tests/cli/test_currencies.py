"""Several currencies in one log: each amount keeps its own, none is added to another, and every answer says so."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker

SETTINGS = 'hour_cost = "45"\nsale_value = "900"\nclient_share = "0.25"\nfirst_weekday = "monday"\n'


@pytest.fixture
def abroad(inside: Inside) -> Inside:
    """Euros are set; Instagram brought pounds alone, LinkedIn euros and dollars."""
    inside.config.write_text(SETTINGS)
    for channel, date in (("linkedin", "2026-11-17"), ("instagram", "2026-11-18")):
        inside.run(["log", f"{channel} {date} 10:00-20:00"])
        inside.run(["outcome", "prospect", "--via", channel, "--at", f"{date} 21:00"])
    for kind, channel, amount in (
        ("income", "linkedin", "480,50"),
        ("client", "linkedin", "$700"),
        ("income", "instagram", "£1,200.50"),
    ):
        inside.run(["outcome", kind, "--via", channel, "--amount", amount, "--at", "2026-11-19 10:00"])
    inside.run(["worth", "--spend", "linkedin", "CA$40", "--at", "2026-11-19 10:00"])
    return inside


def rows(abroad: Inside) -> dict[str, dict[str, object]]:
    return {row["channel"]: row for row in abroad.run("worth --json").json()}


def test_income_in_another_currency_is_beside_and_not_nothing(abroad: Inside) -> None:
    linkedin, instagram = (rows(abroad)[name] for name in ("linkedin", "instagram"))
    assert (linkedin["income"], linkedin["other_income"]) == ("480.50", [{"amount": "700.00", "currency": "USD"}])
    assert (linkedin["spend"], linkedin["other_spend"]) == ("0.00", [{"amount": "40.00", "currency": "CAD"}])
    assert linkedin["roi_percent"] == 6.8  # 100 · (480.50 − 450) / 450
    assert (instagram["income"], instagram["other_income"]) == ("0.00", [{"amount": "1200.50", "currency": "GBP"}])
    # Pounds are not no euros: what is reckoned with the income is not known.
    assert (instagram["roi_percent"], instagram["net_per_hour"]) == (None, None)
    assert instagram["test_figures"]["time"]["income_share"] is None  # type: ignore[index]
    said = abroad.run("worth").out
    assert "£1,200.50" in said
    assert "€480.50 +" in said
    assert "income in other currencies, not added: $700" in said
    assert "spent in other currencies, not added: CA$40" in said
    explained = " ".join(abroad.run("worth --explain instagram").out.split())
    assert explained.count("unknown: its income is not in EUR (£1,200.50)") == 3


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_answer_says_it(abroad: Inside, language: str) -> None:
    abroad.run(f"config language {language}")
    pounds, euros = ("£1,200.50", "€480.50") if language == "en" else ("1\u202f200,50\u00a0£GB", "480,50\u00a0€")
    page = abroad.folder / "page"
    abroad.run("review 2026-W47 --md page.md")
    abroad.run("review 2026-W47 --html page.html")
    for said in (
        abroad.run("day 2026-11-19").out,
        abroad.run("week 2026-W47").out,
        abroad.run("worth").out,
        page.with_suffix(".md").read_text(encoding="utf-8"),
        page.with_suffix(".html").read_text(encoding="utf-8"),
    ):
        assert pounds in said
        assert euros in said
    data = abroad.run("review 2026-W47 --json").json()
    instagram = next(row for row in data["worth"] if row["channel"] == "instagram")
    assert instagram["other_income"] == [{"amount": "1200.50", "currency": "GBP"}]


def test_what_is_noted_in_another_currency_says_so_at_once(inside: Inside) -> None:
    said = inside.run("outcome income --amount £480 --via linkedin").said()
    assert said == "recorded income £480 (not added to your income in EUR, because nothing is converted) via linkedin"
    assert "counted as income" not in inside.run("outcome client --amount 'CHF 480' --via linkedin").said()
    [row] = inside.run("outcome income --amount '480 £' --via linkedin --json").json()
    assert (row["amount"], row["currency"]) == ("480.00", "GBP")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("£300", ("300.00", "GBP")),
        ("300", ("300.00", "USD")),
        ("300 €", ("300.00", "EUR")),
        ("1,200", ("1200.00", "USD")),
    ],
)
def test_an_amount_is_changed_with_its_currency(inside: Inside, typed: str, kept: tuple[str, str]) -> None:
    inside.run("outcome income --amount $480 --via linkedin")
    inside.run("worth --spend linkedin $20")
    for id in ("o1", "s1"):
        [row] = inside.run(["edit", id, f"amount={typed}", "--json"]).json()
        assert (row["amount"], row["currency"]) == kept


@pytest.mark.parametrize("typed", ["480 xyz", "1.200", "€480 GBP", "480 francs", "£-5", "2k", "0"])
@pytest.mark.parametrize(
    "line",
    [["outcome", "income", "--amount"], ["worth", "--spend", "linkedin"], ["edit", "o1"], ["config", "hour_cost"]],
)
def test_what_cannot_be_known_is_refused_at_every_door(inside: Inside, line: list[str], typed: str) -> None:
    inside.run("outcome income --amount 480 --via linkedin")
    before = inside.data()
    inside.run([*line, f"amount={typed}" if line[0] == "edit" else typed]).refused()
    assert inside.data() == before
    assert not inside.config.exists()


def test_another_currency_in_the_file_of_settings_relabels_nothing(abroad: Inside) -> None:
    abroad.run("config hour_cost 45")
    abroad.config.write_text(abroad.config.read_text() + 'currency = "USD"\n')
    linkedin = rows(abroad)["linkedin"]
    assert (linkedin["income"], linkedin["currency"]) == ("700.00", "USD")
    assert linkedin["other_income"] == [{"amount": "480.50", "currency": "EUR"}]
    assert linkedin["cost"] is None
    assert {"name": "hour_cost", "amount": "45.00", "currency": "EUR"} in linkedin["unused_settings"]  # type: ignore[operator]
    assert "hour_cost is €45, not in USD" in abroad.run("worth").out
    abroad.run("config hour_cost '$50'")
    assert rows(abroad)["linkedin"]["cost"] == "500.00"


def test_a_written_review_keeps_its_currency(abroad: Inside) -> None:
    assert abroad.run("review 2026-W47 --write").code == 0
    before = abroad.run("review 2026-W47 --json").json()
    assert abroad.run("config currency USD --yes").code == 0
    assert abroad.run("review 2026-W47 --json").json() == before
    assert {row["currency"] for row in before["worth"]} == {"EUR"}
    assert "€480.50 + $700" in abroad.run("review 2026-W47").out


def test_a_daily_command_does_not_ask_babel_about_the_settings(tracker: Tracker) -> None:
    import subprocess
    import sys

    tracker.config.write_text('hour_cost = "45 SEK"\nsale_value = "1200.50 GBP"\ncurrency = "JPY"\n')
    program = (
        "import sys; from tracker.cli import main; main(['status']); "
        "print([name for name in ('babel', 're', 'decimal') if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=tracker.environment(), capture_output=True, text=True, check=True
    )
    assert "babel" not in done.stderr
