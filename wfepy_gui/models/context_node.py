"""Encoded context values as a tree of nodes, built only as far as somebody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wfepy_core.storage.codec import preview

if TYPE_CHECKING:
    from collections.abc import Iterator

_ELEMENTS = frozenset({"$tuple", "$set", "$frozenset"})
_PAIRS = frozenset({"$dict", "$ordereddict", "$counter"})

Member = tuple[str, Any]


def members_of(encoded: Any) -> list[Member] | None:
    """Keys (as text) and encoded values within a container; None for what is not one.

    A tag whose payload is not what the tag promises (a file edited by hand) is no container.
    """
    if type(encoded) is list:
        return _elements(encoded)
    if type(encoded) is not dict:
        return None
    if len(encoded) == 1:
        [(tag, payload)] = encoded.items()
        if tag.startswith("$"):
            return _tagged_members(tag, payload)
    return list(encoded.items())


def _tagged_members(tag: str, payload: Any) -> list[Member] | None:
    if tag in _ELEMENTS and type(payload) is list:
        return _elements(payload)
    if tag in _PAIRS:
        return _pairs(payload)
    if type(payload) is list and len(payload) == 2:
        if tag == "$defaultdict":
            return _pairs(payload[1])
        if tag == "$deque" and type(payload[0]) is list:
            return _elements(payload[0])
    return None


def _elements(values: list[Any]) -> list[Member]:
    return [(f"[{position}]", value) for position, value in enumerate(values)]


def _pairs(payload: Any) -> list[Member] | None:
    if type(payload) is not list or any(type(pair) is not list or len(pair) != 2 for pair in payload):
        return None
    return [(preview(key, 60), value) for key, value in payload]


class Node:
    """One value at its place in the tree.

    Attributes:
        key: of the value in its parent, as text.
        encoded: the value in the state file's JSON form.
        row: its position among its siblings.
    """

    __slots__ = ("_children", "encoded", "key", "parent", "row")

    def __init__(self, key: str, encoded: Any, parent: Node | None, row: int) -> None:
        self.key, self.encoded, self.parent, self.row = key, encoded, parent, row
        self._children: list[Node] | None = None

    @property
    def children(self) -> list[Node]:
        """The values within it; made when first asked for."""
        if self._children is None:
            members = members_of(self.encoded) or []
            self._children = [Node(key, value, self, row) for row, (key, value) in enumerate(members)]
        return self._children

    @property
    def is_built(self) -> bool:
        """Whether anybody asked for its children."""
        return self._children is not None

    def path(self) -> str:
        """Where it is, as in `context.builds[3]`."""
        if self.parent is None:
            return "context"
        dot = "" if self.key.startswith("[") else "."
        return f"{self.parent.path()}{dot}{self.key}"

    def renumber(self, start: int = 0) -> None:
        """Set the rows of its children anew, from one position on."""
        for row in range(start, len(self.children)):
            self.children[row].row = row


def find(encoded: Any, text: str, limit: int) -> list[tuple[int, ...]]:
    """Places (row numbers from the root) whose key or short value contains `text`; at most `limit`."""
    needle = text.casefold()
    found: list[tuple[int, ...]] = []
    for place, key, value, is_leaf in _walk(encoded):
        if needle in key.casefold() or (is_leaf and needle in preview(value, 400).casefold()):
            found.append(place)
            if len(found) == limit:
                break
    return found


def _walk(encoded: Any) -> Iterator[tuple[tuple[int, ...], str, Any, bool]]:
    stack: list[tuple[tuple[int, ...], str, Any]] = [
        ((row,), key, value) for row, (key, value) in reversed(list(enumerate(members_of(encoded) or [])))
    ]
    while stack:
        place, key, value = stack.pop()
        members = members_of(value)
        yield place, key, value, members is None
        for row, (inner_key, inner) in reversed(list(enumerate(members or []))):
            stack.append(((*place, row), inner_key, inner))
