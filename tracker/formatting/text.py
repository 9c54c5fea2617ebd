"""Words and pieces of sentences: the fixed terms of the log, names of channels, quotation marks, labels, counted nouns.

The file, JSON and typed commands have the English names of the terms; `_(name)` is what people read. So are the
channels and activities that come with the program shown.
"""

from __future__ import annotations

from tracker.domain.models import MINUTE, RINGS
from tracker.formatting.times import format_duration
from tracker.locale import N_, _, language, ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

#: Channel kinds, purposes, rings and outcomes.
TERMS = (
    N_("social"), N_("messaging"), N_("in_person"), N_("focus"),
    N_("make"), N_("relate"), N_("monitor"), N_("scroll"),
    N_("building"), N_("street"), N_("district"), N_("city"), N_("beyond"),
    N_("recommendation"), N_("prospect"), N_("client"), N_("income"),
)  # fmt: skip

#: Purposes as titles: with a capital.
PURPOSE_TITLES = {"make": N_("Make"), "relate": N_("Relate"), "monitor": N_("Monitor"), "scroll": N_("Scroll")}


def read_term(word: str, names: Iterable[str]) -> str:
    """The name of `names` that `word` is, in English or the reader's language; else the word in lower case."""
    typed = word.strip().lower()
    return next((name for name in names if typed in (name, _(name).lower())), typed)


def list_terms(names: Iterable[str]) -> str:
    """`building, street, district`, `immeuble, rue, quartier`: terms as `read_term` reads them."""
    return ", ".join(map(_, names))


def list_rings() -> str:
    """`building street district city beyond`, `immeuble rue …`: the rings that can be typed."""
    return " ".join(map(_, RINGS))


def in_quotation_marks(text: str) -> str:
    """`“text”`, `« text »`: somebody's own words."""
    return _("“{text}”").format(text=text)


def labelled(label: str, text: str) -> str:
    """`Quiet: At night`; in French with a space before the colon."""
    return label + _(": ") + text


def capitalized(text: str) -> str:
    """The text with its first letter as a capital; the others stay as they are."""
    return text[:1].upper() + text[1:]


def as_sentence(text: str) -> str:
    """The text with a capital, and a full stop where it does not end with a sign of its own."""
    return capitalized(text) if text[-1:] in ".!?…" else f"{capitalized(text)}."


def join_phrases(*phrases: str) -> str:
    """The phrases that are not empty on one line: `stopped; 2 checks`."""
    return _("; ").join(filter(None, phrases))


def counted(singular: str, plural: str) -> Callable[[int], str]:
    """A function that writes a number of something in the reader's language: `1 talk`, `3 talks`."""
    return lambda count: ngettext(singular, plural, count).format(n=count, count=count)


format_sessions = counted("{n} session", "{n} sessions")
format_talk_count = counted("{n} talk", "{n} talks")
format_result_count = counted("{n} result", "{n} results")
format_lead_count = counted("{n} lead", "{n} leads")
format_opening_count = counted("{count} opening", "{count} openings")
format_day_count = counted("{n} day", "{n} days")
format_week_count = counted("{n} week", "{n} weeks")
format_open_count = counted("{n} still open", "{n} still open")
format_waiting_count = counted("{n} needs more data", "{n} need more data")
format_with_people = counted("with {n} person", "with {n} people")
format_urge_count = counted("{n} resisted urge", "{n} resisted urges")


def format_checks(count: int, limit: int | None = None) -> str:
    """`12 checks`; with a limit `12 of 40 checks`, and `▲ 41 of 40 checks` above it."""
    if limit is None:
        return ngettext("{n} check", "{n} checks", count).format(n=count)
    text = ngettext("{n} of {limit} check", "{n} of {limit} checks", limit).format(n=count, limit=limit)
    return f"▲ {text}" if count > limit else text


def format_talks(rings: Mapping[str, int | None], people: int | None) -> str:
    """`3 talks with 2 people: building 2, street 1`.

    `rings` has the number of talks by ring; `people` is the number of different people with a name, not written if 0.
    """
    talks = sum(count or 0 for count in rings.values())
    text = format_talk_count(talks)
    if people:
        text += f" {format_with_people(people)}"
    return labelled(text, ", ".join(f"{_(ring)} {count}" for ring, count in rings.items() if count))


def format_simultaneous(seconds: int, width: int | None = None) -> str:
    """`3m on 2 channels at once, counted once`: why channels add up to more than the total.

    Empty below a minute: such a time does not change what the figures show (a check during a session has 15 seconds).

    Shortened to `3m on 2 channels at once` where that has more than `width` characters, and empty where this has too.
    """
    if seconds < MINUTE:
        return ""
    text = _("{time} on 2 channels at once, counted once").format(time=format_duration(seconds))
    if width is None or len(text) <= width:
        return text
    text = _("{time} on 2 channels at once").format(time=format_duration(seconds))
    return text if len(text) <= width else ""


def shown_title(name: str, title: str) -> str:
    """The title of a channel or an activity, in the reader's language unless the user has changed it."""
    return _(title) if language() != "en" and _titles().get(name) == title else title


def activity_word(name: str | None) -> str:
    """`create`, in French `créer`: the one word by which an activity is named in a line; empty for none."""
    return _translated(name) if name else ""


def channel_word(name: str) -> str:
    """`call`, in French `appel`: the one word by which a channel is named in a line, and by which it can be typed.

    Another language has the titles of channels that come with the program, as far as they are one word.
    """
    word = _translated(name)
    return name if " " in word else word


def _translated(name: str) -> str:
    if language() == "en":
        return name
    titles = _titles()
    return _(titles[name]).lower() if name in titles else name


def _titles() -> dict[str, str]:
    from tracker.domain.default_channels import TITLES  # imported late: English does without it

    return TITLES
