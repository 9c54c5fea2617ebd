"""The fixed words of the log: the file, JSON and what is typed have the names, `_(name)` is what people read."""

from __future__ import annotations

from tracker.locale import N_, _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

TERMS = (
    *(N_("social"), N_("messaging"), N_("in_person"), N_("focus")),
    *(N_("make"), N_("relate"), N_("monitor"), N_("scroll")),
    *(N_("building"), N_("street"), N_("district"), N_("city"), N_("beyond")),
    *(N_("recommendation"), N_("prospect"), N_("client"), N_("income")),
)


def read(word: str, names: Iterable[str]) -> str:
    """The name that `word` is, or is what people read for; else the word in lower case."""
    said = word.strip().lower()
    return next((name for name in names if said in (name, _(name).lower())), said)
