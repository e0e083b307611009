"""Modules written for `wfepy` 0.1.1 run unchanged, whether it is installed or not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cron_environment import cron_environment
from wfepy_core.compat import install_as_wfepy

# In a child process, because what is imported stays. The real wfepy is hidden from it.
HIDDEN = """
import sys
from importlib.machinery import PathFinder
find = PathFinder.find_spec
PathFinder.find_spec = classmethod(
    lambda cls, name, path=None, target=None: None if name == "wfepy" else find(name, path, target)
)
sys.path[:0] = {paths!r}
"""

OWN_RUNNER = """
from wfepy_core.compat import install_as_wfepy
assert install_as_wfepy()
assert install_as_wfepy()
import attr, types
import wfepy, wfepy.workflow, wfepy.utils

@attr.s
class Runner(wfepy.Runner):
    log = attr.ib(factory=list)
    limit = attr.ib(default=2)

    def task_execute(self, task):
        self.log.append(task.name)
        return super().task_execute(task)

    def dump(self, file_path):
        self.dumped = (file_path, self.state)

    def load(self, file_path):
        self.context, self.state = self.dumped[0], self.dumped[1]

@wfepy.task()
@wfepy.start_point()
@wfepy.followed_by("b")
def a(context):
    return True

@wfepy.task()
@wfepy.end_point()
def b(context):
    return "ready" in context

module = types.ModuleType("m")
module.a, module.b = a, b
workflow = wfepy.Workflow()
workflow.load_tasks(module)
workflow.check_graph()
runner = Runner(workflow, context=[], limit=3)
assert runner.state == [("a", wfepy.TaskState.NEW)]
runner.run()
assert runner.log == ["a", "b"], runner.log
assert runner.limit == 3
assert runner.state == [("b", wfepy.TaskState.WAITING)]
runner.dump("kept")
runner.load("kept")
assert runner.context == "kept"
runner.context = ["ready"]
runner.run()
assert runner.finished
assert isinstance(workflow.create_runner(), wfepy.Runner)
assert attr.has(wfepy.Runner)
assert wfepy.Runner is wfepy.workflow.Runner
assert wfepy.Workflow is wfepy.workflow.Workflow
assert callable(wfepy.utils.render_graph)
import wfepy_core
assert wfepy.Task is wfepy_core.Task
assert not isinstance(wfepy.Runner, type(None)) and issubclass(wfepy.Runner, wfepy_core.Runner)
print("fine")
"""

STARS = """
from wfepy_core.compat import install_as_wfepy
install_as_wfepy()
from wfepy.workflow import *
from wfepy import *
decorators = {"task", "followed_by", "start_point", "join_point", "end_point"}
classes = {"Task", "Transition", "Workflow", "Runner", "TaskState", "WorkflowError"}
print(len(set(dir()) & (decorators | classes)))
"""

LOADED = """
from wfepy_core.loading import loader
loaded = loader.load(["old.py"], {folder!r})
runner = loaded.workflow.create_runner(context={{}})
runner.run()
assert runner.finished
"""

SHOW_IMPORTS = """
from wfepy_core.passes.single_pass import run_pass
import wfepy_core.compat
before = set(sys.modules)
assert run_pass({path!r}).ran == 1
print(*sorted(name for name in set(sys.modules) - before if not name.startswith("wfepy")))
"""

LATE = """
from wfepy_core.compat import install_as_wfepy
install_as_wfepy()
import wfepy
assert "attr" not in sys.modules
from wfepy.workflow import Runner
assert Runner is wfepy.Runner and "attr" in sys.modules
for module in (wfepy, wfepy.workflow):
    try:
        module.run_everything
    except AttributeError as error:
        print(error)
"""

OLD = """
import wfepy

@wfepy.task()
@wfepy.start_point()
@wfepy.end_point()
def only(context):
    return True
"""


def run_without_wfepy(request, code, *paths):
    code = HIDDEN.format(paths=[str(request.config.rootpath), *map(str, paths)]) + code
    done = subprocess.run(
        [sys.executable, "-c", code], env=cron_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_an_attrs_runner_of_a_user_works(request):
    assert run_without_wfepy(request, OWN_RUNNER) == "fine"


def test_every_public_name_can_be_imported_with_a_star(request):
    assert run_without_wfepy(request, STARS) == "11"


def test_a_pass_of_an_existing_module_imports_no_more_than_one_of_ours(request, tmp_path):
    imported = []
    for name in ("wfepy", "wfepy_core"):
        (tmp_path / f"{name}_flow.py").write_text(OLD.replace("wfepy", name), encoding="utf-8")
        path = str(tmp_path / f"{name}.wfstate")
        run_without_wfepy(
            request,
            "from wfepy_core.operations.create import new_instance\n"
            f"new_instance({path!r}, ['{name}_flow.py'])\n",
        )
        imported.append(run_without_wfepy(request, SHOW_IMPORTS.format(path=path)))

    assert imported[0].split() == imported[1].split()


def test_a_runner_is_made_when_it_is_named_and_what_is_not_there_is_told(request):
    told = run_without_wfepy(request, LATE).splitlines()

    assert [line.rpartition(" ")[2] for line in told] == ["'run_everything'"] * 2


OWN_CLASS = """
class Runner(wfepy.Runner):
    pass
"""


def test_the_engine_s_attrs_is_not_a_file_beside_the_workflow(request, tmp_path):
    (tmp_path / "old.py").write_text(OLD + OWN_CLASS, encoding="utf-8")
    for name in ("attr", "attrs"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken')\n", encoding="utf-8")

    run_without_wfepy(request, LOADED.format(folder=str(tmp_path)))


def test_an_existing_module_opens_unchanged(request, tmp_path):
    (tmp_path / "old.py").write_text(OLD, encoding="utf-8")

    run_without_wfepy(request, LOADED.format(folder=str(tmp_path)))


def test_where_wfepy_is_installed_it_stays_itself():
    before = list(sys.meta_path)

    assert install_as_wfepy() is False
    assert sys.meta_path == before
    assert sys.modules.get("wfepy", None) is None or "site-packages" in sys.modules["wfepy"].__file__


def test_a_module_that_imports_the_real_wfepy_opens_too(tmp_path):
    pytest.importorskip("wfepy")
    from wfepy_core.loading import loader as modules  # noqa: PLC0415  the real wfepy must be there first

    (tmp_path / "imports_real_wfepy.py").write_text(OLD, encoding="utf-8")
    loaded = modules.load(["imports_real_wfepy.py"], str(tmp_path))
    runner = loaded.workflow.create_runner()
    runner.run()

    assert runner.finished
    sys.modules.pop("imports_real_wfepy")
    sys.path.remove(str(tmp_path))
