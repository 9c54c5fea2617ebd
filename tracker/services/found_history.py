"""The history on this machine: what an import would bring, which names look social, and the import of all of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from tracker.importers import importing
from tracker.importers.imported_record import new_channel_name
from tracker.importers.source import source_named
from tracker.locale import _
from tracker.services.transfers import import_source
from tracker.storage import channels, state
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tracker.domain.models import Channel, Session
    from tracker.importers.importing import ImportReport

#: The state that holds the apps and hosts which the user does not want to be asked about.
NEVER = "never social"

#: Parts of a host that are no name of a site.
_NOT_A_NAME = ("www", "com", "co", "news", "app", "m")


class Amount(NamedTuple):
    """Sessions of a channel or of a day (`name`), and their seconds."""

    name: str
    sessions: int
    seconds: int


class ImportPreview(NamedTuple):
    """What an import would bring: its report, and the new sessions by channel (most first) and by day (last first)."""

    report: ImportReport
    channels: tuple[Amount, ...]
    days: tuple[Amount, ...]


class UnknownName(NamedTuple):
    """An app or a host that looks social and belongs to no channel; `what` is `app` or `domain`, `rows` how often."""

    name: str
    what: str
    rows: int


def preview(workspace: Workspace, source: str) -> ImportPreview:
    """What the files of a source on this machine would bring: for a thread, with a connection of its own.

    Raises TrackerError where they cannot be read.
    """
    with workspace.database.reader() as database:
        beside = Workspace(database, workspace.settings, workspace.zone, config=workspace.config, now=workspace.now())
        by_channel: dict[str, Amount] = {}
        by_day: dict[str, Amount] = {}

        def count(sessions: Iterable[Session]) -> None:
            for session in sessions:
                for amounts, name in ((by_channel, session.channel), (by_day, beside.day_of(session.start))):
                    _name, number, seconds = amounts.get(name, (name, 0, 0))
                    lasted = (session.end or session.start) - session.start
                    amounts[name] = Amount(name, number + 1, seconds + lasted)

        report = import_source(beside, source, dry_run=True, on_added=count)
    return ImportPreview(
        report,
        tuple(sorted(by_channel.values(), key=lambda amount: (-amount.seconds, -amount.sessions, amount.name))),
        tuple(sorted(by_day.values(), key=lambda amount: amount.name, reverse=True)),
    )


def import_found(
    workspace: Workspace, sources: Sequence[str], report_progress: Callable[[float], None]
) -> list[ImportReport]:
    """Import what these sources have on this machine, as one step of undo: for a thread, with a connection of its own.

    Raises TrackerError, and what `report_progress` raises, with nothing imported.
    """
    now, zone = workspace.now(), workspace.zone
    with workspace.database.writer() as database:
        return importing.import_together(database, sources, zone=zone, now=now, report_progress=report_progress)


def title(source: str) -> str:
    """The title of a source, in the reader's language."""
    return _(source_named(source).describe().title)


def unknown_names(workspace: Workspace, reports: Iterable[ImportReport]) -> list[UnknownName]:
    """The apps and hosts in these reports that look social, most used first; without those answered with never."""
    rows: dict[tuple[str, str], int] = {}
    for report in reports:
        for name, count in report.looks_social:
            rows[name, report.names] = rows.get((name, report.names), 0) + count
    never = set(_never(workspace))
    found = [UnknownName(name, what, count) for (name, what), count in rows.items() if name not in never]
    return sorted(found, key=lambda unknown: (-unknown.rows, unknown.name))


def never_ask_about(workspace: Workspace, name: str) -> None:
    """Do not ask about an app or host again."""
    state.put(workspace.database, NEVER, json.dumps(sorted({*_never(workspace), name})))


def assign(workspace: Workspace, unknown: UnknownName, channel: str) -> Channel:
    """Let an app or host belong to a channel from now on. Raises TrackerError where it belongs to another one."""
    owner = channels.find(workspace.database, channel)
    channels.add_match(workspace.database, owner, unknown.what, unknown.name, now=workspace.now())
    return owner


def assign_new(workspace: Workspace, unknown: UnknownName) -> Channel:
    """Add a social channel for an app or host, or assign it to the one that has the name: one step of undo."""
    name, now = suggested_channel(unknown), workspace.now()
    with workspace.undo_step(_("added the channel {name}").format(name=name)):
        if all(channel.name != name for channel in channels.channels(workspace.database)):
            channels.add(workspace.database, name, title=None, kind="social", now=now)
        return assign(workspace, unknown, name)


def suggested_channel(unknown: UnknownName) -> str:
    """The name of a channel for an app or host: `tumblr` for `www.tumblr.com`, for `com.tumblr` and for `Tumblr`."""
    parts = unknown.name.split(".")
    if len(parts) > 1:
        if unknown.what == "domain":
            parts = parts[:-1][::-1]
        return next((new_channel_name(part) for part in parts if part.lower() not in _NOT_A_NAME), parts[0])
    return new_channel_name(unknown.name)


def _never(workspace: Workspace) -> list[str]:
    try:
        found = json.loads(state.get(workspace.database, NEVER) or "[]")
    except ValueError:
        return []
    return [str(name) for name in found] if isinstance(found, list) else []
