"""`Record` beside the `typing.NamedTuple` it stands for: the same answers to the same questions."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from typing import NamedTuple as Record
else:
    from tracker.domain.record import Record

from tracker.domain import models


class Ours(Record):
    """Three fields, two with a default."""

    a: int
    b: str | None = None
    c: tuple[int, ...] = ()

    @property
    def double(self) -> int:
        """A property beside the fields."""
        return self.a * 2

    def plus(self, other: int) -> int:
        """A method."""
        return self.a + other

    @classmethod
    def of(cls, a: int) -> Ours:
        """Another way to make one."""
        return cls(a, "of")


class Theirs(NamedTuple):
    a: int
    b: str | None = None
    c: tuple[int, ...] = ()

    @property
    def double(self) -> int:
        return self.a * 2

    def plus(self, other: int) -> int:
        return self.a + other

    @classmethod
    def of(cls, a: int) -> Theirs:
        return cls(a, "of")


class Nothing(Record):
    """No field at all."""


BOTH = pytest.mark.parametrize("kind", [Ours, Theirs], ids=["Record", "NamedTuple"])

GOOD: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((1,), {}),
    ((1, "x"), {}),
    ((1, "x", (2,)), {}),
    ((), {"a": 1}),
    ((1,), {"c": (3,)}),
    ((), {"c": (), "b": "y", "a": 0}),
    ((None, None, None), {}),
]

BAD: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((), {}),
    ((), {"b": "x"}),
    ((1, 2, 3, 4), {}),
    ((1,), {"a": 1}),
    ((1,), {"d": 1}),
    ((1, 2, 3), {"c": 3}),
    ((1, 2, 3), {"d": 3}),
]


@pytest.mark.parametrize(("values", "named"), GOOD)
def test_it_is_made_compared_and_taken_apart_alike(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    ours: Any = Ours(*values, **named)
    theirs: Any = Theirs(*values, **named)
    assert tuple(ours) == tuple(theirs)
    assert ours == theirs
    assert hash(ours) == hash(theirs)
    assert ours._asdict() == theirs._asdict()
    assert (ours.a, ours.b, ours.c) == (theirs.a, theirs.b, theirs.c)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert (len(ours), ours[0], ours[-1], ours[1:]) == (len(theirs), theirs[0], theirs[-1], theirs[1:])
    first, *rest = ours
    assert [first, *rest] == list(theirs)


@BOTH
@pytest.mark.parametrize(("values", "named"), BAD)
def test_it_is_not_made_of_the_wrong_values(kind: Any, values: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        kind(*values, **named)


@BOTH
def test_it_cannot_be_changed_only_replaced(kind: Any) -> None:
    record = kind(1, "x")
    with pytest.raises(AttributeError):
        record.a = 2
    with pytest.raises(AttributeError):
        record.new = 2
    assert record._replace(b="y", a=5) == (5, "y", ())
    assert type(record._replace()) is kind
    assert record == (1, "x", ())
    with pytest.raises((TypeError, ValueError)):
        record._replace(d=1)


@BOTH
def test_its_fields_are_known(kind: Any) -> None:
    assert kind._fields == ("a", "b", "c")
    assert kind._field_defaults == {"b": None, "c": ()}
    assert kind.__match_args__ == ("a", "b", "c")
    assert kind._make([1, 2, 3]) == (1, 2, 3)
    assert issubclass(kind, tuple)


@BOTH
def test_it_is_matched_by_place_and_by_name(kind: Any) -> None:
    match kind(1, "x"):
        case Ours(1, b="x", c=()) | Theirs(1, b="x", c=()):
            matched = True
        case _:
            matched = False
    assert matched


@BOTH
def test_it_has_methods_of_its_own(kind: Any) -> None:
    assert (kind(3).double, kind(3).plus(4), kind.of(9)) == (6, 7, (9, "of", ()))


@BOTH
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_it_is_pickled_and_copied(kind: Any, protocol: int) -> None:
    record = kind(1, "x", (2, 3))
    for twin in (pickle.loads(pickle.dumps(record, protocol)), copy.copy(record), copy.deepcopy(record)):
        assert twin == record
        assert type(twin) is kind


@BOTH
def test_it_sorts_as_a_tuple(kind: Any) -> None:
    assert sorted([kind(2, "a"), kind(1, "b"), kind(1, "a")]) == [(1, "a", ()), (1, "b", ()), (2, "a", ())]


def test_it_may_have_no_field() -> None:
    assert Nothing() == ()
    assert repr(Nothing()) == "Nothing()"


def test_the_values_of_the_program_have_their_fields() -> None:
    assert models.Session._fields[:5] == ("id", "channel", "start", "end", "zone")
    assert models.Channel("x", "X", "social").archived is False
