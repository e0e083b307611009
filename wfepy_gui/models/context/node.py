"""Encoded context values as a tree of nodes, built only as far as somebody looks.

A view lays out every row of what is expanded. So a large container shows its members in groups, and no
container ever has more rows than can be laid out at once, however many members it has.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from wfepy_core.plain_text import spell_out_line
from wfepy_core.storage import codec_tags
from wfepy_core.storage.codec_preview import preview
from wfepy_core.storage.codec_tags import is_keyed, tag_of
from wfepy_gui.text.bounded_text import bounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfepy_core.model.json_values import JsonValue


LARGEST = 500
"""Members shown without groups."""
_GROUP, _MOST_GROUPS = 250, 400

Member = tuple[str, Any]
Place = tuple[int, ...]


class Shown(NamedTuple):
    """A member of a container that no filter hides: its position among all members, key and value."""

    position: int
    key: str
    encoded: JsonValue


class Elements(Sequence[Member]):
    """The members of a list, tuple or set; each key is made when somebody looks, for there may be many.

    Attributes:
        values: without the keys.
    """

    def __init__(self, values: list[Any], first: int = 0) -> None:
        self.values = values
        self._first = first

    def __len__(self) -> int:
        return len(self.values)

    @overload
    def __getitem__(self, at: int) -> Member: ...
    @overload
    def __getitem__(self, at: slice) -> Elements: ...
    def __getitem__(self, at: int | slice) -> Member | Elements:
        if isinstance(at, slice):
            return Elements(self.values[at], self._first + at.indices(len(self.values))[0])
        value = self.values[at]
        return f"[{self._first + (at if at >= 0 else at + len(self.values))}]", value

    def __iter__(self) -> Iterator[Member]:
        for position, value in enumerate(self.values, self._first):
            yield f"[{position}]", value


def nodes_of(encoded: JsonValue) -> Sequence[Member] | None:
    """Keys (as text) and encoded values within a container; None for what is not one.

    A tag whose payload is not what the tag promises (a file edited by hand) is no container.
    """
    if is_keyed(encoded):
        return list(encoded.items())
    members = codec_tags.members_of(encoded)
    if members is None:
        return None
    if members.keys is None:
        return Elements(members.values)
    return [(preview(key, 60), value) for key, value in zip(members.keys, members.values, strict=True)]


def is_container(encoded: JsonValue) -> bool:
    """Whether a value can have members; costs less than making them."""
    if tag_of(encoded):
        return codec_tags.members_of(encoded) is not None
    return type(encoded) in (dict, list)


def has_members(encoded: JsonValue) -> bool:
    """Whether a value has any."""
    if tag_of(encoded):
        return bool(nodes_of(encoded))
    return type(encoded) in (dict, list) and bool(encoded)


Accepted = dict[str, "Accepted | None"]
"""Which members (by key) a filter lets through, and which within them; None: all."""


LONGEST_KEY = 200
"""Characters of a key that are shown."""


class Node:
    """One value at its place in the tree.

    Attributes:
        key: of the value in its container, as text.
        row: its position among the rows that are shown within `parent`.
        position: its position among all members of its container.
        accepted: what a filter lets through within it; None: all.
        group_size: how many members a row within it stands for; 0: one.
    """

    __slots__ = (
        "_children",
        "_encoded",
        "_members",
        "_positions",
        "accepted",
        "group_size",
        "key",
        "parent",
        "position",
        "row",
    )

    def __init__(
        self, key: str, encoded: JsonValue, parent: Node | None, row: int, position: int = 0
    ) -> None:
        self.key = key
        self.parent = parent
        self.row = row
        self.position = position
        self._encoded = encoded
        self.accepted: Accepted | None = None
        self.group_size = 0
        self._children: list[Node] | None = None
        self._members: Sequence[Member] | None = None
        self._positions: list[int] | None = None

    @property
    def encoded(self) -> Any:
        """The value in the state file's JSON form."""
        return self._encoded

    def become(self, encoded: JsonValue) -> None:
        """Hold another value. Its rows stay as they are; what a filter did not know is let through."""
        known = None if self.accepted is None else {key for key, _ in nodes_of(self._encoded) or ()}
        self._encoded = encoded
        self._members = None
        if known is not None and self.accepted is not None:
            for key, _ in nodes_of(encoded) or ():
                if key not in known:
                    self.accepted[key] = None

    @property
    def count(self) -> int:
        """How many members no filter hides."""
        self._read_members()
        return len(self._members or ()) if self._positions is None else len(self._positions)

    @property
    def members(self) -> list[Shown]:
        """What is in it and no filter hides."""
        return self.span(0, self.count)

    def span(self, first: int, end: int) -> list[Shown]:
        """Some of its `members`; costs no more than these."""
        self._read_members()
        members, positions = self._members or [], self._positions
        if positions is None:
            return [Shown(first + row, *member) for row, member in enumerate(members[first:end])]
        return [Shown(position, *members[position]) for position in positions[first:end]]

    def _read_members(self) -> None:
        if self._members is None:
            self._members, accepted = nodes_of(self._encoded) or [], self.accepted
            self._positions = None
            if accepted is not None:
                self._positions = [row for row, (key, _) in enumerate(self._members) if key in accepted]

    @property
    def children(self) -> list[Node]:
        """The rows within it; made when first asked for."""
        return self.build() if self._children is None else self._children

    def build(self) -> list[Node]:
        """Make its rows anew."""
        self.group_size = fitting_size(self.count, 0)
        if self.group_size:
            count = -(-self.count // self.group_size)
            self._children = [Group(self, row) for row in range(count)]
        else:
            self._children = [self.child(row, shown) for row, shown in enumerate(self.members)]
        return self._children

    def child(self, row: int, shown: Shown) -> Node:
        """A new node for a member of it, or of its container where this is a group."""
        made = Node(shown.key, shown.encoded, self, row, shown.position)
        accepted = self.container.accepted
        made.accepted = None if accepted is None else accepted.get(shown.key)
        return made

    def member_at(self, position: int) -> Node | None:
        """The node of its member at a position; None when it is gone or hidden."""
        row = position
        if self.accepted is not None:
            self._read_members()
            row = bisect_left(self._positions or [], position)
        if [shown.position for shown in self.span(row, row + 1)] != [position]:
            return None
        rows = self.children
        if not self.group_size:
            return rows[row]
        return rows[row // self.group_size].children[row % self.group_size]

    @property
    def is_built(self) -> bool:
        """Whether anybody asked for its rows."""
        return self._children is not None

    @property
    def container(self) -> Node:
        """The node whose value its rows are members of: itself."""
        return self

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
        return f"{self.parent.container.path()}{dot}{key_text(self.key)}"

    def renumber(self, start: int = 0) -> None:
        """Set the rows of its children anew, from one on."""
        for row in range(start, len(self.children)):
            self.children[row].row = row


class Group(Node):
    """Some members of a large container, in one row. It has the place and the keys of that container."""

    __slots__ = ()

    def __init__(self, container: Node, row: int) -> None:
        super().__init__("", None, container, row)

    @property
    def container(self) -> Node:
        """The container."""
        if self.parent is None:
            raise ValueError("a group is within a container")
        return self.parent

    @property
    def members(self) -> list[Shown]:
        """Those of the container that are in it."""
        size = self.container.group_size
        return self.container.span(self.row * size, (self.row + 1) * size)

    @property
    def encoded(self) -> Any:
        """Its members, as a list or dict."""
        members = self.members
        if members and members[0].key.startswith("["):
            return [shown.encoded for shown in members]
        return {shown.key: shown.encoded for shown in members}

    def build(self) -> list[Node]:
        """Make its rows anew."""
        self._children = [self.child(row, shown) for row, shown in enumerate(self.members)]
        return self._children

    @property
    def place(self) -> Place:
        """Of its container."""
        return self.container.place

    @property
    def keys(self) -> tuple[str, ...]:
        """Of its container."""
        return self.container.keys

    def path(self) -> str:
        """Where it is, as in `context.builds: [250] … [499]`."""
        return f"{self.container.path()}: {self.caption()}"

    def caption(self) -> str:
        """Its first and last member."""
        members = self.members
        if members and members[0].key.startswith("["):
            return f"[{members[0].key[1:-1]} … {members[-1].key[1:-1]}]"
        return f"{key_text(members[0].key)} … {key_text(members[-1].key)}" if members else ""


def key_text(key: str) -> str:
    """A key as it is shown: one line, and not longer than a row."""
    return spell_out_line(bounded(key, LONGEST_KEY))


def fitting_size(count: int, present: int) -> int:
    """How many members of `count` a row should stand for; 0: one.

    What is shown one way stays so until it is far too few or too many for it: a view keeps its place then.
    """
    if present:
        return present if LARGEST // 2 < count <= 2 * present * _MOST_GROUPS else fitting_size(count, 0)
    return 0 if count <= LARGEST else max(_GROUP, -(-count // _MOST_GROUPS))
