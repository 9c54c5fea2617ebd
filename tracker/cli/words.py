"""How the command line words a session, a time and a person; and what it makes of the words typed for them."""

from __future__ import annotations

from tracker.calendar.days import day_of
from tracker.calendar.durations import say_duration
from tracker.calendar.zones import iso, say_twice
from tracker.domain.text import one_line
from tracker.locale import _
from tracker.reports import glances, triggers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tracker.cli.context import Context
    from tracker.cli.parser import ParsedArguments
    from tracker.domain.models import Session, Spend, Urge
    from tracker.storage.effects import Effects

#: An end further from its start than this, in seconds, on another date, is told with that date.
LONGEST_NIGHT = 12 * 3600


def clock(at: int, zone: str) -> str:
    """`15:12`, by the clocks of `zone`."""
    return iso(at, zone)[11:16]


def moment(context: Context, at: int, zone: str) -> str:
    """`15:12` on the day that is now, `2026-11-22 21:00` on another."""
    said = iso(at, zone)
    if day_of(at, zone, context.settings.day_starts_at) == context.today:
        return said[11:16]
    return f"{said[:10]} {said[11:16]}"


def ahead(context: Context, at: int, zone: str) -> str:
    """A time to come: `18:00` where that is the next time the clock shows it, else with its date."""
    said = iso(at, zone)
    return said[11:16] if at - context.now < 86_400 else f"{said[:10]} {said[11:16]}"


def what(session: Session) -> str:
    """`linkedin create`."""
    return f"{session.channel} {session.activity}" if session.activity else session.channel


def span(context: Context, session: Session) -> str:
    """`14:00–14:25`, with its date where that is not today, and with both where it lasts into another.

    A night's end, `23:30–00:15`, is the next time the clock showed it, as it would be read if it were typed.
    """
    begun = moment(context, session.start, session.zone)
    if session.end is None:
        return begun
    since, until = iso(session.start, session.zone), iso(session.end, session.zone)
    if since[:10] == until[:10] or session.end - session.start <= LONGEST_NIGHT:
        return f"{begun}–{until[11:16]}"
    return f"{since[:10]} {since[11:16]}–{until[:10]} {until[11:16]}"


def whole(context: Context, session: Session) -> str:
    """`12: linkedin create, 14:00–14:25, 25m`."""
    end = context.now if session.end is None else session.end
    said = f"{what(session)}, {span(context, session)}, {say_duration(max(end - session.start, 0))}"
    return _("{id}: {what}").format(id=session.id, what=said)


def aside(session: Session) -> str:
    """What else is known of a session, in one line: intention, note, company, trigger, and why over budget."""
    note = glances.said(session.note or "") if session.source == "check" else session.note
    said = [session.intention or "", note or ""]
    if session.person:
        said.append(f"@{session.person}")
    if session.ring:
        said.append(_(session.ring))
    if session.trigger:
        said.append(_("because: {trigger}").format(trigger=triggers.said(session.trigger)))
    if session.override:
        said.append(_("over budget: {reason}").format(reason=session.override))
    if session.overrun:
        said.append(_("over its plan: {why}").format(why=session.overrun))
    return " · ".join(filter(None, said))


def person(context: Context, text: str | None) -> str | None:
    """A name as it is kept: as it is known, without the @ people put before it."""
    from tracker.storage.people import known_as

    return known_as(context.journal, text)


def bridge(context: Context, session: Session) -> str:
    """`; Samia crossed the bridge: from linkedin to a call`, for the session with which somebody did."""
    if not session.person:
        return ""
    from tracker.reports.people import crossing, say_crossing
    from tracker.storage import channels

    found = crossing(context.journal, session, {one.name: one for one in channels.channels(context.journal)})
    return _("; ") + say_crossing(found, {}) if found else ""


def besides(context: Context, found: Effects) -> str:
    """`; linkedin 08:04–08:20 instead of 08:04–08:29`: what a change of sessions did besides what was asked for."""
    if found.mine == found.wanted and not found.others and not found.shown_again:
        return ""  # what most changes are: nothing is imported for them
    from tracker.reports import effects

    def times(session: Session, *, exact: bool = False) -> str:
        if session.end is None:
            return _("{clock}–now").format(clock=moment(context, session.start, session.zone))
        if exact:
            return f"{iso(session.start, session.zone)[11:19]}–{iso(session.end, session.zone)[11:19]}"
        return span(context, session)

    return "".join(_("; ") + phrase for phrase in effects.said(found, times, str))


def moved(context: Context) -> str:
    """`; prospect o3 is via linkedin now`, where the last change gave an outcome another last touch.

    Also before that change is committed: what is said of it is printed only then.
    """
    found = context.journal.moving or context.journal.moved
    if not found:
        return ""
    from tracker.storage.touches import say_moved

    return _("; ") + say_moved(found)


def night(context: Context, session: Session) -> str:
    """`; it counts for 2026-11-22`, where the small hours of a date belong to an evening that is not today's."""
    day = day_of(session.start, session.zone, context.settings.day_starts_at)
    if day in (context.today, iso(session.start, session.zone)[:10]):
        return ""
    return _("; it counts for {date}").format(date=day)


def twice(zone: str, *instants: int | None) -> str:
    """`; 02:10 was shown twice that night; the second time is meant`, where one of the times was; else nothing."""
    said = (say_twice(zone, instant) for instant in instants if instant is not None)
    return "".join(_("; ") + one for one in said if one)


def details(context: Context, args: ParsedArguments) -> dict[str, Any]:
    """The fields of a session that `start` and `switch` take: activity, plan, intention, company, trigger, override."""
    from tracker.calendar.durations import parse_plan
    from tracker.domain.models import TrackerError
    from tracker.storage import channels, sessions

    found: dict[str, Any] = {}
    activity = args.optional("ACTIVITY")
    if activity:
        found["activity"] = channels.find_activity(context.journal, activity).name
    values = args.values
    if "for" in values:
        found["planned_seconds"] = parse_plan(values["for"])
        if not found["planned_seconds"]:
            raise TrackerError(_("a plan is longer than nothing: --for 25m"))
    if "ring" in values:
        found["ring"] = sessions.valid_ring(values["ring"])
    if "with" in values:
        found["person"] = person(context, values["with"])
    if "trigger" in values:
        found["trigger"] = triggers.read(one_line(values["trigger"]))
    for field in ("intention", "override"):
        if field in values:
            found[field] = one_line(values[field])
    return found


def say_task(task: str | None, done: bool) -> str:
    """`important task: proposal for Nadia (done)`."""
    if not task:
        return _("no important task")
    said = _("important task: {task}").format(task=task)
    return _("{what} (done)").format(what=said) if done else said


def say_spend(spend: Spend) -> str:
    """`€120 spent on linkedin – campaign`."""
    from tracker.calendar.say import say_money

    said = _("{amount} spent on {channel}").format(
        amount=say_money(spend.amount, spend.currency), channel=spend.channel
    )
    return f"{said} – {spend.note}" if spend.note else said


def say_urge(urge: Urge) -> str:
    """`linkedin (bored)`."""
    return f"{urge.channel} ({triggers.said(urge.trigger)})" if urge.trigger else urge.channel
