"""Import what is new in the sources of the setting `sources`: once a minute beside the screens, or by one command.

For each source the data file remembers how its files looked when they were read last, and until when: files that did
not change are not opened, and once a day everything is read again, for what a browser got from another device late.
What the user undid is not imported again. An import that the user did not ask for at that moment is no step of theirs:
undo takes back what they did before or after it.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.errors import TrackerError
from tracker.domain.models import DAY
from tracker.formatting.text import labelled
from tracker.importers import importing
from tracker.importers.imported_record import hash_text
from tracker.importers.source import LogSource, all_sources, source_named
from tracker.locale import _, ngettext
from tracker.storage import channels, state
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from tracker.importers.importing import ImportReport

#: In seconds. Which imports were undone is forgotten after 30 days: what is older than 28 was read before, or is left.
OLDEST = 28 * DAY

#: In seconds: a server may be on another machine, so it is not asked each minute.
SERVER_EVERY = 600

#: What a faulty source of somebody else's raises. It is named as any other failure, and stops no other source.
_FAULTS = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)

#: A folder is compared by so many of its files.
_FILES_IN_FOLDER = 2_000


class SourceOutcome(NamedTuple):
    """What became of one entry of `sources`: `report` is None where nothing had changed; `error` says why it failed."""

    entry: str
    report: ImportReport | None = None
    error: str = ""


def import_new(
    workspace: Workspace,
    entries: Iterable[str] | None = None,
    report_progress: Callable[[float], None] = lambda _fraction: None,
    *,
    is_own_step: bool = False,
) -> list[SourceOutcome]:
    """Import what is new in each of the entries, by default those of the setting; each is one step of undo.

    Where the user asked for it (`is_own_step`), that is a step of theirs; else it is undone by the name of its source
    (`undo.undo_import`). A source that fails stops no other, and is remembered for `failures`.
    """
    return [
        _import_entry(workspace, entry, report_progress, is_own_step=is_own_step)
        for entry in (workspace.settings.sources if entries is None else entries)
    ]


def import_new_beside(workspace: Workspace, report_progress: Callable[[float], None]) -> list[SourceOutcome]:
    """What `import_new` does, for a thread, with a connection of its own: the screens see a change of another program.

    Raises TrackerError where the file was moved, and what `report_progress` raises, with which nothing was imported.
    """
    now = workspace.now()
    with workspace.database.writer() as database:
        beside = Workspace(database, workspace.settings, workspace.zone, config=workspace.config, now=now)
        return import_new(beside, report_progress=report_progress)


def read_again(workspace: Workspace, entry: str) -> bool:
    """Let the next automatic import of an entry read everything, of any age, though no file has changed.

    Returns False, and changes nothing, where it would not be read: it is no automatic import any more, or its files are
    gone.
    """
    if entry not in (workspace.settings.sources or found_entries()):
        return False
    name, _colon, path = entry.partition(":")
    try:
        importing.paths_of(source_named(name), path or None)
    except TrackerError:
        return False
    _remember(workspace, entry, {**_memory(workspace, entry), "seen": None, "until": 0, "whole": 0})
    return True


def found_entries() -> list[str]:
    """The names of the sources that have something on this machine."""
    return [name for name, source in all_sources().items() if source.detect()]


def failures(workspace: Workspace) -> dict[str, str]:
    """Why each source of the setting failed at its last import, by entry; without those that did not."""
    errors = {entry: _memory(workspace, entry).get("error") for entry in workspace.settings.sources}
    return {entry: str(error) for entry, error in errors.items() if error}


def check_entries(entries: Iterable[str]) -> None:
    """Raise TrackerError for an entry of no known source."""
    for entry in entries:
        source_named(entry.partition(":")[0])


def _import_entry(
    workspace: Workspace, entry: str, report_progress: Callable[[float], None], *, is_own_step: bool
) -> SourceOutcome:
    memory = _memory(workspace, entry)
    try:
        name, _colon, path = entry.partition(":")
        source = source_named(name)
        paths = importing.paths_of(source, path or None)
        seen = _look(workspace, paths)
        if seen == memory.get("seen") and not memory.get("error"):
            return SourceOutcome(entry)
        now, until = workspace.now(), int(memory.get("until") or 0)
        whole = now - int(memory.get("whole") or 0) >= DAY or until > now
        common: dict[str, Any] = {"zone": workspace.zone, "now": now, "report_progress": report_progress}
        step: dict[str, Any] = {"entry": entry, "is_own_step": is_own_step}
        if isinstance(source, LogSource):
            report = importing.import_paths(workspace.database, source, paths, **step, **common)
        else:
            # The rows after `since` may depend on the ones before it: those of the first day are not taken.
            since = 0 if whole else until - 2 * DAY
            rows = importing.read_source(workspace.database, source, paths, since=since, **common)
            oldest = min(until, now - OLDEST) if whole else since + DAY
            report = importing.write_read(
                workspace.database,
                *(rows, now),
                **step,
                oldest=oldest,
                report_progress=report_progress,
            )
        if refused := report.nothing_usable():
            raise TrackerError(refused)
        read = {"seen": seen, "until": now, "whole": now if whole else memory["whole"]}
        _remember_unless_changed(workspace, entry, memory, read)
        return SourceOutcome(entry, report)
    except TrackerError as error:
        reason = str(error)
    except _FAULTS as error:
        message = _("unexpected error ({kind}: {reason}); TRACKER_DEBUG=1 shows where")
        reason = message.format(kind=type(error).__name__, reason=error)
    if memory.get("error") != reason:
        _remember_unless_changed(workspace, entry, memory, {**memory, "error": reason})
    return SourceOutcome(entry, None, reason)


def _memory(workspace: Workspace, entry: str) -> dict[str, Any]:
    try:
        found = json.loads(state.get(workspace.database, f"source {entry}") or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _remember(workspace: Workspace, entry: str, memory: dict[str, Any]) -> None:
    state.put(workspace.database, f"source {entry}", json.dumps(memory))


def _remember_unless_changed(workspace: Workspace, entry: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Remember what an import has read, unless it is to be read again because of what was undone meanwhile."""
    with workspace.transaction():
        if _memory(workspace, entry) == before:
            _remember(workspace, entry, after)


def _look(workspace: Workspace, paths: Iterable[str]) -> int:
    """A number that is another one once the files, or the channels that decide what is read from them, have changed."""
    looks: list[object] = [channels.matches(workspace.database)]
    looks += [(channel.name, channel.title) for channel in channels.channels(workspace.database)]
    for path in paths:
        if "://" in path:
            looks.append((path, workspace.now() // SERVER_EVERY))
        elif os.path.isdir(path):
            files = [os.path.join(folder, name) for folder, _folders, names in os.walk(path) for name in names]
            looks += [_status(file) for file in sorted(files)[:_FILES_IN_FOLDER]]
        else:
            looks += [_status(path + ending) for ending in ("", "-wal", "-journal")]
    return hash_text(repr(looks))


def _status(path: str) -> tuple[str, int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return path, status.st_mtime_ns, status.st_size


def say_outcome(outcome: SourceOutcome) -> str:
    """What became of a source, in a few words: `chrome: 12 added`."""
    if outcome.error:
        return labelled(outcome.entry, outcome.error)
    added = outcome.report.added if outcome.report else 0
    sentence = ngettext("{n} added", "{n} added", added).format(n=added) if added else _("nothing new")
    return labelled(outcome.entry, sentence)
