"""What another set currency would mean for the amounts in the log: they keep theirs, and are not converted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker import settings
from tracker.locale import _, ngettext
from tracker.settings import AMOUNTS, amount_in_set_currency
from tracker.storage.outcomes import amounts_in

if TYPE_CHECKING:
    from tracker.settings import Settings
    from tracker.storage import Database


def say_uncounted(database: Database, before: str, after: str) -> str:
    """How many amounts would not count any more if the currency `before` gave way to `after`; nothing for none."""
    count = 0 if after == before else amounts_in(database, before)
    if not count:
        return ""
    return ngettext(
        "{n} amount in {before} would no longer count as income or spending; none is converted to {after}",
        "{n} amounts in {before} would no longer count as income or spending; none is converted to {after}",
        count,
    ).format(n=count, before=before, after=after)


def say_unused(now: Settings, name: str) -> list[str]:
    """That the setting `name` is not used, or which are not where `currency` was set: they are in another one."""
    unused = [one for one in AMOUNTS if getattr(now, one) is not None and amount_in_set_currency(now, one) is None]
    if name in unused:
        return [_("not used while the currency is {currency}").format(currency=now.currency)]
    if name != "currency":
        return []
    return [
        _("{name} stays {value} and is not used").format(name=one, value=settings.value_text(now, one))
        for one in unused
    ]
