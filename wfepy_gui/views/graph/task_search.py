"""Which tasks a text finds, in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wfepy_core.model.graph import Graph
    from wfepy_gui.views.graph.drawn_graph import DrawnGraph


def reading_order(drawn: DrawnGraph, numbers: list[int]) -> list[int]:
    """Top down, then left to right."""
    nodes = drawn.nodes
    return sorted(numbers, key=lambda index: (nodes[index].rect.y(), nodes[index].rect.x()))


def matching(graph: Graph, text: str) -> list[int]:
    """The numbers of the tasks with a text in their name or a label, whatever its case; empty for no text."""
    wanted = text.strip().casefold()
    if not wanted:
        return []
    return [
        number
        for number, task in enumerate(graph.tasks)
        if wanted in task.name.casefold() or any(wanted in label.casefold() for label in task.labels)
    ]


def following(names: list[str], present: str, step: int) -> str:
    """The next or previous of some names, round and round; the first or last if one is at none of them."""
    if not names:
        return ""
    if present in names:
        return names[(names.index(present) + step) % len(names)]
    return names[0 if step > 0 else -1]
