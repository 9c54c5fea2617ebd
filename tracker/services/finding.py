"""Finding everything that a person wrote by its words: sessions, urges, results, notes of days, commitments, reviews.

Case and accents do not matter. All words must be there, in any order; quotation marks make a phrase, and the last word
may go on. The preset words of triggers and checks are found in the reader's language, too.
"""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.days import day_of
from tracker.calendar.words import plain
from tracker.domain.errors import TrackerError
from tracker.domain.models import DAY, FOREVER, Match
from tracker.domain.text import one_line, quoted
from tracker.locale import _
from tracker.reports import record_wording
from tracker.storage import search, search_index

if TYPE_CHECKING:
    from tracker.workspace import Workspace

#: How many matches are ranked, those recorded last: to rank more takes longer than an answer to a key may.
MOST_RANKED = 5_000

#: How many words can be looked for at once.
MOST_WORDS = 32

_QUOTES = str.maketrans(dict.fromkeys("«»“”„", '"'))
#: The letters that the index writes instead (`search_index.SEARCHED`).
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_WORD = re.compile(r"[^\W_]+")


class Query(NamedTuple):
    """The words and phrases to look for; `begun` where the last may go on."""

    terms: tuple[str, ...]
    begun: bool


class Findings(NamedTuple):
    """The best matches, each with its `date` (of a week its first day), and the `total` of them."""

    matches: list[Match]
    total: int


def read_query(text: str) -> Query:
    """What the typed text looks for; no terms where it has neither letters nor digits.

    Raises TrackerError for too many words, and for bytes that were no text.
    """
    parts = (one_line(text) or "").translate(_QUOTES).split('"')
    terms: dict[str, None] = {}
    last = None
    for number, part in enumerate(parts):
        for term in [part] if number % 2 else part.split():
            if _WORD.search(term):
                terms.pop(term, None)  # the last one may go on
                terms[term] = None
                last = number
    if len(terms) > MOST_WORDS:
        raise TrackerError(_("too many words: at most {n} can be searched at once").format(n=MOST_WORDS))
    is_closed = last is not None and last % 2 == 1 and last < len(parts) - 1
    # Thousands of words begin with one Latin letter, and none of them is meant.
    is_letter = bool(terms) and len(term := [*terms][-1]) == 1 and term.isascii()
    return Query(tuple(terms), not is_closed and not is_letter)


def find(
    workspace: Workspace,
    text: str,
    *,
    first: str | None = None,
    last: str | None = None,
    channel: str | None = None,
    limit: int | None = None,
) -> Findings:
    """The records with these words, the best first; of two dates and one channel only, where they are given.

    Raises TrackerError where there is nothing to look for.
    """
    query = read_query(text)
    if not query.terms:
        raise TrackerError(_("“{text}” has no letters or digits to search for").format(text=quoted(text)))
    expression = search.expression([_spellings(term) for term in query.terms], begun=query.begun)
    look = partial(_find, workspace, expression, first, last, channel, limit)
    try:
        return look()
    except TrackerError:
        if search_index.is_sound(workspace.database.connection):
            raise
        workspace.database.rebuild_index()
        return look()


def _find(
    workspace: Workspace, expression: str, first: str | None, last: str | None, channel: str | None, limit: int | None
) -> Findings:
    database = workspace.database
    with database.snapshot():
        if first or last:
            span = _widened_span(workspace, first, last)
            matches = search.matches(database, expression, limit=-1, channel=channel, span=span)
            dated = [_dated(workspace, match) for match in matches]
            within = [match for match in dated if (first or "") <= (match.date or "") <= (last or "9999")]
            return Findings(within[:limit], len(within))
        most, ranked = (-1, -1) if limit is None else (limit, MOST_RANKED)
        matches = search.matches(database, expression, limit=most, ranked=ranked, channel=channel)
        total = len(matches)
        if total == limit:
            total = search.count(database, expression, channel=channel)
    return Findings([_dated(workspace, match) for match in matches], total)


def _widened_span(workspace: Workspace, first: str | None, last: str | None) -> tuple[int, int]:
    """The instants of the days, a day wider: which day a record belongs to is told by its own zone."""
    from tracker.calendar.days import day_bounds

    starts_at = workspace.settings.day_starts_at
    begin = day_bounds(first, "UTC", starts_at)[0] - DAY if first else 0
    return begin, day_bounds(last, "UTC", starts_at)[1] + DAY if last else FOREVER


def _dated(workspace: Workspace, match: Match) -> Match:
    if match.at is not None:
        date = day_of(match.at, match.zone or workspace.zone, workspace.settings.day_starts_at)
        return match._replace(date=date)
    return match._replace(date=workspace.week_dates(match.week)[0]) if match.week else match


def _spellings(term: str) -> tuple[str, ...]:
    """A term as the index has it, and the preset words that are shown as it: they are stored in English."""
    word = plain(term)
    shown = record_wording.CHECK_NOTES | record_wording.TRIGGERS
    stored = [name for name, label in shown.items() if word and word in plain(_(label)).split()]
    return tuple(dict.fromkeys((term.translate(_LIGATURES), *stored)))


def say_texts(match: Match) -> list[str]:
    """The texts of a record as they are read, one line each, preset words in the reader's language."""
    return [_say_text(match, column, " ".join(text.split())) for column, text in match.texts]


def _say_text(match: Match, column: str, text: str) -> str:
    if column == "person":
        return f"@{text}"
    if column == "trigger":
        return _("because: {trigger}").format(trigger=record_wording.say_trigger(text))
    return record_wording.say_check_note(text) if match.kind == "session" and column == "note" else text


def places(text: str, query: Query) -> list[tuple[int, int]]:
    """Where the words of a query stand in a text, in order: the index of the first letter, and that behind the last."""
    folded = "".join(unicodedata.normalize("NFD", letter)[0].lower()[:1] for letter in text)
    words = [word for term in query.terms for word in _WORD.findall(plain(term))]
    spans = []
    for number, word in enumerate(words, 1):
        begun = query.begun and number == len(words)
        pattern = rf"(?<![^\W_]){re.escape(word)}" + (r"[^\W_]*" if begun else r"(?![^\W_])")
        spans += [match.span() for match in re.finditer(pattern, folded)]
    return sorted(spans)


def excerpt(text: str, query: Query, room: int) -> str:
    """At most `room` letters of a text, around the first word that was looked for."""
    if len(text) <= room:
        return text
    start = next((begin for begin, _end in places(text, query)), 0)
    start = max(0, min(start - room // 4, len(text) - room + 1))
    if not start:
        return text[: room - 1] + "…"
    piece = text[start + 1 : start + room - 1] if start + room - 1 < len(text) else text[start + 1 :]
    return f"…{piece}…" if start + room - 1 < len(text) else f"…{piece}"
