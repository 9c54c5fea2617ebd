"""Which colour is which channel's: the same on every day, on the screens and on the written page."""

from __future__ import annotations

from zlib import crc32

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

#: The hues people expect; any other channel keeps the one its name falls on.
KNOWN = {
    "linkedin": "blue",
    "instagram": "pink",
    "facebook": "indigo",
    "youtube": "red",
    "tiktok": "cyan",
    "x": "grey",
    "threads": "sand",
    "pinterest": "magenta",
    "snapchat": "lime",
    "reddit": "orange",
    "twitch": "violet",
    "mastodon": "violet",
    "bluesky": "cyan",
    "whatsapp": "teal",
    "messenger": "indigo",
    "telegram": "cyan",
    "discord": "violet",
    "call": "teal",
    "video": "cyan",
    "meeting": "lime",
    "work": "sand",
}


def hue_of(channel: str) -> str:
    """The name of a channel's hue: `blue`."""
    return KNOWN.get(channel) or list(HUES)[crc32(channel.encode()) % len(HUES)]
