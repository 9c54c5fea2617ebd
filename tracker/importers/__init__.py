"""The import formats: one module each, and the table `IMPORT_FORMATS` that names them.

To add a format: write a module of this package with `read(path, context)`, which returns a ReadResult, and add a row to
the table. A format whose files are on this machine also has `detect(name)`, the paths found, and `files_in(path)`, the
files that a path of the user's means. `importing` runs an import, `planning` and `merging` make sessions of records.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.importers.imported_record import MEASURED
from tracker.locale import N_, _

if TYPE_CHECKING:
    from typing import Any

    from tracker.importers.imported_record import ReadContext, ReadResult


class ImportFormat(NamedTuple):
    """An import format, read by the module of this package called `module`, which is imported when it is needed.

    `family` is the name under which records are stored: a history read as `chrome` and again as `chromium` has the
    same records. `recorded` is true for what a person or another tracker wrote, false for what a machine measured.
    `detectable` means that files of it can be found on this machine, and `wall_times` that its times have no zone.
    `distrusted` are values of `ImportedRecord.estimated` that earlier versions stored wrongly: they are read again.
    """

    name: str
    title: str
    module: str
    family: str
    recorded: bool = False
    detectable: bool = False
    wall_times: bool = False
    distrusted: tuple[int, ...] = ()

    def read(self, path: str, context: ReadContext) -> ReadResult:
        """Read one file. Raises TrackerError for a file that is not of this format."""
        return self._module().read(path, context)  # type: ignore[no-any-return]

    def detect(self) -> list[str]:
        """The files of this format on this machine."""
        return list(self._module().detect(self.name)) if self.detectable else []

    def files_in(self, path: str) -> list[str]:
        """The files that a path given by the user means. Raises TrackerError for a folder without any."""
        return list(self._module().files_in(path)) if self.detectable else [path]

    def _module(self) -> Any:
        return import_module(f"{__name__}.{self.module}")


def _chromium(name: str, title: str) -> ImportFormat:
    return ImportFormat(name, title, "chromium", "chrome", detectable=True, distrusted=(MEASURED,))


IMPORT_FORMATS = {
    format.name: format
    for format in (
        ImportFormat(
            "app-usage", N_("App Usage export of an Android phone"), "app_usage", "app-usage", wall_times=True
        ),
        _chromium("chrome", N_("Google Chrome's history")),
        _chromium("chromium", N_("Chromium's history")),
        _chromium("edge", N_("Microsoft Edge's history")),
        _chromium("brave", N_("Brave's history")),
        _chromium("vivaldi", N_("Vivaldi's history")),
        _chromium("opera", N_("Opera's history")),
        ImportFormat("firefox", N_("Firefox's history"), "firefox", "firefox", detectable=True),
        ImportFormat("rescuetime", N_("RescueTime's hourly report"), "rescuetime", "rescuetime", wall_times=True),
        ImportFormat("toggl", N_("Toggl Track's detailed report"), "toggl", "toggl", recorded=True, wall_times=True),
        ImportFormat(
            "timewarrior",
            N_("Timewarrior's export or data files"),
            "timewarrior",
            "timewarrior",
            recorded=True,
            detectable=True,
        ),
        ImportFormat("watson", N_("Watson's frames"), "watson", "watson", recorded=True, detectable=True),
        ImportFormat("csv", N_("CSV file: start,end,channel,activity,note"), "csv_import", "csv", recorded=True),
    )
}


def import_format(name: str) -> ImportFormat:
    """The format called `name`. Raises TrackerError, with the names that exist, for any other."""
    try:
        return IMPORT_FORMATS[name]
    except KeyError:
        raise TrackerError(
            _("no import format is called “{name}”; there are: {names}").format(
                name=quoted(name), names=", ".join(IMPORT_FORMATS)
            )
        ) from None


def family_of(format: ImportFormat) -> tuple[str, ...]:
    """The names of the formats whose records are stored together with those of this one."""
    return tuple(other.name for other in IMPORT_FORMATS.values() if other.family == format.family)
