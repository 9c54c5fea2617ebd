"""docs/patterns.md: the definitions, and how often a flag is wrong and how soon it comes, as the studies found.

Tables in Markdown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.studies.lives import USES
from tests.studies.quarter import ONSET, PLANTS, QUARTER, SIZED, SIZES, WHO, Cell, Raised, sized
from tests.studies.worlds import WORLDS
from tracker.analytics.exact_statistics import gamma_ppf
from tracker.analytics.patterns.registry import PATTERNS, definition

PAGE = Path(__file__).resolve().parents[2] / "docs" / "patterns.md"
#: What a study wrote stands between these.
BEGIN, END = "<!-- study -->", "<!-- end of study -->"
#: What people wrote on a pattern: its decisions, and how it came to be; a new page keeps it. The rest of the page is
#: the program's own words.
NOTES = re.compile(r"<!-- notes on (\w+) -->\n\n(.*?)\n\n<!-- end of notes -->\n", re.DOTALL)

#: False flags a quarter that are promised at most: of harmless people, and of those at the edge.
PROMISE = {"harmless": 0.25, "edge": 1.0}

HEAD = (
    "# The patterns\n\n"
    "Written by `python -m tests.studies`; the words are those of `tracker patterns --explain NAME`. "
    "A pattern is an observation, not a diagnosis.\n\n"
    "An *opening* is the start of a social session; sessions of one channel with a gap of at most 30 s are one. A "
    "*spell* is one unbroken use of a device: openings of one source until the screen of the device goes dark or "
    "nothing social is in front for 10 min, or for 2 min where the source does not know the screen. `check_cluster`, "
    "`after_posting`, "
    "`burstiness` and `self_initiated` count the openings that begin a spell, and `rapid_return` no return within one; "
    "the others count every opening. What a person recorded is an opening of its own.\n\n"
    "How long a spell may be silent was measured on two real phones, whose dark screens are known. Gaps "
    "of 2 to 5 min between the end of a social session and the start of the next agree best with “the "
    "screen was dark in between”, and about equally (Cohen's kappa 0.53 to 0.58 and 0.52 to 0.54; 30 s "
    "0.22 and 0.37; 10 min 0.50 and 0.44). The shortest of them is taken, so that the least is joined. "
    "After more than 10 min the screen had been dark in 660 of 685 cases. Where no app at all was in "
    "front for more than 30 s, it was dark in 97 and 98% of the cases.\n\n"
    "The *window* is the last 28 logged days, or however many a pattern names, of the last 13 weeks: what is older is "
    "looked at only where `--from` asks for it. A *logged day* has a record of any kind or was confirmed as zero.\n"
)

#: Only what the studies counted is filled in.
HOW = """## How often a flag is wrong

A flag is wrong when nothing is going on that the pattern is about, and chance made it look so. That cannot be ruled
out; it can be counted. {verdict}

*What cannot be seen.* {unseen} The last table below says from which size on what is planted is seen. Where the source
does not know the screen (a browser's history), checks less than two minutes apart are one look, so a burst of faster
ones is not seen, whatever its size, and neither are more looks after a post than one every two minutes.

*Why it is rare.* Whoever looks every evening would give chance ninety tries a quarter. Therefore each pattern is judged
once a week, on the first look of the week, and stays as it was judged until the next; what goes past its threshold in
between says when it is judged again. Each judgement is set to be wrong at most once in about 200 for somebody at the
very edge of what the pattern's words call by name (`rising_use`, which sees least, in 133). Twelve patterns in thirteen
weeks are 156 judgements, so that person meets less than one false flag a quarter, and somebody further from the edge
far fewer. A flag that is seen again within four weeks is the same flag; one that has ended says so for a week.

*How it was counted.* Made-up people ({people} of each kind, the fewest at high use) of low (7 openings a day), middle
(45) and high use (150) are looked at on each evening of thirteen weeks, after six weeks of history, with only what was
logged by then. They are
**harmless**: nothing is near the edge of any pattern; or **at the edge** of all patterns at once: 60% checks, every
second plan overrun, every second pause broken, every second morning begun with an opening, one night in twenty opened,
leads that just pay. Everybody declares sleep and waking, plans sessions, declares pauses, estimates weeks and posts, so
that every pattern has something to judge. Openings come in rounds, as on the two real phones among the samples.

*Where they live.* In each of these worlds nothing is going on:

{worlds}

What this does not prove: these people are made up, and yours may be another world. Thresholds were settled on other
people than those counted here. In brackets stand exact 95% intervals (Garwood 1936): with so few people of each kind
they are wide, so a single cell of the tables says little, and a row or a sum says more. An empty cell was not counted.

### The counts

"""


def written(flags: Mapping[Cell, Sequence[Raised]], phones: str) -> str:
    """The whole page."""
    notes = notes_of(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    parts = {
        pattern.name: _marked(of_pattern(pattern.name, flags))
        for pattern in PATTERNS
        if pattern.name in planted_patterns()
    }
    return handbook(parts, notes, _marked(front(flags))) + (f"\n{_marked(phones)}" if phones else "")


def handbook(studies: Mapping[str, str], notes: Mapping[str, str], front: str = "") -> str:
    """Every definition, with the notes on it and the tables of its study, both by name; `front` comes first."""
    parts = [HEAD, *([front] if front else [])]
    for pattern in PATTERNS:
        parts += [f"## {pattern.title} (`{pattern.name}`)\n", *(f"{text}\n" for text in definition(pattern, {}))]
        if pattern.name in notes:
            parts.append(f"<!-- notes on {pattern.name} -->\n\n{notes[pattern.name]}\n\n<!-- end of notes -->\n")
        if pattern.name in studies:
            parts.append(studies[pattern.name])
    return "\n".join(parts)


def with_phones(page: str, phones: str) -> str:
    """The page with another section on the real phones, which is its last."""
    before, began, _section = page.partition(f"\n{BEGIN}\n\n## Two real phones")
    return f"{before if began else page}\n{_marked(phones)}"


def notes_of(page: str) -> dict[str, str]:
    """What people wrote on each pattern, by its name."""
    return {match[1]: match[2] for match in NOTES.finditer(page)}


def _marked(text: str) -> str:
    return f"{BEGIN}\n\n{text.strip()}\n\n{END}\n"


def without_studies(page: str) -> str:
    """The page's words without what the studies wrote."""
    return re.sub(rf"\n?{BEGIN}.*?{END}\n", "", page, flags=re.DOTALL)


def front(flags: Mapping[Cell, Sequence[Raised]]) -> str:
    """How often a flag is wrong, and how soon a right one comes."""
    worlds = "\n".join(f"- **{world.name}**: {world.sentence}" for world in WORLDS.values())
    numbers = sorted({len(some) for cell, some in flags.items() if some and cell.who not in SIZED})
    people = " to ".join(map(str, dict.fromkeys((numbers[0], numbers[-1])))) if numbers else "0"
    how = HOW.format(verdict=verdict(flags), unseen=unseen(flags), people=people, worlds=worlds)
    return how + "\n".join((by_world(flags), by_pattern(flags), delays(flags), smallest(flags)))


def verdict(flags: Mapping[Cell, Sequence[Raised]]) -> str:
    """Whether the promise holds: in all worlds together, by world, and by world and use."""
    above, cells_above, whole = [], [], []
    for who, most in PROMISE.items():
        counted = {cell: people for cell, people in flags.items() if cell.who == who and people}
        every = [person for people in counted.values() for person in people]
        uses = ", ".join(use for use in USES if any(cell.use == use for cell in counted))
        whole.append(f"{who} people ({uses} use) {rate(sum(map(len, every)), len(every))}")
        for world in dict.fromkeys(cell.world for cell in counted):
            mine = {cell: people for cell, people in counted.items() if cell.world == world}
            people = [raised for some in mine.values() for raised in some]
            if sum(map(len, people)) > most * len(people):
                above.append(f"{world} ({who}: {rate(sum(map(len, people)), len(people))})")
            for cell, some in mine.items():
                if sum(map(len, some)) > most * len(some):
                    cells_above.append(f"{world} at {cell.use} use ({who}: {rate(sum(map(len, some)), len(some))})")
    promise = (
        "**Over all patterns together, harmless people are to meet at most one false flag in four quarters (0.25), and "
        "people at the very edge at most one a quarter (1.00).**"
    )
    said = f"{promise} Counted over all worlds: {'; '.join(whole)} a quarter. " + (
        f"It does not hold in: {', '.join(above)}." if above else "It holds in every world below."
    )
    if cells_above:
        said += f" By world and use, on few people each, above it were: {', '.join(cells_above)}."
    return said


def unseen(raised: Mapping[Cell, Sequence[Raised]]) -> str:
    """What is planted and flagged within the quarter in fewer than half of the people, in a sentence."""
    parts = []
    for cell, people in raised.items():
        for name in PLANTS[cell.who].patterns if cell.who in PLANTS else ():
            after = [_delay(flags, name) for flags in people if not _before(flags, name)]
            seen = sum(days < float("inf") for days in after)
            if 2 * seen < len(after):
                parts.append(f"`{name}` in world {cell.world} at {cell.use} use ({seen} of {len(after)})")
    if not parts:
        return "Everything that was planted was flagged within the quarter in half of the people or more."
    return (
        "Of what was planted, fewer than half of the people were flagged within the quarter: "
        f"{'; '.join(parts)}. No flag there means little."
    )


def by_name(people: Sequence[Raised]) -> Counter[str]:
    """New flags of some people, by pattern."""
    return Counter(name for flags in people for name, _evening in flags)


def rate(count: int, people: int) -> str:
    """`0.12 (0.05–0.24)`: a quarter's flags, with the exact 95 % interval of a Poisson mean (Garwood 1936)."""
    if not people:
        return ""
    low = gamma_ppf(0.025, shape=count) / people if count else 0.0
    return f"{count / people:.2f} ({low:.2f}–{gamma_ppf(0.975, shape=count + 1) / people:.2f})"


def by_world(flags: Mapping[Cell, Sequence[Raised]]) -> str:
    """False flags a quarter, by world and use."""
    head = ["world", *(f"{who}, {use} use" for who in WHO for use in USES), "mostly"]
    rows = []
    for world in dict.fromkeys(cell.world for cell in flags if cell.who in WHO):
        row, every = [world], Counter[str]()
        for who in WHO:
            for use in USES:
                people = flags.get(Cell(world, use, who), ())
                counts = by_name(people)
                every += counts
                row.append(rate(counts.total(), len(people)))
        rows.append([*row, ", ".join(f"`{name}` {count}" for name, count in every.most_common(3))])
    return table("False flags a quarter, by world", head, rows)


def by_pattern(flags: Mapping[Cell, Sequence[Raised]]) -> str:
    """False flags a quarter, by pattern: in all worlds, and in the worst."""
    head = ["pattern", *(f"{who}: {what}" for who in WHO for what in ("all worlds", "worst world"))]
    rows = []
    for pattern in PATTERNS:
        row = [f"`{pattern.name}`"]
        for who in WHO:
            cells = {cell: people for cell, people in flags.items() if cell.who == who and people}
            counts = {cell: by_name(people)[pattern.name] for cell, people in cells.items()}
            worst = max(counts, key=lambda cell: counts[cell] / len(cells[cell]), default=None)
            row.append(rate(sum(counts.values()), sum(map(len, cells.values()))))
            row.append(
                f"{rate(counts[worst], len(cells[worst]))} {worst.world}, {worst.use}"
                if worst and counts[worst]
                else "none"
            )
        rows.append(row)
    return table("False flags a quarter, by pattern", head, rows)


def delays(raised: Mapping[Cell, Sequence[Raised]]) -> str:
    """How many see what is planted within so many days, and after how many half and nine of ten do."""
    head = ("planted", "pattern", "world", "use", "seen in 28 days", "in 56 days", "half after", "nine of ten after")
    rows = []
    for cell, people in raised.items():
        for name in PLANTS[cell.who].patterns if cell.who in PLANTS else ():
            after = sorted(_delay(flags, name) for flags in people if not _before(flags, name))
            if not after:
                continue
            seen = [f"{100 * sum(delay <= days for delay in after) / len(after):.0f} %" for days in (28, 56)]
            at = [after[min(int(share * len(after)), len(after) - 1)] for share in (0.5, 0.9)]
            rows.append(
                [PLANTS[cell.who].what[name], f"`{name}`", cell.world, cell.use, *seen]
                + [f"{delay:.0f} days" if delay < float("inf") else "not within the quarter" for delay in at]
            )
    return table(
        f"Days until what is planted is flagged ({QUARTER - ONSET - 6} days and more are looked at)", head, rows
    )


def smallest(flags: Mapping[Cell, Sequence[Raised]]) -> str:
    """From which size on what is planted is flagged within the quarter in nine of ten people, by world and use."""
    rows = []
    for sizes in SIZES:
        for world in sizes.worlds:
            row = [sizes.what, world]
            for use in USES:
                shares = {
                    size: _share_seen(flags.get(Cell(world, use, f"{size:g} {sizes.what}"), ()), *plant.patterns)
                    for size, plant in sizes.sizes.items()
                }
                row.append(_smallest(shares))
            rows.append(row)
    people = max((len(flags.get(cell, ())) for cell in sized()), default=0)
    return table(
        f"The smallest change that nine of ten people are flagged for ({people} people of each size)",
        ["planted", "world", *(f"{use} use" for use in USES)],
        rows,
    )


def _smallest(shares: Mapping[float, float | None]) -> str:
    """The smallest size from which on every size is seen by nine of ten; empty where one was not looked at."""
    smallest = ""
    for size, share in reversed([*shares.items()]):
        if share is None:
            return ""
        if share < 0.9:
            return smallest or f"none up to {max(shares):g}"
        smallest = f"{size:g}"
    return smallest


def _share_seen(people: Sequence[Raised], name: str) -> float | None:
    """The share flagged after something was planted; None without people."""
    after = [_delay(flags, name) < float("inf") for flags in people if not _before(flags, name)]
    return sum(after) / len(after) if after else None


def _before(flags: Raised, name: str) -> bool:
    """Whether the pattern was flagged, falsely, before anything was planted: that one cannot be flagged anew."""
    return any(pattern == name and evening < 0 for pattern, evening in flags)


def _delay(flags: Raised, name: str) -> float:
    """Days from the onset to the first flag of that pattern; infinite without one."""
    return next((evening for pattern, evening in flags if pattern == name), float("inf"))


def planted_patterns() -> set[str]:
    """The patterns that something is planted for: all that can be flagged."""
    return {name for plant in PLANTS.values() for name in plant.patterns}


def of_pattern(name: str, flags: Mapping[Cell, Sequence[Raised]]) -> str:
    """What the study says of one pattern: its false flags in the worst worlds, and its delays."""
    return f"*Counted* (see [above](#how-often-a-flag-is-wrong)): {_false(name, flags)}. {_seen(name, flags)}."


def _false(name: str, raised: Mapping[Cell, Sequence[Raised]]) -> str:
    parts = []
    for who in WHO:
        counts = {
            cell: (by_name(people)[name], len(people)) for cell, people in raised.items() if cell.who == who and people
        }
        flags, people = (sum(count) for count in zip(*counts.values(), strict=True)) if counts else (0, 0)
        if people:
            worst = max(counts, key=lambda cell: counts[cell][0] / counts[cell][1])
            where = f", most in {worst.world} at {worst.use} use, {rate(*counts[worst])}" if counts[worst][0] else ""
            parts.append(f"{who} people {rate(flags, people)} false flags a quarter{where}")
    return "; ".join(parts)


def _seen(name: str, raised: Mapping[Cell, Sequence[Raised]]) -> str:
    planted = []
    for who, plant in PLANTS.items():
        if name not in plant.patterns:
            continue
        parts = []
        for cell, people in raised.items():
            after = sorted(_delay(flags, name) for flags in people if not _before(flags, name))
            if cell.who == who and after:
                middle = after[len(after) // 2]
                seen = sum(delay < float("inf") for delay in after)
                half = f", half of it within {middle:.0f} days" if middle < float("inf") else ""
                where = "" if cell.world == "C" else f" in {cell.world}"
                parts.append(
                    f"at {cell.use} use{where} {100 * seen / len(after):.0f} % see it within the quarter{half}"
                )
        planted.append(f"Planted: {plant.what[name]}; {'; '.join(parts)}")
    return ". ".join(planted)


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table under a bold title."""
    lines = [head, ["---"] * len(head), *rows]
    return f"**{title}**\n\n" + "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"
