"""Which tasks a text or a status finds, in reading order, and which of them comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from wfepy_core.model.graph import Graph
    from wfepy_core.model.status import TaskStatus
    from wfepy_gui.views.graph.drawn_graph import DrawnGraph


def names_in_reading_order(drawn: DrawnGraph, numbers: Iterable[int]) -> list[str]:
    """The names of some tasks, top down, then left to right."""
    nodes = drawn.nodes
    ordered = sorted(numbers, key=lambda index: (nodes[index].rect.y(), nodes[index].rect.x()))
    return [nodes[index].name for index in ordered]


def names_with_status(drawn: DrawnGraph, statuses: Collection[TaskStatus]) -> list[str]:
    """The tasks that have one of some statuses, in reading order."""
    numbers = [index for index, status in enumerate(drawn.statuses) if status in statuses]
    return names_in_reading_order(drawn, numbers)


def find_tasks(graph: Graph, text: str) -> list[int]:
    """The numbers of the tasks with a text in their name or a label, whatever its case; empty for no text."""
    wanted = text.strip().casefold()
    if not wanted:
        return []
    return [
        number
        for number, task in enumerate(graph.tasks)
        if wanted in task.name.casefold() or any(wanted in label.casefold() for label in task.labels)
    ]


def next_name(names: list[str], present: str, step: int) -> str:
    """The next or previous of some names, round and round; the first or last if one is at none of them."""
    if not names:
        return ""
    if present in names:
        return names[(names.index(present) + step) % len(names)]
    return names[0 if step > 0 else -1]
