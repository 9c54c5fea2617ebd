"""`tracker worth`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker

KEYS = (
    *("channel", "kind", "seconds", "cost", "recommendations", "prospects", "clients", "income", "currency"),
    *("roi_percent", "leads_per_hour", "tests", "verdict"),
)


@pytest.fixture
def logged(inside: Inside) -> Inside:
    """Twenty hours of LinkedIn with three leads, two hours of calls with one, and what they cost."""
    inside.config.write_text(
        'hour_cost = "45"\nsale_value = "900"\nclient_share = "0.25"\nfocus_hours = "09:00-12:00"\n'
        'first_weekday = "monday"\n'
    )
    inside.log(
        *(f"linkedin 2026-11-{day:02} 14:00-16:00" for day in range(1, 11)),
        *(f"call 2026-11-{day} 17:00-18:00 @odile street" for day in (12, 13)),
    )
    for kind, who in (("prospect", "ana"), ("recommendation", "ben"), ("client", "cem")):
        inside.run(f"outcome {kind} --via linkedin --with {who} --at '2026-11-10 16:30'")
    inside.run("outcome prospect --via call --with odile --at '2026-11-13 18:00'")
    inside.run("outcome income --via linkedin --with cem --amount 1350 --at '2026-11-11 16:30'")
    return inside


def test_json_is_the_contracts(logged: Inside) -> None:
    data = logged.run("worth --json").json()
    assert [row["channel"] for row in data] == ["linkedin", "in_person"]
    for row in data:
        assert set(KEYS) <= set(row)
        assert set(row["leads_per_hour"]) >= {"mean", "low", "high"}
        assert set(row["tests"]) == {"procrastination", "return", "time"}
        assert set(row["tests"].values()) <= {"pass", "fail", "not enough data"}
        assert row["verdict"] in ("keep", "cut", "stop", "more", "not enough data")
    linkedin, contact = data
    assert (linkedin["kind"], contact["kind"]) == ("social", "in_person")
    assert (linkedin["seconds"], linkedin["cost"], linkedin["income"]) == (72_000, "900.00", "1350.00")
    assert (linkedin["currency"], linkedin["roi_percent"]) == ("EUR", 50.0)  # 100 · (1350 − 900) / 900
    assert (linkedin["recommendations"], linkedin["prospects"], linkedin["clients"]) == (1, 1, 1)
    assert linkedin["leads_per_hour"]["low"] == pytest.approx(0.0422, abs=1e-4)
    assert linkedin["coverage"]["logged_days"] == 13


def test_the_week_has_the_same(logged: Inside) -> None:
    assert logged.run("week --json").json()["worth"] == logged.run("worth --json").json()
    last = logged.run("week 2026-W45 --json").json()["worth"]
    assert last == logged.run("worth 2026-W45 --json").json()
    assert last[0]["seconds"] == 16 * 3600
    assert "is it worth it? too early to tell; `tracker worth` shows what is missing" in logged.run("week").out


def test_in_words_it_fits_eighty_columns_and_sets_real_contact_apart(logged: Inside) -> None:
    said = logged.run("worth").out.splitlines()
    assert said[0] == "Is it worth it? 13 weeks up to 2026-W48"
    assert "13 of 85 days logged" in said[1]
    assert all(len(line) <= 80 for line in said)
    place = next(place for place, line in enumerate(said) if line.startswith("─"))
    assert said[place - 1].startswith("LinkedIn")
    assert said[place + 1].startswith("Real contact")
    text = "\n".join(said)
    assert "? too early" in text
    assert "1 sale so far: cem €1,350" in text
    assert "not what caused what" in text


def test_in_french_it_fits_too(logged: Inside) -> None:
    said = logged.run("worth", env={"LANGUAGE": "fr"}).out.splitlines()
    assert all(len(line) <= 80 for line in said)
    assert any("1\u202f350\xa0€" in line for line in said)


def test_a_new_file_has_nothing_to_say(inside: Inside) -> None:
    assert inside.run("worth --json").json() == []
    assert "nothing logged" in inside.run("worth").out


def test_what_is_missing_is_named(inside: Inside) -> None:
    inside.run("log linkedin 14:00-15:00")
    (linkedin, _contact) = inside.run("worth --json").json()
    assert (linkedin["cost"], linkedin["roi_percent"], linkedin["break_even"]) == (None, None, None)
    assert linkedin["lacks"]["procrastination"] == ["focus_hours"]
    last = " ".join(inside.run("worth").out.partition("missing for the cost and the return: ")[2].split())
    assert last.startswith("what an hour of your time costs (hour_cost), what a client brings in (sale_value), ")
    assert "; `tracker config hour_cost VALUE` sets it" in last


def test_explain_redoes_every_cell(logged: Inside) -> None:
    said = logged.run("worth --explain linkedin").out
    assert "100 · (€1,350 · 1 − €900) / €900 = +50%" in said
    assert "20.00 · €45 + €0 = €900" in said
    assert "procrastination" in said
    data = logged.run("worth --explain call --json").json()
    assert "of 2" not in data["hours"]
    assert data["hours"][0].startswith("2 sessions")
    assert logged.run("worth --explain x").refused() == "x was not used in these weeks"


def test_your_own_verdict_is_kept_beside_the_computed_one(logged: Inside) -> None:
    said = logged.run("worth --verdict linkedin cut --why 'an hour a week'").said()
    assert said == "your verdict on linkedin: cut down; calculated: too early"
    linkedin, contact = logged.run("worth --json").json()
    assert (linkedin["your_verdict"], linkedin["why"], linkedin["verdict"]) == (
        "cut",
        "an hour a week",
        "not enough data",
    )
    assert contact["your_verdict"] is None
    assert "your verdict: - cut down – an hour a week" in logged.run("worth").out
    assert logged.run("worth --verdict in_person more --json").json()[0]["channel"] == "in_person"
    logged.run("undo 2")
    assert [row["your_verdict"] for row in logged.run("worth --json").json()] == [None, None]
    logged.run("redo 2")
    logged.run("worth --verdict linkedin none")
    assert [row["your_verdict"] for row in logged.run("worth --json").json()] == [None, "more"]


def test_explain_tells_what_came_of_a_verdict(logged: Inside) -> None:
    logged.run("worth --verdict linkedin cut --why 'an hour a week'", now="2026-11-08T20:00")
    said = " ".join(logged.run("worth --explain linkedin").out.split())
    # Eight days of two hours up to 8 November: 14 h in seven; since then four hours in five logged days: 5.6 h.
    assert (
        "your verdict of 2026-W45: - cut down – an hour a week · 14h a week before · 5h 36m a week since "
        "· 3 new leads since · €1,350 since" in said
    )


def test_what_was_spent_is_part_of_the_cost(logged: Inside) -> None:
    said = logged.run("worth --spend linkedin 100 --note campaign --at '2026-11-03 09:00'").said()
    assert said.startswith("recorded €100 spent on linkedin – campaign")
    logged.run("worth --spend linkedin 40 CAD")
    linkedin = logged.run("worth --json").json()[0]
    assert (linkedin["cost"], linkedin["spend"], linkedin["time_cost"]) == ("1000.00", "100.00", "900.00")
    assert linkedin["other_spend"] == [{"amount": "40.00", "currency": "CAD"}]
    assert "s1 · Tue 3 Nov 2026 · €100 · campaign" in logged.run("worth --explain linkedin").out
    assert "€90" in logged.run("edit s1 amount=90").said()
    logged.run("delete s1")
    assert logged.run("worth --json").json()[0]["spend"] == "0.00"
    logged.run("undo")
    assert logged.run("worth --json").json()[0]["spend"] == "90.00"


def test_money_spent_on_a_day_is_that_days(logged: Inside) -> None:
    logged.run("worth --spend linkedin 120 --at yesterday")
    logged.run("worth --spend linkedin 10 --at '3 Nov'")
    told = logged.run("worth --explain linkedin").out
    assert "s1 · Sun 22 Nov 2026 · €120" in told
    assert "s2 · Tue 3 Nov 2026 · €10" in told


def test_a_sale_to_nobody_named_is_someones(inside: Inside) -> None:
    inside.run("outcome client --via linkedin --amount 480 --with Samia --at '2026-11-10 16:30'").said()
    inside.run("outcome client --via linkedin --amount 1200.50 --at '2026-11-11 16:30'").said()
    assert "2 sales so far: Samia €480, someone €1,200.50" in " ".join(inside.run("worth").out.split())


def test_fewer_weeks(logged: Inside) -> None:
    data = logged.run("worth --weeks 2 --json").json()
    assert [row["channel"] for row in data] == []
    assert logged.run("worth --weeks 4 --json").json()[0]["seconds"] == 18 * 3600


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("worth --weeks 0", 1, "1 to 520"),
        ("worth --weeks many", 1, "1 to 520"),
        ("worth 2027-W01", 1, "in the future"),
        ("worth nonsense", 1, "nonsense"),
        ("worth --verdict linkedin", 2, "keep, cut, stop, more"),
        ("worth --verdict linkedin leave", 1, "keep, cut, stop, more"),
        ("worth --verdict work stop", 1, "neither a social channel"),
        ("worth --verdict nowhere stop", 1, "nowhere"),
        ("worth --spend linkedin", 2, "amount"),
        ("worth --spend linkedin nothing", 1, "nothing"),
        ("worth --spend work 5", 1, "neither a social channel"),
        ("worth --spend linkedin 5 --at 23:00", 1, "in the future"),
        ("worth --spend linkedin 5 --at tomorrow", 1, "in the future"),
        ("worth --explain work", 1, "neither a social channel"),
    ],
)
def test_what_cannot_be_is_refused(inside: Inside, line: str, code: int, says: str) -> None:
    before = inside.data()
    assert says in inside.run(line).refused(code)
    assert inside.data() == before


def test_as_a_process_of_its_own(tracker: Tracker) -> None:
    tracker.run("log linkedin 14:00-15:00")
    assert tracker.run("worth --json").json()[0]["seconds"] == 3600


def test_leads_by_messaging_are_told_and_who_was_first_met_there(logged: Inside) -> None:
    logged.run("log whatsapp 2026-11-12 10:00-10:30 @dan")
    logged.run("log linkedin 2026-11-12 11:00-11:30 @dan")
    logged.run("outcome prospect --via whatsapp --with eve --at '2026-11-12 10:30'")
    logged.run("outcome prospect --via linkedin --with dan --at '2026-11-12 11:30'")
    *judged, whatsapp = logged.run("worth --json").json()
    assert [row["channel"] for row in judged] == ["linkedin", "in_person"]
    assert list(whatsapp) == list(judged[0]), "the keys of every row, in one order"
    said = (whatsapp["channel"], whatsapp["kind"], whatsapp["seconds"], whatsapp["prospects"], whatsapp["leads"])
    assert said == ("whatsapp", "messaging", 1800, 1, 1)
    assert (whatsapp["first_touch"], whatsapp["verdict"]) == (2, "not enough data")
    assert judged[0]["coverage"]["first_touch_unknown"] == 0
    text = " ".join(logged.run("worth").out.split())
    assert "via WhatsApp, which has no verdict: 0 recommendations · 1 prospect" in text
    assert "leads first met there: 2" in text
    assert logged.run("week --json").json()["worth"] == [*judged, whatsapp]


def test_leads_by_messaging_alone_are_told_too(inside: Inside) -> None:
    inside.run("outcome prospect --via whatsapp --with eve")
    [whatsapp] = inside.run("worth --json").json()
    assert (whatsapp["channel"], whatsapp["leads"], whatsapp["first_touch"]) == ("whatsapp", 1, 1)
    assert "via WhatsApp, which has no verdict" in inside.run("worth").out


def test_what_was_not_compared_is_named(logged: Inside) -> None:
    logged.log(*(f"x 2026-11-{day:02} 17:00-19:00" for day in range(1, 11)))
    for number in range(9):
        logged.run(f"outcome prospect --via x --with x{number} --at '2026-11-10 20:00'")
    x = next(row for row in logged.run("worth --json").json() if row["channel"] == "x")
    assert (x["verdict"], x["not_compared"]) == ("more", ["in_person"])
    text = " ".join(logged.run("worth").out.split())
    assert "not compared, because under 10 hours: Real contact (2.0 h, 1 lead)" in text


def test_a_narrow_terminal_has_fewer_columns_and_whole_verdicts(logged: Inside) -> None:
    for columns, has_cost in (("44", False), ("80", True)):
        lines = logged.run("worth", env={"COLUMNS": columns}).out.splitlines()
        (row,) = [line for line in lines if line.startswith("LinkedIn ")]
        assert ("€900" in row, row.endswith("…")) == (has_cost, False)
        assert all(len(line) <= int(columns) for line in lines)


def test_a_calculated_cost_is_whole_on_the_page_and_exact_in_json_and_its_explanation(logged: Inside) -> None:
    logged.run("log linkedin 2026-11-12 09:00-09:13")
    linkedin = logged.run("worth --json").json()[0]
    assert linkedin["cost"] == "909.75"
    said = logged.run("worth").out
    assert "€910" in said
    assert "€909.75" not in said
    assert "= €909.75" in logged.run("worth --explain linkedin").out
