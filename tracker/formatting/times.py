"""Times of day, dates, weeks and durations as people read them.

Instants are UTC seconds, zones IANA names, dates `YYYY-MM-DD`, weeks `2026-W48`. The names of months and weekdays are
arrow's where they are written in full, and so is how long ago something was. The abbreviated names are messages of the
catalogue: the first paint of the screens and the daily commands show them, and importing arrow costs 40 to 80 ms.
`tracker.calendar.durations` reads the durations back.
"""

from __future__ import annotations

import datetime

from tracker.calendar.clock import format_time_of_day
from tracker.calendar.days import WallClock, week_dates
from tracker.domain.models import DAY, HOUR, MINUTE, Session
from tracker.formatting.numbers import with_percent_sign
from tracker.locale import N_, _, language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, Protocol

    Style = Literal["short", "exact", "clock"]

    class SessionTimes(Protocol):
        """How the times of a session are written; `exact` asks for the seconds."""

        def __call__(self, session: Session, *, exact: bool = False) -> str:
            """`14:00–14:25`."""


WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip


def format_clock(instant: int, zone: str) -> str:
    """`15:12`: what the clocks of `zone` show at an instant; UTC for an unknown zone."""
    return format_time_of_day(WallClock.of(zone).second_of_day(instant))


def format_exact_clock(instant: int, zone: str) -> str:
    """`15:12:05`; `15:12` for a full minute."""
    seconds = instant % 60
    return f"{format_clock(instant, zone)}:{seconds:02}" if seconds else format_clock(instant, zone)


def format_clock_range(start: int, end: int | None, zone: str) -> str:
    """`14:00–14:25`; `14:00–now` where there is no end yet."""
    clock = format_clock(start, zone)
    return _("{clock}–now").format(clock=clock) if end is None else f"{clock}–{format_clock(end, zone)}"


def session_times_in(zone: str) -> SessionTimes:
    """A function that writes a session's times by the clocks of `zone`.

    `14:00–14:25`; `14:50–now` (fr `14:50–maintenant`) while it runs; with `exact`, seconds where they are not 0. What
    began and ended within one minute always has its seconds: `11:02:14–11:02:29`.
    """

    def write(session: Session, *, exact: bool = False) -> str:
        within_a_minute = session.end is not None and session.start // 60 == session.end // 60
        clock = format_exact_clock if exact or within_a_minute else format_clock
        start = clock(session.start, zone)
        if session.end is None:
            return _("{clock}–now").format(clock=start)
        return f"{start}–{clock(session.end, zone)}"

    return write


def format_upcoming(instant: int, now: int, zone: str) -> str:
    """A moment to come: `18:00` within 24 hours, else with its date, `Wed 25 Nov 18:00`."""
    clock = format_clock(instant, zone)
    if instant - now < DAY:
        return clock
    wall = WallClock.of(zone)
    return f"{format_near_date(wall.day(instant), wall.day(now))} {clock}"


def format_date(date: str) -> str:
    """`Mon 23 Nov`, `lun 23 nov`: a date whose year is clear."""
    return _("{weekday} {day} {month}").format(
        weekday=format_short_weekday(date), day=int(date[8:]), month=_(MONTHS[int(date[5:7]) - 1])
    )


def format_near_date(date: str, today: str | None) -> str:
    """`Mon 23 Nov`; `Mon 23 Nov 2020` where that is not the year of `today`, or `today` is None."""
    return _with_year(format_date(date), date, today)


def format_recorded_date(date: str, now: int) -> str:
    """`Mon 23 Nov` in the sentence of a change made at the instant `now`; with its year where UTC has another then."""
    return format_near_date(date, datetime.datetime.fromtimestamp(now, datetime.UTC).date().isoformat())


def format_day_and_month(date: str) -> str:
    """`23 Nov`, `23 nov`."""
    return _("{day} {month}").format(day=int(date[8:]), month=_(MONTHS[int(date[5:7]) - 1]))


def format_near_day_and_month(date: str, today: str) -> str:
    """`23 Nov`; `23 Nov 2020` where that is not the year of `today`."""
    return _with_year(format_day_and_month(date), date, today)


def format_short_weekday(date: str) -> str:
    """`Mon`, `lun`."""
    return _(WEEKDAYS[datetime.date.fromisoformat(date).weekday()])


def format_weekday(date: str) -> str:
    """`Sunday`, `dimanche`."""
    return _arrow_format(date, "dddd")


def weekday_names() -> list[str]:
    """`Monday` to `Sunday`, `lundi` to `dimanche`."""
    from arrow.locales import get_locale

    return [get_locale(language()).day_name(number) for number in range(1, 8)]


def format_long_date(date: str) -> str:
    """`Monday 23 November 2026`, `lundi 23 novembre 2026`."""
    return _arrow_format(date, "dddd D MMMM YYYY")


def format_date_range(first: str, last: str, today: str) -> str:
    """`16–22 November`, `30 November – 6 December`; `25 November – 1 December 2019` where that is not this year."""
    this_year = first[:4] == last[:4] == today[:4]
    end = _arrow_format(last, "D MMMM" if this_year else "D MMMM YYYY")
    if first[:7] == last[:7]:
        return f"{int(first[8:])}–{end}"
    return f"{_arrow_format(first, 'D MMMM' if first[:4] == last[:4] else 'D MMMM YYYY')} – {end}"


def format_week(week: str) -> str:
    """`2026-W48` as the reader writes it, `2026-S48` in French."""
    year, _mark, number = week.partition("-W")
    return _("{year}-W{number}").format(year=year, number=number)


def format_short_week(week: str) -> str:
    """`W48` of `2026-W48`, `S48` in French."""
    return format_week(week).rpartition("-")[2]


def week_number(week: str) -> int:
    """48 of `2026-W48`."""
    return int(week.rpartition("W")[2])


def format_week_dates(week: str, first_weekday: int) -> str:
    """`23 – 29 Nov 2026`, `30 Nov – 6 Dec 2026`, `28 Dec 2026 – 3 Jan 2027`: the days of a week."""
    dates = week_dates(week, first_weekday)
    first, last = dates[0], dates[-1]
    form = "D MMM YYYY"
    if first[:7] == last[:7]:
        form = "D"
    elif first[:4] == last[:4]:
        form = "D MMM"
    return f"{_arrow_format(first, form)} – {_arrow_format(last, 'D MMM YYYY')}"


def _with_year(text: str, date: str, today: str | None) -> str:
    return text if today and date[:4] == today[:4] else f"{text} {date[:4]}"


def _arrow_format(date: str, form: str) -> str:
    """A date by arrow's tokens (`dddd D MMMM YYYY`), in the language now spoken."""
    from arrow import Arrow

    return Arrow.fromdate(datetime.date.fromisoformat(date)).format(form, locale=language())


def format_ago(seconds: int) -> str:
    """`2 hours ago`, `24 days ago`; fr `il y a 2 heures`, `il y a 24 jours`.

    From a day on in days: from 15 days on, arrow alone would say a month. What a clock that was set back leaves in the
    future was just now.
    """
    from arrow import Arrow

    then, now = Arrow.utcfromtimestamp(0), Arrow.utcfromtimestamp(max(seconds, 0))
    return then.humanize(now, language(), granularity="day" if seconds >= DAY else "auto")


# --- Durations


def format_duration(seconds: int, style: Style = "short") -> str:
    """`1h 24m`, `24m`, `45s` (fr `1 h 24`, `5 h 02`, `24 min`); exact `1h 24m 5s`; clock `1:24:05`.

    Short leaves the seconds out from a minute on. `parse_duration` reads exact and clock back to the same seconds.
    French has spaces that no line breaks at.
    """
    if seconds < 0:
        return f"-{format_duration(-seconds, style)}"
    hours, rest = divmod(seconds, HOUR)
    minutes, left = divmod(rest, MINUTE)
    if style == "clock":
        return f"{hours}:{minutes:02}:{left:02}"
    if style == "short" and seconds >= MINUTE:
        left = 0
    french = language() == "fr"
    if french and hours and minutes and not left:
        return _("{n}h").format(n=hours) + f"\u00a0{minutes:02}"
    units = ((_("{n}h"), hours), (_("{n}m"), minutes), (_("{n}s"), left))
    parts = [form.format(n=n) for form, n in units if n] or [units[-1][0].format(n=0)]
    return ("\u00a0" if french else " ").join(parts)


def format_optional_duration(seconds: int | None) -> str:
    """`1h 24m`; `?` for a duration that is not known."""
    return "?" if seconds is None else format_duration(seconds)


def format_growing_duration(seconds: int, grows: bool = True) -> str:
    """The duration of something that still lasts and is drawn again each minute: `<1m` below a minute.

    A number of seconds would stand still. Where it does not grow, `format_duration`.
    """
    return _("<{time}").format(time=format_duration(60)) if grows and seconds < 60 else format_duration(seconds)


def format_against_budget(seconds: int | None, budget_seconds: int | None, grows: bool = False) -> str:
    """`1h 24m of 60m`, the duration alone where there is no budget; `–` for a duration that is not known."""
    text = "–" if seconds is None else format_growing_duration(seconds, grows)
    if budget_seconds is None:
        return text
    return _("{time} of {budget}").format(time=text, budget=format_duration(budget_seconds))


def whole_minutes(seconds: int) -> int:
    """The seconds of the full minutes in `seconds`, which are the part of a duration that is shown."""
    return seconds // MINUTE * MINUTE


def format_duration_difference(seconds: int, other: int | None, percent: int | None) -> str:
    """`+1h 20m (+35%)`, `−20m`, `=`: by how much the minutes shown of `seconds` are more than those of `other`.

    `percent` is the change in percent, None where none is to be written. Empty where `other` is not known.
    """
    if other is None:
        return ""
    more = whole_minutes(seconds) - whole_minutes(other)
    if not more:
        return "="
    sign = "+" if more > 0 else "−"
    text = f"{sign}{format_duration(abs(more))}"
    return text if not percent else f"{text} ({sign}{with_percent_sign(str(abs(percent)))})"
