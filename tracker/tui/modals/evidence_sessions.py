"""The sessions a finding rests on, by burst or by day, the newest first: each can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import TrackerError
from tracker.formatting.durations import format_duration
from tracker.formatting.numbers import format_significant
from tracker.formatting.text import format_sessions
from tracker.formatting.times import format_clock, format_near_date
from tracker.locale import _, ngettext
from tracker.services import queries
from tracker.tui import ink
from tracker.tui.descriptions import session_summary
from tracker.tui.modals.evidence_text import BLANK, MORE, SESSION, heading
from tracker.tui.theme import hue
from tracker.tui.widgets.sections import Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content

    from tracker.analytics.patterns.finding import Cluster, Finding
    from tracker.domain.models import Session
    from tracker.workspace import Workspace

#: So many sessions are listed at once; more when they are asked for.
PAGE = 40


class Group(NamedTuple):
    """The sessions of one day, or of one burst."""

    date: str
    says: str
    sessions: tuple[Session, ...]
    cluster: Cluster | None = None


class Listing(NamedTuple):
    """What is listed, and how many sessions are not yet."""

    groups: tuple[Group, ...]
    total: int
    left: int

    def session(self, id: int) -> Session | None:
        """The listed session of this id."""
        return next((one for group in self.groups for one in group.sessions if one.id == id), None)


def listing(finding: Finding, workspace: Workspace, most: int = PAGE) -> Listing:
    """The newest `most` sessions of a finding; one that was deleted meanwhile is left out."""
    if finding.events:
        groups = tuple(_bursts(finding, workspace, most))
    else:
        groups = tuple(_days(_found(finding.sessions[-most:], workspace), workspace))
    shown = sum(len(group.sessions) for group in groups)
    return Listing(groups, len(finding.sessions), max(len(finding.sessions) - max(shown, 1), 0) if shown else 0)


def _found(ids: Iterable[int], workspace: Workspace) -> list[Session]:
    found = []
    for id in ids:
        try:
            found.append(queries.session(workspace, id))
        except TrackerError:
            continue
    return found


def _bursts(finding: Finding, workspace: Workspace, most: int) -> Iterable[Group]:
    room = most
    for cluster in sorted(finding.events, key=lambda one: -one.start):
        sessions = _found(cluster.sessions, workspace) if room > 0 else []
        if sessions:
            room -= len(sessions)
            yield Group(cluster.date, _burst_words(cluster, workspace.today()), tuple(sessions), cluster)


def _burst_words(cluster: Cluster, today: str) -> str:
    opened = ngettext("{count} opening", "{count} openings", cluster.openings).format(count=cluster.openings)
    return _("{date} {start}–{end} · {openings}, usually {expected}").format(
        date=format_near_date(cluster.date, today),
        start=format_clock(cluster.start, cluster.zone),
        end=format_clock(cluster.end, cluster.zone),
        openings=opened,
        expected=format_significant(cluster.expected, 2),
    )


def _days(sessions: list[Session], workspace: Workspace) -> Iterable[Group]:
    by_date: dict[str, list[Session]] = {}
    for session in sessions:
        by_date.setdefault(workspace.day_of(session.start), []).append(session)
    for date in sorted(by_date, reverse=True):
        says = f"{format_near_date(date, workspace.today())} · {format_sessions(len(by_date[date]))}"
        yield Group(date, says, tuple(by_date[date]))


def lines(listed: Listing, workspace: Workspace, width: int) -> list[Line]:
    """The groups under their headings, then how many more there are; where most days have one, each has its date."""
    if not listed.groups:
        return []
    found = [heading(_("The sessions it rests on"), str(listed.total))]
    titles = {channel.name: channel.title for channel in queries.channels(workspace)}
    now = workspace.now()
    room = max(ink.widest(titles.get(one.channel, one.channel) for group in listed.groups for one in group.sessions), 8)
    dated = sum(len(group.sessions) for group in listed.groups) < 2 * len(listed.groups)
    date = ink.widest(format_near_date(group.date, workspace.today()) for group in listed.groups)
    for group in listed.groups:
        said = format_near_date(group.date, workspace.today()).ljust(date) if dated else ""
        found += [] if dated else [_group(group, width)]
        found += [
            Line(ink.left(_session(session, said, titles, room, now), width), (SESSION, str(session.id)))
            for session in group.sessions
        ]
    if listed.left:
        says = ngettext("▾ {n} more before: ⏎ lists them", "▾ {n} more before: ⏎ lists them", listed.left)
        found.append(Line(ink.text(f"  {says.format(n=listed.left)}", "$primary"), (MORE, "")))
    return [*found, BLANK]


def _group(group: Group, width: int) -> Line:
    """A burst with its chance, where there is room for it; a day."""
    if not group.cluster:
        return Line(ink.text(group.says, "bold"))
    says = ink.text(f"⚑ {group.says}", "$flag")
    chance = ink.text(_("chance {p}").format(p=format_significant(group.cluster.p, 1)), "$faint")
    fits = says.cell_length + chance.cell_length < width
    return Line(ink.ends(says, chance, width) if fits else ink.left(says, width))


def _session(session: Session, date: str, titles: dict[str, str], room: int, now: int) -> Content:
    spent = (session.end if session.end is not None else now) - session.start
    told = " · ".join(filter(None, (session.activity, session_summary(session))))
    return ink.row(
        ink.text("  "),
        ink.text(f"{date}  " if date else "", "bold"),
        ink.text(f"{format_clock(session.start, session.zone)} "),
        ink.right(format_duration(spent), 7, "bold"),
        "  ",
        ink.left(titles.get(session.channel, session.channel), room + 1, hue(session.channel)),
        ink.text(told, "$faint"),
    )
