"""tracker: a keyboard-driven habit and time tracker for people whose work tempts them onto social networks."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__version__ = "0.10.1"


def read_data(name: str) -> dict[str, Any]:
    """The tables of a TOML file of this package, by its path in it: `cli/help.toml`.

    To import `tomllib` takes nearly as long as to start Python. Of the daily commands, only the first one on a new file
    calls this.
    """
    import os
    import tomllib

    with open(os.path.join(os.path.dirname(__file__), *name.split("/")), "rb") as file:
        return tomllib.load(file)
