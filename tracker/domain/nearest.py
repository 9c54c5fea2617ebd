"""The names that a mistyped word may stand for."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: How similar a name is at least, as `difflib` measures it, from 0 to 1: `dey` and `day` are 2/3, `delete` and `meet`
#: are 0.6.
LEAST_SIMILARITY = 0.65

#: A second name is offered only where it is hardly less similar than the first: `start` for `strt`, not `status` too.
MARGIN = 0.15


def nearest(word: str, names: "Iterable[str]") -> list[str]:
    """The one or two names most like a mistyped word, the most similar first; none where no name is near."""
    from difflib import SequenceMatcher, get_close_matches

    near = get_close_matches(word, list(names), n=2, cutoff=LEAST_SIMILARITY)
    similarity = [SequenceMatcher(None, word, name).ratio() for name in near]
    return [name for name, similar in zip(near, similarity, strict=True) if similar >= similarity[0] - MARGIN]
