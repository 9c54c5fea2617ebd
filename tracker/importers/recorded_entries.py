"""What the entries of other time trackers have in common: a start, an end, names (a project, tags) and a note.

The first name that is a channel of this log, or an alias of one, is the channel; the first other name that is an
activity is the activity; the other names join the note. Where no name is a channel, the user has named one all the
same: a channel of the kind `focus` is made, called as the project or, without a project, as that of the entry's tags
which the file uses most. (Hooks of task managers give each interval its description as one more tag.) Names that a line
of the log reads as something else (`today`) make no channel.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.errors import TrackerError
from tracker.domain.models import LONGEST_SESSION
from tracker.domain.text import entered, one_line
from tracker.importers.channel_matcher import new_channel_name
from tracker.importers.imported_record import (
    FIRST_INSTANT,
    LAST_INSTANT,
    IgnoredRows,
    ImportedRecord,
    NewChannel,
    RecordDetails,
    RejectedRow,
    hash_text,
    in_the_future,
    record_key,
)
from tracker.locale import _
from tracker.storage import channels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tracker.importers.imported_record import ReadContext, Row


class RecordedEntry(NamedTuple):
    """One entry of another tracker: its line in the source, its start and end in UTC seconds (None while it runs).

    `identity` is what tells it from other entries of the same start, and never changes.
    """

    line: int
    start: int
    end: int | None
    project: str | None = None
    tags: tuple[str, ...] = ()
    note: str | None = None
    identity: str = ""


def read_entries(entries: Callable[[], Iterable[RecordedEntry | RejectedRow]], context: ReadContext) -> Iterator[Row]:
    """Yield the records of a tracker's entries, which are gone through twice.

    Running ones, and those without a name for a channel, are ignored.
    """
    uses: Counter[str] = Counter()
    count = 0
    for entry in entries():
        count += 1
        if isinstance(entry, RecordedEntry):
            uses.update(entry.tags)
    for number, entry in enumerate(entries()):
        if not number % 5_000:
            context.report_progress(number / count)
        if isinstance(entry, RejectedRow):
            yield entry
            continue
        try:
            yield from _rows(entry, uses, context)
        except TrackerError as error:
            yield RejectedRow(entry.line, str(error))


def _rows(entry: RecordedEntry, uses: Counter[str], context: ReadContext) -> Iterator[Row]:
    if not FIRST_INSTANT <= entry.start < LAST_INSTANT:
        raise TrackerError(_("the entry has no date between 1970 and 2099"))
    if max(entry.start, entry.end or 0) > context.now:
        raise TrackerError(in_the_future())
    if entry.end is None:
        yield IgnoredRows()
        return
    if entry.end < entry.start:
        raise TrackerError(_("a session cannot end before it starts"))
    if entry.end - entry.start > LONGEST_SESSION:
        raise TrackerError(_("a session cannot last more than a week"))
    names = [name for name in map(one_line, (entry.project, *entry.tags)) if name]
    chosen = next((name for name in names if context.matcher.by_word(name)), None)
    channel = context.matcher.by_word(chosen) if chosen else None
    if not channel:
        unknown = [name for name in names if name.lower() not in context.activities]
        if not unknown:
            yield IgnoredRows()
            return
        readable = [name for name in unknown if _is_readable(new_channel_name(name))] or unknown
        chosen = readable[0] if entry.project else max(readable, key=uses.__getitem__)
        channel = new_channel_name(entered("name", chosen) or "")
        if not _is_readable(channel):
            channels.refuse_unreadable(channel)
        yield NewChannel(channel, chosen[:1].upper() + chosen[1:], "focus")
    names.remove(chosen or "")
    activity = next((name for name in names if name.lower() in context.activities), None)
    if activity:
        names.remove(activity)
    note = entered("note", "; ".join(filter(None, (one_line(entry.note), *names))) or None)
    key = record_key(entry.start, hash_text(entry.identity))
    details = RecordDetails(context.zone, activity.lower() if activity else None, note=note)
    yield ImportedRecord(channel, entry.start, entry.end, key, details=details)


#: Many entries have few names.
_is_readable = lru_cache(maxsize=10_000)(channels.is_readable)
