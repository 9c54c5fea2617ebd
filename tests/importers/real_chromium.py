"""A real Chromium, headless, driven over its debugging pipe; every host name leads to a server of ours on loopback."""

from __future__ import annotations

import json
import os
import shutil
import ssl
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.importers.web_pages import Pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: What starts it, where it is installed.
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

#: Starts it with commands on descriptor 3 and answers on 4, where it expects them.
_START = """
import fcntl, os, sys
descriptors = [fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3]]
for place, descriptor in enumerate(descriptors, 3):
    os.dup2(descriptor, place)
os.execv(sys.argv[3], sys.argv[3:])
"""

#: Seconds in which it must answer or end.
PATIENCE = 60


@contextmanager
def web_server(folder: Path) -> Iterator[int]:
    """A web server that has a page at every address, over TLS: browsers know that social networks have nothing else.

    Yields its port."""
    key, certificate = str(folder / "key.pem"), str(folder / "certificate.pem")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=nobody"),
            *("-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Browser:
    """A running Chromium with one tab."""

    def __init__(self, process: subprocess.Popen[bytes], commands: int, answers: int) -> None:
        self._process, self._commands, self._answers = process, commands, answers
        self._held = b""
        self._number = 0
        pages = [target for target in self._call("Target.getTargets")["targetInfos"] if target["type"] == "page"]
        attached = self._call("Target.attachToTarget", targetId=pages[0]["targetId"], flatten=True)
        self._session = attached["sessionId"]

    def visit(self, url: str, seconds: float) -> None:
        """Go to a page, as if its address had been typed, and look at it for so long."""
        self._call("Page.navigate", url=url)
        threading.Event().wait(seconds)

    def close(self) -> None:
        """Close it as its user does, which writes its history."""
        self._call("Browser.close")
        self._process.wait(PATIENCE)

    def _call(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        command = {"id": self._number, "method": method, "params": parameters}
        if method.startswith("Page."):
            command["sessionId"] = self._session
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        while True:
            while b"\0" not in self._held:
                part = os.read(self._answers, 1 << 16)
                if not part:
                    raise EOFError
                self._held += part
            message, _end, self._held = self._held.partition(b"\0")
            answer = json.loads(message)
            if answer.get("id") == self._number:
                return answer["result"]


@contextmanager
def running(profile: Path, port: int) -> Iterator[Browser]:
    """A Chromium whose user data are in `profile`, for which every host is our server."""
    command_end, commands = os.pipe()
    answers, answer_end = os.pipe()
    with ExitStack() as stack:
        stack.callback(os.close, commands)
        stack.callback(os.close, answers)
        process = subprocess.Popen(
            [
                *(sys.executable, "-c", _START, str(command_end), str(answer_end), str(CHROMIUM), "--headless=new"),
                *("--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe"),
                *("--ignore-certificate-errors", "--disable-background-networking", f"--user-data-dir={profile}"),
                *(f"--host-resolver-rules=MAP * 127.0.0.1:{port}", "about:blank"),
            ],
            pass_fds=(command_end, answer_end),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        # Only the browser has these: when it ends, reading its answers ends too.
        os.close(command_end)
        os.close(answer_end)
        try:
            yield Browser(process, commands, answers)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait(PATIENCE)
