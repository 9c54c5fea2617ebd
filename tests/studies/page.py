"""docs/patterns.md: the definitions, and beside each claim its proof."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.studies.judged import Judged, World, judge
from tests.studies.people import NULLS, SPANS, USES
from tests.studies.study import Cell, Study, Tally, Told, size_cell, told, uneven
from tests.studies.table import share, table
from tracker.analytics.patterns.explain import definition
from tracker.analytics.patterns.registry import PATTERNS, pattern

PAGE = Path(__file__).resolve().parents[2] / "docs" / "patterns.md"
#: What a study wrote stands between these.
BEGIN, END = "<!-- study -->", "<!-- end of study -->"
#: What people wrote on a pattern: its decisions, and how it came to be; a new page keeps it. The rest of the page is
#: the program's own words.
NOTES = re.compile(r"<!-- notes on (\w+) -->\n\n(.*?)\n\n<!-- end of notes -->\n", re.DOTALL)

HEAD = (
    "# The patterns\n\n"
    "Written by `python -m tests.studies`; the words are those of `tracker patterns --explain NAME`. "
    "A pattern is an observation, not a diagnosis.\n\n"
    "An *opening* is the start of a social session; sessions of one channel with a gap of at most 30 s are one. "
    "The *window* is the last 28 logged days, or however many a pattern names, of the last 13 weeks: what is older "
    "is looked at only where `--from` asks for it. A *logged day* has a record of any kind or was confirmed as "
    "zero.\n"
)

NULL_WORDS = {
    "A": "A: chance",
    "B": "B: rounds, days shuffled",
    "C": "C: days resemble the one before",
}

HOW = """## How each is proved

Every pattern that can be flagged is tried on made-up people whose truth is known, {runs} months of each kind, with
fixed seeds. Intervals are Wilson's, 95 %.

The **nulls** are lives in which nothing is going on, and a pattern may be raised in at most 5 % of their months:

- **A**: openings come by chance, hour by hour, at the person's own rates.
- **B**: rounds of openings on uneven days, and then the days in another order. Bursts within days stay; whatever
  lies in the order of days is chance.
- **C**: each day resembles the one before (AR(1), correlation 0.5, days differing by about 40 %), and weekends are
  busier; openings within a day by chance.

In all of them the truth is set to the *edge* of the pattern: the least that its words would call by name. What is
further from the edge is raised less often still. Then the pattern is **planted**, and from the days on that are claimed
at least 90 % of months must show it.

Use is **low** (7 openings a day), **middle** (45) or **high** (150); logs have 14, 28, 42 or 90 logged days, of which
most patterns look at the last 28. Where a definition missed its 5 % or its 90 % it was changed; its old figures stand
beside the new ones, computed on the same months, as *at first*.

What this does not prove: these people are made up. Their days differ in three ways and no more, all of their days are
logged, and nothing else in their lives changes. The thresholds were settled on other seeds than those reported here,
but on the same kinds of lives. Two of the planted were made larger after their first figures were seen: nights (every
second one instead of two of five, which 89 % of months showed at low use) and quiet days (one in three instead of two
in seven, so that fewer months lack the six that are asked for).

"""

SUMMARY_NOTE = """
*Most false alarms* is the single worst of up to 36 kinds of people; of so many kinds some are above the truth by
chance, so a claim is held if each null as a whole is at or below 5 % and no single kind's interval lies above it,
and if every kind claimed to be seen was seen in at least 90 % of months. *Burstiness* and *self-initiated* are
figures and are never flagged, so there is nothing to prove but their arithmetic, which the tests do.
"""

JUDGED = """

`python -m tests.studies.phones` lists the sessions behind each flag. Looked at one by one:

- The *bursts* are rounds of six to sixteen openings in half hours in which one is usual, mostly seconds to minutes long
  and of one or two channels. Phone 1 has them on ten of its 26 days: somebody who did that would know them again. The
  weaker one of phone 2 is just at the threshold.
- *At night*: nobody declared sleep hours, and 23:00 to 07:00 is our guess. Both phones are in use past midnight on most
  nights, until one or two o'clock. For their owners that is late hours rather than broken sleep: the pattern asks for
  the sleep hours first, and is only as good as the answer.
- *First thing in the day* was flagged on both while any record of the day made an undeclared waking known. Both record
  little else in the morning, so their first opening was the first sign of life by definition. Now it asks for the
  waking time.
- No other pattern has enough to say of either month, or finds anything.
"""


def written(studies: Mapping[str, Study], tally: Tally, runs: int, phones: str) -> str:
    """The whole page."""
    judged = [judge(study, tally) for study in studies.values()]
    front = HOW.format(runs=runs) + summary(judged)
    parts = {name: _marked(tables(study, tally)) for name, study in studies.items()}
    notes = notes_of(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    return handbook(parts, notes, _marked(front)) + (f"\n{_marked(phones.rstrip() + JUDGED)}" if phones else "")


def handbook(studies: Mapping[str, str], notes: Mapping[str, str], front: str = "") -> str:
    """Every definition, with the notes on it and the tables of its study, both by name; `front` comes first."""
    parts = [HEAD, *([front] if front else [])]
    for one in PATTERNS:
        parts += [f"## {one.title} (`{one.name}`)\n", *(f"{text}\n" for text in definition(one, {}))]
        if one.name in notes:
            parts.append(f"<!-- notes on {one.name} -->\n\n{notes[one.name]}\n\n<!-- end of notes -->\n")
        if one.name in studies:
            parts.append(studies[one.name])
    return "\n".join(parts)


def notes_of(page: str) -> dict[str, str]:
    """What people wrote on each pattern, by its name."""
    return {match[1]: match[2] for match in NOTES.finditer(page)}


def _marked(text: str) -> str:
    return f"{BEGIN}\n\n{text.strip()}\n\n{END}\n"


def without_studies(page: str) -> str:
    """The page's words without what the studies wrote."""
    return re.sub(rf"\n?{BEGIN}.*?{END}\n", "", page, flags=re.DOTALL)


def summary(judged: Iterable[Judged]) -> str:
    """One line for each pattern."""
    head = (
        "pattern",
        "most false alarms",
        "nulls as a whole",
        "at first",
        "seen where planted, at least",
        "claim held",
    )
    rows = [
        (
            f"[{pattern(one.name).title}](#{_anchor(one.name)})",
            _of(one.worst, one.worst.told.flagged),
            ", ".join(f"{null} {100 * yes / all:.1f} %" for null, (yes, all) in one.nulls.items()),
            _of(one.worst_at_first, one.worst_at_first.told.at_first) if one.worst_at_first else "unchanged",
            f"{_of(one.least, one.least.told.flagged)}. Planted: {one.size}",
            _held(one),
        )
        for one in judged
    ]
    return table("Every claim at a glance", head, rows) + SUMMARY_NOTE


def _held(one: Judged) -> str:
    if one.silent and one.seen:
        return "yes"
    missed = (["no: above 5 %"] if not one.silent else []) + (["no: below 90 %"] if not one.seen else [])
    return ", ".join(missed)


def _anchor(name: str) -> str:
    """GitHub's anchor of a pattern's heading."""
    heading = f"{pattern(name).title} (`{name}`)".lower()
    return re.sub(r"[^\w\- ]", "", heading).replace(" ", "-")


def _of(world: World, yes: int) -> str:
    return f"{share(yes, world.told.runs)}: {world.what}"


def tables(study: Study, tally: Tally) -> str:
    """All that a study has to say of its pattern."""
    least = ", ".join(f"{days} at {use} use" for use, days in study.claims.items())
    words = [
        f"*Meant to be silent on* {_listed(study.silent_on)}. {study.edge}",
        f"*Planted*: {study.size}. Claimed to be seen from so many logged days on: {least}.",
    ]
    if study.first_was:
        words.append(f"*At first*: {study.first_was}")
    if study.weakness:
        words.append(f"*Weak*: {study.weakness}")
    parts = ["\n\n".join(words) + "\n", _alarms(study, tally), _recall(study, tally)]
    return "\n".join((*parts, *([_sizes(study, tally)] if study.sizes else [])))


def _listed(nulls: str) -> str:
    return f"{', '.join(nulls[:-1])} and {nulls[-1]}"


def _alarms(study: Study, tally: Tally) -> str:
    head = ["use", "days", *(NULL_WORDS[null] for null in NULLS)]
    head += [f"at first, {null}" for null in study.silent_on] if study.first else []
    rows = []
    for use in USES:
        for days in SPANS:
            if days < study.needs:
                rows.append([use, str(days), "says nothing yet", *[""] * (len(head) - 3)])
                continue
            found = {null: told(tally, Cell(null, use, days, study.null, study.times), study.name) for null in NULLS}
            row = [use, str(days), *(_alarm(study, null, one) for null, one in found.items())]
            row += [share(found[null].at_first, found[null].runs) for null in study.silent_on] if study.first else []
            rows.append(row)
    return table("False alarms: months in which it is raised (at most 5 % may)", head, rows)


def _alarm(study: Study, null: str, one: Told) -> str:
    said = share(one.flagged, one.runs)
    return said if null in study.silent_on else f"not a null: {said}"


def _recall(study: Study, tally: Tally) -> str:
    rows = []
    for use in USES:
        for days in SPANS:
            if days < study.needs:
                rows.append([use, str(days), "says nothing yet", "", ""])
                continue
            one = told(tally, Cell("A", use, days, study.plants(use), study.times), study.name)
            least = study.claims.get(use)
            rows.append([use, str(days), *_seen(one), "yes" if least is not None and days >= least else "no"])
        cell = uneven(study, use)
        rows.append([use, f"{cell.days}, days of null C", *_seen(told(tally, cell, study.name)), "no"])
    head = ("use", "days", "months in which it is seen", "months without enough data", "claimed")
    return table(f"Recall. Planted: {study.size}", head, rows)


def _seen(one: Told) -> tuple[str, str]:
    return share(one.flagged, one.runs), f"{one.lacking} of {one.runs}" if one.lacking else "none"


def _sizes(study: Study, tally: Tally) -> str:
    head = ["people", "days", "months in which it is raised", *(["at first"] if study.first else [])]
    rows = []
    for size in study.sizes:
        cell = size_cell(study, size)
        one = told(tally, cell, study.name)
        what = f"{size.what} (to be silent on)" if size.harmless else size.what
        rows.append([what, str(cell.days), share(one.flagged, one.runs)])
        rows[-1] += [share(one.at_first, one.runs)] if study.first else []
    return table("By size", head, rows)
