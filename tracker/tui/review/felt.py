"""What a week felt like beside what was logged: two bars on one ground for everything that was guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.coverage import LEAST_DAYS, too_little
from tracker.calendar.durations import MINUTE
from tracker.formatting.durations import format_duration
from tracker.formatting.numbers import format_signed_percent, percent_change
from tracker.locale import _
from tracker.tui import ink
from tracker.tui.review.against import coverage
from tracker.tui.theme import hue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.content import Content

    from tracker.reports.comparison import WeekComparison

#: Seconds that make no difference worth a word.
NEAR = 5 * MINUTE

#: Lines between two channels, where there is room for so many.
MOST_APART = 2


class Felt(NamedTuple):
    """Seconds of one channel (or, without a name, of all): guessed, if that was, and logged."""

    channel: str | None
    title: str
    guessed: int | None
    logged: int
    #: Whether enough days were logged to compare the two.
    known: bool = True

    @property
    def difference(self) -> int:
        """Seconds it was more than it felt, of the minutes that are said of both, so that the sum is right."""
        return (self.logged // MINUTE - (self.guessed or 0) // MINUTE) * MINUTE

    @property
    def style(self) -> str:
        """The channel's colour."""
        return hue(self.channel) if self.channel else "$strong"


def felt(found: WeekComparison, guesses: Mapping[str | None, int], width: int, height: int) -> list[Content]:
    """One sentence, then everything that was guessed or logged; on days of which not all were, that too."""
    if not found.logged_days:
        return ink.wrapped(sentence(Felt(None, "", None, 0), found), width, "bold $strong")
    known = found.logged_days >= LEAST_DAYS
    rows = [Felt(None, _("All of it"), guesses.get(None), found.total.seconds, known)]
    channels = [one for one in found.channels if one.kind == "social" and (one.seconds or one.name in guesses)]
    rows += [Felt(one.name, one.title, guesses.get(one.name), one.seconds, known) for one in channels]
    named = {row.channel for row in rows}
    titles = [name for name in guesses if name not in named]
    rows += [Felt(name, name or "", guesses[name], 0, known) for name in titles]
    head = ink.wrapped(sentence(rows[0], found), width, "bold $strong")
    head += [*([coverage(found)] if known and found.logged_days < found.elapsed else []), ink.BLANK]
    room = height - len(head)
    blocks = _pairs(rows, width)
    if not known or sum(len(block) for block in blocks) > room:
        return [*head, *_table(rows, width)]
    gap = min((room - sum(map(len, blocks))) // max(len(blocks) - 1, 1), MOST_APART)
    lines = [line for block in blocks for line in (*block, *[ink.BLANK] * gap)]
    return [*head, *lines[: len(lines) - gap]]


def sentence(whole: Felt, found: WeekComparison) -> str:
    """`It was 2h 37m more than it felt: 13h 37m, and you guessed 11h (-19 %).`"""
    logged = format_duration(whole.logged)
    if not found.logged_days:
        return _("Nothing was logged in this week: how long it was is not known.")
    if not whole.known:
        return f"{too_little(found.logged_days)}."
    if whole.guessed is None:
        return _("It was {time}. Guessing first shows next time how well you feel it.").format(time=logged)
    difference, guessed = whole.difference, format_duration(whole.guessed)
    if abs(difference) < NEAR:
        return _("It was {time}, just as it felt.").format(time=logged)
    percent = percent_change(whole.guessed, whole.logged)
    share = f" ({format_signed_percent(percent)})" if percent is not None else ""
    more = _("It was {difference} more than it felt: {time}, and you guessed {guessed}")
    less = _("It was {difference} less than it felt: {time}, and you guessed {guessed}")
    says = (more if difference > 0 else less).format(
        difference=format_duration(abs(difference)), time=logged, guessed=guessed
    )
    return f"{says}{share}."


def _pairs(rows: list[Felt], width: int) -> list[list[Content]]:
    """Two lines each, or one where nothing was guessed; all bars stand for the same."""
    label = min(max(ink.widest(row.title for row in rows), 8), width // 4) + 1
    word = max(ink.widest((_("felt"), _("logged"))), 4) + 1
    figure = ink.widest(format_duration(seconds) for row in rows for seconds in (row.guessed or 0, row.logged)) + 2
    more = ink.widest(difference(row) for row in rows) + 2 if width >= 66 else 0
    length = width - label - word - figure - more
    whole = max([row.logged for row in rows] + [row.guessed or 0 for row in rows] + [1])
    found = []
    for row in rows:
        head, block = row.title, []
        if row.guessed is not None:
            shade = "▒" * max(round(row.guessed / whole * length), 1 if row.guessed else 0)
            block.append(
                ink.row(
                    ink.left(head, label, f"bold {row.style}"), ink.left(_("felt"), word, "$faint"),
                    ink.left(ink.text(shade, row.style), length),
                    ink.right(format_duration(row.guessed), figure, "$foreground"),
                )
            )  # fmt: skip
            head = ""
        block.append(
            ink.row(
                ink.left(head, label, f"bold {row.style}"), ink.left(_("logged"), word, "$faint"),
                ink.stacked([(row.logged, row.style, "")], whole, length, 0),
                ink.right(format_duration(row.logged), figure, "bold"),
                ink.left(f"  {difference(row)}", more, "$faint"),
            )
        )  # fmt: skip
        found.append(block)
    return found


def _table(rows: list[Felt], width: int) -> list[Content]:
    """A line each, where there is room for no more, or bars side by side would compare what cannot be."""
    label = min(max(ink.widest(row.title for row in rows), 8), width // 3) + 1
    guessed = ["–" if row.guessed is None else format_duration(row.guessed) for row in rows]
    first = ink.widest((_("felt"), *guessed)) + 1
    second = ink.widest((_("logged"), *(format_duration(row.logged) for row in rows))) + 2
    head = ink.row(" " * label, ink.right(_("felt"), first, "$faint"), ink.right(_("logged"), second, "$faint"))
    return [
        head,
        *(
            ink.row(
                ink.left(row.title, label, f"bold {row.style}"),
                ink.right(said, first),
                ink.right(format_duration(row.logged), second, "bold"),
                ink.text(f"  {difference(row)}", "$faint"),
            )
            for row, said in zip(rows, guessed, strict=True)
        ),
    ]


def difference(row: Felt) -> str:
    """`2h 37m more`, `20m less`, `as felt`; nothing where nothing was guessed, or too few days logged."""
    if row.guessed is None or not row.known:
        return ""
    seconds = row.difference
    if abs(seconds) < NEAR:
        return _("as felt")
    says = _("{time} more") if seconds > 0 else _("{time} less")
    return says.format(time=format_duration(abs(seconds)))
