"""A program that brings its Python along is not taken for one."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.cron_environment import cron_environment

FROZEN = """\
import sys
sys.frozen, sys.executable = True, "/opt/wfepy-gui"
from wfepy_core.drawing.graphviz.protocol import child_command
from wfepy_core.interpreter import own_python, variables_of_children
print(own_python(), child_command()[0], variables_of_children())
"""


def run_frozen(path, **variables):
    done = subprocess.run(
        [sys.executable, "-c", FROZEN],
        env=cron_environment(PATH=path, **variables),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_first_python_on_the_path_runs_the_children(tmp_path):
    python = tmp_path / "python3"
    python.symlink_to(sys.executable)
    assert run_frozen(str(tmp_path)) == f"{python} {python} {{}}"


def test_where_there_is_none_its_name_tells_what_is_missing(tmp_path):
    assert run_frozen(str(tmp_path)) == "python3 python3 {}"


@pytest.mark.skipif(sys.platform != "linux", reason="libraries are found by another variable there")
def test_children_do_not_get_the_libraries_of_the_program(tmp_path):
    ours = os.environ.get("LD_LIBRARY_PATH", "")
    told = run_frozen(str(tmp_path), LD_LIBRARY_PATH=ours, LD_LIBRARY_PATH_ORIG="/usr/local/lib")
    assert told == "python3 python3 {'LD_LIBRARY_PATH': '/usr/local/lib'}"
    told = run_frozen(str(tmp_path), LD_LIBRARY_PATH=ours)
    assert told == "python3 python3 {'LD_LIBRARY_PATH': ''}"
