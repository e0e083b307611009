"""`wfepy-gui` as a program: its picture of itself, and what it says when it cannot start."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

from tests.cron_environment import cron_environment

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("PySide6")

MODULE = """
from wfepy_core import end_point, followed_by, start_point, task

@task()
@start_point()
@followed_by("end")
def begin(context):
    return True

@task()
@end_point()
def end(context):
    return False
"""


def run_python(*arguments: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=cron_environment(**variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "job.py").write_text(MODULE, encoding="utf-8")
    done = run_python("-m", "wfepy_core", "new", "job.wfstate", "--module", "job.py", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path


@pytest.mark.parametrize("what", ["job.wfstate", "."])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_of_the_window_needs_no_screen(folder, what, theme):
    picture = folder / "window.png"
    settings = str(folder / "settings.ini")

    done = run_python(
        "-m", "wfepy_gui", what, "--theme", theme, "--settings", settings, "--screenshot", str(picture),
        folder=folder,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 20_000


def test_a_picture_of_the_window_is_made_though_the_screen_is_gone(folder):
    picture = folder / "window.png"

    done = run_python(
        "-m", "wfepy_gui", ".", "--screenshot", str(picture), folder=folder, DISPLAY="localhost:77"
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_without_a_screen_it_says_what_to_do(folder):
    done = run_python("-m", "wfepy_gui", "job.wfstate", folder=folder)

    assert done.returncode == 2
    assert "no screen" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_qt_it_says_how_to_install_it(folder):
    hidden = """
        import sys
        sys.modules["PySide6"] = None
        from wfepy_gui.application import main
        sys.exit(main(["job.wfstate"]))
    """
    done = run_python("-c", textwrap.dedent(hidden), folder=folder, QT_QPA_PLATFORM="offscreen")

    assert done.returncode == 2
    assert done.stderr.strip().endswith("pip install 'wfepy-desk[gui]'")
    assert len(done.stderr.splitlines()) == 1
