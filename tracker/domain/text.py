"""The rules of every text that people type and programs bring: which characters are kept, and how many.

Control characters steer a terminal, and bidirectional controls make a line read otherwise than it is. None of them
comes into the log or out of it, whoever wrote the file: `clean` and `clean_lines` take them away on both ways, and
`as_json` writes them as escapes. Joiners inside emoji and the spaces of French typography stay.

`LIMITS` is how long each text may be when it is typed or imported; `entered` is the door, which refuses what is longer
and never cuts. What people type comes through `typed`, on the screens and the command line alike: it is one line, but
for the fields of several. What a file holds already is read whatever its length.

Words that are read: `nearest` is what a mistyped one may stand for, and `lazy_regex` compiles a pattern where it is
first used. Compiling one takes 0.2 ms or more, and what people type is read with fifty of them: all of them at once
would double the time of `tracker check linkedin a few words`, which needs four.
"""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.locale import N_, _

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Mapping
    from typing import Any, TypeVar

    from tracker.domain.models import Channel, Commitment, Habit, Outcome, Session, Spend, Urge

    Kept = TypeVar("Kept", Session, Urge, Outcome, Spend, Commitment, Habit, Channel)

#: C0 (with DEL), C1, and what breaks a line for some readers only.
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)
#: Marks, embeddings, overrides and isolates of writing directions: invisible where they are not obeyed.
_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))

_ON_ONE_LINE = dict.fromkeys(_CONTROLS, " ") | dict.fromkeys(_BIDI)
_ON_LINES = {code: kept for code, kept in _ON_ONE_LINE.items() if chr(code) not in "\n\t"}
#: Those that JSON may hold as they are, by what it may hold instead.
_IN_JSON = {chr(code): f"\\u{code:04x}" for code in (*_CONTROLS, *_BIDI) if code >= 0x7F}

#: Stands for the end of a line where only one line can be typed.
LINE_BREAK = "⏎"

#: How much of what was typed a message repeats.
LONGEST_QUOTE = 60

#: By the field's name in the log: what to call it, and how many characters it may have.
LIMITS = {
    "intention": (N_("intention"), 2_000),
    "trigger": (N_("trigger"), 2_000),
    "note": (N_("note"), 2_000),
    "override": (N_("reason"), 2_000),
    "overrun": (N_("reason"), 2_000),
    "why": (N_("reason"), 2_000),
    "task": (N_("task"), 2_000),
    "day": (N_("note"), 10_000),
    "words": (N_("words"), 20_000),
    "cue": (N_("commitment"), 500),
    "plan": (N_("commitment"), 500),
    "person": (N_("person"), 100),
    "name": (N_("name"), 100),
    "title": (N_("title"), 100),
    "unit": (N_("unit"), 100),
    # What is read as natural words: a session, a habit, a commitment. Its own texts are shorter.
    "line": (N_("line"), 5_000),
}


def clean(text: str) -> str:
    """`text` on one line, without control characters: it is only ever read, never obeyed."""
    return text if text.isprintable() else _whole(text.translate(_ON_ONE_LINE))


def clean_lines(text: str) -> str:
    """`text` without control characters but tabs and ends of lines, which are all made `\\n`."""
    if text.isprintable():
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_ON_LINES)


def quoted(text: str) -> str:
    """What the user typed, fit for a one-line message: without control characters, at most LONGEST_QUOTE letters."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


def refusal(message: str, **typed: str) -> TrackerError:
    """The error of a message with what the user typed, `quoted`, in its places."""
    return TrackerError(message.format(**{place: quoted(text) for place, text in typed.items()}))


def one_line(text: "str | None") -> "str | None":
    """What the user wrote in a field, as it is kept: one line, no two spaces in a row, None where nothing is left.

    Raises TrackerError for bytes that were no text.
    """
    return " ".join(clean(_encodable(text or "")).split()) or None


def named(text: "str | None") -> str:
    """The name of a person without what is no part of it: the @ before it, quotes around it, spaces beside it."""
    name, before = (text or "").strip(), None
    while name != before:
        name, before = name.lstrip("@").strip(), name
        if len(name) > 1 and name[0] == name[-1] == '"':
            name = name[1:-1].strip()
    return name


def same_name(name: str) -> str:
    """The name of a person as it is compared: two names are the same person where this is equal.

    In whatever case, with whatever spaces, with or without the @ before it, and however its letters are made up.
    """
    name = " ".join(named(name).split())
    if name.isascii():
        return name.lower()
    from unicodedata import normalize

    return normalize("NFC", normalize("NFC", name).casefold())


def as_json(value: "Any", *, ascii: bool = False, indent: "int | None" = None) -> str:
    """The value as JSON, its control characters as escapes; `ascii` escapes every letter that is not ASCII."""
    import json

    written = json.dumps(value, ensure_ascii=ascii, indent=indent)
    if not written.isprintable():
        # `str.translate` would take ten times as long: inside, it raises an error for each character that is kept.
        for character in _IN_JSON.keys() & set(written):
            written = written.replace(character, _IN_JSON[character])
    return written


def typed_line(text: str) -> str:
    """A line of natural words as it is read: no two spaces in a row. Raises TrackerError where it is too long."""
    return " ".join((entered("line", text) or "").split())


def entered(field: str, text: "str | None") -> "str | None":
    """A text for a field of LIMITS as it is kept, its lines as they are.

    Raises TrackerError where it is longer than the field's limit, and for bytes that were no text.
    """
    if text is None:
        return None
    name, most = LIMITS[field]
    text = clean_lines(_encodable(text))
    if len(text) > most:
        message = _("the text for “{field}” is too long: {n} characters (limit {limit})")
        raise TrackerError(message.format(field=_(name), n=len(text), limit=most))
    return text


#: The texts that may have several lines.
_LINES = ("words",)


def typed(field: str, text: "str | None") -> "str | None":
    """What a person typed into a field of LIMITS as it is kept: one line, no two spaces in a row; None for nothing.

    Raises TrackerError where it is longer than the field's limit, and for bytes that were no text.
    """
    return entered(field, text) if field in _LINES else entered(field, one_line(text))


def all_entered(fields: "Mapping[str, Any]") -> "dict[str, Any]":
    """Fields to be written, by name: those that are texts of LIMITS as they are kept, the others as they are.

    Raises TrackerError where one is longer than its limit.
    """
    return {
        name: typed(name, value) if name in LIMITS and isinstance(value, str) else value
        for name, value in fields.items()
    }


def with_entered(record: "Kept", fields: "Mapping[str, Any]") -> "Kept":
    """A record with other fields; raises TrackerError for those texts of them that are too long and were not so before.

    What another program has written stays as it is while something else of the record is changed.
    """
    changed = {name: value for name, value in fields.items() if value != getattr(record, name)}
    return record._replace(**all_entered(changed))


def _encodable(text: str) -> str:
    """The text. Raises TrackerError where it has halves of letters: what was typed cannot be told from it."""
    if _whole(text) != text:
        raise TrackerError(_("this text is not valid Unicode and cannot be saved or shown"))
    return text


def _whole(text: str) -> str:
    """With spaces for halves of letters, which no file and no terminal takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join(" " if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    return text


#: How similar a name is at least, as `difflib` measures it, from 0 to 1: `dey` and `day` are 2/3, `delete` and `meet`
#: are 0.6.
LEAST_SIMILARITY = 0.65

#: A second name is offered only where it is hardly less similar than the first: `start` for `strt`, not `status` too.
MARGIN = 0.15


def nearest(word: str, names: "Iterable[str]") -> list[str]:
    """The one or two names most like a mistyped word, the most similar first; none where no name is near."""
    from difflib import SequenceMatcher, get_close_matches

    near = get_close_matches(word, list(names), n=2, cutoff=LEAST_SIMILARITY)
    similarity = [SequenceMatcher(None, word, name).ratio() for name in near]
    return [name for name, similar in zip(near, similarity, strict=True) if similar >= similarity[0] - MARGIN]


class _LazyRegex:
    """Stands for a compiled pattern, which is asked for each method once."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        import re

        method = self.__dict__[name] = getattr(re.compile(self.pattern, self._flags), name)
        return method


def lazy_regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile` that compiles nothing yet. A wrong pattern raises `re.error` where it is first used."""
    return _LazyRegex(pattern, flags)  # type: ignore[return-value]
