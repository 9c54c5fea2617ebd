"""The application without its actions: one screen with a header, three views and a footer, over one workspace.

The views share one screen in a ContentSwitcher: changing Textual's modes waits 50 ms by design, and a footer that is
recomposed at each change keeps its old keys in memory. Actions are functions that take a BaseApp; TrackerApp, in
app.py, connects them to the keys.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Generic, TypeVar

from textual import events, on
from textual.actions import ActionParseResult
from textual.app import ComposeResult
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widgets import ContentSwitcher
from textual.worker import Worker, WorkerState

from tracker.calendar import clock
from tracker.domain.errors import TrackerError
from tracker.domain.models import Session, over_plan
from tracker.formatting.text import capitalized
from tracker.formatting.times import format_clock, format_date, format_growing_duration, format_upcoming
from tracker.locale import _
from tracker.services import pausing, queries, timekeeping
from tracker.services.live_workspace import LiveWorkspace
from tracker.settings import Settings
from tracker.tui import layout, theme
from tracker.tui.keys import BY_ID, DAY, EVERYWHERE, TIMER, WEEK, bindings, key_label, keymap
from tracker.tui.notifications import ToastApp, notify_error
from tracker.tui.screens.timer_view import TimerView
from tracker.tui.screens.view import View, ViewState
from tracker.tui.terminal import TerminalWatch
from tracker.tui.widgets.key_lines import Footer, Header, HeaderState
from tracker.tui.widgets.log import Log
from tracker.tui.widgets.panel import Rows

#: What a dialog answers.
Answer = TypeVar("Answer")

#: The exit code with which the screens ask the command line to open the demo in their place.
OPEN_DEMO = 64

#: Options of glibc's `mallopt` (malloc.h): the number of heaps, and from how many bytes on a block is one of its own.
_M_ARENA_MAX, _M_MMAP_THRESHOLD = -8, -3

_HERE = Path(__file__).parent

#: The styles of what is shown after the first paint: reading all styles before it would delay it by a twentieth.
_DEFERRED_STYLES = (_HERE / "screens/day.tcss", _HERE / "screens/week.tcss")

#: The styles of all dialogs and of the palette, read with the first one that is opened.
DIALOG_STYLES = (_HERE / "modals/dialogs.tcss", _HERE / "review/review.tcss")

#: Modules that patterns, weeks, the clock and keys need. Without the last one the first dialog takes 0.3 s.
DEFERRED = (
    "arrow",
    "tracker.reports.habit_histories",
    "tracker.reports.patterns",
    "tracker.reports.commitments",
    "tracker.reports.week",
    "tracker.tui.clock_monitor",
    "tracker.tui.actions.registry",
)


def import_deferred() -> None:
    """Import what is needed later, in a thread, while the screen can already be read."""
    for name in DEFERRED:
        import_module(name)
    import_module("tracker.calendar.days").locale_first_weekday()


def settle_memory() -> None:
    """Freeze the objects that exist after the first paint, so that the garbage collector skips them."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(5000, 20, 50)
    _return_freed_memory()


def _return_freed_memory() -> None:
    """Let glibc keep less of the memory that is freed (elsewhere it is as it is).

    The threads that are begun from here on allocate from the main thread's heap: glibc would give each one of its own,
    which keeps what was freed in it. Python's threads take turns anyway. And the columns of a long history are blocks
    of their own, which are given back as a whole. After the Week has been seen, each of both is 4 to 6 % of the memory
    at 1,000,000 sessions.
    """
    if sys.platform != "linux":
        return
    try:
        from ctypes import CDLL

        library = CDLL(None)
        library.mallopt(_M_ARENA_MAX, 1)
        library.mallopt(_M_MMAP_THRESHOLD, 1 << 16)
    except (ImportError, OSError, AttributeError):
        return  # another C library, or a Python without ctypes


class Cancelled(Exception):
    """The screens are closed, or the user cancelled: nothing is imported."""


class Fitted(Screen[None]):
    """A screen that has its styles, those for the size of the window, from its first layout on.

    Textual reads the styles of a new screen after it is made, and applies all styles to all that is shown. Of a screen
    it applies them again when it is shown, makes a layout, tells the screen its size, makes a second layout, and
    applies them a third time, with the classes for that size.
    """

    def __init__(self, id: str | None = None) -> None:
        #: The size of the window for which it has its classes.
        self.fits = self.app.size
        marks = zip(self.fits, (BaseApp.HORIZONTAL_BREAKPOINTS, BaseApp.VERTICAL_BREAKPOINTS), strict=True)
        super().__init__(id=id, classes=" ".join(max(mark for mark in side if mark[0] <= n)[1] for n, side in marks))
        self.app.stylesheet.read_all(self.css_path)

    @on(events.ScreenResume)
    def keep_styles(self, event: events.ScreenResume) -> None:
        """It has its styles: a change of theme applies them to every screen."""
        event.refresh_styles = False

    @on(events.Resize)
    def keep_layout(self, event: events.Resize) -> None:
        """Lay out if it, or a screen behind it, has another size: Textual tells a screen its size several times."""
        if {event.size} == {self.fits, *(screen.outer_size for screen in self.app.screen_stack)}:
            event.prevent_default()
        self.fits = event.size


class Modal(Fitted, ModalScreen[None], Generic[Answer]):
    """What the application, and the actions, know of a dialog; it is drawn by `Dialog`."""

    CSS_PATH = [*DIALOG_STYLES]

    #: What is done with the answer.
    then: Callable[[Answer], None] | None = None
    #: Whether it was answered or left: it is closed, or about to be.
    answered = False

    @property
    def base_app(self) -> BaseApp:
        """The application, as the actions need it."""
        assert isinstance(self.app, BaseApp), "there is no other app"
        return self.app

    def reloaded(self) -> None:
        """Something was changed, here or by another program: show figures of its own again."""

    def mouse_pressed(self, x: int, y: int) -> None:
        """A mouse button was pressed at that cell, before anything else is done with it."""

    def chosen_pattern(self) -> str | None:
        """The name of the pattern that actions of the table are about here; None where that is one of the view."""
        return None

    def chosen_session(self) -> int | None:
        """The id of the session that actions of the table are about here; None where that is one of the view."""
        return None


class Frame(Fitted):
    """Header, views and footer, which cover it."""

    BLANK = True


class Views(ContentSwitcher):
    """The views, which cover it."""

    BLANK = True


class BaseApp(ToastApp):
    """The screens over one file. What the keys do is added by TrackerApp: actions are written against this class."""

    TITLE = "tracker"
    CSS_PATH = ["tracker.tcss", "screens/timer.tcss"]
    AUTO_FOCUS = ""
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = [*bindings()]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal"), (160, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (20, "-short"), (32, "-middling"), (48, "-tall")]

    def __init__(self, workspace: LiveWorkspace, *, demo: bool = False, returns_to_own_file: bool = False) -> None:
        super().__init__()
        self.workspace = workspace
        self.demo = demo
        #: Whether quitting the demo leads back to one's own file.
        self.returns_to_own_file = returns_to_own_file
        #: Makes the files of the demo, which takes seconds; None where leaving for the demo makes them.
        self.make_demo: Callable[[], None] | None = None
        self.keymap_changed = keymap(workspace.settings.keys)
        self._animated = self.animation_level
        for own in (theme.DARK, theme.LIGHT, *theme.ANSI):
            self.register_theme(own)
        self.apply_settings(workspace.settings)
        self.stylesheet = theme.Styles(variables=self.get_css_variables())
        self.view_state = ViewState(workspace)
        self._terminal = TerminalWatch()
        self._version = workspace.data_version()
        self._minute = 0
        self._today = ""
        #: The line that the terminal shows after the screens are closed.
        self.farewell: str | None = None
        #: The words of the last match that was opened.
        self.last_search = ""
        #: Whether what the first paint does without (Babel, the patterns) has been imported.
        self.deferred_imported = False
        self._wanted_view: str | None = None if self.view_state.view == TIMER else self.view_state.view
        #: When somebody last pressed a key or a button of the mouse.
        self.last_input_at: int | None = None
        #: Whether the screens show a running timer, which decides what the space bar does.
        self.runs = False
        #: Why each source failed when it was imported by itself last, and whether the import screen imports now.
        self.failed_imports: dict[str, str] = {}
        self.importing = False

    def apply_settings(self, settings: Settings) -> None:
        """Apply the settings `theme` and `reduced_motion`."""
        wanted = self.available_themes.get(settings.theme, theme.DARK)
        if self.no_color and wanted.ansi:  # without colours its text would be black on black
            wanted = theme.DARK if wanted.dark else theme.LIGHT
        self.theme = wanted.name
        self.animation_level = "none" if settings.reduced_motion else self._animated

    def rebind(self, changed: dict[str, str]) -> None:
        """Apply other keys; whatever shows keys holds the same dictionary."""
        self.keymap_changed.clear()
        self.keymap_changed.update(changed)
        self.set_keymap(changed)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours, as the theme in use shows them."""
        return theme.variables(self.current_theme)

    def get_default_screen(self) -> Screen[None]:
        """The screen of the views."""
        return Frame(id="_default")

    def compose(self) -> ComposeResult:
        """What is shown first. The other views follow the first paint; each reads its figures when it is shown."""
        yield Header(demo=self.demo, elsewhere=self._other_city())
        with Views(initial=TIMER):
            yield TimerView(id=TIMER)
        yield Footer(self.keymap_changed, _("Leave the demo") if self.returns_to_own_file else "")

    def _other_city(self) -> str:
        """The city whose time the demo shows, if it differs from the reader's time; else empty."""
        now, zone = self.workspace.now(), self.workspace.zone
        if not self.demo or clock.offset_at(zone, now) == clock.offset_at(clock.local_zone(), now):
            return ""
        return zone.rpartition("/")[2].replace("_", " ")

    def on_mount(self) -> None:
        """Start the only timer: everything that changes by itself depends on it."""
        self.set_keymap(self.keymap_changed)
        self.reload()
        self.set_interval(1, self.tick)
        # A pause, in which the thread that writes to the terminal gets the interpreter and writes the first frame.
        self.call_after_refresh(self.set_timer, 0.001, self._after_first_paint)

    async def _after_first_paint(self) -> None:
        """The first paint is done: mount the other views, and import in a thread what is needed later."""
        from tracker.tui.screens.day_view import DayView
        from tracker.tui.screens.week_view import WeekView

        if not self._has_all_panels():
            return
        self.stylesheet.read_all(_DEFERRED_STYLES)
        views = (DayView(id=DAY), WeekView(id=WEEK))
        self.view_state.restore(views)
        for view in views:
            view.display = False
        await self.screen_stack[0].query_one(ContentSwitcher).mount(*views)
        if self._wanted_view:
            self.show_view(self._wanted_view)
        settle_memory()
        self.run_worker(import_deferred, thread=True, name="deferred imports")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The deferred imports are done: the patterns and the week's name can be shown."""
        if event.worker.name == "deferred imports" and event.state is WorkerState.SUCCESS and self._has_all_panels():
            self.deferred_imported = True
            self.show_frame()
            self.load_patterns()
            self.each_second(self.workspace.now())
            self.ready()

    @property
    def view(self) -> View:
        """The view that is shown."""
        current = self.screen_stack[0].query_one(ContentSwitcher).visible_content
        assert isinstance(current, View)
        return current

    def show_view(self, name: str) -> None:
        """Show a view, with new figures if anything changed while another one was shown."""
        base = self.screen_stack[0]
        if not any(view.is_composed for view in base.query(f"#{name}").results(View)):
            self._wanted_view = name  # a quick key, before the other views are mounted
            return
        self._wanted_view = None
        base.query_one(ContentSwitcher).current = name
        base.query_one(Header).select_tab(name)
        try:
            if self.view.stale:
                self._load()
            self.show_frame()
        except TrackerError as error:  # the view stays as it is, and is read when it is shown again
            notify_error(self, error, "error")

    def on_view_arrived(self, message: View.Arrived) -> None:
        """A view is mounted: show it, if a key has asked for it."""
        if self._wanted_view:
            self.show_view(self._wanted_view)

    def _load(self, *, patterns: bool = True) -> None:
        self.view.load(self.workspace)
        self.view.stale = False
        if patterns and self.deferred_imported:
            self.call_after_refresh(self.load_patterns)

    def load_patterns(self) -> None:
        """Load what takes longer, after the frame that answers the key; not while the app is being closed."""
        if self._has_all_panels():
            self.view.load_patterns(self.workspace)
            self.patterns_loaded()

    def _has_all_panels(self) -> bool:
        """Whether the view that is shown has all its panels: timers still fire while the app is being closed."""
        base = self.screen_stack[0] if self.screen_stack else None
        current = base.query(ContentSwitcher).first().current if base and base.query(ContentSwitcher) else None
        return bool(base and current and base.query(f"#{current}") and self.view.is_complete)

    def reload(self) -> None:
        """Something changed: load the view that is shown again, and the others when they are shown."""
        if self.workspace.was_replaced():
            self.notify(_("The file was replaced by a backup from another terminal"), timeout=20)
        for view in self.screen_stack[0].query(View):
            view.stale = True
        self._load()
        self.show_frame()
        for dialog in self.screen_stack[1:]:
            if isinstance(dialog, Modal) and not dialog.is_mounted:  # its widgets come first
                dialog.call_later(dialog.reloaded)
            elif isinstance(dialog, Modal) and dialog.children:  # none are left while the app is being closed
                dialog.reloaded()

    def show_frame(self) -> None:
        """Header and footer: the running session, date and time, a refusal to record, and what the space bar does."""
        base, workspace = self.screen_stack[0], self.workspace
        running, now = queries.running(workspace), clock.now()
        self._minute, self._today = now // 60, workspace.today()
        status = self._header(running, now) if workspace.lost is None else layout.BLANK
        date = workspace.day_of(now)
        week = workspace.week_label(date).rpartition("-")[2] if self.deferred_imported else ""
        refusal = short = _("read only") if workspace.refusal else ""
        if workspace.refusal and workspace.lost is not None:
            refusal = _("read only: file moved or replaced")
        time, failed = format_clock(now, workspace.zone), tuple(self.failed_imports)
        base.query_one(Header).show(HeaderState(format_date(date), week, time, status, refusal, short, failed))
        self.runs = running is not None
        resume = _("Resume") if not running and timekeeping.can_resume(workspace) else ""
        base.query_one(Footer).show(self.view.id or TIMER, _("Stop") if running else resume)

    def _header(self, running: Session | None, now: int) -> Content:
        """`● LinkedIn 12m`, `▲ LinkedIn 37m · B why?`, `‖ pause until 16:12`, or the session and the pause."""
        pause = pausing.current_pause(self.workspace)
        ends = format_upcoming(pause.end, now, self.workspace.zone) if pause else ""
        if running is None:
            message = _("pause until {clock}").format(clock=ends)
            return layout.row((f"{theme.PAUSE} ", "bold $good"), (message, "bold")) if pause else layout.BLANK
        spent = running.duration(now)
        over = over_plan(spent, running.planned_seconds) > 0
        why = layout.BLANK
        if timekeeping.asks_why(self.workspace, running):
            why = layout.text(f" · {self.key_of('why')} " + _("why?"), "$over")
        return layout.row(
            (f"{theme.OVER if over else theme.RUNS} ", "bold $over" if over else "bold $good"),
            (f"{self.title_of(running.channel)} {format_growing_duration(spent)}", "bold"),
            why,
            (f" · {theme.PAUSE} {ends}" if pause else "", "bold"),
        )

    def tick(self) -> None:
        """Called once a second; a file that cannot be read right now does not end the app."""
        self._terminal.end_if_gone()
        try:
            self._second()
        except TrackerError as error:
            notify_error(self, error, "error")

    def _second(self) -> None:
        """Show other programs' changes, the running time, and each minute the figures that grow."""
        self.deliver_stuck_keys()
        if not self._has_all_panels():
            return
        if warning := self.workspace.check_file():
            self.notify(capitalized(warning), severity="error", timeout=60)
        now, minute = self.workspace.now(), clock.now() // 60
        new_day = minute != self._minute and self.workspace.today() != self._today
        version = self.workspace.data_version()
        if version != self._version or new_day:
            self._version = version
            self.reload()
        elif warning:
            self._load()
            self.show_frame()
        elif minute != self._minute:
            if queries.running(self.workspace):
                self._load(patterns=False)  # time goes by, but no opening is new
            self.show_frame()
        self.view.tick(self.workspace, now)
        if self.deferred_imported and self.workspace.lost is None:
            self.each_second(now)
        self.save_view_state()

    def save_view_state(self) -> None:
        """Save for the next run what is shown."""
        self.view_state.save(self.view.id or TIMER, self.screen_stack[0].query(View))

    async def on_event(self, event: events.Event) -> None:
        """Note when somebody last pressed a key or a mouse button."""
        if isinstance(event, events.Key) and event.key == "ctrl+j" and not self.deferred_imported:
            event = events.Key("enter", "\r")  # until the screens read it, the terminal sends the end of a line instead
        if isinstance(event, (events.Key, events.MouseDown)):
            self.last_input_at = self.workspace.now()
        if isinstance(event, events.MouseDown) and not event.is_forwarded:
            self.mouse_pressed(event)
        await super().on_event(event)

    def mouse_pressed(self, event: events.MouseDown) -> None:
        """Tell the dialog that is open, too."""
        super().mouse_pressed(event)
        if self.screen_stack and isinstance(self.screen, Modal):
            self.screen.mouse_pressed(event.screen_x, event.screen_y)

    def on_key(self, event: events.Key) -> None:
        """A key typed ahead of a dialog (`c c` in one burst) goes to the dialog once it is mounted."""
        aimed = vars(event).get("aimed", self.screen)
        if aimed is not self.screen:
            event.prevent_default()
            self.redeliver(event)
        elif event.key == "escape" and len(self.screen_stack) == 1 and self.shows_toast:
            event.prevent_default()  # a toast is closed first
            self.dismiss_toasts()
        elif event.key == "escape" and len(self.screen_stack) == 1 and self.view.dismiss(self.workspace):
            event.prevent_default()

    def ask(self, dialog: Modal[Answer], then: Callable[[Answer], None]) -> None:
        """Show a dialog, and hand its answer to `then`; a TrackerError of `then` is shown as a toast."""
        self.clear_passing_toasts()
        dialog.then = then
        self.push_screen(dialog)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key or a click is bound to; a TrackerError, with which nothing was changed, is shown as a toast."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except TrackerError as error:
            notify_error(self, error)
            return True

    def safely(self, action: Callable[[], object]) -> None:
        """Run an action; a TrackerError, with which nothing was changed, is shown as a toast."""
        try:
            action()
        except TrackerError as error:
            notify_error(self, error)

    def announce(self, *parts: str, seconds: float = 4) -> None:
        """Load what is shown again, and show a toast of the parts that are not empty for `seconds`."""
        rows = self.view.rows()
        marked = rows.marked if isinstance(rows, Log) else frozenset()
        self.reload()
        if isinstance(rows, Log) and marked:
            rows.mark_again(marked)
        moved = queries.say_moved_outcomes(self.workspace, titles=True)
        self.notify(" · ".join(filter(None, (*parts, moved))), timeout=seconds)

    def title_of(self, channel: str) -> str:
        """The title of a channel on the screens."""
        return queries.title(self.workspace, channel)

    def key_of(self, action: str) -> str:
        """The key of an action, as the user has it."""
        return key_label(BY_ID[action], self.keymap_changed)

    def show_on_day(self, date: str, session: int | None = None, event: tuple[str, int] | None = None) -> None:
        """Show the Day of a date, with the line of a session chosen, or that of an event (its kind and id) lit."""
        self.show_view(DAY)
        self.view.follow, self.view.follow_event = session, event
        self.view.go(date, self.workspace)

    def shown_date(self) -> str:
        """The date shown on the Day, today elsewhere."""
        return (self.view.period if self.view.id == DAY else None) or self.workspace.today()

    def act(self, action: str) -> None:
        """Do one action of the table in keys.py. Raises TrackerError with nothing changed."""
        raise NotImplementedError

    def perform(self, action: str) -> None:
        """Do one action of the table in keys.py; a TrackerError is shown as a toast."""
        self.safely(lambda: self.act(action))

    def each_second(self, now: int) -> None:
        """Called once a second, after everything was drawn."""

    def ready(self) -> None:
        """Called once, when everything that was deferred is there."""

    def patterns_loaded(self) -> None:
        """Called when the view that is shown has loaded the patterns."""

    async def action_do(self, name: str) -> None:
        """Do what a key, a click or the palette asks for."""
        self.perform(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key applies in the view that is shown."""
        if action == "do" and parameters and self.screen_stack:
            wanted = BY_ID[str(parameters[0])].where
            return wanted == EVERYWHERE or self.view.id in wanted
        return True

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A line was opened."""
        self.perform("open")

    def on_rows_marked(self, message: Rows.Marked) -> None:
        """A line was clicked with ctrl."""
        if self.view.id == DAY:
            self.perform("mark")
