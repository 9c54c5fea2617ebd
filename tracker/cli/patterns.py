"""`tracker patterns`: every pattern with its state and its evidence, what is remembered and what you say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.patterns.finding import FLAGGED, NOT_ENOUGH, QUIET
from tracker.analytics.patterns.registry import pattern
from tracker.calendar.moments import parse_date
from tracker.cli.grammar import Command, Option, UsageError
from tracker.cli.terminal import columns
from tracker.domain.models import TrackerError
from tracker.domain.text import one_line
from tracker.formatting.tables import wrap
from tracker.formatting.times import format_near_date
from tracker.locale import N_, _
from tracker.reports import pattern_flags
from tracker.reports.pattern_flags import Flag
from tracker.reports.renderers.json_rows import flag_row, pattern_mark_row
from tracker.settings import find as find_setting
from tracker.storage.pattern_flags import DISMISSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.detector_input import DetectorInput
    from tracker.analytics.patterns.finding import Finding
    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.settings import Settings
    from tracker.storage.pattern_flags import PatternMark

#: The states in the reader's words, and the sign that tells them apart without colour.
STATES = {FLAGGED: ("!", N_("flagged")), QUIET: ("·", N_("quiet")), NOT_ENOUGH: ("?", N_("not enough data"))}

#: The sign of what is flagged, and was dismissed or is expected.
MARKED = "~"

#: What can be asked of one pattern, one at a time.
OF_ONE = ("explain", "dismiss", "expected", "unmark")

#: What narrows down where patterns are looked for.
OF_A_SPAN = ("from", "to", "channel")


def patterns(context: Context, given: Given) -> None:
    """Answer over the last 28 logged days or the span asked for, explain one pattern, or write what is said of it."""
    asked = _asked_of_one(given)
    if asked is None:
        _show(context, given)
    elif asked == "explain":
        _explain(context, given, given.values["explain"])
    else:
        _say_of_one(context, given, asked)


def _asked_of_one(given: Given) -> str | None:
    """Which of OF_ONE is asked for, if any. Raises UsageError for options that do not go together."""
    asked = [key for key in OF_ONE if key in given.values]
    if len(asked) > 1:
        raise UsageError(_("--{one} and --{other} are said one at a time").format(one=asked[0], other=asked[1]))
    if "why" in given.values and "expected" not in given.values:
        raise UsageError(_("--why says why a pattern is expected: --expected NAME --why TEXT"))
    spans = [key for key in OF_A_SPAN if key in given.values]
    if spans and asked and asked != ["explain"]:
        raise UsageError(
            _("--{one} is said of a pattern as a whole, whatever --{other}").format(one=asked[0], other=spans[0])
        )
    return asked[0] if asked else None


def _show(context: Context, given: Given) -> None:
    from tracker.analytics.patterns.registry import find

    found = _remembered(context, given, find(_log(context, given)))
    if context.json:
        context.dump([flag_row(one) | {"asks": list(_asks(one, context.settings))} for one in found])
    else:
        context.say(
            *say_flags(found, columns(), context.today, context.settings), "", *_wrapped(_hint(found), columns())
        )


def _remembered(context: Context, given: Given, found: Sequence[Finding]) -> tuple[Flag, ...]:
    """The findings with their memory. Only today's over all channels can raise a flag, which is noted."""
    if given.values.keys() & set(OF_A_SPAN):
        return pattern_flags.marked(context.journal, found, context.today)
    today = pattern_flags.flags(context.journal, context.settings, found, context.today)
    pattern_flags.remember(context.journal, today, context.today)
    return today


def _hint(found: Sequence[Flag]) -> str:
    if any(one.stands for one in found):
        return _(
            "`tracker patterns --explain NAME` redoes its sum; `--dismiss NAME` lets it be silent for 28 days, "
            "`--expected NAME --why TEXT` keeps it with its reason"
        )
    return _("`tracker patterns --explain NAME` says what a pattern looks at")


def _explain(context: Context, given: Given, name: str) -> None:
    from tracker.analytics.patterns.registry import find

    pattern(name)
    data = _log(context, given)
    found = find(data, [name])
    if context.json:
        marked = pattern_flags.marked(context.journal, found, context.today)
        context.dump([flag_row(one) | {"asks": list(_asks(one, context.settings))} for one in marked])
        return
    from tracker.analytics.patterns.explain import observed, paragraphs
    from tracker.cli import patterns_sessions

    room = columns()
    listed = patterns_sessions.lines(context, found[0], room)
    said = _wrapped("\n\n".join(paragraphs(found[0], data)), room)
    context.say(*said, "", *listed, *([""] if listed else []), *_wrapped(observed(), room))


def _say_of_one(context: Context, given: Given, what: str) -> None:
    name, journal, today = given.values[what], context.journal, context.today
    if what == "dismiss":
        _refuse_unflagged(context, given, name)
        mark = pattern_flags.dismiss(journal, name, today, now=context.now)
    elif what == "expected":
        mark = pattern_flags.expect(journal, name, one_line(given.values.get("why", "")), today, now=context.now)
    else:
        mark = pattern_flags.unmark(journal, name, today, now=context.now)
    if context.json:
        context.dump([pattern_mark_row(mark)])
    else:
        context.say(_say_unmarked(mark) if what == "unmark" else _say_mark(mark, today))


def _refuse_unflagged(context: Context, given: Given, name: str) -> None:
    """TrackerError for a pattern that is not flagged; what is to come can be expected, not dismissed."""
    from tracker.analytics.patterns.registry import find

    if find(_log(context, given), [name])[0].state != FLAGGED:
        raise TrackerError(_("{name} is not flagged; nothing to dismiss").format(name=pattern(name).name))


def _say_mark(mark: PatternMark, today: str) -> str:
    said = _("{title} ({name}) is expected, without a reason")
    if mark.what == DISMISSED:
        said = _("{title} ({name}) is dismissed until {until}")
    elif mark.why:
        said = _("{title} ({name}) is expected: {why}")
    until = format_near_date(mark.until, today) if mark.until else ""
    return said.format(title=pattern(mark.pattern).title, name=mark.pattern, until=until, why=mark.why)


def _say_unmarked(mark: PatternMark) -> str:
    said = _("{title} ({name}) is not expected any more")
    if mark.what == DISMISSED:
        said = _("{title} ({name}) is not dismissed any more")
    return said.format(title=pattern(mark.pattern).title, name=mark.pattern)


def _log(context: Context, given: Given) -> DetectorInput:
    from tracker.reports.detector_inputs import log

    first, last = span(context, given)
    return log(
        context.journal,
        context.settings,
        zone=context.zone,
        now=context.now,
        first=first,
        last=last,
        channel=_channel(context, given),
    )


def _channel(context: Context, given: Given) -> str | None:
    if "channel" not in given.values:
        return None
    from tracker.storage import channels

    return channels.find(context.journal, given.values["channel"]).name


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


def say_findings(found: Sequence[Finding], room: int, today: str) -> list[str]:
    """Each pattern with its evidence, flagged ones first, nothing remembered of them."""
    return say_flags([Flag(one) for one in found], room, today)


def say_flags(found: Sequence[Flag], room: int, today: str, settings: Settings | None = None) -> list[str]:
    """Each pattern with its evidence: what stands, what was marked, what is quiet, and what needs more yet.

    With `settings`, those that a pattern asks for and that are not there are named with what they do.
    """
    lines = []
    for one in sorted(found, key=_order):
        name = one.finding.name
        sign = MARKED if one.marked and one.finding.state == FLAGGED else STATES[one.finding.state][0]
        said = _("{sign} {title} ({name}): {state}")
        head = said.format(sign=sign, title=pattern(name).title, name=name, state=_say_state(one, today))
        lines += [*wrap(head, room, "  "), *_wrapped(one.finding.evidence, room, "  ")]
        for key in _asks(one, settings) if settings else ():
            said = _("`tracker config {key} VALUE`: {does}").format(key=key, does=_(find_setting(key).does))
            lines += _wrapped(said, room, "  ")
    return lines


def _asks(one: Flag, settings: Settings) -> tuple[str, ...]:
    """The settings that a pattern without enough data looks at, and that nobody declared."""
    if one.finding.state != NOT_ENOUGH:
        return ()
    return tuple(key for key in pattern(one.finding.name).asks if getattr(settings, key) is None)


def _order(one: Flag) -> tuple[int, int, str]:
    turn = 0 if one.new else 1 if one.raised else 2 if one.waiting else 3
    return tuple(STATES).index(one.finding.state), 4 if one.marked else turn, one.raised or ""


def _say_state(one: Flag, today: str) -> str:
    state = _(STATES[one.finding.state][1])
    if one.dismissed_until is not None:
        return _("{state}, dismissed until {date}").format(
            state=state, date=format_near_date(one.dismissed_until, today)
        )
    if one.expected is not None:
        said = _("{state}, expected: {why}") if one.expected else _("{state}, expected")
        return said.format(state=state, why=one.expected)
    if one.new:
        return _("{state}, new today").format(state=state)
    if one.raised:
        return _("{state} since {date}").format(state=state, date=format_near_date(one.raised, today))
    return _("{state}, to be raised another day").format(state=state) if one.waiting else state


def _wrapped(text: str, room: int, indent: str = "") -> list[str]:
    """Each line of a text on as many as it needs, those after its first below its own words."""
    lines = []
    for line in text.rstrip("\n").split("\n"):
        own = indent + " " * (len(line) - len(line.lstrip(" -")))
        lines += wrap(indent + line if line else "", room, own)
    return lines


FROM = Option(("--from",), "DATE", N_("the first day"))
TO = Option(("--to",), "DATE", N_("the last day"))
COMMANDS = {
    "patterns": Command(
        patterns,
        (),
        (
            FROM,
            TO,
            Option(("--channel",), "CHANNEL", N_("one social channel only"), "channel"),
            Option(("--explain",), "NAME", N_("say what a pattern is and redo its sum"), "pattern"),
            Option(("--dismiss",), "NAME", N_("let a pattern be silent for 28 days"), "pattern"),
            Option(("--expected",), "NAME", N_("say that a pattern is expected"), "pattern"),
            Option(("--why",), "TEXT", N_("with --expected: the reason, such as a campaign")),
            Option(("--unmark",), "NAME", N_("take back --dismiss or --expected"), "pattern"),
        ),
        N_(
            "tracker patterns --explain night\n"
            'tracker patterns --expected rising_use --why "campaign for the gallery"\n'
            "At most one new flag is raised a day, the strongest; `tracker config night.nights 4` changes a threshold."
        ),
        reads=("from", "to", "channel", "explain"),
    )
}
