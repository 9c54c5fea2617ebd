"""How the screens say dates and clocks, without the 40 ms of arrow before the first paint."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from tracker.calendar.durations import say_duration
from tracker.calendar.say import say_money
from tracker.calendar.zones import offset_at
from tracker.locale import N_, _, ngettext
from tracker.reports import presets
from tracker.reports.shares import percents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.models import Outcome, Session
    from tracker.reports.day import Day
    from tracker.reports.side_effects import SayTimes as Times

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
LONG_WEEKDAYS = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday")),
    *(N_("Friday"), N_("Saturday"), N_("Sunday")),
)
MONTHS = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)
LONG_MONTHS = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May "), N_("June")),
    *(N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)
PURPOSES = {"make": N_("Make"), "relate": N_("Relate"), "monitor": N_("Monitor"), "scroll": N_("Scroll")}
RINGS = {
    "building": N_("building"),
    "street": N_("street"),
    "district": N_("district"),
    "city": N_("city"),
    "beyond": N_("beyond"),
}
OUTCOMES = {
    "recommendation": N_("recommendation"),
    "prospect": N_("prospect"),
    "client": N_("client"),
    "income": N_("income"),
}


def quote(text: str) -> str:
    """What somebody said, in the quotation marks of the reader's language."""
    return _("“{text}”").format(text=text)


def clock(instant: int, zone: str) -> str:
    """`15:12` on the wall of `zone`."""
    minutes = (instant + offset_at(zone, instant)) // 60 % 1440
    return f"{minutes // 60:02}:{minutes % 60:02}"


def later(instant: int, now: int, zone: str) -> str:
    """A moment to come: `18:00` within a day, else with its date, `Wed 25 Nov 18:00`."""
    if instant - now < 86_400:
        return clock(instant, zone)
    date, today = (_date(moment, zone) for moment in (instant, now))
    return f"{near_date(date, today)} {clock(instant, zone)}"


def _date(instant: int, zone: str) -> str:
    """What the calendar of `zone` says."""
    day = datetime.date(1970, 1, 1) + datetime.timedelta(seconds=instant + offset_at(zone, instant))
    return day.isoformat()


def weekday(date: str) -> str:
    """`Mon`."""
    return _(WEEKDAYS[datetime.date.fromisoformat(date).weekday()])


def short_date(date: str) -> str:
    """`Mon 23 Nov`."""
    day = datetime.date.fromisoformat(date)
    return _("{weekday} {day} {month}").format(weekday=weekday(date), day=day.day, month=_(MONTHS[day.month - 1]))


def day_and_month(date: str) -> str:
    """`23 Nov`."""
    day = datetime.date.fromisoformat(date)
    return _("{day} {month}").format(day=day.day, month=_(MONTHS[day.month - 1]))


def near_date(date: str, today: str) -> str:
    """`Mon 23 Nov`, and the year where it is not this one."""
    return short_date(date) if date[:4] == today[:4] else f"{short_date(date)} {date[:4]}"


def long_date(date: str) -> str:
    """`Monday 23 November 2026`."""
    day = datetime.date.fromisoformat(date)
    return _("{weekday} {day} {month} {year}").format(
        weekday=_(LONG_WEEKDAYS[day.weekday()]), day=day.day, month=_long_month(day), year=day.year
    )


def near_day(date: str, today: str) -> str:
    """`23 Nov`, and the year where it is not this one."""
    return day_and_month(date) if date[:4] == today[:4] else f"{day_and_month(date)} {date[:4]}"


def span(first: str, last: str, today: str) -> str:
    """`16–22 November`, `30 November – 6 December`; `25 November – 1 December 2019` where that is not this year."""
    one, other = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    year = "" if first[:4] == last[:4] == today[:4] else f" {other.year}"
    if (one.year, one.month) == (other.year, other.month):
        return _("{first}–{last} {month}").format(first=one.day, last=other.day, month=_long_month(one)) + year
    said = _("{day} {month} – {last_day} {last_month}").format(
        day=one.day,
        month=_long_month(one) + (f" {one.year}" if one.year != other.year else ""),
        last_day=other.day,
        last_month=_long_month(other),
    )
    return said + year


def times(start: int, end: int | None, zone: str) -> str:
    """`14:00–14:25`; an open end is left open."""
    return f"{clock(start, zone)}–{clock(end, zone) if end is not None else ''}"


def times_in(zone: str) -> Times:
    """How a session's times are said by the clock of a zone: `14:00–14:25`; `14:50–now` while it runs."""

    def moment(instant: int, exact: bool) -> str:
        seconds = instant % 60
        return f"{clock(instant, zone)}:{seconds:02}" if exact and seconds else clock(instant, zone)

    def said(session: Session, *, exact: bool = False) -> str:
        start = moment(session.start, exact)
        if session.end is None:
            return _("{clock}–now").format(clock=start)
        return f"{start}–{moment(session.end, exact)}"

    return said


def line(session: Session, title: str) -> str:
    """`LinkedIn 14:00–14:25`, `Instagram 14:02` for a check."""
    if session.source == "check":
        return f"{title} {clock(session.start, session.zone)}"
    return f"{title} {times(session.start, session.end, session.zone)}"


def rings() -> str:
    """`building street district city beyond`: what can be typed."""
    return " ".join(_(ring) for ring in RINGS.values())


def sessions(count: int) -> str:
    """`3 sessions`."""
    return ngettext("{n} session", "{n} sessions", count).format(n=count)


def _long_month(day: datetime.date) -> str:
    return _(LONG_MONTHS[day.month - 1]).strip()


def money(outcome: Outcome) -> str:
    """`€480`, or nothing where no amount is known."""
    return say_money(outcome.amount, outcome.currency) if outcome.amount is not None and outcome.currency else ""


def growing(seconds: int, runs: bool = True) -> str:
    """A time that grows while it `runs` and is told anew each minute: `<1m` where seconds would stand still."""
    return _("<{time}").format(time=say_duration(60)) if runs and seconds < 60 else say_duration(seconds)


def budget(seconds: int, budget_seconds: int | None, runs: bool = False) -> str:
    """`1h 24m of 60m`, or the time alone where there is no budget."""
    said = growing(seconds, runs)
    if budget_seconds is None:
        return said
    return _("{time} of {budget}").format(time=said, budget=say_duration(budget_seconds))


def grows(day: Day) -> bool:
    """Whether the day's social time still grows."""
    return day.runs in {total.channel for total in day.channels if total.kind == "social"}


def social(day: Day) -> str:
    """`1h 24m of 60m`: the day's social time, with its budget where it has one; `–` for what is not known."""
    if day.logged:
        return budget(day.seconds, day.budget_seconds, grows(day))
    return "–" if day.budget_seconds is None else _("{time} of {budget}").format(
        time="–", budget=say_duration(day.budget_seconds)
    )  # fmt: skip


def checks(count: int, limit: int | None) -> str:
    """`12 checks`, `12 of 40 checks`, `▲ 41 of 40 checks` over the limit one has set."""
    if limit is None:
        return ngettext("{n} check", "{n} checks", count).format(n=count)
    said = ngettext("{n} of {limit} check", "{n} of {limit} checks", limit).format(n=count, limit=limit)
    return f"▲ {said}" if count > limit else said


def told(session: Session) -> str:
    """What is known of a session in one line: what for or what of, with whom, what set it off, why over budget."""
    note = presets.say_check_note(session.note) if session.note and session.source == "check" else session.note
    said = " ".join(filter(None, (session.intention or note, f"@{session.person}" if session.person else "")))
    return " · ".join(filter(None, (said, aside(session))))


def aside(session: Session) -> str:
    """What set a session off, and why it was begun over budget."""
    return " · ".join(
        filter(
            None,
            (
                _("because: {trigger}").format(trigger=presets.say_trigger(session.trigger)) if session.trigger else "",
                f"▲ {session.override}" if session.override else "",
            ),
        )
    )


#: Hours and minutes where a language writes both units long.
_LONG = re.compile(r"(\d\s?h\s)(\d+)\s?min$")


def brief(seconds: int) -> str:
    """A duration for a column: `1h 48m`, and in French `1 h 48`, `5 h 02`."""
    return _LONG.sub(lambda found: found[1] + found[2].zfill(2), say_duration(seconds))


def shares(seconds: Sequence[int]) -> list[str]:
    """`62 %`, `38 %`: they come to a hundred."""
    return [f"{share} %" for share in percents(seconds)]
