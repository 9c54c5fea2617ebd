"""Charts of plain text: bars, a heatmap and sparklines that any Markdown viewer, pipe or e-mail shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.text import clean
from tracker.formatting.tables import cell_width, ljust, take_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

#: From nothing to the most.
SHADES = "·░▒▓█"
SPARKS = "▁▂▃▄▅▆▇█"

#: A week that is not known, in a line of weeks.
GAP = "?"

#: How many letters of a name, and how many blocks of the longest bar.
NAME_WIDTH, BAR_WIDTH = 16, 28


def bars(rows: Sequence[tuple[str, int, str]]) -> list[str]:
    """One line for each (name, amount, words behind), the longest bar for the largest amount."""
    most = max((amount for _name, amount, _words in rows), default=0)
    space = min(max((cell_width(name) for name, _amount, _words in rows), default=0), NAME_WIDTH)
    return [
        f"{_fitted(name, space)}  {bar(amount, most)}{' ' if amount else ''}{words}" for name, amount, words in rows
    ]


def bar(amount: int, most: int, room: int = BAR_WIDTH) -> str:
    """A bar of blocks, to an eighth of one."""
    blocks, eighths = divmod(round(amount * room * 8 / most) if most else 0, 8)
    return "█" * blocks + " ▏▎▍▌▋▊▉"[eighths].strip()


def heatmap(
    names: Sequence[str], hours: Sequence[Sequence[int | None]], first_hour: int = 0, begun: int = 7
) -> list[str]:
    """Days by the 24 hours of the clock from `first_hour` on, one shade each: · for none, █ for the most of any.

    A day that is not known has None in its hours, and `?` for each; those after the first `begun` are to come.
    """
    order = [(first_hour + hour) % 24 for hour in range(24)]
    most = max((count or 0 for day in hours for count in day), default=0)
    space = max((cell_width(name) for name in names), default=0)
    head = " " * (space + 2) + "".join(f"{hour:<6}" for hour in order[::6]).rstrip()
    return [head, *(
        f"{_fitted(name, space)}  " + ("".join(shade(day[hour], most) for hour in order) if weekday < begun else "")
        for weekday, (name, day) in enumerate(zip(names, hours, strict=True))
    )]  # fmt: skip


def shade(count: int | None, most: int) -> str:
    """One of SHADES; anything at all is more than ·. GAP for what is not known."""
    if count is None:
        return GAP
    return SHADES[-(-count * (len(SHADES) - 1) // most)] if count and most else SHADES[0]


def sparkline(values: Sequence[int | None], most: int) -> str:
    """One block for each value, from nothing to `most`; `?` where there is none."""
    top = len(SPARKS) - 1
    return "".join(GAP if value is None else SPARKS[round(value * top / most) if most else 0] for value in values)


def _fitted(text: str, room: int) -> str:
    """Exactly `room` columns of it; what would end the picture or break its line is left out."""
    text = clean(text).replace("`", "'")
    if cell_width(text) > room:
        text = take_cells(text, room - 1) + "…"
    return ljust(text, room)
