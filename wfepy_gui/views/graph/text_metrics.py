"""How large nodes and pills must be for the desktop's fonts: what the layout is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetricsF

from wfepy_core.drawing.node_shape import label_size, node_size, pill_text
from wfepy_core.drawing.printable_text import printable_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_core.model.graph import Graph
    from wfepy_gui.theme import Look

_MANY = 2000
"""Names from which measuring each as it is drawn would take noticeable time."""

_KERNING = 1.0
"""Letters that are moved apart make a name wider than its letters."""


def node_sizes(graph: Graph, look: Look) -> dict[str, tuple[float, float]]:
    """Width and height of every task's node, its name whole."""
    metrics = QFontMetricsF(look.name_font)
    width = metrics.horizontalAdvance if len(graph.tasks) < _MANY else _by_letters(metrics)
    return {task.name: node_size(width(printable_text(task.name))) for task in graph.tasks}


def label_sizes(graph: Graph, look: Look) -> dict[str, tuple[float, float]]:
    """Width and height of the pill of every condition."""
    metrics = QFontMetricsF(look.label_font)
    conditions = {edge.condition for edge in graph.transitions if edge.condition}
    return {
        condition: label_size(metrics.horizontalAdvance(pill_text(condition))) for condition in conditions
    }


def _by_letters(metrics: QFontMetricsF) -> Callable[[str], float]:
    """Measures a name by the widths of its letters, which is five times as quick and hardly wider."""
    widths = {chr(code): metrics.horizontalAdvance(chr(code)) for code in range(32, 127)}

    def width(name: str) -> float:
        try:
            return sum(map(widths.__getitem__, name)) + _KERNING
        except KeyError:  # not ASCII: such letters may change each other's widths
            return metrics.horizontalAdvance(name)

    return width
