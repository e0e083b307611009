"""Pictures in every format say the same: each task with its status, title, legend and time."""

import datetime as dt
import shutil
from importlib.util import find_spec
from xml.etree import ElementTree as ET

import pytest

from wfepy_core.drawing import image
from wfepy_core.drawing.picture import Picture
from wfepy_core.errors import DrawingError
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition
from wfepy_core.model.status import TaskStatus, TransitionStatus

needs_graphviz = pytest.mark.skipif(
    not (shutil.which("dot") or find_spec("pygraphviz")), reason="needs Graphviz or pygraphviz"
)

ODD = 'odd <name> & "so" \x01'
GRAPH = Graph(
    (GraphTask("begin", start=True), GraphTask(ODD), GraphTask("meet", join=True, end=True)),
    (
        GraphTransition("begin", ODD, 'lambda c: c["x"] > 1'),
        GraphTransition("begin", "meet"),
        GraphTransition(ODD, "meet"),
    ),
)
PICTURE = Picture(
    GRAPH,
    {"begin": TaskStatus.COMPLETE, ODD: TaskStatus.WAITING, "meet": TaskStatus.BLOCKED},
    (TransitionStatus.TAKEN, TransitionStatus.NOT_TAKEN, TransitionStatus.UNDECIDED),
    {ODD: "3 d"},
    "a <title> & more",
    dt.datetime(2026, 11, 22, 10, 5, tzinfo=dt.UTC),
)


def drawn(output_format, picture=PICTURE):
    return image.image(picture, output_format).decode()


def shown_in(svg):
    return "\n".join(ET.fromstring(svg).itertext())  # noqa: S314  written by ourselves


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_an_svg_shows_names_words_badge_title_legend_and_time(dark):
    text = shown_in(drawn("svg", PICTURE._replace(dark=dark)))
    for shown in (
        "begin",
        'odd <name> & "so"',
        "waiting · 3 d",
        "a <title> & more",
        "blocked 1",
        "not taken",
        'lambda c: c["x"] > 1',
        "saved 2026-11-22 10:05 UTC",
    ):
        assert shown in text


def test_an_svg_of_a_plain_workflow_has_no_statuses():
    text = shown_in(drawn("svg", Picture(GRAPH)))
    assert "begin" in text
    assert not any(status.value in text for status in TaskStatus)


@needs_graphviz
@pytest.mark.parametrize(("output_format", "magic"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_png_and_pdf_come_from_graphviz(output_format, magic):
    assert image.image(PICTURE, output_format).startswith(magic)


def test_dot_text_reads_back_as_the_same_graph():
    pygraphviz = pytest.importorskip("pygraphviz")
    read = pygraphviz.AGraph(string=drawn("dot"))
    assert set(read.nodes()) == {task.name for task in GRAPH.tasks}
    assert {tuple(edge) for edge in read.edges()} == {(e.source, e.dest) for e in GRAPH.transitions}
    assert "waiting" in read.get_node(ODD).attr["label"]
    assert [read.get_edge(e.source, e.dest).attr["style"] for e in GRAPH.transitions] == [
        "solid",
        "dotted",
        "dashed",
    ]


def test_mermaid_text_cannot_be_broken_by_a_name():
    lines = drawn("mmd").splitlines()
    (odd,) = [line for line in lines if "odd" in line]
    assert odd.strip().startswith('n1["')
    assert odd.endswith('"]:::waiting')
    assert odd.count('"') == 2
    assert "waiting · 3 d" in odd
    assert any(line.strip() == "n0 -.-x n2" for line in lines)


def test_the_format_comes_from_the_name_of_the_file(tmp_path):
    image.render(PICTURE, str(tmp_path / "graph.MMD"))
    assert (tmp_path / "graph.MMD").read_text().startswith("---")
    with pytest.raises(DrawingError, match=r"\.svg, \.png, \.pdf, \.dot, \.mmd"):
        image.render(PICTURE, str(tmp_path / "graph.jpeg"))


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(DrawingError, match="missing"):
        image.render(PICTURE, str(tmp_path / "missing" / "graph.dot"))


def test_without_graphviz_a_png_names_the_cure(tmp_path, monkeypatch):
    (tmp_path / "pygraphviz.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DrawingError, match=r"pygraphviz, or write an \.svg"):
        image.image(PICTURE, "png")
