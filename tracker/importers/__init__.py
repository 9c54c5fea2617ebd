"""The import formats: one file each, and the table that names them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.importers.fact import MEASURED
from tracker.locale import N_, _

if TYPE_CHECKING:
    from typing import Any

    from tracker.importers.fact import Reader, Reading


class Source(NamedTuple):
    """An import format, read by the module of this folder called `module`, which is imported when it is needed.

    `family` is what its facts are remembered under: one history read as `chrome` and again as `chromium` holds the
    same facts. `recorded` tells what a person or another tracker wrote from what a machine measured. `local` says that
    its files can be found on this machine, `wall` that its times are a clock's that names no zone. `doubted` are the
    ways of measuring (`Fact.estimated`) that earlier versions believed wrongly: what was read so is read again.
    """

    name: str
    title: str
    module: str
    family: str
    recorded: bool = False
    local: bool = False
    wall: bool = False
    doubted: tuple[int, ...] = ()

    def read(self, path: str, reader: Reader) -> Reading:
        """The facts of one file. Raises TrackerError for a file that is none of this format."""
        return self._module().read(path, reader)  # type: ignore[no-any-return]

    def find(self) -> list[str]:
        """The files found on this machine."""
        return list(self._module().find(self.name)) if self.local else []

    def chosen(self, path: str) -> list[str]:
        """The files that a path of the user's means. Raises TrackerError for a folder without any."""
        return list(self._module().chosen(path)) if self.local else [path]

    def _module(self) -> Any:
        return import_module(f"{__name__}.{self.module}")


def _chromium(name: str, title: str) -> Source:
    return Source(name, title, "chromium", "chrome", local=True, doubted=(MEASURED,))


SOURCES = {
    source.name: source
    for source in (
        Source("app-usage", N_("App Usage export of an Android phone"), "app_usage", "app-usage", wall=True),
        _chromium("chrome", N_("Google Chrome's history")),
        _chromium("chromium", N_("Chromium's history")),
        _chromium("edge", N_("Microsoft Edge's history")),
        _chromium("brave", N_("Brave's history")),
        _chromium("vivaldi", N_("Vivaldi's history")),
        _chromium("opera", N_("Opera's history")),
        Source("firefox", N_("Firefox's history"), "firefox", "firefox", local=True),
        Source("csv", N_("CSV file: start,end,channel,activity,note"), "csv_file", "csv", recorded=True),
    )
}


def source(name: str) -> Source:
    """The format called `name`. Raises TrackerError, naming those there are, for any other."""
    try:
        return SOURCES[name]
    except KeyError:
        raise TrackerError(
            _("no import format is called “{name}”; there are: {names}").format(
                name=quoted(name), names=", ".join(SOURCES)
            )
        ) from None


def family(source: Source) -> tuple[str, ...]:
    """The names of the formats whose facts are remembered together with this one's."""
    return tuple(other.name for other in SOURCES.values() if other.family == source.family)
