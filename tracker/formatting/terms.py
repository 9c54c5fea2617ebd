"""The fixed words of the log: the file, JSON and typed commands have the names, `_(name)` is what people read."""

from __future__ import annotations

from tracker.domain.models import RINGS
from tracker.locale import N_, _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: Channel kinds, purposes, rings and outcomes.
TERMS = (
    *(N_("social"), N_("messaging"), N_("in_person"), N_("focus")),
    *(N_("make"), N_("relate"), N_("monitor"), N_("scroll")),
    *(N_("building"), N_("street"), N_("district"), N_("city"), N_("beyond")),
    *(N_("recommendation"), N_("prospect"), N_("client"), N_("income")),
)

#: Purposes as titles: with a capital.
PURPOSE_TITLES = {"make": N_("Make"), "relate": N_("Relate"), "monitor": N_("Monitor"), "scroll": N_("Scroll")}


def read_term(word: str, names: Iterable[str]) -> str:
    """The name of `names` that `word` is, in English or the reader's language; else the word in lower case."""
    typed = word.strip().lower()
    return next((name for name in names if typed in (name, _(name).lower())), typed)


def list_rings() -> str:
    """`building street district city beyond`, `immeuble rue …`: the rings that can be typed."""
    return " ".join(map(_, RINGS))
