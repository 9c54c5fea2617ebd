"""Who to talk to this week: follow-ups due, then ring by ring whoever waits the longest."""

from __future__ import annotations

from tracker.locale import _
from tracker.review.outreach import say_standing, say_waiting
from tracker.tui import ink, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from textual.content import Content

    from tracker.review.outreach import Outreach


def outreach(found: Outreach, width: int, most: int = 99) -> list[Content]:
    """As many lines as there is room for, how far the walk is at their end."""
    standing = say_standing(found)
    people = [
        ink.row(ink.text("↻ ", "$flag"), ink.left(_("follow up: {who}").format(who=say_waiting(one)), width - 2))
        for one in found.follow_ups
    ]
    rings = [(one.ring, waiting) for one in found.rings for waiting in one.waiting]
    label = ink.widest(_(words.RINGS[ring]) for ring, _waiting in rings) + 2
    people += [
        ink.row(
            ink.text("· ", "$good"), ink.left(_(words.RINGS[ring]), label, "$faint"),
            ink.left(say_waiting(one), width - label - 2),
        )
        for ring, one in rings
    ]  # fmt: skip
    if not people:
        people = ink.wrapped(_("Nobody waits. Whoever lives or works nearest is a good beginning."), width, "$faint")
    glyph = ink.text("◎ ", "bold $good" if found.proposed else "$faint")
    walk = ink.wrapped(
        standing[:1].upper() + standing[1:] + ".", width - 2, "bold $good" if found.proposed else "$faint"
    )
    last = [ink.row(glyph if not n else "  ", line) for n, line in enumerate(walk)]
    return [*people[: max(most - len(last), 1)], *last]
