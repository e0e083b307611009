"""A command line in this process, and instances of one task, for tests of what a first user meets."""

from __future__ import annotations

import shlex
import sys

import pytest

from wfepy_core.cli import main

ONE_TASK = """
import os, sys
from wfepy_core import Waiting, end_point, start_point, task

@task()
@start_point()
@end_point()
def a(context):
    with open({trace!r}, "a") as file:
        file.write("a")
    {body}
"""


@pytest.fixture
def run(capsys):
    """Runs a command line; its exit code, standard output and standard error."""

    def command(line, *more):
        code = main([*shlex.split(line), *map(str, more)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


@pytest.fixture
def start(tmp_path, monkeypatch, run):
    """Starts an instance in the working directory whose only task runs the given statement."""
    monkeypatch.chdir(tmp_path)

    def make(body="return True", name="m", **values):
        trace = str(tmp_path / f"{name}.trace")
        (tmp_path / f"{name}.py").write_text(ONE_TASK.format(trace=trace, body=body))
        settings = [f"--set={key}={value}" for key, value in values.items()]
        assert run(f"new {name}.wfstate --module {name}.py", *settings)[0] == 0
        file = str(tmp_path / f"{name}.py")
        for known in [one for one, module in sys.modules.items() if getattr(module, "__file__", "") == file]:
            del sys.modules[known]  # as for the next command, which is a process of its own
        return f"{name}.wfstate"

    return make
