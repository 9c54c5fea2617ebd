"""The patterns as items (state, title, evidence, the user's mark), and the panel that lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from tracker.analytics.patterns.pattern import FLAGGED, NOT_ENOUGH, QUIET, STATES, Cluster, Finding, say_usual_openings
from tracker.domain.record import Record
from tracker.formatting.numbers import round_to_int
from tracker.formatting.text import format_opening_count, format_waiting_count
from tracker.formatting.times import format_duration, format_near_day_and_month
from tracker.locale import _, ngettext
from tracker.services import pattern_marks, queries
from tracker.tui import layout
from tracker.tui.keys import BY_ID
from tracker.tui.widgets.panel import CORNERS, Rows, say_hidden

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.content import Content
    from textual.geometry import Size

    from tracker.reports.patterns import Flag, PatternLook
    from tracker.reports.week import Week
    from tracker.workspace import Workspace

    #: Reads every pattern again, one line each.
    Loader = Callable[[], "list[PatternItem]"]

#: The state of a flag that the user has set aside: expected, or muted.
ASIDE = "aside"

GLYPHS = {FLAGGED: ("⚑", "bold $flag"), ASIDE: ("⚐", "$faint"), QUIET: ("✓", "$good"), NOT_ENOUGH: ("◌", "$faint")}


class PatternItem(Record):
    """One line or more about a pattern; `finding` is what enter opens."""

    #: One of GLYPHS.
    state: str
    title: str
    words: str
    finding: Finding
    #: The further patterns that this line stands for.
    others: tuple[Finding, ...] = ()
    #: What could be done instead, while a burst goes on.
    instead: tuple[str, ...] = ()
    #: Raised today.
    new: bool = False
    #: A flag of the last days that has ended, which the words say.
    ended: bool = False
    #: Why a flag is grey: `expected: campaign`, `muted until 24 Dec`.
    aside: str = ""
    #: The last weeks, this one last; empty where they are not shown.
    weeks: tuple[PatternLook, ...] = ()
    #: The title where the whole one has no room in a line; empty where it has no shorter one.
    shorter: str = ""


def title(name: str) -> str:
    """The plain-word name of a pattern."""
    from tracker.analytics.patterns.registry import pattern

    return pattern(name).title


def ranked(items: Iterable[PatternItem]) -> list[PatternItem]:
    """New flags first, then the others by how far past their threshold they are, then by state."""
    order = list(GLYPHS)
    return sorted(items, key=lambda item: (order.index(item.state), not item.new, -item.finding.margin))


def folded(items: Sequence[PatternItem]) -> list[PatternItem]:
    """Only the flags one by one, and those that have just ended: all that is quiet or needs more in one last line."""
    rest = [item for item in items if item.state in (QUIET, NOT_ENOUGH) and not item.ended]
    if len(rest) < 2:
        return list(items)
    return [*(item for item in items if item not in rest), *_counting_line(rest)]


def _counting_line(rest: Sequence[PatternItem]) -> list[PatternItem]:
    """`9 quiet · 3 need more data`: one line that counts all of them; none for none."""
    if not rest:
        return []
    quiet = sum(item.state == QUIET for item in rest)
    waiting = len(rest) - quiet
    parts = [ngettext("{n} quiet", "{n} quiet", quiet).format(n=quiet)] if quiet else []
    parts += [format_waiting_count(waiting)] if waiting else []
    shorter = ngettext("{n} not flagged", "{n} not flagged", len(rest)).format(n=len(rest))
    first, *others = rest
    further = tuple(item.finding for item in others)
    return [PatternItem(first.state, " · ".join(parts), "", first.finding, further, shorter=shorter)]


def cluster_words(cluster: Cluster, titles: dict[str, str], clock: str) -> str:
    """`14:02 · 7 openings of Instagram in 22m; usually about 1`."""
    names = ", ".join(titles.get(name, name) for name in cluster.channels)
    openings, usual = format_opening_count(cluster.openings), say_usual_openings(cluster.expected)
    time = format_duration(max(cluster.end - cluster.start, 60))
    message = _("{clock} · {openings} in {time} ({names}); {usual}")
    return message.format(clock=clock, openings=openings, time=time, names=names, usual=usual)


#: The lines of words that a list of all patterns leaves room for.
LEAST_WORDS = 3
#: A sentence for which there is no room is cut where so many lines of it are seen, else left out.
LEAST_SEEN = 4


class PatternsPanel(Rows):
    """A list of patterns; enter opens the evidence. A sentence is shown whole, or not at all where none has room."""

    items: Sequence[PatternItem] = ()
    everything: Sequence[PatternItem] = ()
    #: Reads every pattern again, as of the day or week that is shown.
    loader: Loader | None = None

    def show(self, items: list[PatternItem], title: str) -> None:
        """Set what to list; the same pattern stays chosen."""
        before, moved = self.item(), self.chosen > 0
        self.items = self.everything = items
        self.title = title
        self.set_class(any(item.state == FLAGGED for item in items), "-flagged")
        self.redraw()
        if before and moved:
            self.choose_pattern(before.finding.name)

    def item(self) -> PatternItem | None:
        """The chosen one."""
        return self.items[self.chosen] if self.chosen < len(self.items) else None

    def choose_pattern(self, name: str) -> None:
        """Choose the line of a pattern, if it has one of its own."""
        names = [item.finding.name for item in self.items]
        if name in names:
            self.choose(names.index(name))

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """Everything by name, with whole sentences: the first wanted one has its lines before the other names."""
        heads = [self._head(item, width) for item in self.items]
        ways = [self._instead(item, width) for item in self.items]
        lines = [len(head) + len(way) for head, way in zip(heads, ways, strict=True)]
        available, counts = height - sum(lines), [0] * len(lines)
        for number, index in enumerate(self._wanted()):
            most = available if number else height - lines[index]
            needed = len(self._words(self.items[index], width))
            enough = min(needed, LEAST_SEEN)
            counts[index] = min(needed, most) if most >= enough else 0
            available -= counts[index]
        blocks = [
            [*head, *self._words(item, width, count), *way]
            for head, item, count, way in zip(heads, self.items, counts, ways, strict=True)
        ]
        gap = [layout.BLANK] if available >= len(blocks) - 1 else []
        return [*([*block, *gap] for block in blocks[:-1]), *blocks[-1:]]

    def _wanted(self) -> list[int]:
        """Whose words get their lines, in this order: the chosen one, new flags, the other flags, the others."""
        order = list(GLYPHS)
        ranks = [(n != self.chosen, order.index(item.state), not item.new) for n, item in enumerate(self.items)]
        return sorted(range(len(ranks)), key=ranks.__getitem__)

    def _head(self, item: PatternItem, width: int) -> list[Content]:
        """The title in a line, with what fits beside it; over several lines where it is longer than that."""
        glyph, style = GLYPHS[item.state]
        loud = item.state == FLAGGED
        titles = [title for title in (item.title, item.shorter) if title]
        if item.new:  # which matters less than the title
            titles.insert(0, _("{title}, new").format(title=item.title))
        words = next((title for title in titles if cell_len(title) + 2 <= width), titles[-1])
        words_style = "$faint" if item.aside else "$foreground"
        if loud:
            words_style = style
        if cell_len(words) + 2 > width:
            return layout.hanging((f"{glyph} ", style), layout.wrapped(words, width - 2, words_style))
        head = layout.row((f"{glyph} ", style), (words, words_style))
        if item.weeks:
            seen = max(min(len(item.weeks), width - head.cell_length - 1), 0)  # a title is not cut for an old week
            cells = week_cells(item.weeks)[len(item.weeks) - seen :]
            return [layout.ends(head, cells, width) if seen else head]
        beside = "" if item.others or item.aside or loud else _(STATES[item.state])
        fits = head.cell_length + 2 + cell_len(beside) <= width
        return [layout.ends(head, (beside, "$faint"), width) if beside and fits else head]

    def _words(self, item: PatternItem, width: int, most: int = 99) -> list[Content]:
        text = f"{item.aside} · {item.words}" if item.aside else item.words
        style = "$foreground" if item.state == FLAGGED else "$faint"
        return layout.indented(2, layout.wrapped(text, width - 2, style, most)) if text else []

    def _instead(self, item: PatternItem, width: int) -> list[Content]:
        ways = layout.packed([layout.text(way, "$good") for way in item.instead], " · ", width - 2)
        return layout.indented(2, ways)

    def show_hidden(self, above: int, below: int) -> None:
        """Say on the border what is out of sight, or what can be pressed."""
        hidden = say_hidden(above, below)
        keys = self._keys(cell_len(hidden) + 3 if hidden else 0)
        heading = self.title if cell_len(self.title) <= self.outer_size.width - CORNERS else _("Patterns")
        self.say(heading, " · ".join(filter(None, (hidden, keys))))

    def _keys(self, taken: int = 0) -> str:
        """`⏎ evidence · N not now · X expected`: of the chosen one; where room is short the words go, the keys stay.

        `taken` cells of the border have other words.
        """
        item = self.item()
        if item is None:
            return ""
        names: tuple[str, ...] = ("mute", "expected") if item.state == FLAGGED else ()
        if item.aside:
            names = ("show_again",)
        keys = [(self.key_of("open"), _("evidence"))]
        keys += [(self.key_of(name), _(BY_ID[name].label).lower()) for name in names]
        return shortened(keys, self.outer_size.width - CORNERS - taken)


class TodaysPatterns(PatternsPanel):
    """The patterns of the Timer: the flags by name, all others counted in one line, whatever room there is."""

    def bursts(self, today: str) -> tuple[Cluster, ...]:
        """Today's bursts among the patterns shown, but for those that the user has set aside."""
        return queries.clusters_of(tuple(item.finding for item in self.everything if not item.aside), today)

    def redraw(self) -> None:
        """Fold what is not flagged, also what was until a few days ago."""
        self.items = folded([item._replace(ended=False) for item in self.everything])
        if all(item.state == NOT_ENOUGH for item in self.everything):
            title = _("none yet; most need 14 logged days")
            self.items = [item._replace(title=title, shorter=item.title) for item in self.items]
        Rows.redraw(self)


class WeekPatterns(PatternsPanel):
    """The patterns of a week: titles with five weeks of marks, and the words of the chosen one alone.

    Those that need more data are counted in the last line, and so are the quiet ones where there is no room for them.
    """

    #: How many lines the panel above it takes at least and at most, where the two share a column.
    above = (0, 0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The names with the longest of their sentences, which the panel above gives way to; all that is left over."""
        items = folded(self.everything)
        wanted = len(items) + max((len(self._words(item, width - 1)) for item in items), default=0)
        least, most = (container.height - lines for lines in reversed(self.above))  # the room inside the border
        return max(least, min(wanted, most), 1)

    def show(self, items: list[PatternItem], title: str) -> None:
        """Set what to list, in a panel as high as that needs."""
        super().show(items, title)
        self.refresh(layout=True)

    def redraw(self) -> None:
        """Every pattern with data one by one where there is room for them and the words of one."""
        judged = [item for item in self.everything if item.state != NOT_ENOUGH]
        waiting = [item for item in self.everything if item.state == NOT_ENOUGH]
        if not judged or self.content_size.height > len(judged) + LEAST_WORDS:
            message = _("Keep logging. Evidence says what each one needs.")
            self.items = [*judged, *(line._replace(words=message) for line in _counting_line(waiting))]
        else:
            self.items = folded(self.everything)
        Rows.redraw(self)

    def _wanted(self) -> list[int]:
        return [self.chosen] if self.chosen < len(self.items) else []  # none where the file cannot be read


def shortened(keys: Sequence[tuple[str, str]], available: int) -> str:
    """`⏎ evidence · N not now`, `⏎ · N not now`, `⏎ · N`: every key, and as many of the last words as fit."""
    steps = [
        " · ".join(key if index < bare else f"{key} {word}" for index, (key, word) in enumerate(keys))
        for bare in range(len(keys) + 1)
    ]
    return next((step for step in steps if cell_len(step) <= available), steps[-1])


#: The eighths of a line that the week with the highest figure takes, so that rows stay apart.
_HIGHEST = 6


def week_cells(looks: Sequence[PatternLook]) -> Content:
    """A cell for each week, this one last: how large its figure was, and underlined where it was flagged."""
    top = max((abs(look.figure or 0) for look in looks), default=0)
    cells = []
    for look in looks:
        height = max(1, round_to_int(_HIGHEST * abs(look.figure or 0) / top)) if top > 0 else 1
        sign = GLYPHS[NOT_ENOUGH][0] if look.state == NOT_ENOUGH else layout.RISING[height]
        cells.append(layout.text(sign, "bold underline $flag" if look.state == FLAGGED else "$faint"))
    return layout.row(*cells)


#: The name under which the file stores which flag was mentioned, and on which day.
_MENTIONED = "flag said"


def _item(flag: Flag, today: str) -> PatternItem:
    finding: Finding = flag.finding
    aside = ""
    if flag.dismissed_until is not None:
        aside = _("muted until {date}").format(date=format_near_day_and_month(flag.dismissed_until, today))
    elif flag.expected is not None:
        aside = _("expected: {why}").format(why=flag.expected) if flag.expected else _("expected")
    state = ASIDE if aside and finding.state == FLAGGED else finding.state
    name, words, ended = title(finding.name), finding.evidence, flag.ended is not None
    if flag.ended:
        date = format_near_day_and_month(flag.ended, today)
        words = _("flagged until {date}; {evidence}").format(date=date, evidence=words)
    return PatternItem(state, name, words, finding, new=flag.new, ended=ended, aside=aside)


def patterns_today(workspace: Workspace) -> list[PatternItem]:
    """Every pattern as of today, the flags first."""
    today = workspace.today()
    return ranked(_item(flag, today) for flag in pattern_marks.flags_today(workspace))


def patterns_on(workspace: Workspace, date: str) -> list[PatternItem]:
    """Every pattern as of the day `date`, with today's marks of the user."""
    return _as_marked(workspace, queries.findings_until(workspace, date), is_today=date == workspace.today())


def patterns_of(workspace: Workspace, week: Week) -> list[PatternItem]:
    """Every pattern as a week shows it, with today's marks of the user."""
    return _as_marked(workspace, week.patterns, is_today=workspace.today() in week.dates)


def patterns_in(workspace: Workspace, name: str) -> list[PatternItem]:
    """The same of a week by its name, read again: thresholds and sessions may have changed."""
    return patterns_of(workspace, queries.week(workspace, name))


def _as_marked(workspace: Workspace, findings: Sequence[Finding], *, is_today: bool) -> list[PatternItem]:
    """The findings with today's marks of the user; new only where they are of today."""
    today = workspace.today()
    items = [_item(flag, today) for flag in pattern_marks.flags_of(workspace, findings)]
    return ranked(item._replace(new=item.new and is_today) for item in items)


def new_flag(workspace: Workspace, items: Iterable[PatternItem]) -> PatternItem | None:
    """The new flag of today, or None where this run or an earlier one has mentioned it already."""
    raised = next((item for item in items if item.new), None)
    if raised is None:
        return None
    mention = f"{workspace.today()} {raised.finding.name}"
    if workspace.remembered(_MENTIONED) == mention:
        return None
    workspace.remember(_MENTIONED, mention)
    return raised
