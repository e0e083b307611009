"""Which files are code is said by strangers: nothing is waited for, nothing without end is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.cron_environment import cron_environment
from wfepy_core.engine.code_bytes import MOST_SOURCE, read_code
from wfepy_core.errors import ModuleLoadError
from wfepy_core.loading import code_files
from wfepy_core.loading.code_files import find_code

FLOW = """
from wfepy_core import end_point, start_point, task

@task()
@start_point()
@end_point()
def only(context):
    return False
"""
MEMORY = 1024 * 1024 * 1024
NAMES = [
    "/dev/zero",
    "pipe.py",
    "huge.py",
    "loop.py",
    "loop/flow.py",
    "folder.py",
    "nul\0.py",
    "sur\ud800.py",
]
LIMITED = "import resource as r, runpy; r.setrlimit(r.RLIMIT_AS, ({0}, {0})); runpy.run_module('wfepy_core', "
LIMITED = LIMITED.format(MEMORY) + "run_name='__main__', alter_sys=True)"


@pytest.fixture
def folder(tmp_path):
    """A folder with an instance, and with what no module can be."""
    os.mkfifo(tmp_path / "pipe.py")
    with (tmp_path / "huge.py").open("wb") as file:
        file.truncate(8 * MEMORY)
    (tmp_path / "loop.py").symlink_to("loop.py")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "flow.py").write_text(FLOW)
    return tmp_path


@pytest.fixture
def wfepy(folder):
    """Runs a command that has little memory and little time; returns its exit code and what it printed."""

    def run(*arguments):
        done = subprocess.run(
            [sys.executable, "-P", "-c", LIMITED, *arguments],
            cwd=folder,
            env=cron_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=60,
        )
        return done.returncode, (done.stdout + done.stderr).decode("utf-8")

    return run


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "command", [("advance",), ("preflight",), ("migrate", "--preview"), ("advance", "-v")]
)
def test_an_instance_of_such_a_module_is_told_in_a_sentence(folder, wfepy, name, command):
    assert wfepy("new", "work.wfstate", "--module", "flow.py")[0] == 0
    state = folder / "work.wfstate"
    state.write_text(state.read_text().replace('"flow.py"', json.dumps(name)))

    code, told = wfepy(command[0], "work.wfstate", *command[1:])

    assert code == 65, told
    assert "Traceback" not in told
    assert f"did you mean {name}" not in told
    assert "module" in told or "code" in told


@pytest.mark.parametrize("name", [name for name in NAMES if "\0" not in name and "\ud800" not in name])
@pytest.mark.parametrize(
    "command", [("check",), ("graph", "-o", "flow.svg"), ("new", "other.wfstate", "--module")]
)
def test_a_command_that_names_one_says_what_is_wrong_with_it(wfepy, name, command):
    code, told = wfepy(command[0], *command[1:], name)

    assert code in (1, 2, 65), told
    assert "Traceback" not in told
    assert name in told


@pytest.mark.parametrize(
    ("name", "sentence"), [("pipe", "No module named 'pipe'"), ("huge", "more than 16 MiB")]
)
def test_what_a_module_imports_is_read_as_carefully(folder, wfepy, name, sentence):
    (folder / "flow.py").write_text(f"import {name}\n{FLOW}")

    code, told = wfepy("check", "flow.py")

    assert code == 1, told
    assert sentence in told


def test_a_file_is_read_to_its_end_or_not_at_all(tmp_path):
    path = tmp_path / "flow.py"
    path.write_bytes(b"#" * MOST_SOURCE)
    assert len(read_code(str(path))[0]) == MOST_SOURCE

    path.write_bytes(b"#" * (MOST_SOURCE + 1))

    with pytest.raises(ModuleLoadError, match="more than 16 MiB"):
        read_code(str(path))


@pytest.mark.parametrize(("bound", "value"), [("MOST_FILES", 5), ("MOST_BYTES", 100)])
def test_code_without_end_is_no_workflow(tmp_path, monkeypatch, bound, value):
    monkeypatch.setattr(code_files, bound, value)
    (tmp_path / "pack").mkdir()
    for name in ("__init__", *"abcdef"):
        (tmp_path / "pack" / f"{name}.py").write_text(f"# {'x' * 20}\n")
    (tmp_path / "flow.py").write_text("from pack import *\n")

    with pytest.raises(ModuleLoadError, match="too much for a workflow"):
        find_code(["flow.py"], str(tmp_path))
