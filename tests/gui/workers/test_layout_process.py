"""The layout comes from another process, and only the latest one counts."""

import stat
import sys

import pytest
from PySide6.QtCore import QThreadPool

from tests.needs_graphviz import needs_graphviz
from wfepy_core.drawing import node_shape
from wfepy_core.drawing.graphviz.protocol import layout_request
from wfepy_core.errors import DrawingError
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition
from wfepy_gui.workers.child_process import ChildProcess
from wfepy_gui.workers.layout_process import LayoutProcess


@pytest.fixture
def pool():
    pool = QThreadPool()
    yield pool
    assert pool.waitForDone(20_000)


def begin(process, *names):
    graph = Graph(tuple(map(GraphTask, names)), (GraphTransition(names[0], names[-1]),))
    sizes = node_shape.estimated_sizes(graph), node_shape.estimated_label_sizes(graph)
    return process.place(graph, layout_request(graph, *sizes, time_limit=10.0))


@needs_graphviz
def test_only_the_latest_request_is_answered(qtbot, pool):
    process = LayoutProcess(pool)
    answers = []
    process.placed.connect(lambda number, placement: answers.append((number, list(placement.nodes))))
    process.failed.connect(lambda number, error: answers.append((number, error)))
    begin(process, "old", "older")
    latest = begin(process, "new", "newer")
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    assert answers == [(latest, ["new", "newer"])]


def test_a_cancelled_layout_never_answers_and_its_process_ends(qtbot, pool):
    process = LayoutProcess(pool)
    begin(process, "a", "b")
    (child,) = process.findChildren(ChildProcess)
    with qtbot.assertNotEmitted(process.placed), qtbot.waitSignal(child.destroyed, timeout=20_000):
        process.cancel()


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for dot")
def test_a_layout_that_takes_too_long_is_given_up(qtbot, tmp_path, monkeypatch, pool):
    dot = tmp_path / "dot"
    dot.write_text("#!/bin/sh\nexec sleep 60\n")
    dot.chmod(dot.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    process = LayoutProcess(pool, time_limit=0.5)
    with qtbot.waitSignal(process.failed, timeout=20_000) as failed:
        number = begin(process, "a", "b")
    assert failed.args[0] == number
    assert isinstance(failed.args[1], DrawingError)
