"""One rule settles time recorded twice on one channel.

What a person recorded wins over what was measured, so measured time is cut around it. Two records by hand never
overlap silently: the second is refused, naming the first, unless the user has said whose time it is; measured time of
which the user has said something is kept like a record. A check's seconds are nominal: it ends where the next record of
its channel starts, takes nothing from what was measured, and one inside a session recorded later was part of it, so the
session takes its place - with its note, as it takes the words of whatever it covers whole. That is said: by the step in
the history, and by whoever recorded the session (`effects`).

Nothing is made up by cutting. People write times to the minute, and a timer stops at a second: where the two meet, a
few seconds are left that nobody meant, and they would count as a check. So what is left of a record is a piece of its
own from SHORTEST_PIECE on; less is not made. Measured time is cut to the second.
"""

from __future__ import annotations

from tracker.domain.models import BY_HAND, CHECK_LASTS, RECORDED, Session, TrackerError
from tracker.formatting.durations import format_duration
from tracker.formatting.text import format_sessions
from tracker.locale import _, ngettext
from tracker.storage.session_rows import in_span, update, write
from tracker.storage.words import has_words, with_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.storage.file import Journal

#: Whose time it is where two records meet: nobody has said, the new one's, or the one's that is there.
REFUSE, TAKE, YIELD = "refuse", "take", "yield"

#: A piece that is left of a record is kept from so many seconds on.
SHORTEST_PIECE = 60


class Overlap(TrackerError):
    """Something that is kept is recorded then: whose time it is must be said."""


class NothingLeft(TrackerError):
    """A record that is to yield would yield all of its time."""


def make_room(
    journal: Journal,
    channel: str,
    start: int,
    end: int | None,
    *,
    now: int,
    but: tuple[int, ...] = (),
    how: str = REFUSE,
) -> list[Session]:
    """Settle what this channel already has in [start, end). Inside an action.

    What still runs (`end` is None) is only refused what is kept up to `now`; it takes its time when it ends. Returns
    what is gone because the new session covers it whole, with the words that were said of it. Raises Overlap when
    something that is kept is there and `how` is not TAKE, which cuts it too; what runs then runs from the end of the
    new session. `but` are the sessions that are being changed themselves.
    """
    until = end if end is not None else max(start, now) + 1
    gone = []
    for other in in_span(journal, start, until, channel):
        if other.id in but or (other.end is not None and other.end <= start):
            continue
        part = is_part(other, start, until)
        if is_nominal(other) and other.start <= start:
            journal.change('UPDATE session SET "end" = ? WHERE id = ?', (start, other.id))
        elif not part and (other.end is None or is_kept(other)) and (how != TAKE or end is None):
            raise Overlap(
                _("{channel} is already recorded then: session {id}, {what}").format(
                    channel=channel, id=other.id, what=naming(other)
                ),
                _("`tracker edit {id} FIELD=VALUE` changes it, `tracker delete {id}` takes it out").format(id=other.id),
            )
        elif end is None:
            # How far what runs will reach is known when it ends, and it may be cancelled: nothing is lost before.
            continue
        elif part or (other.end is not None and not _pieces(other, start, until)):
            journal.change("DELETE FROM session WHERE id = ?", (other.id,))
            gone.append(other)
        else:
            cut_out(journal, other, start, until)
    journal.also(say_taken_in([other for other in gone if is_part(other, start, until)]))
    return gone


def say_taken_in(parts: Sequence[Session]) -> str:
    """`2 checks inside it are part of it now`; empty for none."""
    if not parts:
        return ""
    n = len(parts)
    return ngettext("{n} check inside it is part of it now", "{n} checks inside it are part of it now", n).format(n=n)


def in_the_way(journal: Journal, channel: str, start: int, end: int, *, but: tuple[int, ...] = ()) -> list[Session]:
    """The records of this channel in [start, end) that `make_room` would refuse to cut, by start."""
    return [
        other
        for other in in_span(journal, start, end, channel)
        if other.id not in but
        and (other.end is None or (is_kept(other) and other.end > start))
        and not (is_nominal(other) and other.start <= start)
        and not is_part(other, start, end)
    ]


def placed(
    journal: Journal,
    session: Session,
    *,
    now: int,
    but: tuple[int, ...] = (),
    how: str = REFUSE,
    least: int = SHORTEST_PIECE,
) -> list[Session]:
    """The session, with room made for it, to be written: where it yields in its middle, as several. Inside an action.

    Pieces of it last `least` seconds at least; what runs and yields starts later. A check takes no recorded time.
    Raises Overlap as `make_room` does, NothingLeft where it would yield all of its time, and TrackerError for a check
    where its channel is known to have been open.
    """
    if is_nominal(session):
        _refuse_look(journal, session, but)
        how = REFUSE if how == TAKE else how
    spans: list[tuple[int, int | None]] = [(session.start, session.end)]
    if how == YIELD and session.end is None:
        others = in_the_way(journal, session.channel, session.start, max(session.start, now) + 1, but=but)
        spans = [(max([session.start, *(other.end or 0 for other in others)]), None)]
    elif how == YIELD and session.end is not None:
        spans = [*left_free(journal, session.channel, session.start, session.end, but=but, least=least)]
    if not spans:
        raise NothingLeft(_("all of that time is recorded already"))
    parts = []
    for start, end in spans:
        gone = make_room(journal, session.channel, start, end, now=now, but=but, how=how)
        estimated = session.estimated and end == session.end
        parts.append(with_words(session, gone)._replace(start=start, end=end, estimated=estimated))
    return parts


def _refuse_look(journal: Journal, check: Session, but: tuple[int, ...]) -> None:
    for other in in_span(journal, check.start, check.end or check.start, check.channel):
        if other.id not in but and other.end is not None and not is_recorded(other):
            raise TrackerError(
                _("{channel} was open then: session {id}, {what}; a look there is part of it").format(
                    channel=check.channel, id=other.id, what=naming(other)
                )
            )


def left_free(
    journal: Journal,
    channel: str,
    start: int,
    end: int,
    *,
    but: tuple[int, ...] = (),
    least: int = SHORTEST_PIECE,
) -> list[tuple[int, int]]:
    """What of [start, end) nothing that is kept lies in: all of it, or pieces of `least` seconds or longer."""
    others = in_the_way(journal, channel, start, end, but=but)
    if not others:
        return [(start, end)]
    spans = []
    at = start
    for other in others:
        if other.start > at:
            spans.append((at, other.start))
        at = max(at, other.end if other.end is not None else end)
    return [span for span in (*spans, (at, end)) if span[1] - span[0] >= least]


def end_of_check(journal: Journal, channel: str, at: int) -> int:
    """Where a check that starts at the instant `at` ends: after CHECK_LASTS, or where the next record starts."""
    coming = [
        other.start
        for other in in_span(journal, at, at + CHECK_LASTS, channel)
        if other.start > at and (other.end is None or is_kept(other))
    ]
    return min(coming, default=at + CHECK_LASTS)


def cut_out(journal: Journal, session: Session, lo: int, hi: int) -> None:
    """Take [lo, hi) out of a session: shorten it, split it or remove it; what runs runs on from `hi`. In an action."""
    pieces = _pieces(session, lo, hi)
    if not pieces:
        journal.change("DELETE FROM session WHERE id = ?", (session.id,))
        return
    if session.end is None:
        pieces.reverse()  # what runs keeps its id
    for place, (start, end) in enumerate(pieces):
        estimated = session.estimated and end == session.end
        piece = session._replace(start=start, end=end, estimated=estimated)
        if place:
            write(journal, piece)
        else:
            update(journal, piece)


def _pieces(session: Session, lo: int, hi: int) -> list[tuple[int, int | None]]:
    """What is left of a session, by start, once [lo, hi) is taken out of it; of what is kept nothing short."""
    least = SHORTEST_PIECE if is_kept(session) else 1
    found: list[tuple[int, int | None]] = []
    if lo - session.start >= least:
        found.append((session.start, lo))
    if session.end is None or session.end - hi >= least:
        found.append((max(session.start, hi), session.end))
    return found


def is_recorded(session: Session) -> bool:
    """Whether a person, or another tracker for them, recorded this session."""
    return session.source in BY_HAND or session.source in RECORDED


def is_kept(session: Session) -> bool:
    """Whether its time is never cut unasked: it was recorded, or was measured and a person has said something of it."""
    return is_recorded(session) or has_words(session)


def is_nominal(session: Session) -> bool:
    """Whether this is a check whose seconds nobody measured; one made longer by hand has its true length."""
    return session.source == "check" and session.end is not None and session.end - session.start <= CHECK_LASTS


def is_part(session: Session, start: int, until: int) -> bool:
    """Whether this is a check, or a moment by hand, that began inside a new session over [start, until)."""
    moment = session.source in BY_HAND and session.start == session.end
    return start <= session.start < until and (is_nominal(session) or moment)


def naming(*sessions: Session) -> str:
    """A session in a few words, for messages: `linkedin create 24m`; several as their number."""
    if len(sessions) != 1:
        return format_sessions(len(sessions))
    (session,) = sessions
    words = [session.channel, session.activity or ""]
    if session.end is not None:
        words.append(format_duration(session.end - session.start))
    return " ".join(word for word in words if word)
