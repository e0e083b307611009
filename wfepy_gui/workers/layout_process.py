"""Graphviz in the core's layout process, for one view: the latest request wins, late answers are dropped."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QThreadPool, QTimer, Signal, Slot

from wfepy_core.drawing import layout
from wfepy_core.errors import DrawingError
from wfepy_gui.text.translation import tr
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from wfepy_core.model.graph import Graph

TIME_LIMIT = 30.0
"""Seconds a layout may take."""

_GONE_WITHIN = 40
"""Milliseconds the window may be held up for a killed process."""


class LayoutProcess(QObject):
    """Lays graphs out, one at a time.

    Signals:
        placed: the number that `place` returned, and the `layout.Placement`.
        failed: the number, and the `DrawingError`; show the built-in placement on.
    """

    placed = Signal(int, object)
    failed = Signal(int, object)

    def __init__(
        self, pool: QThreadPool, time_limit: float = TIME_LIMIT, parent: QObject | None = None
    ) -> None:
        """Args: pool: reads the answers. time_limit: seconds a layout may take."""
        super().__init__(parent)
        self._time_limit = time_limit
        self._number = 0
        self._process: QProcess | None = None
        self._graph: Graph | None = None
        self._answer = bytearray()
        self._reader = BackgroundQuery(pool, self)
        self._reader.answered.connect(self._tell)
        self._reader.failed.connect(self._fail)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._give_up)

    def place(self, graph: Graph, request: bytes) -> int:
        """Begin to lay a graph out, instead of what is under way; returns the number of its answer.

        Args:
            graph: what to lay out.
            request: what `layout.request` makes of it.
        """
        self.cancel()
        self._number += 1
        self._graph = graph
        process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.SeparateChannels)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._report_no_start)
        self._process = process
        program, *arguments = layout.child_command()
        process.start(program, arguments)
        process.write(request)
        process.closeWriteChannel()
        self._timer.start(round(self._time_limit * 1000))
        return self._number

    def cancel(self) -> None:
        """Stop what is under way; its answer never comes."""
        self._timer.stop()
        self._reader.forget()
        self._answer.clear()
        process, self._process = self._process, None
        if process is not None:
            self._end(process)

    def _end(self, process: QProcess) -> None:
        process.readyReadStandardOutput.disconnect(self._read)
        process.finished.disconnect(self._finish)
        process.errorOccurred.disconnect(self._report_no_start)
        process.kill()
        # A killed process is gone within milliseconds; whoever deletes us next must not find it alive.
        if process.waitForFinished(_GONE_WITHIN) or process.state() is QProcess.ProcessState.NotRunning:
            process.deleteLater()
        else:
            process.finished.connect(process.deleteLater)

    @Slot()
    def _read(self) -> None:
        if self._process is not None:
            self._answer += bytes(self._process.readAllStandardOutput().data())

    @Slot()
    def _finish(self) -> None:
        """A large answer takes a while to read: not here."""
        self._read()
        answer, graph = bytes(self._answer), self._graph
        self.cancel()
        if graph is not None:
            self._reader.ask(partial(_placement, graph, answer))

    def _tell(self, placement: layout.Placement) -> None:
        self.placed.emit(self._number, placement)

    @Slot(QProcess.ProcessError)
    def _report_no_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._fail(DrawingError(tr("the layout process could not be started"), hint=layout.CURE))

    @Slot()
    def _give_up(self) -> None:
        limit = f"{self._time_limit:g} s"
        self._fail(
            DrawingError(
                tr("Graphviz needed more than {}").format(limit), hint=tr("the built-in layout stays")
            )
        )

    def _fail(self, error: Exception) -> None:
        self.cancel()
        self.failed.emit(self._number, error)


def _placement(graph: Graph, lines: bytes) -> layout.Placement:
    answer = layout.Answer(graph)
    for line in lines.splitlines():
        answer.feed(line)
    return answer.placement()
