"""What the evidence of a pattern says, section by section: lines to read, some of them to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.formatting.numbers import format_significant, localize_numbers
from tracker.formatting.text import as_sentence, labelled
from tracker.formatting.times import format_near_date
from tracker.locale import _
from tracker.tui import ink
from tracker.tui.screens.evidence import GLYPHS, STATES
from tracker.tui.widgets.sections import Line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.content import Content

    from tracker.analytics.patterns.finding import Figure, Finding
    from tracker.analytics.patterns.pattern import Pattern, Threshold
    from tracker.settings import Settings
    from tracker.tui.screens.evidence import Shown

#: The kinds of lines that can be chosen.
SESSION, MORE, LIMIT, SETTING = "session", "more", "limit", "setting"


def heading(says: str, beside: str = "") -> Line:
    """What begins a section."""
    return Line(ink.row(ink.text(says, "bold $primary"), ink.text(f"  {beside}" if beside else "", "$faint")))


def verdict(shown: Shown, pattern: Pattern, today: str, width: int) -> list[Line]:
    """The state and since when, what was counted, what is usual, what chance alone would do."""
    finding = shown.about
    lines = [_state(shown, today, width), *ink.wrapped(as_sentence(finding.evidence), width, "$strong")]
    sides = ((_("usual"), finding.usual), (_("chance"), finding.chance), (_("others"), finding.others))
    beside = [(says, told) for says, told in sides if told]
    room = ink.widest(says for says, _told in beside) + 2
    for says, told in beside:
        first, *rest = ink.wrapped(told, width - room)
        lines.append(ink.row(ink.left(says, room, "$faint"), first))
        lines += [ink.row(" " * room, line) for line in rest]
    if pattern.note and finding.state == "flagged":
        lines += ink.wrapped(_(pattern.note), width, "italic $faint")
    return [Line(line) for line in lines]


def _state(shown: Shown, today: str, width: int) -> Content:
    """The state, what the user said of it, over which days; and what all this is not, where that fits."""
    glyph, style = GLYPHS[shown.state]
    finding = shown.about
    says = [_(STATES[finding.state]), *([_("new")] if shown.new else [])]
    parts = [ink.text(f"{glyph} {', '.join(says)}", f"bold {style.removeprefix('bold ')}")]
    if shown.aside:
        parts.append(ink.text(f" · {shown.aside}", "$foreground"))
    if finding.first_date and finding.last_date:
        span = f"{format_near_date(finding.first_date, today)} – {format_near_date(finding.last_date, today)}"
        parts.append(ink.text(f"  {span}", "$faint"))
    state = ink.row(*parts)
    return ink.ends(state, observed(), width) if state.cell_length + observed().cell_length < width else state


def observed() -> Content:
    """What a pattern is, and is not."""
    return ink.text(_("an observation, not a diagnosis"), "italic $faint")


def asks(pattern: Pattern, settings: Settings, width: int) -> list[Line]:
    """The settings this pattern waits for, each a key away."""
    from tracker.settings import find

    lines = []
    for place, name in enumerate(missing(pattern, settings)):
        item = (SETTING, name)
        lines.append(Line(ink.row(ink.text("? ", "bold $flag"), ink.text(name, "bold $strong")), item))
        says = (_("{does} · ⏎ sets it") if place else _("{does} · s sets it")).format(does=_(find(name).does))
        lines += [Line(ink.row("  ", line), item) for line in ink.wrapped(says, width - 2)]
    return [heading(_("What it needs to know")), *lines, BLANK] if lines else []


def missing(pattern: Pattern, settings: Settings) -> list[str]:
    """The settings a pattern looks at that are not set; one that lacks nothing but would know more by them, too."""
    return [name for name in pattern.asks if getattr(settings, name) in (None, ())]


def definition(pattern: Pattern, chosen: Mapping[str, float], width: int) -> list[Line]:
    """What it is, in words, with its thresholds as they are set."""
    lines = [heading(_("What it is"))]
    lines += [Line(line) for line in ink.wrapped(localize_numbers(pattern.define(chosen)), width)]
    if pattern.note:
        lines += [Line(line) for line in ink.wrapped(_(pattern.note), width, "$faint")]
    needs = _("Says nothing before {needs}.").format(needs=_(pattern.silent_before))
    return [*lines, *(Line(line) for line in ink.wrapped(needs, width, "$faint")), BLANK]


def thresholds(pattern: Pattern, chosen: Mapping[str, float], width: int) -> list[Line]:
    """Each as it is set, and where it comes from; those that can be changed can be chosen."""
    if not pattern.thresholds:
        return []
    lines = [heading(_("What decides"))]
    for limit in pattern.thresholds:
        lines += _threshold(pattern, limit, chosen, width)
    return [*lines, BLANK]


def _threshold(pattern: Pattern, limit: Threshold, chosen: Mapping[str, float], width: int) -> list[Line]:
    from tracker.analytics.patterns.pattern import MARKS

    key = f"{pattern.name}.{limit.key}"
    item = (LIMIT, key) if limit.key else None
    yours = bool(limit.key) and chosen.get(key, limit.value) != limit.value
    said = pattern.say(limit, chosen)
    lines = [
        ink.row(ink.text("• " if yours else "  ", "$good"), line)
        for line in ink.wrapped(said, width - 2, "bold $good" if yours else "$strong" if item else "")
    ]
    where = [labelled(limit.mark, _(MARKS[limit.mark]))]
    if yours:
        where.append(_("default {value}").format(value=format_significant(limit.value)))
    if item:
        where.append(_("⏎ changes it"))
    lines += [ink.row("  ", line) for line in ink.wrapped(" · ".join(where), width - 2, "$faint")]
    return [Line(line, item) for line in lines]


def figures(pattern: Pattern, finding: Finding, titles: Mapping[str, str], width: int) -> list[Line]:
    """This log's figures, by their words; channels by their `titles`."""
    known = {name: value for name, value in finding.figures.items() if value is not None}
    told = [(pattern.words(name, titles), _figure(value, titles)) for name, value in known.items()]
    if not told:
        return []
    value = ink.widest(said for _name, said in told)
    room = min(ink.widest(name for name, _said in told) + 1, width - value - 1)
    lines = [ink.row(ink.left(name, room, "$faint"), " ", ink.right(said, value, "bold")) for name, said in told]
    return [heading(_("This log's figures")), *map(Line, lines), BLANK]


def _figure(value: Figure, titles: Mapping[str, str]) -> str:
    if isinstance(value, int | float):
        return format_significant(value)
    return titles.get(value or "", value or "")


def source(pattern: Pattern, width: int) -> list[Line]:
    """Where it comes from, and what it is not."""
    lines = [heading(_("Where it comes from"))]
    lines += [Line(line) for line in ink.wrapped(localize_numbers(_(pattern.source)), width)]
    more = _("tested on days made by chance, and on days with the pattern built in: docs/patterns.md")
    lines += [Line(line) for line in ink.wrapped(more, width, "$faint")]
    return [*lines, BLANK, Line(observed())]


BLANK = Line(ink.BLANK)
