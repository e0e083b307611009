"""One preflight in a child process: conditions are user code. The ordinary command, its answer as a value."""

from __future__ import annotations

import json
import os
import signal
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QProcess, Signal

from wfepy_core.explain.preflight import Preflight, Trial, from_json
from wfepy_core.model.events import encode
from wfepy_gui.passes.pass_process import reason_in
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_core.model.events import Intervened

LONGEST_ANSWER = 32 * 1024 * 1024
KEPT_OUTPUT = 4000


class PreflightAnswer(NamedTuple):
    """What came of it; `found` is None when it failed, then `reason`, `hint` and `details` say why."""

    found: Preflight | None
    trials: tuple[Trial, ...] = ()
    reason: str = ""
    hint: str = ""
    details: str = ""


class PreflightProcess(QObject):
    """Runs one preflight, once.

    Signals:
        ended: a `PreflightAnswer`; not after `kill`.
    """

    ended = Signal(object)

    def __init__(self, program: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program = tuple(program)
        self._answer, self._output, self._changes = bytearray(), b"", b""
        self._is_over = False
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._read_answer)
        self._process.readyReadStandardError.connect(self._read_output)
        self._process.finished.connect(self._finish)
        self._process.errorOccurred.connect(self._start_failed)

    def start(self, path: str, changes: Sequence[Intervened] = ()) -> None:
        """Begin; `changes` are made on a copy first.

        They go through a pipe: everybody on the machine can read a command line, and values may be secrets.
        """
        program, *before = self._program
        arguments = [*before, "preflight", path, "--json"]
        process = self._process
        process.setProgram(program)
        if changes:
            arguments += ["--changes", "-"]
            self._changes = b"".join(encode(event) + b"\n" for event in changes)
            process.started.connect(self._hand_over)
        else:
            process.setStandardInputFile(QProcess.nullDevice())
        process.setArguments(arguments)
        process.setUnixProcessParameters(
            QProcess.UnixProcessFlag.CreateNewSession | QProcess.UnixProcessFlag.ResetSignalHandlers
        )
        process.start()

    def kill(self) -> None:
        """End it now with all it started, and wait for it; nothing it said counts any more."""
        self._is_over = True
        if self._process.state() == QProcess.ProcessState.NotRunning:
            return
        # The child leads a session of its own: its process id is the id of its group.
        group = self._process.processId()
        try:
            if group > 0:
                os.killpg(group, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            self._process.kill()
        self._process.waitForFinished(1000)

    def _hand_over(self) -> None:
        self._process.write(self._changes)
        self._process.closeWriteChannel()

    def _read_answer(self) -> None:
        self._answer += self._process.readAllStandardOutput().data()
        if len(self._answer) > LONGEST_ANSWER:
            del self._answer[:-LONGEST_ANSWER]

    def _read_output(self) -> None:
        self._output = (self._output + self._process.readAllStandardError().data())[-KEPT_OUTPUT:]

    def _start_failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            told = self._process.errorString()
            self._end(PreflightAnswer(None, reason=tr("The preflight could not be started: {}").format(told)))

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_answer()
        self._read_output()
        details = self._output.decode("utf-8", "replace").strip()
        if status == QProcess.ExitStatus.CrashExit:
            self._end(
                PreflightAnswer(None, reason=tr("The process of the preflight crashed"), details=details)
            )
        elif code:
            reason, hint = reason_in(details)
            told = reason or tr("The preflight ended with exit code {}").format(code)
            self._end(PreflightAnswer(None, reason=told, hint=hint, details=details))
        else:
            self._end(self._decoded(details))

    def _decoded(self, details: str) -> PreflightAnswer:
        # Modules may print below Python's stdout; the answer is the last line.
        lines = bytes(self._answer).split(b"\n")
        try:
            found, trials = from_json(json.loads(next(line for line in reversed(lines) if line.strip())))
        except (ValueError, StopIteration):
            return PreflightAnswer(None, reason=tr("The preflight gave no answer"), details=details)
        return PreflightAnswer(found, trials)

    def _end(self, answer: PreflightAnswer) -> None:
        if not self._is_over:
            self._is_over = True
            self.ended.emit(answer)
