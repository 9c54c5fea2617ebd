"""The written page of a review: Markdown with its figures as YAML before it, the user's words first.

    figures(material, zone=…, now=…)   the review as data (figures.py)
    markdown(figures)                  its page, in the language now spoken

The words stand in the page as a quotation, line by line, and to the letter in the YAML. Everything else the user wrote
is escaped, so that a pipe in a note opens no column and a `#` no heading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.coverage import LEAST_DAYS, too_little
from tracker.calendar.days import weekday
from tracker.calendar.durations import HOUR
from tracker.domain.text import clean_lines
from tracker.formatting.durations import format_duration_difference, format_optional_duration
from tracker.formatting.text import as_sentence, format_simultaneous, format_talks, labelled
from tracker.formatting.times import format_date, format_near_date, format_week, format_week_dates
from tracker.locale import _, ngettext
from tracker.reports import pictures
from tracker.reports.contacts import Outreach, RingReach, WaitingPerson, say_ring_reached, say_waiting
from tracker.reports.figures import figures
from tracker.reports.front_matter import front_matter
from tracker.reports.markdown import escaped, picture, quotation, section, table
from tracker.reports.page_words import clock, coverage, say_done, say_revision
from tracker.reports.page_worth import brought, worth
from tracker.reports.review import MOST_FLAGS, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    Row = Mapping[str, Any]

__all__ = ["body", "figures", "markdown"]


def markdown(found: Row) -> str:
    """The page of a review's figures."""
    sections = [
        _head(found),
        _words(found),
        _estimate(found),
        _usual(found),
        _when(found),
        _patterns(found),
        worth(found),
        brought(found),
        _kept(found),
        _commitments(found),
        _people(found),
        _foot(found),
    ]
    return clean_lines(front_matter(found) + "\n" + "\n\n".join(filter(None, sections)) + "\n")


def body(page: str) -> str:
    """A written page without its front matter: no line of that is `---`, but its first and its last."""
    _before, mark, rest = page.partition("\n---\n")
    return rest.lstrip("\n") if mark and page.startswith("---\n") else page


def _head(found: Row) -> str:
    span = format_week_dates(found["week"], weekday(found["from"]))
    return f"# {format_week(found['week'])} · {span}{say_revision(found['revision'])}"


def _words(found: Row) -> str:
    """The user's words, without the empty lines that stand behind them; those are in the figures to the letter."""
    lines = (found["words"] or "").split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return quotation("\n".join(lines)) if lines else ""


def _estimate(found: Row) -> str:
    said = found["estimate"]
    if not said:
        return ""
    rows = [(_("in all"), said)] if said["seconds"] is not None else []
    rows += [(escaped(one["title"]), one) for one in said["channels"]]
    head = ("", _("felt"), _("logged"), _("difference"))
    unknown = too_little(found["coverage"]["logged"], found["coverage"]["days"])
    return section(
        _("How long it felt"),
        table(
            head,
            [
                (
                    name,
                    format_optional_duration(one["seconds"]),
                    format_optional_duration(one["logged_seconds"]),
                    ""
                    if unknown
                    else format_duration_difference(one["seconds"], one["logged_seconds"], one["percent"]),
                )
                for name, one in rows
            ],
        ),
        unknown,
    )


def _usual(found: Row) -> str:
    if not found["coverage"]["logged"]:
        return section(_("The week against your usual"), _("nothing was logged: unknown, not zero"))
    social = [one for one in found["channels"] if one["kind"] == "social"]
    others = [one for one in found["channels"] if one["kind"] != "social"]
    bars = pictures.bars(
        [(one["title"], one["seconds"], format_optional_duration(one["seconds"])) for one in social if one["seconds"]]
    )
    days = pictures.bars([(format_date(one["date"]), one["seconds"] or 0, _day(one)) for one in found["days"]])
    return section(
        _("The week against your usual"),
        _totals(found),
        f"**{escaped(found['changed'])}**",
        picture(days),
        picture(bars) if bars else "",
        format_simultaneous(found.get("twice_seconds") or 0),
        _changes(_("channel"), [*social, *others], found),
        _changes(_("purpose"), [one for one in found["purposes"] if one["seconds"] or one["usual_seconds"]], found),
        _changes(_("activity"), found["activities"], found),
    )


def _totals(found: Row) -> str:
    said = [
        _("social time {seconds}").format(seconds=format_optional_duration(found["seconds"])),
        ngettext("{n} check", "{n} checks", found["checks"]).format(n=found["checks"]),
    ]
    if found["usual_seconds"] is not None:
        said.append(_("usually {seconds}").format(seconds=format_optional_duration(found["usual_seconds"])))
    return f"{' · '.join(said)} ({coverage(found)})"


def _day(one: Row) -> str:
    if not one.get("begun", True):
        return ""
    return format_optional_duration(one["seconds"]) if one["logged"] else _("not logged")


def _changes(what: str, rows: Sequence[Row], found: Row) -> str:
    """Seconds, the usual ones, the difference, and for channels the last five weeks."""
    head = (what, _("time"), _("usual"), _("difference"), _("five weeks"))
    sparks = [_spark(one.get("channel"), found) for one in rows]
    lines = [
        (
            escaped(one["title"]),
            format_optional_duration(one["seconds"]),
            "–" if one["usual_seconds"] is None else format_optional_duration(one["usual_seconds"]),
            _usual_difference(one, found),
            spark,
        )
        for one, spark in zip(rows, sparks, strict=True)
    ]
    if not any(sparks):
        return table(head[:4], [line[:4] for line in lines])
    return table(head, lines)


def _spark(channel: str | None, found: Row) -> str:
    values = [
        (sum(one["seconds"] for one in week["channels"] if one["channel"] == channel) if week["known"] else None)
        for week in found["weeks"]
    ]
    return pictures.sparkline(values) if channel and any(values) else ""


def _usual_difference(one: Row, found: Row) -> str:
    """Nothing where there is no usual week, and where too few days were logged to compare with it."""
    if one["usual_seconds"] is None or found["coverage"]["logged"] < LEAST_DAYS:
        return ""
    return format_duration_difference(one["seconds"], one["usual_seconds"], one["difference_percent"])


def _when(found: Row) -> str:
    names = [format_date(one["date"]).split(" ")[0] for one in found["days"]]
    rows = [
        (name, clock(one["first"]), clock(one["last"]), str(one["checks"]))
        for name, one in zip(names, found["days"], strict=True)
        if one["logged"]
    ]
    heat = (
        picture(pictures.heatmap(names, found["hours"], _first_hour(found), found["coverage"]["days"]))
        if any(map(any, found["hours"]))
        else ""
    )
    return section(_("When you check"), heat, table((_("day"), _("first opening"), _("last close"), _("checks")), rows))


def _first_hour(found: Row) -> int:
    """The hour the day begins with; reviews written before it was kept have the clock's."""
    return int(found.get("day_starts_at", 0)) // HOUR


def _patterns(found: Row) -> str:
    """The strongest flags with their evidence; of everything else its name."""
    flagged = [one for one in found["patterns"] if one["state"] == "flagged"]
    standing = [one for one in flagged if one["dismissed_until"] is None and one["expected"] is None]
    lines = [
        "- " + labelled(f"**{escaped(one['title'])}**", f"{escaped(one['evidence'])}{_five(one)}")
        for one in standing[:MOST_FLAGS]
    ]
    beside = [_("Also flagged: {names}").format(names=_titles(standing[MOST_FLAGS:]))] if standing[MOST_FLAGS:] else []
    beside += [escaped(_marked(one, found["made"][:10])) for one in flagged if one not in standing]
    for state, said in (("quiet", _("Quiet: {names}")), ("not enough data", _("Not enough data: {names}"))):
        named = [one for one in found["patterns"] if one["state"] == state]
        beside += [said.format(names=_titles(named))] if named else []
    disclaimer = _("An observation, not a diagnosis.")
    return section(_("Patterns"), "\n".join(lines), "\n\n".join(beside), f"*{disclaimer}*" if flagged else "")


def _titles(patterns: Sequence[Row]) -> str:
    return escaped(", ".join(one["title"] for one in patterns))


def _marked(one: Row, made: str) -> str:
    """A flag that the user dismissed or expected, as said on the date the page was made."""
    if one["dismissed_until"]:
        until = format_near_date(one["dismissed_until"], made)
        return _("{title}, dismissed until {date}").format(title=one["title"], date=until)
    return _("{title}, as expected: {why}").format(title=one["title"], why=one["expected"] or "–")


#: A pattern's state in a week, in one letter.
_SIGNS = {"flagged": "▇", "quiet": "▁", "not enough data": pictures.GAP}


def _five(one: Row) -> str:
    """Five weeks of a pattern, where they are known."""
    return f" `{''.join(_SIGNS.get(week['state'], pictures.GAP) for week in one['weeks'])}`" if one["weeks"] else ""


def _kept(found: Row) -> str:
    habits = [
        (escaped(one["name"]), escaped(say_done(one)), _strength(one["strength_percent"])) for one in found["habits"]
    ]
    kept = [f"- {_sentence(one)} **{escaped(as_sentence(one['said']))}**" for one in found["kept"]]
    return section(
        _("Habits and commitments"),
        table((_("habit"), _("done"), _("strength")), habits),
        "\n".join(kept),
    )


def _strength(percent: int | None) -> str:
    return "–" if percent is None else f"{percent} %"


def _commitments(found: Row) -> str:
    lines = []
    for place, one in enumerate(found["commitments"], 1):
        measured = f" *({escaped(one['measured'])})*" if one["measured"] else ""
        lines.append(f"{place}. {_sentence(one)}{measured}")
    return section(_("For the coming week"), "\n".join(lines))


def _sentence(one: Row) -> str:
    return _("If {cue}, then {plan}.").format(cue=escaped(one["cue"]), plan=escaped(one["plan"].rstrip(".")))


def _people(found: Row) -> str:
    """Who to talk to: follow-ups, then ring by ring."""
    row = found["outreach"]
    rings = tuple(RingReach(one["ring"], one["talks"], _waiting(one["waiting"])) for one in row["rings"])
    people = Outreach(row["ring"], rings, _waiting(row["follow_ups"]), row["next_ring"], row["to_go"])
    lines = [f"- {escaped(say_waiting(one))}" for one in people.follow_ups]
    for ring in rings:
        lines += ["- " + labelled(_(ring.ring), escaped(say_waiting(one))) for one in ring.waiting]
    talked = format_talks(found["contacts"], found.get("people")) if any(found["contacts"].values()) else ""
    return section(
        _("Who to talk to"), "\n\n".join(filter(None, (talked, escaped(say_ring_reached(people))))), "\n".join(lines)
    )


def _waiting(rows: Iterable[Row]) -> tuple[WaitingPerson, ...]:
    return tuple(WaitingPerson(**row) for row in rows)


def _foot(found: Row) -> str:
    skipped = [step for step in found["steps"]["skipped"] if step != "words"]
    said = [coverage(found)]
    if not found["over"]:
        said.append(_("the week was not over"))
    if skipped:
        titles = {step.name: _(step.title) for step in STEPS}
        said.append(_("not looked at: {steps}").format(steps=", ".join(titles[step] for step in skipped)))
    said.append(_("made {date}").format(date=format_near_date(found["made"][:10], None)))
    return f"---\n\n*{escaped(' · '.join(said))}*"
