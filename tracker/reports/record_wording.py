"""Words about what is recorded that command line and screens share: presets, results, and what a change did besides.

Presets are words that are offered by one key: what a check looked for, and what triggered an urge. They are kept in
English, as every name in the file is, and shown in the reader's language; people may write their own words instead.
"""

from __future__ import annotations

from tracker.domain.models import DAY, EARNING_KINDS, WITH_ANYBODY, WITH_PERSON, counts_in, lies_in
from tracker.formatting.text import format_day_count
from tracker.formatting.times import format_duration
from tracker.locale import N_, _, ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tracker.domain.models import Channel, Effects, Outcome, Session
    from tracker.formatting.times import SessionTimes
    from tracker.settings import Settings

    #: From a channel's name to its title.
    Title = Callable[[str], str]

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
    named = (name for name, shown in presets.items() if wanted.casefold() in (name, _(shown).casefold()))
    return next(named, wanted or None)


# --- Results


def say_counted(kind: str, currency: str | None, own: str) -> str:
    """How an amount counts where the user may not expect it: `counted as income`; empty else.

    Only amounts in `own`, the currency of the settings, are added up; a client's amount is income already.
    """
    if currency is None or kind not in EARNING_KINDS:
        return ""
    if not counts_in(currency, own):
        return _("not added to your income in {currency}, because nothing is converted").format(currency=own)
    return _("counted as income") if kind == "client" else ""


def say_duplicate(other: Outcome) -> str:
    """`client o3 has the same person and amount …`: one sale may have been recorded twice."""
    return _(
        "{kind} {id} has the same person and amount, and both count as income: if it is one sale, delete one of them"
    ).format(kind=_(other.kind), id=f"o{other.id}")


def last_touch_limits() -> dict[str, str]:
    """The look-back windows of the last touch, to be put into a message: `day` for anybody, `days` for a person."""
    return {"day": format_duration(WITH_ANYBODY), "days": format_day_count(WITH_PERSON // DAY)}


# --- What a change of sessions did besides

#: So many changes are listed; the others are counted.
MOST_LISTED = 3


def say_effects(effects: Effects, times: SessionTimes, title: Title) -> list[str]:
    """What else is true now, in phrases; none where only what was asked for has changed."""
    mine = say_mine(effects, times, title, named=len(effects.wanted) > 1)
    phrases = [*filter(None, [mine]), *say_others(effects, times, title)]
    if parts := _taken_in(effects):
        from tracker.storage.overlaps import say_taken_in

        phrases.append(say_taken_in(parts) + say_replaced_notes(parts))
    if shown := [*effects.shown_again, *_grown(effects)]:
        spans = listed([times(session) for session in shown])
        phrases.append(_("measured time is shown again: {spans}").format(spans=spans))
    return phrases


def say_mine(effects: Effects, times: SessionTimes, title: Title, *, named: bool = True) -> str:
    """`LinkedIn 08:29–08:45 instead of 08:20–08:45`: what was recorded of what was asked for; empty where all was.

    Without `named` only `instead of 08:20–08:45`, behind a message that has the channel and the times already.
    """
    phrases = []
    for wanted in effects.wanted:
        pieces = [piece for piece in effects.mine if piece.channel == wanted.channel and lies_in(piece, wanted)]
        if not pieces:
            name = title(wanted.channel)
            phrases.append(_("{channel} {span} not saved").format(channel=name, span=times(wanted)))
        elif [piece.placement for piece in pieces] != [wanted.placement]:
            phrases.append(_instead(title(wanted.channel) if named else "", wanted, pieces, times))
    return _("; ").join(phrases)


def shortened(effects: Effects) -> list[tuple[Session, tuple[Session, ...]]]:
    """The sessions that were cut or removed, each with what is left of it; without checks, whose length is nominal."""
    from tracker.storage.overlaps import is_nominal

    taken, grown = _taken_in(effects), _grown(effects)
    return [
        (was, left)
        for was, left in effects.others
        if was not in taken and not is_nominal(was) and not any(lies_in(was, session) for session in grown)
    ]


def say_others(effects: Effects, times: SessionTimes, title: Title) -> list[str]:
    """`LinkedIn 08:04–08:20 instead of 08:04–08:29`, `LinkedIn 08:31–08:35 removed`: the `shortened` sessions."""
    changes = [
        _instead(title(was.channel), was, left, times)
        if left
        else _("{channel} {span} removed").format(channel=title(was.channel), span=times(was))
        for was, left in shortened(effects)
    ]
    more = len(changes) - MOST_LISTED
    return [*changes[:MOST_LISTED], _("{n} more changed").format(n=more)] if more > 0 else changes


def listed(spans: Sequence[str]) -> str:
    """`14:00–14:25, 15:10–15:30`; of more than three the first ones and `…`."""
    return ", ".join([*spans[:MOST_LISTED], "…"] if len(spans) > MOST_LISTED else spans)


def _taken_in(effects: Effects) -> list[Session]:
    """The checks, and sessions without length, that became part of what was asked for."""
    from tracker.storage.overlaps import is_nominal

    return [was for was, left in effects.others if not left and (is_nominal(was) or was.start == was.end)]


def _grown(effects: Effects) -> list[Session]:
    """Measured sessions that got time back; what lies in one of them is part of it again."""
    return [left[0] for was, left in effects.others if len(left) == 1 and not lies_in(left[0], was)]


def _instead(channel: str, was: Session, left: Sequence[Session], times: SessionTimes) -> str:
    """Of the session `was` only the pieces `left` are there; without `channel`, only what it was."""
    now, before = listed([times(session) for session in left]), times(was)
    if not channel and now != before:
        return _("instead of {before}").format(before=before)
    if now == before:  # they differ by seconds
        now, before = listed([times(session, exact=True) for session in left]), times(was, exact=True)
    return _("{channel} {now} instead of {before}").format(channel=channel, now=now, before=before).strip()
