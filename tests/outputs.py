"""Everything the program writes of the demo, kept in a folder, and compared with what another version writes.

    python -m tests.outputs FOLDER              write every page and every `--json` of the demo into FOLDER
    python -m tests.outputs --against REVISION  do so for this tree and for a revision of git, and show what differs

A rebuild must not change what the program says. Each command is a process of its own, run on the demo that the tree
itself makes, with the clock stopped: nothing of the program's inside is used but `tracker.demo.make`.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.conftest import NOW

ROOT = Path(__file__).resolve().parent.parent

#: What the demo is told with, as `tracker config` takes it.
SETTINGS = {
    "daily_budget": "2h",
    "check_limit": "40",
    "first_weekday": "monday",
    "sleep": "00:00-07:00",
    "wakes_at": "07:00",
    "currency": "EUR",
    "focus_hours": "09:30-12:00, 14:00-17:00",
    "hour_cost": "45",
    "sale_value": "900",
    "client_share": "0.3",
    "margin": "0.9",
}

_JSON = (
    *("status", "day", "day yesterday", "day 2026-11-15", "day 2026-03-29", "week", "week last", "week -3"),
    *("week --weeks 13", "week --weeks 52", "patterns", "patterns --from 2026-05-01 --to 2026-07-31"),
    *("patterns --channel linkedin", "worth", "worth --weeks 26", "review", "review last", "review -3"),
    *("review --list", "habit list", "channel list", "activity list", "history", "pause", "import --list"),
)

_TEXT = (
    *("status", "day", "day yesterday", "week", "week last", "week --weeks 13", "week --weeks 52", "patterns"),
    *("worth", "worth --explain linkedin", "review", "review last", "review --list", "habit list", "channel list"),
    *("review last --md -", "review last --html -", "review --md -", "review --html -", "history", "config", "--help"),
)

_EXPORTS = ("export json -", "export csv -")

#: One language is enough for JSON, whose keys are English.
LANGUAGES = ("en_US.UTF-8", "fr_FR.UTF-8")


class Failed(Exception):
    """A tree whose demo cannot be made."""


def commands() -> list[tuple[str, str]]:
    """Every command line and the locale it is run in."""
    lines = [(f"{line} --json", LANGUAGES[0]) for line in _JSON]
    lines += [(line, LANGUAGES[0]) for line in _EXPORTS]
    return lines + [(line, language) for language in LANGUAGES for line in _TEXT]


def write(tree: Path, folder: Path) -> None:
    """Run every command with the package of `tree`, and write what each says into a file of `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        environment = _environment(tree, Path(home))
        make = f"from tracker import demo; demo.make({str(Path(home) / 'tracker.db')!r}, {NOW})"
        made = subprocess.run(
            [sys.executable, "-c", make], env=environment, capture_output=True, text=True, check=False
        )
        if made.returncode:
            raise Failed(made.stderr)
        for key, value in SETTINGS.items():
            _run(environment, ["config", key, value])
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(lambda command: _keep(environment, folder, *command), commands()))


def _environment(tree: Path, home: Path) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return inherited | {
        "HOME": str(home),
        "PYTHONPATH": str(tree),
        "PYTHONHASHSEED": "0",
        "TRACKER_DB": str(home / "tracker.db"),
        "TRACKER_CONFIG": str(home / "settings.toml"),
        "TRACKER_NOW": str(NOW),
        "TZ": "Europe/Paris",
        "COLUMNS": "100",
    }


def _python(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python away from this checkout, whose `tracker` would come first on its path."""
    return subprocess.run(
        [sys.executable, *words],
        env=environment,
        cwd=environment["HOME"],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def _run(environment: dict[str, str], words: list[str]) -> str:
    done = _python(environment, "-m", "tracker", *words)
    return done.stdout + (f"\nexit {done.returncode}: {done.stderr}" if done.returncode else "")


def _keep(environment: dict[str, str], folder: Path, line: str, language: str) -> None:
    said = _run(environment | {"LANG": language}, line.split())
    name = f"{language[:2]} {line}".replace("/", "-")
    (folder / name).write_text(said.replace(environment["HOME"], "~"), encoding="utf-8")


def compare(before: Path, after: Path) -> list[str]:
    """The differences between two folders, as `diff -u` shows them; empty where both say the same."""
    differing: list[str] = []
    for name in sorted({path.name for folder in (before, after) for path in folder.iterdir()}):
        paths = before / name, after / name
        if all(path.exists() for path in paths) and paths[0].read_bytes() == paths[1].read_bytes():
            continue
        old, new = map(_lines, paths)
        differing += difflib.unified_diff(old, new, f"before: {name}", f"after: {name}", n=0, lineterm="")
    return differing


def _lines(path: Path) -> list[str]:
    """The lines of an output, JSON one value a line: a change is then seen by itself."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    try:
        return json.dumps(json.loads(text), indent=1, ensure_ascii=False).splitlines()
    except ValueError:
        return text.splitlines()


def against(revision: str) -> list[str]:
    """What this tree says otherwise than a revision of git."""
    with tempfile.TemporaryDirectory() as folder:
        tree, before, after = Path(folder) / "tree", Path(folder) / "before", Path(folder) / "after"
        archive = subprocess.run(["git", "archive", revision, "tracker"], cwd=ROOT, capture_output=True, check=True)
        tree.mkdir()
        subprocess.run(["tar", "-x", "-C", str(tree)], input=archive.stdout, check=True)
        write(tree, before)
        write(ROOT, after)
        return compare(before, after)


def main() -> int:
    """Write, or compare: 1 where something differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.outputs", description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--against", metavar="REVISION")
    asked = parser.parse_args()
    if asked.against:
        differing = against(asked.against)
        print("\n".join(differing) or f"{len(commands())} outputs, the same as in {asked.against}")
        return 1 if differing else 0
    if asked.folder is None:
        parser.error("a folder, or --against REVISION")
    shutil.rmtree(asked.folder, ignore_errors=True)
    write(ROOT, asked.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
