"""`tracker config`."""

from __future__ import annotations

import os
import re

import pytest

from tests.cli.conftest import Inside, Tracker
from tests.cli.test_two_terminals import at_once
from tracker.files import file_access
from tracker.settings.values import THEMES


def test_a_setting_is_set_shown_and_kept_with_the_comments_around_it(tracker: Tracker) -> None:
    tracker.config.write_text("# mine\ncurrency = 'CHF'  # francs\n")
    assert tracker.run("config daily_budget 1h30").said() == "daily_budget is now 1h 30m"
    assert tracker.run("config daily_budget").said() == "1h 30m"
    text = tracker.config.read_text()
    assert "# mine" in text
    assert "# francs" in text
    assert tracker.run("config daily_budget ''").said() == "daily_budget is no longer set"


def test_all_settings_with_their_defaults(tracker: Tracker) -> None:
    tracker.run("config day_starts_at 05:00")
    rows = {row["key"]: row for row in tracker.run("config --json").json()}
    assert (rows["day_starts_at"]["value"], rows["day_starts_at"]["default"]) == ("05:00", "04:00")
    said = tracker.run("config").out
    assert all(len(line) <= 80 for line in said.splitlines()[:-1])
    assert said.splitlines()[-1] == str(tracker.config)
    assert "when a day begins; before that, it is still the evening before (default: 04:00)" in " ".join(said.split())


@pytest.mark.parametrize(
    "line", ["config nope", "config nope 3", "config check_seconds banana", "config day_starts_at 25:00"]
)
def test_what_is_no_setting_changes_nothing(inside: Inside, line: str) -> None:
    inside.run(line).refused()
    assert not inside.config.exists()


@pytest.mark.parametrize("text", ["not toml [", "colour = 'red'\n", "check_seconds = 'many'\n"])
def test_a_settings_file_that_cannot_be_read_is_named_with_its_key(inside: Inside, text: str) -> None:
    inside.config.write_text(text)
    said = inside.run("status").refused()
    assert str(inside.config) in said


def test_the_settings_file_of_another_place(tracker: Tracker) -> None:
    other = tracker.folder / "other.toml"
    tracker.run(["--config", str(other), "config", "currency", "USD"])
    assert "USD" in other.read_text()
    assert not tracker.config.exists()


def test_a_theme_that_is_none_names_those_there_are(inside: Inside) -> None:
    said = inside.run("config theme zzz").refused()
    assert said.startswith("theme must be one of tracker-dark, tracker-light, ansi-dark, ")
    assert said.endswith("tokyo-night, not “zzz”")
    assert not inside.config.exists()
    assert inside.run("config theme nord").said() == "theme is now nord"


def test_a_theme_of_another_time_in_the_file_stops_nothing(inside: Inside) -> None:
    inside.config.write_text("theme = 'gone'\n")
    assert inside.run("status").code == 0


def test_the_themes_are_among_those_textual_has() -> None:
    from textual.app import App

    assert set(THEMES) <= {"tracker-dark", "tracker-light", *App().available_themes}


def test_keys_are_set_in_the_file(tracker: Tracker) -> None:
    for line in ("config keys", "config keys.start f2"):
        assert tracker.run(line).refused().endswith(f"under [keys]: {tracker.config}")


def test_a_currency_that_is_none_is_not_written(inside: Inside) -> None:
    said = inside.run("config currency xyz").refused()
    assert said == "currency must be the three letters of a currency such as EUR, not “xyz”"
    assert not inside.config.exists()


def test_channels_are_set_by_any_of_their_names_and_no_other(inside: Inside) -> None:
    assert inside.run("config channels 'li, Instagram'").said() == "channels is now linkedin, instagram"
    assert inside.run("config channels 'x, nowhere'").refused().startswith("unknown channel “nowhere”")
    assert inside.run("config channels").said() == "linkedin, instagram"
    assert inside.run("config channels ''").said() == "channels is no longer set"


def test_a_threshold_is_set_listed_and_taken_back(tracker: Tracker) -> None:
    tracker.config.write_text("# mine\n[patterns.night]\nnights = 5  # five\n")
    assert tracker.run("config brief_checks.share 0,7").said() == "brief_checks.share is now 0.7"
    assert tracker.run("config night.nights 6").said() == "night.nights is now 6"
    text = tracker.config.read_text()
    assert "# mine" in text
    assert "# five" in text
    assert tracker.run("config brief_checks.share").said() == "0.7"
    rows = {row["key"]: row for row in tracker.run("config --json").json()}
    assert {key: rows["night.nights"][key] for key in ("value", "default", "mark")} == {
        "value": "6",
        "default": "4",
        "mark": "O",
    }
    said = tracker.run("config").out
    assert "at least 6 of 14 nights – calibrated in our own studies (default: 4)" in " ".join(said.split())
    assert all(len(line) <= 80 for line in said.splitlines()[:-1])
    assert tracker.run("config night.nights ''").said() == "night.nights is now 4"
    assert tracker.run("config brief_checks.share ''").said() == "brief_checks.share is now 0.6"
    assert "patterns" not in tracker.config.read_text()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("config night.nights 15", "from 1 to 14"),
        ("config night.nights many", "from 1 to 14"),
        ("config night.nights nan", "from 1 to 14"),
        ("config night.nope 3", "night.nights"),
        ("config nope.share", "night.nights"),
    ],
)
def test_what_is_no_threshold_changes_nothing(inside: Inside, line: str, says: str) -> None:
    assert says in inside.run(line).refused()
    assert not inside.config.exists()


def test_doctor_names_a_threshold_that_no_pattern_can_have(inside: Inside) -> None:
    inside.config.write_text("[patterns]\nnight.nights = 99\n")
    result = inside.run("doctor --json")
    assert result.code == 1
    assert "night.nights must be a number from 1 to 14" in result.out


def test_eight_at_once_lose_nothing_that_was_confirmed(tracker: Tracker) -> None:
    tracker.config.write_text("# mine\n")
    wanted = {
        "daily_budget": "1h 30m", "check_limit": "12", "theme": "nord", "sale_value": "480", "hour_cost": "45",
        "currency": "CHF", "wakes_at": "07:00", "breath_seconds": "6", "forgotten_after": "3h", "margin": "0.5",
        "night.nights": "4", "brief_checks.share": "0.7", "language": "en", "reduced_motion": "yes",
        "check_seconds": "20", "overrun_after": "10m",
    }  # fmt: skip
    keys = list(wanted)
    for eight in (keys[:8], keys[8:]):
        ended = at_once(tracker, [f"config {key} '{wanted[key]}'" for key in eight])
        assert [code for code, _err in ended] == [0] * 8, ended
    rows = {row["key"]: row["value"] for row in tracker.run("config --json").json()}
    assert {key: rows[key] for key in keys} == wanted
    assert tracker.config.read_text().startswith("# mine\n")


def test_a_lock_that_is_held_too_long_is_one_line(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_access, "PATIENCE", 0)
    with file_access.locked(str(inside.config)):
        assert "another program is changing" in inside.run("config theme nord").refused()
        assert inside.run("config theme").code == 0
    assert not inside.config.exists()
    assert inside.run("config theme nord").code == 0


def test_settings_kept_elsewhere_stay_a_link(inside: Inside) -> None:
    kept = inside.folder / "dotfiles" / "tracker.toml"
    kept.parent.mkdir()
    inside.config.symlink_to(kept)
    assert inside.run("config theme nord").code == 0
    kept.chmod(0o644)
    assert inside.run("config currency CHF").code == 0
    assert inside.config.is_symlink()
    assert kept.stat().st_mode & 0o777 == 0o644
    assert inside.run("config theme").said() == "nord"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("theme = " + "[" * 1900, "nested too deeply"),
        ("theme = " + "[\n" * 30_000, "nested too deeply"),
        ("theme." + "a." * 900 + "a = 1\n", "TOML|theme|nested too deeply"),
        ("check_limit = " + "9" * 100_000, "a line is longer"),
        ("# endless\n" * 50_000, "larger than 128 KiB"),
        (None, "regular file"),
    ],
    ids=["brackets", "lines", "tables", "number", "long", "pipe"],
)
def test_settings_no_one_writes_end_in_one_line(inside: Inside, text: str | None, says: str) -> None:
    if text is None:
        os.mkfifo(inside.config)
    else:
        inside.config.write_text(text)
    for line in ("status", "config theme nord"):
        said = inside.run(line).refused()
        assert str(inside.config) in said
        assert re.search(says, said)
    assert text is None or inside.config.read_text() == text


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no /dev/zero here")
def test_settings_without_an_end_end_in_one_line(inside: Inside) -> None:
    assert "/dev/zero" in inside.run("--config /dev/zero status").refused()


def test_amounts_keep_the_currency_they_were_set_in(inside: Inside) -> None:
    assert inside.run("config hour_cost 45").said() == "hour_cost is now €45"
    assert inside.run("config sale_value '£1,200.50'").said().endswith("; not used while the currency is EUR")
    assert inside.config.read_text() == 'hour_cost = "45 EUR"\nsale_value = "1200.50 GBP"\n'
    said = inside.run("config currency GBP").said()
    assert said == ("currency is now GBP; hour_cost stays €45 and is not used")
    rows = {row["key"]: row for row in inside.run("config --json").json()}
    assert (rows["hour_cost"]["value"], rows["hour_cost"]["currency"]) == ("45", "EUR")
    assert (rows["sale_value"]["value"], rows["sale_value"]["currency"]) == ("1200.50", "GBP")
    assert inside.run("config hour_cost").said() == "€45"


@pytest.mark.parametrize(("written", "kept"), [("45", "45 EUR"), ('"1 200,50"', "1200.50 EUR"), ('"45 CHF"', "45 CHF")])
def test_an_amount_written_without_a_currency_keeps_that_of_before(inside: Inside, written: str, kept: str) -> None:
    inside.config.write_text(f"hour_cost = {written}  # mine\n")
    assert inside.run("config currency USD").code == 0
    assert f'hour_cost = "{kept}"' in inside.config.read_text()
    inside.config.write_text(f"hour_cost = {written}\ncurrency = 'EUR'\n")
    assert inside.run("config currency ''").code == 0  # EUR again


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1.200", "could mean 1200 or 1.20"),
        ("45 xyz", "unknown currency “xyz”"),
        ("lots", "480.50"),
        ("0", "above zero"),
    ],
)
def test_an_amount_that_cannot_be_known_is_refused_with_why(inside: Inside, typed: str, says: str) -> None:
    said = inside.run(["config", "hour_cost", typed]).refused()
    assert said.startswith("hour_cost: ")
    assert says in said
    assert not inside.config.exists()


def test_another_currency_is_refused_while_amounts_would_not_count(inside: Inside) -> None:
    inside.run("outcome income --amount 480 --via linkedin")
    inside.run("outcome client --amount 100 --via linkedin")
    inside.run("outcome prospect --amount 900 --via linkedin")  # counts as nothing anyway
    inside.run("outcome income --amount £20 --via linkedin")  # does not count now either
    inside.run("worth --spend linkedin 120")
    said = inside.run("config currency USD").refused()
    assert said == (
        "3 amounts in EUR would no longer count as income or spending; none is converted to USD; "
        "`tracker config currency USD --yes` changes it"
    )
    assert not inside.config.exists()
    assert inside.run("config currency EUR").code == 0
    assert inside.run("config currency USD --yes").said() == "currency is now USD"
    assert inside.run("config currency EUR").code == 0


def test_a_currency_is_set_before_there_is_a_log(inside: Inside) -> None:
    inside.db.unlink()
    assert inside.run("config currency USD").said() == "currency is now USD"
    assert not inside.db.exists()


def test_a_wrong_value_in_the_file_is_corrected_by_setting_it(tracker: Tracker) -> None:
    tracker.config.write_text('margin = "all of it"\n')
    assert tracker.run("config margin 0.9").said() == "margin is now 0.9"
