"""The written page of a review as one HTML file: to print, to keep, to send to a partner.

    html(figures) -> str     `figures` as `reports.figures.figures` makes them, or as a written review keeps them

One file without any request to anywhere: its style and its pictures are in it, light or dark as the screen is, light on
paper. It is in the language its figures were made in, whatever is spoken now: part of them is text.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tracker.analytics.coverage import LEAST_DAYS
from tracker.calendar.days import weekday
from tracker.formatting.durations import format_duration_difference, format_optional_duration
from tracker.formatting.times import format_near_date, format_week, format_week_dates
from tracker.locale import _, language, ngettext, speaking
from tracker.reports import html_brought, html_week
from tracker.reports.channel_colours import HUES
from tracker.reports.markup import EMPTY, Safe, joined, tag
from tracker.reports.page_words import coverage, say_revision

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Row = Mapping[str, Any]

#: Words longer than this are set smaller.
LONG = 420


def html(found: Row) -> str:
    """The page of a review's figures, whole in their language."""
    with speaking(found.get("language")):
        return _page(found)


def _page(found: Row) -> str:
    name = f"{format_week(found['week'])} · {format_week_dates(found['week'], weekday(found['from']))}"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="generator", content="tracker"),
        tag("title", " · ".join((_("Weekly review"), name))),
        tag("style", Safe(_style())),
    )
    body = tag("body", tag("main", _head(found), *_sections(found)), _foot(found))
    return f"<!doctype html>\n{tag('html', head, body, lang=language())}\n"


def _sections(found: Row) -> list[Safe]:
    return [
        html_week.strip(found),
        html_week.felt(found),
        html_week.when(found),
        html_week.patterns(found),
        html_brought.worth(found),
        html_brought.brought(found),
        html_brought.kept(found),
        html_brought.coming(found),
        html_brought.people(found),
    ]


@cache
def _style() -> str:
    """The style sheet, and before it the channels' colours on light and on dark."""
    light = "".join(f"--{name}:{shades[1]};" for name, shades in HUES.items())
    dark = "".join(f"--{name}:{shades[0]};" for name, shades in HUES.items())
    fills = "".join(f".hue-{name}{{fill:var(--{name})}}.swatch.hue-{name}{{background:var(--{name})}}" for name in HUES)
    sheet = files("tracker.reports").joinpath("page.css").read_text(encoding="utf-8")
    night = f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return f"\n:root{{{light}}}{night}{fills}\n{sheet}"


def _head(found: Row) -> Safe:
    """The week's name, the user's words, and the figures that matter most."""
    number = found["week"].rpartition("W")[2].lstrip("0")
    return tag(
        "header",
        tag("p", _("Weekly review"), class_="over"),
        tag("h1", _("Week {n}").format(n=number)),
        tag(
            "p",
            format_week_dates(found["week"], weekday(found["from"])) + say_revision(found["revision"]),
            class_="when",
        ),
        _words(found["words"]),
        _figures(found) if found["coverage"]["logged"] else EMPTY,
    )


def _words(words: str | None) -> Safe:
    """The user's own words come first, to the letter."""
    if not words:
        return EMPTY
    return tag("blockquote", words.strip("\n"), dir="auto", class_="long" if len(words) > LONG else None)


def _people(found: Row) -> str:
    """`with 2 people`; nothing where no talk has a name, or an earlier version did not count them."""
    people = found.get("people")
    return ngettext("with {n} person", "with {n} people", people).format(n=people) if people else ""


def _figures(found: Row) -> Safe:
    talks = sum(count or 0 for count in found["contacts"].values())
    logged, days = found["coverage"]["logged"], found["coverage"]["days"]
    usual = ""
    known = found["seconds"] is not None
    if found["usual_seconds"] is not None:
        usual = _("usually {seconds}").format(seconds=format_optional_duration(found["usual_seconds"]))
        if found["over"] and known and logged >= LEAST_DAYS:
            usual += " · " + format_duration_difference(
                found["seconds"], found["usual_seconds"], found["difference_percent"]
            )
    rows = [
        (format_optional_duration(found["seconds"]), _("social time"), usual),
        (str(found["checks"]) if known else "?", ngettext("check", "checks", found["checks"] or 0), ""),
        (str(talks), ngettext("talk", "talks", talks), _people(found)),
        (str(found["urges"]), ngettext("urge resisted", "urges resisted", found["urges"]), ""),
        (f"{logged} / {days}", _("days logged") if days == 7 else _("days logged so far"), ""),
    ]
    return tag(
        "dl",
        *(
            tag(
                "div",
                tag("dt", label),
                tag("dd", figure, class_="big"),
                tag("dd", note, class_="note") if note else EMPTY,
            )
            for figure, label, note in rows
        ),
        class_="figures",
    )


def _foot(found: Row) -> Safe:
    """What all of it rests on, and what it is not."""
    said = [
        coverage(found),
        _("An observation, not a diagnosis. What was counted, beside what is usual for one person and beside chance."),
    ]
    if found["worth"]:
        said.append(_("Nothing here is said to be caused by a channel: the hours on it were chosen, not drawn by lot."))
    skipped = [step for step in found["steps"]["skipped"] if step != "words"]
    if skipped:
        from tracker.reports.review import STEPS

        titles = {step.name: _(step.title) for step in STEPS}
        said.append(_("not looked at: {steps}").format(steps=", ".join(titles.get(step, step) for step in skipped)))
    said.append(" · ".join((_("made {date}").format(date=format_near_date(found["made"][:10], None)), "tracker")))
    return tag("footer", joined(tag("p", one) for one in said))
