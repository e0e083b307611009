"""One short command in a child process, and what it answered: checks of modules, new instances, imports."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from wfepy_gui.workers.pass_process import reason_in

if TYPE_CHECKING:
    from collections.abc import Sequence

PATIENCE_MS = 60_000
KEPT_ERRORS = 64 * 1024
KEPT_ANSWER = 256 * 1024 * 1024


class Answer(NamedTuple):
    """What is known when the process is gone.

    Attributes:
        code: its exit code; -1: it did not start, crashed, or was stopped.
        output: its stdout.
        errors: the end of its stderr, or why there is none.
    """

    code: int
    output: bytes = b""
    errors: str = ""

    @property
    def reason(self) -> tuple[str, str]:
        """What the command gave as its reason, and its hint; else the last line it printed."""
        reason, hint = reason_in(self.errors)
        if reason:
            return reason, hint
        lines = self.errors.strip().splitlines()
        return (lines[-1] if lines else f"the command ended with exit code {self.code}"), ""


class CommandProcess(QObject):
    """Runs one command at a time; a newer one stops the one before, whose answer never comes.

    Signals:
        answered: an `Answer`.
    """

    answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._output, self._errors = bytearray(), b""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._lose_patience)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._process is not None

    def run(self, command: Sequence[str], *, given: str = "", folder: str = "") -> None:
        """Start a command.

        Args:
            command: program and arguments.
            given: what it reads from stdin.
            folder: its working directory; by default that of this process.
        """
        self.stop()
        process = QProcess(self)
        self._process, self._output, self._errors = process, bytearray(), b""
        process.setProgram(command[0])
        process.setArguments(list(command[1:]))
        if folder:
            process.setWorkingDirectory(folder)
        process.setProcessEnvironment(_environment())
        process.setUnixProcessParameters(
            QProcess.UnixProcessFlag.CreateNewSession | QProcess.UnixProcessFlag.ResetSignalHandlers
        )
        process.readyReadStandardOutput.connect(self._read_output)
        process.readyReadStandardError.connect(self._read_errors)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._start_failed)
        self._patience.start()
        process.start()
        if given:
            process.write(given.encode())
        process.closeWriteChannel()

    def stop(self) -> None:
        """End the command that runs; it will not answer."""
        self._patience.stop()
        process, self._process = self._process, None
        if process is None:
            return
        process.disconnect(self)
        if process.state() != QProcess.ProcessState.NotRunning:
            _kill_group(process)
            process.waitForFinished(1000)
        process.deleteLater()

    def _read_output(self) -> None:
        if self._process is not None and len(self._output) < KEPT_ANSWER:
            self._output += self._process.readAllStandardOutput().data()

    def _read_errors(self) -> None:
        if self._process is not None:
            self._errors = (self._errors + self._process.readAllStandardError().data())[-KEPT_ERRORS:]

    def _start_failed(self, error: QProcess.ProcessError) -> None:
        process = self._process
        if process is not None and error == QProcess.ProcessError.FailedToStart:
            self._end(Answer(-1, errors=f"{process.program()} cannot be started: {process.errorString()}"))

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_output()
        self._read_errors()
        is_whole = status == QProcess.ExitStatus.NormalExit
        errors = self._errors.decode("utf-8", "replace")
        self._end(Answer(code if is_whole else -1, bytes(self._output), errors))

    def _lose_patience(self) -> None:
        self.stop()
        self.answered.emit(
            Answer(-1, errors=f"stopped after {PATIENCE_MS // 1000} s: the module takes too long to import")
        )

    def _end(self, answer: Answer) -> None:
        self._patience.stop()
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        self.answered.emit(answer)


def _environment() -> QProcessEnvironment:
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("PYTHONIOENCODING", "utf-8")
    return environment


def _kill_group(process: QProcess) -> None:
    # The child leads a session of its own: its process id is the id of its group.
    try:
        os.killpg(process.processId(), signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()
