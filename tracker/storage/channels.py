"""Channels and activities: which there are, what they are called, and how the user's words find them."""

from __future__ import annotations

from tracker.domain.models import KINDS, Activity, Channel, TrackerError
from tracker.domain.text import entered, one_line, quoted
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.domain.models import Kind
    from tracker.storage.file import Journal

#: This letter answers "which channel?" with the last one again, so it is never a channel's own.
LAST_AGAIN = "c"

_CHANNEL = "SELECT name, title, kind, letter, budget_seconds, archived, position FROM channel"
_ACTIVITY = "SELECT name, title, purpose, archived, position FROM activity"


def channels(journal: Journal) -> list[Channel]:
    """Every channel, archived ones included, in their order."""
    return [_channel(row) for row in journal.rows(f"{_CHANNEL} ORDER BY position, id")]


def in_use(journal: Journal) -> list[Channel]:
    """The channels to show: not archived, and with a session or a budget; the rest wait in the palette."""
    used = {
        name
        for (name,) in journal.rows(
            "SELECT name FROM channel WHERE NOT archived AND (budget_seconds IS NOT NULL "
            "OR EXISTS (SELECT 1 FROM session WHERE session.channel = channel.name))"
        )
    }
    return [channel for channel in channels(journal) if channel.name in used]


def last_used_first(journal: Journal, everything: list[Channel]) -> list[Channel]:
    """The same channels, the one last opened first; those never opened keep their order at the end."""
    last = {
        channel.name: journal.row("SELECT max(start) FROM session WHERE channel = ?", (channel.name,))[0]
        for channel in everything
    }
    return sorted(everything, key=lambda channel: -(last[channel.name] or 0))


def find(journal: Journal, word: str) -> Channel:
    """The channel that `word` names: by name, alias, title, or a beginning that only one channel has.

    Raises TrackerError, with the nearest names, for a word that names none or several.
    """
    wanted = word.strip().lower()
    everything = channels(journal)
    by_name = {channel.title.lower(): channel for channel in everything}
    by_name |= {channel.name: channel for channel in everything}
    alias = journal.row("SELECT channel FROM channel_match WHERE what = 'alias' AND text = ?", (wanted,))
    named = by_name.get(wanted) or (by_name.get(alias[0]) if alias else None)
    if named:
        return named
    beginning = [channel for channel in everything if len(wanted) > 1 and channel.name.startswith(wanted)]
    if len(beginning) == 1:
        return beginning[0]
    if beginning:
        names = ", ".join(channel.name for channel in beginning)
        raise TrackerError(_("“{word}” could be {names}").format(word=quoted(word), names=names))
    raise _unknown(word, [channel.name for channel in everything])


def _unknown(word: str, names: list[str]) -> TrackerError:
    return TrackerError(
        _("no channel is called “{word}”{hint}").format(word=quoted(word), hint=_nearest(word.strip().lower(), names)),
        _("`tracker channel list` shows them, `tracker channel add` makes one"),
    )


def refuse_archived(journal: Journal, name: str) -> None:
    """Raises TrackerError, with what brings it back, for a channel that was put away: nothing new is recorded on it.

    So it does for one that is not there under that name any more.
    """
    row = journal.row("SELECT archived FROM channel WHERE name = ?", (name,))
    if not row:
        raise _unknown(name, [channel.name for channel in channels(journal)])
    if row[0]:
        raise TrackerError(
            _("{channel} is archived; `tracker channel unarchive {channel}` brings it back").format(channel=name)
        )


def refuse_unchecked(journal: Journal, name: str) -> None:
    """Raises TrackerError, with what records it instead, for a channel that one does not just look at."""
    (kind,) = journal.row("SELECT kind FROM channel WHERE name = ?", (name,)) or ("",)
    if kind not in ("social", "messaging"):
        hint = _("`tracker log {channel} 20m` notes a talk") if kind == "in_person" else _("`tracker start {channel}`")
        raise TrackerError(_("{channel} is not checked").format(channel=name), hint.format(channel=name))


def activities(journal: Journal) -> list[Activity]:
    """Every activity, archived ones included, in their order."""
    return [_activity(row) for row in journal.rows(f"{_ACTIVITY} ORDER BY position, id")]


def find_activity(journal: Journal, word: str) -> Activity:
    """The activity that `word` names. Raises TrackerError, with the nearest names, for one that is not known."""
    wanted = word.strip().lower()
    everything = activities(journal)
    named = [activity for activity in everything if wanted in (activity.name, activity.title.lower())]
    named = named or [activity for activity in everything if len(wanted) > 1 and activity.name.startswith(wanted)]
    if len(named) == 1:
        return named[0]
    raise TrackerError(
        _("no activity is called “{word}”{hint}; they are: {names}").format(
            word=quoted(word),
            hint=_nearest(wanted, [activity.name for activity in everything]),
            names=", ".join(activity.name for activity in everything if not activity.archived),
        )
    )


def matches(journal: Journal, what: str | None = None) -> list[tuple[str, str, str]]:
    """(channel, what, text) of every domain, app and alias, or of one sort of them."""
    found: list[tuple[str, str, str]] = journal.rows(
        "SELECT channel, what, text FROM channel_match WHERE ?1 IS NULL OR what = ?1 ORDER BY channel, what, text",
        (what,),
    )
    return found


def add(journal: Journal, name: str, *, title: str | None, kind: str, now: int) -> Channel:
    """A new channel.

    Raises TrackerError if the name is taken, empty, too long or has spaces, or the kind is none of ours.
    """
    with journal.transaction():
        name, title = _free_name(journal, name), entered("title", one_line(title))
        if kind not in KINDS:
            raise TrackerError(
                _("a channel's kind is one of {kinds}, not “{kind}”").format(kinds=", ".join(KINDS), kind=quoted(kind))
            )
        with journal.action(_("added the channel {name}").format(name=name), now):
            insert(journal, name, title or name.capitalize(), kind)  # type: ignore[arg-type]  # checked above
        return find(journal, name)


def insert(journal: Journal, name: str, title: str, kind: Kind) -> None:
    """Write a new channel inside an action, after the others and with the first letter of its name that is free."""
    taken = {letter for (letter,) in journal.rows("SELECT letter FROM channel WHERE letter IS NOT NULL")}
    letter = next((one for one in name if one.isalpha() and one not in taken and one != LAST_AGAIN), None)
    journal.change(
        "INSERT INTO channel(name, title, kind, letter, position) "
        "VALUES (?, ?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM channel))",
        (name, title, kind, letter),
    )


def rename(journal: Journal, channel: Channel, name: str, *, title: str | None, now: int) -> Channel:
    """Give a channel another name; its sessions follow, and the old name stays as an alias.

    One of its own aliases may become its name. Without a title, the title is the name, or stays if the name does.
    """
    with journal.transaction():
        channel = find(journal, channel.name)
        name, title = _free_name(journal, name, own=channel.name), entered("title", one_line(title))
        kept = channel.title if name == channel.name else name.capitalize()
        with journal.action(_("renamed {old} to {new}").format(old=channel.name, new=name), now):
            journal.change("DELETE FROM channel_match WHERE what = 'alias' AND text = ?", (name,))
            journal.change("UPDATE channel SET name = ?, title = ? WHERE name = ?", (name, title or kept, channel.name))
            if name != channel.name:
                journal.change(
                    "INSERT INTO channel_match(channel, what, text) VALUES (?, 'alias', ?)", (name, channel.name)
                )
        return find(journal, name)


def set_budget(journal: Journal, channel: Channel, seconds: int | None, *, now: int) -> Channel:
    """Allow a channel so many seconds a day; None takes the budget away."""
    return _set(journal, channel, _("changed the budget of {title}"), now, budget_seconds=seconds)


def set_kind(journal: Journal, channel: Channel, kind: str, *, now: int) -> Channel:
    """Make a channel `social`, `messaging`, `in_person` or `focus`. Raises TrackerError for another word."""
    if kind not in KINDS:
        raise TrackerError(
            _("a channel's kind is one of {kinds}, not “{kind}”").format(kinds=", ".join(KINDS), kind=quoted(kind))
        )
    return _set(journal, channel, _("made {title} {kind}"), now, kind=kind)


def set_letter(journal: Journal, channel: Channel, letter: str | None, *, now: int) -> Channel:
    """Give a channel its key; None takes it away. Raises TrackerError for what is no letter, or another channel's."""
    letter = letter and letter.strip().lower()
    if letter and not (len(letter) == 1 and letter.isalpha()):
        raise TrackerError(_("a channel's key is one letter, not “{text}”").format(text=quoted(letter)))
    if letter == LAST_AGAIN:
        raise TrackerError(_("{letter} is taken: it means the last channel again").format(letter=letter))
    with journal.transaction():
        channel = find(journal, channel.name)
        owner = journal.row("SELECT name FROM channel WHERE letter = ? AND name <> ?", (letter, channel.name))
        if owner:
            raise TrackerError(
                _("{letter} is the key of {channel}; `tracker channel letter {channel} none` frees it").format(
                    letter=letter, channel=owner[0]
                )
            )
        says = _("gave {title} the key {letter}") if letter else _("took the key of {title} away")
        return _set(journal, channel, says, now, letter=letter)


def set_archived(journal: Journal, channel: Channel, archived: bool, *, now: int) -> Channel:
    """Put a channel away, or take it out again; its sessions stay."""
    says = _("archived {title}") if archived else _("took {title} out of the archive")
    return _set(journal, channel, says, now, archived=int(archived))


def _set(journal: Journal, channel: Channel, says: str, now: int, **field: str | int | None) -> Channel:
    """Set one field of a channel, which another program may have renamed meanwhile: its old name finds it."""
    ((name, value),) = field.items()
    with journal.transaction():
        channel = find(journal, channel.name)
        said = _(value) if name == "kind" and isinstance(value, str) else value
        with journal.action(says.format(title=channel.title, **{name: said}), now):
            journal.change(f"UPDATE channel SET {name} = ? WHERE name = ?", (value, channel.name))
        return find(journal, channel.name)


def add_match(journal: Journal, channel: Channel, what: str, text: str, *, now: int) -> None:
    """Know a channel by one more alias, domain or app. Raises TrackerError if that already means another channel."""
    text = {"alias": _one_word, "domain": _host}.get(what, str.lower)(text.strip())
    if entered("name", text) != text or not text or not text.isprintable():
        raise TrackerError(_("an alias is one word"))
    with journal.transaction():
        channel = find(journal, channel.name)
        owner = journal.row("SELECT channel FROM channel_match WHERE what = ? AND text = ?", (what, text))
        if what == "alias":
            owner = journal.row("SELECT name FROM channel WHERE name = ?", (text,)) or owner
        if owner and owner[0] != channel.name:
            raise TrackerError(_("“{text}” already means {channel}").format(text=quoted(text), channel=owner[0]))
        if owner:
            return
        with journal.action(_("{title} is also known as {text}").format(title=channel.title, text=text), now):
            journal.change(
                "INSERT INTO channel_match(channel, what, text) VALUES (?, ?, ?)", (channel.name, what, text)
            )


def _host(text: str) -> str:
    """The host of an address, or one alone, as browsers write it. Raises TrackerError where there is none."""
    from urllib.parse import urlsplit

    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
        host = host.encode("idna").decode().lower().removeprefix("www.")
    except ValueError:  # UnicodeError is one
        host = ""
    labels = host.split(".")
    if len(labels) < 2 or not all(label.replace("-", "").isalnum() and label.strip("-") == label for label in labels):
        raise TrackerError(_("“{text}” is no host: one is written like linkedin.com").format(text=quoted(text)))
    return host


def add_activity(journal: Journal, name: str, *, purpose: str, now: int) -> Activity:
    """A new activity for one of the four purposes. Raises TrackerError if the name is taken or the purpose unknown."""
    from tracker.domain.models import PURPOSES

    name = _one_word(name)
    if purpose not in PURPOSES:
        raise TrackerError(
            _("an activity's purpose is one of {purposes}, not “{purpose}”").format(
                purposes=", ".join(PURPOSES), purpose=quoted(purpose)
            )
        )
    with journal.transaction():
        if journal.row("SELECT 1 FROM activity WHERE name = ?", (name,)):
            raise TrackerError(_("there is already an activity called {name}").format(name=quoted(name)))
        with journal.action(_("added the activity {name}").format(name=name), now):
            journal.change(
                "INSERT INTO activity(name, title, purpose, position) "
                "VALUES (?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM activity))",
                (name, name, purpose),
            )
        return find_activity(journal, name)


def rename_activity(journal: Journal, activity: Activity, name: str, *, now: int) -> Activity:
    """Give an activity another name; its sessions follow."""
    name = _one_word(name)
    with journal.transaction():
        activity = find_activity(journal, activity.name)
        if journal.row("SELECT 1 FROM activity WHERE name = ?", (name,)):
            raise TrackerError(_("there is already an activity called {name}").format(name=quoted(name)))
        with journal.action(_("renamed {old} to {new}").format(old=activity.name, new=name), now):
            journal.change("UPDATE activity SET name = ?, title = ? WHERE name = ?", (name, name, activity.name))
        return find_activity(journal, name)


def set_activity_archived(journal: Journal, activity: Activity, archived: bool, *, now: int) -> Activity:
    """Put an activity away, or take it out again; its sessions stay."""
    says = _("archived {title}") if archived else _("took {title} out of the archive")
    with journal.transaction():
        activity = find_activity(journal, activity.name)
        with journal.action(says.format(title=activity.name), now):
            journal.change("UPDATE activity SET archived = ? WHERE name = ?", (int(archived), activity.name))
        return find_activity(journal, activity.name)


def _free_name(journal: Journal, name: str, own: str | None = None) -> str:
    """The name, made one lower-case word; TrackerError if it already means a channel other than `own`."""
    name = _one_word(name)
    taken = journal.row(
        "SELECT name FROM channel WHERE name = ?1 UNION ALL "
        "SELECT channel FROM channel_match WHERE what = 'alias' AND text = ?1",
        (name,),
    )
    if taken and taken[0] != own:
        raise TrackerError(_("“{name}” already means {channel}").format(name=quoted(name), channel=taken[0]))
    return name


def _one_word(name: str) -> str:
    name = name.strip().lower()
    if not name or not name.isprintable() or any(sign.isspace() or sign in "@=/" for sign in name):
        raise TrackerError(_("a name is one word without spaces, @, = or /"))
    entered("name", name)
    return name


def _nearest(word: str, names: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, names, n=2)
    return _(" (did you mean {names}?)").format(names=" / ".join(near)) if near else ""


def _channel(row: tuple[object, ...]) -> Channel:
    name, title, kind, letter, budget, archived, position = row
    return Channel(name, title, kind, letter, budget, archived == 1, position)  # type: ignore[arg-type]


def _activity(row: tuple[object, ...]) -> Activity:
    name, title, purpose, archived, position = row
    return Activity(name, title, purpose, archived == 1, position)  # type: ignore[arg-type]
