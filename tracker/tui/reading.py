"""Lines typed into the dialogs: what each means, and that in words to show while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.calendar.durations import read_duration, say_duration
from tracker.locale import _
from tracker.model import TrackerError
from tracker.tui import ink, words
from tracker.tui.theme import hue

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.calendar.entry import Entry
    from tracker.tui.desk import Desk, Usual

#: How long a talk was, where nothing is said.
TALK_LASTS = 15 * 60


def _dotted(*parts: Content) -> Content:
    return ink.text(" · ", "$faint").join([part for part in parts if part.cell_length])


def read_start(line: str, channel: str, usual: Usual, desk: Desk) -> tuple[dict[str, Any], Content]:
    """`create 25m carousel` → activity, plan, intention; what is left out is as in `usual`, `-` is no plan.

    An intention is its own words or nothing; an empty line is `usual` as it stands.
    """
    activities = {activity.name for activity in desk.activities()}
    found: dict[str, Any] = {"activity": usual.activity, "planned": usual.planned_seconds}
    rest: list[str] = []
    activity_said = plan_said = False
    for word in line.split():
        seconds = None if word.isdigit() else read_duration(word.casefold())
        if not activity_said and word.casefold() in activities and not rest:
            found["activity"], activity_said = word.casefold(), True
        elif not plan_said and (seconds or word == "-"):
            found["planned"], plan_said = seconds, True
        elif word.startswith("@") and len(word) > 1:
            found["person"] = word[1:]
        else:
            rest.append(word)
    found["intention"] = " ".join(rest) or (None if line.strip() else usual.intention)
    plan = _("plan {time}").format(time=say_duration(found["planned"])) if found["planned"] else _("no plan")
    return found, _dotted(
        ink.text(desk.title(channel), f"bold {hue(channel)}"),
        ink.text(found["activity"] or _("no activity")),
        ink.text(plan),
        ink.text(f"@{found['person']}" if found.get("person") else ""),
        ink.text(f"“{found['intention']}”" if found["intention"] else "", "italic"),
    )


def complete_start(line: str, desk: Desk) -> list[str]:
    """The activities that the first word could be."""
    names = [activity.name for activity in desk.activities()]
    return [name for name in names if line and " " not in line and name.startswith(line.casefold())]


def read_entry(line: str, desk: Desk, day: str | None) -> tuple[Entry, Content]:
    """A session in one line, by the same rules as `tracker log`."""
    from tracker.calendar.entry import parse_entry

    channels, activities, aliases = desk.vocabulary()
    entry = parse_entry(line, channels, activities, aliases, desk.now(), desk.zone, desk.settings.day_starts_at, day)
    date = desk.day_of(entry.start)
    span = f"{words.clock(entry.start, desk.zone)}–{words.clock(entry.end, desk.zone)}"
    told = entry.intention or entry.note
    return entry, _dotted(
        ink.text(desk.title(entry.channel), f"bold {hue(entry.channel)}"),
        ink.text(entry.activity or ""),
        ink.text(words.short_date(date) if date != desk.today() else ""),
        ink.row(ink.text(span, "bold"), ink.text(f" {say_duration(entry.end - entry.start)}")),
        ink.text(f"@{entry.person}" if entry.person else ""),
        ink.text(_(words.RINGS[entry.ring]) if entry.ring else ""),
        ink.text(f"“{told}”" if told else "", "italic"),
    )


def complete_entry(line: str, desk: Desk) -> list[str]:
    """Whole lines this one could become."""
    from tracker.calendar.entry import complete_entry

    channels = [channel.name for channel in desk.offered()]
    channels += [channel.name for channel in desk.channels() if channel.name not in channels]
    return complete_entry(line, channels, [one.name for one in desk.activities()], desk.people())


def read_outcome(line: str, kind: str, desk: Desk) -> tuple[dict[str, Any], Content]:
    """`linkedin 480 @samia carousel` → channel, amount, person, note; each may be left out."""
    channels, _activities, aliases = desk.vocabulary()
    found: dict[str, Any] = {"channel": None, "amount": None, "person": None}
    rest: list[str] = []
    for word in line.split():
        name = {**aliases, **channels}.get(word.casefold())
        amount = _amount(word)
        if word.startswith("@") and len(word) > 1:
            found["person"] = word[1:]
        elif name and not found["channel"] and (not rest or rest[-1] == "via"):
            found["channel"] = name
            rest = rest[:-1]
        elif amount is not None and found["amount"] is None:
            found["amount"] = amount
        elif word not in ("€", "$", "£"):
            rest.append(word)
    if kind == "income" and found["amount"] is None:
        raise TrackerError(_("how much? as in: 480 via linkedin @samia"))
    found["note"] = " ".join(rest) or None
    via = found["channel"]
    return found, _dotted(
        ink.text(_(words.OUTCOMES[kind]), "bold $good"),
        ink.text(words.amount(found["amount"], desk.settings.currency), "bold"),
        ink.row(ink.text(_("via ")), ink.text(desk.title(via), hue(via)))
        if via
        else ink.text(_("via the last touch"), "$faint"),
        ink.text(f"@{found['person']}" if found["person"] else ""),
        ink.text(found["note"] or "", "italic"),
    )


def _amount(word: str) -> int | None:
    """Cents of `480`, `480€`, `1200.50`, `12,5`."""
    digits = word.strip("€$£").replace(",", ".")
    whole, _point, cents = digits.partition(".")
    if not whole.isdecimal() or not (cents.isdecimal() or not cents) or len(cents) > 2 or len(whole) > 9:
        return None
    return int(whole) * 100 + int(cents.ljust(2, "0") or 0)


def read_contact(line: str, channel: str, desk: Desk) -> tuple[dict[str, Any], Content]:
    """`@samia street 20m about masks` → person, ring, seconds, note; a first word that is nothing else is who."""
    from tracker.calendar.words import RING_WORDS, plain

    found: dict[str, Any] = {"person": None, "ring": None, "seconds": None}
    rest: list[str] = []
    for word in line.split():
        ring = RING_WORDS.get(plain(word))
        seconds = read_duration(word.casefold()) if not word.isdigit() else None
        if word.startswith("@") and len(word) > 1:
            found["person"] = word[1:]
        elif ring and not found["ring"] and not rest:
            found["ring"] = ring
        elif seconds and not found["seconds"]:
            found["seconds"] = seconds
        elif not found["person"] and not rest:
            found["person"] = word
        else:
            rest.append(word)
    found["note"] = " ".join(rest) or None
    found["seconds"] = found["seconds"] or TALK_LASTS
    now = desk.now()
    span = f"{words.clock(now - found['seconds'], desk.zone)}–{words.clock(now, desk.zone)}"
    return found, _dotted(
        ink.text(desk.title(channel), f"bold {hue(channel)}"),
        ink.text(f"@{found['person']}" if found["person"] else _("someone")),
        ink.text(_(words.RINGS[found["ring"]]) if found["ring"] else ""),
        ink.text(f"{span} {say_duration(found['seconds'])}"),
        ink.text(found["note"] or "", "italic"),
    )


def as_typed(line: str) -> Content:
    """What stands for itself."""
    return ink.text(f"“{line.strip()}”" if line.strip() else _("nothing"), "italic")


def read_split(line: str, id: int, desk: Desk) -> tuple[int, Content]:
    """A time inside the session."""
    from tracker.calendar.moments import parse_time

    session = desk.session(id)
    end = session.end if session.end is not None else desk.now()
    day = desk.day_of(session.start)
    at = parse_time(line, desk.now(), session.zone, desk.settings.day_starts_at, day, session.start)
    if not session.start < at < end:
        raise TrackerError(
            _("between {start} and {end}").format(
                start=words.clock(session.start, session.zone), end=words.clock(end, session.zone)
            )
        )
    return at, ink.text(f"{say_duration(at - session.start)} + {say_duration(end - at)}")
