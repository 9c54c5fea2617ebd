"""`after_posting`: whether one comes back to look after having published.

**Definition.** Each `publish` session is followed by a watch from 10 to 120 min after its end, cut short where the next
one begins. X openings fall in the watches. On the m logged days without a post the same hours of the clock are watched,
and Y openings fall there in all. Usual are E openings: for each watch those of the Y at its hours, over m, times how
much busier than the other days its day was outside its watches (1 at least). If posting changed nothing, each of the
X + Y would be one of the X with chance E/(E + Y): flagged if X ≥ 2·E and the exact binomial tail p < .01, both counts
having been divided by the spread φ of the other days: χ² over its degrees of freedom of their table of days by two
hours.

**Decisions.**
- What is published again in the watch of another post is no look, so openings that are posts count on neither side.
- The running day is no day without a post before it is over: its evening is to come, and while nothing but an early
  hour of it is known, that hour would pass for a spread of rounds.
- Days with a post have their own watch only: their hours beyond it are compared with nothing.
- Watches of different days are added up; each is compared with its own hours, so the hour of the day cannot matter.
- Each of the Y counts once, however many watches share its hours: counted once for each watch, as it was, five posts at
  ten o'clock made one morning as good as five, and p far too small.
- Where nothing was ever opened at those hours on other days, the chance is the share of the time: the watches' over
  theirs and that of m days.
- A watch ends with the day at the latest, and counts once it is over.
- The other days are watched from the same second to the same second, which is Σλₕ without rounding it to hours.

**How it was tested** (`python -m tests.studies`, 400 months of each kind, Wilson 95 % intervals; every table and the
lives meant are in docs/patterns.md). Months of 28 logged days in which it is raised; planted was: a post on every
second day, and four times the usual openings from 10 min to 2 h after it.

======  ===============  ===============  ===============  ====================  ===================
use     null A           null B           null C           planted, seen         at first, the worst
======  ===============  ===============  ===============  ====================  ===================
low     0.5 % (0.1–1.8)  0.8 % (0.3–2.2)  0.2 % (0.0–1.4)  98.8 % (97.1–99.5)    B: 12.2 %
middle  0.0 % (0.0–1.0)  0.0 % (0.0–1.0)  0.0 % (0.0–1.0)  100.0 % (99.0–100.0)  B: 1.5 %
high    0.0 % (0.0–1.0)  0.0 % (0.0–1.0)  0.0 % (0.0–1.0)  100.0 % (99.0–100.0)  C: 0.0 %
======  ===============  ===============  ===============  ====================  ===================

Of all kinds of people it is to be silent on, the worst raise it in 0.8 % (0.3–2.2) of months; as first defined, 12.2 %
(9.4–15.8).

**What was changed and why.** As first defined the level of a post's own day did not count, φ was 1, and an opening of
another day counted once for each watch that shared its hour: it took openings for independent, days for alike, and one
morning for as many as there were posts. Somebody who opens in rounds was flagged in up to 12 % of months in which
posting changed nothing, somebody who posts on busy days in up to 10 %. With the day's own level, the spread of rounds
and each opening once, it is 1 % at most.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.finding import Chart, Finding, found, missing, more_days
from tracker.analytics.patterns.pattern import AS_TIMES, Headline, Pattern, Threshold
from tracker.analytics.patterns.window import day_number, placed
from tracker.analytics.statistics.shares import binomial_tail
from tracker.analytics.statistics.spread import spread
from tracker.calendar.days import Wall
from tracker.calendar.zones import DAY
from tracker.formatting.numbers import format_decimal, format_significant, round_half_up
from tracker.locale import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from tracker.analytics.patterns.log import Log, Post

NAME = "after_posting"
#: The watch, in seconds after the end of a post.
FROM, TO = 600, 7200
LEAST_POSTS = 5
LEAST_DAYS = 14
RATIO = 2.0
P = 0.01
#: Bars of the picture, and how many seconds each is wide.
BARS = 5
BAR = (TO - FROM) // BARS
#: The day in blocks of so many seconds, whose counts tell how openings are spread.
BLOCK, BLOCKS = 7200, 12
#: An opening more on either side, so that a day with few of them is not called many times as busy.
ONE = 1.0
#: Fewer than so many expected openings are taken for so many, where it is asked how far past its threshold a flag is.
FEWEST = 0.5


class Looks(NamedTuple):
    """The openings of a day, or of several: the second of the day each begins at, sorted, and its sessions."""

    seconds: Sequence[int]
    sessions: Sequence[tuple[int, ...]]

    def between(self, lo: int, hi: int) -> slice:
        """Those that begin from `lo` on and before `hi`."""
        return slice(bisect_left(self.seconds, lo), bisect_left(self.seconds, max(lo, hi)))

    def number(self, lo: int, hi: int) -> int:
        """How many those are."""
        part = self.between(lo, hi)
        return int(part.stop - part.start)


#: A day on which nothing was opened.
NONE = Looks((), ())


class Counted(NamedTuple):
    """What the watches held, bar for bar, and how many openings all the other days together had at those hours.

    `usual` is what days like theirs have in those hours, bar for bar.
    """

    after: list[int]
    there: int
    usual: list[float]
    #: Seconds that the watches last, and that the hours last which any of them covers.
    watched: int
    hours: int
    sessions: tuple[int, ...]


def find(log: Log) -> Finding:
    """Openings after posts against the same hours of days without one."""
    window = log.window
    days = {day_number(date) for date in window}
    every = [place for post in log.posts if post.end + TO <= log.now and (place := _place(post, log))[0] in days]
    # A post in the last ten minutes of its day has no watch on that day, so it says nothing of coming back.
    posts = [(day, second) for day, second in every if second + FROM < DAY]
    running = Wall.of(log.zone, log.starts_at).day_number(log.now)
    others = days.difference([running], (day for day, _second in every))
    if len(posts) < LEAST_POSTS or len(window) < LEAST_DAYS or not others:
        return _not_enough(window, len(posts))
    looks, there, spread_by = _looks(log, others)
    counted = _counted(posts, looks, there, len(others))
    after, beside, expected = sum(counted.after), counted.there, sum(counted.usual)
    ratio = log.limit(NAME, "ratio", RATIO)
    p = binomial_tail(
        int(after / spread_by), int(after / spread_by) + int(beside / spread_by), _share(counted, len(others))
    )
    flagged = p < P and after >= ratio * expected
    return found(
        NAME,
        flagged,
        _(
            "{after} openings from 10 min to 2 h after {posts} posts; at the same hours of days without a post, "
            "about {usual}"
        ).format(after=after, posts=len(posts), usual=format_decimal(expected, 1)),
        window,
        {
            "logged_days": len(window),
            "posts": len(posts),
            "openings_after": after,
            "days_without_post": len(others),
            "openings_there": beside,
            "openings_expected": round_half_up(expected, 3),
            "spread": round_half_up(spread_by, 3),
            "rate_ratio": round_half_up(after / expected, 3) if expected else None,
            "p": p,
        },
        sessions=counted.sessions if flagged else (),
        usual=_("about {n} in those hours on days without a post").format(n=format_decimal(expected, 1)),
        chance=_("if posting changed nothing, so many would fall there with a chance of {p}").format(
            p=format_significant(p, 2)
        ),
        margin=max(after / (ratio * max(expected, FEWEST)), 1.0) if flagged else 0.0,
        chart=_picture(counted),
    )


def _share(counted: Counted, others: int) -> float:
    """The chance that one of the openings at those hours is one after a post, if posting changed nothing."""
    expected = sum(counted.usual)
    if counted.there:
        return expected / (expected + counted.there)
    return counted.watched / (counted.watched + counted.hours * others)


def _place(post: Post, log: Log) -> tuple[int, int]:
    """The day a post's end belongs to, and the second of it, counted from the day's start."""
    wall = Wall.of(post.zone, log.starts_at)
    return wall.day_number(post.end), (wall.second_of_day(post.end) - log.starts_at) % DAY


def _looks(log: Log, others: Collection[int]) -> tuple[dict[int, Looks], Looks, float]:
    """The openings of each day with posts, and those of all the `others` in one; the posts themselves left out.

    With them goes how much more the others' counts are spread than those of chance.
    """
    openings, where = placed(log)
    own = {post.session for post in log.posts}
    by_day: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
    there: list[int] = []
    table: dict[int, list[int]] = {}
    for ids, day, second in zip(openings.session_ids, where.days, where.seconds, strict=True):
        if own.isdisjoint(ids):
            second = (second - log.starts_at) % DAY
            if day in others:
                there.append(second)
                table.setdefault(day, [0] * BLOCKS)[second // BLOCK] += 1
            else:
                by_day.setdefault(day, []).append((second, ids))
    looks = {day: Looks(*zip(*sorted(some), strict=True)) for day, some in by_day.items()}
    return looks, Looks(sorted(there), ()), spread(list(table.values()))


def _counted(posts: Iterable[tuple[int, int]], looks: Mapping[int, Looks], there: Looks, others: int) -> Counted:
    after, usual = [0] * BARS, [0.0] * BARS
    every: list[tuple[int, int]] = []
    sessions: list[tuple[int, ...]] = []
    for day, group in groupby(watches(posts), key=_day):
        own, spans = looks.get(day, NONE), [(lo, hi) for _day, lo, hi in group]
        level = _level(own, there, spans, others)
        every += spans
        for lo, hi in spans:
            sessions += own.sessions[own.between(lo, hi)]
            for bar in range(BARS):
                begins, ends = lo + bar * BAR, min(lo + (bar + 1) * BAR, hi)
                after[bar] += own.number(begins, ends)
                usual[bar] += there.number(begins, ends) * level / others
    hours = list(joined(every))
    return Counted(
        after,
        sum(there.number(lo, hi) for lo, hi in hours),
        usual,
        sum(hi - lo for lo, hi in every),
        sum(hi - lo for lo, hi in hours),
        tuple(id for ids in sessions for id in ids),
    )


def joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The hours that lie in any of the spans, each once: what watches of several days share is one stretch."""
    reach = 0
    for lo, hi in sorted(spans):
        if hi > reach:
            yield max(lo, reach), hi
            reach = hi


def _level(own: Looks, there: Looks, spans: Sequence[tuple[int, int]], others: int) -> float:
    """How many times as busy a day was outside its watches as the others were at those hours; 1 at least."""
    mine = len(own.seconds) - sum(own.number(lo, hi) for lo, hi in spans)
    theirs = len(there.seconds) - sum(there.number(lo, hi) for lo, hi in spans)
    return max((mine + ONE) / (theirs / others + ONE), 1.0)


def _day(watch: tuple[int, int, int]) -> int:
    return watch[0]


def watches(posts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """(day, from, to) for posts that end at these seconds of these days: none over the day's end, and none twice.

    Where the watch of a later post begins, that of the earlier one ends, so that no look is counted twice.
    """
    ends = sorted(set(posts))
    following = dict(pairwise(ends))
    for day, end in ends:
        next_day, next_end = following.get((day, end), (day + 1, 0))
        hi = min(end + TO, DAY, next_end + FROM if next_day == day else DAY)
        if end + FROM < hi:
            yield day, end + FROM, hi


def _picture(counted: Counted) -> Chart:
    edges = [(FROM + bar * BAR) // 60 for bar in range(BARS + 1)]
    return Chart(
        _("openings, by minutes after posting"),
        tuple(f"{lo}–{hi}" for lo, hi in pairwise(edges)),
        tuple(counted.after),
        tuple(counted.usual),
        _("usual at those hours"),
    )


def _not_enough(window: Sequence[str], posts: int) -> Finding:
    days, more = max(LEAST_DAYS - len(window), 0), max(LEAST_POSTS - posts, 0)
    needs = [more_days(days)] if days else []
    if more:
        needs.append(ngettext("{n} more post", "{n} more posts", more).format(n=more))
    figures = {"logged_days": len(window), "posts": posts, "days_needed": days, "posts_needed": more}
    return missing(NAME, window, dict(figures), *(needs or [_("a day without a post, to compare with")]))


PATTERN = Pattern(
    place=6,
    name=NAME,
    heading=N_("Checking after posting"),
    text=N_(
        "Openings from 10 to 120 min after a publish session ends, against the same hours of the clock on the days "
        "without one; if the rest of the day is busier than on those, against as many times more. Flagged if they are "
        "at least {ratio} times as many and p < 0.01 (exact conditional binomial). Where openings come more unevenly "
        "than by chance, both counts are divided by how much more (the spread) before the chance is taken."
    ),
    thresholds=(
        Threshold(N_("10 to 120 min after a post"), "O"),
        Threshold(N_("at least {value} times as many"), "O", "ratio", RATIO, 1, 20),
        Threshold(N_("p < 0.01"), "O"),
    ),
    silent_before=N_("5 posts and 14 logged days"),
    source=N_("Grinberg et al. 2016; Lindström et al. 2021 (posting as reward learning)"),
    detect=find,
    headline=Headline("rate_ratio", N_("openings after posts against the usual in 28 logged days"), AS_TIMES),
    figures={
        "posts": N_("posts"),
        "posts_needed": N_("posts still needed"),
        "openings_after": N_("openings after them"),
        "days_without_post": N_("days without a post"),
        "openings_there": N_("openings at those hours there"),
        "openings_expected": N_("openings usual in those hours"),
        "spread": N_("how unevenly openings come (1: as by chance)"),
        "rate_ratio": N_("times as many as usual"),
        "p": N_("chance of it"),
    },
)
