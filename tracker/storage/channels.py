"""Channels and activities: their names, and finding them by what the user types."""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.domain.models import KINDS, Activity, Channel
from tracker.domain.text import entered, one_line, quoted
from tracker.formatting.text import activity_word, list_terms, shown_title
from tracker.locale import _
from tracker.storage.undo_steps import undo_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from tracker.domain.models import Kind
    from tracker.storage.database import Database

    Titled = TypeVar("Titled", Channel, Activity)

#: The key that stands for the last channel again, so no channel has it.
LAST_AGAIN = "c"


#: Each channel with the starts of its first and its last session.
_USES = (
    "SELECT name, (SELECT min(start) FROM session WHERE channel = channel.name), "
    "(SELECT max(start) FROM session WHERE channel = channel.name) FROM channel"
)


def channels(database: Database) -> list[Channel]:
    """Every channel, archived ones included, in their order."""
    return [*map(_read, database.records(Channel, "ORDER BY position, id"))]


def names_of(database: Database, *kinds: Kind) -> set[str]:
    """The names of the channels of these kinds."""
    return {name for name, kind in database.rows("SELECT name, kind FROM channel") if kind in kinds}


def last_used(database: Database) -> dict[str, int]:
    """Of each channel that has a session, the start of the last one."""
    return {name: last for name, _first, last in database.rows(_USES) if last is not None}


def first_use(database: Database) -> int | None:
    """The start of the first session; None without any. The screens, which also ask for `last_used`, read it once."""
    return min((first for _name, first, _last in database.rows(_USES) if first is not None), default=None)


def in_use(database: Database) -> list[Channel]:
    """The channels to show: not archived, and with a session or a budget."""
    used = last_used(database)
    return [
        channel
        for channel in channels(database)
        if not channel.archived and (channel.name in used or channel.budget_seconds is not None)
    ]


def last_used_first(database: Database, channels: list[Channel]) -> list[Channel]:
    """The channels, the one used last first; unused ones keep their order at the end."""
    last = last_used(database)
    return sorted(channels, key=lambda channel: -last.get(channel.name, 0))


def find(database: Database, word: str) -> Channel:
    """The channel that `word` names: by name, alias, title, or a beginning that only one channel has.

    Raises TrackerError, with the nearest names, for a word that names none or several.
    """
    wanted = word.strip().lower()
    everything = channels(database)
    by_name = {channel.title.lower(): channel for channel in everything}
    by_name |= {channel.name: channel for channel in everything}
    alias = database.row("SELECT channel FROM channel_match WHERE what = 'alias' AND text = ?", (wanted,))
    named = by_name.get(wanted) or (by_name.get(alias[0]) if alias else None)
    if named:
        return named
    beginning = [channel for channel in everything if len(wanted) > 1 and channel.name.startswith(wanted)]
    if len(beginning) == 1:
        return beginning[0]
    if beginning:
        names = ", ".join(channel.name for channel in beginning)
        raise TrackerError(_("“{word}” is ambiguous: {names}").format(word=quoted(word), names=names))
    raise _unknown(word, [channel.name for channel in everything])


def _unknown(word: str, names: list[str]) -> TrackerError:
    return TrackerError(
        _("unknown channel “{word}”{hint}").format(word=quoted(word), hint=_nearest(word.strip().lower(), names)),
        _("`tracker channel list` shows them, `tracker channel add` adds one"),
    )


def refuse_archived(database: Database, name: str) -> str:
    """Return the kind of a channel on which something is to be recorded.

    Raises TrackerError for an archived channel and for an unknown one.
    """
    row = database.row("SELECT archived, kind FROM channel WHERE name = ?", (name,))
    if not row:
        raise _unknown(name, [channel.name for channel in channels(database)])
    archived, kind = row
    if archived:
        message = _("{channel} is archived; `tracker channel unarchive {channel}` restores it")
        raise TrackerError(message.format(channel=name))
    return str(kind)


def refuse_unchecked(database: Database, name: str) -> None:
    """Raise TrackerError as `refuse_archived` does, and for a channel that is neither social nor messaging."""
    kind = refuse_archived(database, name)
    if kind not in ("social", "messaging"):
        hint = _("`tracker start {channel}` starts a session")
        if kind == "in_person":
            hint = _("`tracker log {channel} 20m` logs a talk")
        raise TrackerError(_("{channel} has no checks").format(channel=name), hint.format(channel=name))


def activities(database: Database) -> list[Activity]:
    """Every activity, archived ones included, in their order."""
    return [*map(_read, database.records(Activity, "ORDER BY position, id"))]


def activities_by_name(database: Database) -> dict[str, Activity]:
    """Every activity, archived ones included, by its name."""
    return {activity.name: activity for activity in activities(database)}


def find_activity(database: Database, word: str) -> Activity:
    """The activity that `word` names. Raises TrackerError, with the nearest names, for one that is not known."""
    wanted = word.strip().lower()
    everything = activities(database)
    named = [activity for activity in everything if wanted in (activity.name, activity.title.lower())]
    named = named or [activity for activity in everything if len(wanted) > 1 and activity.name.startswith(wanted)]
    if not named:
        from tracker.calendar.words import ACTIVITY_WORDS, plain  # imported late: most words are names

        typed = plain(wanted)
        named = [
            activity
            for activity in everything
            if typed == plain(activity.title) or activity.name == ACTIVITY_WORDS.get(typed)
        ]
    if len(named) == 1:
        return named[0]
    raise TrackerError(
        _("unknown activity “{word}”{hint}; choose one of: {names}").format(
            word=quoted(word),
            hint=_nearest(wanted, [activity.name for activity in everything]),
            names=", ".join(activity_word(activity.name) for activity in everything if not activity.archived),
        )
    )


def matches(database: Database, what: str | None = None) -> list[tuple[str, str, str]]:
    """(channel, what, text) of every domain, app and alias, or of one of these (`what`)."""
    rows: list[tuple[str, str, str]] = database.rows(
        "SELECT channel, what, text FROM channel_match WHERE ?1 IS NULL OR what = ?1 ORDER BY channel, what, text",
        (what,),
    )
    return rows


def add(database: Database, name: str, *, title: str | None, kind: str, now: int) -> Channel:
    """Add a channel.

    Raises TrackerError if the name is taken, empty, too long or has spaces, or the kind is unknown.
    """
    with database.transaction():
        name, title = _free_name(database, name), _readable_title(title)
        _refuse_kind(kind)
        with undo_step(database, _("added the channel {name}").format(name=name), now):
            insert(database, name, title or name.capitalize(), kind)  # type: ignore[arg-type]  # checked above
        return find(database, name)


def insert(database: Database, name: str, title: str, kind: Kind) -> None:
    """Insert a channel after the others, with the first free letter of its name as its key. Inside an undo step."""
    taken = {letter for (letter,) in database.rows("SELECT letter FROM channel WHERE letter IS NOT NULL")}
    letter = next((char for char in name if char.isalpha() and char not in taken and char != LAST_AGAIN), None)
    database.change(
        "INSERT INTO channel(name, title, kind, letter, position) "
        "VALUES (?, ?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM channel))",
        (name, title, kind, letter),
    )


def rename(database: Database, channel: Channel, name: str, *, title: str | None, now: int) -> Channel:
    """Rename a channel with its sessions; the old name becomes an alias if a line of the log can have it.

    The new name may be one of its aliases. Without a title, the title is the name, or stays if the name does.
    """
    with database.transaction():
        channel = find(database, channel.name)
        name, title = _free_name(database, name, own=channel.name), _readable_title(title)
        title = title or (None if name == channel.name else name.capitalize())
        with undo_step(database, _("renamed {old} to {new}").format(old=channel.name, new=name), now):
            database.change("DELETE FROM channel_match WHERE what = 'alias' AND text = ?", (name,))
            database.change(
                "UPDATE channel SET name = ?, title = coalesce(?, title) WHERE name = ?", (name, title, channel.name)
            )
            if name != channel.name and is_readable(channel.name):
                database.change(
                    "INSERT INTO channel_match(channel, what, text) VALUES (?, 'alias', ?)", (name, channel.name)
                )
        return find(database, name)


def set_budget(database: Database, channel: Channel, seconds: int | None, *, now: int) -> Channel:
    """Set the budget of a channel in seconds a day; None removes it."""
    return _set(database, channel, _("changed the budget of {title}"), now, budget_seconds=seconds)


def set_kind(database: Database, channel: Channel, kind: str, *, now: int) -> Channel:
    """Make a channel `social`, `messaging`, `in_person` or `focus`. Raises TrackerError for another word."""
    _refuse_kind(kind)
    return _set(database, channel, _("changed {title} to {kind}"), now, kind=kind)


def _refuse_kind(kind: str) -> None:
    if kind not in KINDS:
        message = _("a channel's kind must be one of {kinds}, not “{kind}”")
        raise TrackerError(message.format(kinds=", ".join(KINDS), kind=quoted(kind)))


def set_letter(database: Database, channel: Channel, letter: str | None, *, now: int) -> Channel:
    """Set the key of a channel; None removes it. Raises TrackerError for no letter, or the key of another channel."""
    letter = letter and letter.strip().lower()
    if letter and not (len(letter) == 1 and letter.isalpha()):
        raise TrackerError(_("a channel's key must be one letter, not “{text}”").format(text=quoted(letter)))
    if letter == LAST_AGAIN:
        raise TrackerError(_("{letter} is taken: it repeats the last channel").format(letter=letter))
    with database.transaction():
        channel = find(database, channel.name)
        owner = database.row("SELECT name FROM channel WHERE letter = ? AND name <> ?", (letter, channel.name))
        if owner:
            message = _("{letter} is the key of {channel}; `tracker channel letter {channel} none` frees it")
            raise TrackerError(message.format(letter=letter, channel=owner[0]))
        says = _("gave {title} the key {letter}") if letter else _("removed the key of {title}")
        return _set(database, channel, says, now, letter=letter)


def set_archived(database: Database, channel: Channel, archived: bool, *, now: int) -> Channel:
    """Archive a channel, or take it out of the archive; its sessions stay."""
    says = _("archived {title}") if archived else _("restored {title} from the archive")
    return _set(database, channel, says, now, archived=int(archived))


def _set(database: Database, channel: Channel, says: str, now: int, **field: str | int | None) -> Channel:
    """Set one field of a channel. Its old name finds it where another program has renamed it meanwhile."""
    ((name, value),) = field.items()
    with database.transaction():
        channel = find(database, channel.name)
        shown = _(value) if name == "kind" and isinstance(value, str) else value
        with undo_step(database, says.format(title=shown_title(channel.name, channel.title), **{name: shown}), now):
            database.change(f"UPDATE channel SET {name} = ? WHERE name = ?", (value, channel.name))
        return find(database, channel.name)


def add_match(database: Database, channel: Channel, what: str, text: str, *, now: int) -> None:
    """Add an alias, domain or app to a channel.

    Raises TrackerError if it belongs to another channel, and for an alias that a line of the log reads as something
    else.
    """
    text = {"alias": _readable_word, "domain": _host}.get(what, str.lower)(text.strip())
    if entered("name", text) != text or not text or not text.isprintable():
        raise TrackerError(_("an alias must be one word"))
    with database.transaction():
        channel = find(database, channel.name)
        owner = database.row("SELECT channel FROM channel_match WHERE what = ? AND text = ?", (what, text))
        if what == "alias":
            owner = database.row("SELECT name FROM channel WHERE name = ?", (text,)) or owner
        if owner and owner[0] != channel.name:
            raise TrackerError(_("“{text}” already means {channel}").format(text=quoted(text), channel=owner[0]))
        if owner:
            return
        says = _("{title} is also known as {text}")
        with undo_step(database, says.format(title=shown_title(channel.name, channel.title), text=text), now):
            sql = "INSERT INTO channel_match(channel, what, text) VALUES (?, ?, ?)"
            database.change(sql, (channel.name, what, text))


def _host(text: str) -> str:
    """The host of a URL, or a host as browsers write it. Raises TrackerError where there is none."""
    from urllib.parse import urlsplit

    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
        host = host.encode("idna").decode().lower().removeprefix("www.")
    except ValueError:  # UnicodeError is one
        host = ""
    labels = host.split(".")
    if len(labels) < 2 or not all(label.replace("-", "").isalnum() and label.strip("-") == label for label in labels):
        raise TrackerError(_("“{text}” is not a host; write for example linkedin.com").format(text=quoted(text)))
    return host


def add_activity(database: Database, name: str, *, purpose: str, now: int) -> Activity:
    """Add an activity.

    Raises TrackerError if the name is taken, or read as something else in a line of the log, or the purpose unknown.
    """
    from tracker.domain.models import PURPOSES

    name = _readable_word(name)
    if purpose not in PURPOSES:
        message = _("an activity's purpose must be one of {purposes}, not “{purpose}”")
        raise TrackerError(message.format(purposes=list_terms(PURPOSES), purpose=quoted(purpose)))
    with database.transaction():
        _refuse_taken(database, name)
        with undo_step(database, _("added the activity {name}").format(name=name), now):
            database.change(
                "INSERT INTO activity(name, title, purpose, position) "
                "VALUES (?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM activity))",
                (name, name, purpose),
            )
        return find_activity(database, name)


def _refuse_taken(database: Database, name: str) -> None:
    if database.row("SELECT 1 FROM activity WHERE name = ?", (name,)):
        raise TrackerError(_("there is already an activity called {name}").format(name=quoted(name)))


def rename_activity(database: Database, activity: Activity, name: str, *, now: int) -> Activity:
    """Rename an activity, with its sessions. Raises TrackerError for a name as `add_activity` does."""
    name = _readable_word(name)
    with database.transaction():
        activity = find_activity(database, activity.name)
        _refuse_taken(database, name)
        with undo_step(database, _("renamed {old} to {new}").format(old=activity.name, new=name), now):
            database.change("UPDATE activity SET name = ?, title = ? WHERE name = ?", (name, name, activity.name))
        return find_activity(database, name)


def set_activity_archived(database: Database, activity: Activity, archived: bool, *, now: int) -> Activity:
    """Archive an activity, or take it out of the archive; its sessions stay."""
    says = _("archived {title}") if archived else _("restored {title} from the archive")
    with database.transaction():
        activity = find_activity(database, activity.name)
        with undo_step(database, says.format(title=activity_word(activity.name)), now):
            database.change("UPDATE activity SET archived = ? WHERE name = ?", (int(archived), activity.name))
        return find_activity(database, activity.name)


def _free_name(database: Database, name: str, own: str | None = None) -> str:
    """The name, made one lower-case word.

    Raises TrackerError if it already means a channel other than `own`, and for one that a line of the log reads as
    something else.
    """
    name = _readable_word(name)
    taken = database.row(
        "SELECT name FROM channel WHERE name = ?1 UNION ALL "
        "SELECT channel FROM channel_match WHERE what = 'alias' AND text = ?1",
        (name,),
    )
    if taken and taken[0] != own:
        raise TrackerError(_("“{name}” already means {channel}").format(name=quoted(name), channel=taken[0]))
    return name


def refuse_unreadable(name: str) -> None:
    """Raise TrackerError for a name that a line of the log reads as something else: `yesterday`, `25m`, `note:x`."""
    from tracker.calendar.session_line import can_be_name

    _refuse_time(name, name)
    if not can_be_name(name):
        message = _("“{name}” cannot be read as a name in a line of the log; choose another name")
        raise TrackerError(message.format(name=quoted(name)))


def is_readable(name: str) -> bool:
    """Whether a line of the log can have this name: not one that `refuse_unreadable` refuses."""
    try:
        refuse_unreadable(name)
    except TrackerError:
        return False
    return True


def _refuse_time(word: str, name: str) -> None:
    """Raise TrackerError, which quotes `name`, for a lower-case word that a line of the log reads as a time."""
    from tracker.calendar.time_phrases import reads_as_time

    if reads_as_time(word):
        raise TrackerError(_("“{name}” is read as a time; choose another name").format(name=quoted(name)))


def _readable_word(name: str) -> str:
    """The name, made one lower-case word that a line of the log can have. Raises TrackerError where it cannot be."""
    name = name.strip().lower()
    if not name or not name.isprintable() or any(sign.isspace() or sign in "@=/" for sign in name):
        raise TrackerError(_("a name must be one word without spaces, @, = or /"))
    entered("name", name)
    refuse_unreadable(name)
    return name


def _readable_title(title: str | None) -> str | None:
    """The title on one line; None for none. Raises TrackerError for one that a line of the log reads as a time."""
    title = entered("title", one_line(title))
    if title:
        _refuse_time(title.lower(), title)
    return title


def _nearest(word: str, names: list[str]) -> str:
    from tracker.domain.text import nearest

    near = nearest(word, names)
    return _(" (did you mean {names}?)").format(names=" / ".join(near)) if near else ""


def _read(row: Titled) -> Titled:
    """A channel or an activity as it is used, from what is stored."""
    return row._replace(title=shown_title(row.name, row.title))
