"""Opening a workflow of 1,000 tasks: from the start of the program to its picture, against xdot.

    python benchmarks/graph_open.py [TASKS [ROUNDS]]        (default: 1000 5)

Needs xdot (Debian: `apt install xdot`, which brings GTK and Graphviz along) and a screen: the one in DISPLAY,
else a virtual one of its own (Xvfb). Without them it says what is missing and measures nothing.

In each round both programs start in turn, in windows of the same size. xdot opens the graph as DOT text, like
its own `main`, and is done when its window has drawn the graph for the first time. The desktop opens a state
file of the same graph in all its panels; two moments count: when the graph is drawn for the first time (in
our own layout unless Graphviz is as quick), and when it is drawn as Graphviz placed it. Told are medians by
the clock from the start of the process, and CPU until then: of xdot with its `dot`, of the desktop alone.

Two graphs: the one of the other benchmarks, which is easy for Graphviz, and the same with every tenth
transition leading some ranks further.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wfepy_core.model.graph import Graph
    from wfepy_gui.views.graph.graph_panel import GraphPanel
    from wfepy_gui.views.graph.view import GraphView

ROOT = Path(__file__).parents[1]
WIDTH, HEIGHT = 1440, 900
PATIENCE_S = 60

XDOT = """
import os, sys, time
from gi.repository import GLib
from xdot.ui.window import DotWidget, DotWindow, Gtk

class Widget(DotWidget):
    def on_draw(self, widget, cr):
        result = DotWidget.on_draw(self, widget, cr)
        if self.graph.nodes:
            used = os.times()
            print("done", time.monotonic(), sum(used[:4]), flush=True)
            GLib.idle_add(Gtk.main_quit)
        return result

window = DotWindow(widget=Widget(), width=int(sys.argv[2]), height=int(sys.argv[3]))
window.connect("delete-event", Gtk.main_quit)
window.open_file(sys.argv[1])
Gtk.main()
"""


class Moment(NamedTuple):
    """Seconds from the start of a program, by the clock and CPU."""

    clock: float
    cpu: float


def workflow_module(graph: Graph) -> str:
    """The source of a workflow with this graph; its conditions hold."""
    lines = ["from wfepy_core import end_point, followed_by, join_point, start_point, task\n"]
    lines.append("def maybe(context):\n    return True\n")
    for task in graph.tasks:
        before = [edge for edge in graph.transitions if edge.dest == task.name]
        after = [edge for edge in graph.transitions if edge.source == task.name]
        lines.append("@task()")
        lines += ["@start_point()"] * (not before) + ["@join_point()"] * (len(before) > 1)
        lines += [f"@followed_by({e.dest!r}{', maybe' if e.condition else ''})" for e in after]
        lines += ["@end_point()"] * (not after)
        lines.append(f"def {task.name}(context):\n    return True\n")
    return "\n".join(lines)


def dot_source(graph: Graph) -> str:
    """The same graph for xdot: names in boxes, conditions on edges."""
    edges = (
        f'"{e.source}" -> "{e.dest}"' + (f' [label="{e.condition}"]' if e.condition else "")
        for e in graph.transitions
    )
    return "\n".join(["digraph {", "node [shape=box]", *edges, "}"])


def show_desktop(state: str, settings: str) -> None:
    """The desktop as `wfepy-gui STATE` starts it; prints when its graph was painted."""
    from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: PLC0415  the program pays for its own imports
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415  likewise

    from wfepy_gui.composition import Desktop, Options  # noqa: PLC0415  likewise
    from wfepy_gui.workers.gc_pacing import GcPacing  # noqa: PLC0415  likewise

    class Watch(QObject):
        """Tells of each picture once, when it was painted."""

        def __init__(self, panel: GraphPanel, view: GraphView) -> None:
            super().__init__(panel)
            self._view, self._is_final, self._told = view, False, set[str]()
            panel.picture_ready.connect(self._wait_for_last)
            view.viewport().installEventFilter(self)

        def _wait_for_last(self) -> None:
            self._is_final = True
            self._view.viewport().update()

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
            if event.type() is QEvent.Type.Paint and self._view.graph_scene.names:
                QTimer.singleShot(0, self, self._tell)
            return False

        def _tell(self) -> None:
            moment = "done" if self._is_final else "first"
            if moment not in self._told:
                self._told.add(moment)
                print(moment, time.monotonic(), time.process_time(), flush=True)
            if self._is_final:
                QApplication.quit()

    application = QApplication(["wfepy-gui"])
    desktop = Desktop(application, Options((state,), None, settings))
    collector = GcPacing(desktop)
    desktop.session.instance_changed.connect(collector.pause_collections)
    desktop.window.resize(WIDTH, HEIGHT)
    panel = desktop.window.panels.graph.get()
    Watch(panel, panel.graph_view)
    desktop.start()
    application.exec()
    os._exit(0)


def opening(command: Sequence[str], environment: dict[str, str]) -> dict[str, Moment]:
    """Start a program, and read from it when it had drawn what."""
    began = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    watchdog = threading.Timer(PATIENCE_S, process.kill)
    watchdog.start()
    output, _ = process.communicate()
    watchdog.cancel()
    if process.returncode or not output:
        sys.exit(f"{command[0]} ended with {process.returncode}")
    told = (line.split() for line in output.splitlines())
    moments = {name: Moment(float(at) - began, float(cpu)) for name, at, cpu in told}
    # A picture that Graphviz was quick enough for is the first and the last.
    return {"first": moments["done"], **moments}


@contextlib.contextmanager
def screen() -> Iterator[str]:
    """The display both programs are shown on."""
    if os.environ.get("DISPLAY"):
        yield os.environ["DISPLAY"]
        return
    server_path = shutil.which("Xvfb")
    if server_path is None:
        give_up("there is no screen (DISPLAY is not set) and no Xvfb to make one")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [server_path, "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait(PATIENCE_S)


def give_up(why: str) -> NoReturn:
    """Nothing to compare with is no failure."""
    print(f"graph_open: {why}; nothing was measured")
    sys.exit(0)


def python_of_xdot() -> str:
    """The interpreter that xdot is installed for; ends the program if there is none."""
    script = shutil.which("xdot")
    if script is None or shutil.which("dot") is None:
        give_up("xdot or its dot is not installed (Debian: apt install xdot)")
    with open(script, encoding="utf-8") as opened:
        return opened.readline().removeprefix("#!").split()[0]


def farther(graph: Graph) -> Graph:
    """The same with every tenth transition leading some ranks further."""
    names = [task.name for task in graph.tasks]
    place = {name: number for number, name in enumerate(names)}
    step = int(len(names) ** 0.5) * 4
    transitions = [
        edge._replace(dest=names[min(place[edge.dest] + step, len(names) - 1)]) if number % 10 == 0 else edge
        for number, edge in enumerate(graph.transitions)
    ]
    return graph._replace(transitions=tuple(dict.fromkeys(transitions)))


def measure(graph: Graph, xdot_python: str, display: str, rounds: int) -> None:
    """Measure some rounds with one graph and print the medians."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "flow.py").write_text(workflow_module(graph), encoding="utf-8")
        (folder / "flow.dot").write_text(dot_source(graph), encoding="utf-8")
        state = str(folder / "flow.wfstate")
        bare = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "QT_"))}
        theirs = {**bare, "DISPLAY": display, "GDK_BACKEND": "x11"}
        ours = {**bare, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        ours |= {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
        new = [sys.executable, "-m", "wfepy_core", "new", state, "--module", str(folder / "flow.py")]
        subprocess.run(new, env=ours, check=True, stdout=subprocess.DEVNULL)
        desktop = [sys.executable, __file__, "desktop", state, str(folder / "settings.ini")]
        xdot = [xdot_python, "-c", XDOT, str(folder / "flow.dot"), str(WIDTH), str(HEIGHT)]
        opening(desktop, ours)  # compiles what is not compiled yet
        opening(xdot, theirs)
        tell([(opening(xdot, theirs), opening(desktop, ours)) for _ in range(rounds)])


def tell(measured: Sequence[tuple[dict[str, Moment], dict[str, Moment]]]) -> None:
    """Print the medians."""
    print(row("xdot: picture", [theirs["done"] for theirs, _ in measured]))
    for moment, what in (("first", "first picture"), ("done", "picture by Graphviz")):
        sooner, cheaper = (
            statistics.median(theirs["done"][unit] / ours[moment][unit] for theirs, ours in measured)
            for unit in (0, 1)
        )
        told = f"  {sooner:.1f}x sooner" + (f", {cheaper:.1f}x less CPU" if moment == "first" else "")
        print(row(f"desktop: {what}", [ours[moment] for _, ours in measured]), told)


def row(what: str, moments: Sequence[Moment]) -> str:
    """One line of the table."""
    clock, cpu = (statistics.median(column) for column in zip(*moments, strict=True))
    return f"  {what:<30}{clock:6.2f} s {cpu:6.2f} s CPU"


def main() -> None:
    """Measure both graphs."""
    from graph_frames import layered_graph  # noqa: PLC0415  needs Qt, whose import the desktop's side times

    count, rounds = (int(given) for given in (*sys.argv[1:], *("1000", "5")[len(sys.argv) - 1 :]))
    xdot_python, graph = python_of_xdot(), layered_graph(count)
    with screen() as display:
        for what, shown in (("easy", graph), ("with longer ways", farther(graph))):
            print(f"opening {count} tasks, {what}; medians of {rounds} rounds; budget: 3x sooner than xdot")
            measure(shown, xdot_python, display, rounds)


if __name__ == "__main__":
    if sys.argv[1:2] == ["desktop"]:
        show_desktop(*sys.argv[2:])
    else:
        main()
