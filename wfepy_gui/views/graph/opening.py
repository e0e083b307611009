"""What a view opens on: all of the graph if it can be read, else what matters most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_core.drawing.palette import ACTIVE
from wfepy_gui.views.graph.drawn_graph import bounding_rect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QRectF

    from wfepy_gui.views.graph.drawn_graph import DrawnGraph

_MARGIN = 20.0
"""Scene units around tasks."""


def opening_rects(drawn: DrawnGraph, selected: str) -> Iterator[QRectF]:
    """What to open on, best first: everything, what is active, what is most urgent, one task of that.

    Args:
        drawn: the graph; nothing to open on if it has no task.
        selected: the selected task: the one, if it is among the most urgent.
    """
    if not drawn.nodes:
        return
    yield drawn.bounds
    active = [index for index, status in enumerate(drawn.statuses) if status in ACTIVE]
    urgent = tasks_to_open_on(drawn)
    number = drawn.number.get(selected)
    one = [number] if number is not None and number in urgent else urgent[:1]
    for numbers in filter(None, (active, urgent, one)):
        yield bounding_rect(drawn, numbers).adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)


def tasks_to_open_on(drawn: DrawnGraph) -> list[int]:
    """Numbers of the tasks of the most urgent active status, else of the start points, else of the first."""
    for wanted in ACTIVE:
        if drawn.counts[wanted]:
            return [index for index, status in enumerate(drawn.statuses) if status is wanted]
    starts = [index for index, node in enumerate(drawn.nodes) if node.start]
    return starts or list(range(len(drawn.nodes)))[:1]
