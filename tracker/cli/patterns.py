"""`tracker patterns`: every pattern with its state and its evidence; `--explain` for one of them in full."""

from __future__ import annotations

from tracker.calendar.moments import parse_date
from tracker.cli import rows
from tracker.cli.grammar import Command, Option
from tracker.cli.text import columns, fit
from tracker.locale import N_, _
from tracker.model import TrackerError
from tracker.patterns.finding import FLAGGED, NOT_ENOUGH, QUIET
from tracker.patterns.registry import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.patterns.finding import Finding

#: The states in the reader's words, and the sign that tells them apart without colour.
STATES = {FLAGGED: ("!", N_("flagged")), QUIET: ("·", N_("quiet")), NOT_ENOUGH: ("?", N_("not enough data"))}


def patterns(context: Context, given: Given) -> None:
    """Answer over the last 28 logged days, or over the span asked for."""
    from tracker.review.findings import findings, log

    first, last = span(context, given)
    name = given.values.get("explain")
    if name is None:
        found = findings(context.journal, context.settings, zone=context.zone, now=context.now, first=first, last=last)
        if context.json:
            context.dump([rows.finding(one) for one in found])
        else:
            context.say(*say_findings(found, columns()))
        return
    pattern(name)
    data = log(context.journal, context.settings, zone=context.zone, now=context.now, first=first, last=last)
    if context.json:
        from tracker.patterns.registry import find

        context.dump([rows.finding(one) for one in find(data, [name])])
    else:
        from tracker.patterns.explain import explain

        context.say(*_wrapped(explain(name, data), columns()))


def span(context: Context, given: Given) -> tuple[str | None, str | None]:
    """The dates of --from and --to. Raises TrackerError for an end before its beginning."""
    first, last = (
        parse_date(given.values[key], context.now, context.zone, context.settings.day_starts_at)
        if key in given.values
        else None
        for key in ("from", "to")
    )
    if first and (last or context.today) < first:
        raise TrackerError(_("--from {first} is after --to {last}").format(first=first, last=last or context.today))
    return first, last


def say_findings(found: Sequence[Finding], room: int, *, later: bool = True) -> list[str]:
    """Each pattern with its evidence, flagged ones first; `later` says how to ask for more."""
    lines = []
    for one in sorted(found, key=lambda one: tuple(STATES).index(one.state)):
        sign, state = STATES[one.state]
        said = _("{sign} {title} ({name}): {state}")
        lines.append(fit(said.format(sign=sign, title=pattern(one.name).title, name=one.name, state=_(state)), room))
        lines += _wrapped(one.evidence, room, "  ")
    if later:
        lines += ["", *_wrapped(_("`tracker patterns --explain NAME` says what a pattern looks at"), room)]
    return lines


def _wrapped(text: str, room: int, indent: str = "") -> list[str]:
    from textwrap import wrap

    lines = []
    for line in text.rstrip("\n").split("\n"):
        own = indent + line[: len(line) - len(line.lstrip(" -"))].replace("-", " ")
        lines += wrap(line, max(room, 20), initial_indent=indent, subsequent_indent=own or "") or [""]
    return lines


FROM = Option(("--from",), "DATE", N_("the first day"))
TO = Option(("--to",), "DATE", N_("the last day"))
COMMANDS = {
    "patterns": Command(
        patterns,
        (),
        (FROM, TO, Option(("--explain",), "NAME", N_("say what a pattern is and redo its sum"), "pattern")),
    )
}
