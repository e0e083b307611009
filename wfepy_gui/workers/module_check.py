"""What a workflow module looks like, by `wfepy check --json` in a child process: that runs the module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wfepy_core.errors import WfepyError
from wfepy_core.model.records import Records
from wfepy_core.model.snapshot import Snapshot
from wfepy_core.model.status import TaskState
from wfepy_core.storage.state_validation import check_graph, check_workflow, members, parse_state_json
from wfepy_gui.workers.child_process import agreed_command
from wfepy_gui.workers.command_process import CommandProcess

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_core.loading.agreement import Agreement
    from wfepy_gui.workers.command_process import CommandOutcome


def preview_from(answer: bytes) -> Snapshot:
    """An instance that does not exist yet: the graph, and where its tokens would begin.

    Raises:
        WfepyError: the answer is no such answer.
    """
    found = members(parse_state_json(answer), "the answer of the check", ("workflow", "graph"))
    workflow, graph = check_workflow(found["workflow"]), check_graph(found["graph"])
    starts = tuple((task.name, TaskState.NEW) for task in graph.tasks if task.start)
    return Snapshot(0, workflow, graph, starts, Records(len(graph.tasks)), {})


class ModuleCheck(QObject):
    """Checks the modules of one workflow at a time.

    Signals:
        checked: the modules' paths (a tuple), and a `Snapshot` without an instance.
        refused: the paths, what is wrong, a hint, and all that was printed.
    """

    checked = Signal(tuple, Snapshot)
    refused = Signal(tuple, str, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths: tuple[str, ...] = ()
        self._command = CommandProcess(self)
        self._command.ended.connect(self._on_command_ended)

    def check(self, program: Sequence[str], paths: Sequence[str], agreement: Agreement) -> None:
        """Import the modules with this `wfepy` command; what was asked before is dropped."""
        self._paths = tuple(paths)
        self._command.run(*agreed_command(program, agreement, ("check", *paths, "--json")))

    def stop(self) -> None:
        """Drop what was asked."""
        self._command.stop()

    def _on_command_ended(self, answer: CommandOutcome) -> None:
        reason, hint = answer.reason
        if answer.code == 0:
            try:
                snapshot = preview_from(answer.printed.encode())
            except WfepyError as error:
                reason, hint = str(error), ""
            else:
                self.checked.emit(self._paths, snapshot)
                return
        self.refused.emit(self._paths, reason, hint, answer.complaint)
