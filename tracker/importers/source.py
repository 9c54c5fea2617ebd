"""What a source of minutes must offer, and every source there is.

To add a source, write one file in `sources/`: a subclass of Source, and `SOURCES`, a tuple of its instances. It is
found there. A source of another package is found by an entry point in the group `tracker.importers`, whose object is
such an instance, the class, or a sequence of instances. `contract.check_source` tells whether a source keeps the rules;
run it in the source's own tests.

`docs/sources.md` has a small source, whole.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import cache
from importlib import import_module

from tracker.domain.errors import TrackerError
from tracker.domain.models import RECORDED
from tracker.domain.record import Record
from tracker.domain.text import one_line, quoted
from tracker.files.file_access import modules_in
from tracker.importers import sources as package
from tracker.importers.imported_record import ReadContext, RejectedRow, Row
from tracker.locale import _
from tracker.storage import Database


class SourceDescription(Record):
    """What a source is.

    `name` is what the user types: lower-case letters, digits and hyphens. `title` and `instructions` (how to get a file
    of it) are messages in English, marked with `N_` where they have translations. `family` is the name under which its
    records are stored, its own name where it is empty: one history that is read as `chrome` and again as `chromium` has
    the same records. `recorded` is true for what a person or another tracker wrote, false for what a machine measured.
    `has_wall_times` says that its times have no zone. `names` says what the source knows of unknown rows: the name of
    an `app`, or a `domain`; the word of the command that makes one a channel's. `takes_address` says that a path may
    be an address, such as `http://127.0.0.1:5600`. `reads_folders` says that a folder may be read as if it was a file.

    `distrusted` are values of `ImportedRecord.estimated` that earlier versions stored wrongly: they are read again.
    """

    name: str
    title: str
    instructions: str = ""
    family: str = ""
    recorded: bool = False
    has_wall_times: bool = False
    names: str = "app"
    takes_address: bool = False
    reads_folders: bool = False
    distrusted: tuple[int, ...] = ()


class Source(ABC):
    """A place that keeps minutes."""

    @abstractmethod
    def describe(self) -> SourceDescription:
        """What the source is. The same each time, and cheap."""

    def detect(self) -> list[str]:
        """The paths of what this source has on this machine, by names of folders alone: no file is opened."""
        return []

    def default_paths(self) -> list[str]:
        """What is read where the user names no path: what is detected, or the address of a server."""
        return self.detect()

    def files_in(self, path: str) -> list[str]:
        """The files that a path of the user's means, such as the profiles in a folder.

        Raises TrackerError for a path without any.
        """
        return [path]

    @abstractmethod
    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """Yield the rows of one file, each as soon as it is read: a file may be larger than the memory.

        Every row of the file is a record, is ignored or is rejected. Titles, addresses and texts of what was looked at
        stay in the file; only hashes of them get into keys. Tell `context.report_progress` how far it is. Raises
        TrackerError, with one clear line, for a file that cannot be read or is not of this source.
        """

    @property
    def name(self) -> str:
        """The name that the user types."""
        return self.describe().name

    @property
    def family(self) -> str:
        """The name under which its records are stored."""
        description = self.describe()
        return description.family or description.name

    @property
    def session_source(self) -> str:
        """The `source` of its sessions.

        What a person recorded is stored under a name of RECORDED, which the storage knows: a source of another package
        names one of them as its family.
        """
        description = self.describe()
        return self.family if description.recorded and description.name not in RECORDED else description.name


class LogSource(Source):
    """A file that has a whole log, which `log_import` merges.

    `is_snapshot` says that the file has no change log: what was changed and deleted since is not known.
    """

    is_snapshot = False

    @abstractmethod
    def open(self, path: str) -> AbstractContextManager[tuple[Database, list[RejectedRow]]]:
        """A private copy of the log in memory, as `with` opens it, and the rows that could not be.

        Raises TrackerError for a file that has none.
        """

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """A log is not read by rows: it is opened."""
        raise NotImplementedError


#: The group of entry points in which other packages name their sources.
ENTRY_POINTS = "tracker.importers"

#: The sources that most people have come first; the others follow by name.
_FIRST = ("app-usage", "chrome", "firefox", "safari", "screentime", "activitywatch", "youtube", "tiktok")


@cache
def all_sources() -> Mapping[str, Source]:
    """Every source by its name. Where two have one name, that of this program counts."""
    sources = {source.name: source for source in (*sources_of_packages()[0], *_built_in())}
    names = sorted(sources, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    return {name: sources[name] for name in names}


def broken_sources() -> Mapping[str, str]:
    """Why a source of another package cannot be used, in one line, by the name of its entry point."""
    return sources_of_packages()[1]


def source_named(name: str) -> Source:
    """The source called `name`. Raises TrackerError, with the names that exist, for any other."""
    for source in _built_in(name.replace("-", "_")):
        if source.name == name:
            return source
    if name in all_sources():
        return all_sources()[name]
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


def is_built_in(source: Source) -> bool:
    """Whether a source comes with the program."""
    return type(source).__module__.startswith("tracker.")


def family_of(source: Source) -> tuple[str, ...]:
    """The names of the sessions whose records are stored together with those of this source."""
    return tuple(
        dict.fromkeys(other.session_source for other in all_sources().values() if other.family == source.family)
    )


def measured_sources() -> tuple[str, ...]:
    """The names of the sessions that were measured, not recorded by a person or another tracker."""
    return tuple(source.name for source in all_sources().values() if not source.describe().recorded)


def _built_in(first: str = "") -> Iterator[Source]:
    """The sources of this program, one module after the other: those of the module `first`, of the browsers, and of the
    others, so that whoever looks for one imports few."""
    modules = sorted(modules_in(package))
    for module in sorted(modules, key=(first, "chromium", "firefox", *modules).index):
        yield from import_module(f"{package.__name__}.{module}").SOURCES


@cache
def sources_of_packages() -> tuple[list[Source], dict[str, str]]:
    """The sources of other installed packages, and why some cannot be used, by the name of their entry points."""
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
                    raise TypeError(_("it is not a source"))
                usable.append(source)
        except Exception as error:  # noqa: BLE001 - the fault of another package must not stop the sources of this one
            broken[point.name] = one_line(f"{type(error).__name__}: {error}") or type(error).__name__
    return usable, broken
