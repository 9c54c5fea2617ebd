"""A real Firefox, headless, driven over Marionette; every host is answered by a proxy of ours on loopback."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
import time
from contextlib import closing, contextmanager
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.importers.web_pages import Pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: What starts it, where it is installed.
FIREFOX = next(filter(None, map(shutil.which, ("firefox", "firefox-esr"))), None)

#: Seconds in which it must answer or end.
PATIENCE = 60

#: Settings of the profile: nothing is asked of any server but the proxy, http stays http (browsers know that social
#: networks have nothing but https), and what was looked at is written at once.
_SETTINGS: dict[str, str | int | bool] = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.ssl": "127.0.0.1",
    "network.stricttransportsecurity.preloadlist": False,
    "dom.security.https_first": False,
    "dom.security.https_only_mode": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "app.update.disabledForTesting": True,
    "app.normandy.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.server": "data:,",
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "browser.places.interactions.enabled": True,
    "browser.places.interactions.saveInterval": 50,
}


@contextmanager
def web_proxy() -> Iterator[int]:
    """A proxy that has a page at every address over http, and refuses every other request. Yields its port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


class Browser:
    """A running Firefox with one tab."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self._process = process
        self._connection = _connect(process, port)
        self._number = 0
        self._held = b""
        self._receive()  # what it says of itself
        self._call("WebDriver:NewSession")

    def visit(self, url: str, seconds: float) -> None:
        """Go to a page and look at it for so long."""
        self._call("WebDriver:Navigate", url=url)
        threading.Event().wait(seconds)

    def close(self) -> None:
        """Close it as its user does, which writes its history."""
        self._call("Marionette:Quit", flags=["eAttemptQuit"])
        self._connection.close()
        self._process.wait(PATIENCE)

    def _call(self, name: str, **parameters: Any) -> Any:
        self._number += 1
        message = json.dumps([0, self._number, name, parameters]).encode()
        self._connection.sendall(b"%d:%s" % (len(message), message))
        _type, number, error, result = self._receive()
        assert (number, error) == (self._number, None)
        return result

    def _receive(self) -> Any:
        while b":" not in self._held:
            self._read()
        length, _colon, self._held = self._held.partition(b":")
        while len(self._held) < int(length):
            self._read()
        message, self._held = self._held[: int(length)], self._held[int(length) :]
        return json.loads(message)

    def _read(self) -> None:
        part = self._connection.recv(1 << 16)
        if not part:
            raise EOFError
        self._held += part


def _connect(process: subprocess.Popen[bytes], port: int) -> socket.socket:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        except ConnectionRefusedError:
            threading.Event().wait(0.1)
    raise TimeoutError("Firefox does not listen")


@contextmanager
def running(profile: Path, proxy: int) -> Iterator[Browser]:
    """A Firefox with the profile in this folder, for which every host is the proxy at this port."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    profile.mkdir()
    settings = _SETTINGS | {"network.proxy.http_port": proxy, "network.proxy.ssl_port": proxy, "marionette.port": port}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items()]
    (profile / "user.js").write_text("".join(lines))
    home = os.environ | {"HOME": str(profile.parent), "MOZ_HEADLESS": "1"}
    process = subprocess.Popen(
        [str(FIREFOX), "--headless", "--marionette", "--no-remote", "--profile", str(profile), "about:blank"],
        env=home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Browser(process, port)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(PATIENCE)
