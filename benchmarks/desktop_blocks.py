"""The longest time the desktop's GUI thread was blocked while a task did its worst, and how soon things show.

    python benchmarks/desktop_blocks.py [TASKS]        (default: 5000, the size of the large instance)

A timer of 5 ms runs in the window's event loop; a gap between two of its ticks is time in which nothing could
be clicked. Shown are the longest gap less those 5 ms, and the most processor time the GUI thread used in one:
what the first has beyond the second is the machine's doing (other programs) and that of worker threads which
hold the interpreter. The first row is a window in which nothing happens.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tests.cron_environment import cron_environment
from wfepy_gui.composition import Desktop, Options
from wfepy_gui.window.panel_registry import PanelId
from wfepy_gui.workers.child_process import PROGRAM, project_environment
from wfepy_gui.workers.gc_pacing import GcPacing

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_gui.passes.pass_outcome import PassOutcome

TICK_MS = 5
LONGEST_S = 60.0
SETTLE_S = 15.0
IMPORTS = "import os, signal, time\nfrom wfepy_core import end_point, followed_by, start_point, task\n"
ONE = "\n@task()\n@start_point()\n@end_point()\ndef only(context):\n"
TASKS = {
    "flood": "    for _ in range(3000):\n        os.write(2, b'x' * 99 + b'\\n' + b'y' * 99_899 + b'\\n')\n",
    "chatter": "    for n in range(200_000):\n        print('line', n, flush=n % 50 == 0)\n",
    "hang": "    os.write(2, b'hanging')\n    while True:\n        time.sleep(1)\n",
    "spin": "    os.write(2, b'hanging')\n    while True:\n        pass\n",
    "deaf": "    signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    "    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "    os.write(2, b'hanging')\n    while True:\n        time.sleep(1)\n",
    "segfault": "    import ctypes\n    ctypes.string_at(0)\n",
}


class Watchdog:
    """Notes the gaps between ticks of the window's event loop."""

    def __init__(self, parent: Desktop) -> None:
        self.longest = self.busiest = self._last = self._used = 0.0
        self._timer = QTimer(parent)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.reset()

    def reset(self) -> None:
        """Begin anew."""
        self.longest = self.busiest = 0.0
        self._last, self._used = time.perf_counter(), time.thread_time()

    def _tick(self) -> None:
        at, used = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, (at - self._last) * 1000 - TICK_MS)
        self.busiest = max(self.busiest, (used - self._used) * 1000)
        self._last, self._used = at, used


class Bench:
    """One desktop, driven like an operator would."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self.folder = folder
        self.desktop = Desktop(application, Options(settings=str(folder / "settings.ini")))
        self.desktop.trust_gate.ask = lambda question: question.agree()
        collector = GcPacing(self.desktop)  # as the program does
        self.desktop.session.instance_changed.connect(collector.pause_collections)
        self.desktop.start()
        self.watchdog = Watchdog(self.desktop)
        self.desktop.window.go_to(PanelId.OUTPUT)
        self.ended: list[PassOutcome] = []
        self.desktop.session.pass_ended.connect(self.ended.append)

    def has_printed(self, text: str) -> bool:
        """Whether the window knows that this was printed."""
        output = self.desktop.session.output
        return any(text in line.text for line in (*output.lines, *output.latest))

    def wait(self, condition: Callable[[], bool]) -> float:
        """Let the window live until something is so; the milliseconds it took."""
        began, loop = time.perf_counter(), QEventLoop()
        while not condition():
            QTimer.singleShot(1, loop.quit)
            loop.exec()
            if time.perf_counter() - began > LONGEST_S:
                raise TimeoutError
        return (time.perf_counter() - began) * 1000

    def rest(self, seconds: float) -> None:
        """Let the window live for a while."""
        end = time.perf_counter() + seconds
        self.wait(lambda: time.perf_counter() > end)

    def make(self, name: str, source: str) -> str:
        """A new instance of a module."""
        (self.folder / f"{name}.py").write_text(IMPORTS + source, encoding="utf-8")
        path = str(self.folder / f"{name}.wfstate")
        self.command("new", path, "--module", f"{name}.py")
        return path

    def command(self, *arguments: str) -> None:
        """Run a command beside the desktop."""
        variables = cron_environment(**project_environment())
        subprocess.run(
            [*PROGRAM, *arguments], cwd=self.folder, env=variables, check=True, capture_output=True
        )

    def shows(self, context: object) -> bool:
        """Whether the window knows this context."""
        view = self.desktop.session.view
        return view is not None and view.snapshot.context == context

    def open(self, path: str, settle: float = 1.0) -> None:
        """Open an instance and give it some seconds to be laid out."""
        self.desktop.session.open(path)
        self.wait(lambda: self.desktop.session.view is not None)
        self.rest(settle)
        self.watchdog.reset()

    def run_pass(self) -> None:
        """One pass, watched from before its start until a second after its end."""
        count = len(self.ended)
        self.desktop.session.advance()
        self.wait(lambda: len(self.ended) > count)
        self.rest(1.0)


def chain(count: int) -> str:
    """A module whose tasks all run in one pass."""
    parts = []
    for number in range(count):
        start = "@start_point()\n" if number == 0 else ""
        last = number == count - 1
        after = "@end_point()\n" if last else f"@followed_by('t{number + 1}')\n"
        parts.append(f"@task()\n{start}{after}def t{number}(context):\n    return True\n")
    return "\n" + "\n".join(parts)


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    application = QApplication(["desktop_blocks"])
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(application, Path(name))
        bench.open(bench.make("idle", f"{ONE}    return True\n"))
        bench.rest(2.0)
        told("idle window", bench.watchdog)
        for task in ("flood", "chatter", "segfault"):
            bench.open(bench.make(task, f"{ONE}{TASKS[task]}    return True\n"))
            bench.run_pass()
            told(f"a task: {task}", bench.watchdog)
        for task in ("hang", "spin", "deaf"):
            told_cancel(bench, task)
        bench.open(bench.make("large", chain(count)), SETTLE_S)
        bench.run_pass()
        told(f"a pass over {count:,} tasks", bench.watchdog)
        bench.open(bench.make("beside", f"{ONE}    return False\n"))
        told_outside(bench, bench.desktop.session.path)
        bench.desktop.window.close()


def told(what: str, found: Watchdog) -> None:
    """Print a row."""
    print(f"{what:<34}{found.longest:>8.1f} ms blocked{found.busiest:>8.1f} ms at work")


def told_time(what: str, milliseconds: float) -> None:
    """Print a row."""
    print(f"{what:<34}{milliseconds:>8.1f} ms")


def told_cancel(bench: Bench, task: str) -> None:
    """A task that hangs: the longest block, and the time from Cancel to the end of its process."""
    bench.open(bench.make(task, f"{ONE}{TASKS[task]}    return True\n"))
    count = len(bench.ended)
    bench.desktop.session.advance()
    bench.wait(lambda: bench.has_printed("hanging"))
    bench.rest(1.0)
    bench.desktop.session.cancel()
    latency = bench.wait(lambda: len(bench.ended) > count)
    bench.rest(0.5)
    told(f"a task: {task}", bench.watchdog)
    told_time(f"    cancel: {bench.ended[-1].stop.name.lower()}", latency)


def told_outside(bench: Bench, path: str) -> None:
    """The time from the end of a save by another process until it is shown, the worst of five."""
    worst = 0.0
    for number in range(5):
        bench.command("context", "set", path, f"n={number}")
        worst = max(worst, bench.wait(partial(bench.shows, {"n": number})))
    told_time("outside save shown", worst)


if __name__ == "__main__":
    main()
