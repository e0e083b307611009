"""The private channel on which a pass tells a program what happens."""

from __future__ import annotations

import os
import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import output_error_line, write_error
from wfepy_core.model.events import encode
from wfepy_core.storage.file_access import is_still

if TYPE_CHECKING:
    from wfepy_core.model.events import Event


class EventStream:
    """Events as JSON Lines on what was stdout; stdout itself leads to stderr from then on.

    To be made before any user code is imported: no print, no `os.write(1, ...)` and no child process of a
    task can then forge an event or break one in two.
    """

    def __init__(self) -> None:
        sys.stdout.flush()
        # Python makes descriptors that are not inherited: child processes of tasks never see this one.
        self._descriptor = os.dup(1)
        self._found = os.fstat(1)
        os.dup2(2, 1)

    def __call__(self, event: Event) -> None:
        """Write one event; if that fails or nobody reads it any more, the pass goes on all the same."""
        self.write_line(encode(event))

    def write_line(self, text: bytes) -> None:
        """Write one line of JSON."""
        line = text + b"\n"
        if self._descriptor >= 0 and not is_still(self._descriptor, self._found):
            self._descriptor = -1  # a task has closed all descriptors: it may be a file of its own by now
            write_error("wfepy: a task has closed all descriptors; what happens from here on is not shown")
        while line and self._descriptor >= 0:
            try:
                line = line[os.write(self._descriptor, line) :]
            except OSError as error:
                os.close(self._descriptor)
                self._descriptor = -1
                if not isinstance(error, BrokenPipeError):
                    write_error(output_error_line(error))
