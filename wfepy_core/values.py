"""`NamedTuple`, `overload` and `TYPE_CHECKING` without importing `typing`.

A cron trigger is mostly imports: `typing` and the two dozen classes it would build cost more than the pass of
a small workflow. Type checkers see the real `typing.NamedTuple`; at run time the class below makes the same
kind of tuple, with the same names, defaults and methods.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NamedTuple, overload

    __all__ = ["TYPE_CHECKING", "NamedTuple", "overload"]
else:
    from _collections import _tuplegetter
    from sys import intern

    class _NamedTupleMeta(type):
        """Makes a tuple class of a class body with annotations."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, object]) -> type:
            if bases == ():  # NamedTuple itself
                return type.__new__(cls, name, bases, body)
            fields = tuple(map(intern, body.get("__annotations__", {})))
            defaults = {field: body.pop(field) for field in fields if field in body}
            named = ", ".join(fields)
            # As in the standard library: only compiled code takes arguments as fast as a plain function.
            make = eval(  # noqa: S307  field names are identifiers of our own classes
                f"lambda _cls, {named}: _new(_cls, ({named},))", {"_new": tuple.__new__}
            )
            make.__defaults__ = tuple(defaults.values())
            body |= {field: _tuplegetter(place, field) for place, field in enumerate(fields)}
            body |= {
                "__slots__": (),
                "__new__": make,
                "__match_args__": fields,
                "_fields": fields,
                "_field_defaults": defaults,
            }
            return type(name, (_Methods,), body)

    class _Methods(tuple):
        """What every such tuple can do."""

        __slots__ = ()

        def __repr__(self) -> str:
            inner = ", ".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({inner})"

        def __getnewargs__(self) -> tuple[object, ...]:
            return tuple(self)

        def _replace(self, /, **changes: object) -> tuple[object, ...]:
            values = {**dict(zip(self._fields, self, strict=True)), **changes}
            return type(self)(**values)

        def _asdict(self) -> dict[str, object]:
            return dict(zip(self._fields, self, strict=True))

        @classmethod
        def _make(cls, values: Iterable[object]) -> tuple[object, ...]:
            return cls(*values)

    class NamedTuple(metaclass=_NamedTupleMeta):
        """See `typing.NamedTuple`."""

    def overload(func: object) -> object:
        """See `typing.overload`: the function behind the last of them counts."""
        return func
