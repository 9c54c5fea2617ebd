"""The log of a day as a table: one line for each session and check, the filter of its lines, overlaps and gaps."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from tracker.calendar.words import plain
from tracker.domain.models import Session, over_plan
from tracker.domain.record import Record
from tracker.formatting.text import activity_word
from tracker.formatting.times import format_clock, format_duration, format_growing_duration
from tracker.locale import _, ngettext
from tracker.reports.day import Part, spell_lines
from tracker.tui import layout, theme
from tracker.tui.session_text import session_summary
from tracker.tui.widgets.bars import ShownDay
from tracker.tui.widgets.panel import Rows, say_hidden

#: The most lines of a day that are shown; `tracker day` lists all.
MOST = 1000


#: The most cells of channel and activity in a line, so that its words have the rest.
LONGEST_CHANNEL, LONGEST_ACTIVITY = 14, 12

#: A window narrower than this gives the plan's column to the words first, then the activity's.
FEWEST_WORDS = 16


class LogColumns(Record):
    """Cells of each column, its gap included; 0 for one that would be empty, or that there is no room for."""

    end: int
    time: int
    channel: int
    activity: int
    words: int
    plan: int


class Log(Rows):
    """The log of a day, in which a line is chosen."""

    newest_first = False
    everything: tuple[Part, ...] = ()
    #: Of everything, what the filter lets through.
    items: tuple[Part, ...] = ()
    words = ""
    #: The ids of the sessions that are marked.
    marked: frozenset[int] = frozenset()
    overlapping: frozenset[int] = frozenset()
    clustered: frozenset[int] = frozenset()
    #: Whether the chosen line is being edited: then columns that would be empty are shown too.
    edited = False
    titles: dict[str, str] = {}

    def show(self, shown: ShownDay) -> None:
        """Set the day; the same session stays chosen, and a new day begins at its end."""
        before = self.session_id()
        at_end = not self.items or self.chosen >= len(self.items) - 1
        identities = {part.session.id: _identity(part.session) for part in self.everything}
        parts = shown.day.parts[:MOST]
        self.titles = shown.titles
        self.everything = tuple(reversed(parts)) if self.newest_first else parts
        self.items = filter_parts(self.everything, self.words, self.titles)
        self.overlapping = overlapping([part for part in self.everything if part.counts_with is None])
        # After a backup was restored, another session may have the id of one that was marked.
        sessions = [part.session for part in self.everything]
        self.marked &= {session.id for session in sessions if identities.get(session.id) == _identity(session)}
        self.clustered = frozenset(id for cluster in shown.clusters for id in cluster.sessions)
        if at_end and not self.newest_first:
            self.chosen = max(len(self.items) - 1, 0)
        elif before is not None and not self.newest_first:
            self.choose_session(before)
        self.redraw()

    def filter_by(self, words: str) -> None:
        """Show only the lines that say these words; all of them without any."""
        before = self.session_id()
        self.words = words
        self.items = filter_parts(self.everything, words, self.titles)
        self.chosen = max(len(self.items) - 1, 0)
        if before is not None:
            self.choose_session(before)
        self.redraw()

    def mark(self) -> None:
        """Mark or unmark the chosen line, and go to the next."""
        id = self.session_id()
        if id is not None:
            self.marked ^= {id}
            self.move(1)
            self.redraw()

    def mark_again(self, ids: frozenset[int]) -> None:
        """Mark again the sessions that were marked before a change of the user's, if they are still there."""
        self.marked = ids & {part.session.id for part in self.everything}
        self.redraw()

    def unmark(self) -> None:
        """Clear all marks."""
        self.marked = frozenset()
        self.redraw()

    def part(self) -> Part | None:
        """The chosen line."""
        return self.items[self.chosen] if self.chosen < len(self.items) else None

    def session_id(self) -> int | None:
        """The id of the chosen session."""
        part = self.part()
        return part.session.id if part else None

    def choose_session(self, id: int) -> None:
        """Choose the line of a session, if it is there."""
        ids = [part.session.id for part in self.items]
        if id in ids:
            self.choose(ids.index(id))

    def head(self, width: int) -> list[Content]:
        """The names of the columns."""
        if self.newest_first or not self.items:
            return []
        at = self._columns(width)
        times = (layout.left(_("start"), 8), layout.left(_("end"), at.end), layout.right(_("time"), at.time - 2), "  ")
        names = (layout.column(_("channel"), at.channel), layout.column(_("activity"), at.activity))
        has_words = self.edited or any(session_summary(part.session) for part in self.items)
        words = layout.left(_("intention, note") if has_words else "", at.words)
        return [layout.row(*times, *names, words, layout.right(_("plan"), at.plan)).stylize("$faint")]

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """One line each; words of the user's where nothing is recorded."""
        if not self.items:
            message = _("Nothing logged on this day. [{key}] adds a session: linkedin create 14:00-14:25")
            message = _("No matches. [Esc] clears") if self.words else message.format(key=self.key_of("add"))
            return [layout.folded(layout.keyed(message), width)]
        at = self._columns(width)
        pieces = spell_lines([part.spell for part in self.items])
        return [[self._line(part, piece, at)] for part, piece in zip(self.items, pieces, strict=True)]

    def show_hidden(self, above: int, below: int) -> None:
        """Say on the border how many there are, and what is out of sight."""
        n = len(self.everything)
        message = ngettext("{n} entry", "{n} entries", n).format(n=n) if n else ""
        if self.words:
            message = _("{seen} of {n}").format(seen=len(self.items), n=n)
        marks = len(self.marked)
        marked = ngettext("■ {n} marked", "■ {n} marked", marks).format(n=marks) if marks else ""
        title = _("Log, filtered") if self.words else _("Log")
        title = _("Latest") if self.newest_first else title
        self.say(title, " · ".join(part for part in (marked, message, say_hidden(above, below)) if part))

    def _columns(self, width: int) -> LogColumns:
        """As wide as their content; the words of the user have all the rest."""
        rows, named = self.items, not self.newest_first

        def column(name: str, cells: Sequence[str], most: int, gap: int) -> int:
            """The cells of a column and its gap; 0 where nothing stands in it."""
            widest = layout.widest(cells)
            if not widest and not self.edited:
                return 0
            return min(max(widest, layout.widest([name]) if named else 0), most) + gap

        channel = column(_("channel"), [self._title(part) for part in rows], LONGEST_CHANNEL, 1)
        activity = column(_("activity"), [activity_word(part.session.activity) for part in rows], LONGEST_ACTIVITY, 1)
        plan = column(_("plan"), [_plan(part) for part in rows], 10, 1) if named else 0
        sessions = [part for part in rows if not part.check]
        time = column(_("time"), [_time(part) for part in sessions], 10, 2)
        end = 0
        if named and (sessions or self.edited):
            end = max(column(_("end"), [_end(part) for part in sessions], 10, 1), 6)
        if layout.widest([_("check")]) > end + time - 2:  # a check has no end: its word stands in both columns
            time = layout.widest([_("check")]) + 2 - end
        available = width - 8 - end - time - channel
        if available - activity - plan < FEWEST_WORDS:
            plan = 0
        if available - activity - plan < FEWEST_WORDS // 2:
            activity = 0
        return LogColumns(end, time, channel, activity, max(available - activity - plan, 0), plan)

    def _title(self, part: Part) -> str:
        return self.titles.get(part.session.channel, part.session.channel)

    def edit_chosen(self, edited: bool) -> None:
        """Make room for every field of the chosen line while it is edited."""
        self.edited = edited
        self.redraw()

    def _line(self, part: Part, piece: str, at: LogColumns) -> Content:
        session, running = part.session, part.session.end is None
        quiet = "$faint" if part.check else ""
        spent = [layout.right(_("check"), at.end + at.time - 2, quiet)]
        if not part.check:
            end = layout.left(_end(part), at.end, "bold $good" if running else "")
            spent = [end, layout.right(_time(part), at.time - 2, "bold")]
        joint = layout.text("…" if part.start > session.start else piece, "$faint")
        start = layout.left(format_clock(part.start, session.zone), 6, quiet)
        channel = layout.column(self._title(part), at.channel, theme.hue(session.channel))
        activity = layout.column(activity_word(session.activity), at.activity, quiet)
        words = layout.left(session_summary(session), at.words, quiet or "italic")
        plan = layout.right(_plan(part), at.plan, "$over" if _over(part) else "$faint")
        return layout.row(self._glyph(part), joint, start, *spent, "  ", channel, activity, words, plan)

    def _glyph(self, part: Part) -> Content:
        """The sign of a line: marked, in a burst, running, measured twice, or at the same time as another one."""
        session = part.session
        if session.id in self.marked:
            return layout.text("■", "bold $primary")
        if session.id in self.clustered:
            return layout.text("⚑", "$flag")
        if session.end is None:
            return layout.text(theme.RUNS, "bold $good")
        if part.counts_with is not None:
            return layout.text("=", "$faint")
        return layout.text(theme.OVERLAPS if session.id in self.overlapping else " ", "$faint")

    def cells(self) -> list[tuple[str, int, int]]:
        """Where the fields of the chosen line can be edited: (field, cells from the left, width)."""
        part = self.part()
        if part is None:
            return []
        at = self._columns(self.content_size.width - 1)
        words = "intention" if part.session.intention or not part.session.note else "note"
        widths = {"start": 6, "end": at.end, "": at.time, "channel": at.channel, "activity": at.activity}
        widths |= {words: at.words, "planned_seconds": at.plan}
        column, fields = 2, []
        for name, width in widths.items():
            if name and width:
                gap = int(name == "planned_seconds")  # its column stands to the right
                fields.append((name, column + gap, width - gap))
            column += width
        return fields


class LatestLog(Log):
    """The Timer's list of the latest entries, where nothing is chosen."""

    newest_first, choosable = True, False


def _identity(session: Session) -> tuple[str, int]:
    return session.channel, session.start


def _time(part: Part) -> str:
    return format_growing_duration(part.end - part.start, part.session.end is None)


def _end(part: Part) -> str:
    """`14:25`, `now`, and `04:00…` where the session continues on the next day."""
    session = part.session
    if session.end is None:
        return _("now")
    return format_clock(part.end, session.zone) + ("…" if part.end < session.end else "")


def _over(part: Part) -> bool:
    """Whether the session is over its plan, as far as it has come on this day or ended."""
    session = part.session
    return over_plan((part.end if session.end is None else session.end) - session.start, session.planned_seconds) > 0


def _plan(part: Part) -> str:
    planned = part.session.planned_seconds
    return ("▲ " if _over(part) else "") + format_duration(planned) if planned else ""


def filter_parts(parts: Sequence[Part], words: str, titles: dict[str, str]) -> tuple[Part, ...]:
    """The parts that say all of `words`, in any field, whatever their case and accents; all of them without words."""
    wanted = plain(words).split()
    if not wanted:
        return tuple(parts)
    return tuple(part for part in parts if all(word in _searched_text(part.session, titles) for word in wanted))


def overlapping(parts: Sequence[Part]) -> frozenset[int]:
    """The ids of sessions that overlap another one; checks do not count."""
    ids: set[int] = set()
    latest: Part | None = None
    for part in sorted((part for part in parts if not part.check), key=lambda part: part.start):
        if latest is not None and part.start < latest.end and part.session.id != latest.session.id:
            ids |= {part.session.id, latest.session.id}
        if latest is None or part.end > latest.end:
            latest = part
    return frozenset(ids)


def gap(parts: Sequence[Part], chosen: int, now: int) -> tuple[int, int] | None:
    """The unlogged time before the chosen line, else after it; up to `now` after the last one. None without any."""
    spans = sorted((part.start, part.end) for part in parts)
    part = parts[chosen]
    before = max((end for start, end in spans if start < part.start), default=None)
    if before is not None and before < part.start:
        return before, part.start
    end = max(end for start, end in spans if start <= part.start)
    after = min((start for start, _end in spans if start > part.start), default=now)
    return (end, after) if end < after else None


def _searched_text(session: Session, titles: dict[str, str]) -> str:
    fields = (
        titles.get(session.channel), session.channel, session.activity, activity_word(session.activity),
        session.intention, session.note, session.person, session.ring, session.trigger,
    )  # fmt: skip
    return plain(" ".join(filter(None, fields)))
