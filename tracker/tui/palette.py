"""What the command palette offers: the sentences of the app, in its order; and a line where none of them matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Provider

from tracker.locale import _

if TYPE_CHECKING:
    from textual.command import Hits


class Commands(Provider):
    """The commands of the app; Textual's own provider has no words of ours for a search without a match."""

    async def discover(self) -> Hits:
        """Every command, before anything is typed."""
        for command in self.app.get_system_commands(self.screen):
            yield DiscoveryHit(command.title, command.callback, help=command.help)

    async def search(self, query: str) -> Hits:
        """The commands that match what is typed; else one line that says so and does nothing."""
        matcher, found = self.matcher(query), False
        for command in self.app.get_system_commands(self.screen):
            if (score := matcher.match(command.title)) > 0:
                found = True
                yield Hit(score, matcher.highlight(command.title), command.callback, help=command.help)
        if not found:
            yield Hit(1, _("No matches."), lambda: None, help=_("Try another word, or the name of a channel."))
