"""Lines of the tasks of a folder in its log: each begins with the time, its instance and its task."""

from __future__ import annotations

import time

from wfepy_core.plain_text import spell_out_line
from wfepy_core.storage.output_file import LONGEST_LINE, as_left
from wfepy_core.time_text import moment_exact

_SECOND_NS = 1_000_000_000


class NamedLines:
    """Puts in front of each line whose it is; what is no whole line yet waits for its rest.

    Args:
        name: of the instance.
        is_stamped: whether the time stands before it: in a file that lines are added to for months.
    """

    def __init__(self, name: str, *, is_stamped: bool) -> None:
        self._name = spell_out_line(name)
        self._is_stamped = is_stamped
        self._rest = b""
        self._second, self._stamp = -1, ""

    def take(self, data: bytes, label: str) -> bytes:
        """The lines that are complete with this part of a text, as they are shown.

        Args:
            data: any part of a line, or many; in UTF-8.
            label: of the task; empty: nobody knows which.
        """
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > LONGEST_LINE:
            self._rest = as_left(self._rest)
        head = self._head(label)
        return b"".join([head + as_left(line).rstrip(b"\r") + b"\n" for line in lines])

    def take_rest(self, label: str) -> bytes:
        """What is left without an end, as a line; empty where nothing is."""
        return self.take(b"\n", label) if self._rest else b""

    def _head(self, label: str) -> bytes:
        now = time.time_ns()
        if self._is_stamped and now // _SECOND_NS != self._second:
            self._second = now // _SECOND_NS
            self._stamp = f"{moment_exact(now // 1000)}  "
        task = f"{spell_out_line(label)}: " if label else ""
        return f"{self._stamp}{self._name}: {task}".encode(errors="backslashreplace")
