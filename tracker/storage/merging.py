"""Making one session of several of the same channel."""

from __future__ import annotations

from tracker.domain.models import Session, TrackerError
from tracker.formatting.durations import format_duration
from tracker.locale import _
from tracker.storage.overlaps import is_recorded, make_room, naming
from tracker.storage.session_rows import check_span, get, update
from tracker.storage.words import with_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.storage.file import Journal


#: Sessions further apart, in seconds all gaps together, are joined only by somebody who said so: a merged session is
#: one long one, and the time between becomes time that was spent.
WIDEST_GAP = 30 * 60


def merge(journal: Journal, ids: Sequence[int], *, now: int, across: bool = False) -> Session:
    """Make one session of several of the same channel, from the first start to the last end.

    The first keeps its id; its words come first, those of one that runs before them, and none is lost: empty fields
    are filled from the others, notes are joined, what a field cannot hold twice joins the note. Raises TrackerError
    for fewer than two, for different channels, for gaps of over WIDEST_GAP together unless `across` was said, or when
    something else recorded on the channel lies between.
    """
    with journal.transaction():
        parts = parts_of(journal, ids)
        added, whole = gap(parts), _joined(parts)
        if added > WIDEST_GAP and not across:
            raise TrackerError(
                _("merging them would add {gap} between them, and make {time} of it").format(
                    gap=format_duration(added), time=format_duration(max((whole.end or now) - whole.start, 0))
                ),
                _("`tracker merge {ids} --across` does it all the same").format(
                    ids=" ".join(str(part.id) for part in parts)
                ),
            )
        with journal.action(_("merged {what}").format(what=naming(parts[0])), now):
            check_span(whole.start, whole.end)
            for part in parts[1:]:
                journal.change("DELETE FROM session WHERE id = ?", (part.id,))
            gone = make_room(journal, whole.channel, whole.start, whole.end, now=now, but=(whole.id,))
            whole = with_words(whole, gone)
            update(journal, whole)
        return whole


def parts_of(journal: Journal, ids: Sequence[int]) -> list[Session]:
    """The sessions to be merged, by start. Raises TrackerError for fewer than two, or of different channels."""
    parts = sorted((get(journal, id) for id in set(ids)), key=lambda part: (part.start, part.id))
    if len(parts) < 2:
        raise TrackerError(_("merging takes two sessions or more"))
    if len({part.channel for part in parts}) > 1:
        raise TrackerError(_("only sessions of one channel can be merged"))
    return parts


def gap(parts: Sequence[Session]) -> int:
    """How many seconds merging these sessions, by start, adds: those between the first start and the last end that
    none of them holds."""
    added, until = 0, parts[0].start
    for part in parts:
        added += max(part.start - until, 0)
        until = max(until, part.end if part.end is not None else part.start)
    return added


def _joined(parts: list[Session]) -> Session:
    ends = [part.end for part in parts]
    last_end = None if None in ends else max(end for end in ends if end is not None)
    # What one is at now was said last, and is what the Timer shows.
    first, *others = sorted(parts, key=lambda part: part.end is not None)
    return with_words(first, others)._replace(
        id=parts[0].id,
        start=parts[0].start,
        zone=parts[0].zone,
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
