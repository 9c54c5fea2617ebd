"""How the command line writes a session, its times, and the side effects of a change.

Dates are written as they can be typed again: `2026-11-22 21:00`.
"""

from __future__ import annotations

from tracker.calendar.clock import iso, say_twice
from tracker.calendar.days import day_of
from tracker.cli.context import Context
from tracker.domain.models import DAY, HOUR, Effects, Session
from tracker.formatting.text import activity_word, channel_word
from tracker.formatting.times import format_clock, format_duration
from tracker.locale import _
from tracker.reports import record_wording
from tracker.services import queries

#: A session that ends on another date has that date where it is longer than this, in seconds.
LONGEST_NIGHT = 12 * HOUR


def _date_and_clock(instant: int, zone: str) -> str:
    return iso(instant, zone)[:16].replace("T", " ")


def near_clock(context: Context, instant: int, zone: str) -> str:
    """`15:12` on the day that is now, `2026-11-22 21:00` on another."""
    if day_of(instant, zone, context.settings.day_starts_at) == context.today:
        return format_clock(instant, zone)
    return _date_and_clock(instant, zone)


def upcoming_clock(context: Context, instant: int, zone: str) -> str:
    """A time to come: `18:00` where that is the next time the clock shows it, else with its date."""
    return format_clock(instant, zone) if instant - context.now < DAY else _date_and_clock(instant, zone)


def session_name(session: Session) -> str:
    """`linkedin create`; in French `linkedin créer`, which is read as well."""
    return " ".join(filter(None, (channel_word(session.channel), activity_word(session.activity))))


def session_span(context: Context, session: Session) -> str:
    """`14:00–14:25`, with its date where that is not today, and with both dates where it lasts into another day.

    The end of a night, `23:30–00:15`, is the next time the clock showed it, as it is read when it is typed.
    """
    if session.end is None:
        return near_clock(context, session.start, session.zone)
    start, end = (_date_and_clock(instant, session.zone) for instant in (session.start, session.end))
    if start[:10] == end[:10] or session.end - session.start <= LONGEST_NIGHT:
        return f"{near_clock(context, session.start, session.zone)}–{end[11:]}"
    return f"{start}–{end}"


def session_line(context: Context, session: Session) -> str:
    """`12: linkedin create, 14:00–14:25, 25m`."""
    duration = format_duration(session.duration(context.now))
    text = f"{session_name(session)}, {session_span(context, session)}, {duration}"
    return _("{id}: {what}").format(id=session.id, what=text)


def session_details(session: Session) -> str:
    """What else is known of a session, in one line: intention, note, person, ring, trigger, reasons."""
    note = record_wording.say_check_note(session.note or "") if session.source == "check" else session.note
    details = (
        session.intention,
        note,
        session.person and f"@{session.person}",
        session.ring and _(session.ring),
        session.trigger and _("because: {trigger}").format(trigger=record_wording.say_trigger(session.trigger)),
        session.override and _("over budget: {reason}").format(reason=session.override),
        session.overrun and _("over plan: {why}").format(why=session.overrun),
    )
    return " · ".join(filter(None, details))


def crossed_bridge(context: Context, session: Session) -> str:
    """`; Samia crossed the bridge: from linkedin to a call`, for the session with which somebody did; else empty."""
    if not session.person:
        return ""
    from tracker.services.noted_records import say_bridge

    crossed = say_bridge(context.workspace, session, titles=False)
    return _("; ") + crossed if crossed else ""


def side_effects(context: Context, changes: Effects) -> str:
    """`; linkedin 08:04–08:20 instead of 08:04–08:29`: the side effects of a change of sessions."""
    if changes.mine == changes.wanted and not changes.others and not changes.shown_again:
        return ""  # most changes: nothing is imported for them

    def times(session: Session, *, exact: bool = False) -> str:
        if session.end is None:
            return _("{clock}–now").format(clock=near_clock(context, session.start, session.zone))
        if exact:
            return f"{iso(session.start, session.zone)[11:19]}–{iso(session.end, session.zone)[11:19]}"
        return session_span(context, session)

    return "".join(_("; ") + phrase for phrase in record_wording.say_effects(changes, times, str))


def moved_outcome(context: Context) -> str:
    """`; prospect o3 is via linkedin now`, where the last change gave an outcome another last touch; else empty.

    It may be called before that change is committed: the answer is printed only then.
    """
    moved = queries.say_moved_outcomes(context.workspace, titles=False)
    return _("; ") + moved if moved else ""


def counted_day(context: Context, session: Session) -> str:
    """`; counted on 2026-11-22`, where the small hours of a date belong to an evening that is not today's."""
    day = day_of(session.start, session.zone, context.settings.day_starts_at)
    if day in (context.today, iso(session.start, session.zone)[:10]):
        return ""
    return _("; counted on {date}").format(date=day)


def ambiguous_times(zone: str, *instants: int | None) -> str:
    """`; 02:10 came twice that night; the second one is used`, for each instant whose time came twice; else empty."""
    notes = (say_twice(zone, instant) for instant in instants if instant is not None)
    return "".join(_("; ") + note for note in notes if note)
