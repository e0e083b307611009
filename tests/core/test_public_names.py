"""What users may import stays: a name leaves this list with an entry in the changelog only."""

from __future__ import annotations

import importlib.metadata
import inspect

import pytest
import wfepy
import wfepy.utils
import wfepy.workflow

import wfepy_core

DECORATORS = {"task", "followed_by", "start_point", "join_point", "end_point"}
OF_WFEPY = DECORATORS | {
    "Task",
    "Transition",
    "Workflow",
    "Runner",
    "TaskState",
    "WorkflowError",
    "render_graph",
}
OURS = {
    *(
        "CodecError",
        "ContextClashError",
        "InstanceStatus",
        "ModuleDriftError",
        "ModuleLoadError",
        "TaskStatus",
    ),
    *("TransitionStatus", "Waiting", "WfepyError", "register"),
}
CALLED_ALIKE = [
    *(getattr(wfepy, name) for name in sorted(DECORATORS)),
    *(wfepy.Workflow.load_tasks, wfepy.Workflow.check_graph, wfepy.Workflow.create_runner),
    *(wfepy.Runner.load, wfepy.Runner.dump, wfepy.Runner.run),
    *(wfepy.Runner.task_execute, wfepy.Runner.transition_eval),
    wfepy.utils.render_graph,
]


def test_the_public_names_are_these():
    assert set(wfepy_core.__all__) == OF_WFEPY | OURS


@pytest.mark.parametrize("name", sorted(OF_WFEPY | OURS))
def test_each_public_name_is_there_and_says_what_it_is(name):
    assert inspect.getdoc(getattr(wfepy_core, name))


@pytest.mark.parametrize("theirs", CALLED_ALIKE, ids=lambda theirs: theirs.__qualname__)
def test_what_wfepy_has_is_called_the_same_way(theirs):
    ours = wfepy_core
    for name in theirs.__qualname__.split("."):
        ours = getattr(ours, name)
    wanted = list(inspect.signature(theirs).parameters.values())
    offered = list(inspect.signature(ours).parameters.values())
    more = offered[len(wanted) :]

    assert [(each.name, each.default) for each in offered[: len(wanted)]] == [
        (each.name, each.default) for each in wanted
    ]
    assert all(each.default is not each.empty or each.kind is each.VAR_KEYWORD for each in more)


def test_the_package_says_the_version_that_the_project_has():
    assert wfepy_core.__version__ == importlib.metadata.version("wfepy-desk")
