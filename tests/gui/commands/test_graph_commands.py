"""The graph's commands in the real window: find, leave out, export, print; and what outside saves move."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtPrintSupport import QPrinter

from tests.gui.pages.dialog_pages import ExportPage
from tests.gui.pages.graph_pages import FilterBarPage
from tests.gui.pages.task_pages import TasksPage
from wfepy_core.drawing import palette
from wfepy_gui.commands.graph_export import GraphExport
from wfepy_gui.theme import Look
from wfepy_gui.views.graph import export
from wfepy_gui.views.graph.export_dialog import ExportChoice, ExportDialog
from wfepy_gui.views.graph.export_part import ExportScope
from wfepy_gui.views.graph.graph_filter import NodeDetail
from wfepy_gui.views.graph.printing import PrintPreview
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000
STEPS = 60


def steps_module() -> str:
    """A chain whose task 20 waits until the context says otherwise."""
    parts = []
    for number in range(STEPS):
        point = "@start_point()" if number == 0 else "@end_point()" if number == STEPS - 1 else ""
        follow = f'@followed_by("step_{number + 1}")' if number < STEPS - 1 else ""
        done = "context.get('go', False)" if number == 20 else "True"
        label = '["people"]' if number % 10 == 5 else "[]"
        lines = [
            f"@task(labels={label})",
            point,
            follow,
            f"def step_{number}(context):",
            f"    return {done}",
            "",
        ]
        parts += filter(None, lines)
    return "\n".join(parts)


@pytest.fixture
def steps(make_instance, wfepy, open_instance):
    path = make_instance(steps_module())
    wfepy("advance", path)
    open_instance(path)
    return path


@pytest.fixture
def run(desktop):
    return lambda command: desktop.window.actions_table[command].trigger()


@pytest.fixture
def graph(desktop, steps):  # noqa: ARG001  of the opened instance
    return desktop.window.panels.graph.get().graph_view


def full(graph):
    return [name for name in graph.graph_scene.names if graph.graph_scene.detail_of(name) is NodeDetail.FULL]


def test_find_by_keyboard_alone(graph, desktop, run, qtbot):
    run(Command.FIND_IN_GRAPH)
    bar = desktop.window.panels.graph.get().find_bar
    qtbot.keyClicks(bar.field, "step_2")
    run(Command.FIND_NEXT)
    run(Command.FIND_NEXT)
    assert bar.count.text() == "4 of 11", "from the selected one on"
    run(Command.FIND_PREVIOUS)
    assert graph.graph_scene.selected == "step_21"
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert graph.hasFocus()


@pytest.mark.usefixtures("steps")
def test_find_next_asks_for_a_text_where_there_is_none(desktop, run):
    run(Command.FIND_NEXT)
    assert desktop.window.panels.graph.get().find_bar.isVisible()


def test_the_commands_leave_out_and_bring_back(graph, desktop, run):
    actions = desktop.window.actions_table
    desktop.window.select_task("step_20")
    run(Command.NEIGHBOURHOOD)
    run(Command.DEEPER)
    assert full(graph) == [f"step_{number}" for number in range(18, 23)]
    run(Command.SHALLOWER)
    assert full(graph) == ["step_19", "step_20", "step_21"]
    run(Command.HIDE_DONE)
    assert full(graph) == ["step_20", "step_21"]
    assert actions[Command.NEIGHBOURHOOD].isChecked()
    assert actions[Command.HIDE_DONE].isChecked()
    run(Command.SHOW_ALL)
    assert len(full(graph)) == STEPS
    assert not actions[Command.HIDE_DONE].isChecked()
    assert not actions[Command.SHOW_ALL].isEnabled()
    run(Command.FILTER_LABEL)
    assert FilterBarPage(desktop.window.panels.graph.get().filter_bar).label.hasFocus()


def test_back_forward_and_next_waiting(graph, desktop, run):
    actions = desktop.window.actions_table
    assert graph.graph_scene.selected == "step_20", "opened on what waits"
    desktop.window.select_task("step_3")
    run(Command.GRAPH_BACK)
    assert graph.graph_scene.selected == "step_20"
    assert not actions[Command.GRAPH_BACK].isEnabled()
    run(Command.GRAPH_FORWARD)
    assert graph.graph_scene.selected == "step_3"
    run(Command.NEXT_WAITING)
    assert graph.graph_scene.selected == "step_20"


def test_the_commands_wait_for_a_graph(desktop):
    actions = desktop.window.actions_table
    for command in (Command.FIND_IN_GRAPH, Command.ZOOM_AREA, Command.HIDE_DONE, Command.PRINT):
        assert not actions[command].isEnabled()


def test_the_table_scrolls_to_the_selection_and_the_graph_rings_the_tables(graph, desktop):
    table = TasksPage.of(desktop.window).table
    top = table.rowAt(0)
    assert top <= 20 <= table.rowAt(table.viewport().height() - 1), "already when it is opened"
    graph.task_selected.emit("step_50")
    assert table.currentIndex().data() is not None
    assert table.rowAt(0) <= 50
    before = graph.camera.visible_rect
    table.selectRow(55)
    assert graph.graph_scene.selected == "step_55"
    assert graph.camera.visible_rect == before, "selecting in the table moves nothing"


def test_outside_saves_move_nothing(steps, graph, desktop, wfepy, qtbot, run):
    desktop.window.select_task("step_3")
    run(Command.SHOW_SELECTED)
    graph.zoom_to(0.8)
    graph.camera.scroll(QPoint(13, 7))
    run(Command.HIDE_DONE)
    before = graph.camera.visible_rect
    wfepy("context", "set", steps, "go=true")
    wfepy("advance", steps)
    qtbot.waitUntil(lambda: desktop.session.view.status.value == "finished", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not full(graph), timeout=WAIT_MS)
    assert graph.camera.visible_rect == before
    assert graph.graph_scene.selected == "step_3"


def test_animations_are_switched_and_remembered(desktop, run):
    run(Command.ANIMATE)
    assert (
        desktop.theme.animates
        is desktop.settings.animates
        is desktop.window.actions_table[Command.ANIMATE].isChecked()
    )


# -- export and print


@pytest.fixture
def pictures(desktop):
    return GraphExport(window=desktop.window, services=desktop.services)


def words_in(path):
    return " ".join(ET.parse(path).getroot().itertext())  # noqa: S314  written by ourselves


def test_the_whole_graph_is_exported_whatever_the_screen_leaves_out(graph, pictures, run, tmp_path):
    run(Command.HIDE_DONE)
    graph.navigation.find("step_1")
    path = tmp_path / "whole.svg"
    pictures.save(ExportChoice(), str(path))
    words = words_in(path)
    assert all(f"step_{number}" in words for number in range(STEPS))
    assert "complete 20" in words
    assert graph.graph_scene.detail_of("step_0") is NodeDetail.PLACEHOLDER, "the screen stays as it was"
    assert graph.graph_scene.drawn.matches


@pytest.mark.usefixtures("steps")
def test_the_neighbourhood_is_exported_with_nothing_else(desktop, pictures, tmp_path):
    desktop.window.select_task("step_20")
    path = tmp_path / "near.svg"
    pictures.save(
        ExportChoice(ExportScope.NEIGHBOURHOOD, depth=1, title="near", legend=True, stamp=False), str(path)
    )
    words = words_in(path)
    assert [number for number in range(STEPS) if f"step_{number} " in words + " "] == [19, 20, 21]
    assert "complete 1" in words
    assert "near" in words
    assert "generation" not in words


def test_the_view_is_exported_as_it_is_seen(graph, desktop, pictures, tmp_path):
    desktop.window.show_in_graph("step_40")
    scene, shown = graph.graph_scene, graph.camera.visible_rect
    path = tmp_path / "view.mmd"
    pictures.save(ExportChoice(ExportScope.VIEW, output_format="mmd"), str(path))
    exported = set(re.findall(r"step_\d+", path.read_text(encoding="utf-8")))
    assert exported == {name for name in scene.names if scene.rect_of(name).intersects(shown)}
    assert 0 < len(exported) < STEPS


def test_a_dark_png_has_the_scale_asked_for(pictures, tmp_path, graph):
    path = tmp_path / "dark.png"
    pictures.save(ExportChoice(output_format="png", scale=0.5, dark=True, legend=False, title=""), str(path))
    image = QImage(str(path))
    assert image.pixelColor(1, 1) == QColor(palette.DARK.page)
    assert image.height() == pytest.approx((graph.graph_scene.bounds.height() + 24) * 0.5, abs=2)


@pytest.mark.usefixtures("steps")
def test_text_formats_are_copied_as_text(desktop, pictures):
    pictures.copy(ExportChoice(output_format="dot"))
    assert "digraph" in desktop.services.clipboard.text()


def test_the_dialog_offers_what_has_a_meaning(qtbot):
    dialog = ExportDialog("release", "", 2)
    qtbot.addWidget(dialog)
    assert dialog.choice == ExportChoice(depth=2, title="release")
    assert not ExportPage(dialog).part(ExportScope.NEIGHBOURHOOD).isEnabled(), "nothing is selected"
    ExportPage(dialog).format.setCurrentIndex(ExportPage(dialog).format.findData("mmd"))
    assert not ExportPage(dialog).colours.isEnabled()
    assert not ExportPage(dialog).print.isEnabled()
    ExportPage(dialog).format.setCurrentIndex(ExportPage(dialog).format.findData("png"))
    assert ExportPage(dialog).scale.isEnabled()


def test_the_dialog_hands_on_what_was_chosen(qtbot):
    dialog = ExportDialog("release", "sign", 2)
    qtbot.addWidget(dialog)
    dialog.open()
    ExportPage(dialog).part(ExportScope.NEIGHBOURHOOD).setChecked(True)
    ExportPage(dialog).colours.setCurrentIndex(1)
    with qtbot.waitSignal(dialog.copy_wanted) as wanted:
        ExportPage(dialog).copy.click()
    assert wanted.args[0] == ExportChoice(ExportScope.NEIGHBOURHOOD, 2, dark=True, title="release")


def test_the_graph_is_printed_on_one_sheet(graph, desktop, tmp_path, qtbot):
    pages = export.PagePainter(graph.graph_scene, export.ExportPage(Look.of(dark=False), "title"))
    preview = PrintPreview(pages, "title", desktop.window)
    qtbot.addWidget(preview)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sheet.pdf"))
    preview.paintRequested.emit(printer)
    written = (tmp_path / "sheet.pdf").read_bytes()
    assert written.startswith(b"%PDF")
    assert written.count(b"/MediaBox") == 1


@pytest.mark.usefixtures("steps")
def test_print_opens_a_preview(desktop, run, qtbot):
    run(Command.PRINT)
    preview = desktop.window.findChild(PrintPreview)
    qtbot.waitUntil(preview.isVisible)
    preview.close()


@pytest.mark.usefixtures("steps")
def test_a_key_that_finds_nothing_says_so(desktop, run):
    run(Command.NEXT_URGENT)
    assert desktop.window.statusBar().currentMessage() == "No task is failed or interrupted"


@pytest.mark.usefixtures("steps")
def test_escape_and_enter_lead_from_the_labels_back_to_the_graph(qtbot, desktop, run):
    panel = desktop.window.panels.graph.get()
    for key, stays in ((Qt.Key.Key_Return, True), (Qt.Key.Key_Escape, False)):
        run(Command.FILTER_LABEL)
        qtbot.keyClick(desktop.window.focusWidget(), key)
        assert desktop.window.focusWidget() is panel.graph_view
        assert panel.filter_bar.isVisible() is stays
