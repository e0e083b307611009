"""The desktop as one program with its Python inside (PyInstaller): passes run in a Python that is one."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cron_environment import cron_environment
from wfepy_core.model.status import InstanceStatus
from wfepy_core.storage import state_file

pytest.importorskip("PySide6.QtCore", exc_type=ImportError)

MODULE = """\
from wfepy_core import end_point, start_point, task

@task()
@start_point()
@end_point()
def only(context):
    return True
"""
FROZEN = """\
import sys
sys.frozen, sys.executable = True, sys.argv[1]
from PySide6.QtCore import QCoreApplication
from wfepy_core.loading.agreement import Agreement
from wfepy_gui.passes.pass_process import PassProcess
from wfepy_gui.workers.child_process import PROGRAM
application = QCoreApplication([])
process = PassProcess(PROGRAM)
process.ended.connect(lambda outcome: (print(outcome.end.name, outcome.details), application.quit()))
process.start(sys.argv[2], Agreement({}, ("/",)))
application.exec()
"""
SECONDS = 60


@pytest.fixture
def frozen(tmp_path):
    """Runs a pass from a frozen desktop; returns what it said, and the state file."""
    (tmp_path / "flow.py").write_text(MODULE, encoding="utf-8")
    program = tmp_path / "wfepy-gui"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/started-itself\n", encoding="utf-8")
    program.chmod(0o755)
    state = tmp_path / "one.wfstate"
    new = [sys.executable, "-m", "wfepy_core", "new", str(state), "--module", str(tmp_path / "flow.py")]
    subprocess.run(new, env=cron_environment(), check=True, capture_output=True)

    def run(path):
        command = [sys.executable, "-c", FROZEN, str(program), str(state)]
        environment = cron_environment(PATH=str(path))
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True, timeout=SECONDS
        )
        assert not (tmp_path / "started-itself").exists()
        return done.stdout, state

    return run


def test_a_pass_runs_in_the_first_python_on_the_path(frozen, tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "python3").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    (programs / "python3").chmod(0o755)

    said, state = frozen(programs)

    assert said.startswith("DONE")
    assert state_file.read_head(str(state)).status is InstanceStatus.FINISHED


def test_without_a_python_the_pass_is_not_started(frozen, tmp_path):
    said, state = frozen(tmp_path)

    assert said.startswith("NOT_STARTED")
    assert state_file.read_head(str(state)).status is InstanceStatus.NEW
