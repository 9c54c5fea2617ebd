"""Results and people: the dialogs of an outcome, a talk and everybody the user knows, and what their lines mean.

The functions `read_…` raise TrackerError where the line means nothing; its message is what the dialog shows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tracker.calendar import session_line
from tracker.calendar.moments import ReadingContext
from tracker.calendar.words import RING_WORDS, plain
from tracker.domain.errors import TrackerError
from tracker.domain.models import RINGS, Person, Talk
from tracker.domain.text import entered
from tracker.formatting.money import format_money, take_money
from tracker.formatting.text import format_talk_count, list_rings
from tracker.formatting.times import format_clock, format_duration
from tracker.locale import _, ngettext
from tracker.reports.contacts import to_offer
from tracker.reports.record_wording import last_touch_limits, say_counted
from tracker.services import noted_records, queries, session_editing
from tracker.tui import layout
from tracker.tui.keys import hidden_bindings
from tracker.tui.modals.dialog import LineDialog, LineInput, ListDialog
from tracker.tui.session_text import WORD, ago, date_unless_today, read_note, say_who, say_words
from tracker.tui.theme import hue
from tracker.tui.widgets.key_lines import Cap, Keycaps
from tracker.tui.widgets.panel import Rows, say_hidden, with_keys
from tracker.workspace import Workspace

#: The default length of a talk, and the least, in seconds.
TALK_LASTS, TALK_LEAST = 15 * 60, 60


def read_outcome(line: str, kind: str, workspace: Workspace, at: int | None = None) -> tuple[dict[str, Any], Content]:
    """`linkedin £480 @samia carousel` → channel, amount, currency, person, note, `at`; each may be left out.

    `at` is when the result came (UTC seconds), None for now: the last touch before it is shown. A channel's letter
    stands for it in front of all else, if no note follows: `a friend` is a note.
    """
    money, words = take_money(WORD.findall(session_editing.with_person(workspace, line)), workspace.settings.currency)
    amount, currency = money or (None, None)
    channels, _activities, aliases = queries.vocabulary(workspace)
    channel = person = None
    rest: list[str] = []
    for word in words:
        name = {**aliases, **channels}.get(word.casefold())
        if word.startswith("@") and word.strip('@"'):
            person = noted_records.known_spelling(workspace, word)
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
    fields = {"channel": channel, "amount": amount, "currency": currency, "person": person, "note": note, "at": at}
    what = (_(kind), "bold $good"), (format_money(*money) if money else "", "bold")
    counted = say_counted(kind, currency, workspace.settings.currency)
    via = _attributed(channel, person, workspace, at)
    return fields, layout.join_with_dots(*what, (counted, "$faint"), via, say_who(person), (note or "", "italic"))


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
    now = workspace.now()
    gone = touch.gone(now if at is None else at)
    if gone:
        with_who, alone = _(" (last session with {who}: {ago})"), _(" (last visited {ago})")
    elif at is not None:
        with_who, alone = _(" (with {who} at that time)"), _(" (you were there at that time)")
    elif touch.end is None:
        with_who, alone = _(" (with {who}, now)"), _(" (you are there now)")
    else:  # a check ends after the instant it was logged at
        with_who = _(" (with {who}, just now)")
        alone = _(" (checked just now)") if touch.end > now else _(" (you were there just now)")
    ground = with_who if touch.person else alone
    return _via(touch.channel, ground.format(who=touch.person, ago=ago(gone), **last_touch_limits()), workspace)


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
    channels, activities, aliases = queries.vocabulary(workspace)
    line = _with_who(line, offered, activities, workspace)
    last = noted_records.last_talk_time(workspace, channel, TALK_LASTS) if date == workspace.today() else None
    unknown = (workspace.now() - TALK_LASTS - 1, workspace.now())
    usual = last if last and last[1] - last[0] >= TALK_LEAST else unknown
    context = ReadingContext(workspace.now(), workspace.zone, workspace.settings.day_starts_at, date)
    vocabulary = ({**channels, channel: channel}, activities, aliases)
    entry = session_line.parse_entry(f"{channel} {line}", vocabulary, context, usual)
    if (entry.start, entry.end) == unknown:
        if last is None:
            message = _("a talk on {date} needs its time: 14:00-14:20")
            raise TrackerError(message.format(date=workspace.near_date(date)))
        raise TrackerError(_("the last talk has just ended; this one needs its time: 14:00-14:20"))
    name = noted_records.known_spelling(workspace, entry.person) if entry.person else None
    person = noted_records.find_person(workspace, name) if name else None
    ring = entry.ring or (person.ring if person else None)
    fields = {"person": name, "ring": ring, "start": entry.start, "end": entry.end}
    fields |= {"note": entry.note, "activity": entry.activity}
    day = workspace.day_of(entry.start)
    span = f"{format_clock(entry.start, workspace.zone)}–{format_clock(entry.end, workspace.zone)}"
    title, who = (queries.title(workspace, channel), f"bold {hue(channel)}"), say_who(name) or _("someone")
    near = (_(ring) if ring else "", "" if entry.ring else "$faint")
    times = date_unless_today(day, date, workspace), f"{span} {format_duration(entry.end - entry.start)}"
    return fields, layout.join_with_dots(title, who, near, *times, say_words(entry.note))


def _with_who(line: str, offered: Sequence[Person], activities: dict[str, str], workspace: Workspace) -> str:
    """The line with the person that its first words mean as `@"Name"`, then the ring that a comma sets apart."""
    words, is_known = WORD.findall(line), partial(noted_records.knows_person, workspace)
    if not words or words[0].startswith('@"'):
        return line
    first = words[0].removeprefix("@")
    if len(first) == 1 and first.isdecimal() and 0 < int(first) <= len(offered):
        return " ".join([f'@"{offered[int(first) - 1].name}"', *words[1:]])
    count = session_line.first_name([first, *words[1:]], activities, is_known)
    if not count:
        return session_line.with_person(line, activities, is_known)
    rest = re.split(r",\s+", " ".join(words[count:]))
    ring = next((part for part in rest if plain(part) in RING_WORDS), None)
    if ring:
        rest.remove(ring)
    return " ".join(filter(None, [f'@"{session_line.as_name([first, *words[1:count]])}"', ring, ", ".join(rest)]))


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
    return plain(word).startswith(plain(typed))


def person_words(person: Person, now: int, titles: dict[str, str], talk: Talk | None) -> str:
    """`LinkedIn · 3 talks · Call 2d ago · street`: what helps to tell one from another; `talk` is the last one."""
    last = ""
    if talk:
        kind = titles.get(talk.channel, talk.channel) if talk.channel != person.met else ""
        last = " ".join(filter(None, (kind, ago(max(0, now - talk.end)))))
    talks = format_talk_count(person.talks) if person.talks else _("not talked yet")
    ring = _(person.ring) if person.ring and person.ring != person.met_ring else ""
    return " · ".join(filter(None, (met_words(person, titles), talks, last, ring)))


def met_words(person: Person, titles: dict[str, str]) -> str:
    """`LinkedIn`, `Meeting, street`; nothing where it is not known."""
    ring = _(person.met_ring) if person.met_ring else ""
    return ", ".join(filter(None, (titles.get(person.met or "", person.met or ""), ring)))


def read_met(line: str, workspace: Workspace) -> tuple[dict[str, str | None], Content]:
    """A channel by name or letter, or a ring; nothing leaves it to the log."""
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


class OutcomeDialog(LineDialog[dict[str, Any]]):
    """Answers the fields of an outcome; the channel is that of the last touch unless the line names another."""

    def __init__(self, workspace: Workspace, kind: str, at: int) -> None:
        everybody = noted_records.known_people(workspace)
        date = workspace.day_of(at)
        past = None if date == workspace.today() else at
        on = f" · {workspace.near_date(date)} {format_clock(at, workspace.zone)}" if past is not None else ""
        read = partial(read_outcome, kind=kind, workspace=workspace, at=past)
        title, hint = _("New {kind}"), _("to change the channel, type its letter or name; then @who, €480, a note")
        example = _("480 @samia the site") if kind == "income" else _("@samia the site")
        complete = partial(complete_outcome, workspace=workspace, people=everybody)
        super().__init__(title.format(kind=_(kind)) + on, read, example=example, complete=complete, hint=hint)
        self._workspace = workspace

    def compose_below(self) -> ComposeResult:
        """The rule of the last touch, and the channels' letters."""
        rule = _(
            "If you type no channel, it is that of your last session with this person (up to {days} ago), or else of "
            "your last social session or talk (up to {day} ago)."
        )
        yield Static(layout.text(rule.format(**last_touch_limits()), "$faint"), id="line-rule", markup=False)
        channels = [channel for channel in queries.offered(self._workspace) if channel.letter]
        caps = [Cap(channel.letter or "", channel.title, hue(channel.name)) for channel in channels]
        yield Keycaps(caps, id="line-keys")


#: The lines of the screen that a talk's dialog needs for all but the people.
BESIDE_PEOPLE = 12


class ContactDialog(LineDialog[dict[str, Any]]):
    """Answers person, ring, start, end, note and activity of a talk; `timed` where it begins only now.

    A digit stands for one of the people who are listed, as many as there is room for.
    """

    BINDINGS = hidden_bindings(("ctrl+s", "start_now"))

    def __init__(self, workspace: Workspace, channel: str, date: str) -> None:
        everybody = noted_records.known_people(workspace)
        self._offered = to_offer(everybody)
        self._workspace, self._today = workspace, date == workspace.today()
        title = _("{channel}: with whom?").format(channel=queries.title(workspace, channel))
        title += "" if self._today else f" · {workspace.near_date(date)}"
        read = partial(read_contact, channel=channel, workspace=workspace, offered=self._offered, date=date)
        complete, example = partial(complete_contact, people=everybody), _("samia street 20m about masks")
        hint = _("who, ring ({rings}), 20m or 14:00-14:20, note").format(rings=list_rings())
        super().__init__(title, read, example=example, complete=complete, hint=hint)

    def compose_below(self) -> ComposeResult:
        """The people the user knows, then the other keys."""
        titles = queries.titles(self._workspace)
        now, talks = self._workspace.now(), noted_records.last_talks(self._workspace)
        people = []
        room = max(self.app.size.height - BESIDE_PEOPLE, 1)
        for number, person in enumerate(self._offered[:room], 1):
            details = person_words(person, now, titles, talks.get(person.name.casefold()))
            people.append(Cap(str(number), person.name, "bold", details))
        yield Keycaps(people, packed=False, id="line-people")
        if self._today:
            yield Keycaps([Cap("⏎", _("Save: it has just ended")), Cap("^s", _("Start timing it now"))], id="line-keys")

    def action_start_now(self) -> None:
        """Start to time the talk, with whatever else the line says."""
        if not self._today:
            return
        try:
            fields, _meaning = self._read(self.query_one(LineInput).value)
        except TrackerError as error:
            self.refuse(error)
        else:
            self.answer({**fields, "timed": True})


class _PeopleRows(Rows):
    """A line for each person, the last met first."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(id="people")
        self.workspace = workspace
        self.items: list[Person] = []
        self.titles: dict[str, str] = {}
        #: The last talk with each, by the name in lower case.
        self.talks: dict[str, Talk] = {}
        #: The lines drawn at a width: there may be thousands of people, and every arrow key draws again.
        self._drawn: tuple[int, list[list[Content]]] = (0, [])

    def load(self) -> None:
        self.items = noted_records.known_people(self.workspace)
        self.titles = queries.titles(self.workspace)
        self.talks = noted_records.last_talks(self.workspace)
        self._drawn = (0, [])
        self.redraw()

    def head(self, width: int) -> list[Content]:
        """The titles of the columns, or how somebody becomes known."""
        if not self.items:
            message = _("Nobody yet. Record a talk, or write @name in a session or a result.")
            return layout.wrapped(message, width, "$faint")
        names = (_("who"), _("met"), _("last"), _("talks"), _("ring"))
        return [self._columns(width, *map(layout.text, names)).stylize("$faint")]

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        if self._drawn[0] != width:
            now = self.workspace.now()
            self._drawn = (width, [[self._line(person, width, now)] for person in self.items])
        return self._drawn[1]

    def _line(self, person: Person, width: int, now: int) -> Content:
        talk = self.talks.get(person.name.casefold())
        channel, at = (talk.channel, talk.end) if talk else (person.last, person.last_at)
        last = layout.text(_("not talked yet"), "$faint")
        if channel and at is not None:
            title = self.titles.get(channel, channel)
            last = layout.row((title, hue(channel)), f" {ago(max(0, now - at))}")
        who, ring = layout.text(person.name, "bold"), layout.text(_(person.ring) if person.ring else "")
        met = layout.text(met_words(person, self.titles), hue(person.met) if person.met else "$foreground")
        return self._columns(width, who, met, last, layout.right(str(person.talks or "–"), 5), ring)

    def _columns(self, width: int, who: Content, met: Content, last: Content, talks: Content, ring: Content) -> Content:
        """Five columns; talks and ring keep their width."""
        free = width - 8 - 11
        name_width = max(8, free * 3 // 10)
        met_width = max(8, free * 7 // 20)
        people = layout.column(who, name_width), layout.column(met, met_width)
        rest = layout.column(last, free - name_width - met_width)
        return layout.row(*people, rest, layout.left(talks, 8), layout.left(ring, 11))

    def show_hidden(self, above: int, below: int) -> None:
        """Show on the border how many there are, and what to press."""
        count, keys = len(self.items), _("Enter Where you met · Esc Close")
        title = ngettext("People: {n}", "People: {n}", count).format(n=count)
        self.say(title, with_keys(say_hidden(above, below), keys, self.outer_size.width))


class PeopleDialog(ListDialog[None]):
    """Everybody the user knows; enter asks where they met the chosen person."""

    BINDINGS = hidden_bindings(("enter,e", "open"))

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace

    def compose(self) -> ComposeResult:
        """Only the list."""
        yield _PeopleRows(self._workspace)

    def on_mount(self) -> None:
        """Read it."""
        self.query_one(_PeopleRows).load()

    def action_open(self) -> None:
        """Ask where the chosen person was met."""
        rows = self.query_one(_PeopleRows)
        if not rows.items:
            return
        person = rows.items[rows.chosen]
        read, complete = partial(read_met, workspace=self._workspace), partial(complete_met, workspace=self._workspace)
        hint = _("a channel, its letter, or a ring ({rings}); empty: as in the log").format(rings=list_rings())
        value = person.met or person.met_ring or ""
        dialog = LineDialog(_("Where did you meet?"), read, value=value, complete=complete, hint=hint)
        self.base_app.ask(dialog, partial(self._keep, person))

    def _keep(self, person: Person, met: dict[str, Any]) -> None:
        noted_records.set_met(self._workspace, person.name, **met)
        self.query_one(_PeopleRows).load()
