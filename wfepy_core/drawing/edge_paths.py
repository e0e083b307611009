"""The paths of all transitions of a graph in flat arrays.

A large graph has a hundred thousand points: as tuples they would cost more time to make, to throw away and to
look through for garbage than all the rest of a placement.
"""

from __future__ import annotations

from array import array
from itertools import pairwise
from math import isnan, nan

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Point = tuple[float, float]

FIELDS = ("points", "counts", "tips", "labels", "boxes")


class EdgePath(NamedTuple):
    """The path of one transition.

    Attributes:
        points: a start point and three more for each cubic Bezier segment; empty if it has no place.
        tip: where the arrow head ends; its base is the last of `points`.
        label: the centre of the condition's pill, or None without one.
    """

    points: tuple[Point, ...]
    tip: Point | None
    label: Point | None


class EdgePaths:
    """A sequence of `EdgePath` in arrays of numbers.

    Attributes:
        points: x and y of every point of every edge, one edge after the other.
        starts: where each edge begins in `points`, and where the last one ends.
        tips: x and y of every edge's tip; not a number without one.
        labels: x and y of every edge's label; not a number without one.
        boxes: left, top, right and bottom of every edge with its tip, without its label; zeros if it has no
            place.
    """

    __slots__ = ("boxes", "labels", "points", "starts", "tips")

    def __init__(self, paths: Iterable[EdgePath] = ()) -> None:
        self.points = array("d")
        self.starts = array("l", (0,))
        self.tips, self.labels, self.boxes = array("d"), array("d"), array("d")
        for path in paths:
            self.add(
                [number for point in path.points for number in point],
                path.tip or (nan, nan),
                path.label or (nan, nan),
            )

    def add(self, points: Sequence[float], tip: Point, label: Point) -> None:
        """Add the path of one more edge; a missing tip or label is a pair of `nan`."""
        self.points.extend(points)
        self.starts.append(len(self.points))
        self.tips.extend(tip)
        self.labels.extend(label)
        self.boxes.extend(_box(points[::2], points[1::2], *tip))

    def add_arrays(self, points: bytes, counts: bytes, tips: bytes, labels: bytes, boxes: bytes) -> None:
        """Add what `arrays` gave for some more edges.

        Raises:
            ValueError: they do not fit together.
        """
        at = self.starts[-1]
        for count in array("l", counts):
            at += count
            self.starts.append(at)
        self.points.frombytes(points)
        self.tips.frombytes(tips)
        self.labels.frombytes(labels)
        self.boxes.frombytes(boxes)
        edges = len(self)
        if (at, 2 * edges, 2 * edges, 4 * edges) != (
            *map(len, (self.points, self.tips, self.labels, self.boxes)),
        ):
            raise ValueError("the arrays of edges do not fit together")

    def arrays(self, first: int, last: int) -> dict[str, bytes]:
        """The edges from one number to before another as the bytes of arrays, by the names in `FIELDS`."""
        starts = self.starts[first : last + 1]
        return {
            "points": self.points[starts[0] : starts[-1]].tobytes(),
            "counts": array("l", (b - a for a, b in pairwise(starts))).tobytes(),
            "tips": self.tips[2 * first : 2 * last].tobytes(),
            "labels": self.labels[2 * first : 2 * last].tobytes(),
            "boxes": self.boxes[4 * first : 4 * last].tobytes(),
        }

    def label(self, number: int) -> Point | None:
        """The centre of an edge's pill, or None without one."""
        return _point(self.labels, number)

    def tip(self, number: int) -> Point | None:
        """Where an edge's arrow head ends, or None without one."""
        return _point(self.tips, number)

    def has_place(self, number: int) -> bool:
        """Whether an edge is drawn at all."""
        return self.starts[number] < self.starts[number + 1]

    def middle(self, number: int) -> float:
        """The x of an edge halfway along its path."""
        across = self.points[self.starts[number] : self.starts[number + 1] : 2]
        return (across[(len(across) - 1) // 2] + across[len(across) // 2]) / 2

    def shift_edges(self, by: Mapping[int, float]) -> EdgePaths:
        """A copy with some edges moved to the right, labels included.

        Args:
            by: how far, in points, for the number of an edge.
        """
        moved = EdgePaths()
        for field in self.__slots__:
            setattr(moved, field, getattr(self, field)[:])
        for number, distance in by.items():
            for at in range(self.starts[number], self.starts[number + 1], 2):
                moved.points[at] += distance
            moved.tips[2 * number] += distance
            moved.labels[2 * number] += distance
            moved.boxes[4 * number] += distance
            moved.boxes[4 * number + 2] += distance
        return moved

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> EdgePath:
        if not 0 <= number < len(self):
            raise IndexError(number)
        some = self.points[self.starts[number] : self.starts[number + 1]]
        return EdgePath(tuple(zip(some[::2], some[1::2], strict=True)), self.tip(number), self.label(number))

    def __iter__(self) -> Iterator[EdgePath]:
        return map(self.__getitem__, range(len(self)))


def _point(pairs: array[float], number: int) -> Point | None:
    x, y = pairs[2 * number], pairs[2 * number + 1]
    return None if isnan(x) else (x, y)


def _box(
    across: Sequence[float], along: Sequence[float], tip_x: float, tip_y: float
) -> tuple[float, float, float, float]:
    if not across:
        return (0.0, 0.0, 0.0, 0.0)
    left, top, right, bottom = min(across), min(along), max(across), max(along)
    if isnan(tip_x):
        return left, top, right, bottom
    return min(left, tip_x), min(top, tip_y), max(right, tip_x), max(bottom, tip_y)
