"""What a source of minutes must offer: describe itself, detect its files on this machine, and read one of them.

To add a source, write one file in `sources/`: a subclass of Source, and `SOURCES`, a tuple of its instances. The
registry finds it there. A source of another package is found by an entry point in the group `tracker.importers`, whose
object is such an instance, the class, or a sequence of instances. `contract.check_source` tells whether a source keeps
the rules; run it in the source's own tests.

`docs/sources.md` has a small source, whole.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import RECORDED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.importers.imported_record import ReadContext, Row


class SourceDescription(NamedTuple):
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
