"""The lines of an App Usage export, in whatever language, and from whatever spreadsheet they come back.

A line is a row where its cells say so: a name, a date, a time of day, a duration. The header's words do not matter, nor
do further columns. What is no row and says no time is a footer of the file, and its other lines are rejected.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import TrackerError
from tracker.importers.fact import Rejected
from tracker.importers.half_days import AFTERNOON, MORNING, NOON
from tracker.locale import _

if TYPE_CHECKING:
    from tracker.importers.recognise import Recogniser

#: Headers known by their words: a file with one of them may be without rows.
HEADERS = (
    ("app name", "date", "time", "duration"),
    ("nom de l'application", "date", "heure", "durée"),
    ("nom de l’application", "date", "heure", "durée"),
)

_LINE = re.compile(r'"((?:[^"]|"")*)","([^"]*)","([^"]*)","([^"]*)"')
_DATE = re.compile(
    r"(\d{1,4})\.?\s*[/.\-年년\s]\s*(\d{1,2})\.?\s*[/.\-月월\s]\s*(\d{1,4})\s*(?:[.日일]|г\.?)?(?: 0{1,2}:00(?::00)?)?"
)
_TIME = re.compile(r"(\d{1,2}):(\d\d):(\d\d)")
_ANY_TIME = re.compile(r"(\D*?)(\d{1,2})\s*[:.h時时点시]\s*(\d{1,2})\s*(?:[:.m分분]\s*(\d{1,2})\s*[s秒초]?)?(\D*)")
_DURATION = re.compile(r"(?:(\d{1,4})[:.])?(\d{1,3})[:.](\d\d)")


class When(NamedTuple):
    """A date as it is written: its three numbers, and whether blanks stand between them, as in Korean."""

    numbers: tuple[str, str, str]
    dotted: bool
    spaced: bool


class Row(NamedTuple):
    """A line of the file: its number, the app, the date as written, seconds since midnight, and how many seconds it was
    in front."""

    line: int
    app: str
    date: When
    second: int
    lasts: int


class Lines(NamedTuple):
    """A file's rows, its rejected lines, the number of its footers, and whether its header is an English one."""

    rows: list[Row]
    rejected: list[Rejected]
    footers: int
    english: bool


def decoded(raw: bytes) -> str:
    """The text of a file: UTF-8 as phones write it, UTF-16 or Windows' own letters as spreadsheets do."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # A file cut off in the middle of a letter is still good up to there.
        if error.start >= len(raw) - 3:
            return raw.decode("utf-8-sig", "replace")
        return raw.decode("cp1252", "replace")


def lines(text: str, path: str, recogniser: Recogniser) -> Lines:
    """The lines of an export. Raises TrackerError for a text that is none."""
    every = [(number, line) for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1) if line.strip(" \t,;\"'")]
    if every and every[0][1].lower().startswith("sep="):
        del every[0]
    first = every[0][1] if every else ""
    delimiter = max(",;\t", key=first.count)
    header = tuple(cell.strip().lower() for cell in _cells(first, delimiter))
    rows: list[Row] = []
    rejected: list[Rejected] = []
    footers = after = 0
    for number, line in every[1:]:
        cells = _cells(line, delimiter)
        row = _row(number, cells, len(header))
        if isinstance(row, Row):
            rows.append(row)
            after = len(rejected)
        elif _is_footer(cells, recogniser):
            footers += 1
        else:
            rejected.append(row)
    if header[:4] not in HEADERS and (len(header) < 4 or not rows):
        raise TrackerError(
            _("{path} is no App Usage export: it has no rows of an app, a date, a time and a duration").format(
                path=path
            )
        )
    # What follows the last row and names no channel is part of the footer, whatever numbers are in it.
    texts = dict(every)
    last = [row for row in rejected[after:] if _ends(_cells(texts[row.line], delimiter), recogniser)]
    return Lines(rows, [row for row in rejected if row not in last], footers + len(last), header[:4] == HEADERS[0])


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of one line. No name of an app spans lines, so a quote that is never closed costs one row only."""
    plain = _LINE.fullmatch(line) if delimiter == "," else None
    if plain:
        return [plain[1].replace('""', '"'), plain[2], plain[3], plain[4]]
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
    while cells and not cells[-1].strip():
        del cells[-1]
    return cells


def _row(number: int, cells: list[str], width: int) -> Row | Rejected:
    if len(cells) < 4 or len(cells) > max(width, 4):
        return Rejected(number, _("a row has four columns or more: app, date, time, duration"))
    app, day, time, lasts = cells[:4]
    date, second, duration = _date(day), _second_of_day(time), _duration(lasts)
    if not app.strip() or date is None:
        return Rejected(number, _("there is no app's name") if date else _("there is no such date or time"))
    if second is None:
        return Rejected(number, _("there is no such date or time"))
    if duration is None:
        return Rejected(number, _("a duration is written like 0:03:01"))
    return Row(number, app, date, second, duration)


def _is_footer(cells: list[str], recogniser: Recogniser) -> bool:
    """Whether a line that is no row says neither a date nor a time where rows say it, but says something."""
    dated = (len(cells) > 1 and _date(cells[1])) or (len(cells) > 2 and _second_of_day(cells[2]) is not None)
    return not dated and _is_other(cells, recogniser)


def _ends(cells: list[str], recogniser: Recogniser) -> bool:
    return bool(cells and cells[0].strip()) and _is_other(cells, recogniser)


def _is_other(cells: list[str], recogniser: Recogniser) -> bool:
    """Whether these are words, and about no app of a channel's."""
    words = " ".join(cells).split()
    return len(words) > 1 and not recogniser.app(cells[0])


def _plain(text: str) -> str:
    """The text with plain blanks and digits, and without the marks that turn the direction of writing."""
    text = unicodedata.normalize("NFKC", text)
    return " ".join("".join(letter for letter in text if unicodedata.category(letter) != "Cf").split())


@lru_cache(maxsize=4096)
def _date(cell: str) -> When | None:
    found = _DATE.fullmatch(_plain(cell))
    if not found:
        return None
    numbers = found[1], found[2], found[3]
    return When(numbers, "." in found[0], bool(re.search(r"\d\.? \d", found[0])))


def _second_of_day(cell: str) -> int | None:
    found = _TIME.fullmatch(cell)
    if found:
        hours, minutes, seconds = int(found[1]), int(found[2]), int(found[3])
        half = ""
    else:
        found = _ANY_TIME.fullmatch(_plain(cell).casefold())
        if not found:
            return None
        hours, minutes, seconds = int(found[2]), int(found[3]), int(found[4] or 0)
        half = re.sub(r"[\s.·,]", "", found[1] + found[5])
    if half:
        if not 1 <= hours <= 12 and not (hours == 0 and half in MORNING):
            hours = hours if hours < 24 and half in AFTERNOON else 24
        elif half in MORNING or half in AFTERNOON:
            hours = hours % 12 + (12 if half in AFTERNOON else 0)
        elif half in NOON:
            hours = hours if hours > 10 else hours + 12
        else:
            return None
    return hours * 3600 + minutes * 60 + seconds if hours < 24 and minutes < 60 and seconds < 60 else None


def _duration(cell: str) -> int | None:
    """`0:03:01` or, on old phones, `03:01`, in seconds."""
    found = _DURATION.fullmatch(cell) or _DURATION.fullmatch(_plain(cell))
    if not found:
        return None
    hours, minutes, seconds = int(found[1] or 0), int(found[2]), int(found[3])
    if seconds > 59 or (found[1] and minutes > 59):
        return None
    return hours * 3600 + minutes * 60 + seconds
