"""What is a check, and what it was for: the few words offered by one key, beside whatever people write themselves.

The words are kept in English, as every name in the file is, and said in the reader's language.
"""

from __future__ import annotations

from tracker.locale import N_, _, ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.domain.models import Channel, Session
    from tracker.settings import Settings

LOOKED_FOR = {
    "likes": N_("likes"),
    "followers": N_("followers"),
    "comments": N_("comments"),
    "messages": N_("messages"),
    "statistics": N_("statistics"),
}


def counts(session: Session, channel: Channel, settings: Settings) -> bool:
    """Whether a session of that channel counts as a check: social, and ended within `check_seconds`."""
    ended = session.end is not None and session.end - session.start < settings.check_seconds
    return channel.kind == "social" and ended


def said(note: str) -> str:
    """A check's note as the reader says it; other words stand as they were written."""
    return _(LOOKED_FOR[note]) if note in LOOKED_FOR else note


def with_notes(checks: Iterable[Session]) -> str:
    """`, with the note “likes”`: what was written of checks that a session took the place of; its note says it now."""
    notes = list(dict.fromkeys(said(check.note) for check in checks if check.note))
    if not notes:
        return ""
    what = _("; ").join(notes)
    return ngettext(", with the note “{what}”", ", with the notes “{what}”", len(notes)).format(what=what)


def read(words: str | None) -> str | None:
    """A check's note as it is kept, from words in the reader's language; None where nothing was said."""
    wanted = (words or "").strip()
    for name, shown in LOOKED_FOR.items():
        if wanted.casefold() in (name, _(shown).casefold()):
            return name
    return wanted or None
