"""The longer look: thirteen weeks, or a year of them, and every day of that year; one page to scroll through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from tracker.locale import _, ngettext
from tracker.reports.longer_look import QUARTER, YEAR
from tracker.tui import ink
from tracker.tui.modals.dialog import Page, Sheet
from tracker.tui.modals.longer_lines import page
from tracker.tui.widgets.keycaps import Cap, Keycaps

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.reports.longer_look import LongerReport

#: How many weeks are shown, by the key that shows them.
SPANS = {"1": QUARTER, "2": YEAR}


class LongerLook(Page):
    """A page over the whole screen, closed by escape, enter, q or the key that opened it."""

    BINDINGS = [
        Binding("1", f"span({QUARTER})", "13 weeks", show=False, id="longer-quarter", tooltip="the last 13 weeks"),
        Binding("2", f"span({YEAR})", "52 weeks", show=False, id="longer-year", tooltip="the last 52 weeks"),
        Binding("tab,left,right,h,l", "other", "Other", show=False, id="longer-other", tooltip="13 or 52 weeks"),
        Binding("home,0", "scroll(-9999)", "Top", show=False, id="longer-top", tooltip="to the top"),
        Binding("end", "scroll(9999)", "End", show=False, id="longer-end", tooltip="to the end"),
        Binding("Y", "leave", "Close", show=False, id="longer-close", tooltip="close"),
    ]

    def __init__(self, load: Callable[[], LongerReport], first_weekday: int, currency: str) -> None:
        super().__init__(_("The longer look"), self.lines)
        self.year: LongerReport | None = None
        self._load, self.first_weekday, self.currency = load, first_weekday, currency
        self.weeks = QUARTER
        #: What was written last, and for what: a line further down is no reason to draw twenty charts again.
        self._written: tuple[tuple[int, int, int], list[Content]] = ((0, 0, 0), [])

    def compose(self) -> ComposeResult:
        """The page, and its keys below."""
        yield Sheet(self._title, self.lines)
        yield Keycaps(self._caps(), id="longer-keys")

    def on_mount(self) -> None:
        """The page is there at once; a year is read in a thread, for it takes longer than a key may."""
        self.run_worker(self._look_back, thread=True, exit_on_error=False)

    def _look_back(self) -> None:
        self.app.call_from_thread(self._show, self._load())

    def _show(self, year: LongerReport) -> None:
        self.year = year
        if self.is_attached:
            self.query_one(Sheet).scroll_by(0)

    def lines(self, width: int) -> list[Content]:
        """The whole page at a width; until the year is read, a sign that it is."""
        if self.year is None:
            return [ink.text("  …", "$faint")]
        key = (self.weeks, width, self.app.size.height)
        if self._written[0] != key:
            lines = page(self.year, self.weeks, width, self.app.size.height, self.first_weekday, self.currency)
            self._written = (key, lines)
        return self._written[1]

    def action_span(self, weeks: int) -> None:
        """Show so many weeks, from the top."""
        self.weeks = weeks
        sheet = self.query_one(Sheet)
        sheet.top = 0
        sheet.scroll_by(0)
        self.query_one(Keycaps).show(self._caps())

    def action_other(self) -> None:
        """The other of the two."""
        self.action_span(next(weeks for weeks in SPANS.values() if weeks != self.weeks))

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """A key was clicked."""
        if message.key in SPANS:
            self.action_span(SPANS[message.key])
        elif message.key == "↑↓":
            self.action_scroll(15)
        else:
            self.action_leave()

    def _caps(self) -> list[Cap]:
        spans = [
            Cap(
                key,
                # Which of the two is shown is told by a sign, not by its colour alone.
                ("‹{}›" if weeks == self.weeks else "{}").format(
                    ngettext("{n} week", "{n} weeks", weeks).format(n=weeks)
                ),
                "bold $primary" if weeks == self.weeks else "",
            )
            for key, weeks in SPANS.items()
        ]
        return [*spans, Cap("↑↓", _("further")), Cap("esc", _("close"))]
