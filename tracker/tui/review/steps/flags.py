"""④ The patterns: at most three flags in full, five weeks of each, and what one says of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.analytics.patterns.registry import pattern
from tracker.formatting.text import capitalized
from tracker.formatting.times import format_week
from tracker.locale import N_, _, ngettext
from tracker.reports.review import MOST_FLAGS
from tracker.services import pattern_marks
from tracker.tui import ink, pattern_items
from tracker.tui.actions import pattern_actions
from tracker.tui.modals.evidence import open_evidence
from tracker.tui.review.choosing import Choosing, Line
from tracker.tui.screens.evidence import ASIDE, GLYPHS
from tracker.tui.widgets.keycaps import Cap

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.reports.patterns import PatternLook
    from tracker.tui.review.facts import Facts
    from tracker.tui.screens.evidence import Shown

#: Lines that the evidence of a flag may take.
TOLD = 3
#: What a week is told by, beside its figure.
NOTHING = "–"


class Flags(Choosing):
    """Flags with their evidence and five weeks, then all others by name."""

    name = "patterns"
    word = N_("Patterns")
    title = N_("The patterns")

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.items: list[Shown] = []
        self.looks: dict[str, tuple[PatternLook, ...]] = {}
        self._looked = False

    def load(self) -> None:
        """Every pattern as this week shows it, with what was said of it; the weeks before follow in their time."""
        self.items = pattern_items.patterns_of(self.workspace, self.facts.week)
        self.redraw()
        if not self._looked:
            self._looked = True
            self.run_worker(self._look_back, thread=True, exit_on_error=False)

    def _look_back(self) -> None:
        looks = pattern_marks.five_weeks(self.workspace, self.week)
        self.app.call_from_thread(self._seen, looks)

    def _seen(self, looks: dict[str, tuple[PatternLook, ...]]) -> None:
        self.looks = looks
        if self.is_attached:
            self.redraw()

    def count(self) -> int:
        """Every pattern can be explained."""
        return len(self.items)

    @property
    def flagged(self) -> int:
        """How many stand as flags: they come first."""
        return sum(item.state == "flagged" for item in self.items)

    def written(self, width: int, height: int) -> list[Line]:
        """One sentence, the flags, the rest: a line each, the chosen one of them with its words."""
        lines = [Line(line) for line in ink.wrapped(self._sentence(), width, "bold $strong")]
        lines.append(Line(ink.BLANK))
        full = min(self.flagged, MOST_FLAGS)
        for item in range(full):
            lines += [Line(line, item) for line in self._full(self.items[item], width)]
            lines.append(Line(ink.BLANK))
        for item in range(full, len(self.items)):
            lines.append(Line(self._brief(self.items[item], width), item))
            if item == self.chosen:
                lines += [Line(line, item) for line in self._evidence(self.items[item], width)]
        return lines

    def _sentence(self) -> str:
        aside = sum(item.state == ASIDE for item in self.items)
        quiet = sum(item.state == "quiet" for item in self.items)
        flags = self.flagged
        says = ngettext("{n} pattern stands out", "{n} patterns stand out", flags).format(n=flags)
        parts = [says if flags else _("No pattern stands out")]
        parts += [ngettext("{n} was set aside", "{n} were set aside", aside).format(n=aside)] if aside else []
        parts += [ngettext("{n} is quiet", "{n} are quiet", quiet).format(n=quiet)] if quiet else []
        waiting = len(self.items) - flags - aside - quiet
        more = ngettext("{n} needs more data", "{n} need more data", waiting).format(n=waiting)
        return ", ".join([*parts, *([more] if waiting else [])]) + "."

    def _full(self, item: Shown, width: int) -> list[Content]:
        glyph, style = GLYPHS[item.state]
        head = ink.row(ink.text(f"{glyph}  ", style), ink.text(item.title, style))
        return [head, *self._evidence(item, width), *self._weeks(item, width)]

    def _evidence(self, item: Shown, width: int) -> list[Content]:
        told = ink.wrapped(capitalized(item.words), width - 3, "$foreground", TOLD)
        return [ink.row("   ", line) for line in told]

    def _weeks(self, item: Shown, width: int) -> list[Content]:
        """`W43 ✓ 2   W44 ⚑ 4   bursts in 28 logged days, up to the end of each week`, this week last."""
        headline = pattern(item.about.name).key_figure
        parts = []
        for look in self.looks.get(item.about.name, ()):
            glyph, style = GLYPHS[look.state]
            figure = NOTHING if look.figure is None else headline.say(look.figure)
            name = format_week(look.week).rpartition("-")[2]
            parts.append(
                ink.row(ink.text(f"{name} ", "$faint"), ink.text(f"{glyph} ", style), ink.text(figure, "$foreground"))
            )
        lines = ink.packed(parts, "   ", width - 3)
        if lines:
            says = _("{figure}, up to the end of each week").format(figure=_(headline.words))
            *before, last = lines
            beside = ink.packed([last, ink.text(says, "italic $faint")], "   ", width - 3)
            whole = len(beside) == 1
            lines = [*before, *(beside if whole else (last, *ink.wrapped(says, width - 3, "italic $faint")))]
        return [ink.row("   ", line) for line in lines]

    def _brief(self, item: Shown, width: int) -> Content:
        glyph, style = GLYPHS[item.state]
        loud = item.state == "flagged"
        head = ink.row(ink.text(f"{glyph}  ", style), ink.text(item.title, style if loud else "$foreground"))
        beside = ink.text(item.aside, "$faint") if item.aside else self._signs(item)
        return ink.ends(head, beside, width)

    def _signs(self, item: Shown) -> Content:
        """The five weeks by their signs alone."""
        looks = self.looks.get(item.about.name, ())
        return ink.text(" ").join([ink.text(*GLYPHS[look.state]) for look in looks])

    def caps(self) -> list[Cap]:
        """Look closer, and say something of it."""
        if not self.items:
            return []
        said = self.items[self.chosen].aside
        return [Cap("e", _("explain")), *([Cap("T", _("take back"))] if said else []),
                Cap("N", _("not now")), Cap("X", _("expected"))]  # fmt: skip

    def press(self, key: str) -> bool:
        """As in the evidence and on the Week."""
        if not self.items or key not in ("e", "N", "X", "T"):
            return super().press(key)
        name = self.items[self.chosen].about.name
        base_app = self.base_app()
        does = {
            "N": partial(pattern_actions.not_now_of, base_app),
            "X": partial(pattern_actions.expected_of, base_app),
            "T": partial(pattern_actions.take_back_of, base_app),
        }
        if key == "e":
            open_evidence(base_app, name, partial(pattern_items.patterns_of, self.workspace, self.facts.week))
        else:
            does[key](name)
            self.load()
        return True

    def opened(self) -> None:
        """Clicked once more: explain it."""
        self.press("e")
