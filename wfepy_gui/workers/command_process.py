"""A `wfepy` command other than a pass in a child process: what it printed and how it ended, as one value."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from wfepy_gui.text.command_text import reason_in
from wfepy_gui.text.translation import tr
from wfepy_gui.workers.child_process import ChildProcess, project_environment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_gui.workers.child_process import ChildEnd

LONGEST_MS = 60_000
MOST_BYTES = 256 * 1024 * 1024
"""Of each channel; of more only the end is kept."""


class CommandOutcome(NamedTuple):
    """How a command ended.

    Attributes:
        code: its exit code; below zero: it could not be started, crashed or took too long.
        printed: what it printed on stdout.
        complaint: what it printed on stderr, or why it has no exit code.
        crashed: whether a signal ended it.
    """

    code: int
    printed: str
    complaint: str
    crashed: bool = False

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

    ended = Signal(CommandOutcome)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._child: ChildProcess | None = None
        self._program = ""
        self._limit_ms = 0
        self._printed = bytearray()
        self._complaint = bytearray()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._on_timeout)

    @property
    def is_busy(self) -> bool:
        """Whether a command runs."""
        return self._child is not None

    def run(self, command: Sequence[str], given: bytes = b"", *, limit_ms: int = LONGEST_MS) -> None:
        """Start a command; the answer comes by signal.

        Args:
            command: program and arguments.
            given: what it reads from stdin.
            limit_ms: after so many milliseconds it is ended; 0: never.
        """
        self.stop()
        self._program, self._limit_ms = command[0], limit_ms
        self._child = child = ChildProcess(self)
        child.printed.connect(self._on_printed)
        child.complained.connect(self._on_complained)
        child.ended.connect(self._on_ended)
        if limit_ms:
            self._patience.start(limit_ms)
        child.start(command, given, project_environment())

    def stop(self) -> None:
        """End what runs; its answer never comes."""
        self._patience.stop()
        child, self._child = self._child, None
        self._printed.clear()
        self._complaint.clear()
        if child is not None:
            child.abandon()

    def _on_printed(self, data: bytes) -> None:
        self._printed += data
        del self._printed[:-MOST_BYTES]

    def _on_complained(self, data: bytes) -> None:
        self._complaint += data
        del self._complaint[:-MOST_BYTES]

    def _on_ended(self, end: ChildEnd) -> None:
        if end.start_error:
            reason = tr("{} cannot be started: {}").format(self._program, end.start_error)
            outcome = CommandOutcome(-1, "", reason)
        else:
            printed, complaint = (
                bytes(channel).decode("utf-8", "replace") for channel in (self._printed, self._complaint)
            )
            outcome = CommandOutcome(end.code, printed, complaint, end.crashed)
        self.stop()
        self.ended.emit(outcome)

    def _on_timeout(self) -> None:
        self.stop()
        told = tr("no answer within {} s; it was ended").format(self._limit_ms // 1000)
        self.ended.emit(CommandOutcome(-1, "", told))
