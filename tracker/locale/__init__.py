"""Messages in the reader's language: gettext, one domain, catalogues beside this file.

The language comes from the setting `language`, else from `LANGUAGE`, `LC_ALL`, `LC_MESSAGES` or `LANG`, like every
other program's. English is the source: without a catalogue a message is itself. Loading a catalogue costs 2 ms and
is skipped altogether in English.
"""

from __future__ import annotations

import os
from _thread import get_ident

TYPE_CHECKING = False
if TYPE_CHECKING:
    import gettext

DOMAIN = "tracker"
FOLDER = os.path.dirname(__file__)
LANGUAGES = ("en", "fr")

_catalogue: gettext.NullTranslations | None = None
_language = "en"

#: What a thread speaks within `speaking`, by the thread: the language and its catalogue.
_elsewhere: dict[int, tuple[str, gettext.NullTranslations | None]] = {}


def wanted() -> str:
    """The first language of ours that the environment asks for, else `en`."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for tag in os.environ.get(name, "").split(":"):
            if tag[:2].lower() in LANGUAGES:
                return tag[:2].lower()
            if tag in ("C", "POSIX") or tag.startswith("C."):
                return "en"
    return "en"


def use(language: str | None = None) -> None:
    """Speak `language` (`en` or `fr`; None: the environment's) from here on."""
    global _catalogue, _language
    _language = language or wanted()
    _catalogue = _load(_language)


def _load(language: str) -> gettext.NullTranslations | None:
    """The catalogue of a language; None for English, which is the source."""
    if language == "en":
        return None
    import gettext

    return gettext.translation(DOMAIN, FOLDER, [language], fallback=True)


def language() -> str:
    """The language now spoken, as an ISO 639 code."""
    return _elsewhere[get_ident()][0] if get_ident() in _elsewhere else _language


class speaking:  # noqa: N801 - a context manager, read as a word: `with speaking("fr"):`
    """Within the block this thread speaks `language` (`en` or `fr`; None: no change); others do not notice.

    For what was written in a language of its own, such as a review.
    """

    def __init__(self, language: str | None) -> None:
        self._spoken = (language, _load(language)) if language else None

    def __enter__(self) -> None:
        self._before = _elsewhere.get(get_ident())
        if self._spoken:
            _elsewhere[get_ident()] = self._spoken

    def __exit__(self, *_error: object) -> None:
        if self._before:
            _elsewhere[get_ident()] = self._before
        else:
            _elsewhere.pop(get_ident(), None)


def _spoken() -> gettext.NullTranslations | None:
    return _elsewhere[get_ident()][1] if get_ident() in _elsewhere else _catalogue


def _(message: str) -> str:
    """The message in the language now spoken; nothing stays nothing (gettext answers the catalogue's header to it)."""
    catalogue = _spoken() if _elsewhere else _catalogue
    return catalogue.gettext(message) if catalogue and message else message


def ngettext(one: str, many: str, count: int) -> str:
    """The singular or plural message for `count`, in the language now spoken."""
    catalogue = _spoken() if _elsewhere else _catalogue
    return catalogue.ngettext(one, many, count) if catalogue else one if count == 1 else many


def plural(count: int, one: str, many: str, /, **values: object) -> str:
    """What `ngettext` says, with the `values` in their places, and `count` in that of `{n}`."""
    return ngettext(one, many, count).format(n=count, **values)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Marks a constant for the catalogue; `_` translates it where it is shown."""
    return message
