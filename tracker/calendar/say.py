"""Dates, spans, moments and money in the reader's language: arrow and Babel, imported when they are used.

`language` is an ISO 639 code (`en`, `fr`); None means the one now spoken.
"""

from __future__ import annotations

from tracker.calendar.days import Wall
from tracker.calendar.weeks import week_dates
from tracker.locale import language as spoken


def say_date(date: str, language: str | None = None) -> str:
    """`Mon 23 Nov`, `lun 23 nov`: a date of which the year is plain."""
    return _format(date, "ddd D MMM", language)


def say_near_date(date: str, today: str | None, language: str | None = None) -> str:
    """`Mon 23 Nov`; `Mon 23 Nov 2020` where that is not this year, or where nobody knows which year this is."""
    return _format(date, "ddd D MMM" if today and date[:4] == today[:4] else "ddd D MMM YYYY", language)


def say_long_date(date: str, language: str | None = None) -> str:
    """`Monday 23 November 2026`, `lundi 23 novembre 2026`."""
    return _format(date, "dddd D MMMM YYYY", language)


def say_weekday(date: str, language: str | None = None) -> str:
    """`Sunday`, `dimanche`."""
    return _format(date, "dddd", language)


def say_clock(instant: int, zone: str) -> str:
    """`15:12`, by the wall clock of `zone`. Needs no arrow: the daily commands say times too."""
    hours, minutes = divmod(Wall.of(zone).second_of_day(instant) // 60, 60)
    return f"{hours:02}:{minutes:02}"


def say_week_span(week: str, first_weekday: int, language: str | None = None) -> str:
    """`23 – 29 Nov 2026`, `30 Nov – 6 Dec 2026`, `28 Dec 2026 – 3 Jan 2027`."""
    dates = week_dates(week, first_weekday)
    first, last = dates[0], dates[-1]
    form = "D" if first[:7] == last[:7] else "D MMM" if first[:4] == last[:4] else "D MMM YYYY"
    return f"{_format(first, form, language)} – {_format(last, 'D MMM YYYY', language)}"


def say_money(hundredths: int, currency: str, language: str | None = None) -> str:
    """`€480`, `£1,200.50`; `480 €`, `1 200,50 £GB`: an amount as people write it, everywhere and to the cent.

    As Babel writes it, but for the decimals of whole amounts, which are left out. Its spaces do not break.
    """
    from tracker.calendar.money import sign

    language = language or spoken()
    beside, (whole, part) = sign(currency, language), divmod(abs(hundredths), 100)
    minus = "−" if hundredths < 0 else ""
    if language == "fr":
        digits = f"{whole:,}".replace(",", "\u202f") + (f",{part:02}" if part else "")
        return f"{minus}{digits}\u00a0{beside}"
    gap = "\u00a0" if beside[-1:].isalpha() else ""
    return f"{minus}{beside}{gap}{whole:,}" + (f".{part:02}" if part else "")


def _format(date: str, form: str, language: str | None) -> str:
    from arrow import Arrow

    year, month, day = map(int, date.split("-"))
    return Arrow(year, month, day).format(form, locale=language or spoken())
