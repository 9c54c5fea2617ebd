"""`brief_checks`: whether most sessions are over within seconds.

**Definition.** Of the window's n openings whose duration is true, k lasted less than `check_seconds` (30). Flagged if
the Wilson 95 % lower bound W(k, n) > 0.60 and there were at least 10 such checks per logged day. Silent before 14
logged days and 50 true durations.

**Decisions.**
- Sessions joined by a gap of 30 s are one, and one opening lasts from its first start to its last end.
- An end that was estimated, or is still to come, is no true duration. A check logged by key is one: its length was not
  measured, but the user said that it was a check.
- "10 a day" counts the checks, not all sessions: ten checks a day is a habit, three checks among ten sessions is not.

**How it was tested** (`python -m tests.studies`, 400 months each, 45 sessions a day, each a check by the true share;
Wilson 95 % intervals). Months flagged; 0.60 and below are the null, of which at most 5 % may be:

===========  ====================  ====================
true share   28 days               14 days
===========  ====================  ====================
0.50         0.0 % (0.0–1.0)       0.0 % (0.0–1.0)
0.60         1.5 % (0.7–3.2)       2.5 % (1.4–4.5)
0.65         96 % (94–98)          74 % (70–78)
0.70         100 % (99–100)        100 % (99–100)
===========  ====================  ====================
"""

from __future__ import annotations

from tracker.locale import _, ngettext
from tracker.patterns.check_cluster import in_window
from tracker.patterns.finding import FLAGGED, NOT_ENOUGH, QUIET, Finding
from tracker.patterns.statistics import wilson

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.patterns.log import Log

NAME = "brief_checks"

#: The share of sessions that may be checks.
SHARE = 0.60
#: Checks per logged day before anything is flagged.
A_DAY = 10
LEAST_DAYS = 14
LEAST_SESSIONS = 50


def find(log: Log) -> Finding:
    """The share of brief sessions in the log's window."""
    window = log.window
    timed = [one for one in in_window(log) if one.end is not None and not one.estimated]
    if len(window) < LEAST_DAYS or len(timed) < LEAST_SESSIONS:
        return _not_enough(window, len(timed))
    brief = [one for one in timed if one.end is not None and one.end - one.start < log.check_seconds]
    low, high = wilson(len(brief), len(timed))
    a_day = len(brief) / len(window)
    flagged = low > SHARE and a_day >= A_DAY
    return Finding(
        NAME,
        FLAGGED if flagged else QUIET,
        _evidence(len(brief), len(timed), len(window), log.check_seconds),
        window[0],
        window[-1],
        {
            "logged_days": len(window),
            "sessions": len(timed),
            "brief": len(brief),
            "share": round(len(brief) / len(timed), 4),
            "share_low": round(low, 4),
            "share_high": round(high, 4),
            "brief_a_day": round(a_day, 2),
            "check_seconds": log.check_seconds,
        },
        tuple(session for one in brief for session in one.session_ids) if flagged else (),
    )


def _evidence(brief: int, timed: int, days: int, check_seconds: int) -> str:
    return _(
        "{brief} of {timed} sessions ({percent} %) were shorter than {seconds} s, "
        "about {a_day} a day over {days} logged days"
    ).format(
        brief=brief,
        timed=timed,
        percent=round(100 * brief / timed),
        seconds=check_seconds,
        a_day=round(brief / days),
        days=days,
    )


def _not_enough(window: Sequence[str], timed: int) -> Finding:
    days, sessions = max(LEAST_DAYS - len(window), 0), max(LEAST_SESSIONS - timed, 0)
    more_days = ngettext("{days} more logged day", "{days} more logged days", days).format(days=days)
    more_sessions = ngettext(
        "{sessions} more session with a true duration", "{sessions} more sessions with a true duration", sessions
    ).format(sessions=sessions)
    if days and sessions:
        evidence = _("needs {days} and {sessions}").format(days=more_days, sessions=more_sessions)
    else:
        evidence = _("needs {more}").format(more=more_days if days else more_sessions)
    first, last = (window[0], window[-1]) if window else (None, None)
    figures = {"logged_days": len(window), "sessions": timed, "days_needed": days, "sessions_needed": sessions}
    return Finding(NAME, NOT_ENOUGH, evidence, first, last, dict(figures))
