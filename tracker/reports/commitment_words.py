"""Commitments in words: what was said, how it is measured, how it went; and a line that reads one.

    if I want to check likes then I call one prospect; at least 3 a week by contacts
    si j'ai publié alors je sors; 30 min by after_posting

What follows the last semicolon is the measure, as a habit has it (`habits.line`); without one the user says whether it
was kept. Words there that neither begin with a limit nor name a measure behind `by` belong to the plan.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from tracker.analytics.habits.line import ALIKE, MEASURE_WORDS, read_habit
from tracker.analytics.habits.strength import CLOCKS
from tracker.calendar.durations import DAY, HOUR, MINUTE, read_duration
from tracker.calendar.words import plain
from tracker.domain.models import RINGS, Commitment, TrackerError
from tracker.domain.text import entered, quoted, typed_line
from tracker.formatting.numbers import round_to_int
from tracker.formatting.text import labelled, read_term
from tracker.formatting.times import format_time_of_day
from tracker.locale import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.reports.commitments import Result

#: What is measured of a week, in the reader's words.
WORDS = {
    "social_minutes": N_("social time"),
    "checks": N_("checks"),
    "first_opening": N_("first opening"),
    "last_opening": N_("last opening"),
    "contacts": N_("talks"),
    "urges_resisted": N_("urges resisted"),
    "focus_minutes": N_("focused time"),
    "plan_kept": N_("plans kept"),
    "after_posting": N_("nothing opened after a post"),
    "pauses_kept": N_("pauses kept"),
    "night_openings": N_("openings at night"),
}

_MINUTES = ("social_minutes", "focus_minutes")
#: The first word may be left out, or be there twice: it is what the sentence begins with whatever is typed.
_IF_THEN = re.compile(
    r"^\s*(?:(?:if|when|si|quand)\s+)*(?P<cue>.+?)[,;]?\s+(?:then|alors)\s+(?P<plan>.+?)\s*$", re.I | re.S
)
_BY = re.compile(r"(?:^|\s)(?:by|par|selon)\s", re.I)

#: What a limit begins with.
_LIMIT = re.compile(
    r"(?:at least|at most|not before|not after|au moins|au plus|pas avant|pas apr[eè]s)\b|>=|<=|≥|≤", re.I
)

#: How people call what a commitment is measured by: as habits, and what is measured for a week alone.
_NAMES = {
    **{words.replace("_", " "): name for words, name in MEASURE_WORDS.items()},
    **dict.fromkeys(("after posting", "apres publication"), "after_posting"),
    **dict.fromkeys(("pauses kept", "pauses", "pauses tenues"), "pauses_kept"),
    **dict.fromkeys(("night openings", "nights", "nuits"), "night_openings"),
}

#: How many words the longest of these has.
_MOST_WORDS = max(len(name.split()) for name in _NAMES)

#: Earlier clock times than this are the night's.
_NIGHT = 4 * HOUR

#: What has no day of its own.
_OF_A_WEEK = ("pauses_kept", "plan_kept")

#: What cannot be added up.
_OF_A_DAY = (*CLOCKS, "night_openings")


def say_commitment(one: Commitment) -> str:
    """`If I want to check likes, then I call one prospect.`"""
    return _("If {cue}, then {plan}.").format(cue=one.cue, plan=one.plan.rstrip("."))


def say_measure(one: Commitment, titles: Mapping[str, str]) -> str:
    """`Instagram: social time at most 30 min a day`; empty where the log cannot tell. `titles`: channels' names."""
    if one.measure is None or one.target is None:
        return ""
    if one.measure == "after_posting":
        said = _("nothing opened for {minutes} min after a post").format(minutes=f"{one.target:g}")
    else:
        said = f"{_(WORDS.get(one.measure, one.measure))} {_limit(one)}"
        if one.measure not in ("plan_kept", "first_opening", "last_opening"):
            said += " " + (_("a week") if one.per == "week" else _("a day"))
    about = titles.get(one.channel, one.channel) if one.channel else _(one.ring) if one.ring else ""
    return labelled(about, said) if about else said


def say_result(result: Result) -> str:
    """`6 of 7 days`, `1 of 4 posts`, `at least 3 → 4`, with what is unknown or to come; else what the user said."""
    one = result.commitment
    if one.measure is None:
        return {True: _("kept"), False: _("not kept"), None: _("not said")}[result.kept]
    if result.of is not None and result.done is not None:
        said = _of(one, result.done, result.of)
    elif result.value is not None:
        said = _("{limit} → {amount}").format(limit=_limit(one), amount=_amount(one, result.value))
    else:
        said = _("not known")
    beside = []
    if result.unknown:
        unknown = ngettext("{n} day not logged", "{n} days not logged", result.unknown)
        beside.append(unknown.format(n=result.unknown))
    if result.ahead:
        beside.append(_("not over"))
    return f"{said} ({', '.join(beside)})" if beside else said


def say_went(result: Result) -> str:
    """`6 of 7 days`, `4`, `42 %`: how it went and no more, for where room is short; nothing where that is not known."""
    one = result.commitment
    if one.measure is None:
        return ""
    if result.of is not None and result.done is not None:
        return _of(one, result.done, result.of)
    return "" if result.value is None else _amount(one, result.value)


def read_commitment(text: str, week: str) -> Commitment:
    """The commitment that a line means, for `week`; a channel in it is as typed.

    Raises TrackerError for what is none, for a limit that its measure cannot have, and for a measure nobody can read.
    """
    text = typed_line(text)
    said, _mark, measure = text.rpartition(";")
    fields = _read_measure(measure.strip()) if said else None
    if fields is None and _IF_THEN.match(said) and _is_meant(measure.strip()):
        raise TrackerError(
            _(
                "no measure: “{text}”; it is written: at least 3 a week by contacts, at most 30 min a day by "
                "social_minutes, 30 min by after_posting"
            ).format(text=quoted(measure.strip()))
        )
    found = _IF_THEN.match(said if fields else text)
    if not found:
        raise TrackerError(
            _("no commitment: “{text}”; as in: if I want to check likes then I call one prospect").format(
                text=quoted(text)
            )
        )
    cue, plan = entered("cue", found["cue"].rstrip(" ,;")) or "", entered("plan", found["plan"]) or ""
    return Commitment(0, week, cue, plan, **(fields or {}))  # type: ignore[arg-type]


def _read_measure(text: str) -> dict[str, object] | None:
    """The measure's fields; None where the words are no measure, and belong to the plan."""
    limit, measure, about = text, None, None
    for by in _BY.finditer(text):  # `par jour par social_minutes`: the one that a measure stands behind
        measure, about = _named(text[by.end() :])
        if measure:
            limit = text[: by.start()]
            break
    if measure == "after_posting":
        minutes = read_duration(plain(limit.strip()))
        return None if not minutes else _fields("after_posting", "at_least", minutes / 60, None, about)
    try:
        said = read_habit(f"x {limit.strip()}")
    except TrackerError:
        return None
    measure = measure or said.measure
    if measure is None or said.target is None or said.name != "x":
        return None
    if not _goes_with(measure, said.target, said.unit):
        raise TrackerError(
            _("“{limit}” cannot be told by {measure}").format(limit=quoted(limit.strip()), measure=_(WORDS[measure]))
        )
    return _fields(measure, said.kind, said.target, "week" if said.days == 7 else "day", about)


def _is_meant(text: str) -> bool:
    """Whether words that are no measure were to be one: they begin with a limit, or name what is measured, nearly."""
    if _LIMIT.match(text):
        return True
    names = [plain(text[by.end() :]).replace("_", " ") for by in _BY.finditer(text)]
    return any(get_close_matches(name, _NAMES, n=1, cutoff=ALIKE) for name in names)


def _goes_with(measure: str, target: float, unit: str | None) -> bool:
    """Whether a limit is one of what is measured: minutes, a share, a time of day (in seconds), or a number of it."""
    if measure in CLOCKS:
        return unit is None and target % MINUTE == 0
    if measure == "plan_kept":
        return unit == "%" and target <= 100
    return unit != "%" and (unit != "min" or measure in _MINUTES)


def _fields(measure: str, kind: str, target: float, per: str | None, about: str | None) -> dict[str, object]:
    """What stands behind the measure is a ring for talks, a channel for everything."""
    ring = read_term(about, RINGS) if about and measure == "contacts" else ""
    if measure == "last_opening" and target < _NIGHT:
        target += DAY  # half past midnight is the end of the day before
    found: dict[str, object] = {"measure": measure, "kind": kind, "target": target, "per": per}
    if measure in _OF_A_WEEK or measure in _OF_A_DAY:
        found["per"] = "week" if measure in _OF_A_WEEK else "day"
    return found | ({"ring": ring} if ring in RINGS else {"channel": about or None})


def _named(words: str) -> tuple[str | None, str | None]:
    """The measure that the first words name, and what is left of them."""
    said = words.split()
    for many in range(min(len(said), _MOST_WORDS), 0, -1):
        measure = _NAMES.get(plain(" ".join(said[:many])).replace("_", " "))
        if measure:
            return measure, " ".join(said[many:]) or None
    return None, None


def _of(one: Commitment, done: int, of: int) -> str:
    if one.measure == "after_posting":
        said = ngettext("{done} of {n} post", "{done} of {n} posts", of)
    elif one.measure == "plan_kept":
        said = ngettext("{done} of {n} plan", "{done} of {n} plans", of)
    elif one.measure == "night_openings":
        said = ngettext("{done} of {n} night", "{done} of {n} nights", of)
    else:
        said = ngettext("{done} of {n} day", "{done} of {n} days", of)
    return said.format(done=done, n=of)


def _limit(one: Commitment) -> str:
    """`at most 30 min`, `not before 09:00`."""
    target = one.target or 0
    if one.measure in CLOCKS:
        says = _("not after {time}") if one.kind == "at_most" else _("not before {time}")
        return says.format(time=format_time_of_day(target))
    says = _("at most {amount}") if one.kind == "at_most" else _("at least {amount}")
    return says.format(amount=_amount(one, target))


def _amount(one: Commitment, value: float) -> str:
    if one.measure in _MINUTES:
        return f"{round_to_int(value)} min"
    return f"{round_to_int(value)} %" if one.measure == "plan_kept" else f"{value:g}"
