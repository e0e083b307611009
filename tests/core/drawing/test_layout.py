"""Graphviz in its child process: its answers, its limits and its absence."""

import os
import stat
import sys

import pytest

from tests.needs_graphviz import needs_graphviz
from wfepy_core.drawing import layout, node_shape
from wfepy_core.drawing.graphviz.protocol import PlacementReader
from wfepy_core.errors import DrawingError
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition

GRAPH = Graph(
    (GraphTask("start", start=True), GraphTask('odd "name" \\'), GraphTask("end", end=True)),
    (
        GraphTransition("start", 'odd "name" \\', "if it is so"),
        GraphTransition('odd "name" \\', "end"),
        GraphTransition("end", "start"),
        GraphTransition("end", "end"),
    ),
)


def arguments():
    return GRAPH, node_shape.estimated_sizes(GRAPH), node_shape.estimated_label_sizes(GRAPH)


@pytest.fixture
def no_graphviz(tmp_path, monkeypatch):
    (tmp_path / "pygraphviz.py").write_text("raise ModuleNotFoundError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


@needs_graphviz
def test_graphviz_places_every_task_with_its_size_and_every_transition():
    placement = layout.graphviz_placement(*arguments())
    sizes = node_shape.estimated_sizes(GRAPH)
    assert {name: (box.width, box.height) for name, box in placement.nodes.items()} == sizes
    assert all(edge.points and edge.tip for edge in placement.edges)
    assert [edge.label is not None for edge in placement.edges] == [True, False, False, False]
    assert placement.nodes["start"].y < placement.nodes["end"].y
    assert placement.engine in ("dot", "pygraphviz")


@needs_graphviz
def test_nothing_in_the_current_folder_is_imported_by_the_child(tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit('hostile code ran')")
    monkeypatch.chdir(tmp_path)
    assert layout.graphviz_placement(*arguments()).nodes


@pytest.mark.usefixtures("no_graphviz")
def test_without_graphviz_the_error_says_what_to_install():
    with pytest.raises(DrawingError, match="pygraphviz"):
        layout.graphviz_placement(*arguments())


@pytest.mark.usefixtures("no_graphviz")
def test_without_graphviz_our_own_placement_takes_over():
    assert layout.place(*arguments()).engine == "layered"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for dot")
@pytest.mark.parametrize(
    ("script", "says"),
    [("sleep 60", "needed more than"), ("echo 'syntax error' >&2; exit 1", "syntax error")],
    ids=["hangs", "fails"],
)
def test_a_dot_that_hangs_or_fails_becomes_an_error(no_graphviz, monkeypatch, script, says):
    dot = no_graphviz / "dot"
    dot.write_text(f"#!/bin/sh\n{script}\n")
    dot.chmod(dot.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{no_graphviz}{os.pathsep}{os.defpath}")
    with pytest.raises(DrawingError, match=says):
        layout.graphviz_placement(*arguments(), time_limit=0.3)


def test_a_pygraphviz_that_hangs_is_ended_with_its_process(no_graphviz):
    (no_graphviz / "pygraphviz.py").write_text("import threading; threading.Event().wait()")
    with pytest.raises(DrawingError, match="s for 3 tasks"):
        layout.graphviz_placement(*arguments(), time_limit=0.1)


def test_a_library_that_pygraphviz_needs_is_named(no_graphviz):
    (no_graphviz / "pygraphviz.py").write_text("raise ImportError('libX.so.6: cannot open')")
    with pytest.raises(DrawingError, match=r"libX\.so\.6: cannot open .*install that library"):
        layout.graphviz_placement(*arguments())


def test_a_torn_answer_is_an_error():
    answer = PlacementReader(GRAPH)
    answer.feed(b'{"engine": "dot", "width": 1, "height": 1}')
    with pytest.raises(DrawingError, match="without an answer"):
        answer.placement()
    with pytest.raises(DrawingError, match="unreadable"):
        answer.feed(b'{"nodes": [[1, 2')
