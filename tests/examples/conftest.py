"""Loading the examples, running their passes in memory, and driving them through the command."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import wfepy_core
from tests.cron_environment import cron_environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of the examples."""
    return EXAMPLES


@pytest.fixture(scope="session")
def load_example() -> Callable[[str], ModuleType]:
    """A fresh module object for `examples/NAME`."""

    def load(name: str) -> ModuleType:
        file = EXAMPLES / name
        spec = importlib.util.spec_from_file_location(f"example_{file.parent.name}_{file.stem}", file)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


class CrashingRunner(wfepy_core.Runner):
    """Runs every task twice, as after a crash: what the first run did to the context is lost."""

    def task_execute(self, task: wfepy_core.Task) -> Any:
        """Run the task on a context that is thrown away, then on the real one."""
        task(deepcopy(self.context))
        return super().task_execute(task)


@pytest.fixture
def crashing() -> type[wfepy_core.Runner]:
    """The runner to give to `start` for a crash in every task."""
    return CrashingRunner


@pytest.fixture
def start(load_example: Callable[[str], ModuleType]) -> Callable[..., wfepy_core.Runner]:
    """Start an example in memory: `start("coffee/simple.py", context)`."""

    def start_example(
        name: str, context: dict[str, Any] | None = None, runner: type[wfepy_core.Runner] = wfepy_core.Runner
    ) -> wfepy_core.Runner:
        workflow = wfepy_core.Workflow()
        workflow.load_tasks(load_example(name))
        workflow.check_graph()
        return runner(workflow, {} if context is None else context)

    return start_example


class Command:
    """The `wfepy` command, each call in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = cron_environment(COLUMNS="1000")

    def __call__(self, *arguments: str | Path, expect: int = 0) -> str:
        """The standard output of `wfepy ARGUMENTS`, which must end with the expected exit code."""
        ended = subprocess.run(
            [sys.executable, "-m", "wfepy_core", *map(str, arguments)],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ended.returncode == expect, f"{arguments}: {ended.returncode}\n{ended.stdout}\n{ended.stderr}"
        return ended.stdout

    def new(self, state: Path, example: str, context: dict[str, Any]) -> None:
        """Start an instance of `examples/EXAMPLE` in a state file."""
        self("new", state, "--module", EXAMPLES / example, "--context", json.dumps(context))

    def statuses(self, state: Path) -> tuple[str, dict[str, str]]:
        """The status of the instance, and that of each task."""
        (row,) = json.loads(self("status", state, "--json"))
        return row["status"], row["tasks"]


@pytest.fixture
def wfepy(tmp_path: Path) -> Command:
    return Command(tmp_path)


@pytest.fixture
def make_gallery(wfepy: Command) -> Callable[[Path], None]:
    """Make the gallery of example instances in a folder, as `make run` does."""

    def make(folder: Path) -> None:
        command = [sys.executable, str(EXAMPLES / "make_gallery.py"), str(folder)]
        ended = subprocess.run(
            command,
            cwd=wfepy.folder,
            env=wfepy.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr

    return make
