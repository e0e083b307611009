"""Loading modules from files and packages; telling whether they still fit a state; moving a state along."""

from __future__ import annotations

import sys

import pytest

from wfepy_core import ModuleDriftError, ModuleLoadError, TaskState, WorkflowError
from wfepy_core.engine.graph_description import graph_of
from wfepy_core.loading import loader
from wfepy_core.loading.drift import check_drift
from wfepy_core.model.records import Records, TaskError
from wfepy_core.model.snapshot import Snapshot
from wfepy_core.operations.migration import migrate

HEAD = "from wfepy_core import task, followed_by, start_point, join_point, end_point\n"
FLOW = """
@task()
@start_point()
@followed_by("b")
@followed_by("c", lambda context: context["go"])
def a(context):
    return True

@task()
@end_point()
def b(context):
    return True

@task()
@end_point()
def c(context):
    return True
"""


@pytest.fixture(autouse=True)
def _forget_modules(monkeypatch):
    before = set(sys.modules)
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield
    for name in set(sys.modules) - before:
        del sys.modules[name]


@pytest.fixture
def load(tmp_path):
    """Loads a module from source text, each time as a new file."""
    made = []

    def loading(source, name=None, head=HEAD):
        made.append(name or f"flow{len(made)}_of_tests")
        (tmp_path / f"{made[-1]}.py").write_text(head + source, encoding="utf-8")
        return loader.load([f"{made[-1]}.py"], str(tmp_path))

    return loading


# -- loading ------------------------------------------------------------------------------------------------


def test_a_module_is_loaded_from_its_file_with_its_neighbours(tmp_path, load):
    (tmp_path / "neighbour_of_flow.py").write_text("GO = True\n", encoding="utf-8")
    loaded = load(FLOW, head=HEAD + "import neighbour_of_flow\n")

    assert list(loaded.workflow.tasks) == ["a", "b", "c"]
    assert loaded.ref.name == "flow0_of_tests"
    assert loaded.ref.modules == ("flow0_of_tests.py",)
    assert loaded.files == (str(tmp_path / "flow0_of_tests.py"),)
    assert len(loaded.ref.source_sha256) == len(loaded.ref.graph_sha256) == 64


def test_modules_of_one_name_in_two_folders_are_two_modules(tmp_path):
    titles = []
    for folder, task in (("one", "first"), ("two", "second")):
        (tmp_path / folder).mkdir()
        source = HEAD + f"@task()\n@start_point()\n@end_point()\ndef {task}(context):\n    return True\n"
        (tmp_path / folder / "workflow.py").write_text(source, encoding="utf-8")
        loaded = loader.load(["workflow.py"], str(tmp_path / folder))
        titles.append((loaded.ref.name, *loaded.workflow.tasks))

    assert titles == [("one", "first"), ("two", "second")]


def test_a_module_named_like_one_of_the_standard_library_does_not_hide_it(load):
    loaded = load(FLOW, name="random")

    assert list(loaded.workflow.tasks) == ["a", "b", "c"]
    assert sys.modules.get("random") is None or "flow" not in vars(sys.modules["random"])
    import random  # noqa: PLC0415  after another module of that name was loaded

    assert random.Random


def test_a_workflow_may_be_in_several_modules(tmp_path):
    second = "@task()\n@end_point()\ndef d(context):\n    return True\n"
    (tmp_path / "second_of_tests.py").write_text(HEAD + second, encoding="utf-8")
    (tmp_path / "first_of_tests.py").write_text(
        HEAD + FLOW.replace('@followed_by("b")', '@followed_by("d")\n@followed_by("b")'), encoding="utf-8"
    )
    loaded = loader.load(["first_of_tests.py", "second_of_tests.py"], str(tmp_path))
    graph = graph_of(loaded.workflow, loaded.files)

    assert [(task.name, task.module) for task in graph.tasks] == [("a", 0), ("b", 0), ("c", 0), ("d", 1)]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import not_there_at_all\n", "No module named 'not_there_at_all'"),
        ("x = 1 / 0\n", r"ZeroDivisionError: division by zero at .*flow0_of_tests.py:1"),
        ("def broken(:\n", r"SyntaxError: .*flow0_of_tests.py:1"),
        ("import sys\nsys.exit(3)\n", "SystemExit: 3"),
        ("open('/not/there')\n", "FileNotFoundError"),
    ],
)
def test_a_module_that_does_not_import_is_told_with_its_place(load, source, said):
    with pytest.raises(ModuleLoadError, match=said):
        load(source, head="")
    assert "flow0_of_tests" not in sys.modules


def test_a_module_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ModuleLoadError, match=r"gone\.py does not exist"):
        loader.load(["gone.py"], str(tmp_path))
    with pytest.raises(ModuleLoadError, match="no_such_package_here"):
        loader.load(["no_such_package_here.flow"], str(tmp_path))


def test_an_empty_module_is_told_with_its_file(load, tmp_path):
    with pytest.raises(WorkflowError, match="there is no task") as caught:
        load("", head="")

    assert caught.value.problems[0].where == f"{tmp_path / 'flow0_of_tests.py'}:1"


# -- drift --------------------------------------------------------------------------------------------------


def test_a_changed_body_or_order_is_no_drift(load):
    graph = graph_of(load(FLOW).workflow)
    changed = load(FLOW.replace("return True", "return bool(context)"))
    head, b, c = FLOW.split("@task()\n@end_point()\n")
    end = "@task()\n@end_point()\n"
    turned = load(f"{head}{end}{c}{end}{b}")

    check_drift(graph, changed.workflow)
    check_drift(graph, turned.workflow)
    assert list(turned.workflow.tasks) == ["a", "c", "b"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("def c(", "def d(", ("d",)),
        ('@followed_by("b")\n', "", ("a",)),
        (', lambda context: context["go"]', "", ("a",)),
        ("@task()\n@end_point()\ndef b", "@task()\n@end_point()\n@start_point()\ndef b", ("b",)),
    ],
)
def test_other_tasks_points_or_transitions_are_drift(load, old, new, told):
    graph = graph_of(load(FLOW).workflow)
    changed = FLOW.replace(old, new)
    if new == "def d(":
        changed = changed.replace('"c"', '"d"')
    if new == "":
        changed = changed.replace("@end_point()\ndef b", "@start_point()\n@end_point()\ndef b")
        told = ("a", "b")
    with pytest.raises(ModuleDriftError) as caught:
        check_drift(graph, load(changed).workflow)

    drift = caught.value
    if new == "def d(":
        assert (drift.added, drift.removed, drift.changed) == (("d",), ("c",), ("a",))
        assert "added: d; removed: c; changed: a" in str(drift)
    else:
        assert (drift.added, drift.removed, drift.changed) == ((), (), told)


# -- migration ----------------------------------------------------------------------------------------------


def snapshot_of(loaded, *tokens):
    records = Records(len(loaded.workflow.tasks))
    for task in range(len(records)):
        records.attempts[task] = 10 + task
    records.decisions[0] = "TN"
    records.errors[2] = TaskError("ValueError", "x", "trace")
    graph = graph_of(loaded.workflow, loaded.files)
    return Snapshot(5, loaded.ref, graph, tuple(tokens), records, {}, running=("c",), interrupted=True)


def migrated(snapshot, loaded, mapping):
    return migrate(snapshot, graph_of(loaded.workflow, loaded.files), loaded.ref, mapping)


RENAMED = FLOW.replace("def c(", "def d(").replace('"c"', '"d"')


def test_a_mapping_moves_token_record_and_run_to_the_new_name(load):
    old, new = load(FLOW), load(RENAMED)
    moved = migrated(snapshot_of(old, ("c", TaskState.FAILED)), new, {"c": "d"})

    assert moved.tokens == (("d", TaskState.FAILED),)
    assert moved.running == ("d",)
    assert moved.record("d").attempts == 12
    assert moved.record("d").error.message == "x"
    assert moved.workflow == new.ref
    check_drift(moved.graph, new.workflow)


def test_a_task_mapped_to_nothing_drops_its_token(load):
    snapshot = snapshot_of(load(FLOW), ("b", TaskState.READY), ("c", TaskState.FAILED))
    moved = migrated(snapshot, load(RENAMED), {"c": None})

    assert moved.tokens == (("b", TaskState.READY),)
    assert moved.running == ()
    assert moved.record("d").attempts == 0


def test_a_token_on_a_lost_task_is_never_dropped_silently(load):
    snapshot = snapshot_of(load(FLOW), ("c", TaskState.FAILED))
    with pytest.raises(ModuleDriftError, match="stands on tasks the module no longer has: c"):
        migrated(snapshot, load(RENAMED), {})
    with pytest.raises(ModuleDriftError, match="the module has no task e"):
        migrated(snapshot, load(RENAMED), {"c": "e"})


def test_decisions_stay_where_the_transitions_stay(load):
    old = load(FLOW)
    same = migrated(snapshot_of(old), load(FLOW.replace("def b(", "def b(")), {})
    renamed = migrated(snapshot_of(old), load(RENAMED), {"c": "d"})
    without_b = FLOW.replace('@followed_by("b")\n', "").replace(
        "@end_point()\ndef b", "@start_point()\ndef b"
    )
    fewer = migrated(snapshot_of(old), load(without_b.replace("def b", "@end_point()\ndef b")), {})

    assert same.records.decisions == renamed.records.decisions == {0: "TN"}
    assert fewer.records.decisions == {}


def test_a_blocked_token_on_what_is_no_join_any_more_is_ready(load):
    join = FLOW.replace("@end_point()\ndef b", '@followed_by("c")\ndef b').replace(
        "@end_point()\ndef c", "@join_point()\n@end_point()\ndef c"
    )
    moved = migrated(snapshot_of(load(join), ("c", TaskState.BLOCKED)), load(FLOW), {})

    assert moved.tokens == (("c", TaskState.READY),)


def test_workflows_of_two_folders_each_import_their_own_neighbour(tmp_path):
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "shared_words.py").write_text(f"WORD = {name!r}\n")
        (folder / "flow.py").write_text(
            "import shared_words\nfrom wfepy_core import end_point, start_point, task\n\n\n"
            "@task()\n@start_point()\n@end_point()\ndef only(context):\n"
            "    import shared_words as again\n\n"
            "    context['words'] = [shared_words.WORD, again.WORD]\n    return True\n"
        )

    told = []
    for name in ("one", "two", "one"):
        context = {}
        runner = loader.load(["flow.py"], str(tmp_path / name)).workflow.create_runner(context)
        runner.run()
        told.append(context["words"])

    assert told == [["one", "one"], ["two", "two"], ["one", "one"]]


def test_a_process_that_serves_many_instances_makes_their_graph_once(tmp_path):
    source = HEAD + FLOW
    (tmp_path / "flow.py").write_text(source, encoding="utf-8")
    first = loader.load(["flow.py"], str(tmp_path))
    assert loader.load(["flow.py"], str(tmp_path), checked=first.ref.graph_sha256).workflow is first.workflow

    other = source.replace('@followed_by("b")', '@followed_by("b", bool)')
    (tmp_path / "flow.py").write_text(other, encoding="utf-8")
    changed = loader.load(["flow.py"], str(tmp_path))
    assert changed.workflow is not first.workflow
    assert [edge.cond is None for edge in changed.workflow.tasks["a"].followed_by] == [False, False]


def test_a_graph_with_a_mistake_is_refused_each_time(tmp_path):
    (tmp_path / "flow.py").write_text(HEAD + FLOW.replace("@start_point()\n", ""), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(WorkflowError, match="Invalid graph"):
            loader.load(["flow.py"], str(tmp_path))
