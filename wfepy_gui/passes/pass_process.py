"""One pass in a child process: the ordinary command, its events as values, its end as a typed outcome.

The child's stdout is its private event channel, one JSON event a line; what tasks print arrives on stderr.
Both are always drained, whatever the task does, so that a flood can neither block the child nor fill memory.
"""

from __future__ import annotations

import enum
import os
import time
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from wfepy_core.model import events
from wfepy_gui.text.translation import QT_TR_NOOP, label_of, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TERMINATE_AFTER_MS = 500
KILL_AFTER_MS = 1000
LINES_A_TURN, TURN_S = 200, 0.004
LONGEST_LINE = 64 * 1024 * 1024
"""An event line carries changed context values; one longer than this is no event."""
MOST_TOLD = 50_000
"""Events that are kept by their line; of a longer pass the journal is read again."""


@enum.unique
class PassEnd(enum.Enum):
    """How a pass ended. `value` is the sentence on screen."""

    DONE = QT_TR_NOOP("The pass is done.")
    TASK_FAILED = QT_TR_NOOP("A task failed.")
    USAGE = QT_TR_NOOP("The command line was not understood.")
    BAD_STATE = QT_TR_NOOP("The state file or its module cannot be used.")
    LOCKED = QT_TR_NOOP("Another pass or edit holds this instance.")
    CANCELLED = QT_TR_NOOP("The pass was cancelled.")
    CRASHED = QT_TR_NOOP("The process of the pass crashed.")
    NO_CORE = QT_TR_NOOP("wfepy_core is missing in the Python that runs this workflow.")
    NOT_STARTED = QT_TR_NOOP("The pass could not be started.")


@enum.unique
class Stop(enum.Enum):
    """How far a cancelled process had to be pushed. `value` tells it after "The pass"."""

    NOT_ASKED = QT_TR_NOOP("was not asked to stop")
    ASKED = QT_TR_NOOP("stopped when it was asked")
    TERMINATED = QT_TR_NOOP("did not stop when it was asked, and was terminated")
    KILLED = QT_TR_NOOP("did not stop when it was asked, and was killed")


_REASON = "wfepy: "
_NO_CORE = ": No module named wfepy_core"
_INTERRUPTED = 130
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
        exit_code: of the process; below zero: minus the number of the signal that ended it.
        stop: what it took to stop it, when somebody cancelled. A pass that was done before it heard of it
            is DONE all the same.
        details: the end of what it printed, or why it could not be started.
    """

    end: PassEnd
    exit_code: int = 0
    stop: Stop = Stop.NOT_ASKED
    details: str = ""

    @property
    def sentence(self) -> str:
        """How it ended, for people; of a crash by which signal."""
        if self.end is not PassEnd.CRASHED:
            return label_of(self.end)
        return tr("The process of the pass {}.").format(crash_in_words(self.exit_code))


_CRASHES = {
    "SIGSEGV": QT_TR_NOOP("crashed: it used memory it does not have (a fault in compiled code)"),
    "SIGBUS": QT_TR_NOOP(
        "crashed: it used memory that is not there (a fault in compiled code, or a full disk)"
    ),
    "SIGABRT": QT_TR_NOOP("crashed: it gave itself up (abort, often a failed check in compiled code)"),
    "SIGFPE": QT_TR_NOOP("crashed: impossible arithmetic in compiled code"),
    "SIGILL": QT_TR_NOOP("crashed: it ran an instruction this processor does not have"),
    "SIGKILL": QT_TR_NOOP("was killed: by somebody, or by the system for want of memory"),
    "SIGTERM": QT_TR_NOOP("was terminated by somebody"),
    "SIGINT": QT_TR_NOOP("was interrupted by somebody"),
    "SIGHUP": QT_TR_NOOP("lost its terminal"),
    "SIGXCPU": QT_TR_NOOP("used up the processor time it may have"),
}
_BY_SIGNAL = QT_TR_NOOP("was ended by a signal")


def crash_in_words(code: int) -> str:
    """What ended a process, from its exit code as `PassOutcome` has it."""
    if code >= 0:
        return tr("ended with the unknown exit code {}").format(code)
    import signal  # noqa: PLC0415  start-up time

    try:
        name = str(signal.Signals(-code).name)
    except ValueError:
        return tr("was ended by signal {}").format(-code)
    return f"{tr(_CRASHES.get(name, _BY_SIGNAL))} ({name})"


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
    import shlex  # noqa: PLC0415  start-up time

    return shlex.join(command)


class PassProcess(QObject):
    """Runs one pass of one state file, once.

    Signals:
        events_arrived: a tuple of `wfepy_core.model.events` values, in order.
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
        self._lines: deque[bytes] = deque()
        self._outcome: PassOutcome | None = None
        self._turn = QTimer(self)
        self._last_output = b""
        self._told: dict[bytes, events.Event] = {}
        self._is_over = False
        self._stop = Stop.NOT_ASKED
        self._process = QProcess(self)
        self._steps = (self._timer(TERMINATE_AFTER_MS), self._timer(KILL_AFTER_MS))
        self._connect()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked it to end."""
        return self._stop is not Stop.NOT_ASKED

    @property
    def process_id(self) -> int:
        """Of the child, which leads a group of that number; 0 when there is none."""
        return int(self._process.processId())

    @property
    def told(self) -> Mapping[bytes, events.Event]:
        """What it told, by line: the journal has the same lines, which need not be read again."""
        return self._told

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
        if self.cancelled or self._process.state() == QProcess.ProcessState.NotRunning:
            return
        self._stop = Stop.ASKED
        self._signal_group("SIGINT")
        for timer in self._steps:
            timer.start()

    def kill(self) -> None:
        """End it now, without asking, and wait for it: the program is closing."""
        if self._process.state() != QProcess.ProcessState.NotRunning:
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
        self._turn.timeout.connect(self._decode_some)
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
        self._lines.extend(filter(None, lines))
        if self._lines and not self._turn.isActive():
            self._turn.start()

    def _decode_some(self) -> None:
        """A pass may tell thousands of events at once; those of one turn hold up nothing."""
        found: list[events.Event] = []
        end = time.monotonic() + TURN_S
        while self._lines and len(found) < LINES_A_TURN and time.monotonic() < end:
            line = self._lines.popleft()
            try:
                self._told[line] = event = events.decode(line)
                found.append(event)
            except ValueError:
                self._show(b"[not an event] " + line[:2000] + b"\n")
        if len(self._told) > MOST_TOLD:
            self._told = {}
        if found:
            self.events_arrived.emit(tuple(found))
        if not self._lines:
            self._turn.stop()
            if self._outcome is not None:
                self._end(self._outcome)

    def _read_output(self) -> None:
        self._show(bytes(self._process.readAllStandardError().data()))

    def _show(self, data: bytes) -> None:
        if data:
            self._last_output = (self._last_output + data)[-4000:]
            self.output_arrived.emit(data)

    # -- its end ------------------------------------------------------------------------------------------

    def _terminate(self) -> None:
        self._stop = Stop.TERMINATED
        self._signal_group("SIGTERM")

    def _force(self) -> None:
        self._stop = Stop.KILLED
        self._signal_group("SIGKILL")

    def _signal_group(self, name: str) -> None:
        import signal  # noqa: PLC0415  start-up time

        # The child leads a session of its own: its process id is the id of its group.
        group = self._process.processId()
        if group > 0:
            try:
                os.killpg(group, signal.Signals[name])
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
        end = self._meaning(code, details, crashed=crashed)
        self._outcome = PassOutcome(end, -code if crashed else code, self._stop, details)
        self._decode_some()  # the end is told when all is told that came before

    def _meaning(self, code: int, details: str, *, crashed: bool) -> PassEnd:
        if self.cancelled and (crashed or code == _INTERRUPTED):
            return PassEnd.CANCELLED
        if code == 1 and details.endswith(_NO_CORE):
            return PassEnd.NO_CORE
        return PassEnd.CRASHED if crashed else _BY_CODE.get(code, PassEnd.CRASHED)

    def _end(self, outcome: PassOutcome) -> None:
        for timer in (*self._steps, self._turn):
            timer.stop()
        if not self._is_over:
            self._is_over = True
            self.ended.emit(outcome)
