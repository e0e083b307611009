"""`wfepy graph` and the desktop draw the same picture, in every format."""

import pytest
from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from tests.needs_graphviz import needs_graphviz
from wfepy_core.drawing import image, layout, node_shape
from wfepy_core.drawing.layered import place as layered
from wfepy_core.drawing.picture import Picture
from wfepy_core.errors import DrawingError
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition
from wfepy_core.model.status import TaskStatus, TransitionStatus
from wfepy_gui.theme import Look
from wfepy_gui.views.graph import export
from wfepy_gui.views.graph.scene import GraphScene

GRAPH = Graph(
    (
        GraphTask("build", start=True),
        GraphTask("sign"),
        GraphTask("legal"),
        GraphTask("publish", join=True, end=True),
    ),
    (
        GraphTransition("build", "sign"),
        GraphTransition("build", "legal", "is_large"),
        GraphTransition("sign", "publish"),
        GraphTransition("legal", "publish"),
    ),
)
STATUSES = dict(
    zip(
        (task.name for task in GRAPH.tasks),
        (TaskStatus.COMPLETE, TaskStatus.WAITING, TaskStatus.FAILED, TaskStatus.NOT_REACHED),
        strict=True,
    )
)
TRANSITIONS = (TransitionStatus.TAKEN, TransitionStatus.TAKEN, *[TransitionStatus.UNDECIDED] * 2)
PICTURE = Picture(GRAPH, STATUSES, TRANSITIONS, title="spring")
SMALL = QSize(160, 120)
"""Letters are drawn by different libraries: compared are pictures that are too small to read."""

SAME = 2.5
"""Mean difference of their shades, 0 to 255; another status of one task makes 4."""


@pytest.fixture(autouse=True)
def built_in_layout(monkeypatch, qapp):  # noqa: ARG001  fonts need the application
    """Everything at the same place, whatever Graphviz there is."""

    def no_graphviz(*_arguments, **_options):
        raise DrawingError("not asked", hint="")

    monkeypatch.setattr(layout, "graphviz_placement", no_graphviz)


def from_the_command(output_format, picture=PICTURE):
    drawn = image.image(picture, output_format)
    if output_format == "png":
        return QImage.fromData(drawn)
    renderer = QSvgRenderer(QByteArray(drawn))
    pixels = QImage(renderer.defaultSize() * 2, QImage.Format.Format_RGB32)
    painter = QPainter(pixels)
    renderer.render(painter)
    painter.end()
    return pixels


def from_the_desktop():
    look = Look.of(dark=False)
    scene = GraphScene(look)
    sizes = node_shape.estimated_sizes(GRAPH), node_shape.estimated_label_sizes(GRAPH)
    scene.show_graph(scene.prepare(GRAPH, layered.place(GRAPH, *sizes)))
    scene.set_statuses(STATUSES)
    scene.set_transitions(TRANSITIONS)
    return export.render_image(scene, export.ExportPage(look, "spring"))


def shades(picture):
    """The shades of grey of the smallest version of a picture."""
    small = picture.scaled(
        SMALL, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    ).convertToFormat(QImage.Format.Format_Grayscale8)
    return bytes(small.constBits())


def difference(one, other):
    """The mean difference of the shades of two pictures, 0 to 255."""
    first, second = shades(one), shades(other)
    return sum(abs(a - b) for a, b in zip(first, second, strict=True)) / len(first)


def test_the_svg_of_the_command_looks_like_the_export_of_the_desktop():
    desktop, command = from_the_desktop(), from_the_command("svg")

    assert abs(desktop.width() - command.width()) <= 4
    assert abs(desktop.height() - command.height()) <= 4
    assert difference(desktop, command) < SAME


@needs_graphviz
def test_the_png_of_the_command_looks_like_its_svg():
    png, svg = from_the_command("png"), from_the_command("svg")

    assert abs(png.width() - svg.width()) <= 8
    assert abs(png.height() - svg.height()) <= 8
    assert difference(png, svg) < SAME


def test_another_status_is_another_picture():
    other = PICTURE._replace(statuses=STATUSES | {"sign": TaskStatus.RUNNING})

    assert difference(from_the_command("svg"), from_the_command("svg", other)) > SAME
