"""The bars around the graph, and what in the picture itself can be asked about."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QVariantAnimation
from PySide6.QtWidgets import QComboBox, QLabel, QSpinBox, QToolButton

from tests.gui.pages.page import Page
from wfepy_gui.views.graph.graph_item import GraphItem
from wfepy_gui.views.graph.pulse import Pulse


class FilterBarPage(Page):
    """The bar that tells what is left out of the picture."""

    @property
    def label(self) -> QComboBox:
        return self.find(QComboBox, "Show only tasks with this label")

    @property
    def depth(self) -> QSpinBox:
        return self.find(QSpinBox, "Depth of the neighbourhood, in transitions")

    @property
    def centre(self) -> str:
        (text,) = (
            each.text() for each in self.widget.findChildren(QLabel) if each.text().startswith("Around")
        )
        return text

    @property
    def show_all(self):
        return self.button("Show all")


class StripPage(Page):
    """The strip about the selected transition."""

    @property
    def ends(self) -> str:
        return self.text_of("Selected transition")

    @property
    def place(self) -> str:
        return self.text_of("Place among the transitions of the task")

    @property
    def condition(self) -> str:
        return self.text_of("Condition")

    @property
    def next(self) -> QToolButton:
        return self.find(QToolButton, "Next transition of the task (T)")


def show_graph(view, graph, placement) -> None:
    """Prepare and show a graph at once; statuses and badges are kept by name."""
    view.show_graph(view.graph_scene.prepare(graph, placement))


def is_pulsing(view) -> bool:
    """Whether the timer of what runs ticks."""
    return view.findChild(Pulse).is_active


def item_of(view) -> GraphItem:
    """The one graphics item of the picture."""
    (item,) = (each for each in view.graph_scene.items() if isinstance(each, GraphItem))
    return item


def middle_of(view, name) -> QPoint:
    """Where a click hits the task."""
    return view.mapFromScene(view.graph_scene.rect_of(name).center())


def in_view(view, name) -> bool:
    return view.viewport().rect().contains(middle_of(view, name))


def is_flying(view) -> bool:
    """Whether the picture is on its way to another place."""
    return view.camera.findChild(QVariantAnimation).state() is QVariantAnimation.State.Running
