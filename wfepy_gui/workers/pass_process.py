"""One pass in a child process: the ordinary command, its events as values, its end as a typed outcome.

The child's stdout is its private event channel, one JSON event a line; what tasks print arrives on stderr.
Both are always drained, whatever the task does, so that a flood can neither block the child nor fill memory.
"""

from __future__ import annotations

import enum
import os
import shlex
import signal
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from wfepy_core import events

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TERMINATE_AFTER_MS = 500
KILL_AFTER_MS = 1000
LONGEST_LINE = 64 * 1024 * 1024
"""An event line carries changed context values; one longer than this is no event."""


@enum.unique
class PassEnd(enum.Enum):
    """How a pass ended. `value` is the sentence on screen."""

    DONE = "The pass is done."
    TASK_FAILED = "A task failed."
    USAGE = "The command line was not understood."
    BAD_STATE = "The state file or its module cannot be used."
    LOCKED = "Another pass or edit holds this instance."
    CANCELLED = "The pass was cancelled."
    CRASHED = "The process of the pass crashed."
    NO_CORE = "wfepy_core is missing in the Python that runs this workflow."
    NOT_STARTED = "The pass could not be started."


_REASON = "wfepy: "
_NO_CORE = ": No module named wfepy_core"
_BY_CODE = {
    0: PassEnd.DONE,
    1: PassEnd.TASK_FAILED,
    2: PassEnd.USAGE,
    65: PassEnd.BAD_STATE,
    75: PassEnd.LOCKED,
}


class PassOutcome(NamedTuple):
    """What is known when the process is gone.

    Attributes:
        end: how.
        exit_code: of the process; for a crash the number of the signal.
        forced: whether the process had to be killed.
        details: the end of what it printed, or why it could not be started.
    """

    end: PassEnd
    exit_code: int = 0
    forced: bool = False
    details: str = ""


def reason_in(printed: str) -> tuple[str, str]:
    """What the command gave as its reason at the end of its output, and its hint; both may be empty."""
    lines = printed.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith(_REASON)]
    if not starts or not all(line.startswith("  ") for line in lines[starts[-1] + 1 :]):
        return "", ""
    hint = " ".join(line.strip() for line in lines[starts[-1] + 1 :])
    return lines[starts[-1]].removeprefix(_REASON), hint


def command_for(program: Sequence[str], state_path: str) -> tuple[str, ...]:
    """The ordinary command of one pass, as an operator can paste it into a terminal."""
    return (*program, "advance", state_path)


def shell_line(command: Sequence[str]) -> str:
    """A command as one line for a POSIX shell."""
    return shlex.join(command)


class PassProcess(QObject):
    """Runs one pass of one state file, once.

    Signals:
        events_arrived: a tuple of `wfepy_core.events` values, in order.
        output_arrived: bytes that tasks printed.
        ended: a `PassOutcome`; the last signal.
    """

    events_arrived = Signal(object)
    output_arrived = Signal(bytes)
    ended = Signal(object)

    def __init__(
        self,
        program: Sequence[str],
        environment: Mapping[str, str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._program = tuple(program)
        self._environment = dict(environment or {})
        self._partial = bytearray()
        self._last_output = b""
        self._cancelled = self._forced = self._is_over = False
        self._process = QProcess(self)
        self._steps = (self._timer(TERMINATE_AFTER_MS), self._timer(KILL_AFTER_MS))
        self._connect()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked it to end."""
        return self._cancelled

    def start(self, state_path: str) -> None:
        """Start the pass; everything else is told by signals."""
        program, *arguments = command_for(self._program, state_path)
        process = self._process
        process.setProgram(program)
        process.setArguments([*arguments, "--events"])
        process.setStandardInputFile(QProcess.nullDevice())
        process.setUnixProcessParameters(
            QProcess.UnixProcessFlag.CreateNewSession | QProcess.UnixProcessFlag.ResetSignalHandlers
        )
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUNBUFFERED", "1")
        for name, value in self._environment.items():
            environment.insert(name, value)
        process.setProcessEnvironment(environment)
        process.start()

    def cancel(self) -> None:
        """Ask the process and its children to stop; terminate, then kill them if they do not."""
        if self._cancelled or self._process.state() == QProcess.ProcessState.NotRunning:
            return
        self._cancelled = True
        self._signal_group(signal.SIGINT)
        for timer in self._steps:
            timer.start()

    def kill(self) -> None:
        """End it now, without asking, and wait for it: the program is closing."""
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._cancelled = True
            self._force()
            self._process.waitForFinished(1000)

    # -- wiring -------------------------------------------------------------------------------------------

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        return timer

    def _connect(self) -> None:
        self._process.readyReadStandardOutput.connect(self._read_events)
        self._process.readyReadStandardError.connect(self._read_output)
        self._process.finished.connect(self._finish)
        self._process.errorOccurred.connect(self._start_failed)
        terminate, kill = self._steps
        terminate.timeout.connect(self._terminate)
        kill.timeout.connect(self._force)

    # -- what the child says ------------------------------------------------------------------------------

    def _read_events(self) -> None:
        self._partial += self._process.readAllStandardOutput().data()
        if b"\n" not in self._partial:
            if len(self._partial) > LONGEST_LINE:
                self._partial.clear()
            return
        *lines, rest = bytes(self._partial).split(b"\n")
        self._partial = bytearray(rest)
        found = []
        for line in filter(None, lines):
            try:
                found.append(events.decode(line))
            except ValueError:
                self._show(b"[not an event] " + line[:2000] + b"\n")
        if found:
            self.events_arrived.emit(tuple(found))

    def _read_output(self) -> None:
        self._show(bytes(self._process.readAllStandardError().data()))

    def _show(self, data: bytes) -> None:
        if data:
            self._last_output = (self._last_output + data)[-4000:]
            self.output_arrived.emit(data)

    # -- its end ------------------------------------------------------------------------------------------

    def _terminate(self) -> None:
        self._signal_group(signal.SIGTERM)

    def _force(self) -> None:
        self._forced = True
        self._signal_group(signal.SIGKILL)

    def _signal_group(self, number: signal.Signals) -> None:
        # The child leads a session of its own: its process id is the id of its group.
        group = self._process.processId()
        if group > 0:
            try:
                os.killpg(group, number)
            except (ProcessLookupError, PermissionError):
                self._process.kill()

    def _start_failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._end(PassOutcome(PassEnd.NOT_STARTED, details=self._process.errorString()))

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_events()
        self._read_output()
        details = self._last_output.decode("utf-8", "replace").strip()
        crashed = status == QProcess.ExitStatus.CrashExit
        if self._cancelled:
            end = PassEnd.CANCELLED
        elif crashed:
            end = PassEnd.CRASHED
        else:
            has_core = not (code == 1 and details.endswith(_NO_CORE))
            end = _BY_CODE.get(code, PassEnd.CRASHED) if has_core else PassEnd.NO_CORE
        self._end(PassOutcome(end, code, self._forced, details))

    def _end(self, outcome: PassOutcome) -> None:
        for timer in self._steps:
            timer.stop()
        if not self._is_over:
            self._is_over = True
            self.ended.emit(outcome)
