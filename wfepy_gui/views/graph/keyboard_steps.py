"""Where an arrow key leads from a task: along transitions, or sideways to a neighbour."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wfepy_core.drawing.layout import NodeBox
    from wfepy_core.model.graph import Graph


@enum.unique
class Direction(enum.Enum):
    """Which arrow key."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"


class KeyboardSteps:
    """Knows the neighbours of every task of a placed graph."""

    def __init__(self, graph: Graph, boxes: dict[str, NodeBox]) -> None:
        self._graph = graph
        self._boxes = boxes

    def step(self, name: str, direction: Direction) -> str:
        """The task one step further; the same one if there is none.

        Down and up follow transitions forward and back, to the task straightest ahead. Left and right go to
        the next task at about the same height.
        """
        if name not in self._boxes:
            return name
        # A key looks through all transitions in a millisecond; tables of them would cost every first picture.
        if direction is Direction.DOWN:
            return self._straightest(name, [e.dest for e in self._graph.transitions if e.source == name])
        if direction is Direction.UP:
            return self._straightest(name, [e.source for e in self._graph.transitions if e.dest == name])
        return self._beside(name, 1 if direction is Direction.RIGHT else -1)

    def _straightest(self, name: str, others: Iterable[str]) -> str:
        x, y = self._boxes[name].centre

        def away(other: str) -> float:
            ox, oy = self._boxes[other].centre
            return abs(ox - x) + abs(oy - y) / 8

        return min((other for other in others if other != name), key=away, default=name)

    def _beside(self, name: str, way: int) -> str:
        box = self._boxes[name]
        x, y = box.centre
        best, nearest = name, float("inf")
        for other, (left, top, width, height) in self._boxes.items():
            ahead = (left + width / 2 - x) * way
            if 0 < ahead < nearest and abs(top + height / 2 - y) < box.height:
                best, nearest = other, ahead
        return best
