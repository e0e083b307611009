"""Graphviz in the core's layout process, for one view: the latest request wins, late answers are dropped."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from wfepy_core.drawing.graphviz import protocol
from wfepy_core.drawing.graphviz.engine import CURE
from wfepy_core.drawing.placement import Placement
from wfepy_core.errors import DrawingError
from wfepy_gui.text.translation import tr
from wfepy_gui.workers.background_query import BackgroundQuery
from wfepy_gui.workers.child_process import ChildProcess

if TYPE_CHECKING:
    from wfepy_core.model.graph import Graph
    from wfepy_gui.workers.child_process import ChildEnd

TIME_LIMIT = 30.0
"""Seconds a layout may take."""

_GONE_WITHIN = 40
"""Milliseconds the window may be held up for a killed process."""


class LayoutProcess(QObject):
    """Lays graphs out, one at a time.

    Signals:
        placed: the number that `place` returned, and the `Placement`.
        failed: the number, and the exception, mostly a `DrawingError`; show the built-in placement on.
    """

    placed = Signal(int, Placement)
    failed = Signal(int, Exception)

    def __init__(
        self, pool: QThreadPool, time_limit: float = TIME_LIMIT, parent: QObject | None = None
    ) -> None:
        """Lay out in a child process.

        Args:
            pool: reads the answers.
            time_limit: seconds a layout may take.
            parent: owns this.
        """
        super().__init__(parent)
        self._time_limit = time_limit
        self._number = 0
        self._child: ChildProcess | None = None
        self._graph: Graph | None = None
        self._answer = bytearray()
        self._reader = BackgroundQuery(pool, self)
        self._reader.answered.connect(self._on_answered)
        self._reader.failed.connect(self._fail)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)

    def place(self, graph: Graph, request: bytes) -> int:
        """Begin to lay a graph out, instead of what is under way; returns the number of its answer.

        Args:
            graph: what to lay out.
            request: what `protocol.layout_request` makes of it.
        """
        self.cancel()
        self._number += 1
        self._graph = graph
        self._child = child = ChildProcess(self)
        child.printed.connect(self._on_printed)
        child.ended.connect(self._on_ended)
        child.start(protocol.child_command(), request)
        self._timer.start(round(self._time_limit * 1000))
        return self._number

    def cancel(self) -> None:
        """Stop what is under way; its answer never comes."""
        self._timer.stop()
        self._reader.forget()
        self._answer.clear()
        child, self._child = self._child, None
        if child is not None:
            child.abandon(_GONE_WITHIN)

    def _on_printed(self, data: bytes) -> None:
        self._answer += data

    def _on_ended(self, end: ChildEnd) -> None:
        if end.start_error:
            self._fail(DrawingError(tr("the layout process could not be started"), hint=CURE))
            return
        answer, graph = bytes(self._answer), self._graph
        self.cancel()
        if graph is not None:  # a large answer takes a while to read: not here
            self._reader.ask(partial(_placement, graph, answer))

    def _on_answered(self, placement: Placement) -> None:
        self.placed.emit(self._number, placement)

    def _on_timeout(self) -> None:
        limit = f"{self._time_limit:g} s"
        self._fail(
            DrawingError(
                tr("Graphviz needed more than {}").format(limit), hint=tr("the built-in layout stays")
            )
        )

    def _fail(self, error: Exception) -> None:
        self.cancel()
        self.failed.emit(self._number, error)


def _placement(graph: Graph, lines: bytes) -> Placement:
    reader = protocol.PlacementReader(graph)
    for line in lines.splitlines():
        reader.feed(line)
    return reader.placement()
