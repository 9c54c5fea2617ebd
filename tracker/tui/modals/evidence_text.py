"""The text of a pattern's evidence, section by section, and the sessions it rests on; some lines can be chosen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from tracker.analytics.patterns.finding import STATES, say_usual_openings
from tracker.formatting.numbers import format_odds, format_significant, localize_numbers
from tracker.formatting.text import activity_word, as_sentence, capitalized, format_opening_count, format_sessions
from tracker.formatting.times import format_clock, format_duration, format_near_date
from tracker.locale import _, ngettext
from tracker.reports.day import spell_lines
from tracker.services import queries
from tracker.settings import without_commands
from tracker.tui import layout
from tracker.tui.descriptions import session_summary
from tracker.tui.screens.patterns_panel import GLYPHS
from tracker.tui.theme import hue
from tracker.tui.widgets.panel import SectionLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.content import Content

    from tracker.analytics.patterns.finding import Cluster, Figure, Finding
    from tracker.analytics.patterns.pattern import Pattern, Threshold
    from tracker.domain.models import Session
    from tracker.settings import Settings
    from tracker.tui.screens.patterns_panel import PatternItem
    from tracker.workspace import Workspace


#: The kinds of lines that can be chosen.
SESSION, MORE, LIMIT, SETTING = "session", "more", "limit", "setting"


def heading(title: str, beside: str = "") -> SectionLine:
    """The heading of a section."""
    return SectionLine(layout.row((title, "bold $primary"), (f"  {beside}" if beside else "", "$faint")))


def verdict(shown: PatternItem, today: str, width: int) -> list[SectionLine]:
    """The state and since when, what was counted, and what is usual."""
    finding = shown.finding
    evidence = without_commands(finding.evidence)
    lines = [*_state(shown, today, width), *layout.wrapped(as_sentence(evidence), width, "$strong")]
    if finding.usual and not _says(finding.evidence, finding.usual):
        label = _("usual") + "  "
        lines += layout.hanging((label, "$faint"), layout.wrapped(finding.usual, width - cell_len(label)))
    return [SectionLine(line) for line in lines]


def _says(evidence: str, usual: str) -> bool:
    """Whether the figures of what is usual stand in the evidence already."""
    figures = re.findall(r"\d+(?:[.,]\d+)?", evidence)
    return all(figure in figures for figure in re.findall(r"\d+(?:[.,]\d+)?", usual))


def _state(shown: PatternItem, today: str, width: int) -> list[Content]:
    """The state, the user's mark, the days; and that this is no diagnosis, on its own line where room is short."""
    glyph, style = GLYPHS[shown.state]
    finding = shown.finding
    words = [_(STATES[finding.state]), *([_("new")] if shown.new else [])]
    parts = [layout.text(f"{glyph} {', '.join(words)}", f"bold {style.removeprefix('bold ')}")]
    if shown.aside:
        parts.append(layout.text(f" · {shown.aside}", "$foreground"))
    if finding.first_date and finding.last_date:
        last = min(finding.last_date, today)
        span = f"{format_near_date(finding.first_date, today)} – {format_near_date(last, today)}"
        parts.append(layout.text(f"  {span}", "$faint"))
    state = layout.row(*parts)
    observed = layout.text(_("an observation, not a diagnosis"), "italic $faint")
    if state.cell_length + observed.cell_length < width:
        return [layout.ends(state, observed, width)]
    return [layout.left(state, width), observed]


def asks(pattern: Pattern, settings: Settings, width: int) -> list[SectionLine]:
    """The settings this pattern waits for, each a key away."""
    from tracker.settings import find

    lines = []
    for index, name in enumerate(missing(pattern, settings)):
        item = (SETTING, name)
        key = layout.row(" ", layout.keycap("⏎" if index else "s"), (" " + _("set"), "$faint"))
        words = layout.wrapped(capitalized(_(find(name).does)), max(width - 2 - key.cell_length, 1), "$strong")
        first, *rest = layout.hanging(("? ", "bold $strong"), words)
        lines += [SectionLine(line, item) for line in (layout.ends(first, key, width), *rest)]
    return [heading(_("Settings to fill in")), *lines, BLANK] if lines else []


def missing(pattern: Pattern, settings: Settings) -> list[str]:
    """The settings that a pattern uses and that are not set, including those it can do without."""
    return [name for name in pattern.asks if getattr(settings, name) in (None, ())]


def definition(pattern: Pattern, chosen: Mapping[str, float], width: int, *, raw: bool) -> list[SectionLine]:
    """What it is, in a sentence or two with its thresholds as they are set; `raw` defines it, and the data it needs."""
    lines = [heading(_("What it is"))]
    says = pattern.define(chosen) if raw else pattern.describe(chosen)
    lines += [SectionLine(line) for line in layout.wrapped(localize_numbers(says), width)]
    if raw:
        needs = _("Needs {needs}.").format(needs=_(pattern.silent_before))
        notes = [*([_(pattern.note)] if pattern.note else []), needs]
        lines += [SectionLine(line) for note in notes for line in layout.wrapped(note, width, "$faint")]
    return [*lines, BLANK]


def thresholds(pattern: Pattern, chosen: Mapping[str, float], width: int, *, raw: bool) -> list[SectionLine]:
    """Those that can be changed, as they are set, to be chosen; `raw` adds the others, and where each comes from."""
    limits = [limit for limit in pattern.thresholds if limit.key or raw]
    if not limits:
        return []
    lines = [heading(_("Thresholds"))]
    for limit in limits:
        lines += _threshold(pattern, limit, chosen, width, raw=raw)
    return [*lines, BLANK]


def _threshold(
    pattern: Pattern, limit: Threshold, chosen: Mapping[str, float], width: int, *, raw: bool
) -> list[SectionLine]:
    from tracker.analytics.patterns.pattern import MARKS

    key = f"{pattern.name}.{limit.key}"
    item = (LIMIT, key) if limit.key else None
    yours = bool(limit.key) and chosen.get(key, limit.value) != limit.value
    words = pattern.say(limit, chosen)
    lines = [
        layout.row(("• " if yours else "  ", "$good"), line)
        for line in layout.wrapped(words, width - 2, "bold $good" if yours else "$strong" if item else "")
    ]
    where = [_(MARKS[limit.mark])] if raw else []
    if yours:
        where.append(_("default {value}").format(value=limit.write(limit.value)))
    lines += [layout.row("  ", line) for line in layout.wrapped(" · ".join(where), width - 2, "$faint") if where]
    return [SectionLine(line, item) for line in lines]


def figures(pattern: Pattern, finding: Finding, titles: Mapping[str, str], width: int) -> list[SectionLine]:
    """What chance alone would do, how others do, and the figures with their names; channels by their `titles`."""
    lines: list[Content] = []
    sides = [(label, text) for label, text in ((_("chance"), finding.chance), (_("others"), finding.others)) if text]
    label_width = layout.widest(label for label, _told in sides) + 2
    for label, text in sides:
        lines += layout.hanging(layout.left(label, label_width, "$faint"), layout.wrapped(text, width - label_width))
    values = {name: value for name, value in finding.figures.items() if value is not None}
    rows = [(pattern.words(name, titles), _figure(value, titles)) for name, value in values.items()]
    value = layout.widest(figure for _name, figure in rows)
    label_width = min(layout.widest(name for name, _said in rows) + 1, width - value - 1)
    lines += [
        layout.row(layout.left(name, label_width, "$faint"), " ", layout.right(figure, value, "bold"))
        for name, figure in rows
    ]
    return [heading(_("Figures")), *map(SectionLine, lines), BLANK] if lines else []


def _figure(value: Figure, titles: Mapping[str, str]) -> str:
    if isinstance(value, int | float):
        return format_significant(value)
    return titles.get(value or "", value or "")


def source(pattern: Pattern, width: int) -> list[SectionLine]:
    """The source of the pattern."""
    lines = [heading(_("Source"))]
    lines += [SectionLine(line) for line in layout.wrapped(localize_numbers(_(pattern.source)), width)]
    more = _("tested on days made by chance, and on days with the pattern built in: docs/patterns.md")
    return [*lines, *(SectionLine(line) for line in layout.wrapped(capitalized(more), width, "$faint"))]


BLANK = SectionLine(layout.BLANK)


#: The number of sessions that are listed at first, and added when the user asks for more.
PAGE = 40


class SessionGroup(NamedTuple):
    """The sessions of one day, or of one burst; of a burst also what was switched to after each pick-up."""

    date: str
    title: str
    sessions: tuple[Session, ...]
    cluster: Cluster | None = None
    #: The spell of each session; empty where none was measured.
    spells: tuple[int | None, ...] = ()

    @property
    def counted(self) -> int:
        """How many of the sessions the finding rests on."""
        return sum(map(self.is_counted, self.sessions))

    def is_counted(self, session: Session) -> bool:
        """Whether the finding rests on this session: it is no switch within a spell."""
        return self.cluster is None or session.id in self.cluster.sessions


class Listing(NamedTuple):
    """What is listed, and how many sessions are not yet."""

    groups: tuple[SessionGroup, ...]
    total: int
    left: int


def listing(finding: Finding, workspace: Workspace, most: int = PAGE) -> Listing:
    """The newest `most` sessions of a finding; a session that was deleted since is left out."""
    if finding.events:
        groups = tuple(_bursts(finding, workspace, most))
    else:
        groups = tuple(_days(queries.found_sessions(workspace, finding.sessions[-most:]), workspace))
    shown = sum(group.counted for group in groups)
    return Listing(groups, len(finding.sessions), max(len(finding.sessions) - max(shown, 1), 0) if shown else 0)


def _bursts(finding: Finding, workspace: Workspace, most: int) -> Iterable[SessionGroup]:
    left = most
    for cluster in sorted(finding.events, key=lambda burst: -burst.start):
        sessions = queries.found_sessions(workspace, cluster.sessions) if left > 0 else []
        if sessions:
            left -= len(sessions)
            words = _burst_words(cluster, workspace.today())
            yield SessionGroup(cluster.date, words, *_with_switches(cluster, sessions, workspace))


def _with_switches(
    cluster: Cluster, sessions: list[Session], workspace: Workspace
) -> tuple[tuple[Session, ...], Cluster, tuple[int | None, ...]]:
    """The sessions of a burst with what was switched to after each, the burst, and the spell of each session."""
    parts = {part.session.id: part for part in queries.day(workspace, cluster.date).parts}
    spells = {parts[id].spell for id in cluster.sessions if id in parts} - {None}
    switched = [part.session for id, part in parts.items() if part.spell in spells and id not in cluster.sessions]
    every = sorted((*sessions, *switched), key=lambda session: (session.start, session.id))
    return tuple(every), cluster, tuple(parts[session.id].spell if session.id in parts else None for session in every)


def _burst_words(cluster: Cluster, today: str) -> str:
    opened = format_opening_count(cluster.openings)
    return _("{date} {start}–{end} · {openings}, {usual}").format(
        date=format_near_date(cluster.date, today),
        start=format_clock(cluster.start, cluster.zone),
        end=format_clock(cluster.end, cluster.zone),
        openings=opened,
        usual=say_usual_openings(cluster.expected),
    )


def _days(sessions: list[Session], workspace: Workspace) -> Iterable[SessionGroup]:
    by_date: dict[str, list[Session]] = {}
    for session in sessions:
        by_date.setdefault(workspace.day_of(session.start), []).append(session)
    for date in sorted(by_date, reverse=True):
        words = f"{format_near_date(date, workspace.today())} · {format_sessions(len(by_date[date]))}"
        yield SessionGroup(date, words, tuple(by_date[date]))


def session_lines(listed: Listing, workspace: Workspace, width: int, *, raw: bool) -> list[SectionLine]:
    """The groups under their headings, then how many more there are; where most days have one, each has its date.

    `raw` adds the chance of each burst.
    """
    if not listed.groups:
        return []
    lines = [heading(_("Sessions behind this"), str(listed.total))]
    titles = queries.titles(workspace)
    now = workspace.now()
    name_width = max(
        layout.widest(
            titles.get(session.channel, session.channel) for group in listed.groups for session in group.sessions
        ),
        8,
    )
    dated = sum(group.counted for group in listed.groups) < 2 * len(listed.groups)
    date_width = layout.widest(format_near_date(group.date, workspace.today()) for group in listed.groups)
    for group in listed.groups:
        date_cell = format_near_date(group.date, workspace.today()).ljust(date_width) if dated else ""
        lines += [] if dated else [_group(group, width, raw=raw)]
        pieces = spell_lines(group.spells) or [" "] * len(group.sessions)
        for session, piece in zip(group.sessions, pieces, strict=True):
            row = _session(session, date_cell, titles, name_width, now, piece, counted=group.is_counted(session))
            lines.append(SectionLine(layout.left(row, width), (SESSION, str(session.id))))
    if listed.left:
        message = ngettext("▾ {n} more before: ⏎ lists them", "▾ {n} more before: ⏎ lists them", listed.left)
        lines.append(SectionLine(layout.text(f"  {message.format(n=listed.left)}", "$primary"), (MORE, "")))
    return [*lines, BLANK]


def _group(group: SessionGroup, width: int, *, raw: bool) -> SectionLine:
    """A burst, with its chance where that is asked for and there is room; a day."""
    if not group.cluster:
        return SectionLine(layout.text(group.title, "bold"))
    head = layout.text(f"⚑ {group.title}", "$flag")
    chance = layout.text(_("by chance {odds}").format(odds=format_odds(group.cluster.p)), "$faint")
    fits = raw and head.cell_length + chance.cell_length < width
    return SectionLine(layout.ends(head, chance, width) if fits else layout.left(head, width))


def _session(
    session: Session, date: str, titles: dict[str, str], name_width: int, now: int, piece: str, *, counted: bool
) -> Content:
    switched = "" if counted else _("switched to, not counted")
    details = " · ".join(filter(None, (switched, activity_word(session.activity), session_summary(session))))
    return layout.row(
        (f" {piece}", "$faint"),
        (f"{date}  " if date else "", "bold"),
        f"{format_clock(session.start, session.zone)} ",
        layout.right(format_duration(session.duration(now)), 7, "bold" if counted else "$faint"),
        "  ",
        layout.left(titles.get(session.channel, session.channel), name_width + 1, hue(session.channel)),
        (details, "$faint"),
    )
