"""Suggested commitments for the coming week, made from what this week showed.

The same week always gives the same suggestions. Flagged patterns come first, the furthest past its threshold first,
then verdicts, then budgets, then a talk with somebody who waits. The user can change the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.registry import pattern
from tracker.calendar.days import next_week
from tracker.domain.models import Commitment
from tracker.formatting.numbers import round_to_int
from tracker.locale import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.analytics.patterns.finding import Finding
    from tracker.reports.contacts import Outreach
    from tracker.reports.week import Week
    from tracker.settings import Settings

#: At most so many are suggested.
MOST = 5

#: A channel must be over its budget on so many days to be mentioned.
OVER_BUDGET = 3

#: The suggested first opening, in seconds after midnight, where no waking time is declared; else an hour after it.
MORNING = 9 * 3600


class Suggestion(NamedTuple):
    """A commitment for the coming week that is not stored (id 0), and what it comes from.

    `source` is `pattern`, `verdict`, `budget` or `people`; `about` names the pattern, the channel or the person.
    """

    commitment: Commitment
    source: str
    about: str


class _Measure(NamedTuple):
    """How a commitment is measured; a target of None is computed from the week (`_target`)."""

    measure: str
    kind: str
    target: float | None
    per: str | None


class _Idea(NamedTuple):
    """What can be done about something: `{channel}` and `{who}` in its words are filled in."""

    cue: str
    plan: str
    measured: _Measure | None = None


_TALKS = _Measure("contacts", "at_least", 3.0, "week")
_FEWER_CHECKS = _Measure("checks", "at_most", None, "day")
_LESS_TIME = _Measure("social_minutes", "at_most", None, "day")

#: What can be done about each pattern.
IDEAS = {
    "brief_checks": _Idea(N_("I want to check likes"), N_("I call one prospect"), _TALKS),
    "check_cluster": _Idea(N_("I have looked twice in a row"), N_("I call {who}"), _FEWER_CHECKS),
    "rapid_return": _Idea(
        N_("I have just closed it and want to open it again"),
        N_("I put the phone away and walk round the block"),
        _FEWER_CHECKS,
    ),
    "after_posting": _Idea(
        N_("I have just published"),
        N_("I go out and talk to somebody for half an hour"),
        _Measure("after_posting", "at_least", 30.0, None),
    ),
    "overrun": _Idea(
        N_("the time I planned is up"),
        N_("I close it and call {who}"),
        _Measure("plan_kept", "at_least", 80.0, "week"),
    ),
    "time_distortion": _Idea(N_("I open a network"), N_("I first say for how long")),
    "rising_use": _Idea(N_("I have had my time for today"), N_("I write down who to talk to tomorrow"), _LESS_TIME),
    "rebound": _Idea(N_("it is the day after a quiet one"), N_("I begin it with a talk"), _LESS_TIME),
    "broken_pause": _Idea(
        N_("I declare a pause"),
        N_("I spend it with somebody, without the phone"),
        _Measure("pauses_kept", "at_least", 2.0, "week"),
    ),
    "night": _Idea(
        N_("I go to bed"),
        N_("the phone stays in another room"),
        _Measure("night_openings", "at_most", 0.0, "day"),
    ),
    "first_thing": _Idea(
        N_("I wake up"),
        N_("I have a coffee and make one call before I open anything"),
        _Measure("first_opening", "at_least", None, "day"),
    ),
    "time_without_return": _Idea(N_("I open {channel}"), N_("I ask one person there for a call"), _LESS_TIME),
}

_LESS = _Idea(N_("I feel like opening {channel}"), N_("I call {who}"), _LESS_TIME)
_MORE = _Idea(N_("it is ten in the morning"), N_("I call {who}"), _TALKS)


def suggest(
    settings: Settings,
    week: Week,
    outreach: Outreach,
    *,
    flagged: Iterable[Finding] = (),
    verdicts: Iterable[tuple[str, str]] = (),
) -> tuple[Suggestion, ...]:
    """What the user could commit to for the week after `week`, at most MOST.

    `flagged` are the findings that stand; `verdicts` has (channel, verdict).
    """
    next_name = next_week(week.week)
    titles = {total.channel: total.title for total in week.channels}
    waiting = [*outreach.follow_ups, *(person for ring in outreach.rings for person in ring.waiting)]
    named = 0

    def somebody() -> str:
        """The next of those who wait, so that two suggestions do not name the same person."""
        return waiting[named % len(waiting)].name if waiting else _("one prospect")

    def add(idea: _Idea, source: str, about: str, channel: str | None, pattern: str | None = None) -> None:
        nonlocal named
        who = somebody()
        named += "{who}" in idea.plan
        title = titles.get(channel or "", channel or "")
        cue, plan = (_(words).format(channel=title, who=who) for words in (idea.cue, idea.plan))
        commitment = Commitment(0, next_name, cue, plan, channel=channel, pattern=pattern)
        if goal := idea.measured:
            target = _target(settings, week, goal.measure, channel) if goal.target is None else goal.target
            commitment = commitment._replace(measure=goal.measure, kind=goal.kind, target=target, per=goal.per)
        suggestions.append(Suggestion(commitment, source, about))

    suggestions: list[Suggestion] = []
    known = [finding for finding in flagged if finding.name in IDEAS]
    for finding in sorted(known, key=lambda finding: -finding.margin):
        worst = finding.figures.get("channel")
        channel = str(worst) if worst and finding.name == "time_without_return" else None
        add(IDEAS[finding.name], "pattern", finding.name, channel, pattern=finding.name)
    for channel, verdict in sorted(verdicts, key=lambda pair: pair[1] != "stop"):
        if verdict in ("stop", "cut"):
            add(_LESS, "verdict", channel, channel)
    for channel, budget in _over_budget(week):
        add(_LESS._replace(measured=_LESS_TIME._replace(target=budget / 60)), "budget", channel, channel)
    add(_MORE, "people", somebody() if waiting else "", None)
    kept: dict[tuple[object, ...], Suggestion] = {}
    for suggestion in suggestions:
        commitment = suggestion.commitment
        kept.setdefault((commitment.measure, commitment.per, commitment.channel), suggestion)
    return tuple(kept.values())[:MOST]


def say_source(suggestion: Suggestion, titles: Mapping[str, str]) -> str:
    """What a suggestion comes from, in the reader's words; `titles`: channel name → title."""
    about = suggestion.about
    if suggestion.source == "pattern":
        return pattern(about).title
    if suggestion.source == "verdict":
        return _("{channel}: does not pay").format(channel=titles.get(about, about))
    if suggestion.source == "budget":
        return _("{channel}: over its budget").format(channel=titles.get(about, about))
    return _("follow-up due: {who}").format(who=about) if about else _("a talk does more than a post")


def _over_budget(week: Week) -> list[tuple[str, int]]:
    """(channel, budget) of the social channels over their budget on OVER_BUDGET days or more, the most often first."""
    over_budget = []
    for total in week.channels:
        budget = total.budget_seconds
        if total.kind == "social" and budget is not None:
            days = sum(dict(day.channels).get(total.channel, 0) > budget for day in week.days)
            if days >= OVER_BUDGET:
                over_budget.append((-days, total.channel, budget))
    return [(channel, budget) for _days, channel, budget in sorted(over_budget)]


def _target(settings: Settings, week: Week, measure: str, channel: str | None) -> float:
    """An attainable target: a quarter less than this week's day, half of one channel's, an hour after waking.

    Checks a day, seconds after midnight, or minutes a day.
    """
    days = max(week.logged_days, 1)
    if measure == "checks":
        return float(max((week.checks or 0) * 3 // (4 * days), 1))
    if measure == "first_opening":
        return float(MORNING if settings.wakes_at is None else settings.wakes_at + 3600)
    if channel is None:
        seconds = (week.seconds or 0) * 3 / 4 / days
    else:
        seconds = sum(total.seconds for total in week.channels if total.channel == channel) / 2 / days
    minutes = max(round_to_int(seconds / 60), 1)
    return float(5 * round_to_int(minutes / 5) if minutes > 10 else minutes)
