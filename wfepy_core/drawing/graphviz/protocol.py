"""What is said to the layout process and what it answers, for those who start it; see `process`."""

from __future__ import annotations

import json
import os
from array import array
from binascii import a2b_base64, b2a_base64
from math import nan

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.drawing.edge_paths import FIELDS, EdgePaths
from wfepy_core.drawing.graphviz.engine import CURE
from wfepy_core.drawing.placement import NodeBox, Placement
from wfepy_core.errors import DrawingError
from wfepy_core.interpreter import own_python, variables_of_children

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from wfepy_core.model.graph import Graph

_NOWHERE = (nan, nan)

_CHILD = (
    "import sys; sys.path.append({!r}); from wfepy_core.drawing.graphviz import process; "
    "sys.exit(process.main())"
)


def child_command() -> list[str]:
    """The command line of the layout process.

    With `-P`, and our own folder last: Python would otherwise import whatever lies in the current folder,
    which may be where somebody's state files are.
    """
    root = os.path.abspath(__file__)
    for _ in ("protocol.py", "graphviz", "drawing", "wfepy_core"):
        root = os.path.dirname(root)
    return [own_python(), "-P", "-c", _CHILD.format(root)]


def ask(request: bytes, *, time_limit: float, what: str, hint: str) -> bytes:
    """Have the layout process answer one request; blocks until it has.

    Args:
        request: what it reads, see `process`.
        time_limit: seconds that Graphviz may take.
        what: for which it may take them, in words.
        hint: what else can be done, for the error.

    Raises:
        DrawingError: it took longer.
    """
    import subprocess

    try:
        return subprocess.run(
            child_command(),
            input=request,
            capture_output=True,
            timeout=time_limit + 2.0,
            check=False,
            env=os.environ | variables_of_children(),
        ).stdout
    except subprocess.TimeoutExpired:
        raise DrawingError(f"Graphviz needed more than {time_limit:g} s for {what}", hint=hint) from None


def layout_request(
    graph: Graph,
    sizes: Mapping[str, tuple[float, float]],
    label_sizes: Mapping[str, tuple[float, float]],
    *,
    time_limit: float,
) -> bytes:
    """What the layout process reads: numbers only, so that no name needs quoting; see `process`.

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
    numbers = {"nodes": pack(nodes), "ends": pack(ends), "labels": pack(labels)}
    return json.dumps({"time_limit": time_limit, **numbers}).encode()


def pack(numbers: array[Any] | bytes) -> str:
    """An array as text for one JSON string: both sides are the same machine, and it costs next to nothing."""
    return b2a_base64(numbers, newline=False).decode("ascii")


def unpack(text: str) -> bytes:
    """The bytes of what `pack` wrote.

    Raises:
        ValueError: it is something else.
    """
    return a2b_base64(text)


class PlacementReader:
    """Reads the answer of the layout process line by line, so that no single step is long."""

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
                raise DrawingError(part["error"], hint=part["hint"] or CURE)
            if "nodes" in part:
                self._nodes.frombytes(unpack(part["nodes"]))
            elif "points" in part:
                self._edges.add_arrays(*(unpack(part[field]) for field in FIELDS))
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
