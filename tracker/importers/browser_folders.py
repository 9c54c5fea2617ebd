"""Where each browser keeps its profiles, on Linux (also with Snap and Flatpak), macOS and Windows.

The table is ours because no package has all of it: `browserexport`, which knows 17 browsers, lacks most folders of
Snap, of test channels and of Zen, and its function that finds a history fails where there are two profiles.
`tests/importers/test_browserexport.py` holds that whatever it would find is found here.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from tracker.locale import N_

if TYPE_CHECKING:
    from collections.abc import Iterable


class Browser(NamedTuple):
    """A browser: the name that the user types, its title, and its folders.

    A folder of `linux` is below the configuration folder, or below the home folder where it begins with `~`. A folder
    of `mac` is below Application Support. A folder of `windows` is below the local application data, or below the
    roaming ones where it begins with `%`.
    """

    name: str
    title: str
    linux: tuple[str, ...] = ()
    mac: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()

    def folders(self) -> list[str]:
        """The folders of this system, whether they exist or not."""
        if sys.platform == "win32":
            local, roaming = os.environ.get("LOCALAPPDATA", ""), os.environ.get("APPDATA", "")
            return [os.path.join(roaming if name[0] == "%" else local, name.removeprefix("%")) for name in self.windows]
        if sys.platform == "darwin":
            return [os.path.join("~/Library/Application Support", name) for name in self.mac]
        base = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
        return [name if name[0] == "~" else os.path.join(base, name) for name in self.linux]


def _flatpak(app: str, *names: str) -> tuple[str, ...]:
    return tuple(f"~/.var/app/{app}/{name}" for name in names)


def _named(base: str, *endings: str, after: str = "") -> tuple[str, ...]:
    """The folders of a browser and of its test channels."""
    return tuple(f"{base}{ending}{after}" for ending in ("", *endings))


_USER_DATA = "/User Data"

#: The browsers built on Chromium.
CHROMIUM = (
    Browser(
        *("chrome", N_("Google Chrome's history")),
        (
            *_named("google-chrome", "-beta", "-unstable", "-canary"),
            *_flatpak("com.google.Chrome", "config/google-chrome"),
            *_flatpak("com.google.ChromeDev", "config/google-chrome-unstable"),
        ),
        _named("Google/Chrome", " Beta", " Dev", " Canary"),
        _named("Google/Chrome", " Beta", " Dev", " SxS", after=_USER_DATA),
    ),
    Browser(
        *("chromium", N_("Chromium's history")),
        (
            *("chromium", "~/snap/chromium/common/chromium"),
            *_flatpak("org.chromium.Chromium", "config/chromium"),
            *_flatpak("io.github.ungoogled_software.ungoogled_chromium", "config/chromium"),
        ),
        ("Chromium",),
        ("Chromium/User Data",),
    ),
    Browser(
        *("edge", N_("Microsoft Edge's history")),
        (
            *_named("microsoft-edge", "-beta", "-dev"),
            *_flatpak("com.microsoft.Edge", "config/microsoft-edge"),
            *_flatpak("com.microsoft.EdgeDev", "config/microsoft-edge-dev"),
        ),
        _named("Microsoft Edge", " Beta", " Dev", " Canary"),
        _named("Microsoft/Edge", " Beta", " Dev", " SxS", after=_USER_DATA),
    ),
    Browser(
        *("brave", N_("Brave's history")),
        (
            *_named("BraveSoftware/Brave-Browser", "-Beta", "-Nightly"),
            "~/snap/brave/current/.config/BraveSoftware/Brave-Browser",
            *_flatpak("com.brave.Browser", "config/BraveSoftware/Brave-Browser"),
        ),
        _named("BraveSoftware/Brave-Browser", "-Beta", "-Nightly"),
        _named("BraveSoftware/Brave-Browser", "-Beta", "-Nightly", after=_USER_DATA),
    ),
    Browser(
        *("vivaldi", N_("Vivaldi's history")),
        (
            *_named("vivaldi", "-snapshot"),
            "~/snap/vivaldi/current/.config/vivaldi",
            *_flatpak("com.vivaldi.Vivaldi", "config/vivaldi"),
        ),
        _named("Vivaldi", " Snapshot"),
        ("Vivaldi/User Data",),
    ),
    Browser(
        *("opera", N_("Opera's history")),
        (
            *_named("opera", "-beta", "-developer", "-gx"),
            *("~/snap/opera/current/.config/opera", "~/snap/opera-beta/current/.config/opera-beta"),
            *_flatpak("com.opera.Opera", "config/opera"),
        ),
        _named("com.operasoftware.Opera", "Next", "Developer", "GX"),
        tuple(f"%Opera Software/Opera {channel}" for channel in ("Stable", "Next", "Developer", "GX Stable")),
    ),
    Browser(
        *("arc", N_("Arc's history")),
        (),
        ("Arc/User Data",),
        ("Packages/TheBrowserCompany.Arc_ttt1ap7aakyb4/LocalCache/Local/Arc/User Data",),
    ),
    Browser(*("dia", N_("Dia's history")), (), ("Dia/User Data",), ("Dia/User Data",)),
    Browser(*("comet", N_("Comet's history")), (), ("Comet",), ("Perplexity/Comet/User Data",)),
    Browser(
        *("yandex", N_("Yandex Browser's history")),
        (*_named("yandex-browser", "-beta"), *_flatpak("ru.yandex.Browser", "config/yandex-browser")),
        ("Yandex/YandexBrowser",),
        ("Yandex/YandexBrowser/User Data",),
    ),
    Browser(
        *("whale", N_("Whale's history")),
        ("naver-whale",),
        ("Naver/Whale",),
        ("Naver/Naver Whale/User Data",),
    ),
    Browser(*("thorium", N_("Thorium's history")), ("thorium",), ("Thorium",), ("Thorium/User Data",)),
    Browser(
        *("helium", N_("Helium's history")),
        ("net.imput.helium",),
        ("net.imput.helium",),
        ("imput/Helium/User Data",),
    ),
)

#: Firefox and the browsers built on it.
FIREFOX = (
    Browser(
        *("firefox", N_("Firefox's history")),
        (
            *("~/.mozilla/firefox", "mozilla/firefox", "~/snap/firefox/common/.mozilla/firefox"),
            *_flatpak("org.mozilla.firefox", ".mozilla/firefox", "config/mozilla/firefox"),
        ),
        ("Firefox/Profiles",),
        (
            "%Mozilla/Firefox/Profiles",
            "Packages/Mozilla.Firefox_n80bbvh6b1yt2/LocalCache/Roaming/Mozilla/Firefox/Profiles",
        ),
    ),
    Browser(
        *("librewolf", N_("LibreWolf's history")),
        (
            *("~/.librewolf", "librewolf/librewolf", "~/snap/librewolf/common/.librewolf"),
            *_flatpak("io.gitlab.librewolf-community", ".librewolf", "config/librewolf/librewolf"),
        ),
        ("LibreWolf/Profiles",),
        ("%librewolf/Profiles",),
    ),
    Browser(
        *("waterfox", N_("Waterfox's history")),
        ("~/.waterfox", *_flatpak("net.waterfox.waterfox", ".waterfox")),
        ("Waterfox/Profiles",),
        ("%Waterfox/Profiles",),
    ),
    Browser(
        *("zen", N_("Zen's history")),
        ("~/.zen", "zen", *_flatpak("app.zen_browser.zen", ".zen", "config/zen")),
        ("zen/Profiles",),
        ("%zen/Profiles",),
    ),
    Browser(
        *("floorp", N_("Floorp's history")),
        ("~/.floorp", *_flatpak("one.ablaze.floorp", ".floorp")),
        ("Floorp/Profiles",),
        ("%Floorp/Profiles",),
    ),
    Browser(
        *("palemoon", N_("Pale Moon's history")),
        ("~/.moonchild productions/pale moon",),
        ("Pale Moon/Profiles",),
        ("%Moonchild Productions/Pale Moon/Profiles",),
    ),
)


def find_histories(folders: Iterable[str], name: str) -> list[str]:
    """Every file called `name` in these folders and in the folders directly inside them, each file once."""
    by_real_path: dict[str, str] = {}
    for folder in map(os.path.expanduser, folders):
        profiles = sorted(os.listdir(folder)) if os.path.isdir(folder) and os.access(folder, os.R_OK | os.X_OK) else []
        for path in (os.path.join(folder, name), *(os.path.join(folder, profile, name) for profile in profiles)):
            if os.path.isfile(path):
                by_real_path.setdefault(os.path.realpath(path), path)
    return list(by_real_path.values())
