"""Every study there is, in the order of the patterns: one for each that can be flagged."""

from __future__ import annotations

from tests.studies import (
    after_posting,
    brief_checks,
    broken_pause,
    check_cluster,
    first_thing,
    night,
    overrun,
    rapid_return,
    rebound,
    rising_use,
    time_distortion,
    time_without_return,
)
from tests.studies.study import Study

STUDIES: dict[str, Study] = {
    module.STUDY.name: module.STUDY
    for module in (
        brief_checks,
        check_cluster,
        rapid_return,
        after_posting,
        overrun,
        time_distortion,
        rising_use,
        rebound,
        broken_pause,
        night,
        first_thing,
        time_without_return,
    )
}
