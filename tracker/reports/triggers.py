"""What sets a wish to open a channel off: the few words offered by one key, beside whatever people write themselves.

The words are kept in English, as every name in the file is, and said in the reader's language.
"""

from __future__ import annotations

from tracker.locale import N_, _

TRIGGERS = {
    "bored": N_("bored"),
    "anxious": N_("anxious"),
    "notification": N_("notification"),
    "habit": N_("habit"),
    "procrastinating": N_("procrastinating"),
}

#: Before the name of what was put off.
_PUT_OFF = "procrastinating on "


def said(trigger: str) -> str:
    """A trigger as the reader says it; other words stand as they were written."""
    if trigger.startswith(_PUT_OFF):
        return _("procrastinating on {task}").format(task=trigger.removeprefix(_PUT_OFF))
    return _(TRIGGERS[trigger]) if trigger in TRIGGERS else trigger


def read(words: str | None) -> str | None:
    """A trigger as it is kept, from words in the reader's language; None where nothing was said."""
    wanted = (words or "").strip()
    for name, shown in TRIGGERS.items():
        if wanted.casefold() in (name, _(shown).casefold()):
            return name
    return wanted or None


def putting_off(task: str) -> str:
    """The trigger of an urge that put `task` off."""
    return f"{_PUT_OFF}{task}"
