"""CPU time of the desktop's graph: the first picture, a frame at several zooms, ten changed statuses.

    python benchmarks/graph_frames.py [NODES...]        (default: 1000 5000 20000)

Draws off screen with the raster engine at 1920 by 1080, as on a screen without a GPU. Each figure is the
median of some repetitions in this one process; the first picture is a single run from a graph to its frame.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from itertools import pairwise
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from wfepy_core.drawing import layered
from wfepy_core.snapshot import Graph, GraphTask, GraphTransition
from wfepy_core.status import TaskStatus, TransitionStatus
from wfepy_gui.theme import SchemeChoice, Theme
from wfepy_gui.views.graph import measuring
from wfepy_gui.views.graph.view import GraphView

if TYPE_CHECKING:
    from collections.abc import Callable

REPETITIONS = 9
ZOOMS = (0.1, 0.2, 0.26, 0.35, 0.5, 1.0)


def layered_graph(count: int, seed: int = 1) -> Graph:
    """A random graph about as wide as it is deep, with half as many transitions again as tasks."""
    rng = random.Random(seed)  # noqa: S311  a repeatable graph, not a secret
    width = max(4, int(count**0.5))
    names = [f"task_{number:05d}" for number in range(count)]
    ranks = [names[start : start + width] for start in range(0, count, width)]
    transitions = [
        GraphTransition(above[source], name, "maybe" if rng.random() < 0.05 else "")
        for above, below in pairwise(ranks)
        for place, name in enumerate(below)
        for source in {min(len(above) - 1, max(0, place + rng.randint(-1, 1))) for _ in range(2)}
    ]
    return Graph(tuple(GraphTask(name, start=name in ranks[0]) for name in names), tuple(transitions))


def statuses_of(graph: Graph) -> dict[str, TaskStatus]:
    """Two thirds complete with a few failures, then a front of everything, the rest not reached."""
    rng = random.Random(2)  # noqa: S311  repeatable statuses, not a secret
    count = len(graph.tasks)
    statuses = {}
    for number, task in enumerate(graph.tasks):
        if number < count * 0.6:
            statuses[task.name] = TaskStatus.FAILED if rng.random() < 0.005 else TaskStatus.COMPLETE
        else:
            front = number < count * 0.65
            statuses[task.name] = rng.choice(list(TaskStatus)) if front else TaskStatus.NOT_REACHED
    return statuses


def milliseconds(repeated: Callable[[], object]) -> float:
    """The median CPU time of some repetitions."""
    taken = []
    for _ in range(REPETITIONS):
        began = time.process_time()
        repeated()
        taken.append(time.process_time() - began)
    return statistics.median(taken) * 1000


def measure(application: QApplication, theme: Theme, count: int) -> None:
    """Print the figures for a graph of so many tasks."""
    graph = layered_graph(count)
    statuses = statuses_of(graph)
    view = GraphView(theme)
    view.resize(1920, 1080)
    began = time.process_time()
    sizes = measuring.node_sizes(graph, theme.look), measuring.label_sizes(graph, theme.look)
    view.set_graph(graph, layered.place(graph, *sizes))
    view.set_statuses(statuses)
    view.set_transitions([TransitionStatus.TAKEN] * len(graph.transitions))
    view.show()
    application.processEvents()
    print(f"{count:>6} tasks, first picture {(time.process_time() - began) * 1000:8.0f} ms CPU")
    middle = view.graph_scene.rect_of(graph.tasks[count // 2].name).center()
    view.fit()
    application.processEvents()
    for zoom in (view.zoom, *ZOOMS):
        view.zoom_to(zoom)
        view.centerOn(middle)
        application.processEvents()
        print(f"       frame at zoom {zoom:5.3f} {milliseconds(view.viewport().repaint):8.1f} ms CPU")
    names = [task.name for task in graph.tasks[:: max(1, count // 10)]][:10]
    turn = iter([TaskStatus.WAITING, TaskStatus.COMPLETE] * REPETITIONS)

    def change() -> None:
        view.set_statuses(dict.fromkeys(names, next(turn)))
        application.processEvents()

    for zoom in (1.0, 0.0):
        view.zoom_to(zoom) if zoom else view.fit()
        application.processEvents()
        where = "at 100 %" if zoom else "whole   "
        turn = iter([TaskStatus.WAITING, TaskStatus.COMPLETE] * REPETITIONS)
        print(f"       ten statuses, {where}  {milliseconds(change):8.1f} ms CPU")
    view.close()


def main() -> None:
    """Measure each size named on the command line."""
    application = QApplication(sys.argv[:1])
    theme = Theme(application, SchemeChoice.LIGHT)
    for count in map(int, sys.argv[1:] or ("1000", "5000", "20000")):
        measure(application, theme, count)


if __name__ == "__main__":
    main()
