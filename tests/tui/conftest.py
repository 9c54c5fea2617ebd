"""A running app over a believable month, its clock frozen."""

from __future__ import annotations

import asyncio
import pickle
import sqlite3
import time
from contextlib import asynccontextmanager
from functools import cache, lru_cache
from itertools import combinations
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import pytest
from rich.cells import cell_len
from textual import _wait
from textual._context import visible_screen_stack
from textual._styles_cache import StylesCache
from textual.css import stylesheet
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.tokenize import tokenize_values
from textual.events import Paste
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import WorkerFailed

from tests.tui import figures
from tracker import locale
from tracker.analytics.patterns import registry
from tracker.calendar import clock
from tracker.reports import patterns
from tracker.storage import Database
from tracker.tui import base_app as app_module
from tracker.tui.app import TrackerApp
from tracker.tui.screens import week_view

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from textual.css.tokenizer import Token
    from textual.strip import Strip

    from tracker.analytics.patterns.detector_input import DetectorInput
    from tracker.analytics.patterns.pattern import Finding

    Running = Callable[..., AbstractAsyncContextManager[tuple[TrackerApp, Pilot[None]]]]


#: As Textual has them.
paint, parse = Screen._compositor_refresh, Stylesheet._parse_rules
#: And the program's own.
detect = registry.find

_parsed: dict[tuple[object, ...], list[RuleSet]] = {}

#: The apps whose screen a test has looked at.
_seen: WeakSet[TrackerApp] = WeakSet()


@pytest.fixture(autouse=True)
def short_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """After each key Textual looks twice, 20 ms long, whether the program rests; a shorter look tells as much."""
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", 0.004)
    monkeypatch.setattr(_wait, "SLEEP_IDLE", 0.0004)


@pytest.fixture(autouse=True)
def nothing_to_tell_the_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for the widgets that have messages to handle; Textual sends every widget one more, and waits for all."""

    async def wait(pilot: Pilot[None], timeout: float = 30.0) -> bool:
        app, turns = pilot.app, 0
        while app.is_running and not app._exception:
            everybody = (app, *app.screen.walk_children(with_self=True)) if app.screen_stack else (app,)
            if not any(pump._message_queue.qsize() for pump in everybody):
                return True
            turns += 1
            await asyncio.sleep(0 if turns < 100 else 0.004)
        return False

    monkeypatch.setattr(Pilot, "_wait_for_screen", wait)


@pytest.fixture(autouse=True)
def painted_when_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the screen when a test looks at it (`drawn`), not sixty times a second."""

    def wait(screen: Screen[object]) -> None:
        if screen is screen.app.screen and not screen.app.is_inline:
            screen._dirty_widgets.clear()  # the compositor knows their regions by now
            screen.app._update_mouse_over(screen)
        else:
            paint(screen)

    monkeypatch.setattr(Screen, "_compositor_refresh", wait)


@cache
def tokens(variables: tuple[tuple[str, str], ...]) -> dict[str, list[Token]]:
    """What the style sheets read of the variables of a theme."""
    return tokenize_values(dict(variables))


@pytest.fixture(autouse=True)
def parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The style sheets of one theme are the same for every app: keep what their reading gave."""

    def read(sheet: Stylesheet, css: str, *options: Any, **named: Any) -> list[RuleSet]:
        key = (css, options, *named.values(), id(sheet._variable_tokens))  # `tokens` keeps one object for each theme
        if key not in _parsed:
            _parsed[key] = parse(sheet, css, *options, **named)
        return _parsed[key]

    monkeypatch.setattr(Stylesheet, "_parse_rules", read)
    # Looking for the rules of a widget hashes hundreds, by identity: Python's own way does that without a call of `id`.
    monkeypatch.setattr(RuleSet, "__hash__", object.__hash__)
    monkeypatch.setattr(stylesheet, "tokenize_values", lambda variables: tokens(tuple(variables.items())))


@lru_cache(maxsize=64)
def _findings(log: bytes, names: tuple[str, ...] | None, _language: str) -> list[Finding]:
    return detect(pickle.loads(log), names)


@pytest.fixture(autouse=True)
def found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the detectors find in a log depends on nothing else but the language, and most apps show the same month."""

    def find(log: DetectorInput, names: Iterable[str] | None = None) -> list[Finding]:
        return [*_findings(pickle.dumps(log), None if names is None else tuple(names), locale.language())]

    monkeypatch.setattr(registry, "find", find)
    monkeypatch.setattr(patterns, "find", find)


@pytest.fixture(autouse=True)
def no_memory_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """One process shows hundreds of apps here: what one leaves behind is not kept for good, nor looked for at once."""
    monkeypatch.setattr(app_module, "settle_memory", lambda: None)
    monkeypatch.setattr(week_view, "gc", SimpleNamespace(collect=lambda: None))


@pytest.fixture(autouse=True)
def lines_let_go() -> Iterator[None]:
    """Textual keeps the lines of the last 1,024 widgets, those of 70 apps: the collector would walk them each time."""
    yield
    StylesCache.get_inner_outer.cache_clear()


def _read(database: Database, sql: str, values: tuple[Any, ...], number: int | None) -> list[Any] | None:
    """What the file answers; None where it cannot be read."""
    try:
        cursor = database.connection.execute(sql, values)
        return cursor.fetchall() if number is None else cursor.fetchmany(number)
    except sqlite3.DatabaseError:
        return None


@pytest.fixture(autouse=True)
def remembered_reads_are_true(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a read answers from memory is what the file answers, unless another program has just changed it."""
    answer = Database._query

    def verified(database: Database, sql: str, values: tuple[Any, ...], number: int | None) -> list[Any]:
        cache = None if database.writing else database.cache
        known = cache.find(sql, (number, *values)) if cache else None
        if cache and known is not None and known != _read(database, sql, values, number):
            assert _read(database, "PRAGMA data_version", (), None) != [(cache.version,)], sql
        return answer(database, sql, values, number)

    monkeypatch.setattr(Database, "_query", verified)


@pytest.fixture(autouse=True)
def french_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Paris, in English; the clock runs again afterwards."""
    monkeypatch.setenv("TZ", figures.ZONE)
    time.tzset()
    yield
    clock.freeze(None)


@pytest.fixture
def running(tmp_path: Path) -> Running:
    """`async with running(size=(120, 36)) as (app, pilot)`; options go to figures.workspace and TrackerApp."""

    @asynccontextmanager
    async def run(
        size: tuple[int, int] = (120, 36), *, demo: bool = False, returns_to_own_file: bool = False, **options: Any
    ) -> AsyncIterator[tuple[TrackerApp, Pilot[None]]]:
        app = TrackerApp(figures.workspace(tmp_path, **options), demo=demo, returns_to_own_file=returns_to_own_file)
        async with app.run_test(size=size) as pilot:
            await settled(app, pilot)
            while options.get("greeted") is False and not app.deferred_imported:  # who greets comes after the imports
                await settled(app, pilot)
            yield app, pilot
            if app not in _seen and app.is_running:
                drawn(app)  # what cannot be drawn fails, also where no test looks

    return run


async def settled(app: TrackerApp, pilot: Pilot[None]) -> None:
    """Everything that was asked for is drawn, the patterns too.

    Textual's own pause takes a program that gets no time from a busy machine for one that rests.
    """
    await pilot.pause()
    await _workers_are_done(app)
    while app.is_running and _has_work(app):
        await pilot.pause()
        await _workers_are_done(app)
    await pilot.pause()
    await pilot.pause()


async def _workers_are_done(app: TrackerApp) -> None:
    try:
        await app.workers.wait_for_complete()
    except WorkerFailed as failed:
        if not isinstance(failed.error, app_module.Cancelled):  # what the screen says of a cancelled one is tested
            raise


def _has_work(app: TrackerApp) -> bool:
    """Whether a worker runs, or something is to be done after the next drawing of the front screen."""
    return bool(app.screen._callbacks) or any(not worker.is_finished for worker in app.workers)


async def write(app: TrackerApp, pilot: Pilot[None], text: str) -> None:
    """Type a text: its first and last letters by their keys, what is between them as one paste, where a line takes it.

    A line is read, explained and drawn anew after each letter, which takes as long as a key that does something.
    """
    for part in (text[:1], text[1:-1], text[1:][-1:]):
        if len(part) > 1 and isinstance(app.focused, Input):
            app.focused.post_message(Paste(part))
            await pilot.pause()
        else:
            await pilot.press(*("space" if letter == " " else letter for letter in part))


def drawn(app: TrackerApp) -> list[Strip]:
    """The lines of the whole screen, as the terminal would get them now."""
    _seen.add(app)
    visible_screen_stack.set(app._background_screens)
    return app.screen._compositor.render_strips(app.size)


def shown(app: TrackerApp) -> str:
    """The text of the whole screen, line by line."""
    width, height = app.size
    return "\n".join("".join(segment.text for segment in line) for line in drawn(app)) or f"{width}x{height}"


def shown_in_front(app: TrackerApp) -> str:
    """The text of the front dialog alone, line by line, behind a line that says where it is; of a screen all of it."""
    regions = [widget.region for widget in app.screen.children if widget.is_on_screen and widget.region.area]
    place = Region.from_union(regions)
    if not app.screen.is_modal or place.size == app.size:
        return shown(app)
    lines = [strip.crop(place.x, place.right) for strip in drawn(app)[place.y : place.bottom]]
    head = f"{place.width} × {place.height} cells at {place.x}, {place.y}"
    return "\n".join([head, *("".join(segment.text for segment in line) for line in lines)])


def notices(app: TrackerApp) -> list[str]:
    """What was said in notices, the last one last."""
    return [notice.message for notice in app._notifications]


def count_bindings(app: TrackerApp) -> int:
    """How many key bindings the app itself has now."""
    return sum(len(bindings) for bindings in app._bindings.key_to_bindings.values())


def cut_off(app: TrackerApp) -> list[str]:
    """What the front screen cannot show whole, a line each: text taller than its widget, a widget outside its
    container, two widgets over each other, words of a border or of an empty field longer than that. What can be
    scrolled is not cut off.
    """
    faults = []
    for widget in app.screen.walk_children(Widget):
        if widget.is_on_screen and widget.region.area:
            faults += [f"{_name(widget)}: cuts “{words}”" for words in _too_long(widget)]
    for parent in (app.screen, *app.screen.walk_children(Widget)):
        widgets = [child for child in parent.children if child.is_on_screen and child.region.area]
        in_flow = [widget for widget in widgets if widget.styles.overlay == "none"]
        if not (parent.allow_vertical_scroll or parent.allow_horizontal_scroll):
            outside = [widget for widget in in_flow if not parent.region.contains_region(widget.region)]
            faults += [f"{_name(widget)}: outside {_name(parent)}" for widget in outside]
        faults += [
            f"{_name(first)}: covers {_name(second)}"
            for first, second in combinations(in_flow, 2)
            if first.layer == second.layer and first.region.overlaps(second.region)
        ]
        for widget in widgets:
            if not widget.children and not widget.allow_vertical_scroll:
                wanted = widget.get_content_height(widget.container_size, app.size, widget.content_size.width)
                if wanted > widget.content_size.height:
                    faults.append(f"{_name(widget)}: shows {widget.content_size.height} of {wanted} lines")
    return faults


def _too_long(widget: Widget) -> list[str]:
    """The words of the border that its corners, lines and blanks leave no room for, and those of an empty field."""
    border = [str(words) for words in (widget.border_title, widget.border_subtitle) if words]
    said = [words for words in border if widget.styles.border_top[0] and cell_len(words) > widget.outer_size.width - 6]
    if isinstance(widget, Input) and not widget.value and cell_len(widget.placeholder) > widget.content_size.width:
        said.append(str(widget.placeholder))
    return said


def _name(widget: Widget) -> str:
    return f"{type(widget).__name__}#{widget.id}"
