"""`tracker review`: a week's review as it was written, or its draft; and a whole review by options, for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.weeks import parse_week
from tracker.calendar.zones import iso
from tracker.cli.exchange import stdout
from tracker.cli.grammar import Argument, Command, Option
from tracker.cli.review_writing import OPTIONS, write
from tracker.cli.terminal import columns
from tracker.domain.text import clean_lines, quoted
from tracker.formatting.tables import format_table, wrap
from tracker.formatting.text import join_phrases
from tracker.formatting.times import format_near_date
from tracker.locale import N_, _, ngettext
from tracker.reports import review
from tracker.reports.load_days import first_weekday
from tracker.reports.reminders import refuse_ahead
from tracker.reports.renderers.json_rows import review_row
from tracker.storage import reviews

if TYPE_CHECKING:
    from typing import Any

    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.domain.models import Review
    from tracker.reports.comparison import ReviewChange

    Row = dict[str, Any]

WRITTEN, DRAFT, NOT_BEGUN = "written", "draft", "not begun"


def show_review(context: Context, given: Given) -> None:
    """Show a review, list them, or do one by options; `--md` and `--html` write a file of it."""
    if "list" in given.flags or "search" in given.values:
        _list(context, given.values.get("search"))
        return
    week, revision = _which(context, " ".join(given.all("WEEK")))
    said = write(context, given, week, revision)
    found, figures = _figures(context, week, revision)
    said += [line for line in (_markdown(context, given, found, figures), _html(context, given, figures)) if line]
    if context.json:
        context.dump(figures | {"changes_since": _change_rows(context, found)})
    elif said:
        context.say(join_phrases(*said))
    elif "-" not in (given.values.get("md"), given.values.get("html")):
        _show(context, found, figures)


def _which(context: Context, text: str) -> tuple[str, int | None]:
    """The week that was said, and the revision in `2026-W48-r2`; without words, the last week that is over."""
    if not text:
        return review.last_week(context.settings, zone=context.zone, now=context.now), None
    said, mark, number = text.lower().rpartition("-r")
    revision = int(number) if mark and number.isdecimal() and len(number) < 6 else None
    week = parse_week(said if revision is not None else text, context.today, first_weekday(context.settings))
    refuse_ahead(context.settings, week, zone=context.zone, now=context.now)
    return week, revision


def _figures(context: Context, week: str, revision: int | None) -> tuple[Review | None, Row]:
    """What was written, to the letter, or the figures as they stand; `state` says which."""
    found = _found(context, week, revision)
    if found and found.written is not None:
        figures: Row = reviews.figures(found)
        return found, figures | {"state": WRITTEN, "written": iso(found.written, found.zone)}
    from tracker.reports.review_figures import review_figures

    material = review.review_data(context.journal, context.settings, week, zone=context.zone, now=context.now)
    figures = review_figures(material, zone=context.zone, now=context.now)
    return found, figures | {"state": DRAFT if found else NOT_BEGUN, "written": None}


def _found(context: Context, week: str, revision: int | None) -> Review | None:
    """The revision asked for, else the draft under way, else what was written last."""
    if revision is not None:
        return reviews.get(context.journal, f"{week}-r{revision}")
    return reviews.draft(context.journal, week) or reviews.latest(context.journal, week)


def _show(context: Context, found: Review | None, figures: Row) -> None:
    from tracker.reports.reminders import is_reviewable
    from tracker.reports.renderers.markdown import without_front_matter

    if found is None and not is_reviewable(context.journal, context.settings, figures["week"]):
        context.say(_("{week}: no day was logged, so there is nothing to review").format(week=figures["week"]))
        return

    page = found.page if found and found.page else None
    if page is None:
        context.say(_not_written(figures), "")
    elif found and (said := _changed(context, found)):
        context.say(*wrap(said, columns()), "")
    context.say(*without_front_matter(page or _page(figures)).rstrip("\n").split("\n"))
    if page is None and not figures["commitments"]:
        context.say("", *_suggested(figures))


def _changes(context: Context, found: Review) -> tuple[ReviewChange, ...]:
    from tracker.reports.comparison import changes_now

    return changes_now(context.journal, context.settings, found, zone=context.zone, now=context.now)


def _change_rows(context: Context, found: Review | None) -> list[Row]:
    from tracker.reports.comparison import change_row

    return list(map(change_row, _changes(context, found))) if found else []


def _changed(context: Context, found: Review) -> str:
    """How the week differs from its written review; nothing where it does not."""
    from tracker.reports.comparison import say_changes

    said = say_changes(_changes(context, found))
    message = _(
        "Changed since this review was written: {changes}. `tracker review {week} --amend` writes a new version."
    )
    return message.format(changes=said, week=found.week) if said else ""


def _suggested(figures: Row) -> list[str]:
    """What one could commit to, as `--commit` takes it, and what it comes from."""
    said = [_("you could commit to:")]
    for one in figures["suggestions"]:
        measured = f" ({one['measured']})" if one["measured"] else ""
        plan = _("If {cue}, then {plan}.").format(cue=one["cue"], plan=one["plan"])
        said += wrap(f"- {plan}{measured} – {one['because']}", columns(), "  ")
    return said


def _page(figures: Row) -> str:
    from tracker.reports.review_page import review_markdown

    return review_markdown({key: value for key, value in figures.items() if key not in ("state", "written")})


def _not_written(figures: Row) -> str:
    """That it is no record yet, and how it becomes one."""
    week = figures["week"]
    if figures["state"] == DRAFT:
        said = _("{week}: a draft, not written yet; `tracker review {week} --write` writes it")
    else:
        said = _("{week}: not reviewed; `tracker review {week} --estimate 12h` begins, `--write` writes it")
    return said.format(week=week)


def _markdown(context: Context, given: Given, found: Review | None, figures: Row) -> str:
    path = given.values.get("md")
    if path is None:
        return ""
    page = found.page if found and found.page else _page(figures)
    return _save(context, path, clean_lines(page), figures)


def _html(context: Context, given: Given, figures: Row) -> str:
    path = given.values.get("html")
    if path is None:
        return ""
    from tracker.reports.review_page import review_html

    return _save(context, path, review_html(figures), figures)


def _save(context: Context, path: str, text: str, figures: Row) -> str:
    """Write a file that is not there yet, or holds just this: what somebody went on writing in it is not lost."""
    if path == "-":
        with stdout() as file:
            file.write(text)
        return ""
    from tracker.exporters.exporting import written_once

    written_once(path, text, but=(context.journal.path, context.config))
    is_written = figures["state"] == WRITTEN
    said = _("the review of {week} is in {path}") if is_written else _("the draft of {week} is in {path}")
    return said.format(week=figures["week"], path=path)


def _list(context: Context, text: str | None) -> None:
    """Every review and draft, the latest first; with words to look for, those that have them."""
    found = reviews.search(context.journal, text) if text else reviews.listed(context.journal)
    if context.json:
        context.dump([review_row(one) for one in found])
    elif found:
        lines = [(one.name, _state(one), " ".join((one.words or "").split())) for one in found]
        context.say(*format_table([(_("week"), _("state"), _("words")), *lines], "<<<", columns()))
    elif text:
        context.say(_("no review has “{text}” in it").format(text=quoted(text)))
    else:
        context.say(_("no reviews yet; `tracker review` shows the last week"))


def _state(one: Review) -> str:
    if one.written is None:
        n = len(one.reviewed)
        return ngettext("draft, {n} step of 8", "draft, {n} steps of 8", n).format(n=n)
    return _("written {date}").format(date=format_near_date(iso(one.written, one.zone)[:10], None))


COMMANDS = {
    "review": Command(
        show_review,
        (Argument("WEEK", "any"),),
        (
            Option(("--list",), None, N_("list the reviews")),
            Option(("--search",), "TEXT", N_("list those with these words in them")),
            Option(("--md",), "FILE", N_("write its page as Markdown; - for stdout"), "file"),
            Option(("--html",), "FILE", N_("write its page as HTML, to print or to send"), "file"),
            *OPTIONS,
        ),
        N_(
            "WEEK is 2026-W48, last, -2 or a date in it; without it, the last week that is over.\n"
            'tracker review --estimate 12h --words "A good week." --write\n'
            'tracker review --commit "if I want to check likes then I call a prospect; at least 3 a week by contacts"\n'
            "Behind the semicolon stands what measures it, as for a habit; also: 30 min by after_posting.\n"
            "What is written stays: 2026-W48-r2 is its first amendment."
        ),
        reads=("list", "search", "md", "html"),
    ),
}
