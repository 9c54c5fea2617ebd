"""The panels of the Timer: the important task; what runs, the pause, or how today stands; how to start; a welcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from tracker.domain.models import over_plan
from tracker.formatting.durations import format_duration, format_growing_duration
from tracker.formatting.text import in_quotation_marks
from tracker.formatting.times import format_clock, format_upcoming
from tracker.locale import _
from tracker.reports.pause_outcomes import PauseOutcome
from tracker.tui import layout, signs
from tracker.tui.descriptions import session_reasons, social_time
from tracker.tui.theme import hue
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from tracker.domain.models import Channel, DayNote, Session
    from tracker.reports.day import Day
    from tracker.services.queries import EarlierStart


#: Each sign of a large figure as three lines.
_FONT = {
    "0": ("█▀█", "█ █", "▀▀▀"),
    "1": ("▀█ ", " █ ", "▀▀▀"),
    "2": ("▀▀█", "█▀▀", "▀▀▀"),
    "3": ("▀▀█", " ▀█", "▀▀▀"),
    "4": ("█ █", "▀▀█", "  ▀"),
    "5": ("█▀▀", "▀▀█", "▀▀▀"),
    "6": ("█▀▀", "█▀█", "▀▀▀"),
    "7": ("▀▀█", "  █", "  ▀"),
    "8": ("█▀█", "█▀█", "▀▀▀"),
    "9": ("█▀█", "▀▀█", "▀▀▀"),
    ":": ("▄", "▄", " "),
    "–": ("   ", "▀▀▀", "   "),
}


def big(figures: str, style: str) -> list[Content]:
    """`0:37:12` in three lines."""
    return [Content.styled(" ".join(_FONT[sign][line] for sign in figures), style) for line in range(3)]


#: The signs of a task by its state.
OPEN, DONE, UNDER_WAY = "◇", signs.YES, signs.RUNS


class TaskLine(Panel):
    """Clicking it does what its key does: starting on the task, or naming one."""

    named: str | None = None
    done = False
    runs = False
    #: Whether it is yesterday's that was left over.
    yesterday = False

    def show(self, today: DayNote, left_over: str | None, running: Session | None) -> bool:
        """Set today's task, or else the one left over; returns whether there is anything to show."""
        self.named, self.done = today.task or left_over, bool(today.task) and today.task_done
        self.yesterday = not today.task and bool(left_over)
        self.runs = bool(running and self.named and running.intention == self.named)
        self.refresh(layout=False)
        return bool(self.named)

    def draw(self, width: int, height: int) -> list[Content]:
        """Its state by a glyph and a word, then what can be done about it."""
        if not self.named:
            return []
        glyph, label, style = self._state()
        head = layout.row((f"{glyph} {label} ", style), (self.named, "$faint" if self.done else "bold"))
        return [layout.ends(head, self._keys(), width)]

    def _state(self) -> tuple[str, str, str]:
        if self.done:
            return DONE, _("Done:"), "$good"
        if self.runs:
            return UNDER_WAY, _("Under way:"), "bold $good"
        return OPEN, _("Yesterday's, still to do:") if self.yesterday else _("Today:"), "$primary"

    def _keys(self) -> Content:
        start = _("takes it up") if self.yesterday else _("start")
        offered = [] if self.runs or self.done else [("task", start)]
        offered += [] if self.done or self.yesterday else [("task_done", _("done"))]
        parts = []
        for name, does in offered:
            key = Content.styled(self.key_of(name), "bold $accent")
            parts.append(layout.row(key, (f" {does}", "$faint")))
        return layout.text("   ").join(parts)

    async def on_click(self) -> None:
        """As the key."""
        await self.app.run_action("do('task')")


def day_line(task: str, done: bool, width: int) -> Content:
    """The task among what else was noted of a day."""
    glyph, label = (DONE, _("Done:")) if done else (OPEN, _("Task:"))
    return layout.left(layout.row((f"{glyph} {label} ", "$good" if done else "$primary"), task), width)


class RunningPanel(Panel):
    """Redrawn once a second while something runs, and not at all while nothing does."""

    session: Session | None = None
    filled = False
    day: Day
    titles: dict[str, str] = {}
    now = 0
    zone = "UTC"
    pause: PauseOutcome | None = None
    #: The keys of what can be done past the plan, as the user has them; `why` only while that is asked.
    more, why = "+", ""

    def show(
        self,
        session: Session | None,
        titles: dict[str, str],
        day: Day,
        now: int,
        zone: str,
        pause: PauseOutcome | None = None,
        *,
        lost: bool = False,
        resumes: bool = True,
    ) -> None:
        """Set what runs, and the day it runs in; or the pause; or that nothing is recorded any more (`lost`).

        `resumes`: whether the space bar has something to resume.
        """
        self.session, self.titles, self.day, self.now, self.zone = session, titles, day, now, zone
        self.pause, self.filled = pause, True
        self.set_class(session is not None, "-running")
        self.set_class(self._over() > 0, "-over")
        if lost:
            self.say(_("⊘ Nothing is recorded"), "")
        elif session:
            self.say(_("● Recording"), _("since {clock}").format(clock=format_clock(session.start, session.zone)))
        elif pause:
            until = format_upcoming(pause.end, now, zone)
            self.say(_("‖ Pause"), _("until {clock}").format(clock=until))
        else:
            self.say(_("No timer running"), _("space resumes") if resumes else "")
        self.refresh(layout=False)

    def ask(self, why: str, more: str) -> None:
        """Set the keys that answer why it goes on (none while that is not asked), and that extend it."""
        if (why, more) != (self.why, self.more):
            self.why, self.more = why, more
            self.refresh(layout=False)

    def tick(self, now: int) -> None:
        """Let the clock go on; a pause goes by in minutes, not in seconds."""
        if self.session and now != self.now:
            self.now = now
            self.set_class(self._over() > 0, "-over")
            self.refresh(layout=False)
        elif self.pause and now // 60 != self.now // 60:
            self.now = now
            self.refresh(layout=False)

    def _over(self) -> int:
        """Seconds past the plan; 0 while it is not over, and without one."""
        return over_plan(self._spent(), self.session.planned_seconds) if self.session else 0

    def _spent(self) -> int:
        """Seconds since its start; none while a clock that was set back shows an earlier time."""
        return max(0, self.now - self.session.start) if self.session else 0

    def draw(self, width: int, height: int) -> list[Content]:
        """The clock first, whatever the height."""
        if self.session:
            return self._recording(self.session, width, height)
        return self._pausing(self.pause, width) if self.pause else self._idle(width)

    def _recording(self, session: Session, width: int, height: int) -> list[Content]:
        over = self._over() > 0
        style = "bold $flag" if over else "bold $good"
        lines = big(format_duration(self._spent(), "clock"), style)
        what = layout.text(self.titles.get(session.channel, session.channel), f"bold {hue(session.channel)}")
        if session.activity:
            what = layout.row(what, "  ", session.activity)
        if session.person:
            what = layout.row(what, (f"  @{session.person}", "$faint"))
        lines.append(what)
        aim = session.intention or session.note
        if aim:
            lines += layout.wrapped(in_quotation_marks(aim), width, "italic $faint", 2 if height >= 9 else 1)
        aside = session_reasons(session)
        if aside and height > len(lines) + 2:
            lines.append(layout.text(aside, "$faint"))
        if height > len(lines) + 3:
            lines.append(layout.BLANK)
        return lines + self._plan(session, width)

    def _plan(self, session: Session, width: int) -> list[Content]:
        if not session.planned_seconds:
            return [layout.text(_("no plan: it runs until you stop it"), "$faint")]
        spent, over = self._spent(), self._over()
        plan = format_duration(session.planned_seconds)
        length = width - len(plan) - 1
        if over > 0:
            # The bar stands for all that was spent; what lies past the plan is dense, not only of another colour.
            kept = max(1, min(length - 1, round(length * session.planned_seconds / spent)))
            line = layout.row(("█" * kept, "$good on $good"), ("▓" * (length - kept), "$flag on $track"))
            says = self._past(session, over, width)
        else:
            line = layout.bar(spent, session.planned_seconds, length, "$good")
            left = max(session.planned_seconds - spent, 0)
            says = layout.text(_("{time} left of the plan").format(time=format_duration(left)), "$faint")
        return [layout.row(line, " ", (plan, "$faint")), says]

    def _past(self, session: Session, over: int, width: int) -> Content:
        """How far past the plan; why, or the key that says why; and the key for five minutes more.

        Where there is no room for all of it the words go first, then what the bar above says too.
        """
        time = format_duration(over)
        past, more = _("▲ {time} over plan").format(time=time), format_duration(300)
        variants = ((past, _("why still here?"), more), (past, _("why?"), more), (f"▲ {time}", _("why?"), more))
        for parts in (*variants, (f"▲ {time}", _("why?"), "5′")):
            line = self._past_in(session, *parts)
            if line.cell_length <= width:
                break
        return line

    def _past_in(self, session: Session, over: str, why: str, more: str) -> Content:
        parts = [layout.text(over, "bold $flag")]
        if session.overrun:
            parts.append(layout.text(in_quotation_marks(session.overrun), "italic $faint"))
        elif self.why:
            parts.append(layout.row((self.why, "bold $accent"), f" {why}"))
        parts.append(layout.row((self.more, "bold $accent"), (f" {more}", "$faint")))
        return layout.text(" · ", "$faint").join(parts)

    def _pausing(self, pause: PauseOutcome, width: int) -> list[Content]:
        """The time left, calmly; what was opened in it is told like any other fact."""
        left = max(pause.until - self.now, 0)
        minutes = -(-left // 60)
        lines = big(f"{minutes // 60}:{minutes % 60:02}", "bold $good")
        lines.append(layout.text(_("left of the pause"), "$foreground"))
        if pause.openings:
            first, more = pause.openings[0], len(pause.openings) - 1
            says = _("opened {channel} {clock}").format(
                channel=self.titles.get(first.channel, first.channel), clock=format_clock(first.at, first.zone)
            )
            lines.append(layout.text(says + (f" +{more}" if more else ""), "$faint"))
        else:
            lines.append(layout.BLANK)
        lines.append(layout.bar(max(0, self.now - pause.start), pause.end - pause.start, width, "$good"))
        social = social_time(self.day)
        lines.append(layout.text(_("today {time}").format(time=social), "$faint"))
        return lines

    def _idle(self, width: int) -> list[Content]:
        day = self.day
        minutes = day.seconds // 60
        lines = big(f"{minutes // 60}:{minutes % 60:02}" if day.logged else "–", "bold $strong")
        said = _("social time today") if day.logged else _("nothing logged today yet")
        lines.append(layout.text(said, "$foreground"))
        lines.append(layout.BLANK)
        if day.budget_seconds:
            left = day.budget_seconds - day.seconds
            line = layout.bar(day.seconds, day.budget_seconds, width, "$good" if left >= 0 else "$flag")
            says = (
                layout.text(
                    _("{time} left of {budget}").format(
                        time=format_duration(left), budget=format_duration(day.budget_seconds)
                    ),
                    "$faint",
                )
                if left >= 0
                else layout.text(
                    _("▲ {time} over the budget of {budget}").format(
                        time=format_duration(-left), budget=format_duration(day.budget_seconds)
                    ),
                    "$flag",
                )
            )
            lines += [line, says]
        else:
            lines.append(layout.text(_("s starts a session, c logs a check"), "$faint"))
        return lines


def ago(seconds: int) -> str:
    """`12m ago`, `3h ago`, `5d ago`; `<1m ago` too of what a clock that was set back leaves in the future."""
    seconds = max(seconds, 0)
    if seconds < 86_400:
        return _("{time} ago").format(
            time=format_growing_duration(seconds - seconds % 3600 if seconds >= 3600 else seconds)
        )
    return _("{n}d ago").format(n=seconds // 86_400)


def usual_words(usual: EarlierStart) -> str:
    """`create · 25m`: what enter would start."""
    plan = format_duration(usual.planned_seconds) if usual.planned_seconds else ""
    return " · ".join(part for part in (usual.activity or "", plan) if part)


class StartList(Panel):
    """Clicking a line starts there."""

    items: Sequence[tuple[Channel, EarlierStart]] = ()
    running: Session | None = None
    now = 0
    plans: Sequence[str] = ()

    def show(self, items: Sequence[tuple[Channel, EarlierStart]], now: int, running: Session | None) -> None:
        """Set what is offered."""
        self.items, self.now, self.running = items, now, running
        self.say(_("Start"), _("s, then the letter"))
        self.refresh(layout=False)

    def tick(self, now: int) -> None:
        """How long ago that was, once a minute."""
        if now // 60 != self.now // 60:
            self.now = now
            self.refresh(layout=False)

    def commit(self, plans: Sequence[str]) -> None:
        """Set what one committed to for this week."""
        if tuple(plans) != tuple(self.plans):
            self.plans = plans
            self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """One line each; how long ago where there is room."""
        label = min(layout.widest(channel.title for channel, _usual in self.items), max(8, width // 3)) + 2
        step = self._step(height)
        lines: list[Content] = []
        for channel, usual in self.items[: height // step if step > 1 else height]:
            runs = self.running is not None and self.running.channel == channel.name
            when = _("● now") if runs else ago(self.now - usual.start) if usual.start is not None else ""
            tail = layout.text(when, "$good" if runs else "$faint") if width >= 36 else layout.BLANK
            name = layout.left(channel.title, label, hue(channel.name))
            head = layout.row(layout.keycap(channel.letter), " ", name, (usual_words(usual), "$foreground"))
            said = in_quotation_marks(usual.intention) if usual.intention else ""
            below = [layout.row("    ", (said, "italic $faint")), layout.BLANK]
            lines += [layout.ends(head, tail, width), *below[: step - 1]]
        return [*lines, *self._plans(width, height - len(lines))]

    def _plans(self, width: int, room: int) -> list[Content]:
        """This week's commitments below the channels, where there is room for all of them."""
        plans = [layout.wrapped(plan, width - 2, "italic") for plan in self.plans]
        if not plans or sum(map(len, plans)) + 2 > room:
            return []
        lines = [layout.BLANK, layout.text(_("This week"), "bold $primary")]
        return lines + [line for plan in plans for line in layout.hanging((f"{signs.COMMITMENT} ", "$good"), plan)]

    def _step(self, height: int) -> int:
        """Lines for each channel: one, or three with the last intention where there is plenty of room."""
        return 3 if self.items and height >= 3 * len(self.items) - 2 else 1

    def on_click(self, event: events.Click) -> None:
        """Start on the channel of that line."""
        index = (event.y - 1) // self._step(self.content_size.height)
        if 0 <= index < min(len(self.items), self.content_size.height):
            self.run_worker(self.app.run_action(("", "start_on", (self.items[index][0].name,))))


class Welcome(Panel):
    """Shown instead of empty boxes until something is recorded."""

    channels: Sequence[Channel] = ()

    def show(self, channels: Sequence[Channel]) -> None:
        """Set the channels to offer."""
        self.channels = channels
        self.say(_("Welcome"), _("everything stays in one file on this machine"))
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """Three ways to begin, in the middle of the room there is."""
        column = min(width - 4, 76)
        lines = [
            *layout.wrapped(_("Is a network worth your time? Let your own figures say."), column, "bold $strong"),
            layout.BLANK,
            *self._way("s", _("start a session"), _("then its letter, then what for"), column),
            *self._way("c", _("log a check"), _("then its letter: a glance at likes"), column),
            *self._way("/", _("log what was"), _("e.g. linkedin create 14:00-14:25 carousel"), column),
            *self._way(_("space"), _("stop"), _("or resume what ran last"), column),
            layout.BLANK,
            layout.text(_("The channels you may know; ctrl+p finds the others"), "$faint"),
            *self._letters(column),
            layout.BLANK,
            layout.text(_("Your phone and browser already hold a history. In a shell:"), "$faint"),
            Content.styled("  tracker import --list", "bold $accent"),
            layout.text(_("? shows every key · tracker demo shows a made-up year"), "$faint"),
        ]
        side = " " * max((width - column) // 2, 0)
        above = max((height - len(lines)) // 2, 0)
        return [layout.BLANK] * above + [layout.row(side, line) for line in lines]

    def _way(self, key: str, what: str, how: str, width: int) -> list[Content]:
        head = layout.row(layout.left(layout.keycap(key), 9), layout.left(what, max(18, cell_len(what) + 2), "bold"))
        return [layout.row(head, layout.left(how, width - head.cell_length, "$faint"))]

    def _letters(self, width: int) -> list[Content]:
        keys = [
            layout.row(layout.keycap(channel.letter), " ", (channel.title, hue(channel.name)))
            for channel in self.channels
        ]
        return layout.packed(keys, "   ", width)
