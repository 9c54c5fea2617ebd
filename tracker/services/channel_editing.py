"""Edit the channels and activities that records belong to: add, rename, set a budget, recognise, archive.

Each function takes a channel or an activity by any word that names it, and returns it as it is then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.storage import channels

if TYPE_CHECKING:
    from tracker.domain.models import Activity, Channel
    from tracker.workspace import Workspace


def matches_of(workspace: Workspace, channel: Channel, what: str) -> list[str]:
    """What a channel is recognised by: its texts of one sort, `alias`, `domain` or `app`."""
    return [text for name, _what, text in channels.matches(workspace.database, what) if name == channel.name]


def add_channel(workspace: Workspace, name: str, kind: str, title: str | None = None) -> Channel:
    """Add a channel of a kind; without a title it is titled by its name, with a capital."""
    return channels.add(workspace.database, name, title=title, kind=kind, now=workspace.now())


def rename_channel(workspace: Workspace, word: str, name: str, title: str | None = None) -> tuple[Channel, Channel]:
    """Give a channel another name; returns it as it was and as it is."""
    old = channels.find(workspace.database, word)
    return old, channels.rename(workspace.database, old, name, title=title, now=workspace.now())


def set_budget(workspace: Workspace, word: str, seconds: int | None) -> Channel:
    """Set how many seconds a day a channel may take; None removes the budget."""
    channel = channels.find(workspace.database, word)
    return channels.set_budget(workspace.database, channel, seconds, now=workspace.now())


def set_kind(workspace: Workspace, word: str, kind: str) -> Channel:
    """Make a channel social, messaging, in_person or focus."""
    channel = channels.find(workspace.database, word)
    return channels.set_kind(workspace.database, channel, kind, now=workspace.now())


def set_letter(workspace: Workspace, word: str, letter: str | None) -> Channel:
    """Set the key that stands for a channel on the screens; None removes it."""
    channel = channels.find(workspace.database, word)
    return channels.set_letter(workspace.database, channel, letter, now=workspace.now())


def take_letter(workspace: Workspace, word: str, letter: str) -> Channel:
    """Give a channel a letter; the one that had it gets the letter of this one. TrackerError for what is no letter."""
    with workspace.transaction():
        channel = channels.find(workspace.database, word)
        owner = next((each for each in channels.channels(workspace.database) if each.letter == letter.lower()), None)
        if owner is None or owner.name == channel.name:
            return set_letter(workspace, channel.name, letter)
        set_letter(workspace, owner.name, None)
        changed = set_letter(workspace, channel.name, letter)
        if channel.letter:
            set_letter(workspace, owner.name, channel.letter)
        return changed


def add_match(workspace: Workspace, word: str, what: str, text: str) -> Channel:
    """Recognise a channel by one more `alias`, `domain` or `app`."""
    channel = channels.find(workspace.database, word)
    channels.add_match(workspace.database, channel, what, text, now=workspace.now())
    return channel


def archive_channel(workspace: Workspace, word: str, archived: bool) -> Channel:
    """Archive a channel, or make it active again; its sessions stay."""
    channel = channels.find(workspace.database, word)
    return channels.set_archived(workspace.database, channel, archived, now=workspace.now())


def add_activity(workspace: Workspace, name: str, purpose: str) -> Activity:
    """Add an activity that serves a purpose."""
    return channels.add_activity(workspace.database, name, purpose=purpose, now=workspace.now())


def rename_activity(workspace: Workspace, word: str, name: str) -> tuple[Activity, Activity]:
    """Give an activity another name; returns it as it was and as it is."""
    old = channels.find_activity(workspace.database, word)
    return old, channels.rename_activity(workspace.database, old, name, now=workspace.now())


def archive_activity(workspace: Workspace, word: str, archived: bool) -> Activity:
    """Archive an activity, or make it active again; its sessions stay."""
    activity = channels.find_activity(workspace.database, word)
    return channels.set_activity_archived(workspace.database, activity, archived, now=workspace.now())
