"""`browserexport` as the oracle for where browsers keep their histories; and why it does not read them for us."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.importers.makers import Page, at, read_file, watched
from tracker.importers.imported_record import ReadContext
from tracker.importers.source import source_named
from tracker.storage.imported_facts import IN_FRONT

common: Any = pytest.importorskip("browserexport.browsers.common", reason="browserexport is not installed")
every: Any = pytest.importorskip("browserexport.browsers.all")

START = at("2026-11-20 10:00:00")

#: Those whose history is of a format of its own; nobody has asked for it yet.
OTHERS = {"Qutebrowser", "FirefoxMobile", "FirefoxMobileLegacy"}


@pytest.mark.parametrize("browser", every.DEFAULT_BROWSERS, ids=lambda browser: browser.__name__)
@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_what_it_would_find_is_found_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: Any, system: str
) -> None:
    if browser.__name__ in OTHERS:
        pytest.skip("a format of its own")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("APPDATA", str(tmp_path / "Roaming"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr(common, "determine_operating_system", lambda: system)
    asked: dict[str, Any] = {}
    monkeypatch.setattr(common, "handle_path", lambda paths, **_named: asked.update(paths) or ())
    for module in (browser.__module__, *(base.__module__ for base in browser.__mro__[:-2])):
        monkeypatch.setattr(f"{module}.handle_path", lambda paths, **_named: asked.update(paths) or (), raising=False)
        monkeypatch.setattr(
            f"{module}.windows_appdata_paths", lambda path: (f"{{}}/{path}".replace("\\", "/"),), raising=False
        )
    browser.data_directories()
    places = asked.get(system, ())
    expected = set()
    for place in (places,) if isinstance(places, str) else places:
        # On Windows it looks in both folders of programs' data, of which a browser uses one.
        for base in ("Local", "Roaming") if "{}" in place else ("",):
            folder = Path(place.replace("{}", str(tmp_path / base)).replace("~", str(tmp_path)))
            if base and "User Data" not in place and issubclass(browser, every.Chrome) and "Opera" not in place:
                folder = folder / "User Data"  # it looks in every folder below
            folder = folder if browser.__name__ == "Safari" else folder / "Default"
            folder.mkdir(parents=True, exist_ok=True)
            for file in ("History", "places.sqlite", "History.db"):
                (folder / file).touch()
            expected.add(folder)
    names = {"edgedev": "edge"}
    name = browser.__name__.lower()
    files = {Path(path).parent for path in source_named(names.get(name, name)).detect()}
    if system == "win32":
        assert bool(files) == bool(expected)
    else:
        assert expected <= files


def test_it_does_not_know_how_long_a_page_was_in_front(tmp_path: Path, context: ReadContext) -> None:
    path = watched(tmp_path / "History", [Page("https://x.com/home", START, 900, 20)])
    with closing(sqlite3.connect(path)) as history:
        history.execute("ALTER TABLE urls ADD COLUMN title")
    [visit] = every.Chrome.extract_visits(path)
    assert visit.metadata.duration == 900, "the tab was open for so long"
    [record] = read_file("chrome", path, context).records
    assert (record.end - record.start, record.estimated) == (20, IN_FRONT)


def test_it_finds_nothing_where_there_are_two_profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(common, "determine_operating_system", lambda: "linux")
    for profile in ("Default", "Profile 1"):
        (tmp_path / ".config" / "chromium" / profile).mkdir(parents=True)
        (tmp_path / ".config" / "chromium" / profile / "History").touch()
    with pytest.raises(common.BrowserexportError):
        every.Chromium.locate_database()
    assert len(source_named("chromium").detect()) == 2
