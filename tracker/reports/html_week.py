"""The first half of the HTML page: how the week went, when one checked, and the patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.coverage import LEAST_DAYS, too_little
from tracker.formatting.durations import format_duration_difference, format_optional_duration
from tracker.formatting.text import as_sentence, capitalized, format_simultaneous, labelled
from tracker.formatting.times import format_date, format_near_date, format_week
from tracker.locale import _, ngettext
from tracker.reports.channel_colours import hue_of
from tracker.reports.html_words import items, line, section, table
from tracker.reports.markup import EMPTY, Safe, filled, joined, tag, text, user
from tracker.reports.page_words import clock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    Row = Mapping[str, Any]


def strip(found: Row) -> Safe:
    """Seven days as columns, what changed most, and every channel and purpose against the usual week."""
    title = _("The week against the usual one")
    if not found["coverage"]["logged"]:
        return section(title, line(_("nothing was logged: unknown, not zero")))
    social = [one for one in found["channels"] if one["kind"] == "social"]
    others = [one for one in found["channels"] if one["kind"] != "social" and (one["seconds"] or one["usual_seconds"])]
    purposes = [one for one in found["purposes"] if one["seconds"] or one["usual_seconds"]]
    return section(
        title,
        line(as_sentence(found["changed"]), "lead"),
        _picture(found, social),
        _against(_("Social channels"), social, found, wide=True),
        line(format_simultaneous(found.get("twice_seconds") or 0), "soft"),
        tag(
            "div", _against(_("What for"), purposes, found), _against(_("Other channels"), others, found), class_="two"
        ),
    )


def _picture(found: Row, social: Sequence[Row]) -> Safe:
    from tracker.reports.html_charts import week_strip

    titles = {one["channel"]: one["title"] for one in found["channels"]}
    compared = found["coverage"]["logged"] >= LEAST_DAYS
    days = [
        {
            **one,
            "usual_seconds": one["usual_seconds"] if compared else None,
            "said": format_optional_duration(one["seconds"]),
            "channels": [{**part, "said": format_optional_duration(part["seconds"])} for part in one["channels"]],
        }
        for one in found["days"]
    ]
    begun = [one for one in found["days"] if one.get("begun", True)]
    known = [format_optional_duration(one["seconds"]) if one["logged"] else _("not logged") for one in begun]
    said = ", ".join(f"{format_date(one['date'])} {told}" for one, told in zip(begun, known, strict=True))
    usual = compared and any(one["usual_seconds"] for one in found["days"])
    legend = [joined((swatch(one["channel"]), user(one["title"]))) for one in social if one["seconds"]]
    if usual:
        legend.append(joined((tag("span", class_="mark", aria_hidden="true"), _("what such a day usually comes to"))))
    return tag(
        "figure",
        week_strip(days, [(_day(one), _checks(one)) for one in found["days"]], titles, said),
        tag("figcaption", joined(legend, Safe(" &nbsp; "))),
    )


def _day(one: Row) -> str:
    """`Mon 23`."""
    weekday, day, *_month = format_date(one["date"]).split(" ")
    return f"{weekday} {day}"


def _checks(one: Row) -> str:
    if not one["logged"]:
        return _("not logged") if one.get("begun", True) else ""
    return ngettext("{n} check", "{n} checks", one["checks"]).format(n=one["checks"])


def swatch(channel: str) -> Safe:
    """A square in a channel's colour, beside its name."""
    return tag("span", class_=f"swatch hue-{hue_of(channel)}", aria_hidden="true")


def _against(caption: str, rows: Sequence[Row], found: Row, *, wide: bool = False) -> Safe:
    """Seconds and the difference to the usual; where it is `wide`, that too, percents, and the last five weeks."""
    lines = []
    compared = found["coverage"]["logged"] >= LEAST_DAYS
    for one in rows:
        title = capitalized(one["title"])
        usual = one["usual_seconds"]
        cells = [
            joined((swatch(one["channel"]), user(one["title"]))) if "channel" in one else title,
            format_optional_duration(one["seconds"]),
            "–" if usual is None else format_optional_duration(usual),
            ""
            if usual is None or not compared
            else format_duration_difference(one["seconds"], usual, one["difference_percent"] if wide else None),
        ]
        lines.append([*cells, _five(one["channel"], one["title"], found)] if wide else [*cells[:2], cells[3]])
    if wide:
        return table(caption, ["", _("time"), _("usual"), _("difference"), _("five weeks")], lines, "five")
    return table(caption, ["", _("time"), _("against usual")], lines)


def _five(channel: str, title: str, found: Row) -> Safe:
    from tracker.reports.html_charts import spark

    values = [
        sum(one["seconds"] for one in week["channels"] if one["channel"] == channel) if week["known"] else None
        for week in found["weeks"]
    ]
    if not any(values):
        return EMPTY
    said = ", ".join("?" if value is None else format_optional_duration(value) for value in values)
    return spark(values, hue_of(channel), labelled(title, said))


def felt(found: Row) -> Safe:
    """What the week was thought to be, before any figure was shown."""
    said = found["estimate"]
    if not said:
        return EMPTY
    rows = [(_("in all"), said)] if said["seconds"] is not None else []
    rows += [(user(one["title"]), one) for one in said["channels"]]
    unknown = too_little(found["coverage"]["logged"], found["coverage"]["days"])
    lines = [
        (
            name,
            format_optional_duration(one["seconds"]),
            format_optional_duration(one["logged_seconds"]),
            "" if unknown else format_duration_difference(one["seconds"], one["logged_seconds"], one["percent"]),
        )
        for name, one in rows
    ]
    caption = _("Said before any figure was shown")
    head = ("", _("felt"), _("logged"), _("difference"))
    return section(_("How long it felt"), table(caption, head, lines, "even"), line(unknown))


def when(found: Row) -> Safe:
    """Hours by weekdays, and each day's first and last."""
    names = [format_date(one["date"]).split(" ")[0] for one in found["days"]]
    rows = [
        (format_date(one["date"]), clock(one["first"]), clock(one["last"]), str(one["checks"]))
        for one in found["days"]
        if one["logged"]
    ]
    head = (_("day"), _("first opening"), _("last close"), _("checks"))
    return section(_("When you check"), _map(found, names), table(_("Each day that was logged"), head, rows, "even"))


def _map(found: Row, names: Sequence[str]) -> Safe:
    if not any(map(any, found["hours"])):
        return EMPTY
    from tracker.reports.html_charts import hours_map

    by_hour = [sum(day[hour] or 0 for day in found["hours"]) for hour in range(24)]
    top = by_hour.index(max(by_hour))
    said = _("checks by hour of the day; most between {start}:00 and {end}:00").format(
        start=f"{top:02}", end=f"{(top + 1) % 24:02}"
    )
    first_hour = found.get("day_starts_at", 0) // 3600
    return tag(
        "figure", hours_map(found["hours"], names, first_hour, said, found["coverage"]["days"]), tag("figcaption", said)
    )


def patterns(found: Row) -> Safe:
    """What was flagged, with its evidence and five weeks of it; what the user marked, and the others by name."""
    flagged = [one for one in found["patterns"] if one["state"] == "flagged"]
    standing = [one for one in flagged if not _is_marked(one)]
    beside = [_marked(one, found["made"][:10]) for one in flagged if _is_marked(one)]
    for label, state in ((_("Quiet: {names}"), "quiet"), (_("Not enough data: {names}"), "not enough data")):
        names = [one["title"] for one in found["patterns"] if one["state"] == state]
        beside += [text(label.format(names=", ".join(names)))] if names else []
    return section(
        _("Patterns"),
        joined(_pattern(one) for one in standing),
        items(beside),
        line(_("An observation, not a diagnosis."), "soft") if flagged else EMPTY,
    )


def _is_marked(one: Row) -> bool:
    return one["dismissed_until"] is not None or one["expected"] is not None


def _marked(one: Row, made: str) -> Safe:
    """A flag that the user dismissed or expected, as said on the date the page was made."""
    if one["dismissed_until"]:
        said = _("{title}, dismissed until {date}")
        return text(said.format(title=one["title"], date=format_near_date(one["dismissed_until"], made)))
    return filled(_("{title}, as expected: {why}"), title=text(one["title"]), why=user(one["expected"] or "–"))


def _pattern(one: Row) -> Safe:
    return tag(
        "div",
        tag("h3", one["title"]),
        tag("p", as_sentence(one["evidence"])),
        _states(one),
        class_="card pattern",
    )


def _states(one: Row) -> Safe:
    """Five weeks of a pattern, where they are known: its figure, and what it was."""
    from tracker.reports.html_charts import five_weeks

    states = [
        # A review written by an earlier version has no words of its figures, and perhaps no figures.
        (format_week(week["week"]).rpartition("-")[2], week["state"], week.get("figure"), week.get("said") or "")
        for week in one["weeks"]
    ]
    if not states:
        return EMPTY
    said = ", ".join(" ".join(filter(None, (week, _(state), told))) for week, state, _figure, told in states)
    return five_weeks(states, labelled(one["title"], said))
