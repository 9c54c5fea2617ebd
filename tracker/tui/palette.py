"""What the palette finds: the actions and channels of `palette_commands`, the plainest first; or that none matches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit
from textual.system_commands import SystemCommandsProvider

from tracker.locale import _

if TYPE_CHECKING:
    from textual.command import Hits


class PaletteCommands(SystemCommandsProvider):
    """Ranks whole words above parts of words: `import` finds “Import …” before “the important task”."""

    async def discover(self) -> Hits:
        """Every command before anything is typed, in the order of the app, not of the alphabet."""
        for command in self.app.get_system_commands(self.screen):
            yield DiscoveryHit(command.title, command.callback, help=command.help)

    async def search(self, query: str) -> Hits:
        """The matches, each with its score doubled for a whole word, and again where the sentence begins with it.

        What has the words only in its explanation follows: a setting is found by what it is for. Without a match one
        line says so and does nothing: Textual would say it in English.
        """
        words = re.escape(query.strip())
        whole, begun = (re.compile(rf"\b{words}{end}", re.IGNORECASE) for end in (r"\b", ""))
        matcher, is_found = self.matcher(query), False
        for command in self.app.get_system_commands(self.screen):
            score = matcher.match(command.title)
            if found := whole.search(command.title):
                score *= 2 if found.start() else 4
            elif begun.search(command.help):
                score = max(score, matcher.match(query))
            if score > 0:
                is_found = True
                yield Hit(score, matcher.highlight(command.title), command.callback, help=command.help)
        if not is_found:
            yield Hit(1, _("No matches."), lambda: None, help=_("Try another word, or the name of a channel."))
