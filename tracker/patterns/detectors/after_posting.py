"""`after_posting`: whether one comes back to look after having published.

**Definition.** Each `publish` session is followed by a watch from 10 to 120 min after its end, cut short where the next
one begins. X openings fall in the watches. On each of the m logged days without a post the same hours of the clock are
watched, and Y openings fall there in all. If posting changed nothing, each of the X + Y would be one of the X with
chance 1/(1 + m): flagged if X·m ≥ 2·Y and the exact binomial tail p < .01.

**Decisions.**
- What is published again in the watch of another post is no look, so openings that are posts count on neither side.
- Days with a post have their own watch only: their hours beyond it are compared with nothing.
- Watches of different days are added up; each is compared with its own hours, so the hour of the day cannot matter.
- A watch ends with the day at the latest, and counts once it is over.

- The other days are watched from the same second to the same second, which is Σλₕ without rounding it to hours.
- p takes openings for independent. Days that are busy as a whole, and posts that come on those, are why twice as many
  are asked for as well.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from tracker.calendar.days import Wall
from tracker.calendar.zones import DAY
from tracker.locale import N_, _, ngettext
from tracker.patterns.finding import Chart, Finding, found, missing, more_days
from tracker.patterns.pattern import Pattern, Threshold
from tracker.patterns.statistics.shares import binomial_tail
from tracker.patterns.window import day_number, placed
from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from tracker.patterns.log import Log, Post

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
#: Fewer than so many expected openings are taken for so many, where it is asked how far past its threshold a flag is.
FEWEST = 0.5


class Looks(Record):
    """The openings of a day, or of several: the second of the day each begins at, sorted, and its sessions."""

    seconds: Sequence[int]
    sessions: Sequence[tuple[int, ...]]

    def between(self, lo: int, hi: int) -> slice:
        """Those that begin from `lo` on and before `hi`."""
        return slice(bisect_left(self.seconds, lo), bisect_left(self.seconds, max(lo, hi)))

    def count(self, lo: int, hi: int) -> int:
        """How many those are."""
        return len(self.seconds[self.between(lo, hi)])


#: A day on which nothing was opened.
NONE = Looks((), ())


class Counted(Record):
    """What the watches held, and what those hours held on all the other days together, bar for bar."""

    after: list[int]
    there: list[int]
    sessions: tuple[int, ...]


def find(log: Log) -> Finding:
    """Openings after posts against the same hours of days without one."""
    window = log.window
    days = {day_number(date) for date in window}
    posts = [place for post in log.posts if post.end + TO <= log.now and (place := _place(post, log))[0] in days]
    others = days.difference(day for day, _second in posts)
    if len(posts) < LEAST_POSTS or len(window) < LEAST_DAYS or not others:
        return _not_enough(window, len(posts))
    counted = _counted(posts, *_looks(log, others))
    after, usual = sum(counted.after), sum(counted.there)
    ratio = log.limit(NAME, "ratio", RATIO)
    expected = usual / len(others)
    p = binomial_tail(after, after + usual, 1 / (1 + len(others)))
    flagged = p < P and after >= ratio * expected
    return found(
        NAME,
        flagged,
        _(
            "{after} openings from 10 min to 2 h after {posts} posts; at the same hours of days without a post, "
            "about {usual}"
        ).format(after=after, posts=len(posts), usual=f"{expected:.1f}"),
        window,
        {
            "logged_days": len(window),
            "posts": len(posts),
            "openings_after": after,
            "days_without_post": len(others),
            "openings_there": usual,
            "openings_expected": round(expected, 3),
            "rate_ratio": round(after / expected, 3) if expected else None,
            "p": p,
        },
        sessions=counted.sessions if flagged else (),
        usual=_("about {n} in those hours without a post").format(n=f"{expected:.1f}"),
        chance=_("if posting changed nothing, so many would fall there with a chance of {p}").format(p=f"{p:.2g}"),
        margin=max(after / (ratio * max(expected, FEWEST)), 1.0) if flagged else 0.0,
        chart=_picture(counted, len(others)),
    )


def _place(post: Post, log: Log) -> tuple[int, int]:
    """The day a post's end belongs to, and the second of it, counted from the day's start."""
    wall = Wall.of(post.zone, log.starts_at)
    return wall.day_number(post.end), (wall.second_of_day(post.end) - log.starts_at) % DAY


def _looks(log: Log, others: Collection[int]) -> tuple[dict[int, Looks], Looks]:
    """The openings of each day with posts, and those of all the `others` in one; the posts themselves left out."""
    openings, where = placed(log)
    own = {post.session for post in log.posts}
    by_day: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
    there: list[int] = []
    for one, day, second in zip(openings, where.days, where.seconds, strict=True):
        if own.isdisjoint(one.session_ids):
            second = (second - log.starts_at) % DAY
            if day in others:
                there.append(second)
            else:
                by_day.setdefault(day, []).append((second, one.session_ids))
    looks = {day: Looks(*zip(*sorted(some), strict=True)) for day, some in by_day.items()}
    return looks, Looks(sorted(there), ())


def _counted(posts: Iterable[tuple[int, int]], looks: Mapping[int, Looks], there: Looks) -> Counted:
    after, beside, sessions = [0] * BARS, [0] * BARS, []
    for day, lo, hi in watches(posts):
        own = looks.get(day, NONE)
        sessions += own.sessions[own.between(lo, hi)]
        for bar in range(BARS):
            begins, ends = lo + bar * BAR, min(lo + (bar + 1) * BAR, hi)
            after[bar] += own.count(begins, ends)
            beside[bar] += there.count(begins, ends)
    return Counted(after, beside, tuple(id for ids in sessions for id in ids))


def watches(posts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """(day, from, to) for posts that end at these seconds of these days: none over the day's end, and none twice.

    Where the watch of a later post begins, that of the earlier one ends, so that no look is counted twice.
    """
    ends = sorted(set(posts))
    for (day, end), later in zip(ends, [*ends[1:], (None, 0)], strict=True):
        hi = min(end + TO, DAY, later[1] + FROM if later[0] == day else DAY)
        if end + FROM < hi:
            yield day, end + FROM, hi


def _picture(counted: Counted, others: int) -> Chart:
    edges = [(FROM + bar * BAR) // 60 for bar in range(BARS + 1)]
    return Chart(
        _("openings, by minutes after posting"),
        tuple(f"{lo}–{hi}" for lo, hi in pairwise(edges)),
        tuple(counted.after),
        tuple(count / others for count in counted.there),
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
    headline="rate_ratio",
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
