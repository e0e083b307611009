"""Whoever starts wfepy in a folder of somebody else runs nothing that lies in it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cron_environment import cron_environment

ALSO_IMPORTED = ("wfepy_core", "wfepy", "attr", "rich", "graphviz", "pygraphviz", "PySide6", "shiboken6")
TELLS = "import sys; sys.stderr.write('ran ' + __name__ + '\\n')\nraise SystemExit(99)\n"


@pytest.fixture
def run(tmp_path):
    """Runs a module in the folder of the test, found by its name as `python -m` does."""

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=tmp_path,
            env=cron_environment(QT_QPA_PLATFORM="offscreen"),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


@pytest.fixture
def decoys(tmp_path, run):
    """Lays modules named like those of Python into the folder; returns how many.

    What Python itself imports to find the module of -m is left out: that is beyond anybody's reach.
    """
    (tmp_path / "alone.py").write_text("import sys; print(*sys.modules)")
    before = run("alone").stdout.split()
    assert "runpy" in before
    (tmp_path / "alone.py").unlink()
    names = [*(name for name in sys.stdlib_module_names if name not in before), *ALSO_IMPORTED]
    for name in names:
        (tmp_path / f"{name}.py").write_text(TELLS)
    return names


@pytest.mark.parametrize(
    "command",
    [
        ("wfepy_core", "--help"),
        ("wfepy_core", "status", "."),
        ("wfepy_gui", "--help"),
        ("wfepy_gui", "--screenshot", "shown.png", "."),
    ],
    ids=" ".join,
)
def test_modules_in_the_working_directory_are_not_taken_for_python_s(run, decoys, tmp_path, command):
    if command[0] == "wfepy_gui":
        pytest.importorskip("PySide6", reason="the desktop needs PySide6")

    if (tmp_path / f"{command[0]}.py").exists():
        (tmp_path / f"{command[0]}.py").unlink()  # that one is named by -m itself

    done = run(*command)

    assert "argparse" in decoys
    assert [line for line in done.stderr.splitlines() if line.startswith("ran ")] == []
    assert done.returncode == 0, done.stderr
