"""Encoded context values as a tree of nodes, built only as far as somebody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wfepy_core.storage.codec import preview

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wfepy_gui.masking import Masking

_ELEMENTS = frozenset({"$tuple", "$set", "$frozenset"})
_PAIRS = frozenset({"$dict", "$ordereddict", "$counter"})

Member = tuple[str, Any]
Place = tuple[int, ...]
Accepted = dict[int, "Accepted | None"]
"""Which members a filter lets through, and which within them; None: all."""


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
        row: its position among the siblings that are shown.
        position: its position among all siblings; another one only while a filter hides some.
        accepted: what a filter lets through within it; None: all.
    """

    __slots__ = ("_children", "accepted", "encoded", "key", "parent", "position", "row")

    def __init__(self, key: str, encoded: Any, parent: Node | None, row: int) -> None:
        self.key, self.encoded, self.parent, self.row, self.position = key, encoded, parent, row, row
        self.accepted: Accepted | None = None
        self._children: list[Node] | None = None

    @property
    def children(self) -> list[Node]:
        """The values within it that are shown; made when first asked for."""
        if self._children is None:
            if self.accepted is None:
                members = members_of(self.encoded) or []
                self._children = [Node(key, value, self, row) for row, (key, value) in enumerate(members)]
            else:
                self._children = self._filtered_children(self.accepted)
        return self._children

    def _filtered_children(self, accepted: Accepted) -> list[Node]:
        made: list[Node] = []
        for position, (key, value) in enumerate(members_of(self.encoded) or []):
            if position in accepted:
                child = Node(key, value, self, len(made))
                child.position, child.accepted = position, accepted[position]
                made.append(child)
        return made

    @property
    def is_built(self) -> bool:
        """Whether anybody asked for its children."""
        return self._children is not None

    @property
    def place(self) -> Place:
        """Positions from the top."""
        return () if self.parent is None else (*self.parent.place, self.position)

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys from the top."""
        return () if self.parent is None else (*self.parent.keys, self.key)

    def path(self) -> str:
        """Where it is, as in `context.builds[3]`."""
        if self.parent is None:
            return "context"
        dot = "" if self.key.startswith("[") else "."
        return f"{self.parent.path()}{dot}{self.key}"

    def renumber(self, start: int = 0) -> None:
        """Set the rows of its children anew, from one position on; for trees without a filter."""
        for row in range(start, len(self.children)):
            self.children[row].row = self.children[row].position = row


def find(encoded: Any, text: str, limit: int, masking: Masking | None = None) -> list[Place]:
    """Places (positions from the top) whose key or short value contains `text`; at most `limit`.

    What `masking` masks is looked for by its key only.
    """
    found: list[Place] = []
    _find(encoded, text.casefold(), limit, masking, (), (), found)
    return found


def _find(
    encoded: Any,
    needle: str,
    limit: int,
    masking: Masking | None,
    place: Place,
    keys: tuple[str, ...],
    found: list[Place],
) -> None:
    for row, (key, value) in enumerate(members_of(encoded) or ()):
        if len(found) >= limit:
            return
        is_leaf = type(value) not in (dict, list) or members_of(value) is None
        if needle in key.casefold() or (
            is_leaf
            and needle in _leaf_text(value)
            and not (masking is not None and masking.masks((*keys, key), value))
        ):
            found.append((*place, row))
        if not is_leaf:
            _find(value, needle, limit, masking, (*place, row), (*keys, key), found)


def _leaf_text(value: Any) -> str:
    return value[:400].casefold() if type(value) is str else preview(value, 400).casefold()


def accepting(places: Iterable[Place]) -> Accepted:
    """A filter that lets these places through: all that is in them, and what they are in."""
    top: Accepted = {}
    for place in places:
        level: Accepted | None = top
        for position in place[:-1]:
            if level is None:
                break
            level = level.setdefault(position, {})
        if level is not None:
            level[place[-1]] = None
    return top
