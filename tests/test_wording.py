"""The words of the program: one word for each thing, in both languages, and where messages are written.

The lists are those of the house: what a reader had to read twice, and what stands there now.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from tests import catalogues
from tests.test_house import FILES, HOUSE, nodes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Words and phrases that no English message has, and what it says instead.
LEFT = {
    r"(?<!\[)\{(key|check|more|stop)\} (?!closes the day)[a-z]+s\b|press \{key|[.;:] esc [a-z]+s\b": "[{key}] undoes",
    r"\bunsaid\b": "no activity",
    r"\breckon": "calculate",
    r"all the same\b": "anyway",
    r"\bbeside\b": "next to",
    r"\bsuch a (day|half hour)\b": "on that weekday",
    r"\bso many\b": "the number, or: as many",
    r"\bput(ting)? off\b": "postpone",
    r"\banew\b": "again",
    r"not meant\b|\bwas meant\b": "unplanned, planned",
    r"\b(what|nothing) (runs|ran)\b": "the running session, no timer running",
    r"\bwhat came of\b": "results",
    r"what was not timed|log what was\b": "past time",
    r"\bsays? nothing\b": "needs",
    r"\bto be told\b": "needs",
    r"(⏎|enter) keep\b|\besc leaves?\b|\bleave the rest": "Enter Save, Esc Cancel",
    r"\besc (skip|finish|keep)|⏎ [a-z]+ · esc\b": "Enter Save, Esc Cancel; Esc Close on a page to read",
    r"^(keep, it )?go(es)? on$|\bkey goes on": "Continue",
    r"\bstill to come\b": "in the future",
    r"\b(is|are) none\b": "unknown",
    r"no line says": "no matches",
    r"counted in no\b": "not counted as",
    r"\bas if it had not\b": "discard",
    r"chosen, not drawn|what made what": "went together, not what caused what",
    r"\bas they did\b": "at this rate",
    r"whatever you answer": "answers are saved as you go",
    r"nobody waits|\bwhoever\b": "no follow-ups due",
    r"\brests on\b": "sessions behind this",
    r"what decides": "thresholds",
    r"true durations?\b": "known durations",
    r"straight back again|time without return|felt time": "quick returns, time that doesn't pay, guessed time",
    r"how this is used|all is well": "show help, no problems found",
    r"\boutcomes?\b": "result",
    r"\bconversations?\b": "talk",
    r"\bresisted (?!urge)|\burges? (noticed and )?resisted": "resisted urge",
    r"\b(is|silent) (until|for) (?=.*28|…)|\bsilent\b": "muted",
    r"\bglances?\b|\ba look at\b": "check",
    r"\blook(s|ed)? back on\b": "review",
    r"\bin part\b": "partly",
    r"[\d…] %(?!\w)": "5%, without a space",
    r"\btwo at once\b": "on 2 channels at once",
    r"\bnot opened\b": "skipped",
    r"\bnot set –|settings? (sale_value|client_share|hour_cost|focus_hours)": "what it is (its name): say_wanted",
    r"\besc: ": "Esc Skip, Esc Cancel",
    r"^[^:]*\bo\d+ is via\b": "the recommendation is now via Instagram",
}

#: The same for French messages.
LEFT_FRENCH = {
    r"\d(?: h)? social\b|\btemps social\b": "de réseaux",
    r"\brésist(?!er)": "envie surmontée",
    r"\brepouss(?!é à)": "en évitant, envie surmontée",
    r"^T Retirer$": "Réafficher",
    r"\btout reprendre\b": "annuler n’importe quel changement",
    r"prend le sien": "choisit une suggestion",
    r"a paru|au ressenti": "ressenties, par semaine",
    r"il en faudrait": "seuil de rentabilité",
    r"n.était pas voulu": "de temps non voulu",
    r"skipped|\bun souffle\b": "sauté, respirez lentement",
    r"\bun regard\b": "un coup d’œil, à compléter",
    r"comble un trou": "combler le trou",
    r"dit sa vraie fin|laisse courir": "donne la vraie fin, laisse tourner",
    r"laisse le reste": "finir plus tard",
    r"rien ici n.est dit": "présenté comme",
    r"\bdès \d|\bde 0\d h\b|min sont passées": "à partir de, de 9 h, écoulées",
    r"\w(?:[^dfglv]èrent|âmes|îmes|ûmes)\b": "no simple past",
    r"(?<=[\w»)…]) [;:?!»%](?!\w)|« ": "no-break spaces",
    r"[a-zà-ÿ]'[a-zà-ÿ]": "’",
    r"\blinkedin (create|reply|relate)\b|^create \d|\bstreet \d|\d call\b": "créer, répondre, rue, appel",
    r"\bj’aime\b|coup d’œil à (?!l’instant)|pour likes": "les likes, un coup d’œil sur",
    r"\b(avancer|reculer) de \d": "décaler de 5 minutes plus tôt, plus tard",
    r"\bmonnaie\b|\brendement\b|après les coûts": "devise, retour, frais",
}

#: A thing, and the word French has for it wherever English names it.
FRENCH_OF = {
    r"\bresisted urges?\b": "surmontée",
    r"\bcommitments?\b": "engagem",
    r"\bsocial time\b": "réseaux",
    r"\bno activity$": "précisé",
    r"\bresults?\b": "résultat",
    r"\b(leads|a lead)\b(?!/h)": "piste",
    r"\btalks\b": "contact",
    r"\bflagged\b": "signal",
    r"\bmuted?\b": "masqu",
    r"\b(a|\{n\}) checks?\b": "coup",
    r"\bpatterns?\b": "motif",
}

#: What is typed or stored as it is: commands, options, names of measures, places.
_TYPED = re.compile(r"`[^`]*`|--\w+|^tracker .*$|\[[a-z]+\]|\bby \w+\b(?= [\w{])|ActivityWatch", re.M)


def forms(message: object) -> tuple[str, ...]:
    """The texts of a message, plurals and all."""
    return tuple(map(str, message)) if isinstance(message, (tuple, list)) else (str(message),)


@cache
def messages() -> list[tuple[str, str]]:
    """Every message of the program with its French, each form of a plural on its own; without what is typed."""
    with (catalogues.PACKAGE / "locale" / "fr" / "LC_MESSAGES" / "tracker.po").open("rb") as file:
        french = {message.id: forms(message.string) for message in read_po(file, locale="fr") if message.id}
    pairs = []
    for message in catalogues.extracted():
        if not message.id:
            continue
        texts = forms(message.id)
        translated = french.get(message.id, ("",) * len(texts))
        pairs += [(_plain(english), _plain(two)) for english, two in zip(texts, translated, strict=True)]
    return pairs


def _plain(text: str) -> str:
    return re.sub(r"\{(?!n\})\w+(?::[^}]*)?\}", "…", _TYPED.sub("", text))


@pytest.mark.parametrize(("phrase", "instead"), LEFT.items())
def test_no_message_says_it_in_two_ways(phrase: str, instead: str) -> None:
    assert [text for text, _french in messages() if re.search(phrase, text, re.I)] == [], f"write: {instead}"


@pytest.mark.parametrize(("phrase", "instead"), LEFT_FRENCH.items())
def test_no_french_message_says_it_so(phrase: str, instead: str) -> None:
    assert [text for _english, text in messages() if re.search(phrase, text, re.I)] == [], f"write: {instead}"


@pytest.mark.parametrize(("word", "french"), FRENCH_OF.items())
def test_french_has_one_word_for_it(word: str, french: str) -> None:
    said = [(english, two) for english, two in messages() if two and re.search(word, english, re.I)]
    assert said
    assert [pair for pair in said if french not in pair[1].casefold()] == []


def is_message(node: ast.AST) -> bool:
    """Whether it is a call that the catalogue's reader looks for, with words of its own."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return False
    return node.func.id in ("_", "N_", "ngettext", "counted", "plural") and any(
        isinstance(expression, ast.Constant) for expression in node.args
    )


def hidden(file: Path) -> Iterator[str]:
    """The messages that stand inside an f-string, where the catalogue's reader does not look."""
    for node in nodes(file):
        if isinstance(node, ast.JoinedStr):
            parts = (part for part in ast.walk(node) if is_message(part))
            yield from (f"{file.relative_to(HOUSE)}:{part.lineno}" for part in parts)  # type: ignore[attr-defined]


def test_no_message_stands_inside_an_f_string() -> None:
    assert [place for file in FILES for place in hidden(file)] == []


#: What is stored in no language of the program's: notes of one session together, and sleep hours in the settings file.
STORED = {"storage/overlaps.py", "importers/shared_reading.py", "settings/values.py"}


def test_parts_are_joined_by_the_readers_semicolon() -> None:
    """French has a narrow space before it: the sign between phrases is in the catalogue, as `_("; ")`."""
    texts = {path.relative_to(HOUSE).as_posix(): path.read_text("utf-8") for path in FILES}
    assert {name for name, text in texts.items() if '"; ".join' in text} == STORED
