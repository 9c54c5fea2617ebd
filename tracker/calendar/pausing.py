"""Until when a pause lasts, as people say it: `2h`, `until 18:00`, `until evening`, `jusqu'à demain 9h`."""

from __future__ import annotations

from tracker.calendar.durations import read_duration
from tracker.calendar.moments import parse_until
from tracker.calendar.spans import LONGEST_WEAK, is_clock_like, time_or_length
from tracker.calendar.viewpoint import Viewpoint
from tracker.calendar.words import plain
from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.locale import _

#: Seconds after midnight at which the evening begins: work is done.
EVENING = 18 * 3600

_UNTIL = ("until ", "till ", "jusqu'au ", "jusqu'a ", "jusque ")
_FOR = ("for ", "pendant ", "durant ")
_EVENING = ("evening", "the evening", "this evening", "soir", "le soir", "ce soir")
_TOMORROW = ("tomorrow", "demain")


def parse_pause(text: str, now: int, zone: str, starts_at: int) -> int:
    """The instant at which the pause that `text` declares ends; it begins now.

    A length (`2h`, `for 1h30`, a lone number is minutes) or a time to come with or without `until` (`18:00`, `tomorrow
    9:00`). `evening` is the next 18:00, `tomorrow` alone the moment the next day begins. What has a colon is a time,
    never a length: nobody says 18:00 for eighteen hours. TrackerError for anything else.
    """
    said = plain(text)
    begun = next((word for word in _UNTIL if said.startswith(word)), "")
    rest = said.removeprefix(begun).strip()
    if not rest:
        raise TrackerError(_("how long, or until when? 2h, 45m, until 18:00"))
    view = Viewpoint(now, zone, starts_at)
    if rest in _EVENING:
        return view.next_showing(EVENING, after=now)
    if rest in _TOMORROW:
        return view.next_showing(starts_at, after=now)
    lasting = next((word for word in _FOR if rest.startswith(word)), "")
    rest = rest.removeprefix(lasting)
    seconds = None if begun or (":" in rest and not lasting) else read_duration(rest)
    if seconds is not None and not lasting and seconds > LONGEST_WEAK and is_clock_like(rest):
        raise time_or_length(rest)
    if seconds is not None:
        return now + seconds
    try:
        return parse_until(rest, now, zone, starts_at)
    except TrackerError:
        if begun:
            raise
        raise TrackerError(_("no pause: “{text}”; say 2h, 45m or until 18:00").format(text=quoted(text))) from None
