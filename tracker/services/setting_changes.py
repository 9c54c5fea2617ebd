"""Change a setting. Amounts in the log keep their currency, and are not converted when another is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker import settings
from tracker.domain.errors import TrackerError
from tracker.locale import _, ngettext
from tracker.settings import AMOUNTS, amount_in_set_currency
from tracker.storage import channels
from tracker.storage.outcomes import amounts_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.settings import Settings
    from tracker.workspace import Workspace


class UncountedAmounts(TrackerError):
    """Another currency was not set, because amounts in the log would not count any more; it says how many."""


def change_setting(
    path: str,
    name: str,
    text: str,
    workspace: Callable[[], Workspace],
    *,
    confirmed: bool = False,
    check: Callable[[Settings], None] | None = None,
) -> Settings:
    """Write one setting, as typed, into the settings file at `path`; an empty text is the default. Returns all of them.

    `workspace` gives the log and the settings as they are, which only another currency and names of channels need: any
    other setting can correct a file that cannot be read. Channels are written by their names, whatever alias was typed.
    Raises UncountedAmounts, unless it is `confirmed`, and TrackerError for a wrong value and for what `check` refuses,
    each with the file unchanged.
    """
    if name == "currency" and not confirmed:
        opened = workspace()
        before = opened.settings.currency
        after = settings.read(name, text) if text.strip() else settings.DEFAULT_CURRENCY
        count = 0 if after == before else amounts_in(opened.database, before)
        if count:
            message = ngettext(
                "{n} amount in {before} would no longer count as income or spending; none is converted to {after}",
                "{n} amounts in {before} would no longer count as income or spending; none is converted to {after}",
                count,
            ).format(n=count, before=before, after=after)
            hint = _("`tracker config currency {currency} --yes` changes it").format(currency=after)
            raise UncountedAmounts(message, hint)
    if name == "sources" and text.strip():
        from tracker.services.source_imports import check_entries

        check_entries(settings.read(name, text))
    if name == "channels" and text.strip():
        database = workspace().database
        text = ", ".join(channels.find(database, word).name for word in settings.read(name, text))
    return settings.save(path, name, text, check)


def say_unused(now: Settings, name: str) -> list[str]:
    """That the setting `name` is not used, or which are not where `currency` was set: they are in another one."""
    unused = [
        amount for amount in AMOUNTS if getattr(now, amount) is not None and amount_in_set_currency(now, amount) is None
    ]
    if name in unused:
        return [_("not used while the currency is {currency}").format(currency=now.currency)]
    if name != "currency":
        return []
    return [
        _("{name} stays {value} and is not used").format(name=amount, value=settings.value_text(now, amount))
        for amount in unused
    ]
