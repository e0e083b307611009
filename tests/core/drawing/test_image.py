"""Pictures in every format say the same: each task with its status, title, legend and time."""

import datetime as dt
from xml.etree import ElementTree as ET

import pytest

from tests.needs_graphviz import needs_graphviz
from wfepy_core.drawing import image, node_shape
from wfepy_core.drawing.layered import place as layered
from wfepy_core.drawing.page import Page
from wfepy_core.drawing.picture import Picture
from wfepy_core.drawing.printable_text import printable_text
from wfepy_core.drawing.xdot import xdot_text
from wfepy_core.errors import DrawingError
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition
from wfepy_core.model.status import TaskStatus, TransitionStatus

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


NOT_CARRIED = "".join(
    map(chr, (*range(9), *range(11, 32), *range(127, 160), 0xD800, 0xDFFF, 0x202E, 0x2067, 0xFFFE, 0xFFFF))
)
"""Characters that XML, DOT, YAML or UTF-8 cannot hold, or that turn the order of what follows."""


def picture_with(text):
    """A picture whose names, condition and title hold a text."""
    tasks = GraphTask(f"one {text}", start=True), GraphTask(f"two {text}", end=True)
    edge = GraphTransition(tasks[0].name, tasks[1].name, f"if {text}")
    return Picture(Graph(tasks, (edge,)), {tasks[0].name: TaskStatus.WAITING}, title=f"title {text}")


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


def test_no_string_for_a_png_is_longer_than_older_releases_of_graphviz_read():
    tasks = tuple(GraphTask(f"task_{number}", start=True, end=True) for number in range(300))
    graph = Graph(tasks, ())
    sizes = node_shape.estimated_sizes(graph)
    page = Page(Picture(graph, dict.fromkeys(sizes, TaskStatus.RUNNING)), layered.place(graph, sizes, {}))
    lines = xdot_text(page, in_pixels=True).splitlines()

    assert sum(map(len, lines)) > 100_000
    assert max(map(len, lines)) < 16_000


def test_dot_text_shows_start_join_and_end_by_the_marks_of_the_other_formats():
    (begin, meet) = (
        line for line in drawn("dot").splitlines() if line.startswith(('  "begin" [', '  "meet" ['))
    )

    assert "\u25cf" in begin
    assert "\u25c9" not in begin
    assert "\u25ac" in meet
    assert "\u25c9" in meet


def test_dot_text_reads_back_as_the_same_graph():
    pygraphviz = pytest.importorskip("pygraphviz")
    read = pygraphviz.AGraph(string=drawn("dot"))
    edges = [(printable_text(e.source), printable_text(e.dest)) for e in GRAPH.transitions]
    assert set(read.nodes()) == {printable_text(task.name) for task in GRAPH.tasks}
    assert {tuple(edge) for edge in read.edges()} == set(edges)
    assert "waiting" in read.get_node(printable_text(ODD)).attr["label"]
    assert [read.get_edge(*edge).attr["style"] for edge in edges] == [
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


@pytest.mark.parametrize("with_statuses", [True, False])
@pytest.mark.parametrize("output_format", ["svg", "dot", "mmd"])
def test_characters_that_a_picture_cannot_carry_are_shown_by_symbols(output_format, with_statuses):
    picture = picture_with(NOT_CARRIED)
    text = drawn(output_format, picture if with_statuses else picture._replace(statuses=None))

    assert [char for char in text if not char.isprintable() and char != "\n"] == []
    for before in ("one", "two", "if"):
        assert f"{before} \u2400\u2401" in text


@pytest.mark.parametrize("output_format", ["svg", "dot", "mmd"])
def test_tabs_and_line_ends_of_a_name_are_drawn_as_symbols(output_format):
    assert "tab\u2409line\u240a" in drawn(output_format, picture_with("tab\tline\n"))


@needs_graphviz
@pytest.mark.parametrize("output_format", ["png", "pdf"])
@pytest.mark.parametrize("text", [NOT_CARRIED, "\x01", "\x1b[31m", "\ud800", "tab\t", "line\n"], ids=range(6))
def test_graphviz_draws_names_of_any_characters(output_format, text):
    assert image.image(picture_with(text), output_format)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain \u00e9\u4e00\U0001f600", "plain \u00e9\u4e00\U0001f600"),
        ("\0\r\x1b\x7f", "\u2400\u240d\u241b\u2421"),
        ("a\tb\n", "a\u2409b\u240a"),
        ("\x85\udce9\ud800\uffff", "\\x85\\xe9\\ud800\\uffff"),
        ("a\u202eb\u2066\u2028", "a\\u202eb\\u2066\\u2028"),
    ],
    ids=ascii,
)
def test_only_what_cannot_be_carried_is_replaced(text, shown):
    assert printable_text(text) == shown


def test_the_format_comes_from_the_name_of_the_file(tmp_path):
    image.render(PICTURE, str(tmp_path / "graph.MMD"))
    assert (tmp_path / "graph.MMD").read_text().startswith("---")
    with pytest.raises(DrawingError, match=r"\.svg, \.png, \.pdf, \.dot, \.mmd"):
        image.render(PICTURE, str(tmp_path / "graph.jpeg"))


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(DrawingError, match="missing"):
        image.render(PICTURE, str(tmp_path / "missing" / "graph.dot"))


def test_without_graphviz_a_png_names_the_cure(tmp_path, monkeypatch):
    (tmp_path / "pygraphviz.py").write_text("raise ModuleNotFoundError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DrawingError, match=r"pygraphviz, or write an \.svg"):
        image.image(PICTURE, "png")
