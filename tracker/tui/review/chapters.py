"""What came of a verdict, in one sentence."""

from __future__ import annotations

from tracker.calendar.durations import say_duration
from tracker.calendar.weeks import say_week
from tracker.locale import _, ngettext
from tracker.locale.wording import labelled
from tracker.review.worth_words import say_round_amount, say_verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.review.verdicts import Chapter


def say_chapter(one: Chapter, currency: str) -> str:
    """`2026-W43: cut down – 1h 2m a week since, 3h 10m before; 1 lead, €480`."""
    verdict = one.verdict
    said = labelled(say_week(verdict.week), say_verdict(verdict.verdict)[2:])
    if verdict.why:
        said += f" ({verdict.why})"
    if one.after is None:
        return _("{said}; too early to say what came of it").format(said=said)
    hours = _("{after} a week since").format(after=say_duration(one.after))
    if one.before is not None:
        hours = _("{after} a week since, {before} before").format(
            after=say_duration(one.after), before=say_duration(one.before)
        )
    brought = ngettext("{n} lead", "{n} leads", one.leads).format(n=one.leads)
    if one.income:
        brought += f", {say_round_amount(one.income, currency)}"
    return _("{said}: {hours}; {brought}").format(said=said, hours=hours, brought=brought)
