"""Input parsing of results: what lines typed for an outcome, a talk or a person mean, and that in words.

The functions `read_…` raise TrackerError where the line means nothing; its message is what the dialog shows.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from tracker.domain.errors import TrackerError
from tracker.domain.models import RINGS, Talk
from tracker.domain.text import entered
from tracker.formatting.money import format_money, take_money
from tracker.formatting.text import format_talk_count, in_quotation_marks
from tracker.formatting.times import format_clock, format_duration, format_near_date
from tracker.locale import _
from tracker.reports.record_wording import last_touch_limits, say_counted
from tracker.services import contacts, noted_records, queries
from tracker.tui import layout
from tracker.tui.descriptions import ago
from tracker.tui.session_input import WORD, date_unless_today, join_with_dots, read_note
from tracker.tui.theme import hue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from tracker.domain.models import Person, Touch
    from tracker.workspace import Workspace

#: The default length of a talk, and the least, in seconds.
TALK_LASTS, TALK_LEAST = 15 * 60, 60


def read_outcome(line: str, kind: str, workspace: Workspace, at: int | None = None) -> tuple[dict[str, Any], Content]:
    """`linkedin £480 @samia carousel` → channel, amount, currency, person, note; each may be left out.

    `at` is when the result came (UTC seconds), by default now: the last touch before it is shown. A channel's letter
    stands for it in front of all else, if no note follows: `a friend` is a note.
    """
    from tracker.services.entry_reading import with_person

    money, words = take_money(WORD.findall(with_person(workspace, line)), workspace.settings.currency)
    amount, currency = money or (None, None)
    channels, _activities, aliases = queries.vocabulary(workspace)
    channel = person = None
    rest: list[str] = []
    for word in words:
        name = {**aliases, **channels}.get(word.casefold())
        if word.startswith("@") and word.strip('@"'):
            person = contacts.known_spelling(workspace, word)
        elif name and not channel and (not rest or rest[-1] == "via"):
            channel = name
            rest[-1:] = []
        else:
            rest.append(word)
    letters = queries.by_letter(workspace)
    if len(rest) == 1 and not channel and line.split()[0] == rest[0] and rest[0] in letters:
        channel = letters[rest.pop()].name
    if kind == "income" and amount is None:
        raise TrackerError(_("type an amount, such as: 480 via linkedin @samia"))
    note = entered("note", read_note(" ".join(rest), _("a result is saved on the day shown"), workspace) or None)
    fields = {"channel": channel, "amount": amount, "currency": currency, "person": person, "note": note}
    return fields, join_with_dots(
        layout.text(_(kind), "bold $good"),
        layout.text(format_money(*money) if money else "", "bold"),
        layout.text(say_counted(kind, currency, workspace.settings.currency), "$faint"),
        _attributed(channel, person, workspace, at),
        layout.text(f"@{person}" if person else ""),
        layout.text(note or "", "italic"),
    )


def _attributed(channel: str | None, person: str | None, workspace: Workspace, at: int | None) -> Content:
    """`via LinkedIn, where you were 20m ago (limit 24h)`: the channel of an outcome, and why it is that one."""
    if channel:
        return _via(channel, "", workspace)
    touch = noted_records.last_touch(workspace, person, at)
    if touch is None:
        message = _("no channel: no session in the last {day}")
        if person:
            message = _("no channel: no session with {who} in {days}, and none in the last {day}")
        return layout.text(message.format(who=person, **last_touch_limits()), "$faint")
    gone = touch.gone(workspace.now() if at is None else at)
    if gone:
        ground = _(" (last session with {who}: {ago})") if touch.person else _(" (last visited {ago})")
    else:
        ground = _touch_at_once(touch, workspace.now(), at)
    return _via(touch.channel, ground.format(who=touch.person, ago=ago(gone), **last_touch_limits()), workspace)


def _touch_at_once(touch: Touch, now: int, at: int | None) -> str:
    """The words on a touch without time between it and the result; a check ends after the instant it was logged at."""
    if touch.end is None and at is None:
        return _(" (with {who}, now)") if touch.person else _(" (you are there now)")
    if at is not None:
        return _(" (with {who} at that time)") if touch.person else _(" (you were there at that time)")
    if touch.person:
        return _(" (with {who}, just now)")
    return _(" (checked just now)") if touch.end and touch.end > now else _(" (you were there just now)")


def _via(channel: str, ground: str, workspace: Workspace) -> Content:
    return layout.row(_("via "), (queries.title(workspace, channel), hue(channel)), (ground, "$faint"))


def complete_outcome(line: str, workspace: Workspace, people: Sequence[Person]) -> list[str]:
    """Channels for the first word, people behind an `@`."""
    head, typed = _last_word(line)
    names = [channel.name for channel in queries.offered(workspace)] if typed and not head else []
    return [head + word for word in (*names, *_names(typed, people)) if _continues(word, typed)]


def read_contact(
    line: str, channel: str, workspace: Workspace, offered: Sequence[Person], date: str
) -> tuple[dict[str, Any], Content]:
    """`Samia street 20m about masks` → person, ring, start, end, note.

    First words that are nothing else are a person; a first digit is the person at that place in `offered`. By default
    the ring is the person's last one, and the time the last quarter of an hour, or what is left of it since the last
    talk. On an earlier day, and where less than TALK_LEAST is left, the line must give the time.
    """
    from tracker.calendar.session_line import parse_entry

    channels, activities, aliases = queries.vocabulary(workspace)
    line = _with_who(line, offered, activities, workspace)
    last = contacts.last_talk_time(workspace, channel, TALK_LASTS) if date == workspace.today() else None
    unknown = (workspace.now() - TALK_LASTS - 1, workspace.now())
    entry = parse_entry(
        f"{channel} {line}",
        {**channels, channel: channel},
        activities,
        aliases,
        workspace.now(),
        workspace.zone,
        workspace.settings.day_starts_at,
        date,
        last if last and last[1] - last[0] >= TALK_LEAST else unknown,
    )
    if (entry.start, entry.end) == unknown:
        if last is None:
            message = _("a talk on {date} needs its time: 14:00-14:20")
            raise TrackerError(message.format(date=format_near_date(date, workspace.today())))
        raise TrackerError(_("the last talk has just ended; this one needs its time: 14:00-14:20"))
    name = contacts.known_spelling(workspace, entry.person) if entry.person else None
    person = contacts.find_person(workspace, name) if name else None
    ring = entry.ring or (person.ring if person else None)
    fields = {"person": name, "ring": ring, "start": entry.start, "end": entry.end, "note": entry.note}
    day = workspace.day_of(entry.start)
    span = f"{format_clock(entry.start, workspace.zone)}–{format_clock(entry.end, workspace.zone)}"
    return fields | {"activity": entry.activity}, join_with_dots(
        layout.text(queries.title(workspace, channel), f"bold {hue(channel)}"),
        layout.text(f"@{name}" if name else _("someone")),
        layout.text(_(ring) if ring else "", "" if entry.ring else "$faint"),
        layout.text(date_unless_today(day, date, workspace)),
        layout.text(f"{span} {format_duration(entry.end - entry.start)}"),
        layout.text(in_quotation_marks(entry.note) if entry.note else "", "italic"),
    )


def _with_who(line: str, offered: Sequence[Person], activities: dict[str, str], workspace: Workspace) -> str:
    """The line with the person that its first words mean as `@"Name"`, then the ring that a comma sets apart."""
    from tracker.calendar.session_line import as_name, first_name, with_person
    from tracker.calendar.words import RING_WORDS, plain

    words, is_known = WORD.findall(line), partial(contacts.is_known, workspace)
    if not words or words[0].startswith('@"'):
        return line
    first = words[0].removeprefix("@")
    if len(first) == 1 and first.isdecimal() and 0 < int(first) <= len(offered):
        return " ".join([f'@"{offered[int(first) - 1].name}"', *words[1:]])
    count = first_name([first, *words[1:]], activities, is_known)
    if not count:
        return with_person(line, activities, is_known)
    rest = re.split(r",\s+", " ".join(words[count:]))
    ring = next((part for part in rest if plain(part) in RING_WORDS), None)
    if ring:
        rest.remove(ring)
    return " ".join(filter(None, [f'@"{as_name([first, *words[1:count]])}"', ring, ", ".join(rest)]))


def complete_contact(line: str, people: Sequence[Person]) -> list[str]:
    """The people that the last word could mean, then rings."""
    head, typed = _last_word(line)
    names = _names(typed, people)
    if not head and typed and not typed.startswith("@"):
        return [name for name, person in zip(_names("@", people), people, strict=True) if _starts(person.name, typed)]
    return [head + word for word in (*names, *(RINGS if head and typed else ())) if _continues(word, typed)]


def _last_word(line: str) -> tuple[str, str]:
    head, space, typed = line.rpartition(" ")
    return head + space, typed


def _names(typed: str, people: Sequence[Person]) -> list[str]:
    if not typed.startswith("@"):
        return []
    return [f'@"{person.name}"' if " " in person.name else f"@{person.name}" for person in people]


def _continues(word: str, typed: str) -> bool:
    return word != typed and _starts(word.replace('"', ""), typed.replace('"', ""))


def _starts(word: str, typed: str) -> bool:
    from tracker.calendar.words import plain

    return plain(word).startswith(plain(typed))


def person_words(person: Person, now: int, titles: dict[str, str], talk: Talk | None) -> str:
    """`LinkedIn · 3 talks · Call 2d ago · street`: what helps to tell one from another; `talk` is the last one."""
    last = ""
    if talk:
        kind = titles.get(talk.channel, talk.channel) if talk.channel != person.met else ""
        last = " ".join(filter(None, (kind, ago(max(0, now - talk.end)))))
    details = (
        met_words(person, titles),
        format_talk_count(person.talks) if person.talks else _("not talked yet"),
        last,
        _(person.ring) if person.ring and person.ring != person.met_ring else "",
    )
    return " · ".join(part for part in details if part)


def met_words(person: Person, titles: dict[str, str]) -> str:
    """`LinkedIn`, `Meeting, street`; nothing where it is not known."""
    ring = _(person.met_ring) if person.met_ring else ""
    return ", ".join(part for part in (titles.get(person.met or "", person.met or ""), ring) if part)


def read_met(line: str, workspace: Workspace) -> tuple[dict[str, str | None], Content]:
    """A channel by name or letter, or a ring; nothing leaves it to the log."""
    from tracker.calendar.words import RING_WORDS, plain

    word = plain(line)
    if not word:
        return {"channel": None, "ring": None}, layout.text(_("as in the log"))
    if ring := RING_WORDS.get(word):
        return {"channel": None, "ring": ring}, layout.text(_(ring))
    channel = queries.by_letter(workspace).get(line.strip()) or queries.find_channel(workspace, line.strip())
    return {"channel": channel.name, "ring": None}, layout.text(channel.title, hue(channel.name))


def complete_met(line: str, workspace: Workspace) -> list[str]:
    """Channels and rings that begin so."""
    names = [*(channel.name for channel in queries.offered(workspace)), *RINGS]
    return [name for name in names if line and _continues(name, line)]
