"""Where an arrow key leads from a task: along transitions, or sideways to a neighbour."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wfepy_gui.views.graph.drawn_graph import DrawnGraph


@enum.unique
class Direction(enum.Enum):
    """Which arrow key."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"


def task_in_direction(drawn: DrawnGraph, name: str, direction: Direction) -> str:
    """The task one step further; the same one if there is none.

    Down and up follow transitions forward and back, to the task straightest ahead. Left and right go to
    the next task at about the same height.
    """
    if name not in drawn.boxes:
        return name
    # A key looks through all transitions in a millisecond; tables of them would cost every first picture.
    transitions = drawn.graph.transitions
    if direction is Direction.DOWN:
        return _straightest(drawn, name, [edge.dest for edge in transitions if edge.source == name])
    if direction is Direction.UP:
        return _straightest(drawn, name, [edge.source for edge in transitions if edge.dest == name])
    return _beside(drawn, name, 1 if direction is Direction.RIGHT else -1)


def _straightest(drawn: DrawnGraph, name: str, others: Iterable[str]) -> str:
    x, y = drawn.boxes[name].centre

    def distance(other: str) -> float:
        other_x, other_y = drawn.boxes[other].centre
        return abs(other_x - x) + abs(other_y - y) / 8

    return min((other for other in others if other != name), key=distance, default=name)


def _beside(drawn: DrawnGraph, name: str, sign: int) -> str:
    box = drawn.boxes[name]
    x, y = box.centre
    best, nearest = name, float("inf")
    for other, (left, top, width, height) in drawn.boxes.items():
        ahead = (left + width / 2 - x) * sign
        if 0 < ahead < nearest and abs(top + height / 2 - y) < box.height:
            best, nearest = other, ahead
    return best
