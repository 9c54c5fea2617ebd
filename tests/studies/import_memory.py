"""Peak memory of imports, measured: `python -m tests.studies.import_memory [--sizes N N | --mib N] [KIND ...]`.

Writes made-up files of two sizes for each kind of source into a temporary folder, imports each with the real command
into a new file, and prints the peak resident memory of the process and the ratio of the two. With `--mib 1024` each
kind has one file of about that size, as somebody who never cleared anything has. It asserts nothing.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tests.importers.makers import Page, Spent, focus, knowledge, safari, segb_2, watched
from tests.studies.big_history import NOW, ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent.parent

HOSTS = ("www.linkedin.com", "example.com", "news.example.org", "docs.example.net")

#: Addresses, titles and notes are as long as this and a number.
LONG = "a-text-as-long-as-those-that-people-and-web-pages-write-are-on-average"

#: Seconds from one event to the next, and the events of a day: nobody looks at night.
APART, A_DAY = 120, 500


def _moments(count: int) -> Iterator[tuple[int, int]]:
    """The number and the instant of each event, the oldest first."""
    begin = NOW - 86_400 * (count // A_DAY + 1)
    return ((n, begin + 86_400 * (n // A_DAY) + APART * (n % A_DAY)) for n in range(count))


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat()


def chrome(path: Path, count: int) -> None:
    """A Chromium history; one visit in four is to a known channel."""
    watched(path, (Page(f"https://{HOSTS[n % 4]}/{LONG}/{n}", moment, 60, 30) for n, moment in _moments(count)))


def firefox(path: Path, count: int) -> None:
    """A Firefox history with a view of each page."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """CREATE TABLE moz_places(id INTEGER PRIMARY KEY, url LONGVARCHAR);
            CREATE TABLE moz_historyvisits(id INTEGER PRIMARY KEY, from_visit INTEGER, place_id INTEGER,
            visit_date INTEGER, visit_type INTEGER, session INTEGER);
            CREATE TABLE moz_places_metadata(id INTEGER PRIMARY KEY, place_id INTEGER NOT NULL,
            created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, total_view_time INTEGER NOT NULL)"""
        )
        for number, moment in _moments(count):
            page = number + 1
            connection.execute(
                "INSERT INTO moz_places VALUES (?, ?)", (page, f"https://{HOSTS[number % 4]}/{LONG}/{number}")
            )
            connection.execute(
                "INSERT INTO moz_historyvisits VALUES (?, 0, ?, ?, 1, 0)", (page, page, moment * 1_000_000)
            )
            view = (page, page, moment * 1_000 + 50, moment * 1_000 + 60_000, 30_000)
            connection.execute("INSERT INTO moz_places_metadata VALUES (?, ?, ?, ?, ?)", view)
        connection.commit()


def safari_history(path: Path, count: int) -> None:
    """A history of Safari."""
    safari(path, ((f"https://{HOSTS[number % 4]}/{LONG}/{number}", moment) for number, moment in _moments(count)))


def youtube(path: Path, count: int) -> None:
    """Google Takeout's watch history, newest first."""
    rows = (
        {
            "header": "YouTube",
            "title": f"Watched number {number} of the videos that somebody made",
            "titleUrl": f"https://www.youtube.com/watch?v={number}",
            "subtitles": [{"name": "Somebody", "url": f"https://www.youtube.com/channel/UC{number % 500:022}"}],
            "time": _iso(moment),
            "products": ["YouTube"],
            "activityControls": ["YouTube watch history"],
        }
        for number, moment in reversed(list(_moments(count)))
    )
    _write_list(path, rows, "[", "]")


def tiktok(path: Path, count: int) -> None:
    """TikTok's download, newest first."""
    rows = (
        {
            "Date": f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M:%S}",
            "Link": f"https://www.tiktokv.com/share/video/7{at:018}/",
        }
        for _number, at in reversed(list(_moments(count)))
    )
    _write_list(path, rows, '{"Your Activity": {"Watch History": {"VideoList": [', "]}}}")


def activitywatch(path: Path, count: int) -> None:
    """An export with the windows of a computer, and when nobody was there."""
    bucket = '{{"id": "{0}", "type": "{1}", "hostname": "laptop", "events": ['
    apps = ("Discord", "Code", "Firefox", "Telegram")
    with path.open("w") as file:
        file.write('{"buckets": {"w": ' + bucket.format("w", "currentwindow"))
        for number, moment in _moments(count):
            data = {"app": apps[number % 4], "title": LONG}
            file.write(("," if number else "") + json.dumps({"timestamp": _iso(moment), "duration": 60, "data": data}))
        file.write(']}, "a": ' + bucket.format("a", "afkstatus"))
        for number, moment in _moments(count // 10):
            data = {"status": "afk"}
            file.write(("," if number else "") + json.dumps({"timestamp": _iso(moment), "duration": 20, "data": data}))
        file.write("]}}}")


def csv_file(path: Path, count: int) -> None:
    """A CSV file with a note in each row."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["start", "end", "channel", "activity", "note"])
        for number, moment in _moments(count):
            writer.writerow([_iso(moment), _iso(moment + 60), ("linkedin", "work")[number % 2], "", f"{LONG} {number}"])


def own_json(path: Path, count: int) -> None:
    """Our own export: sessions that were recorded, with a note each."""
    rows = (
        {
            "channel": "linkedin",
            "start": _iso(moment),
            "end": _iso(moment + 60),
            "note": f"{LONG} {number}",
            "zone": ZONE,
        }
        for number, moment in _moments(count)
    )
    _write_list(path, rows, '{"tracker": "0.5.0", "sessions": [', "]}")


def watson(path: Path, count: int) -> None:
    """The frames of Watson."""
    _write_list(path, ([at, at + 60, "linkedin", str(n), ["client"], at] for n, at in _moments(count)), "[", "]")


def timewarrior(path: Path, count: int) -> None:
    """The export of Timewarrior."""
    instants = ((f"{_iso(at):.19}Z", f"{_iso(at + 60):.19}Z") for _number, at in _moments(count))
    plain = ([text.replace("-", "").replace(":", "") for text in both] for both in instants)
    _write_list(path, ({"start": start, "end": end, "tags": ["linkedin"]} for start, end in plain), "[", "]")


def rescuetime(path: Path, count: int) -> None:
    """An hourly report of RescueTime, with ten rows an hour."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Date", "Time Spent (seconds)", "Number of People", "Activity", "Category", "Productivity"])
        for number in range(count):
            hour = NOW - NOW % 3600 - 3600 * ((count - number) // 10 + 1)
            site = ("linkedin.com", f"example{number % 10}.com")[number % 2]
            writer.writerow([f"{_iso(hour):.19}", 60, 1, site, "", 0])


def app_usage(path: Path, count: int) -> None:
    """An App Usage export, newest first."""
    with path.open("w", newline="", encoding="utf-8") as file:
        file.write("App name,Date,Time,Duration\n")
        for number, moment in reversed(list(_moments(count))):
            written = datetime.fromtimestamp(moment, UTC)
            app = ("LinkedIn", "YouTube", "Chess", "Screen off (locked)")[number % 4]
            file.write(f'"{app}","{written:%d/%m/%Y}","{written:%H:%M:%S}","0:01:00"\n')


def screentime(path: Path, count: int) -> None:
    """Screen Time's database of a Mac."""
    knowledge(path, (Spent(at, at + 60, ("com.burbn.instagram", "x")[n % 2]) for n, at in _moments(count)))


def biome(path: Path, count: int) -> None:
    """The events of an iPhone in a Biome stream, in files of 4,000 as macOS keeps them."""
    folder = path / "App.InFocus" / "remote" / "0A1B2C3D-0000-4000-8000-000000000001"
    folder.mkdir(parents=True)
    events: list[bytes] = []
    for number, moment in _moments(count // 2):
        bundle = ("com.burbn.instagram", "com.example.chess")[number % 2]
        events += [focus(moment, True, bundle), focus(moment + 60, False, bundle)]
        if len(events) == 4_000 or number == count // 2 - 1:
            segb_2(folder / f"{moment}", events)
            events = []


def _write_list(path: Path, rows: Iterator[object], begin: str, end: str) -> None:
    with path.open("w") as file:
        file.write(begin)
        for number, row in enumerate(rows):
            file.write(("," if number else "") + json.dumps(row))
        file.write(end)


KINDS: dict[str, tuple[str, Callable[[Path, int], None]]] = {
    "chrome": ("chrome", chrome),
    "firefox": ("firefox", firefox),
    "safari": ("safari", safari_history),
    "youtube": ("youtube", youtube),
    "tiktok": ("tiktok", tiktok),
    "activitywatch": ("activitywatch", activitywatch),
    "csv": ("csv", csv_file),
    "json": ("json", own_json),
    "watson": ("watson", watson),
    "timewarrior": ("timewarrior", timewarrior),
    "rescuetime": ("rescuetime", rescuetime),
    "app-usage": ("app-usage", app_usage),
    "screentime": ("screentime", screentime),
    "biome": ("screentime", biome),
}


#: The import, which prints the peak of its own memory in KiB (`ru_maxrss` is taken over from the process that forks).
PROGRAM = """
import sys
from tracker.cli import main
status = main(["import", *sys.argv[1:], "--json"])
with open("/proc/self/status") as file:
    print(file.read().partition("VmHWM:")[2].split()[0], file=sys.stderr)
sys.exit(status)
"""


def peak_of(format: str, source: Path, folder: Path) -> tuple[float, float]:
    """The peak resident memory in MiB, and the processor seconds, of an import into a new file."""
    environment = {"TZ": ZONE, "TRACKER_DB": str(folder / "log.db"), "PYTHONPATH": str(ROOT)}
    environment |= {"TRACKER_CONFIG": str(folder / "settings.toml"), "TRACKER_NOW": "2026-11-23T15:12:00+01:00"}
    command = [sys.executable, "-c", PROGRAM, format, str(source)]
    before = os.times()
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=True)
    after = os.times()
    for file in folder.glob("log.db*"):
        file.unlink()
    seconds = after.children_user + after.children_system - before.children_user - before.children_system
    return int(done.stderr.split()[-1]) / 1024, seconds


def _remove(source: Path) -> None:
    if source.is_dir():
        shutil.rmtree(source)
    else:
        source.unlink()


def _size(source: Path) -> int:
    """The bytes of a file, or of all files in a folder."""
    return sum(file.stat().st_size for file in (source, *source.rglob("*")) if file.is_file())


def _print_large(kind: str, folder: Path, mib: int) -> None:
    """Import one file of about `mib` MiB, and print what it took."""
    format, make = KINDS[kind]
    source = folder / "source"
    make(source, 20_000)
    count = int(20_000 * (mib << 20) / _size(source))
    _remove(source)
    make(source, count)
    size = _size(source) >> 20
    peak, seconds = peak_of(format, source, folder)
    _remove(source)
    per_million = seconds * 1_000_000 / count
    print(f"{kind:16} {size:6,} MiB {count:12,} {peak:6.0f} MiB {seconds:8.1f} s {per_million:8.1f} s", flush=True)


def main() -> None:
    """Print a line for each kind of source."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"any of {', '.join(KINDS)}; all of them without")
    parser.add_argument("--sizes", nargs=2, type=int, default=(100_000, 1_000_000), help="events in the two files")
    parser.add_argument("--mib", type=int, help="the size of the one file of each kind, in MiB")
    options = parser.parse_args()
    if unknown := set(options.kinds) - set(KINDS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    if options.mib:
        print(f"{'':16} {'file':>10} {'events':>12} {'memory':>10} {'processor':>10} {'a million':>10}", flush=True)
        with tempfile.TemporaryDirectory() as name:
            for kind in options.kinds or KINDS:
                _print_large(kind, Path(name), options.mib)
        return
    small, large = options.sizes
    print(f"{'':16} {small:>12,} {large:>12,}   ratio   processor time of the large one")
    with tempfile.TemporaryDirectory() as name:
        for kind in options.kinds or KINDS:
            format, make = KINDS[kind]
            peaks = []
            for count in (small, large):
                source = Path(name) / "source"
                make(source, count)
                peaks.append(peak_of(format, source, Path(name)))
                _remove(source)
            (first, _seconds), (second, seconds) = peaks
            print(f"{kind:16} {first:8.0f} MiB {second:8.0f} MiB {second / first:6.1f}× {seconds:8.1f} s", flush=True)


if __name__ == "__main__":
    main()
