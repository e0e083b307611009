"""Lays a graph out: with Graphviz where there is one, else with the layered placement of our own.

Graphviz lays out best and needs a second or more for a large graph, so it runs in a child process with a
time limit (`graphviz.process`); `layered.place` is at once and for any size.
"""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.drawing.graphviz.protocol import PlacementReader, ask, layout_request
from wfepy_core.errors import DrawingError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfepy_core.drawing.placement import Placement
    from wfepy_core.model.graph import Graph


def graphviz_placement(
    graph: Graph,
    sizes: Mapping[str, tuple[float, float]],
    label_sizes: Mapping[str, tuple[float, float]],
    *,
    time_limit: float = 30.0,
) -> Placement:
    """Lay a graph out with Graphviz, in a child process; blocks until it is done.

    Args: as for `graphviz.protocol.layout_request`.

    Raises:
        DrawingError: there is no Graphviz, it failed, or it took longer than `time_limit` seconds.
    """
    request = layout_request(graph, sizes, label_sizes, time_limit=time_limit)
    what = f"{len(graph.tasks)} tasks"
    reader = PlacementReader(graph)
    for line in ask(request, time_limit=time_limit, what=what, hint="use the built-in layout").splitlines():
        reader.feed(line)
    return reader.placement()


def place(
    graph: Graph,
    sizes: Mapping[str, tuple[float, float]],
    label_sizes: Mapping[str, tuple[float, float]],
    *,
    time_limit: float = 30.0,
) -> Placement:
    """Lay a graph out as well as it can be done here: with Graphviz, else with our own placement.

    Args: as for `graphviz.protocol.layout_request`. Blocks for up to `time_limit` seconds.
    """
    try:
        return graphviz_placement(graph, sizes, label_sizes, time_limit=time_limit)
    except DrawingError:
        from wfepy_core.drawing.layered import place as layered

        return layered.place(graph, sizes, label_sizes)
