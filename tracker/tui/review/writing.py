"""Step 8 of a review, the user's own words; the archive of written reviews; and the page of one, to read or export."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial

from textual.app import App, ComposeResult, SuspendNotSupported
from textual.content import Content
from textual.widget import Widget
from textual.widgets import TextArea

from tracker.domain.errors import TrackerError
from tracker.domain.models import Review
from tracker.domain.text import clean_lines
from tracker.files import file_access
from tracker.formatting.text import in_quotation_marks
from tracker.formatting.times import format_date_range, format_week, week_number
from tracker.locale import N_, _, ngettext
from tracker.reports.markdown_page import without_front_matter
from tracker.services import reviewing
from tracker.services.open_review import OpenReview, ReviewedWeek
from tracker.tui import layout
from tracker.tui.keys import END_KEYS, hidden_bindings
from tracker.tui.modals.dialog import Dialog, LineDialog, Page, SearchDialog, SearchRows, Sheet
from tracker.tui.notifications import notify_error
from tracker.tui.review.step import StepPanel
from tracker.tui.widgets.key_lines import Cap, Keycaps
from tracker.workspace import Workspace

#: The editor where neither VISUAL nor EDITOR names one.
DEFAULT_EDITOR = "vi"

#: The most seconds until typed words are saved, so that they survive a terminal that is closed.
KEPT_WITHIN = 5


class WordsStep(StepPanel):
    """A text field, which tab leaves, so that enter writes the review."""

    name = "words"
    word = N_("Words")

    def __init__(self, figures: ReviewedWeek, open_review: OpenReview) -> None:
        super().__init__(figures)
        self.open_review = open_review
        self._saved = ""
        self._waiting = False

    def compose(self) -> ComposeResult:
        """The field, below two lines that say what it is for."""
        yield TextArea(id="review-words", show_line_numbers=False, highlight_cursor_line=False)

    @property
    def field(self) -> TextArea:
        """The text field."""
        return self.query_one(TextArea)

    def on_mount(self) -> None:
        """Stop the cursor from blinking."""
        self.field.cursor_blink = False

    def load(self) -> None:
        """Read the words as they are in the file."""
        self._saved = clean_lines(self.open_review.review.words or "")
        if self.field.text != self._saved:
            self.field.load_text(self._saved)
            self.field.move_cursor(self.field.document.end)
        self.redraw()

    def focused(self) -> Widget | None:
        """The field."""
        return self.field

    def lines(self, width: int, height: int) -> list[Content]:
        """What could be written about."""
        what_for = _("What mattered in week {n}? Your words come first on the page. [{key}] saves the review.")
        return layout.wrapped(what_for.format(n=week_number(self.week), key="Ctrl+S"), width, "$foreground", 2)

    def is_typing(self) -> bool:
        """While the field has the focus."""
        return self.field.has_focus

    def caps(self) -> list[Cap]:
        """Out of the field or into it, and the user's editor."""
        editor = Cap("^o", _("your editor"))
        if self.is_typing():
            return [Cap("⇥", _("leave the text")), Cap("^s", _("save the review")), editor]
        return [Cap("⇥", _("edit the text")), editor]

    def enter_label(self) -> str:
        """Enter is a new line in the field; outside it saves the review."""
        return _("new line") if self.is_typing() else _("save the review")

    def reviewed(self) -> bool:
        """Whether something was written."""
        return bool(self.field.text.strip())

    def press(self, key: str) -> bool:
        """Leave the field, enter it, or open the user's editor."""
        if key in ("ctrl+o", "^o"):
            self._edit_elsewhere()
        elif key == "tab" and not self.is_typing():
            self.field.focus()
        elif key in ("tab", "shift+tab") and self.is_typing():
            self.save_answers()
            self.screen.set_focus(None)
        else:
            return False
        return True

    def _edit_elsewhere(self) -> None:
        before = self.field.text
        after = edit_elsewhere(self.app, before)
        # Editors end the last line, even where the user did not.
        self.field.load_text(after if before.endswith("\n") else after.removesuffix("\n"))
        self.field.move_cursor(self.field.document.end)
        self.save_answers()

    def save_answers(self) -> None:
        """Save the words unchanged. Raises TrackerError if they are too long."""
        if self.field.text != self._saved:
            self.open_review.set_words(self.field.text)
            self._saved = self.field.text

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Save the words a few seconds later."""
        event.stop()
        if not self._waiting and self.field.text != self._saved:
            self._waiting = True
            self.set_timer(KEPT_WITHIN, self._keep_now)

    def _keep_now(self) -> None:
        self._waiting = False
        if self.is_attached and isinstance(self.screen, Dialog) and not self.screen.answered:
            try:
                self.save_answers()
            except TrackerError as error:
                notify_error(self.app, error)


def edit_elsewhere(app: App[object], words: str) -> str:
    """The words as the user's own editor saves them; the screens are suspended until it ends.

    The editor is what `VISUAL` or `EDITOR` names, with its options; the words are in a file that only the user can
    read. TrackerError where the editor cannot be opened or ends with an error, or its file cannot be read.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or DEFAULT_EDITOR
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        path = os.path.join(folder, "review.md")
        with file_access.atomic_replace(path) as file:
            file.write(words)
        try:
            with app.suspend():
                done = subprocess.run([*shlex.split(command), path], check=False)
        except SuspendNotSupported:
            raise TrackerError(_("no other program can be opened from here")) from None
        except (OSError, ValueError) as error:
            raise TrackerError(_("cannot open “{editor}”: {reason}").format(editor=command, reason=error)) from None
        if done.returncode:
            message = _("“{editor}” ended with {code}; your words are as they were")
            raise TrackerError(message.format(editor=command, code=done.returncode))
        try:
            return file_access.read_text(path).replace("\r\n", "\n").replace("\r", "\n")
        except (OSError, UnicodeDecodeError) as error:
            message = _("cannot read what “{editor}” wrote: {reason}")
            raise TrackerError(message.format(editor=command, reason=error)) from None


class ReviewRows(SearchRows[Review]):
    """Two lines for each review: the week and when it was written, then the user's own words."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(id="reviews")
        self.workspace = workspace
        self.items: list[Review] = []
        self.search = ""

    def find(self, text: str) -> None:
        """List the reviews with this text in their words; all reviews without any."""
        self.search, self.items, self.chosen = text, reviewing.review_list(self.workspace, text), 0
        self.redraw()

    def head(self, width: int) -> list[Content]:
        """Why the list is empty."""
        if self.items:
            return []
        if self.search:
            return layout.wrapped(_("No matches."), width, "$faint")
        message = _("No reviews yet. [{key}] on the Week starts one.").format(key=self.key_of("review"))
        return layout.wrapped(message, width, "$faint")

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """The week at the left, its state at the right; below it the words."""
        return [self._block(review, width) for review in self.items]

    def _block(self, review: Review, width: int) -> list[Content]:
        today, dates = self.workspace.today(), self.workspace.week_dates(review.week)
        name = format_week(review.week) + (f" r{review.revision}" if review.revision > 1 else "")
        span = layout.text(f"  {format_date_range(dates[0], dates[-1], today)}", "$faint")
        if review.written is not None:
            date = self.workspace.near_date(self.workspace.day_of(review.written))
            state = layout.text(_("✓ written {date}").format(date=date), "$good")
        else:
            n = len(review.reviewed)
            state = layout.text(ngettext("◐ draft, {n} step of 8", "◐ draft, {n} steps of 8", n).format(n=n), "$flag")
        own = " ".join((review.words or "").split())
        words = layout.text(in_quotation_marks(own), "italic") if own else layout.text(_("no text"), "$faint")
        head = layout.row((name, "bold $strong"), span)
        return [layout.ends(head, state, width), layout.row("  ", layout.left(words, width - 2))]

    def show_hidden(self, above: int, below: int) -> None:
        """Show the number of reviews on the border."""
        count = ngettext("{n} review", "{n} reviews", len(self.items)).format(n=len(self.items))
        self.say_on_box(_("Reviews: {count}").format(count=count), above, below)


class Archive(SearchDialog[Review]):
    """Answers the review to open."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__("archive", _("Search the reviews"), ReviewRows(workspace))


#: The answer that asks for an amendment.
AMEND = "amend"

#: The greatest width of the page in cells: longer lines are hard to read.
WIDEST = 110


class WrittenPage(Page):
    """A written review; answers AMEND where an amendment is asked for."""

    BINDINGS = hidden_bindings(("m", "export('md')"), ("h", "export('html')"), ("c", "copy"), ("a", "amend"), *END_KEYS)

    def __init__(self, workspace: Workspace, review: Review) -> None:
        self._review = review
        self._page = without_front_matter(review.page or "")
        self._workspace, self._changes = workspace, reviewing.changes_since(workspace, review)
        title = format_week(review.name)
        if review.written is not None:
            date = workspace.near_date(workspace.day_of(review.written))
            title = _("{name}, written {date}").format(name=title, date=date)
        super().__init__(title, self._lines)

    def compose(self) -> ComposeResult:
        """The page, and its keys below."""
        yield Sheet(self._title, self._write)
        words = {"m": _("Markdown file"), "h": _("HTML file"), "c": _("copy"), "a": _("amend"), "esc": _("close")}
        yield Keycaps([Cap(key, label) for key, label in words.items()], id="written-keys")

    def _lines(self, width: int) -> list[Content]:
        """How the week differs from what is written, then the page."""
        text_width = min(width - 2, WIDEST)
        changed = []
        if self._changes:
            message = _("Changed since this review was written: {changes}. [a] writes a new version.")
            changed = [*layout.wrapped(message.format(changes=self._changes), text_width, "$foreground"), layout.BLANK]
        return [layout.row(" ", line) for line in (*changed, *markdown_lines(self._page, text_width))]

    def action_export(self, kind: str) -> None:
        """Ask for a path, and write the review to it."""
        folder = os.getcwd().replace(os.path.expanduser("~"), "~", 1)
        path = os.path.join(folder, f"{self._review.name}.{kind}")

        def read(line: str) -> tuple[str, Content]:
            return line.strip(), layout.text(_absolute(line.strip() or "."), "$faint")

        hint = _("another file of this name is not overwritten")
        save = partial(reviewing.export_review, self._workspace, self._review, html=kind == "html")
        dialog = LineDialog(_("Save the review as"), read, value=path, hint=hint, save=save)
        self.base_app.ask(dialog, self._exported)

    def _exported(self, path: str) -> None:
        self.app.notify(_("Saved: {path}").format(path=_absolute(path)), timeout=8)

    def action_copy(self) -> None:
        """Copy the page by the terminal's escape sequence, which some terminals do not allow."""
        self.app.copy_to_clipboard(self._page)
        self.app.notify(_("Copied, if your terminal allows it"), timeout=4)

    def action_amend(self) -> None:
        """Ask for the next revision."""
        self.answer(AMEND)


def _absolute(path: str) -> str:
    return os.path.abspath(os.path.expanduser(path))


#: `**bold**`, `*italic*`, `` `code` ``, and characters that a backslash makes plain.
_INLINE = re.compile(r"\\(?P<plain>[^\w\s]|_)|\*\*(?P<bold>.+?)\*\*|\*(?P<italic>[^*\s][^*]*?)\*|`(?P<code>[^`]+)`")
_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<words>.*)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?P<words>.*)")
_RULE = re.compile(r"\|?\s*:?-{2,}")
_CELL = re.compile(r"(?<!\\)\|")

_STYLES = {"bold": "bold $strong", "italic": "italic", "code": "$secondary"}


def markdown_lines(page: str, width: int) -> list[Content]:
    """The Markdown that `reports.markdown_page` writes, in lines of `width` cells; anything else as it stands.

    Nothing in it is read as Textual's markup.
    """
    return [line for block in _blocks(page.split("\n")) for line in _block_lines(block, width)]


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines that belong together: a code block, a table, a quotation; every other line by itself."""
    block: list[str] = []
    for line in lines:
        first = block[0] if block else ""
        is_fenced = first.startswith("```") and not (len(block) > 1 and block[-1].startswith("```"))
        if is_fenced or (line[:1] in ("|", ">") and line[:1] == first[:1]):
            block.append(line)
            continue
        if block:
            yield block
        block = [line]
    if block:
        yield block


def _block_lines(block: list[str], width: int) -> list[Content]:
    first = block[0]
    if first.startswith("```"):
        return [layout.left(layout.text(line, "$secondary"), width) for line in block[1:] if not line.startswith("```")]
    if first.startswith("|"):
        return _table(block, width)
    if first.startswith(">"):  # the user's own words, to the letter
        words = (line[1:].removeprefix(" ") for line in block)
        quoted = (layout.wrapped(line, width - 2, "$strong") or [layout.BLANK] for line in words)
        return [layout.row(("▎ ", "$good"), line) for lines in quoted for line in lines]
    if match := _HEADING.match(first):
        style = "bold $strong" if len(match["level"]) == 1 else "bold $primary"
        return [line.stylize(style) for line in _wrapped(match["words"], width)]
    if match := _ITEM.match(first):
        return layout.hanging(("· ", "$faint"), _wrapped(match["words"], width - 2))
    if first.strip() in ("---", "***"):
        return [layout.text("─" * width, "$line")]
    return _wrapped(first, width) or [layout.BLANK]


def _wrapped(words: str, width: int) -> list[Content]:
    return layout.folded(_inline(words), max(width, 1)) if words.strip() else []


def _inline(words: str) -> Content:
    """One line with its bold, italic and code parts."""
    parts: list[Content] = []
    end = 0
    for match in _INLINE.finditer(words):
        kind = match.lastgroup or "plain"
        inner = match[kind] if kind == "code" else re.sub(r"\\([^\w\s]|_)", r"\1", match[kind])
        parts += [layout.text(words[end : match.start()]), layout.text(inner, _STYLES.get(kind, ""))]
        end = match.end()
    return layout.row(*parts, words[end:])


#: What a column of figures has.
_DIGIT = re.compile(r"\d")


def _table(block: list[str], width: int) -> list[Content]:
    """The table in columns: a faint heading, figures at the right.

    Where it is too wide, columns without anything in them are left out, then the widest ones of figures: words, such as
    a verdict, stay whole. Then the first column gives way.
    """
    rows = [_cells(line) for line in block if not _RULE.match(line)]
    is_right = [cell.plain.endswith(":") for line in block[1:2] for cell in _cells(line) if _RULE.match(line)]
    count = max(map(len, rows), default=0)
    if not count:
        return [layout.BLANK]
    rows = [row + [layout.BLANK] * (count - len(row)) for row in rows]
    widths = _column_widths(rows, width)
    align = {n: layout.right if n and is_right[n : n + 1] == [True] else layout.left for n in widths}
    heading, *lines = (Content("  ").join([align[n](row[n], widths[n]) for n in widths]) for row in rows)
    return [layout.left(line, width) for line in (heading.stylize("$faint"), *lines)]


def _column_widths(rows: list[list[Content]], width: int) -> dict[int, int]:
    """The cells of each column that is shown, by its number, so that all of them fit `width` where they can."""
    widths = {column: max(row[column].cell_length for row in rows) for column in range(len(rows[0]))}

    def over() -> int:
        return sum(widths.values()) + 2 * (len(widths) - 1) - width

    empty = [column for column in widths if column and all(row[column].plain in ("", "–") for row in rows[1:])]
    while empty and over() > 0:
        del widths[empty.pop()]
    figures = [column for column in widths if column and any(_DIGIT.search(row[column].plain) for row in rows[1:])]
    figures.sort(key=lambda column: widths[column])
    while len(figures) > 1 and over() > 0:
        del widths[figures.pop()]
    widths[0] = max(widths[0] - max(over(), 0), min(widths[0], 6))
    return widths


def _cells(line: str) -> list[Content]:
    return [_inline(cell.strip()) for cell in _CELL.split(line.strip().removeprefix("|").removesuffix("|"))]
