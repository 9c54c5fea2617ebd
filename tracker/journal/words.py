"""What a person has said of a session, and how it passes on to the session that takes its place. Pure."""

from __future__ import annotations

from tracker.model import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: The fields a person fills; the note apart, which several can share.
SAID = ("activity", "planned_seconds", "intention", "trigger", "person", "ring", "override", "overrun")


def has_words(session: Session) -> bool:
    """Whether a person has said anything of it."""
    return any(getattr(session, field) is not None for field in (*SAID, "note"))


def with_words(whole: Session, others: Iterable[Session]) -> Session:
    """`whole` with its empty fields filled from the others, in order, and the notes of all of them."""
    notes = [whole.note]
    for other in others:
        empty = [field for field in SAID if getattr(whole, field) is None and getattr(other, field) is not None]
        whole = whole._replace(**{field: getattr(other, field) for field in empty})
        notes.append(other.note)
    return whole._replace(note="; ".join(dict.fromkeys(filter(None, notes))) or None)
