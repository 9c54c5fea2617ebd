"""The errors that the program raises for the user."""


class TrackerError(Exception):
    """What cannot be done, as one clear line for the user. Raised before anything was changed.

    `hint` is what to type at the command line instead; only the command line says it.
    """

    def __init__(self, message: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class IndexRebuilt(TrackerError):
    """The search index was damaged, so nothing was written. It has been built again: the same can be done now."""


class Overlap(TrackerError):
    """A record has that time already: the user must say which one keeps it (models.TAKE, models.YIELD)."""


class NotOurs(TrackerError):
    """The file belongs to another program, or to a newer version of this one; it is never changed."""


class UnfitLog(TrackerError):
    """The database was not opened because of its log. `kind` says why; `used`: another process has the file open."""

    MISSING = "missing"  # it was deleted or emptied while it held changes; no process has the file open
    TAKEN = "taken"  # the same, while another process has the file open
    DAMAGED = "damaged"  # confirmed changes in it cannot be read
    FOREIGN = "foreign"  # it belongs to another file, or to another state of this one
    OLDER = "older"  # the file was written after the log, as if a backup had been copied over the file
    ELSEWHERE = "elsewhere"  # another process has a file open that was at this path before
    OVERWRITTEN = "overwritten"  # the file was written over while another process has it open

    #: What the other process may put right by itself.
    TRANSIENT = (TAKEN, ELSEWHERE, OVERWRITTEN)

    def __init__(self, kind: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.kind = kind
        self.used = kind in self.TRANSIENT
