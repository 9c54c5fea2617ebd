"""Bring in what another program recorded, and take the log out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TextIO

    from tracker.domain.models import Session
    from tracker.importers.importing import ImportReport
    from tracker.workspace import Workspace


def import_source(
    workspace: Workspace,
    format: str,
    path: str | None = None,
    *,
    zone: str | None = None,
    date_order: str | None = None,
    columns: Mapping[str, str] | None = None,
    dry_run: bool = False,
    report_progress: Callable[[float], None] = lambda _fraction: None,
    on_added: Callable[[Sequence[Session]], None] = lambda _sessions: None,
) -> ImportReport:
    """Import a file, or without a path what is found on this machine: all of it or nothing, and one step of undo.

    Times without a zone are those of `zone`, by default the reader's. `columns` are names of columns in a CSV file,
    by ours. `report_progress` is given the progress, from 0 to 1, and `on_added` the added sessions, some at a time. A
    dry run reports the same and writes nothing.
    Raises TrackerError, with nothing written, for an unknown format or zone, for a file that is not of that format,
    and where none is found.
    """
    from tracker.calendar.zones import check_zone
    from tracker.importers.importing import import_files

    return import_files(
        workspace.database,
        format,
        path,
        zone=check_zone(zone or workspace.zone),
        now=workspace.now(),
        date_order=date_order,
        columns=columns,
        dry_run=dry_run,
        report_progress=report_progress,
        on_added=on_added,
    )


def export_log(
    workspace: Workspace,
    format: str,
    destination: str | TextIO,
    first: str | None = None,
    last: str | None = None,
) -> int:
    """Write the log, or its days from `first` to `last`, to a path or an open file; returns the number of sessions.

    Raises TrackerError for an unknown format, and for a path that cannot be written or is a file of ours.
    """
    from tracker.exporters import DayRange
    from tracker.exporters.exporting import export

    days = DayRange(first, last, workspace.settings.day_starts_at, workspace.first_weekday())
    ours = (workspace.config,) if workspace.config else ()
    return export(workspace.database, format, destination, days=days, protected=ours)
