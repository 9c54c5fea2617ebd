"""What the sources of a log can tell: which were there throughout some days, and what is not seen of the others.

Another phone, or a browser that was imported from some day on, says nothing of more or less use, nor of other use:
patterns that compare one time with another leave it out and name it.
"""

from __future__ import annotations

from tracker.domain.record import Record
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.detector_input import DetectorInput, SourceSeconds

#: A source that is absent from so many days at either end was not there throughout.
EDGE = 7


class Throughout(Record):
    """The sources that were there throughout, and those that were in a part of the time only; none where the log has
    one source alone."""

    kept: tuple[SourceSeconds, ...] = ()
    left_out: tuple[SourceSeconds, ...] = ()

    @property
    def none_kept(self) -> bool:
        """Whether nothing can be compared: each source was there in a part of the time only."""
        return bool(self.left_out) and not self.kept

    def said(self, evidence: str) -> str:
        """The evidence with what was left out."""
        if not self.left_out:
            return evidence
        names = ", ".join(source.source for source in self.left_out)
        return _("{evidence}; without {sources}, recorded in a part of that time only").format(
            evidence=evidence, sources=names
        )


def throughout(log: DetectorInput, dates: Sequence[str]) -> Throughout:
    """Which sources were there throughout these logged dates: on the first EDGE of them, and on the last."""
    first, last = dates[:EDGE], dates[-EDGE:]
    kept: list[SourceSeconds] = []
    left_out: list[SourceSeconds] = []
    for source in log.sources:
        if any(map(source.seconds.get, dates)):
            always = any(map(source.seconds.get, first)) and any(map(source.seconds.get, last))
            (kept if always else left_out).append(source)
    return Throughout(tuple(kept), tuple(left_out))


def another_source() -> str:
    """What is missing where no source was there throughout."""
    return _("a device or browser that was recorded in all of that time")


def as_far_as_seen(log: DetectorInput, evidence: str) -> str:
    """The evidence that there is nothing, with what was not seen: of a source that does not know the screen, openings
    at most `spells.SPELL_GAP` apart are one."""
    if not log.by_gap:
        return evidence
    return _(
        "{evidence}; more than one opening in 2 min is not seen: {sources} cannot tell when the screen was dark"
    ).format(evidence=evidence, sources=", ".join(log.by_gap))
