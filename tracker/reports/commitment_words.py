"""Commitments in words: what was said, how it is measured, how it went; and the typed line that means one.

    if I want to check likes then I call one prospect; at least 3 a week by contacts
    si j'ai publié alors je sors; 30 min by after_posting

What follows the last semicolon is the measure, as a habit has it (`habit_line`); without one the user says whether it
was kept. Words there that neither begin with a limit nor name a measure behind `by` belong to the plan.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from tracker.analytics.habit_days import CLOCKS
from tracker.analytics.habit_line import ALIKE, MEASURE_WORDS, NIGHT_ENDS, UNITS, read_habit, write_habit
from tracker.analytics.habit_wording import MEASURE_TITLES, MINUTE_MEASURES, say_limit
from tracker.calendar.durations import read_duration
from tracker.calendar.words import plain
from tracker.domain.errors import TrackerError
from tracker.domain.models import DAY, MINUTE, RINGS, Commitment, Habit
from tracker.domain.text import entered, refusal, typed_line
from tracker.formatting import text as wording
from tracker.formatting.numbers import round_to_int, with_percent_sign
from tracker.locale import N_, _, ngettext, plural
from tracker.reports.commitments import CommitmentResult
from tracker.reports.week import Week

#: The measures, in the reader's words.
COMMITMENT_MEASURE_TITLES = {
    **MEASURE_TITLES,
    "after_posting": N_("nothing opened after posting"),
    "pauses_kept": N_("pauses kept"),
    "night_openings": N_("openings at night"),
}

#: The first word may be missing, or be there twice: a form shows it before what is typed.
_IF_THEN = re.compile(
    r"^\s*(?:(?:if|when|si|quand)\s+|s[’\'](?=ils?\s))*(?P<cue>.+?)[,;]?\s+(?:then|alors)\s+(?P<plan>.+?)\s*$",
    re.I | re.S,
)
_BY = re.compile(r"(?:^|\s)(?:by|par|selon)\s", re.I)

#: What a limit begins with.
_LIMIT = re.compile(
    r"(?:at least|at most|not before|not after|au moins|au plus|pas avant|pas apr[eè]s)\b|>=|<=|≥|≤", re.I
)

#: The names people type for measures: those of habits, and those of commitments alone.
_NAMES = {
    **{words.replace("_", " "): name for words, name in MEASURE_WORDS.items()},
    **dict.fromkeys(("after posting", "apres publication"), "after_posting"),
    **dict.fromkeys(("pauses kept", "pauses", "pauses tenues"), "pauses_kept"),
    **dict.fromkeys(("night openings", "nights", "nuits"), "night_openings"),
}

#: How many words the longest of these has.
_MOST_WORDS = max(len(name.split()) for name in _NAMES)

#: Measures that are told for a whole week only.
_OF_A_WEEK = ("pauses_kept", "plan_kept")

#: Measures that are told for single days only.
_OF_A_DAY = (*CLOCKS, "night_openings")


#: Before the cue and before the plan.
_IF_THEN_WORDS = {"en": ("if", "then"), "fr": ("si", "alors")}


def if_then(cue: str) -> str:
    """`If {cue}, then {plan}.`, the template for this cue: French elides "si" before "il"."""
    template = _("If {cue}, then {plan}.")
    return template.replace("Si {cue}", "S’{cue}") if cue.startswith(("il ", "ils ")) else template


def say_commitment(commitment: Commitment) -> str:
    """`If I want to check likes, then I call one prospect.`"""
    return if_then(commitment.cue).format(cue=commitment.cue, plan=commitment.plan.rstrip("."))


def say_measure(commitment: Commitment, titles: Mapping[str, str]) -> str:
    """`Instagram: social time at most 30 min a day`; empty where the log cannot tell.

    `titles` maps the names of channels to their titles.
    """
    if commitment.measure is None or commitment.target is None:
        return ""
    if commitment.measure == "after_posting":
        text = _("nothing opened for {minutes} min after posting").format(minutes=f"{commitment.target:g}")
    else:
        measure = _(COMMITMENT_MEASURE_TITLES.get(commitment.measure, commitment.measure))
        text = _("{measure} {limit}").format(measure=measure, limit=_limit(commitment))
        if commitment.measure not in ("plan_kept", "first_opening", "last_opening"):
            text += " " + (_("a week") if commitment.per == "week" else _("a day"))
    about = _(commitment.ring) if commitment.ring else ""
    if commitment.channel:
        about = titles.get(commitment.channel, commitment.channel)
    return wording.labelled(about, text) if about else text


def say_result(result: CommitmentResult) -> str:
    """`6 of 7 days`, `1 of 4 posts`, `4 (at least 3)`, with what is unknown or to come; else what the user said."""
    commitment = result.commitment
    if commitment.measure is None:
        return {True: _("kept"), False: _("not kept"), None: _("not answered")}[result.kept]
    notes: list[str] = []
    if result.of is not None and result.done is not None:
        text = _say_count(commitment, result.done, result.of)
    elif result.value is not None:
        text, notes = _amount(commitment, result.value), [_limit(commitment)]
    else:
        text = _("not known")
    if result.unknown:
        notes.append(plural(result.unknown, "{n} day not logged", "{n} days not logged"))
    if result.ahead:
        notes.append(_("not over yet"))
    return f"{text} ({', '.join(notes)})" if notes else text


def say_went(result: CommitmentResult) -> str:
    """`6 of 7 days`, `4`, `42 %`: how it went and no more, for where room is short; nothing where that is not known.

    `5 of 6 logged days`, where other days of the week were not logged.
    """
    commitment = result.commitment
    if commitment.measure is None:
        return ""
    if result.of is not None and result.done is not None:
        if result.unknown and commitment.measure not in ("after_posting", "plan_kept"):
            return plural(result.of, "{done} of {n} logged day", "{done} of {n} logged days", done=result.done)
        return _say_count(commitment, result.done, result.of)
    return "" if result.value is None else _amount(commitment, result.value)


def say_kept_and_results(week: Week, results: Sequence[CommitmentResult], next_review: str = "") -> str:
    """`1 of 3 commitments kept, 1 still open; 4 results, 5 talks.`; `next_review` says how to make some of none."""
    is_open = sum(result.kept is None for result in results)
    parts = [wording.format_open_count(is_open)] if is_open else []
    if results:
        kept = sum(result.kept is True for result in results)
        message = ngettext("{n} of {count} commitment kept", "{n} of {count} commitments kept", len(results))
        parts.insert(0, message.format(n=kept, count=len(results)))
    else:
        none = _("No commitments this week")
        parts = [f"{none} ({next_review})" if next_review else none]
    came, talks = len(week.outcomes), week.talks
    brought = [wording.format_result_count(came) if came else _("no results yet")]
    brought += [wording.format_talk_count(talks)] if talks else []
    return wording.join_phrases(", ".join(parts), ", ".join(brought)) + "."


def read_commitment(text: str, week: str) -> Commitment:
    """The commitment that a line means, for `week`; a channel in it is as typed.

    Raises TrackerError for a line that is no commitment, a limit that its measure cannot have, and an unknown measure.
    """
    text = typed_line(text)
    sentence, _mark, measure = text.rpartition(";")
    measured = _read_measure(measure.strip()) if sentence else None
    if not measured and _IF_THEN.match(sentence) and _is_meant(measure.strip()):
        message = _(
            "“{text}” is not a measure; write: at least 3 a week by contacts, at most 30 min a day "
            "by social_minutes, 30 min by after_posting"
        )
        raise refusal(message, text=measure.strip())
    match = _IF_THEN.match(sentence if measured else text)
    if not match:
        raise refusal(
            _("“{text}” is not a commitment; write for example: if I want to check likes then I call one prospect"),
            text=text,
        )
    cue, plan = entered("cue", match["cue"].rstrip(" ,;")) or "", entered("plan", match["plan"]) or ""
    return (measured or _UNMEASURED)._replace(week=week, cue=cue, plan=plan)


def write_commitment(commitment: Commitment, language: str = "en") -> str:
    """The line that `read_commitment` reads as this commitment."""
    before_cue, before_plan = _IF_THEN_WORDS.get(language, _IF_THEN_WORDS["en"])
    line = f"{before_cue} {commitment.cue} {before_plan} {commitment.plan}"
    return line if commitment.measure is None else f"{line}; {write_measure(commitment, language)}"


def write_measure(commitment: Commitment, language: str = "en") -> str:
    """`at least 3 a week by contacts street`, `30 min by after_posting`."""
    by = "par" if language == "fr" else "by"
    about = commitment.ring or commitment.channel or ""
    if commitment.measure == "after_posting":
        return f"{commitment.target:g} min {by} after_posting {about}".strip()
    kind, unit = commitment.kind or "at_least", UNITS.get(commitment.measure or "")
    habit = Habit(0, "", kind, commitment.target, unit, commitment.measure, about or None)
    return write_habit(habit._replace(days=7 if commitment.per == "week" else 1), language).strip()


#: A commitment of which nothing is read yet.
_UNMEASURED = Commitment(0, "", "", "")


def _read_measure(text: str) -> Commitment | None:
    """A commitment that has the measure alone; None where the words are no measure, and belong to the plan."""
    limit, measure, about = text, None, None
    for by in _BY.finditer(text):  # `par jour par social_minutes`: the `par` before a measure counts
        measure, about = _named(text[by.end() :])
        if measure:
            limit = text[: by.start()]
            break
    if measure == "after_posting":
        minutes = read_duration(plain(limit.strip()))
        return _measured("after_posting", "at_least", minutes / 60, None, about) if minutes else None
    try:
        habit = read_habit(f"x {limit.strip()}")
    except TrackerError:
        return None
    measure = measure or habit.measure
    if measure is None or habit.target is None or habit.name != "x":
        return None
    if not _goes_with(measure, habit.target, habit.unit):
        title = _(COMMITMENT_MEASURE_TITLES[measure])
        raise refusal(_("“{limit}” cannot be measured by {measure}"), limit=limit.strip(), measure=title)
    return _measured(measure, habit.kind, habit.target, "week" if habit.days == 7 else "day", about)


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
    return unit != "%" and (unit != "min" or measure in MINUTE_MEASURES)


def _measured(measure: str, kind: str, target: float, per: str | None, about: str | None) -> Commitment:
    """A commitment with this measure; `about`, the words after it, is a ring for talks, else a channel."""
    ring = wording.read_term(about, RINGS) if about and measure == "contacts" else ""
    if measure == "last_opening" and target < NIGHT_ENDS:
        target += DAY  # half past midnight is the end of the day before
    if measure in _OF_A_WEEK:
        per = "week"
    elif measure in _OF_A_DAY:
        per = "day"
    measured = _UNMEASURED._replace(measure=measure, kind=kind, target=target, per=per)
    return measured._replace(ring=ring) if ring in RINGS else measured._replace(channel=about or None)


def _named(words: str) -> tuple[str | None, str | None]:
    """The measure that the first words name, and what is left of them."""
    parts = words.split()
    for many in range(min(len(parts), _MOST_WORDS), 0, -1):
        measure = _NAMES.get(plain(" ".join(parts[:many])).replace("_", " "))
        if measure:
            return measure, " ".join(parts[many:]) or None
    return None, None


def _say_count(commitment: Commitment, done: int, of: int) -> str:
    if commitment.measure == "after_posting":
        return plural(of, "{done} of {n} post", "{done} of {n} posts", done=done)
    if commitment.measure == "plan_kept":
        return plural(of, "{done} of {n} planned session", "{done} of {n} planned sessions", done=done)
    if commitment.measure == "night_openings":
        return plural(of, "{done} of {n} night", "{done} of {n} nights", done=done)
    return plural(of, "{done} of {n} day", "{done} of {n} days", done=done)


def _limit(commitment: Commitment) -> str:
    target = commitment.target or 0
    return say_limit(commitment.kind, commitment.measure, target, _amount(commitment, target))


def _amount(commitment: Commitment, value: float) -> str:
    if commitment.measure in MINUTE_MEASURES:
        return f"{round_to_int(value)} min"
    return with_percent_sign(str(round_to_int(value))) if commitment.measure == "plan_kept" else f"{value:g}"
