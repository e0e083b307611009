"""A single pass with a time limit: who watches over it, and what is made of how it ends."""

import subprocess
import sys

import pytest

from tests.cron_environment import cron_environment

PROGRAM = """
import os, signal, sys, time
from wfepy_core.passes.supervisor import supervise

tell_over = supervise({limit})
if tell_over is None:
    print("ended")
    sys.exit(1)
{then}
"""

ENDS = {
    "sys.exit(3)": (50, 3, ""),
    "os.kill(os.getpid(), signal.SIGTERM)": (50, -15, ""),
    "signal.pause()": (0.2, 1, "ended\n"),
    "tell_over(65); signal.pause()": (3, 65, ""),
    "os.kill(os.getppid(), signal.SIGTERM); signal.pause()": (50, -15, ""),
    "os.kill(os.getppid(), signal.SIGHUP); signal.pause()": (50, -1, ""),
}


@pytest.mark.parametrize("then", ENDS)
def test_it_ends_as_the_pass_or_with_it(then):
    limit, code, told = ENDS[then]

    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(limit=limit, then=then)],
        env=cron_environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (code, told, "")


def test_a_pass_whose_watcher_went_before_it_could_ask_does_not_run():
    watcher_goes = (
        "import os, signal\n"
        "def end_watcher():\n"
        "    watcher = os.getppid()\n"
        "    os.kill(watcher, signal.SIGKILL)\n"
        "    while os.getppid() == watcher:\n"
        "        pass\n"
        "os.register_at_fork(after_in_child=end_watcher)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", watcher_goes + PROGRAM.format(limit=50, then="print('it runs')")],
        env=cron_environment(),
        capture_output=True,  # until the pass, which holds the pipe, is gone as well
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (-9, "", "")
