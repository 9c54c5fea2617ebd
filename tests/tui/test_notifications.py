"""The bell, the terminal's notifications and the desktop's: only where somebody reads them, and nothing else."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tracker.tui import notifications

XTERM = {"TERM": "xterm-256color"}
NINE, SEVEN = "\x1b]9;LinkedIn: 25m are over\x07", "\x1b]777;notify;LinkedIn;25m are over\x07"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        (XTERM, [NINE, SEVEN]),
        (XTERM | {"TERM_PROGRAM": "iTerm.app"}, [NINE]),
        (XTERM | {"TERM_PROGRAM": "WezTerm"}, [NINE]),
        (XTERM | {"VTE_VERSION": "7600"}, [SEVEN]),
        ({"TERM": "xterm-kitty"}, [NINE]),
        ({"TERM": "foot"}, [SEVEN]),
        ({"TERM": "linux"}, []),
        ({"TERM": "dumb"}, []),
        ({}, []),
    ],
)
def test_each_terminal_is_told_once(environment: dict[str, str], expected: list[str]) -> None:
    assert notifications.sequences("LinkedIn", "25m are over", environment) == expected


def test_tmux_hands_it_on() -> None:
    environment = {"TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "TMUX": "/tmp/x"}
    assert notifications.sequences("LinkedIn", "25m are over", environment)[0] == (
        "\x1bPtmux;\x1b\x1b]9;LinkedIn: 25m are over\x07\x1b\\"
    )


@pytest.mark.parametrize(
    "words", ["a\x07b\x1b]0;owned\x07", "a\x9cb\x9d", "a\nb\r\tc", "\u202eb", "4;1;50", "x" * 5000, ";;;", "\x00"]
)
def test_what_users_type_cannot_end_a_sequence_or_begin_one(words: str) -> None:
    for sequence in notifications.sequences(words, words, XTERM):
        inside = sequence.removeprefix("\x1b]").removesuffix("\x07")
        assert all(sign.isprintable() or sign in "\xa0\u202f" for sign in inside)
        assert not inside.startswith("9;4;")
        assert len(inside) < 500
        if inside.startswith("777;"):
            assert inside.count(";") == 3


class Driver:
    is_headless, is_web = False, False

    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, data: str) -> None:
        self.written.append(data)


def app(driver: Driver | None, **more: Any) -> Any:
    app = SimpleNamespace(_driver=driver, is_headless=False, is_web=False, workers=[])
    app.bell = lambda: driver.write("\x07") if driver else None
    app.run_worker = lambda work, **_options: app.workers.append(work)
    vars(app).update(more)
    return app


def test_only_the_ways_that_were_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-kitty")
    monkeypatch.delenv("TMUX", raising=False)
    for ways, written in ((("bell",), ["\x07"]), (("terminal",), [NINE]), ((), [])):
        driver = Driver()
        notifications.send(app(driver), ways, "LinkedIn", "25m are over")
        assert driver.written == written


@pytest.mark.parametrize("where", [{"is_headless": True}, {"is_web": True}, {"_driver": None}])
def test_nothing_is_written_where_no_terminal_reads(where: dict[str, Any]) -> None:
    driver = Driver()
    notifier = app(driver, **where)
    notifications.send(notifier, ("bell", "terminal", "desktop"), "LinkedIn", "over")
    assert (driver.written, notifier.workers) == ([], [])


def test_the_desktop_is_told_where_the_extra_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[str, str]] = []

    class DesktopNotifier:
        def __init__(self, app_name: str) -> None:
            assert app_name == "tracker"

        async def send(self, title: str, message: str) -> None:
            sent.append((title, message))

    module = ModuleType("desktop_notifier")
    vars(module)["DesktopNotifier"] = DesktopNotifier
    monkeypatch.setitem(sys.modules, "desktop_notifier", module)
    notifier = app(Driver())
    notifications.send(notifier, ("desktop",), "LinkedIn", "25m are over · <b>carousel</b>\x07")
    (work,) = notifier.workers
    work()
    assert sent == [("LinkedIn", "25m are over · ‹b›carousel‹/b›")]


def test_its_absence_and_its_errors_are_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "desktop_notifier", None)
    notifications.notify_desktop("a", "b")

    class Broken(ModuleType):
        def __getattr__(self, name: str) -> Any:
            raise OSError("no bus")

    monkeypatch.setitem(sys.modules, "desktop_notifier", Broken("desktop_notifier"))
    notifications.notify_desktop("a", "b")


def test_it_is_not_imported_before_it_is_needed() -> None:
    assert "desktop_notifier" not in sys.modules
