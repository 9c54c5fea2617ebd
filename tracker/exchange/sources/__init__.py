"""The import formats: one file each, and the table that names them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tracker.exchange.fact import Reader, Reading
from tracker.exchange.sources import app_usage, chromium, csv_file, firefox
from tracker.locale import N_, _
from tracker.model import TrackerError
from tracker.record import Record


def _nothing() -> list[str]:
    return []


def _itself(path: str) -> list[str]:
    return [path]


class Source(Record):
    """An import format.

    `family` is what its facts are remembered under: one history read as `chrome` and again as `chromium` holds the
    same facts. `recorded` tells what a person or another tracker wrote from what a machine measured. `find` gives the
    files found on this machine, `chosen` those that a path of the user's means.
    """

    name: str
    title: str
    family: str
    recorded: bool
    read: Callable[[str, Reader], Reading]
    find: Callable[[], list[str]] = _nothing
    chosen: Callable[[str], list[str]] = _itself


def _chromium(name: str, title: str) -> Source:
    find = partial(chromium.find, name)
    return Source(name, title, "chrome", False, chromium.read, find, chromium.chosen)


SOURCES = {
    source.name: source
    for source in (
        Source("app-usage", N_("App Usage export of an Android phone"), "app-usage", False, app_usage.read),
        _chromium("chrome", N_("Google Chrome's history")),
        _chromium("chromium", N_("Chromium's history")),
        _chromium("edge", N_("Microsoft Edge's history")),
        _chromium("brave", N_("Brave's history")),
        _chromium("vivaldi", N_("Vivaldi's history")),
        _chromium("opera", N_("Opera's history")),
        Source("firefox", N_("Firefox's history"), "firefox", False, firefox.read, firefox.find, firefox.chosen),
        Source("csv", N_("CSV file: start,end,channel,activity,note"), "csv", True, csv_file.read),
    )
}


def source(name: str) -> Source:
    """The format called `name`. Raises TrackerError, naming those there are, for any other."""
    try:
        return SOURCES[name]
    except KeyError:
        raise TrackerError(
            _("no import format is called “{name}”; there are: {names}").format(name=name, names=", ".join(SOURCES))
        ) from None


def family(source: Source) -> tuple[str, ...]:
    """The names of the formats whose facts are remembered together with this one's."""
    return tuple(other.name for other in SOURCES.values() if other.family == source.family)
