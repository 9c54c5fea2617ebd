"""The questions of the evening close, one screen each. What is prefilled is taken by enter; each answer is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import TrackerError
from tracker.formatting.durations import format_against_budget, format_duration, format_growing_duration
from tracker.formatting.text import format_checks
from tracker.formatting.times import format_clock, format_near_date
from tracker.locale import N_, _, ngettext
from tracker.services import closing_day, queries, session_editing, timekeeping
from tracker.tui import ink, reading
from tracker.tui.theme import hue
from tracker.tui.widgets.keycaps import Cap

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.services.close_questions import CloseQuestions, Gap
    from tracker.workspace import Workspace


class Step:
    """One question; `title` and `placeholder` are translated when they are shown.

    `value` is the line it begins with; a step without a line is answered by keys alone.
    """

    title = ""
    value: str | None = None
    placeholder = ""
    #: Whether enter closes the day.
    last = False

    def __init__(self, workspace: Workspace, evening: CloseQuestions) -> None:
        self.workspace, self.evening = workspace, evening
        self.date = evening.day.date

    def lines(self, width: int) -> list[Content]:
        """What is asked about."""
        return []

    def caps(self) -> list[Cap]:
        """The keys, enter first: what each does."""
        return [Cap("⏎", _("close the day") if self.last else _("go on"))]

    def read(self, line: str) -> Content:
        """What a line would mean. TrackerError where it cannot be."""
        return ink.BLANK

    def accept(self, line: str) -> bool:
        """Enter: keep the answer; whether the step is done with. TrackerError keeps nothing."""
        return True

    def press(self, key: str) -> bool | None:
        """Any other key: as `accept`, or None where it is none of this step's."""
        return None


class Running(Step):
    """A session that runs since that day."""

    title = N_("Still running")
    value = ""

    def lines(self, width: int) -> list[Content]:
        """What runs, and since when."""
        session = self.evening.running
        assert session is not None
        workspace = self.workspace
        since = _("since {clock}, {time}").format(
            clock=format_clock(session.start, session.zone),
            time=format_growing_duration(max(0, workspace.now() - session.start)),
        )
        return [
            ink.row(
                ink.text("● ", "bold $good"),
                ink.text(queries.title(workspace, session.channel), f"bold {hue(session.channel)}"),
                ink.text(f" {since}"),
            ),
            *ink.wrapped(_("Enter stops it. A time says when it really ended; - lets it run."), width, "$faint"),
        ]

    def caps(self) -> list[Cap]:
        """Stop, or not."""
        return [Cap("⏎", _("stop")), Cap("-", _("let it run"))]

    def press(self, key: str) -> bool | None:
        """A minus lets it run."""
        return True if key == "-" else None

    def _end(self, line: str) -> int | None:
        from tracker.calendar.moments import parse_time

        session, doubt, now = self.evening.running, self.evening.doubt, self.workspace.now()
        assert session is not None
        if line.strip() in ("-", "–"):
            return None
        if not line.strip():
            return (doubt.likely if doubt else None) or max(now, session.start)
        starts_at = self.workspace.settings.day_starts_at
        end = parse_time(line, now, session.zone, starts_at, self.workspace.day_of(session.start), session.start)
        if end <= session.start:
            raise TrackerError(_("before its start"))
        return end

    def read(self, line: str) -> Content:
        """When it will have ended."""
        session, end = self.evening.running, self._end(line)
        assert session is not None
        if end is None:
            return ink.text(_("it runs on"))
        day = self.workspace.day_of(end)
        on = f"{format_near_date(day, self.workspace.today())} " if day != self.workspace.today() else ""
        says = _("ended {when}, after {time}").format(
            when=f"{on}{format_clock(end, session.zone)}", time=format_duration(end - session.start)
        )
        return ink.text(says)

    def accept(self, line: str) -> bool:
        """End it there."""
        session, end = self.evening.running, self._end(line)
        if session is not None and end is not None:
            timekeeping.stop_session(self.workspace, session.id, end)
        return True


class Gaps(Step):
    """Holes in the log."""

    title = N_("Not logged: worth a glance?")
    value = ""
    placeholder = N_("1 call @samia street · 2 work proposal · or enter")

    def lines(self, width: int) -> list[Content]:
        """Each with its number, how long it is, and what stood before and after it."""
        parts = self.evening.day.parts
        found = []
        for number, gap in enumerate(self.evening.gaps, 1):
            before = max((part for part in parts if part.end <= gap.start), key=lambda part: part.end)
            after = min((part for part in parts if part.start >= gap.end), key=lambda part: part.start)
            clocks = f"{format_clock(gap.start, self.workspace.zone)}–{format_clock(gap.end, self.workspace.zone)}"
            found.append(
                ink.row(
                    ink.text(f" {number} ", "bold $strong on $panel"),
                    ink.text(f" {clocks}", "bold"),
                    ink.right(format_duration(gap.end - gap.start), 8),
                    ink.text("   "),
                    self._channel(before.session.channel),
                    ink.text(" … ", "$faint"),
                    self._channel(after.session.channel),
                )
            )
        return found

    def _channel(self, name: str) -> Content:
        return ink.text(queries.title(self.workspace, name), hue(name))

    def caps(self) -> list[Cap]:
        """Enter alone leaves them."""
        return [Cap("⏎", _("leave them unlogged")), Cap("1", _("and what it was: fills a gap"))]

    def _pick(self, line: str) -> tuple[Gap, str]:
        """The gap a line is for, and the rest of it: a first digit chooses, else it is the first."""
        first, _space, rest = line.strip().partition(" ")
        if len(first) == 1 and first.isdecimal() and 0 < int(first) <= len(self.evening.gaps):
            return self.evening.gaps[int(first) - 1], rest
        return self.evening.gaps[0], line

    def read(self, line: str) -> Content:
        """What the gap becomes."""
        if not line.strip():
            return ink.text(_("unlogged time counts for nothing"), "$faint")
        gap, rest = self._pick(line)
        return reading.read_entry(rest, self.workspace, self.date, (gap.start, gap.end))[1]

    def accept(self, line: str) -> bool:
        """Log it, and ask about what is left."""
        if not line.strip():
            return True
        gap, rest = self._pick(line)
        entry, _says = reading.read_entry(rest, self.workspace, self.date, (gap.start, gap.end))
        with self.workspace.transaction():
            now_there = closing_day.evening(self.workspace, self.date)
            if any(part.start < gap.end and part.end > gap.start for part in now_there.day.parts):
                self.evening = now_there
                raise TrackerError(_("another program logged something there meanwhile; nothing was written"))
            session_editing.add(self.workspace, **entry._asdict())
        self.evening = closing_day.evening(self.workspace, self.date)
        return not self.evening.gaps


class Zero(Step):
    """No social time on record: none, or not known?"""

    title = N_("No social time on record")

    def lines(self, width: int) -> list[Content]:
        """Why it matters."""
        says = _("Was there really none? Zero is a figure, and counts; what is not known does not.")
        if self.evening.day.logged:
            says = _("Other things were logged, so the day counts as zero. Was there really none?")
        return ink.wrapped(says, width)

    def caps(self) -> list[Cap]:
        """Two answers; enter is the one that claims nothing new."""
        zero, unknown = _("zero: there was none"), _("not known")
        if self.evening.day.logged:
            return [Cap("⏎ 0", zero), Cap("u", unknown)]
        return [Cap("⏎ u", unknown), Cap("0", zero)]

    def accept(self, line: str) -> bool:
        """What the log says by itself."""
        return bool(self.press("0" if self.evening.day.logged else "u"))

    def press(self, key: str) -> bool | None:
        """Zero, or unknown."""
        if key == "0":
            closing_day.confirm_zero(self.workspace, self.date)
        return True if key in ("0", "u") else None


class Own(Step):
    """One line of one's own."""

    title = N_("The day in your own words")
    placeholder = N_("one line, or none")

    def __init__(self, workspace: Workspace, evening: CloseQuestions) -> None:
        super().__init__(workspace, evening)
        self.value = evening.day.note or ""

    def accept(self, line: str) -> bool:
        """Keep it, if it is another one."""
        if line.strip() != (self.evening.day.note or ""):
            try:
                closing_day.replace_note(self.workspace, self.date, line, self.evening.day.note)
            except TrackerError:
                self.evening = closing_day.evening(self.workspace, self.date)
                raise
        return True


class Ahead(Step):
    """The one important thing of the day after."""

    placeholder = N_("e.g. proposal for Nadia")

    def __init__(self, workspace: Workspace, evening: CloseQuestions) -> None:
        super().__init__(workspace, evening)
        assert evening.next is not None
        self.next = evening.next
        today = self.next.date == workspace.today()
        self.title = N_("The one important thing today") if today else N_("The one important thing tomorrow")
        self.value = self.next.task or ""

    def lines(self, width: int) -> list[Content]:
        """What became of this day's, if it had one."""
        day = self.evening.day
        if day.task and day.task_done:
            return [ink.row(ink.text("✓ ", "bold $good"), ink.text(day.task), ink.text(_("  is done"), "$faint"))]
        if day.task and day.task == self.value:
            return [ink.text(_("left over from this day:"), "$faint")]
        return []

    def accept(self, line: str) -> bool:
        """Keep it, if it is not there already."""
        if line.strip() != (closing_day.task(self.workspace, self.next.date).task or ""):
            closing_day.set_task(self.workspace, line, self.next.date)
        return True


def came_to(evening: CloseQuestions) -> str:
    """`2h 9m of 1h 55m · 12 checks · 2 talks · 2 outcomes`: a day in one line."""
    day = evening.day
    talks, came = len(day.contacts), len(day.outcomes)
    parts = [
        _("{time} social").format(time=format_against_budget(day.seconds, day.budget_seconds)),
        format_checks(day.checks),
        ngettext("{n} talk", "{n} talks", talks).format(n=talks) if talks else "",
        ngettext("{n} outcome", "{n} outcomes", came).format(n=came) if came else "",
    ]
    if not day.logged:
        parts = [_("not known")]
    return " · ".join(part for part in parts if part)
