"""Commitments as rows of JSON: what was said, and how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.formatting.numbers import round_half_up
from tracker.reports.commitment_words import say_measure, say_result

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from tracker.domain.models import Commitment
    from tracker.reports.commitments import CommitmentResult

    Row = dict[str, Any]


def commitment_row(one: Commitment, titles: Mapping[str, str]) -> Row:
    """A commitment, and in words how it is measured; `titles` are the channels' names."""
    return {
        "id": one.id,
        "week": one.week,
        "cue": one.cue,
        "plan": one.plan,
        "measure": one.measure,
        "kind": one.kind,
        "target": _number(one.target),
        "per": one.per,
        "channel": one.channel,
        "ring": one.ring,
        "pattern": one.pattern,
        "measured": say_measure(one, titles),
    }


def result_row(result: CommitmentResult, titles: Mapping[str, str]) -> Row:
    """A commitment and how it went, in figures and in words."""
    return commitment_row(result.commitment, titles) | {
        "kept": result.kept,
        "done": result.done,
        "of": result.of,
        "value": _number(result.value),
        "unknown_days": result.unknown,
        "ahead": result.ahead,
        "said": say_result(result),
    }


def _number(value: float | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == int(value) else round_half_up(value, 2)
