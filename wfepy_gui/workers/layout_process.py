"""Graphviz in the core's layout process, for one view: the latest request wins, late answers are dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

from wfepy_core.drawing import layout
from wfepy_core.errors import DrawingError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfepy_core.snapshot import Graph

    Sizes = Mapping[str, tuple[float, float]]


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

    def __init__(self, time_limit: float = 30.0, parent: QObject | None = None) -> None:
        """Args: time_limit: seconds a layout may take."""
        super().__init__(parent)
        self._time_limit = time_limit
        self._number = 0
        self._process: QProcess | None = None
        self._answer: layout.Answer | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._give_up)

    def place(self, graph: Graph, sizes: Sizes, label_sizes: Sizes) -> int:
        """Begin to lay a graph out, instead of what is under way; returns the number of its answer.

        Args:
            graph: what to lay out.
            sizes: width and height in points of every task's node.
            label_sizes: width and height in points of every condition's pill.
        """
        self.cancel()
        self._number += 1
        self._answer = layout.Answer(graph)
        process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.SeparateChannels)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._report_no_start)
        self._process = process
        program, *arguments = layout.child_command()
        process.start(program, arguments)
        process.write(layout.request(graph, sizes, label_sizes, time_limit=self._time_limit))
        process.closeWriteChannel()
        self._timer.start(round(self._time_limit * 1000))
        return self._number

    def cancel(self) -> None:
        """Stop what is under way; its answer never comes."""
        self._timer.stop()
        process, self._process = self._process, None
        self._answer = None
        if process is None:
            return
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
        process, answer = self._process, self._answer
        if process is None or answer is None:
            return
        try:
            while process.canReadLine():
                answer.feed(bytes(process.readLine().data()))
        except DrawingError as error:
            self._fail(error)

    @Slot()
    def _finish(self) -> None:
        self._read()
        answer = self._answer
        if answer is None:
            return
        try:
            placement = answer.placement()
        except DrawingError as error:
            self._fail(error)
            return
        self.cancel()
        self.placed.emit(self._number, placement)

    @Slot(QProcess.ProcessError)
    def _report_no_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._fail(DrawingError("the layout process could not be started", hint=layout.CURE))

    @Slot()
    def _give_up(self) -> None:
        limit = f"{self._time_limit:g} s"
        self._fail(DrawingError(f"Graphviz needed more than {limit}", hint="the built-in layout stays"))

    def _fail(self, error: DrawingError) -> None:
        self.cancel()
        self.failed.emit(self._number, error)
