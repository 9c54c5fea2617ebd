"""The REST API of an ActivityWatch server: its buckets, and the events of each."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from tracker.domain.errors import TrackerError
from tracker.files.os_errors import say_os_error
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Mapping

#: In seconds, and in bytes: a server that answers later, or with more, is none.
_PATIENCE, _LARGEST = 20, 1 << 30


def buckets_of_server(address: str, since: int = 0) -> Mapping[str, dict[str, Any]]:
    """Every bucket of the server at an address such as `http://127.0.0.1:5600`, by its id, with its `events`.

    Only with those that end after `since` (UTC seconds), where it is given; the server lets them begin there.

    Raises TrackerError where no ActivityWatch answers.
    """
    try:
        scheme = urlsplit(address).scheme
    except ValueError:  # such as a bracket that is not closed
        scheme = ""
    if scheme not in ("http", "https"):
        raise TrackerError(_("{address} is no address of a server: it begins with http://").format(address=address))
    base = address.rstrip("/").removesuffix("/api/0") + "/api/0/buckets/"
    buckets = _get(base, address)
    if not isinstance(buckets, dict) or not all(isinstance(bucket, dict) for bucket in buckets.values()):
        raise _no_server(address, _("the answer is not from ActivityWatch"))
    start = f"&start={quote(datetime.fromtimestamp(since, UTC).isoformat())}" if since else ""
    for id, bucket in buckets.items():
        bucket["events"] = _get(f"{base}{quote(id, safe='')}/events?limit=-1{start}", address)
    return buckets


def _get(url: str, address: str) -> Any:
    """The JSON at an address. No proxy is asked: the server is on this machine or in this house."""
    # Imported here: every import of any file would take 6 ms longer.
    from http.client import HTTPException
    from urllib.request import ProxyHandler, build_opener

    try:
        with build_opener(ProxyHandler({})).open(url, timeout=_PATIENCE) as answer:
            content = answer.read(_LARGEST + 1)
            if len(content) > _LARGEST:
                raise ValueError
            return json.loads(content)
    except OSError as error:  # also what urllib raises
        reason = getattr(error, "reason", None) or error
        raise _no_server(address, say_os_error(reason) if isinstance(reason, OSError) else str(reason)) from None
    except (ValueError, RecursionError, HTTPException):
        raise _no_server(address, _("the answer is not from ActivityWatch")) from None


def _no_server(address: str, reason: str) -> TrackerError:
    return TrackerError(
        _(
            "no ActivityWatch server answers at {address} ({reason}); start it, "
            "or name its export: `tracker import activitywatch FILE`"
        ).format(address=address, reason=reason)
    )
