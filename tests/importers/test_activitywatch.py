"""ActivityWatch: what was in front while somebody was there, from an export and from a server."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch
from urllib.error import URLError
from urllib.parse import unquote
from urllib.request import ProxyHandler, Request, build_opener

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import HANGS_AFTER, NOW
from tests.importers.makers import PARIS, at, read_file
from tests.importers.makers import sessions as stored
from tracker.domain.errors import TrackerError
from tracker.importers import importing
from tracker.importers.contract import check_source
from tracker.importers.imported_record import ImportOptions
from tracker.importers.source import source_named
from tracker.importers.sources import activitywatch
from tracker.services.source_imports import import_new
from tracker.settings import Settings
from tracker.storage import Database
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tracker.importers.imported_record import ReadContext
    from tracker.importers.importing import ImportReport

TEN = at("2026-11-20 10:00:00")
HOUR = 3600

Event = tuple[float, float, dict[str, Any]]


def iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat()


def bucket(type: str, events: list[Event], *, client: str = "a-watcher", host: str = "laptop") -> dict[str, Any]:
    """A bucket of events (UTC seconds, seconds, data), newest first as ActivityWatch exports them."""
    rows = [{"timestamp": iso(start), "duration": lasts, "data": data} for start, lasts, data in reversed(events)]
    return {"id": f"{client}_{host}", "type": type, "client": client, "hostname": host, "events": rows}


def window(app: str, title: str = "a title") -> dict[str, Any]:
    return {"app": app, "title": title}


def tab(host: str) -> dict[str, Any]:
    return {"url": f"https://{host}/hush", "title": "hush", "audible": False, "incognito": False, "tabCount": 1}


def package(name: str, app: str = "hush") -> dict[str, Any]:
    return {"app": app, "package": name, "classname": "Main"}


AWAY, THERE = {"status": "afk"}, {"status": "not-afk"}


def export(path: Path, *buckets: dict[str, Any]) -> Path:
    content = {"buckets": {f"{bucket['client']}-{bucket['type']}_{bucket['hostname']}": bucket for bucket in buckets}}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def run(database: Database, path: Path | str, now: int = NOW) -> ImportReport:
    report = importing.import_files(database, "activitywatch", str(path), ImportOptions(PARIS, now))
    assert report.read == report.added + report.already + report.ignored + len(report.rejected)
    return report


def of(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.already, report.ignored, len(report.rejected)


def test_a_tab_counts_while_a_browser_is_in_front(database: Database, tmp_path: Path) -> None:
    windows = bucket(
        "currentwindow",
        [(TEN, 600, window("firefox")), (TEN + 600, HOUR, window("code")), (TEN + 4200, 60, window("zen"))],
    )
    tabs = bucket("web.tab.current", [(TEN, 4260, tab("www.linkedin.com"))])
    assert of(run(database, export(tmp_path / "a", windows, tabs))) == (1, 0, 3, 0)
    assert stored(database) == [("linkedin", TEN, TEN + 600), ("linkedin", TEN + 4200, TEN + 4260)]


def test_a_tab_wins_over_the_window_of_the_same_moment(database: Database, tmp_path: Path) -> None:
    windows = bucket("currentwindow", [(TEN, 600, window("Discord.exe"))])
    tabs = bucket("web.tab.current", [(TEN + 100, 200, tab("www.instagram.com"))])
    assert of(run(database, export(tmp_path / "a", windows, tabs))) == (2, 0, 0, 0)
    assert stored(database) == [
        ("discord", TEN, TEN + 100),
        ("instagram", TEN + 100, TEN + 300),
        ("discord", TEN + 300, TEN + 600),
    ]


def test_without_a_watcher_of_tabs_the_title_of_a_browser_says_the_site(database: Database, tmp_path: Path) -> None:
    titles = (
        "(12) Feed | LinkedIn - Google Chrome",
        "Instagram",
        "A cat - YouTube — Mozilla Firefox",
        "How LinkedIn works - Wikipedia - Google Chrome",
        "Notes on Instagram",
    )
    events: list[Event] = [(TEN + 100 * n, 60, window("chrome.exe", title)) for n, title in enumerate(titles)]
    events.append((TEN + 900, 60, window("Writer", "LinkedIn")))
    assert of(run(database, export(tmp_path / "a", bucket("currentwindow", events)))) == (3, 0, 3, 0)
    assert [channel for channel, _start, _end in stored(database)] == ["linkedin", "instagram", "youtube"]


def test_where_tabs_are_watched_no_title_counts(database: Database, tmp_path: Path) -> None:
    windows = bucket("currentwindow", [(TEN, 600, window("firefox", "Instagram"))])
    tabs = bucket("web.tab.current", [(TEN + 10, 580, tab("docs.example.org"))])
    report = run(database, export(tmp_path / "a", windows, tabs))
    assert stored(database) == []
    assert report.unknown_names == (("docs.example.org", 1),)


def test_the_time_in_which_nobody_was_there_is_cut_out(database: Database, tmp_path: Path) -> None:
    tabs = bucket("web.tab.current", [(TEN, HOUR, tab("x.com")), (TEN + 2 * HOUR, 60, tab("x.com"))])
    absence = bucket("afkstatus", [(TEN, 600, THERE), (TEN + 600, 1200, AWAY), (TEN + 2 * HOUR - 9, 600, AWAY)])
    other = bucket("afkstatus", [(TEN, 9 * HOUR, AWAY)], host="desk")
    path = export(tmp_path / "a", tabs, absence, other)
    assert of(run(database, path)) == (1, 0, 5, 0)
    assert stored(database) == [("x", TEN, TEN + 600), ("x", TEN + 1800, TEN + HOUR)]
    assert of(run(database, path)) == (0, 1, 5, 0)


def test_a_phone_is_counted_as_it_is(database: Database, tmp_path: Path) -> None:
    apps = bucket(
        "currentwindow",
        [
            (TEN, 0, package("com.linkedin.android")),
            (TEN + 1, 90, package("com.instagram.android")),
            (TEN + 50, 100, package("com.whatever", "TikTok")),
            (TEN + 400, 100, package("com.android.dialer")),
        ],
        client="aw-watcher-android",
        host="phone",
    )
    unlocks = bucket("os.lockscreen.unlocks", [(TEN, 0, {}), (TEN + 5, 60, {})], host="phone")
    absence = bucket("afkstatus", [(TEN, HOUR, AWAY)])
    assert of(run(database, export(tmp_path / "a", apps, unlocks, absence))) == (2, 0, 5, 0)
    assert stored(database) == [("instagram", TEN + 1, TEN + 91), ("tiktok", TEN + 50, TEN + 150)]


def test_what_turns_out_to_have_been_absence_is_taken_back(database: Database, tmp_path: Path) -> None:
    absence: list[Event] = [(TEN, 600, THERE)]
    tabs: list[Event] = [(TEN, 500, tab("x.com")), (TEN + 550, 50, tab("instagram.com"))]
    first = export(tmp_path / "a", bucket("web.tab.current", tabs), bucket("afkstatus", absence))
    run(database, first, now=TEN + 600)
    assert stored(database) == [("x", TEN, TEN + 500), ("instagram", TEN + 550, TEN + 600)]
    assert database.rows("SELECT estimated FROM session") == [(1,), (1,)], "it is not settled yet"
    absence = [(TEN, 420, THERE), (TEN + 420, 2000, AWAY), (TEN + 2420, 3000, THERE)]
    tabs[1] = (TEN + 550, 1500, tab("instagram.com"))
    second = export(tmp_path / "b", bucket("web.tab.current", tabs), bucket("afkstatus", absence))
    run(database, second)
    assert stored(database) == [("x", TEN, TEN + 420)]
    assert database.rows("SELECT estimated FROM session") == [(0,)]


def test_events_that_cannot_be_are_rejected(database: Database, tmp_path: Path) -> None:
    tabs = bucket(
        "web.tab.current",
        [
            (NOW + 60, 60, tab("x.com")),
            (TEN, -5, tab("x.com")),
            (TEN, 8 * 86_400, tab("x.com")),
            (TEN, 5, {"url": 7}),
            (NOW - 60, 600, tab("x.com")),
        ],
    )
    tabs["events"] += [None, {}, {"timestamp": "yesterday", "duration": 5, "data": tab("x.com")}]
    assert of(run(database, export(tmp_path / "a", tabs))) == (1, 0, 0, 7)
    assert stored(database) == [("x", NOW - 60, NOW)], "what goes on lasts until now"


def test_it_keeps_the_rules_of_a_source(tmp_path: Path) -> None:
    (tmp_path / "sample").mkdir()
    sample = export(
        tmp_path / "sample" / "a",
        bucket("currentwindow", [(TEN, 600, window("firefox", "hush")), (TEN + 600, 60, window("Discord", "hush"))]),
        bucket("web.tab.current", [(TEN, 300, tab("x.com")), (TEN + 300, 300, tab("hush.example.org"))]),
        bucket("afkstatus", [(TEN + 200, 200, AWAY), (TEN + 400, 9000, THERE)]),
        bucket("currentwindow", [(TEN, 60, package("com.instagram.android"))], client="phones", host="phone"),
    )
    check_source(source_named("activitywatch"), str(sample), str(tmp_path), now=NOW, secrets=["hush"])


@pytest.mark.parametrize("text", ["[]", "{}", '{"buckets": [1]}', '{"buckets": {"a": 1}}', "", "\ufeff{"])
def test_another_file_is_refused(database: Database, tmp_path: Path, text: str) -> None:
    (tmp_path / "a file").write_text(text, encoding="utf-8")
    with pytest.raises(TrackerError, match="a file"):
        run(database, tmp_path / "a file")


SUBJECTS: dict[str, list[dict[str, Any]]] = {
    "currentwindow": [window("Firefox"), window("Code"), window("Discord")],
    "web.tab.current": [tab("www.linkedin.com"), tab("example.org")],
    "afkstatus": [{"status": "afk"}, {"status": "not-afk"}],
    "os.lockscreen.unlocks": [{}],
}
some_events = st.lists(
    st.tuples(
        *(st.sampled_from(sorted(SUBJECTS)), st.integers(0, 2), st.integers(0, 900), st.sampled_from([0, 5, 90, 2_000]))
    ),
    max_size=25,
)


@given(some_events, st.integers(1, 4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_events_read_some_at_a_time_give_what_all_at_once_give(
    tmp_path: Path, context: ReadContext, made: list[tuple[str, int, int, int]], size: int
) -> None:
    """Also where one event goes on over many others."""
    events: dict[str, list[Event]] = {type: [] for type in SUBJECTS}
    for type, subject, begin, lasts in made:
        data = SUBJECTS[type][subject % len(SUBJECTS[type])]
        events[type].append((NOW - 5_000 + begin, lasts, data))
    path = export(tmp_path / "export.json", *(bucket(type, of_type) for type, of_type in events.items()))
    whole = read_file("activitywatch", str(path), context)
    with patch.object(activitywatch, "EVENTS_AT_ONCE", size):
        parts = read_file("activitywatch", str(path), context)
    assert (sorted(parts.records), sorted(parts.uses)) == (sorted(whole.records), sorted(whole.uses))
    assert (parts.ignored, parts.not_records) == (whole.ignored, whole.not_records)


def by_the_second(buckets: dict[str, Any]) -> dict[str, int]:
    """How long each channel of the sample was in front: every tenth of a second looked at on its own."""
    away: set[int] = set()
    seconds: dict[str, set[int]] = {}
    for bucket in buckets.values():
        for event in bucket["events"]:
            start = round(datetime.fromisoformat(event["timestamp"]).timestamp() * 10)
            tenths = range(start, start + round(event["duration"] * 10))
            data = event["data"]
            if data.get("status") == "afk":
                away.update(tenths)
            for channel in ("linkedin", "instagram", "youtube", "tiktok"):
                host = data.get("url", "").startswith(f"https://www.{channel}.com/")
                if host or data.get("app", "").lower() == channel:
                    seconds.setdefault(f"{channel} {bucket['hostname']}", set()).update(tenths)
    totals: dict[str, int] = {}
    for name, tenths_of in seconds.items():
        channel, _space, machine = name.partition(" ")
        totals[channel] = totals.get(channel, 0) + len(tenths_of - away if machine == "laptop" else tenths_of)
    return totals


def test_the_sample_is_counted_as_by_hand(database: Database, samples: Path) -> None:
    path = samples / "activitywatch" / "aw-buckets-export.json"
    report = run(database, path)
    assert report.rejected == ()
    expected = by_the_second(json.loads(path.read_text())["buckets"])
    in_front = "FROM imported_fact WHERE channel != ''"
    facts = database.rows(f'SELECT channel, sum("end" - start), count(*) {in_front} GROUP BY channel')
    assert set(expected) == {channel for channel, _seconds, _count in facts}
    for channel, seconds, count in facts:
        # Each fact begins and ends on a whole second, so what is lost and won evens out.
        assert abs(seconds - expected[channel] / 10) < 2 * count**0.5
    before = stored(database)
    assert run(database, path).added == 0
    assert stored(database) == before


def call(address: str, content: object = None) -> Any:
    body = None if content is None else json.dumps(content).encode()
    request = Request(address, body, {"Content-Type": "application/json"})
    with build_opener(ProxyHandler({})).open(request, timeout=HANGS_AFTER) as answer:
        return json.loads(answer.read() or b"null")


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A real server of ActivityWatch, empty; skips where none is installed."""
    program = shutil.which("aw-server")
    if not program:
        pytest.skip("no ActivityWatch server is installed here")
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    words = [program, "--testing", "--host", "127.0.0.1", "--port", str(port), "--storage", "memory"]
    home = {"HOME": str(folder), "PATH": os.environ["PATH"], "NO_PROXY": "*"}
    with subprocess.Popen(words, env=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            for _attempt in range(300):
                try:
                    call(f"{address}/api/0/info")
                    break
                except URLError:
                    time.sleep(0.1)
            yield address
        finally:
            process.terminate()


#: What ActivityWatch's own program does for its page of sites; the server's own answer to a query is broken (0.12).
QUERY = """
import json, sys
from aw_core import Event
from aw_transform import filter_keyvals, filter_period_intersect
windows, tabs, absence = ([Event(**event) for event in events] for events in json.load(sys.stdin))
here = filter_keyvals(absence, "status", ["not-afk"])
in_front = filter_period_intersect(filter_keyvals(windows, "app", ["firefox"]), here)
totals = {}
for event in filter_period_intersect(tabs, in_front):
    host = event.data["url"].split("/")[2]
    totals[host] = totals.get(host, 0) + round(event.duration.total_seconds())
print(json.dumps(totals))
"""


def in_front(address: str, *buckets: str) -> dict[str, int]:
    """Seconds by host, as ActivityWatch's own program makes them of the server's buckets of windows, tabs, absence."""
    program = shutil.which("aw-server")
    assert program
    with open(program, encoding="utf-8") as script:
        python = script.readline().removeprefix("#!").strip()
    events = [call(f"{address}/api/0/buckets/{id.replace(' ', '%20')}/events?limit=-1") for id in buckets]
    done = subprocess.run([python, "-c", QUERY], input=json.dumps(events), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    totals: dict[str, int] = json.loads(done.stdout)
    return totals


def test_a_real_server_agrees_to_the_second(database: Database, tmp_path: Path) -> None:
    windows: list[Event] = [
        (TEN + 600 * n, 600, window("firefox" if n % 3 else "code", f"title {n}")) for n in range(20)
    ]
    tabs: list[Event] = [
        (TEN + 450 * n, 450, tab(("www.linkedin.com", "docs.example.org", "x.com")[n % 3])) for n in range(26)
    ]
    absence: list[Event] = [(TEN + 1000 * n, 1000, AWAY if n % 4 == 2 else THERE) for n in range(14)]
    with server(tmp_path) as address:
        for id, type, events in (
            ("aw-watcher-window_a b", "currentwindow", windows),
            ("aw-watcher-web-firefox", "web.tab.current", tabs),
            ("aw-watcher-afk_laptop", "afkstatus", absence),
        ):
            place = f"{address}/api/0/buckets/{id.replace(' ', '%20')}"
            call(place, {"client": "test", "type": type, "hostname": "laptop"})
            call(f"{place}/events", bucket(type, events)["events"])
        assert run(database, address).added
        assert run(database, f"{address}/").added == 0
        theirs = in_front(address, "aw-watcher-window_a b", "aw-watcher-web-firefox", "aw-watcher-afk_laptop")
    ours: dict[str, int] = {}
    for channel, start, end in stored(database):
        ours[channel] = ours.get(channel, 0) + end - start
    assert {"linkedin": theirs["www.linkedin.com"], "x": theirs["x.com"]} == ours


class Asked(NamedTuple):
    """A server between us and another one: its address, and how many events each answer of it had."""

    address: str
    events: list[int]


@contextmanager
def counting(address: str) -> Iterator[Asked]:
    """Passes on what is asked, and counts the events of the answers."""
    events: list[int] = []

    class Passing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = call(address + self.path)
            if isinstance(answer, list):
                events.append(len(answer))
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Passing) as passing:
        thread = Thread(target=passing.serve_forever, daemon=True)
        thread.start()
        try:
            yield Asked(f"http://127.0.0.1:{passing.server_port}", events)
        finally:
            passing.shutdown()
            thread.join()


DAY = 24 * HOUR


def filled(address: str, id: str, type: str, events: list[Event]) -> str:
    """Make a bucket with events; returns its address."""
    place = f"{address}/api/0/buckets/{id}"
    call(place, {"client": "test", "type": type, "hostname": "laptop"})
    call(f"{place}/events", bucket(type, events)["events"])
    return place


def test_a_real_server_is_asked_only_for_what_is_new(database: Database, tmp_path: Path) -> None:
    now = TEN + 60 * DAY
    tabs: list[Event] = [(TEN + HOUR * n, 600, tab("www.linkedin.com")) for n in range(60 * 24)]
    windows: list[Event] = [(start, lasts, window("firefox")) for start, lasts, _data in tabs]
    with server(tmp_path) as real, counting(real) as asked:
        place = filled(real, "aw-watcher-web", "web.tab.current", tabs)
        filled(real, "aw-watcher-window", "currentwindow", windows)
        settings = Settings(sources=(f"activitywatch:{asked.address}",))

        def import_at(moment: int) -> int:
            asked.events.clear()
            [outcome] = import_new(Workspace(database, settings, PARIS, now=moment))
            assert not outcome.error
            return sum(asked.events)

        assert import_at(now) == 2 * len(tabs)
        # The last tab is still open: its event grows, and then there is another one.
        last = call(f"{place}/events?limit=1")[0]
        call(f"{place}/heartbeat?pulsetime=3000", last | {"timestamp": iso(tabs[-1][0] + 1800), "duration": 0})
        call(f"{place}/events", bucket("web.tab.current", [(now + 60, 120, tab("x.com"))])["events"])
        window_events = f"{real}/api/0/buckets/aw-watcher-window/events"
        seen: list[Event] = [(tabs[-1][0] + 600, 1200, window("firefox")), (now + 60, 120, window("firefox"))]
        call(window_events, bucket("currentwindow", seen)["events"])
        assert import_at(now + 900) <= 2 * 2 * 24 + 4, "two days of hourly events"
        assert stored(database)[-2:] == [
            ("linkedin", tabs[-1][0], tabs[-1][0] + 1800),
            ("x", now + 60, now + 180),
        ]
        seconds = sum(end - start for channel, start, end in stored(database) if channel == "linkedin")
        assert seconds == 600 * len(tabs) + 1200
        assert import_at(now + DAY + 900) > 2 * len(tabs), "once a day everything is asked for"
        with Database.open(":memory:") as whole:
            run(whole, real, now + DAY + 900)
            assert stored(whole) == stored(database)


def test_where_no_browser_was_in_front_lately_the_whole_is_asked(database: Database, tmp_path: Path) -> None:
    """A tab that is open behind other programs for days is no look, as the older windows tell."""
    with server(tmp_path) as real:
        filled(real, "aw-watcher-web", "web.tab.current", [(TEN, 600, tab("x.com"))])
        filled(
            real,
            "aw-watcher-window",
            "currentwindow",
            [(TEN, 600, window("firefox")), (TEN + 600, HOUR, window("code"))],
        )
        settings = Settings(sources=(f"activitywatch:{real}",))
        for days in (0, 5):
            start = TEN + days * DAY
            if days:
                tabs = bucket("web.tab.current", [(start, 600, tab("x.com"))])["events"]
                call(f"{real}/api/0/buckets/aw-watcher-web/events", tabs)
                code = bucket("currentwindow", [(start, 600, window("code"))])["events"]
                call(f"{real}/api/0/buckets/aw-watcher-window/events", code)
            for later in (HOUR, 2 * HOUR):
                import_new(Workspace(database, settings, PARIS, now=start + later))
        assert stored(database) == [("x", TEN, TEN + 600)]


@contextmanager
def answering(content: dict[str, Any]) -> Iterator[str]:
    """A server with the buckets of an export, which answers without a length, as a stream."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _empty, id, *of_bucket = unquote(self.path.partition("?")[0]).removeprefix("/api/0/buckets").split("/")
            buckets = {id: {**bucket, "events": None} for id, bucket in content["buckets"].items()}
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(content["buckets"][id]["events"] if of_bucket else buckets).encode())

        def log_message(self, *_args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as serving:
        thread = Thread(target=serving.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{serving.server_port}"
        finally:
            serving.shutdown()
            thread.join()


def test_a_server_is_read_as_its_export(database: Database, tmp_path: Path) -> None:
    events: list[Event] = [(TEN + 600 * n, 600, window("firefox" if n % 3 else "code")) for n in range(20)]
    tabs: list[Event] = [(TEN + 450 * n, 450, tab(("www.linkedin.com", "x.com")[n % 2])) for n in range(26)]
    path = export(tmp_path / "a", bucket("currentwindow", events), bucket("web.tab.current", tabs, client="a b"))
    with answering(json.loads(path.read_text())) as address:
        from_server = run(database, address)
    assert from_server.added > 10
    with Database.open(":memory:") as other:
        assert run(other, path)._replace(path=address) == from_server
        assert stored(other) == stored(database)
    assert run(database, path).added == 0


@pytest.mark.parametrize("answer", [b"HTTP/1.1 200 OK\r\n\r\n<html>", b"HTTP/1.1 404 No\r\n\r\n", b"SSH-2.0\r\n", b""])
def test_another_server_is_refused(database: Database, answer: bytes) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def reply() -> None:
            connection, _address = listening.accept()
            with closing(connection):
                connection.recv(4096)
                connection.sendall(answer)

        thread = Thread(target=reply)
        thread.start()
        with pytest.raises(TrackerError, match="tracker import activitywatch FILE"):
            run(database, f"http://127.0.0.1:{listening.getsockname()[1]}")
        thread.join()


def test_where_no_server_is_it_says_so(database: Database) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    with pytest.raises(TrackerError, match="connection refused"):
        run(database, f"http://127.0.0.1:{port}")


@pytest.mark.parametrize("address", ["file:///etc/hosts", "http://[x"])
def test_what_is_no_address_of_a_server_is_said_in_one_line(database: Database, address: str) -> None:
    with pytest.raises(TrackerError, match="is not an address of a server"):
        run(database, address)
