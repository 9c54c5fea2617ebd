"""The clock of the Timer: the running session against its plan, or the pause, or the time since the last session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.domain.models import over_plan
from tracker.formatting.channel_names import activity_word
from tracker.formatting.durations import format_duration
from tracker.formatting.text import in_quotation_marks
from tracker.formatting.times import format_clock, format_upcoming
from tracker.locale import _
from tracker.tui import layout
from tracker.tui.descriptions import session_reasons
from tracker.tui.theme import hue
from tracker.tui.widgets.panel import CORNERS, Panel

if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.reports.day import Day
    from tracker.reports.pause_outcomes import PauseOutcome


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
}


def large_digits(figures: str, style: str) -> list[Content]:
    """`0:37:12` in three lines."""
    return [Content.styled(" ".join(_FONT[sign][line] for sign in figures), style) for line in range(3)]


class RunningPanel(Panel):
    """Redrawn once a second while a session runs, else once a minute.

    The sentence about the plan stands directly below the clock, whole at every size; the rest gives way.
    """

    session: Session | None = None
    filled = False
    day: Day
    titles: dict[str, str] = {}
    now = 0
    zone = "UTC"
    pause: PauseOutcome | None = None
    lost, resumes = False, True
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
        """Set the running session and the pause, if any, and the day; `lost`: nothing is recorded any more.

        `resumes`: whether the space bar has something to resume.
        """
        self.session, self.titles, self.day, self.now, self.zone = session, titles, day, now, zone
        self.pause, self.resumes, self.filled = pause, resumes, True
        self.set_class(session is not None, "-running")
        self.lost = lost
        self._redraw()

    def ask(self, why: str, more: str) -> None:
        """Set the keys that explain the overrun (none while that is not asked) and that extend the plan."""
        if (why, more) != (self.why, self.more):
            self.why, self.more = why, more
            self._redraw()

    def tick(self, now: int) -> None:
        """Advance the clock: that of a session each second, everything else each minute."""
        if self.filled and (now != self.now if self.session else now // 60 != self.now // 60):
            self.now = now
            self._redraw()

    def on_resize(self) -> None:
        """Another width has room for other words on the border."""
        self._redraw()

    def _redraw(self) -> None:
        if self.filled:
            self.set_class(self._over() > 0, "-over")
            self.say(self._above(), "" if self.lost else self._below())
            self.refresh(layout=False)

    def _over(self) -> int:
        """Seconds past the plan; 0 while it is not over, and without one."""
        return over_plan(self._spent(), self.session.planned_seconds) if self.session else 0

    def _spent(self) -> int:
        """Seconds since its start; none while a clock that was set back shows an earlier time."""
        return self.session.duration(self.now) if self.session else 0

    def _pause_words(self, pause: PauseOutcome) -> str:
        until = format_upcoming(pause.end, self.now, self.zone)
        return _("‖ Pause until {clock}").format(clock=until)

    def _above(self) -> str:
        """The upper border: what the clock below it measures."""
        if self.lost:
            return _("⊘ Nothing is recorded")
        if self.session:
            started = format_clock(self.session.start, self.session.zone)
            return _("● Recording since {clock}").format(clock=started)
        return self._pause_words(self.pause) if self.pause else _("No timer running")

    def _below(self) -> str:
        """The lower border: a pause during a session, or the keys of a session over its plan, or the space bar."""
        available = self.outer_size.width - CORNERS
        if self.session:
            keys = self._keys_past(available) if self._over() > 0 and not self._beside(self.content_size.width) else ""
            pause = self._pause_words(self.pause) if self.pause else ""
            both = " · ".join(filter(None, (pause, keys)))
            return both if len(both) <= available else pause or keys
        return _("space: resume last") if self.resumes and not self.pause and self.day.last is not None else ""

    def draw(self, width: int, height: int) -> list[Content]:
        """The clock first, at any height."""
        if self.session:
            return self._recording(self.session, width, height)
        return self._pausing(self.pause, width) if self.pause else self._idle(width)

    def _recording(self, session: Session, width: int, height: int) -> list[Content]:
        style = "bold $over" if self._over() > 0 else "bold $good"
        lines = [*large_digits(format_duration(self._spent(), "clock"), style), *self._sentence(session, width)]
        name = layout.text(self.titles.get(session.channel, session.channel), f"bold {hue(session.channel)}")
        if session.activity:
            name = layout.row(name, "  ", activity_word(session.activity))
        if session.person:
            name = layout.row(name, (f"  @{session.person}", "$faint"))
        below = [name]
        aim = session.intention or session.note
        if aim:
            below += layout.wrapped(in_quotation_marks(aim), width, "italic $faint", 2 if height >= 9 else 1)
        if session.overrun:
            below.append(layout.text(in_quotation_marks(session.overrun), "italic $faint"))
        if aside := session_reasons(session):
            below.append(layout.text(aside, "$faint"))
        bar = [self._bar(session, width)] if session.planned_seconds else []
        if height > len(lines) + len(bar) + len(below):
            below.insert(0, layout.BLANK)
        return [*lines, *bar, *below]

    def _bar(self, session: Session, width: int) -> Content:
        """The plan filled by the time spent; past the plan, all that was spent, dense beyond the plan."""
        planned, spent = session.planned_seconds or 0, self._spent()
        plan = format_duration(planned)
        length = width - len(plan) - 1
        if not self._over():
            return layout.row(layout.bar(spent, planned, length, "$good"), " ", (plan, "$faint"))
        planned_width = max(1, min(length - 1, round(length * planned / spent)))
        line = layout.row(("█" * planned_width, "$good on $good"), ("▓" * (length - planned_width), "$over on $track"))
        return layout.row(line, " ", (plan, "$faint"))

    def _sentence(self, session: Session, width: int) -> list[Content]:
        """`▲ 12m over plan`, with the keys beside it where there is room; else they are on the border."""
        if not session.planned_seconds:
            return layout.wrapped(_("no plan: it runs until you stop it"), width, "$faint")
        over = self._over()
        if not over:
            left = format_duration(max(session.planned_seconds - self._spent(), 0))
            return layout.wrapped(_("{time} left of the plan").format(time=left), width, "$foreground")
        if beside := self._beside(width):
            return [layout.row((self._over_words(over), "bold $over"), (" · ", "$faint"), beside)]
        return layout.wrapped(self._over_words(over), width, "bold $over")

    def _over_words(self, over: int) -> str:
        return _("▲ {time} over plan").format(time=format_duration(over))

    def _beside(self, width: int) -> Content:
        """The keys of a session over its plan as they fit behind the sentence; blank where they do not."""
        available = width - layout.text(self._over_words(self._over())).cell_length - 3
        for parts in (self._keys(_("why still here?")), self._keys(_("why?"))):
            line = layout.text(" · ", "$faint").join(
                [layout.row((key, "bold $accent"), (f" {does}", "$faint")) for key, does in parts]
            )
            if line.cell_length <= available:
                return line
        return layout.BLANK

    def _keys_past(self, available: int) -> str:
        keys = " · ".join(f"{key} {does}" for key, does in self._keys(_("why?")))
        return keys if len(keys) <= available else " · ".join(key for key, _does in self._keys(""))

    def _keys(self, why: str) -> list[tuple[str, str]]:
        asked = self.why and self.session and not self.session.overrun
        return [*([(self.why, why)] if asked else []), (self.more, format_duration(300))]

    def _pausing(self, pause: PauseOutcome, width: int) -> list[Content]:
        """The time left; what was opened during the pause is a line like any other."""
        left = max(pause.until - self.now, 0)
        minutes = -(-left // 60)
        lines = large_digits(f"{minutes // 60}:{minutes % 60:02}", "bold $good")
        lines.append(layout.text(_("left of the pause"), "$foreground"))
        if pause.openings:
            first, more = pause.openings[0], len(pause.openings) - 1
            message = _("opened {channel} {clock}").format(
                channel=self.titles.get(first.channel, first.channel), clock=format_clock(first.at, first.zone)
            )
            lines.append(layout.text(message + (f" +{more}" if more else ""), "$faint"))
        else:
            lines.append(layout.BLANK)
        lines.append(layout.bar(max(0, self.now - pause.start), pause.end - pause.start, width, "$good"))
        return lines

    def _idle(self, width: int) -> list[Content]:
        """The time since the last social session of today; before the first one how to begin."""
        day = self.day
        if day.last is None:
            says = _("No social time today.") if day.logged else _("Nothing logged today yet.")
            how = _("[{start}] starts a session, [{check}] logs a check, [{add}] adds past time.").format(
                start=self.key_of("start"), check=self.key_of("check"), add=self.key_of("add")
            )
            lines = layout.folded(layout.keyed(how), width)
            return [*layout.wrapped(says, width, "bold $strong"), layout.BLANK, *lines]
        minutes = max(0, self.now - day.last) // 60
        # A check that was logged just now ends in some seconds: of it, only what is over counts as the last moment.
        channel = next((part.session.channel for part in reversed(day.parts) if part.start <= day.last <= part.end), "")
        # Of a session that is still to come by a clock that was set back, only the clock is said.
        message = (_("since {channel}, {clock}") if channel else _("since {clock}")).format(
            channel=self.titles.get(channel, channel), clock=format_clock(day.last, self.zone)
        )
        return [
            *large_digits(f"{minutes // 60}:{minutes % 60:02}", "bold $strong"),
            layout.text(message, "$foreground"),
        ]
