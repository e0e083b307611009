"""How large nodes and pills must be for the desktop's fonts: what the layout is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetricsF

from wfepy_core.drawing.node_shape import label_size, node_size, pill_text

if TYPE_CHECKING:
    from wfepy_core.snapshot import Graph
    from wfepy_gui.theme import Look


def node_sizes(graph: Graph, look: Look) -> dict[str, tuple[float, float]]:
    """Width and height of every task's node, its name whole."""
    metrics = QFontMetricsF(look.name_font)
    return {task.name: node_size(metrics.horizontalAdvance(task.name)) for task in graph.tasks}


def label_sizes(graph: Graph, look: Look) -> dict[str, tuple[float, float]]:
    """Width and height of the pill of every condition."""
    metrics = QFontMetricsF(look.label_font)
    conditions = {edge.condition for edge in graph.transitions if edge.condition}
    return {
        condition: label_size(metrics.horizontalAdvance(pill_text(condition))) for condition in conditions
    }
