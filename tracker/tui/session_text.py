"""Sessions as text, both ways: how the screens write them, and what a typed line or field of one means.

The functions `read_…` return the value and its meaning in words, to be shown. They raise TrackerError where the input
means nothing; its message is what the dialog shows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from textual.content import Content

from tracker.calendar.clock import say_twice
from tracker.calendar.durations import parse_plan, read_duration
from tracker.domain.errors import TrackerError
from tracker.domain.models import DAY, HOUR, Session
from tracker.domain.text import clean, entered, typed
from tracker.formatting import times
from tracker.formatting.text import PURPOSE_TITLES, activity_word, channel_word, in_quotation_marks
from tracker.locale import _
from tracker.reports import record_wording
from tracker.services import noted_records, queries
from tracker.tui import layout
from tracker.tui.theme import hue

if TYPE_CHECKING:
    from tracker.calendar.session_line import Entry
    from tracker.reports.day import Day
    from tracker.services.queries import EarlierStart
    from tracker.workspace import Workspace


#: The fields whose stored words are English, and how each is said.
SAID = {"channel": channel_word, "activity": activity_word, "ring": _, "trigger": record_wording.say_trigger}

#: A word, or a name of several in double quotes.
WORD = re.compile(r'@"[^"]*"|\S+')


def date_unless_today(date: str, day: str | None, workspace: Workspace) -> str:
    """The date of a record while the day `day` is shown; nothing where both are today."""
    return "" if date == workspace.today() == (day or date) else workspace.near_date(date)


def read_start(line: str, channel: str, usual: EarlierStart, workspace: Workspace) -> tuple[dict[str, Any], Content]:
    """`create 25m carousel` → activity, plan, intention; what is left out is as in `usual`, `-` is no plan.

    The intention is the rest of the line or nothing; an empty line is `usual` unchanged.
    """
    from tracker.services import session_editing

    activities = queries.vocabulary(workspace)[1]
    fields: dict[str, Any] = {"activity": usual.activity, "planned_seconds": usual.planned_seconds}
    rest: list[str] = []
    has_activity = has_plan = False
    words = WORD.findall(session_editing.with_person(workspace, line))
    while words:
        word = words[0]
        seconds, count = (None, 1) if has_plan else _leading_length(words)
        if not has_activity and word.casefold() in activities and not rest:
            fields["activity"], has_activity = activities[word.casefold()], True
        elif not has_plan and (seconds or word == "-"):
            fields["planned_seconds"], has_plan = seconds, True
        elif word.startswith("@") and word.strip('@"'):
            fields["person"] = noted_records.known_spelling(workspace, word)
        else:
            rest.append(word)
        del words[:count]
    note = read_note(" ".join(rest), _("a session starts now; give its plan as a length: 25m"), workspace)
    fields["intention"] = entered("intention", note) or (None if line.strip() else usual.intention)
    planned = fields["planned_seconds"]
    plan = _("plan {time}").format(time=times.format_duration(planned)) if planned else _("no plan")
    title, activity = queries.title(workspace, channel), activity_word(fields["activity"]) or _("no activity")
    who, said = say_who(fields.get("person")), say_words(fields["intention"])
    return fields, layout.join_with_dots((title, f"bold {hue(channel)}"), activity, plan, who, said)


def say_who(person: str | None) -> str:
    """`@Samia`; nothing for nobody."""
    return f"@{person}" if person else ""


def say_words(words: str | None) -> tuple[str, str]:
    """What the user wrote, in quotation marks and italics; nothing for nothing."""
    return in_quotation_marks(words) if words else "", "italic"


def read_note(text: str, instead: str, workspace: Workspace) -> str:
    """The words that are left of a line, as they are kept.

    TrackerError, with `instead` as advice, for words that look like a time, which that line has no field for.
    """
    from tracker.calendar.session_line import parse_note

    return text and parse_note(text, instead, workspace.now(), workspace.zone, workspace.settings.day_starts_at)


def _leading_length(words: list[str]) -> tuple[int | None, int]:
    """The length that the words begin with (`25m`, `half an hour`), or None; and how many words were read.

    `9h30` and `14:00` are no plans: they may be times of day.
    """
    from tracker.calendar.spans import LONGEST_AMBIGUOUS, is_clock_like

    for count in range(min(len(words), 6), 0, -1):
        text = " ".join(words[:count]).casefold()
        alone = words[count - 1].isdigit() and words[count - 2 : count - 1] != ["h"]
        seconds = None if alone else read_duration(text)
        if seconds and ":" not in text and not (seconds > LONGEST_AMBIGUOUS and is_clock_like(text)):
            return seconds, count
    return None, 1


def complete_start(line: str, workspace: Workspace) -> list[str]:
    """The activities that the first word could be."""
    names = [activity_word(activity.name) for activity in queries.activities(workspace)]
    return [name for name in names if line and " " not in line and name.startswith(line.casefold())]


def read_entry(
    line: str, workspace: Workspace, day: str | None, default: tuple[int, int] | None = None
) -> tuple[Entry, Content]:
    """A session in one line, by the same rules as `tracker log`; `default` is its span where it names none."""
    from tracker.services import session_editing

    entry = session_editing.read_entry(workspace, line, day, default)
    date = workspace.day_of(entry.start)
    span = f"{times.format_clock(entry.start, workspace.zone)}–{times.format_clock(entry.end, workspace.zone)}"
    words, near = entry.intention or entry.note, session_editing.meant_activity(workspace, entry)
    title, activity = queries.title(workspace, entry.channel), activity_word(entry.activity)
    time = layout.row((span, "bold"), f" {times.format_duration(entry.end - entry.start)}")
    details = say_who(entry.person), _(entry.ring) if entry.ring else "", say_words(words)
    doubt = _("a note; did you mean {near}?").format(near=near) if near else ""
    ambiguous = _("; ").join(filter(None, (say_twice(workspace.zone, at) for at in (entry.start, entry.end))))
    what = (title, f"bold {hue(entry.channel)}"), activity, date_unless_today(date, day, workspace), time
    return entry, layout.join_with_dots(*what, *details, (doubt, "$flag"), (ambiguous, "$flag"))


def read_entries(line: str, workspace: Workspace, day: str | None, most: int) -> tuple[list[Entry], Content]:
    """A session for each of the pasted lines, of which at most `most` can be shown; a row of words for each.

    TrackerError names every line that cannot be read.
    """
    from tracker.calendar.session_line import lines_of, read_each

    lines = lines_of(line)
    if len(lines) > most:
        raise TrackerError(_("{n} lines are too many; paste at most {most}").format(n=len(lines), most=most))
    entries = read_each(lines, lambda text: read_entry(text, workspace, day))
    return [entry for entry, _meaning in entries], Content("\n").join([meaning for _entry, meaning in entries])


def complete_entry(line: str, workspace: Workspace) -> list[str]:
    """Whole lines that this one could become."""
    from tracker.calendar.session_line import complete_entry

    offered = [*queries.offered(workspace), *queries.channels(workspace)]
    channels = list(dict.fromkeys(channel_word(channel.name) for channel in offered))
    activities = [activity_word(activity.name) for activity in queries.activities(workspace)]
    return complete_entry(line, channels, activities, noted_records.names_of_people(workspace))


def quoted_input(line: str, field: str) -> Content:
    """A text of that field of LIMITS, in quotation marks. TrackerError where it is too long."""
    entered(field, line)
    return layout.text(in_quotation_marks(line.strip()) if line.strip() else _("nothing"), "italic")


def read_task(line: str) -> tuple[str, Content]:
    """The important task of a day; an empty line names none."""
    return line.strip(), quoted_input(line, "task")


def read_date(line: str, workspace: Workspace) -> tuple[str, Content]:
    """A day that is past, or today."""
    from tracker.calendar.moments import parse_date

    if not line.strip():
        raise TrackerError(_("type a day"))
    date = parse_date(line, workspace.now(), workspace.zone, workspace.settings.day_starts_at)
    if date > workspace.today():
        raise TrackerError(_("that day is in the future"))
    return date, layout.text(times.format_long_date(date))


def parse_time(line: str, workspace: Workspace, zone: str, date: str, after: int | None = None) -> int:
    """The instant that a line means on the day `date` by the clock of `zone`; `after`: of an end, the start."""
    from tracker.calendar import moments

    return moments.parse_time(line, workspace.now(), zone, workspace.settings.day_starts_at, date, after)


def read_time_of(date: str, line: str, workspace: Workspace, likely: int | None = None) -> tuple[int, Content]:
    """A time on an earlier day; an empty line is `likely`. TrackerError where it is none, or on another day."""
    if line.strip():
        at = parse_time(line, workspace, workspace.zone, date)
    elif likely is not None:
        at = likely
    else:
        raise TrackerError(_("type a time, such as 14:05"))
    near_date = workspace.near_date(date)
    if workspace.day_of(at) != date:
        raise TrackerError(_("that time is not on {date}").format(date=near_date))
    return at, layout.text(f"{near_date} {times.format_clock(at, workspace.zone)}")


def read_split(line: str, id: int, workspace: Workspace) -> tuple[int, Content]:
    """A time inside the session; nothing typed is its middle."""
    session = queries.session(workspace, id)
    end = session.start + session.duration(workspace.now())
    at = (session.start + end) // 2
    if line.strip():
        at = parse_time(line, workspace, session.zone, workspace.day_of(session.start), session.start)
    if not session.start < at < end:
        first, last = times.format_clock(session.start, session.zone), times.format_clock(end, session.zone)
        raise TrackerError(_("type a time between {start} and {end}").format(start=first, end=last))
    return at, layout.text(f"{times.format_duration(at - session.start)} + {times.format_duration(end - at)}")


def field_text(name: str, session: Session, workspace: Workspace) -> str:
    """The text of a field for its input."""
    value = getattr(session, name)
    if value is None:
        return ""
    if name == "channel":
        title = queries.title(workspace, value)  # which may also be the name of another channel
        return clean(title if queries.find_channel(workspace, title).name == value else value)
    if name in ("start", "end"):
        return times.format_clock(value, session.zone)
    if name in SAID:
        return SAID[name](clean(str(value)))
    return times.format_duration(value) if name == "planned_seconds" else clean(str(value))


def read_field(name: str, line: str, session: Session, workspace: Workspace) -> tuple[Any, str]:
    """The value that a line means for a field of a session, and that in words."""
    line = line.strip()
    if name in ("start", "end"):
        return _read_time(name, line, session, workspace)
    if name == "channel":
        channel = queries.find_channel(workspace, line)
        return channel.name, channel.title
    if not line:
        return None, _("nothing")
    if name == "activity":
        activity = queries.find_activity(workspace, line)
        purpose = _(PURPOSE_TITLES[activity.purpose]).lower()
        says = _("{activity} (to {purpose})").format(activity=activity_word(activity.name), purpose=purpose)
        return activity.name, says
    if name == "planned_seconds":
        seconds = parse_plan(line)
        if not seconds:
            raise TrackerError(_("a plan must be longer than zero"))
        return seconds, times.format_duration(seconds)
    if name == "ring":
        ring = queries.find_ring(line)
        return ring, _(ring)
    if name == "person":
        line = noted_records.known_spelling(workspace, line) or ""
    if name == "trigger":
        line = record_wording.read_trigger(line) or ""
    value = typed(name, line)
    said = record_wording.say_trigger(value) if value and name == "trigger" else value
    return value, said or _("nothing")


def _read_time(name: str, line: str, session: Session, workspace: Workspace) -> tuple[int | None, str]:
    if not line and name == "end" and session.end is None:
        return None, _("still running")
    after = session.start if name == "end" else None
    at = parse_time(line, workspace, session.zone, workspace.day_of(session.start), after)
    if name == "end" and at < session.start:
        raise TrackerError(_("that is before its start"))
    return at, f"{workspace.near_date(workspace.day_of(at))} {times.format_clock(at, session.zone)}"


def session_times(session: Session) -> str:
    """`14:00–14:25`: when a session began and ended, by the clocks where it was recorded."""
    return times.format_clock_range(session.start, session.end, session.zone)


def session_label(session: Session, title: str) -> str:
    """`LinkedIn 14:00–14:25`, `Instagram 14:02` for a check; `title` is the channel's."""
    if session.source == "check":
        return f"{title} {times.format_clock(session.start, session.zone)}"
    return f"{title} {session_times(session)}"


def session_summary(session: Session) -> str:
    """Intention or note, person, trigger, and why it was begun over budget; empty where nothing is known."""
    note = record_wording.say_check_note(session.note) if session.note and session.source == "check" else session.note
    purpose = " ".join(filter(None, (session.intention or note, f"@{session.person}" if session.person else "")))
    return " · ".join(filter(None, (purpose, session_reasons(session))))


def session_reasons(session: Session) -> str:
    """`because: bored · ▲ deadline`: what set a session off, and why it was begun over budget."""
    trigger = record_wording.say_trigger(session.trigger) if session.trigger else ""
    because = _("because: {trigger}").format(trigger=trigger) if trigger else ""
    return " · ".join(filter(None, (because, f"▲ {session.override}" if session.override else "")))


def social_time(day: Day) -> str:
    """`1h 24m of 60m`: the day's social time, with its budget where it has one; `–` for what is not known."""
    return times.format_against_budget(day.seconds if day.logged else None, day.budget_seconds, day.grows)


def ago(seconds: int) -> str:
    """`12m ago`, `3h ago`, `5d ago`; `<1m ago` too of what a clock that was set back leaves in the future."""
    seconds = max(seconds, 0)
    if seconds >= DAY:
        return _("{n}d ago").format(n=seconds // DAY)
    time = times.format_growing_duration(seconds - seconds % HOUR if seconds >= HOUR else seconds)
    return _("{time} ago").format(time=time)


def usual_words(usual: EarlierStart) -> str:
    """`create · 25m`: what enter would start."""
    plan = times.format_duration(usual.planned_seconds) if usual.planned_seconds else ""
    return " · ".join(part for part in (activity_word(usual.activity), plan) if part)
