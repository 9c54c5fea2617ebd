"""The hue of each channel, the same on the screens and on the pages."""

from __future__ import annotations

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

#: hue → the channels that people expect it of; any other channel keeps the hue that its name falls on.
_EXPECTED = {
    "blue": ("linkedin",),
    "pink": ("instagram",),
    "red": ("youtube",),
    "indigo": ("facebook", "messenger"),
    "cyan": ("tiktok", "bluesky", "telegram", "video"),
    "grey": ("x",),
    "violet": ("twitch", "mastodon", "discord"),
    "teal": ("whatsapp", "call"),
    "orange": ("reddit",),
    "lime": ("snapchat", "meeting"),
    "magenta": ("pinterest",),
    "sand": ("threads", "work"),
}
KNOWN_HUES = {channel: hue for hue, channels in _EXPECTED.items() for channel in channels}


def hue_of(channel: str) -> str:
    """The name of a channel's hue: `blue`."""
    if known := KNOWN_HUES.get(channel):
        return known
    from zlib import crc32

    return list(HUES)[crc32(channel.encode()) % len(HUES)]
