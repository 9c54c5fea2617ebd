"""`tracker patterns`: every pattern with its state, its evidence, its history of flags and the user's mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.analytics.patterns.pattern import FLAGGED, NOT_ENOUGH, QUIET, STATES, Finding
from tracker.analytics.patterns.registry import find, observed, paragraphs, pattern
from tracker.calendar.days import WallClock
from tracker.cli.context import Context, columns
from tracker.cli.parser import FROM, TO, Command, Option, ParsedArguments, UsageError, refuse_alone, refuse_together
from tracker.cli.session_lines import session_details
from tracker.domain.models import DISMISSED
from tracker.domain.text import one_line
from tracker.formatting.plain_text import format_table, wrap
from tracker.formatting.serialize import row
from tracker.formatting.text import activity_word, channel_word
from tracker.formatting.times import format_clock, format_duration, format_near_date
from tracker.locale import N_, _, plural
from tracker.reports.json_rows import PATTERN_MARK, flag_row
from tracker.reports.patterns import Flag
from tracker.services import pattern_marks, queries
from tracker.settings import Settings
from tracker.settings import find as find_setting

#: The signs that tell the states apart without colour, and that of a flag which is muted or expected.
SIGNS = {FLAGGED: "!", QUIET: "·", NOT_ENOUGH: "?"}
MARKED_SIGN = "~"

#: The most sessions that are listed, the newest; `--json` has the ids of all.
MOST_SESSIONS = 40

#: The options about one pattern, of which only one can be given.
PATTERN_OPTIONS = ("explain", "dismiss", "expected", "unmark")

#: The options that narrow down where patterns are looked for.
SPAN_OPTIONS = ("from", "to", "channel")


def patterns(context: Context, args: ParsedArguments) -> None:
    """Show the patterns over the last 28 logged days or the given span, explain one, or mark one."""
    asked = [key for key in PATTERN_OPTIONS if key in args.values]
    spans = [key for key in SPAN_OPTIONS if key in args.values]
    refuse_together(args, PATTERN_OPTIONS)
    refuse_alone(args, {"why": "expected"})
    if spans and asked and asked != ["explain"]:
        message = _("--{one} is for the whole pattern and does not go with --{other}")
        raise UsageError(message.format(one=asked[0], other=spans[0]))
    if not asked:
        _show(context, args, is_span=bool(spans))
    elif asked == ["explain"]:
        _explain(context, args, args.values["explain"])
    else:
        _mark(context, args, asked[0])


def _show(context: Context, args: ParsedArguments, *, is_span: bool) -> None:
    """Every pattern with its flags. Only today's patterns over all channels can raise a flag, which is stored."""
    workspace = context.workspace
    if is_span:
        flags = pattern_marks.marked_flags(workspace, find(_log(context, args)))
    else:
        flags = tuple(pattern_marks.flags_today(workspace))
    if context.json:
        context.print_json([_row(context, flag) for flag in flags])
        return
    hint = _("`tracker patterns --explain NAME` explains a pattern")
    if any(flag.stands for flag in flags):
        hint = _(
            "`tracker patterns --explain NAME` shows the calculation; `--dismiss NAME` mutes it for "
            "28 days, `--expected NAME --why TEXT` marks it as expected"
        )
    width = columns()
    context.print(*say_flags(flags, width, context.today, context.settings), "", *_wrapped(hint, width))


def _row(context: Context, flag: Flag) -> dict[str, Any]:
    return flag_row(flag) | {"asks": list(_missing_settings(flag, context.settings))}


def _explain(context: Context, args: ParsedArguments, name: str) -> None:
    pattern(name)  # an unknown name is an error before anything is read
    log = _log(context, args)
    findings: Sequence[Finding] = find(log, [name])
    if not any(key in args.values for key in SPAN_OPTIONS):
        findings = pattern_marks.judged_findings(context.workspace, findings)
    if context.json:
        context.print_json([_row(context, flag) for flag in pattern_marks.marked_flags(context.workspace, findings)])
        return
    width = columns()
    listed = _session_lines(context, findings[0], width)
    explained = _wrapped("\n\n".join(paragraphs(findings[0], log)), width)
    context.print(*explained, "", *listed, *([""] if listed else []), *_wrapped(observed(), width))


def _session_lines(context: Context, finding: Finding, width: int) -> list[str]:
    """The sessions a finding rests on, the newest first, with their ids; nothing for a finding that rests on none."""
    table_rows = []
    for session in queries.found_sessions(context.workspace, finding.sessions[: -MOST_SESSIONS - 1 : -1]):
        day = WallClock.of(session.zone, context.settings.day_starts_at).day(session.start)
        lasted = f"{'~' if session.estimated else ''}{format_duration(session.duration(context.now))}"
        details = " · ".join(filter(None, (activity_word(session.activity), session_details(session))))
        clock = format_clock(session.start, session.zone)
        table_rows.append((str(session.id), day, clock, lasted, channel_word(session.channel), details))
    if not table_rows:
        return []
    count = len(finding.sessions)
    title = plural(
        count,
        "{n} session behind this (`tracker day DATE` shows it):",
        "{n} sessions behind this, newest first (`tracker day DATE` shows them):",
    )
    lines = wrap(title, width)
    lines += [f"  {line}" for line in format_table(table_rows, "><<><<", width - 2)]
    if count > MOST_SESSIONS:
        more = _("… and {n} earlier; `--json` lists all ids").format(n=count - MOST_SESSIONS)
        lines += wrap(f"  {more}", width, "  ")
    return lines


def _mark(context: Context, args: ParsedArguments, option: str) -> None:
    workspace, name = context.workspace, args.values[option]
    if option == "dismiss":
        mark = pattern_marks.dismiss_flagged(workspace, name)
        message = _("{title} ({name}) is muted until {until}")
    elif option == "expected":
        mark = pattern_marks.expect(workspace, name, one_line(args.values.get("why", "")))
        message = _("{title} ({name}) is expected, without a reason")
        if mark.why:
            message = _("{title} ({name}) is expected: {why}")
    else:
        mark = pattern_marks.remove_mark(workspace, name)
        message = _("{title} ({name}) is no longer expected")
        if mark.what == DISMISSED:
            message = _("{title} ({name}) is no longer muted")
    until = format_near_date(mark.until, context.today) if mark.until else ""
    title = pattern(mark.pattern).title
    line = message.format(title=title, name=mark.pattern, until=until, why=mark.why)
    context.answer([row(mark, PATTERN_MARK)], line)


def _log(context: Context, args: ParsedArguments) -> DetectorInput:
    first, last = context.span(args)
    channel = None
    if "channel" in args.values:
        channel = queries.find_channel(context.workspace, args.values["channel"]).name
    return pattern_marks.pattern_log(context.workspace, first, last, channel)


def say_flags(flags: Sequence[Flag], width: int, today: str, settings: Settings | None = None) -> list[str]:
    """Each pattern with its evidence: flagged ones, then marked ones, quiet ones, and those that need more data.

    With `settings`, the settings that a pattern needs and that are not set are named, with what they do.
    """
    lines = []
    for flag in sorted(flags, key=_order):
        finding = flag.finding
        sign = MARKED_SIGN if flag.marked and finding.state == FLAGGED else SIGNS[finding.state]
        title, state = pattern(finding.name).title, _say_state(flag, today)
        head = _("{sign} {title} ({name}): {state}").format(sign=sign, title=title, name=finding.name, state=state)
        lines += [*wrap(head, width, "  "), *_wrapped(finding.evidence, width, "  ")]
        for key in _missing_settings(flag, settings) if settings else ():
            message = _("`tracker config {key} VALUE`: {does}").format(key=key, does=_(find_setting(key).does))
            lines += _wrapped(message, width, "  ")
    return lines


def _missing_settings(flag: Flag, settings: Settings) -> tuple[str, ...]:
    """The settings that a pattern without enough data needs, and that are not set."""
    if flag.finding.state != NOT_ENOUGH:
        return ()
    return tuple(key for key in pattern(flag.finding.name).asks if getattr(settings, key) is None)


def _order(flag: Flag) -> tuple[int, int, str]:
    """By state; of one state new flags come first, then raised, waiting and other ones, marked ones last."""
    turn = (flag.new, flag.raised is not None, flag.waiting, True).index(True)
    return tuple(SIGNS).index(flag.finding.state), 4 if flag.marked else turn, flag.raised or ""


def _say_state(flag: Flag, today: str) -> str:
    """`flagged since Monday`, `flagged, expected: campaign`."""
    state = _(STATES[flag.finding.state])
    if flag.dismissed_until is not None:
        date = format_near_date(flag.dismissed_until, today)
        return _("{state}, muted until {date}").format(state=state, date=date)
    if flag.expected is not None:
        message = _("{state}, expected: {why}") if flag.expected else _("{state}, expected")
        return message.format(state=state, why=flag.expected)
    if flag.new:
        return _("{state}, new today").format(state=state)
    if flag.raised:
        return _("{state} since {date}").format(state=state, date=format_near_date(flag.raised, today))
    if flag.ended:
        return _("{state}, flagged until {date}").format(state=state, date=format_near_date(flag.ended, today))
    return _("{state}, shown on a later day").format(state=state) if flag.waiting else state


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Each line of a text wrapped, its further lines below its own words."""
    lines = []
    for line in text.rstrip("\n").split("\n"):
        hanging = indent + " " * (len(line) - len(line.lstrip(" -")))
        lines += wrap(indent + line if line else "", width, hanging)
    return lines


COMMANDS = {
    "patterns": Command(
        patterns,
        options=(
            FROM,
            TO,
            Option(("--channel",), "CHANNEL", N_("one social channel only"), "channel"),
            Option(("--explain",), "NAME", N_("explain a pattern and show the calculation"), "pattern"),
            Option(("--dismiss",), "NAME", N_("mute a pattern for 28 days"), "pattern"),
            Option(("--expected",), "NAME", N_("mark a pattern as expected"), "pattern"),
            Option(("--why",), "TEXT", N_("with --expected: the reason, such as a campaign")),
            Option(("--unmark",), "NAME", N_("undo --dismiss or --expected"), "pattern"),
        ),
        reads=("from", "to", "channel", "explain"),
    )
}
