"""What the sources of a log can tell: which were there throughout some days, and what is not seen of the others.

Another phone, or a browser that was imported from some day on, says nothing of more or less use, nor of other use:
patterns that compare one time with another leave it out and name it. Where two devices are of one source (a tablet that
shares its Screen Time with a phone), a session does not say on which of them it was: from the day on which the second
one is there, the source as a whole cannot be compared with before.
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
    """The sources that were there throughout with the same devices; those that were there in a part of the time only,
    and those that got another device. None where the log has one source alone, with the same devices."""

    kept: tuple[SourceSeconds, ...] = ()
    in_part: tuple[SourceSeconds, ...] = ()
    with_new_device: tuple[SourceSeconds, ...] = ()

    @property
    def left_out(self) -> tuple[SourceSeconds, ...]:
        """What is not compared."""
        return self.in_part + self.with_new_device

    @property
    def none_kept(self) -> bool:
        """Whether nothing can be compared: no source was there throughout with the same devices."""
        return bool(self.left_out) and not self.kept

    def said(self, evidence: str) -> str:
        """The evidence with what was left out."""
        if self.in_part:
            evidence = _("{evidence}; without {sources}, recorded in a part of that time only").format(
                evidence=evidence, sources=_names(self.in_part)
            )
        if self.with_new_device:
            evidence = _("{evidence}; without {sources}, which got another device in that time").format(
                evidence=evidence, sources=_names(self.with_new_device)
            )
        return evidence

    def needed(self) -> str:
        """What is missing where nothing can be compared."""
        if self.with_new_device:
            return _("the same devices in all of that time: {sources} got another one").format(
                sources=_names(self.with_new_device)
            )
        return _("a device or browser that was recorded in all of that time")


def _names(sources: Sequence[SourceSeconds]) -> str:
    return ", ".join(source.source for source in sources)


def throughout(log: DetectorInput, dates: Sequence[str]) -> Throughout:
    """Which sources were there throughout these logged dates: on the first EDGE of them, and on the last; and all of
    their devices on the first."""
    first, last = dates[:EDGE], dates[-EDGE:]
    kept: list[SourceSeconds] = []
    in_part: list[SourceSeconds] = []
    with_new_device: list[SourceSeconds] = []
    for source in log.sources:
        if not any(map(source.seconds.get, dates)):
            continue
        if not (any(map(source.seconds.get, first)) and any(map(source.seconds.get, last))):
            in_part.append(source)
        elif source.newest_device > first[-1]:
            with_new_device.append(source)
        else:
            kept.append(source)
    return Throughout(tuple(kept), tuple(in_part), tuple(with_new_device))


def as_far_as_seen(log: DetectorInput, evidence: str) -> str:
    """The evidence that there is nothing, with what was not seen: of a source that does not know the screen, openings
    at most `spells.SPELL_GAP` apart are one."""
    if not log.by_gap:
        return evidence
    return _(
        "{evidence}; more than one opening in 2 min is not seen: {sources} cannot tell when the screen was dark"
    ).format(evidence=evidence, sources=", ".join(log.by_gap))
