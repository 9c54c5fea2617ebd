"""The patterns as lines: what is flagged with its evidence, then what is quiet, then what needs more days."""

from __future__ import annotations

from tracker.calendar.durations import say_duration
from tracker.locale import N_, _, ngettext
from tracker.record import Record
from tracker.tui import ink
from tracker.tui.widgets.rows import Rows, out_of_sight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from textual.content import Content

    from tracker.patterns.finding import Cluster, Finding

GLYPHS = {"flagged": ("⚑", "bold $flag"), "quiet": ("✓", "$good"), "not enough data": ("◌", "$faint")}


STATES = {"flagged": N_("flagged"), "quiet": N_("quiet"), "not enough data": N_("not enough data")}


class Shown(Record):
    """One line or more about a pattern; `about` is what enter opens."""

    state: str
    title: str
    words: str
    about: Finding
    #: The further patterns that this line stands for.
    others: tuple[Finding, ...] = ()
    #: What could be done instead, while it goes on.
    instead: tuple[str, ...] = ()


def title(name: str) -> str:
    """The plain-word name of a pattern."""
    from tracker.patterns.registry import pattern

    return pattern(name).title


def shown(findings: tuple[Finding, ...]) -> list[Shown]:
    """Every pattern in the order of its state."""
    order = list(GLYPHS)
    ranked = sorted(findings, key=lambda finding: order.index(finding.state))
    return [Shown(finding.state, title(finding.name), finding.evidence, finding) for finding in ranked]


def folded(items: list[Shown]) -> list[Shown]:
    """The same, with all that this version does not compute yet in one line at the end."""
    waiting = [item for item in items if item.state == "not enough data" and not item.about.figures]
    if len(waiting) < 2:
        return items
    says = _("{n} more patterns to come").format(n=len(waiting))
    findings = tuple(item.about for item in waiting)
    last = Shown("not enough data", says, ", ".join(item.title for item in waiting), waiting[0].about, findings)
    return [*(item for item in items if item not in waiting), last]


def cluster_words(cluster: Cluster, titles: dict[str, str], clock: str) -> str:
    """`14:02 · 7 openings of Instagram in 22m; usually about 1`."""
    names = ", ".join(titles.get(name, name) for name in cluster.channels)
    usual = _("usually none") if cluster.expected < 0.5 else _("usually about {n}").format(n=round(cluster.expected))
    count = cluster.openings
    says = ngettext("{count} opening", "{count} openings", count).format(count=count)
    return _("{clock} · {openings} in {time} ({names}); {usual}").format(
        clock=clock, openings=says, time=say_duration(max(cluster.end - cluster.start, 60)), names=names, usual=usual
    )


class Patterns(Rows):
    """A list of patterns; enter opens the evidence."""

    can_focus = False
    note = ""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.items: list[Shown] = []
        self._everything: list[Shown] = []
        self.title = ""

    def show(self, items: list[Shown], title: str) -> None:
        """Set what to list."""
        self.items = self._everything = items
        self.title = title
        self.set_class(any(item.state == "flagged" for item in items), "-flagged")
        self.redraw()

    def redraw(self) -> None:
        """All patterns one by one where there is room, else the waiting ones in one line."""
        many = self._everything
        self.items = many if self.content_size.height >= 2 * len(many) + 4 else folded(many)
        super().redraw()

    def count(self) -> int:
        """Every pattern can be opened."""
        return len(self.items)

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """Flagged ones with their evidence in full; where room is short, only the chosen one, the others by name."""
        for lines, roomy in ((6, 6), (5, 4), (5, 2), (5, 0), (4, 0), (3, 0), (2, 0)):
            found = [self._block(item, width, roomy, lines) for item in self.items]
            if sum(len(block) for block in found) <= height:
                gaps = height - sum(len(block) for block in found) >= len(found) - 1
                return [[*block, ink.BLANK] if gaps and block is not found[-1] else block for block in found]
        room = max(height - len(self.items), 1)
        return [self._block(item, width, 0, room * (place == self.chosen)) for place, item in enumerate(self.items)]

    def _block(self, item: Shown, width: int, roomy: int, lines: int) -> list[Content]:
        glyph, style = GLYPHS[item.state]
        loud = item.state == "flagged"
        head = ink.row(ink.text(f"{glyph} ", style), ink.text(item.title, style if loud else "$foreground"))
        most = lines if loud else roomy
        if most:
            says = ink.wrapped(item.words, width - 2, "$foreground" if loud else "$faint", most)
            says += ink.packed([ink.text(way, "$good") for way in item.instead], " · ", width - 2)
            return [head, *(ink.row("  ", line) for line in says)]
        state = "" if item.others or loud else f"  {_(STATES[item.state])}"
        return [ink.row(head, ink.text(state, "$faint"))]

    def more(self, above: int, below: int) -> None:
        """Say on the border what is out of sight."""
        hint = out_of_sight(above, below) or (_("⏎ evidence") if self.items else "")
        self.say(self.title, hint)
