"""Words about results that the command line and the screens share: how an amount counts, and what is asked about it."""

from __future__ import annotations

from tracker.domain.models import DAY, EARNING_KINDS, WITH_ANYBODY, WITH_PERSON
from tracker.formatting.text import format_day_count
from tracker.formatting.times import format_duration
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.domain.models import Outcome


def say_counted(kind: str, currency: str | None, own: str) -> str:
    """How an amount counts where the user may not expect it: `counted as income`; empty else.

    Only amounts in `own`, the currency of the settings, are added up; a client's amount is income already.
    """
    if currency is None or kind not in EARNING_KINDS:
        return ""
    if currency != own:
        return _("not added to your income in {currency}, because nothing is converted").format(currency=own)
    return _("counted as income") if kind == "client" else ""


def say_duplicate(other: Outcome) -> str:
    """`client o3 has the same person and amount …`: one sale may have been recorded twice."""
    return _(
        "{kind} {id} has the same person and amount, and both count as income: if it is one sale, delete one of them"
    ).format(kind=_(other.kind), id=f"o{other.id}")


def last_touch_limits() -> dict[str, str]:
    """The look-back windows of the last touch, to be put into a message: `day` for anybody, `days` for a person."""
    return {"day": format_duration(WITH_ANYBODY), "days": format_day_count(WITH_PERSON // DAY)}
