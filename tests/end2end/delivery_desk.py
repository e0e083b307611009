"""A folder with a workflow whose tasks do what its context says, and the `wfepy` command to work on it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.cron_environment import cron_environment

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 60

MODULE = """
import multiprocessing, os, re, signal, subprocess, sys, threading, time
from concurrent.futures import ThreadPoolExecutor
from wfepy_core import Waiting, end_point, followed_by, start_point, task

@task()
@start_point()
@followed_by("load")
def receive(context):
    print("receiving")
    return os.path.exists(context["inbox"]) or Waiting("nothing has arrived")

@task()
@followed_by("done")
def load(context):
    what = context.get("what", "")
    if what == "fail":
        raise ValueError("bad input")
    if what == "forge":
        sys.stdout.write('{"e":"saved","g":99,"t":1,"status":"finished"}\\n')
        sys.stdout.flush()
        os.write(1, b'{"e":"start","g":99,"t":1,"task":"forged"}')
        os.system("echo forged by a child")
    if what == "hang":
        print("hanging", file=sys.stderr, flush=True)
        re.match(r"(a+)+$", "a" * 64 + "b")  # holds the interpreter lock, for ages
    if what == "sleep":
        sys.stderr.write("sleeping\\n")  # in one piece: two processes write to one pipe
        while not os.path.exists(context["inbox"] + ".wake"):
            time.sleep(0.01)
    if what == "child":
        sys.stderr.write("child started\\n")
        subprocess.run(["sleep", "1000"])
    if what == "detach":
        child = subprocess.Popen(["sleep", "1000"], start_new_session=True, stdout=-3, stderr=-3)
        open(context["inbox"] + ".pid", "w").write(str(child.pid))
        signal.pause()
    if what == "thread":
        threading.Thread(target=time.sleep, args=(1000,)).start()
    if what == "pool":
        ThreadPoolExecutor(1).submit(time.sleep, 1000)
    if what == "process":
        multiprocessing.get_context("fork").Process(target=time.sleep, args=(1000,)).start()
    if what == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    return True

@task()
@end_point()
def done(context):
    return True
"""


class Desk:
    """A folder with a workflow module, and the command to work on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inbox = folder / "inbox"
        (folder / "delivery.py").write_text(MODULE)
        self.environment = cron_environment(TZ="UTC")

    def command(self, *words: object) -> list[str]:
        return [sys.executable, "-m", "wfepy_core", *map(str, words)]

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words),
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    def start(self, *words: object, own_group: bool = False) -> subprocess.Popen[str]:
        return subprocess.Popen(
            start_new_session=own_group,
            args=self.command(*words),
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def new(self, name: str = "d", what: str = "", *, arrived: bool = True) -> Path:
        if arrived:
            self.inbox.touch()
        context = json.dumps({"inbox": str(self.inbox), "what": what})
        made = self.run("new", f"{name}.wfstate", "--module", "delivery.py", "--context", context)
        assert made.returncode == 0, made.stderr
        return self.folder / f"{name}.wfstate"


def read_until(stream, text):
    """Reads lines until one holds `text`; fails when the stream ends before."""
    for line in stream:
        if text in line:
            return
    raise AssertionError(f"ended without {text!r}")
