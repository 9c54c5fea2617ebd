"""A written review to read, its Markdown drawn as lines; it can be exported, copied and amended."""

from __future__ import annotations

import os
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.content import Content

from tracker.domain.errors import TrackerError
from tracker.formatting.times import format_near_date
from tracker.locale import _
from tracker.reports.renderers.markdown import without_front_matter
from tracker.services import reviewing
from tracker.tui import ink
from tracker.tui.keys import hidden_bindings
from tracker.tui.modals.dialog import Page
from tracker.tui.modals.line import LineDialog
from tracker.tui.review.step import hanging
from tracker.tui.widgets.keycaps import Cap, Keycaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.app import ComposeResult

    from tracker.domain.models import Review
    from tracker.workspace import Workspace

#: The answer that asks for an amendment.
AMEND = "amend"

#: The page is at most so many cells wide: longer lines are hard to read.
WIDEST = 110


class SaveDialog(LineDialog[str]):
    """Answers the path once the file is written; an error is shown and leaves the dialog open."""

    save: Callable[[str], None]

    def answer(self, value: Any = None) -> None:
        """Write the file before closing."""
        try:
            if value is not None and not self.answered:
                self.save(value)
        except TrackerError as error:
            self.refuse(error)
        else:
            super().answer(value)


class WrittenPage(Page):
    """A written review; answers AMEND where an amendment is asked for."""

    BINDINGS = hidden_bindings(
        "written",
        ("md", "m", "export('md')", "Markdown", "to a Markdown file"),
        ("html", "h", "export('html')", "HTML", "to a page to print or to send"),
        ("copy", "c", "copy", "Copy", "to the clipboard"),
        ("amend", "a", "amend", "Amend", "put it right; this version stays"),
        ("top", "home,0", "scroll(-9999)", "Top", "to the top"),
        ("end", "end", "scroll(9999)", "End", "to the end"),
    )

    def __init__(self, workspace: Workspace, review: Review) -> None:
        self._review = review
        self._page = without_front_matter(review.page or "")
        self._workspace, self._changes = workspace, reviewing.changes_since(workspace, review)
        #: The lines at a width: every arrow draws them again.
        self._drawn: tuple[int, list[Content]] = (0, [])
        title = review.name
        if review.written is not None:
            date = format_near_date(workspace.day_of(review.written), workspace.today())
            title = _("{name}, written {date}").format(name=review.name, date=date)
        super().__init__(title, self._lines)

    def compose(self) -> ComposeResult:
        """The page, and its keys below."""
        yield from super().compose()
        caps = [
            Cap("m", _("Markdown file")),
            Cap("h", _("HTML file")),
            Cap("c", _("copy")),
            Cap("a", _("amend")),
            Cap("esc", _("close")),
        ]
        yield Keycaps(caps, id="written-keys")

    def _lines(self, width: int) -> list[Content]:
        """How the week differs from what is written, then the page."""
        if self._drawn[0] != width:
            room = min(width - 2, WIDEST)
            changed = []
            if self._changes:
                message = _("Changed since this review was written: {changes}. [a] writes a new version.")
                changed = [*ink.wrapped(message.format(changes=self._changes), room, "$foreground"), ink.BLANK]
            lines = [ink.row(" ", line) for line in (*changed, *markdown_lines(self._page, room))]
            self._drawn = (width, lines)
        return self._drawn[1]

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """Handle a click on a key."""
        actions: dict[str, Callable[[], object]] = {
            "m": partial(self.action_export, "md"),
            "h": partial(self.action_export, "html"),
            "c": self.action_copy,
            "a": self.action_amend,
        }
        actions.get(message.key, self.action_leave)()

    def action_export(self, kind: str) -> None:
        """Ask for a path, and write the review to it."""
        folder = os.getcwd().replace(os.path.expanduser("~"), "~", 1)
        dialog = SaveDialog(
            _("Write the review to"),
            lambda line: (line.strip(), ink.text(os.path.abspath(os.path.expanduser(line.strip() or ".")), "$faint")),
            value=os.path.join(folder, f"{self._review.name}.{kind}"),
            hint=_("a file that is there and says something else stays as it is"),
        )
        dialog.save = partial(reviewing.export_review, self._workspace, self._review, html=kind == "html")
        dialog.then = self._exported
        self.app.push_screen(dialog)

    def _exported(self, path: str) -> None:
        place = os.path.abspath(os.path.expanduser(path))
        self.app.notify(_("The review is in {path}").format(path=place), timeout=8, markup=False)

    def action_copy(self) -> None:
        """Copy the page by the terminal's escape sequence, which some terminals do not allow."""
        self.app.copy_to_clipboard(self._page)
        self.app.notify(_("Copied, where your terminal allows it"), timeout=4, markup=False)

    def action_amend(self) -> None:
        """Ask for the next revision."""
        self.answer(AMEND)


#: `**bold**`, `*italic*`, `` `code` ``, and characters that a backslash makes plain.
_INLINE = re.compile(r"\\(?P<plain>[^\w\s])|\*\*(?P<bold>.+?)\*\*|\*(?P<italic>[^*\s][^*]*?)\*|`(?P<code>[^`]+)`")
_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<words>.*)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?P<words>.*)")
_RULE = re.compile(r"\|?\s*:?-{2,}")
_CELL = re.compile(r"(?<!\\)\|")

_STYLES = {"bold": "bold $strong", "italic": "italic", "code": "$secondary"}


def markdown_lines(page: str, width: int) -> list[Content]:
    """The Markdown that `reports.renderers.markdown` writes, in lines of `width` cells; anything else as it stands.

    Nothing in it is read as Textual's markup.
    """
    return [line for block in _blocks(page.split("\n")) for line in _block_lines(block, width)]


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines that belong together: a code block, a table, a quotation; every other line by itself."""
    block: list[str] = []
    for line in lines:
        fenced = bool(block) and block[0].startswith("```")
        if fenced:
            block.append(line)
            if line.startswith("```"):
                yield block
                block = []
        elif block and line[:1] == block[0][:1] and line[:1] in "|>" and line:
            block.append(line)
        else:
            if block:
                yield block
            block = [line]
    if block:
        yield block


def _block_lines(block: list[str], width: int) -> list[Content]:
    first = block[0]
    if first.startswith("```"):
        return [ink.left(ink.text(line, "$secondary"), width) for line in block[1:] if not line.startswith("```")]
    if first.startswith("|"):
        return _table(block, width)
    if first.startswith(">"):  # the user's own words, to the letter
        quoted: list[Content] = []
        for line in block:
            quoted += ink.wrapped(line[1:].removeprefix(" "), width - 2, "$strong") or [ink.BLANK]
        return [ink.row(ink.text("▎ ", "$good"), line) for line in quoted]
    if match := _HEADING.match(first):
        style = "bold $strong" if len(match["level"]) == 1 else "bold $primary"
        return [line.stylize(style) for line in _wrapped(match["words"], width)]
    if match := _ITEM.match(first):
        return hanging(ink.text("· ", "$faint"), _wrapped(match["words"], width - 2))
    if first.strip() in ("---", "***"):
        return [ink.text("─" * width, "$line")]
    return _wrapped(first, width) or [ink.BLANK]


def _wrapped(words: str, width: int) -> list[Content]:
    return ink.folded(_inline(words), max(width, 1)) if words.strip() else []


def _inline(words: str) -> Content:
    """One line with its bold, italic and code parts."""
    parts: list[Content] = []
    place = 0
    for match in _INLINE.finditer(words):
        kind = match.lastgroup or "plain"
        inner = match[kind] if kind == "code" else re.sub(r"\\([^\w\s])", r"\1", match[kind])
        parts += [ink.text(words[place : match.start()]), ink.text(inner, _STYLES.get(kind, ""))]
        place = match.end()
    return ink.row(*parts, ink.text(words[place:]))


def _table(block: list[str], width: int) -> list[Content]:
    """The table in columns: a faint heading, figures at the right; the first column gives way where it is too wide."""
    rows = [_cells(line) for line in block if not _RULE.match(line)]
    is_right = [cell.plain.endswith(":") for line in block[1:2] for cell in _cells(line) if _RULE.match(line)]
    count = max(map(len, rows), default=0)
    if not count:
        return [ink.BLANK]
    rows = [row + [ink.BLANK] * (count - len(row)) for row in rows]
    widths = [max(row[place].cell_length for row in rows) for place in range(count)]
    over = sum(widths) + 2 * (count - 1) - width
    if over > 0:
        widths[0] = max(widths[0] - over, 6)
    lines = []
    for number, row in enumerate(rows):
        aligned = [ink.right if n and n < len(is_right) and is_right[n] else ink.left for n in range(count)]
        cells = [align(cell, cells) for align, cell, cells in zip(aligned, row, widths, strict=True)]
        line = Content("  ").join(cells)
        lines.append(ink.left(line.stylize("$faint") if not number else line, width))
    return lines


def _cells(line: str) -> list[Content]:
    return [_inline(cell.strip()) for cell in _CELL.split(line.strip().removeprefix("|").removesuffix("|"))]
