"""One command in a child process: how it is started, read, stopped, and how it ended.

The child leads a session of its own, so that a signal reaches what it started, too; on Windows `taskkill`
ends that as well. Both of its channels are always drained, whatever it does: a flood can neither block it nor
fill memory here.
"""

from __future__ import annotations

import enum
import os
import site
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

import wfepy_core
from wfepy_core.interpreter import is_frozen, own_python, variables_of_children
from wfepy_gui.text.translation import QT_TR_NOOP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wfepy_core.loading.agreement import Agreement

PROGRAM = (own_python(), "-P", "-m", "wfepy_core")
"""The `wfepy` command. `-P`: a `json.py` that lies in the working directory is not taken for Python's own."""


def agreed_command(
    program: Sequence[str], agreement: Agreement, arguments: Sequence[str], given: bytes = b""
) -> tuple[tuple[str, ...], bytes]:
    """A `wfepy` command that runs nothing but what was agreed to, and what it reads from its stdin.

    Args:
        program: the `wfepy` command.
        agreement: what may run.
        arguments: of the command.
        given: what the command itself reads from stdin.
    """
    agreed = agreement.encode()
    return (*program, "--agreed", str(len(agreed)), *arguments), agreed + given


TERMINATE_AFTER_MS = 500
KILL_AFTER_MS = 1000
"""Both counted from the request to stop."""
GONE_WITHIN_MS = 1000
"""A killed process is gone within milliseconds; it is waited for so long at most."""


@enum.unique
class Stop(enum.Enum):
    """How far a cancelled process had to be pushed. `value` is its end in words, after "The pass"."""

    NOT_ASKED = QT_TR_NOOP("was not asked to stop")
    ASKED = QT_TR_NOOP("stopped when it was asked")
    TERMINATED = QT_TR_NOOP("did not stop when it was asked, and was terminated")
    KILLED = QT_TR_NOOP("did not stop when it was asked, and was killed")


class ChildEnd(NamedTuple):
    """How a child process ended.

    Attributes:
        code: its exit code; of a crash minus the number of the signal that ended it.
        crashed: whether a signal ended it.
        stop: what it took to stop it.
        start_error: why it could not be started; empty when it was.
    """

    code: int = 0
    crashed: bool = False
    stop: Stop = Stop.NOT_ASKED
    start_error: str = ""


def project_environment() -> dict[str, str]:
    """Variables a child needs beside our own: where the project is, when it runs from a checkout."""
    home = str(Path(wfepy_core.__file__).resolve().parents[1])
    if is_frozen() or home in site.getsitepackages():
        return {}
    return {"PYTHONPATH": os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH", ""))))}


class ChildProcess(QObject):
    """Runs one command, once.

    Signals:
        printed: bytes that arrived on its stdout.
        complained: bytes that arrived on its stderr.
        ended: a `ChildEnd`; the last signal, and none after `abandon`.
    """

    printed = Signal(bytes)
    complained = Signal(bytes)
    ended = Signal(ChildEnd)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._given = b""
        self._stop = Stop.NOT_ASKED
        self._is_over = False
        self._process = QProcess(self)
        self._terminate_timer = self._make_timer(TERMINATE_AFTER_MS)
        self._kill_timer = self._make_timer(KILL_AFTER_MS)
        self._connect()

    @property
    def is_running(self) -> bool:
        """Whether it was started and is not gone yet."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked it to end."""
        return self._stop is not Stop.NOT_ASKED

    @property
    def process_id(self) -> int:
        """Of the child, which leads a group of that number; 0 when there is none."""
        return int(self._process.processId())

    def start(
        self, command: Sequence[str], given: bytes = b"", variables: Mapping[str, str] | None = None
    ) -> None:
        """Start it; everything else comes by signals.

        Args:
            command: program and arguments; everybody on the machine can read them.
            given: what it reads from its stdin, which may be secret; without it, stdin is empty.
            variables: of its environment, beside our own.
        """
        program, *arguments = command
        process, self._given = self._process, given
        process.setProgram(program)
        process.setArguments(arguments)
        if not given:
            process.setStandardInputFile(QProcess.nullDevice())
        if sys.platform != "win32":  # which has neither sessions nor handlers to inherit
            process.setUnixProcessParameters(
                QProcess.UnixProcessFlag.CreateNewSession | QProcess.UnixProcessFlag.ResetSignalHandlers
            )
        environment = QProcessEnvironment.systemEnvironment()
        for name, value in {**variables_of_children(), **(variables or {})}.items():
            environment.insert(name, value)
        process.setProcessEnvironment(environment)
        process.start()

    def cancel(self) -> None:
        """Ask it and its children to stop; terminate, then kill them if they do not."""
        if self.is_cancelled or not self.is_running:
            return
        self._stop = Stop.ASKED
        self._signal_group("SIGINT")
        self._terminate_timer.start()
        self._kill_timer.start()

    def kill(self) -> None:
        """End it and its children now, without asking, and wait for it; `ended` comes before this returns."""
        if self.is_running:
            self._kill()
            self._process.waitForFinished(GONE_WITHIN_MS)

    def abandon(self, within_ms: int = GONE_WITHIN_MS) -> None:
        """End it and its children now; nothing it said counts any more. Deletes itself when it is gone.

        Args:
            within_ms: how long the caller may be held up for it, in milliseconds.
        """
        self._is_over = True
        self._stop_timers()
        if self.is_running:
            self._signal_group("SIGKILL")
            # Whoever deletes us next must not find it alive.
            self._process.waitForFinished(within_ms)
        if self.is_running:
            self._process.finished.connect(self.deleteLater)
        else:
            self.deleteLater()

    # -- wiring -------------------------------------------------------------------------------------------

    def _make_timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        return timer

    def _connect(self) -> None:
        self._process.started.connect(self._on_started)
        self._process.readyReadStandardOutput.connect(self._read_output)
        self._process.readyReadStandardError.connect(self._read_errors)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error_occurred)
        self._terminate_timer.timeout.connect(self._terminate)
        self._kill_timer.timeout.connect(self._kill)

    def _on_started(self) -> None:
        if self._given:
            self._process.write(self._given)
            self._process.closeWriteChannel()

    def _read_output(self) -> None:
        data = bytes(self._process.readAllStandardOutput().data())
        if data and not self._is_over:
            self.printed.emit(data)

    def _read_errors(self) -> None:
        data = bytes(self._process.readAllStandardError().data())
        if data and not self._is_over:
            self.complained.emit(data)

    # -- its end ------------------------------------------------------------------------------------------

    def _terminate(self) -> None:
        self._stop = Stop.TERMINATED
        self._signal_group("SIGTERM")

    def _kill(self) -> None:
        self._stop = Stop.KILLED
        self._signal_group("SIGKILL")

    def _signal_group(self, name: str) -> None:
        # The child leads a session of its own: its process id is the id of its group.
        group = self._process.processId()
        if group <= 0:
            return
        if sys.platform == "win32":
            if name != "SIGINT":  # nobody can ask a process without a window there
                QProcess.execute("taskkill", ["/PID", str(group), "/T", "/F"])
                self._process.kill()
        else:
            import signal  # noqa: PLC0415  start-up time

            try:
                os.killpg(group, signal.Signals[name])
            except (ProcessLookupError, PermissionError):
                self._process.kill()

    def _on_error_occurred(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._end(ChildEnd(start_error=self._process.errorString(), stop=self._stop))

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_output()
        self._read_errors()
        crashed = status == QProcess.ExitStatus.CrashExit
        self._end(ChildEnd(-code if crashed else code, crashed, self._stop))

    def _end(self, end: ChildEnd) -> None:
        self._stop_timers()
        if not self._is_over:
            self._is_over = True
            self.ended.emit(end)

    def _stop_timers(self) -> None:
        self._terminate_timer.stop()
        self._kill_timer.stop()
