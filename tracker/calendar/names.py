"""Names of people in a line of words: how many words a name has, and `with Anna`, `avec Samia`, which say who."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.session_line import QUOTES, WORD
from tracker.calendar.time_phrases import may_be_in_time
from tracker.calendar.words import MONTHS, RING_WORDS, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    #: Whether a person of this name is known.
    IsKnown = Callable[[str], bool]

WITH = ("with", "avec")

#: Names of known people are looked for in so many words.
_LONGEST = 5
#: More words than these without a capital are a sentence, not a name.
_LONGEST_LOWER_CASE = 2
#: Words in lower case within a name: `Anna von Berg`.
_PARTICLES = (
    *("de", "du", "des", "del", "la", "le", "da", "di", "do", "dos", "el", "al"),
    *("bin", "von", "van", "der", "den"),
)
#: Words that are in no name, besides the words of times.
_NOT_NAMES = (
    *("about", "over", "with", "who", "my", "her"),
    *("sur", "pour", "avec", "chez", "dans", "au", "aux", "mon", "ma"),
)
_ENDS = ",;:!?"


def with_person(line: str, taken: Container[str], is_known: IsKnown) -> str:
    r"""The line with its first `with NAME` written `@"NAME"`; as it is where it says `@who` itself.

    A name is a known person's, or words that begin with a capital: `with 3 clients` and `with love` stay as they are.
    `taken` are plain words that mean something else, such as the channels.
    """
    matches = list(WORD.finditer(line))
    words = [match[0] for match in matches]
    if any(word.startswith("@") for word in words):
        return line
    for index, word in enumerate(words[:-1]):
        if plain(word) == "note:" or plain(" ".join(words[index : index + 2])) == "note :":
            break
        behind = words[index + 1 :]
        if plain(word) in WITH and (count := _name_behind_with(behind, taken, is_known)):
            name = as_name(behind[:count])
            return f'{line[: matches[index].start()]}@"{name}"{line[matches[index + count].end() :]}'
    return line


def first_name(words: Sequence[str], taken: Container[str], is_known: IsKnown) -> int:
    """The number of words of the name with which a line begins; 0 where it begins with none.

    The name is a known person's, or all words up to a comma, or the words that begin with a capital. Words in lower
    case are a name up to a word with another meaning (a ring, a time, `about`), unless they are a sentence.
    """
    if not words or _has_other_meaning(words[0], taken):
        return 0
    count = 1
    while count < len(words) and words[count - 1][-1:] not in _ENDS and not _stops(words, count, taken):
        count += 1
    if known := _known(words, is_known):
        return known
    if count <= _LONGEST and words[count - 1].endswith(","):
        return count
    if words[0][:1].isupper():
        return _capitalised(words, taken)
    return count if count <= _LONGEST_LOWER_CASE else 1


def as_name(words: Sequence[str]) -> str:
    """The words as one name, without the punctuation behind it."""
    name = " ".join(words).strip(QUOTES).rstrip(_ENDS).strip(QUOTES)
    return name.rstrip(".") if len(name.rpartition(" ")[2]) > 3 else name


def _name_behind_with(words: Sequence[str], taken: Container[str], is_known: IsKnown) -> int:
    """The number of words behind a `with` that are a name; 0 for none."""
    if count := _known(words, is_known):
        return count
    first = words[0].strip(QUOTES)
    if not first[:1].isupper() or _has_other_meaning(first, taken):
        return 0
    count = 1 if first != words[0] else _capitalised(words, taken)
    name = as_name(words[:count])
    is_acronym = count == 1 and len(name) > 1 and name.isupper()
    return 0 if is_acronym or name.endswith(("'s", "’s")) else count


def _known(words: Sequence[str], is_known: IsKnown) -> int:
    """The number of words of the longest name of a known person with which the words begin."""
    ends = (count for count, word in enumerate(words[:_LONGEST], 1) if word[-1:] in _ENDS)
    longest = next(ends, min(_LONGEST, len(words)))
    return next((count for count in range(longest, 0, -1) if is_known(as_name(words[:count]))), 0)


def _capitalised(words: Sequence[str], taken: Container[str]) -> int:
    """The number of words from the first on that begin with a capital, with the particles between them."""
    count = index = 1
    while index < len(words) and words[index - 1][-1:] not in _ENDS:
        if words[index][:1].isupper() and not _has_other_meaning(words[index], taken):
            count = index + 1
        elif plain(words[index]) not in _PARTICLES:
            break
        index += 1
    return count


def _stops(words: Sequence[str], index: int, taken: Container[str]) -> bool:
    """Whether a name ends before the word at `index`; a particle belongs to it only in front of another part."""
    while index < len(words) and plain(words[index]) in _PARTICLES:
        index += 1
    return index == len(words) or words[index].startswith("@") or _has_other_meaning(words[index], taken)


def _has_other_meaning(word: str, taken: Container[str]) -> bool:
    """Whether a word is a ring, a time, a day or one of `taken`, and so not part of a name."""
    plain_word = plain(word.strip(QUOTES + _ENDS))
    if not plain_word or plain_word in RING_WORDS or plain_word in taken or plain_word in _NOT_NAMES:
        return True
    return may_be_in_time(plain_word) and plain_word not in MONTHS
