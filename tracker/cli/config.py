"""`tracker config`: the settings, shown and changed."""

from __future__ import annotations

from tracker import settings
from tracker.cli.grammar import Argument, Command
from tracker.cli.text import columns, table
from tracker.locale import N_, _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.settings import Setting, Settings


def config(context: Context, given: Given) -> None:
    """Show all settings, or one; or set one."""
    name, value = given.maybe("KEY"), given.all("VALUE")
    if name is None:
        _show_all(context)
        return
    known = settings.find(name)
    now = settings.save(context.config, name, " ".join(value)) if value else context.settings
    if context.json:
        context.dump([row(known, now)] if value else row(known, now))
    elif value:
        said = known.say(getattr(now, name)) or _("not set")
        context.say(_("{name} is now {value}").format(name=name, value=said))
    else:
        context.say(known.say(getattr(now, name)))


def _show_all(context: Context) -> None:
    if context.json:
        context.dump([row(known, context.settings) for known in settings.KNOWN])
        return
    head = (_("setting"), _("value"), "")
    rows = []
    for known in settings.KNOWN:
        found = row(known, context.settings)
        does = _(known.does)
        if found["value"] != found["default"]:
            does = _("{does} (default: {value})").format(does=does, value=found["default"] or _("not set"))
        rows.append((known.name, found["value"] or "–", does))
    context.say(*table([head, *rows], "<<<", columns(), prose=True), "", context.config)


def row(known: Setting, now: Settings) -> dict[str, Any]:
    """A setting as it is written in the file, beside its default."""
    return {
        "key": known.name,
        "value": known.say(getattr(now, known.name)),
        "default": known.say(getattr(settings.Settings(), known.name)),
        "allowed": _(known.allowed),
        "does": _(known.does),
    }


COMMANDS = {
    "config": Command(
        config,
        (Argument("KEY", "optional", "setting"), Argument("VALUE", "any")),
        (),
        N_(
            "tracker config day_starts_at 05:00\n"
            "tracker config daily_budget ''     an empty value goes back to the default"
        ),
    )
}
