"""The error that the program raises for the user."""


class TrackerError(Exception):
    """What cannot be done, as one clear line for the user. Raised before anything was changed.

    `hint` is what to type at the command line instead; only the command line says it.
    """

    def __init__(self, message: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class IndexRebuilt(TrackerError):
    """The search index was damaged, so nothing was written. It has been built again: the same can be done now."""
