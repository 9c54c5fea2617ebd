"""The patterns with what is remembered of them: raised when, silent until when, expected why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import TrackerError
from tracker.locale import _
from tracker.settings import save_threshold
from tracker.tui import words
from tracker.tui.desk.base import Base
from tracker.tui.screens.evidence import ASIDE, Shown, ranked, title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.analytics.patterns.pattern import Finding
    from tracker.reports.five_weeks import Look
    from tracker.reports.flags import Flag
    from tracker.reports.values import Week

#: Under this name the screens remember which flag they have said, and on which day.
_SAID = "flag said"


class Flagging(Base):
    """Patterns, and what the user says of them."""

    def patterns(self) -> list[Shown]:
        """Every pattern as of today, the flags first; which of them stand is noted, so that tomorrow knows."""
        from tracker.reports import flags
        from tracker.reports.findings import findings

        today = self.today()
        found = findings(self.journal, self.settings, zone=self.zone, now=self.now())
        flagged = flags.flags(self.journal, self.settings, found, today)
        flags.remember(self.journal, flagged, today)
        return ranked(_shown(one, self.today()) for one in flagged)

    def patterns_on(self, date: str) -> list[Shown]:
        """Every pattern as of the day `date`, with what is said of it today."""
        from tracker.reports.findings import findings

        found = findings(self.journal, self.settings, zone=self.zone, now=self.now(), last=date)
        return self._as_marked(found, is_today=date == self.today())

    def patterns_of(self, week: Week) -> list[Shown]:
        """Every pattern as a week shows it, with what is said of it today."""
        return self._as_marked(week.patterns, is_today=self.today() in week.dates)

    def patterns_in(self, name: str) -> list[Shown]:
        """The same of the week of this name, read anew: thresholds and sessions may have changed."""
        from tracker.reports.week import week

        return self.patterns_of(week(self.journal, self.settings, name, zone=self.zone, now=self.now()))

    def _as_marked(self, findings: Sequence[Finding], *, is_today: bool) -> list[Shown]:
        """Nothing of a day that is past is new."""
        from tracker.reports import flags

        today = self.today()
        found = [_shown(one, today) for one in flags.flags(self.journal, self.settings, findings, today)]
        return ranked(one._replace(new=one.new and is_today) for one in found)

    def looks(self, week: str) -> dict[str, tuple[Look, ...]]:
        """Each pattern in the five weeks up to this one, by its name: for a thread, with a connection of its own."""
        from tracker.reports.five_weeks import five_weeks

        with self.journal.reader() as journal:
            return five_weeks(journal, self.settings, week, zone=self.zone, now=self.now())

    def news(self, items: Iterable[Shown]) -> Shown | None:
        """The new flag of today, once: said here or by an earlier run, it is not news any more."""
        raised = next((item for item in items if item.new), None)
        told = f"{self.today()} {raised.about.name}" if raised else None
        if raised is None or told is None or self.remembered(_SAID) == told:
            return None
        self.remember(_SAID, told)
        return raised

    def dismiss(self, name: str) -> str:
        """Let a pattern be silent for 28 days; returns the date it speaks again."""
        from tracker.reports import flags

        return flags.dismiss(self.journal, name, self.today(), now=self.now()).until or self.today()

    def expect(self, name: str, why: str) -> None:
        """Mark a pattern as expected, and why."""
        from tracker.reports import flags

        flags.expect(self.journal, name, why, self.today(), now=self.now())

    def take_back(self, name: str) -> None:
        """Take away what was said of a pattern. TrackerError if nothing was."""
        from tracker.reports import flags

        flags.unmark(self.journal, name, self.today(), now=self.now())

    def keep_limit(self, name: str, value: float | None) -> None:
        """Change a threshold in the settings file; None is the usual one. TrackerError: nothing is changed."""
        if self.config is None:
            raise TrackerError(_("there is no settings file here"))
        self.go_by(save_threshold(self.config, name, value, self.refuse_thresholds))
        self.look_again()


def _shown(flag: Flag, today: str) -> Shown:
    finding: Finding = flag.finding
    aside = ""
    if flag.dismissed_until is not None:
        aside = _("silent until {date}").format(date=words.near_day(flag.dismissed_until, today))
    elif flag.expected is not None:
        aside = _("expected: {why}").format(why=flag.expected) if flag.expected else _("expected")
    state = ASIDE if aside and finding.state == "flagged" else finding.state
    return Shown(state, title(finding.name), finding.evidence, finding, new=flag.new, aside=aside)
