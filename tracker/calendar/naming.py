"""Names of people in a line of words: how many words a name has, and `with Anna`, `avec Samia`, which say who."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.calendar.phrases import is_timely
from tracker.calendar.words import MONTHS, RING_WORDS, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    #: Whether somebody of this name is known.
    Known = Callable[[str], bool]

WITH = ("with", "avec")

#: No name is looked for in more words.
_LONGEST = 5
#: More small words than these, one after another, are a sentence, not a name.
_MOST_SMALL = 2
#: Within a name these stand small: `Anna von Berg`.
_PARTICLES = (
    *("de", "du", "des", "del", "la", "le", "da", "di", "do", "dos", "el", "al"),
    *("bin", "von", "van", "der", "den"),
)
#: What a name is not made of, besides the words of times.
_NO_NAMES = (
    *("about", "over", "with", "who", "my", "her"),
    *("sur", "pour", "avec", "chez", "dans", "au", "aux", "mon", "ma"),
)
_ENDS = ",;:!?"
_QUOTES = '"“”«»'
#: As in entry.py: quotes hold words together.
_WORD = re.compile(r'(?:@|[^\W\d]+:)?(?:"[^"]*"|“[^”]*”|«[^»]*»)[,;.!?]?(?=\s|$)|\S+')


def with_person(line: str, taken: Container[str], known: Known) -> str:
    r"""The line with its first `with NAME` written `@"NAME"`; as it is where it says `@who` itself.

    A name is somebody known, or words that begin with a capital: `with 3 clients` and `with love` stay as they are.
    `taken` are plain words that mean something else, such as the channels.
    """
    found = list(_WORD.finditer(line))
    words = [one[0] for one in found]
    if any(word.startswith("@") for word in words):
        return line
    for place, word in enumerate(words[:-1]):
        if plain(word) == "note:" or plain(" ".join(words[place : place + 2])) == "note :":
            break
        if plain(word) in WITH and (many := _named(words[place + 1 :], taken, known)):
            name = as_name(words[place + 1 : place + 1 + many])
            return f'{line[: found[place].start()]}@"{name}"{line[found[place + many].end() :]}'
    return line


def first_name(words: Sequence[str], taken: Container[str], known: Known) -> int:
    """How many words the name has that a line begins with: somebody known, or all up to a comma, a capital's run.

    Small words are a name up to what means something else (a ring, a time, `about`), unless they are a sentence.
    """
    if not words or _means_else(words[0], taken):
        return 0
    small = 1
    while small < len(words) and not _ends(words[small - 1]) and not _stops(words, small, taken):
        small += 1
    if many := _known(words, known):
        return many
    if small <= _LONGEST and words[small - 1].endswith(","):
        return small
    if words[0][:1].isupper():
        return _run(words, taken)
    return small if small <= _MOST_SMALL else 1


def as_name(words: Sequence[str]) -> str:
    """The words as one name, without the punctuation behind it."""
    name = " ".join(words).strip(_QUOTES).rstrip(_ENDS).strip(_QUOTES)
    return name.rstrip(".") if len(name.rpartition(" ")[2]) > 3 else name


def _named(words: Sequence[str], taken: Container[str], known: Known) -> int:
    """How many words behind a `with` are a name; 0 where none is."""
    if many := _known(words, known):
        return many
    first = words[0].strip(_QUOTES)
    if not first[:1].isupper() or _means_else(first, taken):
        return 0
    many = 1 if first != words[0] else _run(words, taken)
    last = as_name(words[:many])
    acronym = many == 1 and len(last) > 1 and last.isupper()
    return 0 if acronym or last.endswith(("'s", "’s")) else many


def _known(words: Sequence[str], known: Known) -> int:
    """How many words are the longest name of somebody known."""
    longest = next((n for n, word in enumerate(words[:_LONGEST], 1) if _ends(word)), min(_LONGEST, len(words)))
    return next((n for n in range(longest, 0, -1) if known(as_name(words[:n]))), 0)


def _run(words: Sequence[str], taken: Container[str]) -> int:
    """How many words from the first on begin with a capital, particles between them included."""
    many = place = 1
    while place < len(words) and not _ends(words[place - 1]):
        if words[place][:1].isupper() and not _means_else(words[place], taken):
            many = place + 1
        elif plain(words[place]) not in _PARTICLES:
            break
        place += 1
    return many


def _stops(words: Sequence[str], place: int, taken: Container[str]) -> bool:
    """Whether a name ends before the word at `place`; a particle is part of it only in front of another part."""
    while place < len(words) and plain(words[place]) in _PARTICLES:
        place += 1
    return place == len(words) or words[place].startswith("@") or _means_else(words[place], taken)


def _ends(word: str) -> bool:
    return word[-1:] in _ENDS


def _means_else(word: str, taken: Container[str]) -> bool:
    """Whether a word is a ring, a time, a day or another that is `taken`, and so nobody's name."""
    said = plain(word.strip(_QUOTES + _ENDS))
    if not said or said in RING_WORDS or said in taken:
        return True
    return said in _NO_NAMES or (is_timely(said) and said not in MONTHS)
