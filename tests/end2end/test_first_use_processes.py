"""What somebody met who used the commands for the first time: what only shows in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cron_environment import cron_environment

if TYPE_CHECKING:
    from pathlib import Path

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
        self.environment = cron_environment()

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


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_disk_behind_the_output_does_not_make_a_good_pass_a_failure(folder):
    state = folder.new("return True")
    with open("/dev/full", "w") as full:
        passed = folder.run("advance", state, stdout=full)
        many = folder.run("advance", ".", stdout=full)
        looked = folder.run("status", ".", stdout=full)
        told_nothing = folder.run("advance", state, stdout=full, stderr=full)
    assert (passed.returncode, many.returncode, told_nothing.returncode) == (0, 0, 0)
    assert passed.stderr == many.stderr == "wfepy: cannot write the output: No space left on device\n"
    assert (looked.returncode, looked.stderr) == (2, passed.stderr)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_disk_behind_the_events_does_not_end_the_pass(folder):
    state = folder.new("return True")
    with open("/dev/full", "w") as full:
        passed = folder.run("advance", state, "--events", stdout=full)
    assert (passed.returncode, passed.stderr.count("cannot write the output: No space left on device")) == (
        0,
        1,
    )
    assert folder.run("advance", state).stdout == f"{state}: finished\n"


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_only_an_error_of_the_output_is_called_one(folder):
    folder.new("return True")
    (folder.path / "sitecustomize.py").write_text(
        "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (6, 6))\n"  # a process takes more
    )
    folder.environment["PYTHONPATH"] += f"{os.pathsep}{folder.path}"
    ended = folder.run("advance", ".")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "wfepy: Too many open files\n"


@pytest.mark.parametrize("body", ["os.close(1)", "sys.stdout = None", "sys.stdout = sys.stderr = None"])
@pytest.mark.parametrize("ends", ["return True", "raise ValueError('x')"])
def test_a_task_that_takes_the_output_away_does_not_change_the_exit_code(folder, body, ends):
    state = folder.new(f"{body}; {ends}")
    ended = folder.run("advance", state)
    assert ended.returncode == (1 if "raise" in ends else 0)
    assert "Traceback" not in ended.stderr


def test_a_closed_output_is_no_mistake(folder):
    state = folder.new("return True")
    for words in (("advance", state), ("status", "."), ("status", state), ("advance", ".")):
        closed = f'exec "$0" -m wfepy_core {" ".join(words)} >&-'
        ended = subprocess.run(
            ["/bin/sh", "-c", closed, sys.executable],
            cwd=folder.path,
            env=folder.environment,
            stderr=subprocess.PIPE,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="there a folder in use cannot be removed")
@pytest.mark.parametrize(
    "words", [["advance", "."], ["new", "x.wfstate", "--module", "m.py"], ["check", "m.py"]]
)
def test_in_a_folder_that_was_removed_it_is_told_so(folder, words):
    gone = folder.path / "gone"
    gone.mkdir()
    done = folder.run(*words, cwd=gone, preexec_fn=gone.rmdir)
    assert done.returncode == 2
    assert done.stderr.startswith("wfepy: the folder in which this was started was removed\n")


@pytest.mark.skipif(sys.platform == "win32", reason="there a folder in use cannot be removed")
def test_from_a_folder_that_was_removed_instances_elsewhere_are_advanced(folder):
    folder.new("return True")
    gone = folder.path / "gone"
    gone.mkdir()
    done = folder.run("advance", folder.path, cwd=gone, preexec_fn=gone.rmdir)
    assert (done.returncode, done.stderr) == (0, "")
    assert "finished" in done.stdout
