"""`after_posting`: coming back to look after having published."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.patterns.edges import LOGS, holds
from tests.analytics.patterns.made import FIRST, at, figure, log, opening
from tracker.analytics.exact_statistics import binomial_sf
from tracker.analytics.patterns.detector_input import DetectorInput, Post
from tracker.analytics.patterns.detectors.after_posting import FROM, TO, find, joined, watches
from tracker.calendar.days import next_date

POSTED = (1, 6, 11, 16, 21)


def month(after: int, usual: int, posted: tuple[int, ...] = POSTED, days: int = 28) -> DetectorInput:
    """A post on some days from 10:00 to 10:20, with openings from 10:40 on; on the other days some as well."""
    clocks = [f"{10 + minute // 60}:{minute % 60:02}" for minute in range(40, 140, 5)]
    starts = [
        at(next_date(FIRST, day), clock) for day in range(days) for clock in clocks[: after if day in posted else usual]
    ]
    posts = tuple(
        Post(at(next_date(FIRST, day), "10:00"), at(next_date(FIRST, day), "10:20"), "Europe/Paris", 1000 + day)
        for day in posted
    )
    inputs = log(starts, days)
    return inputs._replace(posts=posts, now=inputs.now + 1)  # the last day is over


def test_twice_as_many_as_elsewhere_are_flagged_with_the_figures_of_a_sum_done_by_hand() -> None:
    finding = find(month(4, 1))
    assert finding.state == "flagged"
    # 20 openings in 5 watches, 23 at the same hours of the 23 other days: 23/23 in each watch, so 5 are expected.
    assert finding.figures == {
        "logged_days": 28,
        "posts": 5,
        "openings_after": 20,
        "days_without_post": 23,
        "openings_there": 23,
        "openings_expected": 5,
        "spread": 1,
        "rate_ratio": 4,
        "p": binomial_sf(19, 43, 5 / 28),
    }
    assert finding.evidence == ("20 openings in the 2 h after 5 posts; at those hours without a post, usually about 5")
    assert len(finding.sessions) == 20
    assert finding.margin == 2


def test_where_the_screen_is_not_known_it_says_what_is_not_seen() -> None:
    quiet = month(1, 1)._replace(by_gap=("chrome",))
    assert find(quiet).state == "quiet"
    assert "chrome cannot tell when the screen was dark" in find(quiet).evidence
    flagged = month(6, 1)._replace(by_gap=("chrome",))
    assert find(flagged).state == "flagged"
    assert "chrome" not in find(flagged).evidence


def test_a_day_that_is_busy_before_its_post_is_busy_after_it() -> None:
    # Each day with a post has six openings more in the morning, where one is usual: (6 + 1) / (1 + 1) = 3.5 times.
    mornings = [at(next_date(FIRST, day), f"07:{minute:02}") for day in POSTED for minute in range(6)]
    mornings += [at(next_date(FIRST, day), "07:00") for day in range(28) if day not in POSTED]
    busy = month(4, 1)
    busy = busy._replace(openings=tuple(sorted((*busy.openings, *log(mornings).openings))))
    finding = find(busy)
    assert finding.state == "quiet"
    assert finding.figures["openings_expected"] == pytest.approx(5 * 3.5)


def test_a_post_in_the_last_ten_minutes_of_its_day_says_nothing() -> None:
    busy = month(4, 1)
    ends = [at(next_date(FIRST, day + 1), "03:55") for day in POSTED]
    late = busy._replace(posts=tuple(post._replace(end=end) for post, end in zip(busy.posts, ends, strict=True)))
    finding = find(late)
    assert (finding.state, finding.figures["posts"]) == ("not enough data", 0)
    one_left = find(late._replace(posts=(*late.posts[:4], busy.posts[4])))
    assert one_left.figures["posts"] == 1


def test_openings_in_rounds_say_less_than_as_many_alone() -> None:
    # On the other days all that is opened is opened at one hour or at the other, so their counts are uneven.
    rounds = [
        at(next_date(FIRST, day), f"{hour}:{minute:02}")
        for day in range(28)
        if day not in POSTED
        for hour in ([8] if day % 2 else [15])
        for minute in range(0, 50, 5)
    ]
    even = month(2, 0)
    uneven = even._replace(openings=tuple(sorted((*even.openings, *log(rounds).openings))))
    assert find(even).state == "flagged"
    assert figure(find(uneven), "spread") > 8
    assert figure(find(uneven), "p") > figure(find(even), "p")


def test_twice_as_many_are_asked_for_whatever_the_chance() -> None:
    assert find(month(12, 6)).state == "flagged"
    assert find(month(11, 6)).state == "quiet"
    assert figure(find(month(11, 6)), "p") < 0.01
    assert find(month(11, 6)._replace(thresholds={"after_posting.ratio": 1.5})).state == "flagged"


def test_a_running_day_is_no_day_without_a_post_before_it_is_over() -> None:
    # At five in the morning two openings are all that is known of a day: no spread of rounds, and no quiet day.
    over = month(4, 1)
    today = next_date(FIRST, 28)
    early = tuple(opening(at(today, clock)) for clock in ("04:10", "04:20"))
    running = over._replace(
        openings=(*over.openings, *early), logged_dates=(*over.logged_dates, today), now=at(today, "05:00"), days=29
    )
    assert find(running).figures == {**find(over).figures, "logged_days": 29}


def test_a_chance_of_one_in_two_hundred_is_asked_for_whatever_the_ratio() -> None:
    # On 5 of 28 days there is a post, all at one hour: so many of a few openings at that hour fall on them by chance.
    finding = find(month(1, 0)._replace(openings=month(1, 0).openings[:3]))
    assert (finding.state, finding.figures["rate_ratio"], finding.sessions) == ("quiet", None, ())
    assert finding.figures["p"] == pytest.approx((5 / 28) ** 3)
    four = find(month(1, 0)._replace(openings=month(1, 0).openings[:4]))
    assert four.state == "flagged"
    assert four.figures["p"] == pytest.approx((5 / 28) ** 4)


def test_replies_to_a_post_are_work_and_no_looks() -> None:
    busy = month(4, 1)
    replies = frozenset(id for opening in busy.openings if opening.start % 900 for id in opening.session_ids)
    assert replies
    finding = find(busy._replace(work=replies))
    assert figure(finding, "openings_after") + figure(finding, "openings_there") == len(busy.openings) - len(replies)
    all_work = frozenset(id for opening in busy.openings for id in opening.session_ids)
    assert find(busy._replace(work=all_work)).figures["openings_after"] == 0


def test_one_weekday_of_posts_may_just_be_a_busy_weekday() -> None:
    wednesdays = (2, 9, 16, 23, 30)
    finding = find(month(4, 1, wednesdays, 35)._replace(days=None))
    assert finding.state == "not enough data"
    assert finding.evidence == "needs a post on another weekday, or a day of that weekday without one"
    assert find(month(4, 1, wednesdays, 42)._replace(days=None)).state == "flagged"


def test_an_opening_of_another_day_counts_once_however_many_watches_share_its_hour() -> None:
    month_ = month(4, 1)
    first, *rest = month_.posts
    evening = (first, *(post._replace(start=post.start + 28_800, end=post.end + 28_800) for post in rest))
    finding = find(month_._replace(posts=evening))
    assert (finding.figures["openings_there"], finding.figures["openings_expected"]) == (23, 1), (
        "nothing is usual at six"
    )


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 80)), max_size=12))
def test_hours_in_any_of_the_watches_are_each_once(some: list[tuple[int, int]]) -> None:
    spans = [(lo, lo + length) for lo, length in some]
    covered = {at for lo, hi in spans for at in range(lo, hi)}
    joined_spans = list(joined(spans))
    assert {at for lo, hi in joined_spans for at in range(lo, hi)} == covered
    assert sum(hi - lo for lo, hi in joined_spans) == len(covered)


@pytest.mark.parametrize(
    ("clock", "counts"), [("10:29:59", 0), ("10:30:00", 1), ("12:19:59", 1), ("12:20:00", 0), ("10:10", 0)]
)
def test_the_watch_is_from_ten_minutes_to_two_hours_after_the_end(clock: str, counts: int) -> None:
    inputs = month(0, 0)._replace(openings=(opening(at(next_date(FIRST, 6), clock)),))
    assert find(inputs).figures["openings_after"] == counts


def test_the_posts_themselves_are_no_looks() -> None:
    inputs = month(0, 0)
    again = Post(at(next_date(FIRST, 6), "11:00"), at(next_date(FIRST, 6), "11:05"), "Europe/Paris", 77)
    published = opening(again.start, 300, number=77)
    finding = find(inputs._replace(posts=tuple(sorted((*inputs.posts, again))), openings=(published,)))
    assert (finding.figures["posts"], finding.figures["openings_after"]) == (6, 0)


def test_two_posts_in_a_row_do_not_count_one_look_twice() -> None:
    inputs = month(0, 0)
    again = Post(at(next_date(FIRST, 6), "10:30"), at(next_date(FIRST, 6), "10:40"), "Europe/Paris", 77)
    look = opening(at(next_date(FIRST, 6), "11:00"))
    finding = find(
        inputs._replace(posts=tuple(sorted((*inputs.posts, again))), openings=(look, look._replace(session_ids=(5,))))
    )
    assert finding.figures["openings_after"] == 2


def test_a_watch_that_still_runs_waits() -> None:
    inputs = month(4, 1)
    assert find(inputs._replace(now=at(next_date(FIRST, 21), "12:19:59"))).figures["posts"] == 4
    assert find(inputs._replace(now=at(next_date(FIRST, 21), "12:20"))).figures["posts"] == 5


@pytest.mark.parametrize(
    ("log_", "evidence"),
    [
        (month(1, 1, (1, 3)), "needs 3 more posts"),
        (month(1, 1, (0, 1, 2, 3, 4), 12), "needs 2 more logged days"),
        (month(1, 1, (1,), 10), "needs 4 more logged days and 4 more posts"),
        (month(1, 1, tuple(range(28))), "needs a day without a post, to compare with"),
    ],
)
def test_it_says_what_is_missing(log_: DetectorInput, evidence: str) -> None:
    finding = find(log_)
    assert (finding.state, finding.evidence) == ("not enough data", evidence)


def test_the_picture_is_minutes_after_posting_with_the_usual_beside() -> None:
    chart = find(month(4, 1)).chart
    assert chart is not None
    assert list(chart.labels) == ["10–32", "32–54", "54–76", "76–98", "98–120"]
    assert list(chart.values) == [15, 5, 0, 0, 0]
    assert list(chart.usual) == [5, 0, 0, 0, 0]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 86_399)), max_size=20))
def test_watches_are_apart_and_cover_what_follows_each_post(posts: list[tuple[int, int]]) -> None:
    seen: set[tuple[int, int]] = set()
    for day, lo, hi in watches(posts):
        assert 0 < hi - lo <= TO - FROM
        assert hi <= 86_400
        moments = {(day, second) for second in range(lo, hi, 1)} if len(posts) < 4 else {(day, lo), (day, hi - 1)}
        assert not moments & seen
        seen |= moments
    if len(posts) < 4:
        wanted = {(day, s) for day, end in posts for s in range(end + FROM, min(end + TO, 86_400))}
        assert seen == wanted


@settings(max_examples=40)
@given(LOGS)
def test_it_is_sound_over_any_log(any_log: DetectorInput) -> None:
    holds(find, any_log, "openings", "posts")
