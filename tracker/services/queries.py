"""Reading: a day, a week, the running session, channels, activities. Nothing is changed."""

from __future__ import annotations

from functools import partial

from tracker.domain.errors import TrackerError
from tracker.domain.models import RINGS, Activity, Channel, Session
from tracker.domain.record import Record
from tracker.domain.text import quoted
from tracker.formatting.text import list_terms, read_term
from tracker.locale import _
from tracker.storage import channels as channel_store
from tracker.storage import last_touch, session_table, undo_steps
from tracker.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tracker.analytics.patterns.pattern import Cluster, Finding
    from tracker.reports.day import Day, Status
    from tracker.reports.longer_look import LongerReport
    from tracker.reports.week import Week

#: What the chooser offers before anything was ever used: the first social channels, in the order they come in.
OFFERED = 8


class EarlierStart(Record):
    """What was last done on a channel: offered when it is started again."""

    activity: str | None = None
    planned_seconds: int | None = None
    intention: str | None = None
    start: int | None = None


def clusters_of(findings: tuple[Finding, ...], date: str) -> tuple[Cluster, ...]:
    """The clusters of checks that began on a day."""
    return tuple(cluster for finding in findings for cluster in finding.events if cluster.date == date)


def day(workspace: Workspace, date: str) -> Day:
    """The report of a day (an ISO date) as it stands now."""
    from tracker.reports.day import day

    return day(workspace, date)


def checks_on(workspace: Workspace, date: str) -> int:
    """How many checks the day has so far."""
    from tracker.reports.day import checks_on

    return checks_on(workspace, date)


def week(workspace: Workspace, name: str, *, with_worth: bool = False) -> Week:
    """The report of a week (`2026-W48`) as it stands now; with the Worth report if asked for."""
    from tracker.reports.week import week

    return week(workspace, name, with_worth=with_worth)


def longer_look(workspace: Workspace, name: str) -> LongerReport:
    """The year of weeks up to the week `name`: for a thread, with a connection of its own."""
    from tracker.reports.longer_look import longer_look

    with workspace.database.reader() as database:
        return longer_look(workspace.at_one_instant(database), name)


def status(workspace: Workspace, *, patterns: bool = False) -> Status:
    """What runs and where today stands; the patterns flagged today only if asked for: they look at four weeks."""
    from tracker.reports.day import status

    with workspace.database.snapshot():
        shown = status(workspace)
        if not patterns or not (shown.checks or shown.sessions):
            return shown
        social = channel_store.names_of(workspace.database, "social")
        flagged = ("check_cluster",) if clusters_today(workspace, social) else ()
        return shown._replace(patterns=flagged)


def clusters_today(workspace: Workspace, social: Collection[str]) -> tuple[Cluster, ...]:
    """Today's clusters of openings, as the pattern `check_cluster` finds them, unless the user has silenced it.

    This is asked all day long. The weeks that today is compared with are therefore read only when today has as many
    openings within half an hour as a cluster needs. `social` are the names of the channels that count.
    """
    from tracker.analytics.patterns.openings import crowded_windows
    from tracker.reports.load_days import span_of_days

    today = workspace.today()
    rows = session_table.spans(workspace.database, *span_of_days(workspace, today, today))
    # An opening is one or more sessions: where there are too few sessions there are too few openings.
    if not crowded_windows([start for _id, channel, start, *_rest in rows if channel in social]):
        return ()
    from tracker.analytics.patterns.detectors.check_cluster import NAME, clusters
    from tracker.reports.detector_inputs import log_of_openings
    from tracker.storage import reviews

    if NAME in reviews.marks_on(workspace.database, today):
        return ()
    bursts = clusters(log_of_openings(workspace, last=today))
    return tuple(cluster for cluster in bursts if cluster.date == today)


def running(workspace: Workspace) -> Session | None:
    """The session that runs, if one does."""
    return session_table.running(workspace.database)


def session(workspace: Workspace, id: int) -> Session:
    """The session of this id; TrackerError if it is gone."""
    return session_table.get(workspace.database, id)


def found_sessions(workspace: Workspace, ids: Sequence[int]) -> list[Session]:
    """The sessions of these ids that are still there, in this order."""
    by_id = session_table.by_id(workspace.database, ids)
    return [by_id[id] for id in ids if id in by_id]


def is_empty(workspace: Workspace) -> bool:
    """Whether nothing was ever recorded: the first run."""
    from tracker.storage import day_records

    database = workspace.database
    return not channel_store.last_used(database) and not day_records.urges_in_span(database, 0, workspace.now() + 1)


def findings_until(workspace: Workspace, date: str) -> tuple[Finding, ...]:
    """Every pattern as of the day `date`."""
    from tracker.reports.patterns import findings

    return findings(workspace, last=date)


def channels(workspace: Workspace) -> list[Channel]:
    """Every channel, in order, archived ones left out."""
    return [channel for channel in channel_store.channels(workspace.database) if not channel.archived]


def titles(workspace: Workspace) -> dict[str, str]:
    """What each channel is called, by its name; archived ones left out."""
    return {channel.name: channel.title for channel in channels(workspace)}


def letters(workspace: Workspace) -> dict[str, str]:
    """The letter of each channel, or an empty word, by its name; archived ones left out."""
    return {channel.name: channel.letter or "" for channel in channels(workspace)}


def by_letter(workspace: Workspace) -> dict[str, Channel]:
    """The channels that have a letter, by it; archived ones left out."""
    return {channel.letter: channel for channel in channels(workspace) if channel.letter}


def all_channels(workspace: Workspace) -> list[Channel]:
    """Every channel, in order, archived ones too."""
    return channel_store.channels(workspace.database)


def names_in_use(workspace: Workspace) -> set[str]:
    """The names of the channels with a session or a budget, archived ones left out."""
    return {channel.name for channel in channel_store.in_use(workspace.database)}


def activities(workspace: Workspace) -> list[Activity]:
    """Every activity, archived ones left out."""
    return [activity for activity in channel_store.activities(workspace.database) if not activity.archived]


def all_activities(workspace: Workspace) -> list[Activity]:
    """Every activity, archived ones too."""
    return channel_store.activities(workspace.database)


def title(workspace: Workspace, name: str) -> str:
    """The title of a channel; its name where there is no such channel."""
    return next((channel.title for channel in channel_store.channels(workspace.database) if channel.name == name), name)


def find_channel(workspace: Workspace, word: str) -> Channel:
    """The channel a word names; TrackerError if none or several."""
    return channel_store.find(workspace.database, word)


def find_activity(workspace: Workspace, word: str) -> Activity:
    """The activity a word names; TrackerError if none."""
    return channel_store.find_activity(workspace.database, word)


def find_ring(word: str) -> str:
    """The ring that `word` names. Raises TrackerError for any other word."""
    ring = read_term(word, RINGS)
    if ring not in RINGS:
        from tracker.calendar.words import RING_WORDS, plain  # French names in any language, as in `tracker log`

        ring = RING_WORDS.get(plain(word), word)
    if ring not in RINGS:
        message = _("a ring must be one of {rings}, not “{word}”")
        raise TrackerError(message.format(rings=list_terms(RINGS), word=quoted(word)))
    return ring


def vocabulary(workspace: Workspace) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """What a typed word can stand for: channels, activities, and channels' aliases."""
    from tracker.calendar.words import ACTIVITY_WORDS  # imported late: a command without a line does without it

    everything = channel_store.channels(workspace.database)
    activities = channel_store.activities(workspace.database)
    return (
        {word: channel.name for channel in everything for word in (*_spellings(channel.title), channel.name)},
        {word: name for word, name in ACTIVITY_WORDS.items() if any(name == activity.name for activity in activities)}
        | {word: activity.name for activity in activities for word in (*_spellings(activity.title), activity.name)},
        {text: channel for channel, _what, text in channel_store.matches(workspace.database, "alias")},
    )


def _spellings(title: str) -> tuple[str, str]:
    """A title in lower case, without its accents and with them: not every keyboard has an `é`."""
    from tracker.calendar.words import plain  # imported late: see `vocabulary`

    return plain(title), title.casefold()


def channel_words(workspace: Workspace) -> set[str]:
    """What channels are known by, in lower case: names, titles and aliases."""
    channels, _activities, aliases = vocabulary(workspace)
    return {word.casefold() for word in (*channels, *aliases)}


def offered(workspace: Workspace) -> list[Channel]:
    """The channels to choose from, last used first, then those of the setting `channels`.

    Without that setting, before any social channel was used: the best known.
    """
    used = channel_store.last_used_first(workspace.database, channel_store.in_use(workspace.database))
    if workspace.settings.channels:
        names = [channel.name for channel in used]
        by_name = {channel.name: channel for channel in channels(workspace) if channel.name not in names}
        return used + [by_name[name] for name in workspace.settings.channels if name in by_name]
    if any(channel.kind == "social" for channel in used):
        return used
    return used + [channel for channel in channels(workspace) if channel.kind == "social"][:OFFERED]


def last_opened(workspace: Workspace) -> str | None:
    """The social channel opened last: the one that `c c` means."""
    social = [channel for channel in offered(workspace) if channel.kind == "social"]
    return social[0].name if social and not is_empty(workspace) else None


def last_use(workspace: Workspace, channel: str) -> EarlierStart:
    """What was last done on a channel, checks apart; every field None where nothing was."""
    last = session_table.last_by_channel(workspace.database).get(channel)
    return EarlierStart(last.activity, last.planned_seconds, last.intention, last.start) if last else EarlierStart()


def channel(workspace: Workspace, name: str) -> Channel:
    """The channel of this very name."""
    return next(channel for channel in channel_store.channels(workspace.database) if channel.name == name)


def say_moved_outcomes(workspace: Workspace, *, titles: bool) -> str:
    """Which outcomes got another channel by the last change, to be said once; empty for none.

    With `titles`, channels are named as on the screens. Without, they are named as they are typed, and outcomes have
    their ids.
    """
    moved = undo_steps.take_reattributed(workspace.database)
    return last_touch.say_reattributed(moved, title=partial(title, workspace) if titles else None)
