"""Where the tasks of a graph go: Graphviz's placement, and the built-in one until that is there, or instead.

Fonts are measured and graphs placed in worker threads and in a child process.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFontMetricsF

from wfepy_core.drawing.graphviz.protocol import layout_request
from wfepy_core.drawing.layered import place as layered
from wfepy_core.drawing.node_shape import label_size, node_size, pill_texts
from wfepy_core.drawing.placement import Placement
from wfepy_core.drawing.printable_text import printable_text
from wfepy_gui.workers.background_query import BackgroundQuery
from wfepy_gui.workers.layout_process import TIME_LIMIT, LayoutProcess

if TYPE_CHECKING:
    from PySide6.QtCore import QThreadPool

    from wfepy_core.model.graph import Graph
    from wfepy_gui.theme import Look

    Size = tuple[float, float]
    from collections.abc import Callable


_MANY = 2000
"""Names from which measuring each as it is drawn would take noticeable time."""

_KERNING = 1.0
"""Letters that are moved apart make a name wider than its letters."""


def node_sizes(graph: Graph, look: Look) -> dict[str, tuple[float, float]]:
    """Width and height of every task's node, its name whole."""
    metrics = QFontMetricsF(look.name_font)
    width = metrics.horizontalAdvance if len(graph.tasks) < _MANY else _by_letters(metrics)
    return {task.name: node_size(width(printable_text(task.name))) for task in graph.tasks}


def label_sizes(graph: Graph, look: Look) -> dict[str, tuple[float, float]]:
    """Width and height of the pill of every condition."""
    metrics = QFontMetricsF(look.label_font)
    return {
        condition: label_size(metrics.horizontalAdvance(text))
        for condition, text in pill_texts(graph).items()
    }


def _by_letters(metrics: QFontMetricsF) -> Callable[[str], float]:
    """Measures a name by the widths of its letters, which is five times as quick and hardly wider."""
    widths = {chr(code): metrics.horizontalAdvance(chr(code)) for code in range(32, 127)}

    def width(name: str) -> float:
        try:
            return sum(map(widths.__getitem__, name)) + _KERNING
        except KeyError:  # not ASCII: such letters may change each other's widths
            return metrics.horizontalAdvance(name)

    return width


GRACE_MS = 600
"""Graphviz usually answers a small graph sooner; our own placement before it would make the picture jump."""

GRACE_MS_A_TASK = -1
"""Graphviz never answers a large graph in time: why wait."""

MOST_CACHED = 8
MOST_CACHED_TASKS = 6000
"""Placements that are cached, and tasks of the largest: the next instance of a workflow is shown at once."""


class _Measured(NamedTuple):
    sizes: dict[str, Size]
    labels: dict[str, Size]
    request: bytes


class GraphPlacer(QObject):
    """Places one graph at a time; another one takes the place of what is under way.

    Signals:
        placed: a placement; a better one may follow, see `is_final`.
        gave_up: Graphviz has no better placement than what was `placed`, or will be.
    """

    placed = Signal(Placement)
    gave_up = Signal()

    def __init__(self, pool: QThreadPool, parent: QObject) -> None:
        super().__init__(parent)
        self._graph: Graph | None = None
        self._measured: _Measured | None = None
        self._has_placement = False
        self._is_final = False
        self._number = 0
        self._cached: list[tuple[Graph, Placement]] = []
        self._measuring = BackgroundQuery(pool, self)
        self._builtin = BackgroundQuery(pool, self)
        self._graphviz = LayoutProcess(pool, parent=self)
        self._grace = QTimer(self)
        self._grace.setSingleShot(True)
        self._connect()

    def _connect(self) -> None:
        self._measuring.answered.connect(self._on_measured)
        self._builtin.answered.connect(self._on_builtin_placed)
        for query in (self._measuring, self._builtin):
            query.failed.connect(raise_error)
        self._graphviz.placed.connect(self._on_graphviz_placed)
        self._graphviz.failed.connect(self._on_graphviz_failed)
        self._grace.timeout.connect(self._use_builtin_layout)

    @property
    def is_final(self) -> bool:
        """Whether no better placement will follow."""
        return self._is_final

    def place(self, graph: Graph, look: Look) -> None:
        """Begin to place a graph whose names are written as a look says; at once if it is known."""
        self.stop()
        self._graph = graph
        self._measured = None
        self._has_placement = False
        self._is_final = False
        cached = next((placement for known, placement in self._cached if known == graph), None)
        if cached is not None:
            self._set_placement(cached, is_final=True)
        else:
            self._measuring.ask(partial(_measure, graph, look))

    def stop(self) -> None:
        """Drop what is under way."""
        self._graphviz.cancel()
        self._measuring.forget()
        self._builtin.forget()
        self._grace.stop()

    def _set_placement(self, placement: Placement, *, is_final: bool) -> None:
        self._has_placement = True
        self._is_final = self._is_final or is_final
        self.placed.emit(placement)

    def _on_measured(self, measured: _Measured) -> None:
        if self._graph is not None:
            self._measured = measured
            self._number = self._graphviz.place(self._graph, measured.request)
            self._grace.start(max(0, GRACE_MS + GRACE_MS_A_TASK * len(self._graph.tasks)))

    def _use_builtin_layout(self) -> None:
        if self._graph is not None and self._measured is not None and not self._has_placement:
            sizes, labels, _ = self._measured
            self._builtin.ask(partial(layered.place, self._graph, sizes, labels))

    def _on_builtin_placed(self, placement: Placement) -> None:
        self._set_placement(placement, is_final=False)

    def _on_graphviz_placed(self, number: int, placement: Placement) -> None:
        if number == self._number and self._graph is not None:
            self._grace.stop()
            self._builtin.forget()
            if len(self._graph.tasks) <= MOST_CACHED_TASKS:
                self._cached = [(self._graph, placement), *self._cached[: MOST_CACHED - 1]]
            self._set_placement(placement, is_final=True)

    def _on_graphviz_failed(self, number: int, _error: Exception) -> None:
        if number == self._number:
            self._grace.stop()
            self._is_final = True
            if not self._builtin.is_busy:
                self._use_builtin_layout()
            self.gave_up.emit()


def raise_error(error: Exception) -> None:
    """A mistake of ours in a worker thread: reported like one of this thread."""
    raise error


def _measure(graph: Graph, look: Look) -> _Measured:
    sizes, labels = node_sizes(graph, look), label_sizes(graph, look)
    request = layout_request(graph, sizes, labels, time_limit=TIME_LIMIT)
    return _Measured(sizes=sizes, labels=labels, request=request)
