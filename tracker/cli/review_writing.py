"""A whole review by options, for scripts: estimate, words, commitments, how last ones went, and that it is written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tracker.calendar.durations import parse_guess
from tracker.calendar.weeks import next_week
from tracker.cli.grammar import Option, UsageError
from tracker.domain.models import Commitment, TrackerError
from tracker.domain.text import quoted
from tracker.formatting.durations import format_duration
from tracker.locale import N_, _
from tracker.reports.commitment_words import read_commitment, say_commitment
from tracker.reports.reminders import refuse_empty
from tracker.services import write_review
from tracker.storage import channels, commitments, estimates, reviews
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.cli.context import Context
    from tracker.cli.grammar import Given

    Do = Callable[[Context, Given, str], str]

#: No more letters are read from stdin: many times what fits, so that what is too long is told so.
_MOST_TYPED = 1_000_000


def write(context: Context, given: Given, week: str, revision: int | None) -> list[str]:
    """Do what the options say: all of it or nothing, and one step of undo; returns what is now true."""
    wanted = [do for option, do in _DO.items() if option in given.values or option in given.flags]
    if "unfinished" in given.flags and _finish not in wanted:
        raise UsageError(_("--unfinished goes with --write"))
    if not wanted:
        return []
    if revision is not None:
        said_so = _("a revision stays as it was; `tracker review {week} --amend` begins another")
        raise UsageError(said_so.format(week=week))
    if given.values.get("words") == "-":  # whoever types keeps no other program waiting
        given.values["words"] = sys.stdin.read(_MOST_TYPED)
    with undo_step(context.journal, _("reviewed {week}").format(week=week), context.now):
        return [do(context, given, week) for do in wanted]


def _amend(context: Context, given: Given, week: str) -> str:
    found = reviews.amend(context.journal, week, context.zone, now=context.now)
    return _("{name} is being amended; what was written stays").format(name=found.name)


def _estimate(context: Context, given: Given, week: str) -> str:
    _begun(context, week)
    said: dict[str | None, int] = {}
    for part in given.values["estimate"].replace(",", " ").split():
        channel, equals, length = part.rpartition("=")
        name = channels.find(context.journal, channel).name if equals else None
        said[name] = parse_guess(length)
    if not said:
        raise UsageError(_("--estimate needs a length: --estimate 12h"))
    found = estimates.put(context.journal, week, said, now=context.now)
    reviews.mark(context.journal, week, "estimate", now=context.now)
    whole = _("in all")
    felt = [f"{one.channel or whole} {format_duration(one.seconds)}" for one in found]
    return _("{week} felt like {felt}").format(week=week, felt=", ".join(felt))


def _words(context: Context, given: Given, week: str) -> str:
    _begun(context, week)
    found = reviews.set_words(context.journal, week, given.values["words"], now=context.now)
    if found.words:
        reviews.mark(context.journal, week, "words", now=context.now)
    return _("your words are kept") if found.words else _("your words are taken away")


def _commit(context: Context, given: Given, week: str) -> str:
    _begun(context, week)
    coming, made = next_week(week), []
    for text in given.every["commit"]:
        one = read_commitment(text, coming)
        if one.channel:
            one = one._replace(channel=channels.find(context.journal, one.channel).name)
        made.append(commitments.add(context.journal, one, now=context.now))
    reviews.mark(context.journal, week, "next", now=context.now)
    return _("for {week}: {commitments}").format(
        week=coming, commitments=" ".join(map(say_commitment, made)).rstrip(".")
    )


def _keep(context: Context, given: Given, week: str) -> str:
    """`--kept 2=yes`: how the second commitment for this week went, where the log cannot tell."""
    _begun(context, week)
    for text in given.every["kept"]:
        one, kept = _answer(commitments.of_week(context.journal, week), text)
        commitments.keep(context.journal, one.id, kept, now=context.now)
    reviews.mark(context.journal, week, "kept", now=context.now)
    return _("how it went is kept")


def _answer(found: list[Commitment], text: str) -> tuple[Commitment, bool]:
    number, _equals, word = (part.strip().lower() for part in text.partition("="))
    numbered = {str(place): one for place, one in enumerate(found, 1)}
    if number not in numbered or word not in (*_YES, *_NO):
        raise TrackerError(_("not understood: “{text}”; as in: --kept 1=yes").format(text=quoted(text)))
    one = numbered[number]
    if one.measure:
        raise TrackerError(_("“{plan}” is read from the log").format(plan=quoted(one.plan)))
    return one, word in _YES


_YES, _NO = ("yes", "y", "oui", "o"), ("no", "n", "non")


def _finish(context: Context, given: Given, week: str) -> str:
    refuse_empty(context.journal, context.settings, week)
    _begun(context, week)
    unfinished = "unfinished" in given.flags
    found = write_review.write(
        context.journal, context.settings, week, zone=context.zone, now=context.now, unfinished=unfinished
    )
    lacks = [
        *([] if estimates.of_week(context.journal, week) else [_("without an estimate")]),
        *([] if found.words else [_("without words of your own")]),
    ]
    return ", ".join((_("the review {name} is written").format(name=found.name), *lacks))


#: In this order, whatever the order they were typed in.
_DO: dict[str, Do] = {
    "amend": _amend,
    "estimate": _estimate,
    "words": _words,
    "commit": _commit,
    "kept": _keep,
    "write": _finish,
}


def _begun(context: Context, week: str) -> None:
    if not reviews.draft(context.journal, week):
        write_review.begin(context.journal, context.settings, week, zone=context.zone, now=context.now)


OPTIONS = (
    Option(("--estimate",), "TIME", N_('how long you think it was: 12h, or "12h linkedin=4h"')),
    Option(("--words",), "TEXT", N_("your own words; - reads them from stdin")),
    Option(("--commit",), "TEXT", N_('for the coming week: "if … then …"; up to three times')),
    Option(("--kept",), "N=yes|no", N_("how the week's Nth commitment went, where the log cannot tell")),
    Option(("--write",), None, N_("write the review: its figures stand from then on")),
    Option(("--unfinished",), None, N_("with --write: though the week goes on")),
    Option(("--amend",), None, N_("begin another revision of what was written")),
)
