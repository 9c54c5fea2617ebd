"""French: the environment's or the setting's; JSON stays English."""

from __future__ import annotations

import re
import shlex

import pytest

from tests.cli.conftest import Inside, Tracker
from tracker import locale
from tracker.cli.parser import VERBS
from tracker.domain.models import RINGS

FRENCH = {"LANG": "fr_FR.UTF-8"}


@pytest.mark.parametrize("env", [{"LANG": "fr_FR.UTF-8"}, {"LC_ALL": "fr_CA.UTF-8"}, {"LANGUAGE": "fr:en"}])
def test_the_environment_asks_for_french(inside: Inside, env: dict[str, str]) -> None:
    assert "lundi 23 novembre 2026" in inside.run("day", env=env).out


def test_the_setting_asks_for_french(tracker: Tracker) -> None:
    tracker.run("config language fr")
    assert tracker.run("day").out.startswith("lundi 23 novembre 2026")
    tracker.run("config language en")
    assert tracker.run("day", env={"LANG": "fr_FR.UTF-8"}).out.startswith("Monday")


@pytest.mark.parametrize("line", ["frobnicate", "start", "start --rien", "--rien", "frobnicate --config nowhere"])
def test_words_that_are_no_command_are_refused_in_the_language_of_the_settings(tracker: Tracker, line: str) -> None:
    english = tracker.run(line).refused(2)
    french = tracker.run(line, env=FRENCH).refused(2)
    tracker.run("config language fr")
    assert tracker.run(line).refused(2) == french != english
    tracker.run("config language en")
    assert tracker.run(line, env=FRENCH).refused(2) == english


def test_keys_and_states_of_json_stay_english(inside: Inside) -> None:
    env = {"LANG": "fr_FR.UTF-8"}
    inside.run("log linkedin create 14:00-14:25", env=env)
    assert inside.run("patterns --json", env=env).json()[0]["state"] == "not enough data"
    assert inside.run("week --json", env=env).json()["purposes"][0]["purpose"] == "make"


def test_french_fits_80_columns_too(inside: Inside) -> None:
    env = {"LANG": "fr_FR.UTF-8"}
    inside.run("log linkedin create 14:00-14:25 un carrousel pour Samia, qui en a bien besoin cette semaine", env=env)
    inside.run("check x --at 13:00", env=env)
    for line in ("day", "week", "patterns", "status", "channel", "config"):
        lines = inside.run(line, env=env).out.splitlines()
        assert all(len(line) <= 80 for line in lines if not line.startswith("/")), line


def test_an_error_in_french_is_one_line_too(inside: Inside) -> None:
    inside.run("start nulle-part", env={"LANG": "fr_FR.UTF-8"}).refused()
    inside.run("start --rien", env={"LANG": "fr_FR.UTF-8"}).refused(2)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("outcome income --amount 1234.50 --via linkedin", "revenu 1\u202f234,50\xa0€ via linkedin"),
        ("channel add forum --kind in-person", "canal forum ajouté (de vive voix)"),
        ("channel add forum --kind messagerie", "canal forum ajouté (messagerie)"),
        ("activity add dessin --purpose produire", "activité dessin ajoutée (produire)"),
        ("start call --ring rue", "appel en cours depuis 15:12"),
        ("log call 14:00-14:10", "noté\u202f: appel, 14:00–14:10, 10\xa0min (id 1)"),
    ],
)
def test_answers_are_french_throughout(inside: Inside, line: str, says: str) -> None:
    assert says.replace("\xa0", " ") in inside.run(line, env=FRENCH).said().replace("\xa0", " ")


def test_french_weeks_are_read_and_shown(inside: Inside) -> None:
    for week in ("S48", "2026-s48", "W48"):
        assert inside.run(f"week {week}", env=FRENCH).out.startswith("2026-S48 · ")
    assert inside.run("week").out.startswith("2026-W48 · ")
    assert inside.run("week --json", env=FRENCH).json()["week"] == "2026-W48"


def test_names_are_shown_in_french_and_kept_in_english(inside: Inside) -> None:
    inside.run("log call 14:00-14:20 @samia rue", env=FRENCH)
    assert "rue" in inside.run("day", env=FRENCH).out
    assert inside.sessions()[0]["ring"] == "street"
    kinds = {line.split()[0]: line for line in inside.run("channel", env=FRENCH).out.splitlines()}
    assert "de vive voix" in kinds["call"]
    assert "messagerie" in kinds["whatsapp"]
    assert "surveiller" in inside.run("activity", env=FRENCH).out
    assert {row["kind"] for row in inside.run("channel --json", env=FRENCH).json()} >= {"social", "in_person"}


def test_activities_are_read_and_shown_in_french_and_kept_in_english(inside: Inside) -> None:
    assert "linkedin créer" in inside.run("log linkedin créer 14:00-14:20", env=FRENCH).said()
    assert "créer" in inside.run("day", env=FRENCH).out
    assert inside.run("day --json", env=FRENCH).json()["sessions"][0]["activity"] == "create"
    assert "créer" not in inside.run("day").out


def test_activities_are_read_without_their_accents(inside: Inside) -> None:
    assert "linkedin répondre" in inside.run("log linkedin repondre 14:00-14:20", env=FRENCH).said()
    assert "linkedin modérer" in inside.run("log linkedin 14:30-14:40 moderer", env=FRENCH).said()
    inside.run("start instagram creer", env=FRENCH).said()
    assert [row["activity"] for row in inside.run("day --json").json()["sessions"]] == ["reply", "moderate", "create"]


@pytest.mark.parametrize("env", [{}, FRENCH], ids=["en", "fr"])
def test_the_examples_of_the_help_are_read(inside: Inside, env: dict[str, str]) -> None:
    lines = [
        re.split(r"\s{3,}", line)[0]
        for verb in ("log", "start", "outcome")
        for line in inside.run(f"{verb} --help", env={**env, "COLUMNS": "200"}).out.splitlines()
        if line.startswith(f"tracker {verb} ") and "<" not in line and "[" not in line
    ]
    assert len(lines) >= 5
    for line in lines:
        assert inside.run(shlex.split(line)[1:], env=env).code == 0, line
        inside.run("cancel", env=env)
        inside.run("undo 3", env=env)
    for habit in {
        "": "Read at least 20 pages on mon, wed, fri",
        "fr": "Lire au moins 20 pages le lun, mer, ven",
    }.values():
        said = inside.run(f"habit add {habit}", env=env).said()
        assert "20 pages" in said
        assert " le " not in said.partition(":")[0]
        inside.run("undo", env=env)


def test_an_explanation_names_its_figures_in_french(inside: Inside) -> None:
    said = inside.run("patterns --explain brief_checks", env=FRENCH).out
    assert "jours notés = " in said
    assert "logged_days" not in said
    assert "logged days = " in inside.run("patterns --explain brief_checks").out


@pytest.mark.parametrize("language", ["C.UTF-8", "fr_FR.UTF-8"])
@pytest.mark.parametrize("columns", ["80", "60"])
@pytest.mark.parametrize("verb", ["", *sorted(set(VERBS) - {"worth", "review", "serve"})])
def test_help_is_wrapped(inside: Inside, verb: str, columns: str, language: str) -> None:
    said = inside.run(f"{verb} --help", env={"LANG": language, "COLUMNS": columns}).out.splitlines()
    assert [line for line in said if len(line) > int(columns)] == []


@pytest.mark.parametrize("language", ["C.UTF-8", "fr_FR.UTF-8"])
def test_prose_is_wrapped_and_nothing_of_it_is_cut(inside: Inside, language: str) -> None:
    env = {"LANG": language, "COLUMNS": "60"}
    words = "one line of a day that says a good deal more than sixty columns of a narrow terminal can hold"
    inside.run(["day", "--note", words])
    inside.run(["start", "linkedin", "-i", words])
    for line in ("day", "status"):
        said = inside.run(line, env=env).out
        assert all(len(part) <= 60 for part in said.splitlines()), line
        assert words in " ".join(said.split()), line


@pytest.mark.parametrize("ring", RINGS)
def test_every_ring_shown_in_french_can_be_typed(inside: Inside, ring: str) -> None:
    locale.use("fr")
    shown = locale._(ring)
    inside.run(f"log call 14:00-14:10 {shown}", env=FRENCH)
    inside.run(f"edit 1 ring={shown}", env=FRENCH).said()
    assert [(row["ring"], row["note"]) for row in inside.sessions()] == [(ring, None)]


def test_a_channel_is_called_as_it_is_typed_in_french(tracker: Tracker) -> None:
    """`tracker start appel` was answered by `call en cours`."""
    assert tracker.run("start appel prospecter", env=FRENCH).said().startswith("appel prospecter en cours")
    assert "appel" in tracker.run("stop", env=FRENCH).said()
    assert "call" not in tracker.run("day", env=FRENCH).out
    assert "call" not in tracker.run("history", env=FRENCH).out
    assert tracker.run("day --json", env=FRENCH).json()["sessions"][0]["channel"] == "call"


def test_both_french_verbs_of_a_feed_are_read(inside: Inside) -> None:
    """`défiler` became a note, without a word."""
    inside.run("log linkedin défiler 13:00-13:05", env=FRENCH)
    inside.run("start instagram défiler", env=FRENCH)
    sessions = inside.run("day --json", env=FRENCH).json()["sessions"]
    assert [(row["activity"], row["note"]) for row in sessions] == [("scroll", None), ("scroll", None)]


def test_a_change_names_fields_and_values_in_french(inside: Inside) -> None:
    inside.run("log linkedin create 14:00-14:25")
    said = inside.run("edit 1 channel=appel activity=répondre ring=rue", env=FRENCH).said().replace("\u202f", " ")
    assert said.endswith("; canal : linkedin → appel, activité : créer → répondre, cercle : – → rue")


def test_a_refused_word_lists_the_words_that_french_is_read_by(inside: Inside) -> None:
    for line, listed in (
        ("start call --ring lune", "immeuble, rue, quartier, ville, au-delà"),
        ("start linkedin rien", "créer, publier, répondre"),
        ("outcome rien", "recommandation, prospect, client, revenu"),
        ("worth --verdict linkedin rien", "garder, réduire, arrêter, davantage"),
        ("activity add dessin --purpose rien", "produire, échanger, surveiller, scroller"),
        ("review --mostly linkedin=publier", "créer, répondre, "),
    ):
        assert listed in inside.run(line, env=FRENCH).refused(), line


def test_an_activity_is_named_in_french_where_a_session_is_named(inside: Inside) -> None:
    inside.run("log linkedin create 14:00-14:25 carrousel", env=FRENCH)
    assert "linkedin créer 25" in inside.run("log linkedin reply 14:10-14:20", env=FRENCH).refused()
    assert "linkedin créer" in inside.run("find carrousel", env=FRENCH).out
    (id,) = (row["id"] for row in inside.run("day --json", env=FRENCH).json()["sessions"])
    inside.run(f"delete {id}", env=FRENCH)
    assert "linkedin créer 25" in inside.run("history", env=FRENCH).out
    assert "linkedin créer 25" in inside.run("undo", env=FRENCH).out
