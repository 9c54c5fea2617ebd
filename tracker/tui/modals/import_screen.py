"""The screen of the history found on this machine: what is new, the import in a thread, what is automatic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.worker import Worker, WorkerState, get_current_worker

from tracker import settings
from tracker.domain.errors import TrackerError
from tracker.domain.models import ONLINE_KINDS
from tracker.formatting.numbers import format_percent, group_thousands
from tracker.formatting.text import capitalized, format_sessions, labelled
from tracker.formatting.times import format_ago, format_duration, format_near_date
from tracker.importers.importing import ImportReport
from tracker.locale import _, ngettext
from tracker.services import data_file, queries, source_imports
from tracker.services.live_workspace import LiveWorkspace
from tracker.services.source_imports import Amount, ImportPreview, UnknownName
from tracker.tui import layout
from tracker.tui.base_app import BaseApp, Cancelled
from tracker.tui.keys import hidden_bindings, step_keys
from tracker.tui.modals.dialog import Choice, Chooser, ListDialog
from tracker.tui.modals.settings_dialog import save_setting
from tracker.tui.notifications import notify_error
from tracker.tui.theme import hue
from tracker.tui.widgets.key_lines import Cap, Keycaps
from tracker.tui.widgets.panel import Panel, Rows, ScrollingPanel, say_hidden

#: Keys of a classify question that are no letters of a channel.
NEW, MESSAGING, NEVER = "+", "*", "-"

#: The names of this screen's workers.
READING, IMPORTING = "read what is found", "import what is found"


@dataclass
class FoundSource:
    """A source with history on this machine: its preview or the reason why it cannot be read, once that is known."""

    name: str
    #: Whether it is to be imported.
    chosen: bool = True
    preview: ImportPreview | None = None
    error: str = ""

    @property
    def added(self) -> int:
        """How many rows would be new."""
        return self.preview.report.added if self.preview else 0

    @property
    def new_sessions(self) -> int:
        """How many sessions they would make; rows that continue a session make none of their own."""
        return self.preview.report.new_sessions if self.preview else 0


def _count(message: str, n: int) -> str:
    return message.format(n=group_thousands(str(n)))


class _FoundRows(Rows):
    """A line for each source: whether it is marked, its name, what is new and until when, whether it is automatic."""

    items: Sequence[FoundSource] = ()

    def __init__(self, workspace: LiveWorkspace) -> None:
        super().__init__(id="found")
        self.workspace = workspace
        self.looked = False

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        if not self.items:
            words = _("Looking for history …")
            if self.looked:
                words = _("No history found on this machine. To import a file: `tracker import FORMAT FILE`.")
            return [[line] for line in layout.wrapped(words, width, "$faint")]
        name_width = layout.widest(source.name for source in self.items) + 2
        return [[self._line(source, width, name_width)] for source in self.items]

    def _line(self, source: FoundSource, width: int, name_width: int) -> Content:
        head = layout.row(("✓ " if source.chosen else "  ", "$good"), layout.left(source.name, name_width, "bold"))
        automatic = source.name in self.workspace.settings.sources
        tail = layout.text(_("every minute") if automatic else "", "$good")
        words, style = self._state(source)
        state = layout.left(words, width - head.cell_length - tail.cell_length - 1, style)
        return layout.row(head, state, " ", tail)

    def _state(self, source: FoundSource) -> tuple[str, str]:
        if source.error:
            return f"✗ {source.error}", ""
        if source.preview is None:
            return _("reading …"), "$faint"
        report = source.preview.report
        says = _("all imported before") if report.already else _("nothing new")
        if report.new_sessions:
            says = _count(ngettext("{n} new session", "{n} new sessions", report.new_sessions), report.new_sessions)
        elif report.added:
            says = _count(ngettext("{n} new record", "{n} new records", report.added), report.added)
        if report.last is not None:
            says += " · " + _("until {date}").format(date=self.workspace.near_date(self.workspace.day_of(report.last)))
        return says, "" if report.added else "$faint"

    def show_hidden(self, above: int, below: int) -> None:
        self.say(_("Found on this machine"), say_hidden(above, below))


class _PreviewPanel(ScrollingPanel):
    """What the chosen source would bring: by channel, then by day."""

    def __init__(self, workspace: LiveWorkspace) -> None:
        super().__init__(id="preview")
        self.workspace = workspace
        self.source: FoundSource | None = None
        self.unknown: Sequence[UnknownName] = ()
        #: When an automatic import last read something new of the source, in UTC seconds.
        self.imported_at: int | None = None

    def show(self, source: FoundSource | None, unknown: Sequence[UnknownName]) -> None:
        """Set the source, and the names that look social."""
        if source is not self.source:
            self.top = 0
        self.source, self.unknown = source, unknown
        imported = source_imports.last_imports(self.workspace)
        self.imported_at = imported.get(source.name) if source else None
        self.redraw()

    def heading(self) -> str:
        if self.source is None:
            return ""
        return layout.title(_("Preview: {source}").format(source=source_imports.source_title(self.source.name)))

    def lines(self, width: int, height: int) -> list[Content]:
        """The names that look social, then the preview."""
        source, workspace = self.source, self.workspace
        lines: list[Content] = []
        if self.unknown:
            message = ngettext("{n} name looks social: {names}", "{n} names look social: {names}", len(self.unknown))
            names = ", ".join(unknown.name for unknown in self.unknown[:3]) + (" …" if len(self.unknown) > 3 else "")
            lines += [*layout.wrapped(message.format(n=len(self.unknown), names=names), width, "bold"), layout.BLANK]
        if source is None or source.preview is None:
            return lines + (layout.wrapped(capitalized(source.error), width) if source and source.error else [])
        preview, report = source.preview, source.preview.report
        notes = []
        if preview.days:
            titles, today = queries.titles(workspace), workspace.today()
            lines += _amounts(_("By channel"), preview.channels, lambda name: titles.get(name, name), width, hue)
            date = partial(format_near_date, today=today)
            lines += [layout.BLANK, *_amounts(_("By day"), preview.days, date, width, lambda _date: "$primary")]
            if report.added > report.new_sessions:
                notes.append(_count(_("From {n} entries; those that follow each other are one session."), report.added))
        else:
            lines += layout.wrapped(_nothing_new(report), width, "$faint")
        if report.estimated:
            message = ngettext("{n} length is estimated", "{n} lengths are estimated", report.estimated)
            notes.append(_count(message, report.estimated))
        if self.imported_at:
            notes.append(labelled(_("Last import"), format_ago(workspace.now() - self.imported_at)))
        for note in notes:
            lines += [layout.BLANK, *layout.wrapped(note, width, "$faint")]
        return lines


def _amounts(
    title: str, amounts: Sequence[Amount], say: Callable[[str], str], width: int, style: Callable[[str], str]
) -> list[Content]:
    """A line with a bar for each amount below a title; `say` gives its words by its name."""
    labels = [say(amount.name) for amount in amounts]
    label = min(layout.widest(labels), width // 3) + 2
    figures = [(format_sessions(amount.sessions), format_duration(amount.seconds)) for amount in amounts]
    count, time = (layout.widest(column) + 2 for column in zip(*figures, strict=True))
    most = max(amount.seconds for amount in amounts) or 1
    lines, bar_width = [layout.text(title, "bold $primary")], min(width - label - count - time - 2, 40)
    for amount, words, (sessions, spent) in zip(amounts, labels, figures, strict=True):
        columns = (layout.left(words, label), layout.right(sessions, count, "$faint"), layout.right(spent, time), "  ")
        lines.append(layout.row(*columns, layout.bar(amount.seconds, most, bar_width, style(amount.name))))
    return lines


def _nothing_new(report: ImportReport) -> str:
    """`Nothing new: 8 imported before, 5 of no channel`: what became of the entries that were read."""
    rejected = len(report.rejected)
    reasons = (
        (report.already, ngettext("{n} imported before", "{n} imported before", report.already)),
        (report.ignored, ngettext("{n} of no channel", "{n} of no channel", report.ignored)),
        (rejected, ngettext("{n} in the future or unreadable", "{n} in the future or unreadable", rejected)),
    )
    parts = [_count(message, count) for count, message in reasons if count]
    return labelled(_("Nothing new"), ", ".join(parts)) if parts else _("Nothing new.")


class _ProgressLine(Panel):
    """The progress of the import."""

    fraction = 0.0

    def draw(self, width: int, height: int) -> list[Content]:
        percent, label = format_percent(self.fraction).rjust(5), _("Importing …")
        available = width - layout.widest([label]) - layout.widest([percent]) - 2
        return [layout.row((label, "bold"), " ", layout.bar(self.fraction, 1, available, "$good"), " ", percent)]


class ImportScreen(ListDialog[None]):
    """A page over the whole screen: it reads what is found, and imports when the user presses enter."""

    BINDINGS = hidden_bindings(
        ("enter", "import"),
        ("x,space", "mark"),
        ("c", "classify"),
        ("a", "automatic"),
        ("u", "undo"),
        ("ctrl+c", "leave"),
        *step_keys("read", "pagedown,right,l", "pageup,left,h", 8),
    )
    OPENED_BY = "import"

    class Progressed(Message):
        """The progress of the import, from 0 to 1."""

        def __init__(self, fraction: float) -> None:
            super().__init__()
            self.fraction = fraction

        def can_replace(self, message: Message) -> bool:
            """Only the last one counts."""
            return isinstance(message, ImportScreen.Progressed)

    def __init__(self, workspace: LiveWorkspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._sources: list[FoundSource] = []
        self._import: Worker[list[ImportReport]] | None = None
        #: Whether the import is to stop. The worker's own state would say so before the thread has stopped.
        self.stopping = False
        #: The version of the data file when the sources were last read.
        self._version = 0

    def compose(self) -> ComposeResult:
        """The sources, what the chosen source would bring, and the keys."""
        with Vertical(id="import-page"):
            yield _FoundRows(self._workspace)
            yield _PreviewPanel(self._workspace)
            yield _ProgressLine(id="import-progress")
            yield Keycaps(id="import-keys")

    def on_mount(self) -> None:
        """Look for history and read it in a thread: that takes seconds."""
        self.query_one(_ProgressLine).display = False
        self._read()
        self._show()

    def _read(self) -> None:
        self._version = self._workspace.data_version()
        self.run_worker(self._read_all, thread=True, name=READING, group=READING, exclusive=True, exit_on_error=False)

    def _read_all(self) -> None:
        """In the thread: find the sources, then read one after the other."""
        worker, call = get_current_worker(), self.base_app.call_from_thread
        for source in call(self._found, source_imports.found_entries()):
            preview, error = None, ""
            try:
                preview = source_imports.preview_source(self._workspace, source.name)
            except TrackerError as refused:
                error = str(refused)
            if worker.is_cancelled:
                return
            call(self._was_read, source, preview, error)

    def _found(self, names: list[str]) -> list[FoundSource]:
        by_name = {source.name: source for source in self._sources}
        self._sources = [by_name.get(name) or FoundSource(name) for name in names]
        self.query_one(_FoundRows).looked = True
        self._show()
        return self._sources

    def _was_read(self, source: FoundSource, preview: ImportPreview | None, error: str) -> None:
        source.preview, source.error = preview, error
        if self.is_attached:
            self._show()

    def _unknown(self) -> list[UnknownName]:
        previews = [source.preview for source in self._sources if source.preview]
        if not previews:
            return []
        return source_imports.unknown_names(self._workspace, [preview.report for preview in previews])

    def _show(self) -> None:
        rows, unknown = self.query_one(_FoundRows), self._unknown()
        rows.items = self._sources
        needed = len(rows.blocks(self.app.size.width - 6, 0))
        rows.styles.height = min(needed, max(self.app.size.height // 3, 2)) + 2
        rows.redraw()
        source = self._chosen()
        preview = self.query_one(_PreviewPanel)
        preview.display = bool(self._sources)
        preview.show(source, unknown)
        self.query_one(Keycaps).show(self._caps(source, len(unknown)))

    def _caps(self, source: FoundSource | None, unknown: int) -> list[Cap]:
        if self._import:
            return [Cap("esc", _("cancel the import"))]
        caps = []
        chosen = [source for source in self._sources if source.chosen]
        if sessions := sum(source.new_sessions for source in chosen):
            message = ngettext("import {n} session", "import {n} sessions", sessions)
            caps.append(Cap("⏎", _count(message, sessions), "bold"))
        elif added := sum(source.added for source in chosen):
            caps.append(Cap("⏎", _count(ngettext("import {n} record", "import {n} records", added), added), "bold"))
        if unknown:
            caps.append(Cap("c", _count(ngettext("classify {n} name", "classify {n} names", unknown), unknown)))
        if source:
            automatic = source.name in self._workspace.settings.sources
            caps.append(Cap("a", _("no longer every minute") if automatic else _("import every minute")))
            caps += [Cap("u", _("undo the last import"))] if automatic else []
            caps.append(Cap("x", _("leave out") if source.chosen else _("include")))
        return [*caps, Cap("esc", _("close"))]

    def _chosen(self) -> FoundSource | None:
        chosen = self.query_one(_FoundRows).chosen
        return self._sources[chosen] if chosen < len(self._sources) else None

    def reloaded(self) -> None:
        """Settings or channels changed; where an automatic import wrote the file, less is new."""
        if not self._import and self._workspace.data_version() != self._version:
            self._read()
        self._show()

    def action_move(self, steps: int) -> None:
        """Choose another source."""
        self.query_one(_FoundRows).move(steps)
        self._show()

    def action_read(self, lines: int) -> None:
        """Read on in the preview."""
        self.query_one(_PreviewPanel).scroll_by(lines)

    def action_open(self) -> None:
        """A second click on a source."""
        self.action_mark()

    def action_mark(self) -> None:
        """Import the chosen source too, or leave it out."""
        source = self._chosen()
        if source and not self._import:
            source.chosen = not source.chosen
            self._show()

    def action_automatic(self) -> None:
        """Start or stop the automatic import of the chosen source."""
        source, app = self._chosen(), self.base_app
        if source is None or self._import:
            return
        others = [entry for entry in app.workspace.settings.sources if entry != source.name]
        wanted = others if source.name in app.workspace.settings.sources else [*others, source.name]
        save_setting(app, "sources", settings.find("sources").type.write(wanted), shown=True)
        self._show()

    def action_undo(self) -> None:
        """Take back the last automatic import of the chosen source; the key for undo leaves it."""
        source, app = self._chosen(), self.base_app
        if source is None or self._import:
            return
        undone = data_file.say_steps([data_file.undo_import(app.workspace, source.name)])
        app.announce(_("Undone: {what}").format(what=undone))
        self._read()

    def action_classify(self) -> None:
        """Ask about one name after the other, each answered by one key; escape asks no further."""
        unknown = self._unknown()
        if unknown and not self._import:
            self._ask(unknown)

    def _ask(self, unknown: list[UnknownName]) -> None:
        app, asked = self.base_app, unknown[0]
        name, kind = source_imports.network_of(asked)
        choices = [
            Choice(NEW, _("a new social channel: {name}").format(name=name), NEW, style="bold"),
            Choice(MESSAGING, _("a new messaging channel: {name}").format(name=name), MESSAGING, style="bold"),
        ]
        if kind == "messaging":
            choices.reverse()
        choices.append(Choice(NEVER, _("never: it is not social"), NEVER))
        for channel in queries.channels(app.workspace):
            if channel.kind in ONLINE_KINDS:
                style = hue(channel.name)
                choices.append(Choice(channel.letter or "", channel.title, f"={channel.name}", style=style))
        title = ngettext("{name}, {n} time: which channel?", "{name}, {n} times: which channel?", asked.rows)
        words = layout.title(title.format(name=asked.name, n=group_thousands(str(asked.rows))))
        app.ask(Chooser(words, choices), partial(self._classified, unknown))

    def _classified(self, unknown: list[UnknownName], answer: str) -> None:
        (asked, *others), workspace = unknown, self._workspace
        if answer == NEVER:
            source_imports.never_ask_about(workspace, asked.name)
        elif answer in (NEW, MESSAGING):
            source_imports.assign_new(workspace, asked, "social" if answer == NEW else "messaging")
        else:
            source_imports.assign(workspace, asked, answer.removeprefix("="))
        self.base_app.reload()
        if answer != NEVER:
            self._read()
        if others:
            self._ask(others)
        else:
            self._show()

    def action_import(self) -> None:
        """Import everything that is marked and new, in a thread."""
        names = [source.name for source in self._sources if source.chosen and source.added]
        if not names or self._import or self.base_app.importing:
            return
        self.base_app.importing, self.stopping = True, False
        self.query_one(_ProgressLine).display = True
        run = partial(self._import_all, names)
        self._import = self.run_worker(run, thread=True, name=IMPORTING, group=IMPORTING, exit_on_error=False)
        self._show()

    def _import_all(self, names: list[str]) -> list[ImportReport]:
        """In the thread; returns what was imported."""
        worker, told = get_current_worker(), -1.0

        def report(fraction: float) -> None:
            nonlocal told
            if self.stopping or worker.is_cancelled:
                raise Cancelled
            if fraction - told >= 0.01 or fraction < told:
                told = fraction
                self.post_message(self.Progressed(fraction))

        return source_imports.import_found(self._workspace, names, report)

    def on_import_screen_progressed(self, message: Progressed) -> None:
        """Show the progress."""
        line = self.query_one(_ProgressLine)
        line.fraction = message.fraction
        line.refresh()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The import is done, was cancelled, or failed."""
        if event.worker.name != IMPORTING or not event.worker.is_finished:
            return
        event.stop()
        self._import, self.base_app.importing = None, False
        app = self.base_app
        if event.state is WorkerState.SUCCESS:
            reports: list[ImportReport] = event.worker.result or []
            self.answer()
            app.workspace.data_version()  # cached reads from before the thread wrote are outdated
            count = sum(report.new_sessions for report in reports)
            message = ngettext("{n} session imported", "{n} sessions imported", count)
            if not count:
                count = sum(report.added for report in reports)
                message = ngettext("{n} record imported", "{n} records imported", count)
            undoes = _("[{key}] undoes it").format(key=app.key_of("undo"))
            app.announce(_count(message, count), self._until(reports), undoes, seconds=8)
            return
        self.query_one(_ProgressLine).display = False
        error = event.worker.error
        if isinstance(error, TrackerError):
            notify_error(app, error, "error")
        else:
            app.notify(_("Import cancelled: nothing was imported"))
        self._show()

    def _until(self, reports: Sequence[ImportReport]) -> str:
        """`until Mon 23 Nov`, where what was imported ends before today, whose figures are the ones shown."""
        workspace = self._workspace
        last = max((workspace.day_of(report.last) for report in reports if report.last is not None), default="")
        return _("until {date}").format(date=workspace.near_date(last)) if last not in ("", workspace.today()) else ""

    def action_leave(self) -> None:
        """Cancel the import; close where nothing is imported."""
        if self._import:
            self.stopping = True
        else:
            super().action_leave()


def open_import(app: BaseApp) -> None:
    """Show the import screen. Raises TrackerError where nothing can be imported."""
    if app.workspace.refusal:
        raise TrackerError(app.workspace.refusal)
    app.push_screen(ImportScreen(app.workspace))
