"""How each commitment of a week went, which ones touch what is about to begin, and suggestions for the next week.

How one went is computed from the log where that is possible. A day that was not logged is unknown, neither kept nor
broken; so is a day to come. Whether a commitment was *kept* is said once nothing unknown or to come could change it:
three calls of three are kept on Wednesday; at most thirty minutes a day is broken by the first day over it, and stays
unsettled while a day was not logged.

A commitment that was made during its week is judged from then on: posts, plans, pauses and sums of the week count from
that moment, whole days from the next day, and nights if their middle was still to come.

A commitment *touches* a session about to begin when it was made against it: on its own channel, or on any social
channel where it names none.

The same week always gives the same suggestions. Flagged patterns come first, the furthest past its threshold first,
then verdicts, then budgets, then a talk with somebody who waits. The user can change the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import cycle

from tracker.analytics.day_slices import DaySlice, LoadedDays
from tracker.analytics.habit_days import CLOCKS
from tracker.analytics.patterns.detector_input import day_number
from tracker.analytics.patterns.detectors.night import Sleep
from tracker.analytics.patterns.openings import MERGE_GAP
from tracker.analytics.patterns.pattern import Finding
from tracker.analytics.patterns.registry import pattern
from tracker.calendar.days import SleepHours, WallClock, day_of, next_date, next_week
from tracker.domain.models import DAY, MEASURES, Commitment, over_plan
from tracker.domain.record import Record
from tracker.formatting.numbers import round_to_int
from tracker.formatting.text import labelled
from tracker.locale import N_, _
from tracker.reports.contacts import Outreach
from tracker.reports.day import KEPT, pauses_in_span
from tracker.reports.habit_histories import measure_loaded
from tracker.reports.load_days import load_days, span_of_days
from tracker.reports.week import Week
from tracker.settings import Settings
from tracker.storage import channels, reviews, session_table
from tracker.workspace import Workspace

#: The activity that is a post.
PUBLISH = "publish"


class CommitmentResult(Record):
    """How a commitment went: on `done` of `of` days (or posts, plans, nights), or `value` against the week's target.

    `unknown` days are over and were not logged, `ahead` days are still to come (or posts whose time is not over).
    `kept` is None while it is not settled. The other fields are empty for a commitment that the log cannot measure.
    """

    commitment: Commitment
    done: int | None = None
    of: int | None = None
    value: float | None = None
    unknown: int = 0
    ahead: int = 0
    kept: bool | None = None


class _JudgedWeek(Record):
    """A week, its `dates` that a commitment is judged on, and what is loaded of it."""

    workspace: Workspace
    week: Sequence[str]
    dates: Sequence[str]
    today: str
    now: int
    #: Last day → what was loaded up to it. Several commitments share it.
    loaded_until: dict[str, LoadedDays]
    #: The instant the commitment was made at: what began before it does not count.
    since: int = 0

    def of(self, commitment: Commitment, *, whole_days: bool = False) -> _JudgedWeek:
        """The part of the week after the commitment was made; `whole_days` begin on the next day."""
        made = self.workspace.day_of(commitment.at)
        dates = [date for date in self.week if (date > made if whole_days else date >= made)]
        return self._replace(dates=dates, since=0 if whole_days else commitment.at)

    def loaded(self, *, more_days: int = 0, last: str | None = None) -> LoadedDays:
        """What was recorded from the first day of the week to its last day (and some more), or to `last`."""
        last = last or next_date(self.week[-1], more_days)
        if last not in self.loaded_until:
            self.loaded_until[last] = load_days(self.workspace, self.week[0], last)
        return self.loaded_until[last]

    def loaded_since(self, *, last: str | None = None) -> LoadedDays:
        """What `loaded` returns, without what began before the commitment was made; `logged` has all logged dates."""
        loaded = self.loaded(last=last)
        return loaded._replace(
            slices=loaded.slices.since(self.since),
            urges=[(date, urge) for date, urge in loaded.urges if urge.at >= self.since],
        )

    def counts(self, part: DaySlice) -> bool:
        """Whether the session of this slice is one that the commitment is judged on."""
        return part.start == part.opened and part.date in self.dates and part.opened >= self.since

    def unlogged(self, loaded: LoadedDays) -> int:
        """How many of its dates are over and were not logged."""
        return sum(date < self.today and date not in loaded.logged for date in self.dates)

    @property
    def ahead(self) -> int:
        """How many of its dates are not over."""
        return sum(date >= self.today for date in self.dates)


def results(workspace: Workspace, week: str) -> tuple[CommitmentResult, ...]:
    """The commitments for a week and how each went, or stands, at `now`."""
    with workspace.database.snapshot():
        of_week = reviews.commitments_of_week(workspace.database, week)
        return results_of(workspace, of_week, week) if of_week else ()


def results_of(workspace: Workspace, planned: Sequence[Commitment], week: str) -> tuple[CommitmentResult, ...]:
    """How each of these commitments went in `week`, or stands now; they need not be in the file."""
    dates, now = workspace.week_dates(week), workspace.now()
    judged = _JudgedWeek(workspace, dates, dates, workspace.day_of(now), now, {})
    return tuple(_result(judged, commitment) for commitment in planned)


def _result(judged: _JudgedWeek, commitment: Commitment) -> CommitmentResult:
    special = {"after_posting": _after_posting, "plan_kept": _plans_kept, "pauses_kept": _pauses_kept}
    measure = commitment.measure
    if measure is None or commitment.target is None:
        return CommitmentResult(commitment, kept=commitment.kept)
    if measure == "night_openings":
        return _nights(judged, commitment)
    adds_up = measure in special or (commitment.per == "week" and measure not in CLOCKS)
    left = judged.of(commitment, whole_days=not adds_up)
    if not left.dates or measure not in {*special, *MEASURES}:
        return CommitmentResult(commitment)
    if measure in special:
        return special[measure](left, commitment)
    values = _values(left, commitment, measure)
    if adds_up:
        total = sum(value or 0.0 for value in values.values())
        unknown = sum(date < judged.today and date not in values for date in left.dates)
        return _against_target(commitment, total, unknown, left.ahead)
    return _day_by_day(left, commitment, values)


def _values(judged: _JudgedWeek, commitment: Commitment, measure: str) -> dict[str, float | None]:
    """Date → what was measured, for every logged date."""
    if commitment.ring:
        loaded = judged.loaded_since()
        talks = [part for part in loaded.slices.of_channels(loaded.names_of("in_person")) if part.begins]
        rings = [session_table.get(judged.workspace.database, part.id).ring for part in talks]
        counts = Counter(part.date for part, ring in zip(talks, rings, strict=True) if ring == commitment.ring)
        return {date: float(counts[date]) for date in judged.dates if date in loaded.logged}
    wanted = measure, commitment.channel
    last = min(judged.week[-1], judged.today)
    if last < judged.week[0]:
        return {}
    loaded = judged.loaded_since(last=last)
    values = measure_loaded(judged.workspace, [wanted], loaded)[wanted]
    return {date: value for date, value in values.items() if date in judged.dates}


def _against_target(commitment: Commitment, total: float, unknown: int, ahead: int) -> CommitmentResult:
    at_least = commitment.kind == "at_least"
    target = commitment.target or 0
    is_settled = total >= target if at_least else total > target
    kept: bool | None = at_least
    if not is_settled:
        kept = None if unknown or ahead else not at_least
    return CommitmentResult(commitment, value=total, unknown=unknown, ahead=ahead, kept=kept)


def _day_by_day(judged: _JudgedWeek, commitment: Commitment, values: dict[str, float | None]) -> CommitmentResult:
    days_kept: list[bool] = []
    unknown = ahead = 0
    for date in judged.dates:
        if date > judged.today:
            ahead += 1
        elif date == judged.today:
            settled = _settled_today(commitment, values.get(date))
            days_kept += [] if settled is None else [settled]
            ahead += settled is None
        elif date not in values:
            unknown += 1
        else:
            days_kept.append(_holds(commitment, values[date]))
    return _counted(commitment, days_kept, unknown, ahead)


def _counted(commitment: Commitment, parts: Sequence[bool], unknown: int, ahead: int) -> CommitmentResult:
    """The result from whether each of the known parts (days, posts, nights) was kept."""
    done = sum(parts)
    kept: bool | None = done == len(parts)
    if kept and (unknown or ahead or not parts):
        kept = None
    return CommitmentResult(commitment, done, len(parts), None, unknown, ahead, kept)


def _holds(commitment: Commitment, value: float | None) -> bool:
    """Whether a logged day holds; a day without an opening (None) has none too early and none too late."""
    if value is None:
        return True
    target = commitment.target or 0
    return value >= target if commitment.kind == "at_least" else value <= target


def _settled_today(commitment: Commitment, value: float | None) -> bool | None:
    """Whether today holds; None where the rest of today can still change that."""
    if value is None:
        return None
    holds = _holds(commitment, value)
    return holds if commitment.measure == "first_opening" or holds == (commitment.kind == "at_least") else None


def _after_posting(judged: _JudgedWeek, commitment: Commitment) -> CommitmentResult:
    """Posts after which nothing was opened for so many minutes; publishing again does not count as opening."""
    loaded = judged.loaded(more_days=1)
    social = [part for part in loaded.slices.of_channels(loaded.names_of("social")) if part.start == part.opened]
    posts_kept: list[bool] = []
    ahead = 0
    for post in social:
        if post.activity != PUBLISH or post.lasted is None or not judged.counts(post):
            continue
        end = post.opened + post.lasted
        until = end + round(60 * (commitment.target or 0))
        opened = any(
            part.activity != PUBLISH
            # Going on at once on the post's own channel is the same opening.
            and (end + MERGE_GAP if part.channel == post.channel else end - 1) < part.start <= until
            and commitment.channel in (None, part.channel)
            for part in social
        )
        if not opened and until > judged.now:
            ahead += 1
        else:
            posts_kept.append(not opened)
    return _counted(commitment, posts_kept, judged.unlogged(loaded), ahead + judged.ahead)


def _plans_kept(judged: _JudgedWeek, commitment: Commitment) -> CommitmentResult:
    """Planned sessions that began in the week and ended in time; kept as a share of them, in percent."""
    loaded = judged.loaded()
    since, until = span_of_days(judged.workspace, judged.week[0], judged.week[-1])
    plans = session_table.planned(judged.workspace.database, since, until)
    on_plan = [
        not over_plan(part.lasted, plans[part.id])
        for part in loaded.slices.of_channels(loaded.names_of("social"))
        if judged.counts(part)
        and part.id in plans
        and part.lasted is not None
        and commitment.channel in (None, part.channel)
    ]
    unknown, ahead = judged.unlogged(loaded), judged.ahead
    share = 100 * sum(on_plan) / len(on_plan) if on_plan else None
    kept = None if share is None or unknown or ahead else share >= (commitment.target or 0)
    return CommitmentResult(commitment, sum(on_plan), len(on_plan), share, unknown, ahead, kept)


def _pauses_kept(judged: _JudgedWeek, commitment: Commitment) -> CommitmentResult:
    """Pauses declared in the week and not broken; they are on record whether a day was logged or not."""
    starts_at = judged.workspace.settings.day_starts_at
    since, until = span_of_days(judged.workspace, judged.dates[0], judged.dates[-1])
    kept = sum(
        pause.state == KEPT
        for pause in pauses_in_span(judged.workspace.database, since, until, judged.now)
        if day_of(pause.start, pause.zone, starts_at) in judged.dates and pause.start >= judged.since
    )
    return _against_target(commitment, float(kept), 0, judged.ahead)


def _nights(judged: _JudgedWeek, commitment: Commitment) -> CommitmentResult:
    """Openings in the middle of each night; a night belongs to the day on which sleep begins."""
    if judged.workspace.settings.sleep is None:
        left = judged.of(commitment)
        return CommitmentResult(commitment, unknown=sum(date < judged.today for date in left.dates), ahead=left.ahead)
    sleep = Sleep(SleepHours(*judged.workspace.settings.sleep), judged.workspace.settings.day_starts_at)
    begun, _since = sleep.night(commitment.at, judged.workspace.zone)
    dates = [date for date in judged.week if day_number(date) > begun]
    if not dates:
        return CommitmentResult(commitment)
    loaded = judged.loaded(more_days=1)
    over = [date for date in dates if sleep.is_over(day_number(date), judged.now, judged.workspace.zone)]
    signs = sorted(part.opened for part in loaded.slices if part.begins)
    sleep = sleep.as_slept(map(day_number, over), signs, judged.workspace.zone)
    logged = [day_number(date) for date in over if date in loaded.logged]
    openings = {number: 0 for number in logged if number not in sleep.unclear}
    for part in loaded.slices.of_channels(loaded.names_of("social")):
        if part.begins and commitment.channel in (None, part.channel):
            number, since = sleep.night(part.opened, part.zone)
            if number in openings and since < sleep.lasts(number):
                openings[number] += 1
    nights_kept = [_holds(commitment, float(count)) for count in openings.values()]
    return _counted(commitment, nights_kept, len(over) - len(openings), len(dates) - len(over))


# --- Suggestions

#: At most so many are suggested.
MOST_SUGGESTIONS = 5

#: A channel must be over its budget on so many days to be mentioned.
OVER_BUDGET = 3

#: The suggested first opening, in seconds after midnight, where no waking time is declared; else an hour after it.
MORNING = 9 * 3600


class Suggestion(Record):
    """A commitment for the coming week that is not stored (id 0), and what it comes from.

    `source` is `pattern`, `verdict`, `budget` or `people`; `about` names the pattern, the channel or the person. `why`
    says of a verdict what it comes from, in the reader's words.
    """

    commitment: Commitment
    source: str
    about: str
    why: str = ""


class _Measure(Record):
    """How a commitment is measured; a target of None is computed from the week (`_target`)."""

    measure: str
    kind: str
    target: float | None
    per: str | None


class _Idea(Record):
    """What can be done about something: `{channel}` and `{who}` in its words are filled in."""

    cue: str
    plan: str
    measured: _Measure | None = None


_TALKS = _Measure("contacts", "at_least", 3.0, "week")
_FEWER_CHECKS = _Measure("checks", "at_most", None, "day")
_LESS_TIME = _Measure("social_minutes", "at_most", None, "day")

#: What can be done about each pattern that can be flagged.
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
        N_("the time I planned is up"), N_("I close it and call {who}"), _Measure("plan_kept", "at_least", 80.0, "week")
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
        N_("I go to bed"), N_("the phone stays in another room"), _Measure("night_openings", "at_most", 0.0, "day")
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
    verdicts: Iterable[tuple[str, str, str]] = (),
) -> tuple[Suggestion, ...]:
    """What the user could commit to for the week after `week`, at most MOST_SUGGESTIONS.

    `flagged` are the findings that stand; `verdicts` has (channel, verdict, what it comes from in the reader's words).
    """
    next_name = next_week(week.week)
    titles = {total.channel: total.title for total in week.channels}
    waiting = [*outreach.follow_ups, *(person for ring in outreach.rings for person in ring.waiting)]
    # One after the other, so that two suggestions do not name the same person.
    names = cycle([person.name for person in waiting] or [_("one prospect")])

    def suggestion(idea: _Idea, source: str, about: str, channel: str | None = None, why: str = "") -> Suggestion:
        who = next(names) if "{who}" in idea.plan else ""
        title = titles.get(channel or "", channel or "")
        cue, plan = (_(words).format(channel=title, who=who) for words in (idea.cue, idea.plan))
        pattern = about if source == "pattern" else None
        commitment = Commitment(0, next_name, cue, plan, channel=channel, pattern=pattern)
        if goal := idea.measured:
            target = _target(settings, week, goal.measure, channel) if goal.target is None else goal.target
            commitment = commitment._replace(measure=goal.measure, kind=goal.kind, target=target, per=goal.per)
        return Suggestion(commitment, source, who if source == "people" and waiting else about, why)

    suggestions: list[Suggestion] = []
    for finding in sorted(flagged, key=lambda finding: -finding.margin):
        worst = finding.figures.get("channel")
        channel = str(worst) if worst and finding.name == "time_without_return" else None
        suggestions.append(suggestion(IDEAS[finding.name], "pattern", finding.name, channel))
    for channel, verdict, why in sorted(verdicts, key=lambda judged: judged[1] != "stop"):
        if verdict in ("stop", "cut"):
            suggestions.append(suggestion(_LESS, "verdict", channel, channel, why))
    for channel, budget in _over_budget(week):
        idea = _LESS._replace(measured=_LESS_TIME._replace(target=budget / 60))
        suggestions.append(suggestion(idea, "budget", channel, channel))
    suggestions.append(suggestion(_MORE, "people", ""))
    kept: dict[tuple[object, ...], Suggestion] = {}
    for made in suggestions:
        kept.setdefault((made.commitment.measure, made.commitment.per, made.commitment.channel), made)
    return tuple(kept.values())[:MOST_SUGGESTIONS]


def say_source(suggestion: Suggestion, titles: Mapping[str, str]) -> str:
    """What a suggestion comes from, in the reader's words; `titles`: channel name → title."""
    about = suggestion.about
    if suggestion.source == "pattern":
        return pattern(about).title
    if suggestion.source == "verdict":
        return labelled(titles.get(about, about), suggestion.why)
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


# --- What touches a session about to begin


def due_reminder(workspace: Workspace, channel: str) -> Commitment | None:
    """The first commitment of this week that touches a session about to begin on `channel`."""
    return next(iter(commitments_touching(workspace, channel)), None)


def commitments_touching(workspace: Workspace, channel: str) -> tuple[Commitment, ...]:
    """Every commitment of this week that touches it, those of the channel itself first."""
    of_week = reviews.commitments_of_week(workspace.database, workspace.this_week())
    if not of_week or channels.find(workspace.database, channel).kind != "social":
        return ()
    touched = [
        commitment
        for commitment in of_week
        if commitment.channel in (None, channel) and _is_about_now(workspace, commitment)
    ]
    return tuple(sorted(touched, key=lambda commitment: (commitment.channel is None, commitment.position)))


def _is_about_now(workspace: Workspace, commitment: Commitment) -> bool:
    """Whether a commitment about a time of day, the night or a post is about now; any other one is."""
    now, settings = workspace.now(), workspace.settings
    target = commitment.target or 0
    clock = WallClock.of(workspace.zone).second_of_day(now)
    # Counted from the midnight before the day began, as openings are measured.
    clock += DAY if clock < settings.day_starts_at else 0
    match commitment.measure:
        case "first_opening":
            return clock < target
        case "last_opening":
            return clock > target
        case "night_openings":
            if settings.sleep is None:
                return False
            today, hours = day_number(workspace.today()), SleepHours(*settings.sleep)
            nights = (night for day in (today - 1, today) for night in hours.nights(day, settings.day_starts_at))
            return any(begins <= today * DAY + clock < begins + lasts for begins, lasts in nights)
        case "after_posting":
            return _posted(workspace, now - round(60 * target), now)
        case _:
            return True


def _posted(workspace: Workspace, since: int, now: int) -> bool:
    social = channels.names_of(workspace.database, "social")
    spans = session_table.spans(workspace.database, since, now + 1)
    return any(
        channel in social and activity == PUBLISH and end is not None and since <= end <= now
        for _id, channel, _start, end, _zone, activity, _estimated in spans
    )
