"""One pass in a child process: the ordinary command, its events as values, its end as a typed outcome.

The child's stdout is its private event channel, one JSON event a line; what tasks print arrives on stderr.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from wfepy_core.model import events
from wfepy_gui.passes.pass_outcome import PassOutcome, outcome_of
from wfepy_gui.workers.child_process import ChildProcess, agreed_command, project_environment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wfepy_core.loading.agreement import Agreement
    from wfepy_gui.workers.child_process import ChildEnd

LINES_A_TURN, TURN_S = 200, 0.004
LONGEST_LINE = 64 * 1024 * 1024
"""An event line carries changed context values; one longer than this is no event."""
MOST_EVENTS = 50_000
"""Events that are kept by their line; of a longer pass the journal is read again."""
KEPT_OUTPUT = 4000
"""Bytes of the end of what it printed, for the details of its outcome."""


def pass_command(program: Sequence[str], state_path: str) -> tuple[str, ...]:
    """The ordinary command of one pass, as an operator can paste it into a terminal."""
    return (*program, "advance", state_path)


class PassProcess(QObject):
    """Runs one pass of one state file, once.

    Signals:
        events_arrived: a tuple of `wfepy_core.model.events` values, in order.
        ended: a `PassOutcome`; the last signal.
    """

    events_arrived = Signal(tuple)
    ended = Signal(PassOutcome)

    def __init__(self, program: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program = tuple(program)
        self._partial = bytearray()
        self._lines: deque[bytes] = deque()
        self._outcome: PassOutcome | None = None
        self._last_output = b""
        self._events: dict[bytes, events.Event] = {}
        self._child = ChildProcess(self)
        self._child.printed.connect(self._on_printed)
        self._child.complained.connect(self._keep_end)
        self._child.ended.connect(self._on_child_ended)
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._decode_some)

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked it to end."""
        return self._child.is_cancelled

    @property
    def process_id(self) -> int:
        """Of the child, which leads a group of that number; 0 when there is none."""
        return self._child.process_id

    @property
    def events_by_line(self) -> Mapping[bytes, events.Event]:
        """The events so far, by line: the journal has the same lines, which need not be read again."""
        return self._events

    def start(self, state_path: str, agreement: Agreement) -> None:
        """Start the pass, which runs nothing but what was agreed to; everything else comes by signals."""
        variables = {"PYTHONUNBUFFERED": "1", **project_environment()}
        arguments = (*pass_command((), state_path), "--events")
        self._child.start(*agreed_command(self._program, agreement, arguments), variables)

    def cancel(self) -> None:
        """Ask the process and its children to stop; terminate, then kill them if they do not."""
        self._child.cancel()

    def kill(self) -> None:
        """End it now, without asking, and wait for it: the program is closing."""
        self._child.kill()

    # -- what the child says ------------------------------------------------------------------------------

    def _on_printed(self, data: bytes) -> None:
        self._partial += data
        if b"\n" not in data:
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
                self._events[line] = event = events.decode(line)
                found.append(event)
            except ValueError:
                self._keep_end(b"[not an event] " + line[:2000] + b"\n")
        if len(self._events) > MOST_EVENTS:
            self._events = {}
        if found:
            self.events_arrived.emit(tuple(found))
        if not self._lines:
            self._turn.stop()
            if self._outcome is not None:
                outcome, self._outcome = self._outcome, None
                self.ended.emit(outcome)

    def _keep_end(self, data: bytes) -> None:
        self._last_output = (self._last_output + data)[-KEPT_OUTPUT:]

    # -- its end ------------------------------------------------------------------------------------------

    def _on_child_ended(self, end: ChildEnd) -> None:
        details = self._last_output.decode("utf-8", "replace").strip()
        self._outcome = outcome_of(end, details)
        self._decode_some()  # its end is news only after all that came before
