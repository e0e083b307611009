"""What reading one legacy pickle may cost, and the words for what it holds besides plain data."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

MAX_CONTENT = 32 << 20
"""Characters and bytes of text in all."""

MAX_ITEMS = 300_000
"""Values in all, those of a shared list counted wherever it appears."""

MAX_UNUSUAL_KEYS = 10_000
"""Dict keys and set elements that are no text: their hashes can be chosen to collide, which is quadratic."""

MAX_KEY_DEPTH = 50


class Refused(Exception):  # noqa: N818  it becomes a LegacyImportError once file and position are known
    """The pickle holds what is not imported; says what."""


class Named:
    """A class or function the pickle names; never the thing itself.

    Attributes:
        name: in full, with its module.
    """

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class UnfilledUuid:
    """A UUID between the opcode that makes it and the one that fills it.

    Attributes:
        memo_keys: under which it was noted, so that the filled one can take its place.
    """

    def __init__(self) -> None:
        self.memo_keys: list[int] = []


class Budget:
    """What one file may still cost."""

    def __init__(self) -> None:
        self._content = MAX_CONTENT
        self._items = MAX_ITEMS
        self._unusual_keys = MAX_UNUSUAL_KEYS

    def spend(self, *, items: int = 0, content: int = 0) -> None:
        """Pay for values made or copied.

        Raises:
            Refused: nothing is left.
        """
        self._items -= items
        self._content -= content
        if self._items < 0:
            raise Refused(f"it holds more than {MAX_ITEMS} values")
        if self._content < 0:
            raise Refused(f"it holds more than {MAX_CONTENT >> 20} MB of text")

    def check_key(self, key: Any) -> None:
        """Make sure that hashing a dict key or set element is cheap and safe.

        Raises:
            Refused: it is nested too deeply, too large, or no key at all.
        """
        if type(key) is str:
            return
        self._unusual_keys -= 1
        if self._unusual_keys < 0:
            raise Refused(
                f"it holds more than {MAX_UNUSUAL_KEYS} dict keys and set elements that are no text"
            )
        level = [key]
        for _ in range(MAX_KEY_DEPTH):
            deeper: list[Any] = []
            for item in level:
                if type(item) in (tuple, frozenset):
                    self.spend(items=len(item))
                    deeper += item
                elif not _is_hashable(item):
                    raise Refused(f"it uses a {type(item).__name__} as a dict key or set element")
            if not deeper:
                return
            level = deeper
        raise Refused(f"it holds a dict key or set element nested deeper than {MAX_KEY_DEPTH} levels")


def _is_hashable(item: Any) -> bool:
    """Whether something that is no container to look into can be a dict key."""
    if type(item) in (UnfilledUuid, Named):
        return False
    try:
        hash(item)
    except TypeError:  # a signaling NaN raises it, too
        return False
    return True


def fill_set(budget: Budget, out: Any, items: Iterable[Any]) -> None:
    """Add elements that have been checked to be safe."""
    for item in items:
        budget.check_key(item)
        out.add(item)


def fill_dict(budget: Budget, out: Any, keys: Iterable[Any], items: Iterable[Any]) -> None:
    """Add members whose keys have been checked to be safe."""
    for key, item in zip(keys, items, strict=True):
        budget.check_key(key)
        out[key] = item


def check_number(number: int) -> int:
    """The number, if text can hold it."""
    if number.bit_length() > 14_000:
        raise Refused("it holds a number of more than 4200 digits")
    return number
