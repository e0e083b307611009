"""A `wfepy` command other than a pass in a child process: what it printed and how it ended, as one value."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from wfepy_gui.passes.pass_process import reason_in
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST_MS = 60_000
MOST_BYTES = 256 * 1024 * 1024


class CommandOutcome(NamedTuple):
    """How a command ended.

    Attributes:
        code: its exit code; below zero: it could not be started, crashed or took too long.
        printed: what it printed on stdout.
        complaint: what it printed on stderr, or why it has no exit code.
    """

    code: int
    printed: str
    complaint: str

    @property
    def reason(self) -> tuple[str, str]:
        """Why it failed and what to do about it, in the command's own words where it has some."""
        reason, hint = reason_in(self.complaint)
        return (reason, hint) if reason else (self.complaint.strip()[-400:] or tr("the command failed"), "")


class CommandProcess(QObject):
    """Runs commands, one at a time; a newer one takes the place of what is under way.

    Signals:
        ended: a `CommandOutcome` of the newest command.
    """

    ended = Signal(object)

    def __init__(self, environment: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._environment = dict(environment)
        self._process: QProcess | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(LONGEST_MS)
        self._patience.timeout.connect(self._give_up)

    @property
    def is_busy(self) -> bool:
        """Whether a command runs."""
        return self._process is not None

    def run(self, command: Sequence[str], given: str = "") -> None:
        """Start a command; the answer comes by signal. `given` is what it reads from stdin."""
        self.stop()
        program, *rest = command
        self._process = process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        for name, value in self._environment.items():
            environment.insert(name, value)
        process.setProcessEnvironment(environment)
        if not given:
            process.setStandardInputFile(QProcess.nullDevice())
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._report_no_start)
        self._patience.start()
        process.start(program, rest)
        if given:
            process.write(given.encode())
            process.closeWriteChannel()

    def stop(self) -> None:
        """End what runs; its answer never comes."""
        self._patience.stop()
        process, self._process = self._process, None
        if process is None:
            return
        process.finished.disconnect(self._finish)
        process.errorOccurred.disconnect(self._report_no_start)
        process.kill()
        process.waitForFinished(1000)
        process.deleteLater()

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        process = self._process
        if process is None:
            return
        printed = bytes(process.readAllStandardOutput().data())[-MOST_BYTES:].decode("utf-8", "replace")
        complaint = bytes(process.readAllStandardError().data())[-MOST_BYTES:].decode("utf-8", "replace")
        crashed = status == QProcess.ExitStatus.CrashExit
        self._end(CommandOutcome(-code if crashed else code, printed, complaint))

    def _report_no_start(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            program = self._process.program()
            reason = tr("{} cannot be started: {}").format(program, self._process.errorString())
            self._end(CommandOutcome(-1, "", reason))

    def _give_up(self) -> None:
        self.stop()
        self.ended.emit(
            CommandOutcome(-1, "", tr("no answer within {} s; it was ended").format(LONGEST_MS // 1000))
        )

    def _end(self, outcome: CommandOutcome) -> None:
        self._patience.stop()
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        self.ended.emit(outcome)
