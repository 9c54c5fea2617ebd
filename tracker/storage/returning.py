"""Measured time comes back where a record lets go of it.

While a record stands, what a phone or a browser measured of its channel then is not in the log, or was cut out of it;
what an import has read of it is remembered all the same. When the record is deleted, moved or made shorter, nobody
claims that time any more, and what was measured there is shown again, as it would be had the record never been.
"""

from __future__ import annotations

from tracker.domain.models import Session
from tracker.storage.facts import measured_near
from tracker.storage.overlaps import is_nominal, is_recorded
from tracker.storage.session_rows import in_span, update, write
from tracker.storage.spans import Interval, Span, cut, joined, united
from tracker.storage.words import with_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.storage.file import Journal


def give_back(journal: Journal, released: Iterable[Session]) -> None:
    """Show what was measured where these records were, as far as nothing else is there. Inside an action.

    `released` are sessions as they were before they were deleted or changed; those that had taken no time are skipped.
    """
    for session in released:
        if session.end is not None and is_recorded(session) and not is_nominal(session):
            _fill(journal, session, session.end)


def _fill(journal: Journal, gone: Session, end: int) -> None:
    known = measured_near(journal, gone.channel, gone.start, end)
    if not known:
        return
    taken = [
        (there.start, there.end or there.start)
        for there in in_span(journal, gone.start, end, gone.channel)
        if there.end is not None and not is_nominal(there)
    ]
    moments = {start for start, stop in taken if start == stop}
    not_free = united([*taken, (gone.start - _EVER, gone.start), (end, end + _EVER)])
    for format, facts in known.items():
        like = Session(0, gone.channel, 0, 0, gone.zone, source=format)
        for span in joined(facts):
            for part in cut([span], not_free):
                if part[0] not in moments or part[0] < part[1]:
                    _put(journal, like, part, span[:2])


#: Longer than any session reaches.
_EVER = 4_102_444_800


def _put(journal: Journal, like: Session, part: Span, whole: Interval) -> None:
    """Write a part of a measured session: as one with what is left of that session on either side."""
    start, end, estimated = part
    beside = [
        there
        for there in in_span(journal, max(start - 1, whole[0]), min(end, whole[1]) + 1, like.channel)
        if not is_recorded(there) and (there.end == start or there.start == end) and start < end
    ]
    # Two devices can have been cut at the same second; one history can have been read under two names.
    beside = [there for there in beside if there.source == like.source] or beside
    if not beside:
        write(journal, like._replace(start=start, end=end, estimated=estimated > 0))
        return
    first, last = beside[0], beside[-1]
    found = with_words(first, beside[1:])._replace(start=min(start, first.start))
    if last.start == end:
        found = found._replace(end=last.end, estimated=last.estimated)
    else:
        found = found._replace(end=end, estimated=estimated > 0)
    for other in beside[1:]:
        journal.change("DELETE FROM session WHERE id = ?", (other.id,))
    update(journal, found)
