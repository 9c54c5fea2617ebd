"""From the name that a source uses (an app, an Android package, a web address, a word) to the channel.

A host belongs to a channel if it is one of the channel's domains or below one: `www.linkedin.com` is LinkedIn;
`notlinkedin.com` and `linkedin.com.evil.example` are not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Characters with a meaning on the command line or in a line of the log, which the name of a channel may not contain;
#: and those with which it may not begin or end.
_NOT_IN_NAMES = str.maketrans("@=/", "---", '"“”«»')
_NOT_AT_ENDS = ",;.!?()[]"

AUTHORITY = re.compile(r"https?://([^/?#\\]*)", re.IGNORECASE)


class ChannelMatcher:
    """Finds channels by the user's domains, apps, names and aliases; caches the answers for web addresses.

    `channels` are the names of all of them.
    """

    def __init__(self, channels: Iterable[tuple[str, str]], matches: Iterable[tuple[str, str, str]]) -> None:
        """`channels` are (name, title); `matches` are (channel, `domain` or `app` or `alias`, text)."""
        by_kind: dict[str, dict[str, str]] = {"domain": {}, "app": {}, "alias": {}}
        for channel, kind, text in matches:
            by_kind[kind][_to_ascii(text) or text if kind == "domain" else text.casefold()] = channel
        self._domains, self._apps = by_kind["domain"], by_kind["app"]
        names = list(channels)
        self.channels = frozenset(name for name, _title in names)
        self._words = {title.casefold(): name for name, title in names}
        self._words |= by_kind["alias"] | {name: name for name, _title in names}
        self._by_authority: dict[str, str | None] = {}

    def by_app(self, name: str) -> str | None:
        """The channel of an app, by its name on the phone or its Android package, in upper or lower case."""
        return self._apps.get(" ".join(name.split()).casefold())

    def by_url(self, url: str) -> str | None:
        """The channel of a web address (http or https)."""
        match = AUTHORITY.match(url)
        return self.by_authority(match[1]) if match else None

    def by_authority(self, authority: str) -> str | None:
        """The channel of the part of a web address that names the host."""
        if authority not in self._by_authority:
            self._by_authority[authority] = self.by_host(_host_in(authority))
        return self._by_authority[authority]

    def by_host(self, host: str) -> str | None:
        """The channel of a host name; of several domains that it is below, the longest decides."""
        name = _to_ascii(host.removesuffix("."))
        while name:
            if name in self._domains:
                return self._domains[name]
            name = name.partition(".")[2]
        return None

    def by_word(self, word: str) -> str | None:
        """The channel that a person means by a word: its name, alias or title, the name of an app, or a domain."""
        plain = " ".join(word.split()).casefold()
        return self._words.get(plain) or self._apps.get(plain) or (self.by_host(plain) if "." in plain else None)


def new_channel_name(word: str) -> str:
    """The name of the channel that is made for a word which names none: `design-ana` for `"Design Ana".`."""
    name = "-".join(word.lower().split())
    return name.translate(_NOT_IN_NAMES).strip(_NOT_AT_ENDS) or name


def host_of(url: str) -> str:
    """The host of a web address, without `www.`; empty for what is no web address."""
    match = AUTHORITY.match(url)
    return plain_host(match[1]) if match else ""


def plain_host(authority: str) -> str:
    """The host in `user:password@www.host:443`, without `www.`."""
    return _host_in(authority).lower().removeprefix("www.")


def _host_in(authority: str) -> str:
    """`host` of `user:password@host:443`."""
    return authority.rpartition("@")[2].partition(":")[0]


def _to_ascii(host: str) -> str:
    """The host in lower case and in ASCII (IDNA), as domains are registered; empty for what is no host name."""
    try:
        name = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        return ""
    return "" if name.startswith(".") or ".." in name else name.lower()
