"""While it runs: five minutes more, why it goes on, and what to keep of a timer that may have been forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.calendar.durations import say_duration
from tracker.domain.models import TrackerError, over_plan
from tracker.domain.text import entered
from tracker.locale import N_, _
from tracker.services import overlap_questions, queries, timekeeping
from tracker.tui import ink, words
from tracker.tui.actions.overlapping import Overlapping
from tracker.tui.fields import read_field
from tracker.tui.modals.chooser import Choice, Chooser
from tracker.tui.modals.line import LineDialog

if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.reports.forgotten import Doubt
    from tracker.tui.watch import Jump

#: One `+` is so much.
MORE = 5 * 60

#: Why one is still there, a key each; `o` is for one's own words.
REASONS = {
    "n": N_("not finished yet"),
    "a": N_("answering somebody"),
    "r": N_("waiting for reactions"),
    "l": N_("lost track of time"),
    "c": N_("carried along by the feed"),
}


class Overrunning(Overlapping):
    """Its actions, by their names in keys.py."""

    def extend(self) -> None:
        """Five minutes more, knowingly."""
        session = timekeeping.extend(self.workspace, MORE)
        until = words.clock(session.start + (session.planned_seconds or 0), session.zone)
        self.did(_("{channel}: +5 until {clock}").format(channel=self.title(session.channel), clock=until))

    def why(self) -> None:
        """Ask why what runs goes on past its plan."""
        session = self._what_runs()
        over = over_plan(self.workspace.now() - session.start, session.planned_seconds)
        if not over:
            raise TrackerError(_("{channel} is not over its plan").format(channel=self.title(session.channel)))
        until = words.clock(self.workspace.now() + MORE, session.zone)
        choices = [
            *(Choice(key, _(reason), "", "", _(reason)) for key, reason in REASONS.items()),
            Choice("o", _("in your own words"), "", "", "o"),
            Choice("+", _("five minutes more"), "$good", _("until {clock}").format(clock=until), "+"),
            Choice("␣", _("stop"), "$good", "", " "),
        ]
        title = _("{time} over plan: why still here?").format(time=words.growing(over))
        self.choose(title, choices, lambda answer: self._why_is(session, answer), {" ": " "}, own="o")

    def _why_is(self, session: Session, answer: str) -> None:
        if answer == "+":
            self.extend()
        elif answer == " ":
            self.app.doing.do("toggle")
        elif answer == "o":
            self.ask(
                LineDialog(
                    _("Why still here?"),
                    _read_reason,
                    value=session.overrun or "",
                    hint=_("your own words, for the log"),
                ),
                lambda words: self._overrun_explained(session, words),
            )
        else:
            self._overrun_explained(session, answer)

    def _overrun_explained(self, session: Session, why: str) -> None:
        timekeeping.explain_overrun(self.workspace, session.id, why)
        self.did(_("Noted: {why} · + is five minutes more, space stops").format(why=why))

    def in_doubt(self) -> bool:
        """Ask first, where what runs may have been forgotten: nothing may end it at a stroke."""
        session = queries.running(self.workspace)
        if session is None or not timekeeping.is_forgotten(self.workspace, session):
            return False
        self.doubtful(session)
        return True

    def doubtful(self, session: Session, jump: Jump | None = None) -> None:
        """Ask what to keep of a session that ran long, or across a sleep of the machine."""
        awake = jump.since if jump and not timekeeping.is_forgotten(self.workspace, session) else None
        doubt = timekeeping.doubt_about(self.workspace, session, awake or self.app.touched)
        choices = _answers(doubt, self.workspace.now())
        likely = [choice.value for choice in choices].index(_likely(doubt))
        dialog = Chooser(self._doubt_title(session, jump), choices, chosen=likely)
        self.ask(dialog, lambda answer: self._doubt_settled(doubt, answer))

    def _doubt_title(self, session: Session, jump: Jump | None) -> str:
        name, zone = self.title(session.channel), session.zone
        if jump and jump.until < jump.since:
            return _("The clock went back: what to keep of {channel}?").format(channel=name)
        if jump:
            since, until = words.clock(jump.since, zone), words.clock(jump.until, zone)
            return _("Asleep {since}–{until}: what to keep of {channel}?").format(
                since=since, until=until, channel=name
            )
        spent = say_duration(self.workspace.now() - session.start)
        return _("{channel} runs for {time}: forgotten?").format(channel=name, time=spent)

    def _doubt_settled(self, doubt: Doubt, answer: str) -> None:
        session = doubt.session
        if answer == "k":
            timekeeping.keep_running(self.workspace, session)
            self.did(_("Kept: {channel} goes on").format(channel=self.title(session.channel)))
        elif answer == "t":
            self.ask(
                LineDialog(
                    _("{channel}: when did it end?").format(channel=self.title(session.channel)),
                    lambda line: self._read_end(line, session),
                    placeholder=words.clock(doubt.likely or self.workspace.now(), session.zone),
                    hint=_("a time such as 15:40, -20m or now"),
                ),
                lambda at: self._stopped_at(session, at),
            )
        else:
            at = {"l": doubt.life, "p": doubt.planned}.get(answer)
            self._stopped_at(session, at)

    def _read_end(self, line: str, session: Session) -> tuple[int, Content]:
        if not line.strip():
            raise TrackerError(_("a time such as 15:40, -20m or now"))
        at, said = read_field("end", line, session, self.workspace)
        return at, ink.text(f"{said} · {say_duration(at - session.start)}")

    def _stopped_at(self, session: Session, at: int | None) -> None:
        ended, found = overlap_questions.ending_running(
            self.workspace, lambda: timekeeping.stop_at(self.workspace, session.id, at), at
        )
        end = ended.end if ended.end is not None else ended.start
        says = _("Stopped {channel} at {clock}, after {time}").format(
            channel=self.title(session.channel),
            clock=words.clock(end, session.zone),
            time=say_duration(end - ended.start),
        )
        self.did(" · ".join((says, *(self.besides(found) if found else ()))) + self.clock_set_back(ended))

    def _what_runs(self) -> Session:
        session = queries.running(self.workspace)
        if session is None:
            raise TrackerError(_("nothing runs; s starts a session"))
        return session


def _read_reason(line: str) -> tuple[str, Content]:
    reason = " ".join(line.split())
    if not reason:
        raise TrackerError(_("a word or two; esc leaves it unsaid"))
    return reason, ink.text(words.quote(entered("overrun", reason) or ""), "italic")


def _answers(doubt: Doubt, now: int) -> list[Choice]:
    """What can be kept, with what it comes to; only moments that there were."""
    session = doubt.session
    spent = max(now - session.start, 0)

    def until(at: int) -> str:
        return _("{clock}, after {time}").format(
            clock=words.clock(at, session.zone), time=say_duration(at - session.start)
        )

    found = [Choice("k", _("keep, it goes on"), "", say_duration(spent), "k")]
    if doubt.life is not None:
        found.append(Choice("l", _("stop at the last sign of life"), "", until(doubt.life), "l"))
    if doubt.planned is not None:
        found.append(Choice("p", _("stop at the plan's end"), "", until(doubt.planned), "p"))
    return [
        *found,
        Choice("t", _("stop at a time you type"), "", "", "t"),
        Choice("n", _("stop now"), "", until(max(now, session.start)), "n"),
    ]


def _likely(doubt: Doubt) -> str:
    if doubt.likely is None:
        return "t"
    return "l" if doubt.likely == doubt.life else "p"
