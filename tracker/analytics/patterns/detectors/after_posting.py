"""`after_posting`: whether one comes back to look after having published.

**Definition.** Each `publish` session is followed by a watch from 10 to 120 min after its end. It is cut short where
the next one begins, and at the end of the day. X openings fall in the watches. On the m logged days without a post the
same hours of the clock hold Y openings in all. E openings are usual in the watches. For each watch these are those of
the Y at its hours, over m, times how much busier than the other days its day was outside its watches (1 at least).

If posting changed nothing, each of the X + Y openings would be one of the X with chance E/(E + Y). Flagged if X ≥ 2·E
and the exact binomial tail p < .005. Before that, both counts are divided by the dispersion φ of the other days: χ²
over its degrees of freedom, of their table of days by two hours. Silent before 5 posts and 14 logged days.

Openings for work count on neither side: posts, replies and whatever else has an activity that makes something or deals
with people. Where all posts are of one weekday, a day of it without one is needed: somebody who posts every Wednesday,
and on no other day, may just be busier on Wednesdays. The running day is no day without a post. A watch counts once it
is over.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from tracker.analytics.exact_statistics import binomial_sf, dispersion
from tracker.analytics.patterns import pattern
from tracker.analytics.patterns.detector_input import DetectorInput, Post, as_far_as_seen, day_number, pick_ups
from tracker.calendar.days import WallClock
from tracker.domain.models import DAY
from tracker.domain.record import Record
from tracker.formatting.numbers import format_odds, round_half_up
from tracker.locale import N_, _, plural

NAME = "after_posting"
#: The watch, in seconds after the end of a post.
FROM, TO = 600, 7200
LEAST_POSTS = 5
LEAST_DAYS = 14
RATIO = 2.0
P = 0.005
#: Bars of the chart, and how many seconds each is wide.
BARS = 5
BAR = (TO - FROM) // BARS
#: The day in blocks of so many seconds, whose counts tell how unevenly openings come.
BLOCK, BLOCKS = 7200, 12
#: Added to both counts of a level, so that a day with few openings is not called many times as busy.
PSEUDOCOUNT = 1.0
#: Fewer expected openings are taken for so many, where it is asked how far past its threshold a flag is.
FEWEST = 0.5


class DayOpenings(Record):
    """The openings of one or more days: sorted seconds since the day's start, and the session ids of each."""

    seconds: Sequence[int]
    sessions: Sequence[tuple[int, ...]]

    def between(self, low: int, high: int) -> slice:
        """The positions of the openings that begin from second `low` on and before `high`."""
        return slice(bisect_left(self.seconds, low), bisect_left(self.seconds, max(low, high)))

    def number(self, low: int, high: int) -> int:
        """How many openings begin from second `low` on and before `high`."""
        part = self.between(low, high)
        return int(part.stop - part.start)


NO_OPENINGS = DayOpenings((), ())


class WatchCounts(Record):
    """Openings in the watches, bar for bar; of all other days at those hours; and usual in the watches, bar for bar.

    `watched` is how long the watches last, `hours` how long the hours that any of them covers, in seconds.
    """

    after: list[int]
    elsewhere: int
    usual: list[float]
    watched: int
    hours: int
    sessions: tuple[int, ...]


def find(log: DetectorInput) -> pattern.Finding:
    """Openings after posts against the same hours of days without one."""
    window = log.window
    days = {day_number(date) for date in window}
    ends = [end for post in log.posts if post.end + TO <= log.now and (end := day_and_second(post, log))[0] in days]
    # A post in the last ten minutes of its day has no watch on that day, so it tells nothing.
    watched = [(day, second) for day, second in ends if second + FROM < DAY]
    running = WallClock.of(log.zone, log.starts_at).day_number(log.now)
    others = days.difference([running], (day for day, _second in ends))
    weekdays = {day % 7 for day, _second in watched}
    is_one_weekday = len(weekdays) == 1 and bool(others) and weekdays.isdisjoint(day % 7 for day in others)
    posts = [] if is_one_weekday else watched
    if len(posts) < LEAST_POSTS or len(window) < LEAST_DAYS or not others:
        days_needed, needed = max(LEAST_DAYS - len(window), 0), max(LEAST_POSTS - len(posts), 0)
        more_posts = plural(needed, "{n} more post", "{n} more posts") if needed else ""
        if is_one_weekday and len(watched) >= LEAST_POSTS:
            more_posts = _("a post on another weekday, or a day of that weekday without one")
        needs = [pattern.more_days(days_needed), more_posts]
        if not any(needs):
            needs = [_("a day without a post, to compare with")]
        figures = {"logged_days": len(window), "posts": len(posts), "days_needed": days_needed, "posts_needed": needed}
        return pattern.not_enough(NAME, window, figures, *needs)
    by_day, elsewhere, phi = openings_by_day(log, others)
    counts = _count(posts, by_day, elsewhere, len(others))
    after, expected = sum(counts.after), sum(counts.usual)
    if counts.elsewhere:
        chance_after = expected / (expected + counts.elsewhere)
    else:  # nothing was ever opened at those hours on other days: the share of the time
        chance_after = counts.watched / (counts.watched + counts.hours * len(others))
    ratio = log.limit(NAME, "ratio", RATIO)
    p = binomial_sf(int(after / phi) - 1, int(after / phi) + int(counts.elsewhere / phi), chance_after)
    flagged = p < P and after >= ratio * expected
    evidence = _("{after} openings in the 2 h after {posts} posts; at those hours without a post, {usual}").format(
        after=after, posts=len(posts), usual=pattern.say_usual_openings(expected)
    )
    edges = [(FROM + bar * BAR) // 60 for bar in range(BARS + 1)]
    return pattern.finding(
        NAME,
        flagged,
        evidence if flagged else as_far_as_seen(log, evidence),
        window,
        {
            "logged_days": len(window),
            "posts": len(posts),
            "openings_after": after,
            "days_without_post": len(others),
            "openings_there": counts.elsewhere,
            "openings_expected": round_half_up(expected, 3),
            "spread": round_half_up(phi, 3),
            "rate_ratio": round_half_up(after / expected, 3) if expected else None,
            "p": p,
        },
        sessions=counts.sessions,
        chance=_("if posting changed nothing, that many openings would come up {odds}").format(odds=format_odds(p)),
        margin=max(after / (ratio * max(expected, FEWEST)), 1.0),
        chart=pattern.BarChart(
            _("openings, by minutes after posting"),
            tuple(f"{low}–{high}" for low, high in pairwise(edges)),
            tuple(counts.after),
            tuple(counts.usual),
            _("usual at those hours"),
        ),
    )


def day_and_second(post: Post, log: DetectorInput) -> tuple[int, int]:
    """The number of the day a post's end belongs to, and its second, counted from the day's start."""
    wall = WallClock.of(post.zone, log.starts_at)
    return wall.day_number(post.end), (wall.second_of_day(post.end) - log.starts_at) % DAY


def openings_by_day(log: DetectorInput, others: Collection[int]) -> tuple[dict[int, DayOpenings], DayOpenings, float]:
    """The openings of each day with posts, those of all `others` together (without ids), and the others' dispersion.

    The posts themselves and other work are left out.
    """
    openings, times = pick_ups(log)
    work = log.work.union(post.session for post in log.posts)
    by_day: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
    elsewhere: list[int] = []
    table: dict[int, list[int]] = {}
    for ids, day, clock_second in zip(openings.session_ids, times.days, times.seconds, strict=True):
        if work.isdisjoint(ids):
            second = (clock_second - log.starts_at) % DAY
            if day in others:
                elsewhere.append(second)
                table.setdefault(day, [0] * BLOCKS)[second // BLOCK] += 1
            else:
                by_day.setdefault(day, []).append((second, ids))
    days = {day: DayOpenings(*zip(*sorted(rows), strict=True)) for day, rows in by_day.items()}
    return days, DayOpenings(sorted(elsewhere), ()), dispersion(list(table.values()))


def _count(
    posts: Iterable[tuple[int, int]], by_day: Mapping[int, DayOpenings], elsewhere: DayOpenings, others: int
) -> WatchCounts:
    after, usual = [0] * BARS, [0.0] * BARS
    every: list[tuple[int, int]] = []
    sessions: list[tuple[int, ...]] = []
    for day, group in groupby(watches(posts), key=lambda watch: watch[0]):
        own, spans = by_day.get(day, NO_OPENINGS), [(low, high) for _day, low, high in group]
        # How many times as busy the day was outside its watches as the others were then; 1 at least.
        outside = len(own.seconds) - sum(own.number(low, high) for low, high in spans)
        others_outside = len(elsewhere.seconds) - sum(elsewhere.number(low, high) for low, high in spans)
        level = max((outside + PSEUDOCOUNT) / (others_outside / others + PSEUDOCOUNT), 1.0)
        every += spans
        for low, high in spans:
            sessions += own.sessions[own.between(low, high)]
            for bar in range(BARS):
                begins, ends = low + bar * BAR, min(low + (bar + 1) * BAR, high)
                after[bar] += own.number(begins, ends)
                usual[bar] += elsewhere.number(begins, ends) * level / others
    hours = list(joined(every))
    return WatchCounts(
        after,
        sum(elsewhere.number(low, high) for low, high in hours),
        usual,
        sum(high - low for low, high in every),
        sum(high - low for low, high in hours),
        tuple(id for ids in sessions for id in ids),
    )


def joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The union of the spans, in parts that do not overlap: what watches of several days share counts once."""
    covered = 0
    for low, high in sorted(spans):
        if high > covered:
            yield max(low, covered), high
            covered = high


def watches(posts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """(day, from, to) for posts that end at these seconds of these days: none beyond the day's end, and none twice.

    Where the watch of a later post begins, that of the earlier one ends, so that no opening is counted twice.
    """
    ends = sorted(set(posts))
    following = dict(pairwise(ends))
    for day, end in ends:
        next_day, next_end = following.get((day, end), (day + 1, 0))
        high = min(end + TO, DAY, next_end + FROM if next_day == day else DAY)
        if end + FROM < high:
            yield day, end + FROM, high


PATTERN = pattern.Pattern(
    place=6,
    name=NAME,
    heading=N_("Checking after posting"),
    plain=N_(
        "How often you open a channel in the two hours after publishing, compared with the same hours of days without "
        "a post. Flagged at {ratio} times as often or more."
    ),
    text=N_(
        "Openings from 10 to 120 min after a publish session ends, against the same hours of the clock on the days "
        "without one; if the rest of the day is busier than on those, against as many times more. Replies and other "
        "work do not count. If you post on one weekday only, a day of it without a post is needed. Flagged if they are "
        "at least {ratio} times as many and p < 0.005 (exact conditional binomial). Where openings come more unevenly "
        "than by chance, both counts are divided by how much more (the spread) before the chance is taken."
    ),
    thresholds=(
        pattern.Threshold(N_("10 to 120 min after a post"), "O"),
        pattern.Threshold(N_("at least {value} times as many"), "O", "ratio", RATIO, 1, 20),
        pattern.Threshold(N_("p < 0.005"), "O"),
    ),
    silent_before=N_("5 posts and 14 logged days"),
    source=N_("Grinberg et al. 2016; Lindström et al. 2021 (posting as reward learning)"),
    detect=find,
    key_figure=pattern.KeyFigure(
        "rate_ratio", N_("openings after posts, times the usual, in 28 logged days"), pattern.AS_TIMES
    ),
    figures={
        "posts": N_("posts"),
        "posts_needed": N_("posts still needed"),
        "openings_after": N_("openings after them"),
        "days_without_post": N_("days without a post"),
        "openings_there": N_("openings at those hours there"),
        "openings_expected": N_("openings usual in those hours"),
        "spread": N_("how unevenly openings come (1: as by chance)"),
        "rate_ratio": N_("times as many as usual"),
    },
)
