"""Import what other programs recorded: a file, the history on this machine, or what is new in the setting `sources`.

`import_new` runs once a minute beside the screens, or by `tracker import --all`, which the system can run. For each
source the data file remembers how its files looked when they were read last, and until when: files that did not change
are not opened, and once a day everything is read again, for what a browser got from another device late. What the user
undid is not imported again. An import that the user did not ask for at that moment is no step of theirs: undo takes
back what they did before or after it.

The job of the system is a systemd user timer, a launchd job or a Windows task: systemd.timer(5), systemd.service(5),
launchd.plist(5), and `schtasks /Create`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from tracker.analytics.intervals import covered
from tracker.calendar.clock import check_zone
from tracker.domain.default_channels import OtherNetwork, find_other_network
from tracker.domain.errors import TrackerError
from tracker.domain.models import DAY, Channel, Session
from tracker.domain.record import Record
from tracker.files import file_access
from tracker.formatting.text import labelled
from tracker.importers import importing
from tracker.importers.imported_record import ImportOptions, hash_text, new_channel_name
from tracker.importers.source import all_sources, source_named
from tracker.locale import _, ngettext
from tracker.storage import channels
from tracker.workspace import Workspace

State = TypeVar("State", list[Any], dict[str, Any])

#: The state that holds the apps and hosts which the user does not want to be asked about.
NEVER = "never social"


class Amount(Record):
    """Sessions of a channel or of a day (`name`), and their seconds."""

    name: str
    sessions: int
    seconds: int


class ImportPreview(Record):
    """What an import would bring: its report, and the new sessions by channel (most first) and by day (last first).

    The time of a day counts once where channels overlap, as the Day counts it.
    """

    report: importing.ImportReport
    channels: tuple[Amount, ...]
    days: tuple[Amount, ...]


class UnknownName(Record):
    """An app or a host that looks social and belongs to no channel; `what` is `app` or `domain`, `rows` how often."""

    name: str
    what: str
    rows: int


def preview_source(workspace: Workspace, source: str) -> ImportPreview:
    """What the files of a source on this machine would bring: for a thread, with a connection of its own.

    Raises TrackerError where they cannot be read.
    """
    with workspace.database.reader() as database:
        beside = workspace.at_one_instant(database)
        by_channel: dict[str, Amount] = {}
        by_day: dict[str, list[tuple[int, int]]] = {}

        def count(sessions: Iterable[Session]) -> None:
            for session in sessions:
                name, end = session.channel, session.end or session.start
                _name, number, seconds = by_channel.get(name, (name, 0, 0))
                by_channel[name] = Amount(name, number + 1, seconds + end - session.start)
                by_day.setdefault(beside.day_of(session.start), []).append((session.start, end))

        options = ImportOptions(workspace.zone, workspace.now(), dry_run=True, on_added=count)
        report = import_source(beside, source, options=options)
    return ImportPreview(
        report,
        tuple(sorted(by_channel.values(), key=lambda amount: (-amount.seconds, -amount.sessions, amount.name))),
        tuple(Amount(day, len(spans), covered(spans)) for day, spans in sorted(by_day.items(), reverse=True)),
    )


def import_found(
    workspace: Workspace, sources: Sequence[str], report_progress: Callable[[float], None]
) -> list[importing.ImportReport]:
    """Import what these sources have on this machine, as one step of undo: for a thread, with a connection of its own.

    Raises TrackerError, and what `report_progress` raises, with nothing imported.
    """
    options = ImportOptions(workspace.zone, workspace.now(), report_progress=report_progress)
    with workspace.database.writer() as database:
        return importing.import_together(database, sources, options)


def source_title(source: str) -> str:
    """The title of a source, in the reader's language."""
    return _(source_named(source).describe().title)


def unknown_names(workspace: Workspace, reports: Iterable[importing.ImportReport]) -> list[UnknownName]:
    """The apps and hosts in these reports that look social, most used first; without those answered with never."""
    rows: dict[tuple[str, str], int] = {}
    for report in reports:
        for name, count in report.looks_social:
            rows[name, report.names] = rows.get((name, report.names), 0) + count
    never = set(_never(workspace))
    unknown = [UnknownName(name, what, count) for (name, what), count in rows.items() if name not in never]
    return sorted(unknown, key=lambda unknown: (-unknown.rows, unknown.name))


def never_ask_about(workspace: Workspace, name: str) -> None:
    """Do not ask about an app or host again."""
    workspace.remember(NEVER, json.dumps(sorted({*_never(workspace), name})))


def assign(workspace: Workspace, unknown: UnknownName, channel: str) -> Channel:
    """Let an app or host belong to a channel from now on. Raises TrackerError where it belongs to another one."""
    owner = channels.find(workspace.database, channel)
    channels.add_match(workspace.database, owner, unknown.what, unknown.name, now=workspace.now())
    return owner


def assign_new(workspace: Workspace, unknown: UnknownName, kind: str = "social") -> Channel:
    """Add a channel of a kind for an app or host, or assign it to the one that has the name: one step of undo."""
    title, now = network_of(unknown).title, workspace.now()
    name = new_channel_name(title)
    with workspace.undo_step(_("added the channel {name}").format(name=name)):
        if all(channel.name != name for channel in channels.channels(workspace.database)):
            channels.add(workspace.database, name, title=title, kind=kind, now=now)
        return assign(workspace, unknown, name)


def network_of(unknown: UnknownName) -> OtherNetwork:
    """What people call the network of an app or host, and the kind of a channel for it."""
    network = find_other_network(unknown.name)
    assert network is not None, "names that do not look social are not asked about"
    return network


def _never(workspace: Workspace) -> list[str]:
    return [str(name) for name in _read_state(workspace, NEVER, [])]


def _read_state(workspace: Workspace, name: str, empty: State) -> State:
    """What is remembered as JSON under a name; `empty` where there is nothing of its type."""
    try:
        state = json.loads(workspace.remembered(name) or "null")
    except ValueError:
        return empty
    return state if isinstance(state, type(empty)) else empty


def import_source(
    workspace: Workspace, format: str, path: str | None = None, options: ImportOptions | None = None
) -> importing.ImportReport:
    """Import a file, or without a path what is found on this machine: all of it or nothing, and one step of undo.

    Without `options`, times without a zone are the reader's. Raises TrackerError, with nothing written, for an unknown
    format or zone, for a file that is not of that format, and where none is found.
    """
    options = options or ImportOptions(workspace.zone, workspace.now())
    check_zone(options.zone)
    return importing.import_files(workspace.database, format, path, options)


#: In seconds. Which imports were undone is forgotten after 30 days: what is older than 28 was read before, or is left.
OLDEST = 28 * DAY

#: In seconds: a server may be on another machine, so it is not asked each minute.
SERVER_EVERY = 600

#: What a faulty source of somebody else's raises. It is named as any other failure, and stops no other source.
_FAULTS = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)

#: A folder is compared by so many of its files.
_FILES_IN_FOLDER = 2_000


class SourceOutcome(Record):
    """What became of one entry of `sources`: `report` is None where nothing had changed; `error` says why it failed."""

    entry: str
    report: importing.ImportReport | None = None
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
    with workspace.database.writer() as database:
        return import_new(workspace.at_one_instant(database), report_progress=report_progress)


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


def last_imports(workspace: Workspace) -> dict[str, int]:
    """When something new was last read of each source of the setting, in UTC seconds; without those never read."""
    read = {entry: int(_memory(workspace, entry).get("until") or 0) for entry in workspace.settings.sources}
    return {entry: at for entry, at in read.items() if at}


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
        # The rows after `since` may depend on the ones before it: those of the first day are not taken.
        since = 0 if whole else until - 2 * DAY
        oldest = min(until, now - OLDEST) if whole else since + DAY
        options = ImportOptions(
            workspace.zone,
            now,
            entry=entry,
            is_own_step=is_own_step,
            since=since,
            oldest=oldest,
            report_progress=report_progress,
        )
        report = importing.import_paths(workspace.database, source, paths, options)
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
    return _read_state(workspace, f"source {entry}", {})


def _remember(workspace: Workspace, entry: str, memory: dict[str, Any]) -> None:
    workspace.remember(f"source {entry}", json.dumps(memory))


def _remember_unless_changed(workspace: Workspace, entry: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Remember what an import has read, unless it is to be read again because of what was undone meanwhile."""
    with workspace.transaction():
        if _memory(workspace, entry) == before:
            _remember(workspace, entry, after)


def _look(workspace: Workspace, paths: Iterable[str]) -> int:
    """A number that changes with the files, and with the channels that decide what is read from them."""
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


#: How often, in minutes.
INTERVAL_MINUTES = 15

#: What the job is called by the system.
JOB_NAME = "tracker-import"


class Job(Record):
    """A job for the system: the `files` to write (path, content), and the commands that begin and end it."""

    files: tuple[tuple[str, str], ...]
    begin: tuple[tuple[str, ...], ...]
    end: tuple[tuple[str, ...], ...]


def import_command(db: str, config: str) -> list[str]:
    """The command that imports what is new into a data file, by a settings file."""
    files = ("--db", os.path.abspath(db), "--config", os.path.abspath(config))
    return [sys.executable, "-m", "tracker", *files, "import", "--all", "--scheduled"]


def import_job(command: Sequence[str], platform: str = sys.platform) -> Job:
    """The job of this system that runs `command` every INTERVAL_MINUTES, and a little after somebody has logged in."""
    if platform == "win32":
        return _windows(command)
    return _launchd(command) if platform == "darwin" else _systemd(command)


def install_job(job: Job) -> None:
    """Write the job's files and begin it.

    Raises TrackerError where a file cannot be written or the system does not begin the job; the files are then as they
    were before.
    """
    before = [(path, _read_job(path)) for path, _content in job.files]
    try:
        _write_job(job.files)
        if refused := _run_commands(job.begin):
            raise TrackerError(_("the job was not started, nothing is installed: {reason}").format(reason=refused))
    except TrackerError:
        _write_job(before)
        raise


def remove_job(job: Job) -> None:
    """End the job and delete its files.

    Raises TrackerError where the system does not end the job (its files are kept), or a file cannot be deleted.
    """
    if refused := _run_commands(job.end):
        raise TrackerError(_("the job was not stopped, nothing is removed: {reason}").format(reason=refused))
    _write_job([(path, None) for path, _content in job.files])


def _read_job(path: str) -> str | None:
    """The content of a file, None where there is none."""
    with file_access.os_errors_as(_("cannot read {path}: {reason}"), path):
        try:
            return file_access.read_text(path)
        except FileNotFoundError:
            return None


def _write_job(files: Iterable[tuple[str, str | None]]) -> None:
    """Give each file its content; None deletes it."""
    for path, content in files:
        if content is None:
            with file_access.os_errors_as(_("cannot delete {path}: {reason}"), path):
                file_access.remove(path)
        else:
            with file_access.os_errors_as(_("cannot write {path}: {reason}"), path):
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with file_access.atomic_replace(path) as file:
                    file.write(content)


def is_job_installed(job: Job) -> bool:
    """Whether all files of the job are there; of a Windows task, which has none, whether the system knows it."""
    if not job.files:
        return not _run_commands((("schtasks", "/Query", "/TN", JOB_NAME),))
    return all(os.path.exists(path) for path, _content in job.files)


def counts_as_typed(job: Job) -> bool:
    """Whether the installed job is that of version 0.3: without `--scheduled`, so that each of its imports is a change
    of the user's own, which undo takes back first."""
    import subprocess

    if not is_job_installed(job):
        return False
    try:
        if job.files:
            texts = [file_access.read_bytes(path) for path, _content in job.files]
        else:
            query = ("schtasks", "/Query", "/TN", JOB_NAME, "/XML")
            done = subprocess.run(query, stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=True)
            texts = [done.stdout]
    except (OSError, subprocess.SubprocessError):
        return False
    return not any(b"--scheduled" in text.replace(b"\0", b"") for text in texts)  # `/XML` may be UTF-16


def _run_commands(commands: Sequence[Sequence[str]]) -> str:
    """Run commands until one fails; returns what that one said, in one line."""
    import shutil
    import subprocess

    for command in commands:
        if shutil.which(command[0]) is None:
            return _("there is no {command} here").format(command=command[0])
        try:
            # `errors`: Windows may answer in another encoding than that of the locale.
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=30
            )
        except (OSError, subprocess.SubprocessError) as error:
            return f"{command[0]}: {error}"
        if done.returncode:
            lines = (done.stderr or done.stdout).strip().splitlines()
            return f"{command[0]}: {lines[0] if lines else done.returncode}"
    return ""


def _systemd(command: Sequence[str]) -> Job:
    config = os.environ.get("XDG_CONFIG_HOME", "")
    folder = os.path.join(config if os.path.isabs(config) else os.path.expanduser("~/.config"), "systemd", "user")
    service = (
        "[Unit]\nDescription=tracker: import what is new\n\n"
        f"[Service]\nType=oneshot\nExecStart={' '.join(map(_systemd_word, command))}\n"
    )
    timer = (
        "[Unit]\nDescription=tracker: import what is new\n\n"
        f"[Timer]\nOnStartupSec=2min\nOnUnitActiveSec={INTERVAL_MINUTES}min\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )
    units, control = f"{JOB_NAME}.timer", ("systemctl", "--user")
    return Job(
        ((os.path.join(folder, f"{JOB_NAME}.service"), service), (os.path.join(folder, units), timer)),
        ((*control, "daemon-reload"), (*control, "enable", "--now", units)),
        ((*control, "disable", "--now", units),),
    )


def _systemd_word(word: str) -> str:
    """A word of ExecStart: quoted, with what systemd would replace doubled."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$").replace("\n", "\\n")
    return f'"{escaped}"'


def _launchd(command: Sequence[str]) -> Job:
    import plistlib

    path = os.path.expanduser(f"~/Library/LaunchAgents/{JOB_NAME}.plist")
    content = {
        "Label": JOB_NAME,
        "ProgramArguments": list(command),
        "RunAtLoad": True,
        "StartInterval": INTERVAL_MINUTES * 60,
        "ProcessType": "Background",
    }
    return Job(
        ((path, plistlib.dumps(content).decode()),),
        (("launchctl", "load", "-w", path),),
        (("launchctl", "unload", "-w", path),),
    )


def _windows(command: Sequence[str]) -> Job:
    import subprocess

    run = subprocess.list2cmdline(command)
    create = ("schtasks", "/Create", "/F", "/TN", JOB_NAME, "/SC", "MINUTE", "/MO", str(INTERVAL_MINUTES), "/TR", run)
    return Job((), (create,), (("schtasks", "/Delete", "/F", "/TN", JOB_NAME),))
