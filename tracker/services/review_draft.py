"""A review that is under way, or was only opened."""

from __future__ import annotations

from typing import NamedTuple


class ReviewDraft(NamedTuple):
    """A review under way: the step it stands at, and which were gone through."""

    step: str
    reviewed: tuple[str, ...]
    #: Whether the week's figures were seen: then it is too late for a guess.
    shown: bool
    revision: int = 1


class OpenedReview(NamedTuple):
    """A review that was opened, and is begun in the file with the first answer: escape before it leaves no trace."""

    week: str
    draft: ReviewDraft
    words: str
    amends: bool
