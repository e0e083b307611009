"""Where the nodes and edges of a graph go.

Graphviz lays out best and needs a second or more for a large graph, so it runs in a child process with a
time limit (`layout_process`); `layered.place` is our own, at once and for any size. All lengths are points,
x to the right and y down, the graph's own corner at (0, 0).
"""

from __future__ import annotations

import json
import os
import sys
from array import array
from binascii import a2b_base64, b2a_base64
from math import nan

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.drawing.edge_paths import FIELDS, EdgePaths
from wfepy_core.errors import DrawingError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from wfepy_core.model.graph import Graph


CURE = "install Graphviz (`dot`) or the Python package pygraphviz"

_NOWHERE = (nan, nan)

_CHILD = (
    "import sys; sys.path.append({!r}); from wfepy_core.drawing.graphviz import process; "
    "sys.exit(process.main())"
)


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
        edges: the way of every transition, in the order of `Graph.transitions`.
        width: of everything.
        height: of everything.
        engine: who placed it: `dot`, `pygraphviz` or `layered`.
    """

    nodes: dict[str, NodeBox]
    edges: EdgePaths
    width: float
    height: float
    engine: str


def child_command() -> list[str]:
    """The command line of the layout process.

    With `-P`, and our own folder last: Python would otherwise import whatever lies in the current folder,
    which may be where somebody's state files are.
    """
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    return [sys.executable, "-P", "-c", _CHILD.format(root)]


def request(
    graph: Graph,
    sizes: Mapping[str, tuple[float, float]],
    label_sizes: Mapping[str, tuple[float, float]],
    *,
    time_limit: float,
) -> bytes:
    """What the layout process reads: numbers only, so that no name needs quoting; see `layout_process`.

    Args:
        graph: what to lay out.
        sizes: width and height of every task's node.
        label_sizes: width and height of every condition's pill; conditions without one are not placed.
        time_limit: seconds the layout may take.
    """
    index = {task.name: number for number, task in enumerate(graph.tasks)}
    nodes, ends, labels = array("d"), array("l"), array("d")
    for task in graph.tasks:
        nodes.extend(sizes[task.name])
    for edge in graph.transitions:
        ends.extend((index[edge.source], index[edge.dest]))
        labels.extend(label_sizes.get(edge.condition, _NOWHERE) if edge.condition else _NOWHERE)
    numbers = {"nodes": packed(nodes), "ends": packed(ends), "labels": packed(labels)}
    return json.dumps({"time_limit": time_limit, **numbers}).encode()


def packed(numbers: array[Any] | bytes) -> str:
    """An array as text for one JSON string: both sides are the same machine, and it costs next to nothing."""
    return b2a_base64(numbers, newline=False).decode("ascii")


def unpacked(text: str) -> bytes:
    """The bytes of what was `packed`; ValueError for anything else."""
    return a2b_base64(text)


class Answer:
    """Collects the answer of the layout process line by line, so that no single step is long."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._head: dict[str, Any] = {}
        self._nodes = array("d")
        self._edges = EdgePaths()

    def feed(self, line: bytes) -> None:
        """Take one line.

        Raises:
            DrawingError: the process reported a problem, or wrote something else.
        """
        try:
            part = json.loads(line)
            if "error" in part:
                raise DrawingError(part["error"], hint=CURE)
            if "nodes" in part:
                self._nodes.frombytes(unpacked(part["nodes"]))
            elif "points" in part:
                self._edges.add_arrays(*(unpacked(part[field]) for field in FIELDS))
            else:
                self._head.update(part)
        except (ValueError, KeyError, TypeError):
            raise DrawingError("the layout process wrote something unreadable", hint=CURE) from None

    def placement(self) -> Placement:
        """The placement, when all lines are there.

        Raises:
            DrawingError: the process ended before it had answered.
        """
        tasks, transitions = self._graph
        if len(self._nodes) != 4 * len(tasks) or len(self._edges) != len(transitions) or not self._head:
            raise DrawingError("the layout process ended without an answer", hint=CURE)
        fields = (self._nodes[place::4] for place in range(4))
        return Placement(
            nodes={task.name: NodeBox(*box) for task, *box in zip(tasks, *fields, strict=True)},
            edges=self._edges,
            width=self._head["width"],
            height=self._head["height"],
            engine=self._head["engine"],
        )


def graphviz_placement(
    graph: Graph,
    sizes: Mapping[str, tuple[float, float]],
    label_sizes: Mapping[str, tuple[float, float]],
    *,
    time_limit: float = 30.0,
) -> Placement:
    """Lay a graph out with Graphviz, in a child process; blocks until it is done.

    Args: as for `request`.

    Raises:
        DrawingError: there is no Graphviz, it failed, or it took longer than `time_limit` seconds.
    """
    import subprocess

    try:
        finished = subprocess.run(
            child_command(),
            input=request(graph, sizes, label_sizes, time_limit=time_limit),
            capture_output=True,
            timeout=time_limit + 2.0,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DrawingError(
            f"Graphviz needed more than {time_limit:g} s for {len(graph.tasks)} tasks",
            hint="use the built-in layout",
        ) from None
    answer = Answer(graph)
    for line in finished.stdout.splitlines():
        answer.feed(line)
    return answer.placement()


def place(
    graph: Graph,
    sizes: Mapping[str, tuple[float, float]],
    label_sizes: Mapping[str, tuple[float, float]],
    *,
    time_limit: float = 30.0,
) -> Placement:
    """Lay a graph out as well as it can be done here: with Graphviz, else with our own placement.

    Args: as for `request`. Blocks for up to `time_limit` seconds.
    """
    try:
        return graphviz_placement(graph, sizes, label_sizes, time_limit=time_limit)
    except DrawingError:
        from wfepy_core.drawing.layered import place as layered

        return layered.place(graph, sizes, label_sizes)
