"""Lines typed into the dialogs: what each means, and that in words to show while it is typed."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.content import Content

from tracker.calendar.durations import read_duration
from tracker.calendar.zones import say_twice
from tracker.domain.models import TrackerError
from tracker.domain.text import entered, typed
from tracker.formatting.durations import format_duration
from tracker.formatting.text import in_quotation_marks
from tracker.formatting.times import format_clock, format_long_date, format_near_date
from tracker.locale import _
from tracker.reports import presets
from tracker.services import contacts, entry_reading, queries
from tracker.tui import ink
from tracker.tui.theme import hue

if TYPE_CHECKING:
    from tracker.calendar.session_line import Entry
    from tracker.services.queries import EarlierStart
    from tracker.workspace import Workspace

#: A word, or a name of several in double quotes.
WORD = re.compile(r'@"[^"]*"|\S+')


def dotted(*parts: Content) -> Content:
    """The parts that say something, with dots between them."""
    return ink.text(" · ", "$faint").join([part for part in parts if part.cell_length])


def dated(date: str, day: str | None, workspace: Workspace) -> str:
    """The date of a record while the day `day` is shown; nothing where both are today."""
    return "" if date == workspace.today() == (day or date) else format_near_date(date, workspace.today())


def with_person(line: str, workspace: Workspace) -> str:
    r"""The line with `with Anna` and `avec Samia` written as `@"Anna"`."""
    from tracker.calendar.names import with_person

    channels, activities, aliases = queries.vocabulary(workspace)
    return with_person(line, {*channels, *activities, *aliases}, partial(contacts.is_known, workspace))


def read_start(line: str, channel: str, usual: EarlierStart, workspace: Workspace) -> tuple[dict[str, Any], Content]:
    """`create 25m carousel` → activity, plan, intention; what is left out is as in `usual`, `-` is no plan.

    An intention is its own words or nothing; an empty line is `usual` as it stands.
    """
    activities = {activity.name for activity in queries.activities(workspace)}
    found: dict[str, Any] = {"activity": usual.activity, "planned_seconds": usual.planned_seconds}
    rest: list[str] = []
    activity_said = plan_said = False
    from tracker.services import entry_reading

    said = WORD.findall(entry_reading.with_person(workspace, line))
    while said:
        word = said[0]
        seconds, many = (None, 1) if plan_said else _leading_length(said)
        if not activity_said and word.casefold() in activities and not rest:
            found["activity"], activity_said = word.casefold(), True
        elif not plan_said and (seconds or word == "-"):
            found["planned_seconds"], plan_said = seconds, True
        elif word.startswith("@") and word.strip('@"'):
            found["person"] = contacts.known_spelling(workspace, word)
        else:
            rest.append(word)
        del said[:many]
    found["intention"] = _intention(" ".join(rest), workspace) or (None if line.strip() else usual.intention)
    seconds = found["planned_seconds"]
    plan = _("plan {time}").format(time=format_duration(seconds)) if seconds else _("no plan")
    return found, dotted(
        ink.text(queries.title(workspace, channel), f"bold {hue(channel)}"),
        ink.text(found["activity"] or _("no activity")),
        ink.text(plan),
        ink.text(f"@{found['person']}" if found.get("person") else ""),
        ink.text(in_quotation_marks(found["intention"]) if found["intention"] else "", "italic"),
    )


def _leading_length(words: list[str]) -> tuple[int | None, int]:
    """The length that the words begin with (`25m`, `half an hour`), or None; and how many words were read.

    `9h30` and `14:00` are no plans: they may be times of day.
    """
    from tracker.calendar.spans import LONGEST_AMBIGUOUS, is_clock_like

    for many in range(min(len(words), 6), 0, -1):
        text = " ".join(words[:many]).casefold()
        alone = words[many - 1].isdigit() and words[many - 2 : many - 1] != ["h"]
        seconds = None if alone else read_duration(text)
        if seconds and ":" not in text and not (seconds > LONGEST_AMBIGUOUS and is_clock_like(text)):
            return seconds, many
    return None, 1


def _intention(text: str, workspace: Workspace) -> str | None:
    """The words that are left, as they are kept. TrackerError where they look like a time: it begins now."""
    from tracker.calendar.session_line import parse_note

    instead = _("a start is now, and its plan a length: 25m")
    return entered(
        "intention",
        text and parse_note(text, instead, workspace.now(), workspace.zone, workspace.settings.day_starts_at),
    )


def complete_start(line: str, workspace: Workspace) -> list[str]:
    """The activities that the first word could be."""
    names = [activity.name for activity in queries.activities(workspace)]
    return [name for name in names if line and " " not in line and name.startswith(line.casefold())]


def read_entry(
    line: str, workspace: Workspace, day: str | None, default: tuple[int, int] | None = None
) -> tuple[Entry, Content]:
    """A session in one line, by the same rules as `tracker log`; `default` is its span where it names none."""
    from tracker.calendar.session_line import parse_entry

    channels, activities, aliases = queries.vocabulary(workspace)
    starts_at = workspace.settings.day_starts_at
    line = with_person(line, workspace)
    entry = parse_entry(line, channels, activities, aliases, workspace.now(), workspace.zone, starts_at, day, default)
    entry = entry._replace(
        person=entry.person and contacts.known_spelling(workspace, entry.person),
        trigger=presets.read_trigger(typed("trigger", entry.trigger)),
    )
    date = workspace.day_of(entry.start)
    span = f"{format_clock(entry.start, workspace.zone)}–{format_clock(entry.end, workspace.zone)}"
    told, near = entry.intention or entry.note, entry_reading.meant_activity(workspace, entry)
    twice = [said for at in (entry.start, entry.end) if (said := say_twice(workspace.zone, at))]
    return entry, dotted(
        ink.text(queries.title(workspace, entry.channel), f"bold {hue(entry.channel)}"),
        ink.text(entry.activity or ""),
        ink.text(dated(date, day, workspace)),
        ink.row(ink.text(span, "bold"), ink.text(f" {format_duration(entry.end - entry.start)}")),
        ink.text(f"@{entry.person}" if entry.person else ""),
        ink.text(_(entry.ring) if entry.ring else ""),
        ink.text(in_quotation_marks(told) if told else "", "italic"),
        ink.text(_("a note; did you mean {near}?").format(near=near) if near else "", "$flag"),
        ink.text(_("; ").join(twice), "$flag"),
    )


def read_entries(line: str, workspace: Workspace, day: str | None, most: int) -> tuple[list[Entry], Content]:
    """A session for each of the lines that were pasted, with a row of words for each; `most` rows are there for them.

    TrackerError names every line that cannot be read.
    """
    from tracker.calendar.session_line import lines_of, read_each

    lines = lines_of(line)
    if len(lines) > most:
        raise TrackerError(
            _("{n} lines are more than can be shown here; paste {most} at most").format(n=len(lines), most=most)
        )
    found = read_each(lines, lambda one: read_entry(one, workspace, day))
    return [entry for entry, _says in found], Content("\n").join([says for _entry, says in found])


def complete_entry(line: str, workspace: Workspace) -> list[str]:
    """Whole lines this one could become."""
    from tracker.calendar.session_line import complete_entry

    channels = [channel.name for channel in queries.offered(workspace)]
    channels += [channel.name for channel in queries.channels(workspace) if channel.name not in channels]
    return complete_entry(
        line, channels, [one.name for one in queries.activities(workspace)], contacts.names_of_people(workspace)
    )


def as_typed(line: str, field: str) -> Content:
    """What stands for itself, as a text of that field of LIMITS. Raises TrackerError where it is too long."""
    entered(field, line)
    return ink.text(in_quotation_marks(line.strip()) if line.strip() else _("nothing"), "italic")


def read_date(line: str, workspace: Workspace) -> tuple[str, Content]:
    """A day that is past, or today."""
    from tracker.calendar.moments import parse_date

    if not line.strip():
        raise TrackerError(_("which day?"))
    date = parse_date(line, workspace.now(), workspace.zone, workspace.settings.day_starts_at)
    if date > workspace.today():
        raise TrackerError(_("that day is still to come"))
    return date, ink.text(format_long_date(date))


def read_time_of(date: str, line: str, workspace: Workspace, likely: int | None = None) -> tuple[int, Content]:
    """A time on an earlier day; an empty line is `likely`. TrackerError where it is none, or on another day."""
    from tracker.calendar.moments import parse_time

    if not line.strip() and likely is None:
        raise TrackerError(_("at what time? such as 14:05"))
    at = likely
    if line.strip() or at is None:
        at = parse_time(line, workspace.now(), workspace.zone, workspace.settings.day_starts_at, date)
    said, meant = workspace.day_of(at), format_near_date(date, workspace.today())
    if said != date:
        raise TrackerError(_("that is not on {date}").format(date=meant))
    return at, ink.text(f"{meant} {format_clock(at, workspace.zone)}")


def read_split(line: str, id: int, workspace: Workspace) -> tuple[int, Content]:
    """A time inside the session; nothing typed is its middle."""
    from tracker.calendar.moments import parse_time

    session = queries.session(workspace, id)
    end = session.end if session.end is not None else workspace.now()
    day = workspace.day_of(session.start)
    middle = (session.start + end) // 2
    at = middle
    if line.strip():
        at = parse_time(line, workspace.now(), session.zone, workspace.settings.day_starts_at, day, session.start)
    if not session.start < at < end:
        raise TrackerError(
            _("between {start} and {end}").format(
                start=format_clock(session.start, session.zone), end=format_clock(end, session.zone)
            )
        )
    return at, ink.text(f"{format_duration(at - session.start)} + {format_duration(end - at)}")
