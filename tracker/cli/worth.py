"""`tracker worth`: what each channel is worth, the sums behind it, the user's own verdicts, and what was spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.quoting import quoted
from tracker.calendar.weeks import parse_week, week_dates
from tracker.cli.parser import Argument, Command, Option, UsageError
from tracker.cli.timer import AT
from tracker.domain.models import VERDICTS, TrackerError
from tracker.domain.text import one_line
from tracker.locale import N_, _, terms
from tracker.reports.worth_values import REAL_CONTACT
from tracker.storage import channels

if TYPE_CHECKING:
    from typing import Any

    from tracker.cli.context import Context
    from tracker.cli.parser import ParsedArguments
    from tracker.reports.worth_values import WorthTable

#: No look back is longer, in weeks: ten years.
LONGEST = 520

#: Money spent on a day was spent at noon, in seconds after midnight.
NOON = 43_200

#: What takes a verdict back.
NO_VERDICT = "none"


def worth(context: Context, args: ParsedArguments) -> None:
    """Show the table, or redo one row's sums; with an option that writes, write what it says."""
    if "verdict" in args.values:
        _give_verdict(context, args)
    elif "spend" in args.values:
        _spend(context, args)
    else:
        _show(context, args)


def _show(context: Context, args: ParsedArguments) -> None:
    found = _table(context, " ".join(args.several("WEEK")), _weeks(args.values.get("weeks")))
    if "explain" in args.values:
        _explain(context, found, args.values["explain"])
    elif context.json:
        from tracker.cli.worth_json import as_json

        context.print_json(as_json(found))
    else:
        from tracker.cli.worth_text import lines

        context.print(*lines(found))


def _explain(context: Context, found: WorthTable, word: str) -> None:
    name = _row_named(context, word)
    row = found.row(name)
    if row is None:
        raise TrackerError(_("{channel} was not used in these weeks").format(channel=name))
    from tracker.cli.worth_text import explained
    from tracker.reports.verdicts import story
    from tracker.reports.worth_explained import COLUMNS, explain_cell

    if context.json:
        context.print_json({column: explain_cell(found, row, column) for column in COLUMNS})
        return
    stored = None if row.channel == REAL_CONTACT else row.channel
    told = story(context.journal, context.settings, stored, zone=context.zone, now=context.now)
    context.print(*explained(found, row, told))


def _table(context: Context, text: str, weeks: int) -> WorthTable:
    from tracker.reports.weekdays import first_weekday
    from tracker.reports.worth import worth as review_worth

    begins_on = first_weekday(context.settings)
    dates = week_dates(parse_week(text, context.today, begins_on), begins_on)
    if dates[0] > context.today:
        raise TrackerError(_("that week is still to come"))
    return review_worth(
        *(context.journal, context.settings), zone=context.zone, now=context.now, weeks=weeks, last=dates[-1]
    )


def _weeks(text: str | None) -> int:
    if text is None:
        from tracker.reports.worth import WEEKS

        return WEEKS
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= LONGEST):
        raise TrackerError(
            _("--weeks is a number from 1 to {most}, not “{text}”").format(most=LONGEST, text=quoted(text))
        )
    return int(text)


def _row_named(context: Context, word: str) -> str:
    """The row a word names: real contact by that name or by any in-person channel's. Raises TrackerError for others."""
    if word.strip().lower() in (REAL_CONTACT, "contact", "real contact", _("Real contact").lower()):
        return REAL_CONTACT
    channel = channels.find(context.journal, word)
    if channel.kind == "in_person":
        return REAL_CONTACT
    if channel.kind != "social":
        raise TrackerError(
            _("{channel} is neither a social channel nor real contact (in_person)").format(channel=channel.name)
        )
    return channel.name


def _give_verdict(context: Context, args: ParsedArguments) -> None:
    """Say what is to become of a channel, as of this week's review, or that of the WEEK before the verdict."""
    from tracker.reports.worth_values import NOT_ENOUGH
    from tracker.reports.worth_words import say_verdict
    from tracker.storage import verdicts

    name = _row_named(context, args.values["verdict"])
    words = args.several("WEEK")
    if len(words) not in (1, 2):
        raise UsageError(
            _("--verdict needs one of {verdicts}: --verdict linkedin cut").format(
                verdicts=", ".join((*VERDICTS, NO_VERDICT))
            )
        )
    *week, word = words
    found = _table(context, "".join(week), _weeks(None))
    row, channel = found.row(name), None if name == REAL_CONTACT else name
    title = channel or _("real contact")
    if word.lower() == NO_VERDICT:
        gone = verdicts.take_back(context.journal, found.week, channel, now=context.now)
        _answer(context, _("no verdict of yours on {channel} any more").format(channel=title), [gone] if gone else [])
        return
    verdict = verdicts.give(
        context.journal,
        found.week,
        channel,
        terms.read(word, VERDICTS),
        computed=row.verdict if row else NOT_ENOUGH,
        now=context.now,
        why=one_line(args.values.get("why")),
    )
    said = _("your verdict on {channel}: {verdict}; by the figures: {computed}").format(
        channel=title, verdict=say_verdict(verdict.verdict), computed=say_verdict(verdict.computed)
    )
    _answer(context, said, [verdict])


def _answer(context: Context, said: str, found: list[Any]) -> None:
    from tracker.calendar.zones import iso

    if not context.json:
        context.print(said)
        return
    context.print_json(
        [
            {
                "week": one.week,
                "channel": one.channel or REAL_CONTACT,
                "computed": one.computed,
                "verdict": one.verdict,
                "why": one.why,
                "at": iso(one.at, context.zone),
            }
            for one in found
        ]
    )


def _when(context: Context, text: str | None) -> int:
    """The moment that was said, or now; of a day alone its noon, if that was already."""
    from tracker.calendar.days import Wall
    from tracker.calendar.moments import parse_date

    if text is None:
        return context.now
    try:
        date = parse_date(text, context.now, context.zone, context.settings.day_starts_at)
    except TrackerError:
        return context.time(text)
    noon = Wall.of(context.zone, NOON).bounds(date)[0]
    return min(noon, context.now) if date == context.today else noon


def _spend(context: Context, args: ParsedArguments) -> None:
    """Note what a channel cost beside the hours."""
    from tracker.calendar.money import read_money
    from tracker.cli import rows
    from tracker.storage import spend

    _row_named(context, args.values["spend"])
    channel = channels.find(context.journal, args.values["spend"]).name
    if not args.several("WEEK"):
        raise UsageError(_("--spend needs an amount: --spend linkedin 120"))
    amount, currency = read_money(" ".join(args.several("WEEK")), context.settings.currency)
    found = spend.add(
        context.journal,
        channel,
        _when(context, args.values.get("at")),
        context.zone,
        now=context.now,
        amount=amount,
        currency=currency,
        note=one_line(args.values.get("note")),
    )
    if context.json:
        context.print_json([rows.spend(found)])
    else:
        from tracker.cli.words import say_spend

        context.print(
            _("noted {spent}; `tracker delete {id}` takes it away").format(spent=say_spend(found), id=f"s{found.id}")
        )


COMMANDS = {
    "worth": Command(
        worth,
        (Argument("WEEK", "any"),),
        (
            Option(("--weeks",), "N", N_("how many weeks to look back, up to WEEK: 13 unless said")),
            Option(("--explain",), "CHANNEL", N_("redo the sum of every cell of a channel"), "channel"),
            Option(("--verdict",), "CHANNEL", N_("your own verdict on it: keep, cut, stop, more; or none"), "channel"),
            Option(("--why",), "TEXT", N_("why, beside a verdict")),
            Option(("--spend",), "CHANNEL", N_("what it cost beside the hours, such as advertising"), "channel"),
            AT,
            Option(("--note",), "TEXT", N_("a note, beside what was spent")),
        ),
        N_(
            "WEEK is the last week looked at; without it, this week. in_person is real contact.\n"
            'tracker worth --verdict linkedin cut --why "an hour a week is enough"\n'
            "tracker worth 2026-W47 --verdict linkedin keep\n"
            "tracker worth --spend linkedin 120 --at yesterday"
        ),
        reads=("weeks", "explain"),
    )
}
