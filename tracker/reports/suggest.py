"""Commitments to choose from, made from what the week showed: always towards a talk with somebody.

The same week always suggests the same. Flagged patterns come first, the furthest past its threshold first, then the
user's or the computed verdicts, then budgets, then somebody who waits for a follow-up. The words are the reader's to
change; once chosen they are the user's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.registry import pattern
from tracker.calendar.weeks import next_week
from tracker.domain.models import Commitment
from tracker.formatting.numbers import round_to_int
from tracker.locale import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.analytics.patterns.finding import Finding
    from tracker.reports.outreach import Outreach
    from tracker.reports.values import Week
    from tracker.settings import Settings

#: So many are suggested.
MOST = 5

#: A channel was over its budget on so many days before something is said of it.
OVER_BUDGET = 3

#: Where no waking time is declared, the first opening is suggested not before this; else an hour after it.
MORNING = 9 * 3600


class Suggestion(NamedTuple):
    """A commitment for the coming week that is not the user's yet (id 0), and what it comes from.

    `source` is `pattern`, `verdict`, `budget` or `people`; `about` names the pattern, the channel or the person.
    """

    commitment: Commitment
    source: str
    about: str


class _Measure(NamedTuple):
    """How it shows; a target of None depends on the week and is filled in where it is used."""

    measure: str
    kind: str
    target: float | None
    per: str | None


class _Idea(NamedTuple):
    """What can be put against something: `{channel}` and `{who}` in its words are filled in."""

    cue: str
    plan: str
    measured: _Measure | None = None


_TALKS = _Measure("contacts", "at_least", 3.0, "week")
_FEWER_CHECKS = _Measure("checks", "at_most", None, "day")
_LESS_TIME = _Measure("social_minutes", "at_most", None, "day")

#: What can be put against each pattern.
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
    """What one could commit to for the week after `week`, from the patterns that stand and the verdicts of channels."""
    maker = _Maker(settings, week, outreach)
    found = [maker.of_pattern(finding) for finding in _strongest(flagged)]
    decided = sorted(verdicts, key=lambda one: one[1] != "stop")
    found += [maker.less(channel, "verdict") for channel, verdict in decided if verdict in ("stop", "cut")]
    found += [maker.within_budget(name, budget) for name, budget in _over_budget(week)]
    found.append(maker.talk())
    kept: dict[tuple[object, ...], Suggestion] = {}
    for one in found:
        commitment = one.commitment
        kept.setdefault((commitment.measure, commitment.per, commitment.channel), one)
    return tuple(kept.values())[:MOST]


def say_source(one: Suggestion, titles: Mapping[str, str]) -> str:
    """What a suggestion comes from, in the reader's words; `titles` are the channels' names."""
    title = titles.get(one.about, one.about)
    if one.source == "pattern":
        return pattern(one.about).title
    if one.source == "verdict":
        return _("{channel}: not worth its hours").format(channel=title)
    if one.source == "budget":
        return _("{channel}: over its budget").format(channel=title)
    return _("{who} waits to hear from you").format(who=one.about) if one.about else _("a talk does more than a post")


def _strongest(findings: Iterable[Finding]) -> Sequence[Finding]:
    known = [finding for finding in findings if finding.name in IDEAS]
    return sorted(known, key=lambda finding: -finding.margin)


def _over_budget(week: Week) -> list[tuple[str, int]]:
    """Social channels that were over their budget on several days, with it, the most often first."""
    found = []
    for total in week.channels:
        budget = total.budget_seconds
        if total.kind == "social" and budget is not None:
            days = sum(dict(day.channels).get(total.channel, 0) > budget for day in week.days)
            if days >= OVER_BUDGET:
                found.append((-days, total.channel, budget))
    return [(channel, budget) for _days, channel, budget in sorted(found)]


class _Maker:
    """Makes suggestions of ideas, with this week's figures and people in them."""

    def __init__(self, settings: Settings, week: Week, outreach: Outreach) -> None:
        self._settings = settings
        self._week = week
        self._next = next_week(week.week)
        self._titles = {total.channel: total.title for total in week.channels}
        waiting = [*outreach.follow_ups, *(one for ring in outreach.rings for one in ring.waiting)]
        self._who = [one.name for one in waiting]
        self._named = 0

    def of_pattern(self, finding: Finding) -> Suggestion:
        """What can be put against a flagged pattern."""
        channel = finding.figures.get("channel")
        about = str(channel) if channel and finding.name == "time_without_return" else None
        return self._made(IDEAS[finding.name], "pattern", finding.name, about, pattern=finding.name)

    def less(self, channel: str, source: str) -> Suggestion:
        """Half of what a channel had a day this week."""
        return self._made(_LESS, source, channel, channel)

    def within_budget(self, channel: str, budget: int) -> Suggestion:
        """A channel's own budget."""
        idea = _LESS._replace(measured=_LESS_TIME._replace(target=budget / 60))
        return self._made(idea, "budget", channel, channel)

    def talk(self) -> Suggestion:
        """Three talks, the first of them with whoever waits and is not named yet."""
        return self._made(_MORE, "people", self._somebody() if self._who else "", None)

    def _target(self, measure: str, channel: str | None) -> float:
        """Attainable: a quarter less than this week's usual day, half of one channel's, an hour after waking."""
        days = max(self._week.logged_days, 1)
        if measure == "checks":
            return float(max((self._week.checks or 0) * 3 // (4 * days), 1))
        if measure == "first_opening":
            wakes = self._settings.wakes_at
            return float(MORNING if wakes is None else wakes + 3600)
        if channel is None:
            return float(_rounded((self._week.seconds or 0) * 3 / 4 / days))
        seconds = sum(total.seconds for total in self._week.channels if total.channel == channel)
        return float(_rounded(seconds / 2 / days))

    def _somebody(self) -> str:
        """Whoever is next of those who wait, so that two suggestions do not send one to the same door."""
        return self._who[self._named % len(self._who)] if self._who else _("one prospect")

    def _made(
        self, idea: _Idea, source: str, about: str, channel: str | None, pattern: str | None = None
    ) -> Suggestion:
        title = self._titles.get(channel or "", channel or "")
        who = self._somebody()
        self._named += "{who}" in idea.plan
        cue, plan = (_(words).format(channel=title, who=who) for words in (idea.cue, idea.plan))
        one = Commitment(0, self._next, cue, plan, channel=channel, pattern=pattern)
        how = idea.measured
        if how:
            target = self._target(how.measure, channel) if how.target is None else how.target
            one = one._replace(measure=how.measure, kind=how.kind, target=target, per=how.per)
        return Suggestion(one, source, about)


def _rounded(seconds: float) -> int:
    """Minutes, in fives where there are more than ten; never none."""
    minutes = max(round_to_int(seconds / 60), 1)
    return 5 * round_to_int(minutes / 5) if minutes > 10 else minutes
