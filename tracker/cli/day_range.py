"""The options --from and --to: the days of a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.parser import Option
from tracker.domain.errors import TrackerError
from tracker.locale import N_, _

if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.cli.parser import ParsedArguments

FROM = Option(("--from",), "DATE", N_("the first day"))
TO = Option(("--to",), "DATE", N_("the last day"))


def span(context: Context, args: ParsedArguments) -> tuple[str | None, str | None]:
    """The dates of --from and --to. Raises TrackerError for an end before its beginning."""
    first, last = (context.date(args.values[key]) if key in args.values else None for key in ("from", "to"))
    if first and (last or context.today) < first:
        raise TrackerError(_("--from {first} is after --to {last}").format(first=first, last=last or context.today))
    return first, last
