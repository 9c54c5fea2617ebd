"""Preset words that are offered by one key, beside whatever people write themselves.

They are what a check looked for, and what triggered an urge. They are kept in English, as every name in the file is,
and shown in the reader's language.
"""

from __future__ import annotations

from tracker.locale import N_, _, ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.domain.models import Channel, Session
    from tracker.settings import Settings

CHECK_NOTES = {
    "likes": N_("likes"),
    "followers": N_("followers"),
    "comments": N_("comments"),
    "messages": N_("messages"),
    "statistics": N_("statistics"),
}

TRIGGERS = {
    "bored": N_("bored"),
    "anxious": N_("anxious"),
    "notification": N_("notification"),
    "habit": N_("habit"),
    "procrastinating": N_("procrastinating"),
}

#: A trigger that names the task that was put off begins with this.
_PROCRASTINATING = "procrastinating on "


def counts_as_check(session: Session, channel: Channel, settings: Settings) -> bool:
    """Whether a session of that channel is a check: social, and ended within `check_seconds`."""
    ended = session.end is not None and session.end - session.start < settings.check_seconds
    return channel.kind == "social" and ended


def say_check_note(note: str) -> str:
    """A check's note in the reader's language; words of the user stay as they are."""
    return _(CHECK_NOTES[note]) if note in CHECK_NOTES else note


def say_replaced_notes(checks: Iterable[Session]) -> str:
    """`, with the note “likes”`: the notes of checks that a session took the place of, which its own note says now."""
    notes = list(dict.fromkeys(say_check_note(check.note) for check in checks if check.note))
    if not notes:
        return ""
    what = _("; ").join(notes)
    return ngettext(", with the note “{what}”", ", with the notes “{what}”", len(notes)).format(what=what)


def read_check_note(words: str | None) -> str | None:
    """A check's note as it is stored, from words in the reader's language; None for no words."""
    return _read(words, CHECK_NOTES)


def say_trigger(trigger: str) -> str:
    """A trigger in the reader's language; words of the user stay as they are."""
    if trigger.startswith(_PROCRASTINATING):
        return _("procrastinating on {task}").format(task=trigger.removeprefix(_PROCRASTINATING))
    return _(TRIGGERS[trigger]) if trigger in TRIGGERS else trigger


def read_trigger(words: str | None) -> str | None:
    """A trigger as it is stored, from words in the reader's language; None for no words."""
    return _read(words, TRIGGERS)


def procrastination_trigger(task: str) -> str:
    """The trigger of an urge that put `task` off, as it is stored."""
    return f"{_PROCRASTINATING}{task}"


def _read(words: str | None, presets: Mapping[str, str]) -> str | None:
    wanted = (words or "").strip()
    for name, shown in presets.items():
        if wanted.casefold() in (name, _(shown).casefold()):
            return name
    return wanted or None
