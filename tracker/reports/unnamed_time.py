"""Measured time of a week of which nobody has said what was done in it: the review asks, once for each channel.

A phone or a browser knows how long, not what for. What a person timed or logged is never asked about.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import MINUTE
from tracker.domain.text import as_json
from tracker.formatting.times import format_duration
from tracker.locale import _
from tracker.reports.load_days import load_days
from tracker.storage import session_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.models import Channel
    from tracker.storage import Database
    from tracker.workspace import Workspace

#: Less time on a channel is not asked about, in seconds.
SHORTEST = 30 * MINUTE
#: So many channels a week are asked about, those with most time.
MOST = 3


class UnnamedTime(NamedTuple):
    """A social channel with its seconds of a week without an activity, and the ids of the sessions they are of."""

    channel: Channel
    seconds: int
    sessions: tuple[int, ...]


def unnamed_time(workspace: Workspace, week: str) -> tuple[UnnamedTime, ...]:
    """What is still to be asked of a week that is over, most time first; nothing of one that goes on.

    The sessions are those that began in the week. A channel that was answered is not asked about again.
    """
    dates = workspace.week_dates(week)
    if workspace.today() <= dates[-1]:
        return ()
    with workspace.database.snapshot():
        loaded = load_days(workspace, dates[0], dates[-1])
        social = loaded.slices.of_channels(loaded.names_of("social"))
        sessions = social.sessions
        measured = session_table.measured(workspace.database, sessions.id)
        known: dict[str, set[str]] = {}
        unnamed: dict[str, list[int]] = {}
        for id, channel, activity in zip(sessions.id, sessions.channel, sessions.activity, strict=True):
            if id in measured and activity is None:
                unnamed.setdefault(channel, []).append(id)
            elif id in measured and activity:
                known.setdefault(channel, set()).add(activity)
        answers = _answers(workspace.database, week)
    # An answer that was undone is none any more.
    answered = {channel for channel, activity in answers.items() if not activity or activity in known.get(channel, ())}
    seconds = {channel: social.of_sessions(set(ids)).seconds_by_channel()[channel] for channel, ids in unnamed.items()}
    waiting = [
        UnnamedTime(loaded.channels[channel], seconds[channel], tuple(ids))
        for channel, ids in unnamed.items()
        if channel not in answered and seconds[channel] >= SHORTEST
    ]
    waiting.sort(key=lambda time: (-time.seconds, time.channel.name))
    return tuple(waiting[: max(MOST - len(answered), 0)])


def say_unnamed(times: Sequence[UnnamedTime]) -> str:
    """`measured without an activity: LinkedIn 5h 52m, Reddit 1h`."""
    listed = (f"{time.channel.title} {format_duration(time.seconds)}" for time in times)
    return _("measured without an activity: {times}").format(times=", ".join(listed))


def say_how_to_name(week: str, times: Sequence[UnnamedTime]) -> str:
    """The command that answers what the time on the first of these channels was for."""
    return _(
        "`tracker review {week} --mostly {channel}=reply` says what you were mostly doing there, or `=mixed`"
    ).format(week=week, channel=times[0].channel.name)


def remember_answer(database: Database, week: str, channel: str, activity: str | None) -> None:
    """Remember that a channel was asked about; without an activity the user does not know, or did several things."""
    answers = _answers(database, week) | {channel: activity or ""}
    database.set_state(_name(week), as_json(answers))


def _answers(database: Database, week: str) -> dict[str, str]:
    """The activity that was answered by channel, empty where it is not known."""
    stored = database.state(_name(week))
    return dict(json.loads(stored)) if stored else {}


def _name(week: str) -> str:
    return f"measured time of {week}"
