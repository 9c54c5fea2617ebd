"""`tracker review`: a week's review as it was written, or its draft; and a whole review by options, for scripts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from tracker.calendar.clock import iso
from tracker.calendar.days import next_week
from tracker.calendar.durations import parse_estimate
from tracker.calendar.words import parse_week
from tracker.cli.context import Context, columns, read_stdin
from tracker.cli.parser import Argument, Command, Option, ParsedArguments, UsageError, refuse_alone, refuse_together
from tracker.cli.transfer import open_stdout
from tracker.domain.errors import TrackerError
from tracker.domain.models import Commitment, Review
from tracker.domain.text import clean_lines, quoted
from tracker.formatting.plain_text import format_table, wrap
from tracker.formatting.serialize import instant
from tracker.formatting.text import activity_word, channel_word, join_phrases
from tracker.formatting.times import format_duration, format_near_date, format_week
from tracker.locale import N_, _, ngettext, plural
from tracker.reports.commitment_words import if_then, read_commitment, say_commitment
from tracker.reports.comparison import change_row
from tracker.reports.json_rows import review_row
from tracker.reports.markdown_page import without_front_matter
from tracker.reports.review import UnnamedTime, say_how_to_name, say_unnamed
from tracker.reports.review_page import review_html, review_markdown
from tracker.services import queries, reviewing

Row = dict[str, Any]
Write = Callable[[Context, ParsedArguments, str], str]

WRITTEN, DRAFT, NOT_BEGUN = "written", "draft", "not begun"

_YES, _NO = ("yes", "y", "oui", "o"), ("no", "n", "non")


def review(context: Context, args: ParsedArguments) -> None:
    """Show a review, list them, or do one by options; `--md` and `--html` write a file of it."""
    refuse_alone(args, {"unfinished": "write"})
    for lists in ("list", "search"):
        for option in ("md", "html", *_WRITES):
            refuse_together(args, (lists, option))
    if "list" in args.flags or "search" in args.values:
        _list(context, args.values.get("search"))
        return
    week, revision = _read_week(context, " ".join(args.several("WEEK")))
    with _step(context, args, week, revision):
        written = [write(context, args, week) for write in _wanted(args)]
        review, figures = reviewing.figures_of_review(context.workspace, week, revision)
        state = NOT_BEGUN
        if review is not None:
            state = DRAFT if review.written is None else WRITTEN
        figures |= {"state": state, "written": review and instant(review.written, review.zone)}
        to_name: tuple[UnnamedTime, ...] = ()
        if not (review and review.page):
            to_name = reviewing.channels_to_ask_about(context.workspace, week)
            figures["unnamed"] = [{"channel": total.channel.name, "seconds": total.seconds} for total in to_name]
        pages = _pages(args, review, figures)
        # Inside the step: where a page cannot be saved, nothing of the review is, either.
        written += [_save(context, path, text, figures) for path, text in pages if path != "-"]
    for path, text in pages:
        if path == "-":  # after the step: whoever reads slowly keeps no other program waiting
            with open_stdout() as file:
                file.write(text)
    if context.json:
        changes = reviewing.review_changes(context.workspace, review) if review else ()
        context.print_json(figures | {"changes_since": [change_row(change) for change in changes]})
    elif written and any(path == "-" for path, _text in pages):
        context.warn(join_phrases(*written))  # stdout has the page, and nothing else
    elif written:
        context.print(join_phrases(*written))
    elif not pages:
        _show(context, week, review, figures, to_name)


def _read_week(context: Context, text: str) -> tuple[str, int | None]:
    """The week that was typed, and the revision in `2026-W48-r2`; without words, the last week that is over."""
    if not text:
        return reviewing.week_to_review(context.workspace), None
    name, mark, number = text.lower().rpartition("-r")
    revision = int(number) if mark and number.isdecimal() and len(number) < 6 else None
    week = parse_week(name if revision is not None else text, context.today, context.workspace.first_weekday())
    reviewing.refuse_future_week(context.workspace, week)
    return week, revision


def _show(context: Context, week: str, review: Review | None, figures: Row, to_name: tuple[UnnamedTime, ...]) -> None:
    if review is None and not reviewing.is_reviewable(context.workspace, week):
        context.print(_("{week}: no day was logged, so there is nothing to review").format(week=format_week(week)))
        return
    page = review.page if review and review.page else None
    if page is None:
        message = _("{week}: no review yet; `tracker review {week} --estimate 12h` starts it, `--write` writes it")
        if figures["state"] == DRAFT:
            message = _("{week}: a draft, not written yet; `tracker review {week} --write` writes it")
        context.print(message.format(week=format_week(week)), "")
    elif review and (changes := reviewing.changes_since(context.workspace, review)):
        message = _(
            "Changed since this review was written: {changes}. `tracker review {week} --amend` writes a new version."
        )
        context.print(*wrap(message.format(changes=changes, week=format_week(review.week)), columns()), "")
    context.print(*without_front_matter(page or _page(figures)).rstrip("\n").split("\n"))
    if page is not None:
        return
    if to_name:
        text = join_phrases(say_unnamed(to_name), say_how_to_name(week, to_name))
        context.print("", *wrap(text, columns()))
    if figures["commitments"]:
        return
    lines = ["", _("suggested commitments:")]
    for suggestion in figures["suggestions"]:
        measured = f" ({suggestion['measured']})" if suggestion["measured"] else ""
        plan = if_then(suggestion["cue"]).format(cue=suggestion["cue"], plan=suggestion["plan"])
        lines += wrap(f"- {plan}{measured} – {suggestion['because']}", columns(), "  ")
    context.print(*lines)


def _pages(args: ParsedArguments, review: Review | None, figures: Row) -> list[tuple[str, str]]:
    """The pages that are asked for: the path of each, and its text."""
    pages = []
    if "md" in args.values:
        pages.append((args.values["md"], clean_lines(review.page if review and review.page else _page(figures))))
    if "html" in args.values:
        pages.append((args.values["html"], review_html(figures)))
    return pages


def _page(figures: Row) -> str:
    return review_markdown({key: value for key, value in figures.items() if key not in ("state", "written", "unnamed")})


def _save(context: Context, path: str, text: str, figures: Row) -> str:
    """Write a page to a file; returns the line that says so."""
    reviewing.write_page(context.workspace, path, text)
    is_written = figures["state"] == WRITTEN
    message = _("saved the review of {week} in {path}") if is_written else _("saved the draft of {week} in {path}")
    return message.format(week=format_week(figures["week"]), path=path)


def _list(context: Context, text: str | None) -> None:
    """Every review and draft, the latest first; with words to look for, those that have them."""
    reviews = reviewing.review_list(context.workspace, text or "")
    if context.json:
        context.print_json([review_row(review) for review in reviews])
    elif reviews:
        lines = [(_("week"), _("state"), _("words"))]
        for review in reviews:
            steps = len(review.reviewed)
            state = plural(steps, "draft, {n} step of 8", "draft, {n} steps of 8")
            if review.written is not None:
                date = format_near_date(iso(review.written, review.zone)[:10], None)
                state = _("written {date}").format(date=date)
            lines.append((format_week(review.name), state, " ".join((review.words or "").split())))
        context.print(*format_table(lines, "<<<", columns()))
    elif text:
        context.print(_("no review contains “{text}”").format(text=quoted(text)))
    else:
        context.print(_("no reviews yet; `tracker review` shows the last week"))


def _wanted(args: ParsedArguments) -> list[Write]:
    """What the options ask to write, in the order it is done in."""
    return [write for option, write in _WRITES.items() if option in args.values or option in args.flags]


def _step(context: Context, args: ParsedArguments, week: str, revision: int | None) -> AbstractContextManager[object]:
    """What the options write is written whole or not at all, and is one step of undo; without such an option, none."""
    if not _wanted(args):
        return nullcontext()
    if revision is not None:
        message = _("a revision cannot be changed; `tracker review {week} --amend` starts another one")
        raise UsageError(message.format(week=format_week(week)))
    if args.values.get("words") == "-":  # before the transaction: typing must not keep other programs waiting
        args.values["words"] = read_stdin()
    return context.workspace.undo_step(_("reviewed {week}").format(week=format_week(week)))


def _amend(context: Context, args: ParsedArguments, week: str) -> str:
    review = reviewing.begin_amendment(context.workspace, week)
    return _("started the revision {name}; the written review is kept").format(name=format_week(review.name))


def _estimate(context: Context, args: ParsedArguments, week: str) -> str:
    parts = args.values["estimate"].replace(",", " ").split()
    if not parts:
        raise UsageError(_("--estimate needs a length: --estimate 12h"))
    reviewing.begin_if_needed(context.workspace, week)
    typed: dict[str | None, int | None] = {}
    for part in parts:
        word, equals, length = part.rpartition("=")
        channel = queries.find_channel(context.workspace, word).name if equals else None
        typed[channel] = parse_estimate(length)
    estimates = reviewing.set_estimates(context.workspace, week, typed)
    reviewing.mark_reviewed(context.workspace, week, "estimate")
    guesses = []
    for estimate in estimates:
        name = channel_word(estimate.channel) if estimate.channel else _("in all")
        guesses.append(f"{name} {format_duration(estimate.seconds)}")
    return _("your guess for {week}: {felt}").format(week=format_week(week), felt=", ".join(guesses))


def _set_words(context: Context, args: ParsedArguments, week: str) -> str:
    reviewing.begin_if_needed(context.workspace, week)
    review = reviewing.set_review_words(context.workspace, week, args.values["words"])
    if not review.words:
        return _("your words are deleted")
    reviewing.mark_reviewed(context.workspace, week, "words")
    return _("your words are saved")


def _name_time(context: Context, args: ParsedArguments, week: str) -> str:
    """`--mostly linkedin=reply`: what the measured time on a channel was for; `mixed` where it was several things."""
    phrases = []
    for text in args.every["mostly"]:
        word, _equals, answer = (part.strip() for part in text.partition("="))
        if not word or not answer:
            message = _("“{text}” is not understood; write for example --mostly linkedin=reply")
            raise TrackerError(message.format(text=quoted(text)))
        channel = queries.find_channel(context.workspace, word).name
        is_mixed = answer.lower() in (reviewing.MIXED, "mélangé")
        activity = None if is_mixed else queries.find_activity(context.workspace, answer).name
        named = reviewing.name_time(context.workspace, week, channel, activity)
        result = _("{channel}: mixed, not asked again")
        if activity:
            result = ngettext("{channel}: {activity}, {n} session", "{channel}: {activity}, {n} sessions", len(named))
        phrases.append(result.format(channel=channel_word(channel), activity=activity_word(activity), n=len(named)))
    return _("; ").join(phrases)


def _commit(context: Context, args: ParsedArguments, week: str) -> str:
    reviewing.begin_if_needed(context.workspace, week)
    coming, commitments = next_week(week), []
    for text in args.every["commit"]:
        commitment = read_commitment(text, coming)
        if commitment.channel:
            channel = queries.find_channel(context.workspace, commitment.channel)
            commitment = commitment._replace(channel=channel.name)
        commitments.append(reviewing.add_commitment(context.workspace, commitment))
    reviewing.mark_reviewed(context.workspace, week, "next")
    sentences = " ".join(map(say_commitment, commitments)).rstrip(".")
    return _("for {week}: {commitments}").format(week=format_week(coming), commitments=sentences)


def _answer_commitments(context: Context, args: ParsedArguments, week: str) -> str:
    """`--kept 2=yes`: how the second commitment for this week went, where the log cannot tell."""
    reviewing.begin_if_needed(context.workspace, week)
    for text in args.every["kept"]:
        commitment, kept = _read_answer(week, reviewing.commitments_of(context.workspace, week), text)
        reviewing.answer_commitment(context.workspace, commitment.id, kept)
    reviewing.mark_reviewed(context.workspace, week, "kept")
    return _("saved whether it was kept")


def _read_answer(week: str, commitments: list[Commitment], text: str) -> tuple[Commitment, bool]:
    number, _equals, word = (part.strip().lower() for part in text.partition("="))
    numbered = {str(index): commitment for index, commitment in enumerate(commitments, 1)}
    if word not in (*_YES, *_NO) or not number.isdecimal():
        raise TrackerError(_("“{text}” is not understood; write for example --kept 1=yes").format(text=quoted(text)))
    if number not in numbered:
        message = _("{week} has no commitment {number}") if numbered else _("{week} has no commitments")
        raise TrackerError(message.format(week=format_week(week), number=quoted(number)))
    commitment = numbered[number]
    if commitment.measure:
        raise TrackerError(_("“{plan}” is measured from the log").format(plan=quoted(commitment.plan)))
    return commitment, word in _YES


def _finish(context: Context, args: ParsedArguments, week: str) -> str:
    workspace = context.workspace
    reviewing.refuse_empty_week(workspace, week)
    reviewing.begin_if_needed(workspace, week)
    review = reviewing.write_review(workspace, week, unfinished="unfinished" in args.flags)
    phrases = [_("the review {name} is written").format(name=format_week(review.name))]
    if not reviewing.estimates(workspace, week):
        phrases.append(_("without a guess"))
    if not review.words:
        phrases.append(_("without your own words"))
    return ", ".join(phrases)


#: The options that write, in the order they are done in.
_WRITES: dict[str, Write] = {
    "amend": _amend,
    "estimate": _estimate,
    "mostly": _name_time,
    "words": _set_words,
    "commit": _commit,
    "kept": _answer_commitments,
    "write": _finish,
}

_WRITING_OPTIONS = (
    Option(("--estimate",), "TIME", N_('your guess of the week\'s time: 12h, or "12h linkedin=4h"')),
    Option(("--mostly",), "CHANNEL=ACTIVITY", N_("what measured time without an activity was for, or mixed")),
    Option(("--words",), "TEXT", N_("your own words; - reads them from stdin")),
    Option(("--commit",), "TEXT", N_('for the coming week: "if … then …"; up to three times')),
    Option(("--kept",), "N=yes|no", N_("whether the week's Nth commitment was kept, if the log cannot tell")),
    Option(("--write",), None, N_("write the review; its figures no longer change")),
    Option(("--unfinished",), None, N_("with --write: even if the week is not over")),
    Option(("--amend",), None, N_("start a new revision of a written review")),
)
COMMANDS = {
    "review": Command(
        review,
        (Argument("WEEK", "any"),),
        (
            Option(("--list",), None, N_("list the reviews")),
            Option(("--search",), "TEXT", N_("list the reviews that contain these words")),
            Option(("--md",), "FILE", N_("save its page as Markdown; - for stdout"), "file"),
            Option(("--html",), "FILE", N_("save its page as HTML, to print or to send"), "file"),
            *_WRITING_OPTIONS,
        ),
        reads=("list", "search", "md", "html"),
    )
}
