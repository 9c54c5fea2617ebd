"""What each pattern is, in words: the one text behind `tracker patterns --explain` and docs/patterns.md.

Marks on a threshold: E reported in the literature, O our own calibration on null models, P a product choice.
"""

from __future__ import annotations

from tracker.locale import N_
from tracker.record import Record


class Threshold(Record):
    """A number that decides, in words, and the mark that says where it comes from."""

    text: str
    mark: str


class Definition(Record):
    """One pattern in words. Texts are English message ids, to be translated where they are shown."""

    name: str
    title: str
    text: str
    thresholds: tuple[Threshold, ...]
    silent_before: str
    source: str


MARKS = {
    "E": N_("reported in the literature"),
    "O": N_("our own calibration on null models"),
    "P": N_("a product choice"),
}

DEFINITIONS = (
    Definition(
        "brief_checks",
        N_("Mostly brief checks"),
        N_(
            "The share of sessions shorter than 30 s among those whose duration is true. Flagged if the lower end of "
            "its 95 % interval (Wilson) is above 0.60 and there are at least 10 such checks per logged day."
        ),
        (
            Threshold(N_("a check is shorter than 30 s"), "E"),
            Threshold(N_("share above 0.60 even at the lower end of its interval"), "P"),
            Threshold(N_("at least 10 checks per logged day"), "P"),
        ),
        N_("14 logged days and 50 sessions with true durations"),
        N_(
            "Oulasvirta et al. 2012 (checking habits are brief, typically < 30 s, one app); Andrews et al. 2015 (more "
            "than half of uses < 30 s)"
        ),
    ),
    Definition(
        "check_cluster",
        N_("Bursts of checking"),
        N_(
            "Five openings or more within 30 minutes, all social channels together, where your own rate at that time "
            "on the other logged days makes so many very unlikely: the chance P(X ≥ k − 1) of a Poisson count whose "
            "mean is that rate summed over the 30 minutes is below 0.05 divided by the openings in the window. "
            "The first opening only says where the 30 minutes begin. An hour never used on the other days counts as "
            "half an opening there. Flagged half hours that share an opening are one cluster."
        ),
        (
            Threshold(N_("at least 5 openings within 30 minutes"), "O"),
            Threshold(N_("chance below 0.05 / openings in the window"), "O"),
            Threshold(N_("half an opening for an hour never used on the other days"), "O"),
        ),
        N_("14 logged days"),
        N_("scan statistic; Kleinberg 2003 as the alternative"),
    ),
    Definition(
        "rapid_return",
        N_("Straight back again"),
        N_(
            "The share of openings at most 10 min after the last close of that channel without a notification in the "
            "5 min before: the last 14 days against the 28 before. Flagged if p < 0.01 (two proportions) and at least "
            "10 points more."
        ),
        (
            Threshold(N_("p < 0.01"), "O"),
            Threshold(N_("at least 10 points more"), "P"),
        ),
        N_("42 logged days"),
        N_("Heitmayer & Lahlou 2021 (about every 5 min, 89 % self-initiated)"),
    ),
    Definition(
        "burstiness",
        N_("How bunched your openings are"),
        N_(
            "A figure only, never flagged: burstiness of the gaps between openings, corrected for their number, and "
            "memory, the correlation of each gap with the next."
        ),
        (),
        N_("50 gaps between openings"),
        N_("Goh & Barabási 2008; Kim & Jo 2016 (finite-size correction)"),
    ),
    Definition(
        "self_initiated",
        N_("Opened without a notification"),
        N_("A figure only, never flagged: one less the share opened at most 5 min after that channel's notification."),
        (),
        N_("imported notifications"),
        "Heitmayer & Lahlou 2021",
    ),
    Definition(
        "after_posting",
        N_("Checking after posting"),
        N_(
            "Openings from 10 to 120 min after a publish session ends, against what is usual at those hours on days "
            "without one. Flagged if they are at least twice as many and p < 0.01 (exact conditional binomial)."
        ),
        (
            Threshold(N_("10 to 120 min after a post"), "O"),
            Threshold(N_("at least twice as many, p < 0.01"), "O"),
        ),
        N_("5 posts and 14 logged days"),
        "Grinberg et al. 2016; Lindström et al. 2021",
    ),
    Definition(
        "overrun",
        N_("Longer than planned"),
        N_(
            "Actual against planned length of planned social sessions. Flagged if the lower end of the 95 % interval "
            "of the share past 1.25 times their plan is above one half."
        ),
        (Threshold(N_("more than half past 1.25 times their plan"), "O"),),
        N_("14 planned sessions"),
        N_("self-control: Allcott et al. 2022"),
    ),
    Definition(
        "time_distortion",
        N_("Felt time and logged time"),
        N_(
            "Each week's estimate against what was logged. Flagged if it is at least 25 % off, the same way, in at "
            "least 4 of the last 6."
        ),
        (Threshold(N_("25 % off, the same way, in 4 of 6 weeks"), "P"),),
        N_("6 weekly estimates"),
        "Lin et al. 2015; Parry et al. 2021",
    ),
    Definition(
        "rising_use",
        N_("Rising use"),
        N_(
            "Whether daily time rises across the window: Mann–Kendall p < 0.01 and a Theil–Sen rise of at least 25 %. "
            "For information: a campaign also rises."
        ),
        (Threshold(N_("p < 0.01"), "O"), Threshold(N_("a rise of at least 25 %"), "P")),
        N_("28 logged days"),
        "Lin et al. 2015",
    ),
    Definition(
        "rebound",
        N_("More after a quiet day"),
        N_(
            "The logged day after a day of at most a tenth of the median, against the median of its weekday type. "
            "Flagged if p < 0.05 (sign flips)."
        ),
        (Threshold(N_("p < 0.05"), "O"),),
        N_("6 logged days after a quiet one"),
        N_("tested and not found in general by Stieger & Lewetz 2018"),
    ),
    Definition(
        "broken_pause",
        N_("Pauses not kept"),
        N_(
            "Declared pauses with at least one opening inside. Flagged if the lower end of the 95 % interval of their "
            "share is above one half."
        ),
        (Threshold(N_("more than half of the pauses"), "P"),),
        N_("10 declared pauses"),
        N_("Stieger & Lewetz 2018 (59 % relapsed at least once)"),
    ),
    Definition(
        "night",
        N_("At night"),
        N_(
            "Nights with a self-initiated opening inside the declared sleep hours, less 60 min at each edge. Flagged "
            "if there are at least 3 of 14."
        ),
        (Threshold(N_("3 of 14 nights"), "P"),),
        N_("14 nights with declared sleep hours"),
        "Rod et al. 2018",
    ),
    Definition(
        "first_thing",
        N_("First thing in the day"),
        N_(
            "Days whose first opening comes at most 5 min after waking: declared, or the first sign of life after at "
            "least 4 h of silence. Flagged if there are at least 10 of 14."
        ),
        (Threshold(N_("10 of 14 days"), "P"),),
        N_("14 logged days"),
        N_("product choice"),
    ),
    Definition(
        "time_without_return",
        N_("Time without return"),
        N_(
            "Per social channel: the chance that leads per hour are below break-even, from a Gamma–Poisson posterior. "
            "Flagged at 0.90 and above."
        ),
        (Threshold(N_("chance of 0.90"), "P"),),
        N_("20 h on the channel and 28 logged days"),
        N_("Gamma–Poisson posterior of leads per hour"),
    ),
)
