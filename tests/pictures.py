"""The pictures of the README, drawn from the demo: `python -m tests.pictures` draws them into `screenshots/`.

`python -m tests.pictures --check` draws nothing and exits 1, naming them, if any is out of date. The clock stands
still, the words are English, the zone is the demo's: the same code draws the same bytes on any machine.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path

from tests.conftest import NOW
from tracker.domain.record import Record
from tracker.services import reviewing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.settings import Settings

FOLDER = Path(__file__).resolve().parent.parent / "screenshots"

LARGE, SMALL = (120, 36), (80, 24)


class Picture(Record):
    """One file: the keys pressed before it is taken, at which size and in which theme."""

    name: str
    keys: tuple[str, ...]
    size: tuple[int, int] = LARGE
    theme: str = "tracker-dark"


PICTURES = (
    Picture("timer", ()),
    Picture("day", ("2",)),
    Picture("week", ("3", "left")),
    Picture("timer-light", (), LARGE, "tracker-light"),
    Picture("timer-80x24", (), SMALL),
    Picture("evidence", ("up", "enter", "down", "down")),
    Picture("review", ("R", *"7h", "enter")),
    Picture("review-worth", ("R", *"7h", *["enter"] * 4, "down")),
    Picture("longer-look", ("3", "Y")),
    Picture("help", ("question_mark",)),
)


def draw() -> dict[str, str]:
    """The SVG of every picture, by its file's name."""
    _same_everywhere()
    from tracker import demo
    from tracker.storage import Database
    from tracker.tui.screens.view import KEY

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.db"
        demo.make(str(path), NOW)
        drawn = {}
        for picture in PICTURES:
            with Database.open(str(path)) as database:
                # On a slow machine the screens remember where they are, and the next picture would begin there.
                database.connection.execute("DELETE FROM state WHERE name = ?", (KEY,))
                settings = demo.SETTINGS._replace(theme=picture.theme)
                drawn[f"{picture.name}.svg"] = asyncio.run(_take(picture, database, settings))
    return drawn


async def _take(picture: Picture, database: object, settings: Settings) -> str:
    from tracker.demo.story import HOME
    from tracker.services.live_workspace import LiveWorkspace
    from tracker.tui.app import TrackerApp

    workspace = LiveWorkspace(database, settings, HOME)  # type: ignore[arg-type]  # opened by the caller
    reviewing.mention_review(workspace)  # said already: it would lie over the picture
    app = TrackerApp(workspace, demo=True)
    async with app.run_test(size=picture.size) as pilot:
        # What follows the first paint is there before the first key, however slow the machine is.
        while not app.deferred_imported:
            await pilot.pause()
            await app.workers.wait_for_complete()
        for key in picture.keys:
            await pilot.pause()
            await pilot.press(key)
            await app.workers.wait_for_complete()
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        return normal(app.export_screenshot(title="tracker demo"))


def normal(svg: str) -> str:
    """The SVG without what differs from one drawing to the next, and without fonts fetched from other hosts."""
    svg = re.sub(r"terminal-\d+-", "terminal-", svg)
    svg = re.sub(r"@font-face\s*\{.*?\}\s*", "", svg, flags=re.DOTALL)
    return "\n".join(line.rstrip() for line in svg.strip().splitlines()) + "\n"


def _same_everywhere() -> None:
    # Before Textual is imported: it reads these once.
    for name in ("NO_COLOR", "TEXTUAL_THEME", "TEXTUAL_COLOR_SYSTEM", "LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        os.environ.pop(name, None)
    os.environ |= {"TEXTUAL_ANIMATIONS": "none", "LANG": "C.UTF-8", "COLORTERM": "truecolor", "TERM": "xterm-256color"}
    from tracker import locale
    from tracker.calendar import clock

    locale.use("en")
    clock.freeze(NOW)


def outdated(drawn: dict[str, str]) -> list[str]:
    """The names of pictures whose file is missing or shows something else."""
    return [name for name, svg in drawn.items() if not _same(FOLDER / name, svg)]


def _same(path: Path, svg: str) -> bool:
    return path.is_file() and normal(path.read_text(encoding="utf-8")) == normal(svg)


def main(arguments: Sequence[str] | None = None) -> int:
    """Draws, or checks; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description="The README's pictures.")
    parser.add_argument("--check", action="store_true", help="draw nothing; exit 1 if a picture is out of date")
    wanted = parser.parse_args(arguments)
    drawn = draw()
    old = outdated(drawn)
    if wanted.check:
        _say(f"out of date: {name}; run python -m tests.pictures" for name in old)
        return 1 if old else 0
    FOLDER.mkdir(exist_ok=True)
    for name in old:
        (FOLDER / name).write_text(drawn[name], encoding="utf-8")
    _say(f"drew {name}" for name in old)
    return 0


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
