"""Every source: those in `sources/`, and those of other packages, by the entry points `tracker.importers`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from tracker.domain.errors import TrackerError
from tracker.domain.text import one_line, quoted
from tracker.importers import sources as package
from tracker.importers.source import Source
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: The group of entry points in which other packages name their sources.
ENTRY_POINTS = "tracker.importers"

#: The sources that most people have come first; the others follow by name.
_FIRST = ("app-usage", "chrome", "firefox", "safari", "screentime", "activitywatch", "youtube", "tiktok")


@cache
def all_sources() -> Mapping[str, Source]:
    """Every source by its name. Where two have one name, that of this program counts."""
    found = {source.name: source for source in _from_elsewhere()[0]} | _built_in()
    names = sorted(found, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    return {name: found[name] for name in names}


def broken_sources() -> Mapping[str, str]:
    """Why a source of another package cannot be used, in one line, by the name of its entry point."""
    return _from_elsewhere()[1]


def source_named(name: str) -> Source:
    """The source called `name`. Raises TrackerError, with the names that exist, for any other."""
    for known in (_built_in, all_sources):
        if name in known():
            return known()[name]
    if name in broken_sources():
        raise TrackerError(
            _("the source {name} of another package cannot be used: {reason}").format(
                name=name, reason=broken_sources()[name]
            )
        )
    raise TrackerError(
        _("unknown import format “{name}”; choose one of: {names}").format(
            name=quoted(name), names=", ".join(all_sources())
        )
    )


def forget_sources() -> None:
    """Look for sources again, after packages were installed or removed."""
    all_sources.cache_clear()
    _from_elsewhere.cache_clear()


def is_built_in(source: Source) -> bool:
    """Whether a source comes with the program."""
    return type(source).__module__.startswith("tracker.")


def family_of(source: Source) -> tuple[str, ...]:
    """The names of the sessions whose records are stored together with those of this source."""
    return tuple(dict.fromkeys(other.session_source for other in all_sources().values() if other.family == source.family))


def measured_sources() -> tuple[str, ...]:
    """The names of the sessions that were measured, not recorded by a person or another tracker."""
    return tuple(source.name for source in all_sources().values() if not source.describe().recorded)


@cache
def _built_in() -> dict[str, Source]:
    modules = [import_module(f"{package.__name__}.{module.name}") for module in iter_modules(package.__path__)]
    return {source.name: source for module in modules for source in module.SOURCES}


@cache
def _from_elsewhere() -> tuple[list[Source], dict[str, str]]:
    """The sources of other packages, and why some cannot be used."""
    usable: list[Source] = []
    broken: dict[str, str] = {}
    from importlib.metadata import entry_points  # takes 15 ms: not for whoever names one of our sources

    for point in entry_points(group=ENTRY_POINTS):
        try:
            loaded = point.load()
            listed: Iterable[Source] = (
                (loaded,) if isinstance(loaded, Source) else (loaded(),) if isinstance(loaded, type) else loaded
            )
            for source in list(listed):
                if not isinstance(source, Source) or not source.name:
                    raise TypeError(_("it is no source"))
                usable.append(source)
        except Exception as error:  # noqa: BLE001 - the fault of another package must not stop the sources of this one
            broken[point.name] = one_line(f"{type(error).__name__}: {error}") or type(error).__name__
    return usable, broken
