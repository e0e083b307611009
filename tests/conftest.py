"""What every test gets: its own settings folders, and a look at what it left running."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.cron_environment import python_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# Children that the project itself starts inherit what this process has: see `cron_environment`.
for setting in python_settings():
    del os.environ[setting]

# A shell that runs the tests in the background has them ignore Ctrl-C, and so would every child.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A noisy machine must not fail a property; a failing example must be repeatable from the log alone.
settings.register_profile(
    "project", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow], database=None
)
settings.load_profile("project")

SECONDS_TO_END = 5.0
# Started once per process by the standard library, and meant to stay.
STANDARD_CHILDREN = (b"multiprocessing.resource_tracker", b"multiprocessing.forkserver")
QT_SETTINGS = ("qt_api", "qt_log_level_fail", "qt_default_raising", "qt_log_ignore", "qt_qapp_name")


def _loads_qt() -> bool:
    """Whether Qt is installed, and what it needs of the system."""
    try:
        import PySide6.QtGui  # noqa: F401, PLC0415  that it can be loaded is all
    except ImportError:
        return False
    return True


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Lets the core's tests run where Qt is not installed, with the same settings file."""
    if _loads_qt():
        return
    if pluginmanager.has_plugin("pytest-qt"):  # installed, and would refuse to go on without Qt
        pluginmanager.set_blocked("pytest-qt")
        return
    for name in QT_SETTINGS:
        parser.addini(name, "a setting of pytest-qt, which has nothing to do here")


@pytest.fixture(autouse=True, scope="session")
def _own_settings_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps the settings, caches and trust decisions of whoever runs the tests out of them, and safe."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("CONFIG", "CACHE", "DATA", "STATE"):
            patch.setenv(f"XDG_{kind}_HOME", str(tmp_path_factory.mktemp(kind.lower())))
        yield


@pytest.fixture(autouse=True)
def _nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that leaves threads or child processes behind.

    Dask restarts a killed worker in the background, for as long as a cluster fixture lives: tests marked
    `cluster` are not looked at.
    """
    threads, children = set(threading.enumerate()), _children()
    yield
    if request.node.get_closest_marker("cluster"):
        return
    deadline = time.monotonic() + SECONDS_TO_END
    for thread in set(threading.enumerate()) - threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    left_threads = sorted(thread.name for thread in set(threading.enumerate()) - threads)
    assert not left_threads, f"threads left running: {left_threads}"
    left_children = {pid: _command(pid) for pid in _children() - children if not _ends(pid, deadline)}
    assert not left_children, f"child processes left running: {left_children}"


def _children() -> set[int]:
    """Returns the ids of this process's children, as Linux lists them; elsewhere none."""
    found = set()
    for each in Path("/proc/self/task").glob("*/children"):
        with suppress(FileNotFoundError):  # that thread has just ended
            found.update(map(int, each.read_text(encoding="ascii").split()))
    return {pid for pid in found if not any(name in _command(pid) for name in STANDARD_CHILDREN)}


def _command(pid: int) -> bytes:
    """Returns the command line of a process; empty for one that has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
    except OSError:
        return b""


def _ends(pid: int, deadline: float) -> bool:
    """Waits for a child to end, without collecting its exit code, which is its owner's."""
    while time.monotonic() < deadline:
        try:
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG):
                return True
        except ChildProcessError:
            return True
        threading.Event().wait(0.02)
    return False
