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
    from types import FunctionType

    # How a tuple of so many fields is made; the fields get their names in each class. Compiled code takes
    # arguments as fast as a plain function, and these are compiled once, not in every process.
    _MAKERS = (
        lambda _cls: _new(_cls, ()),
        lambda _cls, a: _new(_cls, (a,)),
        lambda _cls, a, b: _new(_cls, (a, b)),
        lambda _cls, a, b, c: _new(_cls, (a, b, c)),
        lambda _cls, a, b, c, d: _new(_cls, (a, b, c, d)),
        lambda _cls, a, b, c, d, e: _new(_cls, (a, b, c, d, e)),
        lambda _cls, a, b, c, d, e, f: _new(_cls, (a, b, c, d, e, f)),
        lambda _cls, a, b, c, d, e, f, g: _new(_cls, (a, b, c, d, e, f, g)),
        lambda _cls, a, b, c, d, e, f, g, h: _new(_cls, (a, b, c, d, e, f, g, h)),
        lambda _cls, a, b, c, d, e, f, g, h, i: _new(_cls, (a, b, c, d, e, f, g, h, i)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j: _new(_cls, (a, b, c, d, e, f, g, h, i, j)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j, k: _new(_cls, (a, b, c, d, e, f, g, h, i, j, k)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j, k, m: _new(_cls, (a, b, c, d, e, f, g, h, i, j, k, m)),
    )
    _new = tuple.__new__

    class _NamedTupleMeta(type):
        """Makes a tuple class of a class body with annotations."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, object]) -> type:
            if bases == ():  # NamedTuple itself
                return type.__new__(cls, name, bases, body)
            fields = tuple(map(intern, _annotations_of(body)))
            defaults = {field: body.pop(field) for field in fields if field in body}
            code = _MAKERS[len(fields)].__code__.replace(co_varnames=("_cls", *fields))
            make = FunctionType(code, globals(), "__new__", tuple(defaults.values()))
            body |= {field: _tuplegetter(place, field) for place, field in enumerate(fields)}
            body |= {
                "__slots__": (),
                "__new__": make,
                "__match_args__": fields,
                "_fields": fields,
                "_field_defaults": defaults,
            }
            return type(name, (_Methods,), body)

    def _annotations_of(body: dict[str, object]) -> Iterable[str]:
        """The names with a type in a class body.

        From Python 3.14 on there is a function in their place where a module does without `from __future__
        import annotations`; 1 asks for their values.
        """
        annotate = body.get("__annotate_func__")
        return body.get("__annotations__", ()) if annotate is None else annotate(1)

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
