"""`after_posting`: whether one comes back to look after having published.

**Definition.** Each `publish` session is followed by a watch from 10 to 120 min after its end; watches that overlap are
one. X openings fall in the watches of the days with posts. On each of the m logged days without a post the same hours
of the clock are watched, and Y openings fall there. If posting changed nothing, each of the X + Y would be X's with
chance 1/(1 + m): flagged if X·m ≥ 2·Y and the exact binomial tail p < .01.

**Decisions.**
- What is published again in the watch of another post is no look, so openings that are posts count on neither side.
- Days with a post have their own watch only: their hours beyond it are compared with nothing.
- Watches of different days are added up; each is compared with its own hours, so the hour of the day cannot matter.

**What was changed and why.** A Poisson count knows no busy days: where days differ by ±40 % and posts come on the
busy ones, p < .01 alone raised more than 5 %. The ratio of two holds it; the study plants both.
"""

from __future__ import annotations

from bisect import bisect_left

from tracker.calendar.days import Wall
from tracker.calendar.zones import DAY
from tracker.locale import N_, _, ngettext
from tracker.patterns.finding import Chart, Finding, found, missing, more_days
from tracker.patterns.pattern import Pattern, Threshold
from tracker.patterns.statistics.shares import binomial_tail
from tracker.patterns.window import day_number, placed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.patterns.log import Log, Post

    Watch = tuple[int, int]

NAME = "after_posting"
#: The watch, in seconds after the end of a post.
FROM, TO = 600, 7200
LEAST_POSTS = 5
LEAST_DAYS = 14
RATIO = 2.0
P = 0.01
#: Bars of the picture, so many seconds each.
BAR = 1320


def find(log: Log) -> Finding:
    """Openings after posts against the same hours of days without one."""
    window = log.window
    days = {day_number(date) for date in window}
    posts = [(day, second) for post, day, second in _placed(log) if day in days and post.end + TO <= log.now]
    posting = {day for day, _second in posts}
    others = len(days - posting)
    if len(posts) < LEAST_POSTS or len(window) < LEAST_DAYS or not others:
        return _not_enough(window, len(posts))
    looks, there = _looks(log, posting), Looks([], [])
    for day in looks.keys() - posting:
        there.seconds.extend(looks[day].seconds)
    there.seconds.sort()
    return _judged(log, posts, looks, there.seconds, others)


def _judged(
    log: Log, posts: Sequence[tuple[int, int]], looks: Mapping[int, Looks], there: Sequence[int], others: int
) -> Finding:
    """`there` are the seconds at which anything was opened on the `others` days without a post."""
    after, usual, sessions = 0, 0, []
    bars, beside = [0] * BARS, [0.0] * BARS
    for day, lo, hi in _watches(posts):
        own = looks.get(day, NONE)
        first, stop = _between(own.seconds, lo, hi)
        after += stop - first
        sessions += own.sessions[first:stop]
        elsewhere = _between(there, lo, hi)
        usual += elsewhere[1] - elsewhere[0]
        for bar in range(BARS):
            begins = lo + bar * BAR
            ends = hi if bar == BARS - 1 else min(begins + BAR, hi)
            first, stop = _between(own.seconds, begins, ends)
            bars[bar] += max(stop - first, 0)
            first, stop = _between(there, begins, ends)
            beside[bar] += max(stop - first, 0) / others
    ratio = log.limit(NAME, "ratio", RATIO)
    expected = usual / others
    p = binomial_tail(after, after + usual, 1 / (1 + others))
    flagged = p < P and after >= ratio * expected and after > 0
    return found(
        NAME,
        flagged,
        _(
            "{after} openings from 10 min to 2 h after {posts} posts; at the same hours of days without a post, "
            "about {usual}"
        ).format(after=after, posts=len(posts), usual=f"{expected:.1f}"),
        log.window,
        {
            "logged_days": len(log.window),
            "posts": len(posts),
            "openings_after": after,
            "days_without_post": others,
            "openings_there": usual,
            "openings_expected": round(expected, 3),
            "rate_ratio": round(after / expected, 3) if expected else None,
            "p": p,
        },
        sessions=tuple(id for ids in sessions for id in ids) if flagged else (),
        usual=_("about {n} in those hours without a post").format(n=f"{expected:.1f}"),
        chance=_("if posting changed nothing, so many would fall there with a chance of {p}").format(p=f"{p:.2g}"),
        margin=after / (ratio * max(expected, 0.5)) if flagged else 0.0,
        chart=Chart(
            _("openings after posting"),
            tuple(f"{(FROM + at * BAR) // 60}–{(FROM + (at + 1) * BAR) // 60} min" for at in range(BARS)),
            tuple(bars),
            tuple(beside),
            _("usual at those hours"),
        ),
    )


def _place(post: Post, log: Log) -> tuple[int, int]:
    """The day a post's end belongs to, and the second of it, counted from the day's start."""
    wall = Wall.of(post.zone, log.starts_at)
    return wall.day_number(post.end), (wall.second_of_day(post.end) - log.starts_at) % DAY


def _watches(ends: Iterable[int]) -> list[Watch]:
    """The watches after posts that end at these seconds of one day, none over the day's end; overlapping ones joined.

    What is joined is watched once, so that two posts in a row do not count one look twice.
    """
    joined: list[Watch] = []
    for end in sorted(ends):
        lo, hi = end + FROM, min(end + TO, DAY)
        if joined and lo <= joined[-1][1]:
            joined[-1] = (joined[-1][0], hi)
        elif lo < hi:
            joined.append((lo, hi))
    return joined


def _between(seconds: Sequence[int], lo: int, hi: int) -> Sequence[int]:
    return seconds[bisect_left(seconds, lo) : bisect_left(seconds, hi)]


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
        "without one. Flagged if they are at least twice as many and p < 0.01 (exact conditional binomial)."
    ),
    thresholds=(
        Threshold(N_("10 to 120 min after a post"), "O"),
        Threshold(N_("at least {value} times as many"), "O", "ratio", RATIO, 1, 20),
        Threshold(N_("p < 0.01"), "O"),
    ),
    silent_before=N_("5 posts and 14 logged days"),
    source=N_("Grinberg et al. 2016; Lindström et al. 2021 (posting as reward learning)"),
    detect=find,
    figures={
        "posts": N_("posts"),
        "posts_needed": N_("posts still needed"),
        "openings_after": N_("openings after them"),
        "days_without_post": N_("days without a post"),
        "openings_there": N_("openings at those hours there"),
        "openings_expected": N_("openings usual in those hours"),
        "rate_ratio": N_("times as many as usual"),
        "p": N_("chance of it"),
    },
)
