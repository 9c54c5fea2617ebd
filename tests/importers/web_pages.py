"""What a real browser is shown: one page at every address."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import Any


class Pages(BaseHTTPRequestHandler):
    """A page whose title and words nobody but its reader is to see."""

    def do_GET(self) -> None:
        body = b"<!doctype html><title>a title that is nobody's business</title><h1>A page</h1>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        pass
