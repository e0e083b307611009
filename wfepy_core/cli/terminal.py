"""What a person at a terminal sees beside plain text: tables, colours, progress. Rich, on first use."""

from __future__ import annotations

import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import one_line
from wfepy_core.model.status import InstanceStatus, TaskStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import Any, Self

_STYLES: dict[str, str] = {
    TaskStatus.FAILED.value: "bold red",
    TaskStatus.INTERRUPTED.value: "bold magenta",
    InstanceStatus.DEAD_END.value: "bold red",
    TaskStatus.RUNNING.value: "bold blue",
    TaskStatus.WAITING.value: "yellow",
    TaskStatus.BLOCKED.value: "yellow",
    TaskStatus.READY.value: "cyan",
    InstanceStatus.NEW.value: "cyan",
    TaskStatus.COMPLETE.value: "green",
    InstanceStatus.FINISHED.value: "green",
    "done": "green",
    "died": "bold red",
    "unreadable": "bold red",
    "not saved": "bold red",
    "not loaded": "bold red",
    "drifted": "bold red",
    "locked": "yellow",
}


LONGEST_CELL = 5000
"""Characters of a field: no path is longer."""


def is_terminal() -> bool:
    """Whether stdout is shown to a person."""
    return sys.stdout.isatty()


def print_table(headers: Sequence[str], rows: Sequence[Sequence[str]], *, word: int) -> None:
    """Rows as a table in colour on a terminal; else as lines of fields between tabs, without a header.

    Args:
        headers: names of the columns.
        rows: texts.
        word: the column with a status word, which gets its colour.
    """
    if not is_terminal():
        sys.stdout.write("".join("\t".join(map(_cell, row)) + "\n" for row in rows))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*headers, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        cells = [Text(_cell(cell)) for cell in row]
        cells[word].stylize(_STYLES.get(row[word], ""))
        table.add_row(*cells)
    Console().print(table)


def _cell(text: str) -> str:
    return one_line(text, LONGEST_CELL)


class Progress:
    """A progress bar on stderr where that is a terminal; else nothing. A context manager."""

    def __init__(self, total: int, what: str) -> None:
        self._bar: Any = None
        if total > 1 and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(stderr=True), transient=True)
            self._bar.add_task(what, total=total)

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self, _done: object = None) -> None:
        """One more is done."""
        if self._bar is not None:
            self._bar.advance(self._bar.task_ids[0])
