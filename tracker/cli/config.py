"""`tracker config`: the settings and the thresholds of the patterns, shown and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker import settings
from tracker.analytics.patterns.pattern import MARKS, say_value
from tracker.analytics.patterns.registry import LIMITS, pattern, refuse_limit
from tracker.cli.context import Context
from tracker.cli.parser import Argument, Command, Option, ParsedArguments
from tracker.cli.terminal import columns
from tracker.domain.errors import TrackerError
from tracker.domain.text import quoted
from tracker.formatting.plain_text import format_table
from tracker.locale import N_, _
from tracker.settings import AMOUNTS, currency_of

if TYPE_CHECKING:
    from tracker.settings import Setting, Settings


def config(context: Context, args: ParsedArguments) -> None:
    """Show all settings, or one; or set one."""
    name, value = args.optional("KEY"), args.several("VALUE")
    text = " ".join(value) if value else None
    if name is None:
        _show_all(context)
    elif name.partition(".")[0] == "keys":
        raise TrackerError(_("keys are set in the settings file, under [keys]: {path}").format(path=context.config))
    elif "." in name:
        _show_or_set_threshold(context, name, text)
    else:
        _show_or_set(context, settings.find(name), text, confirmed="yes" in args.flags)


def _show_or_set(context: Context, setting: Setting, text: str | None, *, confirmed: bool) -> None:
    name = setting.name
    if text is None:
        context.answer(_row(setting, context.settings), settings.value_text(context.settings, name))
        return
    from tracker.services.setting_changes import change_setting, say_unused

    context.reads = True  # where there is no log yet, none is made to look into
    changed = change_setting(context.config, name, text, lambda: context.workspace, confirmed=confirmed)
    value = settings.value_text(changed, name)
    message = _("{name} is now {value}") if value else _("{name} is no longer set")
    phrases = [message.format(name=name, value=value), *say_unused(changed, name)]
    context.answer([_row(setting, changed)], _("; ").join(phrases))


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
        raise TrackerError(
            _("{name} must be a number from {least} to {most}, not “{value}”").format(
                name=name, least=f"{limit.least:g}", most=f"{limit.most:g}", value=quoted(text)
            )
        ) from None
    refuse_limit(name, value)
    return value


def _show_all(context: Context) -> None:
    """Both tables; with each value that is not the default the default."""
    setting_rows = [_row(setting, context.settings) for setting in settings.KNOWN]
    limit_rows = [_threshold_row(name, context.settings) for name in LIMITS]
    if context.json:
        context.print_json(setting_rows + limit_rows)
        return
    lines = []
    for title, table_rows in ((_("setting"), setting_rows), (_("threshold"), limit_rows)):
        cells = [(title, _("value"), "")]
        for row in table_rows:
            name, value, does = row["key"], row["value"], row["does"]
            if value != row["default"]:
                default = row["default"] or _("not set")
                does = _("{does} (default: {value})").format(does=does, value=default)
            if table_rows is setting_rows:
                value = settings.value_text(context.settings, name) or "–"
            cells.append((name, value, does))
        lines += [*format_table(cells, "<<<", columns(), wrap_last=True), ""]
    context.print(*lines, context.config)


def _row(setting: Setting, values: Settings) -> dict[str, Any]:
    """A setting as it is written in the file, with its default; an amount's currency has its own key."""
    row = {
        "key": setting.name,
        "value": setting.type.write(getattr(values, setting.name)),
        "default": setting.type.write(getattr(settings.Settings(), setting.name)),
        "allowed": _(setting.allowed),
        "does": _(setting.does),
    }
    if setting.name in AMOUNTS:
        row["currency"] = currency_of(values, setting.name)
    return row


def _threshold_row(name: str, values: Settings) -> dict[str, Any]:
    """A threshold of a pattern as a setting, with the mark that says where it comes from."""
    limit, chosen = LIMITS[name], dict(values.patterns)
    about = pattern(name.partition(".")[0])
    does = _("{title}: {threshold} – {origin}").format(
        title=about.title, threshold=about.say(limit, chosen), origin=_(MARKS[limit.mark])
    )
    return {
        "key": name,
        "value": say_value(chosen.get(name, limit.value)),
        "default": say_value(limit.value),
        "allowed": _("a number from {least} to {most}").format(least=f"{limit.least:g}", most=f"{limit.most:g}"),
        "does": does,
        "mark": limit.mark,
    }


COMMANDS = {
    "config": Command(
        config,
        (Argument("KEY", "optional", "setting"), Argument("VALUE", "any")),
        (Option(("--yes",), None, N_("change the currency even if some amounts no longer count")),),
        N_(
            "tracker config day_starts_at 05:00\n"
            "tracker config daily_budget ''     an empty value restores the default\n"
            "tracker config night.nights 4      a threshold of a pattern"
        ),
    )
}
