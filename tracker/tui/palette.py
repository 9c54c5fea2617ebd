"""What the palette finds: the actions and channels of `palette_commands`, the plainest match first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.command import Hit
from textual.system_commands import SystemCommandsProvider

if TYPE_CHECKING:
    from textual.command import Hits


class PaletteCommands(SystemCommandsProvider):
    """Ranks whole words above parts of words: `import` finds “Import …” before “the important task”."""

    async def search(self, query: str) -> Hits:
        """The matches, each with its score doubled for a whole word, and again where the sentence begins with it."""
        wanted = re.compile(rf"\b{re.escape(query.strip())}\b", re.IGNORECASE)
        async for hit in super().search(query):
            if isinstance(hit, Hit) and hit.text and (found := wanted.search(hit.text)):
                hit.score *= 2 if found.start() else 4
            yield hit
