"""Nodes are made as wide as their names."""

import pytest
from PySide6.QtGui import QFontMetricsF

from wfepy_core.drawing.node_shape import node_size
from wfepy_core.model.graph import Graph, GraphTask
from wfepy_gui.theme import Look
from wfepy_gui.views.graph.graph_placer import node_sizes


@pytest.mark.usefixtures("qapp")
def test_many_names_fit_their_nodes_and_leave_no_gap():
    look = Look.of(dark=False)
    words = (
        "AVAToWAy_release",
        "sign_off_by_the_board",
        "Übergabe_prüfen",
        "fi_ffi_jobs",
        "WWWWMMMM",
        "iiiillll",
    )
    names = [f"{words[number % len(words)]}_{number}_and_more" for number in range(2500)]
    sizes = node_sizes(Graph(tuple(map(GraphTask, names))), look)
    metrics = QFontMetricsF(look.name_font)
    for name in names:
        exact = node_size(metrics.horizontalAdvance(name))[0]
        assert exact <= sizes[name][0] <= exact * 1.03 + 1.0
