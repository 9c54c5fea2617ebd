"""The application without its actions: one screen with a header, three views and a footer, over one workspace.

The views share one screen in a ContentSwitcher, because changing Textual's modes waits 50 ms by design, and a footer
that is recomposed at each change never forgets its old keys. Actions are functions that take a BaseApp; TrackerApp, in
app.py, connects them to the keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.widgets import ContentSwitcher
from textual.worker import Worker, WorkerState

from tracker.calendar import clock
from tracker.domain.models import TrackerError
from tracker.formatting.text import capitalized
from tracker.formatting.times import format_clock, format_date
from tracker.locale import _
from tracker.services import outcomes, queries
from tracker.tui import ink, theme
from tracker.tui.after_paint import fetch, settle_memory
from tracker.tui.frame import says_header, says_space
from tracker.tui.keys import BY_ID, DAY, EVERYWHERE, TIMER, WEEK, bindings, keymap, said
from tracker.tui.memory import Memory
from tracker.tui.notices import Notices
from tracker.tui.screens.timer_view import TimerView
from tracker.tui.screens.view import Live, View
from tracker.tui.widgets.footer import Footer
from tracker.tui.widgets.header import Header
from tracker.tui.widgets.log import Log
from tracker.tui.widgets.panel import Rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from tracker.services.live_workspace import LiveWorkspace
    from tracker.settings import Settings
    from tracker.tui.modals.dialog import Answer, Dialog


class BaseApp(Notices):
    """The screens over one file. What the keys do is added by TrackerApp: actions are written against this class."""

    TITLE = "tracker"
    CSS_PATH = [
        "tracker.tcss",
        "screens/timer.tcss",
        "screens/day.tcss",
        "screens/week.tcss",
        "modals/dialogs.tcss",
        "review/review.tcss",
    ]
    AUTO_FOCUS = ""
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = [*bindings()]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal"), (160, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (20, "-short"), (32, "-middling"), (48, "-tall")]

    def __init__(self, workspace: LiveWorkspace, *, demo: bool = False) -> None:
        super().__init__()
        self.workspace = workspace
        self.demo = demo
        self.keymap_changed = keymap(workspace.settings.keys)
        self._animated = self.animation_level
        self.register_theme(theme.DARK)
        self.register_theme(theme.LIGHT)
        self.settle(workspace.settings)
        self.memory = Memory(workspace)
        self._version = workspace.data_version()
        self._minute = 0
        self._today = ""
        #: Said on the terminal once the screens are gone.
        self.farewell: str | None = None
        #: Whether what the first paint does without (Babel, the patterns) has been imported.
        self.fetched = False
        self._wanted: str | None = None if self.memory.view == TIMER else self.memory.view
        #: When somebody last pressed a key or a button of the mouse.
        self.touched: int | None = None
        #: Whether the screens show a timer that runs, which decides what the space bar does.
        self.runs = False

    def settle(self, settings: Settings) -> None:
        """Go by the settings: the colours, and whether anything moves that need not."""
        known = settings.theme in self.available_themes
        self.theme = settings.theme if known else theme.DARK.name
        self.animation_level = "none" if settings.reduced_motion else self._animated

    def rebind(self, changed: dict[str, str]) -> None:
        """Go by other keys; who shows keys holds the same dictionary."""
        self.keymap_changed.clear()
        self.keymap_changed.update(changed)
        self.set_keymap(changed)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours, as the theme in use shows them."""
        return theme.variables(self.current_theme)

    def compose(self) -> ComposeResult:
        """What is seen first; the other views follow the first paint, and read their figures when they are seen."""
        yield Header(demo=self.demo, elsewhere=self._elsewhere())
        with ContentSwitcher(initial=TIMER):
            yield TimerView(id=TIMER)
        yield Footer(self.keymap_changed)

    def _elsewhere(self) -> str:
        """The city whose time the demo tells, where the reader's clocks show another; empty elsewhere."""
        if not self.demo:
            return ""
        from tracker.calendar.zones import offset_at

        now, zone = self.workspace.now(), self.workspace.zone
        same = offset_at(zone, now) == offset_at(clock.local_zone(), now)
        return "" if same else zone.rpartition("/")[2].replace("_", " ")

    def on_mount(self) -> None:
        """The one timer there is; everything that still moves hangs on it."""
        self.set_keymap(self.keymap_changed)
        self.reload()
        self.set_interval(1, self._each_second)
        self.call_after_refresh(self._painted)

    async def _painted(self) -> None:
        """The first paint is done: bring the other views, and fetch in a thread what only later things need."""
        from tracker.tui.screens.day_view import DayView
        from tracker.tui.screens.week_view import WeekView

        if not self._there():
            return
        views = (DayView(id=DAY), WeekView(id=WEEK))
        self.memory.find_again(views)
        for view in views:
            view.display = False
        await self.screen_stack[0].query_one(ContentSwitcher).mount(*views)
        if self._wanted:
            self.turn_to(self._wanted)
        settle_memory()
        self.run_worker(fetch, thread=True, name="fetch")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What was fetched is there: the patterns and the week's name can be shown."""
        if event.worker.name == "fetch" and event.state is WorkerState.SUCCESS and self._there():
            self.fetched = True
            self._frame()
            self.load_patterns()
            self.each_second(self.workspace.now())

    @property
    def view(self) -> View:
        """The view that is seen."""
        current = self.screen_stack[0].query_one(ContentSwitcher).visible_content
        assert isinstance(current, View)
        return current

    def turn_to(self, name: str) -> None:
        """Show a view, with fresh figures if anything changed while it was away."""
        base = self.screen_stack[0]
        if not any(view.arrived for view in base.query(f"#{name}").results(View)):
            self._wanted = name  # a quick key, before the other views are there
            return
        self._wanted = None
        base.query_one(ContentSwitcher).current = name
        base.query_one(Header).turn_to(name)
        try:
            if self.view.stale:
                self._load()
            self._frame()
        except TrackerError as error:  # the view stays as it is, and is read when it is turned to again
            self.notify(capitalized(str(error)), severity="error")

    def on_view_arrived(self, message: View.Arrived) -> None:
        """A view can be shown: it is, if a key has asked for it."""
        if self._wanted:
            self.turn_to(self._wanted)

    def _load(self, *, patterns: bool = True) -> None:
        self.view.load(self.workspace)
        self.view.stale = False
        if patterns and self.fetched:
            self.call_after_refresh(self.load_patterns)

    def load_patterns(self) -> None:
        """What takes longer, after the frame that answers the key; not any more once the screens are being left."""
        if self._there():
            self.view.load_patterns(self.workspace)
            self.patterns_loaded()

    def _there(self) -> bool:
        base = self.screen_stack[0] if self.screen_stack else None
        current = base.query(ContentSwitcher).first().current if base and base.query(ContentSwitcher) else None
        return bool(base and current and base.query(f"#{current}") and self.view.whole)

    def reload(self) -> None:
        """Something changed: read the seen view anew, and the others when they are seen."""
        if self.workspace.was_replaced():
            self.notify(_("The file was replaced by a backup from another terminal"), timeout=20)
        for view in self.screen_stack[0].query(View):
            view.stale = True
        self._load()
        self._frame()
        for dialog in self.screen_stack[1:]:
            if isinstance(dialog, Live):
                dialog.reloaded()

    def _frame(self) -> None:
        """Header and footer: what runs, the moment, and what the space bar does."""
        base = self.screen_stack[0]
        running, now = queries.running(self.workspace), clock.now()
        self._minute, self._today = now // 60, self.workspace.today()
        says = (
            says_header(self.workspace, running, now, self.keymap_changed) if self.workspace.lost is None else ink.BLANK
        )
        date = self.workspace.day_of(now)
        week = self.workspace.week_said(date).rpartition("-")[2] if self.fetched else ""
        moment = (format_date(date), week, format_clock(now, self.workspace.zone))
        base.query_one(Header).show(moment, says, self._refused())
        self.runs = running is not None
        base.query_one(Footer).show(self.view.id or TIMER, says_space(self.workspace, running))

    def _each_second(self) -> None:
        """What happens once a second; a file that cannot be read right now does not end the screens."""
        try:
            self._second()
        except TrackerError as error:
            self.notify(capitalized(str(error)), severity="error")

    def _refused(self) -> tuple[str, str]:
        """That nothing can be recorded, at length and in short; empty where something can."""
        if not self.workspace.refusal:
            return "", ""
        short = _("read only")
        return short if self.workspace.lost is None else _("read only: file moved or replaced"), short

    def _second(self) -> None:
        """Once a second: other programs' changes, the running clock, and each minute the figures that grow."""
        self.unstick()
        if not self._there():
            return
        told = self.workspace.look_after()
        if told:
            self.notify(capitalized(told), severity="error", timeout=60)
        now, minute = self.workspace.now(), clock.now() // 60
        version = self.workspace.data_version()
        if version != self._version or (minute != self._minute and self.workspace.today() != self._today):
            self._version = version
            self.reload()
        elif told:
            self._load()
            self._frame()
        elif minute != self._minute:
            if queries.running(self.workspace):
                self._load(patterns=False)  # time goes by, but no opening is new
            self._frame()
        self.view.tick(self.workspace, now)
        if self.fetched and self.workspace.lost is None:
            self.each_second(now)
        self.remember()

    def remember(self) -> None:
        """Leave the screens so that the next run finds them again."""
        self.memory.keep(self.view.id or TIMER, self.screen_stack[0].query(View))

    async def on_event(self, event: events.Event) -> None:
        """Remember that somebody is there."""
        if isinstance(event, (events.Key, events.MouseDown)):
            self.touched = self.workspace.now()
        if isinstance(event, events.MouseDown) and not event.is_forwarded:
            self.let_go(event)
        await super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        """A key typed ahead of a dialog (`c c` in one breath) goes to the dialog, once it is there."""
        aimed = vars(event).get("aimed", self.screen)
        if aimed is not self.screen:
            event.prevent_default()
            self.again(event)
        elif event.key == "escape" and len(self.screen_stack) == 1 and self.saying:
            event.prevent_default()  # what lies over the screen goes first
            self.silence()

    def ask(self, dialog: Dialog[Answer], then: Callable[[Answer], None]) -> None:
        """Show a dialog; its answer is handed to `then`. A TrackerError there becomes a notice."""
        self.hush()
        dialog.then = lambda answer: self.safely(lambda: then(answer))
        self.push_screen(dialog)

    def safely(self, action: Callable[[], object]) -> None:
        """Run an action; a TrackerError becomes a notice, with nothing changed."""
        try:
            action()
        except TrackerError as error:
            self.notify(capitalized(str(error)), severity="warning", markup=False)

    def announce(self, message: str, seconds: float = 4) -> None:
        """Show the file as it is now, and say what was changed, for so many seconds."""
        rows = self.view.rows()
        marked = rows.marked if isinstance(rows, Log) else frozenset()
        self.reload()
        if isinstance(rows, Log) and marked:
            rows.mark_again(marked)
        moved = outcomes.say_moved_outcomes(self.workspace)
        self.notify(f"{message} · {moved}" if moved else message, timeout=seconds, markup=False)

    def key_of(self, action: str) -> str:
        """The key of an action, as the user has it."""
        return said(BY_ID[action], self.keymap_changed)

    def shown_date(self) -> str:
        """The date shown on the Day, today elsewhere."""
        return (self.view.place if self.view.id == DAY else None) or self.workspace.today()

    def perform(self, action: str) -> None:
        """Do one action of the table in keys.py; what cannot be done is said in one line."""
        raise NotImplementedError

    def start_on(self, channel: str) -> None:
        """Ask what to start on a channel."""
        raise NotImplementedError

    def each_second(self, now: int) -> None:
        """A second has passed, and nothing else is to be drawn."""

    def patterns_loaded(self) -> None:
        """The view that is seen shows the patterns as they are now."""

    async def action_do(self, name: str) -> None:
        """Do what a key, a click or the palette asks for."""
        self.perform(name)

    def action_start_on(self, channel: str) -> None:
        """Start on a channel that was clicked."""
        self.start_on(channel)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key applies in the view that is seen."""
        if action == "do" and parameters and self.screen_stack:
            wanted = BY_ID[str(parameters[0])].where
            return wanted == EVERYWHERE or self.view.id in wanted
        return True

    def on_header_tab(self, message: Header.Tab) -> None:
        """A tab was clicked."""
        self.turn_to(message.view)

    def on_footer_key_clicked(self, message: Footer.KeyClicked) -> None:
        """A key's label was clicked."""
        self.perform(message.action)

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A line was opened."""
        self.perform("open")

    def on_rows_marked(self, message: Rows.Marked) -> None:
        """A line was clicked with ctrl."""
        if self.view.id == DAY:
            self.perform("mark")
