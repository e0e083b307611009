"""A single pass with a time limit: who watches over it, and what is made of how it ends."""

import subprocess
import sys

import pytest

from tests.cron_environment import cron_environment

PROGRAM = """
import os, signal, sys, time
from wfepy_core.passes.supervisor import supervise

def let_time_be_up():
    open("late", "w").close()
    os.kill(os.getppid(), signal.SIGCHLD)  # it looks at the clock
    signal.pause()

time.monotonic = lambda: 100.0 * os.path.exists("late")
tell_over = supervise(50)
if tell_over is None:
    print("ended")
    sys.exit(1)
{then}
"""

ENDS = {
    "sys.exit(3)": (3, ""),
    "os.kill(os.getpid(), signal.SIGTERM)": (-15, ""),
    "let_time_be_up()": (1, "ended\n"),
    "tell_over(65); let_time_be_up()": (65, ""),
    "os.kill(os.getppid(), signal.SIGTERM); signal.pause()": (-15, ""),
    "os.kill(os.getppid(), signal.SIGHUP); signal.pause()": (-1, ""),
}


def run_supervised(folder, then, before=""):
    return subprocess.run(
        [sys.executable, "-c", before + PROGRAM.format(then=then)],
        cwd=folder,
        env=cron_environment(),
        capture_output=True,  # until the pass, which holds the pipes, is gone as well
        text=True,
        check=False,
    )


@pytest.mark.parametrize("then", ENDS)
def test_it_ends_as_the_pass_or_with_it(tmp_path, then):
    ended = run_supervised(tmp_path, then)

    code, told = ENDS[then]
    assert (ended.returncode, ended.stdout, ended.stderr) == (code, told, "")


def test_a_pass_whose_watcher_went_before_it_could_ask_does_not_run(tmp_path):
    watcher_goes = (
        "import os, signal\n"
        "def end_watcher():\n"
        "    watcher = os.getppid()\n"
        "    os.kill(watcher, signal.SIGKILL)\n"
        "    while os.getppid() == watcher:\n"
        "        pass\n"
        "os.register_at_fork(after_in_child=end_watcher)\n"
    )
    ended = run_supervised(tmp_path, "print('it runs')", before=watcher_goes)

    assert (ended.returncode, ended.stdout, ended.stderr) == (-9, "", "")
