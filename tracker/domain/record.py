"""`Record`: `typing.NamedTuple` at a tenth of its cost.

NamedTuple takes 4 ms to import `typing`, and 0.2 ms a class to compile a constructor and every annotation that is a
string. Processor time of a command as a multiple of a bare `import sqlite3`, with Record and with NamedTuple in its
place (Python 3.11, November 2026, 1,000,000 sessions, medians of 25 runs in turn; the bar is 3, for the week 8):

    status 2.1, 2.8 · check 2.3, 3.1 · check with words 2.7, 3.3 · start 2.3, 3.0 · stop 2.3, 3.0 · week --json 9.0, 9.8

A class of it also takes 3 KB, one of NamedTuple's 8. So what these commands import uses Record, and what the three
views and the import of a browser's history import; everything else uses NamedTuple, and what an importer makes of each
row.

Type checkers are shown the real `typing.NamedTuple`; at run time the class below behaves the same in every way this
program uses: positional and keyword construction, defaults, `_make`, `_replace`, `_asdict`, `_fields`, equality,
hashing and unpacking as a tuple. Fields are read by the same descriptor, as fast. Making one takes twice as long: loops
over sessions use `_make`. A module that defines one has `from __future__ import annotations`: from Python 3.14 on, a
class body has no annotations otherwise.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as Record

    __all__ = ["Record"]
else:
    from collections import _tuplegetter as _field  # what the fields of its `namedtuple` are

    class _RecordType(type):
        """Turns a class body's annotations into the fields of a tuple."""

        def __new__(mcs, name, bases, namespace):
            if not bases:
                return super().__new__(mcs, name, (tuple,), namespace)
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = {field: namespace.pop(field) for field in fields if field in namespace}
            namespace |= {field: _field(index, None) for index, field in enumerate(fields)}
            namespace |= {"__slots__": (), "_fields": fields, "_field_defaults": defaults, "__match_args__": fields}
            return super().__new__(mcs, name, bases, namespace)

    class Record(metaclass=_RecordType):
        __slots__ = ()

        def __new__(cls, *values, **named):
            fields = cls._fields
            if len(values) != len(fields) or named:
                rest = fields[len(values) :]
                try:
                    values += tuple(
                        named.pop(field) if field in named else cls._field_defaults[field] for field in rest
                    )
                except KeyError as missing:
                    raise TypeError(f"{cls.__name__} needs {missing.args[0]}") from None
                if named or len(values) != len(fields):
                    raise TypeError(
                        f"{cls.__name__} takes {', '.join(fields)}; not {', '.join(named) or 'so many values'}"
                    )
            return tuple.__new__(cls, values)

        # Without a function of ours in between: a long history is half a million of them.
        _make = classmethod(tuple.__new__)

        def _replace(self, **changes):
            made = self._make(map(changes.pop, self._fields, self))
            return type(self)(*made, **changes) if changes else made  # what is left of the changes is refused

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self):
            return tuple(self)

        def __repr__(self):
            return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._asdict().items())})"
