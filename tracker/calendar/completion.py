"""Completions of a line of natural entry while it is typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.calendar.words import RING_WORDS, plain
from tracker.domain.models import RINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: The lengths that are offered where a line has no time yet.
LENGTHS = ("25m", "15m", "45m", "1h")

#: Before anything of the next word is typed, each kind of word offers so many: a taste of all.
TASTE = 3

_TIME = re.compile(r"\d+ ?(?::\d\d|h|m\b|min|s\b|[ap]m)")


def complete_entry(
    prefix: str,
    channels: Sequence[str],
    activities: Sequence[str],
    people: Sequence[str] = (),
    intentions: Sequence[str] = (),
    limit: int = 6,
) -> list[str]:
    """Up to `limit` whole lines that begin with `prefix`, the likeliest first.

    Each vocabulary comes with its last used first; `intentions` complete the note.
    """
    head, typed = _last_word(prefix)
    before = plain(head).split()
    found: dict[str, None] = {}
    for words in _kinds(before, typed, channels, activities, people):
        fitting = [head + word for word in words if _continues(word, typed)]
        found |= dict.fromkeys(fitting if typed else fitting[:TASTE] if before else fitting)
    found |= dict.fromkeys(_notes(prefix, intentions))
    return list(found)[:limit]


def _last_word(prefix: str) -> tuple[str, str]:
    """`linkedin cre` → `linkedin `, `cre`."""
    head, space, typed = prefix.rpartition(" ")
    return head + space, typed


def _kinds(
    before: list[str], typed: str, channels: Sequence[str], activities: Sequence[str], people: Sequence[str]
) -> Iterator[Iterable[str]]:
    """The vocabularies that the next word can come from."""
    if not before:
        yield channels
        return
    if len(before) == 1 or (len(before) == 2 and _TIME.fullmatch(before[1])):
        yield activities
    if not _has_time(before):
        yield LENGTHS
    if before[-1].startswith("@") and not RING_WORDS.keys() & set(before):
        yield RINGS
    if not any(word.startswith("@") for word in before) and (typed or _has_time(before)):
        yield (f'@"{who}"' if " " in who else f"@{who}" for who in people)


def _notes(prefix: str, intentions: Sequence[str]) -> Iterator[str]:
    """The line with its note, which is what stands behind the time, completed by an intention used before."""
    times = list(_TIME.finditer(prefix))
    end = prefix.find(" ", times[-1].end()) + 1 if times else 0
    if end:
        note = prefix[end:]
        yield from (prefix[:end] + intention for intention in intentions if _continues(intention, note))


def _has_time(words: list[str]) -> bool:
    return any(_TIME.search(word) for word in words)


def _continues(word: str, typed: str) -> bool:
    if typed.startswith("@"):  # `@ann` goes on to `@"Anna B"`
        word, typed = word.replace('"', ""), typed.replace('"', "")
    return plain(word).startswith(plain(typed)) and len(word) > len(typed)
