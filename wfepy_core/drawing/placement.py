"""Where the nodes and edges of a graph are: what every layout results in.

All lengths are points, x to the right and y down, the graph's own corner at (0, 0).
"""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from wfepy_core.drawing.edge_paths import EdgePaths


class NodeBox(NamedTuple):
    """The rectangle of a node: its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the node."""
        return self.x + self.width / 2, self.y + self.height / 2


class Placement(NamedTuple):
    """A laid-out graph.

    Attributes:
        nodes: the box of every task.
        edges: the path of every transition, in the order of `Graph.transitions`.
        width: of everything.
        height: of everything.
        engine: what placed it: `dot`, `pygraphviz` or `layered`.
    """

    nodes: dict[str, NodeBox]
    edges: EdgePaths
    width: float
    height: float
    engine: str
