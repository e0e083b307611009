"""Long-running, file-based workflows in plain Python.

A workflow is plain decorated functions; a pass runs what can run now and saves the state for the next one.
"""

import os
import sys

# `python -m wfepy_core` searches the working directory first, so that a json.py or an enum.py beside state
# files would run instead of the standard library's, even if those files are only looked at. The module loader
# adds the folders of workflow modules when their code is to run. (While Python looks for the module of -m,
# the first argument is "-m".) A checkout of this package in the working directory is there on purpose. Until
# then only what Python has imported at its own start may be asked for, which `__future__` is not.
if (
    sys.argv[:1] == ["-m"]
    and "wfepy_core" in sys.orig_argv
    and not sys.flags.safe_path
    and os.path.dirname(__path__[0]) != sys.path[0]
):
    del sys.path[0]

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.engine.task import (
    Task,
    Transition,
    Waiting,
    end_point,
    followed_by,
    join_point,
    start_point,
    task,
)
from wfepy_core.engine.workflow import Workflow
from wfepy_core.errors import (
    CodecError,
    ContextClashError,
    ModuleDriftError,
    ModuleLoadError,
    WfepyError,
    WorkflowError,
)
from wfepy_core.model.status import InstanceStatus, TaskState, TaskStatus, TransitionStatus

if TYPE_CHECKING:
    from typing import Any

    from wfepy_core.engine.runner import Runner
    from wfepy_core.operations.render_graph import render_graph
    from wfepy_core.storage.codec import register

__version__ = "0.2.0"

__all__ = [
    "CodecError",
    "ContextClashError",
    "InstanceStatus",
    "ModuleDriftError",
    "ModuleLoadError",
    "Runner",
    "Task",
    "TaskState",
    "TaskStatus",
    "Transition",
    "TransitionStatus",
    "Waiting",
    "WfepyError",
    "Workflow",
    "WorkflowError",
    "end_point",
    "followed_by",
    "join_point",
    "register",
    "render_graph",
    "start_point",
    "task",
]

#: Names that are imported when they are first asked for: a workflow module needs the decorators only.
_LATER = {
    "Runner": "wfepy_core.engine.runner",
    "register": "wfepy_core.storage.codec",
    "render_graph": "wfepy_core.operations.render_graph",
}


def __getattr__(name: str) -> "Any":
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATER[name]), name)
