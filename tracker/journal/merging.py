"""Making one session of several of the same channel."""

from __future__ import annotations

from tracker.journal.overlaps import is_recorded, make_room, naming
from tracker.journal.session_rows import check_span, get, update
from tracker.journal.words import with_words
from tracker.locale import _
from tracker.model import Session, TrackerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.journal.file import Journal


def merge(journal: Journal, ids: Sequence[int], *, now: int) -> Session:
    """Make one session of several of the same channel, from the first start to the last end.

    The first keeps its id; empty fields are filled from the others, notes are joined. Raises TrackerError for fewer
    than two, for different channels, or when something else recorded on the channel lies between.
    """
    with journal.transaction():
        parts = sorted((get(journal, id) for id in set(ids)), key=lambda part: (part.start, part.id))
        if len(parts) < 2:
            raise TrackerError(_("merging takes two sessions or more"))
        if len({part.channel for part in parts}) > 1:
            raise TrackerError(_("only sessions of one channel can be merged"))
        whole = _joined(parts)
        with journal.action(_("merged {what}").format(what=naming(parts[0])), now):
            check_span(whole.start, whole.end)
            for part in parts[1:]:
                journal.change("DELETE FROM session WHERE id = ?", (part.id,))
            gone = make_room(journal, whole.channel, whole.start, whole.end, now=now, but=(whole.id,))
            whole = with_words(whole, gone)
            update(journal, whole)
        return whole


def _joined(parts: list[Session]) -> Session:
    ends = [part.end for part in parts]
    last_end = None if None in ends else max(end for end in ends if end is not None)
    return with_words(parts[0], parts[1:])._replace(
        end=last_end,
        estimated=any(part.estimated for part in parts if part.end == last_end),
        source=_joined_source(parts),
    )


def _joined_source(parts: list[Session]) -> str:
    """Whose record the whole is: what a person recorded a part of is theirs; two checks make no check."""
    if any(part.end is None for part in parts):
        return "timer"
    sources = {part.source for part in parts}
    if len(sources) == 1 and "check" not in sources:
        return parts[0].source
    return "log" if any(is_recorded(part) for part in parts) else parts[0].source
