"""The one kind of box the screens are made of: a border with a title, and lines drawn to its exact size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from tracker.tui import ink

if TYPE_CHECKING:
    from textual.geometry import Size


class Panel(Widget):
    """A box that draws itself anew for every size: `draw` is given the room inside the border."""

    ALLOW_SELECT = False

    def draw(self, width: int, height: int) -> list[Content]:
        """The lines to show in `width` × `height` cells."""
        raise NotImplementedError

    def render(self) -> Content:
        """The lines, cut to the room there is."""
        width, height = self.content_size
        if width <= 0 or height <= 0:
            return ink.BLANK
        return Content("\n").join([ink.left(line, width) for line in self.draw(width, height)[:height]])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Panels are given their height by their screen's style sheet."""
        return container.height

    def say(self, title: str, subtitle: str = "") -> None:
        """Set the words on the border: our own, never the user's."""
        if self.border_title != title:
            self.border_title = title
        if self.border_subtitle != subtitle:
            self.border_subtitle = subtitle
