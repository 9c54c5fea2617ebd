"""Both languages: complete, current, and spoken where the reader's locale asks for them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from tests import catalogues
from tests.tui.test_signs import MEANINGS
from tracker import locale
from tracker.locale import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

NARROW = "\u202f"

#: Straight apostrophes and English quotes; a space that breaks, or none, beside what French sets apart.
UNFRENCH = re.compile(
    r"[^\W\d]'[^\W\d]|[“”]|[ \xa0][;:!?%»](?![\w-])|[\w)}\]…][;:!?%](?!\S)|^[;:](?!\S)|«(?!\u202f)|(?<!\u202f)»"
)


@pytest.fixture(autouse=True)
def _english_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    yield
    locale.use("en")


def both_languages() -> list[tuple[str, str]]:
    """Every message with its translation, each form of a plural on its own."""
    pairs: list[tuple[str, str]] = []
    with (catalogues.PACKAGE / "locale" / "fr" / "LC_MESSAGES" / "tracker.po").open("rb") as file:
        for message in read_po(file, locale="fr"):
            if message.id:
                ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
                strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
                pairs += zip(map(str, ids), map(str, strings), strict=True)
    return pairs


def without_code(text: str) -> str:
    """A message without the commands and the lines of files in it, whose quotes and colons are not French.

    Nor are the signs of the screens, which stand alone in a list: `○ manqué · » sauté · ? inconnu`.
    """
    text = re.sub(rf"(?<!\S)[{re.escape(''.join(MEANINGS))}](?= )|(?<=· )\?(?= )", "", text)
    return re.sub(r"`[^`]*`|'[^']*'|\"[^\"]*\"|(?m:^|(?<=: ))tracker [a-z-]+ .*", "", text)


class TestCatalogues:
    def test_they_are_current_and_complete(self) -> None:
        assert not catalogues.problems()

    def test_there_is_much_to_say(self) -> None:
        assert len(both_languages()) > 700

    def test_french_is_set_as_french_is(self) -> None:
        """Curly apostrophes, guillemets, and a narrow space that no line breaks at beside high punctuation."""
        faulty = [french for _english, french in both_languages() if UNFRENCH.search(without_code(french))]
        assert faulty == []

    def test_what_is_typed_stays_as_it_is_typed(self) -> None:
        """Commands between backticks are the same in both languages, but for the words that stand for something."""

        def commands(text: str) -> list[str]:
            return [re.sub(r"[A-ZÀ-Ý]{2,}", "WORD", command) for command in re.findall(r"`[^`]*`", text)]

        assert [pair for pair in both_languages() if commands(pair[0]) != commands(pair[1])] == []

    def test_labels_stay_short_enough_for_their_columns(self) -> None:
        """The footer, the tabs and the help have room for labels of this length, not of any."""
        from tracker.tui.keys import ACTIONS

        locale.use("fr")
        assert [_(action.label) for action in ACTIONS if len(_(action.label)) > 14] == []

    def test_a_changed_message_is_noticed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        package = tmp_path / "tracker"
        shutil.copytree(catalogues.PACKAGE / "locale", package / "locale")
        (package / "new.py").write_text('_("a sentence nobody has translated")\n', encoding="utf-8")
        monkeypatch.setattr(catalogues, "PACKAGE", package)
        problems = catalogues.problems()
        assert "fr: not in the catalogue: 'a sentence nobody has translated'" in problems
        assert any(line.startswith("fr: no longer in the program") for line in problems)

    @pytest.mark.parametrize(
        ("po", "said_otherwise"),
        [
            (lambda text: text.replace('msgstr "pas assez de données"', 'msgstr "trop peu de données"'), True),
            (lambda text: text.replace('msgstr[1] "{n} coups d’œil"', 'msgstr[1] "{n} regards"'), True),
            (lambda text: text.replace("(n > 1)", "(n != 1)"), True),
            (lambda text: text.replace('"Generated-By: ', '"Generated-By: another '), False),
        ],
        ids=["a word", "a plural", "the rule of plurals", "another Babel"],
    )
    def test_what_the_mo_says_is_what_counts(
        self, po: Callable[[str], str], said_otherwise: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shutil.copytree(catalogues.PACKAGE / "locale", tmp_path / "tracker" / "locale")
        monkeypatch.setattr(catalogues, "PACKAGE", tmp_path / "tracker")
        path = tmp_path / "tracker" / "locale" / "fr" / "LC_MESSAGES" / "tracker.po"
        before = path.read_text(encoding="utf-8")
        path.write_text(po(before), encoding="utf-8")
        assert path.read_text(encoding="utf-8") != before
        assert ("fr: the .mo is not compiled from the .po" in catalogues.problems()) == said_otherwise


class TestSpeaking:
    def test_french_and_back(self) -> None:
        assert (locale.language(), _("not enough data")) == ("en", "not enough data")
        locale.use("fr")
        assert (locale.language(), _("not enough data")) == ("fr", "pas assez de données")
        locale.use("en")
        assert (locale.language(), _("not enough data")) == ("en", "not enough data")

    def test_what_nobody_translated_is_said_as_it_is(self) -> None:
        locale.use("fr")
        assert _("a sentence nobody has translated") == "a sentence nobody has translated"

    @pytest.mark.parametrize(
        ("count", "english", "french"),
        [
            (0, "0 checks", "0 coup d’œil"),
            (1, "1 check", "1 coup d’œil"),
            (2, "2 checks", "2 coups d’œil"),
            (1000, "1000 checks", "1000 coups d’œil"),
        ],
    )
    def test_plurals(self, count: int, english: str, french: str) -> None:
        for language, said in (("en", english), ("fr", french)):
            locale.use(language)
            assert ngettext("{n} check", "{n} checks", count).format(n=count) == said


class TestEnvironment:
    @pytest.mark.parametrize(
        ("wishes", "language"),
        [
            ({}, "en"),
            ({"LANG": "fr_FR.UTF-8"}, "fr"),
            ({"LANG": "fr"}, "fr"),
            ({"LANG": "fr_CA.ISO-8859-1"}, "fr"),
            ({"LANG": "en_GB.UTF-8"}, "en"),
            ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
            ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, "fr"),
            ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "fr_BE"}, "fr"),
            ({"LANG": "fr_FR.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
            ({"LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8", "LANGUAGE": "fr"}, "fr"),
            ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "en:fr"}, "en"),
            ({"LANG": "en_US.UTF-8", "LANGUAGE": "de:fr:en"}, "fr"),
            ({"LANG": "fr_FR.UTF-8", "LANGUAGE": ""}, "fr"),
            ({"LANG": "C"}, "en"),
            ({"LANG": "C.UTF-8"}, "en"),
            ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
            ({"LANG": "fr_FR.UTF-8", "LC_ALL": "POSIX"}, "en"),
            ({"LANG": "de_DE.UTF-8"}, "en"),
            ({"LANG": "tlh"}, "en"),
            ({"LANG": "\u00e9"}, "en"),
        ],
    )
    def test_the_first_that_is_set_decides(
        self, wishes: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, value in wishes.items():
            monkeypatch.setenv(name, value)
        locale.use()
        assert locale.language() == language

    def test_the_setting_wins_over_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LANG", "fr_FR.UTF-8")
        locale.use("en")
        assert (locale.language(), _("quiet")) == ("en", "quiet")

    def test_a_language_without_catalogue_is_said_in_english(self) -> None:
        locale.use("de")
        assert _("quiet") == "quiet"


class TestCommandLine:
    """What the command line says by itself: its usage errors are our own, and so as French as the rest."""

    def run(self, tmp_path: Path, *words: str, **variables: str) -> tuple[int, str, str]:
        environment = {
            "PATH": "/usr/bin:/bin",
            "TZ": "Europe/Paris",
            "HOME": str(tmp_path),
            "PYTHONUTF8": "1",
            "TRACKER_DB": str(tmp_path / "log.db"),
            "TRACKER_CONFIG": str(tmp_path / "settings.toml"),
            "TRACKER_NOW": "2026-11-23T15:12",
        }
        run = subprocess.run(
            [sys.executable, "-m", "tracker", *words],
            env=environment | variables,
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
        )
        return run.returncode, run.stdout, run.stderr

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("strat",), "tracker: commande inconnue : « strat » ; vouliez-vous dire start / status ?"),
            (("start",), "tracker: il manque CANAL à start : tracker start CANAL [ACTIVITÉ] [options]"),
            (("stop", "--zz"), "tracker: option inconnue : --zz ; `tracker stop --help` les liste"),
            (("stop", "--at"), "tracker: il manque une valeur à --at : --at HEURE"),
            (("stop", "now"), "tracker: « now » est de trop après stop : tracker stop [options]"),
        ],
    )
    def test_usage_errors(self, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
        code, out, error = self.run(tmp_path, *words, LANG="fr_FR.UTF-8")
        assert (code, out, error.replace(NARROW, " ")) == (2, "", f"{said}\n")

    def test_help(self, tmp_path: Path) -> None:
        _code, french, _error = self.run(tmp_path, "--help", LANG="fr_FR.UTF-8")
        _code, english, _error = self.run(tmp_path, "--help", LANG="de_DE.UTF-8")
        assert "utilisation" in french
        assert "usage: tracker" in english
        assert not set(french.splitlines()) & set(english.splitlines()) - {""}

    def test_the_setting(self, tmp_path: Path) -> None:
        (tmp_path / "settings.toml").write_text('language = "fr"\n', encoding="utf-8")
        assert self.run(tmp_path, "status", LANG="en_US.UTF-8")[1].startswith("aucun minuteur en cours")


def test_nothing_is_nothing_in_every_language() -> None:
    for language in ("en", "fr"):
        locale.use(language)
        assert locale._("") == ""
    locale.use("en")
