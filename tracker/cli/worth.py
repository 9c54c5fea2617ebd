"""`tracker worth`: what each channel is worth, the sums behind it, the user's own verdicts, and what was spent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.analytics.channel_worth import ENOUGH_SALES, NOT_ENOUGH_DATA, REAL_CONTACT, WorthReport, WorthRow
from tracker.calendar.days import WallClock
from tracker.calendar.words import parse_week
from tracker.cli.context import Context, columns
from tracker.cli.log import say_spend
from tracker.cli.parser import Argument, Command, Option, ParsedArguments, UsageError, refuse_alone, refuse_together
from tracker.cli.timer import AT
from tracker.domain.errors import TrackerError
from tracker.domain.models import VERDICTS
from tracker.domain.text import one_line
from tracker.formatting.money import read_money
from tracker.formatting.plain_text import cell_width, format_table, wrap
from tracker.formatting.serialize import SPEND
from tracker.formatting.serialize import row as json_row
from tracker.formatting.text import labelled, list_terms, read_term
from tracker.formatting.times import format_week
from tracker.locale import N_, _, ngettext, plural
from tracker.reports import worth_wording
from tracker.reports.worth import WEEKS, verdict_history, worth_report
from tracker.reports.worth_columns import COLUMNS, WorthColumn, explain_cell, say_span, worth_json
from tracker.services import queries
from tracker.services.noted_records import record_spending
from tracker.services.reviewing import give_verdict, take_verdict_back
from tracker.settings import say_wanted

#: Money spent on a day was spent at noon, in seconds after midnight.
NOON = 43_200

#: The word that takes a verdict back.
NO_VERDICT = N_("none")


def worth(context: Context, args: ParsedArguments) -> None:
    """Show the report, or the calculation of one row; with an option that writes, write what it says."""
    refuse_alone(args, {"why": "verdict", "note": "spend", "at": "spend"})
    for options in (("explain", "verdict", "spend"), ("weeks", "verdict"), ("weeks", "spend")):
        refuse_together(args, options)
    if "verdict" in args.values:
        _give_verdict(context, args)
        return
    if "spend" in args.values:
        _add_spend(context, args)
        return
    report = _report(context, " ".join(args.several("WEEK")), args.weeks() or WEEKS)
    if "explain" in args.values:
        _explain(context, report, args.values["explain"])
    else:
        context.answer(lambda: worth_json(report), lambda: report_lines(report))


def _explain(context: Context, report: WorthReport, word: str) -> None:
    """Every cell of a row with its calculation, and the follow-up of the user's verdicts on it."""
    name = _row_name(context, word)
    row = report.row(name)
    if row is None:
        raise TrackerError(_("{channel} was not used in these weeks").format(channel=name))
    if context.json:
        context.print_json({key: explain_cell(report, row, key) for key in COLUMNS})
        return
    width = columns()
    sections = [(_(column.title), explain_cell(report, row, key)) for key, column in COLUMNS.items()]
    history = verdict_history(context.workspace, row.stored_channel)
    if history:
        follow_ups = [worth_wording.say_follow_up(follow_up, row.economics.currency) for follow_up in history]
        sections.append((_("your verdicts, and what followed"), follow_ups))
    lines = [labelled(worth_wording.say_title(row), worth_wording.say_verdict(row.verdict))]
    for title, sentences in sections:
        lines += ["", title, *(part for line in sentences for part in wrap(f"  {line}", width, "    "))]
    context.print(*lines)


def _report(context: Context, week: str, weeks: int) -> WorthReport:
    workspace = context.workspace
    dates = workspace.week_dates(parse_week(week, context.today, workspace.first_weekday()))
    if dates[0] > context.today:
        raise TrackerError(_("that week is in the future"))
    return worth_report(workspace, weeks=weeks, last=dates[-1])


def _row_name(context: Context, word: str) -> str:
    """The row a word names: real contact by that name or by any in-person channel's. TrackerError for others."""
    if word.strip().lower() in (REAL_CONTACT, "contact", "real contact", _("Real contact").lower()):
        return REAL_CONTACT
    channel = queries.find_channel(context.workspace, word)
    if channel.kind == "in_person":
        return REAL_CONTACT
    if channel.kind != "social":
        raise TrackerError(
            _("{channel} is neither a social channel nor real contact (in_person)").format(channel=channel.name)
        )
    return channel.name


def report_lines(report: WorthReport) -> list[str]:
    """The table; each row with its tests; what concerns all rows; in as many columns as the terminal has."""
    width = columns()
    title = ngettext("Is it worth it? {n} week up to {week}", "Is it worth it? {n} weeks up to {week}", report.weeks)
    lines = [title.format(n=report.weeks, week=format_week(report.week)), *wrap(f"  {say_span(report)}", width, "  ")]
    if report.rows:
        lines += ["", *table_lines(report, width)]
    else:
        lines += ["", _("nothing logged on a social channel or in person")]
        if not report.unjudged:
            return lines
    for row in report.rows:
        lines += ["", *_row_lines(report, row, width)]
    for line in _common_notes(report):
        lines += ["", *wrap(line, width, "  ")]
    return [*lines, "", *wrap(_("this shows what went together, not what caused what"), width, "  ")]


def table_lines(report: WorthReport, width: int) -> list[str]:
    """The columns that the written page has too, one line a row; a rule before real contact.

    As on the screens, those of the highest rank are left out where there is not enough room; never hours and leads.
    """
    shown = [column for column in COLUMNS.values() if column.page_cell]
    rows = _cells(report, shown)
    while _width(rows) > width and (least := max(shown, key=lambda column: column.rank or 0)).rank:
        shown.remove(least)
        rows = _cells(report, shown)
    lines = format_table(rows, "<" + ">" * (len(shown) - 1) + "<", width)
    if len(report.rows) > 1 and report.rows[-1].channel == REAL_CONTACT:
        lines.insert(-1, "─" * max(map(len, lines)))
    return lines


def _cells(report: WorthReport, shown: Sequence[WorthColumn]) -> list[tuple[str, ...]]:
    head = ("", *(_(column.title) for column in shown))
    return [head, *((worth_wording.say_title(row), *(column.cell(row) for column in shown)) for row in report.rows)]


def _width(rows: Sequence[tuple[str, ...]]) -> int:
    """How many cells the rows take as a table, two between its columns."""
    return sum(max(map(cell_width, column)) + 2 for column in zip(*rows, strict=True)) - 2


def _row_lines(report: WorthReport, row: WorthRow, width: int) -> list[str]:
    lines = [worth_wording.say_outcomes(row.outcomes)] if row.has_results else []
    for test in row.tests:
        result = f"{worth_wording.say_test_result(test)} – {worth_wording.say_test(row, test)}"
        lines.append(labelled(_(worth_wording.TEST_TITLES[test.name]), result))
    lines += worth_wording.row_notes(report, row)
    if row.your_verdict:
        lines.append(worth_wording.say_your_verdict(row, _("your verdict: {verdict}")))
    elif row.last_verdict:
        week, verdict = format_week(row.last_verdict.week), worth_wording.say_verdict(row.last_verdict.verdict)
        lines.append(_("your verdict of {week}: {verdict}").format(week=week, verdict=verdict))
    if row.effective_verdict == "stop":
        lines.append(worth_wording.say_opportunity_cost(report, row))
    title = wrap(labelled(worth_wording.say_title(row), worth_wording.say_verdict(row.verdict)), width)
    return [*title, *(part for line in lines for part in wrap(f"  {line}", width, "    "))]


def _common_notes(report: WorthReport) -> Iterable[str]:
    """Comparisons with real contact, the sales while they are few, what belongs to no row, missing settings."""
    if compared := worth_wording.say_comparisons(report, REAL_CONTACT):
        yield compared
    economics = report.economics
    if 0 < economics.payments < ENOUGH_SALES:
        someone = _("someone")
        amounts = ", ".join(
            f"{buyer.person or someone} {worth_wording.say_amount(buyer.amount, buyer.currency)}"
            for buyer in economics.buyers
        )
        sales = plural(economics.payments, "{n} sale so far: {sales}", "{n} sales so far: {sales}", sales=amounts)
        enough = _("from {n} sales on, their average is used instead of the setting").format(n=ENOUGH_SALES)
        yield _("; ").join((sales, enough))
    if report.unattributed.records:
        outcomes = worth_wording.say_outcomes_and_income(report.unattributed, economics.currency)
        yield labelled(_("not attributed"), outcomes)
    yield from worth_wording.say_unjudged(report)
    if report.first_touch_unknown:
        yield plural(
            report.first_touch_unknown,
            "{n} lead without a known first meeting",
            "{n} leads without a known first meeting",
        )
    yield from worth_wording.say_unused_settings(economics)
    if missing := economics.missing_settings:
        message = _("missing for the cost and the return: {names}; `tracker config {name} VALUE` sets it")
        yield message.format(name=missing[0], names=", ".join(say_wanted(missing)))


def _give_verdict(context: Context, args: ParsedArguments) -> None:
    """Save the user's verdict on a channel as of this week's review, or that of the WEEK before the verdict."""
    words = args.several("WEEK")
    if len(words) not in (1, 2):
        message = _("--verdict needs one of {verdicts}: --verdict linkedin cut")
        raise UsageError(message.format(verdicts=list_terms((*VERDICTS, NO_VERDICT))))
    workspace, name = context.workspace, _row_name(context, args.values["verdict"])
    *week, word = words
    report = _report(context, "".join(week), WEEKS)
    row, channel = report.row(name), None if name == REAL_CONTACT else name
    title = channel or _("real contact")
    if word.lower() in (NO_VERDICT, _(NO_VERDICT)):
        verdict = take_verdict_back(workspace, report.week, channel)
        message = _("your verdict is removed: {channel}").format(channel=title)
    else:
        computed, why = row.verdict if row else NOT_ENOUGH_DATA, one_line(args.values.get("why"))
        verdict = give_verdict(workspace, report.week, channel, read_term(word, VERDICTS), computed, why)
        given, calculated = worth_wording.verdict_word(verdict.verdict), worth_wording.verdict_word(verdict.computed)
        message = _("your verdict on {channel}: {verdict}; calculated: {computed}")
        message = message.format(channel=title, verdict=given, computed=calculated)
    rows = [json_row(verdict, "week channel computed verdict why at", context.zone)] if verdict else []
    context.answer([values | {"channel": name} for values in rows], message)


def _add_spend(context: Context, args: ParsedArguments) -> None:
    if not args.several("WEEK"):
        raise UsageError(_("--spend needs an amount: --spend linkedin 120"))
    _row_name(context, args.values["spend"])
    channel = queries.find_channel(context.workspace, args.values["spend"]).name
    amount, currency = read_money(" ".join(args.several("WEEK")), context.settings.currency)
    at, note = _spend_time(context, args.values.get("at")), one_line(args.values.get("note"))
    spent = record_spending(context.workspace, channel, at, amount=amount, currency=currency, note=note)
    line = _("recorded {spent}; `tracker delete {id}` deletes it")
    context.answer([json_row(spent, SPEND)], line.format(spent=say_spend(spent), id=f"s{spent.id}"))


def _spend_time(context: Context, text: str | None) -> int:
    """The instant that `text` names, or now; for a date its noon, or now if that is still to come today."""
    if text is None:
        return context.now
    try:
        date = context.date(text)
    except TrackerError:
        return context.time(text)
    noon = WallClock.of(context.zone, NOON).bounds(date)[0]
    return min(noon, context.now) if date == context.today else noon


COMMANDS = {
    "worth": Command(
        worth,
        (Argument("WEEK", "any"),),
        (
            Option(("--weeks",), "N", N_("number of weeks, up to WEEK (default: 13)")),
            Option(("--explain",), "CHANNEL", N_("show the calculation of every figure of a channel"), "channel"),
            Option(("--verdict",), "CHANNEL", N_("your own verdict: keep, cut, stop, more; or none"), "channel"),
            Option(("--why",), "TEXT", N_("the reason of the verdict")),
            Option(("--spend",), "CHANNEL", N_("what it cost besides your hours, such as advertising"), "channel"),
            AT,
            Option(("--note",), "TEXT", N_("a note on the spending")),
        ),
        reads=("weeks", "explain"),
    )
}
