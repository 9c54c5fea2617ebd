"""What comes with the program: the channels and the activities, how channels are recognised elsewhere, and their hues.

It fills a new file; from then on the file's own rows count, and users add, rename, archive and alias them. The texts
by which channels are recognised are in `default_channels.toml`. A hue is the same on the screens and on the pages.
"""

from __future__ import annotations

from functools import cache

from tracker import read_data
from tracker.domain.models import Activity
from tracker.domain.record import Record
from tracker.locale import N_

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from tracker.domain.models import Kind


class DefaultChannel(Record):
    """A channel that comes with the program; `hue` is one of HUES, which people expect of it."""

    name: str
    title: str
    kind: Kind
    letter: str
    hue: str


CHANNELS: tuple[DefaultChannel, ...] = (
    DefaultChannel("linkedin", N_("LinkedIn"), "social", "l", "blue"),
    DefaultChannel("instagram", N_("Instagram"), "social", "i", "pink"),
    DefaultChannel("facebook", N_("Facebook"), "social", "f", "indigo"),
    DefaultChannel("youtube", N_("YouTube"), "social", "y", "red"),
    DefaultChannel("tiktok", N_("TikTok"), "social", "t", "cyan"),
    DefaultChannel("x", N_("X"), "social", "x", "grey"),
    DefaultChannel("threads", N_("Threads"), "social", "h", "sand"),
    DefaultChannel("pinterest", N_("Pinterest"), "social", "p", "magenta"),
    DefaultChannel("snapchat", N_("Snapchat"), "social", "s", "lime"),
    DefaultChannel("reddit", N_("Reddit"), "social", "r", "orange"),
    DefaultChannel("twitch", N_("Twitch"), "social", "w", "violet"),
    DefaultChannel("mastodon", N_("Mastodon"), "social", "m", "violet"),
    DefaultChannel("bluesky", N_("Bluesky"), "social", "b", "cyan"),
    DefaultChannel("whatsapp", N_("WhatsApp"), "messaging", "a", "teal"),
    DefaultChannel("messenger", N_("Messenger"), "messaging", "g", "indigo"),
    DefaultChannel("telegram", N_("Telegram"), "messaging", "e", "cyan"),
    DefaultChannel("discord", N_("Discord"), "messaging", "d", "violet"),
    DefaultChannel("call", N_("Call"), "in_person", "o", "teal"),
    DefaultChannel("video", N_("Video call"), "in_person", "v", "cyan"),
    DefaultChannel("meeting", N_("Meeting"), "in_person", "n", "lime"),
    DefaultChannel("work", N_("Work"), "focus", "k", "sand"),
)

#: `advertise` makes something (a campaign); `moderate` and `client` deal with people. A `report` is written for
#: somebody and then done, so it makes: `monitor` is kept for watching figures that change nothing, which is what the
#: patterns and the week's purposes are about.
ACTIVITIES: tuple[Activity, ...] = (
    Activity("create", N_("Create"), "make"),
    Activity("publish", N_("Publish"), "make"),
    Activity("reply", N_("Reply"), "relate"),
    Activity("relate", N_("Relate"), "relate"),
    Activity("prospect", N_("Prospect"), "relate"),
    Activity("moderate", N_("Moderate"), "relate"),
    Activity("advertise", N_("Advertise"), "make"),
    Activity("report", N_("Report"), "make"),
    Activity("client", N_("Client"), "relate"),
    Activity("monitor", N_("Monitor"), "monitor"),
    Activity("scroll", N_("Scroll"), "scroll"),
)

#: The titles of the channels and activities above, by name; `_` gives the reader's.
TITLES = {row.name: row.title for row in CHANNELS} | {row.name: row.title for row in ACTIVITIES}

#: Hosts below a channel's domain that are not the channel: listening to music is no visit to a social network. They
#: count where a person gives them to a channel.
NOT_OF_CHANNELS = frozenset(("music.youtube.com",))


class OtherNetwork(Record):
    """A network that is no channel here: what people call it, and the kind of a channel for it."""

    title: str
    kind: Kind


@cache
def _recognition() -> dict[str, Any]:
    return read_data("domain/default_channels.toml")


def default_matches(channel: str) -> Mapping[str, Sequence[str]]:
    """The texts by which a channel is recognised, by what they are.

    These are `domain`, `app` (app names and Android packages), `bundle` (the bundle ids of its apps on iPhones and
    Macs) and `alias` (other words for it); without those that it has none of.
    """
    matches: dict[str, list[str]] = _recognition()["channel"][channel]
    return matches


@cache
def other_networks() -> Mapping[str, OtherNetwork]:
    """What looks social without being a channel, by each of its hosts and app names."""
    networks: dict[Kind, dict[str, list[str]]] = _recognition()["other"]
    return {
        name: OtherNetwork(title, kind)
        for kind, names_by_title in networks.items()
        for title, names in names_by_title.items()
        for name in names
    }


def find_other_network(name: str) -> OtherNetwork | None:
    """The network of an app or a host of no channel: by its name, or by a domain above; None for what is not social."""
    rest = name.casefold()
    while rest not in other_networks():
        rest = rest.partition(".")[2]
        if "." not in rest:
            return None
    return other_networks()[rest]


#: hue → (on dark, on light, of the terminal's own on dark, of these on light).
HUES = {
    "blue": ("#6cb2f0", "#1766b3", "ansi_blue", "ansi_blue"),
    "pink": ("#f08bb4", "#b32d69", "ansi_bright_magenta", "ansi_bright_magenta"),
    "red": ("#f2776b", "#b8382c", "ansi_red", "ansi_red"),
    "indigo": ("#8fa5f8", "#3a53bd", "ansi_bright_blue", "ansi_bright_blue"),
    "cyan": ("#5cc8e6", "#0b6c8c", "ansi_bright_cyan", "ansi_cyan"),
    "grey": ("#b6bfcc", "#565f6b", "ansi_white", "ansi_bright_black"),
    "violet": ("#b09cf7", "#6446c2", "ansi_magenta", "ansi_magenta"),
    "teal": ("#4fc9b8", "#0a6c62", "ansi_cyan", "ansi_cyan"),
    "orange": ("#f0a070", "#984811", "ansi_bright_red", "ansi_bright_red"),
    "lime": ("#b5cf6b", "#4d650a", "ansi_bright_green", "ansi_green"),
    "magenta": ("#dd90e4", "#92309b", "ansi_magenta", "ansi_magenta"),
    "sand": ("#d4b98c", "#7d6229", "ansi_bright_white", "ansi_black"),
}

_HUE_OF = {channel.name: channel.hue for channel in CHANNELS}


def hue_of(channel: str) -> str:
    """The name of a channel's hue: `blue`. The user's own channels have the hue that their name falls on."""
    if channel in _HUE_OF:
        return _HUE_OF[channel]
    from zlib import crc32

    return list(HUES)[crc32(channel.encode()) % len(HUES)]
