"""The picture an operator puts into a report."""

from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from tests.gui.graphs import chain
from wfepy_core.drawing import palette
from wfepy_core.drawing.layered import place as layered
from wfepy_core.errors import DrawingError
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition
from wfepy_core.model.status import TaskStatus
from wfepy_gui.theme import Look
from wfepy_gui.views.graph import export, export_part
from wfepy_gui.views.graph.graph_placer import label_sizes, node_sizes
from wfepy_gui.views.graph.scene import GraphScene


def scene_of(count, look):
    graph = chain(count)
    scene = GraphScene(look)
    sizes = node_sizes(graph, look), label_sizes(graph, look)
    scene.show_graph(scene.prepare(graph, layered.place(graph, *sizes)))
    scene.set_statuses({"step_1": TaskStatus.FAILED})
    return scene


@pytest.fixture
def light(qapp):  # noqa: ARG001  fonts need the application
    return Look.of(dark=False)


@pytest.fixture
def scene(qapp):  # noqa: ARG001  fonts need the application
    return scene_of(4, Look.of(dark=True))


def test_an_exported_svg_holds_names_words_title_and_stamp(scene, light, tmp_path):
    path = tmp_path / "graph.svg"
    export.save_picture(scene, export.ExportPage(light, "a <title>", "saved today"), str(path), "svg")
    text = " ".join(ET.parse(path).getroot().itertext())  # noqa: S314  written by ourselves
    for shown in ("step_3", "failed", "a <title>", "saved today", "not reached 3"):
        assert shown in text


def test_an_exported_svg_shows_control_characters_by_their_symbols(light, tmp_path):
    graph = Graph((GraphTask("a\x01"), GraphTask("b\x1b")), (GraphTransition("a\x01", "b\x1b", "if \x02"),))
    scene = GraphScene(light)
    sizes = node_sizes(graph, light), label_sizes(graph, light)
    scene.show_graph(scene.prepare(graph, layered.place(graph, *sizes)))
    path = tmp_path / "graph.svg"
    export.save_picture(scene, export.ExportPage(light), str(path), "svg")
    text = " ".join(ET.parse(path).getroot().itertext())  # noqa: S314  written by ourselves
    for shown in ("a\u2401", "b\u241b", "if \u2402"):
        assert shown in text


def test_a_dark_screen_exports_a_light_picture_at_the_asked_scale(scene, light, tmp_path):
    path = tmp_path / "graph.png"
    page = export.ExportPage(light)
    export.save_picture(scene, page, str(path), "png", scale=3.0)
    image = QImage(str(path))
    assert image.pixelColor(1, 1).name() == palette.LIGHT.page
    assert image.width() == round(export.PagePainter(scene, page).size.width() * 3)


def test_a_pdf_has_one_page_of_the_size_of_the_graph(scene, light, tmp_path):
    path = tmp_path / "graph.pdf"
    export.save_picture(scene, export.ExportPage(light, "title"), str(path), "pdf")
    written = path.read_bytes()
    assert written.startswith(b"%PDF")
    assert written.count(b"/MediaBox") == 1


def test_a_part_of_the_graph_can_be_exported(scene, light):
    whole = export.render_image(scene, export.ExportPage(light), 1.0)
    in_view = export_part.part_in_view(scene.drawn, QRectF(0, 0, 200, 60))
    part = export.render_image(scene, export.ExportPage(light, part=in_view), 1.0)
    assert part.height() < whole.height()


def test_a_graph_too_long_for_an_image_is_scaled_down(light):
    image = export.render_image(scene_of(2000, light), export.ExportPage(light), 2.0)
    assert 0 < image.height() <= 32_000


@pytest.mark.parametrize("output_format", ["png", "pdf", "svg"])
def test_a_place_that_cannot_be_written_is_named(scene, light, tmp_path, output_format):
    path = tmp_path / "missing" / f"graph.{output_format}"
    with pytest.raises(DrawingError, match="missing"):
        export.save_picture(scene, export.ExportPage(light), str(path), output_format)
    assert not path.exists()
