"""Every action of the screens as data: its key, its words, and where it applies.

Footer, help, palette and `[keys]` in the settings read this one table. Textual silently drops a binding when its
key is given to another action, and ignores unknown names; so `keymap` checks first, and reports what is wrong.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping

from textual.binding import Binding, BindingType
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character

from tracker.domain.errors import TrackerError
from tracker.domain.record import Record
from tracker.domain.text import quoted
from tracker.locale import N_, _

TIMER, DAY, WEEK = "timer", "day", "week"
EVERYWHERE = (TIMER, DAY, WEEK)
#: The views of one day or week.
PERIODS = (DAY, WEEK)


class Action(Record):
    """What a key does. `key` may list several, by Textual's names; `footer` is the rank in the footer, 0 for never."""

    id: str
    key: str
    label: str
    tooltip: str
    where: tuple[str, ...] = EVERYWHERE
    footer: int = 0
    #: The view whose footer it leads, behind what starts and stops; empty for none.
    leads: str = ""


ACTIONS = (
    Action("timer", "1", N_("Timer"), N_("show the timer, and today against its budget")),
    Action("day", "2", N_("Day"), N_("show the log of one day")),
    Action("week", "3", N_("Week"), N_("show one week, and whether it was worth it")),
    Action("toggle", "space", N_("Stop"), N_("stop, or resume the last session"), EVERYWHERE, 1),
    Action("start", "s", N_("Start"), N_("start a session: then the channel's letter"), EVERYWHERE, 2),
    Action("check", "c", N_("Check"), N_("log a check: then the channel's letter, or c again"), EVERYWHERE, 3),
    Action("likes", "L", N_("Likes"), N_("say that the last check was for likes")),
    Action("followers", "F", N_("Followers"), N_("say that the last check was for followers")),
    Action("comments", "C", N_("Comments"), N_("say that the last check was for comments")),
    Action("messages", "M", N_("Messages"), N_("say that the last check was for messages")),
    Action("statistics", "S", N_("Statistics"), N_("say that the last check was for statistics")),
    Action("add", "slash,a", N_("Add"), N_("add a past session in one line"), EVERYWHERE, 8, DAY),
    Action("edit", "e", N_("Edit"), N_("edit the chosen line, or all marked lines"), (DAY,), 5, DAY),
    Action("delete", "d,delete", N_("Delete"), N_("delete the chosen or marked lines"), (DAY,), 6, DAY),
    Action("mark", "v", N_("Mark"), N_("mark the chosen line, to change several"), (DAY,), 17),
    Action("unmark", "escape", N_("Unmark"), N_("clear the marks, then the filter"), (DAY,)),
    Action("filter", "f", N_("Filter"), N_("filter the log by words, as you type"), (DAY,), 18),
    Action("fill", "i", N_("Fill"), N_("fill the gap before or after the chosen line"), (DAY,), 7, DAY),
    Action("sooner", "less_than_sign", N_("Sooner"), N_("move the chosen or marked lines 5 minutes earlier"), (DAY,)),
    Action("later_on", "greater_than_sign", N_("Later"), N_("move the chosen or marked lines 5 minutes later"), (DAY,)),
    Action("repeat", "r", N_("Repeat"), N_("repeat sessions of the day before, at the same times"), (DAY,), 20),
    Action("jump", "g", N_("Go to"), N_("go to a date, or to the week it is in"), PERIODS, 21),
    Action("find", "G,ctrl+f", N_("Find"), N_("find anything that you wrote, by its words, over all years")),
    Action("urge", "u", N_("Urge"), N_("log a resisted urge: then the channel's letter"), EVERYWHERE, 4),
    Action("task", "w", N_("Task"), N_("start on today's important task, or name it"), EVERYWHERE, 16),
    Action("task_done", "W", N_("Task done"), N_("mark the day's important task as done, or as not done")),
    Action("outcome", "o", N_("Result"), N_("record a result: recommendation, prospect, client or income"), footer=9),
    Action("contact", "t", N_("Talk"), N_("record a talk: who, how near, how long"), EVERYWHERE, 10),
    Action("undo", "z", N_("Undo"), N_("undo the last change"), EVERYWHERE, 8),
    Action("redo", "Z", N_("Redo"), N_("redo what was undone")),
    Action("note", "n", N_("Note"), N_("write one line about the day"), EVERYWHERE, 11),
    Action("habits", "y", N_("Habits"), N_("tick habits, and see the year of each"), EVERYWHERE, 17),
    Action("close", "E", N_("Close day"), N_("close the day: go through it in a minute"), EVERYWHERE, 16),
    Action("split", "p", N_("Split"), N_("split the chosen session in two"), (DAY,), 13),
    Action("merge", "m", N_("Merge"), N_("merge marked lines, or one with the one before"), (DAY,), 14),
    Action("extend", "plus", N_("+5"), N_("add 5 minutes to the plan of the running session")),
    Action("why", "B", N_("Why"), N_("say why you continue past the plan")),
    Action("pause", "b", N_("Pause"), N_("pause the social channels, or end the pause")),
    Action("cancel", "x", N_("Discard"), N_("discard the running session; undo brings it back"), (TIMER,)),
    Action(
        "earlier", "left,h,left_square_bracket", N_("Previous"), N_("go to the day or week before"), PERIODS, 12, DAY
    ),
    Action("later", "right,l,right_square_bracket", N_("Next"), N_("go to the day or week after"), PERIODS),
    Action("now", "0,home", N_("Today"), N_("go back to today or this week"), PERIODS),
    Action("up", "up,k", N_("Up"), N_("go a line up")),
    Action("down", "down,j", N_("Down"), N_("go a line down")),
    Action("open", "enter", N_("Open"), N_("open the chosen session, or the evidence of the pattern")),
    Action(
        "patterns", "P", N_("Patterns"), N_("open the evidence of what is flagged; on the Day, of the chosen burst")
    ),
    Action("mute", "N", N_("Mute"), N_("mute the chosen pattern for 28 days"), (TIMER, WEEK), 22),
    Action("expected", "X", N_("Expected"), N_("mark the chosen pattern as expected: a campaign …"), (TIMER, WEEK), 23),
    Action("show_again", "T", N_("Show again"), N_("show a muted or expected pattern again"), (TIMER, WEEK)),
    Action("review", "R", N_("Review"), N_("review a week, in eight steps"), EVERYWHERE, 24, WEEK),
    Action("worth", "V", N_("Worth"), N_("see what each channel is worth, with the calculation"), EVERYWHERE, 25, WEEK),
    Action("archive", "A", N_("Archive"), N_("read, search and amend past reviews"), (WEEK,), 26, WEEK),
    Action(
        "longer", "Y", N_("Longer look"), N_("take a longer look: 13 and 52 weeks, a year of days"), (WEEK,), 27, WEEK
    ),
    Action("zero", "0", N_("Zero"), N_("confirm a day without records as zero"), ()),
    Action("people", "", N_("People"), N_("see the people you talked to, and where you met"), ()),
    Action("setup", "", N_("Set up"), N_("set up again: channels, money, budget, sleep, then your history"), ()),
    Action("dark", "D", N_("Dark or light"), N_("switch to dark or light")),
    Action("import", "I", N_("Import"), N_("import the history found on this machine")),
    Action("settings", "comma", N_("Settings"), N_("see and change the settings")),
    Action("help", "question_mark,f1", N_("Keys"), N_("show the keys of this screen, and search all"), EVERYWHERE, 99),
    Action("palette", "ctrl+p", N_("palette"), N_("find any action or channel by name"), EVERYWHERE, 98),
    Action("quit", "q,ctrl+q", N_("Quit"), N_("quit; a running timer keeps running"), EVERYWHERE, 15),
)

BY_ID = {action.id: action for action in ACTIONS}

#: What can be done instead of one more look, by the ids of the actions.
WAYS_OUT = {"task": N_("the important task"), "contact": N_("a call"), "pause": N_("a pause")}


def bindings() -> list[Binding]:
    """The default bindings of the app, with the ids that `[keys]` in the settings can name."""
    return [
        Binding(action.key, f"do('{action.id}')", action.label, show=False, id=action.id, tooltip=action.tooltip)
        for action in ACTIONS
        if action.where
    ]


def hidden_bindings(*rows: tuple[str, str]) -> list[BindingType]:
    """Bindings of a modal or screen: rows of keys and action. The footer does not show them, the dialog does."""
    return [Binding(keys, action, show=False) for keys, action in rows]


def line_keys(action: str, page: int, *, letters: bool = True) -> tuple[tuple[str, str], ...]:
    """The keys that move by lines and by pages, as rows of `hidden_bindings`; `action` is given how many lines."""
    down, up = ("down,j", "up,k") if letters else ("down", "up")
    return *step_keys(action, down, up), *step_keys(action, "pagedown", "pageup", page)


def step_keys(action: str, forward: str, back: str, size: int = 1) -> tuple[tuple[str, str], ...]:
    """The keys that go steps forward and back, as rows of `hidden_bindings`."""
    return (forward, f"{action}({size})"), (back, f"{action}(-{size})")


#: The keys that scroll to the ends of a page, as rows of `hidden_bindings`.
END_KEYS = (("home,0", "scroll(-9999)"), ("end", "scroll(9999)"))


#: Ids that actions had in earlier versions: settings files may still name them.
FORMER_IDS = {"not_now": "mute", "sift": "filter", "take_back": "show_again"}


def keymap(wanted: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The rebindings for Textual, by the ids of the actions.

    Raises TrackerError for an unknown action, one that is named twice, a key that no terminal sends, or a clash. It
    names an action as the settings do: by a former id too.
    """
    changed: dict[str, str] = {}
    written: dict[str, str] = {}
    for name, text in wanted:
        action_id, keys = FORMER_IDS.get(name, name), _split(text)
        if action_id not in BY_ID or not BY_ID[action_id].where:  # the palette alone offers those without a key
            names = ", ".join(action.id for action in ACTIONS if action.where)
            message = _("[keys] names no action “{name}”; there are: {names}")
            raise TrackerError(message.format(name=quoted(name), names=names))
        if action_id in changed:
            message = _("[keys] {one} and {other} are the same action")
            raise TrackerError(message.format(one=written[action_id], other=name))
        if not keys:
            raise TrackerError(_("[keys] {name} has no key").format(name=name))
        for key in keys:
            if not _can_be_pressed(key):
                raise TrackerError(_("[keys] {name}: no key is called “{key}”").format(name=name, key=key))
        changed[action_id], written[action_id] = ",".join(keys), name
    taken: dict[str, str] = {}
    for action in ACTIONS:
        name = written.get(action.id, action.id)
        for key in keys_of(action.id, changed) if action.where else ():
            if key in taken:
                message = _("[keys] gives the key “{key}” to both {one} and {other}")
                raise TrackerError(message.format(key=say_key(key), one=taken[key], other=name))
            taken[key] = name
    return changed


def offered_keys(offered: Iterable[str], changed: Mapping[str, str], own: Collection[str]) -> dict[str, str]:
    """The id of the action of each key, in a dialog that offers actions of the table beside keys of its `own`.

    The dialog's own keys stay. An action that was given only such keys has its usual ones there, where they are free.
    """
    taken = {key: name for name in offered for key in keys_of(name, changed) if key not in own}
    usual = {key: name for name in offered if name not in taken.values() for key in keys_of(name, {}) if key not in own}
    return usual | taken


def say_offered(action: str, offered: Mapping[str, str]) -> str:
    """The first key of an action in a dialog, as a reader knows it; empty where no key is left for it."""
    return next((say_key(key) for key, name in offered.items() if name == action), "")


def keys_of(name: str, changed: Mapping[str, str]) -> list[str]:
    """The keys of an action, by Textual's names."""
    return changed.get(name, BY_ID[name].key).split(",")


def key_label(action: Action, changed: dict[str, str]) -> str:
    """The key as a reader knows it: `?`, `space`, `^p`; the user's own where it was rebound."""
    keys = keys_of(action.id, changed)
    return ", ".join(map(say_key, keys if action.id in changed else keys[:1]))


def all_key_labels(action: Action, changed: dict[str, str]) -> str:
    """Every key of an action, for the help."""
    return "  ".join(map(say_key, keys_of(action.id, changed)))


def ways_out(key_of: Callable[[str], str]) -> tuple[str, ...]:
    """`w the important task`, `t a call`, `b a pause`, by the keys that `key_of` names."""
    return tuple(f"{key_of(name)} {_(words)}" for name, words in WAYS_OUT.items())


def _can_be_pressed(key: str) -> bool:
    """Whether a terminal can send it: a key of Textual's, or a character by itself or with modifiers."""
    *modifiers, last = key.split("+")
    is_known = last in {name.value for name in Keys} or key_to_character(last) is not None
    is_known = is_known or last in KEY_NAME_REPLACEMENTS.values()
    return is_known and all(modifier in ("ctrl", "shift", "alt") for modifier in modifiers)


#: How keys are written, where that is not the character of Textual's name.
_SAID = {
    "escape": N_("esc"),
    "slash": "/",
    "plus": "+",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "enter": "⏎",
    "f1": "F1",
    "space": N_("space"),
    "delete": N_("delete"),
    "home": N_("home"),
}


def key_name(character: str) -> str:
    """The key of a character by Textual's name: `slash` for `/`, `a` for `a`."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


def say_key(key: str) -> str:
    """A key by Textual's name as a reader knows it: `⏎`, `^p`, `x`."""
    character = key_to_character(key) or ""
    return _(_SAID.get(key) or (character if character.isprintable() and character else key.replace("ctrl+", "^")))


def _split(keys: str) -> list[str]:
    """`/, ^p` → `["slash", "ctrl+p"]`: keys as people write them or as Textual calls them."""
    names = {shown: name for name, shown in _SAID.items()}
    split = []
    for key in (part.strip() for part in keys.split(",")):
        name = names.get(key) or (f"ctrl+{key[1:]}" if key.startswith("^") and len(key) == 2 else key)
        split.append(key_name(name) if len(name) == 1 else name)
    return [*dict.fromkeys(filter(None, split))]
