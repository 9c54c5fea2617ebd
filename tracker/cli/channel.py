"""`tracker channel` and `tracker activity`: the names everything is recorded under. `tracker config`: the settings."""

from __future__ import annotations

from functools import partial
from typing import Any

from tracker import settings
from tracker.analytics.patterns.pattern import MARKS, say_value
from tracker.analytics.patterns.registry import LIMITS, pattern, refuse_limit
from tracker.calendar.durations import parse_budget
from tracker.cli.context import Context, columns, one_of
from tracker.cli.parser import ALL, NAMES, Argument, Command, Option, ParsedArguments, Subcommand, UsageError
from tracker.cli.session_lines import moved_outcome
from tracker.domain.errors import TrackerError
from tracker.domain.models import KINDS, PURPOSES, Activity, Channel
from tracker.domain.text import refusal
from tracker.formatting.plain_text import format_table
from tracker.formatting.serialize import row
from tracker.formatting.text import read_term
from tracker.formatting.times import format_duration
from tracker.locale import N_, _
from tracker.services import channel_editing, queries

#: The keys of an activity's row.
ACTIVITY = "activity=name title purpose archived"

#: The words that take a budget or a key away.
NOTHING = ("", "none", "no", "off", "-", "aucun")


def _list_channels(context: Context, args: ParsedArguments, words: list[str]) -> None:
    channels, in_use = queries.all_channels(context.workspace), queries.names_in_use(context.workspace)
    shown = [channel for channel in channels if not channel.archived or "all" in args.flags]
    if context.json:
        context.print_json([_channel_row(context, channel, in_use) for channel in channels])
    elif "names" in args.flags:
        context.print(*(channel.name for channel in shown))
    else:
        rows = [(_("name"), _("title"), _("kind"), _("key"), _("budget"), "")]
        for channel in shown:
            budget = "" if channel.budget_seconds is None else format_duration(channel.budget_seconds)
            state = _("in use") if channel.name in in_use else ""
            state = _("archived") if channel.archived else state
            rows.append((channel.name, channel.title, _(channel.kind), channel.letter or "", budget, state))
        context.print(*format_table(rows, "<<<<><", columns()))


def _channel_row(context: Context, channel: Channel, in_use: set[str]) -> dict[str, Any]:
    matched = (("aliases", "alias"), ("domains", "domain"), ("apps", "app"))
    return {
        **row(channel, "channel=name title kind letter budget_seconds archived"),
        "in_use": channel.name in in_use,
        **{key: channel_editing.matches_of(context.workspace, channel, kind) for key, kind in matched},
    }


def _answer(context: Context, changed: Channel | Activity, line: str) -> None:
    if isinstance(changed, Activity):
        context.answer([row(changed, ACTIVITY)], line)
    else:
        context.answer([_channel_row(context, changed, queries.names_in_use(context.workspace))], line)


def _add(context: Context, args: ParsedArguments, words: list[str]) -> None:
    kind = _read_kind(args.values.get("kind", "social"))
    added = channel_editing.add_channel(context.workspace, words[0], kind, args.values.get("title"))
    _answer(context, added, _("added the channel {name} ({kind})").format(name=added.name, kind=_(added.kind)))


def _rename(context: Context, args: ParsedArguments, words: list[str]) -> None:
    old, new = channel_editing.rename_channel(context.workspace, words[0], words[1], args.values.get("title"))
    _answer(context, new, _("{old} is now {new}").format(old=old.name, new=new.name))


def _set_budget(context: Context, args: ParsedArguments, words: list[str]) -> None:
    seconds = None if words[1].strip().lower() in NOTHING else parse_budget(words[1])
    changed = channel_editing.set_budget(context.workspace, words[0], seconds)
    line = _("{name} has no budget") if seconds is None else _("{name} has a budget of {budget} a day")
    _answer(context, changed, line.format(name=changed.name, budget=format_duration(seconds or 0)))


def _read_kind(word: str) -> str:
    return read_term(word.replace("-", "_"), KINDS)


def _set_kind(context: Context, args: ParsedArguments, words: list[str]) -> None:
    changed = channel_editing.set_kind(context.workspace, words[0], _read_kind(words[1]))
    line = _("{name} is now {kind}").format(name=changed.name, kind=_(changed.kind))
    _answer(context, changed, line + moved_outcome(context))


def _set_letter(context: Context, args: ParsedArguments, words: list[str]) -> None:
    letter = None if words[1].strip().lower() in NOTHING else words[1]
    changed = channel_editing.set_letter(context.workspace, words[0], letter)
    line = _("{name} has the key {letter}") if changed.letter else _("{name} has no key")
    _answer(context, changed, line.format(name=changed.name, letter=changed.letter))


def _add_match(what: str, context: Context, args: ParsedArguments, words: list[str]) -> None:
    channel = channel_editing.add_match(context.workspace, words[0], what, words[1])
    text = words[1].strip().lower()
    _answer(context, channel, _("{name} is also known as {text}").format(name=channel.name, text=text))


def _archive(noun: str, archived: bool, context: Context, args: ParsedArguments, words: list[str]) -> None:
    archive = channel_editing.archive_channel if noun == "channel" else channel_editing.archive_activity
    changed = archive(context.workspace, words[0], archived)
    line = _("{name} is archived; its sessions are kept") if changed.archived else _("{name} is active again")
    _answer(context, changed, line.format(name=changed.name))


def _list_activities(context: Context, args: ParsedArguments, words: list[str]) -> None:
    activities = queries.all_activities(context.workspace)
    shown = [activity for activity in activities if not activity.archived or "all" in args.flags]
    if context.json:
        context.print_json([row(activity, ACTIVITY) for activity in activities])
    elif "names" in args.flags:
        context.print(*(activity.name for activity in shown))
    else:
        rows = [(activity.name, _(activity.purpose), _("archived") if activity.archived else "") for activity in shown]
        context.print(*format_table([(_("name"), _("purpose"), ""), *rows], "<<<", columns()))


def _add_activity(context: Context, args: ParsedArguments, words: list[str]) -> None:
    purpose = args.values.get("purpose")
    if purpose is None:
        raise UsageError(_("the purpose is missing: --purpose {purposes}").format(purposes="|".join(PURPOSES)))
    added = channel_editing.add_activity(context.workspace, words[0], read_term(purpose, PURPOSES))
    line = _("added the activity {name} ({purpose})")
    _answer(context, added, line.format(name=added.name, purpose=_(added.purpose)))


def _rename_activity(context: Context, args: ParsedArguments, words: list[str]) -> None:
    old, new = channel_editing.rename_activity(context.workspace, words[0], words[1])
    _answer(context, new, _("{old} is now {new}").format(old=old.name, new=new.name))


def _only_for_channels(context: Context, args: ParsedArguments, words: list[str]) -> None:
    raise TrackerError(_("only channels have budgets and aliases: tracker channel budget CHANNEL 30m"))


CHANNEL_ACTIONS = {
    "list": Subcommand(_list_channels, options=("all", "names"), reads=True),
    "add": Subcommand(_add, "NAME", ("title", "kind")),
    "rename": Subcommand(_rename, "CHANNEL NAME", ("title",)),
    "budget": Subcommand(_set_budget, "CHANNEL DURATION"),
    "kind": Subcommand(_set_kind, "CHANNEL KIND"),
    "letter": Subcommand(_set_letter, "CHANNEL LETTER"),
    "alias": Subcommand(partial(_add_match, "alias"), "CHANNEL WORD"),
    "domain": Subcommand(partial(_add_match, "domain"), "CHANNEL HOST"),
    "app": Subcommand(partial(_add_match, "app"), "CHANNEL APP"),
    "archive": Subcommand(partial(_archive, "channel", True), "CHANNEL"),
    "unarchive": Subcommand(partial(_archive, "channel", False), "CHANNEL"),
}
ACTIVITY_ACTIONS = {
    "list": Subcommand(_list_activities, options=("all", "names"), reads=True),
    "add": Subcommand(_add_activity, "NAME", ("purpose",)),
    "rename": Subcommand(_rename_activity, "ACTIVITY NAME"),
    "budget": Subcommand(_only_for_channels, "ACTIVITY DURATION"),
    "alias": Subcommand(_only_for_channels, "ACTIVITY WORD"),
    "archive": Subcommand(partial(_archive, "activity", True), "ACTIVITY"),
    "unarchive": Subcommand(partial(_archive, "activity", False), "ACTIVITY"),
}

_ACTION = Argument("ACTION", "any", "names")


def config(context: Context, args: ParsedArguments) -> None:
    """Show all settings, or one; or set one."""
    name, value = args.optional("KEY"), args.several("VALUE")
    text = " ".join(value) if value else None
    if name is None:
        _show_settings(context)
    elif name.partition(".")[0] == "keys":
        raise TrackerError(_("keys are set in the settings file, under [keys]: {path}").format(path=context.config))
    elif "." in name:
        _show_or_set_threshold(context, name, text)
    else:
        _show_or_set(context, settings.find(name), text, confirmed="yes" in args.flags)


def _show_or_set(context: Context, setting: settings.Setting, text: str | None, *, confirmed: bool) -> None:
    name = setting.name
    if text is None:
        context.answer(_setting_row(setting, context.settings), settings.value_text(context.settings, name))
        return
    from tracker.services.live_workspace import change_setting, say_unused

    context.reads = True  # where there is no log yet, none is made to look into
    changed = change_setting(context.config, name, text, lambda: context.workspace, confirmed=confirmed)
    value = settings.value_text(changed, name)
    message = _("{name} is now {value}") if value else _("{name} is no longer set")
    phrases = [message.format(name=name, value=value), *say_unused(changed, name)]
    context.answer([_setting_row(setting, changed)], _("; ").join(phrases))


def _show_or_set_threshold(context: Context, name: str, text: str | None) -> None:
    """Show or set a threshold of a pattern. Raises TrackerError for one there is none of, or that it cannot be."""
    refuse_limit(name, LIMITS[name].value if name in LIMITS else 0)
    changed = context.settings
    if text is not None:
        changed = settings.save_threshold(context.config, name, _read_limit(name, text) if text.strip() else None)
    row = _threshold_row(name, changed)
    if text is None:
        context.answer(row, row["value"])
    else:
        context.answer([row], _("{name} is now {value}").format(name=name, value=row["value"]))


def _read_limit(name: str, text: str) -> float:
    number = text.strip().replace(",", ".")
    try:
        value = float(number.removesuffix("%")) / (100 if number.endswith("%") else 1)
    except ValueError:
        limit = LIMITS[name]
        message = _("{name} must be a number from {least} to {most}, not “{value}”")
        raise refusal(message, name=name, least=f"{limit.least:g}", most=f"{limit.most:g}", value=text) from None
    refuse_limit(name, value)
    return value


def _show_settings(context: Context) -> None:
    """Both tables; with each value that is not the default the default."""
    setting_rows = [_setting_row(setting, context.settings) for setting in settings.SETTINGS]
    limit_rows = [_threshold_row(name, context.settings) for name in LIMITS]
    if context.json:
        context.print_json(setting_rows + limit_rows)
        return
    lines = []
    for title, table_rows in ((_("setting"), setting_rows), (_("threshold"), limit_rows)):
        cells = [(title, _("value"), "")]
        for written in table_rows:
            name, value, does = written["key"], written["value"], written["does"]
            if value != written["default"]:
                default = written["default"] or _("not set")
                does = _("{does} (default: {value})").format(does=does, value=default)
            if table_rows is setting_rows:
                value = settings.value_text(context.settings, name) or "–"
            cells.append((name, value, does))
        lines += [*format_table(cells, "<<<", columns(), wrap_last=True), ""]
    context.print(*lines, context.config)


def _setting_row(setting: settings.Setting, values: settings.Settings) -> dict[str, Any]:
    """A setting as it is written in the file, with its default; an amount's currency has its own key."""
    row = {
        "key": setting.name,
        "value": setting.type.write(getattr(values, setting.name)),
        "default": setting.type.write(getattr(settings.Settings(), setting.name)),
        "allowed": _(setting.allowed),
        "does": _(setting.does),
    }
    if setting.name in settings.AMOUNTS:
        row["currency"] = settings.currency_of(values, setting.name)
    return row


def _threshold_row(name: str, values: settings.Settings) -> dict[str, Any]:
    """A threshold of a pattern as a setting, with the mark that says where it comes from."""
    limit, chosen = LIMITS[name], dict(values.patterns)
    about = pattern(name.partition(".")[0])
    does = _("{title}: {threshold} – {origin}")
    does = does.format(title=about.title, threshold=about.say(limit, chosen), origin=_(MARKS[limit.mark]))
    return {
        "key": name,
        "value": say_value(chosen.get(name, limit.value)),
        "default": say_value(limit.value),
        "allowed": _("a number from {least} to {most}").format(least=f"{limit.least:g}", most=f"{limit.most:g}"),
        "does": does,
        "mark": limit.mark,
    }


COMMANDS = {
    "channel": Command(
        one_of("channel", CHANNEL_ACTIONS, exact=True),
        (_ACTION,),
        (
            ALL,
            NAMES,
            Option(("--title",), "TEXT", N_("the name to show")),
            Option(("--kind",), "KIND", N_("social, messaging, in_person or focus"), "kind"),
        ),
    ),
    "activity": Command(
        one_of("activity", ACTIVITY_ACTIONS, exact=True),
        (_ACTION,),
        (ALL, NAMES, Option(("--purpose",), "PURPOSE", N_("make, relate, monitor or scroll"), "purpose")),
    ),
    "config": Command(
        config,
        (Argument("KEY", "optional", "setting"), Argument("VALUE", "any")),
        (Option(("--yes",), None, N_("change the currency even if some amounts no longer count")),),
    ),
}
