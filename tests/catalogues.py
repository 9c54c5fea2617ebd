"""Message catalogues: `python -m tests.catalogues` brings them up to date, `--check` says whether they are.

Extracts the messages of `tracker/` with Babel, merges them into each language's `.po`, and compiles the `.mo` that is
shipped. Spaces that French sets before high punctuation are made the narrow one that no line breaks at, however they
were typed. The check exits 1 if a message is missing, fuzzy, untranslated, if a translation lost a placeholder, or if
the `.mo` says anything else than the `.po`: messages are compared, not bytes, which differ from one Babel to the next.
"""

from __future__ import annotations

import io
import re
import sys
import tomllib
from datetime import UTC, datetime
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).resolve().parent.parent / "tracker"
LANGUAGES = ("fr",)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "counted": (1, 2),
    "plural": (2, 3),
}


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a value of TOML, whose keys are none."""
    if isinstance(value, str):
        yield value
    else:
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_of(part)


def extract_toml(file: IO[bytes], *_args: object, **_options: object) -> Iterator[tuple[int, None, str, list[str]]]:
    """What Babel asks an extractor for: the line, the function, the message and its comments."""
    return ((0, None, text, []) for text in texts_of(tomllib.load(file)))


def extracted() -> Catalog:
    """The messages of the program, by the files they stand in. For all who ask the same one: it is only read."""
    return _extracted(PACKAGE)


@cache
def _extracted(package: Path) -> Catalog:
    catalog = Catalog(project="tracker", charset="utf-8")
    methods = [("**.py", "python"), ("**/help.toml", "tests.catalogues:extract_toml")]
    messages = extract_from_dir(str(package), methods, keywords=KEYWORDS, comment_tags=("Translators:",))
    for name, _line, message, comments, _context in sorted(messages, key=lambda row: (row[0], row[1])):
        catalog.add(message, locations=[(Path(name).as_posix(), 0)], auto_comments=comments)
    return catalog


def _file(language: str, suffix: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / f"tracker.{suffix}"


def _read(language: str) -> Catalog:
    with _file(language, "po").open("rb") as file:
        return read_po(file, locale=language)


def _po(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(
        buffer, catalog, width=118, omit_header=False, sort_output=False, ignore_obsolete=True, include_lineno=False
    )
    # The dates in the header say when, not what, and would make every run differ.
    lines = [line for line in buffer.getvalue().splitlines(keepends=True) if not line.startswith(b'"POT-Creation-Date')]
    return b"".join(line for line in lines if not line.startswith(b'"PO-Revision-Date'))


def _mo(catalog: Catalog) -> bytes:
    # A .po without dates is read as made just now: the same words would compile to another .mo every minute.
    catalog.creation_date = catalog.revision_date = EPOCH
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def _spoken(mo: bytes) -> tuple[str | None, dict[object, str]]:
    """What gettext reads from a `.mo`: the rule of its plurals, and every message, each plural form on its own."""
    translations = GNUTranslations(io.BytesIO(mo))
    messages: dict[object, str] = dict(vars(translations)["_catalog"])
    messages.pop("", None)  # the header, which names the version of Babel
    return translations.info().get("plural-forms"), messages


def _french_spaces(text: str) -> str:
    """The text with narrow no-break spaces where it has other ones next to `; : ! ? %` and guillemets, but for code."""
    parts = re.split(r"(`[^`]*`)", text)
    parts[::2] = [re.sub(r"[ \xa0](?=[;:?!%»](?![\w-]))|(?<=«)[ \xa0]", "\u202f", part) for part in parts[::2]]
    return "".join(parts)


def _set_spaces(catalog: Catalog) -> None:
    for message in catalog:
        if message.id and isinstance(message.string, (tuple, list)):
            message.string = tuple(map(_french_spaces, message.string))
        elif message.id:
            message.string = _french_spaces(str(message.string or ""))


def update() -> None:
    """Write the `.po` and `.mo` files."""
    for language in LANGUAGES:
        path = _file(language, "po")
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog = _read(language) if path.exists() else Catalog(locale=language, project="tracker", charset="utf-8")
        catalog.update(extracted(), no_fuzzy_matching=True)
        if language == "fr":
            _set_spaces(catalog)
        path.write_bytes(_po(catalog))
        _file(language, "mo").write_bytes(_mo(_read(language)))


def problems() -> list[str]:
    """Why a catalogue is not current, a line each."""
    wanted = {message.id for message in extracted() if message.id}
    out_of_date = []
    for language in LANGUAGES:
        catalog = _read(language)
        known = {message.id: message for message in catalog if message.id}
        out_of_date += [f"{language}: not in the catalogue: {id!r}" for id in wanted - known.keys()]
        out_of_date += [f"{language}: no longer in the program: {id!r}" for id in known.keys() - wanted]
        out_of_date += [f"{language}: {reason}: {id!r}" for id, message in known.items() if (reason := _fault(message))]
        if _spoken(_file(language, "mo").read_bytes()) != _spoken(_mo(catalog)):
            out_of_date.append(f"{language}: the .mo is not compiled from the .po")
    return out_of_date


def _fault(message: Message) -> str | None:
    said = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    if message.fuzzy or not all(said):
        return "not translated"
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    if _placeholders(*ids) != _placeholders(*(str(text or "") for text in said)):
        return "placeholders differ"
    return None


def _placeholders(*texts: str) -> set[str]:
    return {name for text in texts for name in re.findall(r"\{(\w*)[^}]*\}|%\((\w+)\)s", text) for name in name if name}


def main() -> int:
    """Update, or with `--check` only look."""
    if "--check" not in sys.argv[1:]:
        update()
    out_of_date = problems()
    print("\n".join(out_of_date) or "catalogues are current")
    return 1 if out_of_date else 0


if __name__ == "__main__":
    sys.exit(main())
