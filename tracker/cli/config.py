"""`tracker config`: the settings, shown and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker import settings
from tracker.cli.grammar import Argument, Command, Option
from tracker.cli.terminal import columns
from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.formatting.tables import format_table
from tracker.locale import N_, _
from tracker.settings import AMOUNTS, currency_of

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
    if "." in name:
        _threshold(context, name, " ".join(value) if value else None)
        return
    known = settings.find(name)
    if name == "currency" and value and "yes" not in given.flags:
        _refuse_uncounted(context, " ".join(value))
    now = settings.save(context.config, name, " ".join(value)) if value else context.settings
    if context.json:
        context.dump([row(known, now)] if value else row(known, now))
    elif value:
        said = settings.value_text(now, name) or _("not set")
        context.say(_("; ").join((_("{name} is now {value}").format(name=name, value=said), *_unused(now, name))))
    else:
        context.say(settings.value_text(now, name))


def _unused(now: Settings, name: str) -> list[str]:
    if name != "currency" and name not in AMOUNTS:
        return []
    from tracker.services.currencies import say_unused

    return say_unused(now, name)


def _refuse_uncounted(context: Context, value: str) -> None:
    """Refuse another currency where amounts of the log would not count any more. TrackerError says how many."""
    from tracker.services.currencies import say_uncounted

    before, after = context.settings.currency, settings.with_typed(context.settings, "currency", value).currency
    context.reads = True  # where there is no log yet, none is made to look into
    said = say_uncounted(context.journal, before, after) if after != before else ""
    if said:
        raise TrackerError(said, _("`tracker config currency {currency} --yes` changes it").format(currency=after))


def _threshold(context: Context, name: str, value: str | None) -> None:
    """Show or set a threshold of a pattern. Raises TrackerError for one there is none of, or that it cannot be."""
    from tracker.analytics.patterns.registry import LIMITS, refuse_limit

    refuse_limit(name, LIMITS[name].value if name in LIMITS else 0)
    now = context.settings
    if value is not None:
        now = settings.save_threshold(context.config, name, _read_limit(name, value) if value.strip() else None)
    found = threshold_row(name, now)
    if context.json:
        context.dump(found if value is None else [found])
    elif value is None:
        context.say(found["value"])
    else:
        context.say(_("{name} is now {value}").format(name=name, value=found["value"]))


def _read_limit(name: str, text: str) -> float:
    from tracker.analytics.patterns.registry import LIMITS, refuse_limit

    number = text.strip().replace(",", ".")
    try:
        value = float(number.removesuffix("%")) / (100 if number.endswith("%") else 1)
    except ValueError:
        limit = LIMITS[name]
        raise TrackerError(
            _("{name} is a number from {least} to {most}, not “{value}”").format(
                name=name, least=f"{limit.least:g}", most=f"{limit.most:g}", value=quoted(text)
            )
        ) from None
    refuse_limit(name, value)
    return value


def threshold_row(name: str, now: Settings) -> dict[str, Any]:
    """A threshold of a pattern as a setting, with the mark that says where it comes from."""
    from tracker.analytics.patterns.pattern import MARKS, say_value
    from tracker.analytics.patterns.registry import LIMITS, pattern

    limit, chosen = LIMITS[name], dict(now.patterns)
    one = pattern(name.partition(".")[0])
    said = _("{title}: {threshold} – {mark}: {what}").format(
        title=one.title, threshold=one.say(limit, chosen), mark=limit.mark, what=_(MARKS[limit.mark])
    )
    return {
        "key": name,
        "value": say_value(chosen.get(name, limit.value)),
        "default": say_value(limit.value),
        "allowed": _("a number from {least} to {most}").format(least=f"{limit.least:g}", most=f"{limit.most:g}"),
        "does": said,
        "mark": limit.mark,
    }


def _show_all(context: Context) -> None:
    from tracker.analytics.patterns.registry import LIMITS

    if context.json:
        everything = [row(known, context.settings) for known in settings.KNOWN]
        context.dump(everything + [threshold_row(name, context.settings) for name in LIMITS])
        return
    head = (_("setting"), _("value"), "")
    rows = []
    for known in settings.KNOWN:
        found = row(known, context.settings)
        does = _(known.does)
        if found["value"] != found["default"]:
            does = _("{does} (default: {value})").format(does=does, value=found["default"] or _("not set"))
        rows.append((known.name, settings.value_text(context.settings, known.name) or "–", does))
    context.say(
        *format_table([head, *rows], "<<<", columns(), wrap_last=True), "", *_thresholds(context), "", context.config
    )


def _thresholds(context: Context) -> list[str]:
    """The thresholds of patterns, in a table of their own: their names are long."""
    from tracker.analytics.patterns.registry import LIMITS

    rows = [(_("threshold"), _("value"), "")]
    for name in LIMITS:
        found = threshold_row(name, context.settings)
        does = found["does"]
        if found["value"] != found["default"]:
            does = _("{does} (default: {value})").format(does=does, value=found["default"])
        rows.append((name, found["value"], does))
    return format_table(rows, "<<<", columns(), wrap_last=True)


def row(known: Setting, now: Settings) -> dict[str, Any]:
    """A setting as it is written in the file, beside its default; an amount's currency apart."""
    found = {
        "key": known.name,
        "value": known.type.write(getattr(now, known.name)),
        "default": known.type.write(getattr(settings.Settings(), known.name)),
        "allowed": _(known.allowed),
        "does": _(known.does),
    }
    if known.name in AMOUNTS:
        found["currency"] = currency_of(now, known.name)
    return found


COMMANDS = {
    "config": Command(
        config,
        (Argument("KEY", "optional", "setting"), Argument("VALUE", "any")),
        (Option(("--yes",), None, N_("change the currency, even where amounts then no longer count")),),
        N_(
            "tracker config day_starts_at 05:00\n"
            "tracker config daily_budget ''     an empty value goes back to the default\n"
            "tracker config night.nights 4      a threshold of a pattern"
        ),
    )
}
