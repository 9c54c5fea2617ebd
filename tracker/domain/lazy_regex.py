"""Regular expressions that are compiled when they are first used.

Compiling one takes 0.2 ms or more, and what people type is read with fifty of them: all of them at once would double
the time of `tracker check linkedin a few words`, which needs four.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _LazyRegex:
    """Stands for a compiled pattern, which is asked for each method once."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        method = self.__dict__[name] = getattr(re.compile(self.pattern, self._flags), name)
        return method


def lazy_regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile` that compiles nothing yet. A wrong pattern raises `re.error` where it is first used."""
    return _LazyRegex(pattern, flags)  # type: ignore[return-value]
