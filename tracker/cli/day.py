"""`tracker day`: show a day, or write what is to be said of it. `tracker find`: everything with some words in it."""

from __future__ import annotations

from typing import Any

from tracker.analytics.day_slices import double_counted_seconds
from tracker.calendar.clock import iso
from tracker.cli.context import Context, columns
from tracker.cli.habit import day_lines
from tracker.cli.log import say_outcome, say_urge
from tracker.cli.parser import FROM, TO, Argument, Command, Option, ParsedArguments, refuse_together
from tracker.cli.session_lines import session_details
from tracker.cli.timer import say_pause
from tracker.domain.errors import TrackerError
from tracker.domain.models import Match
from tracker.domain.text import one_line
from tracker.formatting import text as wording
from tracker.formatting.numbers import round_half_up
from tracker.formatting.plain_text import format_table, wrap
from tracker.formatting.serialize import OUTCOME, URGE, row
from tracker.formatting.times import format_clock, format_duration, format_long_date, format_near_date
from tracker.locale import N_, _, plural
from tracker.reports import json_rows
from tracker.reports.contacts import say_crossing
from tracker.reports.day import Day, Part, spell_lines
from tracker.services import closing_day, finding, habit_keeping, noted_records, queries

#: Flags that contradict each other.
_OPPOSITES = (("zero", "unknown"), ("done", "not-done"), ("close", "open"))


def show_day(context: Context, args: ParsedArguments) -> None:
    """Show a day; with options that write, write what they say."""
    date = context.date(" ".join(args.several("DATE")) or "today")
    # The important task of a day to come can be named, and nothing else is known of it.
    writes_task_only = "task" in args.values and "note" not in args.values
    if date > context.today and not (writes_task_only and not args.flags & {"zero", "unknown", "done", "close"}):
        raise TrackerError(_("{date} is in the future").format(date=date))
    written = _write(context, args, date)
    if written and not context.json:
        context.print(wording.join_phrases(*written))
        return
    report = queries.day(context.workspace, date)
    context.answer(lambda: _day_json(context, report), lambda: _day_lines(context, report))


def _day_json(context: Context, day: Day) -> dict[str, Any]:
    """The contract's keys, and a few more; `urges` is their number. What is not known of an unlogged day is null."""
    crossings = {crossing.session for crossing in day.crossings}
    talks = crossings | {part.session.id for part in day.contacts}
    contact_rows = []
    for part in day.parts:
        session = part.session
        if session.id in talks:
            person = noted_records.find_person(context.workspace, session.person) if session.person else None
            contact_rows.append(json_rows.contact_row(part, person, bridge=session.id in crossings))
    return {
        **row(day, "date from=start to=end seconds budget_seconds checks first last", context.zone),
        **({} if day.logged else {"seconds": None, "checks": None}),
        "sessions": [json_rows.part_row(part, context.now) for part in day.parts],
        **json_rows.total_rows(day, known=day.logged),
        "habits": [json_rows.habit_day_row(habit) for habit in habit_keeping.habits(context.workspace, day.date)],
        "outcomes": [row(outcome, OUTCOME) for outcome in day.outcomes],
        "urges": len(day.urges) if day.logged else None,
        "urge_list": [row(urge, URGE) for urge in day.urges],
        **row(day, "note task task_done logged"),
        "pauses": [json_rows.pause_row(pause, context.now) for pause in day.pauses],
        "contacts": contact_rows,
        "closed": day.closed,
    }


def _day_lines(context: Context, day: Day) -> list[str]:
    """The day: its figures, its sessions with their ids, its channels, and what else was noted."""
    width = columns()

    def wrapped(lines: list[str]) -> list[str]:
        return [part for line in lines if line for part in wrap(line, width, "  ")]

    lines = [format_long_date(day.date), *wrapped([_figures(context, day)])]
    if day.parts:
        head = (_("id"), _("from"), _("to"), _("time"), _("channel"), _("what"))
        pieces = spell_lines([part.spell for part in day.parts])
        if not any(map(str.strip, pieces)):
            pieces = [""] * len(pieces)
        cells = [_session_cells(context, part, piece) for part, piece in zip(day.parts, pieces, strict=True)]
        lines += ["", *format_table([head, *cells], "><<><<", width)]
        if any(pieces):
            lines += wrapped([_("╭ ╰ one pick-up: used in one go, on one device or on several")])
    if day.channels:
        lines += ["", *_channel_table(day, width), *wrapped([wording.format_simultaneous(double_counted_seconds(day))])]
    if habits := habit_keeping.habits(context.workspace, day.date):
        lines += ["", *day_lines(habits, width)]
    remarks = _remarks(context, day)
    return lines + (["", *wrapped(remarks)] if remarks else [])


def _figures(context: Context, day: Day) -> str:
    if not day.logged:
        message = _("nothing logged: unknown, not zero (`tracker day {date} --zero` confirms zero)")
        return message.format(date=day.date)
    social = _("social {seconds}") if day.budget_seconds is None else _("social {seconds} of {budget}")
    budget = format_duration(day.budget_seconds or 0)
    figures = [social.format(seconds=format_duration(day.seconds), budget=budget)]
    figures += [wording.format_checks(day.checks), wording.format_sessions(day.sessions)]
    if day.first is not None and day.last is not None:
        first = format_clock(day.first, day.first_zone or context.zone)
        last = format_clock(day.last, day.last_zone or context.zone)
        figures.append(_("first {first}, last {last}").format(first=first, last=last))
    return " · ".join(figures)


def _session_cells(context: Context, part: Part, piece: str) -> tuple[str, ...]:
    """The cells of a session's row; `piece` is the piece of the line that joins the rows of one spell, if any are."""
    session = part.session
    start, end = format_clock(part.start, session.zone), format_clock(part.end, session.zone)
    # A session across the day's boundary began, or continues, on the other side of it.
    start = f"…{start}" if part.start > session.start else start
    start = f"{piece} {start}" if piece else start
    if session.end is None and part.end >= context.now:
        end = _("now")
    elif session.end is None or part.end < session.end:
        end = f"{end}…"
    length = ("~" if session.estimated else "") + (_("check") if part.check else format_duration(part.end - part.start))
    plan = _("planned {plan}").format(plan=format_duration(session.planned_seconds)) if session.planned_seconds else ""
    twice = "" if part.counts_with is None else _("counted with {id}").format(id=part.counts_with)
    details = " · ".join(filter(None, (wording.activity_word(session.activity), plan, session_details(session), twice)))
    zone = "" if session.zone == context.zone else f" ({session.zone})"
    return str(session.id), start, end, length, wording.channel_word(session.channel), details + zone


def _channel_table(day: Day, width: int) -> list[str]:
    rows = []
    for total in day.channels:
        budget = ""
        if total.budget_seconds is not None:
            budget = _("of {budget}").format(budget=format_duration(total.budget_seconds))
        checks = f", {wording.format_checks(total.checks)}" if total.checks else ""
        counts = wording.format_sessions(total.sessions) + checks
        rows.append((total.title, format_duration(total.seconds), budget, counts))
    return format_table(rows, "<><<", width)


def _remarks(context: Context, day: Day) -> list[str]:
    """Urges, first meetings, pauses, outcomes, the important task, and the line of the day."""
    remarks = []
    if day.urges:
        names = ", ".join(f"u{urge.id} {say_urge(urge)}" for urge in day.urges)
        remarks.append(plural(len(day.urges), "{n} resisted urge: {names}", "{n} resisted urges: {names}", names=names))
    remarks += [say_crossing(crossing, {}) for crossing in day.crossings]
    remarks += [say_pause(context, pause) for pause in day.pauses]
    for outcome in day.outcomes:
        clock = format_clock(outcome.at, outcome.zone)
        remarks.append(f"o{outcome.id} {clock} {say_outcome(outcome, context.settings.currency)}")
    if day.task:
        remarks.append(_say_task(day.task, day.task_done))
    if day.note:
        remarks.append(wording.in_quotation_marks(day.note))
    if day.closed:
        remarks.append(_("day closed"))
    return remarks


def _write(context: Context, args: ParsedArguments, date: str) -> list[str]:
    """Write what the options say of the day, all or nothing and in one step of undo; returns a line for each change.

    A single option is the step that its service names.
    """
    for pair in _OPPOSITES:
        refuse_together(args, pair)
    flags = args.flags & {flag for pair in _OPPOSITES for flag in pair}
    if not flags and not args.values.keys() & {"note", "task"}:
        return []
    workspace, lines = context.workspace, []
    several = len(flags) + len(args.values.keys() & {"note", "task"}) > 1
    says = _("edited the day {date}").format(date=format_near_date(date, workspace.today()))
    with workspace.undo_step(says) if several else workspace.transaction():
        if "note" in args.values:
            note = closing_day.write_note(workspace, date, one_line(args.values["note"])).note
            line = _("{date}: “{note}”") if note else _("{date} has no note")
            lines.append(line.format(date=date, note=note))
        if "task" in args.values:
            closing_day.set_task(workspace, one_line(args.values["task"]), date)
        if flags & {"done", "not-done"}:
            if not closing_day.task(workspace, date).task:
                raise TrackerError(_("{date} has no important task; --task sets one").format(date=date))
            closing_day.mark_task_done(workspace, date, "done" in flags)
        if "task" in args.values or flags & {"done", "not-done"}:
            saved = closing_day.task(workspace, date)
            lines.append(_("{date}: {what}").format(date=date, what=_say_task(saved.task, saved.task_done)))
        if flags & {"zero", "unknown"}:
            try:
                closing_day.confirm_zero(workspace, date, "zero" in flags)
            except closing_day.HasSocialTime as error:
                message = _("{date} cannot be zero: {seconds} of social time is logged")
                raise TrackerError(message.format(date=date, seconds=format_duration(error.seconds))) from None
            line = _("{date} is confirmed as zero") if "zero" in flags else _("{date} is unknown")
            lines.append(line.format(date=date))
        if flags & {"close", "open"}:
            closing_day.close(workspace, date, "close" in flags)
            line = _("{date} is closed") if "close" in flags else _("{date} is open again")
            lines.append(line.format(date=date))
    return lines


def _say_task(task: str | None, done: bool) -> str:
    """`important task: proposal for Nadia (done)`."""
    if not task:
        return _("no important task")
    message = _("important task: {task}").format(task=task)
    return _("{what} (done)").format(what=message) if done else message


#: The most lines that are printed, the best matches; `--json` has all of them.
MOST_LINES = 50

#: Letters of a text that are printed, around the words that were looked for.
_EXCERPT = 160

#: What stands before the number of a record in `tracker day`.
_LETTERS = {"session": "", "urge": "u", "outcome": "o"}

KIND_TITLES = {"urge": N_("resisted urge"), "note": N_("note"), "commitment": N_("commitment"), "review": N_("review")}


def find(context: Context, args: ParsedArguments) -> None:
    """Answer with what has the words, the best match first."""
    first, last = context.span(args)
    channel = args.values.get("channel")
    name = queries.find_channel(context.workspace, channel).name if channel else None
    words = " ".join(args.several("WORDS"))
    limit = None if context.json else MOST_LINES
    findings = finding.find(context.workspace, words, first=first, last=last, channel=name, limit=limit)
    context.answer(lambda: [_match_row(match) for match in findings.matches], lambda: _match_lines(words, findings))


def _match_row(match: Match) -> dict[str, Any]:
    text, score = " · ".join(text for _column, text in match.texts), round_half_up(-match.score, 3)
    return row(match, "kind id date week at channel") | {"text": text, "score": score}


def _match_lines(words: str, findings: finding.Findings) -> list[str]:
    if not findings.matches:
        return [_("nothing found")]
    query = finding.read_query(words)
    head = (_("id"), _("when"), _("what"), _("text"))
    rows = [head, *(_match_cells(match, query) for match in findings.matches)]
    lines = format_table(rows, "><<<", columns())
    if left := findings.total - len(findings.matches):
        more = plural(left, "and {n} more match; --from, --to and --channel narrow the search",
                      "and {n} more matches; --from, --to and --channel narrow the search")  # fmt: skip
        lines += wrap(more, columns())
    return lines


def _match_cells(match: Match, query: finding.Query) -> tuple[str, ...]:
    id = f"{_LETTERS[match.kind]}{match.id}" if match.kind in _LETTERS else "–"
    text = " · ".join(finding.say_texts(match))
    return id, _when(match), _what(match), finding.excerpt(text, query, _EXCERPT)


def _when(match: Match) -> str:
    """`2026-11-22 21:00`, `2026-11-22`, `2026-W48` or `2026-W48-r2`: as other commands read it."""
    if match.at is not None:
        return iso(match.at, match.zone or "UTC")[:16].replace("T", " ")
    revision = f"-r{match.revision}" if (match.revision or 1) > 1 else ""
    return f"{match.week or match.date}{revision}"


def _what(match: Match) -> str:
    """`linkedin create`, `client via linkedin`, `instagram, resisted urge`, `review`."""
    if match.kind == "session":
        return " ".join(filter(None, (wording.channel_word(match.channel or ""), wording.activity_word(match.what))))
    if match.kind == "outcome":
        kind = _(match.what) if match.what else ""
        via = _("via {channel}").format(channel=match.channel) if match.channel else ""
        return " ".join(filter(None, (kind, via)))
    return ", ".join(filter(None, (match.channel, _(KIND_TITLES[match.kind]))))


COMMANDS = {
    "day": Command(
        show_day,
        (Argument("DATE", "any"),),
        (
            Option(("--note",), "TEXT", N_("write the day's note; an empty one is deleted")),
            Option(
                ("--task",), "TEXT", N_("set the important task of the day, also tomorrow's; an empty one is deleted")
            ),
            Option(("--done",), None, N_("mark the important task as done")),
            Option(("--not-done",), None, N_("mark it as not done")),
            Option(("--zero",), None, N_("confirm that a day without entries had no social time")),
            Option(("--unknown",), None, N_("undo --zero: the day is unknown")),
            Option(("--close",), None, N_("mark the day as complete, like the evening close")),
            Option(("--open",), None, N_("undo --close: there is more to log")),
        ),
        reads=(),
    ),
    "find": Command(
        find,
        (Argument("WORDS", "some"),),
        (FROM, TO, Option(("--channel",), "CHANNEL", N_("one channel only"), "channel")),
        reads=("from", "to", "channel"),
    ),
}
