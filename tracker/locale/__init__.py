"""Messages in the reader's language: gettext, one domain, catalogues beside this file.

The language comes from the setting `language`, else from `LANGUAGE`, `LC_ALL`, `LC_MESSAGES` or `LANG`, like every
other program's. English is the source: without a catalogue a message is itself. Loading a catalogue costs 2 ms and
is skipped altogether in English.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    import gettext

DOMAIN = "tracker"
FOLDER = os.path.dirname(__file__)
LANGUAGES = ("en", "fr")

_catalogue: gettext.NullTranslations | None = None
_language = "en"


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
    _catalogue = None
    if _language != "en":
        import gettext

        _catalogue = gettext.translation(DOMAIN, FOLDER, [_language], fallback=True)


def language() -> str:
    """The language now spoken, as an ISO 639 code."""
    return _language


def _(message: str) -> str:
    """The message in the language now spoken; nothing stays nothing (gettext answers the catalogue's header to it)."""
    return _catalogue.gettext(message) if _catalogue and message else message


def ngettext(one: str, many: str, count: int) -> str:
    """The singular or plural message for `count`, in the language now spoken."""
    if _catalogue:
        return _catalogue.ngettext(one, many, count)
    return one if count == 1 else many


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Marks a constant for the catalogue; `_` translates it where it is shown."""
    return message
