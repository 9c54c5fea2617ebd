"""What a person has said of a session, and how it passes on to the session that takes its place. Pure."""

from __future__ import annotations

from tracker.domain.models import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

#: The fields a person fills; the note apart, which several can share.
SAID = ("activity", "planned_seconds", "intention", "trigger", "person", "ring", "override", "overrun")


def has_words(session: Session) -> bool:
    """Whether a person has said anything of it."""
    return any(getattr(session, field) is not None for field in (*SAID, "note"))


def with_words(whole: Session, others: Iterable[Session]) -> Session:
    """`whole` with its empty fields filled from the others, in order, and the notes of all of them.

    No word is lost: what another said in a field that says something else already joins the note. A plan is no word.
    """
    notes = [whole.note]
    for other in others:
        said = {field: found for field in SAID if (found := getattr(other, field)) is not None}
        whole = whole._replace(**{field: said[field] for field in said if getattr(whole, field) is None})
        left = _left_over(whole, said)
        if not any(left in note for note in notes if note):
            notes.append(left)
        notes.append(other.note)
    return whole._replace(note="; ".join(dict.fromkeys(filter(None, notes))) or None)


def _left_over(whole: Session, said: dict[str, Any]) -> str:
    """`create, carousel, @anna`: what was said that the fields of `whole` say otherwise."""
    left = [field for field in said if field != "planned_seconds" and getattr(whole, field) != said[field]]
    return ", ".join(f"@{said[field]}" if field == "person" else said[field] for field in left)
