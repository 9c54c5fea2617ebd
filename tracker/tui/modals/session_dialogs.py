"""Dialogs of sessions: editing one, filtering the log, and a change that overlaps recorded sessions of the channel.

A session is edited in a box, or in the cells of its line where it stands in the Day's log. A change that overlaps
nothing is made at once. For any other a dialog asks which session keeps the time: each answer in a sentence, and as
strips of the channel's time before and after.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from tracker.domain.errors import Overlap, TrackerError
from tracker.domain.models import DAY, REFUSE, TAKE, YIELD, Effects, Session
from tracker.formatting.text import capitalized
from tracker.formatting.times import format_clock, session_times_in
from tracker.locale import N_, _, ngettext
from tracker.reports import record_wording as effect_words
from tracker.services import queries, session_editing
from tracker.services.session_editing import ChangedMeanwhile, OverlapPreview, OverlapQuestion, SessionChange
from tracker.tui import layout
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import hidden_bindings
from tracker.tui.modals.dialog import OUTSIDE, Choice, Choices, Chooser, Dialog, SteadyInput
from tracker.tui.session_text import field_text, read_field, session_label
from tracker.tui.theme import hue
from tracker.tui.widgets.log import Log
from tracker.workspace import Workspace

Asked = tuple[Workspace, SessionChange, OverlapQuestion]


#: The fields of the box, with their labels.
FIELDS = {
    "start": N_("start"),
    "end": N_("end"),
    "channel": N_("channel"),
    "activity": N_("activity"),
    "planned_seconds": N_("plan"),
    "intention": N_("intention"),
    "note": N_("note"),
    "person": N_("with"),
    "ring": N_("ring"),
    "trigger": N_("trigger"),
}


class SessionInputs(Dialog[dict[str, Any]]):
    """Inputs for fields of a session; enter answers the fields that were changed.

    An input is selected as a whole when it is reached, so that typing replaces it and an arrow key keeps it. An end
    shows only its clock, and moves with its start to another day.
    """

    BINDINGS = hidden_bindings(("down", "app.focus_next"), ("up", "app.focus_previous"))

    def __init__(self, workspace: Workspace, session: Session) -> None:
        super().__init__()
        self._workspace, self._edited = workspace, session

    def on_mount(self) -> None:
        """Focus the start: times are corrected most often."""
        self.query(Input).first().focus()

    def field_input(self, name: str, classes: str = "") -> SteadyInput:
        """The input of a field, with the value it has."""
        value = field_text(name, self._edited, self._workspace)
        return SteadyInput(value=value, name=name, id=f"field-{name}", classes=classes, compact=True)

    def show_meaning(self, name: str, words: str | None) -> None:
        """Show what a changed field means; None where it is not changed."""
        raise NotImplementedError

    def refuse(self, name: str, error: TrackerError, *, submitted: bool) -> None:
        """Show why the text of a field is refused; `submitted`: all fields were to be saved."""
        raise NotImplementedError

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the meaning of the field."""
        self.show_field(event.input.name or "")

    def show_field(self, name: str) -> None:
        """Show the meaning of a field, or why its text is refused."""
        try:
            self.show_meaning(name, self._read(name)[1] if self._is_changed(name) else None)
        except TrackerError as error:
            self.refuse(name, error, submitted=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer the changed fields, or go to the first that is refused."""
        event.stop()
        changed: dict[str, Any] = {}
        names = [field.name or "" for field in self.query(Input)]
        # An end is read again where its start moved to another day, also where a narrow line has no cell for it.
        for name in dict.fromkeys([*names, "end"]):
            if not self._is_changed(name):
                continue
            try:
                changed[name] = self._read(name)[0]
            except TrackerError as error:
                self.refuse(name, error, submitted=True)
                if name in names:
                    self.query_one(f"#field-{name}", Input).focus()
                return
        self.answer(changed)

    def _text(self, name: str) -> str:
        """The text of a field; that of the session where there is no input for it."""
        inputs = self.query(f"#field-{name}").results(Input)
        return next((field.value for field in inputs), field_text(name, self._edited, self._workspace))

    def _is_changed(self, name: str) -> bool:
        """Whether a field is to be read again."""
        if self._text(name) != field_text(name, self._edited, self._workspace):
            return True
        ended = name == "end" and self._edited.end is not None and self._is_changed("start")
        return ended and self._workspace.day_of(self._start()) != self._workspace.day_of(self._edited.start)

    def _read(self, name: str) -> tuple[Any, str]:
        """The value of a field, and it in words; an end is read from the start that is typed. Raises TrackerError."""
        session = self._edited._replace(start=self._start()) if name == "end" else self._edited
        return read_field(name, self._text(name), session, self._workspace)

    def _start(self) -> int:
        """The start as it is typed, in UTC seconds; the session's own while that cannot be read."""
        try:
            return int(self._read("start")[0])
        except TrackerError:
            return self._edited.start


class EditDialog(SessionInputs):
    """All fields in a box, with the meaning of each next to it."""

    def compose(self) -> ComposeResult:
        """A label, an input and a word about it for each field."""
        with Vertical(id="edit-box") as box:
            line = session_label(self._edited, queries.title(self._workspace, self._edited.channel))
            box.border_title = layout.title(_("Edit {line}").format(line=line))
            box.border_subtitle = _("Tab Next · Enter Save · Esc Cancel")
            for name, label in FIELDS.items():
                with Horizontal(classes="field"):
                    yield Label(_(label), classes="label", markup=False)
                    yield self.field_input(name)
                    yield Static(id=f"says-{name}", classes="says", markup=False)
            yield Static(id="edit-error", markup=False)

    def show_field(self, name: str) -> None:
        """Show the meaning of a field; a start changes that of the end."""
        self.query_one("#edit-error", Static).update("")
        super().show_field(name)
        if name == "start":
            super().show_field("end")

    def show_meaning(self, name: str, words: str | None) -> None:
        """Show the meaning next to the input."""
        meaning = layout.BLANK if words is None else layout.row(("→ ", "$good"), (words, "$faint"))
        self.query_one(f"#says-{name}", Static).update(meaning)

    def refuse(self, name: str, error: TrackerError, *, submitted: bool) -> None:
        """Mark the field, and give the reason below all fields, where there is room for a sentence."""
        self.query_one(f"#says-{name}", Static).update(layout.text("✗", "bold $flag"))
        self.query_one("#edit-error", Static).update(layout.text(f"✗ {capitalized(str(error))}", "$flag"))


class RowEdit(SessionInputs):
    """An input over each cell of the chosen line of the log, with the meaning in the line below.

    Fields without a cell are edited in EditDialog, which enter opens on the line.
    """

    def __init__(self, workspace: Workspace, session: Session, log: Log) -> None:
        super().__init__(workspace, session)
        self._log = log

    def compose(self) -> ComposeResult:
        """An input over each cell, where the line is."""
        self._log.edit_chosen(True)
        left, top = self._log.line_of_chosen() or (0, 0)
        for name, column, width in self._log.cells():
            cell = self.field_input(name, "cell")
            cell.styles.offset = (left + column, top)
            cell.styles.width = width
            yield cell
        meaning = Static(id="row-says", markup=False)
        region = self._log.content_region
        meaning.styles.offset = (left, top + 1 if top + 1 < region.bottom else top - 1)
        meaning.styles.width = region.right - left
        yield meaning

    def on_mount(self) -> None:
        """Show the keys."""
        self.show_meaning("", None)

    def answer(self, value: dict[str, Any] | None = None) -> None:
        """Close, and give the width of the columns back to the words of the log."""
        self._log.edit_chosen(False)
        super().answer(value)

    def on_resize(self, event: events.Resize) -> None:
        """Close: the line has moved away from under the inputs."""
        if event.size != self.fits:
            self.answer()

    def show_meaning(self, name: str, words: str | None) -> None:
        """Show the meaning in the line below; the keys, where nothing is changed."""
        hint, more = _("Tab Next · Enter Save · Esc Cancel"), _(" · All fields: Esc, then Enter")
        available = self._log.content_region.width - 1
        hint += more if layout.widest([hint + more]) <= available else ""
        self._show(layout.text(hint, "$faint") if words is None else layout.row(("→ ", "$good"), words))

    def refuse(self, name: str, error: TrackerError, *, submitted: bool) -> None:
        """Show the reason in the line below."""
        self._show(layout.text(f"✗ {capitalized(str(error))}", "bold $flag" if submitted else "$flag"))

    def _show(self, words: Content) -> None:
        self.query_one("#row-says", Static).update(words)


class LogFilter(Dialog[None]):
    """An input on the border of the log for the words that its lines must contain.

    Escape clears the filter, enter closes the input and keeps it.
    """

    def __init__(self, log: Log) -> None:
        super().__init__()
        self._log = log

    def compose(self) -> ComposeResult:
        """One line, on the log's upper border."""
        line = SteadyInput(self._log.words, _("words to find · Esc Clear"), id="log-filter", compact=True)
        line.select_on_focus = False
        line.styles.offset = (self._log.region.x + 2, self._log.region.y)
        line.styles.width = min(40, self._log.region.width - 4)
        yield line

    def on_mount(self) -> None:
        """Focus the line."""
        self.query_one(Input).focus()
        self._log.screen.screen_layout_refresh_signal.subscribe(self, self._follow)

    def _follow(self, _screen: object) -> None:
        """Move with the log, which gets its place in a window of another size after this dialog was told of that."""
        self.query_one(Input).styles.offset = (self._log.region.x + 2, self._log.region.y)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter at every key."""
        self._log.filter_by(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close the input, and keep the filter."""
        event.stop()
        self.answer()

    def action_leave(self) -> None:
        """Show all lines again."""
        self._log.filter_by("")
        self.answer()


#: The key of each answer: the recorded session keeps its time, or the new one takes it.
KEYS = {YIELD: "k", TAKE: "u"}

#: The signs of recorded and of new time, which differ without colours too.
OLD, NEW = "▒", "█"


def change_sessions(
    app: BaseApp,
    change: SessionChange,
    done: Callable[[Effects], None],
    refused: Callable[[], None] = lambda: None,
    on_overlap: str = REFUSE,
    shown: OverlapPreview | None = None,
) -> None:
    """Make a change and call `done` with its effects; where it overlaps a session, ask first how to make it.

    `refused` is called where the change cannot be made; the TrackerError is raised on. `on_overlap` is the answer to a
    question whose expected effects, `shown`, were on the screen.
    """
    try:
        try:
            result: Effects | OverlapQuestion = session_editing.make_change(app.workspace, change, on_overlap, shown)
        except Overlap as overlap:
            result = session_editing.overlap_question(app.workspace, change, overlap)
    except ChangedMeanwhile:  # the sessions that were shown, by another program: ask again with the present ones
        change_sessions(app, change, done, refused)
        return
    except TrackerError:
        refused()
        raise
    if isinstance(result, Effects):
        done(result)
        return
    question = result

    def answered(answer: str) -> None:
        preview = next(preview for preview in question.previews if preview.on_overlap == answer)
        if preview.effects is not None:
            change_sessions(app, change, done, refused, answer, preview)
            return
        times = effect_words.listed([session_times_in(change.wanted[0].zone)(session) for session in question.records])
        message = _("Nothing saved: {channel} {there} is already recorded")
        if change.seen:
            message = _("Nothing changed: {channel} {there} is kept")
        app.announce(message.format(channel=app.title_of(question.records[0].channel), there=times))

    app.ask(OverlapDialog(app.workspace, change, question), answered)


class _Answers(Choices):
    """A sentence for each answer, and below it the channel's time before and after, on one axis."""

    def __init__(self, choices: Sequence[Choice], title: str, asked: Asked) -> None:
        super().__init__(choices, title)
        self.add_class("overlap")
        self._workspace, self._change, self._question = asked

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """The sentence, the strips and the times at their ends."""
        blocks = [
            [*self.sentence(choice, width), *self._strips(preview, width - 4)]
            for choice, preview in zip(self.items, self._question.previews, strict=True)
        ]
        if len(blocks) > 1 and sum(map(len, blocks)) < height:
            blocks[0].append(layout.BLANK)
        return blocks

    def _strips(self, preview: OverlapPreview, width: int) -> list[Content]:
        seen = {session.id for session in self._change.seen}
        mine = {session.id for session in preview.effects.mine} if preview.effects else seen
        strips = {_("before"): (preview.before, seen), _("after"): (preview.after, mine)}
        label = layout.widest(strips) + 1
        strip_width = width - label
        lines = [
            layout.row("    ", layout.left(name, label, "$faint"), self._strip(sessions, own, strip_width))
            for name, (sessions, own) in strips.items()
        ]
        first, last = (self._time(at) for at in (self._question.since, self._question.until))
        axis = layout.row(first, " " * max(strip_width - first.cell_length - last.cell_length, 1), last)
        return [*lines, layout.row(" " * (4 + label), axis)]

    def _time(self, at: int) -> Content:
        """The time at an end of the strips, with its date where the ends are a day apart."""
        question, workspace = self._question, self._workspace
        dated = question.until - question.since >= DAY
        date = f"{workspace.near_date(workspace.day_of(at))} " if dated else ""
        return layout.text(date + format_clock(at, self._change.wanted[0].zone), "$faint")

    def _strip(self, sessions: Sequence[Session], mine: set[int], width: int) -> Content:
        """Sessions as blocks of one cell at least; where two of a kind touch, the second begins with an edge."""
        start, until = self._question.since, self._question.until

        def edge(at: int) -> int:
            """The nearest edge between cells, so that where one session ends another begins."""
            return (2 * (at - start) * width + until - start) // (2 * (until - start))

        cells = [("·", "$line")] * width
        ended = [(session, session.end if session.end is not None else self._workspace.now()) for session in sessions]
        for session, end in sorted(ended, key=lambda pair: pair[0].start - pair[1]):  # short ones stay visible
            if end < start or session.start >= until:
                continue
            first = min(max(edge(session.start), 0), width - 1)
            behind = min(max(edge(end), first + 1), width)
            own = session.id in mine
            sign, style = (NEW, hue(session.channel)) if own else (OLD, "$foreground")
            cells[first:behind] = [(sign, style)] * (behind - first)
            if first and cells[first - 1][0] == sign and behind - first > 1:
                cells[first] = ("▐" if own else "│", style)
        return layout.row(*(Content.styled(sign, style) for sign, style in cells))

    def head(self, width: int) -> list[Content]:
        """Nothing: the strips need the room, and the sentences name the times."""
        return []

    def show_hidden(self, above: int, below: int) -> None:
        self.say(self.title, _("{old} recorded · {new} new · Esc Cancel").format(old=OLD, new=NEW))


class OverlapDialog(Chooser):
    """Answers which session keeps the time: TAKE (the new one) or YIELD (the recorded one)."""

    def __init__(self, workspace: Workspace, change: SessionChange, question: OverlapQuestion) -> None:
        self._asked = workspace, change, question
        zone = change.wanted[0].zone
        times = session_times_in(zone)
        there = effect_words.listed([times(session) for session in question.records])
        title = _("{channel} is already recorded: {there}")
        if any(session.zone != zone for session in question.records):
            title = _("{channel} is already recorded: {there} (times in {zone})")
        name = queries.title(workspace, question.records[0].channel)
        choices = [
            Choice(KEYS[preview.on_overlap], say_preview(preview, change, workspace), preview.on_overlap)
            for preview in question.previews
        ]
        super().__init__(title.format(channel=name, there=there, zone=zone), choices, worded=True)

    def compose(self) -> ComposeResult:
        """As high as the sentences and strips need, as far as the screen is."""
        answers = _Answers(self._choices, self._title, self._asked)
        width = min(76, self.app.size.width * 94 // 100) - OUTSIDE
        answers.styles.height = min(answers.lines_needed(width) + 3, self.app.size.height)
        yield answers


def say_preview(preview: OverlapPreview, change: SessionChange, workspace: Workspace) -> str:
    """`Use the new entry, shorten the old one: LinkedIn 08:04–08:20 instead of 08:04–08:29`."""
    effects, n = preview.effects, len(change.wanted)
    if effects is None:
        if change.seen:
            return _("Keep what is recorded. Nothing is changed.")
        return _("Keep what is recorded. Nothing new is saved.")
    times = session_times_in(change.wanted[0].zone)
    if preview.on_overlap == YIELD:
        message = ngettext(
            "Keep what is recorded, shorten the new entry: {what}",
            "Keep what is recorded, shorten the new entries: {what}",
            n,
        )
        return message.format(what=effect_words.say_mine(effects, times, partial(queries.title, workspace)))
    others = effect_words.shortened(effects)
    n, left = len(others), [left for _was, left in others]
    message = _("Use the new entry, shorten or remove the old ones: {what}")
    if all(left):
        message = ngettext(
            "Use the new entry, shorten the old one: {what}", "Use the new entry, shorten the old ones: {what}", n
        )
    elif not any(left):
        message = ngettext(
            "Use the new entry, remove the old one: {what}", "Use the new entry, remove the old ones: {what}", n
        )
        spans = effect_words.listed([times(was) for was, _left in others])
        return message.format(what=f"{queries.title(workspace, others[0][0].channel)} {spans}")
    return message.format(what=_("; ").join(effect_words.say_others(effects, times, partial(queries.title, workspace))))
