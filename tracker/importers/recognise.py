"""From what a source calls it - an app's name, an Android package, an address, a word - to the channel.

A host is a channel's when it is one of its domains or lies under one: `www.linkedin.com` is LinkedIn;
`notlinkedin.com` and `linkedin.com.evil.example` are not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_AUTHORITY = re.compile(r"https?://([^/?#\\]*)", re.IGNORECASE)


class Recogniser:
    """Finds channels by the journal's own domains, apps, names and aliases; remembers what it was asked."""

    def __init__(self, channels: Iterable[tuple[str, str]], matches: Iterable[tuple[str, str, str]]) -> None:
        """`channels` are (name, title), `matches` (channel, `domain` | `app` | `alias`, text)."""
        known: dict[str, dict[str, str]] = {"domain": {}, "app": {}, "alias": {}}
        for channel, what, text in matches:
            known[what][_ascii(text) or text if what == "domain" else text.casefold()] = channel
        self._domains, self._apps, aliases = known["domain"], known["app"], known["alias"]
        listed = list(channels)
        self._words = {title.casefold(): name for name, title in listed} | aliases | {name: name for name, _ in listed}
        self._authorities: dict[str, str | None] = {}

    def app(self, name: str) -> str | None:
        """The channel of an app, by its name as a phone shows it or its Android package; case does not matter."""
        return self._apps.get(" ".join(name.split()).casefold())

    def address(self, url: str) -> str | None:
        """The channel of a web address (http or https)."""
        found = _AUTHORITY.match(url)
        if not found:
            return None
        authority = found[1]
        if authority not in self._authorities:
            self._authorities[authority] = self.host(_host(authority))
        return self._authorities[authority]

    def host(self, host: str) -> str | None:
        """The channel of a host name; the longest domain it lies under decides."""
        name = _ascii(host.removesuffix("."))
        while name:
            if name in self._domains:
                return self._domains[name]
            name = name.partition(".")[2]
        return None

    def word(self, word: str) -> str | None:
        """The channel a person means by a word: its name, alias or title, an app's name, or a domain."""
        plain = " ".join(word.split()).casefold()
        return self._words.get(plain) or self._apps.get(plain) or (self.host(plain) if "." in plain else None)


def host_of(url: str) -> str:
    """The host of a web address, without the `www.` that says nothing; empty for what is no web address."""
    found = _AUTHORITY.match(url)
    return _host(found[1]).lower().removeprefix("www.") if found else ""


def _host(authority: str) -> str:
    """`user:word@host:443` without all but the host."""
    return authority.rpartition("@")[2].partition(":")[0]


def _ascii(host: str) -> str:
    """The host in lower case and in the ASCII form that domains are registered in; empty for what is no host name."""
    try:
        name = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        return ""
    return "" if name.startswith(".") or ".." in name else name.lower()
