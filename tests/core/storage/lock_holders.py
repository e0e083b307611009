"""Processes that hold a lock, for the tests of locks."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.cron_environment import cron_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

HOLD = """
import sys
from wfepy_core.storage.lock import StateLock
StateLock(sys.argv[1], purpose="edit").acquire()
print("held", flush=True)
sys.stdin.read()
"""
INCREMENT = """
import sys
from wfepy_core.storage.atomic_file import replace_file
from wfepy_core.storage.lock import StateLock
path = sys.argv[1]
for _ in range(50):
    with StateLock(path).acquire(timeout=60):
        with open(path, "rb") as file:
            count = int(file.read())
        replace_file(path, b"%d" % (count + 1))
"""


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=cron_environment(LOGNAME="ops"),
    )


@contextlib.contextmanager
def holding(program: str, path: str) -> Iterator[subprocess.Popen[str]]:
    """A process that runs `program`, from the moment it holds the lock."""
    with start(program, path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()
