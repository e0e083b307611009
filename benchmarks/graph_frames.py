"""CPU time of the desktop's graph: the first picture, a frame at several zooms, ten changed statuses.

    python benchmarks/graph_frames.py [NODES...]        (default: 1000 5000 20000)

and how long the GUI thread is held up at most while the panel measures, places, prepares and shows a graph in
its worker threads: by the clock, and less the time in which a thread of this process waited for a processor
(Linux tells), which on a machine with other work is most of it.

Draws off screen with the raster engine at 1920 by 1080, as on a screen without a GPU. Each figure is the
median of some repetitions in this one process; the first picture is a single run from a graph to its frame.
"""

from __future__ import annotations

import contextlib
import gc
import os
import random
import statistics
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from wfepy_core.drawing.layered import place as layered
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition
from wfepy_core.model.records import Records
from wfepy_core.model.snapshot import Snapshot, WorkflowRef
from wfepy_core.model.status import TaskStatus, TransitionStatus
from wfepy_gui.composition import SWITCH_S
from wfepy_gui.instance.instance_view import view_of
from wfepy_gui.theme import SchemeChoice, Theme
from wfepy_gui.views.graph.graph_panel import GraphPanel
from wfepy_gui.views.graph.graph_placer import label_sizes, node_sizes
from wfepy_gui.views.graph.prepared_graph import prepare
from wfepy_gui.views.graph.view import GraphView
from wfepy_gui.workers.gc_pacing import GcPacing

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_gui.instance.instance_view import InstanceView

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
    sizes = node_sizes(graph, theme.look), label_sizes(graph, theme.look)
    transitions = [TransitionStatus.TAKEN] * len(graph.transitions)
    placement = layered.place(graph, *sizes)
    view.show_graph(prepare(graph, placement, theme.look, statuses=statuses, transitions=transitions))
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


def waits() -> dict[str, int]:
    """Nanoseconds each thread of this process was ready and had no processor; empty where nobody tells."""
    waited = {}
    for thread in Path("/proc/self/task").glob("*/schedstat"):
        with contextlib.suppress(OSError):  # it has just ended
            waited[thread.parent.name] = int(thread.read_text().split()[1])
    return waited


def seconds_between(before: dict[str, int], after: dict[str, int]) -> float:
    """How long threads waited for a processor between two looks."""
    return sum(waited - before.get(thread, 0) for thread, waited in after.items()) / 1e9


class NoEdits(QObject):
    """Stands in for the pending changes of an instance: there are none."""

    changed = Signal()
    pending = preview = None


class OneView(QObject):
    """Stands in for a session that shows one instance."""

    instance_changed = Signal()
    tasks_changed = Signal(object)

    def __init__(self, graph: Graph) -> None:
        super().__init__()
        self.path = "flow.wfstate"
        self.is_busy = False
        self.editing = NoEdits(self)
        self.view: InstanceView | None = view_of(
            Snapshot(1, WorkflowRef("flow", ()), graph, (), Records(len(graph.tasks)), None)
        )


def longest_block(application: QApplication, theme: Theme, count: int) -> None:
    """Print the longest time between two turns of the event loop while a graph is brought onto the screen."""
    session = OneView(layered_graph(count))
    panel = GraphPanel(session, theme, headline=QWidget())  # type: ignore[arg-type]  # all it needs of a session
    panel.resize(1920, 1080)
    panel.show()
    collector = GcPacing(panel)  # as the program does
    session.instance_changed.connect(collector.pause_collections)
    application.processEvents()
    longest = busiest = ours = 0.0
    last, last_busy, last_waited = time.perf_counter(), time.thread_time(), waits()
    ready: list[float] = []
    shown: list[float] = []
    panel.picture_ready.connect(lambda: ready.append(time.perf_counter()))
    panel.graph_view.graph_scene.picture_changed.connect(lambda: shown.append(time.perf_counter()))
    began = time.perf_counter()
    session.instance_changed.emit()
    while not ready or time.perf_counter() - ready[0] < 0.3:
        application.processEvents()
        now, busy, waited = time.perf_counter(), time.thread_time(), waits()
        longest = max(longest, now - last)
        ours = max(ours, now - last - seconds_between(last_waited, waited))
        busiest = max(busiest, busy - last_busy)
        last, last_busy, last_waited = now, busy, waited
        time.sleep(0.001)
    first, final = shown[0] - began, ready[0] - began
    print(f"{count:>6} tasks, first picture after {first:.2f} s, final after {final:.2f} s by the clock")
    print(f"       GUI thread held up {ours * 1000:.0f} ms, {busiest * 1000:.0f} ms CPU of its own")
    print(f"       {longest * 1000:.0f} ms with waiting for a processor")
    panel.close_down()
    panel.close()
    gc.enable()
    gc.unfreeze()


def main() -> None:
    """Measure each size named on the command line."""
    application = QApplication(sys.argv[:1])
    theme = Theme(application, SchemeChoice.LIGHT)
    theme.animates = False
    sys.setswitchinterval(SWITCH_S)  # as the program does
    for count in map(int, sys.argv[1:] or ("1000", "5000", "20000")):
        measure(application, theme, count)
        longest_block(application, theme, count)


if __name__ == "__main__":
    main()
