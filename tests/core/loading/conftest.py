"""Instances whose commands may run what was agreed to, in real processes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.core.agreed_workflow import FLOW, LEAVES_A_TRACE
from tests.cron_environment import cron_environment
from wfepy_core.loading.agreement import Agreement
from wfepy_core.loading.code_files import find_code


@pytest.fixture
def trace(tmp_path):
    """A file that only code which must not run makes."""
    return tmp_path / "ran"


@pytest.fixture
def write(tmp_path):
    """Writes a file of the test's folder."""

    def write(name, text=""):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return write


@pytest.fixture
def evil(trace):
    """Source that must not run."""
    return LEAVES_A_TRACE.format(str(trace)) + FLOW.format(above="", body="pass")


@pytest.fixture
def wfepy(tmp_path):
    """Runs a command that may run what was agreed to; returns its exit code and what it printed."""

    def run(*arguments, agreement=None, given=b""):
        data = agreement.encode() if agreement else b""
        agreed = ["--agreed", str(len(data))] if agreement else []
        done = subprocess.run(
            [sys.executable, "-P", "-m", "wfepy_core", *agreed, *arguments],
            cwd=tmp_path,
            env=cron_environment(XDG_CACHE_HOME=str(tmp_path / "cache")),
            input=data + given,
            capture_output=True,
            check=False,
            timeout=60,
        )
        return done.returncode, (done.stdout + done.stderr).decode()

    return run


@pytest.fixture
def agree(tmp_path):
    """What somebody agrees to who is asked now."""

    def agree(*modules, folder=tmp_path, **more):
        files = find_code(modules or ["flow.py"], str(folder), []).files
        return Agreement({os.path.realpath(path): file.sha256 for path, file in files.items()}, **more)

    return agree


@pytest.fixture
def start(write, wfepy):
    """Makes an instance of a module `flow.py`."""

    def start(body="pass", above="", module="flow.py"):
        write("flow.py", FLOW.format(above=above, body=body))
        code, told = wfepy("new", "work.wfstate", "--module", module)
        assert code == 0, told
        return "work.wfstate"

    return start


@pytest.fixture
def advance(wfepy):
    """Runs a pass as the desktop does."""

    def advance(agreement, state="work.wfstate"):
        return wfepy("advance", state, "--events", agreement=agreement)

    return advance
