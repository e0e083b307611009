"""What somebody met who used the commands for the first time: what only shows in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import wfepy_core

ROOT = Path(wfepy_core.__file__).parents[1]
SECONDS = 60

MODULE = """
import os, sys
from wfepy_core import end_point, start_point, task

@task()
@start_point()
@end_point()
def a(context):
    {body}
"""


class Folder:
    """A folder with an instance, and the command to work on it there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def run(self, *words: object, **how: object) -> subprocess.CompletedProcess[str]:
        settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": self.path, **how}
        return subprocess.run(
            [sys.executable, "-m", "wfepy_core", *map(str, words)],
            env=self.environment,
            text=True,
            timeout=SECONDS,
            check=False,
            **settings,
        )

    def new(self, body: str, name: str = "m") -> str:
        (self.path / f"{name}.py").write_text(MODULE.format(body=body))
        made = self.run("new", f"{name}.wfstate", "--module", f"{name}.py")
        assert made.returncode == 0, made.stderr
        return f"{name}.wfstate"


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def test_files_beside_a_state_file_are_not_taken_for_the_standard_library(folder):
    state = folder.new("return True")
    for name in ("json", "enum", "time", "typing", "pickle", "struct", "multiprocessing"):
        (folder.path / f"{name}.py").write_text("import os\nos.write(2, b'code was run')\nos._exit(9)\n")

    looked = folder.run("status", state)
    advanced = folder.run("advance", ".")

    assert (looked.returncode, looked.stderr) == (0, "")
    assert (advanced.returncode, advanced.stderr) == (0, "")
    assert advanced.stdout == "finished\t./m.wfstate\n"


def test_a_task_still_starts_python_programs_as_it_would_without_us(folder):
    (folder.path / "beside.py").write_text("")
    folder.new("return os.system(f'{sys.executable} -c \"import beside\"') == 0")

    assert folder.run("advance", ".").stdout == "finished\t./m.wfstate\n"
