"""`tracker edit` and `tracker delete` on outcomes (`o12`) and urges (`u7`)."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside


@pytest.fixture
def noted(inside: Inside) -> Inside:
    inside.run("log call 14:00-14:20 @samia")
    inside.run("outcome income --amount 480 --with Samia")
    inside.run("urge linkedin --trigger bored --at 15:00")
    return inside


def test_the_day_shows_their_ids(noted: Inside) -> None:
    said = noted.run("day").out
    assert "1 resisted urge: u1 linkedin (bored)" in said
    assert "o1 15:12 income €480" in said
    day = noted.run("day --json").json()
    assert (day["outcomes"][0]["id"], day["urge_list"][0]["id"]) == (1, 1)


def test_an_outcome_is_edited_in_one_step(noted: Inside) -> None:
    before = noted.data()
    said = noted.run("edit o1 amount=300 via=linkedin with=@anna note='the site' at=15:00").said()
    assert said.startswith("edited o1: income €300 from anna via linkedin – the site, 15:00; ")
    assert noted.run("undo").said() == "undone: edited the result: income"
    assert noted.data() == before


@pytest.mark.parametrize(
    ("change", "key", "value"),
    [
        ("kind=client", "kind", "client"),
        ("amount=1 200 USD", "amount", "1200.00"),
        ("person=", "person", None),
        ("note=a = b", "note", "a = b"),
        ("channel=x", "attribution", "user"),
        ("at=14:30", "at", "2026-11-23T14:30:00+01:00"),
    ],
)
def test_every_field_of_an_outcome(noted: Inside, change: str, key: str, value: object) -> None:
    [row] = noted.run(["edit", "O1", change, "--json"]).json()
    assert row[key] == value


def test_a_channel_that_is_cleared_is_the_last_touch_again(noted: Inside) -> None:
    noted.run("edit o1 channel=x")
    [row] = noted.run("edit o1 channel= --json").json()
    assert (row["channel"], row["attribution"]) == ("call", "last touch")


def test_an_urge_is_edited_and_deleted(noted: Inside) -> None:
    assert noted.run("edit u1 trigger= channel=x at=14:50").said().startswith("edited u1: x, 14:50; at: ")
    assert noted.run("delete u1").said() == "deleted u1: x, 14:50; `tracker undo` restores it"
    assert noted.run("day --json").json()["urges"] == 0
    noted.run("undo")
    assert noted.run("day --json").json()["urges"] == 1


def test_what_is_deleted_together_comes_back_together(noted: Inside) -> None:
    before = noted.data()
    assert noted.run("delete 1 o1 u1").code == 0
    assert not any(noted.data()[table] for table in ("session", "outcome", "urge"))
    noted.run("undo")
    assert noted.data() == before


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("edit o9 note=a", 1, "result 9 does not exist"),
        ("edit u9 note=a", 1, "urge 9 does not exist"),
        ("edit o1 ring=street", 2, "kind= at= channel= amount= person= note="),
        ("edit u1 amount=3", 2, "at= channel= trigger= note="),
        ("edit o1 kind=", 1, "kind"),
        ("edit u1 channel=", 1, "channel"),
        ("edit o1 amount=", 1, "income needs an amount"),
        ("edit o1 amount=soon", 1, "soon"),
        ("edit o1 at=23:00", 1, "in the future"),
        ("edit o1 note=a kind=gift", 1, "gift"),
        ("delete o1 u9", 1, "urge 9 does not exist"),
        ("delete o1 99", 1, "session 99 does not exist"),
        ("delete o1 four", 2, "“four”"),
        ("split o1 14:00", 2, "“o1”"),
    ],
)
def test_what_cannot_be_changes_nothing(noted: Inside, line: str, code: int, says: str) -> None:
    before = noted.data()
    assert says in noted.run(line).refused(code)
    assert noted.data() == before
