"""Who to talk to this week: follow-ups due, then ring by ring whoever waits the longest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import RINGS
from tracker.formatting.text import as_sentence
from tracker.locale import _
from tracker.reports.contacts import say_ring_reached, say_waiting
from tracker.tui import ink

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.reports.contacts import Outreach, WaitingPerson


def outreach(found: Outreach, width: int, most: int = 99) -> list[Content]:
    """As many lines as there is room for, how far the walk is at their end; in full where all of it fits."""
    walk = _walk(found, width)
    for lines in (3, 1):
        people = [line for one in _people(found) for line in _told(*one, width, lines)]
        if len(people) + len(walk) <= most:
            break
    if not people:
        people = ink.wrapped(_("Nobody waits. Whoever lives or works nearest is a good beginning."), width, "$faint")
    return [*people[: max(most - len(walk), 1)], *walk]


def _people(found: Outreach) -> list[tuple[str, str, str, WaitingPerson]]:
    """Sign, its colour, why, and who."""
    due = [("↻", "$flag", _("follow up"), one) for one in found.follow_ups]
    waiting = [(ring.ring, one) for ring in found.rings for one in ring.waiting]
    return [*due, *(("◎", "$good", _(ring), one) for ring, one in waiting)]


def _told(sign: str, style: str, why: str, one: WaitingPerson, width: int, most: int) -> list[Content]:
    label = max(ink.widest((*map(_, RINGS), _("follow up"))), 8) + 2
    said = ink.wrapped(say_waiting(one), width - label - 2, "", most)
    head = ink.row(ink.text(f"{sign} ", style), ink.left(why, label, "$faint"))
    return [ink.row(head if not n else " " * (label + 2), line) for n, line in enumerate(said)]


def _walk(found: Outreach, width: int) -> list[Content]:
    standing = say_ring_reached(found)
    style = "bold $good" if found.proposed else "$faint"
    said = ink.wrapped(as_sentence(standing), width - 2, style)
    return [ink.row(ink.text("◎ ", style) if not n else "  ", line) for n, line in enumerate(said)]
