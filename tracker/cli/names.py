"""`tracker channel` and `tracker activity`: the names everything is recorded under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.durations import parse_budget
from tracker.cli.grammar import Argument, Command, Option, UsageError, nearest
from tracker.cli.session_lines import moved_outcome
from tracker.cli.terminal import columns
from tracker.domain.models import KINDS, PURPOSES, TrackerError
from tracker.domain.text import quoted
from tracker.formatting.durations import format_duration
from tracker.formatting.tables import format_table
from tracker.formatting.text import read_term
from tracker.locale import N_, _
from tracker.storage import channels

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.domain.models import Activity, Channel

    Do = Callable[[Context, Given, list[str]], None]

#: What takes a budget or a key away.
NOTHING = ("", "none", "no", "off", "-", "aucun")


def channel(context: Context, given: Given) -> None:
    """Do one thing with channels."""
    _do("channel", CHANNEL_VERBS, context, given)


def activity(context: Context, given: Given) -> None:
    """Do one thing with activities."""
    _do("activity", ACTIVITY_VERBS, context, given)


def _do(noun: str, verbs: Mapping[str, tuple[Do, tuple[str, ...]]], context: Context, given: Given) -> None:
    verb, *words = given.all("DO") or ["list"]
    if verb not in verbs:
        near = nearest(verb, list(verbs))
        hint = _(" (did you mean {names}?)").format(names=" / ".join(near)) if near else ""
        raise UsageError(
            _("{noun} does not know “{verb}”{hint}; it knows {verbs}").format(
                noun=noun, verb=quoted(verb), hint=hint, verbs=" ".join(verbs)
            )
        )
    run, takes = verbs[verb]
    if len(words) != len(takes):
        raise UsageError(_("this is written: tracker {words}").format(words=" ".join((noun, verb, *takes))))
    if verb == "list":
        run(context, given, words)
        return
    with context.at_once():
        run(context, given, words)


def _list_channels(context: Context, given: Given, words: list[str]) -> None:
    everything = channels.channels(context.journal)
    used = {one.name for one in channels.in_use(context.journal)}
    shown = [one for one in everything if not one.archived or "all" in given.flags]
    if context.json:
        context.dump([channel_row(context, one, in_use=one.name in used) for one in everything])
    elif "names" in given.flags:
        context.say(*(one.name for one in shown))
    else:
        rows = [
            (one.name, one.title, _(one.kind), one.letter or "", _budget(one), _state(one, one.name in used))
            for one in shown
        ]
        head = (_("name"), _("title"), _("kind"), _("key"), _("budget"), "")
        context.say(*format_table([head, *rows], "<<<<><", columns()))


def _state(one: Channel, used: bool) -> str:
    return _("archived") if one.archived else _("in use") if used else ""


def _budget(one: Channel) -> str:
    return "" if one.budget_seconds is None else format_duration(one.budget_seconds)


def channel_row(context: Context, one: Channel, *, in_use: bool) -> dict[str, Any]:
    """A channel, and what it is recognised by."""
    matches = [(what, text) for name, what, text in channels.matches(context.journal) if name == one.name]
    return {
        "channel": one.name,
        "title": one.title,
        "kind": one.kind,
        "letter": one.letter,
        "budget_seconds": one.budget_seconds,
        "archived": one.archived,
        "in_use": in_use,
        "aliases": [text for what, text in matches if what == "alias"],
        "domains": [text for what, text in matches if what == "domain"],
        "apps": [text for what, text in matches if what == "app"],
    }


def _answer(context: Context, one: Channel, line: str) -> None:
    if context.json:
        used = {other.name for other in channels.in_use(context.journal)}
        context.dump([channel_row(context, one, in_use=one.name in used)])
    else:
        context.say(line)


def _add(context: Context, given: Given, words: list[str]) -> None:
    kind = _kind(given.values.get("kind", "social"))
    one = channels.add(context.journal, words[0], title=given.values.get("title"), kind=kind, now=context.now)
    _answer(context, one, _("added the channel {name} ({kind})").format(name=one.name, kind=_(one.kind)))


def _rename(context: Context, given: Given, words: list[str]) -> None:
    old = channels.find(context.journal, words[0])
    one = channels.rename(context.journal, old, words[1], title=given.values.get("title"), now=context.now)
    _answer(context, one, _("{old} is now {new}").format(old=old.name, new=one.name))


def _set_budget(context: Context, given: Given, words: list[str]) -> None:
    seconds = None if words[1].strip().lower() in NOTHING else parse_budget(words[1])
    one = channels.set_budget(context.journal, channels.find(context.journal, words[0]), seconds, now=context.now)
    line = _("{name} has no budget") if seconds is None else _("{name} has a budget of {budget} a day")
    _answer(context, one, line.format(name=one.name, budget=format_duration(seconds or 0)))


def _kind(word: str) -> str:
    return read_term(word.replace("-", "_"), KINDS)


def _set_kind(context: Context, given: Given, words: list[str]) -> None:
    one = channels.find(context.journal, words[0])
    one = channels.set_kind(context.journal, one, _kind(words[1]), now=context.now)
    line = _("{name} is now {kind}").format(name=one.name, kind=_(one.kind))
    _answer(context, one, line + moved_outcome(context))


def _set_letter(context: Context, given: Given, words: list[str]) -> None:
    letter = None if words[1].strip().lower() in NOTHING else words[1]
    one = channels.set_letter(context.journal, channels.find(context.journal, words[0]), letter, now=context.now)
    line = _("{name} has the key {letter}") if one.letter else _("{name} has no key")
    _answer(context, one, line.format(name=one.name, letter=one.letter))


def _match(what: str) -> Do:
    def run(context: Context, given: Given, words: list[str]) -> None:
        one = channels.find(context.journal, words[0])
        channels.add_match(context.journal, one, what, words[1], now=context.now)
        _answer(context, one, _("{name} is also known as {text}").format(name=one.name, text=words[1].strip().lower()))

    return run


def _archive(archived: bool) -> Do:
    def run(context: Context, given: Given, words: list[str]) -> None:
        one = channels.find(context.journal, words[0])
        one = channels.set_archived(context.journal, one, archived, now=context.now)
        line = _("{name} is archived; its sessions stay") if archived else _("{name} is back")
        _answer(context, one, line.format(name=one.name))

    return run


def _list_activities(context: Context, given: Given, words: list[str]) -> None:
    everything = channels.activities(context.journal)
    shown = [one for one in everything if not one.archived or "all" in given.flags]
    if context.json:
        context.dump([activity_row(one) for one in everything])
    elif "names" in given.flags:
        context.say(*(one.name for one in shown))
    else:
        rows = [(one.name, _(one.purpose), _("archived") if one.archived else "") for one in shown]
        context.say(*format_table([(_("name"), _("purpose"), ""), *rows], "<<<", columns()))


def activity_row(one: Activity) -> dict[str, Any]:
    """An activity and the purpose it serves."""
    return {"activity": one.name, "title": one.title, "purpose": one.purpose, "archived": one.archived}


def _answer_activity(context: Context, one: Activity, line: str) -> None:
    if context.json:
        context.dump([activity_row(one)])
    else:
        context.say(line)


def _add_activity(context: Context, given: Given, words: list[str]) -> None:
    purpose = given.values.get("purpose")
    if purpose is None:
        raise UsageError(_("say what it is for: --purpose {purposes}").format(purposes="|".join(PURPOSES)))
    one = channels.add_activity(context.journal, words[0], purpose=read_term(purpose, PURPOSES), now=context.now)
    line = _("added the activity {name} ({purpose})").format(name=one.name, purpose=_(one.purpose))
    _answer_activity(context, one, line)


def _rename_activity(context: Context, given: Given, words: list[str]) -> None:
    old = channels.find_activity(context.journal, words[0])
    one = channels.rename_activity(context.journal, old, words[1], now=context.now)
    _answer_activity(context, one, _("{old} is now {new}").format(old=old.name, new=one.name))


def _archive_activity(archived: bool) -> Do:
    def run(context: Context, given: Given, words: list[str]) -> None:
        one = channels.find_activity(context.journal, words[0])
        one = channels.set_activity_archived(context.journal, one, archived, now=context.now)
        line = _("{name} is archived; its sessions stay") if archived else _("{name} is back")
        _answer_activity(context, one, line.format(name=one.name))

    return run


def _only_for_channels(context: Context, given: Given, words: list[str]) -> None:
    raise TrackerError(_("only channels have budgets and aliases: tracker channel budget CHANNEL 30m"))


CHANNEL_VERBS: dict[str, tuple[Do, tuple[str, ...]]] = {
    "list": (_list_channels, ()),
    "add": (_add, ("NAME",)),
    "rename": (_rename, ("CHANNEL", "NAME")),
    "budget": (_set_budget, ("CHANNEL", "DURATION")),
    "kind": (_set_kind, ("CHANNEL", "KIND")),
    "letter": (_set_letter, ("CHANNEL", "LETTER")),
    "alias": (_match("alias"), ("CHANNEL", "WORD")),
    "domain": (_match("domain"), ("CHANNEL", "HOST")),
    "app": (_match("app"), ("CHANNEL", "APP")),
    "archive": (_archive(True), ("CHANNEL",)),
    "unarchive": (_archive(False), ("CHANNEL",)),
}
ACTIVITY_VERBS: dict[str, tuple[Do, tuple[str, ...]]] = {
    "list": (_list_activities, ()),
    "add": (_add_activity, ("NAME",)),
    "rename": (_rename_activity, ("ACTIVITY", "NAME")),
    "budget": (_only_for_channels, ("ACTIVITY", "DURATION")),
    "alias": (_only_for_channels, ("ACTIVITY", "WORD")),
    "archive": (_archive_activity(True), ("ACTIVITY",)),
    "unarchive": (_archive_activity(False), ("ACTIVITY",)),
}

_ALL = Option(("--all",), None, N_("archived ones too"))
_NAMES = Option(("--names",), None, N_("the names alone, one a line"))
_DO = Argument("DO", "any", "names")
COMMANDS = {
    "channel": Command(
        channel,
        (_DO,),
        (
            _ALL,
            _NAMES,
            Option(("--title",), "TEXT", N_("how it is shown")),
            Option(("--kind",), "KIND", N_("social, messaging, in_person or focus"), "kind"),
        ),
        N_(
            "tracker channel list\n"
            "tracker channel add NAME [--kind KIND] [--title TEXT]\n"
            "tracker channel rename CHANNEL NAME\n"
            "tracker channel budget CHANNEL 30m|none     social time a day\n"
            "tracker channel kind CHANNEL KIND\n"
            "tracker channel letter CHANNEL LETTER|none  the key that stands for it on the screens\n"
            "tracker channel alias CHANNEL WORD          also: domain CHANNEL HOST, app CHANNEL APP\n"
            "tracker channel archive|unarchive CHANNEL"
        ),
    ),
    "activity": Command(
        activity,
        (_DO,),
        (_ALL, _NAMES, Option(("--purpose",), "PURPOSE", N_("make, relate, monitor or scroll"), "purpose")),
        N_(
            "tracker activity list\n"
            "tracker activity add NAME --purpose PURPOSE\n"
            "tracker activity rename ACTIVITY NAME\n"
            "tracker activity archive|unarchive ACTIVITY"
        ),
    ),
}
