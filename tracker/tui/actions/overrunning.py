"""While it runs: five minutes more, why it goes on, and what to keep of a timer that may have been forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.domain.models import TrackerError, over_plan
from tracker.domain.text import entered
from tracker.formatting.durations import format_duration, format_growing_duration
from tracker.formatting.text import in_quotation_marks
from tracker.formatting.times import format_clock
from tracker.locale import N_, _
from tracker.services import overruns, queries, timekeeping
from tracker.tui import ink
from tracker.tui.actions import overlapping, prompts
from tracker.tui.base_app import BaseApp
from tracker.tui.fields import read_field
from tracker.tui.modals.chooser import Choice, Chooser
from tracker.tui.modals.line import LineDialog

if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.services.forgotten_timer import PossibleEnd
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


def extend(app: BaseApp) -> None:
    """Five minutes more, knowingly."""
    session = overruns.extend(app.workspace, MORE)
    until = format_clock(session.start + (session.planned_seconds or 0), session.zone)
    app.announce(_("{channel}: +5 until {clock}").format(channel=prompts.title(app, session.channel), clock=until))


def why(app: BaseApp) -> None:
    """Ask why what runs goes on past its plan."""
    session = _what_runs(app)
    over = over_plan(app.workspace.now() - session.start, session.planned_seconds)
    if not over:
        raise TrackerError(_("{channel} is not over its plan").format(channel=prompts.title(app, session.channel)))
    until = format_clock(app.workspace.now() + MORE, session.zone)
    choices = [
        *(Choice(key, _(reason), "", "", _(reason)) for key, reason in REASONS.items()),
        Choice("o", _("in your own words"), "", "", "o"),
        Choice("+", _("five minutes more"), "$good", _("until {clock}").format(clock=until), "+"),
        Choice("␣", _("stop"), "$good", "", " "),
    ]
    title = _("{time} over plan: why still here?").format(time=format_growing_duration(over))
    prompts.choose(app, title, choices, lambda answer: _why_is(app, session, answer), {" ": " "}, own="o")


def _why_is(app: BaseApp, session: Session, answer: str) -> None:
    if answer == "+":
        extend(app)
    elif answer == " ":
        app.perform("toggle")
    elif answer == "o":
        app.ask(
            LineDialog(
                _("Why still here?"),
                _read_reason,
                value=session.overrun or "",
                hint=_("your own words, for the log"),
            ),
            lambda words: _overrun_explained(app, session, words),
        )
    else:
        _overrun_explained(app, session, answer)


def _overrun_explained(app: BaseApp, session: Session, why: str) -> None:
    overruns.explain_overrun(app.workspace, session.id, why)
    app.announce(_("Noted: {why} · + is five minutes more, space stops").format(why=why))


def in_doubt(app: BaseApp) -> bool:
    """Ask first, where what runs may have been forgotten: nothing may end it at a stroke."""
    session = queries.running(app.workspace)
    if session is None or not overruns.is_forgotten(app.workspace, session):
        return False
    doubtful(app, session)
    return True


def doubtful(app: BaseApp, session: Session, jump: Jump | None = None) -> None:
    """Ask what to keep of a session that ran long, or across a sleep of the machine."""
    awake = jump.since if jump and not overruns.is_forgotten(app.workspace, session) else None
    doubt = overruns.doubt_about(app.workspace, session, awake or app.touched)
    choices = _answers(doubt, app.workspace.now())
    likely = [choice.value for choice in choices].index(_likely(doubt))
    dialog = Chooser(_doubt_title(app, session, jump), choices, chosen=likely)
    app.ask(dialog, lambda answer: _doubt_settled(app, doubt, answer))


def _doubt_title(app: BaseApp, session: Session, jump: Jump | None) -> str:
    name, zone = prompts.title(app, session.channel), session.zone
    if jump and jump.until < jump.since:
        return _("The clock went back: what to keep of {channel}?").format(channel=name)
    if jump:
        since, until = format_clock(jump.since, zone), format_clock(jump.until, zone)
        return _("Asleep {since}–{until}: what to keep of {channel}?").format(since=since, until=until, channel=name)
    spent = format_duration(app.workspace.now() - session.start)
    return _("{channel} runs for {time}: forgotten?").format(channel=name, time=spent)


def _doubt_settled(app: BaseApp, doubt: PossibleEnd, answer: str) -> None:
    session = doubt.session
    if answer == "k":
        overruns.keep_running(app.workspace, session)
        app.announce(_("Kept: {channel} goes on").format(channel=prompts.title(app, session.channel)))
    elif answer == "t":
        app.ask(
            LineDialog(
                _("{channel}: when did it end?").format(channel=prompts.title(app, session.channel)),
                lambda line: _read_end(app, line, session),
                placeholder=format_clock(doubt.likely or app.workspace.now(), session.zone),
                hint=_("a time such as 15:40, -20m or now"),
            ),
            lambda at: _stopped_at(app, session, at),
        )
    else:
        at = {"l": doubt.life, "p": doubt.planned}.get(answer)
        _stopped_at(app, session, at)


def _read_end(app: BaseApp, line: str, session: Session) -> tuple[int, Content]:
    if not line.strip():
        raise TrackerError(_("a time such as 15:40, -20m or now"))
    at, said = read_field("end", line, session, app.workspace)
    return at, ink.text(f"{said} · {format_duration(at - session.start)}")


def _stopped_at(app: BaseApp, session: Session, at: int | None) -> None:
    change = timekeeping.stop_session(app.workspace, session.id, at)
    ended = change.session
    end = ended.end if ended.end is not None else ended.start
    says = _("Stopped {channel} at {clock}, after {time}").format(
        channel=prompts.title(app, session.channel),
        clock=format_clock(end, session.zone),
        time=format_duration(end - ended.start),
    )
    app.announce(" · ".join((says, *overlapping.besides(app, change.effects))) + prompts.clock_set_back(app, ended))


def _what_runs(app: BaseApp) -> Session:
    session = queries.running(app.workspace)
    if session is None:
        raise TrackerError(_("nothing runs; s starts a session"))
    return session


def _read_reason(line: str) -> tuple[str, Content]:
    reason = " ".join(line.split())
    if not reason:
        raise TrackerError(_("a word or two; esc leaves it unsaid"))
    return reason, ink.text(in_quotation_marks(entered("overrun", reason) or ""), "italic")


def _answers(doubt: PossibleEnd, now: int) -> list[Choice]:
    """What can be kept, with what it comes to; only moments that there were."""
    session = doubt.session
    spent = max(now - session.start, 0)

    def until(at: int) -> str:
        return _("{clock}, after {time}").format(
            clock=format_clock(at, session.zone), time=format_duration(at - session.start)
        )

    found = [Choice("k", _("keep, it goes on"), "", format_duration(spent), "k")]
    if doubt.life is not None:
        found.append(Choice("l", _("stop at the last sign of life"), "", until(doubt.life), "l"))
    if doubt.planned is not None:
        found.append(Choice("p", _("stop at the plan's end"), "", until(doubt.planned), "p"))
    return [
        *found,
        Choice("t", _("stop at a time you type"), "", "", "t"),
        Choice("n", _("stop now"), "", until(max(now, session.start)), "n"),
    ]


def _likely(doubt: PossibleEnd) -> str:
    if doubt.likely is None:
        return "t"
    return "l" if doubt.likely == doubt.life else "p"
